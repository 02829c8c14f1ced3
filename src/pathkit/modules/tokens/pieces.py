"""Split before you merge."""

from __future__ import annotations

import re

from pathkit.checks.exercise import exercise


def _text(rng) -> str:
    parts = ["a", "Zé", "ω", "7", "40", " ", " ", "  ", "\n", ".", "?!", "_", "'", "中"]
    return "".join(parts[i] for i in rng.integers(len(parts), size=25))


@exercise(
    title="Split before you merge",
    level="medium",
    minutes=10,
    prompt="""
        Cut a text into runs of letters, of digits, of white space and of other signs. A run of
        white space that is one single space joins the run after it.
        """,
    probes=lambda rng: [
        ("the dog saw 3 dogs.",),
        ("Don't stop: 3.14, ok?!",),
        ("two  spaces\nand a line\n",),
        ("snake_case x1y22 (_)",),
        ("naïve Ελλάδα 你好 straße",),
        (" first and last ",),
        ("a\tb \n c",),
        ("",),
        (_text(rng),),
        (_text(rng),),
    ],
    hints=[
        "Which pieces does `a 3.` have, and to which of them does the space belong?",
        """
        `re.findall(pattern, text)` returns all matches in their order. Between `|` stand four
        kinds, the first three with a space that may be there, ` ?`:

        1. letters: `[^\\W\\d_]+` is what counts in words but is no digit and no `_`;
        2. digits: `\\d+`;
        3. other signs: `[^\\w\\s]` leaves out `_`, so `(?:[^\\w\\s]|_)+`;
        4. white space: `\\s+`.
        """,
        "`return re.findall(r\" ?[^\\W\\d_]+| ?\\d+| ?(?:[^\\w\\s]|_)+|___\", text)`",
    ],
    errors=[
        ("nothing to repeat", "`?` and `+` need something before them: a space, a class."),
        ("TypeError: expected string or bytes-like object", "first the pattern, then the text."),
    ],
    passed="Nothing is lost: joined, the pieces are the text again. No merge will cross their "
    "ends.",
)
def pieces(text: str) -> list[str]:
    """A text in pieces that merges don't cross.

    Each piece is a run of letters of any script, of digits, of white space, or of other signs such
    as . ' and _, as long as it gets. A run of white space that is one single space joins the run
    after it, if there is one: "a 3.  b" has the pieces "a", " 3", ".", "  " and "b".
    Returns the pieces in their order; joined they are the text. An empty text has none.
    """
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s+", text)


@pieces.misconception(
    "White space is gone: joined, your pieces aren't the text again. What is split off must be "
    "kept, or nobody could decode it; let a single space begin the piece after it."
)
def _spaces_lost(text):
    return text.split()


@pieces.spelling(_spaces_lost)
def _spaces_lost_by_pattern(text):
    return re.findall(r"[^\W\d_]+|\d+|(?:[^\w\s]|_)+", text)


@pieces.spelling(_spaces_lost)
def _words_and_signs_alone(text):
    return re.findall(r"\w+|[^\w\s]", text)


@pieces.misconception(
    "A single space stands as a piece of its own. Then every word costs a token more: let the "
    "space join the run after it, ` ?` at the start of a pattern."
)
def _spaces_apart(text):
    return re.findall(r"[^\W\d_]+|\d+|(?:[^\w\s]|_)+|\s+", text)


@pieces.misconception(
    "The space was left with the word before it. It joins what comes after, so that the first word "
    "of a text is told from the same word further on."
)
def _space_behind(text):
    return re.findall(r"[^\W\d_]+ ?|\d+ ?|(?:[^\w\s]|_)+ ?|\s+", text)


@pieces.misconception(
    "Letters and digits stand in one piece. `\\w` counts digits as parts of words; take letters as "
    "`[^\\W\\d_]` and digits as `\\d`."
)
def _digits_in_words(text):
    return re.findall(r" ?\w+| ?[^\w\s]+|\s+", text)


@pieces.spelling(_digits_in_words)
def _digits_in_words_alone(text):
    return re.findall(r" ?[^\W_]+| ?(?:[^\w\s]|_)+|\s+", text)


@pieces.misconception(
    "Letters outside a to z count as signs, or are lost. `[a-zA-Z]` knows one alphabet; "
    "`[^\\W\\d_]` takes letters of every script."
)
def _one_alphabet(text):
    return re.findall(r" ?[a-zA-Z]+| ?\d+| ?[^\sa-zA-Z\d]+|\s+", text)


@pieces.spelling(_one_alphabet)
def _one_alphabet_only(text):
    return re.findall(r" ?[a-zA-Z]+| ?\d+| ?[^\s\w]+|\s+", text)


@pieces.misconception(
    "The sign `_` is lost. It counts as a part of words in `\\w`, so `[^\\w\\s]` leaves it out, "
    "and `[^\\W\\d_]` does as well: name it among the other signs."
)
def _underscore_lost(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?[^\w\s]+|\s+", text)


@pieces.misconception(
    "The sign `_` stands in a run of letters. `\\w` takes it for a part of a word, and so does "
    "`[^\\W\\d]`; here it is one of the other signs."
)
def _underscore_a_letter(text):
    return re.findall(r" ?[^\W\d]+| ?\d+| ?[^\w\s]+|\s+", text)


@pieces.misconception(
    "Each sign is a piece of its own. `?!` is one run, and a run is as long as it gets: the class "
    "of signs needs a `+`."
)
def _signs_one_by_one(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)|\s+", text)


@pieces.misconception(
    "Of a longer white space the last space went to the word behind it, as in GPT-2's own pattern. "
    "Here two spaces are one run that stays together; only a single space joins what follows."
)
def _last_space_joins(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s+(?= \S)|\s+", text)


@pieces.spelling(_last_space_joins)
def _last_space_joins_as_there(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s+(?!\S)|\s+", text)


@pieces.misconception(
    "White space of any kind joins the word after it, however long it is. A line's end or two "
    "spaces should be a piece of their own: ` ?` takes one space, `\\s*` takes everything."
)
def _all_space_joins(text):
    return re.findall(r"\s*[^\W\d_]+|\s*\d+|\s*(?:[^\w\s]|_)+|\s+", text)


@pieces.misconception(
    "There are empty pieces in the list. `re.split` puts one between neighbouring matches; "
    "`re.findall` returns the matches and nothing else."
)
def _empty_pieces(text):
    return re.split(r"( ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s+)", text)
