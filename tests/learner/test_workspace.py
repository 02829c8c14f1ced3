"""The learner's folder: what an update does to each of its files, and what it says."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from pathkit.errors import EnvironmentProblem
from pathkit.learner.folder import Folder
from pathkit.learner.update import backups
from pathkit.learner.update.workspace import update
from tests.learner.learner_folders import (
    BIGRAM,
    MLP,
    MODULES,
    NAMES,
    answered,
    edited,
    files,
    lines,
    notebook_of,
    noted,
    read,
    release,
    states,
    write,
)
from tests.learner.learner_notebooks import opened, sources

ALL = set(NAMES)
RECORD, BASE = (str(p) for p in (Folder(Path()).copied, Folder(Path()).base))


@pytest.fixture
def folder(tmp_path, old):
    folder = tmp_path / "mine"
    assert states(old, folder) == dict.fromkeys(NAMES, "new")
    return folder


def one_line(notebooks, folder) -> str:
    [line] = lines(notebooks, folder)
    return line


# --- what is written and what isn't -----------------------------------------------------------


def test_first_copy_is_exact(old, folder):
    for name in (*NAMES, f"solutions/{BIGRAM}"):
        assert (folder / name).read_bytes() == (old / name).read_bytes()


def test_second_start_writes_nothing(old, folder):
    edited(folder / BIGRAM, answered)
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.name != "lock"}
    assert set(states(old, folder).values()) == {"same"}
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.name != "lock"} == before


def test_untouched_notebooks_become_the_new_ones(old, new, folder):
    assert states(new, folder) == dict.fromkeys(NAMES, "updated")
    for name in (*NAMES, f"solutions/{BIGRAM}"):
        assert (folder / name).read_bytes() == (new / name).read_bytes()
    assert set(states(new, folder).values()) == {"same"}


def test_work_is_kept_and_the_rest_is_new(old, new, folder):
    mine = edited(folder / BIGRAM, lambda nb: (answered(nb), noted(nb)))
    found = states(new, folder)
    assert found.pop(BIGRAM) == "merged"
    assert set(found.values()) == {"updated"}
    expected = opened(read(new / BIGRAM))
    answered(expected)
    noted(expected)
    assert opened(read(folder / BIGRAM)) == expected
    assert backups.newest(folder, BIGRAM).read_text() == mine
    assert (folder / BASE / "bigram.ipynb").read_bytes() == (new / BIGRAM).read_bytes()


def test_every_version_that_was_replaced_is_kept(old, new, folder, tmp_path):
    texts = [edited(folder / BIGRAM, answered)]
    states(new, folder)
    texts.append(edited(folder / BIGRAM, noted))
    states(release(tmp_path / "newer", "3"), folder)
    assert [p.read_text() for p in backups.versions(folder, BIGRAM)] == texts


def test_what_jupyterlab_writes_on_opening_is_no_work(new, folder):
    def opened_and_saved(nb):
        nb["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
        nb["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"

    edited(folder / BIGRAM, opened_and_saved)
    assert states(new, folder)[BIGRAM] == "updated"
    found = read(folder / BIGRAM)
    assert found["cells"] == read(new / BIGRAM)["cells"]
    assert found["metadata"]["language_info"]["version"] == "3.11.7"


def test_a_notebook_that_was_only_run_is_brought_up_to_date(new, folder):
    def run(nb):
        for cell in nb["cells"]:
            if cell["cell_type"] == "code":
                cell["execution_count"] = 1
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["x"]}]

    ran = edited(folder / BIGRAM, run)
    assert states(new, folder)[BIGRAM] == "updated"
    assert backups.newest(folder, BIGRAM).read_text() == ran
    outputs = [c["outputs"] for c in read(folder / BIGRAM)["cells"] if c["cell_type"] == "code"]
    assert all(outputs), "what was computed from the same source is kept"


def test_deleted_notebook_comes_back(old, folder):
    (folder / MLP).unlink()
    found = states(old, folder)
    assert found.pop(MLP) == "new"
    assert set(found.values()) == {"same"}


def test_learners_own_files_are_left_alone(old, new, folder):
    (folder / "notes.md").write_text("mine")
    (folder / "data").mkdir()
    (folder / "data" / BIGRAM).write_text("a copy of mine")
    write(folder / "99-own.ipynb", {**notebook_of("own", "1"), "metadata": {}})
    before = (folder / "99-own.ipynb").read_bytes()
    assert set(states(new, folder)) == ALL
    assert (folder / "notes.md").read_text() == "mine"
    assert (folder / "99-own.ipynb").read_bytes() == before
    assert (folder / "data" / BIGRAM).read_text() == "a copy of mine"


def test_an_old_version_put_back_counts_as_untouched(old, new, folder, tmp_path):
    first = (folder / BIGRAM).read_bytes()
    states(new, folder)
    (folder / BIGRAM).write_bytes(first)
    newer = release(tmp_path / "newer", "3")
    assert states(newer, folder)[BIGRAM] == "updated"
    assert (folder / BIGRAM).read_bytes() == (newer / BIGRAM).read_bytes()


def test_a_rehearsal_writes_nothing_and_says_the_same(old, new, folder):
    edited(folder / BIGRAM, answered)
    (folder / MLP).rename(folder / "mlp (2).ipynb")
    (folder / NAMES[4]).write_text("{")
    before = files(folder)
    rehearsed = update(new, folder, dry_run=True)
    assert files(folder) == before
    assert update(new, folder) == rehearsed
    missing = folder.parent / "nowhere"
    assert {o.state for o in update(new, missing, dry_run=True)} == {"new"}
    assert not missing.exists()


def test_a_notebook_that_is_saved_meanwhile_is_merged_again(new, folder, monkeypatch):
    """Whatever JupyterLab saves between our reading and our writing is not overwritten."""
    edited(folder / BIGRAM, answered)
    save = backups.save

    def slow(*arguments):
        if "my own note" not in (folder / BIGRAM).read_text():
            edited(folder / BIGRAM, noted)
        return save(*arguments)

    monkeypatch.setattr(backups, "save", slow)
    assert states(new, folder)[BIGRAM] == "merged"
    text = "".join(map(str, sources(read(folder / BIGRAM))))
    assert "my own note" in text
    assert "return 42" in text
    assert "version 2" in text


def test_a_linked_notebook_stays_a_link(new, folder, tmp_path):
    elsewhere = tmp_path / "synced.ipynb"
    (folder / BIGRAM).rename(elsewhere)
    (folder / BIGRAM).symlink_to(elsewhere)
    states(new, folder)
    assert (folder / BIGRAM).is_symlink()
    assert elsewhere.read_bytes() == (new / BIGRAM).read_bytes()


def test_files_have_ordinary_permissions(folder):
    (folder / "ordinary").write_text("")
    assert (folder / BIGRAM).stat().st_mode == (folder / "ordinary").stat().st_mode


# --- folders from before there were bases -----------------------------------------------------


def older(folder) -> None:
    """Make a folder what it was when notebooks were copied and never merged."""
    shutil.rmtree(folder / BASE)
    record = json.loads((folder / RECORD).read_text())
    record = {n: [m for m in marks if ":" not in m] for n, marks in record.items()}
    (folder / RECORD).write_text(json.dumps(record))


def test_an_older_folder_is_taken_over(old, new, folder):
    older(folder)
    edited(folder / BIGRAM, answered)
    found = states(new, folder)
    assert found.pop(BIGRAM) == "merged"
    assert set(found.values()) == {"updated"}
    text = "".join(map(str, sources(read(folder / BIGRAM))))
    assert "return 42" in text
    assert "That was bigram in version 2" in text
    assert "That was bigram in version 1" not in text
    assert (folder / BASE / "bigram.ipynb").read_bytes() == (new / BIGRAM).read_bytes()


def test_an_older_folder_that_is_up_to_date_gets_its_bases_alone(old, folder):
    older(folder)
    mine = edited(folder / BIGRAM, answered)
    assert set(states(old, folder).values()) == {"same"}
    assert (folder / BIGRAM).read_text() == mine
    assert len(list((folder / BASE).iterdir())) == len(NAMES)


@pytest.mark.parametrize(
    "damage",
    ["", "{", "null", "[]", '{"01-module.ipynb": 3}', '{"01-module.ipynb": [null]}', "\x00" * 99,
     "[" * 99_999],
    ids=["empty", "cut", "null", "list", "number", "nulls", "zeros", "deep"],
)
@pytest.mark.parametrize("file", [RECORD, f"{BASE}/bigram.ipynb"], ids=["record", "base"])
def test_damaged_notes_of_ours_cost_no_work(old, new, folder, damage, file):
    edited(folder / BIGRAM, answered)
    (folder / file).write_text(damage)
    assert states(new, folder)[BIGRAM] == "merged"
    text = "".join(map(str, sources(read(folder / BIGRAM))))
    assert "return 42" in text
    assert "version 2" in text
    assert set(states(new, folder).values()) == {"same"}


# --- files that can't be read -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{\n\xe4\n}", "it is not UTF-8 in line 2"),
        (b'{"cells": [\n1 2]}', "its JSON breaks in line 2: Expecting ',' delimiter"),
        (b"", "it is empty"),
        (b"[]", "it has no list of cells"),
        (b'{"cells": [{"cell_type": "code"}]}', "its cell 1 is not a cell"),
        (b'{"cells": [], "nbformat": 3}', "its format is 3, and it can't"),
        (b"[" * 99_999, "its JSON can't be read"),
        (b'{"cells": []}<<<<<<<\n', "more follows after its end, in line 1"),
    ],
)
def test_what_is_no_notebook_is_left_and_said(new, folder, content, problem):
    (folder / BIGRAM).write_bytes(content)
    line = one_line_of(new, folder, BIGRAM)
    assert line.startswith(f"{BIGRAM}: left as it is; ")
    assert problem in line
    assert "rename it, and start again to get a fresh one" in line
    assert (folder / BIGRAM).read_bytes() == content
    (folder / BIGRAM).rename(folder / "broken.txt")
    assert states(new, folder)[BIGRAM] == "new"


def one_line_of(notebooks, folder, name) -> str:
    [line] = [o.line for o in update(notebooks, folder) if o.name == name]
    return line


def test_the_last_good_version_is_named_and_merges(new, folder, tmp_path):
    edited(folder / BIGRAM, answered)
    states(new, folder)
    good = backups.newest(folder, BIGRAM)
    (folder / BIGRAM).write_text("{")
    newer = release(tmp_path / "newer", "3")
    line = one_line_of(newer, folder, BIGRAM)
    named = line.partition("its last good version is ")[2].partition(":")[0]
    assert folder / named == good
    shutil.copy(folder / named, folder / BIGRAM)
    assert states(newer, folder)[BIGRAM] == "merged"
    text = "".join(map(str, sources(read(folder / BIGRAM))))
    assert "return 42" in text
    assert "version 3" in text


def test_jupyterlabs_checkpoint_is_a_good_version_too(new, folder):
    checkpoint = folder / ".ipynb_checkpoints" / "02-bigram-checkpoint.ipynb"
    checkpoint.parent.mkdir()
    shutil.copy(folder / BIGRAM, checkpoint)
    (folder / BIGRAM).write_text("{")
    assert ".ipynb_checkpoints/02-bigram-checkpoint.ipynb" in one_line_of(new, folder, BIGRAM)


def test_a_notebook_of_the_path_that_is_broken_stops_everything(new, folder):
    before = files(folder)
    (new / MLP).write_text("{")
    with pytest.raises(EnvironmentProblem, match=f"{MLP}.*line 1.*pathkit build"):
        update(new, folder)
    assert files(folder) == before


# --- files that were renamed, copied or renumbered --------------------------------------------


@pytest.mark.parametrize("name", ["02-bigram (2).ipynb", "Übung 1.ipynb", "02-bigram-Copy1.ipynb"])
def test_a_renamed_notebook_goes_back_to_its_name(new, folder, name):
    edited(folder / BIGRAM, answered)
    (folder / BIGRAM).rename(folder / name)
    line = one_line_of(new, folder, BIGRAM)
    assert line.startswith(f"{BIGRAM}: was {name}; merged with your work")
    assert not (folder / name).exists()
    assert "return 42" in (folder / BIGRAM).read_text()


def test_a_copy_beside_it_is_left_alone(new, folder):
    shutil.copy(folder / BIGRAM, folder / "02-bigram (2).ipynb")
    before = (folder / "02-bigram (2).ipynb").read_bytes()
    found = {o.name: o.line for o in update(new, folder)}
    assert found["02-bigram (2).ipynb"] == (
        "02-bigram (2).ipynb: left alone; a copy of 02-bigram.ipynb")
    assert (folder / "02-bigram (2).ipynb").read_bytes() == before


def test_of_two_copies_without_the_name_the_later_is_it(new, folder):
    edited(folder / BIGRAM, answered)
    shutil.copy(folder / BIGRAM, folder / "a.ipynb")
    (folder / BIGRAM).rename(folder / "b.ipynb")
    os.utime(folder / "a.ipynb", (1, 1))
    found = {o.name: o.line for o in update(new, folder)}
    assert found[BIGRAM].startswith(f"{BIGRAM}: was b.ipynb; ")
    assert found["a.ipynb"] == f"a.ipynb: left alone; a copy of {BIGRAM}"


@pytest.mark.parametrize("kept", ["name", "set-up cell", "ids"])
def test_a_notebook_without_metadata_is_found_by(new, folder, kept):
    def strip(nb):
        answered(nb)
        nb["metadata"] = {}
        for cell in nb["cells"]:
            cell["metadata"] = {}
            if kept != "ids":
                del cell["id"]
            elif "path.ready" in "".join(cell["source"]):
                cell["source"] = "pass"

    edited(folder / BIGRAM, strip)
    if kept != "name":
        (folder / BIGRAM).rename(folder / "homework.ipynb")
    assert one_line_of(new, folder, BIGRAM).partition("merged")[1]
    assert not (folder / "homework.ipynb").exists()
    assert "return 42" in (folder / BIGRAM).read_text()
    assert read(folder / BIGRAM)["metadata"]["pathkit"]["module"] == "bigram"


def test_a_renumbered_path(tmp_path, folder):
    """Every notebook behind a new module gets another number, and so does the learner's."""
    for module, name in zip(MODULES, NAMES[1:], strict=True):
        edited(folder / name, lambda nb, m=module: answered(nb, f"return '{m}'"))
    newer = release(tmp_path / "newer", "3", ["words", *MODULES])
    found = {o.name: o for o in update(newer, folder)}
    assert found["01-words.ipynb"].state == "new"
    assert found["03-bigram.ipynb"].was == BIGRAM
    for number, module in enumerate(MODULES, 2):
        assert f"return '{module}'" in (folder / f"{number:02}-{module}.ipynb").read_text()
    assert sorted(p.name for p in folder.glob("*.ipynb")) == sorted(
        p.name for p in newer.glob("*.ipynb"))
    assert sorted(p.name for p in (folder / "solutions").glob("*.ipynb")) == sorted(
        p.name for p in (newer / "solutions").glob("*.ipynb"))
    assert set(states(newer, folder).values()) == {"same"}


def test_a_module_that_was_renamed_upstream(tmp_path, folder):
    edited(folder / BIGRAM, lambda nb: (answered(nb), noted(nb)))
    newer = release(tmp_path / "newer", "3", ["neurons", "pairs", "mlp", "gpt"])
    write(newer / "02-pairs.ipynb", notebook_of("pairs", "3", formerly=["bigram"]))
    found = {o.name: o for o in update(newer, folder)}
    assert found["02-pairs.ipynb"].was == BIGRAM
    expected = opened(read(newer / "02-pairs.ipynb"))
    answered(expected)
    noted(expected)
    assert opened(read(folder / "02-pairs.ipynb")) == expected
    assert not (folder / BIGRAM).exists()
    assert not (folder / BASE / "bigram.ipynb").exists()
    assert set(states(newer, folder).values()) == {"same"}


def test_a_name_that_holds_another_module(new, folder):
    """Nothing is guessed: the file is left, and the line says what to do."""
    shutil.copy(folder / BIGRAM, folder / MLP)
    found = {o.name: o.line for o in update(new, folder)}
    assert found[MLP] == (
        f"{MLP}: left as it is; this file is a copy of {BIGRAM}: rename it, and start again")
    assert read(folder / MLP)["metadata"]["pathkit"]["module"] == "bigram"
    (folder / MLP).rename(folder / "copy.ipynb")
    assert states(new, folder)[MLP] == "new"


def test_a_notebook_saved_under_another_modules_name_goes_home(new, folder):
    edited(folder / BIGRAM, answered)
    (folder / BIGRAM).replace(folder / MLP)
    found = {o.name: o for o in update(new, folder)}
    assert found[BIGRAM].was == MLP
    assert found[MLP].state == "new"
    assert "return 42" in (folder / BIGRAM).read_text()


def test_a_solution_that_was_copied_here_is_not_the_learners_notebook(new, folder):
    (folder / BIGRAM).unlink()
    solution = read(folder / "solutions" / MLP)
    solution["metadata"]["pathkit"] |= {"variant": "solution", "module": "bigram"}
    write(folder / "bigram solved.ipynb", solution)
    before = (folder / "bigram solved.ipynb").read_bytes()
    assert states(new, folder)[BIGRAM] == "new"
    assert (folder / "bigram solved.ipynb").read_bytes() == before


# --- modules that left the path ---------------------------------------------------------------


def test_a_module_that_left_the_path(tmp_path, folder):
    mine = edited(folder / BIGRAM, answered)
    untouched = (folder / MLP).read_bytes()
    newer = release(tmp_path / "newer", "3", ["neurons", "gpt"])
    found = {o.name: o.line for o in update(newer, folder)}
    assert found[BIGRAM] == f"{BIGRAM}: no longer part of the path; yours stays"
    assert found[MLP] == (
        f"{MLP}: no longer part of the path, removed; kept in .pathkit/backups/03-mlp")
    assert (folder / BIGRAM).read_text() == mine
    assert not (folder / MLP).exists()
    assert backups.newest(folder, MLP).read_bytes() == untouched
    assert not (folder / "solutions" / MLP).exists()


def test_a_module_that_comes_back_is_merged(tmp_path, new, folder):
    edited(folder / BIGRAM, answered)
    update(release(tmp_path / "newer", "3", ["neurons", "gpt"]), folder)
    assert states(new, folder)[BIGRAM] == "merged"
    text = (folder / BIGRAM).read_text()
    assert "return 42" in text
    assert "version 2" in text


# --- solutions --------------------------------------------------------------------------------


def test_a_solution_that_was_written_into_is_kept(new, folder):
    mine = edited(folder / "solutions" / BIGRAM, answered)
    found = {o.name: o.line for o in update(new, folder)}
    assert found[f"solutions/{BIGRAM}"] == f"solutions/{BIGRAM}: left as it is; you changed it"
    assert (folder / "solutions" / BIGRAM).read_text() == mine


def test_a_solution_that_was_only_run_is_brought_up_to_date(new, folder):
    def run(nb):
        for cell in nb["cells"]:
            if cell["cell_type"] == "code":
                cell |= {"execution_count": 5, "metadata": {}}

    edited(folder / "solutions" / BIGRAM, run)
    update(new, folder)
    name = f"solutions/{BIGRAM}"
    assert (folder / name).read_bytes() == (new / name).read_bytes()
