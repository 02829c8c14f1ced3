"""The cells of a notebook with ids that stay, and the file that they make."""

from __future__ import annotations

import copy
import functools
from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from pathkit.building import lesson_links
from pathkit.building.python_source import ContentError
from pathkit.notebook_files.cell_ids import LONGEST, cell_id
from pathkit.notebook_files.notebook_file import (
    KERNELSPEC,
    LANGUAGE_INFO,
    cells_digest,
    words_digest,
)

Variant = Literal["learner", "solution"]

FORMAT = 1
TIMEOUT = 60


def filename(curriculum: Any, module_id: str) -> str:
    """`07-attention.ipynb`: the order is part of the name, the id is what other files use."""
    return f"{curriculum.number(module_id):02}-{module_id}.ipynb"


def as_notebook(cells: list[dict], ours: dict) -> dict:
    """Cells as nbformat 4.5 data, with what the path says of their notebook."""
    if ours["variant"] == "learner":
        # So that a learner's copy says itself which version it was last merged with.
        ours = {**ours, "version": cells_digest(cells)}
    return {
        "cells": cells,
        "metadata": {
            "execution": {"allow_errors": False, "timeout": TIMEOUT},
            "kernelspec": dict(KERNELSPEC),
            "language_info": copy.deepcopy(LANGUAGE_INFO),
            "pathkit": ours,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


class Pages:
    """Collects cells and gives each an id that a rebuild of the same source gives again."""

    def __init__(self, curriculum: Any, module: str, variant: Variant):
        self.curriculum = curriculum
        self.module = module
        self.variant = variant
        self.cells: list[dict] = []
        self._seen: Counter = Counter()

    def add(
        self,
        kind: str,
        source: str,
        *,
        role: str = "",
        name: str = "",
        tags: Sequence[str] = (),
        owner: str = "",
    ) -> None:
        """Add a cell; `role` and `name` make its id, or else its text does.

        owner: the module that an exercise is of, where that isn't the notebook's own.
        """
        ours = {"role": role or "text"}
        if name:
            ours[role if role in ("exercise", "predict") else "exercise"] = (
                f"{owner or self.module}.{name}"
            )
        metadata: dict[str, Any] = {"pathkit": ours}
        if tags:
            metadata["tags"] = sorted(tags)
        if "remove-input" in tags:
            # The tag is for static sites; this is what JupyterLab and VS Code fold a cell by.
            metadata["jupyter"] = {"source_hidden": True}
        # The id comes from the text as it was written: it stays when a lesson changes its number.
        key = self._id(source, role, name)
        if kind == "markdown":
            source = self._with_links(source, ours.get("exercise") or ours.get("predict"))
        cell: dict[str, Any] = {
            "cell_type": kind,
            "id": key,
            "metadata": metadata,
            "source": source.strip("\n"),
        }
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        self.cells.append(cell)

    def _with_links(self, source: str, about: str | None) -> str:
        try:
            return lesson_links.resolved(
                source, self.curriculum, functools.partial(filename, self.curriculum))
        except ContentError as error:
            raise ContentError(f"{about or self.module}: {error}") from error

    def _id(self, source: str, role: str, name: str) -> str:
        if name:
            key = cell_id(self.module, name, role)
        elif role:
            key = f"{self.module}-{role}"
        else:
            key = f"{self.module}-{words_digest(source)}"
        key = key[-LONGEST:]
        self._seen[key] += 1
        return key if self._seen[key] == 1 else f"{key}-{self._seen[key]}"
