"""Parameters of notebooks: those a notebook has, and the values given on the command line."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from typing import Any

import click

from pathkit.nearest_name import did_you_mean


def values(text: str, given: Sequence[tuple[str, str]], module: str) -> dict[str, Any]:
    """The values given on the command line, held against the notebook's parameters cell.

    Raises click.UsageError for one that the notebook of `module` doesn't have.
    """
    known = parameters_of(text)
    found = {}
    for name, value in given:
        if name not in known:
            there = ", ".join(known) or "none"
            meant = did_you_mean(name, known)
            raise click.UsageError(f"{module} has no parameter {name!r}; it has: {there}{meant}")
        found[name] = _literal(value)
    return found


def parameters_of(text: str) -> list[str]:
    """Names assigned in the cell tagged `parameters` of a notebook's JSON."""
    for cell in json.loads(text)["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            tree = ast.parse("".join(cell["source"]))
            targets = [t for n in tree.body if isinstance(n, ast.Assign) for t in n.targets]
            targets += [n.target for n in tree.body if isinstance(n, ast.AnnAssign)]
            return [t.id for t in targets if isinstance(t, ast.Name)]
    return []


def _literal(value: str) -> Any:
    try:
        return ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return value
