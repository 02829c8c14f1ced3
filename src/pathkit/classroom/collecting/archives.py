"""Files as students hand them in: folders, zips, zips in zips. Read into memory, never unpacked.

Nothing is written, so a path that leads out of its archive leads nowhere. What is too large, a
link, encrypted or damaged is left out and named.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import os
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from pathkit.classroom.collecting import beside

MOST_BYTES = 2**26  # of one file
DEEPEST = 4
LONGEST = 255  # characters of a name: no disk has longer ones, and looking at them takes time
UTF_8 = 0x800  # the flag of a name in UTF-8
# For names without the flag: UTF-8 on macOS, else the code page of a Windows or of a tool on it.
ENCODINGS = ("cp437", "cp1252", "cp850")


@dataclasses.dataclass(frozen=True)
class Found:
    """A file. path: from the top, through archives; time: local, when it was last changed.

    In a student's archive that is the archive's own: whatever stands in it, they wrote.

    data: what it holds; empty where that wasn't asked for.
    """

    path: PurePosixPath
    data: bytes
    time: datetime


@dataclasses.dataclass(frozen=True)
class LeftOut:
    """A file that wasn't read, and why."""

    path: PurePosixPath
    why: str


@dataclasses.dataclass(frozen=True)
class Beside:
    """Something that a system put beside somebody's files. path: where it would lie among them."""

    path: PurePosixPath


@dataclasses.dataclass
class Budget:
    """What may still be read from one archive and all archives in it.

    Shared by nested archives: small ones in small ones can hold more than any disk.
    """

    files: int = 50_000
    bytes: int = 2**29


Wanted = Callable[[PurePosixPath], bool]
Seen = Found | LeftOut | Beside


def walk(start: Path, wanted: Wanted = lambda path: True) -> Iterator[Seen]:
    """Every file below a folder or in an archive, archives opened, in the order of their names.

    wanted: the files whose content is read. Raises OSError when `start` can't be read.
    """
    if start.is_dir():
        yield from _folder(start, start, wanted)
        return
    with open(start, "rb") as file:
        if _is_zip(start.name) or file.peek(4)[:4] == b"PK\x03\x04":
            # The instructor's own: as large as the course; what students put into it isn't.
            yield from _archive(PurePosixPath(), file, 1, Budget(10**6, 2**50), wanted)
            return
    yield Found(PurePosixPath(start.name), start.read_bytes(), _changed(start.stat()))


def _folder(top: Path, folder: Path, wanted: Wanted) -> Iterator[Seen]:
    for entry in sorted(os.scandir(folder), key=lambda e: e.name):
        path = PurePosixPath(Path(entry.path).relative_to(top).as_posix())
        if beside.is_unseen(entry.name):
            continue
        if beside.place(path) and not entry.is_dir():
            yield Beside(beside.place(path))
        elif entry.is_symlink():
            yield LeftOut(path, "a link; links are not followed")
        elif entry.is_dir():
            yield from _folder(top, Path(entry.path), wanted)
        elif entry.is_file():
            yield from _file(path, entry, wanted)
        else:
            yield LeftOut(path, "not a file")


def _file(path: PurePosixPath, entry: os.DirEntry, wanted: Wanted) -> Iterator[Seen]:
    about = entry.stat(follow_symlinks=False)
    try:
        if _is_zip(entry.name):
            with open(entry.path, "rb") as file:
                yield from _archive(path, file, 1, Budget(), wanted, _changed(about))
        elif not wanted(path):
            yield Found(path, b"", _changed(about))
        elif about.st_size > MOST_BYTES:
            yield LeftOut(path, f"larger than {MOST_BYTES >> 20} MB")
        else:
            yield Found(path, Path(entry.path).read_bytes(), _changed(about))
    except OSError as error:
        yield LeftOut(path, f"can't be read ({error.strerror})")


def _changed(about: os.stat_result) -> datetime:
    return datetime.fromtimestamp(int(about.st_mtime))


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _archive(
    at: PurePosixPath, file: IO[bytes], depth: int, budget: Budget, wanted: Wanted,
    time: datetime | None = None,
) -> Iterator[Seen]:
    if depth > DEEPEST:
        yield LeftOut(at, f"archives nested more than {DEEPEST} deep")
        return
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except Exception as error:  # what a crafted archive may raise is no fixed list
        yield LeftOut(at, f"not a readable zip ({error})")
        return
    budget.files -= len(members)
    if budget.files < 0:
        yield LeftOut(at, "too many files")
        return
    if not members and at != PurePosixPath():
        yield LeftOut(at, "an empty zip")
    for member in sorted(members, key=lambda m: m.filename):
        path = at / _inside(_name(member))
        if max(map(len, path.parts), default=0) > LONGEST:
            yield LeftOut(at, f"a file in it has a name of more than {LONGEST} characters")
            continue
        if member.is_dir() or any(map(beside.is_unseen, path.parts)):
            continue
        if (place := beside.place(path)) is not None:
            yield Beside(place)
            continue
        if stat.S_ISLNK(member.external_attr >> 16):
            yield LeftOut(path, "a link; links are not followed")
            continue
        if not _is_zip(path.name) and not wanted(path):
            yield Found(path, b"", time or _time(member))
            continue
        content, why = _member(archive, member, budget)
        if content is None:
            yield LeftOut(path, why)
        elif _is_zip(path.name):
            # In the instructor's own, each archive of a student's has a budget of its own.
            inner = Budget() if at == PurePosixPath() else budget
            outer = time or _time(member)
            yield from _archive(path, io.BytesIO(content), depth + 1, inner, wanted, outer)
        else:
            yield Found(path, content, time or _time(member))


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name, composed; where its encoding isn't told, the likeliest reading."""
    name = member.filename
    if not member.flag_bits & UTF_8 and not name.isascii():
        with contextlib.suppress(UnicodeEncodeError):  # then another field told it
            name = _likeliest(name.encode("cp437"))
    return unicodedata.normalize("NFC", name)


def _likeliest(name: bytes) -> str:
    with contextlib.suppress(UnicodeDecodeError):
        return name.decode()
    for encoding in ENCODINGS:
        with contextlib.suppress(UnicodeDecodeError):
            if _is_of_people(text := name.decode(encoding)):
                return text
    return name.decode("cp437")


def _is_of_people(text: str) -> bool:
    """Whether all that isn't ASCII are letters of Latin, none a capital within a word."""
    return all(
        unicodedata.name(letter, "").startswith("LATIN")
        and not (letter.isupper() and before.islower())
        for before, letter in zip(" " + text, text, strict=False) if not letter.isascii()
    )


def _inside(name: str) -> PurePosixPath:
    """A member's path without what would lead out of the archive."""
    parts = name.replace("\\", "/").split("/")
    return PurePosixPath(*(p.replace("\0", "") for p in parts if p not in ("", ".", "..")))


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget
) -> tuple[bytes | None, str]:
    """A member's content, or None and why not. What it says of its size is not believed."""
    if member.flag_bits & 1:
        return None, "encrypted; ask for it without a password"
    most = min(MOST_BYTES, budget.bytes)
    try:
        with archive.open(member) as file:
            content = file.read(most + 1)
    except Exception as error:  # zlib's own error, and what else a crafted member may raise
        return None, f"damaged ({type(error).__name__})"
    budget.bytes -= min(len(content), most)
    if len(content) > most:
        return None, "too large unpacked"
    return content, ""


def _time(member: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*member.date_time)
    except ValueError:
        return datetime(1980, 1, 1)
