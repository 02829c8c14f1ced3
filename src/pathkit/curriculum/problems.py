"""Problems as people read them: file, line, column, a name for the place, what is wrong."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pathkit.curriculum import field_checks
from pathkit.curriculum.characters import printable
from pathkit.curriculum.entries import enumerated
from pathkit.curriculum.findings import DataPath, Finding
from pathkit.curriculum.yaml_tree import Tree, position


class Problem(NamedTuple):
    """One thing wrong in a curriculum; str() is one line. line and column count from 1."""

    file: str
    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}:{self.column}: {where}{self.message}"


class CurriculumError(Exception):
    """A curriculum that can't be used. str() is one line a problem.

    problems: everything that was found, sorted by position, the curriculum's own file first.
    """

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def problems_of(found: list[Finding], tree: Tree, file: str) -> list[Problem]:
    """What was found, with positions, each once; the file's own problems come first."""
    problems = {
        Problem(
            finding.file or file,
            *position(tree, finding),
            _where(finding.path, tree.data),
            finding.message,
        )
        for finding in found
    }
    return sorted(problems, key=lambda problem: (problem.file != file, problem))


def _where(path: DataPath, data: Any) -> str:
    """Write a path as people name the place: modules.attention.resources[2].level."""
    label, steps = "", list(path)
    match path:
        case ("parts", int(part), "modules", int(index), *steps):
            parts = [_item(data, "parts", number) for number in range(part + 1)]
            before = sum(len(enumerated(earlier.get("modules"))) for earlier in parts[:-1])
            module = _item(parts[-1], "modules", index)
            label = f"modules{_name(module, before + index)}"
        case ("parts", int(part), *steps):
            label = f"parts{_name(_item(data, 'parts', part), part)}"
    for step in steps:
        if isinstance(step, int):
            label += f"[{step}]"
        else:
            label += f".{printable(step)}" if label else printable(step)
    return label


def _name(entry: dict[str, Any], number: int) -> str:
    return f".{entry['id']}" if field_checks.is_identifier(entry.get("id")) else f"[{number}]"


def _item(data: Any, key: str, index: int) -> dict[str, Any]:
    items = enumerated(data.get(key)) if isinstance(data, dict) else []
    found = items[index][1] if index < len(items) else None
    return found if isinstance(found, dict) else {}
