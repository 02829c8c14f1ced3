"""Rules that span entries: unique ids and URLs, the order of the path, the content files.

The rules read plain data that may break the model anywhere, and judge what they can make sense
of: one misspelt field must not hide a cycle elsewhere. They never raise; each yields findings.
"""

import ast
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pathkit.curriculum import field_checks
from pathkit.path_modules import OURS, RECALL, Modules, folder_name, python_files

DataPath = tuple[str | int, ...]
LineOf = Callable[[DataPath], int]


class Place(NamedTuple):
    """A position in a file; line and column count from 1."""

    line: int
    column: int


class Finding(NamedTuple):
    """Something wrong at a path in the data.

    on_key: the key itself is meant, not its value.
    file, place: given where the trouble stands in another file than the curriculum.
    """

    path: DataPath
    message: str
    on_key: bool = False
    file: str | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Entry:
    """A part, module or resource of plain data, with the path where it stands."""

    path: DataPath
    data: dict[str, Any]

    @property
    def id(self) -> str | None:
        """The id, if the entry has one that can be used."""
        value = self.data.get("id")
        return value if field_checks.is_identifier(value) else None

    def texts(self, key: str) -> list[tuple[DataPath, str]]:
        """The items of the list under key that are text, each with its path."""
        items = enumerated(self.data.get(key))
        return [((*self.path, key, index), item) for index, item in items if isinstance(item, str)]


@dataclass(frozen=True)
class Outline:
    """Every entry of a curriculum, in the order of the file."""

    parts: list[Entry]
    modules: list[Entry]
    resources: list[Entry]


def enumerated(value: Any) -> list[tuple[int, Any]]:
    """The items of value with their indices, if it is a list; otherwise nothing."""
    return list(enumerate(value)) if isinstance(value, list) else []


def outline(data: Any) -> Outline:
    """Collect the entries of plain data, passing over what isn't well formed."""
    root = Entry((), data if isinstance(data, dict) else {})
    parts = _children([root], "parts")
    modules = _children(parts, "modules")
    return Outline(parts, modules, _children(modules, "resources"))


def findings(
    data: Any, line_of: LineOf, file: str = "curriculum.yaml", modules: Modules | None = None
) -> Iterator[Finding]:
    """Yield what breaks a rule; line_of gives the line of a path, for messages."""
    entries = outline(data)
    yield from _duplicate_ids("part", entries.parts, line_of)
    yield from _duplicate_ids("module", entries.modules, line_of)
    yield from _duplicate_ids("resource", entries.resources, line_of)
    yield from _former_ids(entries.modules, line_of)
    yield from _duplicate_urls(entries.resources, line_of)
    yield from _repeated_items(entries)
    yield from _signs(data, entries, line_of)
    yield from _prerequisites(entries.modules, line_of)
    yield from _cycles(entries.modules)
    yield from _pairs(entries.resources)
    yield from _stand_ins(entries.resources)
    if modules is not None:
        yield from _content(entries.modules, modules, file, line_of)


def _children(parents: Iterable[Entry], key: str) -> list[Entry]:
    return [
        Entry((*parent.path, key, index), item)
        for parent in parents
        for index, item in enumerated(parent.data.get(key))
        if isinstance(item, dict)
    ]


def _by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.id is not None:
            found.setdefault(entry.id, entry)
    return found


def _duplicate_ids(kind: str, entries: list[Entry], line_of: LineOf) -> Iterator[Finding]:
    first = _by_id(entries)
    for entry in entries:
        if entry.id is not None and first[entry.id] is not entry:
            line = line_of((*first[entry.id].path, "id"))
            message = f"another {kind} has the id '{entry.id}', first in line {line}"
            yield Finding((*entry.path, "id"), message)


def _former_ids(modules: list[Entry], line_of: LineOf) -> Iterator[Finding]:
    """A learner's notebook of a renamed module must belong to one module of today."""
    known = _by_id(modules)
    owners: dict[str, tuple[Entry, DataPath]] = {}
    for module in modules:
        for path, former in module.texts("formerly"):
            if former in known:
                line = line_of((*known[former].path, "id"))
                yield Finding(path, f"there still is a module '{former}', in line {line}")
            owner, first = owners.setdefault(former, (module, path))
            if owner is not module:
                message = f"another module had the id '{former}', in line {line_of(first)}"
                yield Finding(path, message)


def _duplicate_urls(resources: list[Entry], line_of: LineOf) -> Iterator[Finding]:
    """A resource has one home; a companion, such as a repository, may serve several resources."""
    homes: dict[str, DataPath] = {}
    for entry in resources:
        url, path = entry.data.get("url"), (*entry.path, "url")
        if not isinstance(url, str):
            continue
        home = homes.setdefault(_same_page(url), path)
        if home != path:
            yield Finding(path, f"this URL has another home, first in line {line_of(home)}")
    for entry in _children(resources, "companions"):
        url = entry.data.get("url")
        if isinstance(url, str) and _same_page(url) in homes:
            line = line_of(homes[_same_page(url)])
            message = f"this URL has another home, first in line {line}; pairs_with names its id"
            yield Finding((*entry.path, "url"), message)


def _same_page(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    if not separator:
        return url
    return "//" + host.lower() + (slash + path).rstrip("/")


def _repeated_items(entries: Outline) -> Iterator[Finding]:
    of_module = ("requires", "exercises", "audits", "formerly")
    lists = [(module, key) for module in entries.modules for key in of_module]
    lists += [(resource, key) for resource in entries.resources for key in ("flags", "pairs_with")]
    for entry, key in lists:
        seen: set[str] = set()
        for path, item in entry.texts(key):
            if item in seen:
                yield Finding(path, f"{field_checks.shown(item)} is listed twice")
            seen.add(item)


def _signs(data: Any, entries: Outline, line_of: LineOf) -> Iterator[Finding]:
    if not isinstance(data, dict):
        return
    for key, kind, used in (
        ("levels", "level", _levels_used(entries)),
        ("flags", "flag", _flags_used(entries)),
    ):
        signs = data.get(key, {} if key == "flags" else None)
        if not isinstance(signs, dict):
            continue
        for name, path in used.items():
            if name not in signs:
                message = f"no sign for the {kind} '{name}', which is used in line {line_of(path)}"
                yield Finding((key,), message)


def _levels_used(entries: Outline) -> dict[str, DataPath]:
    used: dict[str, DataPath] = {}
    for entry in [*entries.modules, *entries.resources]:
        level = entry.data.get("level")
        if isinstance(level, str) and level in ("easy", "medium", "hard", "very-hard"):
            used.setdefault(level, (*entry.path, "level"))
    return used


def _flags_used(entries: Outline) -> dict[str, DataPath]:
    used: dict[str, DataPath] = {}
    for resource in entries.resources:
        for path, flag in resource.texts("flags"):
            if flag in ("long", "low-audio"):
                used.setdefault(flag, path)
    return used


def _prerequisites(modules: list[Entry], line_of: LineOf) -> Iterator[Finding]:
    known = _by_id(modules)
    places = {entry.id: number for number, entry in enumerate(known.values())}
    circular = _circular_steps(modules)
    for module in modules:
        for path, needed in module.texts("requires"):
            if not field_checks.is_identifier(needed):
                continue
            if needed not in known:
                hint = field_checks.did_you_mean(needed, known)
                yield Finding(path, f"there is no module '{needed}'{hint}")
            elif (
                module.id is not None
                and (module.id, needed) not in circular
                and places[needed] > places[module.id]
            ):
                line = line_of((*known[needed].path, "id"))
                yield Finding(path, f"the module '{needed}' comes later, in line {line}")


def _cycles(modules: list[Entry]) -> Iterator[Finding]:
    circular = _circular_steps(modules)
    told: set[frozenset[str]] = set()
    for module in _by_id(modules).values():
        for path, needed in module.texts("requires"):
            cycle = circular.get((module.id, needed))
            if cycle is None or frozenset(cycle) in told:
                continue
            told.add(frozenset(cycle))
            if len(cycle) == 1:
                yield Finding(path, f"the module '{needed}' requires itself")
            else:
                yield Finding(path, f"a circle of requirements: {' -> '.join([*cycle, cycle[0]])}")


def _circular_steps(modules: list[Entry]) -> dict[tuple[str | None, str], list[str]]:
    """Map each step (module, prerequisite) that closes a circle to a shortest such circle."""
    graph = {
        name: [needed for _, needed in module.texts("requires")]
        for name, module in _by_id(modules).items()
    }
    circular = {}
    for name, prerequisites in graph.items():
        for needed in prerequisites:
            way = _shortest_way(graph, needed, name)
            if way is not None:
                circular[name, needed] = [name, *way[:-1]]
    return circular


def _shortest_way(graph: dict[str, list[str]], start: str, goal: str) -> list[str] | None:
    came_from: dict[str, str | None] = {start: None}
    queue = [start]
    for name in queue:
        if name == goal:
            way, step = [], goal
            while step is not None:
                way.append(step)
                step = came_from[step]
            return way[::-1]
        for needed in graph.get(name, []):
            if needed not in came_from:
                came_from[needed] = name
                queue.append(needed)
    return None


def _pairs(resources: list[Entry]) -> Iterator[Finding]:
    known = _by_id(resources)
    for resource in resources:
        for path, partner in resource.texts("pairs_with"):
            if not field_checks.is_identifier(partner):
                continue
            if partner == resource.id:
                yield Finding(path, f"the resource '{partner}' is paired with itself")
            elif partner not in known:
                hint = field_checks.did_you_mean(partner, known)
                yield Finding(path, f"there is no resource '{partner}'{hint}")


def _stand_ins(resources: list[Entry]) -> Iterator[Finding]:
    """What stands in for a resource must name one that is counted itself."""
    known = _by_id(resources)
    for resource in resources:
        main, path = resource.data.get("instead_of"), (*resource.path, "instead_of")
        if not isinstance(main, str) or not field_checks.is_identifier(main):
            continue
        if main == resource.id:
            yield Finding(path, f"the resource '{main}' stands in for itself")
        elif main not in known:
            hint = field_checks.did_you_mean(main, known)
            yield Finding(path, f"there is no resource '{main}'{hint}")
        elif isinstance(further := known[main].data.get("instead_of"), str):
            message = f"'{main}' stands in for '{field_checks.printable(further)}' itself; name that one"
            yield Finding(path, message)


def _content(
    modules: list[Entry], folders: Modules, file: str, line_of: LineOf
) -> Iterator[Finding]:
    known = _by_id(modules)
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
    return f"there is no exercise '{name}' in {folder}{field_checks.did_you_mean(name, written)}"


def _stray_module(folder: Path, known: dict[str, Entry]) -> Iterator[Finding]:
    """What would reach no notebook: exercises, or a recall.yaml, of no module."""
    name = folder.name.replace("_", "-")
    message = f"there is no module '{field_checks.printable(name)}'{field_checks.did_you_mean(name, known)}"
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
        message = f"not valid Python: {field_checks.printable(str(error.msg))}"
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
