"""Name the fault."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .ward import TRUTH

FAULTS = ("large", "small", "linear", "dead", "rate", "batch")

_CLUES = {
    "linear": "Its outputs reach 3 and −3, and they form a bell. Could tanh or ReLU give that?",
    "dead": "In its second column most units show one colour for all 32 examples: exactly 0.",
    "large": "Nearly all its outputs sit at −1 and 1, and they do so before the first step.",
    "batch": "All its curves are healthy, and only the cross in the last column is off: windows "
    "that are asked alone.",
    "small": "Its outputs shrink from layer to layer until nothing is left, and it learns next to "
    "nothing.",
    "rate": "Before training all its outputs look healthy. What goes wrong begins with the first "
    "step.",
}


def _is_diagnosis(value) -> str | None:
    if not isinstance(value, tuple | list) or len(value) != 6:
        return "Six words are expected, in a list: the fault of A first, that of F last."
    for word in value:
        if word not in FAULTS:
            return f"{word!r} is not one of the six: {', '.join(FAULTS)}."
    if len(set(value)) < 6:
        return "Each fault occurs once: one of your words stands there twice."
    for letter, word, truth in zip("ABCDEF", value, TRUTH, strict=True):
        if word != truth:
            return f"Look at {letter} again; {word!r} doesn't fit. {_CLUES[truth]}"
    return None


@exercise(
    title="Name the fault",
    level="medium",
    minutes=10,
    prompt="""
        Each network A to F has one of six faults. Which? `large` or `small` weights at the start,
        `linear` (no nonlinearity), `dead` units, a learning `rate` 100 times too high, or BatchNorm
        that normalises by the `batch` even in evaluation.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_is_diagnosis,
    is_value=True,
    hints=[
        "Which of the six faults can't be seen before training? Which are there from the start?",
        """
        Column 1: can this function give such values? Column 2: a unit of one colour never changes.
        Column 3: is a step near a thousandth of the weights? Column 4: what falls, and do dot and
        cross agree?
        """,
        '`diagnosis = ["linear", ___, "large", ___, ___, ___]`',
    ],
    errors=[
        ("NameError: name 'large' is not defined", 'the words are texts: write `"large"`.'),
    ],
    passed="Four plots and no look at the code. They work for any network you will meet.",
)
def diagnosis() -> list[str]:
    """Six words, for A to F in this order, such as `["large", "small", …]`; each occurs once."""
    return ["linear", "dead", "large", "batch", "small", "rate"]


@diagnosis.misconception(
    "B and E are exchanged. Both hold many zeros, but small weights make all outputs shrink layer "
    "by layer, while dead units are exactly 0 beside others that are wide awake."
)
def _dead_or_small():
    return ["linear", "small", "large", "batch", "dead", "rate"]


@diagnosis.misconception(
    "C and F are exchanged. Outputs at −1 and 1 before the first step can't come from the learning "
    "rate, which does nothing until then: they come from large weights."
)
def _rate_or_large():
    return ["linear", "dead", "rate", "batch", "small", "large"]


@diagnosis.misconception(
    "A and D are exchanged. D's outputs end at −1 and 1, as tanh's do; A's pass 3, so no tanh was "
    "there. And only D answers worse when it is asked alone."
)
def _linear_or_batch():
    return ["batch", "dead", "large", "linear", "small", "rate"]


@diagnosis.misconception(
    "A and C are exchanged. Large weights behind a tanh pile up at −1 and 1. A's outputs form a "
    "bell that passes 3: nothing bends them."
)
def _linear_or_large():
    return ["large", "dead", "linear", "batch", "small", "rate"]
