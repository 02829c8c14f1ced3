"""What stands between learner code and each machine that runs it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from pathkit.classroom import sandboxes
from pathkit.classroom.grading.executors import Crew
from pathkit.classroom.whole_notebooks import everybody
from pathkit.errors import EnvironmentProblem


@dataclasses.dataclass(frozen=True)
class Protection:
    """A machine's sandbox: its name, what it was seen to prevent, and what it doesn't."""

    name: str
    prevents: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()


# By the address of each of Dask's workers, or "" for this machine.
Places = Mapping[str, Protection]


def ask(crew: Crew, wished: str, full: bool) -> Places:
    """The sandbox of every machine that will run learner code.

    wished: the only one to use, by its name; full: whether it must run kernels. Raises
    EnvironmentProblem with one line where a machine has none.
    """
    found = crew.everywhere(here, wished, full)
    for address, place in sorted(found.items()):
        if isinstance(place, str):
            raise EnvironmentProblem(f"{address}: {place}" if address else place)
    return found


def here(wished: str, full: bool) -> Protection | str:
    """This machine's sandbox, or one line that says why there is none."""
    try:
        found = sandboxes.best(wished)
        if full:
            everybody.refuse_without_sandbox(found.name)
        return Protection(found.name, found.protects, found.allows)
    except (sandboxes.NoSandbox, EnvironmentProblem) as error:
        return str(error)


def name(places: Places, wished: str) -> str:
    """The sandbox that all have; where they differ, each takes the first of its own."""
    names = {place.name for place in places.values()}
    return names.pop() if len(names) == 1 else wished


def describe(places: Places) -> list[str]:
    """What protection is active, a line for each kind of it."""
    addresses: dict[str, list[str]] = {}
    for address, place in sorted(places.items()):
        addresses.setdefault(_line(place), []).append(address)
    return [
        f"{line} (on {', '.join(ones)})" if all(ones) else line for line, ones in addresses.items()
    ]


def _line(place: Protection) -> str:
    if place.name == sandboxes.UNSAFE:
        return ("UNSAFE: learner code runs without a sandbox, with all your rights on this machine "
                "and next to the answers; grades can be forged")
    lacks = f"; not prevented: {', '.join(place.allows)}" if place.allows else ""
    return f"sandbox: {place.name}; seen to prevent: {', '.join(place.prevents)}{lacks}"


def to_plain(places: Places) -> dict[str, Any]:
    """The same as is kept with the grades: of several machines what holds on all of them."""
    [*each] = (_plain(place) for place in places.values())
    whole = {
        "name": ", ".join(sorted({one["name"] for one in each})),
        "prevents": [what for what in each[0]["prevents"]
                     if all(what in one["prevents"] for one in each)],
        "allows": list(dict.fromkeys(what for one in each for what in one["allows"])),
        "unsafe": any(one["unsafe"] for one in each),
    }
    if "" in places:
        return whole
    return whole | {"workers": {address: _plain(place) for address, place in places.items()}}


def _plain(place: Protection) -> dict[str, Any]:
    return {"name": place.name, "prevents": list(place.prevents), "allows": list(place.allows),
            "unsafe": place.name == sandboxes.UNSAFE}
