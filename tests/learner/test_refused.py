"""Files that can't be read, held or replaced, and file systems without niceties."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from pathkit import files as writing
from pathkit.files import ASIDE, TEMPORARY, CantBeRead, contents, write_atomically
from pathkit.learner.folder import Folder
from pathkit.learner.update import backups, lock
from pathkit.learner.update.workspace import update
from tests.learner.learner_folders import BIGRAM, MLP, NAMES, answered, edited, files, noted, states

posix = pytest.mark.skipif(os.name != "posix", reason="files of POSIX")


@pytest.fixture
def folder(tmp_path, old, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.05)
    monkeypatch.setattr(lock, "_told", set())
    folder = tmp_path / "mine"
    update(old, folder)
    edited(folder / BIGRAM, lambda nb: (answered(nb), noted(nb)))
    return folder


def refusing(monkeypatch, name: str, number: int, when=lambda *paths: True, times: int = 10**9):
    """Let a function of os fail for some paths; returns the list of what it was asked for."""
    real, asked = getattr(os, name), []

    def step(*arguments, **settings):
        if when(*arguments) and len(asked) < times:
            asked.append(arguments)
            raise OSError(number, os.strerror(number), str(arguments[0]))
        return real(*arguments, **settings)

    monkeypatch.setattr(os, name, step)
    return asked


def to(name: str):
    return lambda *paths: len(paths) > 1 and Path(paths[1]).name == name


def is_whole(folder: Path) -> None:
    names = files(folder)
    assert not [n for n in names if TEMPORARY.fullmatch(Path(n).name) or ASIDE.fullmatch(n)]


# --- one notebook -----------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_a_notebook_that_is_held_is_left_and_the_others_go_on(new, folder, monkeypatch, number):
    mine = (folder / BIGRAM).read_bytes()
    with monkeypatch.context() as patched:
        for step in ("replace", "rename"):
            refusing(patched, step, number, lambda *p: folder / BIGRAM in map(Path, p[:2]))
        found = {o.name: o for o in update(new, folder)}
    assert found.pop(BIGRAM).line.startswith(f"{BIGRAM}: left as it is; {BIGRAM} can't be written")
    assert {o.state for o in found.values()} == {"updated"}
    assert (folder / BIGRAM).read_bytes() == mine
    is_whole(folder)
    assert states(new, folder)[BIGRAM] == "merged"


def test_a_notebook_that_is_held_for_a_moment_is_waited_for(new, folder, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 1.0)
    asked = refusing(monkeypatch, "replace", errno.EACCES, to(BIGRAM), times=2)
    assert states(new, folder)[BIGRAM] == "merged"
    assert len(asked) == 2


def test_a_renamed_notebook_that_cannot_be_moved_is_left(new, folder, monkeypatch):
    (folder / BIGRAM).rename(folder / "mine (2).ipynb")
    refusing(monkeypatch, "rename", errno.EACCES, to(BIGRAM))
    found = states(new, folder)
    assert found.pop(BIGRAM) == "left"
    assert set(found.values()) == {"updated"}
    assert "return 42" in (folder / "mine (2).ipynb").read_text()


@pytest.mark.parametrize("number", [errno.EIO, errno.ETIMEDOUT, errno.ECANCELED])
def test_a_notebook_that_is_only_online_is_left_and_said(new, folder, monkeypatch, number):
    real = Path.read_bytes

    def far(path):
        if path.name == BIGRAM and path.parent == folder:
            raise OSError(number, os.strerror(number), str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", far)
    found = {o.name: o for o in update(new, folder)}
    line = found.pop(BIGRAM).line
    assert os.strerror(number) in line and "If it is only online (OneDrive" in line
    assert {o.state for o in found.values()} == {"updated"}


def pipe(path: Path) -> None:
    os.mkfifo(path)


ODD = {
    "link": (lambda path: path.symlink_to("gone.ipynb"), "it is a link to gone.ipynb, which isn't"),
    "loop": (lambda path: path.symlink_to(path.name), "it can't be read"),
    "folder": (Path.mkdir, "it is a folder"),
    "pipe": (pipe, "it is no ordinary file"),
}


@posix
@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_is_left_and_said(new, folder, kind):
    make, said = ODD[kind]
    (folder / BIGRAM).unlink()
    make(folder / BIGRAM)
    found = {o.name: o for o in update(new, folder)}
    assert said in found.pop(BIGRAM).line
    assert {o.state for o in found.values()} == {"updated"}
    assert os.path.lexists(folder / BIGRAM) and not (folder / "gone.ipynb").exists()


@posix
@pytest.mark.parametrize("kind", ODD)
def test_contents_says_why(tmp_path, kind):
    make, said = ODD[kind]
    make(tmp_path / "x.ipynb")
    with pytest.raises(CantBeRead) as found:
        contents(tmp_path / "x.ipynb")
    assert said in found.value.why
    with pytest.raises(FileNotFoundError):
        contents(tmp_path / "nothing")


def test_nothing_is_written_over_a_name_in_other_letters(new, folder, monkeypatch):
    """Where the system takes A for a, a file may be there that no list of names shows."""
    (folder / BIGRAM).rename(folder / "aside")
    real = os.path.lexists
    monkeypatch.setattr(os.path, "lexists", lambda p: Path(p).name == BIGRAM or real(p))
    assert states(new, folder)[BIGRAM] == "left"
    assert not (folder / BIGRAM).exists()


def test_a_file_where_a_folder_should_be(new, folder):
    shutil.rmtree(folder / "solutions")
    (folder / "solutions").write_text("my own")
    found = {o.name: o for o in update(new, folder)}
    assert "it is no folder: rename it" in found["solutions"].line
    assert found[BIGRAM].state == "merged"
    assert (folder / "solutions").read_text() == "my own"


@posix
def test_a_folder_that_is_a_link(new, folder, tmp_path):
    (tmp_path / "linked").symlink_to(folder)
    assert states(new, tmp_path / "linked")[BIGRAM] == "merged"
    assert (tmp_path / "linked").is_symlink()
    assert "return 42" in (folder / BIGRAM).read_text()


def test_a_full_disk_ends_an_update_all_the_same(new, folder, monkeypatch):
    refusing(monkeypatch, "replace", errno.ENOSPC, to(MLP))
    with pytest.raises(OSError, match="No space left"):
        update(new, folder)
    is_whole(folder)


def test_where_nothing_can_be_written_that_is_said_once(new, folder, monkeypatch):
    for step in ("replace", "rename"):
        refusing(monkeypatch, step, errno.EACCES,
                 lambda *p: str(p[-1]).endswith(".ipynb") or str(p[0]).endswith(".ipynb"))
    with pytest.raises(PermissionError):
        update(new, folder)


@pytest.mark.parametrize("copy", ["02-bigram-Copy1.ipynb", "02-bigram (1).ipynb"])
def test_two_notebooks_of_one_module_both_keep_their_answers(new, folder, copy):
    shutil.copy(folder / BIGRAM, folder / copy)
    edited(folder / copy, lambda nb: nb["cells"].append(
        {"cell_type": "markdown", "id": "other", "metadata": {}, "source": "the other's"}))
    before = (folder / copy).read_bytes()
    assert states(new, folder)[copy] == "copy"
    assert (folder / copy).read_bytes() == before
    assert "return 42" in (folder / BIGRAM).read_text()


# --- file systems without niceties ----------------------------------------------------------------


def unlocked(monkeypatch, number: int):
    fcntl = pytest.importorskip("fcntl")

    def flock(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)


@pytest.mark.parametrize("number", [
    errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL])
def test_without_locks_nobody_waits_and_one_line_says_so(new, folder, monkeypatch, number):
    unlocked(monkeypatch, number)
    said = []
    assert {o.state for o in update(new, folder, say=said.append)} == {"merged", "updated"}
    update(new, folder, say=said.append)
    [line] = said
    assert "without locks" in line and "another pathkit" not in line


@pytest.mark.parametrize("number", [
    errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.ENOSYS])
@pytest.mark.parametrize("step", ["fsync", "chmod"])
def test_without_permissions_or_waiting_for_the_disk(new, folder, monkeypatch, step, number):
    asked = refusing(monkeypatch, step, number)
    said = []
    assert {o.state for o in update(new, folder, say=said.append)} == {"merged", "updated"}
    assert asked and not said
    assert "return 42" in (folder / BIGRAM).read_text()


def test_a_disk_that_fails_is_no_missing_nicety(tmp_path, monkeypatch):
    refusing(monkeypatch, "fsync", errno.EIO)
    with pytest.raises(OSError, match="Input/output error"):
        write_atomically(tmp_path / "x", "text")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [
    errno.EEXIST, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS])
def test_without_renaming_over_a_file(new, folder, monkeypatch, number):
    def is_there(*paths):
        return os.path.exists(paths[1])

    for step in ("replace", "rename"):
        refusing(monkeypatch, step, number, is_there)
    assert {o.state for o in update(new, folder)} == {"merged", "updated"}
    assert "version 2" in (folder / BIGRAM).read_text()
    assert set(states(new, folder).values()) == {"same"}
    is_whole(folder)


def test_what_lay_aside_when_a_run_was_killed_is_put_back(new, folder):
    mine = (folder / BIGRAM).read_bytes()
    (folder / BIGRAM).rename(folder / f".{BIGRAM}.before")
    (folder / f".{MLP}.before").write_text("an older one that was replaced")
    (folder / ".notes.before").write_text("mine")
    assert states(new, folder)[BIGRAM] == "merged"
    assert backups.newest(folder, BIGRAM).read_bytes() == mine
    assert not (folder / f".{MLP}.before").exists()
    assert (folder / ".notes.before").read_text() == "mine"


def test_without_hard_or_symbolic_links(new, tmp_path, monkeypatch):
    refusing(monkeypatch, "link", errno.EPERM)
    refusing(monkeypatch, "symlink", errno.EPERM)
    assert set(states(new, tmp_path / "other").values()) == {"new"}
    assert {p.name for p in (tmp_path / "other").glob("*.ipynb")} == set(NAMES)
    assert (tmp_path / "other" / Folder(Path()).versions).is_dir()


def test_start_goes_on_when_a_file_of_ours_is_held(old, new, tmp_path, monkeypatch, capsys):
    from pathkit.building.build import Place
    from pathkit.learner.lab.start import prepare

    monkeypatch.setattr(writing, "PATIENCE", 0.05)
    folder = tmp_path / "mine"
    prepare(Place(old.parent), folder)
    (new / "path.json").write_text('{"another": 1}')
    held = ("path.json", "copied.json", NAMES[0])
    for step in ("replace", "rename"):
        refusing(monkeypatch, step, errno.EACCES,
                 lambda *p: {Path(x).name for x in p[:2]} & set(held))
    found = {o.name: o.state for o in prepare(Place(new.parent), folder)}
    assert found.pop(NAMES[0]) == "left"
    assert set(found.values()) == {"updated"}
    told = capsys.readouterr().err
    assert "path.json can't be written" in told and "copied.json can't be written" in told
