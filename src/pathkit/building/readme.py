"""The README's map of the path, between two marks."""

from __future__ import annotations

from typing import Any

from pathkit.building import path_text
from pathkit.building.notebook_cells import filename

BEGIN, END = "<!-- path: begin -->", "<!-- path: end -->"


def with_map(text: str, path: Any, overview: Any) -> str:
    """The README with its map of the path brought up to date."""
    head, _, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        return text
    links = {m.id: f"notebooks/{filename(path, m.id)}" for m in path.modules}
    parts = "\n\n".join(
        f"**{part.title}**\n\n{path_text.module_table(path, part, links, overview)}"
        for part in path.parts
    )
    about = path_text.about_the_path(path, overview)
    return f"{head}{BEGIN}\n\n{parts}\n\n{about}\n\n{END}{tail}"
