"""More of what goes wrong in decoding."""

from __future__ import annotations

from .decode import _strings, decode


@decode.misconception(
    "The bytes were decoded as ASCII, which knows 128 characters. Every byte of é or 你 became the "
    "sign for broken text: the text was written in UTF-8."
)
def _as_ascii(tokens, merges):
    return b"".join(_strings(merges)[t] for t in tokens).decode("ascii", errors="replace")


@decode.misconception(
    "Merged tokens were left out, and only single bytes decoded. Token 256 + i stands for the "
    "bytes of merge i: look them up and join them."
)
def _bytes_alone(tokens, merges):
    return bytes(token for token in tokens if token < 256).decode("utf-8", errors="replace")
