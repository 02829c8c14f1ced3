"""The curriculum: `curriculum.yaml` read into a `Curriculum`, or every error in it at once.

With the folder of its modules, what stands in each module's `recall.yaml` comes along.
"""

from pathkit.curriculum.load import load, loads
from pathkit.curriculum.lookup import UnknownEntry
from pathkit.curriculum.model import (
    Curriculum,
    Module,
    Part,
    Repository,
)
from pathkit.curriculum.problems import CurriculumError, Problem
from pathkit.curriculum.published import json_schema
from pathkit.curriculum.recall import Card, Group, Recall, Term
from pathkit.curriculum.resource import Companion, Erratum, Moved, Question, Resource

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
