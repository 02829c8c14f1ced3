"""Break the model."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .count_pairs import _counts
from .symbols import BOUNDARY, INDEX, SYMBOLS


def _is_hole(value: str) -> str | None:
    if not isinstance(value, str):
        return f"A name is expected, in quotes, but this is {value!r:.40}."
    if not value or not set(value) <= set(SYMBOLS[1:]):
        return "Use lower-case letters from a to z, at least one."
    if len(value) > 12:
        return "Twelve letters at most: the shorter, the better you understood it."
    counts = _counts()
    text = BOUNDARY + value + BOUNDARY
    seen = {a + b: counts[INDEX[a], INDEX[b]] for a, b in zip(text, text[1:])}
    rarest = min(seen, key=lambda pair: seen[pair])
    if seen[rarest]:
        return (
            f"The loss of {value!r} is finite: each of its pairs occurs in the names, even the "
            f"rarest, `{rarest}` ({seen[rarest]:,} times). Look for a dark cell in the table, a "
            "pair that never occurs."
        )
    return None


@exercise(
    title="Break the model",
    level="easy",
    minutes=5,
    prompt="""
        Give a name of at most twelve letters on which this model's loss is infinite. There are
        many; one that somebody might really be called is the best.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_is_hole,
    is_value=True,
    hints=[
        "What is the log of 0? Where in the table is a 0?",
        "Find a dark cell in the picture of the table: its row is a letter, its column the next.",
        '`broken_name = "___"` with two letters that never stand side by side, such as q and x.',
    ],
    passed="One unseen pair, and the mean over thousands of pairs is infinite.",
)
def broken_name() -> str:
    """A name in quotes, such as "emma"."""
    return "jqwest"


@broken_name.misconception(
    "'quentin' is rare as a whole, but the model never sees whole names: it multiplies pairs, and "
    "qu, ue, en, nt, ti and in all occur. Unseen means an unseen pair."
)
def _unseen_name():
    return "quentin"


@broken_name.misconception(
    "A long name costs more in total, yet the mean per symbol stays finite as long as each pair "
    "has been seen. Look for one pair that was not."
)
def _long_name():
    return "annannannann"


@broken_name.misconception(
    "An empty name isn't a name here: give at least one letter. (Its one pair, two boundaries, "
    "is indeed unseen.)"
)
def _empty_name():
    return ""
