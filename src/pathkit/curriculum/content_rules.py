"""Rules between the curriculum and its modules' files, which are parsed and never run."""

import ast
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from pathkit.curriculum import field_checks
from pathkit.curriculum.characters import printable
from pathkit.curriculum.entries import Entry, by_id
from pathkit.curriculum.findings import DataPath, Finding, LineOf, Place
from pathkit.curriculum.value_words import did_you_mean
from pathkit.path_modules import OURS, RECALL, Modules, folder_name, python_files


def content(
    modules: list[Entry], folders: Modules, file: str, line_of: LineOf
) -> Iterator[Finding]:
    """Yield files that are missing, broken or of no module, and exercises that one side lacks."""
    known = by_id(modules)
    for module in known.values():
        yield from _module_content(module, folders, file, line_of)
    homes = {folder_name(name) for name in known}
    # A path may take a few of the kit's modules: then the others are nobody's fault.
    owned = folders != OURS or folders.folder.is_relative_to(Path(file).resolve().parent)
    for folder in folders if owned else ():
        if folder.name not in homes:
            yield from _stray_module(folder, known)


def _module_content(
    module: Entry, folders: Modules, file: str, line_of: LineOf
) -> Iterator[Finding]:
    named = module.texts("exercises")
    path = (*module.path, "exercises")
    folder, lesson = folders.folder_of(module.id or ""), folders.lesson(module.id or "")
    if not named and not lesson.is_file():
        return  # exercises without a lesson are a draft: nothing of them reaches a notebook
    if named and not lesson.is_file():
        yield Finding(path, f"the module has exercises but no lesson: {lesson} is missing")
    elif lesson.is_file():
        parsed = _parsed(lesson, module.path)
        if isinstance(parsed, Finding):
            yield parsed
    sources = python_files(folder)
    if named and not sources:
        yield Finding(path, f"the files of these exercises are missing: {folder}")
        return
    trees: dict[Path, ast.Module] = {}
    for source in sources:
        parsed = _parsed(source, path)
        if isinstance(parsed, Finding):
            yield parsed
            return
        trees[source] = parsed
    written = {
        name: (source, place)
        for source, tree in trees.items()
        for name, place in _exercises_in(tree).items()
    }
    for item_path, name in named:
        if name not in written and field_checks.is_python_name(name):
            yield Finding(item_path, _not_an_exercise(name, trees, written, folder))
    names = {name for _, name in named}
    line = line_of(path if named else module.path)
    for name, (source, place) in written.items():
        if name not in names:
            message = f"the exercise '{name}' is not named in {file}, line {line}"
            yield Finding(path, message, file=str(source), place=place)


def _not_an_exercise(
    name: str, trees: dict[Path, ast.Module], written: Iterable[str], folder: Path
) -> str:
    for source, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                return f"'{name}' lacks its @exercise(...), in {source}, line {node.lineno}"
    return f"there is no exercise '{name}' in {folder}{did_you_mean(name, written)}"


def _stray_module(folder: Path, known: dict[str, Entry]) -> Iterator[Finding]:
    """What would reach no notebook: exercises, or a recall.yaml, of no module."""
    name = folder.name.replace("_", "-")
    hint = did_you_mean(name, known)
    message = f"there is no module '{printable(name)}'{hint}"
    for source in python_files(folder):
        parsed = _parsed(source, ())
        if isinstance(parsed, Finding):
            yield parsed
            return
        place = next(iter(_exercises_in(parsed).values()), None)
        if place is not None:
            message = f"exercises without a module: {message}"
            yield Finding((), message, file=str(source), place=place)
            return
    if (recall := folder / RECALL).is_file():
        yield Finding((), f"cards without a module: {message}", file=str(recall), place=Place(1, 1))


def _parsed(source: Path, path: DataPath) -> ast.Module | Finding:
    start = Place(1, 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.read_bytes())
    except SyntaxError as error:
        place = Place(max(error.lineno or 1, 1), max(error.offset or 1, 1))
        message = f"not valid Python: {printable(str(error.msg))}"
    except OSError as error:
        place, message = start, f"can't be read: {error.strerror or 'unknown reason'}"
    except (ValueError, RecursionError, MemoryError):
        place, message = start, "not valid Python: can't be parsed"
    return Finding(path, message, file=str(source), place=place)


def _exercises_in(tree: ast.Module) -> dict[str, Place]:
    """Find the exercises of a file without running it.

    They are the functions and classes decorated with @exercise(...), the names bound to
    exercise(...)(...), and the names in a list EXERCISES = [...], all at the top level.
    """
    found: dict[str, Place] = {}
    for node in tree.body:
        for name, expression in _bindings(node):
            found.setdefault(name, Place(expression.lineno, expression.col_offset + 1))
    return found


def _bindings(node: ast.stmt) -> Iterator[tuple[str, ast.stmt | ast.expr]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        if any(_makes_exercise(decorator) for decorator in node.decorator_list):
            yield node.name, node
        return
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [target.id for target in targets if isinstance(target, ast.Name)]
    if isinstance(node.value, ast.Call) and _makes_exercise(node.value):
        yield from ((name, node) for name in names)
    if "EXERCISES" in names and isinstance(node.value, ast.List | ast.Tuple):
        for item in node.value.elts:
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield item.value, item


def _makes_exercise(expression: ast.expr) -> bool:
    while isinstance(expression, ast.Call):
        expression = expression.func
    if isinstance(expression, ast.Attribute):
        return expression.attr == "exercise"
    return isinstance(expression, ast.Name) and expression.id == "exercise"
