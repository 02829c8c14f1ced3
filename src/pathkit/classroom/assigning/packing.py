"""Zip files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

# The first time that a zip can hold.
BEGINNING = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files by name, in the order of their names.

    Stored as they are: what compression makes of them differs between versions of zlib.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, BEGINNING)
            member.create_system = UNIX
            member.external_attr = 0o644 << 16
            archive.writestr(member, files[name])
    return buffer.getvalue()
