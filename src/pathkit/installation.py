"""What this pathkit is: a checkout or an installed copy, under which name, with which path."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

# Package indexes have another project under the name that we are imported by.
NAME = "bootstrap-llms"
PACKAGE = Path(__file__).resolve().parent
SHIPPED = PACKAGE / "shipped"
"""Where a wheel carries curriculum.yaml and notebooks/; a checkout has no such folder."""


def checkout() -> Path | None:
    """The project's folder when this is run from its sources; None for an installed copy."""
    source, root = PACKAGE.parent, PACKAGE.parents[1]
    is_one = source.name == "src" and (root / "pyproject.toml").is_file()
    return root if is_one else None


def own_path() -> Path | None:
    """The folder with the curriculum and the notebooks that came with this pathkit, if they did."""
    return next((f for f in (checkout(), SHIPPED) if f and holds_path(f)), None)


def holds_path(folder: Path) -> bool:
    """Whether a folder has what a learner's folder is made from."""
    return (folder / "curriculum.yaml").is_file() and (folder / "notebooks/path.json").is_file()


def python(*arguments: str) -> str:
    """A command line that runs this Python, ready to be pasted into a shell."""
    return command_line(sys.executable, *arguments)


def command_line(*words: str) -> str:
    """Words as one line that a shell takes apart into the same words."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def install_extra(extra: str) -> str:
    """The command that adds what `dask` or `sandbox` needs to the environment of this Python.

    From a checkout that is the project itself with its extra. Of an installed copy nobody knows
    where it came from, so what the extra stands for is named.
    """
    root = checkout()
    if root is None:
        return python("-m", "pip", "install", *_requirements(extra))
    pins = root / "constraints.txt"
    pinned = ["--constraint", str(pins)] if pins.is_file() else []
    return python("-m", "pip", "install", *pinned, "--editable", f"{root}[{extra}]")


def _requirements(extra: str) -> list[str]:
    try:
        lines = importlib.metadata.requires(NAME) or []
    except importlib.metadata.PackageNotFoundError:
        lines = []
    marker = re.compile(rf"""extra == (['"]){re.escape(extra)}\1""")
    found = [line.partition(";")[0].strip() for line in lines if marker.search(line)]
    return found or [{"dask": "distributed", "sandbox": "pyseccomp"}[extra]]
