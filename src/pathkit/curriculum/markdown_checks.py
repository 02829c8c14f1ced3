"""What Markdown in the file may hold: no raw HTML, and no backtick without its partner."""

import re

from pathkit.curriculum.value_words import shown

_HTML = re.compile(r"<(?:[A-Za-z]|/[A-Za-z]|!|\?)[^\s>]*>?")
_BACKTICKS = re.compile(r"`+")


def refuse_html(text: str) -> None:
    # Line by line, because that's where an unpaired backtick is found: if none is left over in
    # any line, code spans cross no line, and what is read here is what Markdown reads.
    """Raise ValueError where text holds HTML outside of code spans, or a span is left open."""
    for part in text.split("\n"):
        found = _HTML.search(_without_code(part))
        if found:
            raise ValueError(
                f"raw HTML: {shown(found.group())}; put it in backticks, "
                "or a space after a '<' that means \"below\""
            )


def _without_code(text: str) -> str:
    """Blank the code spans of a line of Markdown; raises ValueError where one is left open."""
    runs = [
        (run.start() + escaped, run.end())
        for run in _BACKTICKS.finditer(text)
        # A backslash takes one backtick away from a run that would open a span.
        for escaped in [_is_escaped(text, run.start())]
    ]
    kept, position, number = [], 0, 0
    while number < len(runs):
        start, end = runs[number]
        if start == end:
            number += 1
            continue
        closing = next(
            (
                later
                for later in range(number + 1, len(runs))
                if _run_length(text, runs[later]) == end - start
            ),
            None,
        )
        if closing is None:
            raise ValueError(f"a backtick without its partner, before {shown(text[end:][:20])}")
        kept.append(text[position:start])
        position = runs[closing][1]
        number = closing + 1
    kept.append(text[position:])
    return "`".join(kept)


def _is_escaped(text: str, position: int) -> int:
    start = position
    while start and text[start - 1] == "\\":
        start -= 1
    return (position - start) % 2


def _run_length(text: str, run: tuple[int, int]) -> int:
    # Inside a code span a backslash is a plain character, so a run that closes counts in full.
    start, end = run
    while start and text[start - 1] == "`":
        start -= 1
    return end - start
