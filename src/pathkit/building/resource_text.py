"""Resources around a lesson: a line each before it, the rest folded, errata behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pathkit.building.markdown import fold, one_line
from pathkit.building.resource_lists import WHEN, marked, resources

# What a learner takes before the lesson or beside it; the rest comes after.
UP_FRONT = ("before", "during")


def opening(curriculum: Any, found: Sequence[Any]) -> str:
    """A line for each resource to take before the lesson, and what each gives, folded."""
    lists = {
        # Bold, not a heading: it would be listed in the contents, and fold cells of its own.
        when: resources(curriculum, some, f"**{WHEN[when]}**")
        for when in UP_FRONT
        if (some := [r for r in found if r.when == when])
    }
    lines = "\n".join(f"- {marked(curriculum, r)}" for r in found if r.when == "before")
    more = "What to look for, and what to take along the way"
    if "during" not in lists:
        more = "What to look for"
    elif "before" not in lists:
        more = WHEN["during"]
    folded = fold(more, "\n\n".join(lists.values()))
    return f"**{WHEN['before']}**\n\n{lines}\n\n{folded}" if lines else folded


def errata(found: Sequence[Any], solved: bool) -> str:
    """What the resources get wrong, folded by resource; what the guide slipped on, plainly.

    solved: whether errata that would answer an exercise are told in full. Empty where there are
    none.
    """
    folds = [
        fold(f"⚠ {resource.title}", "\n".join(_items(own, solved)))
        for resource in found
        if (own := [e for e in resource.errata if e.of == "resource"])
    ]
    notes = [
        f"- *{resource.title}*: {one_line(e.says)} {one_line(e.instead)}"
        for resource in found for e in resource.errata if e.of == "guide"
    ]
    text = []
    if folds:
        text += ["## Errata", "What these resources get wrong. Unfold one when you have taken it."]
        if not solved and any(e.warning for r in found for e in r.errata):
            text.append("Where a correction would answer an exercise, only the solution has it.")
        text += folds
    if notes:
        heading = "## Notes on the guide" if not folds else "### Notes on the guide"
        text += [heading, "\n".join(notes)]
    return "\n\n".join(text)


def _items(errata: Iterable[Any], solved: bool) -> Iterable[str]:
    for erratum in errata:
        if erratum.warning and not solved:
            yield f"- {one_line(erratum.warning)}"
        else:
            yield f"- {one_line(erratum.says)} **Rather:** {one_line(erratum.instead)}"
