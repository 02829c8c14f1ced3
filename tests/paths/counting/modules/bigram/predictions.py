"""Predictions and skip questions of `bigram`."""

from pathkit.checks.prediction import Choice, Number

how_many = Number(
    id="how-many", ask="How many pairs do six words have?", value=lambda: 5.0, within=0.1,
    low="Each word but the last begins a pair.", high="The last word begins none.",
    right="Each word but the last begins one.",
)

skip_pairs = Choice(
    id="skip-pairs", ask="Which pairs does `a b c` have?",
    options={
        "a": ("`a b` and `b c`", "Each word but the last begins one."),
        "b": ("`a b`", "The `b` begins one, too."),
    },
    right="a", skip=True,
)
