"""Earlier versions of a learner's notebook, put back by whatever means: the update still comes."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathkit.learner.folder import Folder
from pathkit.learner.update import backups
from pathkit.notebook_files.notebook_file import text_of, version_of
from tests.learner.learner_folders import (
    BIGRAM,
    answered,
    edited,
    files,
    noted,
    read,
    release,
    states,
    write,
)
from tests.learner.learner_notebooks import SET_UP, exercise, path, prose, role

VERSIONS = Folder(Path()).versions


@pytest.fixture
def folder(tmp_path, old):
    folder = tmp_path / "mine"
    states(old, folder)
    return folder


def text_in(folder: Path) -> str:
    return "\n".join(map(text_of, read(folder / BIGRAM)["cells"]))


def test_a_copy_of_the_paths_notebook_says_which_version_it_is(old, new, folder):
    assert version_of(read(folder / BIGRAM)) == version_of(read(old / BIGRAM))
    edited(folder / BIGRAM, answered)
    states(new, folder)
    assert version_of(read(folder / BIGRAM)) == version_of(read(new / BIGRAM))
    assert version_of(read(old / BIGRAM)) != version_of(read(new / BIGRAM))


@pytest.mark.parametrize("how", ["tab", "backup", "synced", "stripped"])
def test_an_earlier_version_is_brought_up_to_date_again(old, new, folder, how):
    """An old tab saved over it; the README's copy of a backup; a folder synchronised in part."""
    edited(folder / BIGRAM, lambda nb: (answered(nb), noted(nb)))
    before = files(folder)
    states(new, folder)
    merged = (folder / BIGRAM).read_bytes()
    if how == "backup":
        shutil.copy(backups.newest(folder, BIGRAM), folder / BIGRAM)
    elif how == "synced":
        for name, data in before.items():
            if not name.startswith(".pathkit"):
                (folder / name).write_bytes(data)
    else:
        (folder / BIGRAM).write_bytes(before[BIGRAM])
        if how == "stripped":  # by an editor that drops what isn't its own
            edited(folder / BIGRAM, lambda nb: nb["metadata"].pop("pathkit"))
    assert states(new, folder)[BIGRAM] == "merged"
    assert (folder / BIGRAM).read_bytes() == merged
    assert set(states(new, folder).values()) == {"same"}


def test_of_all_versions_that_there_were(tmp_path, folder):
    """Not only the last but one: any that was ever merged here is known again."""
    kept = []
    for version in "23456":
        states(release(tmp_path / version, version), folder)
        edited(folder / BIGRAM, lambda nb, v=version: noted_as(nb, v))
        kept.append((folder / BIGRAM).read_bytes())
    newest = release(tmp_path / "7", "7")
    for number, data in enumerate(kept):
        (folder / BIGRAM).write_bytes(data)
        assert states(newest, folder)[BIGRAM] == "merged"
        text = text_in(folder)
        assert "version 7" in text
        assert not any(f"in version {v}" in text for v in "123456")
        assert all(f"note of {v}" in text for v in "23456"[: number + 1])


def noted_as(notebook: dict, version: str) -> None:
    notebook["cells"].append({"cell_type": "markdown", "id": f"note-{version}", "metadata": {},
                              "source": f"note of {version}"})


@pytest.mark.parametrize("lost", ["the kept version", "all our notes", "a damaged version"])
def test_a_version_that_is_nowhere_costs_no_work(old, new, folder, lost):
    edited(folder / BIGRAM, lambda nb: (answered(nb), noted(nb)))
    before = (folder / BIGRAM).read_bytes()
    states(new, folder)
    (folder / BIGRAM).write_bytes(before)
    if lost == "the kept version":
        shutil.rmtree(folder / VERSIONS)
    elif lost == "all our notes":
        shutil.rmtree(folder / Folder(Path()).state)
    else:
        for file in (folder / VERSIONS / "bigram").iterdir():
            file.write_text('{"cells": [')
    assert states(new, folder)[BIGRAM] == "merged"
    text = text_in(folder)
    assert "return 42" in text and "my own note" in text and "That was bigram in version 2" in text
    assert set(states(new, folder).values()) == {"same"}


@pytest.mark.parametrize("version", ["../../secret", "", 3, None, "no such version", "é" * 99])
def test_a_version_that_was_never_ours_is_none(new, folder, version):
    edited(folder / BIGRAM, answered)
    edited(folder / BIGRAM, lambda nb: nb["metadata"]["pathkit"].update(version=version))
    states(new, folder)
    assert "return 42" in text_in(folder) and "version 2" in text_in(folder)


# --- random histories ---------------------------------------------------------------------------

SENTENCES = [
    "Count the pairs of letters, one after the other.",
    "Every name begins and ends with a dot, as a sign.",
    "A table has a row for each letter that comes first.",
    "Divide each row by its sum, and it holds chances.",
]


def version_of_path(seen: list[int], number: int) -> dict:
    """Prose whose words change with each version, and an exercise that doesn't."""
    texts = [prose(f"{SENTENCES[i]} As of {number if i in seen else 0}. {SENTENCES[i]}")
             for i in range(len(SENTENCES))]
    return path(role("title", f"# Bigram {number}"), SET_UP, *texts[:2], exercise("count"),
                *texts[2:])


step = st.one_of(
    st.tuples(st.just("release"), st.lists(st.integers(0, 3), max_size=3)),
    st.tuples(st.just("answer"), st.integers(0, 99)),
    st.tuples(st.just("note"), st.integers(0, 99)),
    st.tuples(st.just("put back"), st.integers(0, 99)),
    st.tuples(st.just("strip"), st.just(0)),
)


def play(root: Path, history) -> None:
    """Whatever was put back: after an update all prose is the path's, all work the learner's."""
    notebooks, folder = root / "notebooks", root / "mine"
    notebooks.mkdir()
    number, current = 1, version_of_path([], 1)
    write(notebooks / BIGRAM, current)
    states(notebooks, folder)
    snapshots = [(folder / BIGRAM).read_bytes()]
    for kind, what in history:
        file = folder / BIGRAM
        if kind == "release":
            number += 1
            current = version_of_path(what, number)
            write(notebooks / BIGRAM, current)
            states(notebooks, folder)
            path_is_there(read(file), current)
        elif kind == "answer":
            edited(file, lambda nb, n=what: answered_anew(nb, n))
        elif kind == "note":
            edited(file, lambda nb, n=what: noted_as(nb, f"{n}-{len(nb['cells'])}"))
        elif kind == "put back":
            file.write_bytes(snapshots[what % len(snapshots)])
            work = own_texts(read(file))
            states(notebooks, folder)
            found = read(file)
            assert own_texts(found) == work
            path_is_there(found, current)
            before = file.read_bytes()
            assert set(states(notebooks, folder).values()) == {"same"}
            assert file.read_bytes() == before
        else:
            edited(file, lambda nb: nb["metadata"].clear())
        snapshots.append(file.read_bytes())


def answered_anew(notebook: dict, number: int) -> None:
    [cell] = [c for c in notebook["cells"] if c["id"].endswith("-count-exercise")]
    lines = text_of(cell).splitlines()
    cell["source"] = "\n".join([lines[0], lines[1], f"    return {number}", *lines[3:]])


def own_texts(notebook: dict) -> list[str]:
    return [text_of(c) for c in notebook["cells"]
            if c["id"].startswith("note-") or c["id"].endswith("-count-exercise")]


def path_is_there(found: dict, current: dict) -> None:
    def prose_of(notebook: dict) -> list[str]:
        return [text_of(c) for c in notebook["cells"]
                if not c["id"].startswith("note-") and not c["id"].endswith("-count-exercise")]

    assert prose_of(found) == prose_of(current)


def played(history) -> None:
    with tempfile.TemporaryDirectory() as root:
        play(Path(root), history)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(step, min_size=2, max_size=8))
def test_random_histories(history):
    played(history)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, database=None,
          suppress_health_check=list(HealthCheck))
@given(st.lists(step, min_size=2, max_size=14))
def test_many_random_histories(history):
    played(history)


def test_the_real_notebooks_say_their_version():
    from tests.building.test_build import ROOT

    for file in (ROOT / "notebooks").glob("*.ipynb"):
        notebook = json.loads(file.read_text(encoding="utf-8"))
        assert len(notebook["metadata"]["pathkit"]["version"]) == 16
