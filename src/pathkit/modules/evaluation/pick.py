"""Which option?"""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="Which option?",
    level="easy",
    minutes=6,
    prompt="""
        A model paid `nats[i]` for the whole of `options[i]`, after the question. Return two
        indices: of the cheapest option, and of the cheapest per byte. The first wins a tie.
        """,
    probes=lambda rng: [
        ([6.0, 7.0], ["red", "by the sea"]),
        ([9.0, 4.0, 5.0], ["on the hill", "soup", "a kite"]),
        ([3.0, 3.3, 8.0], ["ab", "éé", "a longer one"]),
        ([4.5, 4.8, 2.0, 9.0], ["mango", "你好你", "no", "nothing at all"]),
        ([2.0, 2.0, 4.0], ["no", "so", "none"]),
        ([5.0, 5.5, 9.0], ["at the sea", "tea", "soup"]),
        ([3.9, 11.2, 9.0], [" zoo", " at the sea", " a"]),
        ([6.9, 3.0], ["on a hill", "zoo\n"]),
        ([7.0, 5.0], ["a b c d", "kite"]),
        ([1.2, 5.0, 6.1], ["a", "b c d e f", "fourteen or so"]),
        (
            rng.uniform(2, 12, size=8).tolist(),
            ["x" * int(n) for n in rng.integers(2, 15, size=8)],
        ),
    ],
    hints=[
        "Which of 6 nats for 3 bytes and 7 nats for 10 bytes is cheaper? Which per byte?",
        """
        1. `bytes_of = [len(option.encode()) for option in options]`
        2. Divide each cost by its bytes.
        3. `numbers.index(min(numbers))` is the place of the smallest, the first of several.
        """,
        "`return nats.index(min(nats)), each.index(___)`, where `each` holds the costs per byte.",
    ],
    errors=[
        ("AttributeError: 'numpy.ndarray' object has no", "an array has `argmin()`, no `index`."),
        ("TypeError: unsupported operand type(s) for /", "divide number by number, in a loop."),
    ],
    passed="Two readings of the same probabilities. Say which one, whenever you report a score.",
)
def pick(nats: list[float], options: list[str]) -> tuple[int, int]:
    """The option that a model prefers, by its whole cost and by its cost per byte of UTF-8.

    nats: what each option costs, minus the log of its probability; options: their texts, not empty.
    Spaces and line ends are bytes, too.
    Returns (index by the whole, index per byte).
    """
    each = [cost / len(option.encode()) for cost, option in zip(nats, options)]
    return nats.index(min(nats)), each.index(min(each))


def _smallest(costs):
    return costs.index(min(costs))


def _shared(nats, lengths):
    return _smallest([cost / length for cost, length in zip(nats, lengths)])


@pick.misconception(
    "These are the most expensive options. The numbers are minus the log of a probability, so the "
    "likeliest option is the cheapest: take the minimum."
)
def _dearest(nats, options):
    each = [cost / len(option.encode()) for cost, option in zip(nats, options)]
    return nats.index(max(nats)), each.index(max(each))


@pick.misconception(
    "You divided by the number of characters. é has two bytes and 你 three, so another script is "
    "charged otherwise: `len(option.encode())` counts bytes."
)
def _by_character(nats, options):
    return _smallest(nats), _shared(nats, [len(option) for option in options])


@pick.misconception(
    "You divided by the number of words. How long a word is differs between languages and options; "
    "bytes are asked for, `len(option.encode())`."
)
def _by_word(nats, options):
    return _smallest(nats), _shared(nats, [len(option.split()) for option in options])


@pick.misconception(
    "Both places are those of the cheapest whole. The second one is asked per byte: share each "
    "cost among the option's bytes before you look for the smallest."
)
def _whole_twice(nats, options):
    return _smallest(nats), _smallest(nats)


@pick.misconception(
    "The two are exchanged: first comes the option by its whole cost, then the one per byte."
)
def _exchanged(nats, options):
    return _shared(nats, [len(option.encode()) for option in options]), _smallest(nats)


@pick.misconception(
    "The cost was multiplied by the length, which charges long options twice. To be fair to them, "
    "share the cost among the bytes: divide."
)
def _multiplied(nats, options):
    return _smallest(nats), _smallest([c * len(o.encode()) for c, o in zip(nats, options)])


@pick.misconception(
    "Where costs tie, the last option was taken. The first should win, so look for the smallest "
    "with a strict comparison, or with `index`."
)
def _last_of_a_tie(nats, options):
    each = [cost / len(option.encode()) for cost, option in zip(nats, options)]
    last = len(nats) - 1
    return last - _smallest(nats[::-1]), last - _smallest(each[::-1])


@pick.misconception(
    "These are the costs of the options chosen. The model's answer is which option it takes: "
    "return their places in the list."
)
def _costs_themselves(nats, options):
    return min(nats), min(cost / len(option.encode()) for cost, option in zip(nats, options))


@pick.misconception(
    "Spaces or line ends were taken off before the bytes were counted. The model paid for them as "
    "well, so they count: share the cost among all bytes of the option as it stands."
)
def _without_the_ends(nats, options):
    return _smallest(nats), _shared(nats, [len(option.strip().encode()) for option in options])


@pick.spelling(_without_the_ends)
def _without_spaces(nats, options):
    bare = ["".join(option.split()).encode() for option in options]
    return _smallest(nats), _shared(nats, [len(option) for option in bare])


@pick.spelling(_without_the_ends)
def _letters_alone(nats, options):
    return _smallest(nats), _shared(nats, [sum(map(str.isalpha, text)) for text in options])
