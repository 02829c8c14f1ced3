"""Rules that span entries: unique ids and URLs, names that must lead to an entry, signs.

The rules read plain data that may break the model anywhere, and judge what they can make sense
of: one misspelt field must not hide a cycle elsewhere. They never raise; each yields findings.
"""

from collections.abc import Iterator
from typing import Any

from pathkit.curriculum import field_checks
from pathkit.curriculum.characters import printable
from pathkit.curriculum.content_rules import content
from pathkit.curriculum.entries import Entry, Outline, by_id, children, outline
from pathkit.curriculum.findings import DataPath, Finding, LineOf
from pathkit.curriculum.link_rules import lesson_links
from pathkit.curriculum.order_rules import cycles, prerequisites
from pathkit.curriculum.value_words import did_you_mean, shown
from pathkit.path_modules import Modules


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
    yield from prerequisites(entries.modules, line_of)
    yield from cycles(entries.modules)
    yield from _pairs(entries.resources)
    yield from _stand_ins(entries.resources)
    yield from lesson_links(data, entries.modules)
    if modules is not None:
        yield from content(entries.modules, modules, file, line_of)


def _duplicate_ids(kind: str, entries: list[Entry], line_of: LineOf) -> Iterator[Finding]:
    first = by_id(entries)
    for entry in entries:
        if entry.id is not None and first[entry.id] is not entry:
            line = line_of((*first[entry.id].path, "id"))
            message = f"another {kind} has the id '{entry.id}', first in line {line}"
            yield Finding((*entry.path, "id"), message)


def _former_ids(modules: list[Entry], line_of: LineOf) -> Iterator[Finding]:
    """A learner's notebook of a renamed module must belong to one module of today."""
    known = by_id(modules)
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
    for entry in children(resources, "companions"):
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
                yield Finding(path, f"{shown(item)} is listed twice")
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


def _pairs(resources: list[Entry]) -> Iterator[Finding]:
    known = by_id(resources)
    for resource in resources:
        for path, partner in resource.texts("pairs_with"):
            if not field_checks.is_identifier(partner):
                continue
            if partner == resource.id:
                yield Finding(path, f"the resource '{partner}' is paired with itself")
            elif partner not in known:
                hint = did_you_mean(partner, known)
                yield Finding(path, f"there is no resource '{partner}'{hint}")


def _stand_ins(resources: list[Entry]) -> Iterator[Finding]:
    """What stands in for a resource must name one that is counted itself."""
    known = by_id(resources)
    for resource in resources:
        main, path = resource.data.get("instead_of"), (*resource.path, "instead_of")
        if not isinstance(main, str) or not field_checks.is_identifier(main):
            continue
        if main == resource.id:
            yield Finding(path, f"the resource '{main}' stands in for itself")
        elif main not in known:
            hint = did_you_mean(main, known)
            yield Finding(path, f"there is no resource '{main}'{hint}")
        elif isinstance(further := known[main].data.get("instead_of"), str):
            named = printable(further)
            yield Finding(path, f"'{main}' stands in for '{named}' itself; name that one")
