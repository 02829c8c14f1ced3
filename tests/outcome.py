"""What tests came to: the failed ones by name, the skipped ones by reason."""

from __future__ import annotations

import ast
import dataclasses
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a report holds. failed: `file::test: what was said first`; skipped: the reasons."""

    count: int = 0
    failed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def read(report: Path) -> Outcome:
    """What pytest wrote with --junitxml; an empty outcome where it came to no report."""
    try:
        root = ElementTree.parse(report).getroot()
    except (OSError, ElementTree.ParseError):
        return Outcome()
    cases = list(root.iter("testcase"))
    failed, skipped = [], []
    for case in cases:
        for found in case:
            if found.tag in ("failure", "error"):
                said = (found.get("message") or "").strip().partition("\n")[0]
                failed.append(f"{_name(case)}: {said[:160]}".rstrip(": "))
            elif found.tag == "skipped" and found.get("type") != "pytest.xfail":
                skipped.append(_reason(found))
    return Outcome(len(cases), tuple(failed), tuple(skipped))


def by_reason(reasons: Iterable[str]) -> list[tuple[str, int]]:
    """Each reason, on one line, with how often it was given; the most frequent first."""
    lines = (" ".join(reason.split()) for reason in reasons)
    return Counter(line.removeprefix("Skipped: ") for line in lines).most_common()


def _name(case: ElementTree.Element) -> str:
    return "::".join(filter(None, (case.get("file") or case.get("classname"), case.get("name"))))


def _reason(found: ElementTree.Element) -> str:
    if found.get("type"):
        return found.get("message", "")
    # A whole file was skipped: a tuple of the file, the line and the reason.
    try:
        return str(ast.literal_eval(found.text or "")[2])
    except (ValueError, SyntaxError, IndexError):
        return found.text or ""
