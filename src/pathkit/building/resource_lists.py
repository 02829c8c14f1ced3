"""Lists of resources with their marks, moves and companions, and the questions about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pathkit.building.lesson_links import to_lesson
from pathkit.building.markdown import NO_BREAK, fold, level, link_text, one_line

FLAG_WORDS = {"long": "long", "low-audio": "low audio quality"}
WHEN = {
    "before": "Before you start",
    "during": "Along the way",
    "after": "When you have finished",
    "deeper": "Deeper",
}
KIND_WORDS = {"repo": "repository"}
# How addresses and newer facts were found: a reader should know that nobody opened them live.
HOW = "in archived copies of public pages"


def resources(curriculum: Any, found: Sequence[Any], heading: str) -> str:
    """Resources under a heading, an item each: marks, who made it, what it gives, remarks."""
    return f"{heading}\n\n" + "\n".join(_item(curriculum, resource) for resource in found)


def _item(curriculum: Any, resource: Any) -> str:
    remarks = "".join(f"\n  - {remark}" for remark in _remarks(curriculum, resource))
    return (
        f"- {marked(curriculum, resource)}<br>{_by_line(resource)} "
        f"{one_line(resource.summary)}{remarks}"
    )


def marked(curriculum: Any, resource: Any) -> str:
    """Link, level, minutes, and what to be warned of."""
    flags = [f"{curriculum.flags[f]} {FLAG_WORDS.get(f, f)}" for f in resource.flags]
    minutes = f"{resource.minutes} minute{'s' * (resource.minutes != 1)}"
    facts = [rating(curriculum, resource), minutes, *flags]
    return " · ".join([link(resource), *(fact.replace(" ", NO_BREAK) for fact in facts)])


def rating(curriculum: Any, resource: Any) -> str:
    """The level, and whether it is ours where others are the guide's."""
    ours = curriculum.has_guide_ratings and resource.rated != "guide"
    return f"{level(curriculum, resource.level)}{' (ours)' * ours}"


def _by_line(resource: Any) -> str:
    known = [a for a in resource.authors if a not in ("unknown", resource.title)]
    kind = KIND_WORDS.get(resource.kind, resource.kind).capitalize()
    return f"*{', '.join([*known, str(resource.year)])}. {kind}.*"


def link(resource: Any) -> str:
    """A link with the title of a resource to where it lives now."""
    url = _url(resource.moved.url if resource.moved else resource.url)
    return f"[{link_text(resource.title)}]({url})"


def _url(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _remarks(curriculum: Any, resource: Any) -> Iterable[str]:
    if resource.moved:
        note = f"{one_line(resource.moved.note)} " if resource.moved.note else ""
        yield (
            f"{note}The guide's link was <{resource.url}>; the one above was found {HOW} "
            f"({resource.moved.checked})."
        )
    if resource.instead_of:
        main, home = resource.instead_of, curriculum.home_of(resource.instead_of).id
        yield (
            f"The same as *{curriculum.resource(main).title}* in {to_lesson(home)}: one of the "
            "two is enough."
        )
    for companion in resource.companions:
        yield f"Companion: [{link_text(companion.title)}]({_url(companion.url)})"
    if resource.pairs_with:
        others = ", ".join(_partner(curriculum, resource, p) for p in resource.pairs_with)
        yield f"Goes together with {others}."


def _partner(curriculum: Any, resource: Any, partner: str) -> str:
    """A link to what goes together with a resource, and to its lesson where that is another."""
    own, home = (curriculum.home_of(r).id for r in (resource.id, partner))
    return link(curriculum.resource(partner)) + f" (in {to_lesson(home)})" * (home != own)


def questions(found: Sequence[Any]) -> str:
    """Recall questions by resource, answers folded away."""
    blocks = [
        f"### {resource.title}\n\n" + "\n\n".join(fold(q.ask, q.answer) for q in resource.questions)
        for resource in found
    ]
    return "## What stayed?\n\nAnswer aloud, then unfold.\n\n" + "\n\n".join(blocks)
