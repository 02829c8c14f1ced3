"""Predictions and skip questions of `averages`."""

from pathkit.checks.prediction import Choice, Number

from .mean import mean

with_outlier = Number(
    id="with-outlier",
    ask="The five earn 3.4 coins on average. What is the mean with the sixth person?",
    value=lambda: mean([2, 3, 3, 4, 5, 103]),
    within=1,
    unit="coins",
    low="All 120 coins are shared by six, so the 103 weigh as much as all others together.",
    high="The 103 are shared by six people as well, and each gets a sixth of them.",
    right="120 coins, six people: one number moved the mean to where nobody is.",
)

skip_outlier = Choice(
    id="skip-outlier",
    ask="One of 100 numbers grows by 1,000. How does their mean change?",
    options={
        "a": ("it stays", "That is the median. A mean feels every number."),
        "b": ("it grows by 10", "The 1,000 are shared by 100 numbers, so the mean gets 10."),
        "c": ("it grows by 1,000", "That is the sum. The mean gets a hundredth of it."),
    },
    right="b",
    skip=True,
)
