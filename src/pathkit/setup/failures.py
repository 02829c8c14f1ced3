"""What keeps a set-up from going on, in one line: of pip's forty, or of the system's error."""

import errno
import platform
import re

from .supported import NEWEST, OLDEST, TORCH

FULL = "the disk is full. Free about 3 GB (9 GB where torch brings CUDA along), then run this again"
FORBIDDEN = "a file or folder can't be written: is the disk or the project's folder read-only?"


class Problem(Exception):
    """What keeps the set-up from going on, in one line."""


def reason_in(text: str) -> str:
    """The one line that forty of pip's come to; "" if they say something else."""
    def said(*patterns: str) -> bool:
        return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)

    if said("No space left on device", "Disk quota exceeded", r"Errno 28\b", "not enough space"):
        return FULL
    if said("Read-only file system", "Permission denied", r"Errno 13\b", r"Errno 30\b"):
        return FORBIDDEN
    if said("ResolutionImpossible", "conflicting dependencies"):
        return "the versions in constraints.txt and pyproject.toml contradict each other"
    if said("CERTIFICATE_VERIFY_FAILED"):
        return "the package index's certificate isn't trusted here: PIP_CERT names your own"
    if said("NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "ReadTimeoutError",
            "Max retries exceeded", "Connection refused", "Network is unreachable", "ProxyError",
            "name resolution", "Connection reset"):
        return "the package index can't be reached: is there network? Then run this again"
    missing = re.search(r"No matching distribution found for (\S+)", text)
    if missing and missing[1].startswith("torch"):
        return (f"there is no {TORCH} for Python {platform.python_version()} on "
                f"{platform.system()} {platform.machine()}: it needs Python "
                f"3.{OLDEST[1]} to 3.{NEWEST[1]} and Linux (glibc 2.28), Windows, or macOS 14 on "
                "Apple's own chips")
    if missing:
        return f"there is no {missing[1]} for Python {platform.python_version()} on this machine"
    return ""


def last_line(text: str) -> str:
    """The line that most likely says why: the last error, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(ERROR|error|\w*Error)\b", line)]
    return (errors or lines or ["no reason was given"])[-1]


def of_system(error: OSError) -> str:
    """What the operating system refused, in one line."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or 'a file'} can't be written: " \
               "is the disk or the project's folder read-only?"
    return str(error)
