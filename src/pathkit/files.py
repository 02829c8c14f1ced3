"""Write files so that a crash leaves the old one or the new one, never half of either."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from pathlib import Path

# What a killed run leaves behind: the name of the file that was being written, and four bytes.
TEMPORARY = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}")


class ChangedMeanwhile(Exception):
    """Somebody else wrote the file between our reading and our writing."""


def write_atomically(
    path: Path, content: str | bytes, expected: bytes | None = None, lasting: bool = True
) -> None:
    """Replace `path` by `content` (text as UTF-8 with \\n line ends) in one step.

    Where `path` is a link, what it leads to is replaced. expected: what the file must still hold.
    lasting: whether to wait until it outlasts a power cut; what the next run makes anew need not.
    Raises OSError when the folder can't be written, and ChangedMeanwhile.
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
                os.fsync(file.fileno())
        if path.exists():
            os.chmod(temporary, path.stat().st_mode & 0o777)
        if expected is not None and (not path.exists() or path.read_bytes() != expected):
            raise ChangedMeanwhile(str(path))
        os.replace(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)  # the temporary one tells nobody anything
        raise
    if lasting:
        sync_folder(path.parent)


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
