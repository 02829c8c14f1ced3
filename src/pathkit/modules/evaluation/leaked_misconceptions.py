"""More wrong ways to look for an item in a training text."""

from __future__ import annotations

from .leaked import _grams, _share_of, leaked


@leaked.misconception(
    "This is the share of the training text that stands in the item. It is small for any long "
    "text; ask the other way: how much of the item is in the training text?"
)
def _of_the_training_text(item, training, n):
    mine, known = set(_grams(item, n)), _grams(training, n)
    return _share_of([run for run in known if run in mine], known)


@leaked.misconception(
    "You divided by the runs that either text has. A training text is long, so every share comes "
    "out small: divide by the item's own runs."
)
def _of_either(item, training, n):
    mine, known = set(_grams(item, n)), set(_grams(training, n))
    return _share_of(mine & known, mine | known)


@leaked.misconception(
    "This is yes or no. One common phrase is enough for a yes: count how many of the item's runs "
    "are found, and divide by all of them."
)
def _any_at_all(item, training, n):
    return float(any(run in set(_grams(training, n)) for run in _grams(item, n)))


@leaked.misconception(
    "The order of the words in a run is lost. A set or a sorted run takes other sentences of the "
    "same words for a copy: keep a tuple."
)
def _any_order(item, training, n):
    known = {tuple(sorted(run)) for run in _grams(training, n)}
    mine = _grams(item, n)
    return _share_of([run for run in mine if tuple(sorted(run)) in known], mine)


@leaked.misconception(
    "The runs lie side by side, so that words at the seams are never seen together. Runs overlap: "
    "each begins one word after the one before."
)
def _side_by_side(item, training, n):
    mine, known = _grams(item, n)[::n], _grams(training, n)
    return _share_of([run for run in mine if run in known], mine)


@leaked.misconception(
    "Words that lie in a found run were counted, out of all words. The share asked for is one of "
    "runs: found runs out of all runs."
)
def _covered_words(item, training, n):
    words, known = item.split(), _grams(training, n)
    if len(words) < n:
        return 0.0
    found = [run in known for run in _grams(item, n)]
    return sum(any(found[max(0, i - n + 1) : i + 1]) for i in range(len(words))) / len(words)


@leaked.misconception(
    "A run was found if each of its words stands anywhere in the training text. Its words must "
    "stand next to each other there, in the same order: compare whole runs."
)
def _words_anywhere(item, training, n):
    mine, known = _grams(item, n), set(training.split())
    return _share_of([run for run in mine if known.issuperset(run)], mine)
