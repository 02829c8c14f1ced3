"""What `make test` says in the end, and that what it hides is hidden."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import outcome, steps
from tests.hidden import without_bubblewrap, without_sandbox
from tests.this_machine import trouble

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")

# --- the steps ----------------------------------------------------------------------------------

REPORT = """<testsuites><testsuite>
<testcase file="tests/test_a.py" name="test_one[x]"><failure message="assert 1 == 2&#10;more"/></testcase>
<testcase file="tests/test_a.py" name="test_two"><skipped type="pytest.skip" message="no {0}"/></testcase>
<testcase file="tests/test_b.py" name="test_two"><skipped type="pytest.skip" message="no {0}"/></testcase>
<testcase file="tests/test_b.py" name="test_three"/>
</testsuite></testsuites>"""  # noqa: E501
STAND_IN = """#!/bin/sh
for word; do case $word in --junitxml=*) report=${word#--junitxml=};; esac; done
echo "ran $0 $* with ${OPENBLAS_NUM_THREADS} ${PYTHONPATH}"
case "$*" in *src*) sh -c 'kill -INT $$' || echo "SIGINT kills";; esac
case "$*" in *"not sandbox tests") cp REPORT "$report"; exit 1;; esac
case "$*" in *"sandbox tests") cp SKIPS "$report";; esac
"""

# Asked why a sandbox doesn't work, it says {0}; a command that it is given is run.
PYTHON = """#!/bin/sh
case "$1" in tests/other_processor.py) shift; exec "$@";; esac
echo '{0}'
"""


@pytest.fixture
def project(tmp_path):
    """A project with stand-ins for the programs; `project(trouble)`: what is wrong with sandboxes.

    Their report of a step with tests has one failed, two skipped for want of a browser.
    """
    project = tmp_path / "my prüject"
    (project / "notebooks").mkdir(parents=True)
    (project / "tests").mkdir()
    (project / "en v").mkdir()
    for name in ("steps.py", "hidden.py", "outcome.py"):
        shutil.copy(Path(steps.__file__).parent / name, project / "tests")
    for name, missing in (("REPORT", "browser"), ("SKIPS", "bubblewrap")):
        text = REPORT.format(missing)
        (project / name).write_text(text if name == "REPORT" else re.sub("<fail.*/>", "", text))

    def run(*words: str, why: str = "", without: str = "") -> subprocess.CompletedProcess:
        for name in ("ruff", "pathkit", "pytest", "python"):
            file = project / "en v" / name
            file.write_text(PYTHON.format(why) if name == "python" else STAND_IN)
            file.chmod(0o755)
        if without:
            (project / "en v" / without).unlink()
        return subprocess.run(
            [sys.executable, str(project / "tests/steps.py"), *words], cwd="/", text=True,
            env={"PATH": os.environ["PATH"], "BIN": str(project / "en v")}, capture_output=True)

    return run


def listed(ran: subprocess.CompletedProcess) -> list[str]:
    """The list at the end, without the seconds."""
    lines = ran.stdout.rpartition("\n\n   ")[2] if "\nskipped" not in ran.stdout else (
        ran.stdout.rpartition("\n\nskipped")[0].rpartition("\n\n   ")[2] + "\n\nskipped"
        + ran.stdout.rpartition("\n\nskipped")[2])
    return [re.sub(r"^ *\d+ s  ", "", line) for line in lines.splitlines()]


@posix
def test_steps_after_a_failed_one_run_and_the_end_lists_what_failed_and_what_was_skipped(project):
    ran = project()
    assert ran.returncode == 1
    failed = [f"{'':20}tests/test_a.py::test_one[x]: assert 1 == 2"]
    assert listed(ran) == [
        "passed    style",
        "passed    notebooks equal their sources",
        "passed    standards of the lessons",
        "FAILED    unit tests (exit code 1)", *failed,
        "FAILED    tests with kernels and a browser (exit code 1)", *failed,
        "passed    sandboxes",
        "passed    sandboxes, as if there were no bubblewrap (2 of 4 skipped)",
        "passed    sandboxes, as if there were none (2 of 4 skipped)",
        "passed    strength of the checks",
        "passed    learner notebooks, unattempted: no cell may fail",
        "passed    solutions: stored results hold",
        "in all",
        "",
        "skipped: 6 tests",
        "     4  no browser",
        "     2  no bubblewrap",
    ]


@posix
def test_a_step_that_has_nothing_to_show_here_says_why(project):
    ran = project("sandboxes", why="no sandbox works here (bubblewrap: denied)")
    assert ran.returncode == 0
    assert listed(ran)[:3] == [
        "passed    sandboxes",
        "left out  sandboxes, as if there were no bubblewrap "
        "(no sandbox works here (bubblewrap: denied))",
        "left out  sandboxes, as if there were none (no sandbox works here (bubblewrap: denied))",
    ]


@posix
def test_a_program_that_is_missing_fails_its_steps_alone(project):
    ran = project("style", "sources", "strength", without="pathkit")
    assert ran.returncode == 1 and "Traceback" not in ran.stderr
    assert "FAILED    notebooks equal their sources ([Errno 2]" in ran.stdout
    assert "passed    style" in ran.stdout and "FAILED    strength of the checks" in ran.stdout


@posix
def test_what_ignores_ctrl_c_is_told_to_heed_it(project):
    """As in `make test &`: tests that send it wait for its effect."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        ran = project("style")
    finally:
        signal.signal(signal.SIGINT, before)
    assert "SIGINT kills" in ran.stdout, ran.stdout


@posix
def test_steps_are_chosen_by_a_word_and_get_their_settings(project):
    ran = project("unit", "solutions")
    assert [line for line in ran.stdout.splitlines() if line.startswith("== ")] == [
        "== unit tests", "== solutions: stored results hold"]
    [unit, solutions] = [line for line in ran.stdout.splitlines() if line.startswith("ran ")]
    assert unit.endswith("no-sandbox") and solutions.endswith(" with 1 ")
    nothing = project("nowhere")
    assert nothing.returncode == 2 and "no step's name holds nowhere" in nothing.stderr


def test_both_runs_of_the_sandboxes_are_steps():
    found = {step.name: step for step in steps.steps()}
    hidden = found["sandboxes, as if there were no bubblewrap"]
    assert "no-bubblewrap" in hidden.settings["PATH"] and "sandbox" in " ".join(
        map(str, hidden.command))
    assert not found["sandboxes"].settings
    # Whatever else needs a sandbox fails everywhere, not only where there is none.
    for name in ("unit tests", "tests with kernels and a browser"):
        assert "no-sandbox" in found[name].settings["PATH"]
        assert found[name].settings["PYTHONPATH"] and "not sandbox" in found[name].command[-2]


# --- what tests came to -------------------------------------------------------------------------

TESTS = """
import pytest

@pytest.fixture(scope="session")
def works():
    pytest.skip("no sandbox (here), so\\nnobody saw")

@pytest.fixture
def broken():
    raise OSError("gone")

@pytest.mark.parametrize("n", range(40))
def test_skipped(works, n): ...
@pytest.mark.skipif(True, reason="root may write anywhere")
def test_of_a_user(): ...
@pytest.mark.xfail(strict=True)
def test_known(): assert 0
def test_wrong(): assert [1] == [2], "that's wrong"
def test_broken(broken): ...
def test_fine(): ...
"""


@pytest.mark.slow
def test_a_report_of_pytest_is_read(tmp_path):
    (tmp_path / "test_made.py").write_text(TESTS)
    (tmp_path / "test_whole.py").write_text(
        "import pytest\npytest.skip(\"no 'seccomp', so nothing\", allow_module_level=True)\n")
    (tmp_path / "test_lib.py").write_text(
        "import pytest\npytest.importorskip('nowhere_such', reason='pip install nowhere_such')\n")
    (tmp_path / "test_not_python.py").write_text("def\n")
    command = [str(part).replace(steps.REPORT, f"--junitxml={tmp_path / 'report.xml'}")
               for part in steps.pytest("-n", "0", "--rootdir", str(tmp_path), str(tmp_path))]
    ran = subprocess.run([sys.executable, "-m", "pytest", *command[1:]], cwd=tmp_path,
                         capture_output=True, text=True)
    assert ran.returncode == 1, ran.stdout
    found = outcome.read(tmp_path / "report.xml")
    assert [name.partition(":")[0] for name in sorted(found.failed)] == [
        "test_made.py", "test_made.py", "test_not_python.py"]
    assert "test_made.py::test_wrong: AssertionError: that's wrong" in found.failed
    most, *rest = outcome.by_reason(found.skipped)
    assert most == ("no sandbox (here), so nobody saw", 40)
    assert sorted(rest) == [("no 'seccomp', so nothing", 1), ("pip install nowhere_such", 1),
                            ("root may write anywhere", 1)]


def test_a_report_that_is_not_there_or_cut_off_is_empty(tmp_path):
    (tmp_path / "cut.xml").write_text("<testsuites><testsuite>")
    assert outcome.read(tmp_path / "cut.xml") == outcome.read(tmp_path / "no") == outcome.Outcome()


# --- what is hidden -----------------------------------------------------------------------------

ASKS = "from pathkit.classroom import sandboxes\nprint(sandboxes.best({!r}).name)"


def best(environment: dict[str, str], place: str = "") -> str:
    """The sandbox that is chosen in this environment, or the last line of what is said."""
    ran = subprocess.run([sys.executable, "-c", ASKS.format(place)], env=environment, text=True,
                         capture_output=True)
    return (ran.stdout or ran.stderr).splitlines()[-1]


@posix
@pytest.mark.usefixtures("each_sandbox")
def test_nothing_that_is_hidden_works(tmp_path):
    assert "no sandbox works here" in best(without_sandbox(tmp_path / "none"))
    hidden = without_bubblewrap(tmp_path / "no bubblewrap")
    assert "bubblewrap doesn't work" in best(hidden, "bubblewrap")
    assert "docker doesn't work" in best(hidden, "docker")
    if trouble("landlock"):
        pytest.skip(f"nothing is shown about landlock: {trouble('landlock')}")
    assert best(hidden) == "landlock"


# --- a clone with core.autocrlf -----------------------------------------------------------------

SHIPPED = (".gitattributes", ".ci", ".github", "Makefile", "curriculum.yaml", "pyproject.toml",
           "constraints.txt", "notebooks", "src", "tests")


def checked_out(clone: Path) -> None:
    """Put all files into a repository and take them out again, as with core.autocrlf=true."""
    git = shutil.which("git") or pytest.skip("no git")
    options = ("-c", "core.autocrlf=true", "-c", "core.safecrlf=false")
    for words in (["init", "-q"], ["add", "-A"], ["checkout-index", "-q", "-a", "-f"]):
        if words[0] == "checkout-index":
            for path in files(clone):
                path.unlink()
        subprocess.run([git, *options, *words], cwd=clone, check=True, capture_output=True)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and ".git" not in path.relative_to(folder).parts}


def test_a_clone_that_wants_crlf_gets_lf_and_whole_pictures_and_weights(tmp_path):
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in SHIPPED:
        if (steps.ROOT / name).is_dir():
            shutil.copytree(steps.ROOT / name, clone / name,
                            ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(steps.ROOT / name, clone)
    before = files(clone)
    checked_out(clone)
    after = files(clone)
    assert {"Makefile", "jupyterlab.png", ".ci"} <= {
        part for path in after for part in path.relative_to(clone).parts}
    assert [path for path in before if after.get(path) != before[path]] == []
    binary = (".png", ".safetensors")
    assert [path for path in after if path.suffix not in binary and b"\r" in after[path]] == []


def test_without_attributes_the_same_clone_has_crlf(tmp_path):
    shutil.copy(steps.ROOT / "Makefile", tmp_path)
    checked_out(tmp_path)
    assert b"\r\n" in (tmp_path / "Makefile").read_bytes()
