"""How long a secret must be."""

from __future__ import annotations

import math

from pathkit.checks.exercise import exercise


@exercise(
    title="How long must a secret be?",
    level="medium",
    minutes=8,
    prompt="""
        A key for `size` symbols holds $\\log_2 size!$ bits. Each symbol of the secret gives away
        $\\log_2 size$ bits minus the loss, in bits. Return how many symbols give away the key.
        """,
    probes=lambda rng: [
        (4, math.log(2)),
        (26, 2.9),
        (27, 0.1264),
        (30, float(rng.uniform(0.3, 3))),
        (300, float(rng.uniform(1, 5))),
        (3, 0.2),
    ],
    hints=[
        "With 4 symbols there are 24 keys. How many bits tell 24 things apart?",
        "1. The key: `math.lgamma(size + 1)` is the natural log of the factorial. Divide by "
        "`math.log(2)`."
        "\n2. The loss in bits is `loss / math.log(2)`.\n3. Divide the key by the difference.",
        "`return key_bits / (math.log2(size) - loss / ___)`",
    ],
    errors=[
        ("OverflowError: int too large to convert", "the factorial of 300 is no float: `math.log2` "
         "takes it whole, and `math.lgamma(size + 1)` never makes it."),
        ("AttributeError: module 'math' has no attribute 'log2factorial'",
         "use `math.lgamma(size + 1)`, the natural log of the factorial."),
    ],
    passed="The loss says how much each symbol tells. A better model needs a shorter secret.",
)
def unicity(size: int, loss: float) -> float:
    """Symbols after which one key alone is likely (Shannon 1949).

    size: how many symbols the key has; loss: of the model, in nats per symbol, below log size.
    Returns a number of symbols, not rounded.
    """
    key_bits = math.lgamma(size + 1) / math.log(2)
    return key_bits / (math.log2(size) - loss / math.log(2))


@unicity.misconception(
    "The loss is still in nats while the rest is in bits. One nat is 1.44 bits: divide the loss by "
    "the natural log of 2 before you subtract it."
)
def _mixed_units(size, loss):
    return math.lgamma(size + 1) / math.log(2) / (math.log2(size) - loss)


@unicity.misconception(
    "The key was divided by the loss. What a symbol costs tells nothing about the key; what it "
    "gives away is the difference to a symbol that could be anything."
)
def _by_loss(size, loss):
    return math.lgamma(size + 1) / loss


@unicity.misconception(
    "The key was taken for `size` free choices. Two signs can't be read as the same symbol, so the "
    "keys are fewer than size to the power of size."
)
def _free_choices(size, loss):
    return size * math.log(size) / (math.log(size) - loss)


@unicity.misconception(
    "The loss doesn't enter. If each symbol gave away all of its bits, the language would have but "
    "one text: subtract what the model still has to be told."
)
def _no_loss(size, loss):
    return math.lgamma(size + 1) / math.log(size)


@unicity.misconception(
    "The factorial is one short: `lgamma(n)` is the log of 1 · 2 · … · (n - 1). For the factorial "
    "of size it needs size + 1."
)
def _gamma(size, loss):
    return math.lgamma(size) / (math.log(size) - loss)


@unicity.misconception(
    "The number of keys was divided, and not its logarithm. Twice the length squares what the "
    "secret gives away, so bits are what adds up."
)
def _keys_themselves(size, loss):
    return math.factorial(size) // 1 / (math.log2(size) - loss / math.log(2)) if size < 150 else 0


@unicity.misconception(
    "The result was rounded to a whole number. It is asked for as it is, since the loss is an "
    "average and nothing jumps at a symbol."
)
def _rounded_up(size, loss):
    return math.ceil(unicity.reference(size, loss))


@unicity.spelling(_rounded_up)
def _rounded(size, loss):
    return round(unicity.reference(size, loss))


@unicity.spelling(_rounded_up)
def _cut(size, loss):
    return int(unicity.reference(size, loss))


@unicity.misconception(
    "The key was taken for one choice among `size`. It is an order of all the symbols, of which "
    "there are as many as the factorial of size: take the log of that."
)
def _one_choice(size, loss):
    return math.log(size) / (math.log(size) - loss)


@unicity.spelling(_one_choice)
def _size_itself(size, loss):
    return size / (math.log2(size) - loss / math.log(2))
