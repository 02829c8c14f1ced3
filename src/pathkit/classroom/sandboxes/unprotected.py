"""No sandbox at all, for code that one trusts."""

from __future__ import annotations

import sys
from pathlib import Path

from pathkit.classroom.sandboxes.contents import ENVIRONMENT, PACKAGE
from pathkit.classroom.sandboxes.sandbox import Sandbox

UNSAFE = "none (UNSAFE)"


def unprotected(project: Path = PACKAGE.parent) -> Sandbox:
    """Learner code runs as we do, with nothing but a clean environment.

    project: the folder that what is there of the project lies in.
    """
    settings = ENVIRONMENT | {"PYTHONPATH": str(project)}
    given = (f"{name}={value}" for name, value in settings.items())
    return Sandbox(UNSAFE, ("env", *given, sys.executable, "-P", "-m"), grouped=False)
