"""What a file is that should be a notebook and isn't, by name, and what is to be done about it.

Loaded only where a file can't be read as a notebook.
"""

from __future__ import annotations

import ast
import codecs
import json
import re
from typing import Any, NamedTuple

AGAIN = "download it again"
UNPACK = "unpack it: the notebook is inside"
SAVE_AS_UTF8 = "save it as UTF-8 in the program that wrote it"
MAGIC = (
    (b"\x1f\x8b", "it is compressed (gzip)", UNPACK),
    (b"PK\x03\x04", "it is a zip, or a document of an office program", UNPACK),
    (b"Rar!", "it is an archive (rar)", UNPACK),
    (b"7z\xbc\xaf", "it is an archive (7z)", UNPACK),
    (b"BZh", "it is compressed (bzip2)", UNPACK),
    (b"\xfd7zXZ", "it is compressed (xz)", UNPACK),
    (b"%PDF", "it is a PDF", "the notebook itself ends in .ipynb and holds JSON"),
    (b"\x89PNG", "it is a picture (PNG)", ""),
    (b"\xff\xd8\xff", "it is a picture (JPEG)", ""),
    (b"{\\rtf", "it is a text with formats (RTF)", "save it as plain text"),
    (b"bplist", "it is a property list of macOS", ""),
    (b"\x00\x05\x16\x07", "it is what macOS keeps beside a file, not the file",
     "the notebook has the same name without ._"),
)
WIDE = (  # the longer marks first: one begins like another
    (codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"),
)
CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( .*)?$|^={7}$", re.MULTILINE)
LFS = "version https://git-lfs.github.com/"
MOST_PYTHON = 500_000  # characters that are worth parsing to say what a file is
SHOWN = 40


class Fault(NamedTuple):
    """why: it is …; mend: what to do, or "" where only an earlier version helps."""

    why: str
    mend: str = ""


def of_data(data: bytes, error: ValueError | RecursionError) -> Fault:
    """What a file is that holds no JSON. error: what reading it as JSON in UTF-8 raised."""
    if fault := _of_bytes(data):
        return fault
    if isinstance(error, UnicodeDecodeError):
        line = data.count(b"\n", 0, error.start) + 1
        return Fault(f"it is not UTF-8 in line {line}", SAVE_AS_UTF8)
    return _of_text(data.removeprefix(codecs.BOM_UTF8).decode(), error)


def _of_bytes(data: bytes) -> Fault | None:
    """What can be told before anything is decoded; None where it may be text."""
    if not data.strip():
        return Fault("it is empty")
    if not data.strip(b"\0\r\n \t"):
        return Fault("it holds nothing but zero bytes, as files do after a crash")
    for magic, why, mend in MAGIC:
        if data.startswith(magic):
            return Fault(why, mend)
    for mark, name in WIDE:
        if data.startswith(mark):
            return Fault(f"it is {name}, and notebooks are UTF-8", SAVE_AS_UTF8)
    head = data[:40]
    if len(head) < 3 * head.count(0) < 2 * len(head):
        return Fault("it is UTF-16, and notebooks are UTF-8", SAVE_AS_UTF8)
    return None


def _of_text(text: str, error: ValueError | RecursionError) -> Fault:
    start = text.lstrip()
    if start.startswith("<"):
        if not start.startswith("<<<<<<<"):
            return _page(start)
    if start.startswith(LFS):
        return Fault("it is a pointer of Git LFS, not the file", "get the file: git lfs pull")
    if marked := CONFLICT.search(text):
        line = text.count("\n", 0, marked.start()) + 1
        return Fault(
            f"two versions stand in it, a conflict of Git or another program: {marked[0][:SHOWN]} "
            f"in line {line}",
            "choose one, with `git checkout --ours -- FILE` or `--theirs`, or `nbdime mergetool`",
        )
    if not isinstance(error, json.JSONDecodeError):
        return Fault("its JSON can't be read")
    if start[:1] not in ("{", "["):
        return _no_json(start, error)
    if (zeros := text.find("\0")) >= 0:
        line = text.count("\n", 0, zeros) + 1
        return Fault(f"it holds zero bytes from line {line}, as files do after a crash")
    if error.msg == "Extra data":
        return Fault(f"more follows after its end, in line {error.lineno}")
    half_a_literal = re.fullmatch(r"[\w.+-]*", text.rstrip()[error.pos :])
    if half_a_literal or error.msg.startswith("Unterminated string"):
        line = text.rstrip().count("\n") + 1
        return Fault(f"it breaks off in line {line}: it was cut short while it was saved or copied")
    return Fault(f"its JSON breaks in line {error.lineno}: {error.msg}")


def _page(start: str) -> Fault:
    head = start[:20_000]
    if re.search(r"<html|<!doctype html|<head|<body", head, re.IGNORECASE):
        title = re.search(r"<title[^>]*>\s*(.*?)\s*</title", head, re.IGNORECASE | re.DOTALL)
        named = f" ({' '.join(title[1].split())[:SHOWN]!r})" if title and title[1] else ""
        return Fault(f"it is a web page{named}, not the notebook", (
            f"{AGAIN}, signed in where that is asked for, with the site's own link for the file"
        ))
    return Fault("it is XML, not a notebook: perhaps a site's answer that it has no such file",
                 AGAIN)


def _no_json(start: str, error: json.JSONDecodeError) -> Fault:
    if _is_python(start):
        return Fault("it is Python code, not a notebook",
                     "let its name end in .py; a notebook is made of it by `jupytext --to ipynb`")
    first = " ".join(start.splitlines()[0].split())[:SHOWN]
    mend = AGAIN if re.match(r"\d{3}\b|not found|error|forbidden", first, re.IGNORECASE) else ""
    return Fault(
        f"its JSON breaks in line {error.lineno}: it is text that begins with {first!r}", mend
    )


def _is_python(text: str) -> bool:
    if len(text) > MOST_PYTHON or not re.search(r"^(import|from|def|class)\b|=|\(", text, re.M):
        return False
    try:
        return bool(ast.parse(text).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def of_json(found: Any) -> Fault:
    """JSON that holds no list of cells."""
    keys = found.keys() if isinstance(found, dict) else ()
    if "doc_id" in keys or ("url" in keys and len(keys) <= 4):
        return Fault("it is a link to a file in a cloud, not the file", AGAIN)
    said = found.get("message") or found.get("error") if keys else None
    if isinstance(said, str):
        return Fault(f"it is a site's answer ({said[:SHOWN]!r}), not the notebook", AGAIN)
    return Fault("it is JSON, but it has no list of cells")
