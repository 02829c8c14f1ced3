"""The house: which room may use which, how long a file may be, what stands beside the rooms."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "pathkit"
# From what is asked down to what everybody uses. A room uses those behind it, never one before it.
ROOMS = (
    "__init__ __main__ cli", "commands", "doctor",
    "classroom.gradescope_autograder", "classroom.pipeline", "classroom.protection",
    "classroom.reporting", "classroom.whole_notebooks", "classroom.grading",
    "classroom.collecting", "classroom.assigning", "classroom.sandboxes",
    "classroom.inside_sandbox", "classroom",
    "groups", "notebook exercises", "learner", "kernel_help",
    "new_module", "standards", "strength", "running", "building",
    "merging", "notebook_files", "training", "modules", "kept_models",
    "checks datasets curriculum", "guard_game mutants offline_client pages",
)
BESIDE = {
    "__init__", "__main__", "bootstrap", "cli", "display", "errors", "exercises", "files",
    "installation", "local_time", "nearest_name", "one_line", "path_map", "path_modules",
    "path_times", "plain_text", "progress_log", "quantities", "terminal",
}
# A lesson is the script of a notebook: it calls what a notebook calls.
LESSON = re.compile(r"modules\.(\w+\.lesson|one_evening)")
MOST, MOST_OF_AN_EXERCISE, MOST_OF_A_LESSON = 300, 200, 700


def name_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


# Kept answers are cells one below the other, not code that anything imports.
FILES = {
    name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))
    if file.name != "right_answers.py"
}


def room(name: str) -> int:
    """The place of the innermost room that a file lies in; what lies beside them comes last."""
    found = [
        (len(one), place) for place, ones in enumerate(ROOMS) for one in ones.split()
        if name == one or name.startswith(f"{one}.")
    ]
    return max(found)[1] if found else len(ROOMS)


def used_by(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "pathkit":
            home = ".".join(node.module.split(".")[1:])
            for alias in node.names:
                full = f"{home}.{alias.name}".lstrip(".")
                found.add(full if full in FILES else home)
    return found - {""}


ARROWS = {name: used_by(file) for name, file in FILES.items() if not LESSON.fullmatch(name)}


def test_no_arrow_runs_back_up():
    back = [f"{a} uses {b}" for a, ones in ARROWS.items() for b in ones if room(b) < room(a)]
    assert not back, "move what both need below both"


def test_rooms_make_no_circle():
    """Rooms at one height, too: following the arrows never leads back."""
    between = defaultdict(set)
    for a, ones in ARROWS.items():
        for b in ones:
            one, other = (name.rpartition(".")[0] or name for name in (a, b))
            if one != other and not other.startswith(f"{one}.") and not one.startswith(f"{other}."):
                between[one].add(other)
    done: set[str] = set()

    def follow(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join([*way[way.index(name):], name])
        if name not in done:
            for other in sorted(between[name]):
                follow(other, (*way, name))
            done.add(name)

    for name in sorted(between):
        follow(name, ())


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_one_reason_to_exist(name):
    most = MOST
    if name.startswith("modules."):
        most = MOST_OF_A_LESSON if LESSON.fullmatch(name) else MOST_OF_AN_EXERCISE
    lines = len(FILES[name].read_text(encoding="utf-8").splitlines())
    assert lines <= most, f"{FILES[name].relative_to(ROOT)} has {lines} lines; split it"


def test_beside_the_rooms_lies_only_what_everybody_uses():
    assert {name for name in FILES if "." not in name and not _is_room(name)} == BESIDE


def _is_room(name: str) -> bool:
    return name != "__init__" and FILES[name].name == "__init__.py"


def test_tests_have_the_rooms_of_the_package():
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    ours = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert ours - rooms <= {"docs"}  # the pages beside the README


def test_contributing_names_every_room():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for path in PACKAGE.iterdir():
        if path.is_dir() and not path.name.startswith("__") and path.name != "shipped":
            assert f"`{path.name}/" in page, path.name
