"""What is installed, and where that is said: each place must agree with the others."""

import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

from pathkit.setup import supported

REPO = Path(supported.__file__).resolve().parents[3]
PROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONSTRAINTS = [line for line in (REPO / "constraints.txt").read_text(encoding="utf-8").splitlines()
               if line.strip() and not line.startswith("#")]
SUPPORTED = [f"3.{minor}" for minor in range(supported.OLDEST[1], supported.NEWEST[1] + 1)]
# A line of conda's: a name, then nothing, =version, or comparisons with commas between.
CONDA = re.compile(r"""
    (?P<name>[a-z0-9][a-z0-9._-]*)
    (?P<version>={1,2}\d[\w.]*(\.\*)?|(\ ?(>=|<=|!=|<|>|==)\d[\w.]*)(,(>=|<=|!=|<|>|==)\d[\w.]*)*)?
    """, re.VERBOSE)


def load(name: str):
    """A YAML file, read as both conda and GitHub read it: no key twice, `on` no boolean."""
    return YAML(typ="safe", pure=True).load(io.StringIO((REPO / name).read_text(encoding="utf-8")))


def pins() -> dict:
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in CONSTRAINTS}


def dependencies() -> list:
    extras = PROJECT.get("optional-dependencies", {}).values()
    return [Requirement(line) for lines in (PROJECT["dependencies"], *extras) for line in lines]


# --- constraints.txt


@pytest.mark.parametrize("line", CONSTRAINTS)
def test_constraint_is_one_exact_version_and_nothing_of_a_machine(line):
    requirement = Requirement(line)
    assert not requirement.url and not requirement.extras and not re.search(r"[/\\@:]", line)
    operators = [(part.operator, part.version) for part in requirement.specifier]
    assert len(operators) == 1 and operators[0][0] == "=="
    assert not Version(operators[0][1]).local, "a local version is of one index only"


def test_constraints_hold_each_name_once_in_order():
    names = [canonicalize_name(Requirement(line).name) for line in CONSTRAINTS]
    assert names == sorted(set(names))


def test_dependencies_have_a_pin_that_satisfies_them():
    pinned = pins()
    for wanted in dependencies():
        pin = pinned[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(next(iter(pin.specifier)).version), wanted


def test_what_is_installed_here_is_what_is_pinned():
    """Each package in reach of the project has a pin; CUDA's are named by torch itself."""
    from importlib.metadata import PackageNotFoundError, requires

    pinned, seen = pins(), set()
    queue = [canonicalize_name(wanted.name) for wanted in dependencies()]
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            lines = requires(name) or []
        except PackageNotFoundError:
            continue  # of another platform or Python
        for needed in map(Requirement, lines):
            if not needed.marker or needed.marker.evaluate({"extra": ""}):
                queue.append(canonicalize_name(needed.name))
    loose = {name for name in seen - set(pinned)
             if not name.startswith(("nvidia-", "cuda-", "triton"))}
    assert not loose


# --- Python and torch


def test_python_agrees():
    wanted = SpecifierSet(PROJECT["requires-python"])
    oldest = ".".join(map(str, supported.OLDEST))
    assert [str(part) for part in wanted] == [f">={oldest}"]
    below = f"3.{supported.OLDEST[1] - 1}"
    assert all(version in wanted for version in SUPPORTED) and below not in wanted


def test_torch_agrees():
    expected = Requirement(supported.TORCH).specifier
    assert str(expected) == "==2.13.0"
    assert [w.specifier for w in dependencies() if w.name == "torch"] == [expected]
    assert pins()["torch"].specifier == expected
    for line in pip_lines():
        if line.startswith("torch"):
            assert Requirement(line).specifier == expected


def test_cpu_index_agrees():
    indexes = [line.split()[1] for line in pip_lines() if "index-url" in line]
    assert indexes == [supported.CPU_INDEX]


def test_no_other_index_and_no_path_of_a_machine():
    files = ("Makefile", "pyproject.toml", "constraints.txt", "environment.yml", ".ci/run",
             "tests/steps.py", "src/pathkit/bootstrap.py", ".github/workflows/test.yml")
    parts = (str(file.relative_to(REPO)) for file in REPO.glob("src/pathkit/setup/*.py"))
    for name in (*files, *parts):
        text = (REPO / name).read_text(encoding="utf-8")
        hosts = set(re.findall(r"https?://([\w.-]+)", text))
        assert hosts <= {"download.pytorch.org"}, name
        assert not re.search(r"(?<![\w.])/(root|home|Users|opt|work)/", text), name


# --- environment.yml


def conda_lines() -> list:
    return [line for line in load("environment.yml")["dependencies"] if isinstance(line, str)]


def pip_lines() -> list:
    found = [line["pip"] for line in load("environment.yml")["dependencies"]
             if isinstance(line, dict) and set(line) == {"pip"}]
    assert len(found) == 1
    return found[0]


def test_environment_has_what_conda_knows():
    environment = load("environment.yml")
    assert set(environment) <= {"name", "channels", "dependencies", "variables"}
    assert environment["name"] == "pathkit" and "pathkit" in PROJECT["scripts"]
    assert environment["channels"] == ["conda-forge"]
    kinds = [type(line) for line in environment["dependencies"]]
    assert set(kinds) == {str, dict} and kinds.count(dict) == 1


def test_conda_lines_parse_and_bring_python_and_pip():
    matches = [CONDA.fullmatch(line) for line in conda_lines()]
    assert all(matches), conda_lines()
    assert [match["name"] for match in matches] == ["python", "pip"]
    version = matches[0]["version"]
    assert version.lstrip("=") in SUPPORTED
    assert version.lstrip("=") in SpecifierSet(PROJECT["requires-python"])


@pytest.mark.parametrize("line, parses", [
    ("python=3.13", True), ("python", True), ("python >=3.11,<3.14", True), ("a==1.0", True),
    ("python=3.13=", False), ("python>==3", False), ("python >=1,,<", False), ("", False),
    ("python=", False), ("a b", False),
])
def test_the_check_of_conda_lines_itself(line, parses):
    assert bool(CONDA.fullmatch(line)) is parses


def test_pip_lines_are_options_with_files_that_exist_or_requirements():
    """Conda writes these to a requirements file beside environment.yml and runs pip there."""
    lines = pip_lines()
    assert "-c constraints.txt" in lines and "-e ." in lines
    for line in lines:
        option, _, value = line.partition(" ")
        if option in ("-c", "-e"):
            assert not Path(value).is_absolute() and (REPO / value).exists()
        elif option.startswith("-"):
            assert option == "--extra-index-url"
        else:
            Requirement(line)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_pip_reads_the_pip_lines(tmp_path):
    parse = pytest.importorskip("pip._internal.req.req_file").parse_requirements
    session = pytest.importorskip("pip._internal.network.session").PipSession()
    file = tmp_path / "condaenv.x.requirements.txt"
    file.write_text("\n".join(pip_lines()))
    shutil.copy(REPO / "constraints.txt", tmp_path)
    found = list(parse(str(file), session))
    assert [line.requirement for line in found if not line.constraint] == ["."]
    assert len([line for line in found if line.constraint]) == len(CONSTRAINTS)


# --- .github/workflows/test.yml

WORKFLOW = ".github/workflows/test.yml"


def steps(job: str) -> list:
    return load(WORKFLOW)["jobs"][job]["steps"]


def runs(job: str) -> list:
    return [step["run"] for step in steps(job) if "run" in step]


def test_workflow_is_what_github_reads():
    flow = load(WORKFLOW)
    assert set(flow) <= {"name", "on", "permissions", "concurrency", "jobs", "env", "defaults"}
    assert set(flow["on"]) <= {"push", "pull_request", "workflow_dispatch", "schedule"}
    for name, job in flow["jobs"].items():
        assert {"runs-on", "steps"} <= set(job) and "timeout-minutes" in job, name
        for step in job["steps"]:
            assert set(step) <= {"name", "uses", "run", "with", "env", "if", "shell"}
            assert ("uses" in step) != ("run" in step)


def test_workflow_may_only_read_and_gives_way_to_the_next_push():
    flow = load(WORKFLOW)
    assert flow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in flow["jobs"].values())
    assert flow["concurrency"]["cancel-in-progress"] is True
    assert "pull_request_target" not in flow["on"]
    assert "secrets." not in (REPO / WORKFLOW).read_text(encoding="utf-8")


def test_workflow_runs_make_test_where_it_should():
    matrix = load(WORKFLOW)["jobs"]["test"]["strategy"]["matrix"]
    assert {system.split("-")[0] for system in matrix["os"]} == {"ubuntu", "macos"}
    assert matrix["python"] == ["3.11", "3.13"] and set(matrix["python"]) <= set(SUPPORTED)
    commands = runs("test")
    assert commands[-1] == "make test"
    browser = next(c for c in commands if "playwright" in c)
    assert browser.endswith("install --with-deps chromium")
    assert commands.index("make setup-test") < commands.index(browser)
    [sandbox] = [step for step in steps("test") if "bubblewrap" in step.get("run", "")]
    assert sandbox["if"] == "runner.os == 'Linux'"


def test_workflow_on_windows_sets_up_and_runs_the_unit_tests():
    job = load(WORKFLOW)["jobs"]["windows"]
    assert job["runs-on"].startswith("windows")
    assert runs("windows")[0] == "python src/pathkit/bootstrap.py --test"
    assert "pytest" in runs("windows")[-1]


def test_actions_name_their_major_version_and_pip_is_cached():
    for job in load(WORKFLOW)["jobs"]:
        uses = [step for step in steps(job) if "uses" in step]
        for step in uses:
            assert re.fullmatch(
                r"actions/(checkout|setup-python|upload-artifact)@v\d+", step["uses"]
            )
        cached = next(step["with"] for step in uses if "setup-python" in step["uses"])
        assert cached["cache"] == "pip"
        for name in cached["cache-dependency-path"].split():
            assert (REPO / name).exists()


def test_targets_of_make_exist():
    targets = set(re.findall(r"^([\w-]+):", (REPO / "Makefile").read_text(), re.MULTILINE))
    used = {word for job in load(WORKFLOW)["jobs"] for command in runs(job)
            for word in re.findall(r"make ([\w-]+)", command)}
    assert {"start", "test"} | used <= targets


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bit")
def test_ci_ends_with_what_everybody_runs():
    text = (REPO / ".ci/run").read_text(encoding="utf-8")
    assert text.splitlines()[-1] == 'exec make test "$@" </dev/null'


def test_what_the_browser_showed_is_kept():
    step = next(s for s in steps("test") if "upload" in s.get("uses", ""))
    assert step["with"]["path"] == "build/screenshots" and "cancelled" in step["if"]
    ignored = (REPO / ".gitignore").read_text(encoding="utf-8").split()
    assert "build/" in ignored


@pytest.mark.slow
def test_without_a_browser_its_tests_are_skipped_aloud(tmp_path):
    environment = {**os.environ, "PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
         "-m", "browser", *map(str, sorted((REPO / "tests").rglob("test_*browser.py"))),
         str(REPO / "tests" / "classroom" / "test_overview.py")],
        capture_output=True, text=True, timeout=300, cwd=REPO, env=environment,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert " passed" not in result.stdout
    count = re.search(r"(\d+) skipped", result.stdout)[1]
    [line] = [line for line in result.stdout.splitlines() if line.startswith("SKIPPED")]
    assert line.startswith(f"SKIPPED {count}: no browser, so nobody saw whether the notebooks")
    assert "apt install chromium" in line
