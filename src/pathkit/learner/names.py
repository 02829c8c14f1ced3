"""What people call modules and exercises on the command line."""

from __future__ import annotations

import contextlib
from pathlib import PurePath

from pathkit.errors import NothingMatched, chosen
from pathkit.path_map import Exercise, Module, PathMap


def module_named(path: PathMap, text: str) -> Module:
    """The module with this id, number or file name; raises NothingMatched with the nearest id."""
    for module in path.notebooks:
        if text in (str(module.number), module.file) or PurePath(text).name == module.file:
            return module
    try:
        return path.module(text)
    except KeyError:
        return path.module(chosen([text], [module.id for module in path.notebooks])[0])


def exercise_named(path: PathMap, text: str, here: str = "") -> tuple[Module, Exercise]:
    """The exercise MODULE.NAME, or NAME; raises NothingMatched with the nearest name.

    here: the module that one works on, whose exercise it is where several have the same name.
    """
    with contextlib.suppress(KeyError):
        # The evening's exercises are those of other modules.
        text = next((e.id for e in path.module(here).exercises if e.name == text), text)
    try:
        return path.exercise(text)
    except KeyError as error:
        raise NothingMatched(error.args[0]) from error
