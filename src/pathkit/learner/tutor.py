"""Files that ask AI assistants to tutor, and settings that turn code completion off.

Assistants read different files: AGENTS.md is the common one; the others point to it or repeat it.
What the learner changed in any of them is never overwritten or removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pathkit.files import digest, write_atomically
from pathkit.learner import settings
from pathkit.learner.folder import Folder

RULES = Path(__file__).with_name("AGENTS.md")
EDITOR_SETTINGS = {
    "editor.inlineSuggest.enabled": False,
    "github.copilot.enable": {"*": False},
    "github.copilot.nextEditSuggestions.enabled": False,
}


def files() -> dict[str, str]:
    """What is written, by path below the learner's folder."""
    rules = RULES.read_text(encoding="utf-8")
    return {
        "AGENTS.md": rules,
        "CLAUDE.md": "@AGENTS.md\n",
        "GEMINI.md": "@AGENTS.md\n",
        ".github/copilot-instructions.md": rules,
        ".vscode/settings.json": json.dumps(EDITOR_SETTINGS, indent=2) + "\n",
    }


def is_on(folder: Folder) -> bool:
    """Whether assistants are asked to tutor; they are until the learner says otherwise."""
    return settings.read(folder).get("tutor", True) is not False


def switch(folder: Folder, on: bool) -> list[str]:
    """Turn tutoring on or off and remember it; returns the files that were written or removed.

    Raises OSError when the folder can't be written.
    """
    settings.change(folder, tutor=on)
    return update(folder)


def update(folder: Folder) -> list[str]:
    """Bring the files in line with the setting; returns those that were written or removed."""
    on = is_on(folder)
    written = dict(settings.read(folder).get("tutor_files", {}))
    changed = []
    for name, text in files().items():
        path = folder.root / name
        # A run that was cut short may have written a file and not noted it.
        is_ours = _is_one_of(path, written.get(name), digest(text.encode()))
        if not on:
            if is_ours:
                path.unlink()
                changed.append(name)
            if is_ours or (name in written and not path.exists()):
                _remove_if_empty(path.parent, folder.root)
            written.pop(name, None)
        # Once there, or once removed by the learner, a file is theirs to keep or to miss.
        elif (name not in written and not path.exists()) or is_ours:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                write_atomically(path, text)
                changed.append(name)
            written[name] = digest(text.encode())
    if written != settings.read(folder).get("tutor_files", {}):
        settings.change(folder, tutor_files=written)
    return changed


def left(folder: Folder) -> Iterator[str]:
    """Files of this kind that stay although tutoring is off: the learner changed them."""
    return (name for name in files() if (folder.root / name).exists() and not is_on(folder))


def _is_one_of(path: Path, *digests: str | None) -> bool:
    try:
        return digest(path.read_bytes()) in digests
    except OSError:
        return False


def _remove_if_empty(directory: Path, root: Path) -> None:
    if directory != root and directory.is_dir() and not any(directory.iterdir()):
        directory.rmdir()
