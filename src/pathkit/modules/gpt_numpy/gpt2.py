"""The whole model, with a cache."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .parts import small_block, small_model, small_norm, some_caches


def _probe(rng: np.random.Generator, n: int, past: int, V: int, C: int, L: int, *, tied: bool):
    w = small_model(rng, V, past + n + 2, C, L, tied=tied)
    tokens = rng.integers(V, size=n)
    return tokens, w, some_caches(rng, past, C, L), small_block, small_norm


@exercise(
    title="The whole model, with a cache",
    level="hard",
    minutes=12,
    prompt="""
        Embed the new tokens at their places behind those in the cache and send them through the
        blocks, each with its own cache. Return logits and a new list of the grown caches. Where
        there is no `lm_head.weight`, `wte.weight` serves as the head; a missing bias is 0.
        """,
    probes=lambda rng: [
        _probe(rng, 2, 0, 4, 3, 1, tied=True),
        _probe(rng, 3, 0, 5, 4, 2, tied=False),
        _probe(rng, 1, 4, 6, 3, 2, tied=True),
        _probe(rng, 2, 5, 4, 6, 3, tied=False),
        _probe(rng, 4, 3, 7, 4, 2, tied=True),
    ],
    hints=[
        "Six tokens are in the cache, and one comes. Which row of `wpe.weight` belongs to it?",
        """
        1. `past`: how many places the keys of the first cache have.
        2. x: the tokens' rows of `wte.weight`, plus rows past to past + n of `wpe.weight`.
        3. For each block: `x, cache = block(x, w, i, caches[i])`; collect the caches in a new list.
        4. `norm(x, w, "ln_f")`, times the head's table transposed, plus the head's bias.
        """,
        "`head = w.get(\"lm_head.weight\", w[___])`; `bias = w.get(\"lm_head.bias\", ___)`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "the head's table is (V, C), one row for each symbol: transpose it.",
        ),
        (
            "KeyError: 'lm_head.weight'",
            "a tied file has no such array: `w.get(\"lm_head.weight\", w[\"wte.weight\"])`.",
        ),
        (
            "AttributeError: 'tuple' object has no attribute 'shape'",
            "a cache is a pair, keys and values: `keys, values = caches[0]`.",
        ),
    ],
    # Keys and values of a cache have as many rows, in every block.
    equivalents=[
        "past = len(caches[0][1])", "past = len(caches[-1][0])", "past = len(caches[0][-1])",
    ],
    returns=("logits", "caches"),
    passed="Tied or not, first token or hundredth: this is what a server runs for each word.",
)
def gpt2(tokens: np.ndarray, w: dict, caches: list, block, norm) -> tuple:
    """GPT-2's forward pass of n new tokens (Radford et al. 2019).

    tokens: (n,) ints; w: arrays by GPT-2's names: wte.weight (V, C), wpe.weight, ln_f.weight and
    ln_f.bias, perhaps lm_head.weight (V, C) and lm_head.bias (V,). caches: for each block (keys,
    values) of all tokens before, (past, C) each; past may be 0.
    block: (x (n, C), w, i, cache of block i) -> (x (n, C), grown cache); norm: (x, w, name) -> x.
    Returns (logits (n, V), a new list of the grown caches).
    """
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past : past + len(tokens)]  # (n, C)
    grown = []
    for i, cache in enumerate(caches):
        x, cache = block(x, w, i, cache)
        grown.append(cache)
    head = w.get("lm_head.weight", w["wte.weight"])  # (V, C)
    return norm(x, w, "ln_f") @ head.T + w.get("lm_head.bias", 0), grown
