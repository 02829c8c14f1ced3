"""How late a submission is, and what that costs."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from pathkit.classroom.assignment import LatePolicy


def days_late(handed_in: datetime, marked: bool | None, due: datetime | None) -> int:
    """Days begun after the deadline; one where the LMS says late and the file's time doesn't.

    marked: whether the LMS calls it late: then a file's time, which may be that of a download,
    can't say otherwise. handed_in without a time zone is read as local time.
    """
    if due is None or marked is False:
        return 0
    over = handed_in.astimezone(due.tzinfo) - due
    days = math.ceil(over / timedelta(days=1)) if over > timedelta(0) else 0
    return max(days, int(marked or 0))


def share_lost(days: int, policy: LatePolicy) -> float:
    """The share of a module's points that so many days cost."""
    if policy.days is not None and days > policy.days:
        return 1.0
    return min(1.0, days * policy.per_day)
