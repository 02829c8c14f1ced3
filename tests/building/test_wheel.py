"""pathkit installed from a wheel that an sdist became, in an environment without a checkout."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.learner.test_lab import FAKE
from tests.this_path import notebook_of

pytest.importorskip("setuptools", reason="pip install setuptools, which builds the wheel")
pytestmark = pytest.mark.slow

REPO = Path(__file__).resolve().parents[2]
TOP = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "LICENSE-TEXT",
       "Makefile", "constraints.txt", "environment.yml", "curriculum.yaml")
MADE_HERE = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project, as nobody has built anything in it."""
    home = tmp_path_factory.mktemp("project") / "the project"
    home.mkdir()
    for name in TOP:
        shutil.copy(REPO / name, home)
    for name in ("src", "notebooks"):
        shutil.copytree(REPO / name, home / name, ignore=MADE_HERE)
    return home


@pytest.fixture(scope="module")
def sdist(project) -> Path:
    code = "import setuptools.build_meta as b; print(b.build_sdist('made'))"
    made = run([sys.executable, "-c", code], project).stdout.split()[-1]
    return project / "made" / made


@pytest.fixture(scope="module")
def wheel(sdist, tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        archive.extractall(home, filter="data")
    [unpacked] = [path for path in home.iterdir() if path.is_dir()]
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-index", "--no-build-isolation",
         "--no-deps", "-w", str(home), str(unpacked)], home)
    [made] = home.glob("*.whl")
    shutil.rmtree(unpacked)
    return made


@pytest.fixture(scope="module")
def scripts(wheel, tmp_path_factory) -> Path:
    """The programs of a clean environment: the wheel, and packages borrowed from this one's."""
    home = tmp_path_factory.mktemp("clean") / "en v"
    run([sys.executable, "-m", "venv", "--without-pip", str(home)], home.parent)
    base = {"base": str(home), "platbase": str(home)}
    site = Path(sysconfig.get_path("purelib", "venv", base))
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    programs = Path(sysconfig.get_path("scripts", "venv", base))
    python = programs / Path(sys.executable).name
    run([sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-index",
         "--no-deps", str(wheel)], home.parent)
    return programs


@pytest.fixture
def pathkit(scripts, tmp_path, monkeypatch):
    """Calls the installed command; what it starts is no JupyterLab, but ends at once."""
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "jupyterlab.py").write_text(FAKE)

    def call(*arguments: object, cwd: Path, code: int = 0) -> subprocess.CompletedProcess:
        program = shutil.which("pathkit", path=scripts)
        fake = {"PYTHONPATH": str(tmp_path / "fake")} if "--jupyter" in arguments else {}
        return run([program, *map(str, arguments)], cwd, code, JUPYTER_RUNTIME_DIR=str(tmp_path),
                   **fake)

    return call


@pytest.fixture
def elsewhere(tmp_path) -> Path:
    (tmp_path / "else where").mkdir()
    return tmp_path / "else where"


def run(command: list, cwd: Path, code: int = 0, **environment: str):
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PIP_"))}
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300,
                         env={**inherited, **environment})
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran


START = ("start", "--no-browser", "--jupyter", "--end=0")


def test_the_wheel_has_all_that_the_package_and_the_path_are_made_of(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    package = [f for f in (REPO / "src").rglob("*") if f.is_file() and not {
        "__pycache__", "shipped"} & {*f.parts} and ".egg-info" not in str(f)]
    wanted = {f.relative_to(REPO / "src").as_posix() for f in package}
    path = [REPO / "curriculum.yaml", REPO / "notebooks/path.json",
            *(REPO / "notebooks").glob("*.ipynb"), *(REPO / "notebooks/solutions").glob("*.ipynb")]
    wanted |= {f"pathkit/shipped/{f.relative_to(REPO).as_posix()}" for f in path}
    assert wanted <= held, sorted(wanted - held)
    assert not [name for name in held if name.startswith(("tests", "notebooks", "setup"))]


def test_what_is_left_of_an_earlier_build_does_not_get_in(project, wheel, tmp_path):
    """`pip wheel` builds in the project's folder, where build/ stays."""
    left = project / "build/lib/pathkit/shipped/notebooks/99-gone.ipynb"
    left.parent.mkdir(parents=True)
    left.touch()
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-index", "--no-build-isolation",
         "--no-deps", "-w", str(tmp_path), "."], project)
    [made] = tmp_path.glob("*.whl")
    assert sorted(zipfile.ZipFile(made).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


def test_a_wheel_without_notebooks_is_not_built(project, tmp_path):
    for name in TOP:
        shutil.copy(project / name, tmp_path)
    shutil.copytree(project / "src", tmp_path / "src", ignore=MADE_HERE)
    ran = run([sys.executable, "-m", "pip", "wheel", "--no-index", "--no-build-isolation",
               "--no-deps", "."], tmp_path, code=1)
    assert "`pathkit build` writes it" in ran.stdout + ran.stderr


def test_the_first_steps_elsewhere(pathkit, elsewhere):
    told = pathkit("status", cwd=elsewhere, code=4).stderr
    assert "`pathkit start` makes one" in told
    found = json.loads(pathkit("doctor", "--quick", "--json", cwd=elsewhere).stdout)
    says = {finding["what"]: finding["says"] for finding in found["findings"]}
    assert found["fit"] and says["path"] == "the one that was installed with pathkit"

    told = pathkit(*START, cwd=elsewhere).stderr.splitlines()[0]
    assert told.startswith(f"your folder: {elsewhere / 'my-path'}; notebooks copied: ")
    for where in (elsewhere, elsewhere / "my-path", elsewhere / "my-path" / "solutions"):
        assert "modules" in pathkit("status", cwd=where).stdout
        assert pathkit("next", "--show", cwd=where).stdout.startswith("next: ")
    assert "Week 1" in pathkit("plan", "--essentials", "--markdown", cwd=elsewhere).stdout
    again = pathkit("start", "--dry-run", cwd=elsewhere / "my-path").stdout.splitlines()
    assert len(again) == 1 and again[0].startswith(f"{elsewhere / 'my-path'}: ")
    assert again[0].endswith(" same; nothing was written")


def test_an_instructor_needs_no_checkout(pathkit, elsewhere):
    pathkit("assign", "bigram", "--due", "2027-03-01T23:59+01:00", "--with-notes",
            "--out", "week.zip", cwd=elsewhere)
    assert (elsewhere / "week.zip").exists() and (elsewhere / "week-instructor.zip").exists()


def test_a_folder_whose_checkout_is_gone_goes_on_with_what_is_installed(
    pathkit, project, elsewhere, tmp_path
):
    checkout = tmp_path / "checkout"
    shutil.copytree(project, checkout, ignore=MADE_HERE)
    pathkit("--root", checkout, *START[:1], elsewhere / "mine", *START[1:], cwd=elsewhere)
    (checkout / "notebooks" / notebook_of("bigram")).unlink()
    lines = pathkit("start", "--dry-run", cwd=elsewhere / "mine").stdout.splitlines()
    assert len(lines) > 1  # it is still the checkout that is looked at, from anywhere

    checkout.rename(tmp_path / "moved")
    told = pathkit(*START, cwd=elsewhere / "mine").stderr.splitlines()
    assert told[0] == (f"{checkout}, which {elsewhere / 'mine'} was made from, is gone or has been "
                       "moved; the installed path is used from now on")
    assert told[1] == f"your folder: {elsewhere / 'mine'}"
    assert "gone" not in pathkit(*START, cwd=elsewhere / "mine").stderr


def test_extras_of_an_installed_copy_are_named_by_what_they_stand_for(scripts, elsewhere):
    python = scripts / Path(sys.executable).name
    code = "from pathkit.installation import install_extra; print(install_extra('dask'))"
    command = shlex.split(run([python, "-c", code], elsewhere).stdout)
    assert command[:4] == [str(python), "-m", "pip", "install"]
    assert len(command) == 5 and command[4].startswith("distributed>=")
