"""Set up .venv on a fresh machine; run by path with any Python, before anything is installed.

    python3 src/pathkit/bootstrap.py [--venv DIR] [--test]

Standard library only. Does nothing when the last set-up still fits.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

TORCH = "torch==2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
ROOT = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)
ENVIRONMENT = 4


def main() -> int:
    """Create or refresh the environment; returns an exit code."""
    arguments = _arguments()
    if sys.version_info < OLDEST:
        return _fail(f"Python 3.11 or newer is needed, this is {platform.python_version()} "
                     f"({sys.executable}). Name a newer one: make start PYTHON=python3.12")
    venv = Path(arguments.venv).resolve()
    stamp = venv / ".pathkit-setup"
    wanted = _fingerprint(arguments.test)
    if _fits(stamp, wanted, arguments.test):
        return 0
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"making {venv}", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(venv)])
        if made.returncode:
            return _fail("the environment could not be made. On Debian and Ubuntu: "
                         "sudo apt install python3-venv")
    if not _install(str(python), arguments.test):
        return ENVIRONMENT
    stamp.write_text(wanted, encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--venv", default=str(ROOT / ".venv"))
    parser.add_argument("--test", action="store_true", help="also what the tests need")
    return parser.parse_args()


def _fingerprint(test: bool) -> str:
    files = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    digest = hashlib.sha256(files).hexdigest()
    return json.dumps([digest, platform.python_version(), str(ROOT), test])


def _fits(stamp: Path, wanted: str, test: bool) -> bool:
    """Whether the set-up that was made has all that is wanted: with the tests is more."""
    if not stamp.exists():
        return False
    made = stamp.read_text(encoding="utf-8")
    return made == wanted or (not test and made == _fingerprint(True))


def _install(python: str, test: bool) -> bool:
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    if not _install_torch(python, pip):
        return False
    extra = "[test]" if test else ""
    print("installing JupyterLab and what the notebooks need (a few minutes the first time)",
          flush=True)
    command = [*pip, "install", "--quiet", "--constraint", str(ROOT / "constraints.txt"),
               "--editable", f"{ROOT}{extra}"]
    if subprocess.run(command).returncode:
        _fail("the packages could not be installed; the lines above say why. Is there network?")
        return False
    return True


def _install_torch(python: str, pip: list[str]) -> bool:
    """The CPU build of torch where one can be had; else the default, its size announced."""
    have = "import importlib.metadata as m; assert m.version('torch').split('+')[0] == '2.13.0'"
    if not subprocess.run([python, "-c", have], stderr=subprocess.DEVNULL).returncode:
        return True
    command = [*pip, "install", "--quiet", "--constraint", str(ROOT / "constraints.txt"), TORCH]
    index = os.environ.get("PATHKIT_TORCH_INDEX", CPU_INDEX)
    # On macOS the ordinary wheel is the CPU build; elsewhere it brings CUDA along.
    if platform.system() != "Darwin" and _reachable(index):
        print("installing the CPU build of torch (about 200 MB)", flush=True)
        if not subprocess.run([*command, "--index-url", index, "--retries", "1"]).returncode:
            return True
    print(f"installing {TORCH} from the default index: {_default_size(pip)}", flush=True)
    if subprocess.run(command).returncode:
        _fail("torch could not be installed; the lines above say why. Is there network?")
        return False
    return True


def _reachable(url: str) -> bool:
    """Whether an index answers within a few seconds; where it doesn't, pip would stall."""
    try:
        with urllib.request.urlopen(f"{url}/torch/", timeout=5) as answer:
            return answer.status == 200
    except (OSError, ValueError):
        return False


def _default_size(pip: list[str]) -> str:
    """What the default index would bring, found by resolving without installing."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        found = subprocess.run(
            [*pip, "install", "--quiet", "--dry-run", "--report", str(report), TORCH],
            capture_output=True,
        )
        if found.returncode or not report.exists():
            return "up to 3 GB where it brings CUDA along"
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    names = [item["metadata"]["name"].lower() for item in items]
    if any(name.startswith(("nvidia", "cuda", "triton")) for name in names):
        return "about 2.7 GB, since it brings CUDA along"
    return "about 200 MB"


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return ENVIRONMENT


if __name__ == "__main__":
    sys.exit(main())
