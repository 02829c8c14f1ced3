"""What in a notebook gives answers away. Pure: notebook data in, leaks out.

A learner notebook is searched through and through: cells, outputs, attachments, metadata, keys and
values, whatever they are wrapped in. The path's own words are read less strictly than anything
else: a lesson may show a line that an answer has, too, and hints lead up to one.

First rule: in what the path generates around a lesson, and wherever nothing of the kind belongs
(outputs, attachments, metadata, cells that aren't the path's), one line of a reference is a leak.

Second rule: in a lesson's own cells two lines that follow one another in a reference are one, in
one cell or in two, and so is an answer that is one line long.

Third rule: in hints and cards three quarters of a reference are one. The same holds for the code
of misconceptions wherever it stands; what is said to them must stand nowhere.

Fourth rule: modules share idioms. In the cells of one module three quarters of another's reference
are a leak, and two lines at least.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pathkit.classroom.assigning.disguises import readings
from pathkit.classroom.assigning.giveaways import Secret, bare
from pathkit.notebook_files.notebook_file import ours, text_of

LESSON, LEADING_UP = "text", ("hints", "cards")
MOST_OF_IT = 0.75
# Written out in full, so that one slip of the keyboard is still near.
MARKERS = (
    "BEGINSOLUTION", "ENDSOLUTION", "STARTSOLUTION", "STOPSOLUTION", "BEGINHIDDENTESTS",
    "ENDHIDDENTESTS", "BEGINMARKSCHEME", "ENDMARKSCHEME", "SOLUTIONNOPROMPT", "TOREMOVESOLUTION",
    "TOREMOVEEXPLANATION", "BEGINANSWER", "ENDANSWER",
)
NEAR = 0.85
LONE = "SOLUTION"
COMMENT = re.compile(r"#+([^#]*)|<!--(.*?)-->|//([^/]*)$")
LETTERS = re.compile(r"[^A-Z]")
SHOWN = 60


@dataclasses.dataclass(frozen=True)
class Leak:
    """Something that must not be released.

    file: its name; cell: counted from 1, 0 for what belongs to no cell; line: in the cell's text,
    or in the part of the cell that `part` names; what: what is given away.
    """

    file: str
    cell: int
    part: str
    line: int
    what: str

    def __str__(self) -> str:
        """`02-bigram.ipynb: cell 7, output 1, line 3: a line of bigram.smoothed's reference`."""
        places = [f"cell {self.cell}"] if self.cell else []
        places += [self.part] if self.part else []
        places += [f"line {self.line}"] if self.line else []
        return f"{self.file}: {', '.join(places)}: {self.what}"


@dataclasses.dataclass(frozen=True)
class _Text:
    """A text of a notebook and how strictly it is read: by its role, in a cell of our own.

    module: whose cell it is.
    """

    text: str
    cell: int
    part: str = ""
    role: str = ""
    module: str = ""


def leaks(notebook: Mapping[str, Any], secrets: Sequence[Secret], file: str) -> list[Leak]:
    """All that gives something away in a notebook that is about to be released, in its order."""
    found = list(_state(notebook, file))
    texts = list(_texts(notebook))
    found += _given_away(texts, secrets, file)
    for one in texts:
        found += _markers(one, file)
    # A line that two exercises share is told once.
    unique = {(leak.cell, leak.part, leak.line, leak.what): leak for leak in found}
    return sorted(unique.values(), key=lambda leak: (leak.cell, leak.part, leak.line, leak.what))


def leaks_in_text(text: str, secrets: Sequence[Secret], file: str) -> list[Leak]:
    """All that gives something away in a file that is no notebook."""
    one = _Text(text, 0)
    return [*_given_away([one], secrets, file), *_markers(one, file)]


# --- what a notebook that nobody has run can't have ---------------------------------------------


def _state(notebook: Mapping[str, Any], file: str) -> Iterator[Leak]:
    if ours(notebook).get("variant", "learner") != "learner":
        yield Leak(file, 0, "metadata", 0, "it says that it is not a learner's notebook")
    for number, cell in enumerate(notebook["cells"], 1):
        outputs = cell.get("outputs") or ()
        if outputs:
            yield Leak(file, number, "outputs", 0, f"{len(outputs)} of them; a release has none")
        if cell.get("execution_count") is not None:
            yield Leak(file, number, "", 0, f"it was executed ({cell['execution_count']})")
        if ours(cell).get("role") in ("predict", "skip") and "..." not in text_of(cell):
            yield Leak(file, number, "", 1, "the prediction is filled in")


# --- every text there is ------------------------------------------------------------------------


def _texts(notebook: Mapping[str, Any]) -> Iterator[_Text]:
    module = str(ours(notebook).get("module", ""))
    for key, value in notebook.items():
        if key != "cells":
            yield from _inside(value, 0, str(key))
    for number, cell in enumerate(notebook["cells"], 1):
        role = ours(cell).get("role", "")
        yield _Text(text_of(cell), number, role=str(role), module=module if role else "")
        for key, value in cell.items():
            if key == "outputs" and isinstance(value, list):
                for i, output in enumerate(value, 1):
                    yield from _inside(output, number, f"output {i}")
            elif key not in ("source", "cell_type"):
                yield from _inside(value, number, str(key))


def _inside(value: Any, cell: int, part: str) -> Iterator[_Text]:
    """The strings in plain data; a list of strings is one text, as notebooks write them."""
    if isinstance(value, str):
        yield _Text(value, cell, part)
    elif isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        whole = "".join(value)
        yield _Text(whole if "\n" in whole else "\n".join(value), cell, part)
    elif isinstance(value, list):
        for item in value:
            yield from _inside(item, cell, part)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield _Text(str(key), cell, part)
            yield from _inside(item, cell, part)


# --- answers ------------------------------------------------------------------------------------


def _given_away(texts: Sequence[_Text], secrets: Sequence[Secret], file: str) -> list[Leak]:
    lines = {line for secret in secrets for line in (*secret.lines, *map(bare, secret.words))}
    seen = [_present(one, lines) for one in texts]
    in_lesson = set().union(*(s for s, t in zip(seen, texts, strict=True) if t.role == LESSON))
    found = []
    for one, present in zip(texts, seen, strict=True):
        if not present:
            continue
        for secret in secrets:
            told = [line for line in secret.lines if line in present]
            if told and _is_leak(secret, told, one, in_lesson):
                what = f"code of {secret.exercise}: {secret.what}"
                found.append(_leak(one, file, told[0], what))
            for words in secret.words:
                if bare(words) in present:
                    what = f"what is said of {secret.exercise}: {secret.what}"
                    found.append(_leak(one, file, bare(words), what))
    return found


def _present(one: _Text, lines: set[str]) -> set[str]:
    present: set[str] = set()
    for reading in readings(one.text):
        text = bare(reading)
        present |= {line for line in lines if line in text}
    return present


def _is_leak(secret: Secret, told: Sequence[str], one: _Text, in_lesson: set[str]) -> bool:
    most = len(told) >= MOST_OF_IT * len(secret.lines)
    if one.module and not secret.exercise.startswith(f"{one.module}."):
        return most and len(told) > 1
    if secret.words or one.role in LEADING_UP:
        return most
    if one.role == LESSON:
        return most or _follow(secret.lines, in_lesson)
    return True


def _follow(lines: Sequence[str], present: set[str]) -> bool:
    return any(a in present and b in present for a, b in zip(lines, lines[1:], strict=False))


def _leak(one: _Text, file: str, line: str, what: str) -> Leak:
    number, shown = _where(one.text, line)
    return Leak(file, one.cell, one.part, number, f"{what}: {shown}" if shown else what)


def _where(text: str, wanted: str) -> tuple[int, str]:
    """The line that a secret begins in, and how it looks there; 1 where it is wrapped up."""
    for reading in readings(text):
        lines = reading.splitlines()
        for number, line in enumerate(lines, 1):
            if wanted in bare(line):
                return number, _short(line)
        for number in range(len(lines), 0, -1):  # over several lines: from where on it is whole
            if wanted in bare("\n".join(lines[number - 1 :])):
                return number, _short(lines[number - 1])
    return 1, ""


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"


# --- markers ------------------------------------------------------------------------------------


def _markers(one: _Text, file: str) -> Iterator[Leak]:
    for reading in readings(one.text):
        for number, line in enumerate(reading.splitlines(), 1):
            if found := _marker(line):
                yield Leak(
                    file, one.cell, one.part, number, f"a marker of solutions: {_short(found)}"
                )


def _marker(line: str) -> str:
    """The comment in a line that is a marker or misses one by a slip; "" when there is none."""
    for match in COMMENT.finditer(line):
        said = next(filter(None, match.groups()), "")
        letters = LETTERS.sub("", said.upper())
        if _is_marker(letters):
            return match[0].strip()
    return ""


def _is_marker(letters: str) -> bool:
    # The first letter is hardly ever the slip, and sets resolution apart.
    if letters[:1] in set("BEST") and difflib.get_close_matches(letters, MARKERS, 1, NEAR):
        return True
    # A word of its own: `# solution`, `# SOLUTON`, but not evolution.
    return letters[:3] == LONE[:3] and len(letters) <= len(LONE) + 2 and bool(
        difflib.get_close_matches(letters, [LONE], 1, NEAR)
    )
