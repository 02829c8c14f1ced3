"""How panel and map look: signs, the ring, links, as HTML that is still good when it's sanitised.

JupyterLab takes styles, SVG, roles and aria attributes out of the outputs of a notebook that it
doesn't trust, and leaves structure, links and some inline style: all that matters is in these.
"""

from __future__ import annotations

import base64
import functools
import html
from collections.abc import Callable
from importlib import resources
from typing import Any

from pathkit.learner.panel import colours

SIGNS = {"done": "✓", "known": "≈", "begun": "▸", "open": "○"}
LEGEND = ("✓ done", "≈ known already", "▸ begun", "○ open", "★ on the fast route")
PLAIN = "margin:0"
COLOURS = (
    f".pk{{--pk-done:{colours.DONE};--pk-begun:{colours.BEGUN}}}"
    '[data-jp-theme-light="false"] .pk,.vscode-dark .pk'
    f"{{--pk-done:{colours.DONE_ON_DARK};--pk-begun:{colours.BEGUN_ON_DARK}}}"
)
UNSEEN = (
    "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0, 0, 0, 0);"
    "white-space:nowrap"
)


@functools.cache
def style() -> str:
    """The style sheet as an element."""
    css = resources.files(__package__).joinpath("look.css").read_text(encoding="utf-8")
    return f"<style>{COLOURS}{css}</style>"


def escaped(text: str) -> str:
    """Text as HTML, code spans kept as code."""
    parts = html.escape(text).split("`")
    if len(parts) % 2 == 0:
        return "`".join(parts)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))


def link(title: str, href: str, here: bool = False) -> str:
    """A link that JupyterLab opens as a tab; the bare title where no file is known.

    here: whether it leads into the notebook it stands in, whatever that is called by now.
    """
    if not href:
        return escaped(title)
    mark = " data-pk-here" if here else ""
    return f'<a class="pk-to" href="{html.escape(href)}"{mark}>{escaped(title)}</a>'


def sign(state: str) -> str:
    """The sign of a state; `word` says what it means."""
    return f'<span class="pk-sign" aria-hidden="true">{SIGNS[state]}</span>'


def word(item: dict[str, Any]) -> str:
    """A state in words; "open" is not worth a word to those who see the empty circle."""
    text = escaped(item["word"])
    return f'<span style="{UNSEEN}">{text}</span>' if text == "open" else text


def legend() -> str:
    """What the signs mean, each with its words on one line."""
    parts = " · ".join(f'<span style="white-space:nowrap">{part}</span>' for part in LEGEND)
    return f'<p class="pk-legend pk-quiet" style="{PLAIN}">{parts}</p>'


def ring(data: dict[str, Any]) -> str:
    """How much is done as a ring, named for those who don't see it."""
    share = 100 * data["done"] / data["of"] if data["of"] else 0
    label = html.escape(data["summary"])
    return (
        f'<span class="pk-ring" data-share="{data["done"]}/{data["of"]}">'
        f'<svg role="img" aria-label="{label}" viewBox="0 0 48 48">'
        '<circle cx="24" cy="24" r="21"></circle>'
        '<circle class="pk-arc" cx="24" cy="24" r="21" pathLength="100" '
        f'stroke-dasharray="{share:.4g} 100"></circle></svg></span>'
    )


def drawn_ring(data: dict[str, Any]) -> str:
    """The ring as a picture, which is left where inline SVG and style sheets are taken out.

    A picture doesn't know the colours of the page, so its own are seen on light and on dark.
    """
    share = 100 * data["done"] / data["of"] if data["of"] else 0
    circle = '<circle cx="24" cy="24" r="21" fill="none" stroke-width="5"'
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="72" height="72">'
        f'{circle} stroke="#808080" stroke-opacity=".4"/>'
        f'{circle} stroke="{colours.DONE_ANYWHERE}" pathLength="100" '
        f'stroke-dasharray="{share:.4g} 100" '
        'transform="rotate(-90 24 24)"/>'
        '<text x="24" y="28.4" text-anchor="middle" font-family="system-ui, sans-serif" '
        f'font-size="12.5" font-weight="600" fill="#767676">{data["done"]}/{data["of"]}</text>'
        "</svg>"
    )
    picture = base64.b64encode(svg.encode()).decode()
    return (
        f'<img class="pk-drawn" alt="{html.escape(data["summary"])}" width="72" height="72" '
        f'style="margin:0 1em 0 0" src="data:image/svg+xml;base64,{picture}" />'
    )


def head(data: dict[str, Any], ring: Callable[[dict[str, Any]], str] = ring) -> str:
    """Ring, title and what is done."""
    title = f'<strong>{escaped(data["title"])}</strong>'
    lines = [
        *([f'<p class="pk-line pk-title" style="{PLAIN}">{title}</p>'] if data["title"] else []),
        # Polite: it is read out when it changes, after what is being said.
        f'<p class="pk-line" style="{PLAIN}" aria-live="polite">{escaped(data["summary"])}</p>',
        f'<p class="pk-line pk-quiet" style="{PLAIN}">{escaped(" · ".join(data["facts"]))}</p>',
    ]
    return f'<div class="pk-head">{ring(data)}<div class="pk-says">{"".join(lines)}</div></div>'


def tail(data: dict[str, Any]) -> str:
    """The next step, and what else is to be said."""
    parts = []
    if step := data["next"]:
        parts.append(
            f'<p class="pk-line pk-next"><strong>Next:</strong> '
            f'{link(step["title"], step["href"], step["here"])}'
            f' <span class="pk-quiet">({escaped(step["why"])})</span></p>'
        )
    else:
        parts.append(f'<p class="pk-line pk-next">{escaped(data["end"])}</p>')
    if data["note"]:
        parts.append(f'<p class="pk-line pk-note pk-quiet">{escaped(data["note"])}</p>')
    return "".join(parts)


def framed(kind: str, label: str, body: str) -> str:
    """A named region with its own style."""
    return (
        f'<section class="pk pk-{kind}" aria-label="{html.escape(label)}">{style()}{body}</section>'
    )


def text_tail(data: dict[str, Any]) -> list[str]:
    """The lines of `tail`, as text."""
    step = data["next"]
    where = f" ({step['href'].partition('#')[0]})" if step and step["href"] else ""
    lines = [f"Next: {step['title']}{where}" if step else data["end"]]
    return lines + ([data["note"]] if data["note"] else [])
