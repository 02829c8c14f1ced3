"""An exercise's file together with what it imports from its neighbours, as if it were one file.

What several exercises share lies in a file of its own. Nothing is imported: files are parsed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from pathkit.path_modules import PACKAGE


class NotSeparable(Exception):
    """What a sandbox needs of an exercise can't be cut out of its files; the message says why."""


def one_file(file: Path) -> ast.Module:
    """The statements of a file, each import of a neighbour replaced by what the neighbour holds.

    Raises NotSeparable where two files define one name, or a neighbour is imported as a module.
    """
    statements = list(_statements(file.resolve(), set()))
    first: dict[str, Path] = {}
    for node, source in statements:
        for name in defined_by(node):
            if first.setdefault(name, source) != source:
                raise NotSeparable(
                    f"{source}:{node.lineno}: {name!r} is defined in {first[name]}, too, and both "
                    f"come together for {file.stem}; rename one"
                )
    future = [n for n, _ in statements if getattr(n, "module", "") == "__future__"]
    return ast.Module([*future[:1], *(n for n, _ in statements if n not in future)], [])


def defined_by(node: ast.stmt) -> set[str]:
    """The names that a statement defines, imports apart."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return {p.id for t in targets for p in ast.walk(t) if isinstance(p, ast.Name)}
    return set()


def _statements(file: Path, seen: set[Path]) -> Iterator[tuple[ast.stmt, Path]]:
    seen.add(file)
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if not isinstance(node, ast.ImportFrom) or (base := _base(node, file)) is None:
            yield node, file
            continue
        neighbour = base.with_suffix(".py")
        if not neighbour.is_file():
            raise NotSeparable(
                f"{file}:{node.lineno}: import what is needed from the file that defines it, as in "
                "`from .shared import name`"
            )
        if neighbour not in seen:
            yield from _statements(neighbour, seen)
        for alias in node.names:
            if alias.asname and alias.asname != alias.name:
                text = f"{alias.asname} = {alias.name}"
                yield ast.copy_location(ast.parse(text).body[0], node), file


def _base(node: ast.ImportFrom, file: Path) -> Path | None:
    """The file of the path's own that is imported from, without its suffix; None for others."""
    parts = (node.module or "").split(".")
    if node.level:
        return file.parents[node.level - 1].joinpath(*parts)
    own = PACKAGE.split(".")
    if parts[: len(own)] != own:
        return None
    return file.parents[1].joinpath(*parts[len(own) :])
