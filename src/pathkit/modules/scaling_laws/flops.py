"""What a training costs."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="What a training costs",
    level="easy",
    minutes=3,
    prompt="""
        Count $12\\,d^2$ weights for each block and $V d$ for the matrix that makes the logits. Each
        weight costs six operations for each token. Return all operations of the training.
        """,
    probes=lambda rng: [
        (2, 48, 30, 1000),
        (1, 8, 64, 51_200),
        (12, 768, 50_257, 300e9),
        (3, 1, 2, 1),
        (int(rng.integers(2, 9)), int(rng.integers(5, 60)), int(rng.integers(70, 200)),
         int(rng.integers(10, 10**6))),
    ],
    hints=[
        "How many numbers does the matrix hold that turns d numbers into V logits?",
        """
        1. Weights of the blocks: layers times 12 times the width squared.
        2. Add the vocabulary times the width, once.
        3. Six operations for each weight and each token.
        """,
        "`return 6 * (12 * n_layer * n_embd**2 + ___) * tokens`",
    ],
    errors=[
        (
            "TypeError: 'int' object is not callable",
            "write each product with `*`: `6 * (…)`, and `n_layer * (…)`.",
        ),
    ],
    passed="One line holds the bill of any such model, from your seconds to their months.",
)
def flops(n_layer: int, n_embd: int, vocab_size: int, tokens: float) -> float:
    """The operations of a training, 6 N D, without the small change.

    n_layer: L blocks; n_embd: d; vocab_size: V; tokens: D, read in training.
    N is 12 L d² and the V d weights of the last matrix; looking up embeddings costs nothing.
    """
    return 6 * (12 * n_layer * n_embd**2 + vocab_size * n_embd) * tokens


@flops.misconception(
    "Two operations for each weight and token are the forward pass alone. The way back costs twice "
    "as much again, for gradients of weights and of activations: six together."
)
def _forward_only(n_layer, n_embd, vocab_size, tokens):
    return flops.reference(n_layer, n_embd, vocab_size, tokens) / 3


@flops.misconception(
    "The last matrix is left out. That is Kaplan's count, good for wide models; at width 8 and 64 "
    "words that matrix costs two thirds as much as the block."
)
def _blocks_only(n_layer, n_embd, vocab_size, tokens):
    return 6 * 12 * n_layer * n_embd**2 * tokens


@flops.misconception(
    "The table of embeddings is counted as well. Looking up a row multiplies nothing, so only the "
    "matrix at the end, which makes the logits, costs operations."
)
def _both_tables(n_layer, n_embd, vocab_size, tokens):
    return 6 * (12 * n_layer * n_embd**2 + 2 * vocab_size * n_embd) * tokens


@flops.misconception(
    "The last matrix is counted in each block. A model makes its logits once, after all blocks: "
    "add V d outside the product with n_layer."
)
def _logits_in_each_block(n_layer, n_embd, vocab_size, tokens):
    return 6 * n_layer * (12 * n_embd**2 + vocab_size * n_embd) * tokens


@flops.misconception(
    "The width isn't squared. A matrix from d numbers to d numbers holds d times d weights, and a "
    "block holds twelve times as many."
)
def _width_not_squared(n_layer, n_embd, vocab_size, tokens):
    return 6 * (12 * n_layer * n_embd + vocab_size * n_embd) * tokens


@flops.misconception(
    "Only 8 d² weights for each block: that is the feed-forward part. Queries, keys, values and "
    "the projection hold 4 d² more."
)
def _feed_forward_only(n_layer, n_embd, vocab_size, tokens):
    return 6 * (8 * n_layer * n_embd**2 + vocab_size * n_embd) * tokens


@flops.misconception(
    "Only 4 d² weights for each block: that is attention. The feed-forward part has two matrices "
    "of 4 d² each, which makes twelve."
)
def _attention_only(n_layer, n_embd, vocab_size, tokens):
    return 6 * (4 * n_layer * n_embd**2 + vocab_size * n_embd) * tokens


@flops.misconception(
    "This is the number of weights, N. Each of them works on every token of the training, with six "
    "operations: multiply by 6 and by the tokens."
)
def _weights(n_layer, n_embd, vocab_size, tokens):
    return 12 * n_layer * n_embd**2 + vocab_size * n_embd


@flops.misconception(
    "Parentheses are missing, so that only one of the two counts is multiplied by all it should "
    "be. The last matrix is trained like the blocks: add the counts first, then multiply the sum."
)
def _no_parentheses(n_layer, n_embd, vocab_size, tokens):
    return 6 * 12 * n_layer * n_embd**2 + vocab_size * n_embd * tokens


@flops.spelling(_no_parentheses)
def _no_parentheses_tokens_first(n_layer, n_embd, vocab_size, tokens):
    return 6 * tokens * 12 * n_layer * n_embd**2 + vocab_size * n_embd


@flops.spelling(_no_parentheses)
def _no_parentheses_tokens_last(n_layer, n_embd, vocab_size, tokens):
    return 12 * n_layer * n_embd**2 + vocab_size * n_embd * tokens * 6


@flops.spelling(_no_parentheses)
def _no_parentheses_for_the_6(n_layer, n_embd, vocab_size, tokens):
    return (6 * 12 * n_layer * n_embd**2 + vocab_size * n_embd) * tokens
