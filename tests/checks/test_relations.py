"""Relations between results: each is told where it holds in all calls, and not of a near miss."""

from __future__ import annotations

import numpy as np
import pytest

from pathkit.checks.compare import Tolerance, difference
from pathkit.checks.explaining.cases import Case, evidence, is_finite
from pathkit.checks.explaining.probe_kinds import kinds
from pathkit.checks.explaining.relations import related
from pathkit.checks.plain import Opaque, Tensor

TOLERANCE = Tolerance()
RNG = np.random.default_rng(0)
TABLES = [RNG.normal(size=shape) for shape in ((3, 4), (2, 5), (6, 3), (4, 4))]
ROWS = [RNG.normal(size=n) for n in (3, 4, 7)]
LISTS = [["a", "b", "b"], ["x", "y", "z", "x"], ["p", "q"]]
CHANCES = [np.abs(t) / np.abs(t).sum(axis=1, keepdims=True) for t in TABLES]


def told(expected, got, arguments=None, parameters=("x",)) -> str:
    arguments = arguments or [(e,) for e in expected]
    cases = [
        Case(i, args, e, g, difference(e, g, TOLERANCE) is None)
        for i, (args, e, g) in enumerate(zip(arguments, expected, got, strict=True))
    ]
    return related(cases, parameters, TOLERANCE)


def of(change, expected, arguments=None, parameters=("x",)) -> str:
    """What is told where every result is `change` of the right one; arguments tell nothing."""
    arguments = arguments or [(object(),)] * len(expected)
    return told(expected, [change(e) for e in expected], arguments, parameters)


HOLDS = {
    "transposed": (lambda a: a.T, TABLES, "The result is transposed"),
    "an axis more": (lambda a: a[None], TABLES, "The numbers are right, but an axis of length 1"),
    "cut": (np.trunc, [9 * t for t in TABLES],
            "Each number is cut to a whole one"),
    "squared": (lambda a: a**2, TABLES, "Each number is the square of the right one."),
    "its root": (np.sqrt, [np.abs(t) for t in TABLES],
                 "Each number is the square root of the right one."),
    "one over": (lambda a: 1 / a, TABLES, "Each number is 1 divided by the right one."),
    "one minus": (lambda a: 1 - a, TABLES, "Each number is 1 minus the right one."),
    "negated": (lambda a: -a, TABLES, "Every number is right but for its sign"),
    "without sign": (np.abs, TABLES, "Each number is the right one without its sign."),
    "rows flipped": (lambda a: a[::-1], TABLES, "The rows are in reverse order."),
    "columns rolled": (lambda a: np.roll(a, 1, 1), TABLES, "The columns are shifted by one place."),
    "reversed": (lambda a: a[::-1], ROWS, "The numbers come in reverse order."),
    "sorted": (np.sort, ROWS, "The right numbers come back, but sorted."),
    "base 2": (lambda a: a / np.log(2), TABLES, "Every number is the right one times 1/ln 2."),
    "tripled": (lambda a: 3 * a, TABLES, "Every number is 3 times the right one."),
    "raised": (lambda a: a + 0.5, TABLES, "Every number is 0.5 too large."),
    "lowered": (lambda a: a - 1, TABLES, "Every number is 1 too small."),
    "summed": (lambda a: a.sum(axis=0), TABLES, "The results are summed over axis 0"),
    "columns sum": (lambda a: a / a.sum(axis=0), CHANCES, "The columns sum to 1 where"),
    "whole sums": (lambda a: a**2 / (a**2).sum(), CHANCES, "All numbers together sum to 1"),
    "a factor a row": (lambda a: a * np.arange(2, 2 + len(a))[:, None], TABLES,
                       "Within each row the proportions are right"),
    "an offset a column": (lambda a: a + np.arange(1, 1 + a.shape[1]), TABLES,
                           "Within each column all numbers are off by the same amount"),
    "diagonal": (lambda a: np.where(np.eye(*a.shape), 9, a), TABLES, "Wrong only on the diagonal"),
    "last row": (lambda a: np.vstack([a[:-1], a[-1:] ** 3]), TABLES, "Wrong only in the last row"),
    "first column": (lambda a: np.hstack([a[:, :1] * a[:, :1], a[:, 1:]]), TABLES,
                     "Wrong only in the first column"),
    "negative": (lambda a: np.where(a < 0, a**3, a), TABLES,
                 "Wrong only where the result should be negative"),
    "the first two": (lambda a: np.concatenate([a[:2], np.sin(a[2:])]), ROWS,
                      "The first 2 items are right; from the next one on it is wrong."),
    "first missing": (lambda a: a[1:], LISTS, "The first item is missing"),
    "last missing": (lambda a: a[:-1], LISTS, "The last item is missing"),
    "one more": (lambda a: [*a, "!"], LISTS, "One item too many stands at the end"),
    "late": (lambda a: ["?", *a[:-1]], LISTS, "Each item stands one place too late."),
    "once": (lambda a: list(dict.fromkeys(a)), [["b", "a", "b", "c"], ["x", "x", "z"], ["p", "q"]],
             "Items that come more than once are there only once."),
    "text": (lambda a: a[::-1], ["abc", "hello", "word"],
             "The characters come in reverse order."),
    "constant": (lambda a: np.zeros(a.shape), TABLES, "All numbers are 0 in every call"),
    "in a list": (lambda a: a.tolist(), TABLES, "All numbers are right; what holds them"),
    "parts": (lambda a: (a[1], a[0]), [(1.5, "a"), (2.5, "b"), (0.5, "c")],
              "The two parts of the result are exchanged."),
    "one part": (lambda a: a[0], [(1.5, "a"), (2.5, "b"), (0.5, "c")],
                 "Only the first of 2 parts came back"),
    "second part": (lambda a: (a[0], a[1].T), list(zip(ROWS, TABLES, strict=False)),
                    "Only the second part of the result is wrong; the other is right. Of that "
                    "part: the result is transposed"),
    "named part": (lambda a: {**a, "b": 2 * a["b"]}, [{"a": 1, "b": r} for r in ROWS],
                   "Only the `b` part of the result is wrong"),
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_holds_in_all_calls_is_told(name):
    change, expected, said = HOLDS[name]
    assert of(change, expected).startswith(said)


@pytest.mark.parametrize("name", HOLDS)
def test_what_does_not_hold_in_one_call_is_not_told(name):
    """The near miss: in one call the result is something else."""
    change, expected, said = HOLDS[name]
    if name == "one part":
        got = [change(e) for e in expected[:-1]] + [3.25]
    else:
        last = expected[-1]
        spoilt = {
            list: lambda: [*last, "?", "!"], str: lambda: f"{last}?!!", tuple: lambda: ("q", "r"),
            dict: lambda: {"c": 1},
        }.get(type(last), lambda: np.cos(3 + np.arange(last.size) ** 1.7).reshape(last.shape) + 5)
        got = [*(change(e) for e in expected[:-1]), spoilt()]
    assert not told(expected, got, [(object(),)] * len(expected)).startswith(said)


def test_parts_that_an_exercise_names_are_told_by_their_names():
    expected = list(zip(ROWS, TABLES, TABLES[::-1], strict=False))
    labels = ("loss", "gradient of W", "gradient of b")

    def named(change, labels=labels):
        cases = [Case(i, (object(),), e, change(e), False) for i, e in enumerate(expected)]
        return related(cases, ("x",), TOLERANCE, labels)

    assert named(lambda a: (a[0], a[1].T, a[2])).startswith(
        "Only the gradient of W is wrong; the others are right. Of that part: the result is ")
    assert named(lambda a: (a[0], np.sin(a[1]), np.cos(a[2]))) == (
        "Right: the loss. Wrong: the gradient of W, the gradient of b.")
    assert named(lambda a: (a[0], np.sin(a[1]), np.cos(a[2])), ()) == (
        "Right: the first part. Wrong: the second, third parts.")
    assert named(lambda a: a[2]) == (
        "Only the gradient of b came back, and it is right; the result should hold all 3 of them.")
    assert named(lambda a: (a[0], a[1], a[2].T), {2: "last one"}).startswith(
        "Only the last one is wrong")


def test_a_factor_is_named_by_the_size_that_it_equals():
    def named(factor):
        got = [t.sum(axis=0) * factor(t) for t in TABLES]
        return told([t.sum(axis=0) for t in TABLES], got, [(t,) for t in TABLES])

    assert named(lambda t: len(t)) == (
        "Every number is the right one times the number of rows of `x`.")
    assert named(lambda t: 1 / t.shape[1]) == (
        "Every number is the right one divided by the number of columns of `x`.")
    assert named(lambda t: t.shape[1] ** -0.5) == (
        "Every number is the right one divided by the square root of the number of columns of `x`.")
    assert "times n / (n − 1), and n is the number of rows of `x`" in named(
        lambda t: len(t) / (len(t) - 1))


def test_a_factor_that_no_size_equals_is_told_as_it_is():
    factors = iter((2, 1.5, 0.25, 0.1))
    said = of(lambda a: a * next(factors), TABLES)
    assert said.endswith("in the calls that are wrong: 2, 3/2, 1/4, 1/10.")


def test_an_offset_may_be_an_argument():
    biases = (0.25, -1.5, 2.0, 0.125)
    got = [t + b for t, b in zip(TABLES, biases, strict=True)]
    said = told(TABLES, got, [(object(), b) for b in biases], ("x", "b"))
    assert said == "Every number is too large, and too large by `b`."


def test_what_comes_back_as_it_was_given():
    assert told([t * 2 for t in TABLES], TABLES, [(t,) for t in TABLES]) == (
        "What comes back is `x`, as it was given.")


def test_where_an_argument_is_zero():
    inputs = [np.array([1.0, 0.0, 2.0]), np.array([0.0, 3.0, 0.0, 1.0]), np.array([2.0, 5.0, 1.0])]
    expected = [np.exp(x) for x in inputs]
    got = [np.where(x == 0, 7.0, e) for x, e in zip(inputs, expected, strict=True)]
    assert told(expected, got, [(x,) for x in inputs]) == (
        "Wrong only where `x` is 0; everything else is right.")


def test_a_right_call_in_which_a_rule_would_change_something_refutes_it():
    """All wrong results are transposed; but a right one isn't."""
    got = [TABLES[0].T, TABLES[1].T, TABLES[2]]
    assert "transposed" not in told(TABLES[:3], got)


def test_few_numbers_are_no_evidence():
    wrong = [Case(0, (1,), True, False, False), Case(1, (2,), False, True, False)]
    assert evidence(wrong, TOLERANCE) < 3
    same = [Case(i, (i,), float(i), float("nan"), False) for i in range(9)]
    assert evidence(same, TOLERANCE) == 0
    assert evidence([Case(0, (1,), 1.5, 0.123, False)], TOLERANCE) >= 3


PROBES = [([1, 2],), ([3],), ([0, 4],), ([5, 0, 5],), ([],)]


@pytest.mark.parametrize(("probes", "wrong", "said"), [
    (PROBES, [4], "Right on 4 calls of 5; wrong exactly where `x` is empty."),
    (PROBES, [2, 3], "wrong exactly where `x` holds a 0."),
    (PROBES, [3], "wrong exactly where `x` holds something twice."),
    (PROBES, [1], "wrong exactly where `x` has one item only."),
    (PROBES, [0, 3], ""),
    (PROBES, [0, 1, 2, 3, 4], ""),
    (PROBES, [], ""),
    ([(np.ones((2, 2)),), (np.ones((3, 2)),), (np.ones((2, 5)),)], [1, 2],
     "wrong exactly where `x` has another number of rows than of columns."),
    ([("ab",), ("abc",), ("abcdefgh",), ("abcdefghi",)], [2, 3],
     "`x` is longer than 3 (right up to there, wrong from 8 on)"),
    ([(2,), (5,), (-1,), (-7,)], [2, 3], "wrong exactly where `x` is negative."),
])
def test_which_calls_are_wrong(probes, wrong, said):
    found = kinds(probes, wrong, ("x",))
    assert said in found if said else found == ""


def test_rules_that_separate_alone_are_not_joined_to_one_condition():
    probes = [([1.0, 2.0], [3.0, 1.0]), ([1.0], [-1.0]), ([1.0, 2.0, 4.0], [0.5, -2.0, 1.0])]
    found = kinds(probes, [1, 2], ("x", "w"))
    assert found == "Right on 1 call of 3; wrong exactly where `x` has another length than 2."


def test_what_the_numbers_of_a_single_right_call_happen_to_be_tells_nothing():
    probes = [([1.0, 2.0],), ([-1.0, 3.0],), ([2.0, -4.0],), ([-2.0, -4.0],)]
    assert kinds(probes, [1, 2, 3], ("w",)) == ""
    assert "holds negative numbers" in kinds([*probes, ([5.0, 6.0],)], [1, 2, 3], ("w",))


def test_where_hardly_any_result_is_0_nothing_is_said_of_those_that_are_not():
    expected = [t.copy() for t in TABLES]
    expected[0][1, 1] = 0.0
    got = [np.where(e == 0, 0.0, np.tanh(e) + 0.125) for e in expected]
    assert "shouldn't be 0" not in told(expected, got, [(object(),)] * 4)
    for e in expected:
        e[:, 1] = 0.0
    got = [np.where(e == 0, 0.0, np.tanh(e) + 0.125) for e in expected]
    assert "where the result shouldn't be 0" in told(expected, got, [(object(),)] * 4)


def chosen(pools, k, change):
    """What is told where k of each pool are right and `change` of them came back."""
    expected = [list(range(1, k + 1)) for _ in pools]
    return told(expected, [change(e) for e in expected], [(np.ones(n),) for n in pools])


def test_few_items_that_are_chosen_may_be_the_same_by_accident():
    def swapped(e):
        return [e[1], e[0], *e[2:]]

    assert "another order" not in chosen([5, 6, 7], 3, swapped)
    assert "another order" in chosen([30, 40, 50], 9, swapped)
    assert "another order" in chosen([4, 4, 4], 4, swapped)  # nothing was chosen


def test_two_items_have_no_reverse_order():
    assert "reverse" not in chosen([4, 5, 6], 2, lambda e: e[::-1])
    assert "reverse" in chosen([4, 5, 6], 3, lambda e: e[::-1])


ODD = [
    None, True, "text", "", b"", 10**400, -1, 0, float("nan"), float("inf"), 1j, {}, (), set(), [],
    {"a": [1, None]}, {"a": 1, "b": 2}, {1: "x"}, [[1], [2, 3]], [[1, 2], [3, 4]], [True, False],
    np.zeros((0, 3)), np.array(["a"]), np.array([True]), np.array(1.5), np.full((2, 2, 2), np.nan),
    [np.ones((2, 3)), np.ones(3)], (np.ones(3), "a"), {1, 2}, np.ones((1, 3)), np.ones(3) * 1j,
    Opaque("function"), Tensor(np.ones((2, 3)), "float32"), np.array([2**63], dtype=np.uint64),
]


@pytest.mark.parametrize("one", ODD, ids=range(len(ODD)))
def test_odd_values_break_nothing(one):
    for other in ODD:
        for right in (False, True):
            cases = [Case(0, (one, other), one, other, False),
                     Case(1, (other,), one, other, right), Case(2, (), other, one, False)]
            assert isinstance(related(cases, ("x", "y"), TOLERANCE), str)
            assert evidence(cases, TOLERANCE) >= 0 and isinstance(is_finite(one), bool)
        assert isinstance(kinds([(one,), (other,), (one,)], [0, 2], ("x",)), str)


def test_a_sum_over_a_whole_table_is_told_only_where_rows_could_not_have_made_it():
    """One row that is as it should be, beside an empty one, is no table that sums to 1."""
    right = [np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([[0.0, 1.0], [1.0, 0.0]])]
    lost = np.array([[0.0, 1.0], [0.0, 0.0]])
    only_some = "Not all of the rows sum to 1, as each of them should."
    assert told([right[1]], [lost], [(object(),)]) == only_some
    assert told(right, [right[0], lost], [(object(),)] * 2) == only_some
    assert told(right, [right[0] ** 2, right[1] * 0.9], [(object(),)] * 2).startswith(
        "The rows don't sum to 1")
    # Right in one call, with two rows: there the whole sums to 2.
    whole = [right[0] ** 2 / (right[0] ** 2).sum(), right[1]]
    assert "together" not in told(right, whole, [(object(),)] * 2)
    assert told(right, [w / w.sum() for w in (right[0] ** 2, right[1])], [(object(),)] * 2) == (
        "All numbers together sum to 1 where each row should.")


def test_columns_that_sum_to_1_are_told_only_where_they_do_in_every_call():
    got = [c**2 / (c**2).sum(axis=0) for c in CHANCES[:-1]]
    said = told(CHANCES, [*got, CHANCES[-1]], [(object(),)] * len(CHANCES))
    assert said == "The rows don't sum to 1, as each of them should."


def test_one_number_that_is_0_is_no_triangle():
    right, got = np.array([[0.25, 0.75], [0.5, 0.5]]), np.array([[0.25, 0.75], [0.0, 0.5]])
    assert "triangle" not in told([right], [got], [(object(),)])
    assert of(np.triu, TABLES) == "The lower triangle is 0, and only that is wrong."
