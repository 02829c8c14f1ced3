"""How far down the first right passage stands."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

FOUND = [[4, 2, 0, 1, 3], [1, 0, 3, 2], [3, 4, 1, 0, 2], [2, 1]]
WANTED = [{2}, {2, 3}, {3}, {7}]


@exercise(
    title="Mean reciprocal rank",
    level="easy",
    minutes=5,
    prompt="""
        A question's score is 1 divided by the place of its first wanted passage, counted from 1, or
        0 if none is in the ranking. Return the mean score over all questions.
        """,
    probes=lambda rng: [
        (FOUND, WANTED),
        ([[0, 1, 2]], [{0}]),
        ([[0, 1, 2]], [{2}]),
        ([[0, 1], [1, 0]], [{5}, {6}]),
        ([rng.permutation(9).tolist() for _ in range(6)],
         [set(rng.permutation(9)[:n].tolist()) for n in (1, 2, 1, 3, 1, 2)]),
    ],
    hints=[
        "First wanted passages at places 1 and 4: which two scores, and which mean?",
        "Go through each ranking with `enumerate(ranking, 1)`; at the first passage that is wanted "
        "add 1 / place and `break`. Divide by the number of questions at the end.",
        "`if passage in wanted: total += 1 / ___; break`",
    ],
    errors=[
        ("ZeroDivisionError: division by zero", "count places from 1: `enumerate(ranking, 1)`."),
    ],
    # Both lists have one entry for each question.
    equivalents=[
        "for ranked, wanted in zip(rankings, relevant):",
        "for ranked, wanted in zip(rankings, relevant, strict=False):",
        "return total / len(relevant)",
    ],
    passed="From place 1 to place 2 costs a half, from 9 to 10 hardly anything: readers agree.",
)
def mean_reciprocal_rank(rankings: list[list[int]], relevant: list[set[int]]) -> float:
    """The mean of 1 / (place of the first wanted passage), 0 where none was found.

    rankings: one list of passage numbers for each question, the best first; relevant: for each
    question the set of the wanted ones, at least one.
    """
    total = 0.0
    for ranked, wanted in zip(rankings, relevant, strict=True):
        for place, passage in enumerate(ranked, 1):
            if passage in wanted:
                total += 1 / place
                break
    return total / len(rankings)


def _places(rankings, relevant):
    """The places of all wanted passages, from 1, for each question."""
    return [
        [place for place, one in enumerate(ranked, 1) if one in wanted]
        for ranked, wanted in zip(rankings, relevant, strict=True)
    ]


@mean_reciprocal_rank.misconception(
    "Questions whose passage wasn't found are left out of the mean. Then a search that finds "
    "little looks better for it: they count, with 0."
)
def _without_the_lost(rankings, relevant):
    found = [1 / places[0] for places in _places(rankings, relevant) if places]
    return sum(found) / len(found) if found else 0.0


@mean_reciprocal_rank.misconception(
    "This is the mean place, or 1 divided by it. One passage at place 60 would then outweigh all "
    "others: take 1 / place for each question first, and then the mean."
)
def _of_the_mean(rankings, relevant):
    firsts = [places[0] for places in _places(rankings, relevant) if places]
    return len(firsts) / sum(firsts) if firsts else 0.0


@mean_reciprocal_rank.spelling(_of_the_mean)
def _mean_place(rankings, relevant):
    firsts = [places[0] for places in _places(rankings, relevant) if places]
    return sum(firsts) / len(rankings)


@mean_reciprocal_rank.misconception(
    "Every wanted passage adds its 1 / place. The score of a question looks at the first one only, "
    "because there the reader stops: leave the loop with `break`."
)
def _every_wanted(rankings, relevant):
    return sum(sum(1 / p for p in places) for places in _places(rankings, relevant)) / len(rankings)


@mean_reciprocal_rank.misconception(
    "The last wanted passage is scored. The first one is what a reader meets: stop the loop there, "
    "or a question that wants more is punished for it."
)
def _last_wanted(rankings, relevant):
    return sum(1 / p[-1] for p in _places(rankings, relevant) if p) / len(rankings)


@mean_reciprocal_rank.misconception(
    "Places are counted from 0 and one is added somewhere too much, so that the best place scores "
    "1/2. The first place is 1, and scores 1."
)
def _one_too_far(rankings, relevant):
    return sum(1 / (p[0] + 1) for p in _places(rankings, relevant) if p) / len(rankings)


@mean_reciprocal_rank.misconception(
    "Only the first place counts here, so this is the share of questions whose best passage is "
    "right. A right passage at place 2 has earned a half."
)
def _only_first(rankings, relevant):
    return sum(p[0] == 1 for p in _places(rankings, relevant) if p) / len(rankings)


@mean_reciprocal_rank.misconception(
    "Of several wanted passages one is picked, and its place is taken. First means first in the "
    "ranking: go through it from the top until any of the wanted ones comes."
)
def _one_wanted(rankings, relevant):
    return sum(
        1 / (ranked.index(min(wanted)) + 1) if min(wanted) in ranked else 0
        for ranked, wanted in zip(rankings, relevant, strict=True)
    ) / len(rankings)


@mean_reciprocal_rank.spelling(_one_wanted)
def _largest_wanted(rankings, relevant):
    return _one_wanted(rankings, [{max(wanted)} for wanted in relevant])
