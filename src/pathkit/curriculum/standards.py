"""What a path may demand of its lessons: `standards:` in `curriculum.yaml`.

Every demand is optional. Without one, only what makes a lesson broken is said.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from pathkit.curriculum import field_checks, value_words

MOST = 1_000_000

Bounds = tuple[int, int]


def bounds(value: Any) -> Bounds:
    """Check a list of two whole numbers, the least and the most."""
    if not isinstance(value, list | tuple):
        raise ValueError(value_words.misplaced(value, "a list of the least and the most"))
    if len(value) != 2 or not all(type(one) is int and 0 <= one <= MOST for one in value):
        raise ValueError("expected two whole numbers, the least and the most, such as [3, 6]")
    if value[0] > value[1]:
        raise ValueError(f"the least, {value[0]}, is more than the most, {value[1]}")
    return value[0], value[1]


def _word(value: Any) -> str:
    text = field_checks.line(value).strip()
    return text.lower()


_COUNT_SCHEMA = {"type": "integer", "minimum": 0, "maximum": MOST}
_BOUNDS_SCHEMA = {"type": "array", "items": _COUNT_SCHEMA, "minItems": 2, "maxItems": 2}
_WORD_SCHEMA = {"type": "string", "minLength": 1}

Range = Annotated[Bounds, BeforeValidator(bounds), WithJsonSchema(_BOUNDS_SCHEMA)]
Count = Annotated[
    int, BeforeValidator(field_checks.whole_number(0, MOST)), WithJsonSchema(_COUNT_SCHEMA)
]
Words = Annotated[str, BeforeValidator(_word), WithJsonSchema(_WORD_SCHEMA)]
Import = Annotated[str, BeforeValidator(field_checks.python_name), WithJsonSchema(_WORD_SCHEMA)]
Truth = Annotated[bool, BeforeValidator(field_checks.truth)]
Heading = Annotated[str, BeforeValidator(field_checks.line), WithJsonSchema(_WORD_SCHEMA)]


class Standards(BaseModel):
    """What a path demands of its lessons; `pathkit lint` holds them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cells: Range | None = Field(
        default=None, description="The least and the most cells that a lesson.py may have."
    )
    words: Range | None = Field(
        default=None,
        description="The least and the most words of a lesson: text cells, prompts, predictions.",
    )
    text_cell_words: Range | None = Field(
        default=None, description="The least and the most words of a text cell, in the median."
    )
    code_cell_lines: Count | None = Field(
        default=None, description="The most lines that a code cell may have."
    )
    figures: Range | None = Field(
        default=None, description="The least and the most figures that a lesson shows."
    )
    alt_text_words: Count | None = Field(
        default=None, description="The least words of a figure's alt text."
    )
    figure_labels: Truth = Field(
        default=False, description="Whether each figure needs a title and a label of its x axis."
    )
    exercises: Range | None = Field(
        default=None, description="The least and the most exercises of a module."
    )
    minutes: Range | None = Field(
        default=None, description="The least and the most minutes that a notebook takes."
    )
    predictions: Count | None = Field(
        default=None, description="The least predictions that a lesson asks for."
    )
    skip_questions: Count | None = Field(
        default=None, description="The number of questions that tell whether to skip a lesson."
    )
    last_heading: Heading | None = Field(
        default=None, description="The last heading of each lesson, without its ##."
    )
    cards: Range | None = Field(
        default=None, description="The least and the most recall cards of a module."
    )
    discuss: Count | None = Field(
        default=None, description="The number of questions that a group discusses."
    )
    contested: Count | None = Field(
        default=None,
        description='The number of those questions that begin with "Contested: ".',
    )
    misconceptions: Count | None = Field(
        default=None, description="The least misconceptions that an exercise knows."
    )
    right_answers: Count | None = Field(
        default=None,
        description="The least right answers in other styles that are kept for an exercise.",
    )
    message_words: Count | None = Field(
        default=None, description="The least words of a misconception's message."
    )
    explanation_words: Count | None = Field(
        default=None, description="The least words that explain an option of a question."
    )
    sentence_words: Count | None = Field(
        default=None, description="The most words of a sentence."
    )
    mean_sentence_words: Count | None = Field(
        default=None, description="The most words of a sentence on average over a module."
    )
    unguessable: Truth = Field(
        default=False,
        description="Whether the right option may be neither the longest nor at one place more "
        "often than chance, over the whole path.",
    )
    forbidden: tuple[Words, ...] = Field(
        default=(), description="A list of words that are said to no learner, such as obviously."
    )
    imports: tuple[Import, ...] | None = Field(
        default=None, description="A list of the packages that lessons may import."
    )
