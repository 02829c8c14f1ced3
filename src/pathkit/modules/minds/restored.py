"""Back again."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="Back again",
    level="easy",
    minutes=7,
    prompt="""
        The counted order of a sentence takes the words at places 0, 2, 4, … first, then those at
        1, 3, 5, …. Undo it: return the words in their natural order.
        """,
    probes=lambda rng: [
        (["a", "c", "b", "d"],),
        (["a", "c", "e", "b", "d"],),
        (["one"],),
        ([],),
        (["a", "b"],),
        (["the", "fox", "the", "found", "hat", "."],),
        ([str(w) for w in rng.integers(9, size=7)],),
        ([str(w) for w in rng.integers(9, size=12)],),
    ],
    hints=[
        "Of five words, how many stand at places 0, 2, 4? So where does the second group begin?",
        """
        1. The first group has `half = (len(words) + 1) // 2` words.
        2. Make a list of the same length, `natural = [None] * len(words)`.
        3. Fill every second place from 0 with the first group, and from 1 with the second.
        """,
        "`natural[::2] = words[:___]`, then `natural[1::2] = words[___:]`",
    ],
    errors=[
        (
            "ValueError: attempt to assign sequence of size",
            "an odd number of words has one more at even places: `(len(words) + 1) // 2`.",
        ),
        ("TypeError: can only concatenate", "add lists to lists; one word is a string."),
    ],
    passed="Since every story can be restored, the counted language says all that the natural one "
    "says.",
)
def restored(words: list[str]) -> list[str]:
    """The natural order of words that stand in the counted order.

    words: any number of them, even or odd, also none; the list stays as it is.
    Returns a new list.
    """
    half = (len(words) + 1) // 2
    natural = [""] * len(words)
    natural[::2] = words[:half]
    natural[1::2] = words[half:]
    return natural


@restored.misconception(
    "The counted order was applied once more. To undo it, put the first half of the list back at "
    "places 0, 2, 4, … and the second half between."
)
def _applied_again(words):
    return words[::2] + words[1::2]


@restored.misconception(
    "The middle word of an odd number is in the wrong group. Places 0, 2, 4 are one more than 1, "
    "3, so the first group has the extra word."
)
def _short_half(words):
    half = len(words) // 2
    first, second = words[:half], words[half:]
    pairs = [word for i in range(half) for word in (first[i], second[i])]
    return pairs + second[half:]


@restored.misconception(
    "Where the number of words is odd, the last word of the first group is lost. `zip` stops at "
    "the shorter list; the extra word must come at the end."
)
def _zip_drops(words):
    half = (len(words) + 1) // 2
    return [word for pair in zip(words[:half], words[half:]) for word in pair]


@restored.misconception(
    "The two groups were taken in the wrong order: the second group's words stand first. The "
    "first word of the list is the first of the story."
)
def _second_group_first(words):
    half = (len(words) + 1) // 2
    natural = [""] * len(words)
    natural[1::2] = words[: len(words) // 2]
    natural[::2] = words[len(words) - half :]
    return natural


@restored.misconception(
    "This reverses the list. Reversal is another language of this lesson; the counted order has "
    "to be taken apart into its two groups."
)
def _reversed(words):
    return words[::-1]


@restored.misconception(
    "The list came back as it was. The words at places 0, 2, 4 stand together in its first half "
    "and have to be spread out again."
)
def _unchanged(words):
    return list(words)
