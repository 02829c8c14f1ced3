"""`from pathkit.exercises import bigram`: the finished answers of a module, by their names.

Lessons show at their beginning what will come out, with the path's own answers. They are those of
the path that the notebook belongs to, and are loaded when one is first asked for.
"""

from __future__ import annotations

import sys
import types
from typing import Any

from pathkit.checks.loading import defined
from pathkit.learner.whereabouts import modules_here


class Answers(types.ModuleType):
    """The answers of one module; `from` imports find them as they find what a file defines."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        module = self.__name__.rpartition(".")[2].replace("_", "-")
        try:
            value = defined(module, name, modules_here())
        except KeyError:
            raise AttributeError(f"module {module!r} has no answer {name!r}") from None
        setattr(self, name, value)  # lessons ask for it in loops
        return value


def _register() -> None:
    for folder in modules_here():
        name = f"{__name__}.{folder.name}"
        globals()[folder.name] = sys.modules[name] = Answers(name)


_register()
