"""How far a whole notebook came, in words."""

from __future__ import annotations

from pathkit.classroom.whole_notebooks.everybody import NOT_RUN
from pathkit.classroom.whole_notebooks.one_notebook import Ran
from pathkit.quantities import count


def for_student(ran: Ran) -> str:
    """One or two sentences; names and messages of errors are the student's own code's."""
    if ran.name == NOT_RUN:
        return f"Your notebook could not be run as a whole: {ran.said}"
    if ran.to_the_end:
        said = "Your notebook, run from top to bottom with your own answers alone, reaches its end."
    else:
        said = ("Your notebook, run from top to bottom with your own answers alone, stops at "
                f"{at(ran)}.")
    missing = ", ".join(name for name, _ in ran.waiting if name)
    if missing:
        said += f" Cells that need {missing} were passed over."
    return said + " This earns no points."


def at(ran: Ran) -> str:
    """Where and why it stopped."""
    why = ran.said if ran.name in ("stopped", NOT_RUN) else f"{ran.name}: {ran.said}"
    return f"{ran.where}: {why}" if ran.where else why


def passed_over(ran: Ran) -> str:
    """`5 cells, for want of: gradient, the path's own answers`, or ""."""
    cells = sum(number for _, number in ran.waiting)
    names = [name or "the path's own answers" for name, _ in ran.waiting]
    return f"{count(cells, 'cell')}, for want of: {', '.join(names)}" if cells else ""
