"""The learner's answers in a notebook, whatever became of the cells they were written in."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from pathkit.notebook_files import idle_cells
from pathkit.notebook_files.cell_identity import MARKS, Cell, plain
from pathkit.notebook_files.notebook_file import ours, text_of

MAGICS_ON_TOP = re.compile(r"\A(?:[^\S\n]*%%[^\n]*(?:\n\s*|\Z))+")

# The path's own, too, but nothing that is exchanged in a cell that somebody wrote in.
PATHS_IMPORT = re.compile(r"\A\s*import pathkit as path *$", re.MULTILINE)
How = Literal["metadata", "comment", "name", "position"]


@dataclasses.dataclass(frozen=True)
class Parts:
    """An exercise's cell: the path's first and last lines, and the answer between them."""

    comment: str
    answer: str
    check: str


@dataclasses.dataclass(frozen=True)
class Answer:
    """What was found for an exercise.

    source: the whole text of its cell, or of its cells where it was split. cell_index: the
    (last) cell's place in the notebook, from 0. guess: a sentence where it is not certain that
    this is the answer; else empty.
    """

    source: str
    how_found: How
    cell_index: int
    guess: str = ""


def parts(source: str, name: str) -> Parts:
    """Take an exercise's cell apart; what isn't there is empty, and so are magics on top."""
    source = plain(MAGICS_ON_TOP.sub("", plain(source)))
    comment, _, rest = source.partition("\n")
    if not MARKS["exercise"].fullmatch(comment):
        comment, rest = "", source
    rest = PATHS_IMPORT.sub("", rest)
    check = ""
    if found := list(_check_of(name).finditer(rest)):
        rest, check = rest[: found[-1].start()], rest[found[-1].start() :]
    return Parts(comment, plain(rest), plain(check))


def _check_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(name)} *= *path\.check\(", re.MULTILINE)


# --- answers ----------------------------------------------------------------------------------


def find_answers(
    notebook: dict,
    module: str,
    exercise_names: Sequence[str],
    stubs: Mapping[str, str] | None = None,
) -> dict[str, Answer]:
    """The answer to each of these exercises, by name; those without a cell are left out.

    An exercise's cell is known by its metadata, else by its comment `# exercise: MODULE.NAME`,
    else by the name that it defines, else by its place between the others. Where several cells
    are one exercise's, the last that isn't empty counts; one that isn't code counts where no code
    does. stubs: the path's text of each, which
    says best what is empty.
    """
    search = _Search(notebook["cells"], module, exercise_names, stubs or {})
    found = {name: answer for name in exercise_names if (answer := search.certain(name))}
    for name in exercise_names:
        if name not in found or search.is_empty(name, found[name].source):
            if answer := search.by_name(name) or search.idle(name, name in found):
                found[name] = answer
    found |= search.by_position({n: a.cell_index for n, a in found.items()})
    return {name: found[name] for name in exercise_names if name in found}


class _Search:
    """The code cells of a notebook, and which of them answer what."""

    def __init__(
        self,
        cells: Sequence[Cell],
        module: str,
        names: Sequence[str],
        stubs: Mapping[str, str],
    ):
        self.module = module
        self.names = names
        self.stubs = stubs
        self.code = {
            i: plain(text_of(c)) for i, c in enumerate(cells)
            # The path's new text of a changed cell is no answer, not even turned into code.
            if c["cell_type"] == "code" and ours(c).get("role") != "update"
        }
        self.noted = {i: ours(cell) for i, cell in enumerate(cells)}
        self.text = {
            i: c for i, c in enumerate(cells)
            if c["cell_type"] != "code" and ours(c).get("role", "exercise") == "exercise"
        }

    def is_empty(self, name: str, source: str) -> bool:
        """Whether nothing was written: the stub as it was, or nothing but dots."""
        answer = parts(source, name).answer
        if not answer:
            return True
        if name in self.stubs:
            stub = parts(self.stubs[name], name).answer
            if answer.split() == stub.split():
                return True
        return _is_dots(answer)

    def certain(self, name: str) -> Answer | None:
        """The cell that says itself which exercise it answers."""
        exercise = f"{self.module}.{name}"
        by_comment = [i for i, source in self.code.items() if exercise in _comments(source)]
        by_metadata = [
            i for i, source in self.code.items()
            # Text pasted over a cell's own says what it is; the metadata no longer do.
            if self._is_noted(i, exercise) and (i in by_comment or not _comments(source))
        ]
        if (run := self._split(name, by_metadata)) is not None:
            source = "\n\n".join(self.code[i] for i in run)
            guess = f"{name}: put together from cells {_numbers(run)}, into which it was split"
            return Answer(source, "metadata", run[-1], guess)
        candidates = sorted({*by_metadata, *by_comment})
        filled = [i for i in candidates if not self.is_empty(name, self.code[i])]
        if not candidates:
            return None
        chosen = (filled or candidates)[-1]
        how: How = "metadata" if chosen in by_metadata else "comment"
        guess = ""
        if len(filled) > 1:
            guess = f"{name}: cells {_numbers(filled)} answer it; the last of them counts"
        return Answer(self.code[chosen], how, chosen, guess)

    def _is_noted(self, i: int, exercise: str) -> bool:
        found = self.noted[i]
        return found.get("role") == "exercise" and found.get("exercise") == exercise

    def idle(self, name: str, has_cell: bool) -> Answer | None:
        """The last cell of text that answers it; an empty one only where there is no other cell."""
        exercise = f"{self.module}.{name}"
        empty = None
        for i, cell in reversed(self.text.items()):
            source = idle_cells.code_in(cell, f"exercise: {exercise}")
            comments = _comments(source)
            how: How
            if exercise in comments and (idle_cells.is_code(source) or self._is_noted(i, exercise)):
                how = "comment"
            elif self._is_noted(i, exercise) and not comments:
                how = "metadata"
            elif not comments and _defines(source, name) and idle_cells.is_code(text_of(cell)):
                how = "name"
            else:
                continue
            answer = Answer(source, how, i, idle_cells.said(name, i + 1, cell["cell_type"]))
            if not self.is_empty(name, source):
                return answer
            empty = empty or answer
        return None if has_cell else empty

    def _split(self, name: str, candidates: Sequence[int]) -> list[int] | None:
        """Cells that follow one another and are one exercise only together."""
        order = list(self.code)
        if len(candidates) < 2:
            return None
        places = [order.index(i) for i in candidates]
        if places != list(range(places[0], places[-1] + 1)):
            return None
        taken_apart = [parts(self.code[i], name) for i in candidates]
        first, *middle, last = taken_apart
        whole = first.comment and last.check and not last.comment and not first.check
        if whole and not any(p.comment or p.check for p in middle):
            return list(candidates)
        return None

    def by_name(self, name: str) -> Answer | None:
        """The last filled cell that defines the name and isn't one of the path's own."""
        for i in reversed(self.code):
            role = self.noted[i].get("role", "exercise")
            if role == "exercise" and not self._is_others(name, i):
                if _defines(self.code[i], name) and not self.is_empty(name, self.code[i]):
                    guess = f"{name}: taken from cell {i + 1}, which defines that name"
                    return Answer(self.code[i], "name", i, guess)
        return None

    def _is_others(self, name: str, i: int) -> bool:
        comments = _comments(self.code[i])
        return bool(comments) and f"{self.module}.{name}" not in comments

    def by_position(self, found: Mapping[str, int]) -> dict[str, Answer]:
        """Exercises that are left, in as many cells with a check as are left between the others."""
        answers: dict[str, Answer] = {}
        for stretch, first, last in self._stretches(found):
            cells = [
                i for i, source in self.code.items()
                if first < i < last and "path.check(" in source and not _comments(source)
                and i not in found.values()
            ]
            if len(cells) == len(stretch):
                for name, i in zip(stretch, cells, strict=True):
                    guess = f"{name}: taken from cell {i + 1}, by its place between the others"
                    answers[name] = Answer(self.code[i], "position", i, guess)
        return answers

    def _stretches(self, found: Mapping[str, int]):
        """Runs of names that were not found, with the cells that bound them."""
        last, run = -1, []
        for name in self.names:
            if name in found:
                if run:
                    yield run, last, found[name]
                last, run = found[name], []
            else:
                run.append(name)
        if run:
            yield run, last, len(self.code) + max(self.code, default=0)


def _comments(source: str) -> list[str]:
    return MARKS["exercise"].findall(source)


def _numbers(indices: Sequence[int]) -> str:
    """Cells as a person counts them."""
    *first, last = [str(i + 1) for i in indices]
    return f"{', '.join(first)} and {last}" if first else last


def _defines(source: str, name: str) -> bool:
    start = rf"(?:async +)?def +{re.escape(name)}\b|class +{re.escape(name)}\b"
    return re.search(rf"^(?:{start}|{re.escape(name)} *=(?!=) *(?!path\.check\())", source,
                     re.MULTILINE) is not None


def _is_dots(answer: str) -> bool:
    """Whether code only announces what is to be written: signatures, docstrings, `...`."""
    try:
        body = ast.parse(answer).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False  # broken, but somebody wrote it
    return all(map(_says_nothing, body))


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return all(map(_says_nothing, node.body))
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return isinstance(node.value, ast.Constant) and node.value.value is Ellipsis
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Pass)
