"""The project that is set up: its folder, and what in it decides what is installed."""

import hashlib
import json
from pathlib import Path

from .failures import Problem

ROOT = Path(__file__).resolve().parents[3]


def fingerprint() -> str:
    """A digest of what decides what is installed; the settings of linters and tests don't."""
    import tomllib

    try:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    except ValueError as error:
        raise Problem(f"pyproject.toml is broken: {error}") from None
    parts = [project.get("build-system"), project.get("project"),
             project.get("tool", {}).get("setuptools")]
    text = json.dumps(parts, sort_keys=True, default=str)
    text += (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()
