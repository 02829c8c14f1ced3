"""Answers that use the same student's answer to another exercise, which failed as well.

In the sandbox an answer that calls another exercise's runs with its author's own. Where that one is
wrong or missing, what is said of the first may only be what the second did. This is read from the
code, without running it.
"""

from __future__ import annotations

import symtable
from collections.abc import Iterable, Iterator, Sequence

from pathkit.classroom.grading.results import Record
from pathkit.classroom.grading.whole_class import Graded


def leaning(records: Sequence[Record]) -> dict[int, tuple[Record, ...]]:
    """By the id of each of one student's failed records: failed answers that its own uses."""
    failed = {(r.module, r.name): r for r in records if not r.passed}
    found = {}
    for record in failed.values():
        if not record.code or record.verdict.status == "not attempted":
            continue
        used = names_used(record.code) - {record.name}
        others = tuple(failed[record.module, n] for n in sorted(used)
                       if (record.module, n) in failed)
        if others:
            found[id(record)] = others
    return found


def of_class(graded: Iterable[Graded]) -> dict[int, tuple[Record, ...]]:
    """The same for everybody."""
    return {key: others for one in graded for key, others in leaning(one.records).items()}


def names_used(code: str) -> set[str]:
    """The names that a cell takes from other cells; none where it isn't Python."""
    try:
        table = symtable.symtable(code, "<answer>", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    own = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    return set(_globals(table)) - own


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    queue = [table]
    while queue:
        one = queue.pop()
        queue += one.get_children()
        for symbol in one.get_symbols():
            if symbol.is_referenced() and (symbol.is_global() or one is table):
                yield symbol.get_name()


def sentence(other: Record) -> str:
    """What a student is told of an answer of theirs that another one uses."""
    if other.verdict.status == "not attempted":
        return f"It uses your `{other.name}`, which isn't written yet: do that first."
    return f"It uses your `{other.name}`, which isn't right either: mend that first."
