"""What `pathkit check` says: a line for each exercise, the verdict below where it failed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from pathkit.checks.verdict import Verdict
from pathkit.learner.check.check import Checked, Result


def heading(checked: Checked) -> str:
    """Which module, which file, and when it was saved: edits made since then are not in it."""
    saved = datetime.fromtimestamp(checked.file.stat().st_mtime)
    return f"{checked.module.title} ({checked.file.name}, saved {saved:%Y-%m-%d %H:%M})"


def text(result: Result) -> str:
    """A result for people: one line, and more only where something is to be done."""
    verdict = _verdict(result)
    if result.status == "passed" or (result.status == "not attempted" and result.answer):
        return verdict.heading
    return str(verdict)


def _verdict(result: Result) -> Verdict:
    fields = {**result.verdict, "exercise": result.exercise}
    fields["shown"] = tuple(map(tuple, fields.get("shown", ())))
    fields["notes"] = tuple(fields.get("notes", ()))
    return Verdict(**fields)


def line(result: Result) -> str:
    """A result as one line of JSON. cell: its number in the notebook, from 1."""
    answer = result.answer
    return json.dumps({
        **_verdict(result).to_dict(),
        "cell": answer and answer.cell_index + 1,
        "found_by": answer and answer.how_found,
    }, ensure_ascii=False)


def summary(checked: Checked, results: list[Result]) -> str:
    """All results in one line."""
    counts = [
        (sum(r.failed for r in results), "not right yet"),
        (sum(r.status == "not attempted" for r in results), "not attempted"),
        (sum(r.status == "not checked" for r in results), "not checked"),
    ]
    passed = sum(r.status == "passed" for r in results)
    parts = [f"{checked.module.id}: {passed} of {len(results)} passed"]
    return ", ".join(parts + [f"{n} {what}" for n, what in counts if n])


def advice(results: list[Result]) -> Iterator[str]:
    """What to do about the first that failed."""
    first = next((result for result in results if result.failed), None)
    if first:
        yield f"`pathkit hint {first.exercise}` gives the next hint"
