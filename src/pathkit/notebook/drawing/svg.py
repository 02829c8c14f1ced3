"""A sketch as SVG: colours come from the page, so that it is readable in light, dark and print."""

from __future__ import annotations

import base64
import functools
import html
import re
from collections.abc import Callable, Collection
from importlib import resources
from typing import Any

from pathkit.notebook.drawing.sketch import (
    APART,
    RADIUS,
    Box,
    Item,
    Line,
    Panel,
    Sketch,
    Sum,
    Words,
    Zoom,
)

HEAD = 7.0  # pixels that an arrow's head is long
SYMBOL = re.compile(r"([A-Za-z]+)(?:_(\w+)|\^([A-Za-z]))?")
# In a picture of its own nothing says what page it lies on, so it brings its ground.
ALONE = """
.pk-machine { color: #1d2126; --pk-on-line: #00629b; }
.pk-machine .ground { fill: #fff; stroke: none; }
@media (prefers-color-scheme: dark) {
  .pk-machine { color: #e4e4de; --pk-on-line: #6fbdf2; } .pk-machine .ground { fill: #16181b; } }
@media print { .pk-machine { color: #000; } .pk-machine .ground { fill: #fff; } }
"""


@functools.cache
def style() -> str:
    """The style sheet, in few bytes."""
    css = resources.files(__package__).joinpath("machine.css").read_text(encoding="utf-8")
    return re.sub(r"\s*([{};:,>])\s+|\n", r"\1", css).replace(" {", "{")


def html_of(sketch: Sketch, highlight: Collection[str], words: str) -> str:
    """The drawing as HTML that is still good when it's sanitised.

    JupyterLab takes SVG and styles out of outputs that it doesn't trust: then the picture is left,
    which has its own ground; where the style holds, the picture is hidden and the SVG is shown.
    """
    picture = base64.b64encode(
        svg(sketch, highlight, words, style() + ALONE, ground=True).encode()).decode()
    swap = (".pk-machine-drawn[hidden]{display:block!important}"
            ".pk-machine-drawn+.pk-machine-alone{display:none!important}")
    return (
        f'<div class="pk-machine-drawn" hidden="hidden"><style>{swap}</style>'
        f"{svg(sketch, highlight, words, style())}</div>"
        f'<img class="pk-machine-alone" alt="{html.escape(words)}" style="max-width:100%" '
        f'src="data:image/svg+xml;base64,{picture}">'
    )


def svg(sketch: Sketch, highlight: Collection[str], words: str, css: str,
        ground: bool = False) -> str:
    """The drawing as an SVG element with its own style, a title and a description."""
    width, height = f"{sketch.width:.0f}", f"{sketch.height:.0f}"
    drawn = "".join(_item(item, highlight) for item in sketch.items)
    under = f'<rect class="ground" width="{width}" height="{height}" rx="6"/>' if ground else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="pk-machine" role="img" width="{width}" '
        f'height="{height}" viewBox="0 0 {width} {height}"><title>{html.escape(sketch.title)}'
        f"</title><desc>{html.escape(words)}</desc><style>{html.escape(css, quote=False)}</style>"
        f"{under}{drawn}</svg>"
    )


def _item(item: Item, highlight: Collection[str]) -> str:
    drawn = DRAW[type(item)](item)
    if isinstance(item, Panel | Zoom):
        return drawn
    if highlight and not set(item.parts).isdisjoint(highlight):
        return f'<g class="on">{drawn}</g>'
    return f'<g class="quiet">{drawn}</g>' if highlight else drawn


def _panel(item: Panel) -> str:
    if item.kind != "head":
        return _rect(item.x, item.y, item.width, item.height, f"panel {item.kind}", 8)
    x, y, right, bottom = item.x, item.y, item.x + item.width, item.y + item.height
    behind = ""
    for i in range(1, item.sheets + 1):  # what is seen of each: its upper and its right edge
        far = APART * i
        edge = [(x + far, y - far + APART), (x + far, y - far), (right + far, y - far),
                (right + far, bottom - far), (right + far - APART, bottom - far)]
        behind += f'<polyline class="sheet" points="{" ".join(_point(*p) for p in edge)}"/>'
    return _rect(x, y, item.width, item.height, "sheet", 0) + behind


def _zoom(item: Zoom) -> str:
    box, panel = item.box, item.panel
    right = box.x + box.width / 2
    corners = [(right, box.top), (panel.x, panel.y + 6), (panel.x, panel.y + panel.height - 6),
               (right, box.bottom)]
    return f'<polygon class="zoom {item.kind}" points="{" ".join(_point(*c) for c in corners)}"/>'


def _box(item: Box) -> str:
    drawn = _rect(item.x - item.width / 2, item.top, item.width, item.height,
                  f"box {item.kind}".strip(), 5)
    lift = -7.0 if item.note else 0.0
    drawn += _text(_plain(item.label), item.x, item.y + lift + 4, "middle", "inside")
    if item.note:
        drawn += _text(_formula(item.note), item.x, item.y + 11.5, "middle", "inside small")
    return drawn


def _sum(item: Sum) -> str:
    x, y, arm = item.x, item.y, RADIUS - 3.5
    return (f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(RADIUS)}"/>'
            f'<line x1="{_n(x - arm)}" y1="{_n(y)}" x2="{_n(x + arm)}" y2="{_n(y)}"/>'
            f'<line x1="{_n(x)}" y1="{_n(y - arm)}" x2="{_n(x)}" y2="{_n(y + arm)}"/>')


def _line(item: Line) -> str:
    points, head = list(item.points), ""
    if item.head:
        (x, y), (tip_x, tip_y) = points[-2:]
        long = abs(tip_x - x) + abs(tip_y - y)
        dx, dy = (tip_x - x) / long, (tip_y - y) / long  # along the last piece
        back_x, back_y = tip_x - HEAD * dx, tip_y - HEAD * dy
        half = HEAD * (0.6 if item.strong else 0.45)
        corners = [(tip_x, tip_y), (back_x - half * dy, back_y + half * dx),
                   (back_x + half * dy, back_y - half * dx)]
        head = f'<polygon class="head" points="{" ".join(_point(*c) for c in corners)}"/>'
        points[-1] = (back_x + dx, back_y + dy)
    strong = ' class="strong"' if item.strong else ""
    return f'<polyline{strong} points="{" ".join(_point(*p) for p in points)}"/>{head}'


def _words(item: Words) -> str:
    text = _formula(item.text) if item.math else _plain(item.text)
    looks = " ".join(filter(None, ("small" if item.math else "", "bold" if item.bold else "")))
    return _text(text, item.x, item.y + 4, item.anchor, looks)


DRAW: dict[type, Callable[[Any], str]] = {
    Panel: _panel, Zoom: _zoom, Box: _box, Sum: _sum, Line: _line, Words: _words,
}


def _rect(x: float, y: float, width: float, height: float, looks: str, radius: int) -> str:
    return (f'<rect class="{looks}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" '
            f'height="{_n(height)}" rx="{radius}"/>')


def _text(inner: str, x: float, y: float, anchor: str, looks: str) -> str:
    named = f' class="{looks}"' if looks else ""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text{named} x="{_n(x)}" y="{_n(y)}"{placed}>{inner}</text>'


def _plain(text: str) -> str:
    return html.escape(text)


def _formula(text: str) -> str:
    """Symbols slanted, indices below; whole words stay as they are."""

    def symbol(found: re.Match) -> str:
        base, below, above = found.groups()
        if len(base) > 1 and not (below or above):
            return base  # a word
        drawn = f'<tspan class="sym">{base}</tspan>'
        if below or above:
            down = 3 if below else -4
            drawn += f'<tspan class="sub" dy="{down}">{below or above}</tspan>'
            drawn += f'<tspan dy="{-down}">&#8203;</tspan>'
        return drawn

    return SYMBOL.sub(symbol, html.escape(text))


def _point(x: float, y: float) -> str:
    return f"{_n(x)},{_n(y)}"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
