"""pathkit: learning paths of notebooks whose checks say why an answer is wrong.

In a notebook: `import pathkit as path`, then `path.ready("bigram")` and
`softmax = path.check(softmax)`. Everything is imported on first use, so that the command
line starts quickly and a notebook pays for what it needs.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "ready": "pathkit.notebook.ready",
    "check": "pathkit.notebook.check",
    "predict": "pathkit.notebook.predict",
    "skip": "pathkit.notebook.skip",
    "hint": "pathkit.notebook.hint",
    "solution": "pathkit.notebook.solution",
    "term": "pathkit.notebook.term",
    "keep": "pathkit.notebook.keep",
    "own_file": "pathkit.notebook.own_file",
    "model": "pathkit.notebook.model",
    "mine": "pathkit.notebook.mine",
    "progress": "pathkit.notebook.panels",
    "map": "pathkit.notebook.panels",
    "review": "pathkit.notebook.review_panel",
    "figure": "pathkit.notebook.figures",
    "show": "pathkit.notebook.figures",
    "machine": "pathkit.notebook.machine",
    "client": "pathkit.offline_client",
    "run_tools": "pathkit.offline_client",
    "PALETTE": "pathkit.notebook.figures",
    "datasets": "pathkit.datasets",
    "game": "pathkit.guard_game",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        meant = ""
        if not name.startswith("_"):  # Python asks for those by itself, anywhere
            from pathkit.nearest_name import did_you_mean

            meant = did_you_mean(name, _HOMES)
        raise AttributeError(f"module 'pathkit' has no attribute {name!r}{meant}")
    home = sys.modules.get(_HOMES[name]) or _imported(_HOMES[name])
    return home if name == "datasets" else getattr(home, name)


def _imported(home: str) -> Any:
    from pathkit.checks.steady import steady

    with steady():
        return importlib.import_module(home)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])


def _help_the_kernel() -> None:
    """In a kernel, errors of the notebook say what to do; see `pathkit.kernel_help`."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        with contextlib.suppress(ImportError):  # a sandbox holds a part of the package
            from pathkit.kernel_help import load_ipython_extension

            load_ipython_extension(shell)


_help_the_kernel()
