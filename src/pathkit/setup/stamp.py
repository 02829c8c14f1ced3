"""What a set-up notes in the environment, and whether that is still what is wanted."""

import json
import os
import platform
import sys
from pathlib import Path

from . import project_folder
from .environment_folder import has_former, home_of, python_of, script_of
from .failures import Problem

STAMP, LOG = ".pathkit-setup", "pathkit-setup.log"


def wanted_for(venv: Path, test: bool) -> dict:
    """What a set-up of this project by this Python would note, `done` aside."""
    return {
        "files": project_folder.fingerprint(),
        "python": "{}.{}".format(*sys.version_info[:2]),
        "machine": platform.system() + " " + platform.machine(),
        "root": str(project_folder.ROOT),
        "venv": str(venv),
        "test": test,
    }


def read_stamp(venv: Path) -> dict:
    """What the last set-up noted; {} without one."""
    try:
        made = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return made if isinstance(made, dict) and "venv" in made else {}


def write_stamp(venv: Path, made: dict) -> None:
    """Note what was made; a reader sees the former note or this one, never a part."""
    part = venv / (STAMP + ".part")
    part.write_text(json.dumps(made, indent=1), encoding="utf-8")
    os.replace(part, venv / STAMP)


def fits(made: dict, wanted: dict) -> bool:
    """Whether the set-up that was made has all that is wanted: with the tests is more."""
    if not made.get("done") or any(made.get(k) != wanted[k] for k in wanted if k != "test"):
        return False
    if wanted["test"] and not made.get("test"):
        return False
    venv = Path(wanted["venv"])
    there = python_of(venv).exists() and home_of(venv).exists() and script_of(venv).exists()
    return there and not has_former(venv)


def condition(venv: Path) -> str:
    """How the set-up of an environment stands: done, outdated, cut short, or "" without one."""
    made = read_stamp(venv)
    if not made:
        return ""
    if not made.get("done"):
        return "cut short"
    try:
        return "done" if fits(made, wanted_for(venv, False)) else "outdated"
    except (Problem, OSError):
        return "outdated"
