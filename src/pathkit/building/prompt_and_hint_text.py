"""The text around a stub or a question: prompt, hints, prediction, what lets one skip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pathkit.building.markdown import code_span, fold, level, one_line


def exercise(curriculum: Any, found: Any, number: int) -> str:
    """The prompt above a stub."""
    return (
        f"### Exercise {number} · {found.title}\n\n{level(curriculum, found.level)} · "
        f"{found.minutes} minutes\n\n{found.prompt}"
    )

HINT_NAMES = ("a question", "the steps", "the line with a hole")


def hints(found: Any) -> str:
    """Hints under an exercise, each folded, the last one by error message."""
    parts = []
    for i, hint in enumerate(found.hints):
        name = HINT_NAMES[i] if i < len(HINT_NAMES) else "one more"
        parts.append(fold(f"Hint {i + 1}: {name}", hint))
    if found.errors:
        rows = "\n".join(f"- {code_span(error)}: {one_line(what)}" for error, what in found.errors)
        parts.append(fold("I see an error", rows))
    return "\n\n".join(parts)


def prediction(found: Any) -> str:
    """What is asked before a cell is run."""
    text = f"**Predict.** {found.ask}"
    if found.options:
        text += "\n\n" + _options(found.options)
    return text


def skip(found: Sequence[Any]) -> str:
    """Three questions that tell whether the notebook can be skipped."""
    asked = "\n\n".join(
        f"**{i}.** {question.ask}\n\n{_options(question.options)}"
        for i, question in enumerate(found, 1)
    )
    return (
        "## Can you skip this?\n\nAnswer in the next cell with three letters in quotes. All right: "
        f"jump to *Stretch*. Otherwise go on.\n\n{asked}"
    )


def _options(options: Mapping[str, str]) -> str:
    return "\n".join(f"- **{letter})** {one_line(text)}" for letter, text in options.items())
