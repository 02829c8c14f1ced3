"""Follow a token through an automaton."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

CLOCK = [{"0": 1, "1": 1, "2": 2}, {str(d): 3 for d in range(10)},
         {str(d): 3 for d in range(4)}, {":": 4}, {str(d): 5 for d in range(6)},
         {str(d): 6 for d in range(10)}, {}]
LOOP = [{"a": 0, "b": 1}, {"a": 2}, {"b": 1, "c": 3}, {}]
TRAP = [{"a": 1, "b": 2}, {"a": 1}, {"b": 3}, {}]


@exercise(
    title="Follow a token",
    level="easy",
    minutes=6,
    prompt="""
        `arrows[state]` maps a character to the next state. Follow all characters of `token` from
        `state` and return the state you reach, or `None` once a character has no arrow.
        """,
    probes=lambda rng: [
        (CLOCK, 0, "23:5"),
        (CLOCK, 0, "29"),
        (CLOCK, 2, "3:59"),
        (CLOCK, 1, "7:7"),
        (CLOCK, 6, "0"),
        (CLOCK, 3, ""),
        (LOOP, 0, "aab"),
        (LOOP, 0, "abb"),
        (LOOP, 1, "ababac"),
        (LOOP, 2, "xc"),
        (LOOP, 2, "ca"),
    ],
    hints=[
        "What is the state after the first character, and what is left to do then?",
        "Loop over the characters. Return `None` as soon as the character isn't in "
        "`arrows[state]`, else move.",
        "`if character not in arrows[state]: return ___`, then `state = arrows[state][___]`",
    ],
    errors=[
        ("KeyError: '...'", "the character has no arrow from this state: return `None` there."),
        ("TypeError: list indices must be integers", "`state` became `None` on the way, and then "
         "it was used as a state: return before that."),
    ],
    passed="A token of any length is followed, so it may end in the middle of the pattern.",
)
def walk(arrows: list[dict[str, int]], state: int, token: str) -> int | None:
    """The state after a token.

    arrows: for each state a dict from a character to the next state; token: a string, maybe empty.
    Returns a state, or None where the token leaves the automaton.
    """
    for character in token:
        if character not in arrows[state]:
            return None
        state = arrows[state][character]
    return state


@walk.misconception(
    "Only the first character was followed. A token has several, and any of the later ones may "
    "leave the pattern: follow them all."
)
def _walk_first(arrows, state, token):
    return arrows[state].get(token[0]) if token else state


@walk.misconception(
    "A character without an arrow was skipped. The text can never match after it, so the answer is "
    "`None` at once."
)
def _walk_skips(arrows, state, token):
    for character in token:
        state = arrows[state].get(character, state)
    return state


@walk.misconception(
    "This begins in state 0. The token continues a text that has reached `state` already, so go on "
    "from there."
)
def _walk_from_start(arrows, state, token):
    state = 0
    for character in token:
        if character not in arrows[state]:
            return None
        state = arrows[state][character]
    return state


@walk.misconception(
    "Whoever ends in a state without arrows was refused. Such a state may be the end of a match: "
    "only a missing arrow on the way gives `None`."
)
def _walk_needs_more(arrows, state, token):
    for character in token:
        if character not in arrows[state]:
            return None
        state = arrows[state][character]
    return state if arrows[state] else None


@walk.misconception(
    "The whole token was looked up as one label. Arrows carry single characters, so take the token "
    "apart and follow one at a time."
)
def _walk_whole(arrows, state, token):
    return arrows[state].get(token)


@walk.misconception(
    "Every character was looked up in the state where the token began. Each arrow moves you, so "
    "look the next character up in the state that you have reached."
)
def _walk_stays_put(arrows, state, token):
    now = state
    for character in token:
        now = arrows[state].get(character)
        if now is None:
            return None
    return now


@walk.misconception(
    "State 0 was taken for a missing arrow, because 0 counts as false. Arrows may lead back to "
    "it: ask `is None`, or `in`."
)
def _walk_zero_is_none(arrows, state, token):
    for character in token:
        state = arrows[state].get(character)
        if not state:
            return None
    return state


@walk.misconception(
    "True or False came back, which says whether the token fits. The next token has to go on from "
    "somewhere: return the state itself, or `None`."
)
def _walk_boolean(arrows, state, token):
    for character in token:
        if character not in arrows[state]:
            return False
        state = arrows[state][character]
    return True
