"""The recall cards as a widget; importing this needs anywidget."""

from __future__ import annotations

from importlib import resources
from typing import Any

import anywidget
import traitlets

from pathkit.learner.review.review_session import Review
from pathkit.learner.review.review_view import as_html, as_text

FILES = resources.files(__package__)


class Panel(anywidget.AnyWidget):
    """Shows `view`, and hands back what is clicked or typed as a message."""

    _esm = FILES.joinpath("review.js").read_text(encoding="utf-8")
    _css = FILES.joinpath("review.css").read_text(encoding="utf-8")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, found: Review) -> None:
        super().__init__(view=found.view())
        self._found = found
        self.on_msg(self._received)

    def _received(self, _: Any, message: Any, buffers: Any) -> None:
        if isinstance(message, dict):
            self._found.rate(message)
            self.view = self._found.view()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        plain = {"text/plain": as_text(self._found.cards), "text/html": as_html(self._found.cards)}
        return {**(data or {}), **plain}, metadata


def panel(found: Review) -> Panel:
    """A panel for these cards."""
    return Panel(found)
