"""Ties the explanations into IPython: where an error is shown, and after each cell."""

from __future__ import annotations

import contextlib
import linecache
import sys
import types
from typing import Any

from pathkit.kernel_help import explain, here, names

LOADED = "_pathkit_help"


def load(shell: Any) -> None:
    """Have errors explained in this shell, and names watched; once, however often it's asked."""
    if getattr(shell, LOADED, None) is not None:
        return
    watch = Watch(shell)
    setattr(shell, LOADED, watch)
    ordinary = shell.showtraceback

    def showtraceback(exc_tuple: Any = None, *arguments: Any, **settings: Any) -> None:
        with contextlib.suppress(Exception):  # a fault of ours must not hide an error of theirs
            explain_shown(shell, (exc_tuple or sys.exc_info())[1])
        ordinary(exc_tuple, *arguments, **settings)

    shell.showtraceback = showtraceback
    shell.events.register("pre_run_cell", watch.before)
    shell.events.register("post_run_cell", watch.after)


def explain_shown(shell: Any, error: BaseException | None) -> None:
    """Let an error show what to do in place of a traceback, where that can be told."""
    if error is None or hasattr(error, "_render_traceback_"):
        return
    place = _own_place(shell, error)
    if place is None:
        return
    source, line = place
    said = explain.explained(error, source, line, here.of(shell))
    if said:
        kind = type(error).__name__
        lines = [said, f"({kind}: {error}, line {line} of this cell)"]
        error._render_traceback_ = lambda: lines  # what IPython asks an exception for


def _own_place(shell: Any, error: BaseException) -> tuple[str, int] | None:
    """The cell and line that raised an error; None where another's code did, or a local name."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if traceback is None or traceback.tb_frame.f_globals is not shell.user_ns:
        return None
    source = "".join(linecache.getlines(traceback.tb_frame.f_code.co_filename))
    return (source, traceback.tb_lineno) if source else None


class Watch:
    """Says at once when a cell takes a name that the notebook needs, and which line did."""

    def __init__(self, shell: Any):
        self.shell = shell
        self.modules: dict[str, types.ModuleType] = {}

    def before(self, *_: Any) -> None:
        """Before a cell: which names stand for the modules that are meant by them."""
        self.modules = {
            name: sys.modules[module] for name, module in here.USUAL.items()
            if module in sys.modules and self.shell.user_ns.get(name) is sys.modules[module]
        }

    def after(self, result: Any) -> None:
        """After a cell: what it took."""
        with contextlib.suppress(Exception):
            _give_back()
            for name, module in self.modules.items():
                if self.shell.user_ns.get(name) is not module:
                    print(self._taken(name, module, str(result.info.raw_cell)))

    def _taken(self, name: str, module: types.ModuleType, source: str) -> str:
        changed = [(n, line) for n, line, _ in names.changes(self._python(source)) if n == name]
        line = f"line {changed[-1][1]} of this cell" if changed else "this cell"
        back = f"import {module.__name__}" + (f" as {name}" * (name != module.__name__))
        does = "the checks need" if name == "path" else "the notebook's cells need"
        if name not in self.shell.user_ns:
            return f"`{name}` is gone: {line} deleted it, and {does} it. `{back}` brings it back."
        now = explain.described(self.shell.user_ns[name])
        return (
            f"`{name}` is {now} now: {line} took the name, and {does} it. Give yours another name; "
            f"`{back}` brings back what it stood for."
        )

    def _python(self, source: str) -> str:
        return self.shell.transform_cell(source)


def _give_back() -> None:
    """What was written over one of `path`'s own functions, as in `path.check = 3`, is taken off."""
    pathkit = sys.modules["pathkit"]
    for name in pathkit._HOMES:
        if name in vars(pathkit) and not isinstance(vars(pathkit)[name], types.ModuleType):
            del vars(pathkit)[name]
            print(f"`path.{name}` belongs to the path and was put back: give yours another name.")
