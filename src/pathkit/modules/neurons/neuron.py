"""One neuron."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


@exercise(
    title="One neuron",
    level="easy",
    minutes=4,
    prompt="""
        Multiply each input by its weight, add everything up, add the bias, and bend the result
        with `np.tanh`. There may be any number of inputs.
        """,
    probes=lambda rng: [
        (np.array([0.5, -1.0]), np.array([2.0, 1.0]), 0.3),
        (np.array([2.0]), np.array([-0.7]), 0.0),
        (rng.normal(size=5), rng.normal(size=5), -0.8),
        (rng.normal(size=3), rng.normal(size=3), 0.5),
        (np.array([0.0, -1.5, 0.0, 2.0]), np.array([3.0, 0.5, -2.0, 0.25]), 0.1),
    ],
    hints=[
        "Inputs 0.5 and -1, weights 2 and 1, bias 0.3: what is the sum before the bend?",
        "`x * w` has shape (n,): one product for each input. Its `.sum()` is a single number.",
        "`return np.tanh((x * w).___() + ___)`",
    ],
    errors=[
        (
            "arrays can be converted to Python scalars",
            "`math.tanh` takes one number: sum first, or use `np.tanh`.",
        ),
        (
            "IndexError: index 1 is out of bounds",
            "there may be one input or five: `x[0]` and `x[1]` written out serve two alone.",
        ),
    ],
    passed="A weighted sum and a bend. Everything that follows is many of these.",
)
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    """The output of one neuron.

    x: (n,) inputs; w: (n,) weights, one for each input; b: the bias.
    Returns tanh(w[0] x[0] + w[1] x[1] + … + b), a number between -1 and 1.
    """
    return np.tanh((x * w).sum() + b)


@neuron.misconception(
    "The bend is missing. Without tanh a neuron only adds, and layers of adders add up to a "
    "single adder: bend the sum at the end."
)
def _no_bend(x, w, b):
    return (x * w).sum() + b


@neuron.misconception(
    "The bias is missing. It decides how large the weighted sum must be before the neuron speaks "
    "up; without it every neuron changes sign at the origin."
)
def _no_bias(x, w, b):
    return np.tanh((x * w).sum())


@neuron.misconception(
    "The bias was added after the bend. Then it lifts the output instead of moving the threshold: "
    "add it to the sum, inside tanh."
)
def _bias_outside(x, w, b):
    return np.tanh((x * w).sum()) + b


@neuron.misconception(
    "Each product was bent by itself before the sum. A neuron weighs its inputs against each "
    "other first, and bends once: tanh of the whole sum."
)
def _bends_each(x, w, b):
    return np.tanh(x * w).sum() + b


@neuron.misconception(
    "The bias went into the sum once for every input. One neuron has one bias: sum the products, "
    "then add `b` a single time."
)
def _bias_for_each(x, w, b):
    return np.tanh((x * w + b).sum())


@neuron.misconception(
    "This adds weights to inputs. A weight says how much an input counts, so it is a factor: "
    "multiply, then sum."
)
def _adds_weights(x, w, b):
    return np.tanh((x + w).sum() + b)


@neuron.misconception(
    "One number comes back for each input, and a neuron has one output. All inputs go into the "
    "same sum: add the products up, then the bias, then bend."
)
def _not_summed(x, w, b):
    return np.tanh(x * w + b)


@neuron.misconception(
    "The mean of the products was bent, not their sum. Divided by the number of inputs, each one "
    "would count less the more of them there are: use `.sum()`."
)
def _mean(x, w, b):
    return np.tanh((x * w).mean() + b)


@neuron.misconception(
    "The inputs were bent, and the sum wasn't. What a neuron bends is the whole of what it has "
    "added up: tanh comes last, around products and bias."
)
def _bends_inputs(x, w, b):
    return (np.tanh(x) * w).sum() + b


@neuron.misconception(
    "The sum went through `1 / (1 + exp(-z))`, which lies between 0 and 1. It is a bend as well, "
    "but this neuron bends with `np.tanh`, which lies between -1 and 1 and is 0 for a sum of 0."
)
def _sigmoid(x, w, b):
    return 1 / (1 + np.exp(-((x * w).sum() + b)))


@neuron.misconception(
    "The sum went through ReLU, which cuts what is negative to 0. It is a bend as well, but this "
    "neuron bends with `np.tanh`, and negative sums stay negative."
)
def _relu(x, w, b):
    return np.maximum((x * w).sum() + b, 0.0)


@neuron.misconception(
    "Right for up to two inputs, wrong for more: from the third on they are left out. There may "
    "be any number, so let the sum run over all of `x * w`."
)
def _two_inputs(x, w, b):
    return np.tanh((x[:2] * w[:2]).sum() + b)


@neuron.misconception(
    "Only the last product arrives in the sum. A loop that sets `s = …` forgets what it had: add "
    "to it with `+=`, from 0 on."
)
def _last_product(x, w, b):
    return np.tanh(x[-1] * w[-1] + b)
