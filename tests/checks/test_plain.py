"""Plain data: what is kept of a value, how it crosses a pipe, how two values are compared."""

from __future__ import annotations

import fractions
import json
import math
from collections import OrderedDict, namedtuple
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit.checks.compare import Tolerance, difference
from pathkit.checks.plain import DEEPEST, Opaque, Tensor, decode, encode, plain, size
from pathkit.checks.value_text import short, shown

TOLERANCE = Tolerance()


def crossed(value):
    return decode(json.loads(json.dumps(encode(value))))


# --- plain --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.float64(1.5), 1.5),
        (np.int8(3), 3),
        (np.bool_(True), True),
        (np.str_("a"), "a"),
        (np.longdouble(2), 2.0),
        (np.datetime64("2020"), Opaque("datetime64")),
        (fractions.Fraction(1, 4), 0.25),
        (Decimal("0.5"), 0.5),
        (Decimal("sNaN"), Opaque("Decimal")),
        (fractions.Fraction(10**999), Opaque("Fraction")),
        (range(3), Opaque("range")),
        (object(), Opaque("object")),
        (np.array([None]), Opaque("NumPy array of objects")),
        (np.broadcast_to(0.0, (10**6, 10**6)), Opaque("NumPy array too large to compare")),
        ({1: {2}, "a": (3,)}, {1: {2}, "a": (3,)}),
        ({(1, 2): 0}, {(1, 2): 0}),
        (frozenset({1}), {1}),
        ({}.keys(), set()),
    ],
)
def test_plain(value, expected):
    found = plain(value)
    assert found == expected and type(found) is type(expected)


def test_plain_copies():
    array, held = np.zeros(2), [[1]]
    copies = plain(array), plain(held)
    array[0], held[0][0] = 1, 2
    assert copies[0][0] == 0 and copies[1] == [[1]]


def test_plain_leaves_no_subclasses():
    class Text(str):
        pass

    class Count(int):
        pass

    found = plain([Text("a"), Count(1), np.ma.masked_array([1], [True])])
    assert [type(v) for v in found] == [str, int, np.ndarray]


def test_cycles_end():
    held: list = []
    held.append(held)
    found = plain(held)
    for _ in range(DEEPEST + 1):
        [found] = found
    assert found == Opaque("value nested too deeply")
    held.append(held)
    assert "parts" in plain(held).type_name


@pytest.mark.parametrize("dtype", ["float32", "float64", "bfloat16", "float16", "int64", "bool"])
def test_tensors(dtype):
    torch = pytest.importorskip("torch")
    value = torch.ones(2, 3, dtype=getattr(torch, dtype))
    if value.is_floating_point():
        value.requires_grad_()
    found = crossed(plain(value))
    assert isinstance(found, Tensor) and found.dtype == dtype and found.values.shape == (2, 3)


def test_tensors_without_plain_values():
    torch = pytest.importorskip("torch")
    for value in (torch.ones(2).to_sparse(), torch.ones(2, device="meta")):
        assert isinstance(plain(value), Opaque)
    assert plain(torch.tensor([1 + 2j]).conj()).values[0] == 1 - 2j
    assert isinstance(plain(torch.zeros(1).expand(10**6, 10**6)), Opaque)


LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers()
    | st.text(st.characters(exclude_categories=[]), max_size=5) | st.binary(max_size=5)
    | st.sampled_from(["f4", ">f8", "i2", "?", "U3", "S2", "c8"]).flatmap(
        lambda dtype: st.sampled_from([(), (0,), (2,), (2, 0, 3), (1, 2)]).map(
            lambda shape: np.ones(shape, dtype)
        )
    )
)  # fmt: skip
KEYS = st.integers() | st.text(max_size=3) | st.tuples(st.integers(), st.booleans())
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3)
    | st.tuples(inner, inner)
    | st.dictionaries(KEYS, inner, max_size=3)
    | st.sets(KEYS, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
@pytest.mark.slow
def test_values_cross_unchanged_and_equal_themselves(value):
    found = crossed(plain(value))
    assert repr(found) == repr(plain(value)) or isinstance(value, set | dict | list | tuple)
    assert difference(plain(value), found, Tolerance(0, 0)) is None
    assert size(found) == size(plain(value)) >= 1
    assert len(short(found)) <= 60 and "\n" not in short(found)


@settings(max_examples=100, deadline=None)
@given(VALUES, VALUES)
def test_differences_are_short_and_symmetric(one, other):
    found, back = (difference(plain(a), plain(b), Tolerance(0, 0)) for a, b in
                   ((one, other), (other, one)))
    assert (found is None) == (back is None)
    if found is not None:
        assert len(found.expected) <= 80 and len(found.got) <= 80
        assert found.expected != found.got or found.kind == "wrong value"


# --- differences ------------------------------------------------------------------------------

Pair = namedtuple("Pair", "one other")

SAME = [
    (1, 1.0),
    (1.0, np.float64(1.0 + 1e-9)),
    (math.nan, math.nan),
    (math.inf, math.inf),
    ((1, 2), [1, 2]),
    ([(1,), {"a": {1}}], ([1], {"a": {1}})),
    (np.array([1.0, math.nan]), np.array([1.0, math.nan])),
    (np.array([1, 2], "i2"), np.array([1, 2], "u8")),
    (np.array([0.5], "f4"), np.array([0.5])),
    (np.zeros((0, 3)), np.zeros((0, 3))),
    (10**400, 10**400),
    (0.1 + 0.2, 0.3),
    (np.array(["a"]), np.array(["a"], "U9")),
    (2j, 2j),
    (None, None),
    (1.5, np.array(1.5)),
    (np.array(1.5), 1.5),
    (np.array(1.5), np.float32(1.5)),
    (True, np.array(True)),
    (np.bool_(True), True),
    ({"a": [np.array(2)]}, {"a": (2,)}),
    (OrderedDict(b=1, a=2), {"a": 2, "b": 1}),
    ((1, 2), Pair(1, 2)),
    ([0.0, np.array([0.0])], [-0.0, np.array([-0.0])]),
    ({0.1 + 0.2, 1}, {0.3, 1.0}),
]


@pytest.mark.parametrize(("expected", "got"), SAME, ids=range(len(SAME)))
def test_no_difference(expected, got):
    assert difference(plain(expected), plain(got), TOLERANCE) is None


DIFFERENT = [
    (1, True, "wrong type", "", "a number, 1", "a bool, True"),
    (1.0, None, "wrong type", "", "a number, 1", "None"),
    ([1], np.array([1]), "wrong type", "", "a list of 1 item", "a NumPy array of shape (1,)"),
    (1.0, np.array([1.0]), "wrong type", "", "a number, 1", "a NumPy array of shape (1,)"),
    (1.0, np.array(True), "wrong type", "", "a number, 1", "a bool, True"),
    (1.0, np.array(2.0), "wrong value", "", "1", "2"),
    ([1.0, 2.0], [1.0, np.array(3.0)], "wrong value", "[1]", "2", "3"),
    (np.ones(2), (1, 2), "wrong type", "", "a NumPy array of shape (2,)", "a tuple of 2 items"),
    ((1, 2), np.ones(2), "wrong type", "", "a tuple of 2 items", "a NumPy array of shape (2,)"),
    ([1], range(1), "wrong type", "", "a list of 1 item", "a range"),
    ([1], (i for i in [1]), "wrong type", "", "a list of 1 item", "a generator"),
    (np.ones(1), np.array([None]), "wrong type", "", "a NumPy array of shape (1,)",
     "a NumPy array of objects"),
    ({}, object(), "wrong type", "", "a dict", "an object of type object"),
    ("a", b"a", "wrong type", "", "a string, 'a'", "bytes"),
    ({"a": [1, "x"]}, {"a": [1, 2]}, "wrong type", "['a'][1]", "a string, 'x'", "a number, 2"),
    (np.ones((2, 3)), np.ones((3, 2)), "wrong shape", "", "(2, 3)", "(3, 2)"),
    (np.ones(3), np.ones((3, 1)), "wrong shape", "", "(3,)", "(3, 1)"),
    (np.ones(0), np.ones((0, 2)), "wrong shape", "", "(0,)", "(0, 2)"),
    ([1, 2], [5], "wrong shape", "", "2 items", "1 item"),
    (np.ones(2), np.ones(2, int), "wrong dtype", "", "float64", "int64"),
    (np.ones(2, bool), np.ones(2, int), "wrong dtype", "", "bool", "int64"),
    (np.array([1.0, 2.0]), np.array([1.0, np.nan]), "not finite", "[1]", "2", "nan"),
    (np.array([1.0, 2.0]), np.array([np.nan, 3.0]), "wrong value", "[1]", "2", "3"),
    (1.0, math.inf, "not finite", "", "1", "inf"),
    (1.0, np.array(math.inf), "not finite", "", "1", "inf"),
    (math.inf, 1.0, "wrong value", "", "inf", "1"),
    (math.inf, -math.inf, "wrong value", "", "inf", "-inf"),
    (np.eye(2), np.zeros((2, 2)), "wrong value", "[0, 0]", "1", "0"),
    (np.array(2.0), np.array(3.0), "wrong value", "", "2", "3"),
    (1_000_000, 1_000_001, "wrong value", "", "1000000", "1000001"),
    (10**400, 1.5, "wrong value", "", "<an integer of 1329 bits>", "1.5"),
    ({"a": 1}, {"b": 1}, "wrong value", "['a']", "1", "no such key"),
    ({}, {"b": 1}, "wrong value", "['b']", "no such key", "1"),
    ({1, 2}, {1}, "wrong value", "", "{1, 2}", "{1}"),
    ("abc", "abd", "wrong value", "", "'abc'", "'abd'"),
    ("x" * 99 + "a", "x" * 99 + "b", "wrong value", "[89:]", "'xxxxxxxxxxa'", "'xxxxxxxxxxb'"),
    ("x" * 99, "x" * 98, "wrong value", "[88:]", "'xxxxxxxxxxx'", "'xxxxxxxxxx'"),
    (1.0, 1.00001, "wrong value", "", "1", "1.00001"),
    (1.0, 1.000004, "wrong value", "", "1", "1.000004"),
    (np.array([1 / 3]), np.array([1 / 3 + 1e-6]), "wrong value", "[0]",
     "0.333333", "0.333334"),
    (np.array([2 / 3e3]), np.array([2 / 3e3 + 1e-8]), "wrong value", "[0]",
     "0.000666667", "0.000666677"),
    (np.array(["ab"]), np.array(["ac"]), "wrong value", "[0]", "'ab'", "'ac'"),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "got", "kind", "where", "first", "second"), DIFFERENT)
def test_the_first_difference(expected, got, kind, where, first, second):
    found = difference(plain(expected), plain(got), TOLERANCE)
    assert (found.kind, found.where, found.expected, found.got) == (kind, where, first, second)


def test_single_precision_is_told_as_such_when_it_makes_the_difference():
    expected = np.arange(1, 9) / 7
    single = expected.astype("f4").cumsum(dtype="f4") / np.float32(3)
    found = difference(expected.cumsum() / 3, single + np.float32(1e-5), TOLERANCE)
    assert (found.kind, found.expected, found.got) == ("wrong dtype", "float64", "float32")
    assert difference(expected, single, TOLERANCE).kind == "wrong value"


def test_tensors_and_arrays_are_told_apart():
    one, other = Tensor(np.ones(2, "f4"), "float32"), np.ones(2, "f4")
    assert difference(other, one, TOLERANCE).got == "a torch tensor of shape (2,)"
    assert difference(one, Tensor(np.ones(2, "i8"), "int64"), TOLERANCE).kind == "wrong dtype"


def test_a_tensor_without_axes_is_a_number():
    one, half = (Tensor(np.array(v, "f4"), "float32") for v in (1, 0.5))
    assert difference(1, Tensor(np.array(1), "int64"), TOLERANCE) is None
    assert difference(one, np.array(1.0), TOLERANCE) is None
    assert difference({"a": [one, 0.5]}, {"a": (1.0, half)}, TOLERANCE) is None
    assert difference(one, Tensor(np.array(True), "bool"), TOLERANCE).got == "a bool, True"
    assert difference(one, half, TOLERANCE).got == "0.5"


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float8_e4m3fn"])
@pytest.mark.parametrize("shape", [(), (2,)])
def test_what_is_coarse_in_torch_is_told_as_such(dtype, shape):
    """Their values come as float32, since NumPy lacks some of them."""
    expected = Tensor(np.full(shape, 1 / 3, "f4"), "float32")
    got = Tensor(np.full(shape, 1 / 3 + 1e-4, "f4"), dtype)
    found = difference(expected, got, TOLERANCE)
    assert (found.kind, found.expected, found.got) == ("wrong dtype", "float32", dtype)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([0.1 + 0.2, 1 / 3], "[0.3, 0.333333]"),
        ((1,), "(1,)"),
        (set(), "set()"),
        ({"a": [1]}, "{'a': [1]}"),
        (np.eye(2), "[[1., 0.], [0., 1.]]"),
        ([np.eye(2), None], "[[[1., 0.], [0., 1.]], None]"),
        ("a\nb\x1b[31m", r"'a\nb\x1b[31m'"),
        ([], "[]"),
        (-0.0, "0"),
        ([-0.0, -0.5, 1e-20], "[0, -0.5, 1e-20]"),
        (np.array([-0.0, -0.5, -1e-9]), "[0., -0.5, 0.]"),
        (np.array([-0.0, -10.0, 1e9]), "[0.e+00, -1.e+01, 1.e+09]"),
        (complex(-0.0, -0.0), "0+0j"),
        (np.array([complex(1, -0.0), complex(-0.0, -2)]), "[1.+0.j, 0.-2.j]"),
        (np.array(["-0"]), "['-0']"),
        (np.zeros((2,) * 22), f"<a NumPy array of shape ({', '.join(['2'] * 22)})>"[:59] + "…"),
        (2**1234, "<an integer of 1235 bits>"),
        ([10**5000], "[<an integer of 16610 bits>]"),
        ({1: len}, "{1: <builtin_function_or_method>}"),
    ],
)
def test_short(value, text):
    assert short(plain(value)) == text


def test_short_stops_at_the_width():
    for value in (list(range(10**5)), "x" * 10**6, np.arange(10**6) / 7, dict.fromkeys(range(99))):
        assert len(short(plain(value), 40)) == 40 and short(plain(value), 40).endswith("…")


def test_shown_survives_what_it_is_shown():
    class Nasty:
        @property
        def __class__(self):
            raise RuntimeError

    assert shown(Nasty()) == "<Nasty>"
    assert shown([1]) == "[1]"
    assert shown(10**5000) == "<an integer of 16610 bits>"
