"""The progress panel as a widget; importing this needs anywidget."""

from __future__ import annotations

from importlib import resources

import anywidget
import traitlets


class Panel(anywidget.AnyWidget):
    """Shows `html`, and what it becomes."""

    _esm = resources.files(__package__).joinpath("widget.js").read_text(encoding="utf-8")
    html = traitlets.Unicode().tag(sync=True)


def view(panel: Panel) -> dict:
    """What makes a front end with widgets show the panel, by MIME type."""
    return {
        "application/vnd.jupyter.widget-view+json": {
            "version_major": 2, "version_minor": 0, "model_id": panel.model_id,
        }
    }
