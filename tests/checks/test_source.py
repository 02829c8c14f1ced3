"""Reading source: stubs, blanks, and what is still the stub."""

from __future__ import annotations

import ast
import textwrap

import pytest

from pathkit.checks.loading import exercises_of
from pathkit.checks.source import (
    MarkerError,
    definition,
    does_as_little,
    first_blank,
    same_code,
    stub,
    untouched,
    with_comments,
    without_decorators,
)


def text(source: str) -> str:
    return textwrap.dedent(source).strip("\n")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x):\n    return x", "def f(x):\n    ..."),
        ("def f(x): return x", "def f(x): ..."),
        ('def f(x):\n    """Doc.\n\n    more\n    """\n    y = x\n    return y',
         'def f(x):\n    """Doc.\n\n    more\n    """\n    ...'),
        ("@d(\n    1)\ndef f(\n    x,\n    y=2,\n):\n    return x",
         "def f(\n    x,\n    y=2,\n):\n    ..."),
        ("def f(x):\n    # the trick: max first\n\n    return x", "def f(x):\n    ..."),
        ("def f(x):\n    @cache\n    def g(): pass\n    return g", "def f(x):\n    ..."),
        ("class A:\n  x = 1", "class A:\n  ..."),
        ('def f(ä):\n    """É."""\n    return ä', 'def f(ä):\n    """É."""\n    ...'),
    ],
)  # fmt: skip
def test_the_whole_body_is_the_blank(source, expected):
    assert stub(source) == expected
    ast.parse(stub(source))


FENCED = text(
    """
    def f(x):
        # given
        y = x + 1
        # BEGIN SOLUTION
        z = y * 2
        z += 1
        # END SOLUTION
        for i in range(3):
            w = (z + i)  # SOLUTION
            total["é"] += w  # SOLUTION
            n: int = 3  #SOLUTION
        a, b = f(k=1), 2  # SOLUTION
        return g(w, axis=1)  # SOLUTION
    """
)


def test_fences_and_one_line_markers():
    assert stub(FENCED) == text(
        """
        def f(x):
            # given
            y = x + 1
            ...
            for i in range(3):
                w = ...
                total["é"] += ...
                n: int = ...
            a, b = ...
            return ...
        """
    )


def test_the_answer_has_no_markers():
    answer = without_decorators("@d\n" + FENCED)
    assert "SOLUTION" not in answer and answer.startswith("def f(x):\n    # given")
    assert "    return g(w, axis=1)" in answer.splitlines()
    assert same_code(answer, FENCED)


def test_a_fence_may_end_the_body():
    source = text(
        """
        def f(x):
            y = 1
            # BEGIN SOLUTION
            return x + y

            # END SOLUTION

        # about g
        def g(): pass
        """
    )
    assert stub(source) == "def f(x):\n    y = 1\n    ..."
    assert without_decorators(source).strip() == "def f(x):\n    y = 1\n    return x + y"
    whole = with_comments(source, ast.parse(source).body[0])
    assert whole.endswith("    # END SOLUTION")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("# BEGIN SOLUTION\n    return x", "line 2: BEGIN SOLUTION without END"),
        ("x = 1\n    # END SOLUTION", "line 3: END SOLUTION without BEGIN"),
        ("# BEGIN SOLUTION\n    # BEGIN SOLUTION\n    # END SOLUTION\n    pass",
         "line 3: BEGIN SOLUTION inside the one of line 2"),
        ("print(x == 2)  # SOLUTION", "line 2: SOLUTION needs an assignment or return"),
        ("return (x +\n        2)  # SOLUTION", "line 3: SOLUTION needs"),
    ],
)  # fmt: skip
def test_markers_that_mark_nothing_are_told(body, message):
    with pytest.raises(MarkerError, match=message):
        stub(f"@d\ndef f(x):\n    {body}\n")


@pytest.mark.parametrize(
    "other",
    [
        "def f(x: int) -> int:\n    'doc'\n    # c\n    return x+1",
        "@cache\ndef f(x):\n    return x + 1\n",
        "    def f(x):\n        return (x\n                + 1)\n",
        "def f(x):\n    pass\n    ...\n    return x + 1",
    ],
)
def test_same_code(other):
    assert same_code("def f(x):\n    return x + 1", other)


@pytest.mark.parametrize(
    "other",
    ["def f(y):\n    return y + 1", "def f(x):\n    return x + 2", "x = 1", "def f(:", "", "\0"],
)
def test_other_code(other):
    assert not same_code("def f(x):\n    return x + 1", other)


@pytest.mark.parametrize(
    "answer", ["def f(a):\n    1\n    'x'\n", "class f:\n    pass\n", "def f():\n    ...\n"]
)
def test_placeholders_are_untouched(answer):
    assert untouched(answer, "def f(x):\n    ...")


@pytest.mark.parametrize(
    "answer", ["lambda x: x", "f = lambda x: x", "async def f(x): ...", "def f(x): return", "", "("]
)
def test_anything_else_is_touched(answer):
    assert not untouched(answer, "def f(x):\n    ...")


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("def f():\n    ...", 2),
        ("def f():\n    x = 1\n    y = ...\n    ...", 3),
        ("def f():\n    x += ...", 2),
        ("def f():\n    x: int = ...", 2),
        ("    def f():\n        return ...", 2),
        ("def f(x):\n    return x[..., 0]", None),
        ("def f(x: tuple[int, ...]):\n    return x", None),
        ("def f(x):\n    y: int\n    '...'\n    # ...\n    return x", None),
        ("f(", None),
        ("\0", None),
    ],
)
def test_first_blank(source, line):
    assert first_blank(source) == line


def test_definition_needs_one():
    with pytest.raises(ValueError, match="no function or class"):
        definition("x = 1")
    assert definition("import a\n@d\nclass B: pass\ndef c(): pass").name == "B"


def test_compiled_code_that_does_as_little():
    given = "def f(x):\n    'doc'\n    y = ...\n    return y\n"
    namespace: dict = {}
    exec("def same(x):\n    y = ...\n    return y", namespace)
    exec("def other(x):\n    y = 1\n    return y", namespace)
    assert does_as_little(namespace["same"].__code__, given)
    assert not does_as_little(namespace["other"].__code__, given)
    assert not does_as_little(namespace["other"].__code__, "def f(:")
    assert not does_as_little((lambda x: x).__code__, given)


def test_real_exercises_make_stubs_that_are_untouched():
    for exercise in exercises_of("bigram").values():
        made = stub(exercise.source)
        ast.parse(made)
        assert untouched(made, made) and not untouched(exercise.source, made)
        assert made.startswith(f"def {exercise.name}(") and made.endswith("    ...")
