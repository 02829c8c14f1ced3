"""Answers in cells that don't run: one key turns a code cell into Markdown or raw text."""

from __future__ import annotations

import ast
import re

from pathkit.notebook_files.cell_identity import Cell, plain
from pathkit.notebook_files.notebook_file import text_of

KINDS = {"markdown": "Markdown", "raw": "raw text"}
FENCED = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\S\n]*[\w{}.=-]*[^\S\n]*\n(?P<code>.*?)^(?P=fence)[^\S\n]*$",
    re.MULTILINE | re.DOTALL,
)


def code_in(cell: Cell, mark: str) -> str:
    """The code that a cell of text holds: its fenced block with `mark` in it, or all of its text.

    mark: a line that tells what the code is, such as `# exercise: bigram.count`.
    """
    text = plain(text_of(cell))
    blocks = [found["code"] for found in FENCED.finditer(text)]
    marked = [block for block in blocks if mark in block]
    if marked or len(blocks) == 1:
        return plain((marked or blocks)[-1])
    return text


def is_code(text: str) -> bool:
    """Whether it is Python that does something; prose hardly ever is."""
    try:
        return bool(ast.parse(text).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def said(name: str, number: int, cell_type: str) -> str:
    """What to say of the answer `name`, found in a cell (counted from 1) that doesn't run."""
    return (
        f"{name}: cell {number} is {KINDS[cell_type]}, so it doesn't run; its text is taken for "
        "the answer. To make it code again, click beside it, press Esc, then Y"
    )
