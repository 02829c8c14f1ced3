"""The Python that runs all this, and the project's set-up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pathkit.doctor.finding import Finding, fine, remark, wrong
from pathkit.setup import stamp, supported


def look_at_python() -> Iterator[Finding]:
    """The interpreter, and whether the project's set-up ran to its end."""
    version = ".".join(map(str, sys.version_info[:3]))
    oldest, newest = (f"3.{v[1]}" for v in (supported.OLDEST, supported.NEWEST))
    here = f"{version} ({sys.executable})"
    if sys.version_info < supported.OLDEST:
        yield wrong("Python", f"{here} is too old: {oldest} to {newest} are known to work",
                    "make start PYTHON=python3.12")
    elif sys.version_info[:2] > supported.NEWEST:
        yield remark("Python", f"{here} is newer than {newest}, the last that was tried")
    elif sys.maxsize < 2**32:
        yield wrong("Python", f"{here} is a 32-bit build, and torch has none for it",
                    "install the 64-bit Python from python.org, then make start")
    else:
        yield fine("Python", here)
    state = stamp.condition(Path(sys.prefix))
    if state == "cut short":
        yield wrong("set-up", "it was cut short", "make start")
    elif state == "outdated":
        yield remark("set-up", "the project has changed since it ran", "make start")
