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


def _with(task, texts, row, both=True):
    """Rows by `row(a, b)`; b is None for a single text."""
    if task == "classify":
        return [row(texts[0], None)]
    pairs = [(texts[0], other) for other in texts[1:]]
    if task == "similar" and both:
        pairs.append((texts[1], texts[0]))
    return [row(a, b) for a, b in pairs]


@layouts.misconception(
    "For \"similar\" there is one row only. Similarity has no order, but in a causal model the "
    "second text sees the first and not the reverse, so that GPT-1 reads both orders and adds the "
    "two."
)
def _one_order(task, texts, start, delimiter, extract):
    def row(a, b):
        return [start, *a, extract] if b is None else [start, *a, delimiter, *b, extract]

    return _with(task, texts, row, both=False)


@layouts.misconception(
    "All answers of \"choose\" stand in one row. Then the model gives one score for the lot. Each "
    "answer needs a row of its own with the context, so that their scores can be compared."
)
def _answers_in_one_row(task, texts, start, delimiter, extract):
    rows = layouts.reference(task, texts, start, delimiter, extract)
    if task != "choose":
        return rows
    inside = [texts[0]]
    for other in texts[1:]:
        inside += [[delimiter], other]
    return [[start, *sum(inside, []), extract]]


@layouts.misconception(
    "The rows don't end with `extract`. The head reads the vector at that token, the only place "
    "that has seen the whole row and has been trained to answer."
)
def _no_extract(task, texts, start, delimiter, extract):
    return [row[:-1] for row in layouts.reference(task, texts, start, delimiter, extract)]


@layouts.misconception(
    "The rows don't begin with `start`. Fine-tuned or not, the model should see the same first "
    "token in each row, so put `start` in front."
)
def _no_start(task, texts, start, delimiter, extract):
    return [row[1:] for row in layouts.reference(task, texts, start, delimiter, extract)]


@layouts.misconception(
    "`extract` stands in front and `start` at the end. A causal model has read nothing at the "
    "first place: the token that the head reads must come last."
)
def _extract_first(task, texts, start, delimiter, extract):
    return layouts.reference(task, texts, extract, delimiter, start)


@layouts.misconception(
    "The two texts follow each other without `delimiter`. The model can't see where the first one "
    "ends, so that different pairs give the same row."
)
def _no_delimiter(task, texts, start, delimiter, extract):
    def row(a, b):
        return [start, *a, *(b or []), extract]

    return _with(task, texts, row)


@layouts.misconception(
    "A single text has nothing to be kept apart from: \"classify\" is `start`, the text, "
    "`extract`, without a delimiter."
)
def _delimiter_for_one(task, texts, start, delimiter, extract):
    def row(a, b):
        return [start, *a, delimiter, *(b or []), extract]

    return _with(task, texts, row)


@layouts.misconception(
    "Each text of a pair got a row of its own. The model should read both together, since "
    "entailment lies between them: one row, with the delimiter in the middle."
)
def _rows_apart(task, texts, start, delimiter, extract):
    return [[start, *text, extract] for text in texts]


@layouts.misconception(
    "The second text begins with `start` again. Between two texts stands `delimiter`, so that the "
    "beginning of a row is known for what it is."
)
def _start_again(task, texts, start, delimiter, extract):
    return layouts.reference(task, texts, start, start, extract)


@layouts.misconception(
    "Only \"similar\" has two orders. In \"entail\" and \"choose\" the order means something: what "
    "is given comes first, and what is claimed comes second."
)
def _both_orders_always(task, texts, start, delimiter, extract):
    rows = layouts.reference(task, texts, start, delimiter, extract)
    if task in ("classify", "similar"):
        return rows
    return rows + [[start, *b, delimiter, *texts[0], extract] for b in texts[1:]]


@layouts.misconception(
    "In \"choose\" the answer comes before its context. A causal model would read the answer "
    "without knowing what it answers: the context comes first in each row."
)
def _context_last(task, texts, start, delimiter, extract):
    if task != "choose":
        return layouts.reference(task, texts, start, delimiter, extract)
    return [[start, *b, delimiter, *texts[0], extract] for b in texts[1:]]
