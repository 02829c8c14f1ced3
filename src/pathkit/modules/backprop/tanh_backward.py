"""Back through tanh."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .tolerance import EXACT


@exercise(
    title="Back through tanh",
    level="easy",
    minutes=3,
    prompt="""
        Forward it was `h = np.tanh(z)`, and you have kept `h`. Turn the gradient with respect to
        `h` into the one with respect to `z`.
        """,
    probes=lambda rng: [
        (np.array([0.0, 0.5]), np.array([3.0, 4.0])),
        (np.tanh(rng.normal(size=(4, 3))), rng.normal(size=(4, 3))),
        (np.tanh(rng.normal(scale=4, size=(2, 5))), rng.normal(size=(2, 5))),
        (np.array([[1.0, -1.0, 0.25]]), np.array([[2.0, 2.0, -8.0]])),
        (np.tanh(rng.normal(size=(2, 3, 4))), rng.normal(size=(2, 3, 4))),
    ],
    hints=[
        "You met the slope of tanh in the lesson on activations. Was it written with the input "
        "or with the output?",
        "Local slope `1 - h ** 2`, times what comes from above. Both have the shape of `h`.",
        "`return (1 - ___ ** 2) * ___`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "`h` and `dh` have the same shape, so no sum and no transpose is needed.",
        ),
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "each number of `h` has a slope of its own: entry by entry, `*` and not `@`.",
        ),
    ],
    tolerance=EXACT,
    passed="A saturated unit lets next to nothing through: here is the line that stops it.",
)
def tanh_backward(h: np.ndarray, dh: np.ndarray) -> np.ndarray:
    """The gradient with respect to z, where h = tanh(z).

    h: output of tanh, any shape; dh: gradient with respect to h. Returns an array of that shape.
    """
    return (1 - h**2) * dh


@tanh_backward.misconception(
    "tanh is applied a second time. `h` is its output already, so the slope is 1 − h² as it stands."
)
def _tanh_again(h, dh):
    return (1 - np.tanh(h) ** 2) * dh


@tanh_backward.misconception(
    "This is the local slope alone. The chain rule multiplies it by what comes from above: times "
    "`dh`."
)
def _slope_alone(h, dh):
    return 1 - h**2


@tanh_backward.misconception(
    "The square is missing. 1 − h would be 2 at h = −1, where tanh is flat; the slope is 1 − h²."
)
def _no_square(h, dh):
    return (1 - h) * dh


@tanh_backward.misconception(
    "h(1 − h) is the slope of another bend, 1 / (1 + e⁻ˣ). tanh has 1 − h², which is 1 at h = 0, "
    "where tanh is steepest."
)
def _sigmoid_slope(h, dh):
    return h * (1 - h) * dh


@tanh_backward.misconception(
    "The gradient went through tanh itself, as if the way back were the way forward. What counts "
    "is tanh's slope at the point where it was: (1 − h²) · dh."
)
def _forward_again(h, dh):
    return np.tanh(dh)


@tanh_backward.misconception(
    "Brackets are missing: h² · dh was subtracted from 1. The slope 1 − h² is one factor, and all "
    "of it is multiplied by `dh`: `(1 - h**2) * dh`."
)
def _no_brackets(h, dh):
    return 1 - h**2 * dh


@tanh_backward.misconception(
    "Brackets are missing: this is dh − h². The slope 1 − h² is one factor, and all of it is "
    "multiplied by `dh`: `dh * (1 - h**2)`."
)
def _no_brackets_behind(h, dh):
    return dh * 1 - h**2


@tanh_backward.misconception(
    "The difference was squared, (1 − h)². Square h alone: the slope 1 − h² is 0 at h = −1 as "
    "well as at h = 1."
)
def _square_outside(h, dh):
    return (1 - h) ** 2 * dh


@tanh_backward.misconception(
    "`h` and `dh` have changed places. The slope is made of the output, 1 − h²; what comes from "
    "above, `dh`, multiplies it."
)
def _exchanged(h, dh):
    return (1 - dh**2) * h


@tanh_backward.misconception(
    "`dh` was added to the slope. The chain rule multiplies the two: where the slope is 0, "
    "nothing gets through."
)
def _plus(h, dh):
    return 1 - h**2 + dh


@tanh_backward.misconception(
    "`dh` was divided by the slope. On the way back the chain rule multiplies: a flat place lets "
    "nothing through, not everything."
)
def _divided(h, dh):
    with np.errstate(all="ignore"):
        return dh / (1 - h**2)


@tanh_backward.misconception(
    "The slope is 1 + h² here. tanh is steepest at h = 0 and flat at both ends, so the square is "
    "subtracted: 1 − h²."
)
def _plus_in_the_slope(h, dh):
    return (1 + h**2) * dh


@tanh_backward.misconception(
    "`dh` came back unchanged, as if tanh were a straight line. Multiply by its slope, 1 − h²."
)
def _skipped(h, dh):
    return dh.copy()


@tanh_backward.misconception(
    "This is the slope of ReLU: all or nothing, by the sign of h. tanh has 1 − h², which falls "
    "smoothly to both sides."
)
def _relu_slope(h, dh):
    return (h > 0) * dh
