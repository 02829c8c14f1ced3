"""START-HERE.html: what students read first. Self-contained: no script, nothing loaded."""

from __future__ import annotations

from pathlib import Path

from pathkit import __version__
from pathkit.classroom import due_date
from pathkit.classroom.assignment import Assignment, points_text

TEMPLATE = Path(__file__).with_name("start_here.html")


def page(assignment: Assignment, partial: bool, setup: str = "") -> str:
    """The page. partial: whether the notebooks hold exercises that don't count.

    setup: how students come by JupyterLab with pathkit, "" for a line that says what is needed.
    """
    import jinja2

    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8")).render(
        title=assignment.title,
        due=due_date.in_words(assignment.due),
        late=due_date.late_in_words(assignment.late),
        fallback=assignment.fallback,
        modules=assignment.modules,
        total=points_text(assignment.points),
        partial=partial,
        setup=setup,
        needed=__version__,
        costs=assignment.late.per_day > 0 or assignment.late.days is not None,
    )
