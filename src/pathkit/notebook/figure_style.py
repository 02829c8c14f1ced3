"""The path's own look while one of its figures is drawn; a learner's figures keep theirs.

matplotlib reads its settings when something is drawn, so the look holds from `figure` until the
figure is shown, and no longer than the cell.
"""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Iterator
from typing import Any

from pathkit.checks.steady import steady
from pathkit.display import in_notebook

# Okabe and Ito, "Color Universal Design" (2008), reordered so that neighbours differ in
# lightness too.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#000000")

STYLE = {
    "figure.figsize": (7.0, 3.6),
    "figure.dpi": 110,
    # A white ground stays readable in a dark theme; a transparent one would not.
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "figure.titlesize": 11,
    "figure.titleweight": "bold",
    # Inches of white around the drawing: in a dark theme a title would touch the black.
    "figure.constrained_layout.w_pad": 0.1,
    "figure.constrained_layout.h_pad": 0.1,
    "font.size": 10,
    "image.cmap": "cividis",
}
# How matplotlib works here, not how a figure looks.
NOT_LOOKS = ("backend", "interactive", "webagg.", "toolbar", "tk.", "macosx.", "savefig.directory",
             "docstring.", "date.epoch", "figure.max_open", "figure.raise")

# What was set before ours, while ours holds, and ours; our figures that aren't shown yet.
_before: dict[str, Any] = {}
_held: dict[str, Any] = {}
_open: weakref.WeakSet = weakref.WeakSet()


def _ours() -> dict[str, Any]:
    """Every setting of a figure's look: matplotlib's default where the path has no own."""
    import matplotlib
    from cycler import cycler

    defaults = {
        key: value for key, value in matplotlib.rcParamsDefault.items()
        if not key.startswith(NOT_LOOKS)
    }
    return {**defaults, **STYLE, "axes.prop_cycle": cycler(color=PALETTE)}


def hold(figure: Any = None) -> None:
    """Set the path's look, until `figure` is let go or the cell ends."""
    with steady():
        import matplotlib

    ours = _ours()
    if not _before:
        _before.update({key: matplotlib.rcParams[key] for key in ours})
        if in_notebook():
            _end_with_the_cell()
    with steady():  # deprecated ones say so when they are put back
        matplotlib.rcParams.update(ours)
    _held.update({key: matplotlib.rcParams[key] for key in ours})
    if figure is not None:
        _open.add(figure)


def let_go(figure: Any = None) -> None:
    """Put the look back that was set before, once no figure of ours is left (None: at once).

    What was set meanwhile stays as it is.
    """
    import matplotlib

    if figure is None:
        _open.clear()
    else:
        _open.discard(figure)
    if _open or not _before:
        return
    with steady():
        matplotlib.rcParams.update({
            key: value for key, value in _before.items()
            if _same(matplotlib.rcParams[key], _held[key])
        })
    _before.clear()


@contextlib.contextmanager
def our_look() -> Iterator[None]:
    """The path's look within the block, and drawing that nothing a notebook set can stop."""
    import matplotlib
    import numpy as np

    ours = _ours()
    before = {key: matplotlib.rcParams[key] for key in ours}
    with steady(), np.errstate(all="ignore"):
        matplotlib.rcParams.update(ours)
        try:
            yield
        finally:
            matplotlib.rcParams.update(before)


def _same(one: Any, other: Any) -> bool:
    return repr(one) == repr(other)


def _end_with_the_cell() -> None:
    from IPython import get_ipython

    events = get_ipython().events
    if _cell_ended not in events.callbacks["post_run_cell"]:
        events.register("post_run_cell", _cell_ended)


def _cell_ended(*_: Any) -> None:
    let_go()
