"""Only the true loss decides."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _table_loss(seed, n, V):
    """A loss of a whole suffix, in which neighbours matter: no gradient could know it."""
    table = np.random.default_rng(abs(seed)).normal(size=(n, V, V))

    def loss(suffix):
        if seed < 0:
            return 0.0  # nothing helps
        return float(sum(table[i, suffix[i], suffix[i - 1]] for i in range(n)))

    return loss


def _called(answer, suffix, swaps, seed, V):
    before = list(suffix)
    found = answer(suffix, swaps, _table_loss(seed, len(suffix), V))
    return {"suffix": list(found), "the argument": list(suffix), "as it was": before}


def _swaps(rng, n, V, k):
    return [(int(rng.integers(n)), int(rng.integers(V))) for _ in range(k)]


@exercise(
    title="Test the swaps, keep the best",
    level="easy",
    minutes=6,
    prompt="""
        Try each proposed swap on its own, by the true `loss` of the changed suffix. Return the
        suffix with the lowest loss, and the old one where no swap makes it lower.
        """,
    probes=lambda rng: [
        ([0, 1, 2], [(0, 1), (1, 0), (2, 0)], 1, 3),
        ([0, 1, 2, 3], _swaps(rng, 4, 5, 12), 2, 5),
        ([0, 1, 2, 3], [(i, v) for i in range(4) for v in range(5)], 2, 5),
        ([3, 1, 0], [(i, v) for v in range(4) for i in range(3)], 4, 4),
        ([0, 1, 2], [(0, 2), (1, 0)], -1, 3),
        ([4, 4, 0], _swaps(rng, 3, 5, 8), 3, 5),
        ([2, 0, 1, 1, 2], _swaps(rng, 5, 3, 6), int(rng.integers(99)), 3),
        ([2, 2], [(0, 2), (1, 2)], 5, 4),
        ([1, 0], [], 6, 2),
        ([0, 0, 0], [(0, 1)], 7, 2),
        ([0, 0, 0], [(0, 1)], 8, 2),
        ([1, 1, 1], [(2, 0)], 9, 2),
        ([1, 1, 1], [(2, 0)], 10, 2),
    ],
    drive=_called,
    hints=[
        "The first swap lowers the loss. Which suffix should the second swap be tried on?",
        """
        Begin with the old suffix as the best. For each swap: copy the old suffix, change one
        place, ask for the loss, and remember the copy if it is lower than the best so far.
        """,
        "`trial = list(___); trial[place] = symbol`",
    ],
    errors=[("ValueError: min() arg is an empty sequence", "no swaps: keep the old suffix.")],
    passed="It never gets worse, because the old suffix takes part in the contest.",
)
def best_swap(suffix: list[int], swaps: list[tuple[int, int]], loss) -> list[int]:
    """The best suffix that is at most one swap away.

    suffix: symbols, and it stays as it is; swaps: pairs (place, new symbol), maybe none; loss: a
    function from a suffix to a number, lower is better. Returns a list of symbols.
    """
    best, lowest = list(suffix), loss(suffix)
    for place, symbol in swaps:
        trial = list(suffix)
        trial[place] = symbol
        if loss(trial) < lowest:
            best, lowest = trial, loss(trial)
    return best


def _trials(suffix, swaps):
    return [[*suffix[:i], v, *suffix[i + 1 :]] for i, v in swaps]


@best_swap.misconception(
    "The swaps pile up: each is tried on what the one before left. Each must be tried on the old "
    "suffix alone, or the loss of a swap is never seen by itself."
)
def _piles_up(suffix, swaps, loss):
    best = list(suffix)
    for place, symbol in swaps:
        trial = [*best[:place], symbol, *best[place + 1 :]]
        if loss(trial) < loss(best):
            best = trial
    return best


@best_swap.misconception(
    "The best of the swaps is taken even where it is worse than no swap. A gradient's promise "
    "can be false: let the old suffix take part."
)
def _always_swaps(suffix, swaps, loss):
    return min(_trials(suffix, swaps), key=loss, default=list(suffix))


@best_swap.misconception(
    "The first swap that lowers the loss is taken. A later one may lower it further: test them all "
    "before you choose."
)
def _first_that_helps(suffix, swaps, loss):
    return next((t for t in _trials(suffix, swaps) if loss(t) < loss(suffix)), list(suffix))


@best_swap.misconception(
    "The suffix with the highest loss is kept. The loss says how unlikely the target is, so "
    "the attacker wants it low."
)
def _highest_loss(suffix, swaps, loss):
    return max([list(suffix), *_trials(suffix, swaps)], key=loss)


@best_swap.misconception(
    "The first proposal was trusted and nothing was tested. It is a linear guess about a jump, so "
    "ask the true loss."
)
def _trusts_the_first(suffix, swaps, loss):
    return [*_trials(suffix, swaps), list(suffix)][0]
