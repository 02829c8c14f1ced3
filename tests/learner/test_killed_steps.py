"""Killed before every single step on the disk: nothing is lost, and the next run completes it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pathkit import path_map, progress_log
from pathkit.files import TEMPORARY
from pathkit.learner.folder import Folder
from pathkit.learner.update.workspace import update
from pathkit.path_map import PathMap
from tests.learner.killer import Killer, restore
from tests.learner.learner_folders import (
    BIGRAM,
    MLP,
    MODULES,
    NAMES,
    answered,
    edited,
    files,
    notebook_of,
    noted,
    release,
    write,
)
from tests.learner.learner_notebooks import opened
from tests.learner.test_progress import module

pytestmark = pytest.mark.skipif(os.name != "posix", reason="forks and signals of POSIX")
BACKUPS, LOCK = (str(p) for p in (Folder(Path()).backups, Folder(Path()).lock))
VERSIONS = str(Folder(Path()).versions)
RECORD = str(Folder(Path()).copied)
MOST = 1000  # steps: far more than any run takes


@pytest.fixture(scope="module")
def killer():
    killer = Killer()
    yield killer
    killer.end()


@pytest.fixture
def folder(tmp_path, old):
    """A folder with work in two notebooks."""
    folder = tmp_path / "mine"
    update(old, folder)
    work(folder)
    return folder


def work(folder: Path) -> None:
    edited(folder / BIGRAM, lambda nb: (answered(nb), noted(nb)))
    edited(folder / NAMES[4], noted)


def lasting(folder: Path) -> dict[str, object]:
    """Everything in a folder but backups, whose names tell the time, locks and half-written files.

    Of logs the events without their times and ids, and not which of them came twice.
    """
    found = {n: d for n, d in files(folder).items() if BACKUPS not in n and not n.endswith(LOCK)}
    for name in half_written(folder):
        found.pop(name, None)
    for name in found:
        if name.endswith(".jsonl"):
            events = [e | {"id": "", "at": ""} for e in progress_log.read(folder / name)]
            found[name] = {json.dumps(e, sort_keys=True) for e in events}
    return found


def killed_everywhere(killer: Killer, root: Path, *command: object) -> Iterator[int]:
    """Kill `command` before its first step, from what `root` holds now before its second, ..."""
    before = files(root)
    for steps in range(MOST):
        restore(root, before)
        if not killer.run(*command, steps=steps):
            break
        yield steps


def completed(killer: Killer, root: Path, *command: object) -> int:
    """Kill a command before each of its steps and run it again: as if it had not been killed."""
    before = files(root)
    assert not killer.run(*command)
    after, folders = lasting(root), folders_in(root)
    restore(root, before)
    steps = 0
    for steps in killed_everywhere(killer, root, *command):
        work_is_there(before, root)
        assert not killer.run(*command)
        assert lasting(root) == after, f"killed before step {steps + 1}"
        assert folders_in(root) <= folders, f"killed before step {steps + 1}"
        work_is_there(before, root)
        assert command[0] != "update" or not half_written(root)
    return steps + 1


def half_written(root: Path) -> list[str]:
    return [name for name in files(root) if TEMPORARY.fullmatch(Path(name).name)]


def folders_in(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_dir()}


def work_is_there(before: dict[str, bytes], root: Path) -> None:
    """Every cell that was the learner's is in a notebook or in a backup."""
    there = files(root).items()
    there = b"".join(data for n, data in there if n.endswith(".ipynb") and "/base/" not in n)
    for text in (b"return 42", b"my own note"):
        if any(text in data for data in before.values()):
            assert text in there


# --- updates ----------------------------------------------------------------------------------


def a_newer_version(root: Path) -> Path:
    return release(root, "2")


def a_module_renamed(root: Path) -> Path:
    newer = release(root, "2", ["neurons", "pairs", "mlp", "gpt"])
    write(newer / "02-pairs.ipynb", notebook_of("pairs", "2", formerly=["bigram"]))
    return newer


def a_module_gone_and_one_new(root: Path) -> Path:
    return release(root, "2", ["neurons", "bigram", "gpt", "words"])


def solutions_that_come_and_go(root: Path) -> Path:
    newer = release(root, "1")
    (newer / "solutions" / MLP).unlink()
    write(newer / "solutions" / "05-words.ipynb", notebook_of("words", "1 solved"))
    return newer


def one_notebook_changed(root: Path) -> Path:
    newer = release(root, "1")
    write(newer / BIGRAM, notebook_of("bigram", "2"))
    return newer


UPDATES = [
    solutions_that_come_and_go,
    *(pytest.param(of, marks=pytest.mark.slow) for of in (
        a_newer_version, a_module_renamed, a_module_gone_and_one_new)),
]


@pytest.mark.parametrize("newer", UPDATES)
def test_an_update(folder, tmp_path, killer, newer: Callable[[Path], Path]):
    steps = completed(killer, folder, "update", newer(tmp_path / "newer"), folder)
    assert steps >= 3


@pytest.mark.slow
@pytest.mark.parametrize("newer", [a_newer_version, a_module_renamed, a_module_gone_and_one_new])
def test_an_update_to_an_older_version(tmp_path, old, killer, newer):
    folder = tmp_path / "mine"
    later = newer(tmp_path / "newer")
    update(later, folder)
    last, second = (next(later.glob(f"*-{m}.ipynb")).name for m in ("gpt", "[bp]*"))
    edited(folder / last, noted)
    edited(folder / second, answered)
    assert completed(killer, folder, "update", old, folder) >= 3


@pytest.mark.slow
def test_a_first_layout(tmp_path, old, killer):
    folder = tmp_path / "mine"
    folder.mkdir()
    assert completed(killer, folder, "update", old, folder) > 10


@pytest.mark.parametrize(
    "newer", [one_notebook_changed, pytest.param(a_newer_version, marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("back", [False, True], ids=["up", "down"])
def test_a_killed_update_and_then_another_version(tmp_path, old, killer, newer, back):
    """The path is put back to what it was before the update was killed: so are its cells."""
    here, there = (newer(tmp_path / "newer"), old) if back else (old, newer(tmp_path / "newer"))
    folder = tmp_path / "mine"
    update(here, folder)
    work(folder)
    before, names = notebooks_in(folder), lasting(folder).keys()
    for steps in killed_everywhere(killer, folder, "update", there, folder):
        work_is_there(files(folder), folder)
        update(here, folder)
        assert notebooks_in(folder) == before, f"killed before step {steps + 1}"
        # The version that was begun is kept: a notebook may say that it was merged with it.
        now = {name for name in lasting(folder) if name in names or VERSIONS not in name}
        assert now == names and not half_written(folder)


@pytest.mark.slow
def test_two_killed_updates_and_then_the_version_of_before(tmp_path, old, killer):
    one = one_notebook_changed(tmp_path / "one")
    two = release(tmp_path / "two", "1")
    write(two / BIGRAM, notebook_of("bigram", "3"))
    folder = tmp_path / "mine"
    update(old, folder)
    work(folder)
    before = notebooks_in(folder)
    for first in killed_everywhere(killer, folder, "update", one, folder):
        for second in killed_everywhere(killer, folder, "update", two, folder):
            work_is_there(files(folder), folder)
            update(old, folder)
            assert notebooks_in(folder) == before, (first, second)


def notebooks_in(folder: Path) -> dict[str, dict]:
    return {str(p): opened(json.loads(p.read_text())) for p in folder.rglob("*.ipynb")
            if ".pathkit" not in p.parts}


# --- commands ---------------------------------------------------------------------------------


@pytest.fixture
def learner(folder) -> Path:
    """A folder in which commands work, too."""
    home = Folder(folder)
    modules = (module(number, name, "count") for number, name in enumerate(MODULES, 1))
    path = path_map.to_json(PathMap("Path", ("Part",), tuple(modules)))
    home.path_map.write_text(path, encoding="utf-8")
    progress_log.append(home.progress, "check", "bigram", exercise="bigram.count", status="passed")
    return folder


def test_reset_of_an_exercise(learner, killer):
    before = json.loads((learner / BIGRAM).read_text())
    completed(killer, learner, "reset", "bigram.count", "--folder", learner)
    assert "return 42" not in (learner / BIGRAM).read_text()
    kept = [json.loads(p.read_text()) for p in (learner / BACKUPS).rglob("*.ipynb")]
    assert before in kept


@pytest.mark.parametrize("options", [(), ("--undo",)], ids=["", "undo"])
def test_a_mark_that_a_module_is_done(learner, killer, options):
    if options:
        progress_log.append(Folder(learner).progress, "done", "gpt", undo=False)
    completed(killer, learner, "done", "gpt", *options, "--folder", learner)


@pytest.mark.slow
def test_the_switch_of_tutoring(learner, killer):
    for state in ("on", "off", "on"):
        completed(killer, learner, "tutor", state, "--folder", learner)
    killer.run("tutor", "off", "--folder", learner)
    assert not (learner / "AGENTS.md").exists()


@pytest.mark.parametrize("name", ["join", "leave", "share"])
def test_a_group(learner, killer, name):
    shared = learner / "our group"
    commands = {
        "init": ("init", shared),
        "join": ("join", shared, "--as", "Ada", "--folder", learner),
        "share": ("share", "--folder", learner),
        "leave": ("leave", "--folder", learner),
    }
    for before, command in commands.items():
        if before == name:
            break
        killer.run("group", *command)
    progress_log.append(Folder(learner).progress, "done", "gpt", undo=False)
    completed(killer, learner, "group", *commands[name])


def test_a_new_group(tmp_path, killer):
    """Its random id is new each time; that it is whole counts."""
    root = tmp_path / "our group"
    steps = 0
    for _ in killed_everywhere(killer, tmp_path, "group", "init", root):
        steps += 1
        assert not killer.run("group", "init", root)
        assert {"group.json", "members/.gitkeep"} <= files(root).keys()
    assert steps >= 3
