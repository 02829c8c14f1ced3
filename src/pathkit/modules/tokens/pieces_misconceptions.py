"""More of what goes wrong in splitting a text."""

from __future__ import annotations

import re

from .pieces import pieces


@pieces.misconception(
    "White space that is more than one space is lost, as are a tab and a line's end. Give it a "
    "part of the pattern of its own, the last one, so that nothing falls out."
)
def _rest_lost(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+", text)


@pieces.misconception(
    "Each white space is a piece of its own, where a run of several should stay together: `\\s+`."
)
def _white_one_by_one(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+|\s", text)


@pieces.misconception(
    "Each digit is a piece of its own. Some tokenizers do that on purpose, so that numbers are cut "
    "alike; here a run of digits stays together, `\\d+`."
)
def _digit_by_digit(text):
    return re.findall(r" ?[^\W\d_]+| ?\d| ?(?:[^\w\s]|_)+|\s+", text)


@pieces.misconception(
    "A `_` beside other signs is a piece of its own. Here it is one of the other signs, and a run "
    "of those stays together: one class for all, `(?:[^\\w\\s]|_)+`."
)
def _underscore_apart(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?[^\w\s]+| ?_+|\s+", text)


@pieces.misconception(
    "Most pieces are empty. Where a pattern has a group in parentheses, `re.findall` returns what "
    "the group found in place of the whole match: begin the group with `?:`."
)
def _group_returned(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?([^\w\s]|_)+|\s+", text)


@pieces.misconception(
    "The text was cut at white space and nowhere else, so a word and the full stop behind it are "
    "one piece. Cut where letters, digits and other signs meet as well."
)
def _cut_at_spaces_only(text):
    return re.split(r"(\s+)", text)


@pieces.spelling(_cut_at_spaces_only)
def _cut_at_spaces_found(text):
    return re.findall(r" ?\S+|\s+", text)


@pieces.misconception(
    "A tab or the end of a line joined the run after it. Only a space does: `\\s` stands for white "
    "space of every kind, so that a space has to be written as itself, ` ?`."
)
def _any_one_white_joins(text):
    return re.findall(r"\s?[^\W\d_]+|\s?\d+|\s?(?:[^\w\s]|_)+|\s+", text)


@pieces.spelling(_any_one_white_joins)
def _any_one_white_run_joins(text):
    joined = []
    for run in re.findall(r"[^\W\d_]+|\d+|(?:[^\w\s]|_)+|\s+", text):
        if joined and len(joined[-1]) == 1 and joined[-1].isspace():
            joined[-1] += run
        else:
            joined.append(run)
    return joined


@pieces.misconception(
    "A single space stands as a piece of its own, and `_` isn't with the other signs. The space "
    "joins the run after it, ` ?`, and all other signs make one class, `(?:[^\\w\\s]|_)+`."
)
def _spaces_and_underscores_apart(text):
    return re.findall(r"[^\W\d_]+|\d+|[^\w\s]+|_+|\s+", text)


@pieces.misconception(
    "A space joins only some kinds of runs. It belongs to whatever comes after it, letters, digits "
    "or other signs: each of the three begins with ` ?`."
)
def _joins_letters_alone(text):
    return re.findall(r" ?[^\W\d_]+|\d+|(?:[^\w\s]|_)+|\s+", text)


@pieces.spelling(_joins_letters_alone)
def _joins_letters_and_digits(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+|(?:[^\w\s]|_)+|\s+", text)


@pieces.misconception(
    "A run of white space that begins with a space was cut behind it. A run is as long as it gets, "
    "and only one that is a single space is treated apart."
)
def _space_cut_off(text):
    return re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\w\s]|_)+| |\s+", text)


@pieces.spelling(_cut_at_spaces_only)
def _cut_at_each_space(text):
    return [" " * (i > 0) + word for i, word in enumerate(text.split(" "))]
