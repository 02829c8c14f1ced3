"""The path's own answer, handed out until a learner's passes, passes for nobody's."""

from __future__ import annotations

import functools
import sys
import types

import numpy as np
import pytest

import pathkit
from pathkit.checks.loading import exercises_of
from pathkit.checks.own_answer import how_ours
from pathkit.notebook import session
from tests.conftest import run_cell
from tests.notebook.test_kernel_help import Kernel

OURS = "This is the path's own answer, which stood in for yours."
CHECK = "probabilities = path.check(probabilities)"
STUB = f"def probabilities(counts):\n    ...\n\n{CHECK}"
RIGHT = "def probabilities(counts):\n    return counts / counts.sum(axis=1, keepdims=True)\n"


@pytest.fixture
def notes(monkeypatch):
    """What is written to the log."""
    found = []
    monkeypatch.setattr(session, "note", lambda kind, module="", **f: found.append((kind, f)))
    return found


@pytest.fixture
def ready(tmp_path, monkeypatch, capsys):
    kernel = Kernel(tmp_path, monkeypatch, capsys)
    kernel.run(cell="set-up")
    kernel.run(STUB)
    return kernel


def test_the_last_line_alone_checks_nothing(ready, notes):
    said = " ".join(ready.run(CHECK).split())
    assert f"○ probabilities: not attempted {OURS} Run the cell that defines your own" in said
    assert [f["status"] for kind, f in notes if kind == "check"] == ["not attempted"]
    assert not session.current().passed and not session.current().tries


@pytest.mark.parametrize(("cells", "where"), [
    ([RIGHT.replace("probabilities", "probabilites") + CHECK], "The cell defines `probabilites`"),
    ([RIGHT.replace("probabilities", "probs") + CHECK], "The cell defines `probs`; if that is"),
    ([RIGHT.replace("probabilities", "Probabilities") + CHECK], "The cell defines `Probabilities`"),
    (["probabilites = lambda counts: counts / counts.sum(1)[:, None]\n" + CHECK],
     "The cell defines `probabilites`"),
    ([RIGHT.replace("probabilities", "probabilites"), CHECK], "Cell [3] defines `probabilites`"),
    ([f"def helper(x):\n    return x\n{CHECK}"],
     "The cell defines `helper`; if that is yours, call it `probabilities`."),
    (["def odd(x):\n    return x", CHECK], "Run the cell that defines your own"),
    ([f"x = 3\n{CHECK}", CHECK], "Run the cell that defines your own"),
    ([RIGHT.replace("probabilities", "probabilites"), STUB, CHECK], "Run the cell that defines"),
    (["from pathkit.exercises import bigram as finished",
      "probabilities = finished.probabilities\n" + CHECK], "Run the cell that defines your own"),
])
def test_a_name_that_was_mistyped_is_told(ready, cells, where):
    said = ""
    for source in cells:
        said = " ".join(ready.run(source).split())
    assert f"{OURS} {where}" in said
    if "defines `" in where and "if that" not in where:
        assert "yours must be called `probabilities`." in said
    assert "bigram.probabilities" not in session.current().passed


def test_a_right_answer_may_be_checked_again_and_again(ready):
    assert "✓ probabilities: passed" in ready.run(RIGHT + CHECK)
    assert "✓ probabilities: passed" in ready.run(CHECK)


def test_the_answer_that_is_written_after_it_passes(ready):
    ready.run(CHECK)
    assert "✓ probabilities: passed" in ready.run(RIGHT + CHECK)


def test_a_pasted_solution_is_theirs(ready):
    source = exercises_of("bigram")["probabilities"].source
    pasted = source[source.index("def probabilities") :].partition("\n\n\n")[0]
    assert "✓ probabilities: passed" in ready.run(f"{pasted}\n{CHECK}")


# --- how it may come back -----------------------------------------------------------------------


def cell_of(source: str, **names):
    return run_cell(source, np=np, functools=functools, **names)


PROBABILITIES = exercises_of("bigram")["probabilities"]
REFERENCE = PROBABILITIES.reference
FUNCTIONS = {
    "exercise": ("itself", "f = finished"),
    "partial": ("inside", "f = functools.partial(given)"),
    "lambda": ("inside", "f = lambda counts: given(counts)"),
    "wraps": ("inside", "@functools.wraps(given)\ndef f(*a):\n    return given(*a)"),
    "cache": ("inside", "f = functools.lru_cache(given)"),
    "wrapped alone": ("inside", "def f(counts):\n    return g(counts)\nf.__wrapped__ = given"),
    "closure": ("inside", "def made(g):\n    return lambda counts: g(counts)\nf = made(given)"),
    "default": ("inside", "def f(counts, g=given):\n    return g(counts)"),
    "helper": ("inside", "def h(c):\n    return given(c)\ndef f(counts):\n    return h(counts)"),
    "vectorize": ("inside", "f = np.vectorize(given, signature='(n,m)->(n,m)')"),
    "callable": ("inside", "class F:\n    def __init__(self, g):\n        self.g = g\n"
                 "    def __call__(self, counts):\n        return self.g(counts)\nf = F(given)"),
    "bound method": ("inside", "class F:\n    def go(self, counts):\n        return given(counts)\n"
                     "f = F().go"),
    "inner function": ("inside", "def f(counts):\n    return (lambda: given(counts))()"),
    "method wrapper": ("inside", "f = given.__call__"),
    "from a dict": ("inside", "table = {'g': given}\ndef f(c):\n    return table['g'](c)"),
    "made of its code": ("itself", "f = type(given)(given.__code__, globals())"),
    "finished": ("inside", "def f(counts):\n    return answers.probabilities(counts)"),
    "other answer": ("another", "f = other"),
    "other exercise": ("another", "f = other_exercise"),
}
THEIRS = {
    "plain": "def f(counts):\n    return counts / counts.sum(axis=1, keepdims=True)",
    "uses another": "def f(counts):\n    return other(counts)",
    "attribute of that name": "def f(counts):\n    return counts.given / 1",
    "local of that name": "def f(counts):\n    given = counts\n    return given",
    "another finished": "def f(counts):\n    return answers.smoothed(counts, 1)",
    "recursion": "def f(counts):\n    return f(counts[1:])",
    "of NumPy": "f = np.exp",
    "holds NumPy": "f = functools.partial(np.sum, axis=1)",
    "value": "f = 3",
    "array": "f = np.ones(3)",
    "module": "f = np",
}


def made(source: str):
    other = exercises_of("bigram")["smoothed"]
    from pathkit.exercises import bigram as answers

    assert answers.probabilities is PROBABILITIES  # it was shown at the beginning of a lesson
    return cell_of(source, answers=answers, given=REFERENCE, finished=PROBABILITIES,
                   other=other.reference, other_exercise=other)["f"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_is_known_in_whatever_it_is_wrapped(name, capsys, monkeypatch, notes):
    how, source = FUNCTIONS[name]
    answer = made(source)
    assert how_ours(answer, PROBABILITIES) == how
    monkeypatch.setattr(session, "_session", session.Session(module="bigram"))
    got = pathkit.check(probabilities=answer)
    assert got is REFERENCE and "not attempted" in capsys.readouterr().out
    assert all(f["status"] != "passed" for kind, f in notes if kind == "check")


@pytest.mark.parametrize("name", THEIRS)
def test_what_a_learner_wrote_is_theirs(name):
    assert how_ours(made(THEIRS[name]), PROBABILITIES) == ""


def test_classes_their_instances_and_what_inherits_from_them():
    value = exercises_of("neurons")["Value"]
    given = value.reference
    assert how_ours(given, value) == "itself"
    assert how_ours(given(1.0), value) == "itself"
    for source in ("class V(given):\n    pass", "class V(given):\n    def __add__(self, o): ...",
                   "class V:\n    def __new__(cls, x):\n        return given(x)",
                   "class W(given): pass\nclass V(W): pass",
                   "class W(given): pass\nV = W(1.0)", "def V(x):\n    return given(x)"):
        assert how_ours(cell_of(source, given=given)["V"], value) == "inside", source
    for source in ("class V:\n    def __init__(self, data):\n        self.data = data",
                   "class V:\n    def __add__(self, o):\n        return V()"):
        assert how_ours(cell_of(source, given=given)["V"], value) == ""


def test_references_to_other_exercises_may_be_used():
    block = exercises_of("gpt")["Block"]
    heads = exercises_of("gpt")["ManyHeads"].reference
    import torch.nn as nn

    source = ("class Block(nn.Module):\n    def __init__(self, c, h):\n        super().__init__()\n"
              "        self.attend = ManyHeads(c, h)\n")
    assert how_ours(cell_of(source, nn=nn, ManyHeads=heads)["Block"], block) == ""


def test_looking_at_an_object_that_resists_stops_nothing():
    class Nasty:
        def __getattribute__(self, name):
            raise RuntimeError

        __wrapped__ = property(lambda self: 1 / 0)

    assert how_ours(Nasty(), PROBABILITIES) == ""


# --- values -------------------------------------------------------------------------------------


def test_a_value_that_was_handed_out_is_known_again(monkeypatch, capsys, notes):
    monkeypatch.setattr(session, "_session", session.Session(module="bigram"))
    given = pathkit.check(broken_name="anna")
    assert given == "jqwest"
    again = pathkit.check(broken_name=given)
    assert again == "jqwest"
    said = " ".join(capsys.readouterr().out.split())
    assert OURS in said and "passed" not in said
    assert pathkit.check(broken_name="jqwest") == "jqwest"  # an equal one that was typed
    assert "✓ broken_name: passed" in capsys.readouterr().out


@pytest.mark.parametrize("module", ["activations", "backprop", "mlp", "positions", "attention",
                                    "transformer"])
def test_values_of_each_kind_are_known_again(module, monkeypatch, capsys):
    monkeypatch.setattr(session, "_session", session.Session(module=module))
    values = [e for e in exercises_of(module).values() if e.is_value]
    assert values
    for exercise in values:
        given = pathkit.check(**{exercise.name: ...})
        pathkit.check(**{exercise.name: given})
        assert exercise.id not in session.current().passed
        assert pathkit.check(**{exercise.name: exercise.right_answer()}) is not None
        assert exercise.id in session.current().passed


# --- lessons ------------------------------------------------------------------------------------


def test_a_lesson_that_runs_as_a_script_holds_the_references(monkeypatch, capsys):
    monkeypatch.setattr(session, "_session", session.Session(module="bigram"))
    lesson = types.ModuleType("__main__")
    lesson.__spec__ = types.SimpleNamespace(name="pathkit.modules.bigram.lesson")
    monkeypatch.setitem(sys.modules, "__main__", lesson)
    pathkit.check(PROBABILITIES)
    assert "✓ probabilities: passed" in capsys.readouterr().out
