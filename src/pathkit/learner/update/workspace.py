"""The learner's copy of the notebooks: laid out once, then brought up to date by merging.

Every step leaves each notebook the old or the new one: a backup of the learner's file, the path's
version that is about to be merged, the merged notebook, then that version as the base. A run that
was cut short is completed by the next, since merging twice gives the same; where the next has
another version of the path, the notebook itself tells which of the two it was merged with.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from pathkit.files import TEMPORARY, ChangedMeanwhile, digest, sync_folder, write_atomically
from pathkit.learner import last_saved
from pathkit.learner.folder import SOLUTIONS, Folder
from pathkit.learner.update import backups, survey
from pathkit.learner.update.lock import locked
from pathkit.learner.update.merge import merge
from pathkit.learner.update.pruning import prune
from pathkit.learner.update.rename import renamed
from pathkit.learner.update.report import Outcome
from pathkit.learner.update.survey import File, Release
from pathkit.notebook_file import NotANotebook, read, text_of, to_json

ATTEMPTS = 5
SECONDS_OF_A_WRITE = 3600  # far more than any


def update(
    notebooks: Path,
    folder: Path,
    dry_run: bool = False,
    say: Callable[[str], object] = lambda line: None,
) -> list[Outcome]:
    """Bring a learner's folder up to date with the path's notebooks; makes it if need be.

    dry_run: only find out what would be done. say: is told when another run has to be waited for.
    Raises OSError when the folder can't be written, and EnvironmentProblem when a notebook of the
    path can't be read.
    """
    path = survey.releases(notebooks)
    if dry_run:
        return _Update(path, notebooks, folder, dry_run).outcomes()
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, say):
        _remove_left_overs(folder)
        outcomes = _Update(path, notebooks, folder, dry_run).outcomes()
        written = [o.name for o in outcomes if o.state in ("new", "updated", "merged")]
        if written:
            last_saved.note(Folder(folder), written)
        if all(outcome.state != "left" for outcome in outcomes):
            with contextlib.suppress(OSError):  # the notebooks are up to date; the next run tries
                prune(folder)
        return outcomes


class _Update:
    """One update of one folder; nothing is written in a dry run."""

    def __init__(self, path: list[Release], notebooks: Path, folder: Path, dry_run: bool):
        self.path = path
        self.notebooks = notebooks
        self.folder = folder
        self.home = Folder(folder)
        self.dry_run = dry_run
        self.record = _Record(folder)
        self.files = survey.files(folder, [release.name for release in path])

    def outcomes(self) -> list[Outcome]:
        """Do it, and say what became of each notebook."""
        # Before the notebooks: a copy that is cut short must not pass for the learner's work later.
        self._note([(release.name, release.data) for release in self.path], self.record)
        found = survey.survey(self.path, self.files, self.folder)
        order = {name: place for place, name in enumerate(found.homes)}
        result = {}
        for release in sorted(self.path, key=lambda r: order.get(r.name, len(order))):
            if release.name in found.blocked:
                result[release.name] = _blocked(release, found.blocked[release.name])
            else:
                result[release.name] = self._one(release, found.homes.get(release.name))
        solutions = self._solutions()
        return [
            *(result[release.name] for release in self.path),
            *(Outcome(n, "copy", why=f"a copy of {of}") for n, of in found.copies.items()),
            *self._gone(set(found.copies)),
            *solutions,
        ]

    # --- one notebook -------------------------------------------------------------------------

    def _one(self, release: Release, found: File | None) -> Outcome:
        if found is None:
            self._write(self.folder / release.name, release.data, None)
            self._keep_base(release)
            return Outcome(release.name, "new")
        was = found.name if found.name != release.name else ""
        if was:
            self._move(was, release.name)
        for _ in range(ATTEMPTS):
            if found.notebook is None:
                return self._unreadable(release, found, was)
            try:
                return self._merged(release, found, was)
            except ChangedMeanwhile:
                found = survey.file(self.folder / release.name)
        return Outcome(release.name, "left", why="another program keeps writing it", was=was)

    def _merged(self, release: Release, found: File, was: str) -> Outcome:
        if found.data == release.data:
            self._keep_base(release)
            return Outcome(release.name, "same", was=was)
        base = self._base(release, found.notebook)
        learner = _under_new_name(found.notebook, release)
        merged, remarks = merge(learner, base, release.notebook)
        if _is_same(merged, found.notebook):
            state = "same"
        else:
            untouched = base is not None and _source_mark(base) == _source_mark(learner)
            state = "updated" if untouched else "merged"
            self._back_up(release.name, found.data)
            self._write(self.home.merging / f"{release.module}.ipynb", release.data, None)
            self._write(self.folder / release.name, to_json(merged).encode(), found.data)
        self._keep_base(release)
        return Outcome(release.name, state, tuple(remarks), was=was)

    def _unreadable(self, release: Release, found: File, was: str) -> Outcome:
        why = f"{found.problem}; "
        if good := _last_good(self.folder, release.name):
            why += f"its last good version is {good}: copy that over it"
        else:
            why += "rename it, and start again to get a fresh one"
        return Outcome(release.name, "left", why=why, was=was)

    def _base(self, release: Release, learner: dict) -> dict | None:
        """The path's version that was last merged into a notebook, under its module's new name."""
        base = self._merged_last(release, learner)
        if self.record.knows(_mark(learner)):
            # Its cells are the path's, whichever version it is; editors write the metadata.
            base = {**learner, "metadata": (base or release.notebook).get("metadata")}
        return base and _under_new_name(base, release)

    def _merged_last(self, release: Release, learner: dict) -> dict | None:
        """The stored base, or the version that a run which was cut short has merged after it."""
        base, _ = self._first_stored(self.home.base, release)
        begun, path = self._first_stored(self.home.merging, release)
        if not base or not begun:
            return base
        learner = _under_new_name(learner, release)
        likely = max(base, begun, key=lambda b: _likeness(_under_new_name(b, release), learner))
        if likely is begun:  # noted before this run merges another, which may be cut short, too
            self._write(self.home.base / path.name, path.read_bytes(), None)
        return likely

    def _first_stored(self, home: Path, release: Release) -> tuple[dict | None, Path]:
        paths = [home / f"{module}.ipynb" for module in release.modules]
        found = ((self._stored(path, release), path) for path in paths)
        return next((pair for pair in found if pair[0]), (None, paths[0]))

    def _stored(self, path: Path, release: Release | None = None) -> dict | None:
        """A version of the path's; `release` where it may be that and needn't be parsed again."""
        data = _content(path)
        if release and data == release.data:
            return release.notebook
        try:
            return read(data) if data is not None else None
        except NotANotebook:
            return None

    def _keep_base(self, release: Release) -> None:
        path = self.home.base / f"{release.module}.ipynb"
        if _content(path) != release.data:
            self._write(path, release.data, None)
        self._remove(self.home.merging / path.name)
        for old in release.formerly:
            self._forget(old)

    def _forget(self, module: str) -> None:
        self._remove(self.home.merging / f"{module}.ipynb")
        self._remove(self.home.base / f"{module}.ipynb")

    # --- notebooks that the path no longer has ------------------------------------------------

    def _gone(self, copies: set[str]) -> Iterator[Outcome]:
        known = {module for release in self.path for module in release.modules}
        names = {release.name for release in self.path}
        bases = {p.stem for p in self.home.base.glob("*.ipynb")} - known
        noted = {n for n in self.record.names if survey.module_in_name(n) not in known}
        gone = bases | {survey.module_in_name(name) for name in noted - names}
        for name, found in self.files.items():
            module = survey.module_of(found, gone)
            if name in names or name in copies or module not in gone:
                continue
            if name not in noted or not self._is_untouched(found, module):
                yield Outcome(name, "stays")
                continue
            self._back_up(name, found.data)
            # The base first: alone, without its notebook, no later run would look for it.
            self._forget(module)
            self._remove(self.folder / name, found.data)
            kept = (self.home.backups / Path(name).stem).relative_to(self.folder).as_posix()
            yield Outcome(name, "removed", why=f"kept in {kept}")

    def _is_untouched(self, found: File, module: str) -> bool:
        mark = _mark(found.notebook)
        base = self._stored(self.home.base / f"{module}.ipynb")
        return self.record.knows(mark) or (base is not None and _mark(base) == mark)

    # --- solutions ----------------------------------------------------------------------------

    def _solutions(self) -> list[Outcome]:
        """Plain copies; one that the learner has written into is left as it is."""
        home = self.folder / SOLUTIONS
        wanted = {p.name: p.read_bytes() for p in (self.notebooks / SOLUTIONS).glob("*.ipynb")}
        if not wanted:
            return []
        record = _Record(home)
        self._note(sorted(wanted.items()), record)
        changed = []
        for name, data in sorted(wanted.items()):
            there = _content(home / name)
            if there == data:
                continue
            if there is None or record.knows(*_marks(there)):
                with contextlib.suppress(ChangedMeanwhile):
                    self._write(home / name, data, there)
            elif not {*_marks(there)} & {*_marks(data)}:
                changed.append(Outcome(f"{SOLUTIONS}/{name}", "left", why="you changed it"))
        for name in set(record.names) - set(wanted):
            there = _content(home / name)
            if there is not None and record.knows(*_marks(there)):
                self._remove(home / name, there)
        return changed

    # --- writing ------------------------------------------------------------------------------

    def _note(self, versions: Iterable[tuple[str, bytes]], record: _Record) -> None:
        if record.add(versions) and not self.dry_run:
            write_atomically(record.path, record.text())

    def _write(self, path: Path, data: bytes, expected: bytes | None) -> None:
        if not self.dry_run:
            write_atomically(path, data, expected)

    def _back_up(self, name: str, data: bytes) -> None:
        if not self.dry_run:
            backups.save(self.folder, name, data)

    def _move(self, name: str, to: str) -> None:
        if not self.dry_run:
            os.rename(self.folder / name, self.folder / to)
            sync_folder(self.folder)

    def _remove(self, path: Path, expected: bytes | None = None) -> None:
        if self.dry_run or not path.exists():
            return
        if expected is None or path.read_bytes() == expected:
            path.unlink()


def _under_new_name(notebook: dict, release: Release) -> dict:
    for old in release.formerly:
        notebook = renamed(notebook, old, release.module)
    return notebook


def _likeness(version: dict, notebook: dict) -> float:
    """The share of a version's cells that a notebook holds word for word."""
    there = {text_of(cell) for cell in notebook["cells"]}
    cells = version["cells"]
    return sum(text_of(cell) in there for cell in cells) / len(cells) if cells else 0.0


def _blocked(release: Release, holds: str) -> Outcome:
    what = f"this file is a copy of {holds}" if holds else "this file is another notebook"
    return Outcome(release.name, "left", why=f"{what}: rename it, and start again")


def _last_good(folder: Path, name: str) -> str:
    """The newest version of a notebook that can be read: our backup or JupyterLab's checkpoint."""
    checkpoint = folder / ".ipynb_checkpoints" / f"{Path(name).stem}-checkpoint.ipynb"
    candidates = [*backups.versions(folder, name), *([checkpoint] if checkpoint.is_file() else [])]
    for path in sorted(candidates, key=lambda p: p.stat().st_mtime_ns, reverse=True):
        with contextlib.suppress(NotANotebook, OSError):
            read(path.read_bytes())
            return path.relative_to(folder).as_posix()
    return ""


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _remove_left_overs(folder: Path) -> None:
    """Files that runs which were killed had begun to write.

    What is written under the lock alone can't be in use now; other files are given time.
    """
    recent = time.time() - SECONDS_OF_A_WRITE
    locked_ones = (".ipynb", Folder(folder).copied.name)
    for path in _small_files(folder):
        found = TEMPORARY.fullmatch(path.name)
        with contextlib.suppress(FileNotFoundError):
            if found and (found["name"].endswith(locked_ones) or path.stat().st_mtime < recent):
                path.unlink()


def _small_files(folder: Path) -> Iterator[Path]:
    """Files where we write any: not below folders of the learner's own."""
    for home in (folder, folder / SOLUTIONS):
        if home.is_dir():
            yield from (p for p in home.iterdir() if not p.is_dir())
    for state in (Folder(folder).state, Folder(folder / SOLUTIONS).state):
        for home, _, names in os.walk(state):
            yield from (Path(home) / name for name in names)


def _is_same(one: dict, other: dict) -> bool:
    """Whether two notebooks differ at most in how their files are laid out."""
    return _flat(one) == _flat(other)


def _flat(notebook: dict) -> dict:
    cells = [{**cell, "source": text_of(cell)} for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


# --- which versions of the path were ever copied here -----------------------------------------


class _Record:
    """Marks of all versions that were ever copied into a folder; a damaged record counts as none.

    It tells a notebook that the learner has never touched, also one that was put back from a
    backup or laid out before there were bases.
    """

    def __init__(self, folder: Path):
        self.path = Folder(folder).copied
        self._marks = _read_record(self.path)

    @property
    def names(self) -> list[str]:
        """The files that were ever copied."""
        return sorted(self._marks)

    def knows(self, *marks: str) -> bool:
        """Whether a notebook with one of these marks was ever copied here."""
        return any(mark in known for known in self._marks.values() for mark in marks)

    def add(self, versions: Iterable[tuple[str, bytes]]) -> bool:
        """Note these versions of files; returns whether one of them was new."""
        is_new = False
        for name, data in versions:
            known = self._marks.setdefault(name, [])
            whole = f"file:{digest(data)}"
            if whole not in known:  # else the notebook needn't be parsed
                known += [mark for mark in (whole, *_marks(data)) if mark not in known]
                is_new = True
        return is_new

    def text(self) -> str:
        """The record as its file holds it."""
        return json.dumps(self._marks, indent=1, sort_keys=True) + "\n"


def _read_record(path: Path) -> dict[str, list[str]]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: [mark for mark in marks if isinstance(mark, str)]
        for name, marks in found.items()
        if isinstance(marks, list)
    }


def _marks(data: bytes) -> list[str]:
    """Marks of a notebook file: of its cells, and of these without their outputs."""
    try:
        notebook = read(data)
    except NotANotebook:
        return [digest(data)]
    return [_mark(notebook), _source_mark(notebook)]


def _source_mark(notebook: dict[str, Any]) -> str:
    """A mark of what was written, whether or not it was run."""
    bare = [
        {k: v for k, v in cell.items() if k not in ("outputs", "execution_count", "metadata")}
        for cell in notebook["cells"]
    ]
    return "source:" + _mark({"cells": bare})


def _mark(notebook: dict[str, Any]) -> str:
    """A digest of a notebook's cells.

    Not of the notebook's own metadata: JupyterLab writes the kernel's version there as soon as a
    notebook is opened.
    """
    cells = [{**cell, "source": text_of(cell)} for cell in notebook["cells"]]
    return digest(json.dumps(cells, sort_keys=True).encode())
