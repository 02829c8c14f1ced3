"""Exercises of `bigram`: a language model by counting, then by gradient descent."""

from __future__ import annotations

import functools

import numpy as np

from pathkit import datasets
from pathkit.checks.compare import Tolerance
from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

BOUNDARY = "."
SYMBOLS = BOUNDARY + "abcdefghijklmnopqrstuvwxyz"
INDEX = {symbol: i for i, symbol in enumerate(SYMBOLS)}
SMALL = {symbol: i for i, symbol in enumerate(".aemv")}


@functools.cache
def _counts() -> np.ndarray:
    """(27, 27) pair counts of the names the path ships."""
    return count_pairs(datasets.names(), INDEX)


def _random_names(rng: np.random.Generator, letters: str, how_many: int) -> list[str]:
    lengths = rng.integers(1, 7, size=how_many)
    return ["".join(rng.choice(list(letters), size=n)) for n in lengths]


# --- counting ---------------------------------------------------------------------------------


@exercise(
    title="Count the pairs",
    level="easy",
    minutes=10,
    prompt="""
        Count how often each symbol follows each other symbol. Every name is wrapped in the
        boundary symbol first, so `emma` becomes `.emma.` and gives five pairs.
        """,
    probes=lambda rng: [
        (["ava", "emma"], SMALL),
        (["a"], {".": 0, "a": 1}),
        (["ava", "ava", "eve"], SMALL),
        ([], SMALL),
        (_random_names(rng, "aemv", 12), SMALL),
        (["zed"], {"d": 0, "e": 1, "z": 2, ".": 3}),
    ],
    hints=[
        "Which pairs does `.ava.` hold? Write them down: there is one more than there are letters.",
        """
        Make a table of integer zeros with one row and one column for each symbol. For each name,
        walk over neighbouring symbols of `"." + name + "."` and add 1 at row *first*, column
        *second*.
        """,
        "`for first, second in zip(text, text[1:]): counts[index[first], ___] += 1`",
    ],
    errors=[
        ("KeyError: '.'", "the boundary symbol has a row of its own: look it up in `index` too."),
        ("IndexError", "the table needs `len(index)` rows and as many columns."),
        ("IndexError: arrays used as indices", "indices must be integers: `index[first]`."),
    ],
    passed="Each of the 27 rows now holds everything the model will ever know about one symbol.",
)
def count_pairs(names: list[str], index: dict[str, int]) -> np.ndarray:
    """Count neighbouring symbols, boundaries included.

    names: strings; index: row and column of each symbol, "." included.
    Returns (V, V) integers, V = len(index); [i, j] counts how often j follows i.
    """
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        text = "." + name + "."
        for first, second in zip(text, text[1:]):
            counts[index[first], index[second]] += 1
    return counts


@count_pairs.misconception(
    "The pairs that end a name are missing. Without them no row says how likely a name is to "
    "stop, and the model can never finish one: count the last letter with the boundary, too."
)
def _no_end(names, index):
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        text = "." + name
        for first, second in zip(text, text[1:]):
            counts[index[first], index[second]] += 1
    return counts


@count_pairs.misconception(
    "The pairs that begin a name are missing. The row of the boundary symbol says which letters "
    "names begin with, and yours is empty: put the boundary in front as well."
)
def _no_start(names, index):
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        text = name + "."
        for first, second in zip(text, text[1:]):
            counts[index[first], index[second]] += 1
    return counts


@count_pairs.misconception(
    "Both boundaries are missing. They tell the model how names begin and how they end; wrap each "
    "name in '.' before you walk over it."
)
def _no_boundary(names, index):
    counts = np.zeros((len(index), len(index)), dtype=int)
    for name in names:
        for first, second in zip(name, name[1:]):
            counts[index[first], index[second]] += 1
    return counts


@count_pairs.misconception(
    "Rows and columns are exchanged. The row is the symbol we know, the column the one that "
    "follows: row *first*, column *second*. The next step turns each row into probabilities."
)
def _transposed(names, index):
    return count_pairs(names, index).T


@count_pairs.misconception(
    "Each pair is counted once at most. Counts must grow with every occurrence, so add 1 to the "
    "cell (`+= 1`) instead of setting it to 1."
)
def _types_not_tokens(names, index):
    return (count_pairs(names, index) > 0).astype(int)


@count_pairs.misconception(
    "A name that occurs twice was counted once. A frequent name is evidence twice over: walk over "
    "the list as it is, not over the set of its names."
)
def _distinct_names(names, index):
    return count_pairs(sorted(set(names)), index)


@count_pairs.misconception(
    "The names were joined into one long text, with a pair of boundaries between neighbours. The "
    "pair '..' never occurs inside a name: wrap and count each name by itself."
)
def _joined(names, index):
    text = "".join("." + name + "." for name in names)
    counts = np.zeros((len(index), len(index)), dtype=int)
    for first, second in zip(text, text[1:]):
        counts[index[first], index[second]] += 1
    return counts


# --- probabilities ----------------------------------------------------------------------------


@exercise(
    title="From counts to probabilities",
    level="easy",
    minutes=5,
    prompt="""
        Turn each row of counts into probabilities: row *i* is the distribution of what follows
        symbol *i*. The table need not be square.
        """,
    probes=lambda rng: [
        (np.array([[1, 3], [2, 2], [5, 0]]),),
        (np.array([[4, 1, 0], [1, 1, 2], [0, 3, 9]]),),
        (rng.integers(1, 30, size=(4, 6)),),
        (rng.integers(1, 30, size=(5, 5)),),
        (np.array([[7]]),),
    ],
    hints=[
        "After your line, what should `P.sum(axis=1)` be? And what may `P.sum(axis=0)` be?",
        """
        Divide the table (V, V) by the sums of its rows. The sums must stay a column of shape
        (V, 1), so that NumPy spreads each over its own row.
        """,
        "`return counts / counts.sum(axis=___, keepdims=___)`",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "the sums have lost their second axis: `keepdims=True` keeps it.",
        ),
    ],
    passed="Each row sums to 1: 27 small dice, one for each symbol you may stand on.",
)
def probabilities(counts: np.ndarray) -> np.ndarray:
    """Make every row of counts a probability distribution.

    counts: (n, m) non-negative integers, each row with at least one count.
    Returns (n, m) floats; each row sums to 1.
    """
    return counts / counts.sum(axis=1, keepdims=True)


@probabilities.misconception(
    "Columns sum to 1, not rows. You answered *what came before j?*; the model needs *what follows "
    "i?*, so sum along each row: axis=1."
)
def _columns(counts):
    return counts / counts.sum(axis=0, keepdims=True)


@probabilities.misconception(
    "The sums lost an axis: shape (n,) is spread along the rows, so column j was divided by the "
    "sum of row j. With a square table nothing complains. Keep the axis with keepdims=True."
)
def _no_keepdims(counts):
    return counts / counts.sum(axis=1)


@probabilities.misconception(
    "The whole table sums to 1. That is the chance of a pair; given the first symbol, the chances "
    "of the second must sum to 1 by themselves: one sum for each row."
)
def _whole_table(counts):
    return counts / counts.sum()


@probabilities.misconception(
    "You divided by the largest count of the row, so its favourite gets 1 and the row sums to more "
    "than that. Divide by the row's sum."
)
def _by_maximum(counts):
    return counts / counts.max(axis=1, keepdims=True)


@probabilities.misconception(
    "Integer division rounded nearly everything down to 0. Probabilities are fractions: use / "
    "instead of //."
)
def _integer_division(counts):
    return counts // counts.sum(axis=1, keepdims=True)


# --- the loss ---------------------------------------------------------------------------------


def _table(rng: np.random.Generator, size: int) -> np.ndarray:
    return rng.dirichlet(np.full(size, 0.7), size=size)


@exercise(
    title="Score a model in nats",
    level="medium",
    minutes=10,
    prompt="""
        Compute the mean negative log-likelihood of the names under the table `P`: over all pairs,
        boundaries included, the average of $-\\ln P[i, j]$. Low is good.
        """,
    probes=lambda rng: [
        (["a"], np.array([[0.2, 0.8], [0.3, 0.7]]), {".": 0, "a": 1}),
        (["ava", "m"], _table(rng, 5), SMALL),
        (["ava", "emma", "e", "emma"], _table(rng, 5), SMALL),
        (_random_names(rng, "aemv", 9), _table(rng, 5), SMALL),
    ],
    hints=[
        "How many pairs has a name of four letters? That many terms go into the average.",
        """
        Walk over the pairs as you did when you counted. Collect `P[i, j]` of each pair in a list;
        then take logs, average, and change the sign.
        """,
        "`return -np.mean(np.___(likelihoods))`",
    ],
    errors=[
        ("KeyError: '.'", "the boundary is a symbol, too: `index['.']`."),
        (
            "RuntimeWarning: divide by zero encountered in log",
            "a pair has probability 0. Not a fault of yours: the next section is about it.",
        ),
    ],
    passed="One number for a whole model. From here on, better means lower, whatever the model.",
)
def mean_nll(names: list[str], P: np.ndarray, index: dict[str, int]) -> float:
    """Mean negative log-likelihood of the names, in nats per symbol.

    names: strings; P: (V, V), P[i, j] the probability that j follows i; index: symbol -> row.
    Returns the mean over all pairs of all names, boundaries included (Goodfellow et al. 2016,
    Deep Learning, section 5.5).
    """
    likelihoods = []
    for name in names:
        text = "." + name + "."
        for first, second in zip(text, text[1:]):
            likelihoods.append(P[index[first], index[second]])
    return -np.mean(np.log(likelihoods))


def _likelihoods(names, P, index) -> list[float]:
    pairs = [(a, b) for n in names for a, b in zip("." + n + ".", n + ".")]
    return [P[index[a], index[b]] for a, b in pairs]


@mean_nll.misconception(
    "This is the sum, not the mean. A sum grows with the number of names, so two lists can't be "
    "compared: divide by the number of pairs."
)
def _sum(names, P, index):
    return -np.sum(np.log(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "The sign is missing. The log of a probability is negative; we turn it round so that a loss is "
    "positive and shrinks as the model improves."
)
def _no_minus(names, P, index):
    return np.mean(np.log(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "This is in bits: the log has base 2. The path counts in nats, the natural log, which is what "
    "np.log computes and what every paper's loss curve shows. 1 nat is 1.44 bits."
)
def _bits(names, P, index):
    return -np.mean(np.log2(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "You took the log of the average. Averages of probabilities hide disasters: a pair with "
    "probability 0.000001 hardly moves them, but its log does. Take logs first, then average."
)
def _log_of_mean(names, P, index):
    return -np.log(np.mean(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "You averaged over names. A name of ten letters then counts as much as one of two; the loss is "
    "per symbol, so average over all pairs at once."
)
def _mean_of_names(names, P, index):
    return np.mean([-np.mean(np.log(_likelihoods([n], P, index))) for n in names])


@mean_nll.misconception(
    "You divided by the number of names. That is nats per name; divide by the number of pairs to "
    "get nats per symbol."
)
def _per_name(names, P, index):
    return -np.sum(np.log(_likelihoods(names, P, index))) / len(names)


@mean_nll.misconception(
    "The pairs that end names are left out. The model is paid for knowing when to stop, so its "
    "mistakes there must cost something: score the last boundary as well."
)
def _without_end(names, P, index):
    pairs = [(a, b) for n in names for a, b in zip("." + n, n)]
    return -np.mean(np.log([P[index[a], index[b]] for a, b in pairs]))


@mean_nll.misconception(
    "Row and column are exchanged: P[i, j] is the chance that j follows i, so the first symbol of "
    "the pair is the row."
)
def _reversed(names, P, index):
    return -np.mean(np.log(_likelihoods(names, P.T, index)))


# --- find the hole ----------------------------------------------------------------------------


def _is_hole(value: str) -> str | None:
    if not isinstance(value, str):
        return f"A name is expected, in quotes, but this is {value!r:.40}."
    if not value or not set(value) <= set(SYMBOLS[1:]):
        return "Use lower-case letters from a to z, at least one."
    if len(value) > 12:
        return "Twelve letters at most: the shorter, the better you understood it."
    counts = _counts()
    text = BOUNDARY + value + BOUNDARY
    unseen = [a + b for a, b in zip(text, text[1:]) if not counts[INDEX[a], INDEX[b]]]
    if not unseen:
        return (
            f"The loss of {value!r} is finite: each of its pairs occurs in the names, so each has "
            "a probability above 0. Look for a dark cell in the table, a pair that never occurs."
        )
    return None


@exercise(
    title="Break the model",
    level="easy",
    minutes=5,
    prompt="""
        Give a name of at most twelve letters on which this model's loss is infinite. There are
        many; one that somebody might really be called is the best.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_is_hole,
    is_value=True,
    hints=[
        "What is the log of 0? Where in the table is a 0?",
        "Find a dark cell in the picture of the table: its row is a letter, its column the next.",
        '`broken_name = "___"` with two letters that never stand side by side, such as q and x.',
    ],
    passed="One unseen pair, and the mean over thousands of pairs is infinite.",
)
def broken_name() -> str:
    """A name with a pair of letters that occurs in none of the names."""
    return "jqwest"


@broken_name.misconception(
    "'quentin' is rare as a whole, but the model never sees whole names: it multiplies pairs, and "
    "qu, ue, en, nt, ti and in all occur. Unseen means an unseen pair."
)
def _unseen_name():
    return "quentin"


@broken_name.misconception(
    "A long name costs more in total, yet the mean per symbol stays finite as long as each pair "
    "has been seen. Look for one pair that was not."
)
def _long_name():
    return "annannannann"


@broken_name.misconception(
    "An empty name isn't a name here: give at least one letter. (Its one pair, two boundaries, "
    "is indeed unseen.)"
)
def _empty_name():
    return ""


# --- smoothing --------------------------------------------------------------------------------


@exercise(
    title="Leave no cell empty",
    level="easy",
    minutes=5,
    prompt="""
        Add `k` to every count before you normalise, so that no pair is impossible. `k` need not be
        whole.
        """,
    probes=lambda rng: [
        (np.array([[0, 3], [2, 2], [0, 5]]), 1.0),
        (rng.integers(0, 5, size=(3, 4)), 0.5),
        (rng.integers(0, 9, size=(4, 4)), 2.5),
        (np.array([[0, 0, 0], [9, 0, 1], [1, 1, 1]]), 0.1),
    ],
    hints=[
        "If every cell of a row of 27 gets 1 more, by how much does the row's sum grow?",
        "Add first, (n, m) + k; then do what you did before, with the new table.",
        "`return (counts + k) / (counts + k).sum(axis=___, keepdims=True)`",
    ],
    errors=[
        (
            "UFuncTypeError: Cannot cast ufunc 'add' output",
            "`counts += k` tries to put fractions into a table of integers, and would change the "
            "caller's table: write `counts + k`.",
        ),
    ],
    passed="No cell is 0 any more: unseen is now unlikely instead of impossible.",
)
def smoothed(counts: np.ndarray, k: float) -> np.ndarray:
    """Add-k smoothed probabilities.

    counts: (n, m) non-negative integers; k: above 0. Returns (n, m), each row sums to 1.
    (Jurafsky and Martin, Speech and Language Processing, chapter on n-gram models.)
    """
    return (counts + k) / (counts + k).sum(axis=1, keepdims=True)


@smoothed.misconception(
    "Only the numerator grew: with k more in each cell and the old sum below, every row sums to "
    "more than 1. Divide by the sum of the new counts."
)
def _old_sum(counts, k):
    with np.errstate(all="ignore"):
        return (counts + k) / counts.sum(axis=1, keepdims=True)


@smoothed.misconception(
    "The sum below grew by k, but every one of the row's cells grew by k: it must grow by k times "
    "the number of columns."
)
def _sum_plus_k(counts, k):
    return (counts + k) / (counts.sum(axis=1, keepdims=True) + k)


@smoothed.misconception(
    "Only empty cells got k. A pair seen once then loses nothing to one never seen; add k to "
    "every cell alike, so that the order of the counts is kept."
)
def _only_empty(counts, k):
    filled = np.where(counts == 0, k, counts)
    return filled / filled.sum(axis=1, keepdims=True)


@smoothed.misconception(
    "This always adds 1 and ignores k. How much to add is a choice, and the next section turns "
    "that knob."
)
def _always_one(counts, k):
    return (counts + 1) / (counts + 1).sum(axis=1, keepdims=True)


@smoothed.misconception(
    "k was added after normalising, so each row sums to more than 1 and k weighs the same for rare "
    "and frequent rows. Add to the counts, then normalise."
)
def _added_late(counts, k):
    with np.errstate(all="ignore"):
        return counts / counts.sum(axis=1, keepdims=True) + k


# --- sampling ---------------------------------------------------------------------------------


@exercise(
    title="Draw the next symbol",
    level="medium",
    minutes=8,
    prompt="""
        Draw an index from a row of probabilities with one random number `u`, uniform in [0, 1):
        return the first index at which the running sum of the row exceeds `u`.
        """,
    probes=lambda rng: [
        (np.array([0.5, 0.25, 0.25]), 0.6),
        (np.array([0.5, 0.25, 0.25]), 0.5),
        (np.array([0.0, 0.5, 0.5]), 0.0),
        (np.array([0.25, 0.0, 0.0, 0.75]), 0.25),
        (np.array([1.0]), 0.3),
        *[(rng.dirichlet(np.ones(7)), u) for u in rng.random(6)],
    ],
    hints=[
        "With the row 0.5, 0.25, 0.25: which index should `u = 0.6` give? And `u = 0.9`?",
        """
        `np.cumsum(row)` is the running sum, a staircase that ends at 1. You look for the first
        step that is higher than `u`; comparing gives booleans, and the first True is what
        `np.argmax` finds.
        """,
        "`return int(np.argmax(np.cumsum(row) ___ u))`",
    ],
    errors=[
        (
            "TypeError: only integer scalar arrays can be converted",
            "return a single index: `int(...)` of a number, not of an array.",
        ),
    ],
    passed="Long steps of the staircase are hit often, short ones rarely: that is sampling.",
)
def next_symbol(row: np.ndarray, u: float) -> int:
    """The index drawn from a distribution by a uniform number (inverse transform sampling).

    row: (V,) probabilities that sum to 1; u: in [0, 1).
    Returns the first index whose running sum exceeds u.
    """
    return int(np.argmax(np.cumsum(row) > u))


@next_symbol.misconception(
    "You take the likeliest symbol and ignore u. Every name would then be the same one: sampling "
    "must be able to take the unlikely turn, as often as its probability says."
)
def _argmax(row, u):
    return int(np.argmax(row))


@next_symbol.misconception(
    "u is compared with the probabilities themselves instead of their running sum. Lay the "
    "probabilities end to end on a line from 0 to 1, and see where u falls."
)
def _no_cumsum(row, u):
    return int(np.argmax(row > u))


@next_symbol.misconception(
    "When u falls exactly on a step, or is 0, this returns the symbol that ends there, even one "
    "with probability 0. The running sum must exceed u: use >, not >=."
)
def _reaches(row, u):
    return int(np.argmax(np.cumsum(row) >= u))


@next_symbol.misconception(
    "Every symbol is equally likely here: u times V ignores the row. The steps of the staircase "
    "must be as long as the probabilities."
)
def _uniform(row, u):
    return int(u * len(row))


@next_symbol.misconception(
    "This is one too far: the number of steps that u has passed already is the index of the next."
)
def _one_too_far(row, u):
    return int(np.argmax(np.cumsum(row) > u)) + 1


# --- by gradient descent ----------------------------------------------------------------------


@exercise(
    title="The gradient of the loss",
    level="hard",
    minutes=12,
    prompt="""
        The mean loss over the pairs counted in `counts` depends on the logits `W` through a softmax
        of each row. Return its gradient: for one pair in row *i* it is the row's probabilities
        minus a 1 in the column that came; add up over all pairs and divide by their number.
        """,
    probes=lambda rng: [
        (np.array([[0.0, np.log(3.0)], [0.0, 0.0]]), np.array([[3, 1], [4, 0]])),
        (rng.normal(size=(3, 4)), rng.integers(0, 9, size=(3, 4))),
        (rng.normal(size=(5, 5)), rng.integers(0, 9, size=(5, 5)) * np.arange(1, 6)[:, None]),
        (rng.normal(size=(3, 3)), np.array([[0, 0, 0], [2, 5, 1], [40, 1, 3]])),
        (np.array([[1000.0, 1801.0], [3.0, -2.0]]), np.array([[1, 2], [5, 0]])),
    ],
    hints=[
        """
        A row that occurs 40 times sends its probabilities in 40 times. Where in `counts` stands
        how often a row occurs, and where stand the ones to subtract?
        """,
        """
        1. `P`: softmax of each row of `W`, shape (n, m). Subtract the row's maximum first.
        2. `n`: how often each row occurs, shape (n, 1).
        3. All pairs together: `n * P - counts`. Then divide by the number of pairs.
        """,
        "`return (counts.sum(axis=1, keepdims=True) * P - ___) / counts.___()`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "large logits: subtract each row's maximum before `np.exp`; the softmax is unchanged.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "sums over rows need `keepdims=True` to line up with the table.",
        ),
    ],
    tolerance=Tolerance(relative=1e-6, absolute=1e-10),
    passed="Predicted minus seen: you will meet this gradient at the end of every GPT.",
)
def gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The gradient of the mean negative log-likelihood with respect to the logits.

    W: (n, m) logits; counts: (n, m), how often each pair occurs.
    Returns (n, m): (row count * softmax(W) - counts) / number of pairs
    (Goodfellow et al. 2016, Deep Learning, section 6.2.2.3).
    """
    exp = np.exp(W - W.max(axis=1, keepdims=True))
    P = exp / exp.sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()


def _softmax(W: np.ndarray, axis: int | None = 1) -> np.ndarray:
    exp = np.exp(W - W.max(axis=axis, keepdims=True))
    return exp / exp.sum(axis=axis, keepdims=True)


@gradient.misconception(
    "The sign is turned round: this points uphill. The gradient is what the model predicts minus "
    "what was seen; the descent subtracts it later."
)
def _uphill(W, counts):
    return (counts - counts.sum(axis=1, keepdims=True) * _softmax(W)) / counts.sum()


@gradient.misconception(
    "This is the gradient of the sum, not of the mean: divide by the number of pairs, or the step "
    "size would have to shrink whenever the list of names grows."
)
def _of_the_sum(W, counts):
    return counts.sum(axis=1, keepdims=True) * _softmax(W) - counts


@gradient.misconception(
    "Every row weighs the same here. A row that occurs 40 times contributes 40 terms: multiply its "
    "probabilities by its number of pairs."
)
def _rows_alike(W, counts):
    totals = counts.sum(axis=1, keepdims=True)
    return (_softmax(W) - counts / np.maximum(totals, 1)) / len(W)


@gradient.misconception(
    "One softmax runs over the whole table. Each row is a distribution of its own: maximum and sum "
    "per row, axis=1 with keepdims=True."
)
def _one_softmax(W, counts):
    return (counts.sum(axis=1, keepdims=True) * _softmax(W, None) - counts) / counts.sum()


@gradient.misconception(
    "The softmax runs down the columns. Row i holds the logits of what follows i: axis=1."
)
def _down_columns(W, counts):
    return (counts.sum(axis=1, keepdims=True) * _softmax(W, 0) - counts) / counts.sum()


@gradient.misconception(
    "The softmax overflows: exp(1000) is infinite, and infinite by infinite is not a number. "
    "Subtract each row's maximum before exp; numerator and sum shrink alike, so nothing else "
    "changes."
)
def _unstable(W, counts):
    with np.errstate(all="ignore"):
        P = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    return (counts.sum(axis=1, keepdims=True) * P - counts) / counts.sum()


@exercise(
    title="Walk downhill",
    level="medium",
    minutes=8,
    prompt="""
        Start from logits of 0 and take `steps` steps of gradient descent with learning rate `rate`.
        Return the logits and the losses, one measured before each step.
        """,
    probes=lambda rng: [
        (np.array([[3, 1], [4, 2]]), _loss, _true_gradient, 1, 0.5),
        (rng.integers(1, 9, size=(3, 4)), _loss, _true_gradient, 3, 2.0),
        (rng.integers(1, 9, size=(4, 4)), _loss, _true_gradient, 6, 5.0),
        (rng.integers(1, 9, size=(2, 3)), _loss, _true_gradient, 0, 1.0),
    ],
    hints=[
        "In which direction does the loss grow? You want to go the other way.",
        """
        1. `W`: zeros, as many rows and columns as `counts`. `losses`: an empty list.
        2. In each step: append `loss(W, counts)`, then move `W` by `rate` times the gradient.
        3. After the loop return both.
        """,
        "`W = W - rate * ___(W, counts)`, inside the loop, after the loss was measured.",
    ],
    errors=[
        (
            "UFuncTypeError: Cannot cast ufunc 'subtract' output",
            "`W` was made of integers: `np.zeros(counts.shape)` holds floats.",
        ),
    ],
    passed="A loop of two lines: the same one trains every network of this path.",
)
def descend(counts: np.ndarray, loss, gradient, steps: int, rate: float):
    """Gradient descent on the logits of a bigram model, from zero.

    counts: (n, m) pair counts; loss: (W, counts) -> nats; gradient: (W, counts) -> (n, m);
    steps: how many; rate: step size.
    Returns (W, losses): logits (n, m) after the last step, and a list of `steps` losses.
    """
    W = np.zeros(counts.shape)
    losses = []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * gradient(W, counts)
    return W, losses


def _true_gradient(W: np.ndarray, counts: np.ndarray) -> np.ndarray:
    return gradient.reference(W, counts)


def _loss(W: np.ndarray, counts: np.ndarray) -> float:
    return float(-(counts * np.log(_softmax(W))).sum() / counts.sum())


@descend.misconception(
    "The loss climbs: you add the gradient. It points to where the loss grows, so subtract it."
)
def _climbs(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W + rate * gradient(W, counts)
    return W, losses


@descend.misconception(
    "The learning rate is never used. The gradient is a mean over all pairs and its cells are "
    "small; the rate says how far to go along it."
)
def _no_rate(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - gradient(W, counts)
    return W, losses


@descend.misconception(
    "The gradient was taken once, at the start. The slope changes with every step: compute it "
    "again inside the loop."
)
def _stale_gradient(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    slope = gradient(W, counts)
    for _ in range(steps):
        losses.append(loss(W, counts))
        W = W - rate * slope
    return W, losses


@descend.misconception(
    "The losses are measured after each step, so the first one is missing: the loss of knowing "
    "nothing, ln of the number of columns. Every curve should start from it."
)
def _loss_after(counts, loss, gradient, steps, rate):
    W, losses = np.zeros(counts.shape), []
    for _ in range(steps):
        W = W - rate * gradient(W, counts)
        losses.append(loss(W, counts))
    return W, losses


@descend.misconception(
    "Only the last loss comes back. One number can't show whether the descent has flattened out: "
    "return the whole list."
)
def _last_loss(counts, loss, gradient, steps, rate):
    W, losses = _climb_down(counts, loss, gradient, steps, rate)
    return W, losses[-1] if losses else None


def _climb_down(counts, loss, gradient, steps, rate):
    return descend.reference(counts, loss, gradient, steps, rate)


# --- predictions ------------------------------------------------------------------------------

after_q = Number(
    id="after-q",
    ask="In these names, from many languages, what share of the symbols after `q` is a `u`? A "
    "number from 0 to 1.",
    value=lambda: float(probabilities(_counts())[INDEX["q"], INDEX["u"]]),
    within=0.1,
    between=(0, 1),
    low="More than that: Quentin, Enrique, Jacqueline. Spanish and French spell k before e and i "
    "as qu.",
    high="In English text it would be nearly all. These names come from many languages: Qiang, "
    "Iqbal and Tariq count as much as Quentin. A table believes its data, not our spelling rules.",
    right="Not even half. Qiang, Iqbal and Tariq count as much as Quentin: a table believes its "
    "data.",
)

knows_nothing = Number(
    id="knows-nothing",
    ask="A model gives each of the 27 symbols the same probability. What is its mean loss in nats?",
    value=lambda: float(np.log(27.0)),
    within=0.06,
    unit="nats",
    low="Too low: that model would know something. Every pair costs minus ln(1/27) = ln 27.",
    high="Too high: a blind guess among 27 costs minus ln(1/27) = ln 27, whatever comes. (In bits "
    "it is 4.75.)",
    right="ln 27. It is the ceiling: a model above it is worse than knowing nothing.",
)

greedy_name = Choice(
    id="greedy-name",
    ask="Always take the likeliest next symbol, from the boundary on. Which name comes out?",
    options={
        "a": (
            "the most frequent name",
            "The model has never seen whole names. It takes one likeliest step after another, and "
            "likely steps need not make a likely name. Here they make 's'.",
        ),
        "b": (
            "a very long one that goes in circles",
            "With other counts it could. Here the walk meets the boundary after one letter: 's'.",
        ),
        "c": (
            "a name of one letter",
            "No letter begins more names than s, and after s the boundary is likeliest. The best "
            "single steps give the name 's'.",
        ),
    },
    right="c",
)

best_k = Choice(
    id="best-k",
    ask="Which `k` gives the lowest loss on names that were held out?",
    options={
        "a": (
            "0.01",
            "Best on the names it was counted from, not on new ones: an unseen pair at k = 0.01 "
            "still costs a fortune.",
        ),
        "b": (
            "1",
            "A little smoothing pays for the pairs that the counts missed, and costs next to "
            "nothing elsewhere.",
        ),
        "c": (
            "100",
            "A hundred invented pairs in each cell drown the real ones in rare rows: the table "
            "moves towards knowing nothing.",
        ),
    },
    right="b",
)

floor = Choice(
    id="floor",
    ask="Gradient descent trains the 729 logits on the same pairs. How low can its loss get?",
    options={
        "a": (
            "down to the counted table's loss, never below",
            "The gradient is zero exactly where predicted equals seen, and that is the table of "
            "relative counts.",
        ),
        "b": (
            "below the counted table's loss, if it trains long enough",
            "The counted table is already the best of all tables on these pairs: no method can "
            "find a better one.",
        ),
        "c": (
            "it stays clearly above: counting uses the data directly",
            "Both use the same data and the same 729 numbers. The descent arrives, if you let it "
            "walk.",
        ),
    },
    right="a",
)

skip_rows = Choice(
    id="skip-rows",
    ask="`N[i, j]` counts how often j follows i. Which line makes it a language model?",
    options={
        "a": (
            "`N / N.sum(axis=1)`",
            "Shapes (27, 27) and (27,) broadcast along the wrong axis: column j is divided by the "
            "sum of row j.",
        ),
        "b": (
            "`N / N.sum(axis=0, keepdims=True)`",
            "That makes columns sum to 1: what came before, not what comes next.",
        ),
        "c": (
            "`N / N.sum(axis=1, keepdims=True)`",
            "Each row becomes a distribution over what follows.",
        ),
    },
    right="c",
    skip=True,
)

skip_loss = Choice(
    id="skip-loss",
    ask="A model gives the three symbols that came the probabilities 1/2, 1/4 and 1/8. What is its "
    "mean loss?",
    options={
        "a": (
            "2 ln 2 = 1.39 nats",
            "The three cost ln 2, 2 ln 2 and 3 ln 2; their mean is 2 ln 2.",
        ),
        "b": (
            "minus ln(7/24) = 1.23 nats",
            "That is the log of the mean. Take logs first, then average.",
        ),
        "c": ("6 ln 2 = 4.16 nats", "That is the sum. The loss is a mean over symbols."),
    },
    right="a",
    skip=True,
)

skip_gradient = Choice(
    id="skip-gradient",
    ask="Softmax gives 0.2, 0.7 and 0.1; the symbol that came is the second. What is the gradient "
    "of the loss with respect to the three logits?",
    options={
        "a": (
            "minus 0.2, 0.3, minus 0.1",
            "That is seen minus predicted: the way downhill, not the gradient.",
        ),
        "b": ("0.2, minus 0.3, 0.1", "Predicted minus seen: 0.2 - 0, 0.7 - 1, 0.1 - 0."),
        "c": (
            "0, minus 1.43, 0",
            "That is with respect to the probabilities. Through the softmax every logit has a "
            "share.",
        ),
    },
    right="b",
    skip=True,
)
