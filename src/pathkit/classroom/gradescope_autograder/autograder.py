"""An autograder for Gradescope: a zip with the assignment and the parts of pathkit that grade.

Gradescope unpacks it to /autograder/source, runs setup.sh once, and run_autograder for each
submission. The references are in it: upload it as an autograder only.
"""

from __future__ import annotations

import io
import json
import secrets
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from pathkit.classroom.assignment import Assignment, to_json
from pathkit.classroom.sandboxes.seccomp import REQUIREMENT
from pathkit.installation import SHIPPED
from pathkit.path_modules import OURS, Modules

PACKAGE = Path(__file__).parents[2]
CONFIG = "autograder.json"
# What grading imports; the rest of pathkit's requirements is for notebooks.
NEEDED = "numpy", "torch", "ruamel.yaml", "ipython"
SETUP = """#!/usr/bin/env bash
set -e
apt-get update
apt-get install -y bubblewrap libseccomp2 util-linux python3 python3-venv
python=python3
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    apt-get install -y python3.11 python3.11-venv
    python=python3.11
fi
$python -m venv /autograder/venv
/autograder/venv/bin/pip install {requirements}
"""
RUN = """#!/usr/bin/env bash
cd /autograder
export PYTHONPATH=/autograder/source/src
/autograder/venv/bin/python -m pathkit.classroom.gradescope_autograder.run_one \\
    /autograder
"""
NOT_NEEDED = {"__pycache__", SHIPPED.name}
A_TIME = (2020, 1, 1, 0, 0, 0)  # the same zip from the same assignment


def autograder(assignment: Assignment, unsafe: bool = False, seed: int | None = None) -> bytes:
    """The zip's bytes. unsafe: run learner code without a sandbox where none works.

    seed: of the hidden probes; drawn anew when None.
    """
    pinned = [f"{name}=={version(name).partition('+')[0]}" for name in NEEDED]
    requirements = " ".join([*pinned, REQUIREMENT])
    config = {"seed": seed if seed is not None else secrets.randbits(62) + 2, "unsafe": unsafe}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "setup.sh", SETUP.format(requirements=requirements), 0o755)
        _add(archive, "run_autograder", RUN, 0o755)
        _add(archive, "assignment.json", to_json(assignment))
        _add(archive, CONFIG, json.dumps(config) + "\n")
        for name, file in _package(Modules.of(assignment.content)):
            _add(archive, f"src/pathkit/{name}", file.read_bytes())
    return held.getvalue()


def _package(modules: Modules) -> Iterator[tuple[str, Path]]:
    """What the autograder holds of pathkit: name and file, with the path's modules for ours."""
    for file in sorted(PACKAGE.rglob("*")):
        if _is_source(file) and not file.is_relative_to(OURS.folder):
            yield file.relative_to(PACKAGE).as_posix(), file
    for file in sorted(modules.folder.rglob("*")):
        if _is_source(file):
            yield f"modules/{file.relative_to(modules.folder).as_posix()}", file


def _is_source(file: Path) -> bool:
    return file.is_file() and not NOT_NEEDED & {*file.parts}


def _add(archive: zipfile.ZipFile, name: str, content: str | bytes, mode: int = 0o644) -> None:
    about = zipfile.ZipInfo(name, A_TIME)
    about.external_attr = (0o100000 | mode) << 16
    archive.writestr(about, content, zipfile.ZIP_DEFLATED)
