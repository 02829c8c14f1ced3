"""A limit on the memory of all processes of a sandbox together, by Linux' control groups.

Limits of a process hold for that one alone. Who may make groups differs between machines, so each
way is tried: below our own group, in version 2 or 1 of groups, then by systemd.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import itertools
import os
import shlex
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PROCESSES = 128  # threads count, too
PREFIX = "pathkit-"
PATH = "/usr/bin:/bin:/usr/sbin:/sbin"
SMALL = 2**26
SECONDS_TO_EMPTY = 1.0
NUMBERS = itertools.count()


@dataclasses.dataclass(frozen=True)
class Group:
    """A group. command: what a command is put behind to run in it; folders: to remove at the end.

    environment: what `command` needs of ours; it isn't handed on.
    """

    command: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    environment: tuple[str, ...] = ()

    def remove(self) -> None:
        """Take the group away once its processes are gone; the next run does what can't be."""
        until = time.monotonic() + SECONDS_TO_EMPTY
        for folder in self.folders:
            while folder.exists():
                with contextlib.suppress(OSError):
                    folder.rmdir()
                    break
                if time.monotonic() > until:
                    break
                time.sleep(0.01)


def group(memory: int) -> Group:
    """A group whose processes have `memory` bytes together; one without limits where none can be.

    Raises OSError when the way that worked before doesn't any more.
    """
    way = _way()
    return way(memory) if way else Group()


@functools.cache
def _way() -> Callable[[int], Group] | None:
    """The first way of making groups that is seen to work here."""
    for way in (_version_2, _version_1, _systemd):
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            made = way(SMALL)
            try:
                subprocess.run([*made.command, "true"], env=environment(made), check=True,
                               timeout=10, stdin=subprocess.DEVNULL, capture_output=True)
                return way
            finally:
                made.remove()
    return None


def environment(made: Group) -> dict[str, str]:
    """What a command is started with: a path, and what the group's own command needs."""
    return {"PATH": PATH} | {n: os.environ[n] for n in made.environment if n in os.environ}


def _version_2(memory: int) -> Group:
    mounted = _mounted("cgroup2", "")
    above = [mounted / part for part in (_own("")).relative_to("/").parents]
    for parent in above:  # a group of processes can't hold limited groups: those beside it can
        if "memory" in (parent / "cgroup.subtree_control").read_text().split():
            with contextlib.suppress(OSError):
                return _made([parent], {
                    "memory.max": memory, "memory.swap.max": 0, "pids.max": PROCESSES,
                }, needed="memory.max")
    raise OSError("no group that may be divided")


def _version_1(memory: int) -> Group:
    parents = []
    for kind in ("memory", "pids"):
        mounted = _mounted("cgroup", kind)
        own = mounted / _own(kind).relative_to("/")
        parents.append(own if own.is_dir() else mounted)  # in a container, ours may be the top
    return _made(parents, {
        "memory.limit_in_bytes": memory, "memory.memsw.limit_in_bytes": memory,
        "pids.max": PROCESSES,
    }, needed="memory.limit_in_bytes")


def _systemd(memory: int) -> Group:
    limits = (f"MemoryMax={memory}", "MemorySwapMax=0", f"TasksMax={PROCESSES}")
    properties = (word for limit in limits for word in ("-p", limit))
    return Group(
        ("systemd-run", "--user", "--scope", "--quiet", "--collect", *properties, "--",
         "env", "-i", f"PATH={PATH}"),
        environment=("XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS"),
    )


def _made(parents: list[Path], limits: dict[str, int], needed: str) -> Group:
    """A new folder in each of the parents, with the limits that it knows.

    Raises OSError without the one that is needed.
    """
    name = f"{PREFIX}{os.getpid()}-{next(NUMBERS)}"
    folders = tuple(parent / name for parent in parents)
    made = Group(_joining(folders), folders)
    try:
        for folder in folders:
            _tidy(folder.parent)
            folder.mkdir()
            for limit, value in limits.items():
                if limit == needed and folder == folders[0] or (folder / limit).exists():
                    (folder / limit).write_text(str(value))
    except OSError:
        made.remove()
        raise
    return made


def _joining(folders: tuple[Path, ...]) -> tuple[str, ...]:
    steps = [f"echo $$ > {shlex.quote(str(folder / 'cgroup.procs'))}" for folder in folders]
    return "sh", "-c", " && ".join([*steps, 'exec "$@"']), "sh"


def _tidy(parent: Path) -> None:
    """Remove the empty groups of runs that were killed."""
    for folder in parent.glob(f"{PREFIX}*-*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if not Path("/proc", owner).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()


def _mounted(kind: str, option: str) -> Path:
    """Where groups of this kind are mounted, with an option such as "memory"."""
    for place, found, options in _mounts():
        if found == kind and (not option or option in options):
            return place
    raise OSError(f"no {kind} {option}")


def _mounts() -> Iterator[tuple[Path, str, list[str]]]:
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, options = line.split()[:4]
        yield Path(place), kind, options.split(",")


def _own(kind: str) -> Path:
    """The group that we are in; kind: of version 1, or "" for version 2."""
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, kinds, path = line.split(":", 2)
        if kind in kinds.split(","):
            return Path(path)
    raise OSError(f"no group of {kind}")
