"""The learner's copy of the notebooks: laid out once, then brought up to date by merging.

Every step leaves each notebook the old or the new one: a backup of the learner's file, the path's
version that is about to be merged, the merged notebook, then that version as the base. A run that
was cut short is completed by the next, since merging twice gives the same; where the next has
another version of the path, the notebook itself tells which of the two it was merged with.

A notebook that can't be read or written is left as it is, and the others go on; only what every
file would meet, a full disk or one that is read-only, ends an update.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from pathkit.files import ChangedMeanwhile
from pathkit.learner.folder import Folder
from pathkit.learner.update import backups
from pathkit.learner.update.bases import Bases, under_new_name
from pathkit.learner.update.left_overs import remove_left_overs
from pathkit.learner.update.lock import locked
from pathkit.learner.update.pruning import prune
from pathkit.learner.update.record import Record, is_same, mark, source_mark
from pathkit.learner.update.refusals import Refusals
from pathkit.learner.update.report import Outcome, blocked
from pathkit.learner.update.solutions import update_solutions
from pathkit.learner.update.writer import Writer
from pathkit.merging.merge import merge
from pathkit.notebook_files import which_notebook
from pathkit.notebook_files.notebook_file import to_json
from pathkit.notebook_files.which_notebook import File, Release

ATTEMPTS = 5


def update(
    notebooks: Path,
    folder: Path,
    dry_run: bool = False,
    say: Callable[[str], object] = lambda line: None,
) -> list[Outcome]:
    """Bring a learner's folder up to date with the path's notebooks; makes it if need be.

    dry_run: only find out what would be done. say: is told when another run has to be waited for,
    and what of the folder's own notes could not be written. Raises OSError when the folder can't
    be written, and EnvironmentProblem when a notebook of the path can't be read.
    """
    path = which_notebook.releases(notebooks)
    if dry_run:
        return _Update(path, notebooks, folder, dry_run, say).outcomes()
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, say):
        remove_left_overs(folder)
        outcomes = _Update(path, notebooks, folder, dry_run, say).outcomes()
        if all(outcome.state != "left" for outcome in outcomes):
            with contextlib.suppress(OSError):  # the notebooks are up to date; the next run tries
                prune(folder)
        return outcomes


class _Update:
    """One update of one folder; nothing is written in a dry run."""

    def __init__(
        self, path: list[Release], notebooks: Path, folder: Path, dry_run: bool,
        say: Callable[[str], object],
    ):
        self.path = path
        self.notebooks = notebooks
        self.folder = folder
        self.home = Folder(folder)
        self.dry_run = dry_run
        self.writer = Writer(self.home, dry_run, say)
        self.record = Record(folder)
        self.bases = Bases(self.home, dry_run)
        self.files = which_notebook.files(folder, [release.name for release in path])
        self.refusals = Refusals()

    def outcomes(self) -> list[Outcome]:
        """Do it, and say what became of each notebook."""
        # Before the notebooks: a copy that is cut short must not pass for the learner's work later.
        self.writer.note([(release.name, release.data) for release in self.path], self.record)
        found = which_notebook.survey(self.path, self.files, self.folder)
        order = {name: place for place, name in enumerate(found.homes)}
        result = {}
        for release in sorted(self.path, key=lambda r: order.get(r.name, len(order))):
            if release.name in found.blocked:
                result[release.name] = blocked(release.name, found.blocked[release.name])
            else:
                result[release.name] = self.refusals.unless_refused(
                    release.name, lambda r=release: self._one(r, found.homes.get(r.name))
                )
        if len(self.refusals.errors) == len(self.path) > 0:
            raise self.refusals.errors[0]
        solutions = update_solutions(self.notebooks, self.writer, self.refusals)
        return [
            *(result[release.name] for release in self.path),
            *(Outcome(n, "copy", why=f"a copy of {of}") for n, of in found.copies.items()),
            *self._gone(set(found.copies)),
            *solutions,
        ]

    # --- one notebook -------------------------------------------------------------------------

    def _one(self, release: Release, found: File | None) -> Outcome:
        if found is None:
            return self._new(release)
        was = found.name if found.name != release.name else ""
        if was:
            self.writer.move(was, release.name)
        for _ in range(ATTEMPTS):
            if found.notebook is None:
                return self._unreadable(release, found, was)
            try:
                return self._merged(release, found, was)
            except ChangedMeanwhile:
                found = which_notebook.file(self.folder / release.name)
        return Outcome(release.name, "left", why="another program keeps writing it", was=was)

    def _new(self, release: Release) -> Outcome:
        path = self.folder / release.name
        if os.path.lexists(path):  # written in other letters, where the system takes them for one
            raise FileExistsError(errno.EEXIST, "another file has its name: rename it", path.name)
        self._keep(release)
        self.writer.write(path, release.data, None)
        self.bases.end(release)
        return Outcome(release.name, "new")

    def _keep(self, release: Release) -> None:
        if not self.dry_run:
            self.bases.keep(release)

    def _merged(self, release: Release, found: File, was: str) -> Outcome:
        if found.data == release.data:
            self.bases.end(release)
            return Outcome(release.name, "same", was=was)
        base = self._base(release, found.notebook)
        learner = under_new_name(found.notebook, release)
        merged, remarks = merge(learner, base, release.notebook)
        if is_same(merged, found.notebook):
            state = "same"
        else:
            untouched = base is not None and source_mark(base) == source_mark(learner)
            state = "updated" if untouched else "merged"
            self.writer.back_up(release.name, found.data)
            self.bases.begin(release)
            self.writer.write(self.folder / release.name, to_json(merged).encode(), found.data)
        self.bases.end(release)
        return Outcome(release.name, state, tuple(remarks), was=was)

    def _base(self, release: Release, learner: dict) -> dict | None:
        """The path's version that was last merged into a notebook, under its module's new name."""
        base = self.bases.last_merged(release, learner)
        if self.record.knows(mark(learner)):
            # Its cells are the path's, whichever version it is; editors write the metadata.
            base = {**learner, "metadata": (base or release.notebook).get("metadata")}
        return base and under_new_name(base, release)

    def _unreadable(self, release: Release, found: File, was: str) -> Outcome:
        mend = backups.mend(self.folder, release.name, found.mend)
        return Outcome(release.name, "left", why=f"{found.problem}; {mend}", was=was)

    # --- notebooks that the path no longer has ------------------------------------------------

    def _gone(self, copies: set[str]) -> Iterator[Outcome]:
        known = {module for release in self.path for module in release.modules}
        names = {release.name for release in self.path}
        noted = {n for n in self.record.names if which_notebook.module_in_name(n) not in known}
        gone = self.bases.modules - known
        gone |= {which_notebook.module_in_name(name) for name in noted - names}
        for name, found in self.files.items():
            module = which_notebook.module_of(found, gone)
            if name in names or name in copies or module not in gone:
                continue
            if name not in noted or not self._is_untouched(found, module):
                yield Outcome(name, "stays")
            else:
                yield self.refusals.unless_refused(
                    name, lambda f=found, m=module: self._removed(f, m)
                )

    def _removed(self, found: File, module: str) -> Outcome:
        self.writer.back_up(found.name, found.data)
        # The base first: alone, without its notebook, no later run would look for it.
        self.bases.forget(module)
        self.writer.remove(self.folder / found.name, found.data)
        kept = (self.home.backups / Path(found.name).stem).relative_to(self.folder).as_posix()
        return Outcome(found.name, "removed", why=f"kept in {kept}")

    def _is_untouched(self, found: File, module: str) -> bool:
        own = mark(found.notebook)
        base = self.bases.of_module(module)
        return self.record.knows(own) or (base is not None and mark(base) == own)
