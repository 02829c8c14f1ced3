"""Plain data with the position of every key and value, built from the events of a YAML parser.

What YAML allows and a curriculum doesn't is refused here: aliases, anchors, tags, merge keys,
repeated keys, further documents.
"""

from collections.abc import Callable
from typing import Any

from pathkit.curriculum.findings import DataPath, Finding, Place, Unreadable
from pathkit.curriculum.value_words import shown
from pathkit.curriculum.yaml_scalars import resolved

_DEEPEST_NESTING = 32


class Tree:
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
        """Take the next event; raises Unreadable."""
        handler = _HANDLERS.get(type(event).__name__)
        if handler is not None:
            handler(self, event)

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise Unreadable(place_of(event), "a second document begins; expected one")
        if event.version is not None or event.tags:
            raise Unreadable(Place(1, 1), "a %YAML or %TAG directive; expected none")

    def _end_document(self, event: Any) -> None:
        if event.explicit:
            raise Unreadable(place_of(event), "a line '...' ends the document here; remove it")

    def _scalar(self, event: Any) -> None:
        parent = self._open[-1] if self._open else None
        if parent is not None and parent.wants_key:
            self._key(parent, event)
            return
        value = resolved(event.value) if event.implicit[0] else event.value
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
            raise Unreadable(place_of(event), message)
        dropped = bool(self._open) and (self._open[-1].dropped or self._open[-1].repeated)
        path = self._value(event, container)
        self._open.append(_Collection(container, path, dropped))

    def _end(self, _event: Any) -> None:
        self._open.pop()

    def _refuse_key(self, event: Any) -> None:
        if self._open and self._open[-1].wants_key:
            raise Unreadable(place_of(event), "a key that is not plain text")

    def _refuse(self, path: DataPath, event: Any, message: str, *, on_key: bool = False) -> None:
        self.found.append(Finding(path, message, on_key=on_key, place=place_of(event)))
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
            message = f"the key {shown(key)} stands here twice, first in line "
            message += str(self.keys[path].line)
            self.found.append(Finding(path, message, on_key=True, place=place_of(event)))
        if not parent.repeated and not parent.dropped:
            self.keys[path] = place_of(event)

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
            self.values[path] = key_place or place_of(event)
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


_HANDLERS: dict[str, Callable[[Tree, Any], None]] = {
    "DocumentStartEvent": Tree._start_document,
    "DocumentEndEvent": Tree._end_document,
    "ScalarEvent": Tree._scalar,
    "AliasEvent": Tree._alias,
    "SequenceStartEvent": Tree._start_list,
    "MappingStartEvent": Tree._start_mapping,
    "SequenceEndEvent": Tree._end,
    "MappingEndEvent": Tree._end,
}


def place_of(event: Any) -> Place:
    """Where an event begins."""
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def position(tree: Tree, finding: Finding) -> Place:
    """Where a finding is shown: at its key or value, else at the nearest mapping around it."""
    if finding.place is not None:
        return finding.place
    path = finding.path
    if finding.on_key and path in tree.keys:
        return tree.keys[path]
    # A path without a place is a key that is missing: its mapping is the nearest thing to show.
    while path not in tree.values and path:
        path = path[:-1]
    return tree.values.get(path, Place(1, 1))
