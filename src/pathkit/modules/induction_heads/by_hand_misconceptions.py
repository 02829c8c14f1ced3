"""More ways to wire two layers."""

from __future__ import annotations

import numpy as np

from .by_hand import by_hand
from .by_hand_parts import notes, one_hot


@by_hand.misconception(
    "This copies without a miss, but it isn't the circuit that the words describe: there, place 0 "
    "has a note, too. Did you leave that note empty? Attention can't look at nothing, and place 0 "
    "sees itself alone, so the first layer notes its own token. Or did you find the copies first "
    "and step on by number? That circuit works; it is the first stretch. Here the look back comes "
    "first, and the match second."
)
def _first_note_empty(tokens, size, attend):
    token = one_hot(tokens, size)
    note = np.vstack([np.zeros((1, size)), token[:-1]])
    return attend(token, note, token)


@by_hand.spelling(_first_note_empty)
def _steps_on(tokens, size, attend):
    token, T = one_hot(tokens, size), len(tokens)
    copies = attend(token, token, np.eye(T))
    return attend(copies @ np.eye(T, k=1), np.eye(T), token)


@by_hand.misconception(
    "The place that was found came back, one-hot, and not the token there. The values of the "
    "second layer are the tokens, (T, size)."
)
def _returns_places(tokens, size, attend):
    T = len(tokens)
    return attend(one_hot(tokens, size), notes(tokens, size, attend), np.eye(T))


@by_hand.misconception(
    "The token was added to the answer, as a residual connection would. Here row t is what the "
    "second layer looked at, and nothing else, so each row sums to 1."
)
def _with_residual(tokens, size, attend):
    return one_hot(tokens, size) + by_hand.reference(tokens, size, attend)


@by_hand.misconception(
    "The key holds token and note added up. A place then answers for its own token as well, and "
    "every place finds itself. Only the note may answer."
)
def _key_is_both(tokens, size, attend):
    token = one_hot(tokens, size)
    return attend(token, token + notes(tokens, size, attend), token)


@by_hand.misconception(
    "The query holds token and note added up, so it finds what followed this token and what "
    "followed the one before, which is this token itself. Only the token may ask."
)
def _query_is_both(tokens, size, attend):
    token, note = one_hot(tokens, size), notes(tokens, size, attend)
    return attend(token + note, note, token)


@by_hand.misconception(
    "The answer holds the numbers of tokens, not one row of chances for each place. Return what "
    "the second `attend` gives, (T, size)."
)
def _best_tokens(tokens, size, attend):
    return by_hand.reference(tokens, size, attend).argmax(axis=1)


@by_hand.misconception(
    "This finds the copies first and then steps one place on by number: another circuit, the first "
    "stretch. And `np.roll` sends the last place to place 0. Here the first layer looks one place "
    "back, and the second one matches."
)
def _steps_on_around(tokens, size, attend):
    token, T = one_hot(tokens, size), len(tokens)
    copies = attend(token, token, np.eye(T))
    return attend(np.roll(copies, 1, axis=1), np.eye(T), token)


@by_hand.misconception(
    "The rows sum to 2, because token and note are taken home added up. The note only says where "
    "to look; the values of the second layer are the tokens alone."
)
def _values_are_both(tokens, size, attend):
    token, note = one_hot(tokens, size), notes(tokens, size, attend)
    return attend(token, note, token + note)


@by_hand.misconception(
    "Token and note were added up, and the sum asks, answers and is taken home. Then each place "
    "finds itself. Keep them apart: the token asks, the note answers, the token is taken home."
)
def _all_are_both(tokens, size, attend):
    both = one_hot(tokens, size) + notes(tokens, size, attend)
    return attend(both, both, both)
