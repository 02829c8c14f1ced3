"""Wrong answers to the layouts of four tasks."""

from __future__ import annotations

from .layouts import layouts


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


@layouts.misconception(
    "`delimiter` stands behind each text, so that one is left before `extract`. It keeps two texts "
    "apart and belongs between them alone; the last text is followed by `extract`."
)
def _delimiter_behind_each(task, texts, start, delimiter, extract):
    def row(a, b):
        return [start, *a, delimiter, *([] if b is None else [*b, delimiter]), extract]

    return _with(task, texts, row)


@layouts.misconception(
    "The second row of \"similar\" runs backwards token by token. Only the texts change places; "
    "inside each of them the tokens keep their order, or it is nonsense."
)
def _tokens_backwards(task, texts, start, delimiter, extract):
    rows = layouts.reference(task, texts, start, delimiter, extract)
    if task == "similar":
        rows[1] = [start, *rows[0][1:-1][::-1], extract]
    return rows


@layouts.misconception(
    "The second row of \"similar\" is right; it stands before the first. The docstring says which "
    "comes first: the row that begins with the first text."
)
def _second_order_first(task, texts, start, delimiter, extract):
    rows = layouts.reference(task, texts, start, delimiter, extract)
    return rows[::-1] if task == "similar" else rows


@layouts.misconception(
    "Where there is one row, the bare row came back. Every task gives a list of rows, so that the "
    "code after it need not ask which task it was: put the row into a list."
)
def _bare_row(task, texts, start, delimiter, extract):
    rows = layouts.reference(task, texts, start, delimiter, extract)
    return rows[0] if task in ("classify", "entail") else rows


@layouts.spelling(_bare_row)
def _bare_row_of_one_text(task, texts, start, delimiter, extract):
    rows = layouts.reference(task, texts, start, delimiter, extract)
    return rows[0] if task == "classify" else rows


@layouts.misconception(
    "\"choose\" has a row for the context as well. The context is no answer: it stands in front of "
    "each answer, and there are as many rows as answers."
)
def _context_is_an_answer(task, texts, start, delimiter, extract):
    rows = layouts.reference(task, texts, start, delimiter, extract)
    if task != "choose":
        return rows
    return [[start, *texts[0], delimiter, *text, extract] for text in texts]
