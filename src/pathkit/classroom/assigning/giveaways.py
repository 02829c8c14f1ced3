"""What a release must not tell: the answers of a module's exercises and its misconceptions."""

from __future__ import annotations

import ast
import dataclasses
import io
import textwrap
import tokenize
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from pathkit.building.exercise_files import ExerciseText, read
from pathkit.building.python_source import parsed, source_of
from pathkit.path_modules import python_files

# A line with fewer signs, spaces apart, such as `return total`, says nothing by itself.
SHORTEST = 13


@dataclasses.dataclass(frozen=True)
class Secret:
    """Something that gives an exercise away.

    exercise: its id; what: `the reference`, or `the misconception NAME`; lines: its own lines of
    code, in order; words: sentences that stand nowhere else.
    """

    exercise: str
    what: str
    lines: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def secrets_of(folder: Path, module: str) -> list[Secret]:
    """The secrets of a module's exercises, read without running them; [] where there are none.

    What any stub of the module gives is no secret. Raises ContentError for a file that can't be
    read.
    """
    exercises = read(folder).exercises
    given = "\n".join(without_comments(e.stub) for e in exercises.values())
    found = [
        Secret(f"{module}.{e.name}", "the reference", _telling(e.answer, given))
        for e in exercises.values()
    ]
    for file in python_files(folder):
        found += _misconceptions(file, module, exercises, given)
    return found


def _misconceptions(
    file: Path, module: str, exercises: Mapping[str, ExerciseText], given: str
) -> Iterator[Secret]:
    text = source_of(file)
    for node in parsed(file, text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and (known := _misconception(node)):
            name, message = known
            if name in exercises:
                source = "\n".join(text.splitlines()[node.lineno - 1 : node.end_lineno])
                lines = own_lines(source, f"{given}\n{without_comments(exercises[name].answer)}")
                what, words = f"the misconception {node.name}", (message,) if message else ()
                yield Secret(f"{module}.{name}", what, lines, words)


def _misconception(node: ast.FunctionDef | ast.ClassDef) -> tuple[str, str] | None:
    """The exercise that a wrong answer belongs to, and what is said of it."""
    for call in node.decorator_list:
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in ("misconception", "spelling")
            and isinstance(call.func.value, ast.Name)
            and call.args
        ):
            message = call.args[0]
            said = message.value if isinstance(message, ast.Constant) else ""
            return call.func.value.id, str(said)
    return None


def _telling(answer: str, given: str) -> tuple[str, ...]:
    """What of an answer tells it: its own lines, or else the order of lines that are given."""
    if lines := own_lines(answer, given):
        return lines
    all_lines = [bare(line) for line in without_comments(answer).splitlines() if line.strip()]
    pairs = [a + b for a, b in zip(all_lines, all_lines[1:], strict=False)]
    return tuple(p for p in pairs if len(p) >= SHORTEST and p not in bare(given))


def own_lines(source: str, given: str) -> tuple[str, ...]:
    """The telling lines of code of `source`, without comments, that `given` lacks."""
    known = {bare(line) for line in given.splitlines()}
    lines = [bare(line) for line in without_comments(textwrap.dedent(source)).splitlines()]
    return tuple(line for line in lines if len(line) >= SHORTEST and line not in known)


def without_comments(source: str) -> str:
    """Code without its comments, line for line; as it is where it isn't Python."""
    lines = source.splitlines()
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return source
    for token in tokens:
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    return "\n".join(lines)


def bare(text: str) -> str:
    """Text as it is compared: without white space and backslashes, one kind of quotes."""
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_ALIKE)


_ALIKE = str.maketrans({
    "\\": None, "\u200b": None, "\u2060": None, "\ufeff": None, "\u00ad": None,
    '"': "'", "`": "'", "\u2018": "'", "\u2019": "'", "\u201c": "'", "\u201d": "'",
})
