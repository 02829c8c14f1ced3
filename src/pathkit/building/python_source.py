"""The source of a lesson or exercise file as text and tree, and errors that name file and line."""

from __future__ import annotations

import ast
import warnings
from pathlib import Path


class ContentError(Exception):
    """A lesson or exercise file that can't be read; the message begins with file:line."""


def source_of(path: Path) -> str:
    """A file's text; raises ContentError when it isn't UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ContentError(f"{where(path, line)}: not UTF-8; save it as UTF-8") from error


def parsed(path: Path, text: str) -> ast.Module:
    """The syntax tree of a file; raises ContentError where it isn't Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise ContentError(f"{where(path, error.lineno or 1)}: {error.msg}") from error
    except ValueError as error:
        raise ContentError(f"{where(path, 1)}: {error}") from error


def where(path: Path, line: int) -> str:
    """`bigram/lesson.py:12`: each module has a file of that name."""
    return f"{path.parent.name}/{path.name}:{line}"
