"""A token lost at each seam."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="A token lost at each seam",
    level="medium",
    minutes=10,
    prompt="""
        A long text is read in windows, `stride` tokens apart. Every token but the text's first
        should be scored once. Some are never scored: find the bug and mend it.
        """,
    probes=lambda rng: [
        (9, 4, 4),
        (10, 4, 2),
        (7, 3, 3),
        (12, 5, 3),
        (30, 8, 1),
        (23, 6, 9),
        (4, 6, 2),
        (1, 4, 4),
        (int(rng.integers(40, 60)), int(rng.integers(5, 9)), int(rng.integers(2, 5))),
    ],
    given='''
def spans(length: int, context: int, stride: int) -> list[tuple[int, int, int]]:
    """The windows in which a long text is scored.

    length: tokens of the text; context: the most that a window reads, 2 or more; stride: how far
    apart windows begin, 1 or more. A window that would begin with its first new token, or
    after it, begins one token before that token instead.
    Returns (begin, first, end) for each window: it reads begin to end - 1 and scores first to
    end - 1. It ends with the window that reaches the text's end; a text of one token has none.
    """
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, max(done, begin + 1), end))
        done = end
        begin += stride
    return windows
''',
    hints=[
        "Write down what it returns for 9 tokens, a context of 4 and a stride of 4. Who misses?",
        """
        A window can't score the first token it reads, since nothing stands before it. So the next
        window has to read at least one token that is scored already.
        """,
        "`begin = min(begin + stride, ___)`, and `first` is always `done`.",
    ],
    errors=[
        ("TypeError: list.append() takes exactly one", "append one tuple: `((a, b, c))`."),
        ("UnboundLocalError", "set `windows`, `begin` and `done` before the loop."),
    ],
    equivalents=[  # the same minimum, and `done` is `end` by then
        "end = min(length, begin + context)",
        "begin = min(done - 1, begin + stride)",
        "begin = min(begin + stride, end - 1)",
    ],
    passed="Each token but the first is scored once, at any stride.",
)
def spans(length: int, context: int, stride: int) -> list[tuple[int, int, int]]:
    """The windows in which a long text is scored.

    length: tokens of the text; context: the most that a window reads, 2 or more; stride: how far
    apart windows begin, 1 or more. A window that would begin with its first new token, or
    after it, begins one token before that token instead.
    Returns (begin, first, end) for each window: it reads begin to end - 1 and scores first to
    end - 1. It ends with the window that reaches the text's end; a text of one token has none.
    """
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, done, end))
        done = end
        begin = min(begin + stride, done - 1)
    return windows


def _walk(length, context, move, score):
    """Windows where `move(begin, end)` gives the next begin and `score` the first token scored."""
    found, start, known = [], 0, 1
    while known < length and len(found) < 2 * length:
        stop = min(length, start + context)
        found.append((start, score(start, known), stop))
        start, known = move(start, stop), stop
    return found


@spans.misconception(
    "The first token of a window is scored nowhere when windows don't overlap: in its own window "
    "nothing stands before it, and no other has it. Begin such a window one token earlier."
)
def _loses_the_first(length, context, stride):
    return _walk(length, context, lambda b, e: b + stride, lambda b, d: max(d, b + 1))


@spans.spelling(_loses_the_first)
def _begins_at_the_new_one(length, context, stride):
    return _walk(length, context, lambda b, e: min(b + stride, e), lambda b, d: max(d, b + 1))


@spans.spelling(_loses_the_first)
def _stride_up_to_the_context(length, context, stride):
    step = min(stride, context)
    return _walk(length, context, lambda b, e: b + step, lambda b, d: max(d, b + 1))


@spans.misconception(
    "Here a window scores the first token that it reads, with nothing before it. The model would "
    "have to guess it blindly, so let the window begin one token earlier."
)
def _scores_blindly(length, context, stride):
    return _walk(length, context, lambda b, e: min(b + stride, e), lambda b, d: d)


@spans.spelling(_scores_blindly)
def _scores_blindly_further(length, context, stride):
    return _walk(length, context, lambda b, e: b + stride, lambda b, d: d)


@spans.misconception(
    "Where windows overlap, tokens are scored in both. Score what no window before has scored, "
    "from `done` on; the overlap is there to be read."
)
def _scores_twice(length, context, stride):
    return _walk(length, context, lambda b, e: min(b + stride, e - 1), lambda b, d: b + 1)


@spans.misconception(
    "The windows no longer keep the stride: each begins one token before its first new one. That "
    "is needed at a seam only; elsewhere the overlap that was asked for gives context."
)
def _ignores_the_stride(length, context, stride):
    return _walk(length, context, lambda b, e: e - 1, lambda b, d: d)


@spans.misconception(
    "Every window begins one token too early: the stride became one shorter throughout. Only where "
    "nothing would stand before the first new token does a window begin earlier."
)
def _shorter_stride(length, context, stride):
    return _walk(length, context, lambda b, e: min(b + max(stride - 1, 1), e - 1), lambda b, d: d)


@spans.misconception(
    "The end of the text is missing: the last window would be shorter than the context and was "
    "left out. Its tokens belong to the text as well; cut the window at `length`."
)
def _drops_the_rest(length, context, stride):
    whole = _walk(length, context, lambda b, e: min(b + stride, e - 1), lambda b, d: d)
    return [(b, f, e) for b, f, e in whole if e - b == context]


@spans.misconception(
    "Token 0 is scored in the first window. Nothing stands before the text's first token, so "
    "scoring begins with token 1."
)
def _scores_token_0(length, context, stride):
    whole = _walk(length, context, lambda b, e: min(b + stride, e - 1), lambda b, d: d)
    return [(b, f if i else 0, e) for i, (b, f, e) in enumerate(whole)]


def _right(length, context, stride):
    return _walk(length, context, lambda b, e: min(b + stride, e - 1), lambda b, d: d)


@spans.misconception(
    "The third number is the last token that a window reads. The end is to be one more, as in a "
    "slice: a window reads begin to end - 1."
)
def _last_for_end(length, context, stride):
    return [(b, f, e - 1) for b, f, e in _right(length, context, stride)]


@spans.misconception(
    "Windows go on after the text's end was reached, and score nothing new. Stop with the window "
    "that reaches the end."
)
def _goes_on(length, context, stride):
    windows, known = [], 1
    for start in range(0, length, min(stride, context - 1)):
        stop = min(length, start + context)
        windows.append((start, known, stop))
        known = stop
    return windows
