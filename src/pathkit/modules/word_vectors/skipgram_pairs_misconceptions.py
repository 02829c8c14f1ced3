"""Wrong answers to listing the neighbours: pairs lost, turned round, or in another order."""

from __future__ import annotations

from .skipgram_pairs import skipgram_pairs


def _places(words, window):
    """(i, j) of each centre and neighbour, in the order asked for."""
    n = len(words)
    return [
        (i, j) for i in range(n) for j in range(max(0, i - window), min(n, i + window + 1))
        if j != i
    ]


@skipgram_pairs.misconception(
    "Only words to the left are paired. A vector may learn from both sides: the window reaches "
    "from i - window to i + window."
)
def _left_only(words, window):
    return [(words[i], words[j]) for i, j in _places(words, window) if j < i]


@skipgram_pairs.misconception(
    "The two words of each pair are exchanged. The centre comes first, then its neighbour: the "
    "model is given the centre and guesses the other."
)
def _exchanged(words, window):
    return [(words[j], words[i]) for i, j in _places(words, window)]


@skipgram_pairs.misconception(
    "A word that stands twice has the neighbours of its first place both times. `words.index` "
    "finds the first place only: walk over places, with range or enumerate."
)
def _first_place(words, window):
    found = []
    for one in words:
        first = words.index(one)
        found += [(one, words[j]) for at, j in _places(words, window) if at == first]
    return found


@skipgram_pairs.misconception(
    "A pair that occurs twice is listed once. How often two words meet is what training learns "
    "from, so keep every occurrence."
)
def _once_each(words, window):
    return list(dict.fromkeys((words[i], words[j]) for i, j in _places(words, window)))


@skipgram_pairs.misconception(
    "Only neighbours exactly `window` places away are paired. All that are nearer count as well: "
    "1, 2, … up to `window` places."
)
def _exactly_that_far(words, window):
    return [(words[i], words[j]) for i, j in _places(words, window) if abs(i - j) == window]


@skipgram_pairs.misconception(
    "The pairs are right, their order isn't: each word's right neighbours come before the left "
    "ones. Go through the places from left to right."
)
def _right_before_left(words, window):
    places = sorted(_places(words, window), key=lambda ij: (ij[0], ij[1] < ij[0], ij[1]))
    return [(words[i], words[j]) for i, j in places]


@skipgram_pairs.misconception(
    "The pairs are right, their order isn't: near neighbours come before far ones. Go through the "
    "places from left to right, from i - window to i + window."
)
def _near_before_far(words, window):
    places = sorted(_places(words, window), key=lambda ij: (ij[0], abs(ij[0] - ij[1]), ij[1]))
    return [(words[i], words[j]) for i, j in places]


@skipgram_pairs.misconception(
    "Neighbours one place too far away are paired as well. `range` leaves its end out, so "
    "i + window + 1 is far enough; and the first place is i - window."
)
def _one_too_far(words, window):
    return [(words[i], words[j]) for i, j in _places(words, window + 1)]


@skipgram_pairs.misconception(
    "Only the first word has its pairs. Does `return` stand inside the loop? It ends the function "
    "at once, so move it below the loop."
)
def _first_word(words, window):
    return [(words[i], words[j]) for i, j in _places(words, window) if i == 0]


@skipgram_pairs.misconception(
    "The pairs are right, their order isn't: the left neighbours come from near to far. Go through "
    "the places from left to right, so the farthest on the left comes first."
)
def _left_side_backwards(words, window):
    places = sorted(_places(words, window), key=lambda ij: (ij[0], ij[1] > ij[0],
                                                            abs(ij[1] - ij[0])))
    return [(words[i], words[j]) for i, j in places]


@skipgram_pairs.misconception(
    "The window begins one word too late on the left. The first place of a `range` is in it, so "
    "begin at i - window, without the 1 that the end needs."
)
def _short_on_the_left(words, window):
    return [(words[i], words[j]) for i, j in _places(words, window) if i - j < window]


@skipgram_pairs.misconception(
    "The last word of the sentence is nobody's neighbour. `range` leaves its end out already: "
    "min(len(words), …), not len(words) - 1."
)
def _never_the_last_word(words, window):
    return [(words[i], words[j]) for i, j in _places(words, window) if j < len(words) - 1]


@skipgram_pairs.misconception(
    "These are the places of the words, not the words. Append words[i] and words[j]."
)
def _places_themselves(words, window):
    return _places(words, window)


@skipgram_pairs.misconception(
    "The window was cut in half, one half for each side. It counts to each side: `window` places "
    "to the left and as many to the right."
)
def _half_to_each_side(words, window):
    return [(words[i], words[j]) for i, j in _places(words, window // 2)]


@skipgram_pairs.misconception(
    "The order isn't the one asked for: a pair is followed by the same pair turned round. Go "
    "through the centres from left to right, and list all neighbours of one before the next."
)
def _turned_round_at_once(words, window):
    found = []
    for i, j in _places(words, window):
        if i < j:
            found += [(words[i], words[j]), (words[j], words[i])]
    return found
