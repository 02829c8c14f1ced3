"""Figures that everybody can read: one palette, one size, alt text always."""

from __future__ import annotations

import base64
import html
import io
from typing import Any

from pathkit.checks.steady import steady
from pathkit.display import in_notebook
from pathkit.notebook.figure_style import PALETTE, STYLE, hold, let_go, our_look

__all__ = ["PALETTE", "STYLE", "figure", "show"]


def figure(rows: int = 1, columns: int = 1, **settings: Any) -> tuple[Any, Any]:
    """`matplotlib.pyplot.subplots` in the path's style; returns (figure, axes).

    The style holds for what is drawn until `show`, whatever style was chosen before; then that
    one is back.
    """
    with steady():
        import matplotlib.pyplot as plt

        hold()
        made, axes = plt.subplots(rows, columns, layout="constrained", **settings)
        hold(made)
    return made, axes


def show(figure: Any, alt: str) -> None:
    """Display a matplotlib figure with alternative text, and close it.

    alt: what a reader who can't see the picture should know: the conclusion first.
    Raises ValueError when `alt` is empty.
    """
    if not alt.strip():
        raise ValueError("alt text is missing: say what the figure shows")
    import matplotlib.pyplot as plt

    alt = " ".join(alt.split())
    buffer = io.BytesIO()
    # Without the software entry the bytes don't change with every release of matplotlib. All
    # colours are kept: a palette of 256 halves the file, and takes pale differences away.
    with our_look():
        figure.savefig(buffer, format="png", metadata={"Software": None})
    plt.close(figure)
    let_go(figure)
    if not in_notebook():
        print(f"Figure: {alt}")
        return
    from IPython.display import display

    # An <img> element and not a bare image/png: JupyterLab gives the latter no alt attribute. It
    # shows in an untrusted notebook, too: JupyterLab's sanitizer lets data: through for pictures.
    picture = base64.b64encode(buffer.getvalue()).decode()
    element = (
        f'<img alt="{html.escape(alt)}" style="max-width:100%" '
        f'src="data:image/png;base64,{picture}">'
    )
    display({"text/html": element, "text/plain": f"Figure: {alt}"}, raw=True)
