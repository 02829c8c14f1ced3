"""A whole GPT, counted."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .block_parameters import block_parameters


@exercise(
    title="A whole GPT, counted",
    level="easy",
    minutes=6,
    prompt="""
        Add what stands around the blocks: the token table, the position table and, if `last_norm`,
        one LayerNorm. The logits reuse the token table, so they add nothing.
        """,
    probes=lambda rng: [
        (1, 2, 5, 3, True),
        (2, 6, 11, 4),
        (2, 6, 11, 4, False),
        (3, 5, 2, 13, False),
        (1, 4, 30, 7, True),
        (int(rng.integers(2, 20)), int(rng.integers(9, 90)), int(rng.integers(100, 900)),
         int(rng.integers(10, 80)), True),
        (int(rng.integers(2, 20)), int(rng.integers(9, 90)), int(rng.integers(100, 900)),
         int(rng.integers(10, 80)), False),
    ],
    hints=[
        "A table with one row for each token: how many rows, and how long is each?",
        """
        1. Tokens: `vocab_size` rows; positions: `context` rows; each row has `d_model` numbers.
        2. `n_layer` blocks of `block_parameters(d_model)`.
        3. The last norm: a scale and a shift, or nothing.
        """,
        "`tables = (vocab_size + ___) * d_model`, then `+ ___ * d_model * last_norm`",
    ],
    errors=[
        (
            "TypeError: unsupported operand",
            "call it with the width, `block_parameters(d_model)`, before you multiply.",
        ),
    ],
    passed="Four numbers and one yes or no: all that a table of sizes has to tell you.",
)
def gpt_parameters(
    n_layer: int, d_model: int, vocab_size: int, context: int, last_norm: bool = True
) -> int:
    """The number of parameters of a GPT with tied embeddings.

    n_layer: blocks; d_model: width; vocab_size: tokens; context: the most tokens it can read;
    last_norm: whether a LayerNorm follows the last block (GPT-1 has none). The output layer is
    the token table itself, without a bias. Returns an int.
    """
    tables = (vocab_size + context) * d_model
    return tables + n_layer * block_parameters(d_model) + 2 * d_model * last_norm


def _blocks_and(n_layer, d_model, rest, last_norm):
    return n_layer * block_parameters.reference(d_model) + rest + 2 * d_model * last_norm


@gpt_parameters.misconception(
    "The token table is counted twice. GPT-2 reads tokens and writes logits with one and the same "
    "array, so it is stored and trained once. That is how people get 163M for GPT-2 small."
)
def _untied(n_layer, d_model, vocab_size, context, last_norm=True):
    return _blocks_and(n_layer, d_model, (2 * vocab_size + context) * d_model, last_norm)


@gpt_parameters.misconception(
    "The position table is missing. GPT-2 learns one vector of length d_model for each place it "
    "can read; the sines of 2017 needed none."
)
def _no_positions(n_layer, d_model, vocab_size, context, last_norm=True):
    return _blocks_and(n_layer, d_model, vocab_size * d_model, last_norm)


@gpt_parameters.misconception(
    "Only the blocks and the norm are counted. The two tables are trained as well, and in a small "
    "model they are a third of everything."
)
def _no_tables(n_layer, d_model, vocab_size, context, last_norm=True):
    return _blocks_and(n_layer, d_model, 0, last_norm)


@gpt_parameters.spelling(_no_tables)
def _blocks_alone(n_layer, d_model, vocab_size, context, last_norm=True):
    return n_layer * block_parameters.reference(d_model)


@gpt_parameters.misconception(
    "The last norm is counted whether it is there or not. GPT-1 has norms inside its blocks only: "
    "look at `last_norm`."
)
def _always_a_norm(n_layer, d_model, vocab_size, context, last_norm=True):
    return _blocks_and(n_layer, d_model, (vocab_size + context) * d_model, True)


@gpt_parameters.misconception(
    "The last norm is missing where `last_norm` is True. Since GPT-2 one more LayerNorm follows "
    "the last block, with a scale and a shift."
)
def _never_a_norm(n_layer, d_model, vocab_size, context, last_norm=True):
    return _blocks_and(n_layer, d_model, (vocab_size + context) * d_model, False)


@gpt_parameters.misconception(
    "The last norm has d_model numbers here. A LayerNorm learns two vectors, a scale and a shift."
)
def _half_a_norm(n_layer, d_model, vocab_size, context, last_norm=True):
    rest = (vocab_size + context) * d_model
    return _blocks_and(n_layer, d_model, rest + d_model * last_norm, False)


@gpt_parameters.misconception(
    "The logits got a bias of their own, one number for each token. GPT-2's output layer is the "
    "token table alone; your small GPT has such a bias, GPT-2 doesn't."
)
def _output_bias(n_layer, d_model, vocab_size, context, last_norm=True):
    rest = (vocab_size + context) * d_model + vocab_size
    return _blocks_and(n_layer, d_model, rest, last_norm)


@gpt_parameters.misconception(
    "One block is counted, whatever n_layer is. Every block has weights of its own: multiply by "
    "the number of blocks."
)
def _one_block(n_layer, d_model, vocab_size, context, last_norm=True):
    return _blocks_and(1, d_model, (vocab_size + context) * d_model, last_norm)


@gpt_parameters.misconception(
    "More than the blocks is multiplied by n_layer. Only blocks are repeated; the tables stand "
    "once before them, and the last norm once behind."
)
def _all_in_each(n_layer, d_model, vocab_size, context, last_norm=True):
    rest = (vocab_size + context + 2 * last_norm) * d_model
    return n_layer * (block_parameters.reference(d_model) + rest)


@gpt_parameters.spelling(_all_in_each)
def _norm_in_each(n_layer, d_model, vocab_size, context, last_norm=True):
    rest = (vocab_size + context) * d_model
    return n_layer * (block_parameters.reference(d_model) + 2 * d_model * last_norm) + rest


@gpt_parameters.spelling(_all_in_each)
def _tables_in_each(n_layer, d_model, vocab_size, context, last_norm=True):
    rest = n_layer * (vocab_size + context) * d_model
    return _blocks_and(n_layer, d_model, rest, last_norm)


@gpt_parameters.misconception(
    "The last norm is counted where `last_norm` is False and left out where it is True. Turn the "
    "question round."
)
def _norm_turned_round(n_layer, d_model, vocab_size, context, last_norm=True):
    return _blocks_and(n_layer, d_model, (vocab_size + context) * d_model, not last_norm)
