"""Was it in the training text?"""

from __future__ import annotations

from pathkit.checks.exercise import exercise

_STORY = "one hot day mei had a red hat and mei had a red kite"


def _words(rng, n: int) -> str:
    return " ".join(rng.choice(["red", "old", "hat", "kite", "had", "lost"], size=n))


@exercise(
    title="Was it in the training text?",
    level="medium",
    minutes=8,
    prompt="""
        Take every run of `n` words in a row of `item`: each begins one word after the one before.
        Return the share that stands in `training` as well, the same words in the same order, with
        none between them.
        """,
    probes=lambda rng: [
        ("mei had a red drum", _STORY, 3),
        ("a red hat and a red kite", _STORY, 2),
        ("had a red hat on a hot day", _STORY, 4),
        ("mei had a red mei had a red mei had an owl", _STORY, 3),
        ("day had one", _STORY, 1),
        ("too short", _STORY, 3),
        ("had a red", _STORY, 3),
        ("a red kite", _STORY, 3),
        ("red ha", "mei had a red hat", 2),
        ("ed hat", "mei had a red hat", 2),
        (_words(rng, 12), _words(rng, 30), 2),
        (_words(rng, 9), _words(rng, 40), 3),
        (_STORY, "", 2),
    ],
    hints=[
        "How many runs of three words does a text of five words have? Write them down.",
        """
        1. `words = item.split()`; a run is `tuple(words[i : i + n])`, for `len(words) - n + 1`
           places.
        2. Put the runs of `training` into a set.
        3. Count how many runs of the item are in it; without any run, return 0.
        """,
        "`[tuple(words[i : i + n]) for i in range(len(words) - n + ___)]`",
    ],
    errors=[
        ("ZeroDivisionError", "an item shorter than `n` words has no run: return 0."),
        ("TypeError: unhashable type: 'list'", "a set can't hold lists: make each run a tuple."),
    ],
    equivalents=[  # shorter runs at the end of the training text equal no run of n words
        "known = {tuple(seen[i:i + n]) for i in range(len(seen) + n + 1)}",
        "known = {tuple(seen[i:i + n]) for i in range(len(seen) + 1)}",
        "known = {tuple(seen[i:i + n]) for i in range(len(seen) - n + 2)}",
        "known = {tuple(seen[i:i + n]) for i in range(len(training) - n + 1)}",
        "known = {tuple(seen[i:i + n]) for i in range(len(seen) - n + 1 + 1)}",
        "return sum((run in known for run in runs)) / max(1, len(runs))",
    ],
    passed="It finds what was copied word for word, and nothing that was said in other words.",
)
def leaked(item: str, training: str, n: int) -> float:
    """The share of an item's runs of n words that stand in the training text as well.

    item, training: texts; training may be empty. Words are what `split()` gives. n: 1 or more.
    A run that occurs several times in item counts each time. Returns 0 to 1; 0 where item has fewer
    than n words.
    """
    words, seen = item.split(), training.split()
    known = {tuple(seen[i : i + n]) for i in range(len(seen) - n + 1)}
    runs = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
    return sum(run in known for run in runs) / max(len(runs), 1)


def _grams(text, n, missing=0):
    words = text.split()
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1 - missing)]


def _share_of(part, whole):
    return len(part) / len(whole) if whole else 0.0


@leaked.misconception(
    "Runs that occur several times were counted once: a set holds no repeats. Keep the item's runs "
    "in a list; only those of the training text need a set."
)
def _distinct(item, training, n):
    mine = set(_grams(item, n))
    return _share_of(mine & set(_grams(training, n)), mine)


@leaked.misconception(
    "The last run is missing. A text of five words has three runs of three words, so the range "
    "ends at `len(words) - n + 1`."
)
def _last_run_missing(item, training, n):
    known, mine = set(_grams(training, n, 1)), _grams(item, n, 1)
    return _share_of([run for run in mine if run in known], mine)


@leaked.spelling(_last_run_missing)
def _last_of_the_item_missing(item, training, n):
    known, mine = set(_grams(training, n)), _grams(item, n, 1)
    return _share_of([run for run in mine if run in known], mine)


@leaked.misconception(
    "Here a run is found inside words: `red ha` in `red hat`. Looking for a text in a text knows "
    "nothing of words; compare runs of whole words."
)
def _inside_words(item, training, n):
    mine = [" ".join(run) for run in _grams(item, n)]
    return _share_of([run for run in mine if run in training], mine)


@leaked.misconception(
    "Single words were looked up. Any text shares most words with any other, so they prove "
    "nothing: compare runs of n words."
)
def _single_words(item, training, n):
    mine, known = item.split(), set(training.split())
    return _share_of([word for word in mine if word in known], mine)


@leaked.misconception(
    "Runs of n characters were compared, and half a word was enough. Split both texts first: n "
    "counts words."
)
def _of_characters(item, training, n):
    mine = [item[i : i + n] for i in range(len(item) - n + 1)]
    return _share_of([run for run in mine if run in training], mine)
