"""Errors that a notebook shows as one line."""

from __future__ import annotations


class OneLine(Exception):
    """An error whose message says it all: a notebook shows that line, without a traceback.

    Outside of IPython it is an ordinary exception.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]
