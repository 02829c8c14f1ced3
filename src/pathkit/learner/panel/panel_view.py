"""The progress panel as HTML and as text, from the data of panel.py."""

from __future__ import annotations

from typing import Any

from pathkit.learner.panel.look import SIGNS, framed, head, link, sign, tail, text_tail, word

# Hidden by the style sheet while the panel is connected to its kernel. Where there is no style
# sheet, the panel is an output from earlier, and it holds.
STALE = (
    '<p class="pk-line pk-stale">This is how it was when this cell was run. Run the cell again '
    "(Shift+Enter) to see what is true now.</p>"
)


def panel_html(data: dict[str, Any]) -> str:
    """Ring, checklist and next step; a widget shows the same and keeps it up to date."""
    items = "".join(
        f'<li class="pk-is-{item["state"]}">{sign(item["state"])}'
        f'<span>{link(item["title"], item["href"], item["here"])} '
        f'<span class="pk-word pk-quiet">{word(item)}</span></span></li>'
        for item in data["items"]
    )
    # The role is said because Safari forgets it for lists without bullets.
    checks = f'<ol class="pk-list pk-checks" role="list">{items}</ol>'
    label = f'Progress: {data["title"]}' if data["title"] else "Progress"
    return framed("panel", label, head(data) + checks + tail(data) + STALE)


def panel_text(data: dict[str, Any]) -> str:
    """The panel for front ends without HTML."""
    items = [f"  {SIGNS[i['state']]} {i['title']} ({i['word']})" for i in data["items"]]
    top = [*([data["title"]] if data["title"] else []),
           " · ".join([data["summary"], *data["facts"]])]
    return "\n".join([*top, *items, *text_tail(data)])
