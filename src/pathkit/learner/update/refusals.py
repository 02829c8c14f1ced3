"""Files that the system refuses: each is left and named, and the others go on."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from pathkit.files import NO_ROOM, CantBeRead
from pathkit.learner.update.report import Outcome


class Refusals:
    """What the system refused during an update."""

    def __init__(self) -> None:
        self.errors: list[OSError] = []

    def unless_refused(self, name: str, act: Callable[[], Outcome]) -> Outcome:
        """What `act` does to a notebook; one that the system refuses is left, and named."""
        try:
            return act()
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            self.errors.append(error)
            return Outcome(name, "left", why=f"{_why(error)}; start again when that is mended")


def _why(error: OSError) -> str:
    if isinstance(error, CantBeRead):
        return error.why
    if isinstance(error, FileExistsError):
        return str(error.strerror)
    where = Path(error.filename).name if isinstance(error.filename, str) else "it"
    held = ", perhaps since another program holds it" if error.errno in (
        errno.EACCES, errno.EPERM, errno.EBUSY) else ""
    return f"{where} can't be written ({error.strerror}){held}"
