"""What goes wrong in line 5 of algorithm 13."""

from __future__ import annotations

import numpy as np

from .loss import loss


@loss.misconception(
    "Column t was asked about token t, which it has already read. A model trained on that copies "
    "its input and learns nothing: ask for x[t + 1]. And there are l terms, not l − 1."
)
def _asks_for_itself(P, x):
    v = np.array(x) - 1
    return -np.log(P[v, np.arange(len(v))]).sum()


@loss.misconception(
    "The last column was asked about the first token: `np.roll` goes round the end. There is "
    "nothing after the last token, so its column has no term."
)
def _rolled(P, x):
    v = np.array(x) - 1
    return -np.log(P[np.roll(v, -1), np.arange(len(v))]).sum()


@loss.misconception(
    "Shifted the wrong way: column t + 1 was asked about token t, which comes before it. Rows are "
    "the later tokens, columns the earlier ones."
)
def _shifted_back(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[:-1], np.arange(1, len(v))]).sum()


@loss.misconception(
    "The first term is lost: t ran from 1 as in the paper, but in the array the first column is 0. "
    "Move the whole range, 0 to l − 2."
)
def _first_term_lost(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[2:], np.arange(1, max(len(v) - 1, 1))]).sum()


@loss.misconception(
    "This is the mean. Frameworks average by default, but line 5 is a sum: a long sequence weighs "
    "more than a short one. Leave out the division."
)
def _mean(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(v) - 1)]).mean()


@loss.misconception(
    "This is the sum divided by the number of tokens, l. Line 5 divides by nothing: a long "
    "sequence weighs more than a short one."
)
def _mean_over_tokens(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(v) - 1)]).sum() / len(x)


@loss.misconception(
    "Unlikely tokens cost too little: a small number was added to each probability, so none costs "
    "more than that number does. Take the log of P as it stands."
)
def _epsilon(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(v) - 1)] + 1e-9).sum()


@loss.misconception(
    "This is in bits: the log has base 2. The paper's log is the natural one, `np.log`."
)
def _bits(P, x):
    v = np.array(x) - 1
    return -np.log2(P[v[1:], np.arange(len(v) - 1)]).sum()


@loss.misconception(
    "Short sequences come out right, long ones don't. A product of hundreds of probabilities is "
    "smaller than any float and becomes 0: take the log of each, then add."
)
def _product(P, x):
    v = np.array(x) - 1
    with np.errstate(all="ignore"):
        return -np.log(P[v[1:], np.arange(len(v) - 1)].prod())


@loss.misconception(
    "These are the l − 1 terms. Line 5 is their sum, one number."
)
def _not_summed(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], np.arange(len(v) - 1)])


@loss.misconception(
    "The IDs were used as they are. ID 1 is row 0 of the array, so each term reads its neighbour's "
    "probability. Take 1 off before you look up."
)
def _unshifted_ids(P, x):
    v = np.array(x)
    return -np.log(P[v[1:], np.arange(len(v) - 1)]).sum()


@loss.misconception(
    "Rows and columns of P are exchanged. Its rows are the vocabulary and its columns are places: "
    "the token comes first, P[token, t]."
)
def _turned(P, x):
    v = np.array(x) - 1
    return -np.log(P[np.arange(len(v) - 1), v[1:]]).sum()


@loss.misconception(
    "The minus is missing. Logs of probabilities are negative; a loss is positive, and smaller is "
    "better."
)
def _no_minus(P, x):
    v = np.array(x) - 1
    return np.log(P[v[1:], np.arange(len(v) - 1)]).sum()


@loss.misconception(
    "All pairs were looked up: every later token in every column. Two slices make a table; two "
    "arrays of indices make pairs. Use `np.arange` for the columns."
)
def _all_pairs(P, x):
    v = np.array(x) - 1
    return -np.log(P[v[1:], :-1]).sum()


@loss.misconception(
    "Column t was asked about token t, which it has already read, and the last token was left out. "
    "Line 5 asks for the token after it, x[t + 1]."
)
def _asks_for_itself_but_the_last(P, x):
    v = np.array(x[:-1]) - 1
    return -np.log(P[v, np.arange(len(v))]).sum()


@loss.misconception(
    "A token that comes again was looked up at its first place. Each place has a column of its "
    "own: count the places, since `x.index` finds the first."
)
def _first_occurrence(P, x):
    columns = [x.index(ID) - 1 for ID in x[1:]]
    return -np.log(P[np.array(x[1:]) - 1, columns]).sum()
