"""`path.own_file()`: the bytes of a file that a learner has, checked against a known SHA-256."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pathkit.display import started_in

SHOWN = 12  # digits of a digest that tell two files apart in a line


def own_file(where: str, sha256: str | None = None) -> bytes | None:
    """The bytes of the file at `where`, or None; then one line says why.

    where: a path, `~` for the home folder, else from the notebook's folder; "" where there is
    none. sha256: the digest, in hex, that the file must have; None takes any content. Never raises
    for what it finds.
    """
    if not where:
        print("No file is named here, so this cell has nothing to do.")
        return None
    try:
        data = (started_in() / Path(where).expanduser()).read_bytes()
    except FileNotFoundError:
        print(f"{where} isn't there, so this cell has nothing to do.")
        return None
    except (OSError, RuntimeError, ValueError) as error:  # a folder, no home, a null byte
        why = str(getattr(error, "strerror", None) or error).rstrip(".")
        print(f"{where} can't be read: {why}.")
        return None
    if sha256 is None:
        return data
    found = hashlib.sha256(data).hexdigest()
    if found != sha256.lower():
        print(f"{where} is another file than expected: its SHA-256 begins with {found[:SHOWN]}, "
              f"and not with {sha256.lower()[:SHOWN]}.")
        return None
    return data
