"""`pathkit run`: real kernels, so few runs, each made to show several things."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from pathkit.building import notebook
from pathkit.running import execute, parameters, side_by_side, stored_outputs
from tests.building.test_build import ROOT, Place, build, edit, exercises_file, small_project, tree

pytestmark = pytest.mark.slow
posix = pytest.mark.skipif(os.name != "posix", reason="signals and ipc are POSIX")

RUN = """
import sys
from pathlib import Path
from pathkit import cli
from pathkit.commands import common
from pathkit.building.build import Place
root = Path(sys.argv.pop(1))
common.place = lambda _: Place(root)
if __name__ == "__main__":
    cli.main()
"""


@pytest.fixture
def root():
    """A folder with a short path: sockets in it must not need another place."""
    folder = Path(tempfile.mkdtemp(prefix="pkt-"))
    yield folder
    shutil.rmtree(folder)


def with_lessons(root: Path, **lessons: str) -> Place:
    """A built project whose modules hold the given cells; modules without stay empty."""
    place = small_project(root)
    exercises_file(place).unlink()
    place.modules.lesson("first-step").unlink()
    place.modules.lesson("second-step").unlink()
    edit(place.curriculum, "        exercises: [double]\n", "")
    for name, text in lessons.items():
        place.modules.lesson(f"{name}-step").write_text(text, encoding="utf-8")
    build(place)
    (root / "script.py").write_text(RUN, encoding="utf-8")
    (root / "t").mkdir()
    return place


def environment(place: Place, **more: str) -> dict[str, str]:
    paths = {"PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(place.root / "t")}
    return {**os.environ, **paths, **more}


def run(place: Place, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(place.root / "script.py"), str(place.root), "run", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=120, env=environment(place, **more)
    )


def solution(place: Place, name: str) -> Path:
    [path] = (place.notebooks / "solutions").glob(f"*-{name}-step.ipynb")
    return path


def kernels_of(place: Place) -> list[str]:
    """Command lines of processes whose connection file lies in the project's own TMPDIR."""
    mark = str(place.root / "t").encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except OSError:
            continue
        if mark in line:
            found.append(line.replace(b"\0", b" ").decode())
    return found


def left_behind(place: Place) -> list[str]:
    return [str(p) for p in (place.root / "t").iterdir()]


GOOD = """\
# %% tags=["parameters"]
steps = 3  # how many
name: str = "Ada"

# %%
import sys
print("steps", steps)
print("to stderr", file=sys.stderr)
print(name * steps)
{"b": 1, "a": 2}

# %% tags=["raises-exception"]
1 / 0

# %% [markdown]
# Text.

# %%
print("still here")
"""


def test_a_run_stores_the_same_bytes_each_time_and_parameters_touch_nothing(root):
    place = with_lessons(root, first=GOOD)
    first = run(place, "first-step")
    assert first.returncode == 0, first.stderr
    assert first.stdout == ""
    assert "01-first-step.ipynb ok" in first.stderr
    stored = solution(place, "first").read_bytes()
    text = stored.decode()
    assert "papermill" not in text and "2026-" not in text and "iopub" not in text
    assert "still here" in text and "ZeroDivisionError" in text
    found = json.loads(text)
    code = [c for c in found["cells"] if c["cell_type"] == "code"]
    assert [c["execution_count"] for c in code] == [1, 2, 3, 4]
    assert notebook.to_json(found) == text
    before = tree(place.notebooks)
    result = run(place, "first-step", "-p", "steps", "5", "-p", "name", "Bo")
    assert result.returncode == 0, result.stderr
    assert tree(place.notebooks) == before
    kept = place.root / ".pathkit" / "runs" / "01-first-step.ipynb"
    assert result.stdout.splitlines() == [str(kept)]
    text = kept.read_text(encoding="utf-8")
    assert "steps 5" in text and "BoBoBoBoBo" in text
    assert '"injected-parameters"' in text
    assert run(place).returncode == 0
    assert solution(place, "first").read_bytes() == stored
    assert left_behind(place) == []


FAILS = """\
# %%
x = 1

# %%

# %%
raise ValueError(f"no\\n\\x1b[31mgood {x}")
"""
ENDS = """\
# %%
import os
os._exit(3)
"""
SLEEPS = """\
# %%
import time

# %%
time.sleep(60)
"""


def test_each_failure_is_told_in_one_line_and_what_ran_is_kept(root):
    place = with_lessons(root, first=FAILS, second=ENDS, third=SLEEPS)
    before = tree(place.notebooks)
    begun = time.monotonic()
    result = run(place, "--timeout", "2", "--jobs", "3")
    assert time.monotonic() - begun < 50
    assert result.returncode == 1, result.stderr
    first, second, third = result.stdout.splitlines()
    ids = [
        [c["id"] for c in json.loads(solution(place, name).read_text("utf-8"))["cells"]
         if c["cell_type"] == "code"][-1]
        for name in ("first", "second", "third")
    ]
    assert first == f"01-first-step.ipynb: cell {ids[0]} failed: ValueError: no good 1"
    assert second.startswith(f"02-second-step.ipynb: cell {ids[1]}: the kernel died")
    assert third == (
        f"03-third-step.ipynb: cell {ids[2]}: it ran longer than 2 s; --timeout gives it more"
    )
    assert "Traceback" not in result.stderr
    assert tree(place.notebooks) == before
    failed = place.root / ".pathkit" / "failed"
    assert len(list(failed.iterdir())) == 3
    assert "ValueError" in (failed / "01-first-step.ipynb").read_text(encoding="utf-8")
    assert left_behind(place) == []


def test_kernels_that_cannot_start_are_exit_4(root):
    text = "# %%\nprint(1)\n"
    place = with_lessons(root, first=text, second=text, third=text)
    for number, (name, arguments) in enumerate({
        "first": None,
        "second": ["/there/is/no/such/python", "-f", "{connection_file}"],
        "third": [sys.executable, "-c", "raise SystemExit"],
    }.items()):
        edit(solution(place, name), '"name": "python3"', f'"name": "nowhere-{number}"')
        if arguments:
            folder = place.root / "jupyter" / "kernels" / f"nowhere-{number}"
            folder.mkdir(parents=True)
            spec = {"argv": arguments, "display_name": "Nowhere", "language": "python"}
            (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    result = run(place, "--jobs", "3", JUPYTER_PATH=str(place.root / "jupyter"))
    assert result.returncode == 4, result.stderr
    first, second, third = result.stdout.splitlines()
    assert "there is no nowhere-0 kernel here; install ipykernel" in first
    assert "the kernel did not start: " in second and "/there/is/no/such/python" in second
    assert "the kernel did not start: Kernel died" in third
    assert "Traceback" not in result.stderr
    assert left_behind(place) == []


MEET = """\
# %%
import pathlib, time
mine, other = pathlib.Path({mine!r}), pathlib.Path({other!r})
mine.touch()
for _ in range(300):
    if other.exists():
        break
    time.sleep(0.1)
else:
    raise TimeoutError("the other one never ran")
"""


def test_two_jobs_run_side_by_side_and_one_that_leaves_early_has_failed(root):
    """papermill takes sys.exit(0) for the end of the notebook."""
    one, two = str(root / "one"), str(root / "two")
    place = with_lessons(
        root,
        first=MEET.format(mine=one, other=two),
        second=MEET.format(mine=two, other=one),
        third="# %%\nimport sys\nsys.exit(0)\n\n# %%\nprint(1)\n",
    )
    result = run(place, "--jobs", "2")
    assert result.returncode == 1
    [line] = result.stdout.splitlines()
    assert line.startswith("03-third-step.ipynb: cell ") and line.endswith("failed: SystemExit: 0")


@posix
@pytest.mark.parametrize("group", [False, True], ids=["process", "terminal"])
def test_ctrl_c_ends_at_once_with_130_and_leaves_nothing(root, group):
    """A signal to the process alone, as from `kill -INT`, and to its group, as from a terminal."""
    started = root / "started"
    waits = f"# %%\nimport pathlib, time\npathlib.Path({str(started)!r}).touch()\ntime.sleep(60)\n"
    place = with_lessons(root, first=waits, second=waits, third="# %%\nprint(1)\n")
    before = tree(place.notebooks)
    command = [sys.executable, str(place.root / "script.py"), str(place.root), "run", "--jobs", "1"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(place), start_new_session=True,
    )
    try:
        wait_for(started.exists)
        assert not Path("/proc").exists() or len(kernels_of(place)) == 1
        begun = time.monotonic()
        (os.killpg if group else os.kill)(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert time.monotonic() - begun < 15
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130, err
    assert "interrupted" in err and "Traceback" not in err
    assert tree(place.notebooks) == before
    wait_for(lambda: not kernels_of(place))
    assert left_behind(place) == []


def wait_for(condition, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


# --- without a kernel --------------------------------------------------------------------------


def test_parameters_are_read_from_the_tagged_cell():
    source = ["a = 1\n", "b: int = 2\n", "c, d = 1, 2"]
    cell = {"metadata": {"tags": ["parameters"]}, "source": source}
    other = {"metadata": {}, "source": ["e = 1"]}
    assert parameters.parameters_of(json.dumps({"cells": [other, cell]})) == ["a", "b"]
    assert parameters.parameters_of(json.dumps({"cells": [other]})) == []


def test_values_on_the_command_line_are_literals_or_text():
    text = json.dumps({"cells": [{"metadata": {"tags": ["parameters"]}, "source": ["a = b = 1"]}]})
    for given, wanted in (("1", 1), ("1.5", 1.5), ("[1, 2]", [1, 2]), ("True", True),
                          ("cuda:0", "cuda:0"), ("", ""), ("'1'", "1"), ("a b", "a b")):
        assert parameters.values(text, [("a", given)], "m") == {"a": wanted}


def test_pieces_of_one_stream_are_joined_and_others_kept_apart():
    def stream(name, *lines):
        return {"output_type": "stream", "name": name, "text": list(lines)}

    result = {"output_type": "display_data", "data": {"text/plain": ["x"]}, "metadata": {}}
    pieces = [stream("stdout", "a"), stream("stdout", "b\n", "c"), stream("stderr", "d"), result,
              stream("stdout", "e\n")]
    assert stored_outputs._joined(pieces) == [
        stream("stdout", "ab\n", "c"), stream("stderr", "d"), result, stream("stdout", "e\n")
    ]


def test_a_dead_worker_fails_its_own_job_only():
    from concurrent.futures import Future
    from concurrent.futures.process import BrokenProcessPool

    future: Future = Future()
    future.set_exception(BrokenProcessPool("gone"))
    done = side_by_side._result(future, execute.Job("a.ipynb", "{}", {}, None, "."))
    assert done.problem.startswith("the process that ran it ended") and done.text == ""
