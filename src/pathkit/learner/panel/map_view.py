"""The map of the path as HTML and as text, from the data of panel.py."""

from __future__ import annotations

import html
from typing import Any

from pathkit.learner.panel import colours
from pathkit.learner.panel.look import (
    SIGNS,
    drawn_ring,
    escaped,
    framed,
    head,
    legend,
    link,
    sign,
    tail,
    text_tail,
    word,
)

# Inline, since the output of a first page that was not run yet is not trusted, and keeps these.
LIST = "list-style:none;margin:0;padding:0"
BOXES = f"{LIST};display:grid;grid-template-columns:repeat(auto-fill, 17em);gap:8px"
EDGES = {
    "done": colours.DONE_ANYWHERE, "known": colours.DONE_ANYWHERE, "begun": colours.BEGUN_ANYWHERE,
}
QUIET = "rgba(128, 128, 128, 0.45)"


def map_html(data: dict[str, Any]) -> str:
    """Parts and modules as ordered lists of boxes, each with a link and what it needs."""
    names = {m["number"]: m["name"] for part in data["parts"] for m in part["modules"]}
    parts = "".join(
        f'<li style="list-style:none"><p class="pk-part" style="margin:1em 0 .4em">'
        f'<strong>{escaped(part["title"])}</strong> '
        f'<span class="pk-quiet">{escaped(part["word"])}</span></p>'
        f'<ol class="pk-list pk-boxes" role="list" style="{BOXES}">'
        f'{"".join(_box(m, names) for m in part["modules"])}</ol></li>'
        for part in data["parts"]
    )
    body = (
        f'{_highlights(data)}{head(data, drawn_ring)}{tail(data)}'
        f'{legend()}<ol class="pk-list" role="list" style="{LIST}">{parts}</ol>'
    )
    return framed("map", "Map of the path", body)


def _box(module: dict[str, Any], names: dict[int, str]) -> str:
    edge = f'4px solid {EDGES.get(module["state"], QUIET)}'
    style = (
        f"list-style:none;margin:0;border:1px solid {QUIET};border-left:{edge};"
        "border-radius:3px;padding:6px 10px"
    )
    name = link(f'{module["number"]} · {module["name"]}', module["href"])
    star = ' <span title="on the fast route">★</span>' if module["essential"] else ""
    rest = f'<div class="pk-quiet">{escaped(module["rest"])}</div>' if module["rest"] else ""
    return (
        f'<li class="pk-is-{module["state"]} pk-m{module["number"]}" style="{style}"'
        f'{_tip(module, names)}>'
        f"<div><strong>{name}</strong>{star}</div>{rest}<div>{_line(module)}</div></li>"
    )


def _tip(module: dict[str, Any], names: dict[int, str]) -> str:
    """What a box says when it is pointed at, also where no style sheet lets others stand out."""
    if not module["needs"]:
        return ""
    needed = ", ".join(f"{number} · {names[number]}" for number in module["needs"])
    return f' title="{html.escape(f"Needs {needed}")}"'


def _line(module: dict[str, Any]) -> str:
    """What was done, and what it takes."""
    facts = [f'<span class="pk-quiet">{fact}</span>' for fact in _facts(module)]
    if module["next"]:
        facts.insert(0, "<strong>next</strong>")
    if module["state"] == "open":
        return f'{sign("open")} {word(module)}{" · ".join(facts)}'
    return f'{sign(module["state"])} {" · ".join([word(module), *facts])}'


def _facts(module: dict[str, Any]) -> list[str]:
    """How long it takes, before one begins, and the numbers of what it needs."""
    time = "lesson to come" if module["draft"] else f'{module["minutes"]} min'
    return [
        *([time] if module["draft"] or module["state"] == "open" else []),
        *([f'needs {", ".join(map(str, module["needs"]))}'] if module["needs"] else []),
    ]


def _highlights(data: dict[str, Any]) -> str:
    """While a box is looked at, what it needs stands out."""
    rules = [
        f'.pk-map:has(.pk-m{module["number"]}:is(:hover,:focus-within)) :is('
        f'{",".join(f".pk-m{n}" for n in module["needs"])})'
        for part in data["parts"] for module in part["modules"] if module["needs"]
    ]
    return f"<style>{','.join(rules)}{{border-color:var(--pk-ink) !important}}</style>"


def map_text(data: dict[str, Any]) -> str:
    """The map for front ends without HTML: a numbered list."""
    lines = [*([data["title"]] if data["title"] else []),
             " · ".join([data["summary"], *data["facts"]]), *text_tail(data)]
    for part in data["parts"]:
        lines += ["", f'{part["title"]} ({part["word"]})', *map(_text_line, part["modules"])]
    return "\n".join(lines)


def _text_line(module: dict[str, Any]) -> str:
    star = " ★" if module["essential"] else ""
    title = f'{module["name"]}: {module["rest"]}' if module["rest"] else module["name"]
    facts = "; ".join([module["word"], *_facts(module)])
    return f'{module["number"]:3}. {SIGNS[module["state"]]} {title}{star} ({facts})'
