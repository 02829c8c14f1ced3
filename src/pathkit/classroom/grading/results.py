"""What grading found: one record for each student and exercise, kept as lines of JSON.

Records are appended as they come, so that an interrupted run loses the one in hand at most. Each
is filed under a key of all that it depends on: the code, the exercise, the hidden seed, the limits,
the version of the path. A second run asks here first.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pathkit.checks.verdict import Verdict


@dataclasses.dataclass(frozen=True)
class Record:
    """The verdict on one answer. cpu in seconds, memory in bytes.

    code: the answer as it was written; found: how it was found in the notebook (metadata, comment,
    name, position; "" where there was none); remarks: what was guessed; contained, failed, cases:
    see job.Graded. public: the verdict on the notebook's own probes, for most answers that fail.
    """

    module: str
    name: str
    verdict: Verdict
    code: str = ""
    found: str = ""
    remarks: tuple[str, ...] = ()
    cpu: float = 0.0
    memory: int = 0
    contained: str = ""
    failed: tuple[int, ...] = ()
    cases: int = 0
    public: Verdict | None = None

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.verdict.passed


def key(**parts: Any) -> str:
    """A digest of everything that a verdict depends on."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class Cache:
    """Verdicts by key, in a file that is only appended to."""

    def __init__(self, file: Path):
        self.file = file
        self._torn = False  # whether a crash left half a line at the end
        self._lines: dict[str, dict[str, Any]] = dict(self._read())

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def get(self, name: str) -> dict[str, Any] | None:
        """What was kept under a key, or None."""
        return self._lines.get(name)

    def hold(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep a value until this process ends: it should be found anew next time."""
        self._lines[name] = dict(value)

    def put(self, name: str, value: Mapping[str, Any]) -> None:
        """Keep a value. Raises OSError when the disk is full."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        # In ASCII: an answer may hold halves of characters, which UTF-8 can't.
        line = "\n" * self._torn + json.dumps({"key": name, **value}) + "\n"
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            data = line.encode()
            while data:
                data = data[os.write(handle, data) :]
        finally:
            os.close(handle)
        self._torn = False
        self._lines[name] = dict(value)

    def _read(self) -> Iterator[tuple[str, dict[str, Any]]]:
        try:
            *lines, rest = self.file.read_bytes().split(b"\n")
            self._torn = bool(rest)
        except OSError:
            return
        for line in lines:
            try:
                value = json.loads(line)
                yield value.pop("key"), value
            except (ValueError, KeyError, TypeError, AttributeError):
                continue  # cut short by a crash: it is graded again


def to_plain(graded: Any) -> dict[str, Any]:
    """A `job.Graded` as JSON."""
    return {
        "verdict": graded.verdict.to_dict(), "cpu": graded.cpu, "memory": graded.memory,
        "contained": graded.contained, "failed": list(graded.failed), "cases": graded.cases,
    }


def verdict_of(fields: Mapping[str, Any]) -> Verdict:
    """The verdict that `Verdict.to_dict` made this of."""
    fields = dict(fields)
    fields["shown"] = tuple(tuple(pair) for pair in fields["shown"])
    fields["notes"] = tuple(fields["notes"])
    return Verdict(**fields)
