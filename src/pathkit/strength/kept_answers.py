"""Answers that are kept to hold the checks: right ones in other styles, wrong ones with causes.

A file in percent format, one cell an answer; its header names the exercise, then the style or
the cause:

    # %% softmax: in two steps, with np.max for .max
    def softmax(scores): ...

Below the header of a wrong answer stands what it is told, as `verdict_rank.told` puts it:

    # %% softmax: sums over the rows
    # -> _other_axis
    def softmax(scores): ...
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pathkit.one_line import OneLine

_HEADER = re.compile(r"^# %% (?P<exercise>\w+): (?P<note>\S.*)$")
_TOLD = re.compile(r"^# -> *(?P<told>\S.*)$")


class KeptAnswerError(OneLine):
    """A file of kept answers isn't well formed; the message says where."""


@dataclasses.dataclass(frozen=True)
class KeptAnswer:
    """exercise: the name it is for; note: its style or its cause; source: the cell's text.

    line: of the header, from 1. told: what stands behind `# ->`; "" where nothing does.
    """

    exercise: str
    note: str
    source: str
    line: int
    told: str = ""


def read(file: Path) -> list[KeptAnswer]:
    """The answers in `file`, in their order; none where there is no such file.

    Raises KeptAnswerError for code above the first header, a header without an exercise or a
    note, and an empty cell.
    """
    if not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    starts = [i for i, line in enumerate(lines) if line.startswith("# %%")]
    if _is_code(lines[: starts[0] if starts else len(lines)]):
        raise KeptAnswerError(f"{_place(file, 0)} begin with a header, as in "
                              "`# %% softmax: in two steps`")
    ends = [*starts[1:], len(lines)]
    return [_answer(file, lines, start, end) for start, end in zip(starts, ends, strict=True)]


def _answer(file: Path, lines: Sequence[str], start: int, end: int) -> KeptAnswer:
    header = _HEADER.match(lines[start].rstrip())
    if header is None:
        raise KeptAnswerError(f"{_place(file, start)} name the exercise and what is special: "
                              "`# %% softmax: in two steps`")
    if not _is_code(lines[start + 1 : end]):
        raise KeptAnswerError(f"{_place(file, start)} no answer stands below this header")
    told = _TOLD.match(lines[start + 1].rstrip())
    source = "".join(lines[start + 1 + bool(told) : end]).strip() + "\n"
    return KeptAnswer(
        header["exercise"], header["note"], source, start + 1, told["told"] if told else "")


def with_told(text: str, told: Mapping[int, str]) -> str:
    """The text of a file with what its answers are told; told: by the line of the header."""
    lines = []
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if _TOLD.match(line) and number - 1 in told:
            continue
        lines.append(line)
        if number in told:
            lines.append(f"# -> {told[number]}\n")
    return "".join(lines)


def _is_code(lines: Iterable[str]) -> bool:
    return any(line.strip() and not line.startswith("#") for line in lines)


def _place(file: Path, index: int) -> str:
    return f"{file.parent.name}/{file.name}:{index + 1}:"
