"""The field's words: where a lesson says it explains them, and that nobody meets them before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    """Terms that a lesson uses and only a later one explains; texts: in the path's order."""
    explained = [(term, text) for text in texts for term in text.module.terms]
    for place, text in enumerate(texts):
        later = {t.term: home for t, home in explained if texts.index(home) > place}
        known = {t.term.casefold() for t, home in explained if texts.index(home) <= place}
        for said in text.read_by_learners():
            words = prose(said.text)
            for term, home in later.items():
                if term.casefold() in known or not (found := _word(term).search(words)):
                    continue
                line = said.line
                if said.file == text.lesson:
                    line += 1 + words.count("\n", 0, found.start())
                yield Finding(said.file, line, f"'{found[0]}' is used, but explained in "
                              f"{home.module.id} only", "",
                              "say it in plain words, or explain it here")


def _word(term: str) -> re.Pattern:
    """A term as a word of its own, in the singular or the plural."""
    return re.compile(rf"\b{re.escape(term)}s?\b", re.IGNORECASE)


def _line(text: LessonText, term: str) -> int:
    try:
        lines = text.recall.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 1
    return next((n for n, line in enumerate(lines, 1) if term in line), 1)
