"""`[](attention)` in a text of the curriculum: it must lead to a module, and be rendered there."""

import re
from collections.abc import Iterator
from typing import Any

from pathkit.curriculum.entries import Entry
from pathkit.curriculum.findings import DataPath, Finding
from pathkit.curriculum.value_words import did_you_mean

LINK = re.compile(r"(?<!`)\[\]\(([a-z0-9-]+)\)")  # in code it stays as it is
# Lines that stand in HTML or in a terminal, where no link is rendered.
PLAIN = ("ask", "title", "tagline", "outcomes")


def lesson_links(data: Any, modules: list[Entry]) -> Iterator[Finding]:
    """Links to modules that there aren't, and links where they would be shown as they are."""
    known = [module.id for module in modules if module.id is not None]
    for path, text in _texts(data, ()):
        for found in LINK.finditer(text):
            if found[1] not in known:
                yield Finding(path, f"there is no module '{found[1]}'"
                                    f"{did_you_mean(found[1], known)}")
            elif any(key in PLAIN for key in path):
                yield Finding(path, f"{found[0]} is shown as it is here; write the lesson's name")


def _texts(data: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*path, index))
