"""Three short texts in the public domain, for models of one's own.

Each is the beginning of a book, up to 100,000 characters of ASCII, one paragraph (or line of verse)
a line. They were taken from Project Gutenberg's editions, as kept in the repositories of GITenberg;
all that isn't the authors' was taken off: the frame with its licence and trademark, the names of
those who typed, rows of asterisks, line breaks within paragraphs.

========= ======================================= ==================== ===== =========
name      title                                   author               year  e-book
========= ======================================= ==================== ===== =========
alice     Alice's Adventures in Wonderland        Lewis Carroll        1865  11
darwin    On the Origin of Species, 1st edition   Charles Darwin       1859  1228
sonnets   Shakespeare's Sonnets                   William Shakespeare  1609  1041
========= ======================================= ==================== ===== =========

All three authors died more than 100 years ago, so the texts are in the public domain, worldwide by
that rule: no licence is needed to copy, change or train on them.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from importlib import resources

from pathkit.errors import NothingMatched
from pathkit.nearest_name import did_you_mean


@dataclasses.dataclass(frozen=True)
class Text:
    """A text and what a model card has to say of it."""

    name: str
    title: str
    author: str
    year: int
    source: str
    licence: str = "public domain"

    def __str__(self) -> str:
        return f"{self.title} ({self.author}, {self.year}), {self.licence}; {self.source}"

    def read(self) -> str:
        """The text itself."""
        return _read(self.name)


@cache
def _read(name: str) -> str:
    return resources.files(__package__).joinpath(f"{name}.txt").read_text(encoding="ascii")


TEXTS = {
    text.name: text for text in (
        Text("alice", "Alice's Adventures in Wonderland", "Lewis Carroll", 1865,
             "Project Gutenberg's e-book 11, its beginning"),
        Text("darwin", "On the Origin of Species", "Charles Darwin", 1859,
             "Project Gutenberg's e-book 1228, its beginning"),
        Text("sonnets", "Shakespeare's Sonnets", "William Shakespeare", 1609,
             "Project Gutenberg's e-book 1041"),
    )
}


def text(name: str) -> Text:
    """One of the three texts: `alice`, `darwin` or `sonnets`.

    Its `read()` gives the characters; printed, it says title, author, year, licence and source.
    Raises NothingMatched for another name.
    """
    if name not in TEXTS:
        raise NothingMatched(f"there is no text {str(name)!r}"
                             + did_you_mean(str(name), TEXTS, f"; there is: {', '.join(TEXTS)}"))
    return TEXTS[name]
