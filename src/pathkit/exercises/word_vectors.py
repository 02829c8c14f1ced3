"""Exercises of `word-vectors`: vectors by guessing neighbours, then by counting them."""

from __future__ import annotations

import numpy as np

from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


# --- pairs ------------------------------------------------------------------------------------


@exercise(
    title="List the neighbours",
    level="easy",
    minutes=8,
    prompt="""
        List every pair of a word and a neighbour, the neighbour at most `window` places away on
        either side. Go through the words from left to right, and through each one's neighbours
        from left to right.
        """,
    probes=lambda rng: [
        (["a", "b", "c"], 1),
        (["the", "king", "lost", "his", "crown"], 2),
        (["a", "b", "a", "a"], 1),
        (["one"], 3),
        ([], 2),
        (["x", "y"], 5),
        (["a", "b", "c"], 0),
        ([str(w) for w in rng.choice(list("abcde"), size=9)], 3),
    ],
    hints=[
        "For the word at place `i`: which is the first place in its window, and which the last? "
        "What if the sentence begins or ends before that?",
        """
        1. For each place `i`, let `j` run from `i - window` to `i + window`, but not below 0 and
           not past the last word.
        2. Skip `j == i`. Append `(words[i], words[j])`.
        """,
        "`for j in range(max(0, i - window), min(len(words), ___)):`",
    ],
    errors=[
        ("IndexError: list index out of range", "the window reaches past the last word."),
    ],
    passed="These pairs are all that training will ever see: no order, no distance, no grammar.",
    # The larger and the smaller of two numbers don't depend on their order.
    equivalents=[
        "for j in range(max(i - window, 0), min(len(words), i + window + 1)):",
        "for j in range(max(0, i - window), min(i + window + 1, len(words))):",
    ],
)
def skipgram_pairs(words: list[str], window: int) -> list[tuple[str, str]]:
    """Every (centre, neighbour) of a sentence, at most `window` places apart.

    words: the sentence; window: how far to look to each side, 0 or more.
    Returns pairs of words, centres in reading order (Mikolov et al. 2013, the skip-gram model).
    """
    pairs = []
    for i in range(len(words)):
        for j in range(max(0, i - window), min(len(words), i + window + 1)):
            if j != i:
                pairs.append((words[i], words[j]))
    return pairs


@skipgram_pairs.misconception(
    "Only words to the right are paired. That is what a bigram model sees, since it writes from "
    "left to right. A vector may learn from both sides."
)
def _right_only(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(i + 1, min(len(words), i + window + 1))
    ]


@skipgram_pairs.misconception(
    "Each word is paired with itself, too. Every word would learn to expect itself, which says "
    "nothing about its company: skip place i."
)
def _with_itself(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(max(0, i - window), min(len(words), i + window + 1))
    ]


@skipgram_pairs.misconception(
    "A word that stands twice is never paired with its twin, because you compare words. What is "
    "left out is the place i, not every copy of the word: compare i and j."
)
def _skips_twins(words, window):
    return [(a, b) for a, b in _with_itself(words, window) if a != b]


@skipgram_pairs.misconception(
    "The window ends one word too soon on the right. `range` leaves its end out, so the end must "
    "be i + window + 1."
)
def _short_on_the_right(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(max(0, i - window), min(len(words), i + window))
        if j != i
    ]


@skipgram_pairs.misconception(
    "A negative index wraps round: the first word gets the last words of the sentence as "
    "neighbours. Places before the beginning don't exist, so start at max(0, i - window)."
)
def _wraps_round(words, window):
    return [
        (words[i], words[j])
        for i in range(len(words))
        for j in range(i - window, min(len(words), i + window + 1))
        if j != i and j >= -len(words)
    ]


@skipgram_pairs.misconception(
    "Near the beginning the left neighbours are lost: a slice that starts at a negative place is "
    "empty or too short. Places before the beginning don't exist, so start at max(0, i - window)."
)
def _negative_slice(words, window):
    return [
        (word, other)
        for i, word in enumerate(words)
        for other in words[i - window : i] + words[i + 1 : i + 1 + window]
    ]


@skipgram_pairs.misconception(
    "Words near the ends are left out unless their window is complete. A word with one neighbour "
    "still has that one: cut the window where the sentence ends."
)
def _complete_windows_only(words, window):
    return [
        (words[i], words[j])
        for i in range(window, len(words) - window)
        for j in range(i - window, i + window + 1)
        if j != i
    ]


# --- the loss ---------------------------------------------------------------------------------


def _one_update(rng: np.random.Generator, k: int, d: int, size: float = 1.0) -> tuple:
    return rng.normal(size=d) * size, rng.normal(size=d), rng.normal(size=(k, d))


@exercise(
    title="A neighbour, yes or no",
    level="medium",
    minutes=8,
    prompt="""
        Return the loss of one word: $-\\ln\\sigma$ of its dot product with the true neighbour, plus
        $-\\ln\\sigma$ of *minus* its dot product with each of the noise words. Let no dot product
        overflow, however large: `np.logaddexp(0, -x)` is $-\\ln\\sigma(x)$.
        """,
    probes=lambda rng: [
        (np.array([1.0, 2.0]), np.array([0.5, -0.25]), np.array([[1.0, 0.0], [-1.0, 1.0]])),
        _one_update(rng, 5, 3),
        _one_update(rng, 2, 4),
        _one_update(rng, 1, 3),
        (np.array([100.0]), np.array([-9.0]), np.array([[8.0], [-7.0], [0.0]])),
    ],
    hints=[
        "Which dot product should become large, and which ones small? The loss must fall in both "
        "cases.",
        """
        1. `true`: the dot product of `centre` and `neighbour`, one number.
        2. `false`: those of `centre` with each row of `noise`, shape (k,): `noise @ centre`.
        3. $-\\ln\\sigma(x)$ is `np.logaddexp(0, -x)`. For noise, x is minus the dot product.
        """,
        "`return np.logaddexp(0, -true) + np.logaddexp(0, ___).sum()`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "`np.exp` of a large number: `np.logaddexp(0, -x)` never computes it.",
        ),
        (
            "RuntimeWarning: divide by zero encountered in log",
            "σ was rounded to 0 before its log was taken: use `np.logaddexp`.",
        ),
        ("ValueError: matmul: Input operand 1 has a mismatch", "noise comes first: (k, d) @ (d,)."),
    ],
    passed="One true neighbour and k false ones: k + 1 dot products instead of one for each word.",
    # ln(e^a + e^b) is the same when a and b change places.
    equivalents=[
        "return np.logaddexp(-true, 0) + np.logaddexp(0, false).sum()",
        "return np.logaddexp(0, -true) + np.logaddexp(false, 0).sum()",
    ],
)
def loss(centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray) -> float:
    """The negative-sampling loss of one pair, in nats.

    centre: (d,), the word's vector; neighbour: (d,), the context vector of its true neighbour;
    noise: (k, d), the context vectors of k words drawn at random.
    Returns one number (Mikolov et al. 2013, equation 4, with the sign turned round).
    """
    true = centre @ neighbour  # one number
    false = noise @ centre  # (k,)
    return np.logaddexp(0, -true) + np.logaddexp(0, false).sum()


@loss.misconception(
    "The noise words are treated as neighbours, too. Then the best model says yes to everything, "
    "and its vectors mean nothing: for noise the dot product gets a minus."
)
def _all_are_neighbours(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, -(noise @ centre)).sum()


@loss.misconception(
    "Both signs are turned round: this loss falls when true neighbours move apart. A large dot "
    "product should mean yes, and yes should be cheap for the true neighbour."
)
def _both_signs(centre, neighbour, noise):
    return np.logaddexp(0, centre @ neighbour) + np.logaddexp(0, -(noise @ centre)).sum()


@loss.misconception(
    "The noise terms are averaged. The loss adds them up: each of the k false neighbours counts as "
    "much as the true one."
)
def _mean_of_noise(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, noise @ centre).mean()


@loss.misconception(
    "The noise lowers the loss here: a minus too many. Every answer costs something, so all k + 1 "
    "terms are positive; only what stands inside the sigmoid changes its sign."
)
def _noise_subtracted(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) - np.logaddexp(0, -(noise @ centre)).sum()


@loss.misconception(
    "The noise is missing. The loss could then fall for ever by making all vectors long and alike; "
    "the false neighbours are what holds them apart."
)
def _no_noise(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour))


@loss.misconception(
    "The sum over the noise was taken before the sigmoid. Each noise word is a question of its own "
    "with an answer of its own: take the loss of each, then add."
)
def _sum_first(centre, neighbour, noise):
    return np.logaddexp(0, -(centre @ neighbour)) + np.logaddexp(0, (noise @ centre).sum())


@loss.misconception(
    "This is a softmax over the k + 1 words. It asks which of them is the neighbour; negative "
    "sampling asks of each word by itself, yes or no."
)
def _softmax(centre, neighbour, noise):
    scores = np.append(noise @ centre, centre @ neighbour)
    return np.logaddexp.reduce(scores) - centre @ neighbour


@loss.misconception(
    "Right for small dot products. For large ones the sigmoid is rounded to 0 and its log is minus "
    "infinity: use np.logaddexp(0, -x), which never forms the sigmoid."
)
def _overflows(centre, neighbour, noise):
    with np.errstate(all="ignore"):
        false = -np.log(_sigmoid(-(noise @ centre)))
        return -np.log(_sigmoid(centre @ neighbour)) + false.sum()


# --- its gradient -----------------------------------------------------------------------------


@exercise(
    title="Three gradients",
    level="hard",
    minutes=10,
    prompt="""
        Return the gradient of that loss with respect to the centre, to the neighbour and to each
        noise word. Each of the k + 1 words has an **error**: σ of its dot product with the
        centre, minus 1 for the true neighbour and minus 0 for noise.
        """,
    probes=lambda rng: [
        (np.array([1.0, 2.0]), np.array([0.5, -0.25]), np.array([[1.0, 0.0], [-1.0, 1.0]])),
        _one_update(rng, 5, 3),
        _one_update(rng, 2, 4, size=3.0),
        _one_update(rng, 3, 3),
        _one_update(rng, 1, 3),
    ],
    hints=[
        "A dot product of a and b changes by b when a moves, and by a when b moves. By what is "
        "each of these multiplied?",
        """
        1. Stack neighbour and noise: `V`, shape (k + 1, d).
        2. `errors`: σ of `V @ centre`, shape (k + 1,); subtract 1 from the first.
        3. For the centre: the sum of each row of `V` times its error. For row r of `V`: error r
           times the centre.
        """,
        "`return errors @ ___, errors[0] * centre, np.outer(errors[1:], ___)`",
    ],
    errors=[
        ("ValueError: all the input array dimensions except", "`np.vstack([neighbour, noise])`."),
        ("ValueError: operands could not be broadcast", "an outer product is wanted: `np.outer`."),
    ],
    passed="Predicted minus seen, once more. One update touches k + 2 vectors and leaves the rest.",
)
def gradient(
    centre: np.ndarray, neighbour: np.ndarray, noise: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The gradient of `loss` with respect to each of its arguments.

    centre: (d,); neighbour: (d,); noise: (k, d).
    Returns arrays of these three shapes (Goldberg and Levy 2014, word2vec explained).
    """
    V = np.vstack([neighbour, noise])  # (k + 1, d)
    errors = 1 / (1 + np.exp(-V @ centre))  # (k + 1,)
    errors[0] -= 1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


def _pieces(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = _sigmoid(V @ centre)
    errors[0] -= 1
    return errors, V


@gradient.misconception(
    "The sign is turned round: seen minus predicted points downhill. A gradient points to where "
    "the loss grows; the step subtracts it later."
)
def _downhill(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return -errors @ V, -errors[0] * centre, -np.outer(errors[1:], centre)


@gradient.misconception(
    "The centre hears of its true neighbour only. It was multiplied with the noise words as well, "
    "and each pushes it away: add all k + 1 terms."
)
def _centre_without_noise(centre, neighbour, noise):
    errors, _ = _pieces(centre, neighbour, noise)
    return errors[0] * neighbour, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The noise words are pulled in like neighbours: 1 was subtracted from every error. What was "
    "seen is 1 for the true neighbour and 0 for noise."
)
def _one_for_all(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = _sigmoid(V @ centre) - 1
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The true neighbour's error lacks the minus 1. Predicted minus seen: it was seen, so its error "
    "is negative and the step pulls the two together."
)
def _nothing_seen(centre, neighbour, noise):
    V = np.vstack([neighbour, noise])
    errors = _sigmoid(V @ centre)
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The vectors are exchanged: the neighbour's gradient is a multiple of the centre, not of the "
    "neighbour itself. In a dot product each side's slope is the other side."
)
def _own_vector(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    return errors.sum() * centre, errors[0] * neighbour, errors[1:, None] * noise


@gradient.misconception(
    "The noise terms of the centre are averaged. The loss is a sum over the noise words, so its "
    "slope is a sum as well: each of them pushes with its full error."
)
def _mean_of_pushes(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    pushes = (errors[1:, None] * noise).mean(axis=0)
    return errors[0] * neighbour + pushes, errors[0] * centre, np.outer(errors[1:], centre)


@gradient.misconception(
    "The errors were multiplied by another slope of the sigmoid. It cancels: the slope of -ln σ(x) "
    "is σ(x) - 1, with nothing left to multiply."
)
def _sigmoid_slope(centre, neighbour, noise):
    errors, V = _pieces(centre, neighbour, noise)
    slopes = _sigmoid(V @ centre) * (1 - _sigmoid(V @ centre))
    errors = errors * slopes
    return errors @ V, errors[0] * centre, np.outer(errors[1:], centre)


# --- find the bugs ----------------------------------------------------------------------------


@exercise(
    title="Find the two bugs",
    level="medium",
    minutes=10,
    prompt="""
        This step of gradient descent computes the right errors, and Python doesn't complain. Yet
        it has two bugs: find both and mend them.
        """,
    given='''
def update(U, V, i, j, noise, rate):
    """One step of gradient descent on word i, neighbour j and some noise words.

    U: (n, d) vectors; V: (n, d) context vectors; noise: row numbers, possibly repeated.
    Returns (U, V) after the step; the arguments stay as they were.
    """
    U, V = U.copy(), V.copy()
    u = U[i]  # (d,)
    rows = [j, *noise]  # (k + 1,)
    misses = 1 / (1 + np.exp(-V[rows] @ u))  # (k + 1,)
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    V[rows] -= rate * np.outer(misses, u)
    return U, V
''',
    probes=lambda rng: [
        (rng.normal(size=(6, 3)), rng.normal(size=(6, 3)), 2, 4, [0, 1, 5], 0.5),
        (rng.normal(size=(6, 3)), rng.normal(size=(6, 3)), 0, 3, [1, 1, 5, 1], 0.3),
        (rng.normal(size=(5, 2)), rng.normal(size=(5, 2)), 1, 2, [2, 0], 0.7),
        (rng.normal(size=(4, 4)), rng.normal(size=(4, 4)), 3, 3, [3, 2, 2], 0.2),
        (rng.normal(size=(4, 2)), rng.normal(size=(4, 2)), 1, 0, [], 0.4),
    ],
    hints=[
        "Print `u` before and after the line that begins with `U[i] -=`. And what does "
        "`a = np.zeros(2); a[[0, 0]] -= 1` leave in `a`?",
        """
        1. `U[i]` is a view: a window into `U`, not a copy. When `U[i]` changes, so does `u`.
        2. `V[rows] -= …` computes one new value for each entry of `rows`, then stores them. Of
           entries with the same row number, the last one wins.
        """,
        "`np.subtract.at(V, rows, ___)` subtracts for every entry, repeated or not. And "
        "`u = U[i].copy()`.",
    ],
    errors=[
        ("IndexError: arrays used as indices", "an empty list of noise: `rows` still holds `j`."),
        ("ValueError: array is not broadcastable", "`np.subtract.at` needs a row for each entry."),
    ],
    passed="Views and repeated indices: two traps no error message tells you about.",
)
def update(
    U: np.ndarray, V: np.ndarray, i: int, j: int, noise: list[int], rate: float
) -> tuple[np.ndarray, np.ndarray]:
    """One step of gradient descent on word i, neighbour j and some noise words.

    U: (n, d) vectors; V: (n, d) context vectors; noise: row numbers, possibly repeated.
    Returns (U, V) after the step; the arguments stay as they were.
    """
    U, V = U.copy(), V.copy()
    u = U[i].copy()  # (d,)
    rows = [j, *noise]  # (k + 1,)
    misses = 1 / (1 + np.exp(-V[rows] @ u))  # (k + 1,)
    misses[0] -= 1
    U[i] -= rate * misses @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(misses, u))
    return U, V


def _errors(U, V, i, rows):
    errors = _sigmoid(V[rows] @ U[i])
    errors[0] -= 1
    return errors


@update.misconception(
    "Both bugs are still there. The context vectors move along the centre's new vector, not the "
    "old one, because u is a view. And a word drawn twice as noise moves once."
)
def _as_given(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    U[i] -= rate * errors @ V[rows]
    V[rows] -= rate * np.outer(errors, U[i])
    return U, V


@update.misconception(
    "The view is mended. What is left: a word that was drawn twice moves once. An assignment to "
    "V[rows] stores one value for each row number: use np.subtract.at."
)
def _repeats_lost(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    step = rate * np.outer(errors, U[i])
    U[i] -= rate * errors @ V[rows]
    V[rows] -= step
    return U, V


@update.misconception(
    "The repeated words are mended. What is left: u is a view into U, so it changed one line "
    "earlier, and the context vectors follow the new vector. Copy the old one."
)
def _still_a_view(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    U[i] -= rate * errors @ V[rows]
    np.subtract.at(V, rows, rate * np.outer(errors, U[i]))
    return U, V


@update.misconception(
    "The order of the two steps is exchanged, so now the centre moves along context vectors that "
    "have moved already. Both slopes belong to the same moment: compute both, then move."
)
def _other_order(U, V, i, j, noise, rate):
    U, V, rows = U.copy(), V.copy(), [j, *noise]
    errors = _errors(U, V, i, rows)
    np.subtract.at(V, rows, rate * np.outer(errors, U[i]))
    U[i] -= rate * errors @ V[rows]
    return U, V


@update.misconception(
    "Repeated noise words were thrown out before the step. A word drawn twice is evidence twice: "
    "keep both draws and let both move it."
)
def _draws_once(U, V, i, j, noise, rate):
    rows = list(dict.fromkeys([j, *noise]))
    U, V = U.copy(), V.copy()
    errors = _errors(U, V, i, rows)
    step = rate * np.outer(errors, U[i])
    U[i] -= rate * errors @ V[rows]
    V[rows] -= step
    return U, V


# --- looking at vectors -----------------------------------------------------------------------


def _with_twin(rng: np.random.Generator) -> np.ndarray:
    """Row 1 points the way row 4 points, at half its length."""
    E = rng.normal(size=(7, 3)) * np.array([[1], [1], [9], [1], [2], [0.1], [5]])
    E[1] = E[4] / 2
    return E


@exercise(
    title="Nearest by cosine",
    level="medium",
    minutes=8,
    prompt="""
        Return the row numbers of the `k` words whose vectors point most nearly the way word `i`
        points, nearest first, without `i` itself. The **cosine** of two vectors is their dot
        product divided by both lengths.
        """,
    probes=lambda rng: [
        (np.array([[2.0, 0.0], [9.0, 9.0], [0.1, 0.01], [-1.0, 0.2]]), 0, 2),
        (rng.normal(size=(8, 3)) * np.array([[1, 1, 8, 1, 0.2, 1, 3, 1]]).T, 3, 4),
        (rng.normal(size=(6, 4)) + np.array([3.0, 0, 0, 0]), 5, 5),
        (_with_twin(rng), 4, 3),
        (rng.normal(size=(9, 2)) * rng.uniform(0.1, 9, size=(9, 1)), 0, 8),
    ],
    hints=[
        "Divide every vector by its length first. What is then the cosine of two of them?",
        """
        1. `unit`: each row of `E` divided by its length. `np.linalg.norm(E, axis=1,
           keepdims=True)` has shape (n, 1).
        2. `unit @ unit[i]`: the cosine of every row with row i, shape (n,).
        3. `np.argsort` sorts upwards; sort the negatives. Leave `i` out, keep the first `k`.
        """,
        "`return [int(j) for j in np.argsort(___) if j != i][:k]`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "the lengths need shape (n, 1): `keepdims=True`.",
        ),
    ],
    passed="The cosine looks at directions only: long vectors have no advantage any more.",
    # The length of row i scales all cosines alike, so their order stays.
    equivalents=["cosines = unit @ E[i]"],
)
def nearest(E: np.ndarray, i: int, k: int) -> list[int]:
    """The k rows of E with the largest cosine to row i, without i.

    E: (n, d), one vector a row; i: a row; k: how many.
    Returns a list of k row numbers, nearest first.
    """
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)  # (n, d)
    cosines = unit @ unit[i]  # (n,)
    return [int(j) for j in np.argsort(-cosines) if j != i][:k]


@nearest.misconception(
    "These are the largest dot products. A long vector has large ones with everything; divide each "
    "row by its own length, or frequent words are everybody's neighbours."
)
def _dot_product(E, i, k):
    return [int(j) for j in np.argsort(-(E @ E[i])) if j != i][:k]


@nearest.misconception(
    "These are the smallest distances between end points. Two vectors that point the same way can "
    "end far apart: the cosine compares directions, so divide by the lengths."
)
def _euclidean(E, i, k):
    return [int(j) for j in np.argsort(np.linalg.norm(E - E[i], axis=1)) if j != i][:k]


@nearest.misconception(
    "The word itself comes first: its cosine with itself is 1. That is true of any vectors, "
    "trained or not, so leave it out."
)
def _with_self(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i]))][:k]


@nearest.misconception(
    "The list begins with the farthest. `np.argsort` sorts upwards and a cosine of 1 is nearest: "
    "sort the negatives, or turn the list round."
)
def _farthest(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(unit @ unit[i]) if j != i][:k]


@nearest.misconception(
    "The first entry was dropped on the belief that it is the word itself. Another word may point "
    "exactly the same way and come first: leave out `i` by its number."
)
def _drops_the_first(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-(unit @ unit[i]), kind="stable")][1 : k + 1]


@nearest.misconception(
    "The sign was thrown away: opposite directions count as near. A cosine of -1 is as far as two "
    "words can be."
)
def _absolute(E, i, k):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    return [int(j) for j in np.argsort(-abs(unit @ unit[i])) if j != i][:k]


# --- analogies --------------------------------------------------------------------------------


def _square(rng: np.random.Generator) -> np.ndarray:
    """Four rows near the corners of a parallelogram, and three that lie elsewhere."""
    E = rng.normal(size=(7, 3)) * np.array([[1], [1], [1], [1], [4], [0.3], [2]])
    E[3] = E[1] - E[0] + E[2] + 0.1 * rng.normal(size=3)
    return E


@exercise(
    title="a is to b as c is to …",
    level="medium",
    minutes=8,
    prompt="""
        Scale each vector to length 1. Start at `c`, add the step from `a` to `b`, and return the
        row with the largest cosine to where you arrive; rows in `excluded` can't be the answer.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 0], [1, 1], [0.2, -2], [0, 3], [9, 9.5]]), 0, 1, 2, [0, 1, 2]),
        (_square(rng), 0, 1, 2, [0, 1, 2]),
        (np.array([[2.0, 0, 0], [1, 0.2, 0], [0, 0.1, 1], [0, 4, 4], [-1, 0, 1]]), 0, 1, 2, []),
        (_square(rng), 0, 1, 2, []),
        (rng.normal(size=(8, 3)) * rng.uniform(0.1, 9, size=(8, 1)), 5, 2, 7, [5, 2, 7]),
        (rng.normal(size=(8, 4)) * rng.uniform(0.1, 9, size=(8, 1)), 1, 6, 3, [3]),
        (rng.normal(size=(9, 2)) * rng.uniform(0.1, 9, size=(9, 1)), 4, 0, 8, []),
        (np.array([[1.0, 0], [0, 1], [-1, 0.1], [1, -3], [2, -1]]), 0, 1, 2, [0, 1, 2]),
        (rng.normal(size=(9, 5)) * rng.uniform(0.1, 9, size=(9, 1)), 2, 7, 4, []),
        (rng.normal(size=(9, 5)) * rng.uniform(0.1, 9, size=(9, 1)), 0, 3, 6, [0, 3, 6]),
    ],
    hints=[
        "King minus man plus woman: which of the three is `a`, which `b`, which `c`?",
        """
        1. `unit`: every row divided by its length.
        2. `target`: unit[c] plus the step from a to b, shape (d,).
        3. `unit @ target` orders the rows as the cosine does. Set the excluded to -np.inf, then
           take the argmax.
        """,
        "`cosines = unit @ (unit[c] + ___ - ___)`",
    ],
    errors=[
        ("ValueError: cannot convert float infinity", "`cosines` must hold floats."),
    ],
    passed="What is excluded is part of the result: say it whenever you report an analogy.",
)
def analogy(E: np.ndarray, a: int, b: int, c: int, excluded: list[int]) -> int:
    """The row d for which a is to b as c is to d.

    E: (n, d), one vector a row; a, b, c: rows; excluded: rows that can't be the answer.
    Returns the row whose cosine to b - a + c is largest, all vectors scaled to length 1 first
    (Mikolov, Yih and Zweig 2013, section 5).
    """
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)  # (n, d)
    cosines = unit @ (unit[b] - unit[a] + unit[c])  # (n,)
    cosines[excluded] = -np.inf
    return int(cosines.argmax())


def _answer(E, target, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    cosines = unit @ target(unit)
    cosines[list(excluded)] = -np.inf
    return int(cosines.argmax())


@analogy.misconception(
    "The step is walked backwards, from b to a. If a is man and b is woman, the step is woman "
    "minus man: unit[b] - unit[a]."
)
def _backwards(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[a] - unit[b] + unit[c], excluded)


@analogy.misconception(
    "Nothing is excluded. You end near where you started, so the answer is often a word of the "
    "question; that may be what you want to know, but it was asked otherwise."
)
def _keeps_everything(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[b] - unit[a] + unit[c], [])


@analogy.misconception(
    "The words of the question are always excluded, asked or not. Then nobody can find out how "
    "often the nearest word is one of them: exclude what `excluded` says."
)
def _always_excludes(E, a, b, c, excluded):
    return _answer(E, lambda unit: unit[b] - unit[a] + unit[c], [a, b, c, *excluded])


@analogy.misconception(
    "The vectors kept their lengths while the step was computed. A long vector then makes a long "
    "step: scale each to length 1 before you add."
)
def _unscaled_step(E, a, b, c, excluded):
    return _answer(E, lambda unit: E[b] - E[a] + E[c], excluded)


@analogy.misconception(
    "Excluded rows got the value 0. Where all other cosines are negative, 0 wins and an excluded "
    "word is the answer: use minus infinity."
)
def _zero_for_excluded(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    cosines = unit @ (unit[b] - unit[a] + unit[c])
    cosines[list(excluded)] = 0
    return int(cosines.argmax())


@analogy.misconception(
    "The target is compared by dot products with vectors of full length, so long vectors win. "
    "Divide every candidate by its length."
)
def _long_candidates(E, a, b, c, excluded):
    unit = E / np.linalg.norm(E, axis=1, keepdims=True)
    scores = E @ (unit[b] - unit[a] + unit[c])
    scores[list(excluded)] = -np.inf
    return int(scores.argmax())


# --- by counting ------------------------------------------------------------------------------


@exercise(
    title="More often than chance",
    level="medium",
    minutes=8,
    prompt="""
        Return the logarithm of how many times more often each pair occurs than chance would have
        it; where that is negative, return 0. Chance is the row's sum times the column's sum,
        divided by the sum of the table.
        """,
    probes=lambda rng: [
        (np.array([[6, 2], [2, 0]]),),
        (rng.integers(0, 9, size=(4, 6)) + np.eye(4, 6, dtype=int),),
        (rng.integers(0, 3, size=(5, 5)) + 4 * np.eye(5, dtype=int),),
        (np.array([[1, 0, 40], [3, 200, 5]]),),
        (np.array([[3.0]]),),
    ],
    hints=[
        "If words fell into the text at random, how often would a pair stand side by side?",
        """
        1. `rows`: the sums of the rows, shape (n, 1). `columns`: those of the columns, (m,).
        2. `expected = rows * columns / total`, shape (n, m).
        3. The log of `counts / expected`. Where that ratio is below 1, the answer is 0: raise it
           to 1 before the log, and log 0 never happens.
        """,
        "`return np.log(np.maximum(counts / ___, 1))`",
    ],
    errors=[
        (
            "RuntimeWarning: divide by zero encountered in log",
            "pairs never seen: raise the ratio to 1 with `np.maximum` before the log.",
        ),
    ],
    passed="No training, no random numbers: two sums and a log.",
    # The larger of two numbers doesn't depend on their order; the sums of all rows add up to the
    # sum of the table.
    equivalents=[
        "return np.log(np.maximum(1, counts / expected))",
        "expected = rows * counts.sum(axis=0) / rows.sum()",
    ],
)
def ppmi(counts: np.ndarray) -> np.ndarray:
    """Positive pointwise mutual information of each cell, in nats.

    counts: (n, m), how often word i has neighbour j; each row and column with at least one.
    Returns (n, m): ln(counts / expected), or 0 where that is negative (Levy and Goldberg 2014,
    section 3).
    """
    rows = counts.sum(axis=1, keepdims=True)  # (n, 1)
    expected = rows * counts.sum(axis=0) / counts.sum()  # (n, m)
    return np.log(np.maximum(counts / expected, 1))


def _pmi(counts):
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    with np.errstate(divide="ignore"):
        return np.log(counts / expected)


@ppmi.misconception(
    "Pairs that were never seen are at minus infinity. Nobody can tell a pair that is rare from "
    "one that is impossible; the positive version says 0 for both."
)
def _minus_infinity(counts):
    return _pmi(counts)


@ppmi.misconception(
    "The sign was thrown away instead of the negative values: pairs rarer than chance now count as "
    "friends. Take the larger of the value and 0."
)
def _absolute_value(counts):
    with np.errstate(divide="ignore"):
        return np.where(counts > 0, abs(_pmi(counts)), 0)


@ppmi.misconception(
    "This is the log of the conditional probability. It is large for every frequent neighbour: "
    "divide by the column's share as well, to learn what is more than chance."
)
def _conditional(counts):
    return np.log(np.maximum(counts / counts.sum(axis=1, keepdims=True) * counts.shape[1], 1))


@ppmi.misconception(
    "The expected count lacks the division by the table's sum. Row sum times column sum is far too "
    "large, so nearly every pair looks rarer than chance."
)
def _not_divided(counts):
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0)
    return np.log(np.maximum(counts / expected, 1))


@ppmi.misconception(
    "The log has base 2, so this is in bits. The path counts in nats, and so does the dot product "
    "that you will compare this with."
)
def _bits(counts):
    return np.maximum(_pmi(counts), 0) / np.log(2)


@ppmi.misconception(
    "You added 1 inside the log, or to the ratio. A pair exactly as frequent as chance must get 0; "
    "here it gets ln 2, and even pairs rarer than chance get something."
)
def _log_one_plus(counts):
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0) / counts.sum()
    return np.log1p(counts / expected)


def _shape_and_products(answer, M, d):
    """Signs and rotations of the vectors are free: what counts is how they meet."""
    E = np.asarray(answer(M.copy(), d))
    return list(E.shape), E @ E.T


@exercise(
    title="From a table to vectors",
    level="medium",
    minutes=6,
    prompt="""
        Squeeze each row of the table into `d` numbers: the first `d` columns of U, each times the
        square root of its singular value. `np.linalg.svd` returns U, the singular values from
        large to small, and the transpose of V.
        """,
    drive=_shape_and_products,
    probes=lambda rng: [
        (rng.normal(size=(5, 7)), 2),
        (rng.normal(size=(6, 4)) + 1, 3),
        (np.diag([9.0, 4.0, 1.0]), 2),
        (rng.normal(size=(4, 4)), 1),
        (rng.normal(size=(3, 5)), 3),
    ],
    hints=[
        "Which of the three things that come back has one row for each row of the table?",
        """
        1. `U, S, Vt = np.linalg.svd(M)`: shapes (n, n), (min(n, m),) and (m, m).
        2. Keep d columns of U, shape (n, d), and d entries of S.
        3. Multiply: column c of U by the root of S[c]. Shapes (n, d) and (d,) line up.
        """,
        "`return U[:, :d] * np.sqrt(___)`",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "keep as many of `S` as columns of `U`."),
        ("ValueError: too many values to unpack", "three things come back: `U, S, Vt = …`."),
    ],
    passed="Sixteen numbers a word again, and nobody guessed anything.",
)
def svd_vectors(M: np.ndarray, d: int) -> np.ndarray:
    """The d strongest directions of a table, as a vector for each row.

    M: (n, m); d: at most min(n, m).
    Returns (n, d): U_d times the root of S_d (Levy and Goldberg 2014, section 4.2).
    """
    U, S, Vt = np.linalg.svd(M)  # (n, n), (min(n, m),), (m, m)
    return U[:, :d] * np.sqrt(S[:d])


@svd_vectors.misconception(
    "These are rows of U. Row i belongs to word i and must stay complete in number: keep all rows "
    "and cut the columns, U[:, :d]."
)
def _rows(M, d):
    U, S, _ = np.linalg.svd(M)
    return U[:d].T * np.sqrt(S[:d])


@svd_vectors.misconception(
    "The singular values are missing, so the weakest of the d directions counts as much as the "
    "strongest. Multiply each column by the root of its singular value."
)
def _no_values(M, d):
    return np.linalg.svd(M)[0][:, :d]


@svd_vectors.misconception(
    "The singular values came without their root. Half of each belongs to the words and half to "
    "the neighbours: the root on each side multiplies to the whole."
)
def _no_root(M, d):
    U, S, _ = np.linalg.svd(M)
    return U[:, :d] * S[:d]


@svd_vectors.misconception(
    "These are the last directions, the weakest. NumPy sorts singular values from large to small, "
    "so the first d are the ones to keep."
)
def _weakest(M, d):
    U, S, _ = np.linalg.svd(M, full_matrices=False)
    return U[:, -d:] * np.sqrt(S[-d:])


@svd_vectors.misconception(
    "These vectors belong to the columns. V describes the neighbours, U the words; in a table that "
    "isn't symmetric they differ."
)
def _columns(M, d):
    _, S, Vt = np.linalg.svd(M)
    return Vt[:d].T * np.sqrt(S[:d])


# --- predictions ------------------------------------------------------------------------------

SENTENCE = "thou shalt not make a machine in the likeness of a human mind"

pairs_given = Number(
    id="pairs-given",
    ask="*Thou shalt not make a machine in the likeness of a human mind* has 13 words. How many "
    "pairs does a window of two words to each side give?",
    value=lambda: len(skipgram_pairs.reference(SENTENCE.split(), 2)),
    within=0.5,
    low="More. Nine words in the middle have four neighbours each, which makes 36 already; the "
    "four near the ends add 2 + 3 + 3 + 2.",
    high="Fewer. 13 times 4 is 52, but the sentence ends: the first and the last word lack two "
    "neighbours each, the next ones lack one each.",
    right="52 minus the 6 neighbours that the ends don't have.",
)

first_loss = Number(
    id="first-loss",
    ask="Before training all vectors are nearly 0, so every σ is 1/2. What is the loss of one true "
    "neighbour and 5 noise words, in nats?",
    value=lambda: 6 * float(np.log(2)),
    within=0.06,
    unit="nats",
    low="Six questions are asked, and each costs ln 2 = 0.69 when the answer is one half. The loss "
    "is their sum.",
    high="Each of the six answers costs minus ln(1/2) = 0.69, yes or no alike.",
    right="6 ln 2. A loss above it is worse than tossing a coin for each word.",
)

as_chance = Number(
    id="as-chance",
    ask="A pair occurs exactly as often as chance would have it. To which value does training with "
    "5 noise words drive its dot product?",
    value=lambda: -float(np.log(5)),
    within=0.06,
    low="Its PMI is ln 1 = 0, and what is subtracted is ln 5 = 1.61.",
    high="Its PMI is ln 1 = 0. But k = 5 noise words came for each true one, so most answers were "
    "no: subtract ln 5.",
    right="ln 1 minus ln 5. The sigmoid of that is 1/6: one yes among six.",
)

kept = Choice(
    id="kept",
    ask="Counted vectors answer all 144 analogies if the three words of the question are excluded. "
    "Let any word be the answer. How many are right now?",
    options={
        "a": (
            "all 144: the target lies nearest to the right word",
            "The target is nearer to the right word than to strangers. It may be nearer still to "
            "the word you started from.",
        ),
        "b": (
            "about 100: now and then a word of the question wins",
            "It wins far more often than that. The step is short, so the start is the nearest word "
            "nearly always.",
        ),
        "c": (
            "about 20: a word of the question mostly wins",
            "The step is short compared with the vectors. You end nearest to where you began, and "
            "excluding that word hides it.",
        ),
    },
    right="c",
)

window_two = Choice(
    id="window-two",
    ask="Train with a window of two words instead of four. What becomes of the vectors?",
    options={
        "a": (
            "purity stays, the analogies go",
            "The closest neighbours say what kind of word it is. Crowns and thrones stand three "
            "places and more away.",
        ),
        "b": (
            "purity goes, the analogies stay",
            "The other way round: `his` and `lost` are close by and give the kind; the owner's "
            "things are farther off.",
        ),
        "c": (
            "both lose a little",
            "They don't depend on the same neighbours. One needs the closest words only, the "
            "other needs the farther ones.",
        ),
    },
    right="a",
)

five = Choice(
    id="five",
    ask="`five` is a number before ducks and an hour after `at`. Where will its vector point?",
    options={
        "a": (
            "to the hours or to the numbers, whichever it is more often",
            "Every pair pulls, not only the majority. The sum of all pulls points in between.",
        ),
        "b": (
            "between the two, well away from neither",
            "The pulls of both meanings add up. It is like both, and quite like neither.",
        ),
        "c": (
            "somewhere else, where neither hours nor numbers are",
            "It shares its neighbours with hours and with numbers, so it must be like both.",
        ),
    },
    right="b",
)

skip_noise = Choice(
    id="skip-noise",
    ask="You train with true neighbours only, without noise words. What happens?",
    options={
        "a": (
            "nothing changes, it is only faster",
            "Noise is what makes a yes mean something; without it there is nothing to tell apart.",
        ),
        "b": (
            "rare words get no vectors",
            "Rare words have true neighbours, too. What is missing is any example of a no.",
        ),
        "c": (
            "all vectors end up pointing the same way",
            "If every example is a yes, saying yes to everything is perfect.",
        ),
    },
    right="c",
    skip=True,
)

skip_cosine = Choice(
    id="skip-cosine",
    ask="Which vector has the largest cosine with (3, 4)?",
    options={
        "a": ("(30, 5)", "Its dot product is large because it is long. Its cosine is 0.60."),
        "b": ("(0.3, 0.4)", "The same direction: the cosine is 1, whatever the length."),
        "c": ("(3, 5)", "Its end lies nearest, but it points a little elsewhere: 0.99."),
    },
    right="b",
    skip=True,
)

skip_ppmi = Choice(
    id="skip-ppmi",
    ask="Among 1,000 pairs, one word is the centre 100 times, another the neighbour 50 times, and "
    "they meet 20 times. What is their PMI?",
    options={
        "a": ("ln 4", "Chance gives 100 times 50 divided by 1,000, which is 5: a fourth of 20."),
        "b": ("ln 0.2", "That is the log of 20 in 100: the neighbour's share wasn't divided out."),
        "c": ("ln 0.02", "That is the log of the pair's share alone, without what chance gives."),
    },
    right="a",
    skip=True,
)
