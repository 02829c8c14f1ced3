"""A small assignment, notebooks as students hand them in, and zips as LMSs give them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pathkit.classroom.assignment import AssignedModule, Assignment, LatePolicy, Task

ROOT = Path(__file__).parents[2]
FILES = {"bigram": "02-bigram.ipynb", "attention": "07-attention.ipynb"}
RIGHT = "return counts / counts.sum(axis=1, keepdims=True)"
WRONG = "return counts / counts.sum()"


def assignment(due=None, late: LatePolicy | None = None, two: bool = True) -> Assignment:
    """Two exercises of bigram for 1 and 2 points; with `two`, one of attention for 3."""
    modules = [AssignedModule("bigram", FILES["bigram"], "Bigram", (
        Task("probabilities", "From counts to probabilities", 1.0),
        Task("smoothed", "Smooth", 2.0),
    ))]
    if two:
        modules.append(AssignedModule("attention", FILES["attention"], "Attention", (
            Task("softmax", "Softmax", 3.0),
        )))
    return Assignment("3f0c", "Week 3", "0.1.0+5e1a", due, late or LatePolicy(), True,
                      tuple(modules))


def cell(exercise: str, body: str, *, comment: bool = True, metadata: bool = True) -> dict:
    """An exercise's cell with an answer in it."""
    name = exercise.partition(".")[2]
    arguments = {"probabilities": "counts", "smoothed": "counts, k", "softmax": "scores"}[name]
    lines = f"def {name}({arguments}):\n    {body}\n\n{name} = path.check({name})"
    if comment:
        lines = f"# exercise: {exercise}\n{lines}"
    ours = {"pathkit": {"role": "exercise", "exercise": exercise}} if metadata else {}
    return code(lines, ours)


def code(source: str, metadata: dict | None = None) -> dict:
    """A code cell."""
    return {"cell_type": "code", "source": source, "metadata": metadata or {}, "outputs": [],
            "execution_count": None}


def notebook(*cells: dict, module: str = "bigram") -> bytes:
    """A notebook; module "": its metadata are gone."""
    ours = {"pathkit": {"module": module}} if module else {}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": ours,
                       "cells": list(cells)}).encode()


def bigram(body: str = RIGHT) -> bytes:
    """A student's notebook of bigram with one answer."""
    return notebook(code("import numpy as np"), cell("bigram.probabilities", body))


def zipped(files: Mapping[str, bytes], time=(2027, 3, 1, 12, 0, 0)) -> bytes:
    """A zip with these files, all of one time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, time), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()
