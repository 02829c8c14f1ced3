"""Mutants: each operator shows what it makes of a small function."""

from __future__ import annotations

import ast

import pytest

from pathkit.checks.loading import exercises_of
from pathkit.mutants.mutation import mutants


def lines(body: str, signature: str = "x", only: str = "") -> set[str]:
    """The plainly changed lines of a function with this body; `only` keeps one kind of change."""
    source = f"def f({signature}):\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    return {m.line for m in mutants(source) if only in m.change and not m.finer}


@pytest.mark.parametrize(
    ("body", "signature", "expected"),
    [
        ("return x + 1.5", "x", {"x - 1.5", "x", "1.5", "x + 2.5", "x + 2.25"}),
        ("return -x", "x", {"x"}),
        ("return x * y", "x, y",
         {"x / y", "x + y", "x", "y", "x * x", "y * y"}),
        ("return x // y", "x, y", {"x / y", "x", "y", "x // x", "y // y"}),
        ("return x @ y", "x, y", {"x * y", "x", "y", "x @ x", "y @ y"}),
        ("return x ** 2", "x", {"x * 2", "x", "2", "x ** 3", "x ** 1"}),
        ("return x & y", "x, y", {"x | y", "x", "y", "x & x", "y & y"}),
        ("return x < y", "x, y", {"x <= y", "x >= y", "x < x", "y < y"}),
        ("return x == 0", "x", {"x != 0", "x == 1", "x == -1"}),
        ("return x in y", "x, y", {"x not in y", "x in x", "y in y"}),
        ("return x is None", "x", {"x is not None"}),
        ("return x and y", "x, y", {"x or y", "x and x", "y and y"}),
        ("return not x", "x", {"x"}),
        ("return True", "x", {"False"}),
        ("return 'ab'", "x", {"''"}),
        ("return -1", "x", {"1", "0", "-2", "-0"}),
        ("return x[1:]", "x", {"x[:]", "x[2:]", "x[0:]"}),
        ("return x[::2]", "x", {"x[:]", "x[::3]", "x[::1]"}),
        ("return x.T", "x", {"x"}),
        ("return np.max(x)", "x", {"np.min(x)"}),
        ("return max(x)", "x", {"min(x)"}),
        ("return x.sum(axis=1, keepdims=True)", "x",
         {"x.mean(axis=1, keepdims=True)", "x.sum(keepdims=True)", "x.sum(axis=1)",
          "x.sum(axis=2, keepdims=True)", "x.sum(axis=0, keepdims=True)",
          "x.sum(axis=1, keepdims=False)"}),
        ("return np.dot(x, y)", "x, y", {"np.dot(y, x)", "np.dot(x, x)", "np.dot(y, y)"}),
        ("return x if y else 1", "x, y",
         {"1 if y else x", "y if y else 1", "x if x else 1", "x if y else 2", "x if y else 0"}),
        ("return [i for i in x if i]", "x",
         {"[i for i in x]", "[x for i in x if i]", "[i for i in i if i]", "[i for i in x if x]"}),
    ],
)  # fmt: skip
@pytest.mark.slow
def test_operators(body, signature, expected):
    assert lines(body, signature) == {f"return {line}" for line in expected}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x += 2", {"x -= 2", "x = 2", "(dropped) x += 2", "x += 3", "x += 1"}),
        ("x *= 2", {"x /= 2", "x += 2", "x = 2", "(dropped) x *= 2", "x *= 3", "x *= 1"}),
        ("g(x)", {"(dropped) g(x)"}),
        ("if x:\n    g()", {"(dropped) if x:", "if not x:", "(dropped) g()"}),
        ("while x:\n    break", {"(dropped) while x:", "continue"}),
        ("for _ in x:\n    continue", {"(dropped) for _ in x:", "break"}),
    ],
)
@pytest.mark.slow
def test_statements(body, expected):
    assert lines(body) == expected


def test_messages_and_declarations_are_left_alone():
    assert lines("'doc 1'\nraise ValueError(f'{x} + 1')\nreturn f'{x:.2f} 1'") == set()
    assert lines("return x", "x: Literal[1, 2] = None") == set()
    assert lines("return x", "x=3") == {"def f(x=4):", "def f(x=2):"}


# --- one variable in place of another -----------------------------------------------------------


def swaps(body: str, signature: str) -> set[str]:
    return {line.removeprefix("return ") for line in lines(body, signature, " in place of ")}


@pytest.mark.slow
def test_variables_are_swapped_once_they_have_a_value():
    assert swaps("z = g(x)\nreturn h(z)", "x, y") == {
        "z = g(y)",  # not `z = g(z)`: it has no value yet
        "h(x)",
        "h(y)",
    }


def test_a_loop_variable_is_one_too():
    assert swaps("for i in x:\n    g(i)\nk(x)", "x") == {"g(x)", "k(i)"}
    assert swaps("with x as a, b(a) as c:\n    pass", "x") == {"with x as a, b(x) as c:"}
    assert swaps("g(n := x)\nreturn x", "x") == {"n"}


def test_only_names_bound_in_the_function_are_used():
    assert swaps("return np.exp(len(x))", "x, y") == {"np.exp(len(y))"}
    assert swaps("return loss(x)", "loss, x") == {"x(x)", "loss(loss)"}
    assert swaps("return CONSTANT", "x, y") == set()


def test_self_and_underscore_are_not_variables():
    assert swaps("for _ in x:\n    g(x)\nreturn self.a", "self, x") == set()


def test_comprehensions_have_their_own_variables():
    assert swaps("z = [a * 1 for a, b in x]\nreturn g(x)", "x") == {
        "z = [b * 1 for a, b in x]",
        "z = [x * 1 for a, b in x]",
        "z = [a * 1 for a, b in a]",
        "z = [a * 1 for a, b in b]",
        "g(z)",
    }


def test_inner_functions_see_the_outer_ones_variables():
    assert swaps("k = lambda a: a\nreturn k", "x") == {"k = lambda a: x", "x"}
    assert swaps("def g(x):\n    return x\nreturn 1", "x, y") == {"y"}


def test_methods_swap_their_parameters():
    source = "class A:\n    z = 1\n    def f(self, x, y):\n        return self.g(x)\n"
    assert {m.line for m in mutants(source) if "in place of" in m.change} == {"return self.g(y)"}


def test_targets_of_assignments_are_read_too():
    assert swaps("x[i] += 1", "x, i") == {"i[i] += 1", "x[x] += 1"}


# --- what holds for all ------------------------------------------------------------------------

SOURCES = [e.source for e in exercises_of("bigram").values()] + [
    '''
@decorated
def many(x, *rest, k=1, **more):
    """Doc with 1 number."""
    global seen
    seen = -1.5
    with open(x) as file, lock:
        y = z = file
    try:
        total = sum(v * w for v, w in zip(x, y) if v > w) or 2 ** -1
    except (KeyError, ValueError) as error:
        del y
    finally:
        x[1:, ::-1, ...] @= k
    match x:
        case [1, *others] if others:
            return others[-1]
        case {"a": 1, **kw}:
            pass
    while (n := len(x)) < 3 <= k:
        if not n:
            continue
        elif n is None:
            break
        else:
            x.append(n)
    assert n, "why"
    yield lambda a, b=2: a if b else x.T.max(axis=-1, keepdims=True)
    return (np.zeros((2, 3)), f"{x!r:>{k}}", *rest, {**more, "q": ~k})
''',
]


@pytest.mark.slow
@pytest.mark.parametrize("source", SOURCES)
def test_mutants_compile_differ_and_come_in_the_same_order(source):
    found = list(mutants(source))
    assert found == list(mutants(source))
    assert all(compile(m.source, "mutant", "exec") for m in found)
    texts = [m.source for m in found]
    tree = ast.parse(source.strip())
    tree.body[0].decorator_list = []
    assert len(set(texts)) == len(texts) and ast.unparse(tree) not in texts
    assert len({m.line for m in found}) == len(found), "a line names one mutant"
    assert all(m.change and "\n" not in m.line for m in found)


def test_equal_lines_are_numbered():
    found = lines("if x:\n    g(x + y)\nelse:\n    g(x + y)", "x, y", "+ -> -")
    assert found == {"g(x - y)", "g(x - y)  # 2"}


def test_what_a_variable_never_held_is_not_put_in_its_place():
    assert swaps("y = g(x)\ny = k(y)", "x") == {"y = k(x)"}
    assert swaps("a, *b = x\nreturn a", "x") == {"b", "x"}
