"""Each change is said in words that name what a learner sees, and nothing else of the line."""

from __future__ import annotations

import ast
import itertools

import pytest

from pathkit.checks.loading import exercises_of
from pathkit.mutants.mutation import changes
from pathkit.mutants.pairs import together
from pathkit.mutants.syntax_tree import definition, with_part
from pathkit.mutants.wording import names_in


def changed(body: str, seen: str = "x y b k Q K V self") -> dict[str, tuple[str, ...]]:
    """What each change makes of the last line of a function, and how it is said."""
    source = "def f(x, y, b, k, Q, K, V):\n" + "\n".join(f"    {line}" for line in body.split("\n"))
    tree = ast.Module([definition(source)], [])
    found = {}
    for path, change in changes(tree.body[0], names_in(seen)):
        ast.fix_missing_locations(change.new)
        with with_part(tree, ("body", 0, *path), change.new):
            lines = ast.unparse(tree).splitlines()[1:]
        found.setdefault("; ".join(line.strip() for line in lines), change.said)
    return found


@pytest.mark.parametrize(("body", "wrong", "said"), [
    ("return x + b", "return x", "`b` is left out"),
    ("return x - x.max()", "return x", "the largest of `x` isn't subtracted"),
    ("return x / k", "return x", "the division by `k` is left out"),
    ("return x / y", "return y / x", "a fraction is upside down"),
    ("return x @ y", "return y @ x", "the two sides of a matrix product are exchanged"),
    ("return 1 / (1 + x)", "return 1 + x", "a fraction is upside down"),
    ("return x ** 2", "return x ** 3", "the power is 3, not 2"),
    ("return np.exp(-x)", "return np.exp(x)", "the minus before `x` is missing"),
    ("return x.sum(axis=1)", "return x.sum(axis=0)", "`sum` runs along another axis"),
    ("return x.sum(axis=1)", "return x.sum()", "`sum` runs over everything at once"),
    ("return x.sum(axis=1)", "return x.sum(axis=-2)", "`sum` runs along another axis"),
    ("return x.sum(axis=1)", "return x.sum(axis=None)", "`sum` runs over everything at once"),
    ("return x.sum(axis=1)", "return x.mean(axis=1)", "a mean stands where a sum is meant"),
    ("return x.max(1, keepdims=True)", "return x.max(1)", "the axis that was summed"),
    ("return np.log(x)", "return np.log2(x)", "the logarithm has base 2, not base e"),
    ("return np.log2(x)", "return np.log(x)", "the logarithm has base e, not base 2"),
    ("return np.where(x, y, b)", "return np.where(x, b, y)", "two parts of `where` are exchanged"),
    ("return len(K)", "return len(Q)", "`Q` is used where `K` belongs"),
    ("return Q @ K.T", "return K @ Q.T", "the product is turned round"),
    ("return Q @ K.T", "return Q @ K", "a transpose is missing"),
    ("return np.sqrt(K.shape[1])", "return np.sqrt(K.shape[0])", "another axis is measured"),
    ("return np.sqrt(k)", "return k", "`sqrt` isn't applied to `k`"),
    ("return x.var()", "return x.var(ddof=1)", "the variance divides by n − 1 instead of n"),
    ("return np.triu(x, 1)", "return np.triu(x, 0)", "the mask's border runs one place beside"),
    ("return x[1:]", "return x[2:]", "a slice begins or ends one place too late"),
    ("return x[k]", "return x[k - 1]", "what is looked up stands one place too early"),
    ("return x[y, b]", "return x[b, y]", "row and column are exchanged"),
    ("return x[:k]", "return x[:k + 1]", "a slice ends one place too late"),
    ("return range(k)", "return range(k - 1)", "a range ends one earlier than it should"),
    ("return range(k)", "return range(1, k)", "a range begins at 1, not at 0"),
    ("return np.tanh(x + b)", "return np.tanh(x) + b", "`b` stands outside of `tanh`"),
    ("return np.log(np.mean(x))", "return np.mean(np.log(x))",
     "`log` and `mean` are applied in the other order"),
    ("return (x + b) * k", "return x + b * k", "brackets are missing"),
    ("return x / (y * b)", "return x / y * b", "brackets are missing"),
    ("return np.where(x, -np.inf, y)", "return np.where(x, 0, y)", "0 stands where −∞ is meant"),
    ("return ~x", "return x", "the mask is turned round"),
    ("return x < y", "return x <= y", "equal values fall on the wrong side"),
    ("return x if y else b", "return x", "a special case is left out"),
    ("return np.zeros(k)", "return np.zeros(k, dtype=int)", "what is filled up holds whole number"),
    ("return softmax(x)", "return softmax(x.T).T", "the softmax runs down the columns"),
    ("return '.' + x", "return '' + x", "`'.'` is left out"),
    ("s = 0\nfor v in x:\n    s += v\nreturn s", "s = 0; for v in x:; s = v; return s",
     "each new value replaces the one before"),
    ("s = 0\nfor v in x:\n    s += v\nreturn s", "s = 0; for v in x:; s += v; return s; return s",
     "the result is handed back after the first round of a loop"),
    ("s = 0\nfor v in x:\n    s += v\nreturn s", "s = 0; for v in x:; s = 0; s += v; return s",
     "what is collected begins anew in each round of a loop"),
    ("s = 0\nfor v in x:\n    s += v\nreturn s", "s = 0; for v in list(x)[1:]:; s += v; return s",
     "a loop leaves out the first item"),
    ("return [v for v in x if v]", "return [v for v in x]", "nothing is sifted out"),
])
def test_what_is_said_of_a_change(body, wrong, said):
    found = changed(body)
    assert wrong in found, list(found)
    assert found[wrong] and found[wrong][0].startswith(said)


def test_names_that_a_learner_does_not_see_are_not_said():
    found = changed("secret = x * 2\nhidden = x + secret\nreturn hidden - secret")
    assert not any("secret" in said or "hidden" in said for all_ in found.values() for said in all_)


def test_no_reference_shows_a_name_of_its_own():
    for module in ("neurons", "bigram", "attention", "mlp"):
        for exercise in exercises_of(module).values():
            seen = names_in(exercise.stub)
            node = definition(exercise.source)
            own = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)
                   and isinstance(n.ctx, ast.Store)} - seen
            own -= {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
            for _, change in changes(node, seen):
                for said in change.said:
                    quoted = {word for part in said.split("`")[1::2] for word in names_in(part)}
                    assert not quoted & own, (exercise.id, said)


def test_two_changes_together_are_both_there():
    source = "def f(x, b, k):\n    return x / k + b\n"
    node = definition(source)
    left_out = [c for c in changes(node, names_in(source)) if "left out" in "".join(c[1].said)]
    made = set()
    for one, other in itertools.combinations(left_out, 2):
        parts = together(node, one, other)
        with_both = definition(source)
        for path, change in parts:
            holder = with_both
            for step in path[:-1]:
                holder = getattr(holder, step) if isinstance(step, str) else holder[step]
            setattr(holder, path[-1], change.new)
        if parts:
            made.add((one[1].said[0], other[1].said[0], len(parts)))
    assert ("`b` is left out", "the division by `k` is left out", 1) in made
