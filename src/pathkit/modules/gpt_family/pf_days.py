"""The bill of a training."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="The bill of a training",
    level="easy",
    minutes=5,
    prompt="""
        Training takes six operations for each parameter and token. Return how many days a machine
        needs that does 10¹⁵ of them a second.
        """,
    probes=lambda rng: [
        (125e6, 300e9),
        (2_000_000_000, 7_200_000_000),
        (1e15, 86400),
        (350e6, 12e9),
        (float(rng.uniform(1e8, 1e12)), float(rng.uniform(1e9, 1e13))),
        (float(rng.uniform(1e5, 1e6)), float(rng.uniform(1e6, 1e8))),
    ],
    hints=[
        "How many operations does that machine do in a day of 24 hours?",
        """
        1. Operations in all: 6 times parameters times tokens.
        2. In a day: 10¹⁵ times 24 times 60 times 60.
        3. Divide the first by the second.
        """,
        "`return 6 * parameters * tokens / (10**15 * ___)`",
    ],
    errors=[
        (
            "TypeError: 'float' object is not callable",
            "between two factors stands `*`: `parameters * tokens`, not `parameters(tokens)`.",
        ),
    ],
    passed="Six, two numbers and a day: most bills of the field are made of these.",
)
def pf_days(parameters: float, tokens: float) -> float:
    """The compute of a training in petaflop/s-days.

    parameters: N; tokens: D, read in training, repeats included.
    Returns 6 N D operations in days of 10**15 operations a second.
    """
    return 6 * parameters * tokens / (10**15 * 24 * 60 * 60)


@pf_days.misconception(
    "Two operations for each parameter and token are the forward pass alone. Training goes back as "
    "well, for the gradients of weights and of activations, which costs twice as much again: six."
)
def _forward_only(parameters, tokens):
    return 2 * parameters * tokens / 8.64e19


@pf_days.misconception(
    "A parameter's forward step is one multiplication and one addition, so two operations. With "
    "the way back, twice as much, that makes six and not three."
)
def _one_operation(parameters, tokens):
    return 3 * parameters * tokens / 8.64e19


@pf_days.misconception(
    "The way back is missing half of its work. It computes gradients of weights and of "
    "activations, each as dear as the forward pass: 2 + 4 operations."
)
def _half_the_way_back(parameters, tokens):
    return 4 * parameters * tokens / 8.64e19


@pf_days.misconception(
    "These are seconds of such a machine. A day has 24 · 60 · 60 of them: divide once more."
)
def _in_seconds(parameters, tokens):
    return 6 * parameters * tokens / 1e15


@pf_days.misconception(
    "These are hours of such a machine. A day has 24 of them: divide once more."
)
def _in_hours(parameters, tokens):
    return 6 * parameters * tokens / (1e15 * 3600)


@pf_days.misconception(
    "These are plain operations. Divide by what the machine does in a day, 10¹⁵ times 86,400."
)
def _operations(parameters, tokens):
    return 6 * parameters * tokens


@pf_days.misconception(
    "The machine is a thousand times too slow: 10¹² operations a second are a teraflop. Peta is "
    "10¹⁵."
)
def _tera(parameters, tokens):
    return 6 * parameters * tokens / (1e12 * 86400)


@pf_days.misconception(
    "Only the first factor behind the `/` divides; those after it multiply. Put the seconds of a "
    "day into brackets: / (24 * 60 * 60)."
)
def _no_brackets(parameters, tokens):
    return 6 * parameters * tokens / 1e15 / 24 * 60 * 60


@pf_days.spelling(_no_brackets)
def _no_brackets_at_all(parameters, tokens):
    return 6 * parameters * tokens / 1e15 * 24 * 60 * 60


@pf_days.misconception(
    "A day has 86,400 seconds here only as 24 · 60 minutes: the second factor of 60 is missing."
)
def _in_minutes(parameters, tokens):
    return 6 * parameters * tokens / (1e15 * 24 * 60)


@pf_days.misconception(
    "Parameters and tokens are added here. Each token passes through each parameter, so the work "
    "is their product: multiply."
)
def _added(parameters, tokens):
    return 6 * (parameters + tokens) / (1e15 * 86400)


@pf_days.misconception(
    "These are years of such a machine. Days are asked for: leave the factor of 365 out."
)
def _in_years(parameters, tokens):
    return 6 * parameters * tokens / (1e15 * 86400 * 365)
