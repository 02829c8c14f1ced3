"""The text about the whole path: the first page, the tables of modules, the README's map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pathkit.building.markdown import cell, level, link_text, one_line
from pathkit.building.module_text import TO_COME
from pathkit.building.overview import NOT_SAID, Overview
from pathkit.quantities import count, length


def start(
    curriculum: Any, links: Mapping[str, str], overview: Overview = NOT_SAID
) -> str:
    """The head of the first page: how to begin and how to read the marks."""
    modules = curriculum.modules
    route = f" Short of time? {fast}" if (fast := fast_route(curriculum, overview)) else ""
    # What `pathkit next` answers in a fresh folder.
    first = next(
        (m for m in modules if not m.requires and m.id not in overview.drafts), modules[0]
    )
    promised = f"{promise}: " if (promise := getattr(curriculum, "promise", None)) else ""
    return (
        f"# {curriculum.title}\n\n{promised}{extent(curriculum, overview)} "
        f"{_how_many_resources(curriculum)}All of it takes {overview.whole}.\n\n"
        f"{_evening_first(overview)}**{'With more time' if overview.evening else 'New here'}?** "
        f"Begin with [{link_text(first.title)}]({links[first.id]}): it needs no other module."
        f"{route}\n\n"
        "Run a cell with Shift+Enter. Cells that begin with `# exercise:` are yours to fill; the "
        "check in the last line says at once what holds and what doesn't, and no wrong answer "
        "stops a notebook.\n\n"
        "The next cell is your map: what is done, what comes next, and what each notebook needs. "
        f"Run it to bring it up to date.\n\n{_levels(curriculum)}{_words(modules)}"
    )


def _evening_first(overview: Overview) -> str:
    """The way to the evening; "" for a path without one."""
    if (found := overview.evening) is None:
        return ""
    return f"**New here?** [{found.title}]({found.file}): {found.tagline} {_how_long(found)}\n\n"


def _how_long(evening: Any) -> str:
    exercises = count(len(evening.exercises), "exercise")
    return f"{length(evening.minutes)}, {exercises}, each taken from a module of the path."


def _words(modules: Iterable[Any]) -> str:
    """The way to the glossary; "" for a path that explains no words."""
    if not any(module.terms for module in modules):
        return ""
    return "\n\nMet a word that you don't know? The [glossary](glossary.ipynb) may have it."


def _levels(curriculum: Any) -> str:
    """The signs of the levels, and how to read them."""
    marks = " · ".join(level(curriculum, name) for name in curriculum.levels)
    note = getattr(curriculum, "level_note", None)
    return f"Levels: {marks}." + (f" {one_line(note)}" if note else "")


def _how_many_resources(curriculum: Any) -> str:
    """The sentence about resources; "" where the path has none."""
    if not (count := len(curriculum.resources)):
        return ""
    counted = "1 resource" if count == 1 else f"{count} resources, each"
    return f"{counted} with a summary and questions. "


def extent(curriculum: Any, overview: Overview) -> str:
    """How many lessons there are, and how many are still to come, as a sentence."""
    ready = len(curriculum.modules) - len(overview.drafts)
    if not overview.drafts:
        return f"{ready} lessons."
    more = "more is" if len(overview.drafts) == 1 else "more are"
    return (
        f"{ready} finished lessons; {len(overview.drafts)} {more} to come, with resources and "
        "questions for now."
    )


def fast_route(curriculum: Any, overview: Overview) -> str:
    """What the fast route is and takes, as a sentence; "" where there is none."""
    modules = [m for m in curriculum.modules if m.essential]
    if not modules:
        return ""
    drafts = sum(m.id in overview.drafts for m in modules)
    coming = f" {drafts} of them are lessons to come." if drafts else ""
    return f"The {len(modules)} modules marked ★ are the fast route: {overview.fast}.{coming}"


def about_the_path(curriculum: Any, overview: Overview) -> str:
    """What the README says below its map: how much there is, how long it takes, the marks."""
    lines = [
        f"{extent(curriculum, overview)} All of it takes {overview.whole}.",
        fast_route(curriculum, overview),
        evening_line(overview),
        _levels(curriculum),
    ]
    return "\n".join(filter(None, lines))


def evening_line(overview: Overview) -> str:
    """The README's sentence about the evening; "" for a path without one."""
    if (found := overview.evening) is None:
        return ""
    return f"[{found.title}](notebooks/{found.file}): {found.tagline} {_how_long(found)}"


def part(
    curriculum: Any, found: Any, links: Mapping[str, str], overview: Overview = NOT_SAID
) -> str:
    """One part of the path as a table of its modules."""
    return f"## {found.title}\n\n{module_table(curriculum, found, links, overview)}"


def module_table(
    curriculum: Any, found: Any, links: Mapping[str, str], overview: Overview = NOT_SAID
) -> str:
    """Each module of a part: title with link, what it needs, level, how long its lesson and its
    resources take, exercises, promise."""
    rows = [
        f"| {curriculum.number(m.id)} | [{link_text(cell(m.title))}]({links[m.id]})"
        f"{' ★' if m.essential else ''}{f' ({TO_COME})' * (m.id in overview.drafts)} "
        f"| {_needs(curriculum, m, links)} | {level(curriculum, m.level)} "
        f"| {'–' if m.id in overview.drafts else m.minutes} | {_reading(overview, m)} "
        f"| {len(m.exercises) or '–'} | {cell(m.tagline)} |"
        for m in found.modules
    ]
    head = (
        "| | Module | Needs | Level | Lesson (min) | Resources (min) | Exercises | |\n"
        "| --: | :-- | :-- | :-- | --: | --: | --: | :-- |"
    )
    return "\n".join([head, *rows])


def _reading(overview: Overview, module: Any) -> str:
    """Minutes of a module's videos and texts, what stands for one another counted once."""
    times = overview.modules.get(module.id)
    return str(times.resources or "–") if times else "–"


def _needs(curriculum: Any, module: Any, links: Mapping[str, str]) -> str:
    """The numbers of the modules that a module builds on, each a link."""
    return ", ".join(
        f"[{curriculum.number(m)}]({links[m]})" for m in module.requires
    ) or "–"


def colophon(curriculum: Any) -> str:
    """What the path says of itself at the end of its first page; "" when it says nothing."""
    return getattr(curriculum, "about", None) or ""
