"""What goes to and fro between the sandbox's worker and whoever grades it.

Frames: a letter, a length, bytes.
"""

from __future__ import annotations

import os
import select
import struct

FRAME = struct.Struct("!cQ")
# To the worker: limits of a new job, a message for its child, no more messages. From it: what the
# child says, and how the job ended.
JOB, MESSAGE, LAST, SAID, ENDED = b"J", b"M", b".", b"S", b"E"
# The first that a child says: what goes wrong from here on isn't our fault.
BEGUN = b"\0"
BUFFER = 2**16


def exactly(file: int, size: int) -> bytes:
    """So many bytes; fewer where the file ends."""
    data = b""
    while len(data) < size and (part := os.read(file, size - len(data))):
        data += part
    return data


def pass_over(file: int, size: int) -> None:
    """Read so many bytes, and keep none."""
    passed = bytearray(BUFFER)
    place = memoryview(passed)
    while size and (part := os.readv(file, [place[:size]])):
        size -= part
    passed[:] = bytes(BUFFER)


def write(writer: int, data: bytes) -> None:
    """Write all of it."""
    while data:
        data = data[os.write(writer, data) :]


def has_come(reader: int) -> bool:
    """Whether there is something to read now."""
    return bool(select.select([reader], [], [], 0)[0])
