"""Grammars of little stories whose entropy is known exactly.

A story is written passage by passage. For each passage one **frame** is chosen, a text with
blanks: ``"{hero} had {a look} {thing}."``. Each blank names a variable. The first mention of a
variable draws its value; each later mention has to repeat it. That is what a reader, or a model,
must remember. :class:`Tales` says which variables there are and how each is drawn.

Why everything here is exact
----------------------------
A story shows all of its choices but one: which frames, which words. The choice that stays hidden
is the season, and it is summed out. Since no story can be read in two ways (the constructor
proves it, or refuses), the probability of a story is the product of the probabilities of its
choices, and its entropy is the sum of their conditional entropies.
"""

import dataclasses
from dataclasses import dataclass

from pathkit.datasets.grammar_parts import END
from pathkit.datasets.story_entropy import StoryEntropy
from pathkit.datasets.story_reader import StoryReader
from pathkit.datasets.story_writer import StoryWriter

__all__ = ["END", "Tales"]


@dataclass(frozen=True)
class Tales(StoryEntropy, StoryReader, StoryWriter):
    """A grammar of little stories, with everything about it computed exactly.

    Every choice is uniform: the frame of each passage, then each blank at its first mention.

    ===============  =====================================================================
    blank            its first mention draws from …
    ===============  =====================================================================
    hero, friend     all names, two different ones
    place, other     ``places``, two different ones
    look, thing      ``looks``, ``things``
    she, him, his    the pronoun of the hero (subject, object, possessive): given by the
                     name, but for names in ``either``, where a coin decides once
    weather, …       the words that the hidden season of the story has under this key
    day, …           ``words`` under this key, and again at EVERY mention: not remembered
    ===============  =====================================================================

    ``{a look}`` writes the article as well: "a red", "an old".

    Parameters
    ----------
    she, he, either : sequence of str
        The names, by the pronoun that goes with them; at least two in all.
    looks, things, places : sequence of str
        Adjectives, nouns, and phrases such as "by the lake" (at least two places).
    seasons : mapping of str to mapping of str to sequence of str
        For each season the words it allows, by blank. One season is drawn for each story, all
        equally likely, and never told. All seasons have the same blanks; the same word may
        stand in several seasons: then only the word's company gives the season away.
    words : mapping of str to sequence of str
        Words that are drawn anew at each mention.
    passages : sequence of sequence of str
        For each passage its frames. A frame brings its own spaces and full stops, and may be
        empty. The end marker :data:`END` is added after the last passage.

    Raises
    ------
    TypeError
        If a list of words is a single string.
    ValueError
        If a word is not lower-case ``a`` to ``z`` with single spaces, or stands twice in its
        list; a list is empty; a blank is unknown; a pronoun can come before the hero; or the
        text of a story could be read in two ways (the message shows where).

    Examples
    --------
    >>> from pathkit.datasets import TALES
    >>> mine = TALES.replace(things=["robot", "rocket"])
    >>> mine.entropy() < TALES.entropy()
    True
    """

    def replace(self, **changes: object) -> "Tales":
        """Return another grammar in which some fields are changed.

        Takes the constructor's parameters by keyword and raises the constructor's errors. To
        change one entry of a mapping, give the mapping anew: ``TALES.replace(words={**TALES.words,
        "number": ["two", "three"]})``.
        """
        known = [field.name for field in dataclasses.fields(self)]
        if unknown := [key for key in changes if key not in known]:
            raise TypeError(f"unknown fields {unknown}: choose from {known}")
        return dataclasses.replace(self, **changes)
