"""Read Python source without running it: stubs, blanks, and what is still the stub."""

from __future__ import annotations

import ast
import dis
import functools
import re
import textwrap
import types
from collections.abc import Iterator

BEGIN = re.compile(r"^\s*#+\s*BEGIN SOLUTION\b")
END = re.compile(r"^\s*#+\s*END SOLUTION\b")
ONE_LINE = re.compile(r"#\s*SOLUTION\s*$")


class MarkerError(ValueError):
    """A solution marker that marks nothing, or without its other end; the message names the line.

    Lines count from the `def` or `class` line.
    """


def definition(source: str) -> ast.FunctionDef | ast.ClassDef:
    """The one function or class that `source` defines.

    Raises ValueError when there is none.
    """
    for node in ast.parse(textwrap.dedent(source)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return node
    raise ValueError("no function or class is defined here")


def with_comments(text: str, node: ast.FunctionDef | ast.ClassDef) -> str:
    """A definition in `text` as it stands there, with the comments that end its body.

    `# END SOLUTION` is often one of them; the syntax tree ends before it.
    """
    lines = text.splitlines()
    end = node.end_lineno
    for number, line in enumerate(lines[end:], end + 1):
        indent = len(line) - len(line.lstrip())
        if line.strip() and (indent <= node.col_offset or line[indent] != "#"):
            break
        end = number if line.strip() else end
    return "\n".join(lines[node.lineno - 1 : end])


def without_decorators(source: str) -> str:
    """The source of a definition from its `def` or `class` line on, without solution markers."""
    node = definition(source)
    lines = with_comments(textwrap.dedent(source), node).splitlines()
    kept = [line for line in lines if not BEGIN.match(line) and not END.match(line)]
    return "\n".join(re.sub(r"\s*#\s*SOLUTION\s*$", "", line) for line in kept)


def stub(source: str) -> str:
    """What a learner starts from: signature, docstring, given lines, and `...` for the blanks.

    Blanks are the regions between `# BEGIN SOLUTION` and `# END SOLUTION` and the right-hand
    sides of lines that end in `# SOLUTION`. Without either, the whole body is the blank.
    Raises MarkerError for unbalanced markers and for `# SOLUTION` on a line that is neither an
    assignment nor a `return`.
    """
    node = definition(source)
    lines = with_comments(textwrap.dedent(source), node).splitlines()
    if any(BEGIN.match(s) or END.match(s) or ONE_LINE.search(s) for s in lines):
        return "\n".join(_blanked(lines, _value_columns(node)))
    if ast.get_docstring(node) is not None:
        docstring = node.body[0]
        given = lines[: docstring.end_lineno - node.lineno + 1]
        return "\n".join([*given, f"{' ' * docstring.col_offset}..."])
    return _headed(lines, node)


def _headed(lines: list[str], node: ast.FunctionDef | ast.ClassDef) -> str:
    """The signature and `...`, without the comments and decorators above the first statement."""
    first = node.body[0]
    decorators = getattr(first, "decorator_list", [])
    row = min(part.lineno for part in (first, *decorators)) - node.lineno
    if row == 0:  # def f(x): return x
        return f"{lines[0].encode()[: first.col_offset].decode()}..."
    given = lines[:row]
    while given[-1].lstrip().startswith("#") or not given[-1].strip():
        given.pop()
    return "\n".join([*given, f"{' ' * first.col_offset}..."])


def _value_columns(node: ast.AST) -> dict[int, int]:
    """Where the value of each assignment and `return` starts, by line of the definition."""
    kinds = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return
    return {
        part.end_lineno - node.lineno: part.value.col_offset
        for part in ast.walk(node)
        if isinstance(part, kinds) and part.value is not None and part.lineno == part.end_lineno
    }


def _blanked(lines: list[str], values: dict[int, int]) -> list[str]:
    result: list[str] = []
    opened: int | None = None
    for number, line in enumerate(lines, 1):
        if BEGIN.match(line):
            if opened is not None:
                raise MarkerError(f"line {number}: BEGIN SOLUTION inside the one of line {opened}")
            opened = number
            result.append(line[: len(line) - len(line.lstrip())] + "...")
        elif END.match(line):
            if opened is None:
                raise MarkerError(f"line {number}: END SOLUTION without BEGIN SOLUTION")
            opened = None
        elif opened is None and ONE_LINE.search(line):
            if number - 1 not in values:
                raise MarkerError(f"line {number}: SOLUTION needs an assignment or return in it")
            head = line.encode()[: values[number - 1]].decode().rstrip(" (")
            result.append(f"{head} ...")
        elif opened is None:
            result.append(line)
    if opened is not None:
        raise MarkerError(f"line {opened}: BEGIN SOLUTION without END SOLUTION")
    return result


def same_code(one: str, other: str) -> bool:
    """Whether two definitions do the same by the look of it.

    Decorators, annotations, docstrings, comments, layout, `pass` and `...` lines don't count.
    """
    try:
        return _bare(one) == _bare(other)
    except (SyntaxError, ValueError, RecursionError):
        return False


@functools.lru_cache(256)
def _bare(source: str) -> str:
    """Kept, since a class's answers are held against the same few stubs."""
    node = definition(source)
    node.decorator_list = []
    for part in ast.walk(node):
        for field in ("body", "orelse", "finalbody"):
            statements = getattr(part, field, None)
            if isinstance(statements, list):
                setattr(part, field, [s for s in statements if not _says_nothing(s)])
        for field in ("annotation", "returns"):
            if field in part._fields and not isinstance(part, ast.AnnAssign):
                setattr(part, field, None)
    return ast.dump(node)


def untouched(source: str, given: str) -> bool:
    """Whether an answer is still the stub `given`, or holds nothing but a placeholder."""
    if same_code(source, given):
        return True
    try:
        node = definition(source)
    except (SyntaxError, ValueError):
        return False
    return all(_says_nothing(statement) for statement in node.body)


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Pass):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def does_as_little(code: types.CodeType, given: str) -> bool:
    """Whether a function whose source is lost is still the stub `given`, or does nothing."""
    steps = list(_steps(code))
    if steps == list(_steps(_empty.__code__)):
        return True
    try:
        constants = compile(textwrap.dedent(given), "<stub>", "exec").co_consts
    except (SyntaxError, ValueError):
        return False
    return any(isinstance(c, types.CodeType) and steps == list(_steps(c)) for c in constants)


def _empty() -> None:
    pass


def _steps(code: types.CodeType) -> Iterator[tuple[str, str]]:
    """What bytecode does, wherever it stands: nothing in it depends on a docstring."""
    for step in dis.get_instructions(code):
        if step.opname != "NOP":
            yield step.opname, step.argrepr


_PLACES = ast.Expr | ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return


def first_blank(source: str) -> int | None:
    """The line, counted from 1 in `source`, of the first `...` that stands for code to write."""
    try:
        tree = ast.parse(textwrap.dedent(source))
    except (SyntaxError, ValueError):
        return None
    found = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, _PLACES)
        and isinstance(node.value, ast.Constant)
        and node.value.value is Ellipsis
    ]
    return min(found, default=None)
