"""Recall cards as text and as HTML, where no widget shows them."""

from __future__ import annotations

import html
from collections.abc import Sequence

from pathkit.path_map import Card
from pathkit.plain_text import plain


def as_text(cards: Sequence[Card]) -> str:
    """The questions, and how to rate them."""
    lines = [f"{number}. {plain(card.ask)}" for number, card in enumerate(cards, 1)]
    return "\n".join([*lines, "`pathkit review` in a terminal shows the answers and rates them."])


def as_html(cards: Sequence[Card]) -> str:
    """The questions, with answers to unfold; formulas are left for JupyterLab to typeset."""
    from pathkit.building.markdown import summary_html

    items = "".join(
        f"<li><details><summary>{summary_html(card.ask)}</summary>"
        f"<p>{summary_html(card.answer)}</p></details></li>"
        for card in cards
    )
    hint = html.escape("To rate them, run this cell, or `pathkit review` in a terminal.")
    return f"<section aria-label=\"Recall cards\"><ol>{items}</ol><p>{hint}</p></section>"
