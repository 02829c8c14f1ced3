"""What grading a class costs: `pathkit grade`, the bare answers, nbgrader autograde and otter run.

    PATHKIT_NBGRADER=…/python PATHKIT_OTTER=…/python python benchmarks/grading.py [--theirs 200]

Two modules, one of them PyTorch. The same seeded class for all: 70 % right answers, 20 % of the
misconceptions, 5 % untouched, 5 % that crash. CPU seconds are those of user and system, with all
child processes; on a busy machine they rise, too, but less than the clock's.

"bare" is the answers' own code, with those definitions of the notebook that it uses, called on the
same hidden probes in one plain Python process that has everything imported: no fork, no sandbox, no
clock on the calls, no judging, no files. "marginal" is what one submission more costs: the
difference between a class and half of it.

nbgrader 0.9.6 and otter-grader 7.0.0 aren't part of this project: the two variables name Pythons
that have them, and what this project needs. nbgrader grades the course that `pathkit assign
--format nbgrader` makes, on as many hidden probes from a seed of its own. otter runs through its
`otter.run` in one process; its tests make the same checks. Both run a whole notebook in a kernel
for each submission, as they do. Nothing is scaled: each line tells of as many submissions as it
says.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import submissions
from submissions import ROOT, Answers

from pathkit.notebook_files import notebook_file
from pathkit.classroom.grading.whole_class import seed_for
from pathkit.checks.loading import exercises_of

SEED = 4_242_424_242  # of the hidden probes
DUE = "2100-03-01T23:59+00:00"
PATHKIT = [sys.executable, "-c", "from pathkit.cli import main; main()"]
GRADES = (
    "import json\nfrom nbgrader.api import Gradebook\n"
    "with Gradebook('sqlite:///gradebook.db') as g:\n"
    "    print(json.dumps({s.student.id: [r.name for n in s.notebooks for r in n.grades"
    " if r.auto_score] for s in g.assignment_submissions('%s')}))"
)
OTTER = (
    "import contextlib, io, json, sys\nfrom otter.run import main\nfound = {}\n"
    "for file in sys.argv[2:]:\n"
    "    with contextlib.redirect_stdout(io.StringIO()):\n"
    "        results = main(file, autograder=sys.argv[1], output_dir=None, no_logo=True)\n"
    "    found[file] = [r.name for r in results.results.values() if r.score]\n"
    "print(json.dumps(found))"
)
OTTER_TEST = """\
OK_FORMAT = True
test = {{"name": {name!r}, "points": 1, "suites": [{{"scored": True, "type": "doctest",
    "setup": "", "teardown": "", "cases": [{{"locked": False, "hidden": True, "code":
    ">>> from pathkit.checks.loading import exercises_of\\n"
    ">>> exercises_of({module!r})[{name!r}].check({name}, {seed}).passed\\nTrue"}}]}}]}}
"""


# --- measuring --------------------------------------------------------------------------------


def ran(command: list[str], place: Path, **environment: str) -> tuple[float, float, str]:
    """CPU seconds, wall seconds and standard output of a program; its children count."""
    # Nothing of this process's own settings for Python but where this project is.
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1",
                "HOME": str(place), "JUPYTER_RUNTIME_DIR": str(place / "runtime"), **environment}
    before, begun = used(), time.monotonic()
    done = subprocess.run(command, cwd=place, env=settings, capture_output=True, text=True,
                          check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:6])} …: {done.stderr[-2000:]}")
    return used() - before, time.monotonic() - begun, done.stdout


def used() -> float:
    """CPU seconds of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def row(what: str, count: int, cpu: float, wall: float | None = None, remark: str = "") -> None:
    """Print one line of the table; counts are what was run, nothing is scaled."""
    clock = f"{wall:8.1f}" if wall is not None else " " * 8
    print(f"  {what:<30}{count:>6}{cpu:10.2f}{clock}{1000 * cpu / count:12.1f}  {remark}".rstrip(),
          flush=True)


# --- pathkit ----------------------------------------------------------------------------------


def ours(module: str, class_: dict[str, Answers], place: Path, jobs: int) -> dict[str, set[str]]:
    """Grade the class, half of it, and the class again; returns who passed what."""
    half = dict(list(class_.items())[: len(class_) // 2])
    ran([*PATHKIT, "--root", str(ROOT), "assign", module, "--due", DUE, "--out",
         str(place / "week.zip")], place)
    with zipfile.ZipFile(place / "week.zip") as archive:
        archive.extractall(place / "handed-out")
    [notebook] = (place / "handed-out").rglob("*.ipynb")
    submissions.hand_in(notebook, class_, place / "all")
    submissions.hand_in(notebook, half, place / "half")

    def grade(which: str, out: str) -> tuple[float, float]:
        (place / out).mkdir(exist_ok=True)
        if not (place / out / "grading.json").exists():
            (place / out / "grading.json").write_text(json.dumps({"seed": SEED}))
        cpu, wall, _ = ran([*PATHKIT, "grade", which, "--assignment", "week.zip", "--out", out,
                            "--jobs", str(jobs)], place)
        return cpu, wall

    few, many = grade("half", "half-grades"), grade("all", "grades")
    row(f"pathkit grade --jobs {jobs}", len(class_), *many, "with feedback, tables, class.html")
    row("  half of the class", len(half), *few)
    row("  marginal", len(class_) - len(half), many[0] - few[0])
    row("  again, all from the cache", len(class_), *grade("all", "grades"))
    lines = (place / "grades" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {
        student["key"]: {
            answer["exercise"].rpartition(".")[2] for answer in student["answers"]
            if answer["verdict"]["status"] == "passed"
        }
        for student in map(json.loads, lines)
    }


# --- the bare answers -------------------------------------------------------------------------


def bare(module: str, place: Path) -> None:
    """Measured in a process of its own, after one round to warm up."""
    _, _, said = ran([sys.executable, __file__, "--bare", module, str(place)], place)
    count, cpu = json.loads(said)
    row("bare answers", count, cpu)


def bare_seconds(module: str, place: Path) -> tuple[int, float]:
    """How many submissions, and the CPU seconds of their answers."""
    from pathkit.classroom import assignment
    from pathkit.classroom.collecting.submissions import collect

    found = collect(place / "all", assignment.load(place / "week.zip")).submissions
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(io.StringIO()):
        for submission in found[:5]:
            _call_all(module, submission.attempt.answers)
        begun = time.process_time()
        for submission in found:
            _call_all(module, submission.attempt.answers)
        return len(found), time.process_time() - begun


def _call_all(module: str, answers: Any) -> None:
    for name, exercise in exercises_of(module).items():
        answer, namespace = answers[name], {"__name__": "__main__"}
        with contextlib.suppress(Exception):
            exec("\n".join([*answer.before, answer.code]), namespace)
        for probe in exercise.draw(seed_for(SEED, exercise.id)):
            with contextlib.suppress(Exception):
                exercise.drive(namespace[name], *probe)


# --- the others -------------------------------------------------------------------------------


def nbgrader(
    python: str, module: str, class_: dict[str, Answers], place: Path
) -> dict[str, set[str]]:
    """`nbgrader autograde`, and who got points for what."""
    ran([*PATHKIT, "--root", str(ROOT), "assign", module, "--due", DUE, "--title", "Week",
         "--format", "nbgrader", "--out", str(place / "course")], place)
    course, seed = place / "course", {"PATHKIT_SEED": str(SEED)}
    seed["PATH"] = f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}"
    ran([python, "-m", "nbgrader", "generate_assignment", "week"], course, **seed)
    [released] = (course / "release" / "week").glob("*.ipynb")
    notebook = json.loads(released.read_text(encoding="utf-8"))
    for student, answers in class_.items():
        home = course / "submitted" / student / "week"
        home.mkdir(parents=True)
        text = submissions.filled(notebook, answers)
        (home / released.name).write_text(text, encoding="utf-8")
    cpu, wall, _ = ran([python, "-m", "nbgrader", "autograde", "week", "--create"], course, **seed)
    row("nbgrader autograde", len(class_), cpu, wall, "no feedback pages")
    _, _, said = ran([python, "-c", GRADES % "week"], course, **seed)
    names = {re.sub(r"[._]", "-", f"{module}.{n}-exercise-tests"): n for n in exercises_of(module)}
    return {who: {names[test] for test in tests} for who, tests in json.loads(said).items()}


def otter(python: str, module: str, class_: dict[str, Answers], place: Path) -> dict[str, set[str]]:
    """otter's `run` on each notebook, in one process."""
    place = place / "otter"
    place.mkdir()
    with zipfile.ZipFile(place / "autograder.zip", "w") as archive:
        archive.writestr("otter_config.json", json.dumps({"pdf": False, "seed": None}))
        for name in exercises_of(module):
            archive.writestr(f"tests/{name}.py",
                             OTTER_TEST.format(module=module, name=name,
                                               seed=seed_for(SEED, f"{module}.{name}")))
    for student in class_:
        [file] = (place.parent / "all" / student).iterdir()
        notebook = json.loads(file.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:  # a check may put the reference in an answer's place
            if notebook_file.ours(cell).get("role") == "exercise":
                text = notebook_file.text_of(cell)
                cell["source"] = re.sub(r"^\w+ = path\.check\(.*$", "", text, flags=re.M)
        (place / f"{student}.ipynb").write_text(notebook_file.to_json(notebook), encoding="utf-8")
    files = [f"{student}.ipynb" for student in class_]
    cpu, wall, said = ran(
        [python, "-c", OTTER, "autograder.zip", *files], place,
        PATH=f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}")
    row("otter run", len(class_), cpu, wall, "one process for all")
    found = json.loads(said.splitlines()[-1])
    return {Path(file).stem: set(names) for file, names in found.items()}


def disagreements(ours: dict[str, set[str]], theirs: dict[str, set[str]]) -> Iterator[str]:
    """Who passed what for one and not for the other."""
    for student, passed in sorted(theirs.items()):
        for name in sorted(passed ^ ours[student]):
            yield f"{student}, {name}: {'only theirs' if name in passed else 'only ours'} passed"


# --- the table --------------------------------------------------------------------------------


def main() -> None:
    """Read the arguments, run, print; the exit code is 1 where scores differ."""
    if sys.argv[1:2] == ["--bare"]:
        print(json.dumps(bare_seconds(sys.argv[2], Path(sys.argv[3]))))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--modules", nargs="+", default=["bigram", "activations"])
    parser.add_argument("--size", type=int, default=200, help="submissions")
    parser.add_argument("--theirs", type=int, default=200, help="of these for the others")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    pythons = {nbgrader: os.environ.get("PATHKIT_NBGRADER"), otter: os.environ.get("PATHKIT_OTTER")}
    differ = False
    for module in given.modules:
        class_ = submissions.class_of(module, given.size)
        some = dict(list(class_.items())[: given.theirs])
        print(f"{module}, {len(exercises_of(module))} exercises, load {os.getloadavg()[0]:.1f}\n"
              f"  {'':<30}{'number':>6}{'CPU s':>10}{'wall s':>8}{'CPU ms each':>12}", flush=True)
        place = Path(tempfile.mkdtemp(prefix="grading-"))
        try:
            own = ours(module, class_, place, given.jobs)
            bare(module, place)
            for them, python in pythons.items():
                if not python:
                    variable = f"PATHKIT_{them.__name__.upper()}"
                    print(f"  {them.__name__}: not measured, {variable} names no Python")
                    continue
                found = list(disagreements(own, them(python, module, some, place)))
                differ |= bool(found)
                print("\n".join(["  scores differ:", *found]) if found else
                      f"  the same exercises passed, all {len(some)} students", flush=True)
        finally:
            shutil.rmtree(place, ignore_errors=True)
    sys.exit(differ)


if __name__ == "__main__":
    main()
