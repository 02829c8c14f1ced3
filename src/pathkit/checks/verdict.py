"""What a learner is told about an answer, as text and as HTML."""

from __future__ import annotations

import dataclasses
import html
import textwrap
from typing import Any, Literal

Status = Literal[
    "passed",
    "not attempted",
    "raised",
    "wrong type",
    "other parameters",
    "wrong shape",
    "wrong dtype",
    "not finite",
    "changed its input",
    "too slow",
    "misconception",
    "wrong value",
    "not usable",
    "not checked",
]

# A sign and a word stand beside every colour, so that none has to be told apart.
SIGNS = {"passed": "✓", "not attempted": "○", "not checked": "?"}
WORDS = {"misconception": "not yet", "wrong value": "not yet"}
COLOURS = {"passed": "#00734f", "not attempted": "#6b6b6b", "not checked": "#6b6b6b"}
OTHER_COLOUR = "#b3450c"
# JupyterLab paints every second row of a table and gives <pre> a ground: neither fits here.
CELL = "text-align:left;padding:.1em 0;vertical-align:baseline"
BARE = "margin:0;padding:0;background:none"
WIDTH = 80


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The judgement of one answer.

    exercise: its id, such as `bigram.count_pairs`.
    message: what is wrong and why, one or two sentences; for a pass, what now holds.
    shown: (label, text) pairs: what was called, what came back, what was expected.
    notes: further lines, such as a leftover `...`.
    misconception: the name of the one that was recognised, else "".
    cause: the one thing that is off, in a few words, where no misconception was recognised but the
    results are those of a right answer with that thing changed; else "".
    """

    exercise: str
    status: Status
    message: str
    shown: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    misconception: str = ""
    cause: str = ""

    @property
    def known(self) -> str:
        """The misconception's name, or else the cause; "" where neither was recognised."""
        return self.misconception or self.cause

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.status == "passed"

    @property
    def heading(self) -> str:
        """Sign, name and status on one line."""
        word = WORDS.get(self.status, self.status)
        name = self.exercise.rpartition(".")[2]
        return f"{SIGNS.get(self.status, '✗')} {name}: {word}"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return dataclasses.asdict(self)

    def __str__(self) -> str:
        lines = [visible(self.heading), *_wrapped(self.message)]
        width = max((len(label) for label, _ in self.shown), default=0)
        for label, text in self.shown:
            lines += _beside(f"    {label:<{width}}  ", text)
        for note in self.notes:
            lines += _wrapped(note)
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        colour = COLOURS.get(self.status, OTHER_COLOUR)
        parts = [f"<strong>{_escaped(self.heading)}</strong>"]
        if self.message:
            parts.append(f"<div>{_with_code(self.message)}</div>")
        if self.shown:
            rows = "".join(
                f'<tr style="background:none"><th scope="row" style="{CELL};padding-right:1em">'
                f"{_escaped(label)}</th>"
                f'<td style="{CELL}"><pre style="{BARE};white-space:pre-wrap">'
                f"{_escaped(text)}</pre></td></tr>"
                for label, text in self.shown
            )
            parts.append(f'<table style="margin:.3em 0;border-collapse:collapse">{rows}</table>')
        parts += [f"<div>{_with_code(note)}</div>" for note in self.notes]
        return (
            f'<div role="status" style="border-left:4px solid {colour};padding:.3em .8em">'
            + "".join(parts)
            + "</div>"
        )


def visible(text: str) -> str:
    """`text` with what would hide, move or recolour other text written as an escape."""
    return "".join(
        c if c.isprintable() or c in "\n\u200d" else "    " if c == "\t" else repr(c)[1:-1]
        for c in text
    )


def _beside(label: str, text: str) -> list[str]:
    """The lines of `text` with `label` before the first; long ones go on below."""
    lines = [
        part
        for line in visible(text).split("\n")
        for part in textwrap.wrap(line, WIDTH - len(label), replace_whitespace=False) or [""]
    ]
    return [(" " * len(label) if i else label) + line for i, line in enumerate(lines)]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        visible(text), WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )


def _escaped(text: str) -> str:
    return html.escape(visible(text))


def _with_code(text: str) -> str:
    """Escape `text`; what stands between backticks becomes code."""
    parts = _escaped(text).split("`")
    if len(parts) % 2 == 0:
        return "`".join(parts)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))
