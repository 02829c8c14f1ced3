"""Exercises of `attention`: a soft lookup, scaled, masked, with many heads and a cache."""

from __future__ import annotations

import numpy as np

from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number


def _softmax(scores: np.ndarray) -> np.ndarray:
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


def _softmax_over_all(scores: np.ndarray) -> np.ndarray:
    exp = np.exp(scores - scores.max())
    return exp / exp.sum()


def _hidden(rows: int, columns: int, offset: int = 0) -> np.ndarray:
    """(rows, columns) booleans: key position > query position + offset."""
    return np.arange(columns) > np.arange(rows)[:, None] + offset


def _masked(scores: np.ndarray, offset: int = 0) -> np.ndarray:
    return np.where(_hidden(*scores.shape[-2:], offset), -np.inf, scores)


# --- softmax ----------------------------------------------------------------------------------


@exercise(
    title="A softmax that survives",
    level="easy",
    minutes=6,
    prompt="""
        Turn scores into weights along the last axis: exponentials, divided by their sum. It must
        work for one row, a table or a stack of tables, with scores from −1,000 to 1,000.
        """,
    probes=lambda rng: [
        (np.array([0.0, 1.0, 2.0]),),
        (rng.normal(size=(3, 5)),),
        (3 * rng.normal(size=(4, 4)),),
        (rng.normal(size=(2, 3, 5)),),
        (np.array([[1000.0, 1001.0, 998.0], [-1000.0, -1002.0, -999.0]]),),
        (np.array([[0.5, -np.inf, -np.inf], [2.0, 1.0, -np.inf]]),),
        (np.zeros((1, 4)),),
        (np.array([[7.0]]),),
    ],
    hints=[
        "Subtract 1,000 from each of 1000, 1001 and 998. Do the weights change? Does `exp` cope?",
        """
        1. The largest score of each row, its axis kept: shape (…, 1). Subtract it.
        2. `np.exp` of what is left; the largest is now 1.
        3. Divide by the sum of each row, its axis kept, too.
        """,
        "`exp = np.exp(scores - scores.max(axis=___, keepdims=True))`",
    ],
    errors=[
        (
            "RuntimeWarning: overflow encountered in exp",
            "`np.exp(1000)` is infinite: subtract the row's largest score first.",
        ),
        (
            "ValueError: operands could not be broadcast",
            "maximum and sum have lost their axis: `keepdims=True` keeps it.",
        ),
        (
            "AxisError: axis 1 is out of bounds",
            "one row has no axis 1: count from the end, `axis=-1`.",
        ),
    ],
    passed="Weights from any scores: positive, and each row sums to 1.",
)
def softmax(scores: np.ndarray) -> np.ndarray:
    """Softmax over the last axis.

    scores: (..., n) floats; -inf means "no weight". Returns (..., n); each row sums to 1.
    """
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "Large scores come back as nan: exp(1000) overflows to infinity, and infinity divided by "
    "infinity is undefined. Subtract each row's largest score first; the weights don't change."
)
def _unstable(scores):
    exp = np.exp(scores)
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "All weights together sum to 1, so rows compete with each other. Each row is the choice of one "
    "word: take maximum and sum along the last axis, axis=-1 with keepdims=True."
)
def _over_everything(scores):
    return _softmax_over_all(scores)


@softmax.misconception(
    "Two things at once. All weights together sum to 1, but each row should: sum along axis=-1. "
    "And exp(1000) overflows: subtract each row's largest score first."
)
def _over_everything_unstable(scores):
    return np.exp(scores) / np.exp(scores).sum()


@softmax.misconception(
    "Columns sum to 1 here. A column holds what different words think of one key; they don't "
    "compete. The keys of one row do: axis=-1."
)
def _over_queries(scores):
    exp = np.exp(scores - scores.max(axis=0, keepdims=True))
    return exp / exp.sum(axis=0, keepdims=True)


@softmax.misconception(
    "axis=1 is the last axis of a table only. A single row has no axis 1, and in a stack of tables "
    "it runs over the queries. axis=-1 is the last one always."
)
def _axis_one(scores):
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


@softmax.misconception(
    "The sums lost their axis, so NumPy lines them up with the columns. A square table raises no "
    "error and is wrong all the same: keepdims=True keeps each sum beside its row."
)
def _no_keepdims(scores):
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1)


@softmax.misconception(
    "The maximum of the whole table was subtracted. A row 2,000 below it becomes all zeros, and "
    "0/0 is nan. Every row needs its own maximum: axis=-1."
)
def _global_maximum(scores):
    exp = np.exp(scores - scores.max())
    return exp / exp.sum(axis=-1, keepdims=True)


@softmax.misconception(
    "The exponential is missing. Scores can be negative, and their sum can be 0. exp makes each "
    "one positive, so that they can share a whole."
)
def _no_exponential(scores):
    return scores / scores.sum(axis=-1, keepdims=True)


# --- a soft lookup ----------------------------------------------------------------------------


@exercise(
    title="The soft lookup",
    level="easy",
    minutes=4,
    prompt="""
        One query meets `n` keys. Score each key by its dot product with the query, and turn the
        scores into weights. Return the weighted average of the values: one vector.
        """,
    probes=lambda rng: [
        (np.array([2.0, 0.0]), np.eye(3, 2), np.array([[1.0], [10.0], [100.0]]), _softmax),
        (rng.normal(size=4), rng.normal(size=(5, 4)), rng.normal(size=(5, 3)), _softmax),
        (rng.normal(size=3), rng.normal(size=(6, 3)), 9 * rng.normal(size=(6, 4)), _softmax),
        (np.array([30.0, -40.0]), rng.normal(size=(3, 2)), rng.normal(size=(3, 5)), _softmax),
        (rng.normal(size=2), rng.normal(size=(1, 2)), rng.normal(size=(1, 3)), _softmax),
    ],
    hints=[
        "How many scores are there: one for each key, or one for each component?",
        """
        1. Scores: keys (n, d_k) times query (d_k,) gives (n,).
        2. Weights: `softmax` of them, (n,).
        3. Weights (n,) times values (n, d_v) gives (d_v,).
        """,
        "`return softmax(keys @ ___) @ ___`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "the inner sizes must agree: (n, d_k) with (d_k,), then (n,) with (n, d_v).",
        ),
        (
            "ValueError: shapes not aligned",
            "the same, said by `np.dot`: keys first, then the query.",
        ),
        (
            "AttributeError: 'list' object has no attribute 'max'",
            "`softmax` wants an array: `np.array(scores)`. Without a loop you get one at once.",
        ),
    ],
    passed="Two products with a softmax between them. Attention is this, for all words at once.",
)
def lookup(query: np.ndarray, keys: np.ndarray, values: np.ndarray, softmax) -> np.ndarray:
    """The average of the values, weighted by how well each key fits the query.

    query: (d_k,); keys: (n, d_k); values: (n, d_v); softmax: scores -> weights, last axis.
    Returns (d_v,).
    """
    return softmax(keys @ query) @ values


@lookup.misconception(
    "This takes the value of the best key alone: a hard lookup. Nudge the query and the answer "
    "stays the same, so no gradient tells it where to go. Average all values by their weights."
)
def _hard(query, keys, values, softmax):
    return values[np.argmax(keys @ query)]


@lookup.misconception(
    "Every value counts the same, whatever was asked. The query must enter: its dot product with a "
    "key says how much that key's value counts."
)
def _plain_mean(query, keys, values, softmax):
    return values.mean(axis=0)


@lookup.misconception(
    "Raw scores were used as weights. They can be negative, and they don't sum to 1, so the result "
    "is no average. Pass them through softmax first."
)
def _raw_scores(query, keys, values, softmax):
    return keys @ query @ values


@lookup.misconception(
    "The keys were averaged. A key only says whether its entry fits; what you get back is the "
    "entry's value. Use the weights on the values."
)
def _averages_keys(query, keys, values, softmax):
    return softmax(keys @ query) @ keys


@lookup.misconception(
    "These are the weights, one for each key. They are half of the lookup: multiply them with the "
    "values and add up, which is one more matrix product."
)
def _weights_only(query, keys, values, softmax):
    return softmax(keys @ query)


@lookup.misconception(
    "Each value was multiplied with its weight, but they were not added up. The lookup returns one "
    "vector: weights @ values multiplies and adds."
)
def _not_added_up(query, keys, values, softmax):
    return softmax(keys @ query)[:, None] * values


@lookup.misconception(
    "The keys went through softmax before they met the query. Keys compete by their scores, so "
    "take the dot products first and the softmax of those."
)
def _softmax_of_keys(query, keys, values, softmax):
    return softmax(keys) @ query @ values


# --- the scale --------------------------------------------------------------------------------


@exercise(
    title="Score all pairs, scaled",
    level="easy",
    minutes=4,
    prompt="""
        Score every query against every key at once. Divide by the standard deviation that random
        scores of this width would have, as you predicted it.
        """,
    probes=lambda rng: [
        (np.array([[2.0, 0.0, 0.0, 0.0]]), np.array([[3.0, 1.0, 0.0, 5.0], [0.0, 4.0, 1.0, 1.0]])),
        (rng.normal(size=(5, 4)), rng.normal(size=(3, 4))),
        (rng.normal(size=(2, 7)), 5 * rng.normal(size=(6, 7))),
        (rng.normal(size=(4, 9)), rng.normal(size=(4, 9))),
        (rng.normal(size=(1, 3)), rng.normal(size=(1, 3))),
    ],
    hints=[
        "A variance of d goes with which standard deviation? Divide by that.",
        """
        1. Queries (n, d) times transposed keys (d, m) gives all dot products, (n, m).
        2. Divide by the square root of the width d, which is `Q.shape[1]`.
        """,
        "`return Q @ ___ / np.sqrt(___)`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "both have width d as their last axis: one of them must be transposed. (`np.dot` says "
            "*shapes not aligned*.)",
        ),
    ],
    # Queries and keys have the same width: a dot product needs that.
    equivalents=["return Q @ K.T / np.sqrt(K.shape[1])"],
    passed="Random scores now have variance 1 at any width.",
)
def scaled_scores(Q: np.ndarray, K: np.ndarray) -> np.ndarray:
    """Scaled dot products (Vaswani et al. 2017, section 3.2.1).

    Q: (n, d) queries; K: (m, d) keys.
    Returns (n, m): row i holds the scores of query i with every key.
    """
    return Q @ K.T / np.sqrt(Q.shape[1])


@scaled_scores.misconception(
    "Not scaled. A dot product adds up d terms of variance 1, so its standard deviation is √d. "
    "At d = 256 the softmax has nearly chosen before anything was learned. Divide by √d."
)
def _unscaled(Q, K):
    return Q @ K.T


@scaled_scores.misconception(
    "Divided by d, the variance. The typical size of a score is its standard deviation, √d. "
    "Divided by d, scores shrink to 1/√d and wide words can't choose at all."
)
def _by_d(Q, K):
    return Q @ K.T / Q.shape[1]


@scaled_scores.misconception(
    "Divided by the root of the number of keys. One score adds up d products, one for each "
    "component; how many other keys there are doesn't enter the sum."
)
def _by_number_of_keys(Q, K):
    return Q @ K.T / np.sqrt(len(K))


@scaled_scores.misconception(
    "Rows and columns are exchanged: row i should belong to query i, since a query chooses among "
    "keys. Write Q @ K.T, not K @ Q.T."
)
def _keys_by_queries(Q, K):
    return K @ Q.T / np.sqrt(Q.shape[1])


@scaled_scores.misconception(
    "Divided by the spread of these very scores. Then a score depends on who else asks, and one "
    "score alone is divided by 0. The unit follows from the width: √d."
)
def _by_measured_spread(Q, K):
    scores = Q @ K.T
    return scores / scores.std()


@scaled_scores.misconception(
    "Multiplied by √d. The scores are already too large by that factor; measured in units of √d "
    "they become small, so divide."
)
def _multiplied(Q, K):
    return Q @ K.T * np.sqrt(Q.shape[1])


@scaled_scores.misconception(
    "These are cosines: every vector was brought to length 1. Then no score exceeds 1, and no key "
    "can get more than e² = 7.4 times the weight of another. Divide by √d alone."
)
def _cosine(Q, K):
    lengths = np.linalg.norm(Q, axis=1)[:, None] * np.linalg.norm(K, axis=1)
    return Q @ K.T / lengths


# --- the mask ---------------------------------------------------------------------------------


@exercise(
    title="Hide the future",
    level="medium",
    minutes=8,
    prompt="""
        Turn a square table of scores into weights. Word *t* may give weight to the words 0 to *t*
        only, and each row still sums to 1.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 9.0], [0.0, 2.0]]), _softmax),
        (rng.normal(size=(5, 5)), _softmax),
        (np.triu(np.full((4, 4), 900.0), k=1) + rng.normal(size=(4, 4)), _softmax),
        (rng.normal(size=(3, 3)) * np.array([[1.0], [50.0], [900.0]]), _softmax),
        (np.array([[-3.0]]), _softmax),
    ],
    hints=[
        "Which score gives a weight of exactly 0, whatever the other scores are? (exp of it is 0.)",
        """
        1. A table of booleans: is the key's position larger than the query's? Rows are queries.
        2. Where it is, put `-np.inf` in place of the score (`np.where`).
        3. Then the softmax.
        """,
        "`positions = np.arange(len(scores))`, `future = positions > positions[:, None]`, then "
        "`np.where(future, ___, scores)`.",
    ],
    errors=[
        (
            "ValueError: The truth value of an array",
            "`if` wants one boolean, and a table holds many: use `np.where(table, a, b)`.",
        ),
        (
            "RuntimeWarning: invalid value encountered in subtract",
            "a row is masked completely: the first word must still see itself.",
        ),
    ],
    passed="Zero weight for what is to come, and every row still sums to 1.",
)
def causal_weights(scores: np.ndarray, softmax) -> np.ndarray:
    """Attention weights that never look ahead (Vaswani et al. 2017, section 3.2.3).

    scores: (T, T), row = query, column = key; softmax: scores -> weights, last axis.
    Returns (T, T); each row sums to 1, and [t, s] is 0 for s > t.
    """
    positions = np.arange(len(scores))
    future = positions > positions[:, None]  # (T, T)
    return softmax(np.where(future, -np.inf, scores))


@causal_weights.misconception(
    "Masked after the softmax, so each row sums to less than 1. The future took part in the sum "
    "below the fraction: it still changes every weight. Mask the scores first, with -inf."
)
def _masked_after(scores, softmax):
    return np.tril(softmax(scores))


@causal_weights.misconception(
    "Masked after the softmax, then rescaled. That is right on paper, yet some row comes back as "
    "nan: the next exercise asks you why. Mask the scores before the softmax, with -inf."
)
def _rescaled_after(scores, softmax):
    seen = np.tril(softmax(scores))
    return seen / seen.sum(axis=1, keepdims=True)


@causal_weights.misconception(
    "Every word sees one word ahead. That is the very word it is meant to predict, so training "
    "would look perfect and teach nothing. Hide every key with a position above the query's own."
)
def _sees_next(scores, softmax):
    return softmax(_masked(scores, 1))


@causal_weights.misconception(
    "A word can't see itself, and the first one sees nothing: its row is 0/0, which is nan. "
    "Position t may look at 0 to t, the diagonal included: hide with >, not >=."
)
def _blind_to_itself(scores, softmax):
    return softmax(_masked(scores, -1))


@causal_weights.misconception(
    "The mask is transposed: each word sees itself and the future, never the past. Rows are "
    "queries, columns are keys; what lies right of the diagonal is the future."
)
def _sees_only_future(scores, softmax):
    return softmax(np.where(_hidden(*scores.shape).T, -np.inf, scores))


@causal_weights.misconception(
    "The mask of ones and zeros was added to the scores. That raises what may be seen by 1 and "
    "hides nothing. To hide a key, its score must be -inf, for exp(-inf) = 0."
)
def _adds_one(scores, softmax):
    return softmax(scores + ~_hidden(*scores.shape))


@causal_weights.misconception(
    "Future scores were set to 0. A score of 0 is an ordinary score with exp(0) = 1, so the future "
    "keeps weight. Only -inf gives exactly none."
)
def _zero_scores(scores, softmax):
    return softmax(np.tril(scores))


@causal_weights.misconception(
    "Nothing is hidden: every word still sees the whole text. Set the scores right of the diagonal "
    "to -inf before the softmax."
)
def _no_mask(scores, softmax):
    return softmax(scores)


@causal_weights.misconception(
    "The mask is right, but the softmax runs down the columns: keys get weights that sum to 1 over "
    "the queries. Each row is one word's choice, so each row must sum to 1."
)
def _columns(scores, softmax):
    return softmax(_masked(scores).T).T


def _late_weights(scores: np.ndarray) -> np.ndarray:
    seen = np.tril(_softmax(scores))
    return seen / seen.sum(axis=1, keepdims=True)


def _how_late_fares(answer) -> str:
    """"fails" if masking late goes wrong on these scores, else one sentence that says why not."""
    try:
        scores = np.array(answer, dtype=float)
    except (TypeError, ValueError):
        return "A table of numbers is expected."
    if scores.ndim != 2 or scores.shape[0] != scores.shape[1]:
        return "A square table is expected: one row and one column for each word."
    if len(scores) < 2:
        return "One word has no future, so there is nothing to mask."
    if not np.isfinite(scores).all():
        return "Some scores are not finite."
    if not np.allclose(_late_weights(scores), _softmax(_masked(scores)), atol=1e-3):
        return "fails"
    hidden = _hidden(*scores.shape)
    best_seen = np.where(hidden, -np.inf, scores).max(axis=1)
    best_hidden = np.where(hidden, scores, -np.inf).max(axis=1)
    if (best_hidden > best_seen).any():
        return "Both ways agree: a future score leads in some row, but not by enough."
    if np.ptp(scores) == 0:
        return "Both ways agree: all scores are equal."
    return "Both ways agree: in no row is a future score the largest."


@exercise(
    title="Find the bug: a mask that comes too late",
    level="medium",
    minutes=6,
    prompt="""
        `late_weights` masks after the softmax, then rescales each row. On paper that is right. Give
        a square table of finite scores on which it goes wrong, though `causal_weights` does not.
        """,
    probes=lambda rng: [()],
    drive=_how_late_fares,
    accept=lambda said: None if said == "fails" else said,
    is_value=True,
    hints=[
        "When can the part of a row that remains sum to exactly 0, though no weight should be 0?",
        """
        Two words suffice. In row 0 only column 0 may be seen, and column 1 is the future. Which
        future score makes the weight of column 0 vanish in floating point? Try some.
        """,
        "`late_mask_fails = np.array([[0, ___], [0, 0]])` with a large number.",
    ],
    errors=[
        (
            "RuntimeWarning: invalid value encountered in divide",
            "0 was divided by 0. If that is the rescaling, you have found what you look for.",
        ),
    ],
    # Each gives another right answer: any hidden score that leads its row by more than 745 does.
    equivalents=[
        "return np.diag([801.0], k=1)",
        "return np.diag([1200.0], k=1)",
        "return np.diag([800.0], k=2)",
    ],
    passed="exp(−800) is 0 in floating point: what the future pushed to 0, no rescaling brings "
    "back.",
)
def late_mask_fails() -> np.ndarray:
    """Scores of two words or more: one row for each word that asks, one column for each key."""
    return np.diag([800.0], k=1)


@late_mask_fails.misconception(
    "Large scores alone do no harm: in a row of equal scores the softmax gives equal weights, at "
    "1 or at 1,000. What counts is how far a hidden score lies above the visible ones."
)
def _large_and_equal():
    return np.full((3, 3), 1000.0)


@late_mask_fails.misconception(
    "No future score leads its row. Then the visible weights stay large, and rescaling works. The "
    "future is right of the diagonal; make it win there."
)
def _past_leads():
    return np.diag([800.0], k=-1)


@late_mask_fails.misconception(
    "The future leads, but not by enough: the visible weights are tiny, yet they are still "
    "numbers, and rescaling restores them. Find the lead at which exp gives exactly 0."
)
def _leads_a_little():
    return np.diag([20.0], k=1)


@late_mask_fails.misconception(
    "An infinite score breaks both ways of masking. Finite scores are enough, and in a trained "
    "model they are what you meet: raise the future's score step by step."
)
def _infinite():
    return np.diag([np.inf], k=1)


@late_mask_fails.misconception(
    "With a single word there is no future, and every mask is the same. Take two words at least: "
    "row 0 then has one score to hide."
)
def _one_word():
    return np.array([[800.0]])


# --- the whole --------------------------------------------------------------------------------


def _qkv(rng: np.random.Generator, T: int, d_k: int, d_v: int) -> tuple:
    return rng.normal(size=(T, d_k)), rng.normal(size=(T, d_k)), rng.normal(size=(T, d_v))


@exercise(
    title="Attention",
    level="medium",
    minutes=10,
    prompt="""
        Write the loops as matrices: causal scaled dot-product attention, without a Python loop. The
        checks take T = 5, d_k = 4 and d_v = 3, so that no wrong transpose can hide.
        """,
    probes=lambda rng: [
        (*_qkv(rng, 2, 3, 1), _softmax),
        (*_qkv(rng, 5, 4, 3), _softmax),
        (*_qkv(rng, 3, 2, 7), _softmax),
        (40 * rng.normal(size=(6, 3)), 9 * rng.normal(size=(6, 3)), rng.normal(size=(6, 2)),
         _softmax),
        (np.full((3, 2), 30.0), np.array([[0.0, 1.0], [8.0, 27.0], [64.0, 125.0]]),
         rng.normal(size=(3, 4)), _softmax),
        (*_qkv(rng, 1, 5, 2), _softmax),
    ],
    hints=[
        "You have written all parts: scores, scale, mask, softmax, average. In which order?",
        """
        1. Scores: (T, d_k) times (d_k, T), divided by √d_k: (T, T).
        2. Where the key's position is larger than the query's: `-np.inf`.
        3. `softmax`: (T, T), rows sum to 1.
        4. Weights (T, T) times values (T, d_v): (T, d_v).
        """,
        "`return softmax(np.where(future, ___, scores)) @ ___`",
    ],
    errors=[
        (
            "ValueError: matmul: Input operand 1 has a mismatch",
            "queries and keys have the same shape: the keys must be transposed, `K.T`.",
        ),
        (
            "TypeError: 'numpy.ndarray' object is not callable",
            "a variable named `softmax` hides the function: give your weights another name.",
        ),
    ],
    # Q and K have the same width and, like V and the rows of scores, one row for each word.
    equivalents=[
        "scores = Q @ K.T / np.sqrt(Q.shape[1])",
        "positions = np.arange(len(Q))",
        "positions = np.arange(len(V))",
        "positions = np.arange(len(scores))",
    ],
    passed="The formula of the paper, equal to its loops on shapes that hide nothing.",
)
def attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, softmax) -> np.ndarray:
    """Causal scaled dot-product attention (Vaswani et al. 2017, equation 1).

    Q, K: (T, d_k); V: (T, d_v); softmax: scores -> weights, last axis.
    Returns (T, d_v): row t is an average of the rows 0 to t of V.
    """
    scores = Q @ K.T / np.sqrt(K.shape[1])  # (T, T)
    positions = np.arange(len(K))
    future = positions > positions[:, None]  # (T, T)
    return softmax(np.where(future, -np.inf, scores)) @ V


def _scaled(Q, K):
    return Q @ K.T / np.sqrt(K.shape[1])


@attention.misconception(
    "The scale is missing. Scores of width d_k spread by √d_k, so the softmax comes close to a "
    "hard choice and learns slowly. Divide the scores by np.sqrt(K.shape[1])."
)
def _no_scale(Q, K, V, softmax):
    return softmax(_masked(Q @ K.T)) @ V


@attention.misconception(
    "Scaled by d_k instead of its root. The variance of a score is d_k; its typical size is √d_k. "
    "Measure scores in that unit."
)
def _scaled_by_d(Q, K, V, softmax):
    return softmax(_masked(Q @ K.T / K.shape[1])) @ V


@attention.misconception(
    "Scaled by √d_v, the width of the values. Values take no part in a score: it adds up the d_k "
    "products of one query and one key. The slip is invisible wherever d_v equals d_k."
)
def _scaled_by_values(Q, K, V, softmax):
    return softmax(_masked(Q @ K.T / np.sqrt(V.shape[1]))) @ V


@attention.misconception(
    "Scaled by the root of the number of words. A score adds up d_k products, however long the "
    "text is: the unit is √d_k, the root of K.shape[1]."
)
def _scaled_by_length(Q, K, V, softmax):
    return softmax(_masked(Q @ K.T / np.sqrt(len(K)))) @ V


@attention.misconception(
    "The softmax runs over the queries: columns sum to 1. Words that ask don't compete with each "
    "other; the keys that one word looks at do. Each row must sum to 1."
)
def _softmax_over_queries(Q, K, V, softmax):
    return softmax(_masked(_scaled(Q, K)).T).T @ V


@attention.misconception(
    "One softmax runs over the whole table, so all words share a single unit of weight. Every word "
    "has a choice of its own: one softmax for each row."
)
def _softmax_over_everything(Q, K, V, softmax):
    return _softmax_over_all(_masked(_scaled(Q, K))) @ V


@attention.misconception(
    "The mask comes after the softmax: rows sum to less than 1, and the future still sits in the "
    "sum below the fraction. Set future scores to -inf before the softmax."
)
def _mask_after_softmax(Q, K, V, softmax):
    return np.tril(softmax(_scaled(Q, K))) @ V


@attention.misconception(
    "Masked after the softmax, then rescaled. On paper that is right. But a future score that "
    "leads by 800 pushes the visible weights to 0, and 0/0 is nan. Mask before."
)
def _rescaled_after_softmax(Q, K, V, softmax):
    seen = np.tril(softmax(_scaled(Q, K)))
    return seen / seen.sum(axis=1, keepdims=True) @ V


@attention.misconception(
    "Each word sees one word too many: the next one, which it is meant to predict. Hide every "
    "position above the query's own (with np.triu: k=1)."
)
def _sees_the_next_word(Q, K, V, softmax):
    return softmax(_masked(_scaled(Q, K), 1)) @ V


@attention.misconception(
    "No word sees itself, and the first one has nothing to look at: its row becomes nan. The "
    "diagonal belongs to the past: hide with >, not >=."
)
def _not_itself(Q, K, V, softmax):
    return softmax(_masked(_scaled(Q, K), -1)) @ V


@attention.misconception(
    "A mask of ones and zeros was added to the scores. It lifts what may be seen by 1 and hides "
    "nothing. Future scores must be -inf, since only exp(-inf) is 0."
)
def _adds_zeros_and_ones(Q, K, V, softmax):
    return softmax(_scaled(Q, K) + ~_hidden(len(Q), len(K))) @ V


@attention.misconception(
    "Future scores were set to 0 instead of -inf. exp(0) is 1, so each future word keeps an "
    "ordinary weight. Use np.where with -np.inf."
)
def _scores_of_zero(Q, K, V, softmax):
    return softmax(np.tril(_scaled(Q, K))) @ V


@attention.misconception(
    "The mask is transposed: each word sees itself and what is to come, never the past. The key's "
    "position runs along the columns, the query's down the rows."
)
def _only_the_future(Q, K, V, softmax):
    return softmax(np.where(_hidden(len(Q), len(K)).T, -np.inf, _scaled(Q, K))) @ V


@attention.misconception(
    "No mask: every word sees the whole text. That is right for reading a finished sentence. A "
    "model that predicts the next word would be shown the answer."
)
def _unmasked(Q, K, V, softmax):
    return softmax(_scaled(Q, K)) @ V


@attention.misconception(
    "Each word takes the plain average of all words so far; Q and K never enter. The weights must "
    "come from how well each key fits the query."
)
def _running_mean(Q, K, V, softmax):
    return np.cumsum(V, axis=0) / np.arange(1, len(V) + 1)[:, None]


@attention.misconception(
    "The values came back as they are, each word its own. That ignores Q and K: no word has looked "
    "at another. Multiply the weights with V."
)
def _returns_values(Q, K, V, softmax):
    return V


# --- many heads -------------------------------------------------------------------------------


@exercise(
    title="All heads in one einsum",
    level="hard",
    minutes=12,
    prompt="""
        Compute all heads at once, without a loop over heads. The first d_k columns of `Q` belong to
        head 0, the next d_k to head 1. Outputs stand side by side in the same order.
        """,
    probes=lambda rng: [
        (*_qkv(rng, 3, 4, 2), 2, _softmax),
        (*_qkv(rng, 5, 6, 9), 3, _softmax),
        (*_qkv(rng, 4, 8, 4), 4, _softmax),
        (12 * rng.normal(size=(6, 4)), rng.normal(size=(6, 4)), rng.normal(size=(6, 6)), 2,
         _softmax),
        (*_qkv(rng, 4, 3, 5), 1, _softmax),
        (*_qkv(rng, 1, 4, 6), 2, _softmax),
    ],
    hints=[
        "Reshape `Q` to (T, heads, d_k) and look at `[t, 0]`: which columns of row t are these?",
        """
        1. Reshape Q, K and V to (T, heads, d): query, head, component.
        2. Scores: `"qhd,khd->hqk"` adds up over d and gives one table for each head.
        3. Scale by the width of one head; mask; softmax. All work on the last two axes.
        4. Outputs: `"hqk,khd->qhd"` adds up over the keys. Reshape to (T, heads · d_v).
        """,
        '`scores = np.einsum("qhd,khd->___", q, k) / np.sqrt(q.shape[-1])`',
    ],
    errors=[
        (
            "ValueError: cannot reshape array",
            "Q and V differ in width: leave the last size to NumPy, `X.reshape(T, heads, -1)`.",
        ),
        (
            "ValueError: einstein sum subscripts string",
            "one letter for each axis: three letters for an array of three axes.",
        ),
    ],
    # Q, K and V have one row for each word; q and k have the same width.
    equivalents=[
        "T = len(K)",
        "T = len(V)",
        "scores = np.einsum('qhd,khd->hqk', q, k) / np.sqrt(k.shape[-1])",
    ],
    passed="No loop over heads: this is how every transformer library does it.",
)
def multi_head(Q: np.ndarray, K: np.ndarray, V: np.ndarray, heads: int, softmax) -> np.ndarray:
    """Causal attention in several heads (Vaswani et al. 2017, section 3.2.2, no projections).

    Q, K: (T, heads * d_k); V: (T, heads * d_v); softmax: scores -> weights, last axis.
    Returns (T, heads * d_v), the heads' outputs side by side.
    """
    T = len(Q)
    q, k, v = (X.reshape(T, heads, X.shape[1] // heads) for X in (Q, K, V))  # (T, heads, d)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])  # (heads, T, T)
    future = np.arange(T) > np.arange(T)[:, None]  # (T, T), the same for each head
    weights = softmax(np.where(future, -np.inf, scores))
    return np.einsum("hqk,khd->qhd", weights, v).reshape(T, V.shape[1])


def _split(X, heads):
    return X.reshape(len(X), heads, -1).transpose(1, 0, 2)  # (heads, T, d)


def _per_head(q, k, v, softmax):
    """(heads, T, d) three times -> (heads, T, d_v)."""
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    return softmax(_masked(scores)) @ v


def _join(out):
    return out.transpose(1, 0, 2).reshape(out.shape[1], -1)


@multi_head.misconception(
    "The heads are mixed: reshape(heads, T, -1) cuts the numbers in their order of storage, so one "
    "head gets rows of several others. Reshape to (T, heads, -1) first, then move axes."
)
def _reshaped_without_transpose(Q, K, V, heads, softmax):
    return _join(_per_head(*(X.reshape(heads, len(X), -1) for X in (Q, K, V)), softmax))


@multi_head.misconception(
    "The heads are right, but they were joined in the wrong order: from (heads, T, d_v) a reshape "
    "mixes words. Bring the axes to (T, heads, d_v) before you flatten the last two."
)
def _joined_without_transpose(Q, K, V, heads, softmax):
    return _per_head(*(_split(X, heads) for X in (Q, K, V)), softmax).reshape(len(Q), -1)


@multi_head.misconception(
    "Cut with reshape(heads, T, -1) and glued with reshape(T, -1): both follow the order of "
    "storage, so heads and words are mixed. Split to (T, heads, -1), and move axes with care."
)
def _mixed_both_ways(Q, K, V, heads, softmax):
    parts = (X.reshape(heads, len(X), -1) for X in (Q, K, V))
    return _per_head(*parts, softmax).reshape(len(Q), -1)


@multi_head.misconception(
    "Each head took every n-th column. A head owns neighbouring columns: reshape to (T, heads, d), "
    "with the head before the component."
)
def _interleaved(Q, K, V, heads, softmax):
    parts = (X.reshape(len(X), -1, heads).transpose(2, 0, 1) for X in (Q, K, V))
    return _per_head(*parts, softmax).transpose(1, 2, 0).reshape(len(Q), -1)


@multi_head.misconception(
    "This is one head of full width: `heads` is never used. One head means one softmax for each "
    "word, so one average; several heads look at several places."
)
def _one_head(Q, K, V, heads, softmax):
    return softmax(_masked(_scaled(Q, K))) @ V


@multi_head.misconception(
    "Scaled by the root of the full width. A score of one head adds up d_k products, those of "
    "that head alone. Its unit is the root of d_k."
)
def _scaled_by_full_width(Q, K, V, heads, softmax):
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    return _join(_per_head(q / np.sqrt(heads), k, v, softmax))


@multi_head.misconception(
    "The scale is missing. More heads don't change the reason for it: divide the scores by the "
    "root of one head's width."
)
def _heads_without_scale(Q, K, V, heads, softmax):
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    return _join(_per_head(q * np.sqrt(q.shape[-1]), k, v, softmax))


@multi_head.misconception(
    "The scores of all heads were added, so all heads share one table of weights. The letter h "
    "must survive on the right of the arrow: hqk, not qk."
)
def _shared_weights(Q, K, V, heads, softmax):
    q, k = _split(Q, heads), _split(K, heads)
    scores = np.einsum("hqd,hkd->qk", q, k) / np.sqrt(q.shape[-1])
    return softmax(_masked(scores)) @ V


@multi_head.misconception(
    "The outputs of the heads were averaged, which throws away who saw what. They stand side by "
    "side: width heads times d_v."
)
def _averaged(Q, K, V, heads, softmax):
    return _per_head(*(_split(X, heads) for X in (Q, K, V)), softmax).mean(axis=0)


@multi_head.misconception(
    "The heads compete: the softmax runs over the axis of heads. They work side by side and don't "
    "know of each other. What competes is the keys of one word in one head."
)
def _softmax_over_heads(Q, K, V, heads, softmax):
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    weights = softmax(np.moveaxis(scores, 0, -1))
    return _join(np.tril(np.moveaxis(weights, -1, 0)) @ v)


@multi_head.misconception(
    "Here every head sees the future. The mask has shape (T, T) and spreads over all heads by "
    "itself: np.where(future, -np.inf, scores) with scores of shape (heads, T, T)."
)
def _heads_without_mask(Q, K, V, heads, softmax):
    q, k, v = (_split(X, heads) for X in (Q, K, V))
    return _join(softmax(q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])) @ v)


# --- the cache --------------------------------------------------------------------------------


def _with_cache(rng: np.random.Generator, past: int, n: int, d_k: int, d_v: int) -> tuple:
    cache = (rng.normal(size=(past, d_k)), rng.normal(size=(past, d_v)))
    return (*_qkv(rng, n, d_k, d_v), cache, _softmax)


@exercise(
    title="Remember keys and values",
    level="hard",
    minutes=12,
    prompt="""
        New words arrive, one or several. `cache` holds keys and values of all words before them.
        Return the outputs of the new words alone, and the cache with the new rows at its end.
        """,
    probes=lambda rng: [
        _with_cache(rng, 2, 1, 3, 1),
        _with_cache(rng, 3, 2, 4, 5),
        _with_cache(rng, 0, 3, 2, 4),
        _with_cache(rng, 5, 4, 3, 2),
        _with_cache(rng, 0, 1, 2, 3),
    ],
    hints=[
        "Three words lie in the cache and two are new. Which positions do the new ones have?",
        """
        1. `np.concatenate` old keys and new keys: (past + n, d_k). The same for values.
        2. Scores of the n new queries with all keys: (n, past + n).
        3. Row i belongs to position past + i: hide the keys with a larger position.
        4. Return the outputs and the pair of longer arrays.
        """,
        "`future = np.arange(past + n) > np.arange(___, ___)[:, None]`, shape (n, past + n).",
    ],
    errors=[
        (
            "ValueError: operands could not be broadcast",
            "scores and mask have n rows and past + n columns.",
        ),
        (
            "AttributeError: 'tuple' object has no attribute",
            "`cache` is a pair: `K_old, V_old = cache`.",
        ),
        (
            "AttributeError: 'numpy.ndarray' object has no attribute 'append'",
            "arrays don't grow: `np.concatenate([old, new])` makes a longer one.",
        ),
    ],
    # Old keys and values have the same number of rows, so have new ones; all keys have one width.
    equivalents=[
        "past, n = (len(V_old), len(Q))",
        "past, n = (len(K_old), len(K))",
        "past, n = (len(K_old), len(V))",
        "scores = Q @ K.T / np.sqrt(Q.shape[1])",
        "scores = Q @ K.T / np.sqrt(K_old.shape[1])",
    ],
    passed="The same numbers as the full pass, and no word is computed twice.",
)
def cached_attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, cache: tuple, softmax) -> tuple:
    """Causal attention of n new words that follow `past` words in a cache.

    Q, K: (n, d_k); V: (n, d_v), of the new words; softmax: scores -> weights, last axis.
    cache: (keys, values) so far, of shapes (past, d_k) and (past, d_v).
    Returns (outputs (n, d_v), (all keys, all values)).
    """
    K_old, V_old = cache
    past, n = len(K_old), len(Q)
    K = np.concatenate([K_old, K])  # (past + n, d_k)
    V = np.concatenate([V_old, V])  # (past + n, d_v)
    scores = Q @ K.T / np.sqrt(K.shape[1])  # (n, past + n)
    future = np.arange(past + n) > np.arange(past, past + n)[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, (K, V)


def _grown(K, V, cache):
    return np.concatenate([cache[0], K]), np.concatenate([cache[1], V])


def _cached(Q, K, V, cache, softmax, offset):
    K, V = _grown(K, V, cache)
    return softmax(_masked(_scaled(Q, K), offset)) @ V, (K, V)


@cached_attention.misconception(
    "The mask starts at position 0 again, so the first new word sees only the first word of all. "
    "Row i of the new words stands at position past + i: give the mask that offset."
)
def _no_offset(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, 0)


@cached_attention.misconception(
    "The offset is one too small: new words can't see themselves. Row i stands at position "
    "past + i and may look at 0 to past + i."
)
def _offset_too_small(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]) - 1)


@cached_attention.misconception(
    "The offset is one too large: when several words arrive at once, each sees the next. Row i may "
    "look at the positions 0 to past + i and no further."
)
def _offset_too_large(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]) + 1)


@cached_attention.misconception(
    "No mask. A single new word needs none, since everything in the cache is past. Several new "
    "words do: the first must not see the second."
)
def _no_cache_mask(Q, K, V, cache, softmax):
    K, V = _grown(K, V, cache)
    return softmax(_scaled(Q, K)) @ V, (K, V)


@cached_attention.misconception(
    "The new words look at each other only; the cache is kept but never read. Put old and new keys "
    "and values together before you compute the scores."
)
def _ignores_cache(Q, K, V, cache, softmax):
    return softmax(_masked(_scaled(Q, K))) @ V, _grown(K, V, cache)


@cached_attention.misconception(
    "The outputs are right, but the cache came back as it was, without the new rows: at the next "
    "step these words are forgotten. Return the longer arrays."
)
def _cache_not_grown(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]))[0], cache


@cached_attention.misconception(
    "The returned cache holds the new rows only, so everything earlier is lost at the next step. "
    "Return old and new together."
)
def _cache_replaced(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]))[0], (K, V)


@cached_attention.misconception(
    "New rows were put in front of the old ones. A row's place in the cache is its position, and "
    "the mask relies on that: old rows first, new rows after them."
)
def _new_rows_first(Q, K, V, cache, softmax):
    K, V = np.concatenate([K, cache[0]]), np.concatenate([V, cache[1]])
    return softmax(_masked(_scaled(Q, K), len(cache[0]))) @ V, (K, V)


@cached_attention.misconception(
    "Outputs came back without the cache. The caller needs both: the outputs now, and the longer "
    "cache for the next word. Return a pair."
)
def _outputs_only(Q, K, V, cache, softmax):
    return _cached(Q, K, V, cache, softmax, len(cache[0]))[0]


# --- predictions ------------------------------------------------------------------------------

shift = Choice(
    id="shift",
    ask="Add 100 to all four scores. What happens to the four weights?",
    options={
        "a": (
            "nothing",
            "Each exponential grows by the factor exp(100), and so does their sum: the factor "
            "cancels.",
        ),
        "b": (
            "the largest gets nearly everything",
            "That happens when scores are multiplied by 100. Adding the same number leaves all "
            "differences as they are.",
        ),
        "c": (
            "they move towards 1/4 each",
            "103 and 102 look nearly equal, but a softmax sees differences, not ratios: still 1.",
        ),
    },
    right="a",
)

typical_score = Number(
    id="typical-score",
    ask="A query and a key have 64 random components each, of mean 0 and variance 1. What is the "
    "standard deviation of their dot product?",
    value=lambda: float(np.sqrt(64)),
    within=0.5,
    low="Each of the 64 products has variance 1, and variances of independent terms add up: 64. "
    "Its root is 8.",
    high="64 is the variance: 64 terms of variance 1 each. The standard deviation is its root, 8.",
    right="64 terms of variance 1 add up to a variance of 64, and its root is 8.",
)

ate = Choice(
    id="ate",
    ask="Without a mask, `ate` gives 0.48 to `cat` and 0.48 to `fish`. Now `fish` is hidden, "
    "because it comes later. Where does its 0.48 go?",
    options={
        "a": (
            "it is lost: the row of `ate` is left with half its weight",
            "So it would be if you masked after the softmax. Masked before, the softmax makes the "
            "row sum to 1 again.",
        ),
        "b": (
            "in equal parts to the three words that `ate` still sees",
            "The ratios between the visible words don't change, so the strong one gains the most.",
        ),
        "c": (
            "nearly all of it to `cat`",
            "The ratios between visible words stay as they were: `cat` had 70 times the weight of "
            "`the`, and still has.",
        ),
    },
    right="c",
)

heads_memory = Number(
    id="heads-memory",
    ask="You split one head of width 64 into 8 heads of width 8. The scores need as many "
    "multiplications as before. How many times as much memory do the tables of attention weights "
    "need?",
    value=lambda: 8.0,
    within=0.01,
    low="Each head has a table of T by T weights of its own, however narrow it is: 8 tables "
    "instead of 1.",
    high="The width doesn't enter: a head of width 8 has one T by T table, as has one of width 64. "
    "So 8 tables instead of 1.",
    right="8 tables of T by T instead of 1. The width of a head vanishes in the dot product.",
)


def _scores_for(T: int) -> tuple[int, int]:
    """Scores computed for T words, one word at a time: full tables, and with a cache."""
    return sum(t * t for t in range(1, T + 1)), sum(range(1, T + 1))


cache_saves = Number(
    id="cache-saves",
    ask="A model writes 100 words, one at a time. At word t it computes the full table of t "
    "by t scores. With a cache it computes a row of t. How many times as many scores does it "
    "compute without a cache?",
    value=lambda: _scores_for(100)[0] / _scores_for(100)[1],
    within=7,
    low="The tables add up to 338,350 scores, the rows to 5,050: about two thirds of the length.",
    high="At the last word it is a factor of 100, at the first a factor of 1. Over the whole text "
    "338,350 scores stand against 5,050.",
    right="338,350 scores against 5,050: about two thirds of the length, and growing with it.",
)

double = Choice(
    id="double",
    ask="A text becomes twice as long. What happens to the cost of one full pass of attention?",
    options={
        "a": (
            "twice the time, twice the memory of the weights",
            "That is what a loop over words with a fixed memory would need. Here every word looks "
            "at every word.",
        ),
        "b": (
            "four times the time, four times the memory of the weights",
            "The table of scores has T times T cells: each must be computed, and each must be "
            "stored.",
        ),
        "c": (
            "four times the time, but only twice the memory of the weights, since half are masked",
            "The mask halves the useful cells at every length, so it can't change how they grow. "
            "And our arrays store the zeros, too.",
        ),
    },
    right="b",
)

skip_shapes = Choice(
    id="skip-shapes",
    ask="`Q` has shape (5, 4), `K` (7, 4) and `V` (7, 3). Which shape has the output of attention?",
    options={
        "a": ("(5, 7)", "That is the shape of the weights: one row per query, one column per key."),
        "b": ("(5, 3)", "One row per query; each row is an average of values, so it has width 3."),
        "c": ("(7, 3)", "That is V itself. Each of the 5 queries gets one average of its 7 rows."),
    },
    right="b",
    skip=True,
)

skip_mask = Choice(
    id="skip-mask",
    ask="`S` holds scores; `future` is True right of the diagonal. Which line gives causal "
    "weights?",
    options={
        "a": (
            "`np.tril(softmax(S)) / softmax(S).sum(axis=1, keepdims=True)`",
            "The sums below are all 1, so nothing is repaired: each row still sums to less than 1.",
        ),
        "b": ("`softmax(np.tril(S))`", "Future scores of 0 still get a weight, since exp(0) is 1."),
        "c": (
            "`softmax(np.where(future, -np.inf, S))`",
            "exp(-inf) is 0, so the future has no weight and each row sums to 1.",
        ),
    },
    right="c",
    skip=True,
)

skip_scale = Choice(
    id="skip-scale",
    ask="Queries and keys have 256 random components of variance 1. By what do you divide their "
    "dot products before the softmax?",
    options={
        "a": ("16", "The variance of a dot product is 256, so its typical size is 16."),
        "b": ("256", "256 is the variance. Divided by it, scores shrink to 1/16: all look alike."),
        "c": (
            "nothing: the softmax normalises anyway",
            "It makes weights sum to 1, but scores of ±16 leave one key with nearly all of it.",
        ),
    },
    right="a",
    skip=True,
)
