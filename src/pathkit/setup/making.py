"""Making the environment, where there is none or the one there doesn't fit."""

import importlib.util
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from . import project_folder
from .command_runner import CommandRunner, environment_for_pip
from .environment_folder import home_of, is_whole, python_of, settings_of, shown, sites_of
from .failures import Problem, last_line, reason_in
from .stamp import STAMP, write_stamp

ROOM = 2_000_000_000
"""Bytes that an environment with the CPU build takes."""


def misfit(venv: Path, made: dict) -> "str | None":
    """Why the environment has to be made anew: None if it hasn't, "" if there is none."""
    if not venv.exists() or venv.is_dir() and not any(venv.iterdir()):
        return ""
    settings = settings_of(venv)
    version = settings.get("version") or settings.get("version_info", "")
    wanted = "{}.{}".format(*sys.version_info[:2])
    if version and version.split(".")[:2] != wanted.split("."):
        return f"it was made by Python {version}, this is {platform.python_version()}"
    if made and (made["venv"] != str(venv) or made.get("root") != str(project_folder.ROOT)):
        return "the folder has been moved"
    if made and made.get("machine", "") != platform.system() + " " + platform.machine():
        return "it was made on another kind of machine"
    if not version or not python_of(venv).exists() or not home_of(venv).exists():
        return "it's incomplete, or the Python that made it is gone"
    if made and not made.get("done"):
        pips = [(site, info) for site in sites_of(venv) for info in site.glob("pip-*.dist-info")]
        if not any(is_whole(site, info) for site, info in pips):
            return "it's incomplete"
    if _quiet([str(python_of(venv)), "-I", "-m", "pip", "--version"]):
        return "it's incomplete"
    return None


def _quiet(command: list) -> int:
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, env=environment_for_pip()).returncode
    except OSError:
        return 1


def make_anew(venv: Path, made: dict, reason: str, wanted: dict, run: CommandRunner) -> None:
    """Make the environment, in place of the one that doesn't fit."""
    if importlib.util.find_spec("ensurepip") is None:
        minor = "python{}.{}".format(*sys.version_info[:2])
        raise Problem(f"{sys.executable} can't make environments: its ensurepip is missing. "
                      f"On Debian and Ubuntu: sudo apt install {minor}-venv")
    if reason:
        _guard(venv, made)
    _check_room(venv)
    venv.mkdir(parents=True, exist_ok=True)
    print(f"making {shown(venv)}" + (f" anew: {reason}" if reason else ""), flush=True)
    for entry in venv.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != STAMP:
            entry.unlink()
    # Noted first, so that one that's cut short is known to be ours.
    write_stamp(venv, dict(wanted, done=False))
    inside = sys.prefix != sys.base_prefix
    python = getattr(sys, "_base_executable", "") if inside else sys.executable
    if not python or not Path(python).exists():
        python = sys.executable
    failed, text = run("making the environment", [python, "-m", "venv", str(venv)])
    if failed:
        why = reason_in(text)
        if "ensurepip" in text and not why:
            why = "Python's venv doesn't work here. On Debian and Ubuntu: " \
                  "sudo apt install python3-venv"
        raise Problem("the environment could not be made: " + (why or last_line(text)))


def _guard(venv: Path, made: dict) -> None:
    """Never empty a folder that isn't an environment, or another project's."""
    if not venv.is_dir():
        raise Problem(f"{venv} is no folder. Name another one: make start VENV=...")
    ours = made or (settings_of(venv) and venv == (project_folder.ROOT / ".venv").resolve())
    if not ours:
        raise Problem(f"{venv} isn't an environment that pathkit made, so it stays as it is. "
                      "Name another one: make start VENV=...")


def _check_room(venv: Path) -> None:
    folder = next((f for f in (venv, *venv.parents) if f.is_dir()), project_folder.ROOT)
    room = shutil.disk_usage(folder).free
    if room < ROOM:
        raise Problem(f"about {ROOM / 1e9:.0f} GB of disk are needed in {folder}, "
                      f"{room / 1e9:.1f} GB are free")
