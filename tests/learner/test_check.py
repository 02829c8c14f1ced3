"""`pathkit check`: a saved notebook judged from the terminal as its own cells would judge it."""

from __future__ import annotations

import functools
import json
import os
import shutil
from pathlib import Path

import pytest

from pathkit import progress_log
from pathkit.learner.check import check as checking
from pathkit.learner.check import check_process
from pathkit.learner.folder import Folder
from pathkit.learner.progress import of_folder
from pathkit.notebook_files.notebook_file import text_of, to_json
from tests.learner.test_commands import one_line, pathkit, process
from tests.learner.test_progress import ROOT
from tests.this_path import notebook_of

RIGHT = {
    "count_pairs": """
        def count_pairs(names, index):
            counts = np.zeros((len(index), len(index)), dtype=int)
            for name in names:
                text = "." + name + "."
                for first, second in zip(text, text[1:]):
                    counts[index[first], index[second]] += 1
            return counts
    """,
    "probabilities": """
        def probabilities(counts):
            return counts / counts.sum(axis=1, keepdims=True)
    """,
}
WRONG = """
    def probabilities(counts):
        return counts / counts.sum(axis=1)
"""


@pytest.fixture
def folder(tmp_path) -> Folder:
    """A learner's folder with all notebooks of this path."""
    folder = Folder(tmp_path / "my path")
    folder.state.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / "path.json", folder.path_map)
    for notebook in (ROOT / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, folder.root)
    return folder


def cell_source(name: str, body: str, value: bool = False) -> str:
    """An exercise's cell of the bigram module as a learner leaves it."""
    lines = body.strip("\n").splitlines()
    indent = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    text = "\n".join(line[indent:] for line in lines).rstrip()
    argument = f"{name}={name}" if value else name
    return f"# exercise: bigram.{name}\n{text}\n\n\n{name} = path.check({argument})"


def answer(folder: Folder, **bodies: str) -> None:
    """Write answers into the saved bigram notebook."""
    file = folder.root / notebook_of("bigram")
    notebook = json.loads(file.read_text(encoding="utf-8"))
    for name, body in bodies.items():
        cell = next(c for c in notebook["cells"]
                    if c["id"] == f"bigram-{name.replace('_', '-')}-exercise")
        cell["source"] = cell_source(name, body, name == "broken_name")
    file.write_text(to_json(notebook), encoding="utf-8")


def checks(folder: Folder) -> list[tuple[str, str]]:
    events = progress_log.read(folder.progress)
    return [(e["exercise"], e["status"]) for e in events if e["kind"] == "check"]


# --- the command ------------------------------------------------------------------------------


def test_each_exercise_has_a_line_and_failures_say_why(folder):
    answer(folder, **RIGHT | {"probabilities": WRONG})
    result = pathkit("check", "bigram", "--folder", folder.root)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert "02-bigram.ipynb, saved " in lines[0]
    assert lines[1] == "✓ count_pairs: passed"
    assert lines[2] == "✗ probabilities: not yet" and "lost an axis" in lines[3]
    assert "○ mean_nll: not attempted" in lines
    assert "bigram: 1 of 8 passed, 1 not right yet, 6 not attempted" in lines
    assert lines[-1] == "`pathkit hint bigram.probabilities` gives the next hint"
    assert result.stderr == ""


def test_a_builtin_that_the_notebook_hides_is_named(folder):
    answer(folder, count_pairs="def count_pairs(names, index):\n    return sum([1])")
    file = folder.root / notebook_of("bigram")
    notebook = json.loads(file.read_text(encoding="utf-8"))
    notebook["cells"].insert(0, {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [],
                                 "execution_count": None, "source": "sum = 0"})
    file.write_text(to_json(notebook), encoding="utf-8")
    result = pathkit("check", "bigram", "--folder", folder.root)
    said = " ".join(result.stdout.split())
    assert "`sum` is `0` since line 1 of cell [1], and hides Python's own." in said


@pytest.mark.slow
def test_verdicts_are_logged_as_from_a_notebook_but_the_same_answer_counts_once(folder):
    answer(folder, **RIGHT | {"probabilities": WRONG})
    for _ in range(2):
        assert pathkit("check", "bigram", "--folder", folder.root).exit_code == 1
        assert checks(folder) == [
            ("bigram.count_pairs", "passed"), ("bigram.probabilities", "misconception"),
        ]
    assert all(e["via"] == "terminal" for e in progress_log.read(folder.progress))
    assert of_folder(folder).exercise("bigram.probabilities").misconceptions == ["_no_keepdims"]
    answer(folder, probabilities=RIGHT["probabilities"])
    assert pathkit("check", "--folder", folder.root).exit_code == 0  # the module of last time
    assert checks(folder)[2:] == [("bigram.probabilities", "passed")]
    assert of_folder(folder).exercise("bigram.probabilities").tries == 2


def test_nothing_attempted_is_no_failure_and_no_event(folder):
    result = pathkit("check", "2", "--folder", folder.root)
    assert result.exit_code == 0
    assert "bigram: 0 of 8 passed, 8 not attempted" in result.stdout
    assert not folder.progress.exists()


def test_json_is_one_object_a_line(folder):
    answer(folder, **RIGHT | {"probabilities": WRONG})
    result = pathkit("check", notebook_of("bigram"), "--json", "--folder", folder.root)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["status"] for r in rows[:3]] == ["passed", "misconception", "not attempted"]
    assert rows[1]["exercise"] == "bigram.probabilities"
    assert rows[1]["misconception"] == "_no_keepdims" and rows[1]["found_by"] == "metadata"
    assert len(rows) == 8 and result.exit_code == 1


def test_what_the_learners_code_prints_stays_out_of_the_report(folder):
    noise = """
        import os, subprocess, sys
        print("noise on stdout")
        os.write(1, b"noise on 1"), os.write(2, b"noise on 2")
        subprocess.run(["echo", "noise of a child"])
        def probabilities(counts):
            print("noise", file=sys.stderr)
            os.write(1, b"noise on 1")
            return counts / counts.sum(axis=1, keepdims=True)
    """
    answer(folder, probabilities=noise)
    result = process("check", "bigram", "--folder", folder.root, cwd=folder.root)
    assert "✓ probabilities: passed" in result.stdout
    assert "noise" not in result.stdout + result.stderr
    assert result.returncode == 0


def test_an_answer_that_ends_its_process_keeps_no_other_from_its_verdict(folder):
    killer = """
        def count_pairs(names, index):
            import os
            os._exit(7)
    """
    answer(folder, count_pairs=killer, probabilities=RIGHT["probabilities"])
    result = pathkit("check", "bigram", "--folder", folder.root)
    assert result.exit_code == 1
    assert "✗ count_pairs: not usable\n  Your code ended the process" in result.stdout
    assert "exit code 7" in result.stdout and "✓ probabilities: passed" in result.stdout


@pytest.mark.slow
def test_an_answer_that_cannot_be_interrupted_is_stopped(folder, monkeypatch):
    monkeypatch.setattr(checking, "PATIENCE", 3.0)
    deaf = """
        def count_pairs(names, index):
            import signal, time
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(600)
    """
    answer(folder, count_pairs=deaf, probabilities=RIGHT["probabilities"])
    result = pathkit("check", "bigram", "--folder", folder.root)
    assert "✗ count_pairs: too slow" in result.stdout
    assert "✓ probabilities: passed" in result.stdout


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["bigrm"], 5, "there is no module 'bigrm'; did you mean 'bigram'?"),
    (["neurons"], 5, "neurons has no exercises; `pathkit done neurons` marks it"),
    ([], 5, "you have not worked on a module yet"),
])
def test_modules_that_cannot_be_checked_are_one_line(folder, arguments, code, said):
    if arguments == ["neurons"]:
        shrink(folder, "neurons")
    one_line(pathkit("check", *arguments, "--folder", folder.root), code, said)


def shrink(folder: Folder, module: str) -> None:
    """Take the exercises of a module out of the folder's map."""
    data = json.loads(folder.path_map.read_text(encoding="utf-8"))
    next(m for m in data["modules"] if m["id"] == module)["exercises"] = []
    folder.path_map.write_text(json.dumps(data), encoding="utf-8")


@pytest.mark.parametrize("text", ["", "{", '{"cells": 3}', "[]", "\ud800"])
def test_a_file_that_is_no_notebook_is_one_line_before_anything_runs(folder, text):
    (folder.root / notebook_of("attention")).write_bytes(text.encode("utf-8", "surrogatepass"))
    result = pathkit("check", "bigram", "attention", "--folder", folder.root)
    one_line(result, 4, "07-attention.ipynb is not a notebook", "start again to get a fresh one")
    assert result.stdout == ""


def test_a_missing_notebook_is_one_line(folder):
    (folder.root / notebook_of("bigram")).unlink()
    one_line(pathkit("check", "bigram", "--folder", folder.root), 5, "pathkit start")


def test_checks_that_cannot_run_at_all_are_one_line_and_exit_4(folder, tmp_path):
    broken = tmp_path / "broken" / "numpy"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('this numpy is broken')")
    result = process(
        "check", "bigram", cwd=folder.root,
        PYTHONPATH=os.pathsep.join([str(broken.parent), str(ROOT / "src")]),
    )
    assert result.returncode == 4
    assert len(result.stderr.splitlines()) == 1
    assert "this numpy is broken" in result.stderr and "`pathkit doctor`" in result.stderr


def test_a_log_that_cannot_be_written_is_told_and_stops_nothing(folder):
    folder.progress.mkdir()
    answer(folder, **RIGHT)
    result = pathkit("check", "bigram", "--folder", folder.root)
    assert result.exit_code == 0 and "✓ probabilities: passed" in result.stdout
    assert result.stderr.count("your progress isn't saved") == 1


def test_a_deleted_cell_says_how_it_comes_back(folder):
    file = folder.root / notebook_of("bigram")
    notebook = json.loads(file.read_text(encoding="utf-8"))
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "bigram-descend-exercise"]
    file.write_text(to_json(notebook), encoding="utf-8")
    result = pathkit("check", "bigram", "--folder", folder.root)
    assert result.exit_code == 0
    assert "○ descend: not attempted\n  02-bigram.ipynb has no cell" in result.stdout


@pytest.mark.slow
def test_every_solution_of_the_path_passes(folder):
    for solution in (ROOT / "notebooks" / "solutions").glob("*.ipynb"):
        shutil.copy(solution, folder.root)
    modules = [m.id for m in of_folder(folder).path.modules if m.exercises]
    result = pathkit("check", *modules, "--json", "--folder", folder.root)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(rows) == sum(len(m.exercises) for m in of_folder(folder).path.modules)
    assert {r["exercise"]: r["message"] for r in rows if r["status"] != "passed"} == {}
    assert result.exit_code == 0, result.stderr


# --- what of the notebook is run --------------------------------------------------------------


def judged(*cells: str, names: tuple[str, ...] = ("probabilities",), **changed: str):
    """Verdicts by name and remarks; the last cells hold the answers, in the order of `names`."""
    rows = [
        {"source": "import numpy as np\nimport pathkit as path", "number": 1, "answers": False}
    ]
    for number, source in enumerate(cells, 2):
        rows.append({"source": source, "number": number,
                     "answers": number > 1 + len(cells) - len(names)})
    answers = [
        {"name": name, "source": row["source"], "number": row["number"]}
        for name, row in zip(names, rows[len(rows) - len(names):], strict=True)
    ]
    lines = list(check_process._lines({"module": "bigram", "cells": rows, "answers": answers}))
    verdicts = {line["exercise"]: line["verdict"] for line in lines if "verdict" in line}
    return verdicts, lines[0]["remarks"]


def status(*cells: str, **more) -> str:
    [verdict] = judged(*cells, **more)[0].values()
    return verdict["status"]


right = functools.partial(cell_source, "probabilities", RIGHT["probabilities"])


def test_a_right_answer_passes_and_a_stub_is_not_attempted():
    assert status(right()) == "passed"
    assert status(cell_source("probabilities", "def probabilities(counts):\n    ...")) == (
        "not attempted"
    )
    assert status("# exercise: bigram.probabilities") == "not attempted"


def test_imports_definitions_and_plain_values_of_other_cells_are_there():
    body = "def probabilities(counts):\n    return helper(counts, AXIS, **OPTIONS)"
    assert status(
        "from functools import partial",
        "AXIS, OPTIONS = 1, {'keep': True}\n"
        "def helper(counts, axis, keep):\n"
        "    return np.divide(counts, counts.sum(axis=axis, keepdims=keep))",
        cell_source("probabilities", body),
    ) == "passed"


def test_what_the_lesson_computes_is_not_run():
    assert status("raise SystemExit\nwhile True: pass", "open('x', 'w')", right()) == "passed"
    assert not Path("x").exists()


def test_an_answer_that_needs_what_the_lesson_computes_is_not_judged():
    body = "def probabilities(counts):\n    return table"
    verdicts, _ = judged("table = np.eye(3)", cell_source("probabilities", body))
    assert verdicts["probabilities"]["status"] == "not checked"
    assert "`table`" in verdicts["probabilities"]["message"]
    body = "broken_name = next(a for a in letters)"
    value = cell_source("broken_name", body, value=True)
    assert status("letters = sorted('ab')", value, names=("broken_name",)) == "not checked"
    # A name that nothing defines is the answer's own mistake.
    assert status(cell_source("probabilities", "def probabilities(c):\n    return tabel")) == (
        "raised"
    )


def test_the_rest_of_the_cell_does_not_count():
    assert status("names = open('x')", right().replace("def ", "print(N[0], names)\ndef ", 1)) == (
        "passed"
    )
    assert status(right() + "\nprobabilities(None)\nwhile True: pass") == "passed"


@pytest.mark.parametrize("check", [
    "path.check(probabilities)", "kit.check(probabilities)", "p = path.check(probabilities)",
    "probabilities = path.check(probabilities=probabilities)", "",
    "probabilities: object = path.check(probabilities)",
    "probabilities = path.check(probabilities=lambda c: c / c.sum(axis=1, keepdims=True))",
    "mine = probabilities\ndel probabilities\npath.check(probabilities=mine)",
    "other = path.check(other)\nprobabilities = path.check(probabilities)",
])
def test_the_check_may_be_written_as_one_likes(check):
    source = right().rpartition("probabilities = ")[0]
    assert status(source + check) == "passed"


@pytest.mark.parametrize(("body", "expected"), [
    ('broken_name = "xq"', "passed"), ("broken_name = ...", "not attempted"),
    ("", "passed"), ('broken_name = "a" "nna"', "wrong value"),
])
def test_values_are_checked_too(body, expected):
    source = cell_source("broken_name", body or "#", value=True)
    if not body:
        source = source.replace("=broken_name)", '="xq")')
    found = status(source, names=("broken_name",))
    assert found == expected or (expected == "wrong value" and found != "passed")


def test_a_cell_that_is_not_python_is_one_line_and_the_others_are_judged():
    broken = cell_source("count_pairs", "def count_pairs(names, index:\n    return 1")
    verdicts, remarks = judged("x = (", broken, right(), names=("count_pairs", "probabilities"))
    assert verdicts["count_pairs"]["status"] == "not usable"
    assert "line 2 is not Python" in verdicts["count_pairs"]["message"]
    assert verdicts["probabilities"]["status"] == "passed"
    assert remarks == ["cell 2 is left out: line 1 is not Python ('(' was never closed)"]


@pytest.mark.parametrize("source", [
    "%%time\n" + right(), "%matplotlib inline\n" + right(), "!ls\n" + right(), right() + "\nnp?",
])
def test_magics_are_no_mistakes(source):
    assert status(source) == "passed"


def test_cells_in_other_languages_are_passed_over():
    assert judged("%%bash\nfor i in 1; do echo; done", right())[1] == []


def test_wrong_answers_are_replaced_by_the_reference_for_the_next_ones():
    uses = """
        def smoothed(counts, k):
            return probabilities(counts + k)
    """
    names = ("probabilities", "smoothed")
    for first in (cell_source("probabilities", WRONG), right()):
        verdicts, _ = judged(first, cell_source("smoothed", uses), names=names)
        assert verdicts["smoothed"]["status"] == "passed"


@pytest.mark.parametrize("body", [
    "probabilities = bigram.probabilities",
    "def probabilities(counts):\n    return bigram.probabilities(counts)",
])
def test_the_paths_own_answer_passes_for_nobodys(body):
    [found] = judged(cell_source("probabilities", f"from pathkit.exercises import bigram\n{body}"))[
        0].values()
    assert found["status"] == "not attempted" and "the path's own answer" in found["message"]


def test_a_cell_without_its_name_says_so():
    source = cell_source("probabilities", "def probs(counts):\n    return counts")
    source = source.replace("path.check(probabilities)", "path.check(probs)")
    verdicts, _ = judged(source.replace("probabilities = ", "probs = "))
    message = verdicts["probabilities"]["message"]
    assert "defines `probs`" in message and "takes `probabilities`" in message


@pytest.mark.parametrize("body", [
    "raise RuntimeError('first')", "exit()", "import no_such_package_at_all",
])
def test_a_cell_that_raises_before_its_answer_says_what(body):
    source = f"# exercise: bigram.probabilities\n{body}\n"
    verdicts, _ = judged(source)
    assert verdicts["probabilities"]["status"] == "raised"


def test_a_cell_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(check_process, "CELL_SECONDS", 0.2)
    assert status("# exercise: bigram.probabilities\nwhile True:\n    pass") == "too slow"
    assert status(right().replace("\ndef", "\nimport time; time.sleep(0)\ndef")) == "passed"


def test_a_missing_package_is_a_remark():
    _, remarks = judged("import no_such_package_at_all", right())
    assert remarks == ["cell 2: ModuleNotFoundError: No module named 'no_such_package_at_all'"]


def test_annotations_are_evaluated_as_in_a_notebook():
    body = "def probabilities(counts: np.ndarray | None) -> np.ndarray:\n    return counts / " \
           "counts.sum(axis=1, keepdims=True)"
    assert status(cell_source("probabilities", body)) == "passed"
    assert status("def helper(x: NoSuchName): pass", right()) == "passed"


def test_messages_show_the_learners_own_line():
    body = "def probabilities(counts):\n    # a remark\n    return counts / nothing"
    verdicts, _ = judged(cell_source("probabilities", body))
    shown = dict(map(tuple, verdicts["probabilities"]["shown"]))
    assert shown["line 4"] == "return counts / nothing"


def test_an_answer_in_another_cell_is_found_and_told(folder):
    file = folder.root / notebook_of("bigram")
    notebook = json.loads(file.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        if "# exercise: bigram.probabilities" in text_of(cell):
            cell["source"] = right().partition("\n")[2]
    file.write_text(to_json(notebook), encoding="utf-8")
    result = pathkit("check", "bigram", "--folder", folder.root)
    assert "✓ probabilities: passed" in result.stdout
    assert "probabilities: taken from cell" in result.stderr
