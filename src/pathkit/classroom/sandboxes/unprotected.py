"""No sandbox at all, for code that one trusts."""

from __future__ import annotations

import sys

from pathkit.classroom.sandboxes.contents import ENVIRONMENT, PACKAGE
from pathkit.classroom.sandboxes.sandbox import Sandbox

UNSAFE = "none (UNSAFE)"


def unprotected() -> Sandbox:
    """Learner code runs as we do, with nothing but a clean environment."""
    settings = ENVIRONMENT | {"PYTHONPATH": str(PACKAGE.parent)}
    given = (f"{name}={value}" for name, value in settings.items())
    return Sandbox(UNSAFE, ("env", *given, sys.executable, "-m"))
