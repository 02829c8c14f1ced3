"""What it can't tell apart."""

from __future__ import annotations

from collections.abc import Sequence

from pathkit.checks.exercise import exercise

SYMBOLS = ".abcdefghijklmnopqrstuvwxyz"


def _is_blind(value: object) -> str | None:
    if not isinstance(value, tuple | list) or len(value) != 2:
        return 'Two beginnings of names are expected, as `("…", "…")`.'
    if not all(isinstance(text, str) and text for text in value):
        return "Both must be strings of at least one letter."
    if not all(set(text) <= set(SYMBOLS[1:]) for text in value):
        return "Use lower-case letters from a to z."
    if value[0] == value[1]:
        return "These are the same beginning; what a network can't tell apart must differ."
    seen = [("..." + text)[-3:] for text in value]
    if seen[0] != seen[1]:
        return (
            f"The network sees the windows {seen[0]!r} and {seen[1]!r}. They differ, so it can "
            f"give them different answers. {_why(value, seen)}"
        )
    return None


def _why(texts: Sequence[str], seen: Sequence[str]) -> str:
    """What to look at in a pair that the network can tell apart."""
    if any(len(text) < 3 for text in texts):
        return (
            "A beginning of fewer than three letters is filled up with dots, and a dot is a symbol "
            "like any other."
        )
    if sorted(seen[0]) == sorted(seen[1]):
        return (
            "They hold the same letters in another order, and each place of the window has weights "
            "of its own."
        )
    if texts[0][:3] == texts[1][:3]:
        return (
            "Both begin alike, and the window looks at the end of what was read so far."
        )
    return "Which symbols are in a window when the next letter is guessed?"


@exercise(
    title="What it can't tell apart",
    level="easy",
    minutes=5,
    prompt="""
        Give two different beginnings of names after which this network must expect the same, in
        whatever way it is trained. Two after which you would expect different letters are the best.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_is_blind,
    is_value=True,
    hints=[
        "Which numbers enter the network when it guesses the letter after `joan`?",
        "Only the last three symbols enter. A short beginning has dots in its window, so three "
        "letters at least are needed to hide what came before.",
        '`blind_pair = ("alex___", "r___")` with the same three letters at both ends',
    ],
    passed="Everything before the window is lost. The lesson on attention takes the window away.",
)
def blind_pair():
    """Two beginnings of names, as `("…", "…")`."""
    return ("roberta", "alberta")


@blind_pair.misconception(
    "These begin alike and end differently. The window looks at the end of what was read so far: "
    "make the last three letters equal and the beginnings different."
)
def _alike_at_the_start():
    return ("marianne", "marissa")


@blind_pair.misconception(
    "The same letters in another order. Each place of the window has weights of its own, so the "
    "order matters: the last three letters must be equal one by one."
)
def _anagrams():
    return ("ina", "nia")


@blind_pair.misconception(
    "The short one is filled up with dots, `.an`, and a dot is a symbol like any other. The "
    "network knows that a name has only begun: with three letters at the end no dot is in sight."
)
def _too_short():
    return ("an", "joan")


@blind_pair.misconception(
    "Two names that sound alike are different letters to a network that reads letters. It is blind "
    "to what lies before its window, not to spelling."
)
def _sound_alike():
    return ("sara", "sarah")
