"""The nearest example."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .meanings import TWELVE, some


@exercise(
    title="The nearest example",
    level="medium",
    minutes=6,
    prompt="""
        Find the meaning among `known` that differs from `meaning` in the fewest of its places. If
        several do, take the first of them.
        """,
    probes=lambda rng: [
        (("cat", "", False, "see", True, "dog", "", False), TWELVE),
        (("bird", "old", True, "eat", True, "fish", "", False), TWELVE),
        (("a", "b", "c"), [("b", "c", "a"), ("a", "x", "y"), ("x", "b", "y")]),
        (("a", "b", "a"), [("a", "a", "b"), ("c", "b", "c"), ("b", "b", "a")]),
        (("x", "y"), [("a", "b")]),
        (("a", "a", "b", "b"), [("b", "b", "a", "a"), ("a", "c", "c", "c")]),
        *((meaning, TWELVE) for meaning in some(rng, 4)),
    ],
    hints=[
        "In how many places do `(cat, red, see)` and `(cat, old, eat)` differ?",
        "Count the places that differ with `zip` and `sum`, and give `min` that count as its "
        "`key`: "
        "it returns the first of several smallest.",
        "`return min(known, key=lambda one: sum(a != b for a, b in ___))`",
    ],
    errors=[
        ("TypeError: 'bool' object is not iterable", "`sum` needs all comparisons, not one."),
        ("TypeError: unhashable", "count with `zip`; a set has no places."),
    ],
    # What differs differs both ways.
    equivalents=[
        "return min(known, key=lambda one: sum((a != b for a, b in zip(one, meaning))))",
    ],
    passed="This is the baseline that a grammar has to beat.",
)
def nearest(meaning: tuple, known: list[tuple]) -> tuple:
    """The known meaning that differs in the fewest places, the first of several.

    All meanings have equally many places; there is at least one that is known.
    """
    return min(known, key=lambda one: sum(a != b for a, b in zip(meaning, one)))


def _differ(a, b) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True))


@nearest.misconception(
    "Words were compared without their places. A cat that sees a dog and a dog that sees a cat "
    "would be the same; compare place by place, with `zip`."
)
def _as_sets(meaning, known):
    return min(known, key=lambda one: -len(set(meaning) & set(one)))


@nearest.spelling(_as_sets)
def _somewhere(meaning, known):
    return max(known, key=lambda one: sum(word in meaning for word in one))


@nearest.misconception(
    "Only the words were compared, and not many and past. True and False stand in places too: a "
    "plural that differs counts as much as another noun."
)
def _words_alone(meaning, known):
    return min(known, key=lambda one: sum(
        a != b for a, b in zip(meaning, one, strict=True) if isinstance(a, str)))


@nearest.misconception(
    "Letters were compared inside the words. A place agrees or differs as a whole, however alike "
    "two words are spelled."
)
def _letter_by_letter(meaning, known):
    return min(known, key=lambda one: sum(
        x != y for a, b in zip(meaning, one, strict=True)
        for x, y in zip(str(a), str(b))))  # noqa: B905


@nearest.misconception(
    "Of several that are equally near, the last came back. The first is asked for, so that "
    "everybody's baseline is the same one."
)
def _last_of_equals(meaning, known):
    return min(reversed(known), key=lambda one: _differ(meaning, one))


@nearest.misconception(
    "This is the one that differs most. Count the places that agree and take the most, or those "
    "that differ and take the fewest."
)
def _farthest(meaning, known):
    return max(known, key=lambda one: _differ(meaning, one))


@nearest.misconception(
    "What came back is its number in the list, or how far off it is. Return the known meaning "
    "itself."
)
def _number_of_it(meaning, known):
    return min(range(len(known)), key=lambda i: _differ(meaning, known[i]))


@nearest.misconception(
    "Comparing stopped at the first difference. Places after it count as well: a sentence may "
    "differ at its beginning and agree in all the rest."
)
def _common_beginning(meaning, known):
    def agree(one):
        return next((i for i, (a, b) in enumerate(zip(meaning, one, strict=True)) if a != b), 99)

    return max(known, key=agree)
