"""Runs inside a sandbox and tries what must not work there; prints what was possible."""

from __future__ import annotations

import json
import os
import socket

OUTSIDE = ("/", "/usr", "/etc", "/dev", "/pathkit", "/answer")
EXPECTED = {
    "PATH", "HOME", "TMPDIR", "LANG", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONPATH",
    "PWD", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LC_CTYPE",
}


def _reads(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def _writes(folder: str) -> bool:
    try:
        name = os.path.join(folder, f".pathkit-{os.getpid()}")
        with open(name, "x"):
            pass
        os.unlink(name)
        return True
    except OSError:
        return False


def _has_network() -> bool:
    """Whether there is any interface but the namespace's own loopback."""
    try:
        return any(name != "lo" for _, name in socket.if_nameindex())
    except OSError:
        return False


def _sees_other_processes() -> bool:
    try:
        numbers = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return False
    return any(number not in (1, 2, os.getpid(), os.getppid()) for number in numbers)


def _is_privileged() -> bool:
    try:
        with open("/proc/self/status") as file:
            [line] = [line for line in file if line.startswith("CapEff")]
        return int(line.split()[1], 16) != 0
    except (OSError, ValueError):
        return False


def _imports_answers() -> bool:
    try:
        import pathkit.exercises  # noqa: F401
    except ImportError:
        return False
    return True


TRIES = {
    "read other people's files": lambda: _reads("/etc/shadow") or _reads("/etc/passwd"),
    "read our environment": lambda: bool(set(os.environ) - EXPECTED),
    "write outside of its own folders": lambda: any(map(_writes, OUTSIDE)),
    "use the network": _has_network,
    "see other processes": _sees_other_processes,
    "act with privileges": _is_privileged,
    "read the exercises' answers": _imports_answers,
}


def main() -> None:
    """Print one line of JSON: what was possible, what was prevented."""
    results = {what: bool(attempt()) for what, attempt in TRIES.items()}
    print(json.dumps({
        "possible": [what for what, worked in results.items() if worked],
        "prevented": [what for what, worked in results.items() if not worked],
    }))


if __name__ == "__main__":
    main()
