"""Without fallback: what is missing says so wherever it is used, and nothing else is shown."""

from __future__ import annotations

import numpy as np
import pytest

import pathkit
from pathkit.building.build import Place
from pathkit.checks.loading import exercises_of
from pathkit.notebook import session
from pathkit.notebook.stand_in import NotPassed, StandIn, names_defined
from pathkit.running.kernels import environment
from tests.building.test_build import ROOT
from tests.this_path import notebook_of

RIGHT = "def probabilities(counts):\n    return counts / counts.sum(axis=1, keepdims=True)\n"
WRONG = "def probabilities(counts):\n    return counts * 2.5\n"
STUB = "def probabilities(counts):\n    ...\n"
SAID = "softmax has not passed yet, and this cell needs it"

USES = {
    "call": lambda s: s(1, axis=0),
    "attribute": lambda s: s.shape,
    "set an attribute": lambda s: setattr(s, "a", 1),
    "item": lambda s: s[0, 1],
    "unpack": lambda s: (lambda a, b: a)(*s),
    "iterate": lambda s: list(s),
    "truth": lambda s: 1 if s else 2,
    "length": lambda s: len(s),
    "contains": lambda s: 3 in s,
    "add": lambda s: s + 1,
    "text before it": lambda s: "." + s,
    "number before it": lambda s: 2 * s,
    "array before it": lambda s: np.ones(3) @ s,
    "array of it": lambda s: np.array(s),
    "ufunc": lambda s: np.exp(s),
    "minus": lambda s: -s,
    "compare": lambda s: s < 3,
    "equal": lambda s: s == 3,
    "float": lambda s: float(s),
    "index": lambda s: [1, 2][s],
    "f-string": lambda s: f"{s:.3f}",
    "print": lambda s: print(s),
    "key": lambda s: {s: 1},
    "base class": lambda s: type("Own", (), {})() and _subclass(s),
    "is an instance": lambda s: isinstance(3, s),
    "with": lambda s: _within(s),
}


def _subclass(base):
    class Own(base):
        pass


def _within(thing):
    with thing:
        pass


@pytest.mark.parametrize("use", USES)
def test_whatever_is_done_with_a_stand_in_it_says_what_is_missing(use):
    with pytest.raises(NotPassed) as caught:
        USES[use](StandIn("softmax"))
    assert str(caught.value) == SAID
    assert caught.value._render_traceback_() == [f"NotPassed: {SAID}"]


def test_torch_says_so_too():
    torch = pytest.importorskip("torch")
    for use in (torch.exp, torch.tensor, lambda s: torch.ones(2) * s, lambda s: torch.ones(2) @ s):
        with pytest.raises(NotPassed):
            use(StandIn("softmax"))


def test_to_look_at_it_is_no_use():
    assert repr(StandIn("softmax")) == "<softmax: not passed yet>"


def test_names_that_a_cell_defines():
    cell = (
        "import math\na, (b, *c) = f()\nfor i in range(3):\n    d = i\nwith x as y:\n    e = 1\n"
        "def g():\n    hidden = 1\nclass H:\n    own = 2\nk = [j for j in a]\n"
        "m += 1\np[0] = q.r = 3\n"
        "if (w := 3):\n    pass\n"
    )
    assert names_defined(cell) == set("a b c i d y e g H k m w".split())
    assert names_defined("%time f(") == set()


# --- check without fallback -----------------------------------------------------------------------


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(session, "_session", session.Session())


@pytest.fixture
def strict(capsys):
    pathkit.ready("bigram", fallback=False)
    capsys.readouterr()


def test_a_right_and_a_wrong_answer_come_back_as_they_are(cell, strict, capsys):
    for source in (RIGHT, WRONG):
        answer = cell(source)["probabilities"]
        assert pathkit.check(answer) is answer
    said = capsys.readouterr().out
    assert "reference" not in said
    assert said.rstrip().endswith("Until it passes, cells that need it may stop.")


def test_a_missing_answer_becomes_a_stand_in_and_stays_one(cell, strict, capsys):
    got = pathkit.check(cell(STUB)["probabilities"])
    assert type(got) is StandIn
    assert type(pathkit.check(got)) is StandIn
    assert type(pathkit.check(broken_name=...)) is StandIn
    assert capsys.readouterr().out.count("not attempted") == 3
    with pytest.raises(NotPassed, match="^probabilities has not passed yet"):
        got(np.eye(2))


def test_no_answer_is_shown_before_one_passes(cell, strict, capsys):
    for _ in range(4):
        pathkit.check(cell(WRONG)["probabilities"])
    pathkit.solution("probabilities")
    said = capsys.readouterr().out
    assert "In this assignment no answer is shown" in said and "keepdims" not in said
    pathkit.check(cell(RIGHT)["probabilities"])
    pathkit.solution("probabilities")
    assert "keepdims" in capsys.readouterr().out


def test_some_exercises_may_fall_back_and_others_not(cell, capsys):
    pathkit.ready("bigram", fallback=["probabilities"])
    reference = exercises_of("bigram")["probabilities"].reference
    assert pathkit.check(cell(STUB)["probabilities"]) is reference
    assert type(pathkit.check(broken_name=...)) is StandIn
    pathkit.ready("bigram")
    assert pathkit.check(broken_name=...) == exercises_of("bigram")["broken_name"].right_answer()


@pytest.mark.slow
def test_an_untouched_notebook_says_what_is_missing_in_every_cell_that_stops(monkeypatch, tmp_path):
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    text = (Place(ROOT).notebooks / notebook_of("bigram")).read_text(encoding="utf-8")
    strict = text.replace(r'ready(\"bigram\")', r'ready(\"bigram\", fallback=False)')
    assert strict != text
    notebook = nbformat.reads(strict, as_version=4)
    resources = {"metadata": {"path": tmp_path}}
    client = nbclient.NotebookClient(notebook, timeout=60, resources=resources, allow_errors=True)
    client.execute()
    errors = [
        (output.ename, output.evalue, output.traceback)
        for cell in notebook.cells for output in cell.get("outputs", ())
        if output.output_type == "error"
    ]
    assert len(errors) > 5
    assert {name for name, _, _ in errors} == {"NotPassed"}
    assert errors[0][1] == "count_pairs has not passed yet, and this cell needs it"
    assert all(len(traceback) == 1 for _, _, traceback in errors)
