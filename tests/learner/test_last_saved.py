"""Which notebook `pathkit check` judges when none is named."""

from __future__ import annotations

import os
import shutil

import pytest

from pathkit import path_map, progress_log
from pathkit.learner.folder import Folder
from pathkit.learner.last_saved import saved_last
from pathkit.learner.progress import replay
from pathkit.learner.update.workspace import update
from pathkit.path_map import PathMap
from tests.learner.learner_folders import answered, edited, noted, release, write
from tests.learner.learner_notebooks import path as notebook_of_path
from tests.learner.test_commands import pathkit
from tests.learner.test_progress import module
from tests.this_path import notebook_of

PATH = PathMap("Path", ("Part",), tuple(
    module(i, name, "count") for i, name in enumerate(("neurons", "bigram", "mlp", "gpt"), 1)
))


@pytest.fixture
def mine(tmp_path) -> Folder:
    notebooks = release(tmp_path, "1")
    update(notebooks, tmp_path / "mine")
    folder = Folder(tmp_path / "mine")
    folder.path_map.write_text(path_map.to_json(PATH))
    return folder


def saved(folder: Folder, name: str, at: int, change=answered) -> None:
    edited(folder.root / name, change)
    os.utime(folder.root / name, (at, at))


def last(folder: Folder) -> str | None:
    found = saved_last(folder, replay(PATH, progress_log.read(folder.progress)))
    return found and found.id


def test_nothing_that_was_laid_out_counts(mine):
    assert last(mine) is None
    said = pathkit("check", "--folder", mine.root)
    assert said.exit_code == 5 and "name one: pathkit check bigram" in said.stderr


def test_the_latest_that_was_changed_counts_whatever_was_marked(mine):
    saved(mine, notebook_of("mlp"), 1_900_000_000)
    saved(mine, notebook_of("bigram"), 1_900_000_100, noted)
    assert last(mine) == "bigram"
    progress_log.append(mine.progress, "done", "neurons")
    progress_log.append(mine.progress, "ready", "gpt")
    assert last(mine) == "bigram"


def test_one_that_was_only_looked_at_does_not_count(mine):
    saved(mine, notebook_of("bigram"), 1_900_000_000)

    def completed(notebook):
        notebook["metadata"]["language_info"] = {"name": "python", "version": "3.12"}

    saved(mine, notebook_of("mlp"), 1_900_000_100, completed)
    assert last(mine) == "bigram"


def test_what_an_update_rewrote_was_not_saved_by_the_learner(mine, tmp_path):
    saved(mine, notebook_of("mlp"), 1_900_000_000)
    saved(mine, notebook_of("bigram"), 1_900_000_100)
    assert last(mine) == "bigram"
    update(release(tmp_path, "2"), mine.root)  # both are merged, one after the other
    assert last(mine) is None
    saved(mine, notebook_of("mlp"), 1_900_000_000, noted)
    assert last(mine) == "mlp"
    # A run that finds nothing to do takes nothing away.
    update(release(tmp_path, "2"), mine.root)
    assert last(mine) == "mlp"


def test_a_copied_folder_knows_it_too(mine, tmp_path):
    saved(mine, notebook_of("mlp"), 1_900_000_000)
    shutil.copytree(mine.root, tmp_path / "copy")
    assert last(Folder(tmp_path / "copy")) == "mlp"


def test_odd_files_stop_nothing(mine):
    saved(mine, notebook_of("mlp"), 1_900_000_000)
    (mine.root / notebook_of("neurons")).unlink()
    (mine.root / notebook_of("bigram")).unlink()
    (mine.root / notebook_of("bigram")).mkdir()
    (mine.state / "written").write_bytes(b"\xff")
    write(mine.base / "gpt.ipynb", notebook_of_path(module="gpt"))
    assert last(mine) in ("mlp", "gpt")
