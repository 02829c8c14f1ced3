"""The field's words: what a lesson ends on, and the glossary of the whole path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pathkit.building.lesson_links import numbered
from pathkit.building.markdown import one_line


def field_says(terms: Sequence[Any]) -> str:
    """The words of the literature for what a lesson built."""
    words = "\n".join(f"- {term_line(term)}" for term in terms)
    return (
        "## The field says\n\nWords that papers use for what you built here. "
        f'`path.term("{terms[0].term}")` brings one back in any notebook, and `glossary.ipynb` '
        f"lists those of all lessons.\n\n{words}"
    )


def glossary(curriculum: Any, links: Mapping[str, str]) -> str:
    """All terms of the path by the alphabet, each with the lesson that defines it."""
    found = [(term, module) for module in curriculum.modules for term in module.terms]
    found.sort(key=lambda pair: (pair[0].term.casefold(), pair[0].term))
    lines = "\n".join(
        f"- {term_line(term)} "
        + numbered(curriculum, module, f"{links[module.id]}#{_anchor(term.defined)}")
        for term, module in found
    )
    return (
        f"# Glossary\n\n{len(found)} words of the field, and where this path explains each. "
        f'`path.term("{found[0][0].term}")` looks one up in any notebook.\n\n{lines}'
    )


def term_line(term: Any) -> str:
    """A word of the field, the path's own for it, and what it means."""
    ours = f" (here: {one_line(term.word)})" if term.word else ""
    return f"**{one_line(term.term)}**{ours}: {one_line(term.says)}"


def _anchor(heading: str) -> str:
    """What JupyterLab calls a heading in a link."""
    return quote(heading.replace(" ", "-"), safe="-")
