"""Predictions and skip questions of `activations`."""

from __future__ import annotations

import functools

import torch
import torch.nn.functional as F

from pathkit import datasets
from pathkit.checks.prediction import Choice, Number


@functools.cache
def _calm_loss() -> float:
    """The loss on the first 3,000 names' windows, output weights times 0.01 and no output bias."""
    generator = torch.Generator().manual_seed(0)
    shapes = (27, 10), (30, 200), (200,), (200, 27)
    C, W1, b1, W2 = (torch.randn(shape, generator=generator) for shape in shapes)
    windows, targets = [], []
    for name in datasets.names()[:3000]:
        codes = [0, 0, 0, *(ord(symbol) - 96 for symbol in name), 0]
        windows += zip(codes[:-3], codes[1:], codes[2:])
        targets += codes[3:]
    h = torch.tanh(C[torch.tensor(windows)].flatten(1) @ W1 + b1)
    return F.cross_entropy(h @ W2 * 0.01, torch.tensor(targets)).item()


calm_loss = Number(
    id="calm-loss",
    ask="Multiply all output weights by 0.01 and set the output bias to 0. What is the loss before "
    "the first step, in nats?",
    value=lambda: _calm_loss(),
    within=0.06,
    unit="nats",
    low="Below 3.30 the network would know something, and nobody has trained it yet.",
    high="The logits are 100 times smaller now. Near 0 they give each symbol about 1/27, and that "
    "costs ln 27 = 3.30.",
    right="ln 27 and a little: logits near 0 are a blind guess.",
)

slope_left = Number(
    id="slope-left",
    ask="A gradient of 1 reaches a tanh whose output is 0.97. How much of it gets through?",
    value=lambda: 1 - 0.97**2,
    within=0.02,
    between=(0, 1),
    low="A little more: the slope of tanh is 1 − h², and 0.97² is 0.94.",
    high="Less. The slope of tanh is 1 − h², where h is the output: 1 − 0.94.",
    right="1 − 0.97² = 0.06. Two such layers in a row leave 0.0035.",
)

ten_layers = Choice(
    id="ten-layers",
    ask="Ten tanh layers have weights of standard deviation 1/√fan_in (gain 1). The inputs spread "
    "by 1. How far do the outputs of layer 10 spread?",
    options={
        "a": ("0.98", "That would need no tanh at all: it shrinks whatever passes it."),
        "b": (
            "0.22",
            "They shrink, but ever more slowly: tanh of a small number is nearly the number, so "
            "small signals are hardly squeezed.",
        ),
        "c": (
            "0.001",
            "That is gain 0.5, which halves everything ten times. At gain 1 only tanh shrinks, and "
            "the smaller the signal, the less it does.",
        ),
    },
    right="b",
)

best_rate = Choice(
    id="best-rate",
    ask="Three learning rates, 0.01, 0.1 and 1, each for the same number of steps. Where do the "
    "steps lie that learn fastest here, as log10 of update to weights?",
    options={
        "a": (
            "near −2.6",
            "Rate 0.1. A rule of thumb says −3; for so short a training somewhat more pays.",
        ),
        "b": (
            "near −1.5",
            "Rate 1. Such steps change weights by 3% each time, and the loss goes up.",
        ),
        "c": (
            "near −3.7",
            "Rate 0.01. Safe, and slow: after the same number of steps it is far behind.",
        ),
    },
    right="a",
)

bad_scales = Choice(
    id="bad-scales",
    ask="Start with weights 6 times too large, and again with weights 17 times too small. Which "
    "statement holds after the training, if BatchNorm stands before each tanh?",
    options={
        "a": (
            "both fail as they do without it",
            "BatchNorm divides the scale out again, layer by layer, so the wrong scale does far "
            "less harm.",
        ),
        "b": (
            "both beat a good start without it",
            "A good start without BatchNorm is the best of all here, by a little.",
        ),
        "c": (
            "both end near a good start",
            "The scale of the weights is divided out in the forward pass. It still changes how "
            "large a step is, so not all is equal.",
        ),
    },
    right="c",
)

skip_first_loss = Choice(
    id="skip-first-loss",
    ask="A classifier for 10 classes shows a loss of 9.2 before its first step. What do you do?",
    options={
        "a": (
            "shrink the output weights",
            "It should be ln 10 = 2.3. Logits that large are sure of nonsense.",
        ),
        "b": (
            "lower the learning rate",
            "No step has been taken yet, so the rate can't be the reason.",
        ),
        "c": (
            "nothing: it has not been trained",
            "A blind guess costs ln 10 = 2.3. At 9.2 the network is sure of nonsense.",
        ),
    },
    right="a",
    skip=True,
)

skip_relu = Choice(
    id="skip-relu",
    ask="A ReLU layer has 200 inputs. Which standard deviation of its weights keeps the size of "
    "the signal?",
    options={
        "a": (
            "√2/200",
            "Sums of 200 random terms grow as √200, not as 200: this would be far too small.",
        ),
        "b": ("1/√200", "ReLU zeroes half of its inputs and with them half of the mean square."),
        "c": ("√(2/200)", "ReLU keeps half of the mean square, so the weights carry twice."),
    },
    right="c",
    skip=True,
)

skip_norm = Choice(
    id="skip-norm",
    ask="In evaluation, which mean does BatchNorm subtract from unit 3?",
    options={
        "a": (
            "that of the example's own units",
            "That is LayerNorm, which treats each example by itself.",
        ),
        "b": (
            "a running mean of unit 3",
            "Kept from training, so that an answer doesn't depend on its company.",
        ),
        "c": (
            "that of unit 3 over the batch being evaluated",
            "So it is in training. In evaluation an answer must not depend on its company.",
        ),
    },
    right="b",
    skip=True,
)
