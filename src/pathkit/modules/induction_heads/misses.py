"""Give a text on which the circuit fails."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

from .by_hand import by_hand
from .by_hand_parts import _attend

ONE_LIST = "One flat list is expected, with a token at least."
MOST = 200  # tokens: a text of thousands would make tables of gigabytes


def _circuit_misses(answer) -> str:
    """"by_hand misses" if it does on this text; raises Told with the reason if not."""
    tokens = _tokens(answer)
    wanted = _sure(tokens)
    if not wanted:
        raise Told("No token comes twice, so there is nothing to copy, and nothing to miss.")
    size = max(tokens) + 1
    plain = by_hand.reference(tokens, size, _attend)
    if all(plain[t, token] > 0.9 for t, token in wanted.items()):
        raise Told(_why_it_holds(tokens))
    return "by_hand misses"


def _tokens(answer) -> list[int]:
    try:
        tokens = np.array(answer)
    except ValueError:
        raise Told(ONE_LIST) from None
    if tokens.ndim != 1 or not len(tokens):
        raise Told(ONE_LIST)
    if not np.issubdtype(tokens.dtype, np.number):
        raise Told("The tokens are no numbers.")
    if (tokens != np.floor(tokens)).any() or (tokens < 0).any() or tokens.max() >= MOST:
        raise Told(f"Tokens are whole numbers from 0 to {MOST - 1} here.")
    if len(tokens) > MOST:
        raise Told(f"{len(tokens)} tokens are more than this needs; {MOST} at most.")
    return tokens.astype(int).tolist()


def _followers(tokens, t) -> list[int]:
    return [tokens[s + 1] for s in range(t) if tokens[s] == tokens[t]]


def _sure(tokens) -> dict[int, int]:
    """Places whose token was always followed by the same one: place -> that one."""
    found = {t: set(_followers(tokens, t)) for t in range(len(tokens))}
    return {t: next(iter(after)) for t, after in found.items() if len(after) == 1}


def _why_it_holds(tokens) -> str:
    if tokens[0] not in tokens[1:]:
        if any(len(set(_followers(tokens, t))) > 1 for t in range(len(tokens))):
            return "The first token never returns, and a place with two followers doesn't count."
        return "The first token never returns. At every place with one follower, by_hand is right."
    return "The first token returns, but it was followed by itself: the miss gives the same token."


@exercise(
    title="Give a text on which it fails",
    level="medium",
    minutes=6,
    prompt="""
        Give a short list of tokens on which `by_hand` misses: at some place the token was there
        before, always with the same follower, and yet that follower gets less than 0.9.
        """,
    probes=lambda rng: [()],
    drive=_circuit_misses,
    is_value=True,
    hints=[
        "Which place has nothing before it, and what does it note instead?",
        """
        Place 0 sees itself alone. So its note names its own token, though nothing came before. Who
        will look for a note of that name, later in the text?
        """,
        "`misses = [5, 3, ___]`: the last place stands on a token whose note is there twice.",
    ],
    errors=[
        (
            "TypeError: 'int' object is not",
            "a list is wanted, with brackets around it, also for a short text.",
        ),
    ],
    # Any text whose first token returns will do, unless it was followed by itself.
    equivalents=["return [5, 4, 5]", "return [5, 2, 5]"],
    passed="Place 0 can only look at itself, so its note is a lie. A first token that never "
    "returns makes the lie harmless.",
)
def misses() -> list[int]:
    """Tokens from 0 to 199, two hundred at most."""
    return [5, 3, 5]


@misses.misconception(
    "The first token never returns, so nobody looks for the note of place 0, and all other notes "
    "are true. Where does a wrong note stand, and whose name is on it?"
)
def _first_never_returns():
    return [0, 1, 2, 3, 1, 2]


@misses.misconception(
    "Where a token had two followers, they share the weight. That is no miss: the words ask for a "
    "place whose token always had the same one. The first token never returns here, so nobody "
    "looks for the note of place 0. What does that note say?"
)
def _two_followers():
    return [0, 1, 2, 1, 3, 1]


@misses.misconception(
    "No token comes twice. Then there is nothing to copy, and the rule expects nothing. Let a "
    "token return."
)
def _all_different():
    return [0, 1, 2, 3]


@misses.misconception(
    "The first token is followed by itself, so its wrong note names the right token by luck. Let "
    "another token follow the first one."
)
def _followed_by_itself():
    return [3, 3, 3]


@misses.misconception(
    "That is not one text. A text is one flat list of tokens, as in [4, 7, 2]: no single number, "
    "nothing empty, and no list in the list."
)
def _no_list():
    return 5


@misses.misconception(
    "Those are letters or words. `by_hand` makes one-hot rows by number: `np.eye(size)[tokens]`. "
    "Give whole numbers, as in [4, 7, 2]."
)
def _letters():
    return ["a", "b", "c"]
