"""Put an entry into `curriculum.yaml`, every other byte of it staying as it was."""

from __future__ import annotations

import re
from typing import Any

import ruamel.yaml

DASH = re.compile(r"( *)-( +)\S")


class NoPlace(Exception):
    """The curriculum is written in a way that an entry can't be put into."""


def inserted(text: str, after: str, entry: str) -> str:
    """The text with an entry behind the module `after`, indented like that.

    Writing the whole file anew would lay it out anew: ruamel finds the place, and the text is
    cut there. Raises NoPlace where modules aren't written line by line.
    """
    lines = text.splitlines(keepends=True)
    start = _line_of(text, after)
    if start is None or not (found := DASH.match(lines[start])):
        raise NoPlace(f"the module {after!r} isn't written as a list item of its own; put a line "
                      "'- id: …' for each module")
    newline = "\r\n" if lines[start].endswith("\r\n") else "\n"
    end = _end(lines, start, len(found[1]))
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += newline
    inner = " " * (1 + len(found[2]))
    first, *rest = entry.rstrip("\n").splitlines()
    block = [f"{found[1]}-{found[2]}{first.removeprefix('- ')}"]
    block += [f"{found[1]}{inner}{line[2:]}" for line in rest]
    gap = [newline] if _has_gaps(lines, start, end) else []
    return "".join([*lines[:end], *gap, *(line + newline for line in block), *lines[end:]])


def _line_of(text: str, module: str) -> int | None:
    """The line, from 0, where a module begins."""
    data: Any = ruamel.yaml.YAML().load(text)
    for part in data["parts"]:
        for number, entry in enumerate(part["modules"]):
            if entry["id"] == module:
                return int(part["modules"].lc.item(number)[0])
    return None


def _end(lines: list[str], start: int, dash: int) -> int:
    """Behind the last line of the item that begins at `start`, its dash in column `dash`."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        bare = lines[number].strip()
        if not bare:
            continue
        if len(lines[number]) - len(lines[number].lstrip()) <= dash:
            if bare.startswith("#"):
                continue
            break
        end = number + 1
    return end


def _has_gaps(lines: list[str], start: int, end: int) -> bool:
    """Whether an empty line stands before or behind a module, as its neighbours have it."""
    before = start > 0 and not lines[start - 1].strip()
    behind = end < len(lines) and not lines[end].strip()
    return before or behind
