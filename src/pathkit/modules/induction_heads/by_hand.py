"""Two layers, and nothing learned."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .by_hand_parts import _attend, notes, one_hot


@exercise(
    title="Two layers, and nothing learned",
    level="hard",
    minutes=15,
    prompt="""
        Wire these two layers, each with one call of `attend`. In the first, each place looks one
        place back and notes the token there. In the second, each place looks for notes that name
        its own token, and takes the tokens that stand there. Queries, keys and values are one-hot.
        """,
    probes=lambda rng: [
        ([1, 2, 0, 3, 1, 2], 4, _attend),
        ([2, 0, 2], 5, _attend),
        ([0, 1, 2, 1, 3, 1], 6, _attend),
        ([3, 3, 1, 3], 4, _attend),
        (rng.integers(4, size=9).tolist(), 7, _attend),
        (rng.permutation(6).tolist() * 2, 6, _attend),
    ],
    hints=[
        "A dot product of two one-hot vectors is 1 where they agree. What must place t ask for, so "
        "that the key of place t - 1 answers?",
        """
        1. `token`: one-hot rows, (T, size). `place = np.eye(T)`.
        2. `back`: row t has its 1 in column t - 1. `np.eye(T, k=-1)` is that table.
        3. First layer: queries `back`, keys `place`, values `token`: (T, size), the notes.
        4. Second layer: who asks with what, whose key is what, and what is taken home?
        """,
        "`note = attend(back, place, token)`, then `return attend(token, ___, token)`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "queries and keys of one layer need one width: T and T, or size and size.",
        ),
        (
            "IndexError: arrays used as indices must be of integer",
            "`np.eye(size)[tokens]` wants whole numbers; you indexed with a one-hot table.",
        ),
    ],
    # All of them have T rows.
    equivalents=[
        "place = np.eye(len(token))",
        "back = np.eye(len(token), k=-1)",
        "back = np.eye(len(place), k=-1)",
    ],
    passed="One look back, one look for a match: four lines, and no weight was trained.",
)
def by_hand(tokens: list[int], size: int, attend) -> np.ndarray:
    """An induction circuit of two attention layers whose numbers are chosen by hand.

    tokens: T numbers below size; attend(Q, K, V): causal attention with scores 100 Q @ K.T,
    so that the best keys share all the weight; (T, d), (T, d), (T, d_v) -> (T, d_v).
    Returns (T, size): row t is the average of the one-hot tokens at which place t looks in the
    second layer. Where no note fits, all scores are 0 and it looks at all it sees.
    """
    token = np.eye(size)[tokens]  # (T, size)
    place = np.eye(len(tokens))  # (T, T)
    back = np.eye(len(tokens), k=-1)  # (T, T): row t asks for place t - 1
    note = attend(back, place, token)  # (T, size)
    return attend(token, note, token)


@by_hand.misconception(
    "Each place looks for its own token, and finds it, first of all in itself. So the model "
    "expects the same token again. Without a first layer that looks one place back, no key says "
    "what came before."
)
def _one_layer(tokens, size, attend):
    token = one_hot(tokens, size)
    return attend(token, token, token)


@by_hand.spelling(_one_layer)
def _notes_itself(tokens, size, attend):
    token, place = one_hot(tokens, size), np.eye(len(tokens))
    return attend(token, attend(place, place, token), token)


@by_hand.misconception(
    "The right places were found, and their notes were taken home. The note names the token "
    "before, which is the one you stand on: the values must be the tokens."
)
def _values_are_notes(tokens, size, attend):
    note = notes(tokens, size, attend)
    return attend(one_hot(tokens, size), note, note)


@by_hand.misconception(
    "The token before came back. That happens where the notes are returned as they are, or where "
    "they ask: whoever asks with the note finds the predecessor. You stand on a token and want a "
    "place whose note names it, so the note is the key."
)
def _note_asks(tokens, size, attend):
    token = one_hot(tokens, size)
    return attend(notes(tokens, size, attend), token, token)


@by_hand.spelling(_note_asks)
def _first_layer_only(tokens, size, attend):
    return notes(tokens, size, attend)


@by_hand.misconception(
    "Notes are compared with notes. The query of the second layer is the token itself; only the "
    "key has to know what came before it."
)
def _notes_meet_notes(tokens, size, attend):
    note = notes(tokens, size, attend)
    return attend(note, note, one_hot(tokens, size))


@by_hand.misconception(
    "In the first layer each place asks for the place after it, which the mask hides. No key fits, "
    "and the note is an average of everything so far. Ask one place back: k=-1."
)
def _looks_ahead(tokens, size, attend):
    token, T = one_hot(tokens, size), len(tokens)
    return attend(token, attend(np.eye(T, k=1), np.eye(T), token), token)


@by_hand.misconception(
    "Place 0 has a note from the end of the text: `np.roll` goes round in a circle, and place 0 "
    "would know what comes last. Let `attend` fetch the notes, since its mask hides the end."
)
def _rolled_notes(tokens, size, attend):
    token = one_hot(tokens, size)
    return attend(token, np.roll(token, 1, axis=0), token)


@by_hand.misconception(
    "The note names the token two places back. From the table with k=-1 to k=-2 is one step too "
    "many; or you shifted twice, once in the queries and once in the keys."
)
def _two_back(tokens, size, attend):
    token, T = one_hot(tokens, size), len(tokens)
    return attend(token, attend(np.eye(T, k=-2), np.eye(T), token), token)


@by_hand.spelling(_two_back)
def _shifted_twice(tokens, size, attend):
    token, T = one_hot(tokens, size), len(tokens)
    return attend(token, attend(np.eye(T, k=-1), np.eye(T, k=1), token), token)
