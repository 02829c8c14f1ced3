"""Runs inside a sandbox: takes away from a process, for good, what learner code has no use for.

The list comes from outside, compiled, in an environment variable; nothing of it is secret.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import functools
import os
import signal
import struct

VARIABLE = "PATHKIT_FILTER"
# Stands in the list for the number of the process that loads it; no process has it.
OWN = 0x7ABCDEF1
PR_SET_PDEATHSIG, PR_SET_DUMPABLE = 1, 4
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, BY_FILTER = 22, 38, 2
INSTRUCTION = 8  # bytes


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_void_p)]


@functools.cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl  # noqa: B018  looked up here, for all children
    return library


@functools.cache
def _given() -> bytes:
    return base64.b64decode(os.environ.get(VARIABLE, ""))


def hide() -> None:
    """Make this process unreadable for its children, which run under the same user.

    And let it end with whoever started it: bubblewrap's own promise of that is lost where it
    becomes another user. What `tighten` needs in the children is got ready, too.
    """
    with contextlib.suppress(OSError, AttributeError):
        _library().prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        _library().prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    _given()


def tighten() -> None:
    """From here on this process starts no other and signals none, where a list was given.

    Raises OSError when the kernel refuses.
    """
    if _given():
        load(_given().replace(struct.pack("=I", OWN), struct.pack("=I", os.getpid())))


def load(compiled: bytes) -> None:
    """Forbid this process what a compiled list says, and all that it starts.

    Raises OSError when the kernel refuses.
    """
    text = ctypes.create_string_buffer(compiled, len(compiled))
    program = _Program(len(compiled) // INSTRUCTION, ctypes.addressof(text))
    for arguments in ((PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
                      (PR_SET_SECCOMP, BY_FILTER, ctypes.byref(program), 0, 0)):
        if _library().prctl(*arguments) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"seccomp: {os.strerror(number)}")
