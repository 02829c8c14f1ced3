"""The sandbox's edition of an exercise: how to draw its probes and make its calls, no answers.

A learner's code runs in one process with what is needed to call it. So that process gets neither
the reference nor the misconceptions, only the parts of the exercise's file, and of those that it
imports from, that the settings `probes` and `drive` use. Parts are cut from the text; nothing is
imported.
"""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path
from typing import Any

from pathkit.classroom.grading.one_file import NotSeparable, defined_by, one_file

PROBES, DRIVE, SHOWN = "PROBES", "DRIVE", "SHOWN"
COPIED_WEIGHTS = "under_copied_weights"
# What a file imports to define exercises: a sandbox has nothing to define or to judge.
OURS = {"exercise", COPIED_WEIGHTS}


@dataclasses.dataclass(frozen=True)
class Edition:
    """Source that defines PROBES and, where the answer isn't called plainly, DRIVE.

    copied_weights: whether the call is made under weights that come from outside; what is then
    made of the answer before is SHOWN. driven_outside: whether the answer is a value that comes
    out as it is: what the drive makes of it is said by us, so it is made where only we can say it.
    """

    exercise: str
    source: str
    copied_weights: bool
    driven_outside: bool = False


def edition(file: Path, module: str, name: str) -> Edition:
    """Cut the sandbox's edition of the exercise `name` out of its file.

    Raises NotSeparable when the probes use the exercise's own reference, and as `one_file` does.
    """
    tree = one_file(file)
    tops = _top_level(tree)
    settings = _settings(tops[name])
    if _is_value(settings):
        source = f"{PROBES} = lambda rng: [()]\n\n{DRIVE} = lambda answer: answer\n"
        return Edition(f"{module}.{name}", source, False, driven_outside=True)
    wanted: list[ast.expr] = [settings["probes"]]
    drive = settings.get("drive")
    copied = isinstance(drive, ast.Call) and _name(drive.func) == COPIED_WEIGHTS
    extra = {}
    if copied and len(drive.args) > 1:
        extra[SHOWN] = drive.args[1]
    elif drive is not None and not copied:
        extra[DRIVE] = drive
    wanted += extra.values()
    needed = _closure(wanted, tops)
    if name in needed:
        raise NotSeparable(f"{module}.{name}: its probes use its own reference; draw them without")
    # Lessons call an exercise's reference by that name; the sandbox has the plain function.
    references = [
        f"{n}.reference = {n}" for n in sorted(needed)
        if isinstance(tops[n], ast.FunctionDef | ast.ClassDef) and _is_exercise(tops[n])
    ]
    used = {n for one in needed for n in _names(_bare(tops[one]))}
    used |= {n for expression in wanted for n in _names(expression)}
    kept = (_kept(node, needed, used) for node in tree.body)
    # Files that come together import the same things.
    parts = list(dict.fromkeys(ast.unparse(node) for node in kept if node is not None))
    parts += references
    parts.append(f"{PROBES} = {ast.unparse(settings['probes'])}")
    parts += [f"{name} = {ast.unparse(expression)}" for name, expression in extra.items()]
    source = "\n\n".join(parts) + "\n"
    return Edition(f"{module}.{name}", source, copied)


def answer_parts(file: Path, name: str) -> set[str]:
    """The names of what an exercise's reference is made of, its own among them."""
    tops = _top_level(one_file(file))
    return {name} | _closure([ast.Name(name)], tops)


def _top_level(tree: ast.Module) -> dict[str, ast.stmt]:
    """The statement that defines each name, imports apart."""
    return {name: node for node in tree.body for name in defined_by(node)}


def _is_exercise(node: Any) -> bool:
    return any(isinstance(d, ast.Call) and _name(d.func) == "exercise" for d in node.decorator_list)


def _settings(node: Any) -> dict[str, ast.expr]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and _name(decorator.func) == "exercise":
            return {keyword.arg: keyword.value for keyword in decorator.keywords}
    raise NotSeparable(f"{node.name} is no exercise")


def _is_value(settings: dict[str, ast.expr]) -> bool:
    """Whether the answer is a value of which a drive makes something else."""
    value, drive = settings.get("is_value"), settings.get("drive")
    return isinstance(value, ast.Constant) and value.value is True and isinstance(drive, ast.Name)


def _closure(start: list[ast.expr], tops: dict[str, ast.stmt]) -> set[str]:
    """The names that these expressions use, directly and through what they use."""
    needed: set[str] = set()
    queue = [name for expression in start for name in _names(expression)]
    while queue:
        name = queue.pop()
        if name not in needed and name in tops:
            needed.add(name)
            queue += _names(_bare(tops[name]))
    return needed


def _kept(node: ast.stmt, needed: set[str], used: set[str]) -> ast.stmt | None:
    """What of a top-level statement belongs to the edition, or None."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        if getattr(node, "module", "") == "__future__":
            return node
        names = [a for a in node.names if (a.asname or a.name.partition(".")[0]) in used - OURS]
        if not names:
            return None
        if isinstance(node, ast.Import):
            return ast.Import(names)
        return ast.ImportFrom(node.module, names, node.level)
    defined = {n for n, top in _top_level(ast.Module([node], [])).items() if top is node}
    return _bare(node) if defined & needed else None


def _bare(node: Any) -> ast.stmt:
    """A definition without the decorators that make an exercise or a misconception of it."""
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node
    kept = [
        d for d in node.decorator_list
        if not (isinstance(d, ast.Call) and _name(d.func) in ("exercise", "misconception"))
    ]
    fields = {field: getattr(node, field) for field in node._fields}
    return ast.copy_location(type(node)(**fields | {"decorator_list": kept}), node)


def _names(node: ast.AST) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")
