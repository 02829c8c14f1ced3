"""`pathkit grade` from end to end, in the real sandbox, also when it is killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pathkit.classroom import sandboxes
from pathkit.classroom.assignment import to_json
from pathkit.classroom.grading.whole_class import seed_for
from pathkit.installation import install_extra
from tests.classroom.classroom_parts import (
    RIGHT,
    WRONG,
    assignment,
    bigram,
    cell,
    code,
    notebook,
    zipped,
)
from tests.hidden import without_bubblewrap, without_sandbox
from tests.this_machine import trouble

PATHKIT = [sys.executable, "-c", "from pathkit.cli import main; main()"]


@pytest.fixture
def folder(tmp_path):
    """A folder with an assignment; `submissions(folder, {name: notebook})` puts work into it."""
    (tmp_path / "week-3.zip").write_bytes(
        zipped({"assignment.json": to_json(assignment(two=False)).encode()}))
    return tmp_path


def submissions(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        file = folder / "subs" / name / "bigram.ipynb"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def arguments(*more: str) -> list[str]:
    return [*PATHKIT, "grade", "subs", "--assignment", "week-3.zip", "--out", "grades",
            "--jobs", "2", *more]


def grade(folder: Path, *more: str, **settings) -> subprocess.CompletedProcess:
    return subprocess.run(arguments(*more), cwd=folder, capture_output=True, text=True,
                          timeout=300, **settings)


def totals(folder: Path) -> dict[str, float]:
    text = (folder / "grades" / "results.jsonl").read_text()
    return {(data := json.loads(line))["key"]: data["total"] for line in text.splitlines()}


def both(one: str, other: str) -> bytes:
    return notebook(code("import numpy as np"), cell("bigram.probabilities", one),
                    cell("bigram.smoothed", other))


SMOOTHED = "return (counts + k) / (counts + k).sum(axis=1, keepdims=True)"
FAST = ("--cpu", "2", "--wall", "3")


@pytest.mark.slow
def test_each_student_is_a_row_whatever_the_others_did(folder, works):
    submissions(folder, {
        "right": both(RIGHT, SMOOTHED),
        "half": both(WRONG, SMOOTHED),
        "endless": both("while True: pass", SMOOTHED),
        "dead": both("import os; os._exit(0)", SMOOTHED),
        "raises": both("raise SystemExit", SMOOTHED),
        "prints": both('print("x" * 10**9)', SMOOTHED),
        "empty": b"",
        "broken": b'{"cells": [',
        "surrogate": both("return '\\ud800'", SMOOTHED),
        "half-a-character": both("return 1  # \ud800", SMOOTHED),
        "nothing": notebook(code("x = 1")),
        "=1+1": both(RIGHT, SMOOTHED),
    })
    (folder / "subs" / "absent").mkdir()
    (folder / "subs" / "absent" / "notes.txt").write_text("ill")
    (folder / "grades").mkdir()
    (folder / "grades" / "overrides.yaml").write_text(
        "students:\n  absent:\n    total: {points: 2, why: oral}\n  nobody: {excused: x}\n")
    ran = grade(folder, *FAST)
    assert ran.returncode == 0, ran.stderr
    expected = {name: 2.0 for name in ("half", "endless", "dead", "raises", "prints", "surrogate",
                                       "half-a-character", "absent")}
    expected |= {"right": 3.0, "1-1": 3.0, "empty": 0.0, "broken": 0.0, "nothing": 0.0}
    assert totals(folder) == expected
    assert ran.stderr.startswith(f"sandbox: {sandboxes.best().name}; seen to prevent: ")
    assert "overrides.yaml:4: 'nobody' is nobody who handed something in" in ran.stderr
    assert "note: broken/bigram.ipynb: not a notebook" in ran.stderr
    state = json.loads((folder / "grades" / "grading.json").read_text())
    assert state["sandbox"]["prevents"] and not state["sandbox"]["unsafe"]
    assert state["limits"]["cpu"] == 2 and state["versions"]["numpy"] and state["finished"]
    assert "'=1+1" in (folder / "grades" / "grades.csv").read_text(encoding="utf-8-sig")
    text = (folder / "grades" / "results.jsonl").read_text()
    assert "It was stopped" in text

    submissions(folder, {"half": both(f"{RIGHT}  # mended", SMOOTHED)})
    start = time.monotonic()
    export = ("Student,ID,SIS User ID,SIS Login ID,Section,Week 3 (7)\r\n"
              '"Half, H",1,,half,A,\r\n"Other, O",2,,other,A,5\r\n')
    (folder / "export.csv").write_bytes(export.encode())
    again = grade(folder, *FAST, "--json", "--canvas", "export.csv")
    assert (folder / "grades" / "canvas.csv").read_bytes().decode() == export.replace(
        "half,A,", "half,A,3")
    assert time.monotonic() - start < 60 and "graded 1 of 1 submissions" in again.stderr
    assert totals(folder) == expected | {"half": 3.0}
    assert [json.loads(line)["key"] for line in again.stdout.splitlines()] == sorted(expected)


def many(count: int) -> dict[str, bytes]:
    """Submissions that take about 0.3 seconds each, all different."""
    slow = "import time; time.sleep(0.05)\n    "
    return {f"s{i:02}": both(f"{slow}{RIGHT if i % 2 else WRONG}  # {i}", SMOOTHED)
            for i in range(count)}


def in_sandboxes(folder: Path) -> list[str]:
    """What still runs in sandboxes of a run in this folder, and the run's own processes."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes()
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
            except OSError:
                continue
            if str(folder).encode() in environment or b"classroom.inside.worker" in line:
                found.append(f"{entry.name} {line.decode()[-200:]}")
    return found


def started(folder: Path, *more: str) -> subprocess.Popen:
    return subprocess.Popen(
        arguments(*more), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env=os.environ | {"MARK": str(folder)})


def kept(folder: Path) -> int:
    file = folder / "grades" / ".cache" / "verdicts.jsonl"
    return file.read_bytes().count(b"\n") if file.exists() else 0


def wait_until(holds, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["ctrl-c", "kill"])
def test_a_run_that_is_ended_half_way_goes_on_to_the_same_grades(how, folder, works):
    submissions(folder, many(14))
    before = set(in_sandboxes(folder))
    running = started(folder)
    wait_until(lambda: kept(folder) >= 6)
    end = time.monotonic()
    if how == "ctrl-c":
        os.killpg(running.pid, signal.SIGINT)  # a terminal sends it to everybody
    else:
        os.kill(running.pid, signal.SIGKILL)
    _, said = running.communicate(timeout=20)
    assert time.monotonic() - end < 8
    if how == "ctrl-c":
        assert running.returncode == 130
        assert said.splitlines()[-1] == "interrupted" and "Traceback" not in said
        assert "the same command goes on from there" in said
    wait_until(lambda: not [
        p for p in in_sandboxes(folder) if p not in before and str(folder) in _environment(p)], 20)
    done = kept(folder)
    assert 6 <= done < 28 and not (folder / "grades" / "grades.csv").exists()
    assert grade(folder).returncode == 0
    assert kept(folder) <= 29
    seed = json.loads((folder / "grades" / "grading.json").read_text())["seed"]
    resumed = (folder / "grades" / "grades.csv").read_bytes()

    shutil.rmtree(folder / "grades")
    (folder / "grades").mkdir()
    (folder / "grades" / "grading.json").write_text(json.dumps({"seed": seed}))
    assert grade(folder).returncode == 0
    assert (folder / "grades" / "grades.csv").read_bytes() == resumed
    assert set(totals(folder).values()) == {2.0, 3.0}


def _environment(process: str) -> str:
    try:
        return Path(f"/proc/{process.split()[0]}/environ").read_text(errors="replace")
    except OSError:
        return ""


@pytest.mark.slow
@pytest.mark.usefixtures("each_sandbox")
def test_where_bubblewrap_is_forbidden_landlock_is_used_by_all(folder, tmp_path):
    if trouble("landlock"):
        pytest.skip(f"nothing is shown about landlock: {trouble('landlock')}")
    submissions(folder, {"a": both(RIGHT, SMOOTHED), "b": both("while True: pass", SMOOTHED)})
    ran = grade(folder, *FAST, env=without_bubblewrap(tmp_path / "bin"))
    assert ran.returncode == 0 and totals(folder) == {"a": 3.0, "b": 2.0}
    assert ran.stderr.startswith("sandbox: landlock; seen to prevent: ")
    state = json.loads((folder / "grades" / "grading.json").read_text())
    assert state["sandbox"]["name"] == "landlock" and state["sandbox"]["prevents"]
    refused = grade(folder, "--sandbox", "bubblewrap", env=without_bubblewrap(tmp_path / "more"))
    assert refused.returncode == 4 and "landlock" not in refused.stderr.partition("What helps")[0]


@pytest.mark.slow
def test_without_a_sandbox_nothing_runs_unless_asked_for(folder, tmp_path):
    marked = tmp_path / "marked"
    submissions(folder, {"a": both(f"open({str(marked)!r}, 'w').close(); {RIGHT}", SMOOTHED)})
    environment = without_sandbox(tmp_path / "bin")
    ran = grade(folder, env=environment)
    assert ran.returncode == 4
    [line] = ran.stderr.splitlines()
    assert "no sandbox works here" in line and "setting up uid map: denied" in line
    assert f"landlock: it needs pyseccomp: {install_extra('sandbox')}" in line
    assert "docker: no engine; podman: no engine" in line and "pathkit sandbox build" in line
    assert "apt install bubblewrap" in line and "--unsafe-no-sandbox" in line
    assert not marked.exists() and not (folder / "grades" / "grades.csv").exists()

    kept = Path("/tmp") / f"kept-{os.getpid()}"
    kept.write_text("not ours to tidy up")
    try:
        ran = grade(folder, "--unsafe-no-sandbox", env=environment)
        assert kept.exists()
    finally:
        kept.unlink()
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.startswith("UNSAFE: learner code runs without a sandbox")
    assert totals(folder) == {"a": 3.0} and marked.exists()
    state = json.loads((folder / "grades" / "grading.json").read_text())
    assert state["sandbox"] == {"name": "none (UNSAFE)", "prevents": [], "allows": [],
                                "unsafe": True}


@pytest.mark.slow
def test_what_is_wrong_is_said_before_anything_is_graded(folder):
    submissions(folder, {"a": bigram()})
    grades = folder / "grades"
    grades.mkdir()
    (grades / "overrides.yaml").write_text("students:\n  a:\n    dew: x\n")
    ran = grade(folder)
    assert (ran.returncode, ran.stderr.count("\n")) == (4, 1)
    assert "overrides.yaml:3: 'dew' isn't known" in ran.stderr
    (grades / "overrides.yaml").unlink()
    (grades / "grading.json").write_text('{"seed": 5, "assignment": {"id": "?", "title": "W2"}}')
    assert "holds the grades of 'W2', another assignment" in grade(folder).stderr
    (folder / "canvas.csv").write_text("Student,ID,Section,Week 2 (1)\n")
    (grades / "grading.json").unlink()
    ran = grade(folder, "--canvas", "canvas.csv")
    assert ran.returncode == 4 and "no column for 'Week 3'" in ran.stderr
    (folder / "week-3.zip").write_bytes(b"no zip")
    ran = grade(folder)
    assert (ran.returncode, ran.stderr.count("\n")) == (4, 1)
    assert "is no assignment" in ran.stderr


@pytest.mark.slow
def test_a_lost_seed_is_an_error_and_not_another_seed(folder, works):
    submissions(folder, {"a": both(RIGHT, SMOOTHED)})
    (folder / "grades").mkdir()
    (folder / "grades" / "grading.json").write_text('{"seed": ')
    ran = grade(folder)
    assert ran.returncode == 4 and "holds the seed of the hidden cases" in ran.stderr


@pytest.mark.slow
def test_two_runs_in_one_folder_do_not_meet(folder, works):
    from filelock import FileLock

    submissions(folder, {"a": both(RIGHT, SMOOTHED)})
    (folder / "grades" / ".cache").mkdir(parents=True)
    with FileLock(folder / "grades" / ".cache" / "lock"):
        ran = grade(folder)
    assert ran.returncode == 4 and "another `pathkit grade` is at work" in ran.stderr


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_grades(folder, works):
    distributed = pytest.importorskip(
        "distributed", reason="the package distributed is missing, so --dask was NOT tested")
    submissions(folder, many(4))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True,
                                  dashboard_address=None) as cluster:
        ran = grade(folder, "--dask", cluster.scheduler_address)
        workers = set(cluster.scheduler_info["workers"])
    assert ran.returncode == 0, ran.stderr
    on_dask = totals(folder)
    state = json.loads((folder / "grades" / "grading.json").read_text())
    seed, place = state["seed"], state["sandbox"]
    # Each of its processes was asked what protects it.
    assert set(place["workers"]) == workers and len(workers) == 2
    for one in place["workers"].values():
        assert one["name"] == place["name"] and one["prevents"] == place["prevents"] != []
    [line] = [line for line in ran.stderr.splitlines() if line.startswith("sandbox: ")]
    assert all(address in line for address in workers)
    shutil.rmtree(folder / "grades")
    (folder / "grades").mkdir()
    (folder / "grades" / "grading.json").write_text(json.dumps({"seed": seed}))
    assert grade(folder).returncode == 0
    assert totals(folder) == on_dask == {"s00": 2.0, "s01": 3.0, "s02": 2.0, "s03": 3.0}


@pytest.mark.slow
def test_a_dask_worker_without_a_sandbox_is_refused_before_anything_runs(folder, works, tmp_path):
    distributed = pytest.importorskip("distributed")
    marked = tmp_path / "marked"
    submissions(folder, {"a": both(f"open({str(marked)!r}, 'w').close(); {RIGHT}", SMOOTHED)})
    environment = {"PATH": without_bubblewrap(tmp_path / "bin")["PATH"]}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True,
                                  dashboard_address=None, env=environment) as cluster:
        ran = grade(folder, "--dask", cluster.scheduler_address, "--sandbox", "bubblewrap")
        assert not marked.exists()
        unsafe = grade(folder, "--dask", cluster.scheduler_address, "--unsafe-no-sandbox")
    assert ran.returncode == 4
    [line] = ran.stderr.splitlines()
    assert "tcp://" in line and "setting up uid map: denied" in line
    assert unsafe.returncode == 0 and unsafe.stderr.startswith("UNSAFE")
    assert json.loads((folder / "grades" / "grading.json").read_text())["sandbox"]["unsafe"]


@pytest.mark.slow
def test_an_address_without_a_scheduler_is_one_line(folder, works):
    pytest.importorskip("distributed")
    submissions(folder, {"a": both(RIGHT, SMOOTHED)})
    ran = grade(folder, "--dask", "tcp://127.0.0.1:9")
    assert ran.returncode == 4, ran.stderr
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in ran.stderr.splitlines()[-1]


@pytest.mark.parametrize("said, options", [
    ("there is no sandbox 'bubblewarp'; there are bubblewrap", ["--sandbox", "bubblewarp"]),
    ("exclude each other", ["--sandbox", "bubblewrap", "--unsafe-no-sandbox"]),
])
def test_a_sandbox_that_cannot_be_meant(said, options, tmp_path):
    from click.testing import CliRunner

    from pathkit.commands.grade import grade as command

    there = ["--assignment", __file__, "--out", str(tmp_path / "grades")]
    ran = CliRunner().invoke(command, [str(tmp_path), *there, *options])
    assert ran.exit_code == 2 and said in ran.output


def test_a_seed_that_goes_into_the_sandbox_tells_nothing_of_other_exercises():
    seeds = [seed_for(5, name) for name in ("bigram.smoothed", "bigram.gradient")]
    assert len({5, *seeds}) == 3 and min(seeds) > 1
    assert seeds[0] == seed_for(5, "bigram.smoothed") != seed_for(6, "bigram.smoothed")
