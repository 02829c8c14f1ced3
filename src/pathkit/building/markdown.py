"""Markdown that every front end renders alike: folds, table cells, links, code."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from pathkit.plain_text import SPAN

NO_BREAK = "\u00a0"


def fold(summary: str, body: str) -> str:
    """A line that unfolds. The blank lines let Markdown and math inside be rendered."""
    return (
        f"<details><summary>{summary_html(summary)}</summary>\n\n{body.strip()}\n\n</details>"
    )


def summary_html(text: str) -> str:
    """Inline code is all that a summary line may hold: Markdown isn't rendered there.

    Formulas are. JupyterLab takes them out before it reads HTML, others don't, so they go
    without the characters that HTML escapes.
    """
    return _by_span(one_line(text), _html_escaped, _code_html, _tex_without_angles)


def _html_escaped(text: str) -> str:
    """Text as HTML; quotation marks may stay as they are outside of attributes."""
    return html.escape(text, quote=False)


def _code_html(span: str) -> str:
    # A dollar sign would be taken for the beginning of a formula: only `…` protects from that.
    code = _html_escaped(span.strip("`").strip()).replace("$", "&#36;")
    return f"<code>{code}</code>"


def _tex_without_angles(span: str) -> str:
    return span.replace("<", "\\lt ").replace(">", "\\gt ")


def _by_span(
    text: str,
    plain: Callable[[str], str],
    code: Callable[[str], str],
    tex: Callable[[str], str],
) -> str:
    """Treat plain text, code spans and formulas each in its own way."""
    parts, end = [], 0
    for match in SPAN.finditer(text):
        parts.append(plain(text[end : match.start()]))
        parts.append((code if match["ticks"] else tex)(match[0]))
        end = match.end()
    return "".join([*parts, plain(text[end:])])


def cell(text: str) -> str:
    """Text for one table cell."""
    return _by_span(one_line(text), _without_pipes, _without_pipes, _tex_without_pipes)


def _without_pipes(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _tex_without_pipes(span: str) -> str:
    # Whether a renderer reads tables or formulas first differs; a name for the sign suits both.
    return span.replace("\\|", "\\Vert ").replace("|", "\\vert ")


def level(curriculum: Any, name: str) -> str:
    """A level as emoji and word, so that neither colour nor font decides; kept on one line."""
    return f"{curriculum.levels[name]} {name.replace('-', ' ')}".replace(" ", NO_BREAK)


def one_line(text: str) -> str:
    """Text in one line, its words one space apart."""
    return " ".join(text.split())


def link_text(text: str) -> str:
    """Text between the brackets of a link."""
    return text.replace("[", "\\[").replace("]", "\\]")


def code_span(text: str) -> str:
    """A code span, whatever the text holds."""
    if "`" not in text:
        return f"`{text}`"
    return f"`` {text} ``"
