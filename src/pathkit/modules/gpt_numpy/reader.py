"""A model that notes what it is given, and whose logits depend on every token of it."""

from __future__ import annotations

import operator

import numpy as np

from pathkit.checks.told import Told

SYMBOLS = 7
ENOUGH = 60  # calls: far more than any probe asks for


class _Reader:
    """A model whose logits depend on every token that it was given, in their order."""

    def __init__(self, salt: int):
        self.salt, self.calls = salt, []

    def __call__(self, tokens, caches=None):
        try:
            new = [operator.index(token) for token in tokens]
        except TypeError:
            raise Told(f"`model` takes a list of token numbers and caches; it got {tokens!r:.60} "
                       "as the tokens.") from None
        if not new:
            raise Told("`model` was called with no token at all.")
        if caches is not None and not isinstance(caches, _Kept):
            raise Told("`model` takes None, or caches that it returned, as its second argument.")
        self.calls.append(new)
        if len(self.calls) > ENOUGH:
            raise Told(f"`model` was called more than {ENOUGH} times. Does the loop end after "
                       "`how_many` tokens?")
        seen = list(caches.seen) if caches else []
        rows = []
        for token in new:
            seen.append(token)
            rows.append(_logits(seen, self.salt))
        return np.array(rows), _Kept(tuple(seen))


class _Kept:
    """What the model keeps: the tokens so far."""

    def __init__(self, seen: tuple):
        self.seen = seen


def _logits(seen: list, salt: int) -> np.ndarray:
    code = salt
    for token in seen:
        code = (code * 31 + token + 1) % 9973
    return np.random.default_rng(code).normal(size=SYMBOLS)


def written(answer, prompt: list, how_many: int, salt: int) -> dict:
    """What was written, and the tokens of each call; a last call whose logits nobody needs counts
    as none."""
    reader = _Reader(salt)
    tokens = answer(reader, list(prompt), how_many)
    return {"tokens": [operator.index(t) for t in tokens], "calls": reader.calls[: how_many]}
