"""Confines its own process with Linux' landlock and seccomp, then runs a module of the project.

    python confine.py SETTINGS MODULE ARGUMENTS…

SETTINGS is the JSON that `sandboxes/landlock.py` makes. Run as a file by itself: of the project
there is only what the settings name, read into memory before files are out of reach. The package
`landlock` isn't used: its newest release, 1.0.0.dev5, knows neither network nor signals.
"""

from __future__ import annotations

import base64
import ctypes
import importlib.abc
import importlib.util
import json
import os
import runpy
import struct
import sys
import tempfile
from pathlib import Path
from typing import Any

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION, PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
# What can be forbidden by the version of landlock: 13 rights to files at first, then more.
FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}
CONNECT_AND_BIND, ABSTRACT_SOCKETS_AND_SIGNALS = 3, 3
PR_SET_KEEPCAPS, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 8, 24, 38
CAPABILITIES, CAP_DAC_READ_SEARCH = 64, 2
LIBRARY = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Do as the command line says."""
    settings, module, arguments = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3:]
    os.closerange(3, 2**16)
    project = Project(Path(settings["package"]), settings["allowed"])
    sys.meta_path.insert(0, project)
    from pathkit.classroom.inside_sandbox.tighten import load

    os.chdir("/")
    rules = _rules(settings)
    if settings["uid"] is not None:
        _become(settings["uid"], settings["reads_all"])
    _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _system(RESTRICT_SELF, rules, 0)
    os.close(rules)
    load(base64.b64decode(settings["filter"]))
    # Libraries ask for its name when they are imported; it can't be found out by writing to it.
    tempfile.tempdir = os.environ["TMPDIR"]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


class Project(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """The allowed part of the project, in memory; of the rest nothing is found."""

    def __init__(self, package: Path, allowed: list[str]):
        self.texts: dict[str, str] = {}
        self.packages: set[str] = set()
        for part in allowed:
            for file in sorted((package / part).rglob("*.py")) or [package / part]:
                names = [package.name, *file.relative_to(package).with_suffix("").parts]
                if names[-1] == "__init__":
                    names.pop()
                    self.packages.add(".".join(names))
                self.texts[".".join(names)] = file.read_text(encoding="utf-8")
        self.name = package.name

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> Any:
        """Where a module comes from; nobody else is asked for ours."""
        if fullname in self.texts:
            return importlib.util.spec_from_loader(fullname, self)
        if fullname.partition(".")[0] == self.name:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None

    def get_source(self, fullname: str) -> str:
        """The text of a module."""
        return self.texts[fullname]

    def is_package(self, fullname: str) -> bool:
        """Whether modules lie below it."""
        return fullname in self.packages


def _rules(settings: dict[str, Any]) -> int:
    """Landlock's list of what may be used, as an open file; all else is forbidden."""
    version = _system(CREATE_RULESET, None, 0, VERSION)
    rights = max(count for since, count in FILE_RIGHTS.items() if since <= version)
    handled = struct.pack("=Q", 2**rights - 1)
    if version >= 4:
        handled += struct.pack("=Q", CONNECT_AND_BIND)
    if version >= 6:
        handled += struct.pack("=Q", ABSTRACT_SOCKETS_AND_SIGNALS)
    rules = _system(CREATE_RULESET, handled, len(handled), 0)
    for paths, wanted in (
        (settings["read"], EXECUTE | READ_FILE | READ_DIR),
        (settings["list"], READ_DIR),
        (settings["write"], READ_FILE | WRITE_FILE),
    ):
        for path in paths:
            file = os.open(path, os.O_PATH | os.O_CLOEXEC)
            given = wanted if os.path.isdir(path) else wanted & ~READ_DIR
            _system(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", given, file), 0)
            os.close(file)
    return rules


def _become(uid: int, reads_all: bool) -> None:
    """From root to another user. reads_all: files are landlock's business alone, and not theirs.

    That is for a Python that lies where only root may go.
    """
    _call("prctl", PR_SET_KEEPCAPS, int(reads_all), 0, 0, 0)
    for capability in range(CAPABILITIES):
        LIBRARY.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # fails for those there aren't
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    kept = 1 << CAP_DAC_READ_SEARCH if reads_all else 0
    _call("capset", struct.pack("=Ii", 0x20080522, 0), struct.pack("=6I", kept, kept, 0, 0, 0, 0))


def _system(*arguments: Any) -> int:
    return _call("syscall", *arguments)


def _call(name: str, *arguments: Any) -> int:
    result = getattr(LIBRARY, name)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name} {arguments[0]}: {os.strerror(number)}")
    return result


if __name__ == "__main__":
    main()
