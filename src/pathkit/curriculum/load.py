"""From YAML text to a Curriculum, or to every problem at once, each with its position.

One pass over the events of a YAML parser yields plain data and the position of every key and
value. The model and the rules then judge the plain data, and what they find is written with
those positions. The parser is libyaml where a package brings it along, and otherwise the one in
pure Python, which takes longer. The two see a few odd texts differently, so libyaml's reading
counts only where there is nothing to report: results don't depend on what is installed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

import ruamel.yaml
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from pathkit.curriculum import field_checks, rules
from pathkit.curriculum.model import Curriculum, Recall
from pathkit.curriculum.rules import DataPath, Finding, Place
from pathkit.curriculum.spoilers import spoilers
from pathkit.path_modules import RECALL, Modules

Shape = TypeVar("Shape", bound=BaseModel)

_LARGEST_FILE = 4_000_000
_DEEPEST_NESTING = 32
_MOST_DIGITS = 18
_MOST_BAD_CHARACTERS = 50

_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)

# Block scalars that libyaml reads and ruamel.yaml's own parser may refuse: a comment behind the
# sign, and blank lines before the first line of text.
_SEEN_DIFFERENTLY = re.compile(r"[>|][-+0-9]{0,2} *(#|\n *\n)")

# What ruamel.yaml says, and what it means for somebody who edits a curriculum.
_SYNTAX = (
    (r"mapping values are not allowed", "a ': ' inside a plain value; put the value in quotes"),
    (r"could not find expected ':'", "expected 'key: value'; the ':' is missing"),
    (r"expected <block end>", "the indentation doesn't fit the lines above"),
    (r"more indented follow up line", "the indentation doesn't fit the lines above"),
    (r"invalid intendation", "the indentation doesn't fit, or a '[' or '{' is not closed"),
    (r"unexpected end of stream", "a quotation mark is opened and not closed"),
    (r"unexpected document separator", "a quotation mark is opened and not closed"),
    (r"expected ',' or '\]'", "a '[' is not closed, or a ',' is missing between items"),
    (r"expected ',' or '\}'", "a '{' is not closed, or a ',' is missing between items"),
    (
        r"unknown escape character|expected escape sequence",
        "a backslash in double quotes that begins no escape; use single quotes",
    ),
    (r"cannot start any token", "a plain value can't begin with this character; use quotes"),
    (r"sequence entries are not allowed", "a list item '- ' can't begin here"),
    (r"mapping keys are not allowed", "a '? ' can't stand here"),
    (r"document start|non-comment content", "more text after the end of the document"),
    (r"indentation indicator|indentation indicators", "only a line break may follow '>' or '|'"),
    (r"expected a comment or a line break", "only a line break may follow '>' or '|'"),
)


class Problem(NamedTuple):
    """One thing wrong in a curriculum; str() is one line. line and column count from 1."""

    file: str
    line: int
    column: int
    where: str
    message: str

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.file}:{self.line}:{self.column}: {where}{self.message}"


class CurriculumError(Exception):
    """A curriculum that can't be used. str() is one line a problem.

    problems: everything that was found, sorted by position, the curriculum's own file first.
    """

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class _Unreadable(Exception):
    """Reading stops here: nothing behind this place can be understood."""

    def __init__(self, place: Place, message: str):
        super().__init__(message)
        self.place = place
        self.message = message


def load(path: Path, *, modules: Modules | None = None) -> Curriculum:
    """Read and check a curriculum file.

    modules: the folders of its modules; given them, every exercise that the curriculum names must
    stand there and the other way round, and each module gets its recall.yaml. Python is parsed,
    never run. Raises CurriculumError, also where the file can't be read at all.
    """
    file = str(path)
    source, unreadable = _source_of(Path(path))
    if unreadable:
        raise CurriculumError([unreadable])
    return loads(source, file, modules)


def loads(
    source: str, file: str = "curriculum.yaml", modules: Modules | None = None
) -> Curriculum:
    """Read and check the text of a curriculum, as `load` does; file is its name in messages."""
    curriculum, problems = _checked(source, file, Curriculum, modules)
    recalls, more = _recalls(modules)
    if curriculum is None or problems or more:
        raise CurriculumError([*problems, *more])
    for module in curriculum.modules if modules else ():
        module.remember(recalls.get(modules.folder_of(module.id).name, Recall()))
    return curriculum


def _recalls(modules: Modules | None) -> tuple[dict[str, Recall], list[Problem]]:
    """What stands in each module's recall.yaml by the name of its folder, and what is wrong."""
    recalls, problems = {}, []
    for folder in modules or ():
        path = folder / RECALL
        if not path.exists():
            continue
        source, unreadable = _source_of(path)
        if unreadable:
            problems.append(unreadable)
            continue
        recall, found = _checked(source, str(path), Recall)
        problems += found
        if recall is not None:
            recalls[folder.name] = recall
    return recalls, problems


def _source_of(path: Path) -> tuple[str, Problem | None]:
    try:
        return _decoded(_bytes_of(path)), None
    except _Unreadable as error:
        return "", Problem(str(path), *error.place, "", error.message)


def _checked(
    source: str, file: str, shape: type[Shape], modules: Modules | None = None
) -> tuple[Shape | None, list[Problem]]:
    """The text of a file as `shape` says, or None; and all that is wrong with it."""
    source = source.replace("\r\n", "\n")
    bad = _bad_characters(source, file)
    if bad:
        return None, bad
    tree = _read(source)
    made, found = _judge(tree, file, shape, modules)
    return made, _problems(found, tree, file)


def _bytes_of(path: Path) -> bytes:
    start = Place(1, 1)
    try:
        if path.is_dir():
            raise _Unreadable(start, "this is a folder; expected a file")
        if path.exists() and not path.is_file():
            raise _Unreadable(start, "this is not a regular file")
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _Unreadable(start, "there is no such file") from None
    except PermissionError:
        raise _Unreadable(start, "the file may not be read: permission denied") from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise _Unreadable(start, f"the file can't be read: {reason}") from None
    except ValueError:
        raise _Unreadable(start, "the file can't be read: its name is not valid") from None
    return data


def _decoded(data: bytes) -> str:
    start = Place(1, 1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Unreadable(start, "the file is UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        place = _place_in(before, len(before))
        raise _Unreadable(
            place, f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        ) from None


def _bad_characters(source: str, file: str) -> list[Problem]:
    if len(source) > _LARGEST_FILE:
        return [Problem(file, 1, 1, "", f"the file is larger than {_LARGEST_FILE} bytes")]
    if source.startswith("\ufeff"):
        message = "the file begins with a byte order mark; save it as UTF-8 without one"
        return [Problem(file, 1, 1, "", message)]
    problems, line, start = [], 0, 0
    for match in field_checks.refused_characters(source):
        newline = source.rfind("\n", start, match.start())
        if newline >= 0:
            line += source.count("\n", start, newline + 1)
            start = newline + 1
        elif problems and problems[-1].line == line + 1:
            # One line of the report is enough for one line of the file.
            continue
        place = Place(line + 1, match.start() - start + 1)
        message = field_checks.character_name(match.group())
        if match.group() == "\t":
            message += "; indent and separate with spaces"
        problems.append(Problem(file, *place, "", message))
        if len(problems) == _MOST_BAD_CHARACTERS:
            break
    return problems


def _place_in(source: str, position: int) -> Place:
    before = source[:position]
    return Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


class _Tree:
    """Plain data with positions, built from the events of a YAML parser.

    data: what the document holds; keys and values: the place of each, by path.
    found: what is wrong with the YAML; silent: paths that need no further findings.
    stopped: whether reading ended early.
    """

    def __init__(self) -> None:
        self.data: Any = None
        self.keys: dict[DataPath, Place] = {}
        self.values: dict[DataPath, Place] = {}
        self.found: list[Finding] = []
        self.silent: set[DataPath] = set()
        self.nulls: list[DataPath] = []
        self.stopped = False
        self._open: list[_Collection] = []
        self._documents = 0

    def stop(self, place: Place, message: str) -> None:
        """Note a problem that nothing can be read behind."""
        self.found.append(Finding((), message, place=place))
        self.stopped = True

    def feed(self, event: Any) -> None:
        """Take the next event; raises _Unreadable."""
        handler = _HANDLERS.get(type(event).__name__)
        if handler is not None:
            handler(self, event)

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _Unreadable(_place(event), "a second document begins; expected one")
        if event.version is not None or event.tags:
            raise _Unreadable(Place(1, 1), "a %YAML or %TAG directive; expected none")

    def _end_document(self, event: Any) -> None:
        if event.explicit:
            raise _Unreadable(_place(event), "a line '...' ends the document here; remove it")

    def _scalar(self, event: Any) -> None:
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.wants_key:
            self._key(parent, event)
            return
        value = _resolved(event.value) if event.implicit[0] else event.value
        self._value(event, value)

    def _alias(self, event: Any) -> None:
        self._refuse_key(event)
        path = self._value(event, None)
        self._refuse(path, event, "an alias; write the value out")

    def _start_list(self, event: Any) -> None:
        self._start(event, [])

    def _start_mapping(self, event: Any) -> None:
        self._start(event, {})

    def _start(self, event: Any, container: Any) -> None:
        self._refuse_key(event)
        if len(self._open) == _DEEPEST_NESTING:
            message = f"nested deeper than {_DEEPEST_NESTING} levels"
            raise _Unreadable(_place(event), message)
        dropped = bool(self._open) and (self._open[-1].dropped or self._open[-1].repeated)
        path = self._value(event, container)
        self._open.append(_Collection(container, path, dropped))

    def _end(self, _event: Any) -> None:
        self._open.pop()

    def _refuse_key(self, event: Any) -> None:
        if self._open and self._open[-1].wants_key:
            raise _Unreadable(_place(event), "a key that is not plain text")

    def _refuse(self, path: DataPath, event: Any, message: str, *, on_key: bool = False) -> None:
        self.found.append(Finding(path, message, on_key=on_key, place=_place(event)))
        self.silent.add(path)

    def _key(self, parent: "_Collection", event: Any) -> None:
        key, path = event.value, (*parent.path, event.value)
        parent.key = key
        parent.repeated = key in parent.container
        if event.anchor is not None or event.tag is not None:
            self._refuse(path, event, "an anchor or a tag before a key; remove it", on_key=True)
        elif key == "<<" and event.implicit[0]:
            self._refuse(path, event, "a merge key; write the values out", on_key=True)
        elif parent.repeated and not parent.dropped:
            message = f"the key {field_checks.shown(key)} stands here twice, first in line "
            message += str(self.keys[path].line)
            self.found.append(Finding(path, message, on_key=True, place=_place(event)))
        if not parent.repeated and not parent.dropped:
            self.keys[path] = _place(event)

    def _value(self, event: Any, value: Any) -> DataPath:
        """Put a value where it belongs; returns its path."""
        path: DataPath = ()
        kept = True
        if not self._open:
            self.data = value
        else:
            parent = self._open[-1]
            kept = not parent.dropped and not parent.repeated
            if isinstance(parent.container, list):
                path = (*parent.path, len(parent.container))
                parent.container.append(value)
            else:
                path = (*parent.path, parent.key)
                parent.key = None
                if not parent.repeated:
                    parent.container[path[-1]] = value
        if kept:
            # Where nothing stands, the parser's mark may be lines away: the key is what to show.
            nothing = value is None and getattr(event, "value", None) == ""
            key_place = self.keys.get(path) if nothing else None
            self.values[path] = key_place or _place(event)
            if value is None:
                self.nulls.append(path)
        if event.anchor is not None and not type(event).__name__ == "AliasEvent":
            self._refuse(path, event, "an anchor; write values out where they are needed")
        elif getattr(event, "tag", None) is not None:
            self._refuse(path, event, "a tag; write text in quotes, everything else plain")
        return path


class _Collection:
    """A list or mapping that is being read.

    dropped: it stands under a repeated key, so nothing in it is kept.
    repeated: the key read last stood in this mapping before.
    """

    def __init__(self, container: Any, path: DataPath, dropped: bool):
        self.container = container
        self.path = path
        self.dropped = dropped
        self.key: str | None = None
        self.repeated = False

    @property
    def wants_key(self) -> bool:
        return isinstance(self.container, dict) and self.key is None


_HANDLERS: dict[str, Callable[[_Tree, Any], None]] = {
    "DocumentStartEvent": _Tree._start_document,
    "DocumentEndEvent": _Tree._end_document,
    "ScalarEvent": _Tree._scalar,
    "AliasEvent": _Tree._alias,
    "SequenceStartEvent": _Tree._start_list,
    "MappingStartEvent": _Tree._start_mapping,
    "SequenceEndEvent": _Tree._end,
    "MappingEndEvent": _Tree._end,
}


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _resolved(source: str) -> Any:
    """Give a plain scalar its value by the core schema of YAML 1.2, where `no` is text."""
    if _NULL.fullmatch(source):
        return None
    if _TRUE.fullmatch(source):
        return True
    if _FALSE.fullmatch(source):
        return False
    for pattern, base in ((_DECIMAL, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
        if pattern.fullmatch(source):
            digits = source.lstrip("+-") if base == 10 else source[2:]
            if len(digits) > _MOST_DIGITS:
                return field_checks.HugeNumber(len(digits))
            return int(source if base == 10 else digits, base)
    if _FLOAT.fullmatch(source):
        return float(source.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return source


def _fast_parser() -> Any:
    """Return a class that parses with libyaml, or None where no package brings one along."""
    for package in ("_ruamel_yaml", "yaml.cyaml"):
        try:
            return import_module(package).CParser
        except (ImportError, AttributeError):
            continue
    return None


def _fast_events(parser_class: Any, source: str) -> Iterator[Any]:
    parser = parser_class(source)
    try:
        while True:
            event = parser.get_event()
            yield event
            if event is None or type(event).__name__ == "StreamEndEvent":
                return
    finally:
        if hasattr(parser, "dispose"):
            parser.dispose()


def _slow_events(source: str) -> Iterator[Any]:
    return ruamel.yaml.YAML(typ="safe", pure=True).parse(source)


def _read(source: str) -> _Tree:
    return _read_fast(source) or _read_slowly(source)


def _read_fast(source: str) -> _Tree | None:
    """Read with libyaml, or return None where the pure parser could see anything differently."""
    parser_class = _fast_parser()
    if parser_class is None or _SEEN_DIFFERENTLY.search(source):
        return None
    tree = _Tree()
    try:
        for event in _fast_events(parser_class, source):
            tree.feed(event)
    except Exception:
        return None
    clean = isinstance(tree.data, dict) and not tree.found and not tree.nulls
    return tree if clean else None


def _read_slowly(source: str) -> _Tree:
    tree = _Tree()
    last = Place(1, 1)
    try:
        for event in _slow_events(source):
            last = _place(event)
            tree.feed(event)
    except _Unreadable as error:
        tree.stop(error.place, error.message)
    except ruamel.yaml.error.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark is not None else last
        tree.stop(place, _syntax_message(error))
    except Exception:
        # Odd input makes the parser fail in ways of its own: escapes for characters that don't
        # exist raise OverflowError, long runs of brackets RecursionError.
        tree.stop(last, "not valid YAML, near here or in the lines below")
    return tree


def _syntax_message(error: ruamel.yaml.error.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "can't be understood"
    for pattern, message in _SYNTAX:
        if re.search(pattern, problem):
            return f"not valid YAML: {message}"
    return f"not valid YAML: {field_checks.printable(problem)}"


def _judge(
    tree: _Tree, file: str, shape: type[Shape], modules: Modules | None
) -> tuple[Shape | None, list[Finding]]:
    found = list(tree.found)
    wanted = "title, levels and parts" if shape is Curriculum else "cards, group or terms"
    if tree.stopped:
        return None, found
    if tree.data is None and not found:
        return None, [Finding((), f"the file is empty; expected {wanted}")]
    if not isinstance(tree.data, dict):
        if not found:
            holding = "title and parts" if shape is Curriculum else wanted
            found.append(Finding((), field_checks.misplaced(tree.data, f"a mapping with {holding}")))
        return None, found
    made, wrong = _validated(tree.data, shape)
    found += wrong
    if shape is Curriculum:
        found += rules.findings(
            tree.data, lambda path: _position(tree, Finding(path, "")).line, file, modules
        )
        found += spoilers(rules.outline(tree.data).modules)
    told = {finding.path for finding in found}
    found += [
        Finding(path, "nothing here; give the key a value or remove it")
        for path in tree.nulls
        if not any(path[:length] in told for length in range(len(path) + 1) if length)
    ]
    quiet = [
        finding
        for finding in found
        if finding in tree.found
        or not any(finding.path[:length] in tree.silent for length in range(len(finding.path) + 1))
    ]
    return made, quiet


def _validated(
    data: dict[str, Any], shape: type[Shape]
) -> tuple[Shape | None, list[Finding]]:
    try:
        return shape.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    found = []
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    meant = {(*path[:-1], _meant(path, shape)) for path in unknown}
    for detail in details:
        path, kind = detail["loc"], detail["type"]
        if kind == "missing" and path in meant:
            # A misspelt key is one slip and not two.
            continue
        if kind == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]:
            # Pydantic counts the valid items of a tuple, and the others have their own findings.
            continue
        if path[-1:] == ("[key]",):
            found.append(Finding(path[:-1], _schema_message(detail, shape), on_key=True))
        else:
            message = _schema_message(detail, shape)
            found.append(Finding(path, message, kind == "extra_forbidden"))
    return None, found


def _schema_message(detail: Any, shape: type[BaseModel]) -> str:
    path, kind, value = detail["loc"], detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "extra_forbidden":
        return _unknown_key(path, shape)
    if kind == "missing":
        return f"missing; expected {_expected(path, shape)}"
    if kind in ("model_type", "dict_type"):
        return field_checks.misplaced(value, "a mapping")
    if kind == "tuple_type":
        return field_checks.misplaced(value, "a list")
    if kind == "too_short":
        least = context["min_length"]
        return f"{_items(len(value))} where at least {least} must stand"
    if kind == "too_long":
        return f"{_items(len(value))} where at most {context['max_length']} may stand"
    return f"{field_checks.shown(value)} is not what is expected here"


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def _unknown_key(path: DataPath, shape: type[BaseModel]) -> str:
    fields = _fields_at(path[:-1], shape)
    if path[-1] in Recall.model_fields and path[-3:-2] == ("modules",):
        return f"these stand in the module's own {RECALL}, beside its lesson"
    hint = field_checks.did_you_mean(path[-1], fields) or f"; expected one of {', '.join(fields)}"
    return f"unknown key{hint}"


def _meant(path: DataPath, shape: type[BaseModel]) -> str | None:
    return field_checks.closest(path[-1], _fields_at(path[:-1], shape))


def _expected(path: DataPath, shape: type[BaseModel]) -> str:
    description = _fields_at(path[:-1], shape)[str(path[-1])].description or "a value"
    return description[0].lower() + description[1:].removesuffix(".")


def _fields_at(path: DataPath, shape: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of the model that describes the data at a path."""
    current: Any = shape
    for step in path:
        if isinstance(step, str):
            current = _unwrapped(current.model_fields[step].annotation)
        else:
            current = _unwrapped(get_args(current)[0])
    return current.model_fields if issubclass(current, BaseModel) else {}


def _unwrapped(annotation: Any) -> Any:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _unwrapped(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _unwrapped(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


def _problems(found: list[Finding], tree: _Tree, file: str) -> list[Problem]:
    problems = {
        Problem(
            finding.file or file,
            *_position(tree, finding),
            _where(finding.path, tree.data),
            finding.message,
        )
        for finding in found
    }
    return sorted(problems, key=lambda problem: (problem.file != file, problem))


def _position(tree: _Tree, finding: Finding) -> Place:
    if finding.place is not None:
        return finding.place
    path = finding.path
    if finding.on_key and path in tree.keys:
        return tree.keys[path]
    # A path without a place is a key that is missing: its mapping is the nearest thing to show.
    while path not in tree.values and path:
        path = path[:-1]
    return tree.values.get(path, Place(1, 1))


def _where(path: DataPath, data: Any) -> str:
    """Write a path as people name the place: modules.attention.resources[2].level."""
    label, steps = "", list(path)
    match path:
        case ("parts", int(part), "modules", int(index), *steps):
            parts = [_item(data, "parts", number) for number in range(part + 1)]
            before = sum(len(rules.enumerated(earlier.get("modules"))) for earlier in parts[:-1])
            module = _item(parts[-1], "modules", index)
            label = f"modules{_name(module, before + index)}"
        case ("parts", int(part), *steps):
            label = f"parts{_name(_item(data, 'parts', part), part)}"
    for step in steps:
        if isinstance(step, int):
            label += f"[{step}]"
        else:
            label += f".{field_checks.printable(step)}" if label else field_checks.printable(step)
    return label


def _name(entry: dict[str, Any], number: int) -> str:
    return f".{entry['id']}" if field_checks.is_identifier(entry.get("id")) else f"[{number}]"


def _item(data: Any, key: str, index: int) -> dict[str, Any]:
    items = rules.enumerated(data.get(key)) if isinstance(data, dict) else []
    found = items[index][1] if index < len(items) else None
    return found if isinstance(found, dict) else {}
