"""Where a learner's folder has its path from, and what the extras are installed with."""

from __future__ import annotations

import shlex
import sys
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from pathkit import __version__, installation
from pathkit.commands import common
from pathkit.learner import origin, settings
from pathkit.learner.folder import Folder, nearest

REPO = Path(__file__).resolve().parents[2]


def path_in(folder: Path) -> Path:
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks" / "path.json").touch()
    (folder / "curriculum.yaml").touch()
    return folder


def learners(folder: Path) -> Folder:
    home = Folder(folder)
    home.state.mkdir(parents=True)
    home.path_map.touch()
    return home


@pytest.fixture
def home(tmp_path) -> Folder:
    return learners(tmp_path / "mine")


@pytest.fixture
def own(tmp_path, monkeypatch) -> Path:
    """What came with pathkit."""
    found = path_in(tmp_path / "own")
    monkeypatch.setattr(origin, "own_path", lambda: found)
    return found


def test_a_folder_remembers_a_checkout(home, own, tmp_path):
    checkout = path_in(tmp_path / "check out")
    settings.change(home, tutor=False)
    origin.remember(home, checkout)
    assert origin.of_folder(home) == origin.Origin(checkout)
    assert settings.read(home)["tutor"] is False


def test_an_installed_path_goes_by_that_name(home, own, monkeypatch, tmp_path):
    monkeypatch.setattr(origin, "SHIPPED", own)
    origin.remember(home, own)
    assert settings.read(home)["path_from"] == "installed"
    other = path_in(tmp_path / "another environment")
    monkeypatch.setattr(origin, "own_path", lambda: other)
    assert origin.of_folder(home) == origin.Origin(other)


@pytest.mark.parametrize("noted", [None, 7, "", "installed"])
def test_a_folder_that_remembers_nothing_gets_what_came_with_pathkit(home, own, noted):
    settings.change(home, path_from=noted)
    assert origin.of_folder(home) == origin.Origin(own)
    assert origin.of_folder(None) == origin.Origin(own)


@pytest.mark.parametrize("spoil", ["gone", "emptied"])
def test_a_checkout_that_is_gone_is_one_line(home, own, tmp_path, spoil, capsys):
    checkout = path_in(tmp_path / "checkout")
    origin.remember(home, checkout)
    if spoil == "gone":
        checkout.rename(tmp_path / "moved")
    else:
        (checkout / "notebooks" / "path.json").unlink()
    found = origin.of_folder(home)
    assert found.root == own and str(checkout) in found.remark and str(own) in found.remark
    assert "\n" not in found.remark


def test_without_any_path_there_is_none(home, tmp_path, monkeypatch):
    monkeypatch.setattr(origin, "own_path", lambda: None)
    origin.remember(home, tmp_path / "gone")
    assert origin.of_folder(home) is None and origin.of_folder(None) is None


def test_the_project_that_one_stands_in_comes_first(home, own, tmp_path, monkeypatch, capsys):
    origin.remember(home, path_in(tmp_path / "a"))
    here = path_in(tmp_path / "b")
    (here / "deep").mkdir()
    monkeypatch.chdir(here / "deep")
    assert common.path_at_hand(None, home).root == here
    assert common.path_at_hand(tmp_path / "a", home).root == tmp_path / "a"
    monkeypatch.chdir(tmp_path)
    assert common.path_at_hand(None, home).root == tmp_path / "a"
    (tmp_path / "a").rename(tmp_path / "c")
    assert common.path_at_hand(None, home).root == own
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_nearest_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("pathkit.learner.folder.checkout", lambda: tmp_path / "checkout")
    (tmp_path / "in" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "in")
    assert nearest(None) is None
    of_checkout = learners(tmp_path / "checkout" / "my-path")
    assert nearest(None) == of_checkout
    with monkeypatch.context() as others:
        others.setattr("os.access", lambda *_: False)
        assert nearest(None) is None
    of_project = learners(tmp_path / "project" / "my-path")
    assert nearest(tmp_path / "project") == of_project
    of_here = learners(tmp_path / "in" / "my-path")
    assert nearest(tmp_path / "project") == of_here
    monkeypatch.chdir(of_checkout.state)
    assert nearest(tmp_path / "project") == of_checkout


# --- names ------------------------------------------------------------------------------------


def test_the_distribution_has_a_name_and_a_version_that_are_said_once():
    about = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (about["name"], about["version"]) == (installation.NAME, __version__)
    assert about["scripts"] == {"pathkit": "pathkit.cli:main"}


def test_nothing_installs_the_project_that_has_our_name_on_package_indexes():
    files = [*(REPO / "src").rglob("*.py"), *(REPO / "src").rglob("*.md"), REPO / "README.md",
             REPO / "Makefile", REPO / "environment.yml", *(REPO / ".ci").iterdir()]
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not [line for line in text.splitlines()
                    if "install" in line and "pathkit[" in line], file


@pytest.mark.parametrize("extra", ["dask", "sandbox"])
def test_extras_of_a_checkout_come_from_there_with_its_own_pip(extra):
    command = shlex.split(installation.install_extra(extra))
    assert command == [sys.executable, "-m", "pip", "install", "--constraint",
                       str(REPO / "constraints.txt"), "--editable", f"{REPO}[{extra}]"]
    page = (REPO / "docs" / "instructors.md").read_text()
    assert f".venv/bin/pip install -e '.[{extra}]'" in page


def test_extras_of_what_is_not_installed_at_all(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(installation, "checkout", lambda: None)
    monkeypatch.setattr("importlib.metadata.requires", missing)
    assert shlex.split(installation.install_extra("sandbox"))[-1] == "pyseccomp"


def test_a_package_beside_somebodys_project_is_no_checkout(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(installation, "PACKAGE", tmp_path / "lib" / "pathkit")
    assert installation.checkout() is None
    monkeypatch.setattr(installation, "PACKAGE", tmp_path / "src" / "pathkit")
    assert installation.checkout() == tmp_path
