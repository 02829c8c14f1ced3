"""What a machine has, hidden from what is started with another environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

SAID = {"bwrap": "bwrap: setting up uid map: denied", "docker": "no engine", "podman": "no engine"}


def without_bubblewrap(folder: Path) -> dict[str, str]:
    """An environment in which bubblewrap is forbidden and no engine answers, as in containers.

    folder: made for this, or made by it before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, said in SAID.items():
        fake = folder / name
        fake.write_text(f"#!/bin/sh\necho '{said}' >&2; exit 1\n", encoding="utf-8", newline="\n")
        fake.chmod(0o755)
    return {**os.environ, "PATH": _first(folder, os.environ, "PATH")}


def without_seccomp(folder: Path) -> None:
    """Put a module into this folder that stands before seccomp's, and isn't usable."""
    (folder / "pyseccomp.py").write_text("raise ImportError('not here')\n", encoding="utf-8")


def without_sandbox(folder: Path) -> dict[str, str]:
    """An environment in which nothing that contains learner code works."""
    environment = without_bubblewrap(folder)
    without_seccomp(folder)
    return {**environment, "PYTHONPATH": _first(folder, environment, "PYTHONPATH")}


def _first(folder: Path, environment: Mapping[str, str], name: str) -> str:
    """A list of folders with this one before the others."""
    return os.pathsep.join(filter(None, [str(folder), environment.get(name, "")]))
