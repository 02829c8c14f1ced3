"""Wrong answers to scoring a model."""

from __future__ import annotations

import numpy as np

from .mean_nll import _likelihoods, _losses, mean_nll


@mean_nll.misconception(
    "This is the sum, not the mean. A sum grows with the number of names, so two lists can't be "
    "compared: divide by the number of pairs."
)
def _sum(names, P, index):
    return _losses(names, P, index).sum()


@mean_nll.misconception(
    "The sign is missing. The log of a probability is negative; we turn it round so that a loss is "
    "positive and shrinks as the model improves."
)
def _no_minus(names, P, index):
    return -_losses(names, P, index).mean()


@mean_nll.misconception(
    "This is in bits: the log has base 2. The path counts in nats, the natural log, which is what "
    "np.log computes and what every paper's loss curve shows. 1 nat is 1.44 bits."
)
def _bits(names, P, index):
    return _losses(names, P, index).mean() / np.log(2)


@mean_nll.misconception(
    "The log has base 10. The path counts in nats, with the natural log that np.log computes."
)
def _base_ten(names, P, index):
    return _losses(names, P, index).mean() / np.log(10)


@mean_nll.misconception(
    "This is the log of the average. Averages of probabilities hide disasters: a pair with "
    "probability 0.000001 hardly moves them, but its log does. Take logs first, then average."
)
def _log_of_mean(names, P, index):
    return -np.log(np.mean(_likelihoods(names, P, index)))


@mean_nll.misconception(
    "The average runs over names. A name of ten letters then counts as much as one of two; the "
    "loss is per symbol, so average over all pairs at once."
)
def _mean_of_names(names, P, index):
    return np.mean([_losses([n], P, index).mean() for n in names])


@mean_nll.misconception(
    "The sum was divided by the number of names. That is nats per name; divide by the number of "
    "pairs to get nats per symbol."
)
def _per_name(names, P, index):
    return _losses(names, P, index).sum() / len(names)


@mean_nll.misconception(
    "The sum was divided by the number of letters. A name has one pair more than it has letters, "
    "since the boundary that ends it is predicted, too: divide by the number of pairs."
)
def _per_letter(names, P, index):
    return _losses(names, P, index).sum() / sum(map(len, names))


@mean_nll.misconception(
    "The sum was divided by the number of symbols with both boundaries. The first boundary is "
    "given, not predicted: `.emma.` has six symbols and five pairs."
)
def _per_symbol_with_both(names, P, index):
    return _losses(names, P, index).sum() / sum(len(n) + 2 for n in names)


@mean_nll.misconception(
    "The pairs that end names are left out. The model is paid for knowing when to stop, so its "
    "mistakes there must cost something: score the last boundary as well."
)
def _without_end(names, P, index):
    pairs = [(a, b) for n in names for a, b in zip("." + n, n)]
    return -np.mean(np.log([P[index[a], index[b]] for a, b in pairs]))


@mean_nll.misconception(
    "The pairs that begin names are left out. The first letter is predicted as well, from the "
    "boundary before it: put '.' in front of each name."
)
def _without_start(names, P, index):
    pairs = [(a, b) for n in names for a, b in zip(n, n[1:] + ".")]
    return -np.mean(np.log([P[index[a], index[b]] for a, b in pairs]))


@mean_nll.misconception(
    "Both boundaries are left out. The model also predicts how a name begins and where it ends: "
    "wrap each name in '.' as you did when you counted."
)
def _without_boundaries(names, P, index):
    pairs = [(a, b) for n in names for a, b in zip(n, n[1:])]
    return -np.mean(np.log([P[index[a], index[b]] for a, b in pairs]))


@mean_nll.misconception(
    "Row and column are exchanged: P[i, j] is the chance that j follows i, so the first symbol of "
    "the pair is the row."
)
def _reversed(names, P, index):
    return _losses(names, P.T, index).mean()


@mean_nll.misconception(
    "Each different pair counts once. A frequent pair must weigh as much as it is frequent: "
    "average over all occurrences, not over a set."
)
def _distinct_pairs(names, P, index):
    pairs = {pair for n in names for pair in zip("." + n, n + ".")}
    with np.errstate(divide="ignore"):
        return -np.mean([np.log(P[index[a], index[b]]) for a, b in pairs])


@mean_nll.misconception(
    "Each different name counts once. A frequent name must weigh more: walk over the list as it "
    "is, not over the set of its names."
)
def _distinct_names(names, P, index):
    return _losses(sorted(set(names)), P, index).mean()


@mean_nll.misconception(
    "The average runs over the cells of the table, whatever the names are. Only pairs that occur "
    "in the names count, each as often as it occurs."
)
def _over_the_table(names, P, index):
    return -np.log(P).mean()


@mean_nll.misconception(
    "Only the last name was scored. A list that is made inside the loop begins anew with each "
    "name: make it once, before the loop."
)
def _last_name(names, P, index):
    return _losses(names[-1:], P, index).mean()


@mean_nll.misconception(
    "Only the first name was scored. Does `return` stand inside the loop? It ends the function at "
    "once, so move it below the loop."
)
def _first_name(names, P, index):
    return _losses(names[:1], P, index).mean()


@mean_nll.misconception(
    "The boundary's probabilities are read from row and column 0, whatever `index` says. Its row "
    "is index['.'], which needn't be the first."
)
def _boundary_first(names, P, index):
    return _losses(names, P, {**index, ".": 0}).mean()
