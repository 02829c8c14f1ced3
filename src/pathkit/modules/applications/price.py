"""The price of one answer."""

from __future__ import annotations

from pathkit.checks.compare import Tolerance
from pathkit.checks.exercise import exercise


@exercise(
    title="What one answer costs",
    level="easy",
    minutes=4,
    prompt="""
        Providers bill the tokens that you send and those that are written at two prices, each for a
        million tokens. Return the price of one call in dollars.
        """,
    probes=lambda rng: [
        (10_000, 200, 60.0, 120.0),
        (4_000, 4_000, 2.0, 2.0),
        (0, 500, 1.0, 4.0),
        (750, 0, 1.0, 4.0),
        (int(rng.integers(100, 9000)), int(rng.integers(10, 900)), 1.5, 7.25),
    ],
    hints=[
        "10,000 tokens at 60 dollars a million: how many dollars? And 200 at 120?",
        "Multiply each number of tokens by its own price, add, and divide by a million.",
        "`return (sent * price_in + written * ___) / 1_000_000`",
    ],
    # Products and a sum of floats: a millionth next to the right value is another formula.
    tolerance=Tolerance(relative=1e-9),
    passed="Two products and a sum. Nothing else in this lesson is asked about so often.",
)
def price(sent: int, written: int, price_in: float, price_out: float) -> float:
    """The price of one call in dollars.

    sent, written: tokens of the prompt and of the answer; price_in, price_out: dollars for a
    million of them.
    """
    return (sent * price_in + written * price_out) / 1_000_000


@price.misconception(
    "Divided by 1,000: that is how prices were quoted in 2023. These are for a million tokens, so "
    "the bill would be a thousand times too high."
)
def _per_thousand(sent, written, price_in, price_out):
    return (sent * price_in + written * price_out) / 1000


@price.misconception(
    "The two prices are exchanged. What you send has the first, what the model writes has the "
    "second, which is often four times as high or more."
)
def _prices_exchanged(sent, written, price_in, price_out):
    return (sent * price_out + written * price_in) / 1e6


@price.misconception(
    "The answer isn't paid for here. Every written token costs too, at its own price: a short "
    "question with a long answer would look free."
)
def _prompt_only(sent, written, price_in, price_out):
    return sent * price_in / 1e6


@price.misconception(
    "The prompt isn't paid for here. In a design with retrieved passages it is most of the bill: "
    "tokens that are sent cost as well."
)
def _answer_only(sent, written, price_in, price_out):
    return written * price_out / 1e6


@price.misconception(
    "All tokens have the price of the prompt's here. Those that are written one after the other "
    "have a price of their own: multiply before you add."
)
def _one_price(sent, written, price_in, price_out):
    return (sent + written) * price_in / 1e6


@price.misconception(
    "Sums of tokens are multiplied by sums of prices, which bills every token at both prices. Each "
    "kind of token has one: multiply first, and add after."
)
def _both_prices(sent, written, price_in, price_out):
    return (sent + written) * (price_in + price_out) / 1e6


@price.misconception(
    "This is for one token instead of a million, or in another unit: nothing was divided. A price "
    "list names dollars for a million tokens."
)
def _not_divided(sent, written, price_in, price_out):
    return sent * price_in + written * price_out
