"""Errors that end a command with one line and an exit code."""

from __future__ import annotations

from collections.abc import Sequence

from pathkit.one_line import OneLine


class EnvironmentProblem(OneLine):
    """No kernel, a missing package, no network where it is needed: exit code 4."""


class NothingMatched(OneLine):
    """What was asked for doesn't exist: exit code 5."""


def chosen(names: Sequence[str], known: Sequence[str]) -> list[str]:
    """`names` in the order of `known`, all of `known` when there are none.

    Raises NothingMatched with the nearest known name.
    """
    for wanted in names:
        if wanted not in known:
            from pathkit.nearest_name import did_you_mean

            hint = did_you_mean(wanted, known, f"; there are: {', '.join(known)}")
            raise NothingMatched(f"there is no module {wanted!r}{hint}")
    return [name for name in known if name in names] if names else list(known)
