"""Tables of resources with their marks, moves and companions, and the questions about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pathkit.building.markdown import NO_BREAK, cell, fold, level, link_text, one_line

FLAG_WORDS = {"long": "long", "low-audio": "low audio quality"}
WHEN = {
    "before": "Before you start",
    "during": "Along the way",
    "after": "When you have finished",
    "deeper": "Deeper",
}


def resources(curriculum: Any, found: Sequence[Any], heading: str) -> str:
    """A table of resources under a heading, its marks explained, then moves and companions."""
    rows = "\n".join(_row(curriculum, resource) for resource in found)
    text = (
        f"{heading}\n\n| Resource | Level | Minutes | What it gives you |\n"
        f"| :-- | :-- | --: | :-- |\n{rows}"
    )
    legend = _legend(curriculum, found)
    remarks = [_with_remarks(curriculum, resource) for resource in found]
    return "\n\n".join(filter(None, [text, legend, "\n".join(filter(None, remarks))]))


def _row(curriculum: Any, resource: Any) -> str:
    people = ", ".join(resource.authors)
    marks = "".join(f"{NO_BREAK}{curriculum.flags[flag]}" for flag in resource.flags)
    about = cell(f"{people}, {resource.year}. {resource.kind.capitalize()}.")
    return (
        f"| {cell(link(resource))}<br>{about} | {level(curriculum, resource.level)}{marks} "
        f"| {resource.minutes} | {cell(resource.summary)} |"
    )


def link(resource: Any) -> str:
    """A link with the title of a resource to where it lives now."""
    url = _url(resource.moved.url if resource.moved else resource.url)
    return f"[{link_text(resource.title)}]({url})"


def _url(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _legend(curriculum: Any, found: Sequence[Any]) -> str:
    used = [flag for flag in curriculum.flags if any(flag in r.flags for r in found)]
    return " · ".join(f"{curriculum.flags[flag]} {FLAG_WORDS.get(flag, flag)}" for flag in used)


def _with_remarks(curriculum: Any, resource: Any) -> str:
    remarks = "".join(f"\n  - {remark}" for remark in _remarks(curriculum, resource))
    return f"- *{resource.title}*{remarks}" if remarks else ""


def _remarks(curriculum: Any, resource: Any) -> Iterable[str]:
    if resource.moved:
        note = f"{one_line(resource.moved.note)} " if resource.moved.note else ""
        yield (
            f"{note}The guide's link was <{resource.url}>; the one above was looked up "
            f"in {resource.moved.checked}."
        )
    if resource.instead_of:
        main = resource.instead_of
        home = next(m for m in curriculum.modules if main in [r.id for r in m.resources])
        yield (
            f"The same as *{_title_of(curriculum, main)}* in module {curriculum.number(home.id)}: "
            "one of the two is enough."
        )
    for companion in resource.companions:
        yield f"Companion: [{link_text(companion.title)}]({_url(companion.url)})"
    if resource.pairs_with:
        others = ", ".join(f"*{_title_of(curriculum, other)}*" for other in resource.pairs_with)
        yield f"Goes together with {others}."


def _title_of(curriculum: Any, resource_id: str) -> str:
    return next(r.title for r in curriculum.resources if r.id == resource_id)


def questions(found: Sequence[Any]) -> str:
    """Recall questions by resource, answers folded away."""
    blocks = [
        f"### {resource.title}\n\n" + "\n\n".join(fold(q.ask, q.answer) for q in resource.questions)
        for resource in found
    ]
    return "## What stayed?\n\nAnswer aloud, then unfold.\n\n" + "\n\n".join(blocks)
