"""Templates of pages: each room has its own and extends the one base, which loads nothing."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@functools.cache
def environment(folder: Path) -> Any:
    """What finds the templates of a room's folder and the base; escapes whatever they are given."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, FOLDER]), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=jinja2.StrictUndefined,
    )
