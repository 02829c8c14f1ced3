"""The curriculum: `curriculum.yaml` read into a `Curriculum`, or every error in it at once.

With the folder of its modules, what stands in each module's `recall.yaml` comes along.
"""

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
    Recall,
    Repository,
    Resource,
    Term,
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
    "Recall",
    "Repository",
    "Resource",
    "Term",
    "UnknownEntry",
    "json_schema",
    "load",
    "loads",
]
