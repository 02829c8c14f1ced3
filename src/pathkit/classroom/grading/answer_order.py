"""The order in which one learner's answers may run in one process, and which may not at all.

Functions of ours that come along with an exercise stay in the process. So an exercise whose answer
they hold or help to make has its turn before them; those without any come first.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path

from pathkit.classroom.grading.edition import answer_parts, edition


def in_turn(module: str, files: Mapping[str, Path]) -> tuple[str, ...]:
    """The exercises of a module in an order that gives none of them away.

    files: by the exercise's name the one that defines it. One that would have to come before and
    after another is left out: it runs by itself.
    Raises NotSeparable as `edition` does.
    """
    brought = {n: defined(edition(file, module, n).source) for n, file in files.items()}
    parts = {name: answer_parts(file, name) for name, file in files.items()}
    waiting = sorted(files, key=lambda name: bool(brought[name]))  # stable: the lesson's order
    order: list[str] = []
    while waiting:
        # Last comes one that tells the others nothing, or tells only what has been handed in.
        free = [
            name for name in waiting
            if not any(parts[other] & brought[name] for other in waiting if other != name)
        ]
        if not free:
            waiting.remove(_worst(waiting, brought, parts))
            continue
        order.append(free[0])
        waiting.remove(free[0])
    return tuple(order)


def _worst(
    names: Sequence[str], brought: Mapping[str, set[str]], parts: Mapping[str, set[str]]
) -> str:
    """The exercise that gives away most of the others."""
    return max(names, key=lambda name: sum(bool(parts[o] & brought[name]) for o in names))


def defined(source: str) -> set[str]:
    """The functions and classes that an edition defines."""
    return {
        node.name for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
