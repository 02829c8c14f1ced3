"""What a notebook shows of the way: `path.progress()` and `path.map()`."""

from __future__ import annotations

from datetime import date
from typing import Any

from pathkit.checks.settings import standard_settings
from pathkit.display import in_notebook
from pathkit.errors import EnvironmentProblem
from pathkit.notebook import session

# The open panels by the cell they stand in: a cell that is run again replaces its own.
_open: dict[str, Any] = {}


def progress() -> None:
    """Show this module's exercises, what is done and what comes next, and keep it up to date.

    Before `path.ready(...)`, as on the first page, it shows the whole path.
    """
    with standard_settings():
        _show_progress()


def _show_progress() -> None:
    from pathkit.learner.panel.panel_view import panel_html, panel_text

    data = _panel_data(anew=True)
    if isinstance(data, str):
        print(data)
        return
    html = panel_html(data)
    _display({**_widget(html), "text/html": html, "text/plain": panel_text(data)})


def map() -> None:
    """Show the whole path: its parts, what each module needs, what is done, what comes next."""
    with standard_settings():
        _show_map()


def _show_map() -> None:
    from pathkit.learner.panel.map_view import map_html, map_text
    from pathkit.learner.panel.panel import map_data

    try:
        found = session.progress_so_far(anew=True)
    except EnvironmentProblem as problem:
        print(problem)
        return
    if not found.path.parts or not found.path.title:
        print("There is no map here. `pathkit start` makes a folder that has one.")
        return
    data = map_data(found, date.today(), session.why_unsaved())
    _display({"text/html": map_html(data), "text/plain": map_text(data)})


def _panel_data(anew: bool) -> dict[str, Any] | str:
    """What the panel shows, or one line that says why it can't."""
    from pathkit.learner.panel.panel import panel_data

    try:
        found = session.progress_so_far(anew)
        name = session.current_module()
        module = found.path.module(name) if name else None
    except EnvironmentProblem as problem:
        return str(problem)
    except KeyError:
        return f"The path here has no module {name!r}; `pathkit start` brings it up to date."
    if module is None and not found.path.modules:
        return session.SET_UP_FIRST
    return panel_data(found, module, date.today(), session.why_unsaved())


def _widget(html: str) -> dict[str, Any]:
    """A widget that shows `html` from now on; nothing where widgets aren't to be had."""
    if not in_notebook():
        return {}
    try:
        from pathkit.learner.panel.widget import Panel, view
    except ImportError:
        return {}
    cell = _cell() or f"unknown {len(_open)}"
    if cell in _open:
        _open[cell].close()
    _open[cell] = panel = Panel(html=html)
    session.on_verdict(_refresh)
    return view(panel)


def _refresh() -> None:
    """Bring the open panels up to date."""
    from pathkit.learner.panel.panel_view import panel_html

    data = _panel_data(anew=True)  # other notebooks, and the plan, may have gone on meanwhile
    if isinstance(data, str):
        return
    html = panel_html(data)
    for panel in _open.values():
        panel.html = html


def _cell() -> str:
    """The id of the cell that is being run; "" where the front end doesn't tell."""
    from IPython import get_ipython

    try:
        return str(get_ipython().get_parent()["metadata"].get("cellId", ""))
    except (AttributeError, KeyError, TypeError):
        return ""


def _display(bundle: dict[str, Any]) -> None:
    if not in_notebook():
        print(bundle["text/plain"])
        return
    from IPython.display import display

    display(bundle, raw=True)
