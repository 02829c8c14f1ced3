"""Read Python source without running it: stubs, blanks, and what is still the stub."""

from __future__ import annotations

import ast
import re
import textwrap

BEGIN = re.compile(r"^\s*#+\s*BEGIN SOLUTION\b")
END = re.compile(r"^\s*#+\s*END SOLUTION\b")
ONE_LINE = re.compile(r"^(?P<head>\s*[^#=]*=)\s*.*#\s*SOLUTION\s*$")


class MarkerError(ValueError):
    """A BEGIN/END SOLUTION pair that doesn't match; the message names the line."""


def definition(source: str) -> ast.FunctionDef | ast.ClassDef:
    """The one function or class that `source` defines.

    Raises ValueError when there is none.
    """
    for node in ast.parse(textwrap.dedent(source)).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return node
    raise ValueError("no function or class is defined here")


def without_decorators(source: str) -> str:
    """The source of a definition from its `def` or `class` line on, without solution markers."""
    node = definition(source)
    lines = textwrap.dedent(source).splitlines()[node.lineno - 1 : node.end_lineno]
    kept = [line for line in lines if not BEGIN.match(line) and not END.match(line)]
    return "\n".join(re.sub(r"\s*# SOLUTION\s*$", "", line) for line in kept)


def stub(source: str) -> str:
    """What a learner starts from: signature, docstring, given lines, and `...` for the blanks.

    Blanks are the regions between `# BEGIN SOLUTION` and `# END SOLUTION` and the right-hand
    sides of lines that end in `# SOLUTION`. Without either, the whole body is the blank.
    Raises MarkerError for unbalanced markers.
    """
    node = definition(source)
    lines = textwrap.dedent(source).splitlines()[node.lineno - 1 : node.end_lineno]
    if any(BEGIN.match(s) or END.match(s) or ONE_LINE.match(s) for s in lines):
        return "\n".join(_blanked(lines))
    body = node.body
    has_docstring = ast.get_docstring(node) is not None
    last_given = body[0].end_lineno if has_docstring else body[0].lineno - 1
    given = lines[: last_given - node.lineno + 1]
    indent = " " * body[0].col_offset
    return "\n".join([*given, f"{indent}..."])


def _blanked(lines: list[str]) -> list[str]:
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
        elif opened is None:
            match = ONE_LINE.match(line)
            result.append(f"{match['head']} ..." if match else line)
    if opened is not None:
        raise MarkerError(f"line {opened}: BEGIN SOLUTION without END SOLUTION")
    return result


def same_code(one: str, other: str) -> bool:
    """Whether two definitions differ at most in decorators, docstrings, comments and layout."""
    try:
        return _bare(one) == _bare(other)
    except (SyntaxError, ValueError):
        return False


def _bare(source: str) -> str:
    node = definition(source)
    node.decorator_list = []
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(part) is not None:
            part.body = part.body[1:] or [ast.Pass()]
    return ast.dump(node)


def untouched(source: str, given: str) -> bool:
    """Whether an answer is still the stub `given`, or holds nothing but a placeholder."""
    if same_code(source, given):
        return True
    try:
        node = definition(source)
    except (SyntaxError, ValueError):
        return False
    if isinstance(node, ast.ClassDef):
        return False
    return all(_says_nothing(statement) for statement in node.body)


def _says_nothing(node: ast.stmt) -> bool:
    if isinstance(node, ast.Pass):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def first_blank(source: str) -> int | None:
    """The line, counted from 1 in `source`, of the first `...` that stands for code to write."""
    try:
        tree = ast.parse(textwrap.dedent(source))
    except SyntaxError:
        return None
    found = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign | ast.Return)
        and isinstance(node.value, ast.Constant)
        and node.value.value is Ellipsis
    ]
    return min(found, default=None)
