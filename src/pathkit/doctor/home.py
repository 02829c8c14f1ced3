"""The learner's folder: its map, its notebooks, its log, and what could get in the way."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from pathkit import path_map, progress_log
from pathkit.doctor.finding import Finding, fine, remark, wrong
from pathkit.errors import EnvironmentProblem
from pathkit.files import CantBeRead, contents
from pathkit.learner.folder import Folder
from pathkit.learner.shadows import shadows

CLOUDS = {
    "dropbox": "Dropbox", "onedrive": "OneDrive", "google drive": "Google Drive",
    "googledrive": "Google Drive", "icloud": "iCloud", "mobile documents": "iCloud",
    "nextcloud": "Nextcloud", "owncloud": "ownCloud",
}


def look_at_folder(
    folder: Folder | None, packages: Collection[str], new: Path
) -> Iterator[Finding]:
    """All about the learner's folder; packages: names that no file there may have.

    new: where it would be made if there is none.
    """
    if folder is None:
        yield _can_be_made(new)
        return
    found = [
        *_map(folder), *_writable(folder), *_shadows(folder, packages), *_notebooks(folder),
        *_log(folder), *_lock(folder), *_cloud(folder),
    ]
    yield from found
    if not found:
        yield fine("your folder", f"{folder.root}: notebooks and progress can be read and written")


def _can_be_made(new: Path) -> Finding:
    there = next(place for place in (new, *new.parents) if place.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return remark("your folder", "there is none yet", "pathkit start")
    return wrong("your folder", f"there is none yet, and {new} can't be made",
                 "go where you may write, or name another place: pathkit start FOLDER")


def _map(folder: Folder) -> Iterator[Finding]:
    try:
        path_map.load(folder.path_map)
    except EnvironmentProblem as error:
        yield wrong("map", str(error).partition(";")[0], f"pathkit start {folder.root}")


def _writable(folder: Folder) -> Iterator[Finding]:
    probe = folder.state / f".doctor-{os.getpid()}"
    try:
        probe.write_text("")
        probe.unlink()
        with open(folder.progress, "ab"):
            pass
    except OSError as error:
        yield wrong("your folder", f"{error.filename or folder.root} can't be written: "
                                   f"{error.strerror}", "give yourself the right to write there, "
                    "or name another folder: pathkit start FOLDER")


def _shadows(folder: Folder, packages: Collection[str]) -> Iterator[Finding]:
    """A learner's random.py is what every `import random` of their notebooks gets."""
    for own, name in shadows(folder.root, packages):
        yield wrong("your folder", f"{own} hides the package {name} from your notebooks",
                    f"rename {own}")


def _notebooks(folder: Folder) -> Iterator[Finding]:
    from pathkit.learner.update import backups
    from pathkit.notebook_files import notebook_file

    missing = []
    try:
        modules = path_map.load(folder.path_map).modules
    except EnvironmentProblem:
        return
    for module in modules:
        file = folder.root / module.file
        try:
            notebook_file.read(contents(file))
        except FileNotFoundError:
            missing.append(module.file)
        except CantBeRead as error:
            yield wrong(module.file, error.why)
        except notebook_file.NotANotebook as error:
            mend = backups.mend(folder.root, module.file, error.mend, whole_path=True)
            yield wrong(module.file, f"it is not a notebook: {error}", mend)
    if missing:
        yield remark("notebooks", f"{len(missing)} of {len(modules)} are not in {folder.root}, "
                                  f"such as {missing[0]}", "pathkit start")


def _log(folder: Folder) -> Iterator[Finding]:
    try:
        lines = [line for line in folder.progress.read_bytes().split(b"\n") if line.strip()]
    except OSError:
        return  # told by what can't be written
    read = {line for line in lines if progress_log.readable(line)}
    if broken := len([line for line in lines if line not in read]):
        yield remark("progress", f"{broken} of {len(lines)} lines in {folder.progress.name} can't "
                                 "be read and are passed over; nothing else is lost")


def _lock(folder: Folder) -> Iterator[Finding]:
    if not folder.lock.exists():
        return
    try:
        from filelock import FileLock, Timeout

        from pathkit.learner.update.lock import has_locks
    except ImportError:  # told elsewhere
        return
    try:
        if not has_locks(folder.lock):
            yield remark("lock", f"{folder.root} is on a file system without locks: start one "
                                 "pathkit at a time there")
            return
        with FileLock(folder.lock, timeout=0):
            pass
    except Timeout:
        yield remark("lock", f"another pathkit writes in {folder.root} right now; the lock ends "
                             "with it")
    except OSError as error:
        yield wrong("lock", f"{folder.lock} can't be used: {error.strerror}",
                    f"remove {folder.lock}")


def _cloud(folder: Folder) -> Iterator[Finding]:
    for part in folder.root.parts:
        for name, service in CLOUDS.items():
            if part.lower().startswith(name):
                yield remark("your folder", f"{service} synchronises it: work on one machine at a "
                                            "time, and let it finish before you change over")
                return
