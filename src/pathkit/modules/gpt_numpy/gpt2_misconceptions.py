"""What goes wrong between the tokens and the logits."""

from __future__ import annotations

import numpy as np

from .gpt2 import gpt2


def _forward(tokens, w, caches, block, norm, *, past=None, stream=True, last_norm=True, table=None,
             bias=None, places_again=False, of_block=None):
    """The forward pass with one thing wrong."""
    past = len(caches[0][0]) if past is None else past
    places = w["wpe.weight"][np.arange(past, past + len(tokens)) % len(w["wpe.weight"])]
    x = start = w["wte.weight"][tokens] + places
    grown = []
    for i, cache in enumerate(caches):
        if places_again and i:
            x = x + places
        x, cache = block(x if stream else start, w, i, of_block(caches, i) if of_block else cache)
        grown.append(cache)
    if last_norm:
        x = norm(x, w, "ln_f")
    table = w.get("lm_head.weight", w["wte.weight"]) if table is None else table
    return x @ table.T + (w.get("lm_head.bias", 0) if bias is None else bias), grown


@gpt2.misconception(
    "The new tokens got the places 0, 1, 2 again, although others lie in the cache. The first new "
    "one stands at place `past`: the number of places that the keys in a cache have."
)
def _places_from_0(*given):
    return _forward(*given, past=0)


@gpt2.misconception(
    "`past` was taken from the length of the list of caches, which is the number of blocks. How "
    "many tokens came before stands in the keys: `len(caches[0][0])`."
)
def _past_is_blocks(tokens, w, caches, block, norm):
    return _forward(tokens, w, caches, block, norm, past=len(caches))


@gpt2.spelling(_past_is_blocks)
def _past_is_blocks_or_0(tokens, w, caches, block, norm):
    past = len(caches) if len(caches[0][0]) else 0
    return _forward(tokens, w, caches, block, norm, past=past)


@gpt2.misconception(
    "`past` was taken from the pair of keys and values, whose length is always 2. Count the rows "
    "of the keys: `len(caches[0][0])`."
)
def _past_is_pair(tokens, w, caches, block, norm):
    return _forward(tokens, w, caches, block, norm, past=len(caches[0]))


@gpt2.spelling(_past_is_pair)
def _past_is_pair_or_0(tokens, w, caches, block, norm):
    past = len(caches[0]) if len(caches[0][0]) else 0
    return _forward(tokens, w, caches, block, norm, past=past)


@gpt2.misconception(
    "All new tokens got one place, that of the first of them. They stand one behind the other: "
    "n tokens take the n rows past to past + n."
)
def _one_place_for_all(tokens, w, caches, block, norm):
    places = np.repeat(w["wpe.weight"][len(caches[0][0])][None], len(w["wpe.weight"]), axis=0)
    return _forward(tokens, {**w, "wpe.weight": places}, caches, block, norm)


@gpt2.misconception(
    "All blocks read the cache of the first. Each block has keys and values of its own, made from "
    "its own input: block i gets `caches[i]`."
)
def _first_cache_for_all(*given):
    return _forward(*given, of_block=lambda caches, i: caches[0])


@gpt2.misconception(
    "The caches came back as they went in, so the next step won't know these tokens. Return the "
    "ones that the blocks handed back."
)
def _not_grown(tokens, w, caches, block, norm):
    return _forward(tokens, w, caches, block, norm)[0], caches


@gpt2.misconception(
    "Each block reads the embedding, and what the one before it wrote is lost. Hand it on: "
    "`x, cache = block(x, w, i, cache)`."
)
def _blocks_beside(*given):
    return _forward(*given, stream=False)


@gpt2.misconception(
    "The last norm is missing. The head was trained on what `ln_f` returns; the stream before it "
    "has another scale, in the path's GPT up to fifty times as large."
)
def _without_last_norm(*given):
    return _forward(*given, last_norm=False)


@gpt2.misconception(
    "`wte.weight` serves as the head although the file has an `lm_head.weight`. Only a file "
    "without one is tied; this model learned two tables, and they say different things."
)
def _always_tied(tokens, w, caches, block, norm):
    return _forward(tokens, w, caches, block, norm, table=w["wte.weight"])


@gpt2.spelling(_always_tied)
def _always_tied_without_bias(tokens, w, caches, block, norm):
    return _forward(tokens, w, caches, block, norm, table=w["wte.weight"], bias=0)


@gpt2.misconception(
    "The head's bias is missing. GPT-2 has none, but a file that holds `lm_head.bias` means it: "
    "`w.get(\"lm_head.bias\", 0)`."
)
def _without_bias(*given):
    return _forward(*given, bias=0)


@gpt2.misconception(
    "Only the last token's logits came back. To write, the last row is enough; to check a model or "
    "to score a text you need them all: (n, V)."
)
def _last_row_only(*given):
    logits, grown = _forward(*given)
    return logits[-1], grown


@gpt2.spelling(_last_row_only)
def _last_row_as_a_table(*given):
    logits, grown = _forward(*given)
    return logits[-1:], grown


@gpt2.misconception(
    "The places are missing: only the tokens' rows went in. Add the rows of `wpe.weight` for the "
    "places past to past + n."
)
def _without_places(tokens, w, caches, block, norm):
    return _forward(tokens, {**w, "wpe.weight": 0 * w["wpe.weight"]}, caches, block, norm)


@gpt2.misconception(
    "The places were added in front of each block. GPT-2 adds them once, at the start; after that "
    "they are part of the stream."
)
def _places_in_each_block(*given):
    return _forward(*given, places_again=True)


@gpt2.misconception(
    "These are probabilities. Logits are asked for: the softmax belongs to whoever draws a token."
)
def _probabilities(*given):
    logits, grown = _forward(*given)
    exp = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True), grown
