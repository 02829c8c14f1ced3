"""What a text says when it is read as HTML, with its escapes undone, or decoded. Pure."""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import re
import struct
import urllib.parse
import zlib
from collections.abc import Iterator

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
TAG = re.compile(r"<[^<>]*>")
ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[nrt\"'\\/]")
BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{4}\s*){6,}[A-Za-z0-9+/_-]*={0,2}")
PNG = b"\x89PNG\r\n\x1a\n"
DEEPEST = 3
MOST = 2**24  # bytes that one part may unpack to


def readings(text: str, depth: int = 0) -> Iterator[str]:
    """The text itself, then what else it can be read as, down to three layers."""
    yield text
    if depth < DEEPEST:
        seen = {text}
        for other in _other(text):
            if other not in seen:
                seen.add(other)
                yield from readings(other, depth + 1)


def _other(text: str) -> Iterator[str]:
    if "\x1b" in text:
        yield ANSI.sub("", text)
    if "<" in text or "&" in text:
        yield html.unescape(TAG.sub("", text))
    if "\\" in text:
        yield ESCAPE.sub(_unescaped, text)
    if "%" in text:
        yield urllib.parse.unquote(text)
    for found in BASE64.finditer(text):
        yield from map(_as_text, _unpacked(_decoded(found[0])))


def _unescaped(found: re.Match) -> str:
    escape = found[0]
    if escape[1] in "ux":
        return chr(int(escape[2:], 16))
    return {"n": "\n", "r": "\r", "t": "\t"}.get(escape[1], escape[1])


def _decoded(text: str) -> bytes:
    """Base64 in either alphabet; a rest that doesn't fill four signs is dropped."""
    text = "".join(text.split()).rstrip("=").translate(str.maketrans("-_", "+/"))
    text = text[: -1] if len(text) % 4 == 1 else text
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The data itself, what it holds compressed, and the texts in a PNG picture."""
    yield data
    if data[:2] == b"\x1f\x8b" or data[:1] == b"\x78":
        yield _inflated(data)
    elif data.startswith(PNG):
        yield from _png_texts(data)


def _inflated(data: bytes) -> bytes:
    try:
        if data[:2] == b"\x1f\x8b":
            return gzip.decompress(data)[:MOST]
        return zlib.decompressobj().decompress(data, MOST)
    except (OSError, EOFError, zlib.error):
        return b""


def _png_texts(data: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if kind in (b"zTXt", b"iTXt"):
            start = body.find(b"\x78")
            yield body if start < 0 else _inflated(body[start:])
        at += 12 + length


def _as_text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")
