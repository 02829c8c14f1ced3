"""The text around a lesson: its title and promise, then recap, cards, group, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pathkit.building.lesson_links import numbered, short_title
from pathkit.building.markdown import fold, level, link_text, one_line
from pathkit.building.overview import NOT_SAID, Overview
from pathkit.building.resource_lists import HOW

TO_COME = "lesson to come"


def title(
    curriculum: Any, module: Any, links: Mapping[str, str], overview: Overview = NOT_SAID
) -> str:
    """The first cell: promise, minutes, level, what is needed, what one can do afterwards.

    Of a draft: what is here already, and no promise.
    """
    number = curriculum.number(module.id)
    part = curriculum.part_of(module.id)
    times = overview.modules.get(module.id)
    draft = module.id in overview.drafts
    facts = [
        f"**{times.of_one if times else f'{module.minutes} minutes'}**",
        level(curriculum, module.level),
        f"part *{part.title}*",
    ]
    if module.essential:
        facts.append("★ on the fast route")
    needed = ", ".join(
        f"[{link_text(short_title(curriculum.module(r).title))}]({links[r]})"
        for r in module.requires
    ) or getattr(curriculum, "needed", None)
    you_need = f"**You need:** {needed}\n\n" if needed else ""
    outcomes = "\n".join(f"- {outcome}" for outcome in module.outcomes)
    after = (
        "**This lesson is still to come.** Here are its resources, with what to look for and "
        "questions to answer."
    ) if draft else fold("Afterwards you can …", outcomes)
    return (
        f"# {number} · {module.title}{f' ({TO_COME})' * draft}\n\n{module.tagline.strip()}\n\n"
        f"{' · '.join(facts)}\n\n{you_need}{after}"
    )


def badges(repository: Any, path: str) -> str:
    """Colab and Binder badges for a notebook at `path` of the repository."""
    where = f"{repository.github}/blob/{repository.branch}/{path}"
    colab = (
        "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]"
        f"(https://colab.research.google.com/github/{where})"
    )
    binder = (
        "[![Open in Binder](https://mybinder.org/badge_logo.svg)]"
        f"(https://mybinder.org/v2/gh/{repository.github}/{quote(repository.branch, safe='')}"
        f"?labpath={quote(path, safe='')})"
    )
    return f"{colab} {binder}"


def since(found: Any) -> str:
    """What has changed since the resources were made, with its sources."""
    sources = " · ".join(f"[{link_text(s.title)}]({s.url})" for s in found.sources)
    return (
        f"## Since then\n\n{one_line(found.text)}\n\n"
        f"*Found {HOW} ({found.checked}):* {sources}"
    )


def recap(module: Any) -> str:
    """The outcomes as sentences to say about oneself."""
    return "## Recap\n\n" + "\n".join(f"- I can {outcome}." for outcome in module.outcomes)


def cards(own: Sequence[Any], earlier: Sequence[tuple[Any, Any]]) -> str:
    """Recall cards: the module's own, then some of earlier modules."""
    text = "## Cards\n\nAnswer aloud, then unfold. The same cards come back when you review.\n\n"
    text += "\n\n".join(fold(card.ask, card.answer) for card in own)
    if earlier:
        text += "\n\n**From earlier**\n\n"
        text += "\n\n".join(fold(f"{card.ask} ({module.id})", card.answer)
                            for module, card in earlier)
    return text


def group(found: Any) -> str:
    """What a study group does with the module."""
    discuss = "\n".join(f"{i}. {one_line(text)}" for i, text in enumerate(found.discuss, 1))
    return (
        f"## For a group\n\n**Discuss**\n\n{discuss}\n\n**In pairs.** {one_line(found.pairs)}\n\n"
        f"**A plan.** {one_line(found.plan)}"
    )


def next_steps(curriculum: Any, module: Any, links: Mapping[str, str]) -> str:
    """The modules that build on this one, and who knows which of all is next.

    Which module comes next differs from learner to learner, so a static cell can't name it.
    """
    dependents = [m for m in curriculum.modules if module.id in m.requires]
    names = "\n".join(
        f"- {numbered(curriculum, m, links[m.id])}. {m.tagline.strip()}"
        for m in dependents
    )
    builds = (
        f"These modules build on this one:\n\n{names}" if dependents
        else "No other module builds on this one."
    )
    return (
        f"## What comes next\n\n{builds}\n\nWhich module is next for you depends on what you "
        "have done and on your plan, if you made one. `pathkit next` in a terminal says it, and "
        "so does `path.map()` in a cell."
    )
