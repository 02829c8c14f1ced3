"""The key that undoes a key."""

from __future__ import annotations

import string

from pathkit.checks.exercise import exercise

from .encipher import ROT, _shuffled


@exercise(
    title="The key that undoes it",
    level="easy",
    minutes=4,
    prompt="""
        `key` names a stand-in for every symbol that the text holds. Return the key that turns its
        secret back, or None if two symbols have the same stand-in, since nothing can undo that.
        """,
    probes=lambda rng: [
        (dict(ROT),),
        ({"a": "x", "b": "y"},),
        ({"a": "x", "b": "y", "c": "x"},),
        ({"a": "a", "b": "a"},),
        (_shuffled(rng, string.ascii_lowercase),),
        (_shuffled(rng, "etaoin "),),
        ({"m": "n", "p": "m", "n": "n"},),
        ({"m": "n", "n": "m", "p": "p"},),
        ({"a": "b", "b": "b", "c": "a"},),
    ],
    hints=[
        "If `x` stands for `a` and for `c`, what do you read where the secret says `x`?",
        "Turn each pair round. A dictionary holds each left side once: compare its length with "
        "that of the key.",
        "`back = {new: old for old, new in key.items()}`, then return it `if len(back) == ___`",
    ],
    errors=[
        ("ValueError: too many values to unpack", "`key.items()` gives pairs; `key` gives lefts."),
        ("TypeError: unhashable type: 'list'", "a left side can be a string, and no list."),
    ],
    passed="A key can be undone when no two symbols share a stand-in.",
)
def inverse(key: dict[str, str]) -> dict[str, str] | None:
    """The key that undoes `key`, or None where two symbols have the same stand-in."""
    back = {new: old for old, new in key.items()}
    return back if len(back) == len(key) else None


@inverse.misconception(
    "Two symbols have the same stand-in, and the last one won. Whoever reads it can't know which "
    "was meant, so there is no key that undoes this one: return None."
)
def _last_wins(key):
    return {new: old for old, new in key.items()}


@inverse.misconception(
    "This is the key itself. Enciphering twice brings a text back only where pairs of symbols are "
    "exchanged, a for b and b for a; in general each pair has to be turned round."
)
def _same(key):
    return dict(key) if len(set(key.values())) == len(key) else None


@inverse.misconception(
    "None came back for a key that can be undone. The stand-ins may be other symbols than those on "
    "the left; all that counts is that no two are the same."
)
def _same_alphabet(key):
    back = {new: old for old, new in key.items()}
    return back if set(back) == set(key) else None


@inverse.misconception(
    "Left sides and stand-ins were both sorted before they were paired again, so the pairs are "
    "lost. Turn each pair round as it is."
)
def _sorted(key):
    if len(set(key.values())) < len(key):
        return None
    return dict(zip(sorted(key.values()), sorted(key), strict=True))


@inverse.misconception(
    "None came back because some symbol stands for itself. That is allowed, and it can be undone. "
    "Only two symbols with one stand-in can't."
)
def _fixed_points(key):
    if any(old == new for old, new in key.items()):
        return None
    return inverse.reference(key)


@inverse.misconception(
    "None came back because some stand-in is itself a symbol of the key, as in a→b, b→c. That is "
    "allowed: each symbol is looked up once, so a stand-in is never replaced again."
)
def _chains(key):
    if any(new in key for new in key.values()):
        return None
    return inverse.reference(key)


@inverse.misconception(
    "Two symbols have the same stand-in, and the first one won. Whoever reads it can't know which "
    "was meant, so there is no key that undoes this one: return None."
)
def _first_wins(key):
    back = {}
    for old, new in key.items():
        back.setdefault(new, old)
    return back


@inverse.misconception(
    "Where two symbols have the same stand-in an empty dictionary came back. An empty key changes "
    "nothing and looks like an answer; None says that there is none."
)
def _empty(key):
    return inverse.reference(key) or {}


@inverse.misconception(
    "The symbols that share a stand-in were left out. Their signs then stay in the text as they "
    "are; nothing undoes the whole key, so return None."
)
def _left_out(key):
    seen = list(key.values())
    return {new: old for old, new in key.items() if seen.count(new) == 1}
