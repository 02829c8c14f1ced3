"""What Gradescope and nbgrader note beside the files: who handed in what, and when."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from pathkit.classroom.collecting.archives import Found

METADATA = "submission_metadata.yml"  # Gradescope's
TIMESTAMP = "timestamp.txt"  # nbgrader's
# Gradescope's and nbgrader's own times are kept beside the files; the files' are of the download.
Times = dict[PurePosixPath, datetime]


def is_nbgraders(path: PurePosixPath, start: Path, common: int) -> bool:
    """Whether it lies where nbgrader puts it: submitted/STUDENT/ASSIGNMENT/timestamp.txt.

    Students may hand in a file of that name, with a better time.
    """
    parts = path.parts[common:]
    if start.name == "submitted" and not common:
        parts = ("submitted", *parts)
    return len(parts) == 4 and parts[0] == "submitted" and not parts[2].lower().endswith(".zip")


def read_gradescope(file: Found, people: dict[str, str], times: Times) -> None:
    """Gradescope's list: who handed in which submission, and when."""
    for key, entry in _entries(file.data).items():
        number = str(key).removeprefix("submission_")
        submitters = entry.get(":submitters")
        names = [
            str(s.get(":name", "")) for s in submitters if isinstance(s, dict)
        ] if isinstance(submitters, list) else []
        if found := ", ".join(filter(None, names)):
            people[number] = found
        if (time := _time(entry.get(":created_at"))) is not None:
            times[file.path.parent / f"submission_{number}"] = time


def read_timestamp(file: Found, times: Times) -> None:
    """nbgrader's: `2027-03-01 22:58:23.948203 UTC`, or with an offset."""
    text = file.data[:100].decode("utf-8", "replace").strip()
    if (time := _time(re.sub(r"\s*UTC$", "+00:00", text))) is not None:
        times[file.path.parent] = time


def _time(value: Any) -> datetime | None:
    """A time with its zone; UTC where it has none, as both write it."""
    try:
        time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _entries(data: bytes) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML(typ="safe", pure=True).load(data)
    except (YAMLError, UnicodeDecodeError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, dict)}
