"""Which claims fall?"""

from __future__ import annotations

from pathkit.checks.exercise import exercise

_ESSAY = {
    "no explanation": [["takes to everything", "a theory must exclude"], ["only correlates"]],
    "only correlates": [["needs vast data"]],
    "not like us": [["no explanation", "no body"]],
}
_LONG = {"e": [["d"]], "d": [["c", "x"]], "c": [["b"]], "b": [["a"]], "y": [["x"]]}
_TWICE = {"c": [["a"], ["b"]], "d": [["c", "b"]], "e": [["c"], ["d"]]}


def _random_map(rng) -> tuple:
    claims = {}
    for i in range(4, 12):
        count = int(rng.integers(1, 4))
        claims[f"s{i}"] = [
            [f"s{j}" for j in rng.choice(i, size=int(rng.integers(1, 3)), replace=False)]
            for _ in range(count)
        ]
    names = list(claims)
    claims = {names[k]: claims[names[k]] for k in rng.permutation(len(names))}
    return claims, [f"s{int(j)}" for j in rng.choice(4, size=2, replace=False)]


@exercise(
    title="Which claims fall?",
    level="medium",
    minutes=12,
    prompt="""
        A measurement refuted some claims. Return the set of all claims that no longer stand. An
        argument fails when any one of its reasons has fallen. A claim with arguments falls when all
        of them have failed, and a claim without arguments falls only if it was refuted.
        """,
    probes=lambda rng: [
        ({"b": [["a"]], "c": [["b"]]}, ["a"]),
        ({"b": [["a"]], "c": [["b"]]}, []),
        ({"c": [["a"], ["b"]]}, ["a"]),
        ({"c": [["a", "b"]], "d": [["b"]]}, ["a"]),
        (_LONG, ["a"]),
        (_TWICE, ["a", "b"]),
        (_TWICE, ["b"]),
        (_ESSAY, ["takes to everything"]),
        (_ESSAY, ["needs vast data", "a theory must exclude"]),
        ({"c": [["b"]], "d": [["c"]]}, ["c"]),
        ({"d": [["c"]], "c": [["b"]], "b": [["a"]]}, ["a"]),
        _random_map(rng),
        _random_map(rng),
        _random_map(rng),
    ],
    hints=[
        "If `b` rests on `a`, and `c` on `b`, what does a refuted `a` do to `c`?",
        """
        1. Start with `fallen = set(refuted)`.
        2. Go through all claims. An argument fails if `any` of its reasons is in `fallen`; the
           claim falls if `all` of its arguments fail.
        3. A claim that fell in this round may bring down others, so repeat until nothing changes.
        """,
        "`if all(any(reason in fallen for reason in argument) for argument in ___)`",
    ],
    errors=[
        ("RuntimeError: Set changed size during iteration", "loop over `claims`, add to `fallen`."),
        ("KeyError", "a reason without arguments of its own is no key of `claims`."),
        ("TypeError: unhashable type: 'list'", "add the claim's name to the set, not a list."),
    ],
    passed="You can say of a measurement, before it is made, how much of an essay depends on it.",
)
def fallen(claims: dict[str, list[list[str]]], refuted: list[str]) -> set[str]:
    """All claims that no longer stand.

    claims: a claim -> its arguments, one or more; an argument is a list of reasons, one or more,
    that are claims, too. No claim rests on itself. refuted: claims that a measurement refuted.
    Returns a set with the refuted claims and all that fall because of them.
    """
    down = set(refuted)
    for _ in claims:  # a chain is never longer than this
        for claim, arguments in claims.items():
            if all(any(reason in down for reason in argument) for argument in arguments):
                down.add(claim)
    return down


def _spread(claims, refuted, falls, rounds=99):
    down = set(refuted)
    for _ in range(rounds):
        down |= {claim for claim, arguments in claims.items() if falls(arguments, down)}
    return down


@fallen.misconception(
    "A claim fell although one of its arguments still stands. Two arguments are two supports: the "
    "claim falls only when all of them have failed."
)
def _one_argument_suffices(claims, refuted):
    return _spread(claims, refuted, lambda a, down: any(any(r in down for r in x) for x in a))


@fallen.misconception(
    "An argument stood although one of its reasons had fallen. Its reasons are needed together, "
    "so that one fallen reason is enough to break it."
)
def _all_reasons_must_fall(claims, refuted):
    return _spread(claims, refuted, lambda a, down: all(all(r in down for r in x) for x in a))


@fallen.misconception(
    "Only claims that rest directly on a refuted one fell. What rests on those falls as well: "
    "repeat until a whole round changes nothing."
)
def _one_step(claims, refuted):
    return _spread(claims, refuted, lambda a, down: all(any(r in down for r in x) for x in a), 1)


@fallen.misconception(
    "One pass in the order of the map isn't enough. A claim may stand in front of its own "
    "reasons, so repeat until a whole pass changes nothing."
)
def _one_pass(claims, refuted):
    down = set(refuted)
    for claim, arguments in claims.items():
        if all(any(reason in down for reason in argument) for argument in arguments):
            down.add(claim)
    return down


@fallen.misconception(
    "The refuted claims are missing from the set. They no longer stand either: start from them, "
    "and add what falls because of them."
)
def _without_the_refuted(claims, refuted):
    return fallen.reference(claims, refuted) - set(refuted)


@fallen.misconception(
    "This is what still stands, the complement. Return the claims that have fallen, the refuted "
    "ones among them."
)
def _what_stands(claims, refuted):
    named = set(claims) | {r for a in claims.values() for x in a for r in x}
    return named - fallen.reference(claims, refuted)


@fallen.misconception(
    "All arguments of a claim were thrown into one list of reasons. The map has two levels: "
    "reasons within one argument are needed together, arguments replace each other."
)
def _any_reason_at_all(claims, refuted):
    return _spread(claims, refuted, lambda a, down: any(r in down for r in sum(a, [])), 1)
