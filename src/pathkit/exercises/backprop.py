"""Exercises of `backprop`: the backward pass of a network with BatchNorm, piece by piece."""

from __future__ import annotations

import types

import numpy as np

from pathkit.checks.compare import Tolerance
from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

EXACT = Tolerance(relative=1e-9, absolute=1e-9)  # float64: what autograd is held to, too


# --- broadcasting -----------------------------------------------------------------------------


@exercise(
    title="Undo a broadcast",
    level="medium",
    minutes=6,
    prompt="""
        On the way forward an array of shape `shape` was broadcast to the shape of `d`. Add up the
        gradients `d` of all its copies, so that one array of shape `shape` comes back.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]), (3,)),
        (rng.normal(size=(4, 3)), (4, 1)),
        (rng.normal(size=(4, 3)), (1, 3)),
        (rng.normal(size=(3, 3)), (3,)),
        (rng.normal(size=(5, 4, 2)), (4, 1)),
        (rng.normal(size=(2, 3, 4)), (1, 1, 4)),
        (rng.normal(size=(2, 3)), (2, 3)),
        (rng.normal(size=(2, 3)), ()),
        (rng.normal(size=(1, 3)), (3,)),
    ],
    hints=[
        "`b` of shape (3,) was added to 4 rows. How many copies of `b[0]` are there in the sum?",
        """
        1. NumPy puts missing axes in front: while `d` has more axes than `shape`, sum over axis 0.
        2. Axes of length 1 were stretched: where `shape` has a 1, sum over that axis and keep it,
           `keepdims=True`.
        """,
        "`for axis, size in enumerate(shape):` if `size == ___`, then "
        "`d = d.sum(axis=axis, keepdims=___)`",
    ],
    errors=[
        (
            "numpy.exceptions.AxisError",
            "an axis was summed away before you came to it: missing axes first, and keep the rest.",
        ),
    ],
    tolerance=EXACT,
    passed="Copied on the way forward, added up on the way back.",
)
def undo_broadcast(d: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """The gradient of an array that was broadcast.

    d: gradient with respect to the broadcast array; shape: what it had before.
    Returns an array of that shape.
    """
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d


@undo_broadcast.misconception(
    "You averaged the copies. Each of them moves the loss, and their effects add up: the gradient "
    "is the sum, however many copies there are."
)
def _mean_of_copies(d, shape):
    while d.ndim > len(shape):
        d = d.mean(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.mean(axis=axis, keepdims=True)
    return d


@undo_broadcast.misconception(
    "You kept the gradient of the first copy. The others were used as much as it was in the "
    "forward pass, so theirs must be added."
)
def _first_copy(d, shape):
    while d.ndim > len(shape):
        d = d[0]
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.take([0], axis=axis)
    return d


@undo_broadcast.misconception(
    "Missing axes are summed, stretched ones are not. An axis of length 1 was copied as well: "
    "where `shape` has a 1, sum over that axis and keep it."
)
def _only_missing(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    return d


@undo_broadcast.misconception(
    "You summed over the last axes. NumPy lines shapes up at the right, so it is the axes in front "
    "that were added by broadcasting."
)
def _from_the_right(d, shape):
    while d.ndim > len(shape):
        d = d.sum(axis=-1)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    return d


@undo_broadcast.misconception(
    "Axis 0 is summed whatever the shapes are. Which axes were copied depends on `shape`: those it "
    "lacks, and those where it has a 1."
)
def _always_axis_0(d, shape):
    return d.sum(axis=0)


@undo_broadcast.misconception(
    "Stretched axes are summed while the axes of `d` and `shape` don't line up yet: axis 1 of "
    "`shape` may be axis 2 of `d`. Sum the missing axes away first."
)
def _stretched_first(d, shape):
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(axis=axis, keepdims=True)
    while d.ndim > len(shape):
        d = d.sum(axis=0)
    return d


# --- lookup -----------------------------------------------------------------------------------


@exercise(
    title="Back through a lookup",
    level="easy",
    minutes=5,
    prompt="""
        `emb = C[X]` took row `X[i, t]` of `C` for each place. Send each gradient in `demb` back to
        the row it came from; rows that were never used get 0.
        """,
    probes=lambda rng: [
        (np.array([[1, 1]]), np.array([[[1.0, 2.0], [10.0, 20.0]]]), 3),
        (rng.integers(4, size=(5, 3)), rng.normal(size=(5, 3, 2)), 4),
        (rng.integers(9, size=(2, 4)), rng.normal(size=(2, 4, 5)), 9),
        (np.array([[2, 0], [2, 2]]), rng.normal(size=(2, 2, 3)), 5),
        (np.zeros((0, 3), dtype=int), np.zeros((0, 3, 2)), 4),
    ],
    hints=[
        "A symbol stands at three places of a batch. How many gradients does its row get?",
        """
        1. `dC`: zeros of shape (V, E), where E is the last axis of `demb`.
        2. For each place, add its gradient to row `X[i, t]`.
        """,
        "`for i, t in np.ndindex(*X.shape): dC[X[i, t]] ___ demb[i, t]`",
    ],
    errors=[
        (
            "ValueError: could not broadcast input array",
            "a row of `dC` has E numbers, the last axis of `demb`.",
        ),
    ],
    tolerance=EXACT,
    passed="Used three times on the way forward, three gradients on the way back.",
)
def lookup_backward(X: np.ndarray, demb: np.ndarray, V: int) -> np.ndarray:
    """The gradient of C, where emb = C[X].

    X: (n, T) row numbers from 0 to V - 1; demb: (n, T, E); V: how many rows C has.
    Returns dC: (V, E).
    """
    dC = np.zeros((V, demb.shape[2]))
    for i, t in np.ndindex(*X.shape):
        dC[X[i, t]] += demb[i, t]
    return dC


@lookup_backward.misconception(
    "A row that is used twice keeps one of its gradients only. They must add up. (`dC[X] += demb` "
    "does not help: NumPy writes each row once. `np.add.at` adds.)"
)
def _last_one_wins(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    dC[X] += demb
    return dC


@lookup_backward.misconception(
    "You took the mean over the places where a symbol stands. Each of them moves the loss on its "
    "own account, so the row's gradient is their sum."
)
def _mean_of_places(X, demb, V):
    dC = lookup_backward.reference(X, demb, V)
    return dC / np.maximum(np.bincount(X.ravel(), minlength=V), 1)[:, None]


@lookup_backward.misconception(
    "Only the last place of each window is sent back. Every place of the window read a row of C, "
    "and each of those rows gets its part."
)
def _last_place(X, demb, V):
    return lookup_backward.reference(X[:, -1:], demb[:, -1:], V)


@lookup_backward.misconception(
    "Every place received all of its example's gradient. Each place has a gradient of its own: "
    "`demb[i, t]` belongs to row `X[i, t]` and to no other."
)
def _summed_over_places(X, demb, V):
    return lookup_backward.reference(X, demb.sum(axis=1, keepdims=True) + 0 * demb, V)


@lookup_backward.misconception(
    "The gradients stand in the order of the batch, one row for each place. C has one row for each "
    "symbol: send each gradient to row `X[i, t]`."
)
def _in_batch_order(X, demb, V):
    return demb.reshape(-1, demb.shape[2])


@lookup_backward.misconception(
    "A symbol that stands twice in one window keeps one of the two gradients. `dC[X[i]] += …` "
    "writes each row once, as `=` does: add place by place, or use `np.add.at`."
)
def _once_a_window(X, demb, V):
    dC = np.zeros((V, demb.shape[2]))
    for i in range(len(X)):
        dC[X[i]] += demb[i]
    return dC


# --- cross-entropy ----------------------------------------------------------------------------


def _softmax(logits, axis=1):
    exp = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


def _one_hot(logits, targets):
    return np.eye(logits.shape[1])[targets]


@exercise(
    title="From the loss to the logits",
    level="medium",
    minutes=7,
    prompt="""
        The loss is the mean cross-entropy of a batch. Return its gradient with respect to the
        logits: predicted minus seen, for each example, and mind the mean.
        """,
    probes=lambda rng: [
        (np.log(np.array([[0.2, 0.7, 0.1]])), np.array([1])),
        (rng.normal(size=(2, 3)), np.array([2, 0])),
        (rng.normal(scale=3, size=(6, 4)), rng.integers(4, size=6)),
        (rng.normal(size=(3, 3)), np.array([1, 1, 0])),
        (np.array([[1000.0, 998.0, -5.0], [3.0, -2.0, 0.5]]), np.array([1, 0])),
    ],
    hints=[
        "In `bigram` you found this gradient for one example. What does the mean over n change?",
        """
        1. `p`: the softmax of each row, shape (n, V). Subtract the row's maximum first.
        2. Subtract 1 at the target of each row: `p[np.arange(n), targets] -= 1`.
        3. Divide by n.
        """,
        "`p[np.arange(len(targets)), ___] -= 1` and then `return p / ___`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "subtract each row's maximum before `np.exp`; the softmax stays the same.",
        ),
        (
            "IndexError: shape mismatch",
            "one target for each row: index with `np.arange(len(targets))` and `targets`.",
        ),
    ],
    tolerance=EXACT,
    # Logits, probabilities and targets have one row for each example.
    equivalents=[
        "p[np.arange(len(logits)), targets] -= 1",
        "p[np.arange(len(p)), targets] -= 1",
        "return p / len(logits)",
        "return p / len(p)",
    ],
    passed="Each row pulls one logit up and pushes the others down, with forces that sum to 0.",
)
def cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The gradient of the mean cross-entropy with respect to the logits.

    logits: (n, V); targets: (n,) class numbers. Returns dlogits: (n, V).
    """
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(targets)), targets] -= 1
    return p / len(targets)


@cross_entropy_backward.misconception(
    "This is the gradient of the sum. The loss is a mean over n examples, so each of them has a "
    "share of 1/n: divide by the batch size."
)
def _not_divided(logits, targets):
    return _softmax(logits) - _one_hot(logits, targets)


@cross_entropy_backward.misconception(
    "Seen minus predicted is the way downhill. The gradient points uphill: predicted minus seen; "
    "the step subtracts it later."
)
def _downhill(logits, targets):
    return (_one_hot(logits, targets) - _softmax(logits)) / len(targets)


@cross_entropy_backward.misconception(
    "Only the target's logit gets a gradient. The softmax divides by a sum in which every logit "
    "stands, so pushing any of them up lowers the target: all of the row moves."
)
def _only_the_target(logits, targets):
    hot = _one_hot(logits, targets)
    return (_softmax(logits) - hot) * hot / len(targets)


@cross_entropy_backward.misconception(
    "The 1 is missing at the targets: these are probabilities, and all logits would be pushed "
    "down. Subtract 1 where the symbol that came stands."
)
def _without_targets(logits, targets):
    return _softmax(logits) / len(targets)


@cross_entropy_backward.misconception(
    "You divided by all n·V numbers. The loss is a mean over n examples; the V logits of one "
    "example make one loss together."
)
def _divided_by_all(logits, targets):
    return (_softmax(logits) - _one_hot(logits, targets)) / logits.size


@cross_entropy_backward.misconception(
    "This is the gradient with respect to the probabilities, −1/p at the target. The softmax lies "
    "between them and the logits: pass through it, too."
)
def _of_probabilities(logits, targets):
    with np.errstate(all="ignore"):
        return -_one_hot(logits, targets) / _softmax(logits) / len(targets)


@cross_entropy_backward.misconception(
    "The softmax runs down the columns, across the batch. One row holds the logits of one example: "
    "axis=1."
)
def _across_the_batch(logits, targets):
    return (_softmax(logits, 0) - _one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "The softmax overflows: exp(1000) is infinite, and infinite by infinite is not a number. "
    "Subtract each row's maximum first."
)
def _overflows(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return (p - _one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "The maximum of the whole batch was subtracted. One row of large logits then pushes all others "
    "down to exp(−1000) = 0, and 0/0 is not a number: take each row's own maximum."
)
def _maximum_of_all(logits, targets):
    exp = np.exp(logits - logits.max())
    p = exp / exp.sum(axis=1, keepdims=True)
    return (p - _one_hot(logits, targets)) / len(targets)


@cross_entropy_backward.misconception(
    "1 was subtracted in every row at every target of the batch. Each example has one target of "
    "its own: index rows and columns together, `p[np.arange(n), targets]`."
)
def _targets_of_all(logits, targets):
    p = _softmax(logits)
    p[:, targets] -= 1
    return p / len(targets)


# --- linear -----------------------------------------------------------------------------------


@exercise(
    title="Back through a linear layer",
    level="medium",
    minutes=8,
    prompt="""
        Forward it was `out = x @ W + b`. From `d`, the gradient with respect to `out`, find the
        gradients with respect to `x`, `W` and `b`. There is only one way that the shapes fit.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 2.0]]), np.array([[3.0], [5.0]]), np.array([[10.0]])),
        (rng.normal(size=(5, 3)), rng.normal(size=(3, 2)), rng.normal(size=(5, 2))),
        (rng.normal(size=(2, 4)), rng.normal(size=(4, 7)), rng.normal(size=(2, 7))),
        (rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=(3, 3))),
        (rng.normal(size=(6, 1)), rng.normal(size=(1, 4)), rng.normal(size=(6, 4))),
    ],
    hints=[
        "A gradient has the shape of its array. Which product of `d` and `W` has the shape of `x`?",
        """
        - `dx` (n, n_in): `d` is (n, n_out), so `W` must come as (n_out, n_in).
        - `dW` (n_in, n_out): adds up over the n examples, so n must meet n.
        - `db` (n_out,): `b` was broadcast to n rows. You know what that means on the way back.
        """,
        "`return d @ ___, ___ @ d, d.sum(axis=___)`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "write the shapes under the product: inner sizes must agree, outer ones remain.",
        ),
    ],
    tolerance=EXACT,
    passed="Two products and a sum: nearly all the arithmetic of training a GPT.",
)
def linear_backward(x: np.ndarray, W: np.ndarray, d: np.ndarray):
    """The gradients of out = x @ W + b.

    x: (n, n_in); W: (n_in, n_out); d: (n, n_out), gradient with respect to out.
    Returns (dx, dW, db): (n, n_in), (n_in, n_out), (n_out,).
    """
    return d @ W.T, x.T @ d, d.sum(axis=0)


@linear_backward.misconception(
    "`db` is a mean over the batch. `b` was copied to every row, and copies add up; the 1/n of the "
    "mean loss is inside `d` already."
)
def _mean_bias(x, W, d):
    return d @ W.T, x.T @ d, d.mean(axis=0)


@linear_backward.misconception(
    "`dW` was divided by the batch size once more. The loss put its 1/n into `d`; from there on "
    "nothing is divided again."
)
def _divided_again(x, W, d):
    return d @ W.T, x.T @ d / len(x), d.sum(axis=0)


@linear_backward.misconception(
    "`dW` is transposed. Entry [i, j] of W joins input i with output j, so its gradient is input i "
    "times gradient j: `x.T @ d`."
)
def _weights_transposed(x, W, d):
    return d @ W.T, d.T @ x, d.sum(axis=0)


@linear_backward.misconception(
    "`db` kept one row for each example. `b` has one number for each output and served all n rows: "
    "sum over them."
)
def _bias_not_summed(x, W, d):
    return d @ W.T, x.T @ d, d.copy()


@linear_backward.misconception(
    "`db` was summed over the outputs. What was copied is the row `b`, once for each example: sum "
    "over axis 0, the examples."
)
def _bias_wrong_axis(x, W, d):
    return d @ W.T, x.T @ d, d.sum(axis=1)


@linear_backward.misconception(
    "`dx` is missing what the layers above say: it holds sums of weights only. Each output's "
    "gradient `d` weighs its column of W: `d @ W.T`."
)
def _without_upstream(x, W, d):
    return np.ones_like(d) @ W.T, x.T @ d, d.sum(axis=0)


# --- tanh -------------------------------------------------------------------------------------


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
    ],
    hints=[
        "You met the slope of tanh in `activations`. Was it written with the input or the output?",
        "Local slope `1 - h ** 2`, times what comes from above. Both have the shape of `h`.",
        "`return (1 - ___ ** 2) * ___`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "`h` and `dh` have the same shape, so no sum and no transpose is needed.",
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
    "This is the slope of the sigmoid, s(1 − s). tanh has 1 − h², which is 1 at h = 0, where tanh "
    "is steepest."
)
def _sigmoid_slope(h, dh):
    return h * (1 - h) * dh


@tanh_backward.misconception(
    "The gradient went through tanh itself, as if the way back were the way forward. What counts "
    "is tanh's slope at the point where it was: (1 − h²) · dh."
)
def _forward_again(h, dh):
    return np.tanh(dh)


# --- BatchNorm --------------------------------------------------------------------------------


@exercise(
    title="Back through BatchNorm",
    level="hard",
    minutes=12,
    prompt="""
        Forward each column of `z` was normalised: `zhat = (z - mean) / sqrt(var + eps)`. From `d`,
        the gradient with respect to `zhat`, find the one with respect to `z`. Mean and variance
        depend on `z`, too.
        """,
    probes=lambda rng: [
        (np.array([[1.0], [3.0], [5.0]]), np.array([[1.0], [0.0], [0.0]]), 0.0),
        (rng.normal(size=(5, 3)) * [1, 4, 0.2] + [3, 0, -1], rng.normal(size=(5, 3)), 0.1),
        (rng.normal(size=(2, 6)), rng.normal(size=(2, 6)), 0.3),
        (rng.normal(size=(4, 4)) + 2, rng.normal(size=(4, 4)), 1e-5),
        (rng.normal(size=(7, 1)), rng.normal(size=(7, 1)), 0.0),
        (rng.normal(scale=0.003, size=(4, 2)), rng.normal(size=(4, 2))),
    ],
    hints=[
        "One number of `z` reaches the output on three roads. Name them.",
        """
        1. `zhat` and `inv = 1 / sqrt(var + eps)`, as on the way forward, statistics over axis 0.
        2. Directly: `d * inv`.
        3. Through the mean: subtract the mean of `d` over the batch.
        4. Through the variance: subtract `zhat` times the mean of `d * zhat` over the batch.
        """,
        "`return inv * (d - d.mean(axis=0) - zhat * (___ * ___).mean(axis=0))`",
    ],
    errors=[
        (
            "RuntimeWarning: divide by zero",
            "a column without spread: `eps` goes under the root, `np.sqrt(var + eps)`.",
        ),
    ],
    tolerance=EXACT,
    passed="One line, and it says: the level and the slope of the gradient don't get through.",
)
def norm_backward(z: np.ndarray, d: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """The gradient with respect to z, where zhat = (z - mean) / sqrt(var + eps) by column.

    z: (n, m); d: (n, m), gradient with respect to zhat; the variance divides by n.
    Returns dz: (n, m) (Ioffe and Szegedy 2015, section 3).
    """
    inv = 1 / np.sqrt(z.var(axis=0) + eps)  # (m,)
    zhat = (z - z.mean(axis=0)) * inv  # (n, m)
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))


def _normed(z, eps):
    inv = 1 / np.sqrt(z.var(axis=0) + eps)
    return inv, (z - z.mean(axis=0)) * inv


@norm_backward.misconception(
    "Mean and variance are treated as constants. They are made of z: moving one example moves "
    "them, and through them every other example. Two more terms are needed."
)
def _statistics_fixed(z, d, eps=1e-5):
    return d * _normed(z, eps)[0]


@norm_backward.misconception(
    "The road through the variance is missing. Moving z outwards widens the column and pulls all "
    "other outputs inwards: subtract zhat times the mean of d·zhat."
)
def _mean_only(z, d, eps=1e-5):
    return _normed(z, eps)[0] * (d - d.mean(axis=0))


@norm_backward.misconception(
    "The road through the mean is missing. Each z raises the mean by 1/n and so lowers every "
    "output: subtract the mean of d."
)
def _variance_only(z, d, eps=1e-5):
    inv, zhat = _normed(z, eps)
    return inv * (d - zhat * (d * zhat).mean(axis=0))


@norm_backward.misconception(
    "The variance divides by n − 1 here. On the way forward it divides by n, and so it must on the "
    "way back. At n = 32 the mistake is 3% of one term, easy to overlook."
)
def _divides_by_n_minus_1(z, d, eps=1e-5):
    n = len(z)
    inv, zhat = _normed(z, eps)
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).sum(axis=0) / (n - 1))


@norm_backward.misconception(
    "Sums stand where means belong. The mean gives each example 1/n of the say, and the variance, "
    "too: use `.mean(axis=0)` in both terms."
)
def _sums(z, d, eps=1e-5):
    inv, zhat = _normed(z, eps)
    return inv * (d - d.sum(axis=0) - zhat * (d * zhat).sum(axis=0))


@norm_backward.misconception(
    "One mean over the whole table was taken. Each unit is normalised by itself, so each column "
    "has its own two corrections: axis=0."
)
def _whole_table(z, d, eps=1e-5):
    inv, zhat = _normed(z, eps)
    return inv * (d - d.mean() - zhat * (d * zhat).mean())


@norm_backward.misconception(
    "The factor 1/√(var + eps) is missing in front. A column that spreads widely was shrunk on the "
    "way forward, and its gradient shrinks alike."
)
def _no_factor(z, d, eps=1e-5):
    _, zhat = _normed(z, eps)
    return d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0)


@norm_backward.misconception(
    "The correction for the variance is made of the centred z. It must be made of zhat, which has "
    "been divided: otherwise its size depends on the unit of measurement."
)
def _not_divided_inside(z, d, eps=1e-5):
    inv, _ = _normed(z, eps)
    centred = z - z.mean(axis=0)
    return inv * (d - d.mean(axis=0) - centred * (d * centred).mean(axis=0))


@norm_backward.misconception(
    "This is the backward pass of the video's variant, whose variance divides by n − 1 on both "
    "ways. Here the forward pass divides by n, as PyTorch does: `z.var(axis=0)`."
)
def _as_in_the_video(z, d, eps=1e-5):
    n = len(z)
    inv = 1 / np.sqrt(z.var(axis=0, ddof=1) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv / n * (n * d - d.sum(axis=0) - n / (n - 1) * zhat * (d * zhat).sum(axis=0))


@norm_backward.misconception(
    "`eps` was added to the standard deviation. On the way forward it stands under the root with "
    "the variance, so it does on the way back: √(var + eps)."
)
def _eps_outside(z, d, eps=1e-5):
    inv = 1 / (z.std(axis=0) + eps)
    zhat = (z - z.mean(axis=0)) * inv
    return inv * (d - d.mean(axis=0) - zhat * (d * zhat).mean(axis=0))


# --- what gets through ------------------------------------------------------------------------


def _column(value) -> np.ndarray | None:
    try:
        column = np.array(value, dtype=float)
    except (TypeError, ValueError):
        return None
    good = column.ndim == 1 and 3 <= len(column) <= 8 and np.isfinite(column).all()
    return column if good else None


def _gets_through(value) -> str | None:
    if not isinstance(value, tuple | list) or len(value) != 2:
        return "Two lists are expected: z and d."
    z, d = map(_column, value)
    if z is None or d is None or len(z) != len(d):
        return "z and d are lists of three to eight numbers, both of the same length."
    if z.std() < 1e-6:
        return "All of z is equal: there is no spread to divide by. Let z vary."
    if np.abs(d).max() < 1e-6:
        return "Nothing comes from above: with d = 0 every backward pass is right. Let d vary."
    inv, zhat = _normed(z, 0.0)
    level, slope = d.mean(), (d * zhat).mean()
    if abs(level) > 1e-9 * np.abs(d).max():
        return (
            f"The mean of d is {level:.3g}, and BatchNorm removes it: the road through the mean "
            "is felt. Choose d so that it sums to 0."
        )
    if abs(slope) > 1e-9 * np.abs(d).max():
        return (
            f"The mean of d·zhat is {slope:.3g}, and BatchNorm removes that part: d rises or falls "
            "with z. Choose d so that large and small z get the same on average."
        )
    return None


@exercise(
    title="What gets through unchanged?",
    level="medium",
    minutes=6,
    prompt="""
        Somebody forgets that mean and variance depend on `z`, and sends back `d / std`. Give `z`
        and `d`, not all 0, on which this is right all the same: the test that misses the bug.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_gets_through,
    is_value=True,
    hints=[
        "Which two numbers does the full formula subtract? When are both 0?",
        """
        `d` must sum to 0, and so must `d * z`. Take two examples with the same large z and two with
        the same small z. What may d be within such a pair?
        """,
        "`gets_through = [1, 1, -1, -1], [1, ___, 1, ___]`",
    ],
    errors=[
        ("RuntimeWarning: invalid value", "z needs some spread: not all its numbers may be equal."),
    ],
    passed="One lucky test proves nothing. That is why checks draw random numbers.",
)
def gets_through() -> tuple[list[float], list[float]]:
    """Two lists, z and d, of the same length from three to eight."""
    return [1.0, 1.0, -1.0, -1.0], [1.0, -1.0, 1.0, -1.0]


@gets_through.misconception(
    "A d that is the same for all examples asks the whole column to rise. BatchNorm subtracts the "
    "mean, so that does nothing: the right gradient is 0, the lazy one isn't."
)
def _level():
    return [1.0, 1.0, -1.0, -1.0], [1.0, 1.0, 1.0, 1.0]


@gets_through.misconception(
    "A d that grows with z asks the column to spread. BatchNorm divides by the spread, so that "
    "does nothing: the right gradient is 0, the lazy one isn't."
)
def _slope():
    return [1.0, 1.0, -1.0, -1.0], [1.0, 1.0, -1.0, -1.0]


@gets_through.misconception(
    "With d = 0 every backward pass is right, so such a test can't find any bug. Something must "
    "come from above: let d vary, with sum 0."
)
def _nothing():
    return [1.0, 1.0, -1.0, -1.0], [0.0, 0.0, 0.0, 0.0]


@gets_through.misconception(
    "A column of equal numbers has no spread, and the formula divides by it. Let z vary; what you "
    "look for is a d that doesn't vary with it."
)
def _no_spread():
    return [1.0, 1.0, 1.0, 1.0], [1.0, -1.0, 1.0, -1.0]


# --- the whole pass ---------------------------------------------------------------------------


def _pieces() -> types.SimpleNamespace:
    return types.SimpleNamespace(
        loss=cross_entropy_backward.reference, linear=linear_backward.reference,
        tanh=tanh_backward.reference, norm=norm_backward.reference,
        lookup=lookup_backward.reference,
    )


def _network(rng: np.random.Generator, n: int, T: int, V: int, E: int, H: int) -> tuple:
    """Odd numbers everywhere: zeros and ones would hide a forgotten term or factor."""
    P = {
        "C": rng.normal(size=(V, E)), "W1": rng.normal(size=(T * E, H)),
        "gamma": rng.uniform(0.5, 2, size=H), "beta": rng.normal(size=H),
        "W2": rng.normal(size=(H, V)), "b2": rng.normal(size=V),
    }  # fmt: skip
    X = rng.integers(V, size=(n, T))
    return P, X, rng.integers(V, size=n), _forward(P, X), _pieces()


def _forward(P: dict, X: np.ndarray) -> dict:
    emb = P["C"][X].reshape(len(X), -1)
    z = emb @ P["W1"]
    zhat = (z - z.mean(axis=0)) / np.sqrt(z.var(axis=0) + 1e-5)
    h = np.tanh(P["gamma"] * zhat + P["beta"])
    return {"emb": emb, "z": z, "zhat": zhat, "h": h, "logits": h @ P["W2"] + P["b2"]}


@exercise(
    title="The whole backward pass",
    level="hard",
    minutes=12,
    prompt="""
        Join the pieces, from the loss down to `C`. `back` holds the five functions you have
        written; scale and shift, `gamma * zhat + beta`, are for you to take apart.
        """,
    probes=lambda rng: [
        _network(rng, 3, 2, 4, 2, 3),
        _network(rng, 6, 3, 5, 2, 4),
        _network(rng, 4, 1, 3, 4, 4),
        _network(rng, 5, 4, 7, 3, 2),
    ],
    hints=[
        "Read the forward pass from its last line to its first. What undoes each line?",
        """
        1. `back.loss(logits, Y)`: (n, V). 2. `back.linear(h, P["W2"], …)`: dh, dW2, db2.
        3. `back.tanh`: the gradient of `gamma * zhat + beta`, (n, H). Call it `d`.
        4. gamma multiplied zhat and served n rows: sum of `d * zhat`. beta was added: sum of `d`.
           zhat gets `d * gamma`. 5. `back.norm(z, …)`. 6. `back.linear` again, for W1; its third
           result is not needed. 7. Reshape to (n, T, E), then `back.lookup(X, …, len(P["C"]))`.
        """,
        '`dz = back.norm(cache["z"], d * ___)` and '
        '`demb, dW1, _ = back.linear(cache["emb"], ___, dz)`',
    ],
    errors=[
        ("KeyError", "in the cache: emb, z, zhat, h, logits; in P: C, W1, gamma, beta, W2, b2."),
        (
            "IndexError: tuple index out of range",
            "`back.lookup` wants (n, T, E): `demb.reshape(*X.shape, -1)`.",
        ),
        (
            "ValueError: cannot reshape array",
            "the checks use other sizes than 3 and 27: take them from `X.shape` and from `P`.",
        ),
        (
            "ValueError: too many values to unpack",
            "`back.linear` returns three gradients, the other functions one.",
        ),
    ],
    tolerance=EXACT,
    passed="`loss.backward()` is this: the lines of the forward pass, undone in reverse.",
)
def backward(P: dict, X: np.ndarray, Y: np.ndarray, cache: dict, back) -> dict:
    """All gradients of the network, by name.

    P: C (V, E), W1 (T * E, H), gamma, beta (H,), W2 (H, V), b2 (V,); X: (n, T); Y: (n,);
    cache: emb (n, T * E), z, zhat, h (n, H), logits (n, V) of the forward pass;
    back: the functions loss, linear, tanh, norm, lookup. Returns a dict with the keys of P.
    """
    dlogits = back.loss(cache["logits"], Y)  # (n, V)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = back.tanh(cache["h"], dh)  # (n, H)
    dgamma, dbeta = (d * cache["zhat"]).sum(axis=0), d.sum(axis=0)
    dz = back.norm(cache["z"], d * P["gamma"])  # (n, H)
    demb, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    V, E = P["C"].shape
    dC = back.lookup(X, demb.reshape(*X.shape, E), V)
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}


def _pass(P, X, Y, cache, back, *, d=None, gamma=None, to_zhat=None, norm=None, demb=None):
    """The backward pass with one thing changed."""
    dlogits = back.loss(cache["logits"], Y)
    dh, dW2, db2 = back.linear(cache["h"], P["W2"], dlogits)
    d = d(dh) if d else back.tanh(cache["h"], dh)
    dgamma, dbeta = gamma(d) if gamma else ((d * cache["zhat"]).sum(axis=0), d.sum(axis=0))
    dzhat = to_zhat(d) if to_zhat else d * P["gamma"]
    dz = norm(dzhat) if norm else back.norm(cache["z"], dzhat)
    flat, dW1, _ = back.linear(cache["emb"], P["W1"], dz)
    shaped = demb(flat) if demb else flat.reshape(*X.shape, -1)
    dC = back.lookup(X, shaped, len(P["C"]))
    return {"C": dC, "W1": dW1, "gamma": dgamma, "beta": dbeta, "W2": dW2, "b2": db2}


@backward.misconception(
    "`gamma` is forgotten on the way down. It multiplied zhat, so the gradient of zhat is "
    "`d * gamma`. At a start with gamma = 1 nobody would notice."
)
def _forgets_gamma(P, X, Y, cache, back):
    return _pass(P, X, Y, cache, back, to_zhat=lambda d: d)


@backward.misconception(
    "The gradient of `gamma` lacks its factor. gamma multiplied zhat, so each example contributes "
    "`d * zhat`; without it you get the gradient of beta twice."
)
def _gamma_like_beta(P, X, Y, cache, back):
    return _pass(P, X, Y, cache, back, gamma=lambda d: (d.sum(axis=0), d.sum(axis=0)))


@backward.misconception(
    "gamma and beta got the mean over the batch. Each served all n rows, so the n contributions "
    "are added; the 1/n of the loss is in them already."
)
def _means(P, X, Y, cache, back):
    def gamma(d):
        return (d * cache["zhat"]).mean(axis=0), d.mean(axis=0)

    return _pass(P, X, Y, cache, back, gamma=gamma)


@backward.misconception(
    "tanh is skipped: the gradient of its output was used as that of its input. Call `back.tanh` "
    "between the upper linear layer and the normalisation."
)
def _skips_tanh(P, X, Y, cache, back):
    return _pass(P, X, Y, cache, back, d=lambda dh: dh)


@backward.misconception(
    "The normalisation is skipped: the gradient of zhat was used as that of z. `back.norm` divides "
    "by the spread and takes out what mean and variance take back."
)
def _skips_norm(P, X, Y, cache, back):
    return _pass(P, X, Y, cache, back, norm=lambda dzhat: dzhat)


@backward.misconception(
    "`back.norm` was given zhat instead of z. It computes mean and variance itself, and those of "
    "zhat are 0 and 1: the factor 1/std is lost."
)
def _norm_of_zhat(P, X, Y, cache, back):
    return _pass(P, X, Y, cache, back, norm=lambda dzhat: back.norm(cache["zhat"], dzhat))


@backward.misconception(
    "The gradients of the places are mixed: a reshape to (n, E, T) and a transpose put numbers of "
    "one symbol into another's row. Forward it was (n, T, E) to (n, T·E); go back the same way."
)
def _mixed_places(P, X, Y, cache, back):
    def demb(flat):
        n, T = X.shape
        return flat.reshape(n, -1, T).transpose(0, 2, 1)

    return _pass(P, X, Y, cache, back, demb=demb)


@backward.misconception(
    "The gradient of `gamma` was multiplied by z, before normalising. What gamma multiplied on the "
    "way forward is zhat: `(d * zhat).sum(axis=0)`."
)
def _gamma_times_z(P, X, Y, cache, back):
    def gamma(d):
        return (d * cache["z"]).sum(axis=0), d.sum(axis=0)

    return _pass(P, X, Y, cache, back, gamma=gamma)


# --- predictions ------------------------------------------------------------------------------

copies_of_b = Number(
    id="copies-of-b",
    ask="One number b is added to 32 rows, and the loss is the mean of the 32 results. What is the "
    "gradient of b?",
    value=lambda: 1.0,
    within=0.001,
    low="Each row gives 1/32, and there are 32 rows that use b: the copies add up.",
    high="32 copies, yes, but the loss is a mean: each row counts 1/32.",
    right="32 copies with 1/32 each. The mean divides once, the copies add up.",
)

row_sum = Number(
    id="row-sum",
    ask="What do the 27 numbers of one row of the logits' gradient add up to?",
    value=lambda: 0.0,
    within=1e-6,
    low="Predicted minus seen: the probabilities sum to 1, and so does the one-hot row.",
    high="Predicted minus seen: the probabilities sum to 1, and so does the one-hot row.",
    right="1 − 1. Raising all logits alike changes no probability, so nothing pulls that way.",
)

bias_before_norm = Choice(
    id="bias-before-norm",
    ask="Suppose the layer before BatchNorm had a bias `b1`. What would its gradient be?",
    options={
        "a": (
            "the sum of `dz` over the batch, some number like any other",
            "It is that sum. But BatchNorm has taken the mean out of each column of dz, so the sum "
            "is 0.",
        ),
        "b": (
            "0, up to rounding",
            "A constant added to a column is subtracted again with its mean.",
        ),
        "c": (
            "the same as that of `beta`",
            "beta is added after the normalisation and shifts what comes out. A bias before it is "
            "subtracted with the mean.",
        ),
    },
    right="b",
)

three_wrong = Choice(
    id="three-wrong",
    ask="Three backward passes are wrong: one takes BatchNorm's mean and variance for constants, "
    "one ignores the slope of tanh, one keeps a single gradient for each row of C. How many of "
    "them end more than 0.1 nats above the right one?",
    options={
        "a": (
            "none",
            "Each still points roughly downhill, and that is all that training needs. The loss "
            "won't tell you.",
        ),
        "b": (
            "one",
            "Not even one. A direction 20 to 65 degrees off the right one still leads down.",
        ),
        "c": (
            "all three",
            "A wrong gradient isn't a random one: all three still point roughly downhill.",
        ),
    },
    right="a",
)

skip_linear = Choice(
    id="skip-linear",
    ask="`out = x @ W` with x (32, 30) and W (30, 200). `d` is the gradient of out. What is dW?",
    options={
        "a": ("`d.T @ x`", "(200, 32) times (32, 30) is (200, 30): transposed."),
        "b": ("`d @ W.T`", "(32, 200) times (200, 30) is (32, 30): that is dx."),
        "c": ("`x.T @ d`", "(30, 32) times (32, 200) is (30, 200), the shape of W."),
    },
    right="c",
    skip=True,
)

skip_norm = Choice(
    id="skip-norm",
    ask="Every example of a batch receives the same gradient at BatchNorm's output. What comes out "
    "below?",
    options={
        "a": (
            "the same, divided by the spread",
            "That forgets the road through the mean: raising all alike changes nothing.",
        ),
        "b": ("0", "Raising a whole column changes nothing once its mean is subtracted."),
        "c": (
            "the same, for all but the mean example",
            "No example is exempt: the mean of the gradient is subtracted from all of them.",
        ),
    },
    right="b",
    skip=True,
)

skip_start = Choice(
    id="skip-start",
    ask="A backward pass forgets the factor gamma. You compare with autograd at the usual start, "
    "gamma = 1 and beta = 0. What do you see?",
    options={
        "a": (
            "no difference",
            "Times 1 is times nothing. Check at odd numbers, where every factor shows.",
        ),
        "b": (
            "a difference in gamma's gradient alone",
            "The gradient of gamma doesn't contain gamma. What lacks the factor lies below it.",
        ),
        "c": (
            "differences in all layers below",
            "There the factor is missing indeed, but at gamma = 1 it changes nothing.",
        ),
    },
    right="a",
    skip=True,
)
