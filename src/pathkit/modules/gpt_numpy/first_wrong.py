"""Find the bug: five looks."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

LOOKS = 5
_NAMES = ["embedding", *(
    f"h.{i}{part}" for i in range(4)
    for part in (".ln_1", ".attn.c_attn", ".attn", ".attn.c_proj", ".ln_2", ".mlp.c_fc",
                 ".mlp.act", ".mlp.c_proj", "")
)]


def _pairs(places: int, wrong: int, seed: int) -> dict:
    """Arrays of two runs: equal but for rounding up to place `wrong`, and different from there."""
    rng = np.random.default_rng(seed)
    pairs = {}
    for place, name in enumerate(_NAMES[:places]):
        theirs = rng.normal(scale=4.0, size=(6, 40))
        off = 1e-5 * rng.choice([-1, 1], size=theirs.shape)
        off[2, 3] = 0.0009 * (place % 5 == 0)
        if place >= wrong:
            kind = place % 4
            if kind == 0:  # which a mean doesn't see
                off[1, 2], off[2, 1] = 0.5, -0.5
            elif kind == 1:  # downwards only
                off[3, 7] = -0.5
            elif kind == 2:
                off += 0.25
            else:
                off[4, 9] = 0.0011
        pairs[name] = (theirs + off, theirs)
    return pairs


def _looked(answer, places: int, wrong: int, seed: int) -> str:
    """The name that the answer returns; Told at the sixth look."""
    pairs, looks = _pairs(places, wrong, seed), []

    def look(name):
        if name not in pairs:
            raise Told(f"`look` was asked for {name!r:.40}, which isn't one of the names.")
        looks.append(name)
        if len(looks) > LOOKS:
            raise Told(_too_many(looks, list(pairs)))
        return tuple(array.copy() for array in pairs[name])

    found = answer(list(pairs), look)
    return str(found) if isinstance(found, str) else found


def _too_many(looks: list, names: list) -> str:
    """What is said at the sixth look: a name twice, one after another, or not halved."""
    [again] = [name for name in looks if looks.count(name) > 1][:1] or [None]
    if again:
        return (f"A sixth look, and `{again}` was looked at twice. Each call of `look` counts, "
                "one for each array too: keep what it returns, `ours, theirs = look(name)`.")
    places = [names.index(name) for name in looks]
    if all(abs(one - two) == 1 for one, two in zip(places, places[1:], strict=False)):
        return (f"A sixth look: {len(names)} names were looked at one after another. Look at the "
                "middle one: if it agrees, everything before it does, too.")
    return (f"A sixth look, with {len(names)} names. Each look should halve what is left: if the "
            "middle agrees, the fault lies behind it. The last name needs no look, since the runs "
            "differ there.")


@exercise(
    title="Find the bug in five looks",
    level="medium",
    minutes=10,
    prompt="""
        Two runs of a model agree up to some step and differ from there to the end. Return the name
        of the first step that differs. `look` shows the arrays of one step, five times at most.
        """,
    probes=lambda rng: [
        (4, 2, 0),
        (23, 11, 5),
        (32, 17, 6),
        (32, int(rng.integers(32)), int(rng.integers(900))),
        (21, 13, int(rng.integers(900))),
        (32, 0, int(rng.integers(900))),
        (32, 31, int(rng.integers(900))),
        (17, int(rng.integers(9, 16)), int(rng.integers(900))),
        (1, 0, 3),
        (2, 1, 4),
        (30, 7, int(rng.integers(900))),
        (32, int(rng.integers(8, 16)), int(rng.integers(900))),
    ],
    drive=_looked,
    hints=[
        "You look at step 16 of 32, and the arrays agree. Where can the fault still be?",
        """
        1. `low = 0`, `high = len(names) - 1`: the first wrong one lies between, both included.
        2. Look at the middle. Differ: it is the middle or before. Agree: it comes after the middle.
        3. When `low` and `high` meet, no look is needed any more.
        Agree means near enough: compare the largest absolute difference with 0.001.
        """,
        "`if abs(ours - theirs).max() > 0.001: high = ___`, `else: low = ___`",
    ],
    errors=[
        (
            "TypeError: '>' not supported between instances of 'tuple' and 'float'",
            "`look` returns a pair of arrays: `ours, theirs = look(name)`.",
        ),
        (
            "ValueError: The truth value of an array with more than one element is ambiguous",
            "a comparison of arrays is an array: take the largest difference first.",
        ),
    ],
    # Where the search ends, low is high; and no difference is exactly 0.001.
    equivalents=[
        "return names[high]",
        "if abs(ours - theirs).max() >= 0.001:",
        "if abs(theirs - ours).max() > 0.001:",
    ],
    passed="Five yes-or-no answers tell 32 places apart. Nobody has to read 32 arrays.",
)
def first_wrong(names: list, look) -> str:
    """The first step at which two runs differ.

    names: at most 32, in the order of computation; the runs differ at the last of them.
    look: name -> (our array, their array); at most five calls. Rounding is no fault: two arrays
    differ if some number in one is more than 0.001 from its partner. Returns a name.
    """
    low, high = 0, len(names) - 1
    while low < high:
        middle = (low + high) // 2
        ours, theirs = look(names[middle])
        if abs(ours - theirs).max() > 0.001:
            high = middle
        else:
            low = middle + 1
    return names[low]
