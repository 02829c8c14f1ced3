"""The shape of a module's `recall.yaml`: cards, what a group does, the field's words.

Each description begins with a noun phrase, as in `model.py`.
"""

from pydantic import Field

from pathkit.curriculum.field_types import Fields, Line, Prose


class Card(Fields):
    """A card for spaced repetition of what a module teaches."""

    ask: Line = Field(description="The front of the card, in one line.")
    answer: Prose = Field(description="The back of the card.")


class Group(Fields):
    """What a group does with a module when it meets."""

    discuss: tuple[Line, ...] = Field(
        min_length=1, description="A list of open questions to talk about, at least one."
    )
    pairs: Prose = Field(description="Something that two people do together.")
    plan: Prose = Field(description="A plan for one meeting, with minutes.")


class Term(Fields):
    """A word of the field's, so that learners understand others and are understood."""

    term: Line = Field(description="The word that the field uses.")
    word: Line | None = Field(
        default=None, description="The word that this path uses, where it is another one."
    )
    says: Line = Field(description="One sentence that says what it means.")
    defined: Line = Field(description="The heading of the lesson under which it is explained.")
    used: Line = Field(description="The heading of the lesson under which it is used first.")


class Recall(Fields):
    """What is remembered of a module and discussed: the file `recall.yaml` in its folder."""

    cards: tuple[Card, ...] = Field(
        default=(), description="A list of cards for spaced repetition."
    )
    group: Group | None = Field(
        default=None, description="What a group does with the module when it meets."
    )
    terms: tuple[Term, ...] = Field(
        default=(), description="A list of the field's words that the lesson teaches."
    )
