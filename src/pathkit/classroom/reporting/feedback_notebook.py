"""The feedback as a notebook: their answers as cells to go on from, everything else as text.

Front ends render Markdown, HTML and formulas in a text cell. So what a student wrote stands in
code spans and code blocks only, whose ticks outnumber any in it: there nothing is rendered.
"""

from __future__ import annotations

import re
from typing import Any

from pathkit.classroom.reporting.page import cut, shown
from pathkit.notebook_files import notebook_file

METADATA = {
    "kernelspec": notebook_file.KERNELSPEC,
    "language_info": notebook_file.LANGUAGE_INFO,
}


def text(feedback: Any) -> str:
    """A `feedback.Feedback` as the text of an .ipynb file."""
    cells = [_markdown("head", _head(feedback))]
    for module in feedback.modules:
        about = [f"## {module.title}", span(module.handed_in)]
        about += [block(module.whole)] if module.whole else []
        cells.append(_markdown(module.anchor, "\n\n".join(about)))
        for exercise in module.exercises:
            anchor = exercise.anchor.replace("_", "-").replace(".", "-")
            cells.append(_markdown(f"{anchor}-asked", _asked(exercise)))
            if exercise.code:
                cells.append(_code(f"{anchor}-answer", exercise.code))
            cells.append(_markdown(f"{anchor}-told", _told(exercise)))
    return notebook_file.to_json(
        {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    )


def _head(feedback: Any) -> str:
    lines = [
        f"# {shown(feedback.title)}", span(feedback.name),
        f"**{feedback.total} of {feedback.most} points**", *map(span, feedback.notes),
    ]
    return "\n\n".join(lines)


def _asked(exercise: Any) -> str:
    told = exercise.told
    status = f"{told.sign} **{told.word}** · {exercise.points}"
    return f"### {exercise.title}\n\n{status}\n\n{exercise.prompt}"


def _told(exercise: Any) -> str:
    told = exercise.told
    parts = [f"**{sentence}**" for sentence in exercise.first]
    parts += [told.message, block(told.said) if told.said else ""]
    if told.rows:
        width = max(len(label) for label, _ in told.rows)
        # A line break within a value goes on below its beginning.
        lines = (
            f"{label:<{width}}  {text}".replace("\n", "\n" + " " * (width + 2))
            for label, text in told.rows
        )
        parts.append(block("\n".join(lines)))
    parts += [block(note) for note in told.notes]
    parts += [told.cases, *map(span, exercise.remarks)]
    if exercise.hint:
        parts.append(f"**A hint.** {exercise.hint}")
    if exercise.more:
        parts.append(
            f"<details><summary>Unfold the next hint</summary>\n\n{exercise.more}\n\n</details>"
        )
    return "\n\n".join(filter(None, parts))


def span(text: str) -> str:
    """Any text as one code span."""
    line = " ".join(shown(text).split()) or "-"
    ticks = "`" * (_longest(line) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{ticks}{pad}{line}{pad}{ticks}"


def block(text: str) -> str:
    """Any text as one fenced block."""
    lines = shown(cut(text))
    fence = "`" * max(3, _longest(lines) + 1)
    return f"{fence}text\n{lines}\n{fence}"


def _longest(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _markdown(id: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": id[:64], "metadata": {}, "source": source}


def _code(id: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "id": id[:64], "metadata": {}, "execution_count": None, "outputs": [],
        "source": shown(cut(source)).rstrip(),
    }
