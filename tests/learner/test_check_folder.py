"""`pathkit check` among a learner's own files, and on cells that are not what they were."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from pathkit.learner.shadows import shadows
from pathkit.notebook_files.notebook_file import text_of, to_json
from tests.learner.test_check import RIGHT, answer
from tests.learner.test_check import folder as folder
from tests.learner.test_commands import pathkit
from tests.this_path import notebook_of

NOTEBOOK = notebook_of("bigram")
BROKEN = "raise RuntimeError('mine')\n"


def changed(folder, change) -> None:
    """Change the saved bigram notebook's cells."""
    file = folder.root / NOTEBOOK
    notebook = json.loads(file.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell)
    change(notebook["cells"])
    file.write_text(to_json(notebook), encoding="utf-8")


def place_of(cells, name="count-pairs") -> int:
    [place] = [i for i, c in enumerate(cells) if c["id"] == f"bigram-{name}-exercise"]
    return place


def results(folder) -> dict[str, str]:
    # As the program `pathkit` is started: where we stand is no place to import from.
    command = [sys.executable, "-P", "-c", "from pathkit.cli import main; main()", "check"]
    found = subprocess.run([*command, "bigram", "--json"], cwd=folder.root, capture_output=True,
                           text=True)
    assert "Traceback" not in found.stderr, found.stderr
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    return {row["exercise"].partition(".")[2]: row["status"] for row in rows}


# --- files with the names of modules ------------------------------------------------------------


@pytest.mark.parametrize("names", [
    ["tokenize.py", "copy.py", "random.py", "torch.py", "numpy.py", "re.py", "json.py", "types.py"],
    ["numpy/__init__.py", "random/__init__.py"],
    ["click.py", "pathkit.py", "IPython.py", "statistics.py", "queue.py", "dataclasses.py"],
])
def test_a_learners_files_never_take_the_place_of_modules_that_we_need(folder, names):
    answer(folder, **RIGHT)
    for name in names:
        (folder.root / name).parent.mkdir(exist_ok=True)
        (folder.root / name).write_text(BROKEN)
    found = results(folder)
    assert (found["count_pairs"], found["probabilities"]) == ("passed", "passed")
    assert len(found) == 8


def test_a_compiled_file_neither(folder):
    answer(folder, **RIGHT)
    (folder.root / "random.py").write_text(BROKEN)
    compile_it = "import py_compile; py_compile.compile('random.py', cfile='random.pyc')"
    subprocess.run([sys.executable, "-P", "-c", compile_it], cwd=folder.root, check=True)
    (folder.root / "random.py").unlink()
    assert results(folder)["count_pairs"] == "passed"
    assert [name for _, name in shadows(folder.root)] == ["random"]


@pytest.mark.parametrize("name", ["helpers", "test", "utils"])
def test_their_own_modules_are_theirs_as_in_a_kernel(folder, name):
    """Also one that is called like a module of Python's that nothing has loaded, and its own."""
    (folder.root / f"{name}.py").write_text("from deeper.inside import table\n")
    (folder.root / "deeper").mkdir()
    (folder.root / "deeper" / "inside.py").write_text(
        "import numpy as np\n\ndef table(n):\n    return np.zeros((n, n), dtype=int)\n")
    body = RIGHT["count_pairs"].replace(
        "np.zeros((len(index), len(index)), dtype=int)", "table(len(index))")
    answer(folder, count_pairs=body)
    changed(folder, lambda cells: cells.insert(2, {
        "cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "execution_count": None,
        "source": f"from {name} import table"}))
    assert results(folder)["count_pairs"] == "passed"


def test_what_hides_a_module_is_named(folder):
    for name in ("random.py", "numpy.py", "notes.py"):
        (folder.root / name).write_text("")
    (folder.root / "torch").mkdir()  # of no package: the installed one goes first
    said = pathkit("check", "bigram", "--folder", folder.root).stderr
    assert "random.py has the name of the module random" in said
    assert "numpy.py has the name of the module numpy" in said
    assert "notes" not in said and "torch" not in said


# --- cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize("cell_type", ["markdown", "raw"])
def test_an_answer_that_no_longer_is_code_is_checked_and_the_key_is_named(folder, cell_type):
    answer(folder, **RIGHT)

    def turn(cells):
        cell = cells[place_of(cells)]
        for key in ("outputs", "execution_count"):
            del cell[key]
        cell["cell_type"] = cell_type

    changed(folder, turn)
    found = pathkit("check", "bigram", "--folder", folder.root)
    assert "✓ count_pairs: passed" in found.stdout
    assert "so it doesn't run" in found.stderr and "Esc, then Y" in found.stderr

    said = pathkit("reset", "count_pairs", "--folder", folder.root).stdout
    assert "which is code again" in said
    cells = json.loads((folder.root / NOTEBOOK).read_text())["cells"]
    assert cells[place_of(cells)]["cell_type"] == "code"
    ids = [c["id"] for c in cells]
    assert len(set(ids)) == len(ids)
    assert len([c for c in cells if "exercise: bigram.count_pairs" in text_of(c)]) == 1


def test_reset_never_writes_an_id_twice(folder):
    """The cell has become prose of the learner's own, and kept the id."""
    def turn(cells):
        cells[place_of(cells)] = {
            "cell_type": "markdown", "id": "bigram-count-pairs-exercise", "metadata": {},
            "source": "I come back to this."}

    changed(folder, turn)
    assert "is back" in pathkit("reset", "count_pairs", "--folder", folder.root).stdout
    cells = json.loads((folder.root / NOTEBOOK).read_text())["cells"]
    ids = [c["id"] for c in cells]
    assert len(set(ids)) == len(ids)
    assert "count_pairs" in text_of(cells[place_of(cells)])
    assert "I come back to this." in map(text_of, cells)


def test_a_cell_that_was_moved_to_another_notebook_is_found_there(folder):
    answer(folder, **RIGHT)
    moved = []
    changed(folder, lambda cells: moved.append(cells.pop(place_of(cells))))
    [other] = folder.root.glob("03-*.ipynb")
    notebook = json.loads(other.read_text(encoding="utf-8"))
    notebook["cells"].insert(4, moved[0])
    other.write_text(to_json(notebook), encoding="utf-8")
    found = pathkit("check", "bigram", "--folder", folder.root)
    assert f"it stands in {other.name}, cell 5" in found.stdout
    assert "pathkit reset bigram.count_pairs" in found.stdout


def test_a_function_that_was_renamed_is_named(folder):
    answer(folder, count_pairs=RIGHT["count_pairs"].replace("def count_pairs", "def count_pair"))
    said = pathkit("check", "bigram", "--folder", folder.root).stdout
    assert "The cell defines `count_pair`, and its check takes `count_pairs`" in said


@pytest.mark.parametrize("change", [
    lambda source: "%%time\n" + source,
    lambda source: "\n".join(f"    {line}" if line else "" for line in source.split("\n")),
    lambda source: "%%time\n" + "\n".join(f"\t{line}" for line in source.split("\n")),
    lambda source: source.partition("\n")[2],
], ids=["magic", "indented", "both", "no comment"])
def test_a_cell_that_looks_otherwise_is_judged_all_the_same(folder, change):
    answer(folder, **RIGHT)

    def alter(cells):
        cell = cells[place_of(cells)]
        cell["source"] = change(cell["source"])

    changed(folder, alter)
    assert results(folder)["count_pairs"] == "passed"
