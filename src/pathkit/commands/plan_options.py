"""What the options of `pathkit plan` take: hours, dates, weekdays, a time of day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import click

from pathkit.nearest_name import did_you_mean

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _weekday(text: str) -> int | None:
    """0 for Monday; None when it is no weekday. Three letters are enough."""
    word = text.strip().casefold()
    return next((i for i, d in enumerate(DAYS) if len(word) > 1 and d.startswith(word)), None)


class Hours(click.FloatRange):
    """Hours a week; nan, which is in any range, is none."""

    def convert(self, value: Any, param: Any, context: Any) -> float:
        """The number; fails with one line."""
        found = super().convert(value, param, context)
        if found != found:
            self.fail("nan is no number of hours", param, context)
        return found


class Day(click.ParamType):
    """A date: ISO, today, tomorrow, or a weekday, which means the next one or today."""

    name = "date"

    def convert(self, value: Any, param: Any, context: Any) -> date:
        """The date; fails with one line that says how to write it."""
        if isinstance(value, date):
            return value
        today = date.today()
        word = value.strip().casefold()
        if word in ("today", "tomorrow"):
            return today + timedelta(days=word == "tomorrow")
        if (weekday := _weekday(word)) is not None:
            return today + timedelta(days=(weekday - today.weekday()) % 7)
        try:
            found = date.fromisoformat(word)
        except ValueError:
            meant = did_you_mean(word, ("today", "tomorrow", *DAYS))
            self.fail(f"{value!r} is no date; write one as {today}, today, or monday{meant}")
        if abs(found.year - today.year) > 50:
            self.fail(f"{value!r} is too far from today, {today}")
        return found


class Days(click.ParamType):
    """Weekdays with commas between them."""

    name = "days"

    def convert(self, value: Any, param: Any, context: Any) -> tuple[int, ...]:
        """Their numbers, Monday is 0; fails with one line that says how to write them."""
        if isinstance(value, tuple):
            return value
        found = set()
        for word in value.split(","):
            weekday = _weekday(word)
            if weekday is None:
                meant = did_you_mean(word, DAYS, "; write them as mon,wed,sat")
                self.fail(f"{word!r} is no weekday{meant}")
            found.add(weekday)
        return tuple(sorted(found))


class Clock(click.ParamType):
    """A time of day such as 19:00."""

    name = "time"

    def convert(self, value: Any, param: Any, context: Any) -> time:
        """The time; fails with one line that says how to write it."""
        if isinstance(value, time):
            return value
        try:
            return datetime.strptime(value.strip(), "%H:%M").time()
        except ValueError:
            self.fail(f"{value!r} is no time of day; write it as 19:00")
