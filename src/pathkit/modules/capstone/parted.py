"""Put something aside before you look."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


def _passages(rng, n: int) -> list[str]:
    return [f"{rng.choice(['the cat', 'an owl', 'a fox'])} {rng.integers(3)}." for _ in range(n)]


@exercise(
    title="Put something aside before you look",
    level="medium",
    minutes=7,
    prompt="""
        Every fifth passage is kept for the test, the first of them at place 4; with another `every`
        accordingly. A refrain may stand on both sides. Leave out of the test what stands word for
        word in the training part.
        """,
    probes=lambda rng: [
        (list("abcdefghij"), 5),
        (["a", "b", "chorus", "d", "e", "chorus", "f"], 3),
        (list("abcabcabc"), 3),
        (["x", "y", "z", "x", "w", "w"], 2),
        (_passages(rng, 23), 4),
        (["a", "b", "t", "c", "d", "t"], 3),
        ([], 5),
        (["a", "b"], 5),
    ],
    hints=[
        "Which places have the remainder 4 when they are divided by 5?",
        """
        1. Training: all passages but every `every`-th.
        2. Test: every `every`-th, without those that occur in training; a set looks fast.
        """,
        "`held_out = [p for p in passages[every - 1 :: ___] if p not in known]`",
    ],
    errors=[
        ("TypeError: unhashable type: 'list'", "make a set of the passages, which are strings."),
        ("ValueError: list.remove(x): x not in list", "build new lists in place of removing."),
    ],
    equivalents=[  # all other places are in training; and a list finds what a set finds
        "return (training, [p for p in passages[every - 1:] if p not in known])",
        "return (training, [p for p in passages[every - 1::every] if p not in training])",
        "known = training",
    ],
    passed="What is tested was neither read nor seen when you chose anything.",
)
def parted(passages: list[str], every: int) -> tuple[list[str], list[str]]:
    """Passages to train on, and passages to test with, both in their order.

    passages: strings; every: 2 or more. The test gets places every - 1, 2 * every - 1 and so on,
    counted from 0, without passages that stand in the training part as well. One that occurs twice
    in the test alone stays there twice. The list itself stays as it is.
    Returns (training, test).
    """
    training = [p for i, p in enumerate(passages) if i % every != every - 1]
    known = set(training)
    return training, [p for p in passages[every - 1 :: every] if p not in known]


def _both(passages, every, at=None):
    at = every - 1 if at is None else at
    ours = [i % every == at for i in range(len(passages))]
    return ([p for p, test in zip(passages, ours, strict=True) if not test],
            [p for p, test in zip(passages, ours, strict=True) if test])


@parted.misconception(
    "A passage stands in both parts. The model has read it, so its loss there says how well it "
    "remembers: leave out of the test what training holds."
)
def _leaks(passages, every):
    return _both(passages, every)


@parted.misconception(
    "The repeated passages were taken out of training and are still in the test. That is honest "
    "too, but here the test gives way, so that training loses nothing."
)
def _training_gives_way(passages, every):
    training, test = _both(passages, every)
    return [p for p in training if p not in test], test


@parted.misconception(
    "The places are off: place 0 opens the training part. Counted from 0, the test begins at "
    "place every - 1."
)
def _begins_at_0(passages, every):
    training, test = _both(passages, every, 0)
    return training, [p for p in test if p not in training]


@parted.spelling(_begins_at_0)
def _begins_at_every(passages, every):
    training = [p for i, p in enumerate(passages) if not i or i % every]
    return training, [p for p in passages[every::every] if p not in training]


@parted.misconception(
    "The test is the last part of the text in one piece. Books change towards their end, so here "
    "passages from everywhere are put aside, one in `every`."
)
def _last_part(passages, every):
    cut = len(passages) - len(passages) // every
    return passages[:cut], [p for p in passages[cut:] if p not in passages[:cut]]


@parted.misconception(
    "Training still holds all passages, those of the test included. Then every one of them is "
    "known, and nothing is left to test with."
)
def _trains_on_all(passages, every):
    return list(passages), _both(passages, every)[1]


@parted.misconception(
    "The two parts are exchanged: the answer is (training, test), and the larger one is for "
    "training."
)
def _parts_exchanged(passages, every):
    return parted.reference(passages, every)[::-1]


@parted.misconception(
    "A passage that occurs twice in the test was dropped or kept once. It isn't in the training "
    "part, so both stay: only what was trained on is left out."
)
def _test_without_repeats(passages, every):
    training, test = parted.reference(passages, every)
    return training, list(dict.fromkeys(test))
