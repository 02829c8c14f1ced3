"""Runs inside a sandbox and tries what must not work there; prints what was possible.

It tries as learner code would: in a child, with the same things taken away.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version

from pathkit.classroom.inside_sandbox.tighten import VARIABLE, hide, tighten

OUTSIDE = (
    "/", "/usr", "/etc", "/dev", "/pathkit", "/answer", "/run", "/var", "/var/tmp", "/dev/mqueue",
)
EXPECTED = {
    "PATH", "HOME", "TMPDIR", "LANG", "PYTHONDONTWRITEBYTECODE", "PYTHONHASHSEED", "PYTHONPATH",
    "PWD", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LC_CTYPE",
    "MPLCONFIGDIR", "TORCHINDUCTOR_CACHE_DIR", VARIABLE,
}
CAP_DAC_READ_SEARCH = 2
PTRACE_SEIZE = 0x4206
SIOCGIFFLAGS, IFF_UP = 0x8913, 1
# More than the group of processes that an inspection runs in may have, where there is one.
SHARES, SHARE_BYTES = 4, 2**26


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
    """Whether any interface is up but the namespace's own loopback.

    Some kernels put tunnels into every namespace; they are down, and it takes a privilege to raise
    them.
    """
    try:
        return any(name != "lo" and _is_up(name) for _, name in socket.if_nameindex())
    except OSError:
        return False


def _is_up(interface: str) -> bool:
    import fcntl  # not on Windows, where `versions` is asked for all the same

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        request = struct.pack("256s", interface.encode()[:15])
        [flags] = struct.unpack_from("H", fcntl.ioctl(asking, SIOCGIFFLAGS, request), 16)
    return bool(flags & IFF_UP)


def _others() -> Iterator[int]:
    """The numbers of processes that are neither this one nor what it comes from."""
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdigit() and int(name) not in (1, 2, os.getpid(), os.getppid()):
                yield int(name)


def _sees_other_processes() -> bool:
    return any(True for _ in _others())


def _reads_environment() -> bool:
    above = any(map(_reads, ("/proc/1/environ", f"/proc/{os.getppid()}/environ")))
    return above or bool(set(os.environ) - EXPECTED)


def _changes_files() -> bool:
    """Whether the owner of files may change whom they are for; here they stay as they are."""
    for path in (*OUTSIDE, sys.prefix, sys.executable, os.__file__):
        with contextlib.suppress(OSError):
            os.chmod(path, os.stat(path).st_mode & 0o7777)
            return True
    return False


def _signals_its_parent() -> bool:
    parent = os.getppid()
    try:
        os.kill(parent, signal.SIGUSR1)
    except OSError:
        return False
    time.sleep(0.1)
    return os.getppid() != parent


def _traces_its_parent() -> bool:
    traced = ctypes.CDLL(None).ptrace(PTRACE_SEIZE, os.getppid(), None, None) == 0
    return traced or _reads(f"/proc/{os.getppid()}/mem")


def _is_privileged() -> bool:
    """Whether there is any right beyond a user's; that of passing by files' modes was tried."""
    sets = ctypes.create_string_buffer(24)
    if ctypes.CDLL(None).capget(struct.pack("=Ii", 0x20080522, 0), sets) != 0:
        return True
    effective, permitted, _, more, more_permitted, _ = struct.unpack("=6I", sets.raw)
    return bool((effective | permitted) & ~(1 << CAP_DAC_READ_SEARCH) | more | more_permitted)


def _starts_processes() -> bool:
    try:
        child = os.fork()
    except OSError:
        return False
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _shares_out_memory() -> bool:
    """Whether processes together get more than the group of an inspection may have."""
    children = []
    reader, writer = os.pipe()
    for _ in range(SHARES):
        try:
            child = os.fork()
        except OSError:
            break
        if child == 0:
            held = b"x" * SHARE_BYTES
            os.write(writer, held[:1])
            time.sleep(20)
            os._exit(0)
        children.append(child)
    os.close(writer)
    held = 0
    while held < len(children) and os.read(reader, 1):  # ends when those left are killed
        held += 1
        if any(os.waitpid(child, os.WNOHANG)[0] for child in children):
            break
    else:
        time.sleep(0.05)
    gone = len(children) < SHARES or held < SHARES
    for child in children:
        with contextlib.suppress(OSError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    return not gone


def _reads_answers() -> bool:
    """Whether they can be imported, or read where they lie outside or where Python looks."""
    folders = [*sys.argv[1:], *(os.path.join(path, "pathkit") for path in sys.path)]
    answers = os.path.join("modules", "bigram", "smoothed.py")
    if any(_reads(os.path.join(folder, answers)) for folder in folders):
        return True
    try:
        import pathkit.modules.bigram.smoothed  # noqa: F401
    except (ImportError, OSError):
        return False
    return True


MUST_NOT = {
    "read other people's files": lambda: _reads("/etc/shadow") or _reads("/etc/passwd"),
    "read our environment": _reads_environment,
    "write outside of its own folders": lambda: any(map(_writes, OUTSIDE)),
    "change files that exist": _changes_files,
    "use the network": _has_network,
    "see other processes": _sees_other_processes,
    "signal or trace what runs it": lambda: _signals_its_parent() or _traces_its_parent(),
    "act with privileges": _is_privileged,
    "read the exercises' answers": _reads_answers,
}
# A sandbox without these is still one; that it is without them is said.
HAD_BETTER_NOT = {
    "start processes": _starts_processes,
    "take the memory limit many times over": _shares_out_memory,
}


def versions() -> dict[str, str]:
    """What answers run with: the judge, outside, has to have the same."""
    packages = {name: version(name).partition("+")[0] for name in ("numpy", "torch")}
    return {"python": f"{sys.version_info.major}.{sys.version_info.minor}", **packages}


def main() -> None:
    """Print one line of JSON: what was possible, let pass and prevented, and with what versions."""
    hide()
    if os.fork() == 0:
        tighten()
        found = {what for what, attempt in (MUST_NOT | HAD_BETTER_NOT).items() if attempt()}
        print(json.dumps({
            "possible": [what for what in MUST_NOT if what in found],
            "allowed": [what for what in HAD_BETTER_NOT if what in found],
            "prevented": [w for w in (*MUST_NOT, *HAD_BETTER_NOT) if w not in found],
            "versions": versions(),
        }), flush=True)
        os._exit(0)
    os.wait()


if __name__ == "__main__":
    main()
