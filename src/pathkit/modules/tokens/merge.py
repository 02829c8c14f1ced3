"""Merge a pair."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="Merge a pair",
    level="medium",
    minutes=8,
    prompt="""
        Replace a pair by one new token, wherever it stands. Go from left to right: a token that has
        been used up can't be used again.
        """,
    probes=lambda rng: [
        (list(b"the hat"), (116, 104), 256),
        ([7, 7, 7], (7, 7), 256),
        ([7, 7, 7, 7, 7, 1, 7], (7, 7), 257),
        ([1, 1, 2, 2, 1, 2], (1, 2), 300),
        ([2, 1, 2, 1], (1, 2), 256),
        ([12, 3, 2, 31, 2, 3], (2, 3), 256),
        ([4, 5], (4, 5), 258),
        ([4], (4, 4), 256),
        ([], (4, 5), 256),
        ([9, 8, 7], (4, 5), 256),
        (rng.integers(97, 99, size=30).tolist(), (97, 98), 260),
        (rng.integers(97, 99, size=25).tolist(), (98, 98), 261),
    ],
    hints=[
        "Of `aaa` you merge the first `aa`. What is left, and may the middle `a` be used again?",
        """
        1. Keep a place `i`, from 0, and a list of results.
        2. Where `tokens[i]` and its neighbour are the pair: append `new`, go on by 2.
        3. Anywhere else, also at the last token: append `tokens[i]`, go on by 1.
        """,
        "`if tuple(tokens[i : i + 2]) == ___:` can't run past the end.",
    ],
    errors=[
        ("IndexError: list index out of range", "the last token has no neighbour behind it."),
        ("TypeError: can only concatenate", "`out + new` joins lists: use `out.append(new)`."),
    ],
    passed="aaaaa becomes two new tokens and one a: from the left, and none used twice.",
)
def merge(tokens: list[int], pair: tuple[int, int], new: int) -> list[int]:
    """The tokens with each occurrence of a pair replaced by one new token, from left to right.

    tokens: token numbers, perhaps none; the list itself stays as it is. pair: two numbers, in the
    order of the text. new: the number that replaces them.
    """
    merged, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == tuple(pair):
            merged.append(new)
            i += 2
        else:
            merged.append(tokens[i])
            i += 1
    return merged


def _starts(tokens, pair) -> list[int]:
    return [i for i in range(len(tokens) - 1) if (tokens[i], tokens[i + 1]) == tuple(pair)]


@merge.misconception(
    "Of three equal tokens the middle one was used twice. After a merge go on behind both tokens, "
    "so that (7, 7, 7) becomes the new token and one 7."
)
def _overlapping(tokens, pair, new):
    starts = _starts(tokens, pair)
    return [
        new if i in starts else token for i, token in enumerate(tokens)
        if i in starts or i - 1 not in starts
    ]


@merge.misconception(
    "The second token of each pair stands there still. The new token replaces both, so after a "
    "merge the place moves on by 2."
)
def _second_stays(tokens, pair, new):
    starts = _starts(tokens, pair)
    return [new if i in starts else token for i, token in enumerate(tokens)]


@merge.misconception(
    "The first token of each pair stands there still, with the new one behind it. The new token "
    "replaces both of them."
)
def _first_stays(tokens, pair, new):
    starts = _starts(tokens, pair)
    return [new if i - 1 in starts else token for i, token in enumerate(tokens)]


@merge.spelling(_first_stays)
def _first_stays_and_skips(tokens, pair, new):
    merged = []
    for token in merge.reference(tokens, tuple(pair), None):
        merged += [pair[0], new] if token is None else [token]
    return merged


@merge.misconception(
    "The last token is lost where no pair ends there. It has no neighbour, so it can't begin a "
    "pair, but it belongs to the text: append it as it is."
)
def _last_is_lost(tokens, pair, new):
    merged, i = [], 0
    while i < len(tokens) - 1:
        found = (tokens[i], tokens[i + 1]) == tuple(pair)
        merged.append(new if found else tokens[i])
        i += 2 if found else 1
    return merged


@merge.misconception(
    "Only the first occurrence was replaced. A merge rule holds for the whole list: go on behind "
    "the new token."
)
def _first_only(tokens, pair, new):
    starts = _starts(tokens, pair)[:1]
    return [
        new if i in starts else token for i, token in enumerate(tokens) if i - 1 not in starts
    ]


@merge.misconception(
    "This merged from right to left. Of (7, 7, 7) the first two are merged: everybody must take "
    "the same side, or one text would have two encodings."
)
def _from_the_right(tokens, pair, new):
    return merge.reference(tokens[::-1], tuple(pair)[::-1], new)[::-1]


@merge.misconception(
    "The two tokens were merged in the other order, too. A merge stands for one string: `th` may "
    "become a token while `ht` stays two."
)
def _either_order(tokens, pair, new):
    merged, i = [], 0
    while i < len(tokens):
        found = sorted(tokens[i : i + 2]) == sorted(pair)
        merged.append(new if found else tokens[i])
        i += 2 if found else 1
    return merged


@merge.misconception(
    "Numbers were replaced as text, so the 2 and 3 in `12, 3` looked like the pair (2, 3). Compare "
    "whole numbers: a token is one thing, however many digits it has."
)
def _as_text(tokens, pair, new):
    text = ", ".join(map(str, tokens)).replace(", ".join(map(str, pair)), str(new))
    return [int(number) for number in text.split(", ")] if text else []


@merge.misconception(
    "The pair itself was put in, as a tuple. What should stand there is one number, `new`, which "
    "later merges can use like any other token."
)
def _pair_for_new(tokens, pair, new):
    return [tuple(pair) if token == new else token for token in merge.reference(tokens, pair, new)]
