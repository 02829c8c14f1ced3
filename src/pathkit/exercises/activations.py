"""Exercises of `activations`: first loss, saturation, scale, BatchNorm, update ratios, faults."""

from __future__ import annotations

import dataclasses
import functools
import math

import numpy as np
import torch
import torch.nn.functional as F

from pathkit import datasets
from pathkit.checks.compare import Tolerance
from pathkit.checks.plain import Tensor
from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

SINGLE = Tolerance(relative=1e-4, absolute=1e-5)  # float32 sums, in another order


def _normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> torch.Tensor:
    return torch.tensor(rng.normal(scale=scale, size=shape), dtype=torch.float32)


def _positive(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    return torch.tensor(rng.uniform(0.2, 3.0, size=shape), dtype=torch.float32)


def _classes(rng: np.random.Generator, how_many: int, below: int) -> torch.Tensor:
    return torch.tensor(rng.integers(below, size=how_many), dtype=torch.long)


def _number(value):
    """A tensor with one number is as good as the number."""
    return value.item() if isinstance(value, torch.Tensor) and value.numel() == 1 else value


# --- the first loss ---------------------------------------------------------------------------


def _loss_of(answer, logits, targets):
    return _number(answer(logits, targets))


@exercise(
    title="How far above knowing nothing?",
    level="easy",
    minutes=5,
    prompt="""
        Compute the mean cross-entropy of the logits in nats, and subtract what a blind guess among
        all classes costs. 0 means a calm start; more means a network that is sure of nonsense.
        """,
    probes=lambda rng: [
        (torch.zeros(2, 4), torch.tensor([3, 1])),
        (torch.tensor([[8.0, 0.0, -5.0]]), torch.tensor([1])),
        (_normal(rng, 6, 5, scale=4.0), _classes(rng, 6, 5)),
        (_normal(rng, 3, 7, scale=0.3), _classes(rng, 3, 7)),
        (torch.tensor([[-120.0, 3.0, 0.5], [1.0, 2.0, 0.5]]), torch.tensor([0, 1])),
        (torch.tensor([[150.0, 149.0, 151.0]]), torch.tensor([1])),
    ],
    drive=_loss_of,
    hints=[
        "A blind guess gives each of V classes the probability 1/V. What is its loss?",
        """
        1. `F.cross_entropy(logits, targets)` takes logits (B, V) and targets (B,) and returns the
           mean in nats.
        2. V is the number of columns: `logits.shape[1]`. Subtract its natural logarithm.
        """,
        "`return F.cross_entropy(___, ___).item() - math.log(logits.shape[___])`",
    ],
    errors=[
        ("NameError: name 'F' is not defined", "run the set-up cell: it imports `F` and `math`."),
        (
            "TypeError: log(): argument 'input'",
            "`torch.log` wants a tensor; for a plain number take `math.log`.",
        ),
    ],
    tolerance=SINGLE,
    passed="One number to look at before every training: it should be near 0.",
)
def excess_loss(logits: torch.Tensor, targets: torch.Tensor) -> float:
    """How far the loss lies above a blind guess, in nats.

    logits: (B, V); targets: (B,) class numbers. Returns mean cross-entropy minus ln V.
    """
    return F.cross_entropy(logits, targets).item() - math.log(logits.shape[1])


@excess_loss.misconception(
    "You compare with ln 27 whatever the number of classes is. The rule is ln V, and V stands in "
    "the shape of the logits: their columns."
)
def _always_27(logits, targets):
    return F.cross_entropy(logits, targets).item() - math.log(27)


@excess_loss.misconception(
    "The log of the batch size was subtracted. How many examples you average over doesn't matter; "
    "a blind guess chooses among the classes, the columns."
)
def _log_of_the_batch(logits, targets):
    return F.cross_entropy(logits, targets).item() - math.log(logits.shape[0])


@excess_loss.misconception(
    "This is the loss itself. Whether 3.3 is calm or alarming depends on the number of classes, so "
    "subtract ln V: then 0 means the same everywhere."
)
def _not_compared(logits, targets):
    return F.cross_entropy(logits, targets).item()


@excess_loss.misconception(
    "`cross_entropy` takes logits and does the softmax itself. Yours got probabilities, and a "
    "second softmax flattens them: the wildest start now looks calm."
)
def _softmax_twice(logits, targets):
    return F.cross_entropy(logits.softmax(1), targets).item() - math.log(logits.shape[1])


@excess_loss.misconception(
    "These are losses added up, not averaged. The excess must not grow with the batch: take the "
    "mean over the examples."
)
def _summed(logits, targets):
    loss = F.cross_entropy(logits, targets, reduction="sum").item()
    return loss - math.log(logits.shape[1])


@excess_loss.misconception(
    "The blind guess is measured in bits here: log2. Cross-entropy comes in nats, so its yardstick "
    "is the natural logarithm of V."
)
def _bits(logits, targets):
    return F.cross_entropy(logits, targets).item() - math.log2(logits.shape[1])


@excess_loss.misconception(
    "Exponentials of large logits overflow, and infinite by infinite is not a number. A wild start "
    "is what you want to measure; `F.cross_entropy` subtracts each row's maximum first."
)
def _overflows(logits, targets):
    p = logits.exp() / logits.exp().sum(1, keepdim=True)
    rows = torch.arange(len(targets))
    return -p[rows, targets].log().mean().item() - math.log(logits.shape[1])


@excess_loss.misconception(
    "Some probabilities are so small that they round to 0, and the log of 0 is infinite. "
    "`F.cross_entropy` works with logarithms throughout and never forms them."
)
def _log_of_zero(logits, targets):
    p = logits.softmax(1)[torch.arange(len(targets)), targets]
    return -p.log().mean().item() - math.log(logits.shape[1])


# --- saturation -------------------------------------------------------------------------------


def _two_shares(answer, h, limit):
    found = answer(h, limit)
    return tuple(_number(v) for v in found) if isinstance(found, tuple | list) else found


@exercise(
    title="Who is asleep?",
    level="easy",
    minutes=6,
    prompt="""
        Count how much of a layer is asleep. Return two shares from 0 to 1: outputs farther from 0
        than `limit`, and units (columns) for which every example of the batch is.
        """,
    probes=lambda rng: [
        (torch.tensor([[0.99, -0.98, 0.2], [0.99, 0.1, -0.99]]), 0.97),
        (torch.tensor([[0.5, -0.5], [0.75, -1.0], [1.0, 0.5]]), 0.5),
        (torch.tanh(_normal(rng, 5, 12, scale=6.0)), 0.97),
        (torch.tanh(_normal(rng, 3, 20, scale=2.0)), 0.8),
        (-torch.tanh(_positive(rng, 4, 3)), 0.1),
        (torch.tensor([[0.3]]), 0.97),
    ],
    drive=_two_shares,
    hints=[
        "Is an output of −0.99 asleep? In `h`, which axis runs over the examples of one unit?",
        """
        1. `asleep`: booleans (B, n), where the size of `h`, without its sign, exceeds `limit`.
        2. First share: the mean of the booleans as numbers, `asleep.float().mean()`.
        3. Second share: `asleep.all(dim=0)` is (n,), one boolean for each unit. Its mean again.
        """,
        "`return asleep.float().mean().item(), asleep.all(dim=___).float().mean().item()`",
    ],
    errors=[
        (
            "RuntimeError: mean(): could not infer output dtype",
            "booleans have no mean in torch: `.float()` makes 0 and 1 of them.",
        ),
    ],
    tolerance=SINGLE,
    passed="The first share slows learning. The second ends it: no example can wake such a unit.",
)
def saturated(h: torch.Tensor, limit: float) -> tuple[float, float]:
    """How much of a tanh layer is saturated.

    h: (B, n) outputs of n units for B examples; limit: above it an output counts as saturated.
    Returns (share of the B * n outputs, share of the n units saturated for all B examples).
    """
    asleep = h.abs() > limit
    return asleep.float().mean().item(), asleep.all(dim=0).float().mean().item()


def _shares(asleep, dim=0, of_unit=torch.all):
    return asleep.float().mean().item(), of_unit(asleep, dim=dim).float().mean().item()


@saturated.misconception(
    "Outputs near −1 are missing. tanh is as flat there as near +1, so it is the distance from 0 "
    "that counts: take `h.abs()`."
)
def _only_positive(h, limit):
    return _shares(h > limit)


@saturated.misconception(
    "The second share counts units that sleep for some example. Such a unit still learns from the "
    "others; it is lost only if it sleeps for all of them: `all`, not `any`."
)
def _any_example(h, limit):
    return _shares(h.abs() > limit, of_unit=torch.any)


@saturated.misconception(
    "The second share is taken along the wrong axis: it counts examples for which all units sleep. "
    "Rows are examples, columns are units, so reduce dim=0."
)
def _examples_not_units(h, limit):
    return _shares(h.abs() > limit, dim=1)


@saturated.misconception(
    "These are numbers of outputs and units, not shares. A layer of 200 units and one of 20 can be "
    "compared only by shares: divide by how many there are."
)
def _counted(h, limit):
    asleep = h.abs() > limit
    return asleep.sum().item(), asleep.all(dim=0).sum().item()


@saturated.misconception(
    "This is the share that is awake. Asleep means beyond the limit, where the slope of tanh is "
    "nearly 0: turn the comparison round."
)
def _awake(h, limit):
    return _shares(h.abs() < limit)


@saturated.misconception(
    "The mean over the batch is taken first. A unit that jumps between −1 and 1 has mean 0 and is "
    "asleep all the same: compare each output with the limit, then reduce."
)
def _mean_first(h, limit):
    share = (h.abs() > limit).float().mean().item()
    return share, (h.mean(dim=0).abs() > limit).float().mean().item()


# --- the scale --------------------------------------------------------------------------------


def _half(z):
    return z / 2


def _scale_of(answer, f, z, fan_in):
    return _number(answer(f, z, fan_in))


@exercise(
    title="The scale that keeps a layer awake",
    level="medium",
    minutes=8,
    prompt="""
        A layer gets `fan_in` inputs; each is `f` of a number drawn like `z`. Which standard
        deviation must its weights have, so that the sums it forms have variance 1? Find it from the
        sample `z`.
        """,
    probes=lambda rng: [
        (_half, torch.tensor([2.0, -2.0]), 9),
        (torch.tanh, _normal(rng, 400), 30),
        (torch.relu, _normal(rng, 400), 200),
        (torch.sigmoid, _normal(rng, 400, scale=2.0), 7),
        (_half, _normal(rng, 50, scale=6.0), 1),
        (torch.exp, torch.tensor([0.0]), 4),
    ],
    drive=_scale_of,
    hints=[
        """
        One term of the sum is a weight times an input. Weights have mean 0 and variance $s^2$. Does
        the term's variance depend on the spread of the input or on its mean square?
        """,
        """
        1. One term has variance $s^2$ times the mean of `f(z) ** 2`.
        2. Variances add up: `fan_in` terms have `fan_in` times as much.
        3. Set this to 1 and solve for $s$.
        """,
        "`return 1 / math.sqrt(___ * (f(z) ** 2).___().item())`",
    ],
    errors=[
        (
            "TypeError: only integer tensors of a single element",
            "take the mean first: `math.sqrt` wants one number.",
        ),
    ],
    tolerance=SINGLE,
    passed="With ReLU this is √2/√fan_in: the scale of Kaiming He and others, found by experiment.",
)
def weight_scale(f, z: torch.Tensor, fan_in: int) -> float:
    """The standard deviation of weights that keeps sums at variance 1 (He et al. 2015, eq. 10).

    f: applied to each element; z: (n,) a sample; fan_in: how many inputs f(z) a layer adds up.
    Returns the standard deviation of the weights, whose mean is 0.
    """
    mean_square = (f(z) ** 2).mean().item()
    return 1 / math.sqrt(fan_in * mean_square)


def _mean_square(f, z):
    return (f(z) ** 2).mean().item()


@weight_scale.misconception(
    "You took the variance of the inputs, which subtracts their mean. ReLU and sigmoid have a mean "
    "above 0, and each weight multiplies it, too: what counts is the mean of the squares."
)
def _variance_of_inputs(f, z, fan_in):
    return 1 / (math.sqrt(fan_in) * f(z).std().item())


@weight_scale.misconception(
    "`f` is left out. 1/√fan_in is right for a layer that passes its numbers on unchanged; tanh "
    "and ReLU shrink them, and the weights must make up for it."
)
def _without_f(f, z, fan_in):
    return 1 / math.sqrt(fan_in)


@weight_scale.misconception(
    "This is the variance of the weights, s². The question is for the standard deviation: take the "
    "square root."
)
def _variance_of_weights(f, z, fan_in):
    return 1 / (fan_in * _mean_square(f, z))


@weight_scale.misconception(
    "You divided by fan_in and not by its root. Terms with random signs cancel in part: a sum of n "
    "of them grows as √n, so the weights would be far too small."
)
def _by_fan_in(f, z, fan_in):
    return 1 / (fan_in * math.sqrt(_mean_square(f, z)))


@weight_scale.misconception(
    "This is the spread that unscaled weights would cause, turned upside down: multiplying by it "
    "makes things worse. Divide 1 by it."
)
def _upside_down(f, z, fan_in):
    return math.sqrt(fan_in * _mean_square(f, z))


@weight_scale.misconception(
    "This is the gain alone, without fan_in. Thirty inputs add up to more than one does: the "
    "weights must shrink with the root of their number."
)
def _gain_alone(f, z, fan_in):
    return 1 / math.sqrt(_mean_square(f, z))


@weight_scale.misconception(
    "`f` was applied to the mean square of z. What enters the sum is f of each number: apply `f` "
    "first, then square, then average."
)
def _f_last(f, z, fan_in):
    return 1 / math.sqrt(fan_in * f((z**2).mean()).item())


# --- BatchNorm --------------------------------------------------------------------------------


def _norm_probe(rng: np.random.Generator, B: int, n: int, training: bool, size=1.0, **settings):
    z = size * (_normal(rng, B, n) * _positive(rng, n) + 3 * _normal(rng, n))
    running = (_normal(rng, n), _positive(rng, n))
    return z, _normal(rng, n), _normal(rng, n), running, training, settings


def _normed(answer, z, gamma, beta, running, training, settings):
    return answer(z, gamma, beta, running, training, **settings)


@exercise(
    title="BatchNorm",
    level="hard",
    minutes=12,
    prompt="""
        In training, normalise each unit by mean and variance of the batch, and move the running
        statistics a step of `momentum` towards the batch's. In evaluation, use the running ones and
        leave them. Then scale by `gamma` and shift by `beta`.
        """,
    probes=lambda rng: [
        _norm_probe(rng, 4, 3, True),
        _norm_probe(rng, 4, 3, False, eps=0.3),
        _norm_probe(rng, 3, 5, True, momentum=0.25, eps=0.3),
        _norm_probe(rng, 2, 6, False, momentum=0.25),
        _norm_probe(rng, 5, 5, True, momentum=0.02, size=0.002),
        _norm_probe(rng, 1, 4, False),
    ],
    drive=_normed,
    hints=[
        """
        Rows are examples, columns are units. Which axis disappears when you average over the batch?
        And what must not happen to `running` in evaluation?
        """,
        """
        1. Training: `mean = z.mean(0)` and `var = z.var(0, unbiased=False)`, both (n,). The new
           running mean is `(1 - momentum)` times the old one plus `momentum` times the batch's. The
           running variance alike, with `z.var(0)`, which divides by B − 1.
        2. Evaluation: `mean, var = running`.
        3. Both: subtract `mean`, divide by the root of `var + eps`, times `gamma`, plus `beta`.
        """,
        "`return gamma * (z - mean) / torch.sqrt(___ + ___) + beta, running`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "statistics of shape (B,) don't line up with (B, n): average over dim 0, the examples.",
        ),
        (
            "UnboundLocalError: cannot access local variable",
            "`mean` and `var` need a value on both branches of the `if`.",
        ),
        (
            "TypeError: 'tuple' object does not support item assignment",
            "don't write into `running`, it belongs to the caller: make a new pair.",
        ),
    ],
    tolerance=SINGLE,
    passed="Equal to PyTorch's in both modes. The running pair is all that evaluation keeps of the "
    "training data.",
)
def batch_norm(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    """BatchNorm (Ioffe and Szegedy 2015, algorithms 1 and 2).

    z: (B, n) pre-activations; gamma, beta: (n,); running: (mean, var), each (n,);
    training: True or False. Returns (out, running): (B, n), and the pair (mean, var) after it.
    The batch's variance divides by B, the one that goes into `running` by B - 1.
    """
    if training:
        mean, var = z.mean(0), z.var(0, unbiased=False)
        new_mean = (1 - momentum) * running[0] + momentum * mean
        new_var = (1 - momentum) * running[1] + momentum * z.var(0)
        running = (new_mean, new_var)
    else:
        mean, var = running
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta, running


def _mixed(running, mean, var, momentum):
    return [(1 - momentum) * old + momentum * new for old, new in zip(running, (mean, var))]


def _standard(z, gamma, beta, mean, var, eps):
    return gamma * (z - mean) / torch.sqrt(var + eps) + beta


@batch_norm.misconception(
    "Each example is normalised over its own units: axis 1. That is LayerNorm, and a good idea "
    "elsewhere; BatchNorm compares one unit across the examples: axis 0."
)
def _over_units(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(1, keepdim=True), z.var(1, unbiased=False, keepdim=True)
    if training:
        running = _mixed(running, z.mean(0), z.var(0), momentum)
    else:
        mean, var = running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "`eps` was added outside the root. It guards against a variance of 0 and belongs to the "
    "variance: √(var + eps). Outside it shifts every result, and copied weights stop agreeing."
)
def _eps_outside(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0, unbiased=False)
    if training:
        running = _mixed(running, mean, z.var(0), momentum)
    else:
        mean, var = running
    return gamma * (z - mean) / (var.sqrt() + eps) + beta, running


@batch_norm.misconception(
    "The running statistics never change. Training looks fine, and evaluation then normalises by "
    "the numbers you began with: return the updated pair."
)
def _never_updated(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = (z.mean(0), z.var(0, unbiased=False)) if training else running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "Evaluation still normalises by the batch. The answer for one name then depends on which names "
    "are asked with it: use the running statistics when `training` is False."
)
def _batch_in_evaluation(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    if training:
        running = _mixed(running, z.mean(0), z.var(0), momentum)
    mean, var = z.mean(0), z.var(0, unbiased=False)
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "Training normalises by the running statistics. They lag behind the weights; in training the "
    "batch itself is the yardstick, and the running pair only watches."
)
def _running_in_training(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        running = _mixed(running, z.mean(0), z.var(0), momentum)
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "Old and new are exchanged in the running statistics: yours forget nearly everything at each "
    "batch. `momentum` is the small share that the new batch gets."
)
def _momentum_swapped(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = running
    if training:
        running = _mixed(running, z.mean(0), z.var(0), 1 - momentum)
        mean, var = z.mean(0), z.var(0, unbiased=False)
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "The running statistics move in evaluation, too. What a model answers would then depend on "
    "what it was asked before: change them in training only."
)
def _updated_in_evaluation(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = (z.mean(0), z.var(0, unbiased=False)) if training else running
    running = _mixed(running, z.mean(0), z.var(0), momentum)
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "The batch was normalised by the variance with B − 1, torch's default. BatchNorm divides by B "
    "there: `unbiased=False`. B − 1 is for the running variance, which estimates all the data."
)
def _sample_variance(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0)
    if training:
        running = _mixed(running, mean, var, momentum)
    else:
        mean, var = running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "The running variance took the batch's own, divided by B. A batch spreads less around its own "
    "mean than all data do, so what is kept divides by B − 1: `z.var(0)`."
)
def _running_too_small(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0, unbiased=False)
    if training:
        running = _mixed(running, mean, var, momentum)
    else:
        mean, var = running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "One mean and one variance serve the whole table. Each unit has a unit of measurement of its "
    "own: average over dim 0 alone, and keep n means."
)
def _whole_table(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(), z.var(unbiased=False)
    if training:
        running = _mixed(running, z.mean(0), z.var(0), momentum)
    else:
        mean, var = running
    return _standard(z, gamma, beta, mean, var, eps), running


@batch_norm.misconception(
    "You divided by the variance. Its unit is squared, so a unit twice as loud would come out half "
    "as loud: divide by the root, the standard deviation."
)
def _by_variance(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0, unbiased=False)
    if training:
        running = _mixed(running, mean, z.var(0), momentum)
    else:
        mean, var = running
    return gamma * (z - mean) / (var + eps) + beta, running


@batch_norm.misconception(
    "`z.std(0)` divides by B − 1, and `eps` came too late for it. Take the variance with "
    "`unbiased=False`, add `eps`, and then the root."
)
def _sample_deviation(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0)
    if training:
        running = _mixed(running, mean, var, momentum)
    else:
        mean, var = running
    return gamma * (z - mean) / (var.sqrt() + eps) + beta, running


@batch_norm.misconception(
    "`gamma` and `beta` are missing. Without them every unit is forced to mean 0 and variance 1 "
    "for ever; they let training choose another place and size."
)
def _without_gamma(z, gamma, beta, running, training, momentum=0.1, eps=1e-5):
    mean, var = z.mean(0), z.var(0, unbiased=False)
    if training:
        running = _mixed(running, mean, z.var(0), momentum)
    else:
        mean, var = running
    return (z - mean) / torch.sqrt(var + eps), running


# --- the company of a batch -------------------------------------------------------------------


def _first_of(batch) -> float:
    z = torch.tensor(batch, dtype=torch.float64)
    return ((z - z.mean()) / torch.sqrt(z.var(unbiased=False) + 1e-5))[0].item()


def _is_company(value) -> str | None:
    if not isinstance(value, tuple | list) or len(value) != 2:
        return "Two batches are expected: a pair of lists."
    batches = [batch.values if isinstance(batch, Tensor) else batch for batch in value]
    batches = [batch.tolist() if isinstance(batch, np.ndarray) else batch for batch in batches]
    for batch in batches:
        if not isinstance(batch, tuple | list) or not 1 <= len(batch) <= 8:
            return "Each batch is a list of one to eight numbers: one unit, up to eight examples."
        if not all(isinstance(v, int | float) and math.isfinite(v) for v in batch):
            return "Finite numbers are expected in both batches."
    if batches[0][0] != batches[1][0]:
        return (
            f"The first examples differ: {batches[0][0]:g} and {batches[1][0]:g}. Keep that "
            "example as it is and change its company."
        )
    high, low = (_first_of(batch) for batch in batches)
    if not high > 0.5 or not low < -0.5:
        return (
            f"The first example comes out as {high:.2f} and as {low:.2f}. It should be above 0.5 "
            "in the first batch and below −0.5 in the second: put it above the mean of one, and "
            "below the mean of the other."
        )
    return None


@exercise(
    title="Same example, other company",
    level="medium",
    minutes=6,
    prompt="""
        Give two small batches for one unit, both beginning with the same number. BatchNorm in
        training must make that first number larger than 0.5 in one, smaller than −0.5 in the other.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_is_company,
    is_value=True,
    hints=[
        "When does a number come out positive: compared with what?",
        "Two numbers in a batch suffice. The larger becomes about 1, the smaller about −1.",
        "`company = [3.0, ___], [3.0, ___]`: first in small company, then in large.",
    ],
    errors=[
        ("TypeError: can't convert", "plain lists of numbers will do; no tensors are needed."),
    ],
    # Each gives another right answer: which numbers they are doesn't matter, only which is larger.
    equivalents=[
        "return ([3.0, 1.0, 2.0], [3.0, 5.0])",
        "return ([3.0, 0.0, 3.0], [3.0, 5.0])",
        "return ([3.0, 0.5, 2.0], [3.0, 5.0])",
        "return ([3.0, 0.0, 2.0], [3.0, 6.0])",
        "return ([3.0, 0.0, 2.0], [3.0, 7.5])",
    ],
    passed="In training no example is alone: its output depends on its company.",
)
def company() -> tuple[list[float], list[float]]:
    """Two lists of one to eight numbers with the same first number, as in `[3.0, …], [3.0, …]`."""
    return [3.0, 0.0, 2.0], [3.0, 5.0]


@company.misconception(
    "The first number itself was changed. Here its value stays the same and its company changes: "
    "that is what nobody expects of a network."
)
def _other_first():
    return [5.0, 3.0], [1.0, 3.0]


@company.misconception(
    "The second batch is the first one, twice as large. BatchNorm measures in standard deviations, "
    "so scaling a whole batch changes nothing; and here the first numbers differ as well."
)
def _scaled():
    return [3.0, 0.0], [6.0, 0.0]


@company.misconception(
    "A batch of one has no company: its mean is the number itself, and every number comes out as "
    "0, whatever it is. BatchNorm can't train on single examples."
)
def _alone():
    return [3.0], [3.0]


@company.misconception(
    "Equal numbers have no spread, so all of them come out as 0, the mean. Put something smaller "
    "beside the first number, and in the other batch something larger."
)
def _all_equal():
    return [3.0, 3.0], [3.0, 3.0]


@company.misconception(
    "The order of the company makes no difference: mean and variance don't know who came when. "
    "Other numbers are needed, not another order."
)
def _reordered():
    return [3.0, 0.0, 5.0], [3.0, 5.0, 0.0]


# --- folding ----------------------------------------------------------------------------------


def _fold_probe(rng: np.random.Generator, n_in: int, n_out: int, eps: float) -> tuple:
    return (
        _normal(rng, n_in, n_out), _normal(rng, n_out), _normal(rng, n_out), _normal(rng, n_out),
        _normal(rng, n_out, scale=2.0), _positive(rng, n_out), eps,
    )


@exercise(
    title="Fold it away",
    level="medium",
    minutes=8,
    prompt="""
        In evaluation BatchNorm multiplies each unit by a fixed number and adds another. Put both
        into the linear layer before it: return `W` and `b` such that `x @ W + b` alone gives what
        the layer and BatchNorm gave together.
        """,
    probes=lambda rng: [
        _fold_probe(rng, 3, 2, 0.3),
        _fold_probe(rng, 2, 5, 1e-5),
        _fold_probe(rng, 4, 4, 0.3),
        _fold_probe(rng, 1, 1, 0.3),
    ],
    hints=[
        "Write $\\gamma (xW + b - m)/\\sqrt{v + \\epsilon} + \\beta$ and multiply out. What "
        "stands before $x$?",
        """
        1. `scale`: gamma divided by the root of `var + eps`, shape (n_out,).
        2. Column j of `W` makes unit j: multiply it by `scale[j]`. Broadcasting does that.
        3. The bias goes through the same: first minus `mean`, then times `scale`, then plus `beta`.
        """,
        "`return W * scale, (b - ___) * scale + ___`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a must match the size of tensor b",
            "`scale` has one number for each column of `W`: `W * scale` fits as it is.",
        ),
    ],
    tolerance=SINGLE,
    passed="A deployed network has no BatchNorm left: it cost nothing but training.",
)
def folded(W, b, gamma, beta, mean, var, eps):
    """One linear layer equal to a linear layer followed by BatchNorm in evaluation.

    W: (n_in, n_out); b, gamma, beta, mean, var: (n_out,). Returns (W, b) of the same shapes.
    """
    scale = gamma / torch.sqrt(var + eps)  # (n_out,)
    return W * scale, (b - mean) * scale + beta


def _fold_scale(gamma, var, eps):
    return gamma / torch.sqrt(var + eps)


@folded.misconception(
    "The mean isn't scaled. BatchNorm subtracts it before it divides, so it goes through the same "
    "factor as the bias: (b − mean) · scale."
)
def _mean_unscaled(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, eps)
    return W * scale, b * scale - mean + beta


@folded.misconception(
    "The old bias isn't scaled. It is part of what BatchNorm divides: subtract the mean from it, "
    "then multiply both by the scale."
)
def _bias_unscaled(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, eps)
    return W * scale, b - mean * scale + beta


@folded.misconception(
    "The old bias is lost. In training BatchNorm would cancel it; in evaluation it subtracts the "
    "*running* mean, and the layer's bias still counts."
)
def _bias_lost(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, eps)
    return W * scale, beta - mean * scale


@folded.misconception(
    "`gamma` is missing from the scale. It multiplies what was normalised, so it multiplies the "
    "columns of W as well: scale = gamma / √(var + eps)."
)
def _gamma_missing(W, b, gamma, beta, mean, var, eps):
    scale = 1 / torch.sqrt(var + eps)
    return W * scale, (b - mean) * scale + beta


@folded.misconception(
    "You divided by the variance instead of its root. BatchNorm divides by the standard deviation, "
    "√(var + eps); fold exactly that."
)
def _fold_variance(W, b, gamma, beta, mean, var, eps):
    scale = gamma / (var + eps)
    return W * scale, (b - mean) * scale + beta


@folded.misconception(
    "`eps` was forgotten. BatchNorm in training and evaluation divides by √(var + eps), and the "
    "folded layer must divide by the same, or units with small variance drift off."
)
def _fold_without_eps(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, 0.0)
    return W * scale, (b - mean) * scale + beta


@folded.misconception(
    "`beta` was scaled as well. It is added last, after the division, so it goes into the new bias "
    "as it is."
)
def _beta_scaled(W, b, gamma, beta, mean, var, eps):
    scale = _fold_scale(gamma, var, eps)
    return W * scale, (b - mean + beta) * scale


# --- update ratios ----------------------------------------------------------------------------


def _ratio_of(answer, W, gradient, rate):
    return _number(answer(W, gradient, rate))


@exercise(
    title="How large is one step?",
    level="easy",
    minutes=5,
    prompt="""
        Compare a step of gradient descent with the weights that it changes: the standard deviation
        of the step over that of the weights. Return the logarithm to base 10.
        """,
    probes=lambda rng: [
        (torch.tensor([[3.0, 1.0]]), torch.tensor([[0.0, 2.0]]), 0.01),
        (_normal(rng, 5, 3, scale=0.2), _normal(rng, 5, 3, scale=0.01), 0.1),
        (_normal(rng, 4, 6) + 3, _normal(rng, 4, 6) - 2, 1.5),
        (_normal(rng, 30), _normal(rng, 30, scale=0.003), 0.05),
    ],
    drive=_ratio_of,
    hints=[
        "What is subtracted from the weights in a step: the gradient alone?",
        "1. The step: `rate` times the gradient. 2. `.std()` of it, over `.std()` of `W`. 3. Log.",
        "`return math.log10((rate * gradient).std() / ___.std())`",
    ],
    errors=[
        ("ValueError: math domain error", "the step is all zero: no gradient reaches this layer."),
    ],
    tolerance=SINGLE,
    passed="−3 says: a step moves the weights by a thousandth of their size.",
)
def update_ratio(W: torch.Tensor, gradient: torch.Tensor, rate: float) -> float:
    """How large a step of gradient descent is, compared with the weights.

    W, gradient: of the same shape; rate: the learning rate.
    Returns log10 of (standard deviation of the step / standard deviation of the weights).
    """
    return math.log10((rate * gradient).std().item() / W.std().item())


@update_ratio.misconception(
    "The learning rate is missing. A large gradient with a small rate is a small step, and the "
    "rate is the knob you want to judge: multiply by it."
)
def _without_rate(W, gradient, rate):
    return math.log10(gradient.std().item() / W.std().item())


@update_ratio.misconception(
    "Numerator and denominator are exchanged: this is how many steps fit into the weights. The "
    "ratio is update to data, so a tiny step is a large negative number."
)
def _data_to_update(W, gradient, rate):
    return math.log10(W.std().item() / (rate * gradient).std().item())


@update_ratio.misconception(
    "This is the natural logarithm. The rule of thumb, −3, means a thousandth: take base 10."
)
def _natural_log(W, gradient, rate):
    return math.log((rate * gradient).std().item() / W.std().item())


@update_ratio.misconception(
    "This is the ratio itself. Ratios of layers differ by powers of ten, and in a plot all small "
    "ones would lie on the axis: return the base-10 logarithm."
)
def _no_log(W, gradient, rate):
    return (rate * gradient).std().item() / W.std().item()


@update_ratio.misconception(
    "You compared the weights after the step with those before. Nearly all of that is the old "
    "weights; compare the step itself, rate times gradient."
)
def _after_to_before(W, gradient, rate):
    return math.log10((W - rate * gradient).std().item() / W.std().item())


@update_ratio.misconception(
    "You divided element by element, each step by its own weight. Weights that happen to lie near "
    "0 then decide everything: take the two standard deviations first, and divide those."
)
def _element_by_element(W, gradient, rate):
    return math.log10((rate * gradient / W).std().item())


@update_ratio.misconception(
    "You took the largest change and the largest weight. One odd weight then decides; the standard "
    "deviation speaks for all of them."
)
def _by_largest(W, gradient, rate):
    return math.log10((rate * gradient).abs().max().item() / W.abs().max().item())


# --- name the fault ---------------------------------------------------------------------------

FAULTS = ("large", "small", "linear", "dead", "rate", "batch")
_TRUTH = ("linear", "dead", "large", "batch", "small", "rate")
_SETTINGS = {
    "large": {"gain": 8.0},
    "small": {"gain": 0.1},
    "linear": {"f": "none", "gain": 1.0},
    "dead": {"f": "relu", "gain": 2**0.5, "dead": 70},
    "rate": {"rate": 10.0},
    "batch": {"norm": True},
}
_FUNCTIONS = {"tanh": torch.tanh, "relu": torch.relu, "none": lambda z: z}


@dataclasses.dataclass
class Patient:
    """What the plots show of a network.

    outputs: (layers, 1000, units) before training; ratios: (moments, layers), log10;
    losses: of each step; dev: asked a thousand windows at a time; alone: asked one at a time.
    """

    outputs: np.ndarray
    ratios: np.ndarray
    losses: list[float]
    dev: float
    alone: float


def ward(train: tuple, dev: tuple, steps: int, seed: int = 0) -> dict[str, Patient]:
    """Train six broken networks of five layers; each has one fault."""
    found = {}
    for letter, fault in zip("ABCDEF", _TRUTH, strict=True):
        found[letter] = _examined(train, dev, steps, seed, **_SETTINGS[fault])
    return found


def repaired(train: tuple, dev: tuple, steps: int, seed: int = 0) -> dict[str, tuple[str, float]]:
    """The fault of each network, and its dev loss asked one at a time once the fault is gone."""
    healthy = {
        "tanh": _examined(train, dev, steps, seed).alone,
        "relu": _examined(train, dev, steps, seed, f="relu", gain=2**0.5).alone,
        "norm": _examined(train, dev, steps, seed, norm=True, evaluates=True).alone,
    }
    kind = {"dead": "relu", "batch": "norm"}
    return {
        letter: (fault, healthy[kind.get(fault, "tanh")])
        for letter, fault in zip("ABCDEF", _TRUTH, strict=True)
    }


def _examined(
    train, dev, steps, seed, f="tanh", gain=5 / 3, dead=0, norm=False, rate=0.1, evaluates=False
) -> Patient:
    generator = torch.Generator().manual_seed(seed)
    C = torch.randn(27, 10, generator=generator)
    widths = [30, 100, 100, 100, 100, 100]
    Ws = [
        torch.randn(a, b, generator=generator) * gain / a**0.5
        for a, b in zip(widths, widths[1:])
    ]
    bs = [torch.where(torch.arange(100) % 10 < dead // 10, -4.0, 0.0) for _ in Ws]
    V, c = torch.randn(100, 27, generator=generator) * 0.01, torch.zeros(27)
    running = [(torch.zeros(100), torch.ones(100)) for _ in Ws]
    weights = [C, *Ws, *bs, V, c]
    for w in weights:
        w.requires_grad_()

    def forward(X, training=True):
        x, outputs = C[X].flatten(1), []
        for i, (W, b) in enumerate(zip(Ws, bs)):
            z = x @ W
            if norm:
                z, after = batch_norm(z, 1.0, 0.0, running[i], training and len(X) > 1)
                running[i] = tuple(part.detach() for part in after)
            x = _FUNCTIONS[f](z + b)
            outputs.append(x.detach())
        return x @ V + c, outputs

    def alone(X):
        """The fault of `batch`: one window is normalised by itself, so z becomes 0."""
        if norm and not evaluates:
            x = C[X].flatten(1)
            for W, b in zip(Ws, bs):
                x = _FUNCTIONS[f](0 * (x @ W) + b)
            return x @ V + c
        return forward(X, training=False)[0]

    (X, Y), losses, ratios = train, [], []
    outputs = torch.stack(forward(X[:1000])[1]).numpy()
    for step in range(steps):
        batch = torch.randint(len(X), (32,), generator=generator)
        loss = F.cross_entropy(forward(X[batch])[0], Y[batch])
        for w in weights:
            w.grad = None
        loss.backward()
        with torch.no_grad():
            if step % 20 == 0:
                steps_to_weights = [rate * W.grad.std() / W.std() for W in Ws]
                ratios.append(torch.stack(steps_to_weights).log10().numpy())
            for w in weights:
                w -= rate * w.grad
        losses.append(loss.item())
    with torch.no_grad():
        X, Y = dev[0][:2000], dev[1][:2000]
        logits = [forward(X[i : i + 1000])[0] for i in (0, 1000)]
        together = F.cross_entropy(torch.cat(logits), Y).item()
        one_by_one = F.cross_entropy(alone(X), Y).item()
    return Patient(outputs, np.array(ratios), losses, together, one_by_one)


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
    for letter, word, truth in zip("ABCDEF", value, _TRUTH, strict=True):
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


# --- predictions ------------------------------------------------------------------------------


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
