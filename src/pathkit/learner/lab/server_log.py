"""What of JupyterLab's log tells why it ended."""

from __future__ import annotations

import re

MOST = 3
LEVEL = re.compile(r"\[(?P<level>[DIWEC]) [^\]]*\] *(?P<says>.*)")
# The last line of a traceback, such as `ModuleNotFoundError: No module named 'x'`.
RAISED = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Interrupt|Exit)\b.*")


def telling(text: str) -> list[str]:
    """The lines that most likely say why, the last ones; without the time before them."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    found = [says for line in lines if (says := _grave(line))]
    return list(dict.fromkeys(found or [_bare(line) for line in lines]))[-MOST:]


def _grave(line: str) -> str:
    entry = LEVEL.match(line)
    if entry:
        return entry["says"] if entry["level"] in "EC" else ""
    return line if RAISED.fullmatch(line) else ""


def _bare(line: str) -> str:
    entry = LEVEL.match(line)
    return (entry["says"] if entry else line).strip()
