"""The group's board in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from pathkit.groups import board
from pathkit.path_map import PathMap

HELPS = 8


def print_board(path: PathMap, rows: Sequence[board.Row], meeting: dict[str, str] | None) -> None:
    """Print who is where, who can help whom and the next meeting."""
    console = Console(highlight=False)
    if meeting:
        console.print(f"next meeting: {meeting['when']}: {meeting['what']}", markup=False)
    table = Table(box=None, pad_edge=False)
    for heading in ("member", "exercises", "in", "", "last seen"):
        table.add_column(heading)
    for row in rows:
        sign, words = board.cell(row, row.where) if row.where else ("", "")
        table.add_row(
            _plain(row.name), f"{row.done} of {row.total}",
            f"{row.where.number} {row.where.id}" if row.where else "-",
            sign if row.where and sign != "·" else words,
            row.last.isoformat() if row.last else "not yet",
        )
    console.print(table)
    helps = board.helps(path, rows)
    for one in helps[:HELPS]:
        able = ", ".join(one.helpers) or "nobody yet: take it to the meeting"
        tries = "1 try" if one.tries == 1 else f"{one.tries} tries"
        console.print(f"{one.who} on {one.exercise.id} ({tries}): ask {able}", markup=False)
    if len(helps) > HELPS:
        console.print(f"and {len(helps) - HELPS} more on the page", markup=False)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)
