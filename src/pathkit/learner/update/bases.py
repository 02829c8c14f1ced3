"""The path's versions that were merged into a learner's notebooks, and which one a notebook had.

A notebook says itself which version it was merged with, in its metadata: an earlier one that was
put back, from a backup or by a program that synchronises, says so too. Every version that was laid
out here is kept in .pathkit/versions/MODULE/VERSION.ipynb; .pathkit/base/MODULE.ipynb is the last.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from pathkit.files import NO_ROOM, CantBeRead, contents, write_atomically
from pathkit.learner.folder import Folder
from pathkit.learner.update.rename import renamed
from pathkit.notebook_files.notebook_file import NotANotebook, ours, read, text_of, version_of
from pathkit.notebook_files.which_notebook import Release

MOST = 50
"""Versions of one module that are kept."""


class Bases:
    """The versions that are kept in one learner's folder; nothing is written in a dry run."""

    def __init__(self, home: Folder, dry_run: bool):
        self.home = home
        self.dry_run = dry_run

    @property
    def modules(self) -> set[str]:
        """The modules that a version was merged of."""
        return {path.stem for path in self.home.base.glob("*.ipynb")}

    def last_merged(self, release: Release, learner: dict) -> dict | None:
        """The version that was last merged into a notebook; None where that is nowhere here.

        Where the notebook doesn't say it (an editor dropped that, or it is older than we), it is
        the version of which it holds most cells word for word, the last one merged among equals.
        """
        named = ours(learner).get("version")
        if isinstance(named, str) and named:
            return self._named(release, named)
        found = [*self._current(release), *self._kept(release)]
        if not found:
            return None
        learner = under_new_name(learner, release)
        likely, path = max(
            found, key=lambda pair: _likeness(under_new_name(pair[0], release), learner)
        )
        if path.parent == self.home.merging:
            # Noted before this run merges another, which may be cut short, too.
            self._write(self.home.base / path.name, contents(path))
        return likely

    def of_module(self, module: str) -> dict | None:
        """The version of a module that was merged last."""
        return _stored(self.home.base / f"{module}.ipynb")

    def begin(self, release: Release) -> None:
        """Note that a version is about to be merged; raises OSError."""
        self.keep(release)
        self._write(self.home.merging / f"{release.module}.ipynb", release.data)

    def keep(self, release: Release) -> None:
        """Keep a version, and the one that was merged before it; raises OSError."""
        before = self.of_module(release.module)
        if before is not None:
            path = self._place(release.module, version_of(before))
            if not path.exists():
                self._write(path, contents(self.home.base / f"{release.module}.ipynb"))
        path = self._place(release.module, version_of(release.notebook))
        if not path.exists():
            self._write(path, release.data)
            self._thin_out(path.parent)

    def end(self, release: Release) -> None:
        """Note that a version has been merged; raises OSError."""
        self.keep(release)
        path = self.home.base / f"{release.module}.ipynb"
        if _data(path) != release.data:
            self._write(path, release.data)
        self._remove(self.home.merging / path.name)
        for old in release.formerly:
            self.forget(old)

    def forget(self, module: str) -> None:
        """A module has left the path, or has another name; its versions stay. Raises OSError."""
        self._remove(self.home.merging / f"{module}.ipynb")
        self._remove(self.home.base / f"{module}.ipynb")

    # --- what is there ------------------------------------------------------------------------

    def _named(self, release: Release, version: str) -> dict | None:
        if version_of(release.notebook) == version:
            return release.notebook
        for module in release.modules:
            # The name of a file is made from what the notebook says: only from its letters.
            place = self._place(module, version) if version.isalnum() else None
            for path in filter(None, (
                self.home.base / f"{module}.ipynb", self.home.merging / f"{module}.ipynb", place
            )):
                found = _stored(path)
                if found is not None and version_of(found) == version:
                    return found
        return None

    def _current(self, release: Release) -> Iterator[tuple[dict, Path]]:
        for home in (self.home.base, self.home.merging):
            for module in release.modules:
                path = home / f"{module}.ipynb"
                if (found := _stored(path, release)) is not None:
                    yield found, path
                    break

    def _kept(self, release: Release) -> Iterator[tuple[dict, Path]]:
        for module in release.modules:
            for path in sorted((self.home.versions / module).glob("*.ipynb")):
                if (found := _stored(path, release)) is not None:
                    yield found, path

    def _place(self, module: str, version: str) -> Path:
        return self.home.versions / module / f"{version}.ipynb"

    # --- writing ------------------------------------------------------------------------------

    def _write(self, path: Path, data: bytes) -> None:
        if not self.dry_run:
            write_atomically(path, data)

    def _remove(self, path: Path) -> None:
        if not self.dry_run:
            path.unlink(missing_ok=True)

    def _thin_out(self, home: Path) -> None:
        if self.dry_run:
            return
        with contextlib.suppress(OSError):
            by_age = sorted(home.glob("*.ipynb"), key=lambda p: p.stat().st_mtime_ns)
            for path in by_age[:-MOST]:
                path.unlink()


def under_new_name(notebook: dict, release: Release) -> dict:
    """A notebook of a module that was renamed upstream, as one of its new name."""
    for old in release.formerly:
        notebook = renamed(notebook, old, release.module)
    return notebook


def _data(path: Path) -> bytes | None:
    try:
        return contents(path)
    except FileNotFoundError:
        return None
    except CantBeRead as error:
        if error.errno in NO_ROOM:
            raise
        return None


def _stored(path: Path, release: Release | None = None) -> dict | None:
    """A version of the path's; `release` where it may be that and needn't be parsed again."""
    data = _data(path)
    if release and data == release.data:
        return release.notebook
    try:
        return read(data) if data is not None else None
    except NotANotebook:
        return None


def _likeness(version: dict, notebook: dict) -> float:
    """The share of a version's cells that a notebook holds word for word."""
    there = {text_of(cell) for cell in notebook["cells"]}
    cells = version["cells"]
    return sum(text_of(cell) in there for cell in cells) / len(cells) if cells else 0.0
