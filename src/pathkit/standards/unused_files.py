"""Files in a module's folder that nothing uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from pathkit.path_modules import python_files
from pathkit.standards.finding import Finding


def findings(folder: Path) -> Iterator[Finding]:
    """Files that define neither exercise nor prediction and that no neighbour imports."""
    trees = {}
    for file in [*python_files(folder), folder / "lesson.py"]:
        try:
            trees[file] = ast.parse(file.read_text(encoding="utf-8"))
        except (OSError, ValueError, SyntaxError):
            return
    used = {name for tree in trees.values() for name in _neighbours(tree)}
    for others in sorted(folder.parent.glob("*/*.py")):
        if others.parent != folder:
            used |= _of_other_folders(others, folder.name)
    for file, tree in trees.items():
        if file.name != "lesson.py" and file.stem not in used and not _defines(tree):
            yield Finding(file, 1, "defines no exercise and no prediction, and nothing imports it",
                          "", "import it, decorate its function with @exercise(…), or delete it")


def _neighbours(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield (node.module or "").rpartition(".")[2]
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name.rpartition(".")[2] for alias in node.names)


def _of_other_folders(file: Path, folder: str) -> set[str]:
    text = file.read_text(encoding="utf-8", errors="replace")
    if folder not in text:
        return set()
    try:
        return set(_neighbours(ast.parse(text)))
    except (SyntaxError, ValueError):
        return set()


def _defines(tree: ast.Module) -> bool:
    made = (ast.FunctionDef, ast.ClassDef)
    calls: Sequence[ast.AST] = [
        *(d for node in tree.body if isinstance(node, made) for d in node.decorator_list),
        *(node.value for node in tree.body if isinstance(node, ast.Assign)),
    ]
    names = {"exercise", "Number", "Choice"}
    if any(isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in names
           for call in calls):
        return True
    # Wrong answers may be registered in a loop, too.
    return any(isinstance(node, ast.Attribute) and node.attr in ("misconception", "spelling")
               for node in ast.walk(tree))
