"""The group's shared folder: who is in it, and what of a learner's log lies there.

    group.json             the group's name and its meetings
    members/NAME.jsonl     one file a member, written by that member alone, so that a folder that
                           is synchronised or a Git repository never has two writers for one file

A member's file begins with a line that names the member; the others are events of the log, with
what is private taken out: no predictions, no misconceptions, no ratings, no code (the log holds
none). What remains is which exercise was tried, passed or reset, and when.
"""

from __future__ import annotations

import dataclasses
import json
import os
import unicodedata
from pathlib import Path
from typing import Any

from pathkit import progress_log
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.files import write_atomically
from pathkit.learner import settings
from pathkit.learner.folder import Folder

FORMAT = 1
LONGEST_NAME = 40
# What of each kind of event the others may see.
SHARED = {
    "check": ("exercise", "status"),
    "reset": ("exercise",),
    "skip": ("known",),
    "done": ("undo",),
    "ready": (),
}
RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{i}" for p in ("com", "lpt") for i in range(1, 10))}


@dataclasses.dataclass(frozen=True)
class Group:
    """A group by its shared folder."""

    root: Path

    @property
    def file(self) -> Path:
        """The group's name and meetings."""
        return self.root / "group.json"

    @property
    def members(self) -> Path:
        """The folder of members' logs."""
        return self.root / "members"

    @property
    def calendar(self) -> Path:
        """The meetings, for calendars to import or subscribe to."""
        return self.root / "meetings.ics"

    @property
    def board(self) -> Path:
        """The page that shows who is where."""
        return self.root / "board.html"


@dataclasses.dataclass(frozen=True)
class Member:
    """Somebody's name and what they share, by time."""

    name: str
    events: tuple[progress_log.Event, ...]


def create(root: Path, name: str) -> Group:
    """Make `root` a group's shared folder. Raises EnvironmentProblem where one is already."""
    group = Group(root)
    if group.file.exists():
        raise EnvironmentProblem(
            f"{root} already is the group {load(group)['name']!r}; "
            f"join it: pathkit group join {root} --as NAME"
        )
    # Git doesn't keep empty folders, and the others must find this one.
    write_atomically(group.members / ".gitkeep", "")
    # Last: with it the folder is a group's.
    save(group, {"format": FORMAT, "id": os.urandom(8).hex(), "name": name, "meetings": []})
    return group


def load(group: Group) -> dict[str, Any]:
    """The contents of group.json. Raises EnvironmentProblem when it is missing or damaged."""
    try:
        data = json.loads(group.file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise EnvironmentProblem(
            f"{group.root} is no group's folder; `pathkit group init {group.root}` makes it one"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise EnvironmentProblem(
            f"{group.file} can't be read ({error}); ask the group for a good copy"
        ) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or "name" not in data:
        raise EnvironmentProblem(f"{group.file} is of another version; update pathkit")
    return data


def save(group: Group, data: dict[str, Any]) -> None:
    """Write group.json; raises OSError."""
    write_atomically(group.file, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def of(folder: Folder) -> tuple[Group, str]:
    """The group a learner's folder has joined, and the learner's name there.

    Raises NothingMatched when it has joined none.
    """
    found = settings.read(folder).get("group")
    if not isinstance(found, dict) or not {"root", "name"} <= found.keys():
        raise NothingMatched(
            "you are in no group; join one: pathkit group join FOLDER --as NAME"
        )
    return Group(Path(found["root"])), found["name"]


def join(folder: Folder, group: Group, name: str, again: bool = False) -> None:
    """Join under a name and share what is done so far.

    again: the name is one's own already, from another machine. Raises EnvironmentProblem when
    the name can't be used.
    """
    load(group)
    name = unicodedata.normalize("NFC", name.strip())
    if wrong := _wrong_with(name):
        raise EnvironmentProblem(f"{name!r} can't be your name there: {wrong}; choose another")
    taken = {member.name.casefold(): member.name for member in members(group)}
    mine = settings.read(folder).get("group", {}).get("name") == name
    if name.casefold() in taken and not (again or mine):
        raise EnvironmentProblem(
            f"somebody is called {taken[name.casefold()]!r} there; choose another name, or say "
            "--again if it's you, from another machine"
        )
    settings.change(folder, group={"root": str(group.root), "name": name})
    share(folder)


def leave(folder: Folder) -> Path:
    """Take one's own file out of the group and forget the group; returns the file's path."""
    group, name = of(folder)
    file = _file(group, name)
    file.unlink(missing_ok=True)
    settings.change(folder, group=None)
    return file


def share(folder: Folder) -> bool:
    """Bring one's own file in the group up to date; returns whether anything was new.

    What another machine of the same learner wrote there is kept. Raises OSError.
    """
    group, name = of(folder)
    load(group)
    file = _file(group, name)
    there = progress_log.read(file)
    logged = progress_log.read_all(folder.progress)
    mine = [public(event) for event in logged if event["kind"] in SHARED]
    both = progress_log.in_order([*there, *mine])
    if file.exists() and both == there:
        return False
    lines = [{"v": progress_log.VERSION, "member": name}, *both]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    # Whatever a line holds, half of a character included, the others' lines are written.
    write_atomically(file, text.encode(errors="backslashreplace"))
    return True


def public(event: progress_log.Event) -> progress_log.Event:
    """What of an event the others may see."""
    keys = ("v", "id", "at", "kind", "module", *SHARED[event["kind"]])
    shared = {key: event[key] for key in keys if key in event}
    if "status" in shared and shared["status"] not in ("passed", "not attempted"):
        shared["status"] = "tried"
    return shared


def members(group: Group) -> list[Member]:
    """Everybody in the group by name; copies of one member's file count as one."""
    events: dict[str, list[progress_log.Event]] = {}
    for file in sorted(group.members.glob("*.jsonl")):
        if (name := _name_in(file)) is not None:
            events.setdefault(name, []).extend(progress_log.read(file))
    return [
        Member(name, tuple(progress_log.in_order(found)))
        for name, found in sorted(events.items(), key=lambda item: item[0].casefold())
    ]


def _name_in(file: Path) -> str | None:
    """The member that a file's first line names; a file without one goes by its own name."""
    try:
        with file.open(encoding="utf-8") as lines:
            name = json.loads(lines.readline())["member"]
    except (KeyError, TypeError, ValueError, RecursionError):
        name = file.stem
    except OSError:
        return None
    return name if isinstance(name, str) and not _wrong_with(name) else None


def _file(group: Group, name: str) -> Path:
    return group.members / f"{name}.jsonl"


def _wrong_with(name: str) -> str:
    if not name:
        return "it is empty"
    if len(name) > LONGEST_NAME:
        return f"it has more than {LONGEST_NAME} characters"
    if any(c in '/\\:*?"<>|' or not c.isprintable() for c in name):
        return "it holds a character that file names can't"
    if name[0] in ".- " or name[-1] in ". " or name.casefold() in RESERVED:
        return "file names can't be like that everywhere"
    return ""
