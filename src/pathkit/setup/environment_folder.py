"""What lies in an environment's folder: its Python, its settings, its packages."""

import os
import shutil
from pathlib import Path

from .supported import TORCH

FORMER = "pathkit"
"""Under which name this project was installed before."""


def python_of(venv: Path) -> Path:
    """The Python of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def script_of(venv: Path) -> Path:
    """The command `pathkit` of an environment."""
    return venv / ("Scripts/pathkit.exe" if os.name == "nt" else "bin/pathkit")


def settings_of(venv: Path) -> dict:
    """What pyvenv.cfg says; {} without one."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return {}
    pairs = (line.partition("=") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def home_of(venv: Path) -> Path:
    """The folder of the Python that the environment was made with."""
    return Path(settings_of(venv).get("home", os.sep))


def sites_of(venv: Path) -> list:
    """The folders that packages are installed into."""
    return [*venv.glob("lib/python3*/site-packages"), *venv.glob("Lib/site-packages")]


def has_former(venv: Path) -> bool:
    """Whether something is installed as `pathkit`: this project before it had another name, or
    another project that has that name on package indexes. Either hides what is to be installed."""
    return any(any(site.glob(FORMER + "-*.dist-info")) for site in sites_of(venv))


def has_torch(venv: Path) -> bool:
    """Whether the torch that is wanted is installed, whatever its build."""
    name = TORCH.replace("==", "-")
    return any(found.is_dir() for site in sites_of(venv)
               for pattern in (f"{name}.dist-info", f"{name}+*.dist-info")
               for found in site.glob(pattern))


def forget_unfinished(venv: Path) -> None:
    """Make pip forget packages that a set-up cut short left unfinished, so it installs them."""
    for site in sites_of(venv):
        for left in site.glob("~*"):
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left)
            else:
                left.unlink()
        for info in site.glob("*.dist-info"):
            if not is_whole(site, info):
                shutil.rmtree(info)


def is_whole(site: Path, info: Path) -> bool:
    """Whether a package has all files in the sizes that its record names."""
    import csv

    if not all((info / name).exists() for name in ("METADATA", "RECORD", "INSTALLER")):
        return False
    with open(info / "RECORD", encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if not row or row[0].endswith(".pyc"):
                continue
            try:
                size = os.stat(os.path.join(site, row[0])).st_size
            except OSError:
                return False
            if len(row) == 3 and row[2] and int(row[2]) != size:
                return False
    return True


def shown(path: Path) -> str:
    """A path as short as can be from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)
