"""What this machine has."""

from __future__ import annotations

import os

MOST = 8


def cores() -> int:
    """How many processes may run side by side: the cores given to us, 8 at most."""
    given = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(given or 1, MOST)
