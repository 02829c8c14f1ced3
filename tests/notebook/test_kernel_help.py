"""Errors that a notebook's own state explains say what to do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

import pathkit
from pathkit.kernel_help import kernelspec, names
from pathkit.kernel_help.hooks import load
from pathkit.notebook import session
from tests.this_path import notebook_of

ROOT = Path(__file__).parents[2]
SET_UP = 'import math\nimport numpy as np\nimport pathkit as path\npath.ready("bigram")'
EXERCISE = (
    "# exercise: bigram.probabilities\ndef probabilities(counts: np.ndarray):\n    ...\n\n\n"
    "probabilities = path.check(probabilities)"
)
CELLS = [
    ("markdown", "title", "# A module"),
    ("code", "set-up", SET_UP),
    ("markdown", "m1", "Text.\n\n## Two spirals"),
    ("code", "spiral", "def spiral(n):\n    return n\n\n\nX, labels = spiral(3), 4"),
    ("code", "exercise", EXERCISE),
    ("code", "predict", 'path.predict("best-k", ...)'),
    ("code", "use", "print(X)\nprobabilities(np.ones((2, 2)))"),
    ("code", "late", "later = 1"),
]


class Kernel:
    """A shell that runs the cells of a saved notebook, as a kernel does."""

    def __init__(self, folder, monkeypatch, capsys, saved=True):
        monkeypatch.chdir(folder)
        monkeypatch.setattr(session, "_session", session.Session())
        monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
        self.shell = InteractiveShell()
        monkeypatch.setattr("IPython.get_ipython", lambda: self.shell)
        monkeypatch.setattr(self.shell, "starting_dir", str(folder))
        self.shell._showtraceback = self._shown
        self.shell.get_parent = lambda: {"metadata": {"cellId": self.cell}}
        self.errors: list[str] = []
        self.capsys = capsys
        if saved:
            (folder / notebook_of("neurons")).write_text('{"cells": [], "metadata": {}}')
            (folder / "03-broken.ipynb").write_text('"bigram" <<<<<')
            (folder / notebook_of("bigram")).write_text(json.dumps({"cells": [
                {"cell_type": kind, "id": name, "metadata": {}, "source": [text]}
                for kind, name, text in CELLS
            ], "metadata": {"pathkit": {"module": "bigram"}}}))
        load(self.shell)

    def _shown(self, kind, error, lines):
        self.errors.append("\n".join(map(str, lines)))

    def run(self, source="", cell="mine"):
        """Run a cell of the notebook, or other text in one; returns what was printed or shown."""
        self.cell = cell
        self.errors.clear()
        text = source or next(text for _, name, text in CELLS if name == cell)
        self.shell.run_cell(text, store_history=True)
        return self.capsys.readouterr().out + "\n".join(self.errors)


@pytest.fixture
def kernel(tmp_path, monkeypatch, capsys):
    return Kernel(tmp_path, monkeypatch, capsys)


@pytest.fixture
def ready(kernel):
    kernel.run(cell="set-up")
    return kernel


# --- a new kernel ------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["exercise", "predict", "use"])
def test_a_cell_that_is_run_before_the_set_up_cell(kernel, cell):
    said = kernel.run(cell=cell)
    assert said.startswith("Run the set-up cell first, the one with `path.ready(…)`")
    assert "Run All Above Selected Cell" in said
    assert len(said.splitlines()) == 2 and "NameError: name '" in said


@pytest.mark.parametrize("source", ["np.ones(3)", "plt.plot()", "path.progress()", "torch.ones(2)"])
def test_the_same_where_the_notebook_is_nowhere(source, tmp_path, monkeypatch, capsys):
    said = Kernel(tmp_path, monkeypatch, capsys, saved=False).run(source)
    assert said.startswith("Run the set-up cell first")


def test_an_exercise_brings_help_to_any_kernel(tmp_path, monkeypatch, capsys):
    """In VS Code or Colab nothing of ours is loaded before the cell itself imports it."""
    kernel = Kernel(tmp_path, monkeypatch, capsys)
    monkeypatch.delattr(kernel.shell, "_pathkit_help")
    del kernel.shell.showtraceback
    assert "Traceback" in kernel.run(cell="exercise")
    monkeypatch.delitem(sys.modules, "pathkit")
    said = kernel.run("import pathkit as path\n\n" + EXERCISE, cell="exercise")
    assert said.startswith("Run the set-up cell first")


def test_every_exercise_of_the_path_brings_that_import():
    notebooks = [json.loads(p.read_text()) for p in (ROOT / "notebooks").glob("[0-9]*.ipynb")]
    cells = [
        "".join(cell["source"]).splitlines() for notebook in notebooks for cell in notebook["cells"]
        if cell["metadata"].get("pathkit", {}).get("role") == "exercise"
    ]
    assert len(cells) > 50 and all(lines[1] == "import pathkit as path" for lines in cells)


# --- cells that were skipped -------------------------------------------------------------------


def test_the_cell_that_makes_a_name_is_named(ready):
    said = ready.run(cell="use")
    assert said.startswith(
        "`X` comes from the cell under “Two spirals” that begins `def spiral(n):`, which has not "
        "been run: run it first."
    )
    ready.run(cell="spiral")
    assert ready.run(cell="use").splitlines()[1].startswith(
        "`probabilities` comes from the cell of the exercise `probabilities`"
    )


def test_a_name_of_a_cell_further_down(ready):
    assert "further down" in ready.run("print(later)", cell="exercise")


def test_in_an_answer_too(ready):
    said = ready.run(
        "def probabilities(counts):\n    return counts / X\n\n"
        "probabilities = path.check(probabilities)", cell="exercise",
    )
    assert "✗ probabilities: raised" in said
    assert "`X` comes from the cell under “Two spirals”" in " ".join(said.split())


def test_a_name_that_no_cell_makes_is_pythons_business(ready):
    assert "Traceback" in ready.run("nothing_such")


def test_a_name_within_other_code_is_not_explained(ready):
    assert "Traceback" in ready.run("exec('np_', {})")


# --- quotes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "instead"),
    [
        ('path.predict("best-k", b)', '`path.predict("best-k", "b")`'),
        ("path.skip('bigram', c, a, b)", '`path.skip("bigram", "c", "a", "b")`'),
        ('path.skip("bigram", cab)', '`path.skip("bigram", "cab")`'),
        ('path.skip("bigram", "c", ..., b)', '`path.skip("bigram", "c", ..., "b")`'),
    ],
)
@pytest.mark.parametrize("first", ["set-up", ""])
def test_a_letter_without_quotes(kernel, source, instead, first):
    kernel.run(cell="set-up") if first else kernel.run("import pathkit as path")
    assert kernel.run(source).startswith(f"A letter is typed in quotes: {instead}")


# --- names that were given away -----------------------------------------------------------------

TAKEN = {
    'x = 1\npath = "data.txt"': "`'data.txt'`",
    "import math\nimport os.path as path": "the module `posixpath`",
    "a = 0\nfrom os import path": "the module `posixpath`",
    "a = 0\nfor path in ['x', 'y']: pass": "`'y'`",
    "a = 0\nwith open('path.txt', 'w') as path: pass": "a TextIOWrapper",
    "def f():\n    global path; path = [1]\nf()": "`[1]`",
    "a = 0\ndef path(): pass": "a function of yours",
}


@pytest.mark.parametrize("source", TAKEN)
def test_taking_path_is_told_at_once_and_later(ready, source):
    said = ready.run(source)
    assert said.startswith(f"`path` is {TAKEN[source]} now: line 2 of this cell took the name")
    assert "`import pathkit as path` brings back" in said
    later = ready.run("path.check(probabilities)")
    assert later.startswith(f"`path` is {TAKEN[source]} since line 2 of cell [2].")
    assert "import pathkit as path" in later and "AttributeError" in later
    ready.run("import pathkit as path")
    assert ready.shell.user_ns["path"] is pathkit
    assert "line" not in ready.run("3")


def test_deleting_path(ready):
    assert ready.run("del path").startswith("`path` is gone: line 1 of this cell deleted it")
    assert ready.run("path.progress()").startswith("`path` was deleted in line 1 of cell [2].")


@pytest.mark.parametrize("source", ["np = 3", "from math import pi as np"])
def test_taking_np(ready, source):
    assert ready.run(source).startswith("`np` is")
    assert "`import numpy as np` brings back" in ready.run("np.ones(3)")
    said = ready.run("def probabilities(counts):\n    return np.ones(3)\n"
                     "probabilities = path.check(probabilities)")
    assert "`import numpy as np` brings back" in " ".join(said.split())


def test_a_module_that_only_this_notebook_imports(ready):
    ready.run("math = 3")
    assert "`import math` brings back" in ready.run("math.log(2)")


@pytest.mark.parametrize("name", ["sum", "print", "list", "len", "max", "type", "str", "input"])
def test_a_hidden_builtin_is_named(ready, name):
    ready.run(f"x = 1\n{name} = 3")
    wanted = f"`{name}` is `3` since line 2 of cell [2], and hides Python's own. `del {name}`"
    assert ready.run(f"{name}([1])").startswith(wanted)
    said = ready.run(
        f"def helper(x):\n    return {name}(x)\n\ndef probabilities(counts):\n"
        "    return helper([1])\nprobabilities = path.check(probabilities)"
    )
    assert wanted in " ".join(said.split())


def test_a_builtin_hidden_by_a_star_import(ready):
    ready.run("from numpy import *")
    said = ready.run("def probabilities(counts):\n    return max(1, 2, 3)\n"
                     "probabilities = path.check(probabilities)")
    assert "`max` is a function of numpy since line 1 of cell [2]" in " ".join(said.split())


def test_an_exercise_that_became_data(ready):
    ready.run("probabilities = np.ones((2, 2))")
    said = ready.run(cell="use", source="probabilities(np.ones((2, 2)))")
    assert said.startswith("`probabilities` is a ndarray since line 1 of cell [2]. Run the "
                           "exercise's cell again")


def test_right_answers_are_told_nothing_more(ready):
    ready.run("sum = 3")
    said = ready.run("def probabilities(counts):\n    return counts / counts.sum(axis=1, "
                     "keepdims=True)\nprobabilities = path.check(probabilities)")
    assert "✓" in said and "hides" not in said


def test_the_paths_own_functions_are_put_back(ready):
    assert "`path.check` belongs to the path and was put back" in ready.run("path.check = 3")
    assert ready.run("path.check") and callable(pathkit.check)


@pytest.mark.slow
def test_ordinary_errors_stay_as_they_are(ready):
    for source in ("1 / 0", "{}.x", "'3'()", "open('nowhere')", "int('x')"):
        assert "Traceback" in ready.run(source)


def test_loading_twice_does_no_harm(kernel):
    load(kernel.shell)
    load(kernel.shell)
    assert kernel.run("np.ones(3)").count("Run the set-up cell first") == 1


def test_a_fault_in_the_help_hides_no_error(kernel, monkeypatch):
    monkeypatch.setattr("pathkit.kernel_help.here.of", lambda shell: 1 / 0)
    assert "NameError" in kernel.run("np.ones(3)")


def test_the_kernel_stands_where_it_was_started(ready, tmp_path, monkeypatch):
    from pathkit.display import started_in

    ready.run("import os; os.chdir('/')")
    assert started_in() == tmp_path


# --- names of a cell ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = b = 1\nc: int = 2", {"a": 1, "b": 1, "c": 2}),
        ("(x, [y, *z]) = q", {"x": 1, "y": 1, "z": 1}),
        ("if (n := 3): pass", {"n": 1}),
        ("def f():\n    inner = 1", {"f": 1}),
        ("[i for i in range(3)]", {}),
        ("try:\n    pass\nexcept E as e:\n    pass", {"e": 3}),
        ("x = 1\ndel x", {}),
        ("import a.b, c as d", {"a": 1, "d": 1}),
        ("match p:\n    case [first, *rest]:\n        pass", {"first": 2, "rest": 2}),
        ("not python", {}),
    ],
)
def test_what_gives_a_name_its_value(source, expected):
    assert names.given(source) == expected


# --- the kernel of `pathkit start` ----------------------------------------------------------------


def test_the_kernel_goes_by_the_usual_name_and_knows_no_path_of_this_machine(tmp_path, monkeypatch):
    from jupyter_client.kernelspec import KernelSpecManager

    monkeypatch.setenv("JUPYTER_PATH", "elsewhere")
    variables = kernelspec.environment(tmp_path)
    assert variables["JUPYTER_PATH"].endswith("elsewhere")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    spec = KernelSpecManager().get_kernel_spec("python3")
    assert spec.resource_dir.startswith(str(tmp_path))
    assert spec.argv[0] == "python" and spec.argv[-2:] == ["--ext", kernelspec.EXTENSION]
    text = next(tmp_path.rglob("kernel.json")).read_text()
    assert sys.prefix not in text and str(tmp_path) not in text
    assert kernelspec.environment(tmp_path) == variables


@pytest.mark.slow
def test_in_a_real_kernel_of_ours(tmp_path, monkeypatch):
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    for name, value in kernelspec.environment(tmp_path / "settings").items():
        monkeypatch.setenv(name, value)
    cells = [nbformat.v4.new_code_cell(s) for s in (EXERCISE, SET_UP, "path = 3", "path.check(1)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    nbclient.NotebookClient(
        notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": tmp_path}}
    ).execute()
    first, _, taken, last = [cell.outputs[-1] for cell in notebook.cells]
    assert first.ename == "NameError" and first.traceback[0].startswith("Run the set-up cell first")
    assert taken.text.startswith("`path` is `3` now")
    assert last.traceback[0].startswith("`path` is `3` since line 1 of cell [3]")
