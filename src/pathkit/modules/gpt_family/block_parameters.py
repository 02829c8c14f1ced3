"""One block, counted."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="One block, counted",
    level="easy",
    minutes=5,
    prompt="""
        How many numbers does one block of GPT-2 hold at width `d_model`? Add up the rows of the
        table above.
        """,
    probes=lambda rng: [
        (2,),
        (1,),
        (5,),
        (48,),
        (768,),
        (int(rng.integers(100, 900)),),
    ],
    hints=[
        "Which rows of the table grow with the square of the width, and which with the width?",
        """
        1. Squares: 3 for queries, keys and values, 1 for the mix, 4 for up, 4 for down.
        2. Single vectors: the biases of those four, then two norms of two vectors each.
        """,
        "`return ___ * d_model**2 + (3 + 1 + 4 + 1 + ___) * d_model`",
    ],
    errors=[("NameError: name 'd' is not", "the width is called `d_model` here.")],
    passed="A block is a formula with one letter, so a whole family fits into one line of code.",
)
def block_parameters(d_model: int) -> int:
    """The number of parameters of one GPT-2 block.

    d_model: the width, at least 1. All four linear layers have biases; a LayerNorm has a scale
    and a shift. Returns an int.
    """
    return 12 * d_model**2 + 13 * d_model


@block_parameters.misconception(
    "The biases are missing. Each of the four linear layers adds a vector to its output, and GPT-2 "
    "learns those vectors, too: 9 more of length d_model in a block."
)
def _no_biases(d_model):
    return 12 * d_model**2 + 4 * d_model


@block_parameters.misconception(
    "`^` isn't a power in Python: it compares bits. Write `d_model**2`, or `d_model * d_model`."
)
def _no_power(d_model):
    return 12 * (d_model ^ 2) + 13 * d_model


@block_parameters.spelling(_no_power)
def _no_power_without_brackets(d_model):
    return 12 * d_model ^ 2 + 13 * d_model


@block_parameters.misconception(
    "Only the matrices are counted. Biases and LayerNorms are learned as well: single vectors, so "
    "they matter little in a wide model, but an exact count has them."
)
def _matrices_only(d_model):
    return 12 * d_model**2


@block_parameters.misconception(
    "The LayerNorms are missing. A block has two of them, and each learns a scale and a shift of "
    "length d_model."
)
def _no_norms(d_model):
    return 12 * d_model**2 + 9 * d_model


@block_parameters.misconception(
    "Two vectors of length d_model are missing. Each of the two norms has a scale and a shift, "
    "four vectors in all; and queries, keys and values have three biases, not one."
)
def _half_the_norms(d_model):
    return 12 * d_model**2 + 11 * d_model


@block_parameters.misconception(
    "The mix is missing. After the heads are put side by side, one more d_model × d_model layer "
    "with a bias mixes them, `mix` in your GPT."
)
def _no_mix(d_model):
    return 11 * d_model**2 + 12 * d_model


@block_parameters.misconception(
    "Queries, keys and values share one matrix here. They are three different questions to the "
    "same token, so attention has three matrices and three biases for them."
)
def _one_for_qkv(d_model):
    return 10 * d_model**2 + 11 * d_model


@block_parameters.misconception(
    "The feed-forward layer isn't widened. It goes from d_model to 4 · d_model and back, so its "
    "two matrices hold 4 squares each."
)
def _not_widened(d_model):
    return 6 * d_model**2 + 10 * d_model


@block_parameters.misconception(
    "One of the two feed-forward layers is missing. Up holds 4 squares and down holds 4 more, "
    "since what was widened must return to the stream's width."
)
def _one_way(d_model):
    return 8 * d_model**2 + 12 * d_model


@block_parameters.spelling(_one_way)
def _down_only(d_model):
    return 8 * d_model**2 + 9 * d_model


@block_parameters.misconception(
    "This is attention alone, four squares and their biases. A block also has the feed-forward "
    "layer, which is twice as large, and two LayerNorms."
)
def _attention_alone(d_model):
    return 4 * d_model**2 + 4 * d_model


@block_parameters.misconception(
    "The bias of the widened layer is as long as its output, 4 · d_model, and not d_model: a bias "
    "is added to what comes out."
)
def _short_bias(d_model):
    return 12 * d_model**2 + 10 * d_model


@block_parameters.spelling(_half_the_norms)
def _one_bias_for_qkv(d_model):
    return 12 * d_model**2 + (1 + 1 + 4 + 1) * d_model + 4 * d_model


@block_parameters.misconception(
    "Each of the four linear layers got a bias of d_model numbers. A bias is added to what comes "
    "out, so it is as long as the output: 3 · d_model for queries, keys and values, 4 · d_model "
    "for up."
)
def _one_bias_each(d_model):
    return 12 * d_model**2 + 4 * d_model + 4 * d_model
