"""How many edits are missing."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


def _random_word(rng, least: int, most: int) -> str:
    return "".join(rng.choice(list("abc"), size=rng.integers(least, most + 1)))


@exercise(
    title="How many edits are missing",
    level="hard",
    minutes=13,
    prompt="""
        Count the edits that turn `written` into `wanted`, as few as possible. An edit puts in a
        letter, takes one out, or replaces one.
        """,
    probes=lambda rng: [
        ("ecnarf", "cnarf"),
        ("karl", "kral"),
        ("sam", "sam"),
        ("sitting", "kitten"),
        ("", "ab"),
        ("abc", ""),
        ("aab", "abb"),
        ("ram", "xram"),
        ("nad", "nabd"),
        (_random_word(rng, 4, 7), _random_word(rng, 2, 4)),
        (_random_word(rng, 3, 5), _random_word(rng, 5, 7)),
        (_random_word(rng, 6, 6), _random_word(rng, 6, 6)),
    ],
    hints=[
        "The last edit of the cheapest way did one of three things. What was left to do before it?",
        """
        1. Let `row[j]` be the edits between what you have of `wanted` and the first j letters of
           `written`. For no letters of `wanted` it is 0, 1, 2, …
        2. For each next letter of `wanted` make a new row. Its first entry is one more than the
           old first entry.
        3. Every further entry is the least of three: the entry above plus 1, the entry to the left
           plus 1, the entry above to the left, plus 1 if the two letters differ.
        """,
        "`new.append(min(row[j + 1] + 1, new[j] + 1, row[___] + (a != b)))`",
    ],
    errors=[
        (
            "IndexError: list index out of range",
            "a row has one entry more than `written` has letters: it begins with none of them.",
        ),
        (
            "IndexError: string index out of range",
            "the words may differ in length, and either may be empty.",
        ),
    ],
    # Which of three is the least doesn't depend on their order.
    equivalents=[
        "new.append(min(new[j] + 1, row[j + 1] + 1, row[j] + (a != b)))",
        "new.append(min(row[j + 1] + 1, row[j] + (a != b), new[j] + 1))",
    ],
    passed="A word that lost its first letter is one edit away, and no longer all wrong.",
)
def edit_distance(wanted: str, written: str) -> int:
    """The least number of edits between two words (Levenshtein).

    wanted, written: of any length; either may be empty. Returns an int.
    """
    row = list(range(len(written) + 1))
    for a in wanted:
        new = [row[0] + 1]
        for j, b in enumerate(written):
            new.append(min(row[j + 1] + 1, new[j] + 1, row[j] + (a != b)))
        row = new
    return row[-1]
