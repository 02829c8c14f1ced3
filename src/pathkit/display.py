"""Show something in a notebook, or print it where there is none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def in_notebook() -> bool:
    """Whether this process is a Jupyter kernel or another IPython."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and ipython.get_ipython() is not None


def started_in() -> Path:
    """The folder that the kernel was started in, wherever `os.chdir` led since; else the current.

    Raises OSError when it is gone.
    """
    shell = sys.modules["IPython"].get_ipython() if in_notebook() else None
    return Path(getattr(shell, "starting_dir", None) or Path.cwd())


def display_markdown(markdown: str, plain: str) -> None:
    """Display Markdown in a notebook, and print `plain` where there is none."""
    if in_notebook():
        from IPython.display import display as ipython_display

        ipython_display({"text/markdown": markdown, "text/plain": plain}, raw=True)
    else:
        print(plain)


def display(thing: Any) -> None:
    """Display `thing` as rich as the front end can, or print it."""
    if in_notebook():
        from IPython import display as ipython_display

        ipython_display.display(thing)
    else:
        print(thing)
