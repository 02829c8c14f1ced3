"""`--format nbgrader`: cells as nbgrader wants them, and the real nbgrader agrees on the points.

The real one is taken from this environment, or from the Python that PATHKIT_NBGRADER names.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathkit.building import exercise_files
from pathkit.building.build import Place
from pathkit.checks.loading import exercises_of
from pathkit.checks.source import same_code, untouched
from pathkit.classroom import due_date
from pathkit.classroom.assigning import handing_out, nbgrader_course, nbgrader_points
from pathkit.classroom.assigning.planning import Wishes
from pathkit.cli import main
from pathkit.notebook_files import notebook_file
from tests.building.test_build import ROOT
from tests.this_path import notebook_of

PLACE = Place(ROOT)
BEGIN, END = nbgrader_course.BEGIN, nbgrader_course.END
MODULES = [folder.name.replace("_", "-") for folder in PLACE.modules]


def nbgraders_python() -> str:
    if importlib.util.find_spec("nbgrader"):
        return sys.executable
    return os.environ.get("PATHKIT_NBGRADER", "")


def cleared(source: str) -> str:
    """What nbgrader makes of a cell with a solution, when its stub is `...`."""
    lines, inside = [], False
    for line in source.split("\n"):
        if BEGIN in line:
            inside = True
            lines.append(re.match(r"\s*", line)[0] + "...")
        elif END in line:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("module", MODULES)
def test_without_what_is_marked_the_stub_is_left_and_with_it_the_answer(module):
    for text in exercise_files.read(PLACE.modules.folder_of(module)).exercises.values():
        source = nbgrader_course.marked(text)
        assert source.count(BEGIN) == source.count(END) == 1
        assert not re.search(r"##+ (BEGIN|END)", source)
        left = cleared(source)
        ast.parse(left)
        if text.is_value:
            assert left == f"{text.stub}\n..."
        else:
            assert left in (text.stub, f"{text.stub}\n\n\n...")
            assert untouched(left.removesuffix("\n\n\n..."), text.stub)
        whole = ast.parse(source).body[-1]
        assert same_code(ast.unparse(whole), text.answer) or text.is_value
        if text.is_value:
            assert ast.dump(whole) == ast.dump(ast.parse(text.answer).body[-1])


@pytest.fixture(scope="module")
def course() -> dict[str, bytes]:
    wishes = Wishes(["bigram"], due_date.read("2027-03-01T23:59+01:00"), title="Wöche 3!",
                    only=["smoothed", "broken_name"], points=["2", "smoothed=3"])
    project = handing_out.prepared(PLACE, wishes)
    files = handing_out.for_students(project)
    return nbgrader_course.course(project.assignment, project.contents, files, 77)


def test_the_files(course):
    assert sorted(course) == [
        "nbgrader_config.py", "source/woche-3/02-bigram.ipynb", "source/woche-3/START-HERE.html",
        "source/woche-3/assignment.json", "source/woche-3/due.ics"]
    others = [data for name, data in course.items() if name != "nbgrader_config.py"]
    assert all(b"PATHKIT_SEED" not in data for data in others)
    compile(course["nbgrader_config.py"], "nbgrader_config.py", "exec")


def test_cells_carry_schema_3_and_nothing_else(course):
    cells = json.loads(course["source/woche-3/02-bigram.ipynb"])["cells"]
    found = [c["metadata"]["nbgrader"] for c in cells if "nbgrader" in c["metadata"]]
    assert [(m["grade"], m["solution"], m["locked"], m.get("points")) for m in found] == [
        (False, False, True, None),
        (False, True, False, None), (True, False, True, 2.0),
        (False, True, False, None), (True, False, True, 3.0),
    ]
    keys = {"schema_version", "grade", "solution", "locked", "task", "grade_id", "points"}
    for metadata in found:
        assert set(metadata) <= keys and metadata["schema_version"] == 3
        assert re.fullmatch(r"[a-zA-Z0-9_-]+", metadata["grade_id"])
    assert len({m["grade_id"] for m in found}) == len(found)


def test_what_doesnt_count_keeps_its_check(course):
    cells = json.loads(course["source/woche-3/02-bigram.ipynb"])["cells"]
    texts = {c["metadata"]["pathkit"]["exercise"]: notebook_file.text_of(c) for c in cells
             if c["metadata"]["pathkit"]["role"] == "exercise"}
    assert texts["bigram.gradient"].endswith("gradient = path.check(gradient)")
    assert "path.check" not in texts["bigram.smoothed"]


def test_points_for_right_wrong_missing_and_borrowed_answers(cell, capsys):
    right = "def smoothed(counts, k):\n    P = counts + k\n    return P / P.sum(1, keepdims=True)"
    noisy = right.replace("    P =", "    import sys, warnings\n    warnings.warn('x')\n"
                          "    print('y', file=sys.stderr)\n    P =", 1)
    missing = "def smoothed(counts, k):\n    ..."
    reference = exercises_of("bigram")["smoothed"]
    for source, wanted in ((right, 3.0), (noisy, 3.0), (missing, 0.0)):
        got = nbgrader_points.points("bigram.smoothed", 3, cell(source)["smoothed"])
        assert type(got) is float and got == wanted
    assert nbgrader_points.points("bigram.smoothed", 3, reference) == 0.0
    assert nbgrader_points.points("bigram.smoothed", 3, reference.reference) == 0.0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out.splitlines()[0] == "smoothed on hidden cases: passed"
    assert shown.out.count("smoothed on hidden cases: not attempted") == 3


def test_hidden_probes_aren_t_the_notebooks_own(monkeypatch):
    monkeypatch.delenv(nbgrader_points.SEED, raising=False)
    assert nbgrader_points.seed() != 0
    monkeypatch.setenv(nbgrader_points.SEED, "77")
    assert nbgrader_points.seed() == 77


def assign(course: Path, title: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [
        "--root", str(ROOT), "assign", "bigram", "--due", "2027-03-01T23:59+01:00", "--points", "2",
        "--points", "gradient=5", "--title", title, "--format", "nbgrader", "--out", str(course)])
    return result.exit_code, result.stderr


@pytest.mark.slow
def test_a_course_takes_further_assignments_and_keeps_its_seed(tmp_path):
    assert assign(tmp_path, "Week 3")[0] == 0
    before = (tmp_path / "nbgrader_config.py").read_bytes()
    code, said = assign(tmp_path, "Week 3")
    assert code == 2 and "week-3 is there already" in said
    code, said = assign(tmp_path, "Week 4")
    assert code == 0 and 'add week-4 --duedate "2027-03-01 22:59:00 UTC"' in said
    assert (tmp_path / "nbgrader_config.py").read_bytes() == before
    assert sorted(p.name for p in (tmp_path / "source").iterdir()) == ["week-3", "week-4"]


@pytest.mark.slow
def test_an_instructors_own_settings_stay(tmp_path):
    own = tmp_path / "nbgrader_config.py"
    own.write_text("c = get_config()\n", encoding="utf-8")
    code, said = assign(tmp_path, "Week 3")
    assert code == 0 and 'add the line load_subconfig("nbgrader_config_pathkit.py")' in said
    assert own.read_text(encoding="utf-8") == "c = get_config()\n"
    assert b"PATHKIT_SEED" in (tmp_path / "nbgrader_config_pathkit.py").read_bytes()


# --- the real nbgrader --------------------------------------------------------------------------

GRADES = (
    "import json\nfrom nbgrader.api import Gradebook\n"
    "with Gradebook('sqlite:///gradebook.db') as g:\n"
    "    found = {s.student.id: dict((r.name, r.auto_score) for n in s.notebooks for r in n.grades)"
    " for s in g.assignment_submissions('week-3')}\nprint(json.dumps(found))"
)
NOISE = "    import sys, warnings\n    warnings.warn('x')\n    print('y', file=sys.stderr)\n"


def submissions() -> dict[str, dict[str, str]]:
    """What each student writes for each exercise of the module; nothing means untouched."""
    texts = exercise_files.read(PLACE.modules.folder_of("bigram")).exercises
    right = {name: text.answer for name, text in texts.items()}
    head, last, tail = right["smoothed"].rpartition("    return")
    noisy = head + NOISE + last + tail
    wrong = {
        "count_pairs": "def count_pairs(names, index):\n    return np.zeros((2, 2))",
        "probabilities": "def probabilities(counts):\n    return counts / counts.sum()",
        "mean_nll": "def mean_nll(names, P, index):\n    raise SystemExit",
        "broken_name": 'broken_name = "anna"',
        "smoothed": "def smoothed(counts, k):\n    return undefined",
        "next_symbol": "def next_symbol(row, u):\n    return 2 if u == 0.6 else 0",
        "gradient": "def gradient(W, counts)\n    pass",
        "descend": "pass",
    }
    mixed = {**right, "smoothed": noisy, **{n: wrong[n] for n in ("probabilities", "next_symbol")}}
    return {"right": right, "wrong": wrong, "mixed": mixed, "untouched": {}}


def own_verdict(name: str, source: str | None, cell, seed: int) -> bool:
    """What pathkit itself says of this answer on the same hidden probes."""
    import numpy as np

    if source is None:
        return False
    try:
        answer = cell(source, np=np).get(name)
    except SyntaxError:
        return False
    return exercises_of("bigram")[name].check(answer, seed).passed


@pytest.mark.slow
def test_the_real_nbgrader_gives_the_same_points(tmp_path, cell):
    python = nbgraders_python()
    if not python:
        pytest.skip("nbgrader is not here; PATHKIT_NBGRADER names a Python that has it")
    course = tmp_path / "course"
    assert assign(course, "Week 3")[0] == 0

    environment = {
        **os.environ, "PATH": f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"), "HOME": str(tmp_path),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        # Where nbconvert's templates are when nbgrader's Python borrows it from this one.
        "JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter"),
    }
    environment.pop(nbgrader_points.SEED, None)

    def nbgrader(*arguments: str) -> str:
        done = subprocess.run([python, *arguments], cwd=course, env=environment, check=False,
                              capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stderr[-3000:]
        assert "ERROR" not in done.stderr, done.stderr[-3000:]
        return done.stdout

    nbgrader("-m", "nbgrader", "generate_assignment", "week-3")
    released = json.loads((course / "release/week-3/02-bigram.ipynb").read_text(encoding="utf-8"))
    assert "nbgrader_points" not in json.dumps(released) and "BEGIN" not in json.dumps(released)
    for student, answers in submissions().items():
        data = json.loads(json.dumps(released))
        for one in data["cells"]:
            ours = one["metadata"]["pathkit"]
            name = ours.get("exercise", "").partition(".")[2]
            if ours["role"] == "exercise" and name in answers:
                one["source"] = f"# exercise: bigram.{name}\n{answers[name]}"
        home = course / "submitted" / student / "week-3"
        home.mkdir(parents=True)
        (home / notebook_of("bigram")).write_text(notebook_file.to_json(data), encoding="utf-8")
    nbgrader("-m", "nbgrader", "autograde", "week-3", "--create")
    nbgrader("-m", "nbgrader", "generate_feedback", "week-3")

    config = (course / "nbgrader_config.py").read_text(encoding="utf-8")
    seed = int(re.search(r'"PATHKIT_SEED", "(\d+)"', config)[1])
    scores = json.loads(nbgrader("-c", GRADES))
    assert set(scores) == {"right", "wrong", "mixed", "untouched"}
    for student, answers in submissions().items():
        for name in exercises_of("bigram"):
            most = 5.0 if name == "gradient" else 2.0
            wanted = most if own_verdict(name, answers.get(name), cell, seed) else 0.0
            key = f"bigram-{name.replace('_', '-')}-exercise-tests"
            assert scores[student][key] == wanted, (student, name)
    totals = {student: sum(found.values()) for student, found in scores.items()}
    assert totals == {"right": 19.0, "wrong": 0.0, "mixed": 15.0, "untouched": 0.0}
    for student in scores:
        page = (course / f"feedback/{student}/week-3/02-bigram.html").read_text(encoding="utf-8")
        assert "on hidden cases:" in page and str(seed) not in page
