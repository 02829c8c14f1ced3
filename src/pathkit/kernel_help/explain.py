"""One or two sentences about an error that a notebook's own state explains, and what to do."""

from __future__ import annotations

import ast
import builtins
import re
import sys
from typing import Any

from pathkit.kernel_help import names
from pathkit.kernel_help.here import USUAL, Cell, Here

RUN_ABOVE = "In JupyterLab, Run → Run All Above Selected Cell runs all that is needed"
ANSWERS = ("predict", "skip")
LONGEST = 40
# What hides behind these names, and how it comes back.
MODULE, BUILTIN, EXERCISE, DEFINITION = "module", "builtin", "exercise", "definition"


def explained(error: BaseException, source: str, line: int, here: Here) -> str:
    """What to say of an error in a line of a cell; "" where the error says it all itself.

    source, line: of the learner's own code that raised.
    """
    if isinstance(error, NameError):
        return _unknown(_missing(error), source, line, here)
    if not isinstance(error, AttributeError | TypeError):
        return ""
    node = names.statement(source, line)
    if isinstance(error, AttributeError):
        suspects = [
            part.value.id for part in ast.walk(node) if isinstance(part, ast.Attribute)
            and isinstance(part.value, ast.Name) and part.attr == getattr(error, "name", None)
        ] if node is not None else []
    else:
        suspects = names.called(node)
    return " ".join(given_away(suspects, here))


def _missing(error: NameError) -> str:
    name = getattr(error, "name", None)
    found = None if name else re.search(r"name '(\w+)' is not defined", str(error))
    return name or (found[1] if found else "")


def unknown(name: str, here: Here) -> str:
    """What to do about a name that has no value in this kernel; "" where nobody knows."""
    return _unknown(name, "", 0, here)


def _unknown(name: str, source: str, line: int, here: Here) -> str:
    if said := _without_quotes(name, source, line):
        return said
    change = here.last_change(name)
    found = here.maker(name)
    if change and change[2]:
        back = f"`import {_import_of(name, here)}`" if name in here.modules() else (
            f"Run {_called(found[0])}" if found else "Give it a value again"
        )
        verb = "brings it back" if name in here.modules() else "to get it back"
        return f"`{name}` was deleted in {_where(change)}. {back} {verb}."
    if not here.is_ready() and (name in USUAL or found and found[1]):
        return (
            f"Run the set-up cell first, the one with `path.ready(…)`: this kernel is new and "
            f"doesn't know `{name}` yet. {RUN_ABOVE}."
        )
    if found is None:
        return ""
    cell, above = found
    if cell.is_set_up:
        return f"`{name}` comes from the set-up cell, the one with `path.ready(…)`: run it first."
    if above:
        return (
            f"`{name}` comes from {_called(cell)}, which has not been run: run it first. "
            f"{RUN_ABOVE}."
        )
    return f"`{name}` comes from {_called(cell)}, further down: it must be run before this one."


def _without_quotes(name: str, source: str, line: int) -> str:
    """Where a letter was typed as a name in a prediction."""
    for part in ast.walk(names.statement(source, line) or ast.Module([], [])):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            bare = [a.id for a in part.args if isinstance(a, ast.Name)]
            if part.func.attr in ANSWERS and name in bare:
                written = ", ".join(
                    f'"{a.id}"' if isinstance(a, ast.Name) else ast.unparse(a).replace("'", '"')
                    for a in part.args
                )
                return f"A letter is typed in quotes: `path.{part.func.attr}({written})`."
    return ""


def given_away(suspects: list[str], here: Here) -> list[str]:
    """A sentence for each of these names that stands for something else than the notebook means."""
    found = []
    for name in dict.fromkeys(suspects):
        kind = _kind(name, here)
        if kind:
            found.append(_told(name, kind, here))
    return found


def _kind(name: str, here: Here) -> str:
    """What was lost with a name; "" where nothing was."""
    if name not in here.space:
        return ""
    value = here.space[name]
    meant = here.modules().get(name)
    if meant in sys.modules and sys.modules[meant] is not value:
        return MODULE
    if meant is None and getattr(builtins, name, value) is not value and here.last_change(name):
        return BUILTIN  # IPython has an `open` of its own: only what a cell changed is told
    maker = here.maker(name)
    if maker and not callable(value) and f"def {name}(" in maker[0].source:
        return EXERCISE if maker[0].exercise == name else DEFINITION
    return ""


def _told(name: str, kind: str, here: Here) -> str:
    change = here.last_change(name)
    since = f" since {_where(change)}" if change else ""
    now = f"`{name}` is {described(here.space[name])}{since}"
    if kind == MODULE:
        return f"{now}. `import {_import_of(name, here)}` brings back what it stood for; " + OTHER
    if kind == BUILTIN:
        return f"{now}, and hides Python's own. `del {name}` brings that back; " + OTHER
    what = "the exercise's cell" if kind == EXERCISE else _called(here.maker(name)[0])
    return f"{now}. Run {what} again to get the function back; " + OTHER


OTHER = "give yours another name."


def _import_of(name: str, here: Here) -> str:
    module = here.modules()[name]
    return module if module == name else f"{module} as {name}"


def described(value: Any) -> str:
    """A value in a few words."""
    if isinstance(value, type(sys)):
        return f"the module `{value.__name__}`"
    module = str(getattr(value, "__module__", None) or "")
    if callable(value):
        home = module.partition(".")[0]
        return f"a function of {home}" if home not in ("", "__main__") else "a function of yours"
    if isinstance(value, bool | int | float | str | bytes | list | tuple | dict | set | None):
        try:
            text = repr(value)
        except Exception:
            text = ""
        if 0 < len(text) <= LONGEST and "\n" not in text:
            return f"`{text}`"
    kind = type(value).__name__
    return f"{'an' if kind[:1].lower() in 'aeiou' else 'a'} {kind}"


def _where(change: tuple[int, int, bool]) -> str:
    number, line, _ = change
    return f"line {line} of cell [{number}]"


def _called(cell: Cell) -> str:
    """A cell in words that help to find it."""
    if cell.is_set_up:
        return "the set-up cell"
    if cell.exercise:
        return f"the cell of the exercise `{cell.exercise}`"
    lines = [text.strip() for text in cell.source.splitlines()]
    first = next((text for text in lines if text and not text.startswith("#")), "")
    first = first if len(first) <= LONGEST else first[:LONGEST] + "…"
    under = f" under “{cell.heading}”" if cell.heading else ""
    return f"the cell{under} that begins `{first}`"
