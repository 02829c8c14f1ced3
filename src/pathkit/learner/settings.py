"""The learner's choices, kept in `.pathkit/settings.json` of their folder."""

from __future__ import annotations

import json
from typing import Any

from pathkit.files import write_atomically
from pathkit.learner.folder import Folder


def read(folder: Folder) -> dict[str, Any]:
    """All settings; a missing or damaged file counts as none."""
    try:
        found = json.loads(folder.settings.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def change(folder: Folder, **values: Any) -> dict[str, Any]:
    """Set these and keep the others; None takes one out. Returns all; raises OSError."""
    settings = {k: v for k, v in (read(folder) | values).items() if v is not None}
    text = json.dumps(settings, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_atomically(folder.settings, text)
    return settings
