"""Print for people: Markdown as plain text, no wider than is read with ease."""

from __future__ import annotations

import re

WIDEST = 100
INLINE_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def print_markdown(text: str) -> None:
    """Print Markdown as a terminal shows it, 100 columns wide at most.

    Code keeps its backticks: where there is no colour, nothing else would show where it ends.
    Links are written out, since few terminals open them.
    """
    from rich.console import Console
    from rich.markdown import Heading, Markdown
    from rich.theme import Theme

    class Left(Heading):
        def __rich_console__(self, console, options):
            self.text.justify = "left"
            yield self.text

    class Document(Markdown):
        elements = {**Markdown.elements, "heading_open": Left}

    console = Console(highlight=False, theme=Theme({"markdown.code": "cyan"}))
    console.width = min(console.width, WIDEST)
    text = INLINE_CODE.sub(r"`` `\1` ``", text)
    with console.capture() as captured:
        console.print(Document(text, code_theme="ansi_dark", hyperlinks=False))
    lines = captured.get().splitlines()
    print("\n".join(line.rstrip() for line in lines).strip("\n"))
