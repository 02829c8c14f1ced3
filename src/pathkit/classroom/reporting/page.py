"""Pages that show what students wrote: their text is never anything but text.

Markup is made in three places, all here: `code` from tokens, `prose` from the path's own Markdown,
and the templates, which escape whatever they are given. A page holds no script and may load
nothing; its own policy says so to the browser as well.
"""

from __future__ import annotations

import contextlib
import functools
import html
import re
from pathlib import Path
from typing import Any

from pathkit.checks.verdict import visible
from pathkit.files import write_atomically
from pathkit.pages.templates import environment
from pathkit.plain_text import formula

FOLDER = Path(__file__).parent
# Joins two signs into one picture; beside plain letters it only hides.
JOINER = re.compile(r"(?<![^\x00-\x7f])\u200d|\u200d(?![^\x00-\x7f])")
MATH = re.compile(r"\$([^$\n]+)\$")
MOST_CODE = 12_000


def shown(text: str) -> str:
    """`text` with what would hide, move or recolour other text written as an escape."""
    return JOINER.sub(r"\\u200d", visible(text))


def keep(path: Path, text: str) -> None:
    """Write a file unless it is there and the same: two hundred that nothing changed cost little.

    Raises OSError when it can't be written.
    """
    with contextlib.suppress(OSError):
        if path.read_bytes() == text.encode():
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, text, lasting=False)


def cut(text: str, most: int = MOST_CODE) -> str:
    """At most so many characters, and a line that says so."""
    return text if len(text) <= most else f"{text[:most]}\n# … {len(text) - most} more characters"


@functools.cache
def template(name: str) -> Any:
    """A template of this folder; `text`, `code` and `prose` are its filters."""
    found = environment(FOLDER)
    found.filters |= {"text": shown, "code": code, "prose": prose, "ours": ours, "ident": id}
    return found.get_template(name)


def code(source: str, most: int = MOST_CODE) -> Any:
    """Python as HTML: tokens in `span`s of one letter's class, everything escaped.

    most: characters; what is longer is cut.
    """
    from markupsafe import Markup

    source = shown(cut(source, most)).rstrip()
    lexer = _lexer()
    if lexer is None:
        return Markup(html.escape(source))
    return Markup("".join(
        f'<span class="{kind}">{html.escape(part)}</span>' if kind else html.escape(part)
        for kind, part in _merged(lexer.get_tokens(source))
    ).rstrip("\n"))


@functools.cache
def _lexer() -> Any:
    try:
        from pygments.lexers.python import PythonLexer
    except ImportError:
        return None
    return PythonLexer(stripnl=False)


def _merged(tokens: Any) -> list[tuple[str, str]]:
    """Neighbours of one kind as one: fewer elements."""
    found: list[tuple[str, str]] = []
    for token, text in tokens:
        kind = _kind(token)
        if found and found[-1][0] == kind:
            found[-1] = kind, found[-1][1] + text
        else:
            found.append((kind, text))
    return found


@functools.cache
def _kind(token: Any) -> str:
    from pygments.token import Comment, Keyword, Name, Number, Operator, String

    kinds = ((Comment, "c"), (String, "s"), (Number, "m"), (Keyword, "k"), (Operator.Word, "k"),
             (Name.Function, "f"), (Name.Class, "f"))
    return next((kind for family, kind in kinds if token in family), "")


@functools.lru_cache(4096)
def prose(text: str) -> Any:
    """The path's own Markdown as HTML; formulas as people type them, in code spans."""
    from markupsafe import Markup

    return Markup(_markdown().render(MATH.sub(_formula, text)).strip())


def _formula(found: re.Match) -> str:
    return found[0] if "`" in found[1] else f"`{formula(found[1])}`"


@functools.cache
def _markdown() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"])


def ours(text: str) -> Any:
    """A sentence as HTML: what stands between backticks becomes code, all of it escaped."""
    from markupsafe import Markup

    parts = html.escape(shown(text)).split("`")
    if len(parts) % 2 == 0:
        return Markup("`".join(parts))
    return Markup("".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts)))
