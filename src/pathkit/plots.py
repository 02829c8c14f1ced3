"""Figures that everybody can read: one palette, one size, alt text always."""

from __future__ import annotations

import base64
import html
import io
from typing import Any

from pathkit.notebook_display import in_notebook

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


def figure(rows: int = 1, columns: int = 1, **settings: Any) -> tuple[Any, Any]:
    """`matplotlib.pyplot.subplots` in the path's style; returns (figure, axes).

    The style stays set: matplotlib reads most of it only when something is drawn.
    """
    import matplotlib.pyplot as plt
    from cycler import cycler

    plt.rcParams.update({**STYLE, "axes.prop_cycle": cycler(color=PALETTE)})
    return plt.subplots(rows, columns, layout="constrained", **settings)


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
    figure.savefig(buffer, format="png", metadata={"Software": None})
    plt.close(figure)
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
