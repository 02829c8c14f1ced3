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
    "wrong shape",
    "wrong dtype",
    "not finite",
    "changed its input",
    "too slow",
    "misconception",
    "wrong value",
    "not usable",
]

# A sign and a word stand beside every colour, so that none has to be told apart.
SIGNS = {"passed": "✓", "not attempted": "○"}
WORDS = {"misconception": "not yet", "wrong value": "not yet"}
COLOURS = {"passed": "#00734f", "not attempted": "#6b6b6b"}
OTHER_COLOUR = "#b3450c"
WIDTH = 88


@dataclasses.dataclass(frozen=True)
class Verdict:
    """The judgement of one answer.

    exercise: its id, such as `bigram.count_pairs`.
    message: what is wrong and why, one or two sentences; for a pass, what now holds.
    shown: (label, text) pairs: what was called, what came back, what was expected.
    notes: further lines, such as a leftover `...`.
    misconception: the name of the one that was recognised, else "".
    """

    exercise: str
    status: Status
    message: str
    shown: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    misconception: str = ""

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
        lines = [self.heading]
        lines += _wrapped(self.message)
        width = max((len(label) for label, _ in self.shown), default=0)
        lines += [f"    {label:<{width}}  {line}" for label, text in self.shown
                  for label, line in _labelled(label, text)]
        for note in self.notes:
            lines += _wrapped(note)
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        colour = COLOURS.get(self.status, OTHER_COLOUR)
        parts = [f"<strong>{html.escape(self.heading)}</strong>"]
        if self.message:
            parts.append(f"<div>{_with_code(self.message)}</div>")
        if self.shown:
            rows = "".join(
                f'<tr><th scope="row" style="text-align:left;padding:0 1em 0 0;vertical-align:top">'
                f"{html.escape(label)}</th>"
                f'<td style="text-align:left"><pre style="margin:0;white-space:pre-wrap">'
                f"{html.escape(text)}</pre></td></tr>"
                for label, text in self.shown
            )
            parts.append(f'<table style="margin:.3em 0;background:none">{rows}</table>')
        parts += [f"<div>{_with_code(note)}</div>" for note in self.notes]
        return (
            f'<div role="status" style="border-left:4px solid {colour};padding:.3em .8em">'
            + "".join(parts)
            + "</div>"
        )


def _labelled(label: str, text: str) -> list[tuple[str, str]]:
    lines = text.splitlines() or [""]
    return [(label, lines[0]), *(("", line) for line in lines[1:])]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False,
        break_on_hyphens=False,
    )


def _with_code(text: str) -> str:
    """Escape `text`; what stands between backticks becomes code."""
    parts = html.escape(text).split("`")
    if len(parts) % 2 == 0:
        return "`".join(parts)
    return "".join(f"<code>{p}</code>" if i % 2 else p for i, p in enumerate(parts))
