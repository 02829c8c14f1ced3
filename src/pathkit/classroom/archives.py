"""Files as students hand them in: folders, zips, zips in zips. Read into memory, never unpacked.

Nothing is written, so a path that leads out of its archive leads nowhere. What is too large, a
link, encrypted or damaged is left out and named.
"""

from __future__ import annotations

import dataclasses
import io
import os
import stat
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

MOST_BYTES = 2**26  # of one file
MOST_IN_ALL = 2**30  # of one archive, unpacked
MOST_FILES = 20_000
DEEPEST = 4
# What systems put beside people's files.
NOISE = {"__MACOSX", ".ipynb_checkpoints", ".git", ".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclasses.dataclass(frozen=True)
class Found:
    """A file. path: from the top, through archives; time: local, when it was last changed."""

    path: PurePosixPath
    data: bytes
    time: datetime


@dataclasses.dataclass(frozen=True)
class LeftOut:
    """A file that wasn't read, and why."""

    path: PurePosixPath
    why: str


def walk(start: Path) -> Iterator[Found | LeftOut]:
    """Every file below a folder or in an archive, archives opened, in the order of their names.

    Raises OSError when `start` can't be read.
    """
    if start.is_dir():
        yield from _folder(start, start)
        return
    data = start.read_bytes()
    time = datetime.fromtimestamp(start.stat().st_mtime)
    if _is_zip(start.name, data):
        yield from _archive(PurePosixPath(), data, 1)
    else:
        yield Found(PurePosixPath(start.name), data, time)


def _folder(top: Path, folder: Path) -> Iterator[Found | LeftOut]:
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        path = PurePosixPath(Path(entry.path).relative_to(top).as_posix())
        if entry.name in NOISE:
            continue
        if entry.is_symlink():
            yield LeftOut(path, "a link; links are not followed")
        elif entry.is_dir():
            yield from _folder(top, Path(entry.path))
        elif entry.is_file():
            yield from _file(path, entry)
        else:
            yield LeftOut(path, "not a file")


def _file(path: PurePosixPath, entry: os.DirEntry) -> Iterator[Found | LeftOut]:
    about = entry.stat(follow_symlinks=False)
    if about.st_size > MOST_BYTES and not entry.name.lower().endswith(".zip"):
        yield LeftOut(path, f"larger than {MOST_BYTES >> 20} MB")
        return
    try:
        data = Path(entry.path).read_bytes()
    except OSError as error:
        yield LeftOut(path, f"can't be read ({error.strerror})")
        return
    if _is_zip(entry.name, data):
        yield from _archive(path, data, 1)
    else:
        yield Found(path, data, datetime.fromtimestamp(about.st_mtime))


def _is_zip(name: str, data: bytes) -> bool:
    return name.lower().endswith(".zip") or data[:4] == b"PK\x03\x04" and "." not in name


def _archive(at: PurePosixPath, data: bytes, depth: int) -> Iterator[Found | LeftOut]:
    if depth > DEEPEST:
        yield LeftOut(at, f"archives nested more than {DEEPEST} deep")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        yield LeftOut(at, f"not a readable zip ({error})")
        return
    if len(members) > MOST_FILES:
        yield LeftOut(at, f"more than {MOST_FILES:,} files")
        return
    left = MOST_IN_ALL
    for member in members:
        path = at / _inside(member.filename)
        if member.is_dir() or NOISE & set(path.parts):
            continue
        content, why = _member(archive, member, left)
        if content is None:
            yield LeftOut(path, why)
            continue
        left -= len(content)
        if _is_zip(path.name, content):
            yield from _archive(path, content, depth + 1)
        else:
            yield Found(path, content, _time(member))


def _inside(name: str) -> PurePosixPath:
    """A member's path without what would lead out of the archive."""
    parts = name.replace("\\", "/").split("/")
    return PurePosixPath(*(p.replace("\0", "") for p in parts if p not in ("", ".", "..")))


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int
) -> tuple[bytes | None, str]:
    """A member's content, or None and why not. What it says of its size is not believed."""
    if stat.S_ISLNK(member.external_attr >> 16):
        return None, "a link; links are not followed"
    if member.flag_bits & 1:
        return None, "encrypted; ask for it without a password"
    most = min(MOST_BYTES, left)
    try:
        with archive.open(member) as file:
            content = file.read(most + 1)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        return None, f"damaged ({error})"
    except Exception as error:  # zlib's own error, and what else a crafted member may raise
        return None, f"damaged ({type(error).__name__})"
    if len(content) > most:
        return None, f"larger than {most >> 20} MB unpacked"
    return content, ""


def _time(member: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*member.date_time)
    except ValueError:
        return datetime(1980, 1, 1)
