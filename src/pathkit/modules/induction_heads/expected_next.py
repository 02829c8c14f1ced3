"""What followed last time."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="What followed last time",
    level="easy",
    minutes=6,
    prompt="""
        Write the rule as plain code. For each place find the latest earlier place with the same
        token, and give the token that followed it. Where there is none, give `None`.
        """,
    probes=lambda rng: [
        ([1, 2, 3, 1, 2],),
        ([2, 1, 2, 3, 2, 5, 2],),
        ([4, 4, 4],),
        ([1, 2, 1, 3, 1, 3, 1, 5, 1],),
        ([0, 6, 0, 6, 6, 0],),
        (rng.integers(6, size=14).tolist(),),
        (rng.integers(3, size=9).tolist(),),
        ([7],),
    ],
    hints=[
        "In 1 2 3 1 2, the last token is a 2. Where was the earlier 2, and what came after it?",
        """
        1. For place t, collect the places `s` in `range(t)` with `tokens[s] == tokens[t]`.
        2. If there are any, take the last of them, and look one place further.
        3. If there are none, append `None`.
        """,
        "`expected.append(tokens[earlier[-1] + ___] if earlier else None)`",
    ],
    errors=[
        (
            "ValueError: 1 is not in list",
            "`list.index` raises where nothing is found; and it finds the first, not the latest.",
        ),
        (
            "IndexError: list index out of range",
            "you look behind the last token: the earlier copy must lie before place t.",
        ),
    ],
    passed="No counting, no statistics: the rule reads the text that it is in.",
)
def expected_next(tokens: list[int]) -> list[int | None]:
    """The token that followed the latest earlier copy of each token.

    tokens: numbers, one or more.
    Returns a list of the same length: a token, or None where the token wasn't there before.
    """
    expected = []
    for t, token in enumerate(tokens):
        earlier = [s for s in range(t) if tokens[s] == token]
        expected.append(tokens[earlier[-1] + 1] if earlier else None)
    return expected


@expected_next.misconception(
    "The rule took the earliest copy. A token may come many times; what followed it last time is "
    "nearest to now, so take the last of the earlier places."
)
def _earliest(tokens):
    expected = []
    for t, token in enumerate(tokens):
        s = tokens.index(token)
        expected.append(tokens[s + 1] if s < t else None)
    return expected


@expected_next.misconception(
    "The token itself came back: you found the earlier copy and stopped there. What you want "
    "stands one place after the copy."
)
def _the_copy_itself(tokens):
    return [token if token in tokens[:t] else None for t, token in enumerate(tokens)]


@expected_next.misconception(
    "This is what came before the earlier copy. The text is read forwards: go one place on from "
    "the copy, not one back."
)
def _came_before(tokens):
    expected = []
    for t, token in enumerate(tokens):
        earlier = [s for s in range(t) if tokens[s] == token]
        expected.append(tokens[earlier[-1] - 1] if earlier and earlier[-1] else None)
    return expected


@expected_next.spelling(_came_before)
def _came_before_around(tokens):
    expected = []
    for t, token in enumerate(tokens):
        earlier = [s for s in range(t) if tokens[s] == token]
        expected.append(tokens[earlier[-1] - 1] if earlier else None)
    return expected


@expected_next.misconception(
    "The place matched itself, so this is the token that really comes next. A rule that reads the "
    "future predicts nothing: look among the places before t only."
)
def _reads_the_future(tokens):
    return [*tokens[1:], None]


@expected_next.misconception(
    "The commonest follower was taken, as a bigram does that counts. This rule doesn't count: only "
    "what followed the latest copy matters."
)
def _commonest(tokens):
    expected = []
    for t, token in enumerate(tokens):
        after = [tokens[s + 1] for s in range(t) if tokens[s] == token]
        expected.append(max(after, key=after.count) if after else None)
    return expected


@expected_next.misconception(
    "The list holds places, not tokens. You found where to look; now read what stands there: "
    "`tokens[s + 1]`."
)
def _places(tokens):
    expected = []
    for t, token in enumerate(tokens):
        earlier = [s for s in range(t) if tokens[s] == token]
        expected.append(earlier[-1] + 1 if earlier else None)
    return expected


@expected_next.misconception(
    "A copy directly before was never found. Where a token stands twice in a row, the earlier one "
    "is at place t - 1, and `range(t - 1)` ends before it: look in `range(t)`."
)
def _never_the_neighbour(tokens):
    expected = []
    for t, token in enumerate(tokens):
        earlier = [s for s in range(t - 1) if tokens[s] == token]
        expected.append(tokens[earlier[-1] + 1] if earlier else None)
    return expected


@expected_next.misconception(
    "Where token 0 should follow, `None` stands. 0 counts as false in Python, so `or None` and "
    "`if token` throw a true token away: ask `is None`, or whether a key is there."
)
def _zero_is_false(tokens):
    return [token or None for token in expected_next.reference(tokens)]


@expected_next.misconception(
    "A copy at place 0 was overlooked. 0 counts as false in Python, so `if s` says no to a place "
    "that was found: ask `is not None`."
)
def _place_zero_is_false(tokens):
    latest, expected = {}, []
    for t, token in enumerate(tokens):
        expected.append(tokens[latest[token] + 1] if latest.get(token) else None)
        latest[token] = t
    return expected


@expected_next.misconception(
    "Each answer stands one place too late. Place t already holds its token, so what you expect "
    "after it belongs to place t of the list."
)
def _one_place_late(tokens):
    return [None, *expected_next.reference(tokens)[:-1]]


@expected_next.misconception(
    "Places without an earlier copy are missing, so the list is too short. It needs one entry for "
    "each token: append `None` there."
)
def _left_out(tokens):
    return [token for token in expected_next.reference(tokens) if token is not None]


@expected_next.misconception(
    "Where a token is new, a number stands instead of `None`. 0 and -1 could be read as tokens; "
    "`None` says that the rule expects nothing."
)
def _zero_for_none(tokens):
    return [0 if token is None else token for token in expected_next.reference(tokens)]


@expected_next.spelling(_zero_for_none)
def _minus_one_for_none(tokens):
    return [-1 if token is None else token for token in expected_next.reference(tokens)]
