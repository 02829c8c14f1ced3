"""The path as the learner's commands need it: small, and read without the curriculum's loader.

`pathkit build` writes it beside the notebooks; `pathkit start` copies it into the learner's folder,
which then knows what the path holds even where curriculum.yaml is not at hand.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pathkit.errors import EnvironmentProblem

FORMAT = 1


@dataclasses.dataclass(frozen=True)
class Exercise:
    """An exercise: `id` is MODULE.NAME, `minutes` what its author expects, `hints` Markdown."""

    id: str
    name: str
    title: str
    level: str
    minutes: int
    hints: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Resource:
    """Something to watch or read; `when` is before, during, after or deeper.

    instead_of: the id of what teaches the same, where one of the two is enough.
    """

    id: str
    title: str
    kind: str
    url: str
    level: str
    minutes: int
    when: str
    instead_of: str = ""


@dataclasses.dataclass(frozen=True)
class Card:
    """A recall card; `id` stays while its question stays."""

    id: str
    ask: str
    answer: str


@dataclasses.dataclass(frozen=True)
class Meeting:
    """What a group does with a module: questions, a task for pairs, a plan with minutes."""

    discuss: tuple[str, ...]
    pairs: str
    plan: str


@dataclasses.dataclass(frozen=True)
class Term:
    """A word of the field's; word: the path's own, "" where that is the same; heading: where."""

    term: str
    word: str
    says: str
    heading: str


@dataclasses.dataclass(frozen=True)
class Module:
    """One step of the path. minutes: the notebook alone; number: its place, from 1.

    predictions: ids as they are logged, MODULE.NAME, without those that let one skip the module.
    formerly: ids it had before it was renamed. draft: its lesson isn't written yet.
    """

    id: str
    number: int
    title: str
    tagline: str
    part: str
    file: str
    level: str
    essential: bool
    minutes: int
    requires: tuple[str, ...]
    outcomes: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    predictions: tuple[str, ...]
    can_skip: bool
    resources: tuple[Resource, ...]
    cards: tuple[Card, ...]
    group: Meeting | None
    formerly: tuple[str, ...] = ()
    draft: bool = False
    terms: tuple[Term, ...] = ()

    @functools.cached_property
    def ids_by_name(self) -> dict[str, str]:
        """The exercises' ids by their names."""
        return {e.name: e.id for e in reversed(self.exercises)}


@dataclasses.dataclass(frozen=True)
class PathMap:
    """The whole path; `parts` are titles, in order.

    content: where the folders of its modules lie, seen from the map's own; "": with the kit.
    evening: the notebook that leads once through all of it, as a module with others' exercises.
    """

    title: str
    parts: tuple[str, ...]
    modules: tuple[Module, ...]
    content: str = ""
    evening: Module | None = None

    def module(self, module_id: str) -> Module:
        """The module with this id, or the one that had it formerly; raises KeyError."""
        return self._by_id[module_id]

    @functools.cached_property
    def _by_id(self) -> dict[str, Module]:
        """Each by all ids that it ever had; the first that has one counts."""
        return {name: m for m in reversed(self.notebooks) for name in (m.id, *m.formerly)}

    @property
    def notebooks(self) -> tuple[Module, ...]:
        """What has a notebook that is worked through: the modules, and the evening if any."""
        return (*self.modules, *([self.evening] if self.evening else []))

    def exercise(self, name: str) -> tuple[Module, Exercise]:
        """An exercise by MODULE.NAME, or by NAME where only one has it; raises KeyError.

        The error's argument says what is wrong, for people.
        """
        found = [(m, e) for m in self.modules for e in m.exercises if name in (e.id, e.name)]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(e.id for _, e in found)
            raise KeyError(f"{name!r} is the name of several exercises; write one of {ids}")
        raise KeyError(f"there is no exercise {name!r}{self._instead_of(name)}")

    def _instead_of(self, name: str) -> str:
        """What may have been meant by the name of an exercise that there isn't."""
        from pathkit.nearest_name import did_you_mean

        known = [n for m in self.modules for e in m.exercises for n in (e.name, e.id)]
        for module in self.modules:
            if name in (module.id, *module.formerly, str(module.number)) and module.exercises:
                names = ", ".join(e.name for e in module.exercises)
                return f"; {module.id} is a module, its exercises are: {names}"
        return did_you_mean(name, known)


def with_ground(
    path: Any, modules: Iterable[Any], without: Callable[[Any], bool] = lambda module: False
) -> tuple[Any, ...]:
    """These modules and all that they build on, directly or not, in the path's order.

    path: a PathMap, or a Curriculum. without: which are left out, with what only they build on.
    """
    found: set[str] = set()
    waiting = [m.id for m in modules]
    while waiting:
        module = path.module(waiting.pop())
        if module.id not in found and not without(module):
            found.add(module.id)
            waiting += module.requires
    return tuple(m for m in path.modules if m.id in found)


def to_json(path: PathMap) -> str:
    """The text that `load` reads."""
    data = {"format": FORMAT, **dataclasses.asdict(path)}
    if not path.content:
        del data["content"]
    if not path.evening:
        del data["evening"]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def load(file: Path) -> PathMap:
    """Read a map; raises EnvironmentProblem when it is missing, damaged or of another version."""
    again = "`pathkit start` writes it anew"
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            raise EnvironmentProblem(f"{file} is of another version of the path; {again}")
        return PathMap(
            data["title"], tuple(data["parts"]), tuple(_module(m) for m in data["modules"]),
            str(data.get("content", "")),
            _module(data["evening"]) if "evening" in data else None,
        )
    except OSError as error:
        raise EnvironmentProblem(f"{file} can't be read ({error.strerror}); {again}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EnvironmentProblem(f"{file} is damaged; {again}") from error


def _module(data: dict[str, Any]) -> Module:
    several = {"exercises": Exercise, "resources": Resource, "cards": Card, "terms": Term}
    fields = {
        key: tuple(several[key](**_with_tuples(one)) for one in value) if key in several
        else tuple(value) if isinstance(value, list) else value
        for key, value in data.items()
    }
    if group := fields["group"]:
        fields["group"] = Meeting(tuple(group["discuss"]), group["pairs"], group["plan"])
    return Module(**fields)


def _with_tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
