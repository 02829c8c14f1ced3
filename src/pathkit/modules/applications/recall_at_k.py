"""The share of what was wanted that a search found."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

FOUND = [[4, 2, 0, 1, 3], [1, 0, 3, 2, 4], [3, 4, 1, 0, 2]]
WANTED = [{2}, {4, 3, 0}, {3, 2}]


@exercise(
    title="Recall at k",
    level="easy",
    minutes=5,
    prompt="""
        For each question take the share of its wanted passages that are among the first `k` of its
        ranking. Return the mean of these shares over the questions.
        """,
    probes=lambda rng: [
        (FOUND, WANTED, 3),
        (FOUND, WANTED, 1),
        (FOUND, WANTED, 2),
        (FOUND, WANTED, 9),
        ([[5, 6]], [{7}], 2),
        ([rng.permutation(8).tolist() for _ in range(5)],
         [set(rng.permutation(8)[:n].tolist()) for n in (1, 3, 2, 1, 5)], 3),
    ],
    hints=[
        "A question wants three passages, and two of them are among the first five. Its share?",
        "For each question: how many of `ranking[:k]` are in its set, divided by the set's size. "
        "Add the shares up, and divide by the number of questions.",
        "`shares = [len(wanted & set(ranking[:___])) / len(wanted) for ranking, wanted in …]`",
    ],
    errors=[
        ("TypeError: unsupported operand", "`&` needs two sets: write `set(ranking[:k])`."),
    ],
    # Both lists have one entry for each question.
    equivalents=[
        "pairs = zip(rankings, relevant)",
        "pairs = zip(rankings, relevant, strict=False)",
        "return sum((len(wanted & set(ranked[:k])) / len(wanted) for ranked, wanted in pairs))"
        " / len(rankings)",
    ],
    passed="What isn't among the first k can't reach the prompt, however good the model is.",
)
def recall_at_k(rankings: list[list[int]], relevant: list[set[int]], k: int) -> float:
    """The mean share of the wanted passages among the first k.

    rankings: one list of passage numbers for each question, the best first; relevant: for each
    question the set of the wanted ones, at least one; k: 1 or more, maybe beyond a ranking's end.
    """
    pairs = zip(rankings, relevant, strict=True)
    return sum(len(wanted & set(ranked[:k])) / len(wanted) for ranked, wanted in pairs) / len(
        relevant
    )


def _mean_share(rankings, relevant, share):
    return sum(share(r, w) for r, w in zip(rankings, relevant, strict=True)) / len(relevant)


@recall_at_k.misconception(
    "Divided by k, this is precision: the share of what was found that is wanted. Recall asks what "
    "share of the wanted was found, so divide by the size of the set."
)
def _precision(rankings, relevant, k):
    return _mean_share(rankings, relevant, lambda r, w: len(w & set(r[:k])) / k)


@recall_at_k.spelling(_precision)
def _precision_of_found(rankings, relevant, k):
    return _mean_share(rankings, relevant, lambda r, w: len(w & set(r[:k])) / len(r[:k]))


@recall_at_k.misconception(
    "One hit counts as a full success here. That is the hit rate; where several passages are "
    "wanted, recall counts how many of them came."
)
def _any_hit(rankings, relevant, k):
    return _mean_share(rankings, relevant, lambda r, w: float(bool(w & set(r[:k]))))


@recall_at_k.misconception(
    "All questions are poured into one count, so one that wants many passages outweighs the "
    "others. Take each question's share first, and then the mean."
)
def _pooled(rankings, relevant, k):
    found = sum(len(w & set(r[:k])) for r, w in zip(rankings, relevant, strict=True))
    return found / sum(map(len, relevant))


@recall_at_k.misconception(
    "One place too many or too few is looked at. The first k of a list are `ranking[:k]`: the "
    "slice stops before place k, which is the (k + 1)th."
)
def _one_place_more(rankings, relevant, k):
    return recall_at_k.reference(rankings, relevant, k + 1)


@recall_at_k.spelling(_one_place_more)
def _one_place_less(rankings, relevant, k):
    return recall_at_k.reference(rankings, relevant, k - 1)


@recall_at_k.misconception(
    "The last k of each ranking are looked at. A ranking begins with the best, so the first k are "
    "the ones that would reach the prompt."
)
def _from_the_end(rankings, relevant, k):
    return recall_at_k.reference([r[::-1] for r in rankings], relevant, k)


@recall_at_k.misconception(
    "Only the passage at place k itself is looked at. At k means up to k: everything among the "
    "first k places counts."
)
def _only_place_k(rankings, relevant, k):
    return _mean_share(rankings, relevant, lambda r, w: len(w & set(r[k - 1 : k])) / len(w))


@recall_at_k.misconception(
    "The shares are added up and never divided by the number of questions, so a longer test set "
    "would look better. Return their mean."
)
def _sum_of_shares(rankings, relevant, k):
    return recall_at_k.reference(rankings, relevant, k) * len(relevant)


@recall_at_k.misconception(
    "Where more passages are wanted than fit into k, this divides by k. Recall divides by all that "
    "are wanted, so with a small k it can't reach 1."
)
def _of_what_is_possible(rankings, relevant, k):
    return _mean_share(rankings, relevant, lambda r, w: len(w & set(r[:k])) / min(k, len(w)))
