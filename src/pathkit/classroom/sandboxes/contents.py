"""What a sandbox holds: Python, its packages, and the part of the project that knows no answers."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
# What of the project a sandbox holds: how to run an answer, nothing about what is right.
ALLOWED = ("__init__.py", "nearest_name.py", "one_line.py", "checks", "classroom/__init__.py",
           "classroom/inside_sandbox")
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/ld.so.conf",
          "/etc/ld.so.conf.d", "/etc/localtime", "/etc/alternatives")
HOME = "/answer"
PROJECT = "/pathkit"
# A folder of its own: what Python runs from may itself lie in /tmp.
SCRATCH = "/scratch"
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "HOME": HOME, "TMPDIR": SCRATCH, "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0", "PYTHONPATH": PROJECT,
}
NOBODY = 65534


def python_folders() -> list[str]:
    """Folders outside of the system's own that Python runs from, outermost only."""
    paths = sysconfig.get_paths()
    wanted = {
        sys.base_prefix, os.path.dirname(os.path.realpath(sys.executable)),
        os.path.join(sys.prefix, "bin"), os.path.join(sys.prefix, "pyvenv.cfg"),
        paths["stdlib"], paths["platstdlib"], *site.getsitepackages(),
    }
    real = sorted(p for p in wanted if os.path.exists(p) and not _in_system(p))
    return [p for p in real if not any(p != o and p.startswith(o + "/") for o in real)]


def allowed() -> Iterator[tuple[Path, str]]:
    """What of the project a sandbox holds: where it lies here, and where it lies there."""
    for part in ALLOWED:
        if (source := PACKAGE / part).exists():
            yield source, f"{PROJECT}/{PACKAGE.name}/{part}"


def hidden_folders() -> list[str]:
    """Folders that hold the answers, whether or not they lie in what a sandbox holds."""
    installed = [os.path.join(path, PACKAGE.name) for path in site.getsitepackages()]
    return sorted({path for path in (str(PACKAGE), *installed) if os.path.isdir(path)})


def _in_system(path: str) -> bool:
    return path == "/" or any(path == s or path.startswith(s + "/") for s in SYSTEM[:5])
