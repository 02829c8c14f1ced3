"""Write files so that a crash leaves the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# What a killed run leaves behind: the name of the file that was being written, and four bytes.
TEMPORARY = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}")
# An earlier version, out of the way for a moment where nothing can be renamed over a file.
ASIDE = re.compile(r"\.(?P<name>.+)\.before")

PATIENCE = 1.0
"""Seconds for which a virus scanner, say, may hold a file."""
HELD = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}
UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
NOT_OVER_A_FILE = {*UNSUPPORTED, errno.EEXIST, errno.EPERM, errno.EACCES}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_ROOM = {*FULL, errno.EROFS}
"""Errors that the next file would meet as well: a full disk, one that is read-only."""
FAR = {errno.EIO, errno.ETIMEDOUT, errno.EDEADLK, errno.ECANCELED, errno.ESTALE, errno.ENOTCONN}
CLOUD = range(358, 405)  # Windows' ERROR_CLOUD_FILE_…


class ChangedMeanwhile(Exception):
    """Somebody else wrote the file between our reading and our writing."""


class CantBeRead(OSError):
    """A file that is there and can't be read; `why` says it in plain words."""

    def __init__(self, path: Path, number: int, why: str):
        super().__init__(number, why, str(path))
        self.why = why


def contents(path: Path) -> bytes:
    """What a file holds; a program that holds the file is given a moment.

    Raises FileNotFoundError where there is nothing, and CantBeRead for a link that leads nowhere,
    a folder, a pipe, and whatever the system refuses.
    """
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise CantBeRead(path, errno.EISDIR, "it is a folder")
        if not stat.S_ISREG(mode):  # to open a pipe would be to wait for ever
            raise CantBeRead(path, errno.EINVAL, "it is no ordinary file")
        return patiently(path.read_bytes)
    except CantBeRead:
        raise
    except FileNotFoundError as error:
        if not path.is_symlink():
            raise
        why = f"it is a link to {os.readlink(path)}, which isn't there"
        raise CantBeRead(path, errno.ENOENT, why) from error
    except OSError as error:
        why = f"it can't be read: {error.strerror}"
        if error.errno in FAR or getattr(error, "winerror", None) in CLOUD:
            why += ". If it is only online (OneDrive, iCloud, Dropbox), keep it on this machine"
        raise CantBeRead(path, error.errno or errno.EIO, why) from error


def patiently(act: Callable[..., Any], *arguments: object) -> Any:
    """Call `act`, and again for a moment where another program holds the file; returns its result.

    Raises the OSError that remains.
    """
    end, wait = time.monotonic() + PATIENCE, 0.02
    while True:
        try:
            return act(*arguments)
        except OSError as error:
            if error.errno not in HELD or time.monotonic() + wait > end:
                raise
        time.sleep(wait)
        wait *= 2


def write_atomically(
    path: Path, content: str | bytes, expected: bytes | None = None, lasting: bool = True
) -> None:
    """Replace `path` by `content` (text as UTF-8 with \\n line ends) in one step.

    Where `path` is a link, what it leads to is replaced. expected: what the file must still hold.
    lasting: whether to wait until it outlasts a power cut; what the next run makes anew need not.
    What a file system doesn't know (permissions, waiting for the disk) is left out. Raises OSError
    when the folder can't be written, and ChangedMeanwhile.
    """
    if path.is_symlink():
        path = path.resolve()
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        # Opened the ordinary way, so that a new file gets the permissions that the umask leaves.
        with open(temporary, "xb") as file:
            file.write(data)
            if lasting:
                file.flush()
                _sync(file.fileno())
        if path.exists():
            with contextlib.suppress(OSError):
                os.chmod(temporary, path.stat().st_mode & 0o777)
        if expected is not None and (not path.exists() or path.read_bytes() != expected):
            raise ChangedMeanwhile(str(path))
        _put(temporary, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)  # the temporary one tells nobody anything
        raise
    if lasting:
        sync_folder(path.parent)


def _put(temporary: Path, path: Path) -> None:
    try:
        patiently(os.replace, temporary, path)
        return
    except OSError as error:
        if error.errno not in NOT_OVER_A_FILE or not path.is_file():
            raise
        refused = error
    aside = path.with_name(f".{path.name}.before")
    try:
        os.rename(path, aside)
    except OSError:
        raise refused from None
    try:
        os.rename(temporary, path)
    except OSError:
        os.rename(aside, path)
        raise
    with contextlib.suppress(OSError):
        aside.unlink()


def put_back(aside: Path) -> None:
    """Undo what a run began that was killed while an earlier version lay aside; raises OSError."""
    if found := ASIDE.fullmatch(aside.name):
        path = aside.with_name(found["name"])
        if path.exists():
            aside.unlink()
        else:
            os.rename(aside, path)


def _sync(handle: int) -> None:
    """Wait for the disk, where the file system knows what that is."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {*UNSUPPORTED, errno.EPERM}:
            raise


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` outlast a power cut, where the system can promise that."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
