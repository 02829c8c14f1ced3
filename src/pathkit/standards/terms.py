"""The field's words: where a lesson says it explains them, and that nobody is told them before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pathkit.standards.finding import Finding
from pathkit.standards.lesson_text import LessonText, prose

HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*$", re.MULTILINE)


def findings(text: LessonText) -> Iterator[Finding]:
    """Terms of a module that name a heading which its lesson doesn't have."""
    headings = {h for cell in text.cells if cell.kind == "markdown"
                for h in HEADING.findall(cell.source)}
    for term in text.module.terms:
        for heading in dict.fromkeys((term.defined, term.used)):
            if heading not in headings:
                yield Finding(text.recall, _line(text, term.term),
                              f"the term '{term.term}' names a heading that the lesson lacks: "
                              f"{heading}", "", "write it as it stands behind the ##")


def used_too_early(texts: Sequence[LessonText]) -> Iterator[Finding]:
    """Terms that a lesson says and only a later one explains; texts: in the path's order."""
    homes: dict[str, int] = {}  # a term -> the place of the first lesson that explains it
    for place, text in enumerate(texts):
        for term in text.module.terms:
            homes.setdefault(term.term.casefold(), place)
    for place, text in enumerate(texts):
        later = {term: home for term, home in homes.items() if home > place}
        if not later:
            continue
        pattern = _any_of(later)
        for said in text.everything_said():
            words = prose(said.text)
            first = {found[1].casefold(): found for found in reversed([*pattern.finditer(words)])}
            for term, found in sorted(first.items(), key=lambda pair: pair[1].start()):
                line = said.line
                if said.file == text.lesson:
                    line += 1 + words.count("\n", 0, found.start())
                yield Finding(said.file, line, f"'{found[0]}' is used, but explained in "
                              f"{texts[later[term]].module.id} only", "",
                              "say it in plain words, or explain it here")


def _any_of(terms: Iterable[str]) -> re.Pattern:
    """Any of these terms as a word of its own, in the singular or the plural."""
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(map(re.escape, longest_first))})s?\b", re.IGNORECASE)


def _line(text: LessonText, term: str) -> int:
    try:
        lines = text.recall.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 1
    return next((n for n, line in enumerate(lines, 1) if term in line), 1)
