"""More of what goes wrong in merging a pair."""

from __future__ import annotations

from .merge import merge


@merge.misconception(
    "A new token was merged once more with the token behind it. Of `thh` only `th` is the pair: "
    "once a token has been used up, the next pair begins behind it."
)
def _merged_again(tokens, pair, new):
    merged = []
    for token in tokens:
        if merged and merged[-1] in (pair[0], new) and token == pair[1]:
            merged[-1] = new
        else:
            merged.append(token)
    return merged


@merge.misconception(
    "Only the second token of the pair was looked at, so it was merged with whatever stands before "
    "it. Both tokens must agree with the pair."
)
def _second_alone_decides(tokens, pair, new):
    merged = []
    for token in tokens:
        if merged and token == pair[1]:
            merged[-1] = new
        else:
            merged.append(token)
    return merged


@merge.misconception(
    "Each single token of the pair became the new one, wherever it stands. Two neighbours together "
    "are replaced by one token, and alone they stay as they are."
)
def _each_token_replaced(tokens, pair, new):
    return [new if token in pair else token for token in tokens]
