"""assignment.json: what was assigned, for how many points, until when.

    {"format": 1, "id": "3f0c…", "title": "Week 3", "path": "0.1.0+5e1a…",
     "due": "2027-03-01T23:59:00+01:00", "late": {"per_day": 0.1, "days": 3},
     "fallback": true,
     "modules": [{"id": "bigram", "file": "02-bigram.ipynb", "title": "Bigram: …", "exercises": [
         {"name": "count_pairs", "title": "Count the pairs", "points": 1.0}]}]}

The seed that draws the hidden probes isn't in it: students get this file.
"""

from __future__ import annotations

import dataclasses
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from pathkit.errors import EnvironmentProblem
from pathkit.path_modules import Modules, python_files

FORMAT = 1
FILE = "assignment.json"


@dataclasses.dataclass(frozen=True)
class Task:
    """An exercise that counts. points: what a right answer earns."""

    name: str
    title: str
    points: float


@dataclasses.dataclass(frozen=True)
class AssignedModule:
    """A module with the exercises of it that count; file: its notebook's name as handed out."""

    id: str
    file: str
    title: str
    exercises: tuple[Task, ...]


@dataclasses.dataclass(frozen=True)
class LatePolicy:
    """What a late submission loses. per_day: share of the points for each day begun.

    days: after so many days nothing is earned; None means that only `per_day` counts.
    """

    per_day: float = 0.0
    days: int | None = None


@dataclasses.dataclass(frozen=True)
class Assignment:
    """What was handed out. path: version of the path; fallback: whether a wrong answer is replaced
    by the reference for the cells below it. content: where the path's modules lie on this machine,
    "" for the kit's own; students aren't told.
    """

    id: str
    title: str
    path: str
    due: datetime | None
    late: LatePolicy
    fallback: bool
    modules: tuple[AssignedModule, ...]
    content: str = ""

    @property
    def points(self) -> float:
        """The points of all exercises together."""
        return sum(task.points for module in self.modules for task in module.exercises)

    def tasks(self) -> list[tuple[AssignedModule, Task]]:
        """Every exercise that counts with its module, in order."""
        return [(module, task) for module in self.modules for task in module.exercises]


def to_json(assignment: Assignment) -> str:
    """The text that `parse` reads."""
    data = dataclasses.asdict(assignment)
    del data["content"]
    data["due"] = assignment.due.isoformat() if assignment.due else None
    return json.dumps({"format": FORMAT, **data}, ensure_ascii=False, indent=1) + "\n"


def load(file: Path, content: str = "") -> Assignment:
    """The assignment in a zip that `pathkit assign` made, or in its assignment.json.

    content: where the modules of its path lie. Raises EnvironmentProblem with one line when there
    is no assignment, or one of modules that aren't there.
    """
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                text = archive.read(FILE).decode("utf-8")
        else:
            text = file.read_text(encoding="utf-8")
    except KeyError:
        raise EnvironmentProblem(
            f"{file} holds no {FILE}; name the zip that `pathkit assign` made"
        ) from None
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise EnvironmentProblem(f"{file} can't be read: {error}") from error
    found = dataclasses.replace(parse(text, str(file)), content=content)
    modules = Modules.of(content)
    missing = [m.id for m in found.modules if not python_files(modules.folder_of(m.id))]
    if missing:
        raise EnvironmentProblem(
            f"{file} is of another path: {modules.folder} has no exercises of "
            f"{', '.join(missing)}; name the folder of its curriculum.yaml: pathkit --root FOLDER …"
        )
    return found


def parse(text: str, where: str = FILE) -> Assignment:
    """Read what `to_json` wrote; raises EnvironmentProblem for anything else."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise EnvironmentProblem(f"{where} is of another version of pathkit: {data['format']}")
        due = datetime.fromisoformat(data["due"]) if data["due"] else None
        if due is not None and due.tzinfo is None:
            raise ValueError("`due` has no time zone")
        return Assignment(
            id=data["id"], title=data["title"], path=data["path"], due=due,
            late=LatePolicy(**data["late"]), fallback=bool(data["fallback"]),
            modules=tuple(_module(m) for m in data["modules"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EnvironmentProblem(f"{where} is no assignment: {error}") from error


def _module(data: dict[str, Any]) -> AssignedModule:
    tasks = tuple(Task(t["name"], t["title"], float(t["points"])) for t in data["exercises"])
    return AssignedModule(data["id"], data["file"], data["title"], tasks)


def points_text(points: float) -> str:
    """`1 point`, `2.5 points`."""
    return "1 point" if points == 1 else f"{points:g} points"
