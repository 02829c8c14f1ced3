"""How many calls a memory of answers saves."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

ASKED = ["a", "b", "a", "c", "a", "b", "d", "a", "c"]


@exercise(
    title="Answers from memory",
    level="medium",
    minutes=10,
    prompt="""
        A memory keeps the answers to the last `room` different questions. A question that is in it
        is a hit. When there is no room for a new one, the question that was asked longest ago goes;
        a hit counts as being asked. Return the number of hits.
        """,
    probes=lambda rng: [
        (ASKED, 2),
        (ASKED, 1),
        (ASKED, 3),
        (ASKED, 9),
        (ASKED, 0),
        ([], 4),
        (["a", "a", "a"], 1),
        (["a", "b", "c", "a", "b", "c"], 2),
        ([f"q{i}" for i in rng.geometric(0.3, size=40)], 3),
    ],
    hints=[
        "With room for two: after a, b, a, c, which question has gone?",
        """
        1. Keep a list of the questions in memory, the one asked longest ago first.
        2. If the question is in the list: count a hit, and take it out of its place.
        3. Append it at the end; if there are more than `room` now, drop the first.
        """,
        "`kept.append(question)`, then `if len(kept) > room: kept.pop(___)`",
    ],
    errors=[
        ("KeyError: 'dictionary is empty'",
         "with room for nothing there is nothing to drop: add first, drop after."),
    ],
    passed="A hit costs nothing and takes no time. How often it comes is up to what people ask.",
)
def cache_hits(questions: list[str], room: int) -> int:
    """The hits of a memory for the answers to `room` questions.

    questions: in the order in which they are asked; room: 0 or more, and with 0 nothing is kept.
    """
    kept: dict[str, None] = {}  # in the order in which they were asked
    hits = 0
    for question in questions:
        if question in kept:
            hits += 1
            del kept[question]
        kept[question] = None
        if len(kept) > room:
            del kept[next(iter(kept))]
    return hits


def _simulate(questions, room, renew=True, drop=0):
    """Hits and the sizes of a memory whose rule can be changed."""
    kept, hits = [], 0
    for question in questions:
        if question in kept:
            hits += 1
            if renew:
                kept.remove(question)
                kept.append(question)
            continue
        if room > 0 and len(kept) >= room:
            kept.pop(drop)
        if room > 0:
            kept.append(question)
    return hits


@cache_hits.misconception(
    "A hit doesn't renew the question here, so the one that came in first goes, however often it "
    "is asked. A hit counts as being asked: move it to the end."
)
def _first_in_first_out(questions, room):
    return _simulate(questions, room, renew=False)


@cache_hits.misconception(
    "The newest question is thrown out instead of the oldest. What was asked longest ago is least "
    "likely to come back: drop at the other end."
)
def _newest_goes(questions, room):
    return _simulate(questions, room, drop=-1)


@cache_hits.misconception(
    "Nothing is ever thrown out, so every repeat is a hit. The memory holds `room` questions and "
    "no more: when it is full, the one asked longest ago goes."
)
def _no_limit(questions, room):
    return len(questions) - len(set(questions))


@cache_hits.misconception(
    "These are the calls that were not saved. A hit is a question whose answer is already in the "
    "memory: count those."
)
def _misses(questions, room):
    return len(questions) - _simulate(questions, room)


@cache_hits.misconception(
    "When the memory is full, it is emptied as a whole. Only the one question that was asked "
    "longest ago has to make room."
)
def _emptied(questions, room):
    kept, hits = [], 0
    for question in questions:
        if question in kept:
            hits += 1
            kept.remove(question)
        elif len(kept) >= room:
            kept = []
        kept.append(question)
        kept = kept[:room]
    return hits


@cache_hits.misconception(
    "The memory holds one question more or fewer than there is room for. Compare after adding: "
    "with more than `room` in it, the oldest goes."
)
def _one_more(questions, room):
    return _simulate(questions, room + 1)


@cache_hits.spelling(_one_more)
def _one_fewer(questions, room):
    return _simulate(questions, max(room - 1, 0))


@cache_hits.misconception(
    "Once the memory is full, new questions are not taken in at all. Then it keeps what was asked "
    "first forever: let the oldest go, and take the new one in."
)
def _full_is_full(questions, room):
    kept, hits = [], 0
    for question in questions:
        hits += question in kept
        if question not in kept and len(kept) < room:
            kept.append(question)
    return hits


@cache_hits.misconception(
    "This is the share of hits. The question here is how many calls were saved, so return the "
    "number; the share is that number divided by all questions."
)
def _share(questions, room):
    return _simulate(questions, room) / max(len(questions), 1)


@cache_hits.misconception(
    "The last `room` questions are looked through, repeats and all. The memory holds that many "
    "different ones, so a repeat must not take a second place."
)
def _last_ones_asked(questions, room):
    return sum(q in questions[max(0, i - room) : i] for i, q in enumerate(questions))
