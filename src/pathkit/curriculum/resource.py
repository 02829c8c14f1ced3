"""The shape of a resource: what somebody else made, and what the path says of it."""

from pydantic import Field

from pathkit.curriculum.field_types import (
    Fields,
    Flag,
    Id,
    Kind,
    Level,
    Line,
    Minutes,
    Month,
    Prose,
    Rater,
    Slip,
    Url,
    When,
    Year,
)


class Question(Fields):
    """A recall question about a resource."""

    ask: Line = Field(description="The question, in one line.")
    answer: Prose = Field(description="The answer in one to three sentences, with its why.")


class Moved(Fields):
    """Where a resource lives now; its old link is kept."""

    url: Url = Field(description="The address where the resource lives now.")
    checked: Month = Field(description="The month of the last check, written YYYY-MM.")
    note: Line | None = Field(
        default=None, description="One sentence: what happened, and what to do."
    )


class Erratum(Fields):
    """Something that a resource says and that does not hold."""

    says: Line = Field(description="What the resource says, in one line.")
    instead: Prose = Field(description="What holds instead, with the evidence.")
    of: Slip = Field(
        default="resource",
        description="Whose slip it is: the resource's, or that of the guide which lists it.",
    )
    warning: Line | None = Field(
        default=None,
        description="What learners read in place of it where it would answer an exercise: that "
        "something is wrong, without what. Solutions say the whole.",
    )


class Companion(Fields):
    """A further link that belongs to a resource."""

    title: Line = Field(description="The name of the companion.")
    url: Url = Field(description="The address of the companion.")


class Resource(Fields):
    """A video, article, paper or other thing that somebody else made."""

    id: Id = Field(description="A unique id: lower-case words joined by hyphens.")
    title: Line = Field(description="The title that its authors gave it.")
    authors: tuple[Line, ...] = Field(
        min_length=1, description="A list of the people or organisations who made it."
    )
    year: Year = Field(description="The year of its publication.")
    kind: Kind = Field(description="What kind of thing it is.")
    url: Url = Field(description="The link, as the guide gives it.")
    level: Level = Field(description="How hard it is.")
    rated: Rater = Field(
        default="path",
        description="Who gave the level: the guide that the path follows, or the path itself.",
    )
    flags: tuple[Flag, ...] = Field(
        description="A list of what to be warned of; [] where there is nothing."
    )
    minutes: Minutes = Field(
        description="The minutes that a learner of this path should spend on it."
    )
    when: When = Field(description="When to take it, seen from the module's notebook.")
    summary: Prose = Field(
        description="Two to four sentences: what it teaches, why now, what to look for."
    )
    moved: Moved | None = Field(
        default=None, description="Where it lives now, if the link has moved or was retired."
    )
    errata: tuple[Erratum, ...] = Field(
        default=(), description="A list of what it gets wrong and what holds instead."
    )
    pairs_with: tuple[Id, ...] = Field(
        default=(), description="A list of ids of other resources to take together with it."
    )
    instead_of: Id | None = Field(
        default=None,
        description="The id of a resource that teaches the same; of the two one is taken, and "
        "that one is counted.",
    )
    companions: tuple[Companion, ...] = Field(
        default=(), description="A list of further links that belong to it."
    )
    questions: tuple[Question, ...] = Field(
        min_length=2, description="A list of at least two recall questions."
    )
