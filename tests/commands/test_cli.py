"""The command line: exit codes, one line an error, results on stdout, progress on stderr."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathkit import cli
from pathkit.building import build as builder
from pathkit.commands import common
from tests.building.test_build import ROOT, edit, execute_all, exercises_file, small_project, tree
from tests.building.test_content import MISTAKES as EXERCISE_MISTAKES
from tests.building.test_lesson import MISTAKES as LESSON_MISTAKES
from tests.this_machine import processes_of

CALL = "from pathkit.cli import main; main()"


posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")


@posix
@pytest.mark.slow
def test_ctrl_c_ends_a_verification_at_once_and_leaves_no_process():
    """A terminal sends Ctrl-C to all processes; none may go on, none may show a traceback."""
    running = subprocess.Popen(
        [sys.executable, "-c", CALL, "verify"], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )
    while processes_of(running.pid) < 3:  # itself, a helper of multiprocessing, a worker
        assert running.poll() is None
        time.sleep(0.1)
    time.sleep(1)  # they are at work; verifying every exercise takes far longer
    os.killpg(running.pid, signal.SIGINT)
    begun = time.monotonic()
    # Returns when the last process that holds the pipes has gone, the workers included.
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    assert time.monotonic() - begun < 4
    assert err.strip().endswith("interrupted") and "Traceback" not in out + err


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A small project that the command line takes for its own."""
    place = small_project(tmp_path)
    monkeypatch.setattr(common, "place", lambda root: place)
    return place


def pathkit(*arguments: str):
    return CliRunner().invoke(cli.main, list(arguments))


def process(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", CALL, *arguments], capture_output=True, cwd=cwd, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )


def test_build_names_what_it_wrote_on_stdout_then_nothing(place):
    first = pathkit("build")
    assert first.exit_code == 0
    assert len(first.stdout.splitlines()) == 8 and first.stderr == ""
    again = pathkit("build")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "notebooks are up to date\n")


def test_build_check_exits_1_names_each_file_and_writes_nothing(place):
    before = tree(place.root)
    result = pathkit("build", "--check")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 8
    assert tree(place.root) == before
    pathkit("build")
    assert pathkit("build", "--check").exit_code == 1
    execute_all(place)
    result = pathkit("build", "--check")
    assert (result.exit_code, result.output) == (0, "")


def test_check_is_not_fooled_by_the_state_of_the_last_build(place):
    pathkit("build")
    execute_all(place)
    edit(place.modules.lesson("second-step"), "Between.", "In between.")
    builder.write_atomically(
        place.state,
        json.dumps({"files": builder._digests(
            {*builder._sources(place), *builder._outputs(place)}
        )}),
    )
    assert pathkit("build", "--check").exit_code == 1


@pytest.mark.parametrize("name", LESSON_MISTAKES)
def test_a_mistake_in_a_lesson_is_one_line_and_exit_3(place, name):
    place.modules.lesson("first-step").write_text(LESSON_MISTAKES[name][0], encoding="utf-8")
    for command in (["build"], ["build", "--check"]):
        one_line_and_exit_3(pathkit(*command), "first_step/lesson.py:", "first_step/double.py:")


@pytest.mark.parametrize("name", EXERCISE_MISTAKES)
def test_a_mistake_in_an_exercise_is_one_line_and_exit_3(place, name):
    exercises_file(place).write_text(EXERCISE_MISTAKES[name][0], encoding="utf-8")
    one_line_and_exit_3(pathkit("build"), "first_step/double.py:")


def one_line_and_exit_3(result, *places: str) -> None:
    assert result.exit_code == 3, result.output
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert any(place in result.stderr for place in places)
    assert "Traceback" not in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_a_broken_curriculum_is_one_line_a_problem_and_exit_3(place):
    edit(place.curriculum, "level: hard", "level: hrad")
    edit(place.curriculum, "requires: [first-step]", "requires: [frist-step]")
    for command in (["build"], ["build", "--check"], ["run"], ["verify"]):
        result = pathkit(*command)
        assert result.exit_code == 3
        assert result.stdout == ""
        lines = result.stderr.splitlines()
        assert len(lines) == 3 and all("curriculum.yaml:" in line for line in lines)


def test_a_file_that_cannot_be_written_is_one_line_and_exit_4(place):
    place.notebooks.write_text("this is not a folder", encoding="utf-8")
    result = pathkit("build")
    assert result.exit_code == 4
    assert len(result.stderr.splitlines()) == 1 and str(place.notebooks) in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["build", "--nonsense"], ["run", "--jobs", "0"], ["run", "-p", "steps"],
     ["--root", "/there/is/no/such/folder", "build"], ["verify", "--json=1"]],
)
def test_wrong_usage_is_exit_2(arguments):
    result = pathkit(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr and result.stdout == ""


def test_no_curriculum_is_exit_2_and_says_where_it_was_looked_for(tmp_path):
    result = pathkit("--root", str(tmp_path), "build")
    assert result.exit_code == 2
    assert f"there is no curriculum.yaml in {tmp_path}" in result.stderr


def test_the_curriculum_is_found_upwards(tmp_path, monkeypatch):
    place = small_project(tmp_path)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert common.place(None).root == place.root.resolve()


@pytest.mark.parametrize("command", [["run"], ["verify"]])
def test_an_unknown_module_is_exit_5_with_the_nearest_name(place, command):
    pathkit("build")
    result = pathkit(*command, "frist-step")
    assert result.exit_code == 5
    assert result.stderr == "there is no module 'frist-step'; did you mean 'first-step'?\n"
    assert "there are: first-step," in pathkit(*command, "zzz").stderr


def test_verify_without_exercises_is_exit_5(place):
    result = pathkit("verify", "third-step")
    assert result.exit_code == 5
    assert "has exercises yet" in result.stderr


def test_run_before_build_is_exit_5_and_says_what_to_do(place):
    result = pathkit("run", "second-step")
    assert result.exit_code == 5
    assert "02-second-step.ipynb is missing; run `pathkit build`" in result.stderr


def test_run_of_a_file_that_is_no_notebook_is_exit_5(place):
    pathkit("build")
    (place.notebooks / "solutions" / "02-second-step.ipynb").write_text("{", encoding="utf-8")
    result = pathkit("run", "second-step")
    assert result.exit_code == 5
    assert "is not a notebook; run `pathkit build`" in result.stderr


def test_run_with_nothing_to_run_is_exit_5(place):
    for name in ("first-step", "second-step"):
        place.modules.lesson(name).unlink()
    exercises_file(place).unlink()
    edit(place.curriculum, "        exercises: [double]\n", "")
    pathkit("build")
    result = pathkit("run")
    assert result.exit_code == 5
    assert "none of these notebooks has code to run" in result.stderr


def test_an_unknown_parameter_is_exit_2_and_names_the_known_ones(place):
    pathkit("build")
    result = pathkit("run", "first-step", "-p", "step", "5")
    assert result.exit_code == 2
    assert "first-step has no parameter 'step'; it has: steps, name" in result.stderr
    result = pathkit("run", "second-step", "-p", "step", "5")
    assert "second-step has no parameter 'step'; it has: none" in result.stderr


def test_interrupts_are_exit_130(place, monkeypatch):
    def interrupted(place):
        raise KeyboardInterrupt

    monkeypatch.setattr(builder, "build", interrupted)
    result = pathkit("build")
    assert result.exit_code == 130
    assert "interrupted" in result.stderr and "Traceback" not in result.stderr


def test_errors_that_are_not_ours_are_shown(place, monkeypatch):
    def broken(place):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(builder, "build", broken)
    assert isinstance(pathkit("build").exception, ZeroDivisionError)


@pytest.mark.slow
def test_verify_json_is_one_object_a_line_and_agrees_with_its_exit_code():
    result = process("verify", "bigram", "--json")
    rows = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert rows and all(row["exercise"].startswith("bigram.") for row in rows)
    assert all({"killed", "survived", "equivalent", "score", "faults"} <= set(row) for row in rows)
    assert result.returncode in (0, 1), result.stderr.decode()


def test_schema_is_json_on_stdout():
    result = pathkit("schema")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["$schema"].startswith("https://json-schema.org/")


def test_help_names_every_command():
    result = pathkit("--help")
    assert result.exit_code == 0
    assert all(name in result.stdout for name in cli.main.commands)
    assert pathkit("-h").stdout == result.stdout
    assert pathkit("--version").stdout.startswith("pathkit, version ")


def test_a_console_without_our_characters_is_no_reason_to_fail(tmp_path):
    small_project(tmp_path)
    edit(tmp_path / "curriculum.yaml", "minutes: 20", "minutes: zwölf")
    result = process(
        "--root", str(tmp_path), "build", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert result.returncode == 3
    assert b"curriculum.yaml:" in result.stderr and b"Traceback" not in result.stderr
