"""What a notebook calls, in a notebook and outside of one."""

from __future__ import annotations

import numpy as np
import pytest

import pathkit
from pathkit import progress_log
from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of
from pathkit.notebook import session
from pathkit.path_map import PathMap
from pathkit.running.kernels import environment
from tests.learner.test_progress import make_folder, module

RIGHT = "def probabilities(counts):\n    return counts / counts.sum(axis=1, keepdims=True)\n"
WRONG = "def probabilities(counts):\n    return counts * 2.5\n"
STUB = "def probabilities(counts):\n    ...\n"


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Each test starts as a kernel does."""
    monkeypatch.setattr(session, "_session", session.Session())


@pytest.fixture
def bigram(capsys):
    pathkit.ready("bigram")
    capsys.readouterr()


@pytest.fixture
def said(capsys):
    return lambda: capsys.readouterr().out


def test_ready_says_what_the_module_holds(said):
    pathkit.ready("bigram")
    assert said() == "Ready: module bigram with 8 exercises and 5 predictions.\n"


@pytest.mark.parametrize("module", ["nothing-such", "", "a.b", "..", "../x", 3])
def test_an_unknown_module_is_told(module, said):
    pathkit.ready(module)
    assert "there are no exercises for module" in said()


def test_everything_asks_for_the_set_up_cell_first(said):
    answer = object()
    assert pathkit.check(answer) is answer
    assert pathkit.check(broken_name="x") == "x"
    pathkit.predict("after-q", 1)
    pathkit.solution("probabilities")
    assert said().count('Run the set-up cell first: it holds `path.ready("…")`.') == 4


def test_a_right_answer_comes_back(cell, bigram, said):
    answer = cell(RIGHT)["probabilities"]
    assert pathkit.check(answer) is answer
    assert said().startswith("✓ probabilities: passed")


@pytest.mark.parametrize(
    ("source", "heading"),
    [(WRONG, "not yet"), (STUB, "not attempted")],
)
def test_else_the_reference_comes_back(cell, bigram, said, source, heading):
    got = pathkit.check(cell(source)["probabilities"])
    assert got is exercises_of("bigram")["probabilities"].reference
    text = said()
    assert text.startswith(("✗", "○")) and heading in text
    assert "The cells below use the reference" in text or "the cells below use" in text


def test_the_last_sentence_says_what_to_do(cell, bigram, said):
    pathkit.check(cell(WRONG)["probabilities"])
    assert " ".join(said().split()).endswith("the hints are under this cell.")
    pathkit.check(cell(STUB)["probabilities"])
    assert said().endswith("Until then the cells below use the reference.\n")


def test_values_are_checked_by_name(bigram, said):
    assert pathkit.check(broken_name="qxqx") == "qxqx"
    assert pathkit.check(broken_name="anna") == "jqwest"
    assert pathkit.check(broken_name=...) == "jqwest"
    assert pathkit.check(broken_name=None) == "jqwest"
    assert said().count("broken_name: ") == 4


class Nasty:
    def __getattr__(self, name):
        raise RuntimeError("no")

    def __repr__(self):
        raise RuntimeError("no")

    __eq__ = __bool__ = __hash__ = __call__ = __repr__


# By name: pytest itself stumbles over a nasty one.
STRANGE = {"object": Nasty(), "class": Nasty, "array": np.ones(3)}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "Nothing to check yet"),
        (..., "Nothing to check yet"),
        (3, "no exercise for 3 in module bigram"),
        ("softmax", "no exercise for 'softmax'"),
        ("array", "no exercise for [1., 1., 1.]"),
        (lambda x: x, "no exercise named '<lambda>'"),
        (len, "no exercise named 'len' in module bigram. Keep the name the cell came with, or"),
        ("object", "no exercise for <Nasty>"),
        ("class", "no exercise named 'Nasty'"),
    ],
)
def test_what_belongs_to_no_exercise_is_told(answer, message, bigram, said):
    answer = STRANGE.get(answer, answer) if isinstance(answer, str) else answer
    assert pathkit.check(answer) is answer
    assert message in said()


def test_names_that_are_no_exercise(bigram, said):
    assert pathkit.check(nothing_such=3) == 3
    assert pathkit.check(a=1, b=2) == 1
    text = said()
    assert "no exercise named 'nothing_such'" in text and "Check one answer at a time." in text


@pytest.mark.parametrize("value", [*STRANGE, 3, "x", [1], float("nan")])
def test_check_never_raises(value, bigram, said):
    value = STRANGE.get(value, value) if isinstance(value, str) else value
    reference = exercises_of("bigram")["probabilities"].reference
    assert pathkit.check(probabilities=value) is reference
    assert pathkit.check(broken_name=value) == "jqwest"
    assert said().count("✗") == 2


def test_a_fault_of_ours_is_told_as_ours(cell, bigram, said, monkeypatch):
    def fails(self, answer):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(Exercise, "check", fails)
    got = pathkit.check(cell(RIGHT)["probabilities"])
    assert got is exercises_of("bigram")["probabilities"].reference
    assert "The check itself failed (ZeroDivisionError: division by zero)." in said()


def test_the_solution_comes_after_three_tries(cell, bigram, said):
    wrong = cell(WRONG)["probabilities"]
    pathkit.check(cell(STUB)["probabilities"])  # an untouched stub is no try
    for left in ("3 more tries", "2 more tries", "1 more try"):
        pathkit.solution("probabilities")
        assert f"{left} first: the hints under the exercise" in said()
        pathkit.check(wrong)
    assert '`path.solution("probabilities")` shows an answer.' in said()
    pathkit.solution("probabilities")
    text = said()
    assert text.startswith("def probabilities(counts") and "return counts / counts.sum(" in text


def test_the_solution_comes_after_a_pass(cell, bigram, said):
    pathkit.solution("probabilities")
    assert said().startswith("3 more tries first")
    pathkit.check(cell(RIGHT)["probabilities"])
    said()
    pathkit.solution("probabilities")
    assert said().startswith("def probabilities(")
    pathkit.solution("nothing_such")
    assert said().startswith("There is no exercise 'nothing_such' here; there are: count_pairs")


def test_hints_come_one_by_one(said):
    pathkit.hint("probabilities")
    assert said() == 'Run the set-up cell first: it holds `path.ready("…")`.\n'
    pathkit.ready("bigram")
    said()
    first, *_ = exercises_of("bigram")["probabilities"].hints
    pathkit.hint("probabilities")
    assert first.split()[0] in said()
    pathkit.hint("nothing_such")
    assert said().startswith("There is no exercise 'nothing_such' here")


def test_predictions(bigram, said):
    pathkit.predict("after-q", 0.41)
    pathkit.predict("greedy-name", "a")
    pathkit.predict("floor", ...)
    pathkit.predict("nothing-such", 1)
    text = said()
    for part in ("✓ after-q: passed", "✗ greedy-name: not yet", "○ floor: not attempted",
                 "There is no prediction 'nothing-such' here; there are: after-q"):
        assert part in text


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        (("c", "a", "b"), "All right: you can go straight to Stretch"),
        (("c", "a", "x"), "Not all right yet"),
        ((..., ..., ...), "Not answered"),
        (("cab",), "All right: you can go straight to Stretch"),
        (("C, A, B",), "All right: you can go straight to Stretch"),
        ((["c", "a", "b"],), "All right: you can go straight to Stretch"),
        (("c)", " A ", ("b",)), "All right: you can go straight to Stretch"),
        (("cax",), "Not all right yet"),
        ((None, "", "..."), "Not answered: go on with the notebook, or write 3 letters in quotes"),
        ((...,), "Not answered"),
        (("c",), '3 answers are expected, one for each question; got 1: write 3 letters in quotes, '
                 'as in `path.skip("bigram", "a", "b", "c")`.'),
        (("ca",), "3 answers are expected, one for each question; got 1: write 3 letters"),
    ],
)
def test_skipping(answers, last, said):
    pathkit.skip("bigram", *answers)
    assert said().splitlines()[-1].startswith(last)


def test_skipping_an_unknown_module(said):
    pathkit.skip("nothing-such", "a")
    assert said() == "There are no questions for module 'nothing-such'.\n"


# --- in a real kernel ----------------------------------------------------------------------------

CELLS = {
    "ready": 'import numpy as np\nimport pathkit as path\npath.ready("bigram")',
    "right": RIGHT + "probabilities = path.check(probabilities)",
    "untouched": STUB + "probabilities = path.check(probabilities)",
    "wrong": "# mine\ndef probabilities(counts):\n    print('<b>hi</b>')\n    ...\n"
             "    return counts / nothing\nprobabilities = path.check(probabilities)",
    "goes on": "probabilities(np.array([[1, 3]]))",
    "endless": "from pathkit.exercises import bigram\nbigram.count_pairs.seconds = 0.3\n"
               "def count_pairs(names, index):\n    while True:\n        try:\n"
               "            sum([1])\n        except:\n            pass\n"
               "count_pairs = path.check(count_pairs)",
    "alive": "import signal\nprint('alive', signal.getitimer(signal.ITIMER_REAL)[0])",
}  # fmt: skip


@pytest.mark.slow
def test_in_a_real_kernel(monkeypatch, tmp_path):
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    cells = [nbformat.v4.new_code_cell(source, id=name.replace(" ", "-"))
             for name, source in CELLS.items()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    resources = {"metadata": {"path": tmp_path}}
    nbclient.NotebookClient(notebook, timeout=60, resources=resources).execute()
    outputs = {name: cell.outputs for name, cell in zip(CELLS, notebook.cells, strict=True)}

    def shown(name):
        [output] = outputs[name]
        assert output.output_type == "display_data"
        return output.data["text/plain"], output.data["text/html"]

    for text in shown("right"):
        assert "✓ probabilities: passed" in text
    assert "○ probabilities: not attempted" in shown("untouched")[0]
    text, html = shown("wrong")
    assert "NameError: name 'nothing' is not defined" in text
    assert "line 5" in text and "return counts / nothing" in text
    assert "A `...` still stands in line 4." in text and "printed" in text
    assert "&lt;b&gt;hi&lt;/b&gt;" in html and "<b>hi" not in html
    assert outputs["goes on"][0].data["text/plain"] == "array([[0.25, 0.75]])"
    assert "✗ count_pairs: too slow" in shown("endless")[0]
    assert outputs["alive"][0].text == "alive 0.0\n"


def test_the_first_prediction_is_kept_and_recalled(capsys):
    pathkit.ready("bigram")
    for answer in (..., 0.99, 0.41):
        pathkit.predict("after-q", answer)
    assert session._session.predictions == {"bigram.after-q": 0.99}
    assert "Your first prediction was 0.99." in capsys.readouterr().out


def test_what_was_done_under_a_former_name_of_the_module_counts(tmp_path, monkeypatch, cell, said):
    home = make_folder(tmp_path, PathMap("Path", ("Part",), (
        module(1, "bigram", "probabilities", formerly=("pairs", "twos")), module(2, "other"),
    )))
    for name, status in [("pairs", "wrong value"), ("twos", "raised"), ("other", "wrong value")]:
        progress_log.append(
            home.progress, "check", name, exercise=f"{name}.probabilities", status=status
        )
    progress_log.append(
        home.progress, "check", "pairs", exercise="pairs.count_pairs", status="passed"
    )
    progress_log.append(home.progress, "predict", "twos", prediction="twos.after-q", answer=1.0,
               status="wrong value")
    monkeypatch.chdir(tmp_path)
    pathkit.ready("bigram")
    said()
    pathkit.check(cell(WRONG)["probabilities"])
    assert "path.solution" in said(), "that was the third try"
    pathkit.solution("count_pairs")
    assert "def count_pairs" in said()
    pathkit.predict("after-q", 0.5)
    assert "Your first prediction was 1.0." in said()
    progress_log.append(home.progress, "reset", "pairs", exercise="pairs.probabilities")
    pathkit.ready("bigram")
    said()
    pathkit.solution("probabilities")
    assert "3 more tries first" in said()
