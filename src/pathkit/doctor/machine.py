"""The machine: room on the disk, the cache, a browser for the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pathkit.doctor.finding import Finding, fine, remark, wrong

NEEDED, WANTED = 100_000_000, 1_000_000_000
"""Bytes without which saving may fail, and with which nobody has to think of it."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def look_at_disk(folder: Path) -> Iterator[Finding]:
    """Room where notebooks are saved and where data sets are kept."""
    free = shutil.disk_usage(_there(folder)).free
    says = f"{free / 1e9:.1f} GB are free for {folder}"
    if free < NEEDED:
        yield wrong("disk", f"{says}: notebooks may not be saved", "free some space")
    elif free < WANTED:
        yield remark("disk", says)
    else:
        yield fine("disk", says)
    cache = _cache()
    if cache is not None and not os.access(_there(cache), os.W_OK):
        yield remark("cache", f"{cache} can't be written, so data sets can't be fetched",
                     "set the environment variable PATHKIT_CACHE to a folder of your own")


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    return next(f for f in (folder, *folder.parents) if f.exists())


def _cache() -> Path | None:
    try:
        from pathkit.datasets.remote import cache_path

        return cache_path("makemore-names").parent.absolute()
    except Exception:  # platformdirs may be missing: that is told elsewhere
        return None


def look_at_browser() -> Iterator[Finding]:
    """Chromium, which only the project's own tests need."""
    if any(map(shutil.which, BROWSERS)):
        yield fine("Chromium", "there is one for the tests")
    else:
        yield remark("Chromium", "there is none; only the tests of JupyterLab need it",
                     "sudo apt install chromium, or: playwright install chromium")
