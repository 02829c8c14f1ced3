"""The shape of a curriculum: what `curriculum.yaml` may hold, field by field.

The descriptions of the fields are written once and used twice: editors show them through
`schema.json`, and the loader uses them to say what is expected where a key is missing. So each
begins with a noun phrase.
"""

from functools import cached_property

from pydantic import Field, PrivateAttr

from pathkit.curriculum.field_types import (
    BranchName,
    Fields,
    Flag,
    GithubName,
    Id,
    Level,
    Line,
    Minutes,
    Month,
    Prose,
    PythonName,
    Truth,
    Url,
)
from pathkit.curriculum.lookup import found
from pathkit.curriculum.recall import Card, Group, Recall, Term
from pathkit.curriculum.resource import Resource
from pathkit.curriculum.standards import Standards


class Source(Fields):
    """Where a fact stands that the path states."""

    title: Line = Field(description="The title of the source.")
    url: Url = Field(description="The address of the source.")


class Since(Fields):
    """What has changed in a module's field after its resources were made."""

    text: Prose = Field(description="Two to four sentences: what changed, and what stayed true.")
    checked: Month = Field(description="The month of the last check, written YYYY-MM.")
    sources: tuple[Source, ...] = Field(
        min_length=1, description="A list of where these facts stand."
    )


class Module(Fields):
    """One step of the path, which becomes one notebook."""

    id: Id = Field(description="A unique id, which also names the folder modules/ID.")
    formerly: tuple[Id, ...] = Field(
        default=(),
        description="A list of ids that the module had before, so that learners' work is found.",
    )
    title: Line = Field(description="The title of the notebook.")
    tagline: Line = Field(description="One sentence that stands under the title.")
    essential: Truth = Field(
        default=False, description="Whether the module belongs to the short path."
    )
    level: Level = Field(description="How hard the module is.")
    requires: tuple[Id, ...] = Field(
        description="A list of ids of earlier modules that this one builds on; [] if none."
    )
    minutes: Minutes = Field(
        description="The minutes that the notebook takes, without its resources."
    )
    outcomes: tuple[Line, ...] = Field(
        min_length=1,
        max_length=8,
        description='A list of 1 to 8 endings of the sentence "you can ...".',
    )
    exercises: tuple[PythonName, ...] = Field(
        default=(), description="A list of the exercises, by the names of their functions."
    )
    audits: tuple[Id, ...] = Field(
        default=(),
        description="A list of ids of its resources whose figures or code an exercise checks, so "
        "that their errata would answer it.",
    )
    resources: tuple[Resource, ...] = Field(
        description="A list of the resources of the module, in order."
    )
    since: Since | None = Field(
        default=None,
        description="What has changed in its field after its resources were made.",
    )
    _recall: Recall = PrivateAttr(default_factory=Recall)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Cards for spaced repetition, of the module's `recall.yaml`."""
        return self._recall.cards

    @property
    def group(self) -> Group | None:
        """What a group does with the module, of its `recall.yaml`."""
        return self._recall.group

    @property
    def terms(self) -> tuple[Term, ...]:
        """The field's words that the lesson teaches, of its `recall.yaml`."""
        return self._recall.terms

    def remember(self, recall: Recall) -> None:
        """Take what stands in the module's `recall.yaml`; the loader does that once."""
        self._recall = recall


class Part(Fields):
    """A run of modules under one heading."""

    id: Id = Field(description="A unique id: lower-case words joined by hyphens.")
    title: Line = Field(description="The heading of the part.")
    modules: tuple[Module, ...] = Field(
        min_length=1, description="A list of the modules of the part, in order."
    )


class Repository(Fields):
    """Where the notebooks are published, for badges that open them."""

    github: GithubName = Field(description="The GitHub repository, written owner/name.")
    branch: BranchName = Field(default="main", description="The branch that the badges point to.")


class Curriculum(Fields):
    """The whole path, in order."""

    title: Line = Field(description="The name of the path.")
    levels: dict[Level, Line] = Field(
        description="A mapping from each level that is used to its sign, such as an emoji."
    )
    level_note: Line | None = Field(
        default=None, description="A sentence or two on who gave the levels and how to read them."
    )
    flags: dict[Flag, Line] = Field(
        default_factory=dict,
        description="A mapping from each flag that is used to its sign, such as an emoji.",
    )
    license: Line | None = Field(
        default=None, description="The license of the content, as an SPDX expression."
    )
    repository: Repository | None = Field(
        default=None, description="Where the notebooks are published; without it, no badges."
    )
    promise: Line | None = Field(
        default=None,
        description="What the path promises, without a full stop: the first page begins with it.",
    )
    about: Prose | None = Field(
        default=None, description="What the first page ends with, such as where the path is from."
    )
    needed: Line | None = Field(
        default=None,
        description="What is needed for a module that requires no other, such as Python.",
    )
    standards: Standards = Field(
        default_factory=Standards,
        description="What the path demands of its lessons, which pathkit lint holds.",
    )
    parts: tuple[Part, ...] = Field(
        min_length=1, description="A list of the parts of the path, in order."
    )

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """All modules, in the order of the path."""
        return tuple(module for part in self.parts for module in part.modules)

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """All resources, in the order of the path."""
        return tuple(resource for module in self.modules for resource in module.resources)

    def module(self, module_id: str) -> Module:
        """Return the module with this id; raises UnknownEntry."""
        return self.modules[self.number(module_id) - 1]

    def resource(self, resource_id: str) -> Resource:
        """Return the resource with this id; raises UnknownEntry."""
        return found("resource", self._resources, resource_id)[0]

    def home_of(self, resource_id: str) -> Module:
        """Return the module that a resource stands in; raises UnknownEntry."""
        return found("resource", self._resources, resource_id)[1]

    @cached_property
    def has_guide_ratings(self) -> bool:
        """Whether the guide that the path follows gave some of the levels."""
        return any(resource.rated == "guide" for resource in self.resources)

    def number(self, module_id: str) -> int:
        """Return the place of a module in the path, from 1; raises UnknownEntry."""
        return found("module", self._places, module_id)[0]

    def part_of(self, module_id: str) -> Part:
        """Return the part that a module stands in; raises UnknownEntry."""
        return found("module", self._places, module_id)[1]

    # Where two share an id, which `rules` tells, the first one counts.
    @cached_property
    def _places(self) -> dict[str, tuple[int, Part]]:
        each = ((module, part) for part in self.parts for module in part.modules)
        pairs = [(module.id, (number, part)) for number, (module, part) in enumerate(each, 1)]
        return dict(reversed(pairs))

    @cached_property
    def _resources(self) -> dict[str, tuple[Resource, Module]]:
        pairs = [(r.id, (r, module)) for module in self.modules for r in module.resources]
        return dict(reversed(pairs))
