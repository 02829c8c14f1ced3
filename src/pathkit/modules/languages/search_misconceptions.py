"""Walks that go wrong: what people answer to `search`."""

from __future__ import annotations

import numpy as np

from .keep import keep
from .search import search


def _walk(key, score, moves, temperatures, *, undo=True, alias=False, last=False):
    """`search` with faults."""
    key, best = key.copy(), key.copy()
    old = best_score = score(key)
    for (i, j, u), temperature in zip(moves, temperatures, strict=True):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep.reference(new - old, temperature, u):
            old = new
            if new > best_score or last:
                best, best_score = key if alias else key.copy(), new
        elif undo:
            key[i], key[j] = key[j], key[i]
            old = new if undo == "score too" else old
    return best, best_score


# Whatever is new and best is kept anyway, so that `keep` has no say here at all.
@search.misconception(
    "Refused exchanges stay in the key, so that the walk wanders at random, whatever `keep` says. "
    "Exchange the two back. Or go back to a copy: a second name for the array changes with it."
)
def _never_undone(key, score, moves, temperatures):
    return _walk(key, score, moves, temperatures, undo=False)


@search.misconception(
    "The best key is a second name for the array that goes on changing, so what comes back is "
    "where the walk ended. Keep a copy: `key.copy()`."
)
def _second_name(key, score, moves, temperatures):
    return _walk(key, score, moves, temperatures, alias=True)


@search.misconception(
    "This is the last key that was kept, and not the best. The walk takes worse keys on purpose, "
    "so note the best one on the way."
)
def _last_kept(key, score, moves, temperatures):
    return _walk(key, score, moves, temperatures, last=True)


@search.misconception(
    "After a refusal the old score became that of the refused key. The key went back, so its score "
    "has to stay, too."
)
def _score_of_refused(key, score, moves, temperatures):
    return _walk(key, score, moves, temperatures, undo="score too")


@search.misconception(
    "New keys are compared with the best one so far. The rule compares with the key that the walk "
    "stands on, or it never gets across a valley of worse keys."
)
def _against_the_best(key, score, moves, temperatures):
    key, best = key.copy(), key.copy()
    best_score = score(key)
    for (i, j, u), temperature in zip(moves, temperatures, strict=True):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if not keep.reference(new - best_score, temperature, u):
            key[i], key[j] = key[j], key[i]
        elif new > best_score:
            best, best_score = key.copy(), new
    return best, best_score


@search.misconception(
    "After a refusal the walk went back to the best key so far. It should go back one step, to the "
    "last key that was kept; from the best alone it never crosses a valley of worse keys."
)
def _back_to_the_best(key, score, moves, temperatures):
    return _step_by_step(key, score, moves, temperatures, refused="best")


@search.misconception(
    "After a refusal the walk went back to the key that it began with. It should go back one step, "
    "to the last key that was kept, or all that was gained on the way is lost."
)
def _back_to_the_start(key, score, moves, temperatures):
    return _step_by_step(key, score, moves, temperatures, refused="start")


@search.misconception(
    "A key that was kept and is no new best was exchanged back. Keeping it means that the walk "
    "goes on from it, worse or not: the undoing belongs to the refusal, the `else` of `if keep(…)`."
)
def _only_bests_stay(key, score, moves, temperatures):
    return _step_by_step(key, score, moves, temperatures, kept="undone")


@search.misconception(
    "Only new bests stay here. A worse key that `keep` lets through stays too, or the walk ends at "
    "the first key that no exchange betters. Undo an exchange where `keep` says no, nowhere else."
)
def _only_bests_stay_and_refused_go(key, score, moves, temperatures):
    return _step_by_step(key, score, moves, temperatures, kept="undone", refused="undone")


@search.misconception(
    "Every exchange was undone, also one that was kept, so each new key is one exchange from the "
    "start and the walk never gets away. Undo what `keep` refuses alone."
)
def _always_undone(key, score, moves, temperatures):
    return _step_by_step(key, score, moves, temperatures, kept="always", refused="undone")


@search.misconception(
    "The exchange was undone where `keep` says yes, and stays where it says no. Turn it round: "
    "what is kept stays, what is refused goes back."
)
def _undone_where_kept(key, score, moves, temperatures):
    return _step_by_step(key, score, moves, temperatures, kept="always")


@search.misconception(
    "The walk ended at its first refusal. A refusal costs one step: exchange the two back and go "
    "on with the next move, from the key that was kept."
)
def _stops(key, score, moves, temperatures):
    return _step_by_step(key, score, moves, temperatures, refused="stops")


@search.misconception(
    "The symbols i and j were exchanged, wherever they stand in the key. Each move names two "
    "signs, which are places in the key: exchange `key[i]` and `key[j]`."
)
def _symbols_exchanged(key, score, moves, temperatures):
    def exchanged(key, i, j):
        return np.where(key == i, j, np.where(key == j, i, key))

    old = best_score = score(key)
    best = key
    for (i, j, u), temperature in zip(moves, temperatures, strict=True):
        trial = exchanged(key, i, j)
        new = score(trial)
        if keep.reference(new - old, temperature, u):
            key, old = trial, new
            if new > best_score:
                best, best_score = key, new
    return best, best_score


def _step_by_step(key, score, moves, temperatures, *, kept="", refused=""):
    """`search`, with something else done where a key is kept or refused."""
    start, key = key, key.copy()
    old = best_score = score(key)
    best = key.copy()
    for (i, j, u), temperature in zip(moves, temperatures, strict=True):
        key[i], key[j] = key[j], key[i]
        new = score(key)
        if keep.reference(new - old, temperature, u):
            old, better = new, new > best_score
            if better:
                best, best_score = key.copy(), new
            if kept == "always" or (kept == "undone" and not better):
                key[i], key[j] = key[j], key[i]
        elif refused == "undone":
            key[i], key[j] = key[j], key[i]
        elif refused == "stops":
            break
        elif refused:
            key = (best if refused == "best" else start).copy()
    return best, best_score
