"""The curriculum: `curriculum.yaml` read into a `Curriculum`, or every error in it at once."""

from pathkit.curriculum.load import CurriculumError, Problem, load, loads
from pathkit.curriculum.model import (
    Card,
    Companion,
    Curriculum,
    Erratum,
    Group,
    Module,
    Moved,
    Part,
    Question,
    Repository,
    Resource,
    UnknownEntry,
)
from pathkit.curriculum.published import json_schema

__all__ = [
    "Card",
    "Companion",
    "Curriculum",
    "CurriculumError",
    "Erratum",
    "Group",
    "Module",
    "Moved",
    "Part",
    "Problem",
    "Question",
    "Repository",
    "Resource",
    "UnknownEntry",
    "json_schema",
    "load",
    "loads",
]
