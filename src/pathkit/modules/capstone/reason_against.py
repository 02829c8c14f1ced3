"""The last line of a model card."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="The last line of a model card",
    level="medium",
    minutes=7,
    prompt="""
        Each fact is (what, measured, bearable): a number and the most that you would accept. Write
        the line `Don't use it: WHAT is MEASURED, and BEARABLE would be bearable.` for the fact
        with the largest ratio of the two, both numbers with two digits behind the point. There is
        always such a line, even when all is bearable.
        """,
    probes=lambda rng: [
        ([("lost bits", 0.24, 0.05), ("given away", 0.9, 0.6)],),
        ([("given away", 0.9, 0.6), ("lost bits", 0.24, 0.2)],),
        ([("a", 1.0, 4.0), ("b", 1.0, 2.0), ("c", 0.1, 1.0)],),
        ([("first", 2.0, 1.0), ("second", 4.0, 2.0)],),
        ([("big", 100.0, 90.0), ("small", 0.03, 0.01)],),
        ([("only", 0.006, 3.14159)],),
        ([(name, float(rng.uniform(0.1, 9)), float(rng.uniform(0.1, 9))) for name in "pqrstu"],),
        ([("twice", 3.0, 2.0), ("twice", 3.0, 2.0)] + [(name, 1.0, 1.5) for name in "abcdef"],),
        ([("below", -2.0, 1.0), ("nothing", 0.0, 5.0)],),
    ],
    hints=[
        "One fact is 10 above what is bearable, out of 90. Another is 0.02 above, out of 0.01. "
        "Which one speaks more against the model?",
        """
        1. `max(facts, key=...)` with the ratio measured / bearable.
        2. An f-string with `:.2f` for both numbers.
        """,
        "`what, measured, bearable = max(facts, key=lambda fact: fact[1] / ___)`",
    ],
    errors=[
        ("TypeError: '>' not supported between instances of 'str' and 'float'",
         "leave the name out of the comparison: the key is a ratio of two numbers."),
        ("ValueError: too many values to unpack", "each fact has three parts."),
    ],
    passed="A stranger can decide against your model now, and knows by which number.",
)
def reason_against(facts: list[tuple[str, float, float]]) -> str:
    """The sentence that speaks most against a model.

    facts: (what, measured, bearable), at least one; bearable is above 0, and more is worse.
    Returns the sentence; of equal ratios the first one counts.
    """
    what, measured, bearable = max(facts, key=lambda fact: fact[1] / fact[2])
    return f"Don't use it: {what} is {measured:.2f}, and {bearable:.2f} would be bearable."


def _line(what, measured, bearable):
    return f"Don't use it: {what} is {measured:.2f}, and {bearable:.2f} would be bearable."


@reason_against.misconception(
    "The largest excess was chosen, measured minus bearable. Facts have units of their own, bits "
    "or shares, so only their ratios can be compared."
)
def _by_difference(facts):
    return _line(*max(facts, key=lambda f: f[1] - f[2]))


@reason_against.misconception(
    "The largest number was chosen. A large number may be bearable and a small one not: hold each "
    "against its own bound first."
)
def _by_size(facts):
    return _line(*max(facts, key=lambda f: f[1]))


@reason_against.misconception(
    "The first fact above its bound was taken. The card's last line is for the one that is "
    "furthest above, wherever it stands in the list."
)
def _first_above(facts):
    return _line(*next((f for f in facts if f[1] > f[2]), facts[0]))


@reason_against.misconception(
    "No line is written when all is bearable. A card without a reason against is an advertisement: "
    "name what comes closest to its bound."
)
def _silent(facts):
    worst = max(facts, key=lambda f: f[1] / f[2])
    return _line(*worst) if worst[1] > worst[2] else ""


@reason_against.misconception(
    "The ratio is upside down, or the least was taken: this is the fact that speaks least against "
    "the model."
)
def _mildest(facts):
    return _line(*min(facts, key=lambda f: f[1] / f[2]))


@reason_against.misconception(
    "The last of several equal ratios was taken. Where two are equal, the first one in the list "
    "counts, as `max` does by itself."
)
def _last_of_equals(facts):
    return _line(*max(reversed(facts), key=lambda f: f[1] / f[2]))


@reason_against.misconception(
    "The two numbers are exchanged in the sentence. First comes what was measured, then what would "
    "be bearable."
)
def _numbers_exchanged(facts):
    what, measured, bearable = max(facts, key=lambda f: f[1] / f[2])
    return _line(what, bearable, measured)


@reason_against.spelling(_silent)
def _praises(facts):
    worst = max(facts, key=lambda f: f[1] / f[2])
    return _line(*worst) if worst[1] > worst[2] else "No reason against it."
