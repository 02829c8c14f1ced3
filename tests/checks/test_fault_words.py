"""What a fault is told in: the probe that shows it, what was warned of, which part it is in."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from pathkit.checks.exercise import ExerciseError, exercise
from pathkit.checks.outputs import MOST_WARNED, Outputs, Returned, Warned
from pathkit.checks.run import run

SETTINGS = dict(title="T", level="easy", minutes=1, prompt="P", hints=["a", "b", "c"])


def said(verdict) -> tuple[str, ...]:
    """The sentences of a verdict: an explanation may stand before what a fault is told in."""
    return verdict.message, *verdict.notes


def made(*probes, **settings):
    """An exercise with these probes; its reference is decorated."""
    return exercise(probes=lambda rng: list(probes), **{**SETTINGS, **settings})


# --- the probe that is shown --------------------------------------------------------------------


def total(x, w=()):
    """The sum of x."""
    return sum(x)


@pytest.mark.parametrize(("probes", "shown"), [
    ([([],), ([3.0],), ([2.0, 2.0],), ([1.0, 2.0, 3.0],)], "total(x=[1, 2, 3])"),
    ([([],), ([3.0],), ([2.0, 2.0],)], "total(x=[2, 2])"),
    ([([],), ([3.0],)], "total(x=[3])"),
    ([([],), ([2.0, 2.0],)], "total(x=[2, 2])"),
    ([([],)], "total(x=[])"),
    ([([1.0, 2.0], []), ([1.0, 2.0, 3.0], [4.0])], "total(x=[1, 2, 3], w=[4])"),
    ([(np.zeros((1, 3)),), (np.array([[1.0, 2], [3, 4]]),)], "total(x=[[1., 2.], [3., 4.]])"),
    ([(np.array([5.0]),), (np.array([1.0, 2.0]),)], "total(x=[1., 2.])"),
    ([({"a": 1.0},), ({"a": 1.0, "b": 2.0},)], "total(x={'a': 1, 'b': 2})"),
    ([([1.0, 2.0, 5.0], "a"), ([1.0, 2.0, 3.0, 4.0], "ab")], "total(x=[1, 2, 3, 4], w='ab')"),
    ([([1.0, 2.0], "a"), (list(range(99)), "ab")], "total(x=[1, 2], w='a')"),
])  # fmt: skip
def test_the_smallest_probe_that_shows_the_idea_is_shown(probes, shown):
    of = made(*probes)(lambda_of(total))
    found = of.check(lambda x, w=(): -1.0)
    assert dict(found.shown)["called"] == shown


def lambda_of(function):
    """A function of its own, since an exercise decorates it."""
    return type(function)(function.__code__, globals(), function.__name__, function.__defaults__)


def test_an_error_on_the_empty_probe_gives_way_to_what_is_wrong_elsewhere():
    of = made(([],), ([1.0, 2.0],), ([3.0, 4.0],))(lambda_of(total))
    found = of.check(lambda x: x[0])
    assert found.status == "wrong value" and dict(found.shown)["called"] == "total(x=[1, 2])"
    assert found.notes == ("None of 3 probes is right; here is one of them.",)
    found = of.check(lambda x: sum(x[1:]) + x[0])  # only the empty one is wrong
    assert found.status == "raised" and dict(found.shown)["called"] == "total(x=[])"
    assert found.notes == ("2 of 3 probes are right; here is one that isn't.",)


# --- not finite ---------------------------------------------------------------------------------


def logs(p):
    """Their logarithms, where 0 counts as 1."""
    return np.log(np.where(p == 0, 1.0, p))


LOGS = made((np.array([0.5, 0.0, 0.25]),), (np.array([0.5, 0.25]),))(lambda_of(logs))


def test_a_plain_probe_that_is_wrong_comes_before_one_that_is_not_finite(cell):
    answer = cell("def logs(p):\n    return np.log2(p)", np=np)["logs"]
    found = LOGS.check(answer)
    assert found.status == "wrong value" and found.message.startswith("First difference at [0]")
    found = LOGS.check(cell("def logs(p):\n    return 2 * np.log(p)[:1].repeat(len(p)) / (p != 0)",
                            np=np)["logs"])
    assert found.status == "wrong value"


def test_what_was_warned_of_is_told_with_its_line(cell):
    answer = cell("def logs(p):\n    # all\n    return np.log(p)", np=np)["logs"]
    found = LOGS.check(answer)
    assert found.status == "not finite"
    assert ("The result at [1] is -inf; expected 0. Line 3 gave a RuntimeWarning: "
            "divide by zero encountered in log.") in said(found)
    assert dict(found.shown)["line 3"] == "return np.log(p)"


def test_without_a_warning_no_cause_is_told(cell):
    for body in ("p * float('nan')", "np.where(p == 0, -np.inf, np.log(p + (p == 0)))"):
        found = LOGS.check(cell(f"def logs(p):\n    return {body}", np=np)["logs"])
        assert found.status == "not finite" and "Warning" not in found.message
        assert "overflow" not in found.message and "line 2" not in dict(found.shown)


def test_a_warning_inside_numpy_is_told_at_the_learners_line(cell):
    answer = cell("def f(x):\n    y = x\n    return y[:0].mean()", np=np)["f"]
    [result] = run(answer, [(np.ones(3),)]).results
    assert {(w.line, w.code) for w in result.warned} == {(3, "return y[:0].mean()")}
    assert "RuntimeWarning: Mean of empty slice" in [w.message for w in result.warned]


def test_a_warning_of_the_drive_is_not_the_learners(cell):
    answer = cell("def f(x):\n    return x", np=np)["f"]
    [result] = run(answer, [(np.zeros(3),)], drive=lambda a, x: np.log(a(x))).results
    assert result.warned == ()


def test_warnings_are_few_and_cross_a_pipe(cell, capsys):
    lines = "\n".join(f"    np.log(x * {i})" for i in range(9))
    source = f"def f(x):\n    for _ in range(99): np.log(x)\n{lines}\n    return 1"
    answer = cell(source, np=np)["f"]
    outputs = run(answer, [(np.zeros(3),)])
    assert [w.line for w in outputs.results[0].warned] == [2, 3, 4, 5, 6]
    assert Outputs.from_json(outputs.to_json()) == outputs
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("warned", [
    [Warned("m" * 10_000, 1)], [Warned("m", 1, "c" * 10_000)], [Warned("m", -1)],
    [Warned("m", True)], [Warned("m", 1)] * (MOST_WARNED + 1), [Warned(1, 1)],
])
def test_what_no_run_writes_is_refused(warned):
    text = Outputs((Returned(1, warned=tuple(warned)),)).to_json()
    with pytest.raises(ValueError):
        Outputs.from_json(text)


# --- calls that fail ----------------------------------------------------------------------------


def scaled(x, k):
    """x times k."""
    return [k * v for v in x]


SCALED = made(([1.0, 2.0], 3.0), ([4.0, 5.0], 6.0))(lambda_of(scaled))


@pytest.mark.parametrize(("answer", "unbound"), [
    (lambda x: x, True),
    (lambda x, k, more: x, True),
    (lambda *, x, k: x, True),
    (lambda x, k: 0, False),
    (lambda x, k: (lambda: 1)(x), False),
    (float, True),
    (max, False),
])  # fmt: skip
def test_parameters_are_named_where_the_call_itself_failed(answer, unbound):
    found = SCALED.check(answer)
    assert ("keep these parameters" in found.message) is unbound


def doubled(x):
    """Something that can be called and has a length."""
    return _Callable(x)


def test_an_error_in_what_was_returned_is_not_called_a_wrong_call(cell):
    def second(answer, x):
        return answer(x)() + len(answer(x))

    of = made((1.0,), (2.0,), drive=second)(lambda_of(doubled))
    for source in ("def doubled(x):\n    return None", "def doubled(x):\n    return lambda y: 1",
                   "def doubled(x):\n    return lambda: 1",
                   "doubled = lambda x: lambda y: 1"):
        found = of.check(cell(source)["doubled"])
        assert found.status == "raised" and "arameters" not in found.message
        assert found.message.startswith("The check couldn't go on with what your code gave back")
    found = of.check(cell("def doubled(x):\n    return None")["doubled"])
    assert found.message.endswith("'NoneType' object is not callable. Is there a `return`?")
    found = of.check(cell("def doubled():\n    return 1")["doubled"])
    assert found.message.endswith("It is called as `doubled(x)`: keep these parameters.")
    assert found.message.startswith("The call failed with TypeError: doubled() takes 0 positional")


class _Callable(list):
    def __init__(self, x):
        super().__init__([x])

    def __call__(self):
        return 1


# --- what a drive makes -------------------------------------------------------------------------


def _both(answer, x):
    return answer(x), {"C": answer(2 * x), "b": 1.0}


def halves(x):
    """Half of x."""
    return x / 2


def driven(**settings):
    return made((np.array([1.0, 3.0]),), drive=_both, **settings)(lambda_of(halves))


def test_parts_of_a_drives_result_are_called_by_their_names():
    named = driven(returns=("logits", "gradients"))
    assert "The first difference in the logits is at [0]: got 1, expected 0.5." in said(
        named.check(lambda x: x))
    assert named.check(lambda x: (x / 2)[:1]).message == (
        "The shape of the logits: got (1,), expected (2,).")
    assert named.check(lambda x: None).message.startswith("The logits came as None; expected a Nu")
    found = named.check(lambda x: x / 2 if x[0] < 2 else x)
    assert "The first difference in the gradients is at ['C'][0]: got 2, expected 1." in said(
        found)
    assert "computed" in dict(found.shown)


def test_parts_may_be_named_by_their_keys():
    named = made((1.0,), drive=lambda answer, x: {"C": answer(x)}, returns={"C": "gradient of C"})(
        lambda_of(halves))
    assert named.check(lambda x: x).message == (
        "The first difference in the gradient of C: got 1, expected 0.5.")


def test_what_the_check_computed_is_not_called_the_learners():
    assert ("First difference at [0][0] of what the check computed from your answer: "
            "got 1, expected 0.5.") in said(driven().check(lambda x: x))


@pytest.mark.parametrize("returns", ["loss", [1], {"C": ""}, 3])
def test_names_of_parts_are_texts(returns):
    with pytest.raises(ExerciseError, match="returns= is no list of names"):
        driven(returns=returns)


def test_a_probe_for_which_nothing_is_expected_shows_little():
    def kept(x, k):
        """The first k of x."""
        return x[:k]

    of = made(([1.0, 2.0], 0), ([1.0, 2.0, 3.0], 2))(lambda_of(kept))
    assert dict(of.check(lambda x, k: [9.0]).shown)["called"] == "kept(x=[1, 2, 3], k=2)"


def test_a_missing_key_is_told_as_such():
    def counted(x):
        """How often each occurs."""
        return {"a": {"b": x}}

    of = made((1.0,), (2.0,))(lambda_of(counted))
    assert of.check(lambda x: {}).message == (
        "The key 'a' is missing in the result; expected under it: {'b': 1}.")
    assert of.check(lambda x: {"a": {}}).message == (
        "The key 'b' is missing in the result at ['a']; expected under it: 1.")
    odd = of.check(lambda x: {"a": {"b": x, "[": 3}}).message
    assert odd == "The result at ['a'] has a key '[' that isn't expected; under it: 3."
    assert of.check(lambda x: {"a": {"b": x, "c": 3}}).message == (
        "The result at ['a'] has a key 'c' that isn't expected; under it: 3.")


def test_lengths_are_no_shapes():
    found = SCALED.check(lambda x, k: [1.0])
    assert found.message.startswith("The result has 1 item; expected 2 items.")


def dot_score(q, k):
    return q * k


def test_a_models_private_name_is_shown_without_its_underscore():
    class _Model:
        pass

    def asked(model, x):
        """Nothing."""
        return 0

    of = made((_Model(), 1.0))(lambda_of(asked))
    assert dict(of.check(lambda model, x: 1).shown)["called"] == "asked(model=<Model>, x=1)"


def test_functions_that_were_given_are_called_by_their_names():
    def applied(score, q):
        """score of q with itself."""
        return score(q, q)

    of = made((dot_score, 2.0), (lambda q, k: q + k, 3.0), (dataclasses.replace, 1.0))(
        lambda_of(applied))
    expected = of.standard(0)
    assert len(expected.expected.results) == 3
    found = of.check(lambda score, q: -1.0)
    assert "score=dot_score" in dict(found.shown)["called"]
    of = made((lambda q, k: q + k, 3.0))(lambda_of(applied))
    assert dict(of.check(lambda s, q: 0).shown)["called"] == "applied(score=a function, q=3)"
