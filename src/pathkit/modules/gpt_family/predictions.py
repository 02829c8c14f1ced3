"""Predictions and skip questions of `gpt-family`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

from .gpt_parameters import gpt_parameters

label = Choice(
    id="label",
    ask="GPT-2's paper prints a shape and a size for each of its four models. How many of the "
    "sizes follow from their shapes, rounded to a million?",
    options={
        "a": (
            "all four",
            "So one would think of a table in a paper that thousands have read. Count them below.",
        ),
        "b": (
            "three, and the largest is misprinted",
            "The largest is off by 16 million, but it isn't alone.",
        ),
        "c": (
            "none",
            "Each is off by 7 to 16 million. The repository corrected two of them later.",
        ),
    },
    right="c",
)

scores = Number(
    id="scores",
    ask="For GPT-3 175B attention's scores add 3% to 6ND, at a context of 2,048. How many percent "
    "do they add for GPT-3 Small, 12 layers of width 768?",
    value=lambda: 100 * 12 * 12 * 768 * 2048 / (6 * gpt_parameters(12, 768, 50257, 2048)),
    within=6,
    unit="%",
    between=(0, 100),
    low="Too few. The scores grow with the width and the parameters with its square, so a narrow "
    "model pays far more for its scores: 30%.",
    high="Too many. The scores cost 226 million FLOPs a token and the parameters 751 million, so "
    "it is 30%.",
    right="Scores grow with the width, parameters with its square: ten times the share, 30%.",
)

new_word = Choice(
    id="new-word",
    ask="A story says that Mei got a red zab, a word that training never showed. Omar finds \"the "
    "red …\". What does the kept model expect next?",
    options={
        "a": (
            "zab, since the story says so",
            "To copy any letters is a skill of its own, and six things never asked for it.",
        ),
        "b": (
            "one of the six things that it knows",
            "It learned which of six things was mentioned, and chooses among them whatever stands "
            "there.",
        ),
        "c": (
            "all letters with about equal chances",
            "It is never that unsure: after \"the red\" its training always went on with a thing.",
        ),
    },
    right="b",
)

new_task = Choice(
    id="new-task",
    ask="With one example the model gets every answer right on the five shifts of its training. "
    "Now two examples agree on a shift that it never saw. How often is its third answer right?",
    options={
        "a": (
            "hardly ever, less than 10%",
            "It chooses among five known shifts, whatever the examples say, and for each letter "
            "those five give five other answers.",
        ),
        "b": (
            "about 14%, as often as a blind guess",
            "A blind guess would hit sometimes. It is sure of a shift that it knows.",
        ),
        "c": (
            "nearly always, since the rule is plain",
            "Plain to you, who know rules. The model saw five tables and never had to find a rule "
            "behind them.",
        ),
    },
    right="a",
)

interval = Choice(
    id="interval",
    ask="A line through the four smallest models is read at 175B, with a 95% interval. Where does "
    "the measured 76.2% lie?",
    options={
        "a": (
            "near the middle of the interval",
            "The line fits four points well, but a share of right answers can't grow in a line "
            "for ever.",
        ),
        "b": (
            "inside, close to an end",
            "At 13B, ten times as large as the fourth model, it does. At 175B the bend has won.",
        ),
        "c": (
            "outside",
            "The line says 108%. The interval counts the scatter of points and not that the line "
            "may bend.",
        ),
    },
    right="c",
)

active = Number(
    id="active",
    ask="gpt-oss-120b holds 116.8 billion parameters, nearly all in experts, of which 4 in 128 "
    "work on a token. How many percent of all its parameters do?",
    value=lambda: 100 * 5.132849472 / 116.829156672,
    within=0.7,
    unit="%",
    between=(0, 100),
    low="Too few: the chosen experts alone are 3.1%. Attention and the output table work on every "
    "token, which brings it to 4.4%.",
    high="Too many: 4 of 128 experts are 3.1%, and attention and the output table add little more "
    "than one percent. It is 4.4%.",
    right="4 in 128 are 3.1%; attention and the output table always work, and make it 4.4%.",
)

skip_block = Choice(
    id="skip-block",
    ask="A GPT gets twice the width and keeps its number of layers. What happens to the parameters "
    "of its blocks?",
    options={
        "a": ("they double", "Matrices have a width on both sides, so both of them double."),
        "b": ("they quadruple", "Nearly all of them are in matrices of width times width."),
        "c": (
            "it depends on the number of heads",
            "Heads cut the same matrices in another way; their number doesn't enter.",
        ),
    },
    right="b",
    skip=True,
)

skip_bill = Choice(
    id="skip-bill",
    ask="Where do the six operations for each parameter and token come from?",
    options={
        "a": (
            "two forward, four backward",
            "A multiplication and an addition forward; two gradients of the same cost on the way "
            "back.",
        ),
        "b": (
            "three matrices of attention, twice each",
            "The six holds for every matrix of the model, whatever it belongs to.",
        ),
        "c": (
            "six passes over the data",
            "Passes are part of D, the number of tokens that were read.",
        ),
    },
    right="a",
    skip=True,
)

skip_shots = Choice(
    id="skip-shots",
    ask="A model gets a prompt with ten examples and answers better. What has changed?",
    options={
        "a": (
            "its last layer, by a few small steps",
            "Nobody computes a gradient: a prompt is input and nothing else.",
        ),
        "b": (
            "its weights, until the prompt is over",
            "Weights stay as they are, during the prompt as well.",
        ),
        "c": ("only what it reads", "The examples are text in its context, and the weights stay."),
    },
    right="c",
    skip=True,
)
