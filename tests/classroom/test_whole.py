"""Whole notebooks: what is run, what is there while it runs, and that it is one row at worst."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pathkit
from pathkit.classroom import sandboxes
from pathkit.classroom.assigning.giveaways import bare, secrets_of
from pathkit.classroom.assignment import to_json
from pathkit.classroom.collecting import own_work
from pathkit.classroom.collecting.submissions import _own
from pathkit.classroom.sandboxes import NoSandbox
from pathkit.classroom.whole_notebooks import harmless_outputs, how_far, rebuilt, sandbox_contents
from pathkit.classroom.whole_notebooks import one_notebook as jobs
from pathkit.classroom.whole_notebooks.one_notebook import Limits, Ran
from pathkit.errors import EnvironmentProblem
from pathkit.notebook_files import notebook_file
from pathkit.notebook_files.notebook_file import text_of
from pathkit.path_modules import OURS
from tests.classroom.classroom_data import ASSIGNMENT, EXERCISES, FILE, MODULE, ROOT, right
from tests.classroom.classroom_parts import code, zipped

CHECK = "probabilities = path.check(probabilities)"
OWN = "def probabilities(counts):\n    return counts * 2"


@pytest.fixture(scope="module")
def handed_out() -> dict:
    return json.loads((ROOT / "notebooks" / FILE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def base(handed_out) -> own_work.Base:
    return own_work.Base(MODULE, handed_out, own_work._stubs(handed_out))


def changed(notebook: dict, answers: dict[str, str], *added: dict, at: int = 20) -> dict:
    """A notebook as a student leaves it: answers in its cells, cells of their own from `at` on."""
    cells = []
    for cell in json.loads(json.dumps(notebook))["cells"]:
        name = own_work.exercise_of(cell)
        if name in answers:
            check = text_of(cell).rpartition("\n")[2]
            cell["source"] = f"# exercise: {MODULE}.{name}\n{answers[name]}\n\n{check}"
        cells.append(cell)
    cells[at:at] = [{**cell, "id": f"mine-{i}"} for i, cell in enumerate(added)]
    return {**notebook, "cells": cells}


def sources(notebook: dict) -> dict[str, str]:
    """The text of each cell by its exercise, else by its id."""
    return {own_work.exercise_of(cell) or cell["id"]: text_of(cell) for cell in notebook["cells"]}


def put_together(student: dict, base: own_work.Base) -> dict:
    return rebuilt.rebuilt(base, own_work.own(student, base))


# --- what is run ------------------------------------------------------------------------------


def test_an_untouched_notebook_comes_back_as_it_was_handed_out(handed_out, base):
    assert own_work.own(handed_out, base) == own_work.Own({}, ())
    assert sources(put_together(handed_out, base)) == sources(handed_out)


def test_answers_and_added_cells_are_put_in_where_they_stood(handed_out, base):
    note = {"cell_type": "markdown", "source": "My note.", "metadata": {}}
    student = changed(handed_out, {"probabilities": OWN}, code("helper = 3"), note,
                      code("print(helper)"))
    made = put_together(student, base)
    ids = [cell["id"] for cell in made["cells"]]
    assert sources(made)["probabilities"] == (
        f"# exercise: {MODULE}.probabilities\n{OWN}\n\n{CHECK}")
    at = ids.index("own-1")
    assert ids[at - 1] == handed_out["cells"][19]["id"]
    assert ids[at + 1 : at + 3] == ["own-2", handed_out["cells"][20]["id"]]
    assert sources(made)["own-1"] == "helper = 3" and "My note." not in str(made)


def test_checks_and_the_lessons_cells_are_ours_whatever_became_of_them(handed_out, base):
    student = changed(handed_out, {"probabilities": OWN})
    for cell in student["cells"]:
        if own_work.exercise_of(cell) == "probabilities":
            cell["source"] = text_of(cell).replace(CHECK, f"{CHECK}; import os")
        elif cell["cell_type"] == "code" and "import numpy as np" in text_of(cell):
            cell["source"] = "import math, itertools\nprint('mine')\n" + text_of(cell)
            changed_cell = cell["id"]
    made = put_together(student, base)
    found, given = sources(made), sources(handed_out)
    assert found["probabilities"].endswith(f"\n{CHECK}")
    assert found[changed_cell] == given[changed_cell]
    # What they import there comes after it: an answer may need it.
    assert found["own-1"] == "import math, itertools" and "mine" not in str(found)


@pytest.mark.parametrize("lost", ["ids", "metadata", "both"])
def test_what_editors_drop_is_found_again(lost, handed_out, base):
    student = changed(handed_out, {"probabilities": OWN}, code("helper = 3"))
    for cell in student["cells"]:
        if lost != "metadata":
            del cell["id"]
        if lost != "ids":
            cell["metadata"] = {}
    own = own_work.own(student, base)
    assert list(own.answers) == ["probabilities"]
    assert [text for _, text in own.added] == ["helper = 3"]


def test_an_older_copy_of_an_answer_is_not_run_beside_the_one_that_counts(handed_out, base):
    copy = code(f"# exercise: {MODULE}.probabilities\n{OWN}  # before\n\n{CHECK}")
    student = changed(handed_out, {"probabilities": OWN}, copy, at=5)
    own = own_work.own(student, base)
    assert own.added == () and own.answers["probabilities"].written == OWN


def test_more_than_anybody_writes_is_one_row(handed_out, base):
    many = {**handed_out, "cells": handed_out["cells"] + [code("1")] * 5000}
    long = changed(handed_out, {}, code("#" * 2**23))
    for student in (many, long):
        assert _own(student, base) == (None, "it can't be run as a whole: ValueError: it holds "
                                             "more than anybody writes")


def test_without_the_notebooks_that_were_handed_out_it_is_one_line(tmp_path):
    bare_zip = tmp_path / "bare.zip"
    bare_zip.write_bytes(zipped({"assignment.json": to_json(ASSIGNMENT).encode()}))
    alone = tmp_path / "assignment.json"
    alone.write_text(to_json(ASSIGNMENT))
    for file in (bare_zip, alone):
        with pytest.raises(EnvironmentProblem, match="name the zip that `pathkit assign` made"):
            own_work.bases(file, ASSIGNMENT)


# --- what is there ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    sandbox_contents.write(folder)
    return folder


@pytest.mark.slow
def test_no_file_that_a_sandbox_holds_gives_an_answer_or_a_misconception_away(tree):
    files = [path for path in tree.rglob("*") if path.is_file()]
    assert len(files) > 12
    texts = {path: bare(path.read_text(encoding="utf-8", errors="replace")) for path in files}
    count = 0
    for module in OURS:
        for secret in secrets_of(module, module.name.replace("_", "-")):
            for line in (*secret.lines, *map(bare, secret.words)):
                count += 1
                assert [path for path, text in texts.items() if line in text] == [], secret
    assert count > 1000


def test_in_a_sandbox_nothing_is_kept_and_the_paths_model_is_at_hand(tree, tmp_path):
    """Without the class, whose code is an answer: that is a stand-in there."""
    code = ("import pathkit as path; path.keep(1, symbols='ab', n_head=1, loss=0); "
            "m = path.model('gpt'); print(m.weights['token.weight'].shape, m.own); "
            "print(path.datasets.SMALL_TALES.entropy() > 0)")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(
        [str(tree), *filter(None, [os.environ.get("PYTHONPATH")])])}
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment,
                         capture_output=True, text=True)
    assert ran.stdout.splitlines()[1:] == ["(27, 48) False", "True"], ran.stderr
    assert ran.stdout.startswith("the path's GPT: 0.1264 nats per character")


@pytest.mark.parametrize("script", [
    "from pathkit.exercises import bigram",
    "import pathkit.checks.exercise",
    "import pathkit.checks.judge",
    "import pathkit.modules.bigram.lesson",
    "import pathkit.modules.bigram.smoothed",
    "import pathkit.classroom.grading.one_exercise",
])
def test_what_knows_what_is_right_can_not_be_imported(script, tree):
    ran = python(tree, script)
    assert ran.returncode and "ImportError" in ran.stderr or "ModuleNotFound" in ran.stderr


def test_every_name_that_a_lesson_calls_is_there(tree):
    names = pathkit.__all__
    ran = python(tree, f"import pathkit\nfor name in {names!r}:\n    getattr(pathkit, name)")
    assert ran.returncode == 0, ran.stderr


def python(tree: Path, script: str, told: dict | None = None) -> subprocess.CompletedProcess:
    """Run a script beside what a sandbox holds of the project."""
    environment = {"PYTHONPATH": str(tree), "PATH": os.environ["PATH"]}
    if told is not None:
        (tree / "told.json").write_text(json.dumps(told))
        environment["PATHKIT_WHOLE"] = str(tree / "told.json")
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          env=environment, cwd=tree, timeout=60)


def test_answers_pass_through_and_missing_ones_say_so(tree):
    told = {
        "missing": ["gradient"],
        "exercises": ["bigram.count_pairs", "bigram.smoothed", "bigram.gradient", "bigram.nll"],
        "answers": {"bigram.count_pairs": {
            "before": ["raise ValueError", "two = 2"],
            "code": "def count_pairs(n):\n    return two * n"},
            "bigram.nll": {"before": [], "code": "1 / 0"}},
        "modules": ["bigram", "formal_algorithms"],
    }
    ran = python(tree, """
import pathkit as path
path.skip("bigram", "a"); path.ready("bigram", fallback=False); path.predict("x", 3)
def mine(): return 5
def gradient(): ...
assert path.check(mine) is mine and path.check(guess=3) == 3
for missing in (path.check(gradient), path.check(gradient=...)):
    try:
        missing()
    except Exception as error:
        print(error)
path.progress(); path.map(); path.review()
from pathkit.exercises import bigram as finished
from pathkit.exercises.formal_algorithms import DTransformer
print(finished.count_pairs(21))
print([finished.smoothed, finished.nll, finished.ward, DTransformer])
print(len(path.datasets.names()) > 3000, len(path.datasets.tales(2)))
""", told)
    assert not ran.stderr
    assert ran.stdout.splitlines()[1:] == [
        "gradient has not passed yet, and this cell needs it",
        "gradient has not passed yet, and this cell needs it",
        "42",
        "[<smoothed: not passed yet>, <nll: not passed yet>, <finished.ward: not passed yet>, "
        "<finished.DTransformer: not passed yet>]",
        "True 2",
    ]


# --- what comes out ---------------------------------------------------------------------------


def executed(*outputs, id="a") -> dict:
    return {"cells": [{"id": id, "outputs": list(outputs)}]}


NOTEBOOK = {"cells": [{**code("1 / 0"), "id": "a"}, {**code("2"), "id": "b"}], "metadata": {},
            "nbformat": 4, "nbformat_minor": 5}


def test_only_text_and_pictures_are_kept():
    found = harmless_outputs.outputs(executed(
        {"output_type": "stream", "name": "x", "text": "said"},
        {"output_type": "display_data", "data": {
            "text/html": "<script>1</script>", "text/plain": "plain", "image/svg+xml": "<svg/>",
            "application/javascript": "1", "image/png": "iVBO"}},
        {"output_type": "display_data", "data": {
            "text/html": '<img alt="A." style="max-width:100%" src="data:image/png;base64,iVB=">'}},
        {"output_type": "display_data", "data": {
            "text/html": '<img alt="" style="max-width:100%" src="data:image/png;base64,iVB=">'
                         "<script>1</script>"}},
        {"output_type": "display_data", "data": {"image/png": '"><script>1</script>'}},
        {"output_type": "update_display_data", "data": {"text/plain": "x"}},
        "nonsense",
    ), NOTEBOOK)
    assert [o.get("data", o.get("text")) for o in found["a"]] == [
        "said", {"text/plain": "plain", "image/png": "iVBO"}, {"image/png": "iVB="}]
    assert "script" not in harmless_outputs.text(NOTEBOOK, found)
    notebook_file.read(harmless_outputs.text(NOTEBOOK, found).encode())


@pytest.mark.parametrize("made", [
    None, 3, [], {"cells": 3}, {"cells": [3, {"id": []}, {"id": "a", "outputs": 3}]},
    executed({"output_type": "error", "ename": 3, "evalue": [], "traceback": 3}),
    executed({"output_type": "stream", "text": ["a"]}, {"output_type": "display_data", "data": 3}),
    executed({"output_type": "stream", "text": "\ud800"}),
    {"cells": [{"id": "elsewhere", "outputs": [{"output_type": "stream", "text": "x"}]}]},
])
def test_whatever_comes_out_can_be_kept(made):
    text = harmless_outputs.text(NOTEBOOK, harmless_outputs.outputs(made, NOTEBOOK))
    assert [cell["id"] for cell in notebook_file.read(text.encode())["cells"]] == ["a", "b"]


def test_what_is_kept_is_not_larger_than_said():
    block = {"output_type": "stream", "name": "stdout", "text": "x" * 10**6}
    found = harmless_outputs.outputs(executed(*[block] * 1000), NOTEBOOK)
    assert len(harmless_outputs.text(NOTEBOOK, found)) < harmless_outputs.MOST * 1.1
    assert harmless_outputs.CUT in found["a"][0]["text"]


def job(**more) -> jobs.Job:
    return jobs.Job(MODULE, NOTEBOOK, ("smoothed",), (f"{MODULE}.smoothed", f"{MODULE}.mine"), {},
                    **more)


def error(name: str, said: str = "said") -> dict:
    return {"output_type": "error", "ename": name, "evalue": said, "traceback": []}


def test_the_first_cell_that_fails_is_told_and_those_that_wait_are_not_failures():
    waits = error("NotPassed", "smoothed has not passed yet, and this cell needs it")
    theirs = error("NotPassed", "finished.GPT has not passed yet, and this cell needs it")
    found = {"a": [waits], "b": [error("ValueError", "no\x1b[31m way")]}
    ran = jobs._judged(job(), found, "", "b")
    assert (ran.cell, ran.where, ran.name) == ("b", "the cell that begins “2”", "ValueError")
    assert "\x1b" not in ran.said and ran.waiting == (("smoothed", 1),)
    ran = jobs._judged(job(), {"a": [waits], "b": [theirs]}, "", "b")
    assert ran.to_the_end and ran.waiting == (("", 1), ("smoothed", 1))
    assert how_far.passed_over(ran) == "2 cells, for want of: the path's own answers, smoothed"
    assert how_far.for_student(ran).endswith(
        "reaches its end. Cells that need smoothed were passed over. This earns no points.")


@pytest.mark.parametrize(("lines", "last", "problem"), [
    (b"", "", "gone"),
    (b'{"cell": "a"}\n{"cell": "b"}\n', "b", "gone"),
    (b'{"cell": "a"}\n{"cell": "elsewhere"}\n[[[\n3\n', "a", "gone"),
    (b'{"cell": "a"}\n{"problem": "DeadKernelError", "notebook": 3}\n', "a", "DeadKernelError"),
    (b'{"cell": "a"}\n{"problem": "<b>", "notebook": 3}\n', "a", "gone"),
    (b'{"cell": "a"}\n{"problem": "", "notebook": 3}\n', "a", ""),
    (b"[" * 10**6, "", "gone"),
    (b'{"cell": ["a"]}', "", "gone"),
])
def test_lines_of_any_kind_can_be_read(lines, last, problem):
    assert jobs._read(lines, {"a", "b"})[:2] == (last, problem)


# --- in the sandbox ---------------------------------------------------------------------------


SET_UP = "import os, sys\nimport numpy as np\nimport pathkit as path\npath.ready('bigram')"


def small(*cells: str, seconds: float = 5) -> jobs.Job:
    """A notebook with little in it; seconds: what each of its cells may take."""
    made = [{**code(text), "id": f"c{i}"} for i, text in enumerate((SET_UP, *cells))]
    return jobs.Job(MODULE, {**NOTEBOOK, "cells": made}, (), (), {}, Limits(wall=90, cell=seconds))


@pytest.mark.slow
@pytest.mark.parametrize(("cell", "seconds", "said"), [
    ("while True: pass", 5, "the cell took more than 5 s"),
    ("while True: print('x' * 10**6)", 60, "more than 8 MB were put out"),
    ("os._exit(0)", 60, "its kernel died"),
])
def test_a_notebook_that_hangs_floods_or_dies_says_where(cell, seconds, said, runs_kernels):
    ran, text = jobs.run(small("1 + 1", cell, "print('never')", seconds=seconds))
    assert (ran.cell, ran.name) == ("c2", "stopped") and said in ran.said
    assert "never" not in json.dumps(notebook_file.read(text.encode())["cells"][3]["outputs"])
    assert json.loads(text)["cells"][1]["outputs"]


@pytest.mark.slow
def test_a_runner_ends_with_whoever_started_it(runs_kernels):
    place = jobs.sandbox("")
    running = sandboxes.start(place, "pathkit.classroom.whole_notebooks.inside", memory=2**32,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    try:
        jobs.send(running, small("while True: pass"))
        assert b'"cell"' in running.stdout.readline()
        running.stdin.close()  # as the system does when its owner is killed
        assert running.wait(20) == 0
    finally:
        sandboxes.end(running)


FORGES = """
import stat
for number in range(64):
    try:
        if stat.S_ISFIFO(os.fstat(number).st_mode):
            os.write(number, b'{"problem": "", "notebook": {}}\\n' * 9)
    except OSError: pass
found = []
for path in ("/proc/1/mem", "/proc/1/environ", "/etc/shadow", "/proc/1/fd/1"):
    try: found.append(open(path, "rb").read(1))
    except OSError: pass
for number in (2, 9, 15, 19):
    try: os.kill(1, number)
    except OSError: pass
print("found", found)
"""
LOOKS = """
python = [p for p in sys.path if p] + [sys.prefix, sys.base_prefix, "/proc", "/sys", "/usr", "/dev"]
for folder, folders, files in os.walk("/"):
    folders[:] = [f for f in folders if os.path.join(folder, f) not in python or folder == "/"
                  and f == "pathkit"]
    if folder.startswith(("/proc", "/sys", "/usr", "/dev")): folders[:] = []; continue
    for file in files: print("seen", os.path.join(folder, file))
"""


@pytest.mark.slow
def test_a_kernel_sees_the_project_alone_and_can_not_forge_or_end_its_runner(runs_kernels, tree):
    ran, text = jobs.run(small(FORGES, LOOKS, "print('the end')", "1 / 0"))
    assert (ran.cell, ran.name) == ("c4", "ZeroDivisionError")
    said = "".join(o.get("text", "") for c in json.loads(text)["cells"] for o in c["outputs"])
    # What was forged may come out in the middle of what was printed: it went by another way.
    printed = said.replace('{"problem": "", "notebook": {}}\n', "")
    assert "found []" in printed and "the end" in printed
    seen = re.findall(r"seen (\S+)", said)
    ours = {"/pathkit/" + path.relative_to(tree).as_posix() for path in tree.rglob("*.*")
            if path.is_file() and path.name != "told.json" and "__pycache__" not in str(path)}
    assert ours <= set(seen)
    rest = [path for path in seen if path not in ours]
    assert not [path for path in rest if not path.startswith(("/scratch/", "/etc/", "/lib"))], rest


@pytest.mark.slow
def test_grading_in_full_adds_a_row_a_file_and_no_points(handed_out, runs_kernels, tmp_path):
    answers = {name: right(name) for name in EXERCISES}
    # The lesson's own work is left out here: it takes seconds.
    short = {**handed_out, "cells": [
        cell for cell in handed_out["cells"]
        if cell["cell_type"] == "code" and (own_work.exercise_of(cell) or "path.ready" in str(cell))
    ]}
    (tmp_path / "week.zip").write_bytes(zipped({
        "assignment.json": to_json(ASSIGNMENT).encode(), FILE: json.dumps(short).encode()}))
    students = {
        "right": changed(short, answers),
        "fails": changed(short, answers, code("print('<b>')\nnowhere"), at=3),
        "half": changed(short, {**answers, "gradient": "..."}, code("gradient(1, 2)"), at=99),
    }
    for name, notebook in students.items():
        (tmp_path / "subs" / name).mkdir(parents=True)
        (tmp_path / "subs" / name / FILE).write_text(json.dumps(notebook))
    (tmp_path / "subs" / "broken").mkdir()
    (tmp_path / "subs" / "broken" / FILE).write_text("{")
    (tmp_path / "temporary").mkdir()
    ran = grade(tmp_path, env=os.environ | {"TMPDIR": str(tmp_path / "temporary")})
    assert ran.returncode == 0, ran.stderr
    assert not list((tmp_path / "temporary").glob("pathkit-*"))
    assert "ran 3 of 3 whole notebooks" in ran.stderr
    totals = {(d := json.loads(line))["key"]: d["total"] for line in ran.stdout.splitlines()}
    assert totals == {"right": 8.0, "fails": 8.0, "half": 7.0, "broken": 0.0}
    fails = json.loads(ran.stdout.splitlines()[1])["whole"][MODULE]
    assert (fails["to_the_end"], fails["cell"], fails["error"]) == (False, "own-1", "NameError")
    page = (tmp_path / "grades" / "class.html").read_text()
    assert "2 of 4 ran from top to bottom" in page
    assert "the added cell that begins “print(&#39;&lt;b&gt;&#39;)”: NameError: name" in page
    assert "1 cell, for want of: gradient" in page
    for name, said in {"right": "reaches its end. This", "fails": "NameError",
                       "half": "Cells that need gradient", "broken": "could not be run"}.items():
        assert said in (tmp_path / "grades/feedback" / name / "feedback.html").read_text()
        assert said in (tmp_path / "grades/feedback" / name / "feedback.ipynb").read_text()
    assert sorted(p.parent.name for p in (tmp_path / "grades" / "full").rglob("*.ipynb")) == [
        "fails", "half", "right"]
    again = grade(tmp_path)
    assert "no whole notebooks are new" in again.stderr and again.stdout == ran.stdout


def grade(folder: Path, *more: str, **settings) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from pathkit.cli import main; main()", "grade", "subs",
               "--assignment", "week.zip", "--out", "grades", "--full", "--json", "--jobs", "2"]
    return subprocess.run([*command, *more], cwd=folder, capture_output=True, text=True,
                          timeout=300, **settings)


def test_a_sandbox_that_can_not_run_a_kernel_is_told_in_one_line(monkeypatch):
    from pathkit.classroom.whole_notebooks import everybody

    def nothing(*_):
        raise NoSandbox("bubblewrap: denied")

    monkeypatch.setattr(jobs, "sandbox", nothing)
    with pytest.raises(EnvironmentProblem, match="takes bubblewrap .bubblewrap: denied.") as found:
        everybody.refuse_without_sandbox("")
    assert "\n" not in str(found.value)


def test_a_sandbox_that_forbids_processes_is_refused():
    with pytest.raises(NoSandbox, match="landlock"):
        sandbox_contents.sandbox("landlock")


def test_a_fault_of_ours_is_a_row(monkeypatch):
    from pathkit.classroom.whole_notebooks import everybody

    monkeypatch.setattr(jobs, "run", lambda *_: 1 / 0)
    plain, text = everybody.run_one(job(), "")
    assert everybody._ran(plain) == Ran(name="not run", said="our fault: ZeroDivisionError: "
                                                             "division by zero")
    assert text == ""
