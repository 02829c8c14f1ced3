"""Lay out four tasks as rows of tokens."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


def _texts(rng, *lengths):
    return [rng.integers(9, size=n).tolist() for n in lengths]


@exercise(
    title="Four tasks, one kind of row",
    level="medium",
    minutes=10,
    prompt="""
        Write each task as GPT-1 does: rows of tokens that begin with `start`, end with `extract`,
        and have `delimiter` between two texts. "similar" gives both orders of its two texts;
        "choose" gives one row for each answer.
        """,
    probes=lambda rng: [
        ("classify", [[5, 6, 7]], 20, 21, 22),
        ("entail", [[5, 6, 7], [8, 3]], 20, 21, 22),
        ("similar", [[5, 6, 7], [8, 3]], 20, 21, 22),
        ("choose", [[5, 6], [1], [2, 3, 4], [7, 7]], 20, 21, 22),
        ("classify", _texts(rng, 6), 9, 12, 10),
        ("entail", _texts(rng, 2, 5), 9, 12, 10),
        ("similar", _texts(rng, 4, 3), 9, 12, 10),
        ("choose", _texts(rng, 4, 2, 3), 9, 12, 10),
        ("choose", _texts(rng, 3, 2), 9, 12, 10),
        # GPT's own symbols may serve: a newline to begin with and a space to end with.
        ("entail", [[2, 1, 2], [1, 2]], 0, 3, 1),
    ],
    hints=[
        "A causal model reads from left to right. After which token has it read everything?",
        """
        1. "classify": start, the text, extract.
        2. "entail": start, first text, delimiter, second text, extract.
        3. "similar": two rows like that, a before b and b before a.
        4. "choose": the first text with each of the others, one row each.
        """,
        "`pairs = {\"entail\": [(a, b)], \"similar\": [(a, b), ___]}`, then one row for each pair.",
    ],
    errors=[
        (
            "TypeError: can only concatenate list (not \"int\") to list",
            "`start` is one number: put it into a list, `[start] + text`.",
        ),
        (
            "ValueError: not enough values to unpack (expected 2, got 1)",
            "\"classify\" brings one text only: unpack two where two are there.",
        ),
    ],
    # "similar" has two texts: the other one is the first and the last of the others.
    equivalents=["pairs.append((others[-1], first))"],
    passed="Four tasks became rows of tokens, so one model can read them all without a new layer.",
)
def layouts(task: str, texts: list[list[int]], start: int, delimiter: int, extract: int):
    """The rows of tokens that GPT-1 reads for a task (Radford et al. 2018, section 3.3).

    task: "classify" (one text), "entail" (premise, hypothesis), "similar" (two texts) or "choose"
    (a context, then the answers to choose from). texts: lists of token numbers.
    Returns a list of rows, each a list of token numbers: one row for "classify" and "entail", two
    for "similar" (first text first, then second text first), one for each answer of "choose".
    """
    first, *others = texts
    if task == "classify":
        return [[start, *first, extract]]
    pairs = [(first, other) for other in others]
    if task == "similar":
        pairs.append((others[0], first))
    return [[start, *a, delimiter, *b, extract] for a, b in pairs]
