"""Old backups go where nobody can miss them, and no text is gone with them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathkit.learner.folder import Folder
from pathkit.learner.update import backups, pruning
from pathkit.learner.update.workspace import update
from pathkit.notebook_files.notebook_file import read, to_json
from tests.learner.learner_folders import (
    BIGRAM,
    answered,
    edited,
    notebook_of,
    noted,
    release,
    write,
)
from tests.learner.learner_notebooks import own, sources

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def kept(folder: Path, day: str, *texts: str, name: str = BIGRAM) -> Path:
    """A backup of that day whose cells hold these texts."""
    home = Folder(folder).backups / Path(name).stem
    home.mkdir(parents=True, exist_ok=True)
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    path = home / f"{at.strftime(backups.TIME)}.ipynb"
    write(path, {"cells": [own(text) for text in texts], "metadata": {}, "nbformat": 4})
    return path


def left(folder: Path, name: str = BIGRAM) -> list[Path]:
    return backups.versions(folder, name)


def test_of_each_month_the_last_stays_and_of_the_last_30_days_all(tmp_path):
    days = ["2026-08-01", "2026-08-30", "2026-09-02", "2026-10-01", "2026-10-02", "2026-10-25",
            "2026-11-01", "2026-11-02"]
    paths = dict(zip(days, [kept(tmp_path, day, "x = 1") for day in days], strict=True))
    removed = pruning.prune(tmp_path, NOW)
    assert set(removed) == {paths[day] for day in ("2026-08-01", "2026-10-01", "2026-10-02")}
    assert set(left(tmp_path)) == {*paths.values()} - {*removed}
    assert pruning.prune(tmp_path, NOW) == []


def test_the_last_version_stays_however_old_it_is(tmp_path):
    last = kept(tmp_path, "2020-01-03", "x = 1")
    kept(tmp_path, "2020-01-02", "x = 1")
    pruning.prune(tmp_path, NOW)
    assert left(tmp_path) == [last]


def test_the_only_copy_of_a_text_stays(tmp_path):
    only = kept(tmp_path, "2026-08-01", "x = 1", "mine alone")
    kept(tmp_path, "2026-08-02", "x = 1")
    kept(tmp_path, "2026-08-03", "x = 1")
    pruning.prune(tmp_path, NOW)
    assert only in left(tmp_path) and len(left(tmp_path)) == 2


def test_of_two_with_the_same_text_the_later_stays(tmp_path):
    kept(tmp_path, "2026-08-01", "mine")
    second = kept(tmp_path, "2026-08-02", "mine")
    third = kept(tmp_path, "2026-08-03", "another")
    pruning.prune(tmp_path, NOW)
    assert left(tmp_path) == [second, third]


def test_a_text_that_todays_notebook_holds_is_no_only_copy(tmp_path):
    kept(tmp_path, "2026-08-01", "mine")
    last = kept(tmp_path, "2026-08-02", "x = 1")
    write(tmp_path / BIGRAM, {"cells": [own("mine")], "metadata": {}})
    pruning.prune(tmp_path, NOW)
    assert left(tmp_path) == [last]


def test_a_picture_that_was_pasted_counts_as_text(tmp_path):
    first = kept(tmp_path, "2026-08-01", "see")
    notebook = read(first.read_bytes())
    notebook["cells"][0]["attachments"] = {"image.png": {"image/png": "aGk="}}
    write(first, notebook)
    kept(tmp_path, "2026-08-02", "see")
    assert pruning.prune(tmp_path, NOW) == []


def test_the_paths_own_prose_of_long_ago_keeps_nothing(tmp_path):
    """It is named by its words, so that nobody's words can be taken for it."""
    first, second = (kept(tmp_path, f"2026-08-0{day}") for day in (1, 2))
    old = notebook_of("bigram", "1")
    new = notebook_of("bigram", "2")
    new["cells"][:-1] = old["cells"][:-1]  # the title's id says nothing about its words
    write(first, old)
    write(second, new)
    assert sources(old) != sources(new)
    assert pruning.prune(tmp_path, NOW) == [first]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1]"])
def test_what_cannot_be_read_stays(tmp_path, content):
    path = kept(tmp_path, "2026-08-01", "x")
    path.write_bytes(content)
    kept(tmp_path, "2026-08-02", "x")
    (tmp_path / "broken.ipynb").write_bytes(content)
    assert pruning.prune(tmp_path, NOW) == []


def test_what_somebody_put_there_stays(tmp_path):
    kept(tmp_path, "2026-08-02", "x")
    mine = Folder(tmp_path).backups / Path(BIGRAM).stem / "mine.ipynb"
    shutil.copy(left(tmp_path)[0], mine)
    assert pruning.prune(tmp_path, NOW) == [] and mine.exists()


BACKUPS = st.lists(st.tuples(st.integers(0, 200), st.lists(st.sampled_from("abcdef"))), max_size=9)


@given(BACKUPS, st.lists(st.sampled_from("abcdef")))
def test_no_text_is_ever_gone(tmp_path_factory, versions, today):
    folder = tmp_path_factory.mktemp("folder", numbered=True)
    write(folder / BIGRAM, {"cells": [own(text) for text in today], "metadata": {}})
    for days, texts in versions:
        kept(folder, (NOW - timedelta(days=days)).replace(tzinfo=None).isoformat(), *texts)
    before = texts_in(folder)
    recent = [p for p in left(folder) if backups.time_of(p) > NOW - timedelta(days=30)]
    months = {p.name[:7] for p in left(folder)}
    pruning.prune(folder, NOW)
    assert texts_in(folder) == before
    assert set(recent) <= set(left(folder))
    assert {p.name[:7] for p in left(folder)} == months
    shutil.rmtree(folder)


def texts_in(folder: Path) -> set[str]:
    return {text for path in folder.rglob("*.ipynb") for text in sources(read(path.read_bytes()))}


# --- in an update -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A folder with two old backups, the first of which holds nothing that isn't elsewhere."""
    folder = tmp_path / "mine"
    update(release(tmp_path / "old", "1"), folder)
    edited(folder / BIGRAM, lambda nb: (answered(nb), noted(nb)))
    for day in ("2020-01-01", "2020-01-02"):
        kept(folder, day).write_text(to_json(read((folder / BIGRAM).read_bytes())))
    return folder


def test_an_update_prunes_when_it_is_done(folder, tmp_path):
    update(release(tmp_path / "new", "2"), folder)
    assert [path.name[:10] for path in left(folder)][:-1] == ["2020-01-02"]


def test_an_update_that_fails_or_leaves_a_notebook_prunes_nothing(folder, tmp_path, monkeypatch):
    before = left(folder)
    newer = release(tmp_path / "new", "2")
    (folder / BIGRAM).write_text("{")
    update(newer, folder)
    assert left(folder) == before
    (folder / BIGRAM).unlink()

    def full(*arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("pathkit.learner.update.writer.write_atomically", full)
        with pytest.raises(OSError, match="No space"):
            update(newer, folder)
    assert left(folder) == before


def test_a_backup_that_cannot_be_removed_is_no_reason_to_fail(folder, tmp_path, monkeypatch):
    def refuse(*arguments):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pruning.backups, "versions", refuse)
    assert update(release(tmp_path / "old2", "1"), folder)
