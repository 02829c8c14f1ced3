"""What a kernel logs while its folder is moved, full, or taken away: nothing is lost."""

from __future__ import annotations

import errno
import os

import pytest

from pathkit import progress_log
from pathkit.learner.folder import Folder
from pathkit.learner.journal import Journal


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = Folder(tmp_path / "my-path")
    home.state.mkdir(parents=True)
    home.path_map.write_text("{}")
    monkeypatch.chdir(home.root)
    return home


def kinds(home: Folder) -> list[str]:
    return [event["kind"] for event in progress_log.read(home.progress)]


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody move a folder in use")
def test_a_folder_that_is_renamed_while_a_kernel_runs(home, tmp_path, capsys):
    journal = Journal.opened("bigram")
    journal.note("ready")
    home.root.rename(tmp_path / "elsewhere")
    journal.note("active")
    assert kinds(Folder(tmp_path / "elsewhere")) == ["ready", "active"]
    assert not home.root.exists() and not journal.unsaved
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_what_could_not_be_written_is_written_later(home, monkeypatch, capsys, number):
    journal = Journal.opened("bigram")
    with monkeypatch.context() as patched:
        def full(*_):
            raise OSError(number, os.strerror(number))

        patched.setattr(progress_log, "write", full)
        journal.note("ready")
        journal.note("hint", exercise="bigram.a", step=1)
    assert [e["kind"] for e in journal.events()] == ["ready", "hint"]
    assert capsys.readouterr().out.count("Your progress isn't saved now") == 1
    journal.note("active")
    assert kinds(home) == ["ready", "hint", "active"]
    assert not journal.unsaved
    assert "saved again" in capsys.readouterr().out
    journal.note("active")
    assert capsys.readouterr().out == ""


def test_half_a_line_costs_nothing(home, monkeypatch):
    journal = Journal.opened("bigram")
    real, broken = os.write, []

    def half(handle, data):
        if not broken:
            broken.append(True)
            real(handle, data[:20])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    monkeypatch.setattr(os, "write", half)
    journal.note("ready")
    journal.note("active")
    assert kinds(home) == ["ready", "active"]


def test_outside_of_a_folder_it_only_remembers(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    journal = Journal.opened("bigram")
    journal.note("ready")
    assert [e["kind"] for e in journal.events()] == ["ready"]
    assert not list(tmp_path.iterdir())
