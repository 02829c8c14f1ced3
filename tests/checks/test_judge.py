"""`judge`: every outcome has a verdict of its own, and a sentence that helps."""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import pytest

from pathkit.checks.exercise import Exercise, ExerciseError, exercise
from pathkit.checks.judge import judge
from pathkit.checks.loading import exercises_of
from pathkit.checks.outputs import Outputs, Raised, Returned, TimedOut
from pathkit.checks.plain import plain
from pathkit.checks.run import run
from pathkit.checks.slips import slipped
from pathkit.checks.standard import Known, Standard
from pathkit.path_modules import OURS
from tests.conftest import run_cell

SETTINGS = dict(title="T", level="easy", minutes=1, prompt="P", hints=["a", "b", "c"])


@exercise(
    probes=lambda rng: [
        (rng.normal(size=(3, 4)) + 5, 2.0),
        (np.array([[1.0, 2.0]]), 3.0),
        (rng.normal(size=(4, 4)) + 5, 0.5),
    ],
    seconds=0.3,
    passed="It holds.",
    **SETTINGS,
)
def scaled(x: np.ndarray, k: float) -> np.ndarray:
    """Each row of x, times k, without its mean."""
    return k * (x - x.mean(axis=1, keepdims=True))


@scaled.misconception("You took the mean of everything.")
def _everything(x, k):
    return k * (x - x.mean())


@scaled.misconception("A row vector was spread along the rows.")
def _no_keepdims(x, k):
    return k * (x - x.mean(axis=1))


@scaled.misconception("The caller's x is scaled, too.")
def _in_place(x, k):
    x *= k
    return x


@pytest.fixture
def verdict(cell):
    """The verdict on a cell that defines `scaled`, with NumPy as np."""

    def judged(source: str, of: Exercise = scaled):
        return of.check(cell(source, np=np)[of.name])

    return judged


RIGHT = "def scaled(x, k):\n    return k * (x - x.mean(axis=1, keepdims=True))\n"

CASES = {
    "passed": (RIGHT, "It holds."),
    "not attempted": ("def scaled(x, k):\n    ...", "Replace the `...`"),
    "raised": ("def scaled(x, k):\n    return y", "Your code raised NameError: name 'y'"),
    "wrong type": (
        RIGHT.replace("\n    return ", "\n    a = ") + "    return a.tolist()",
        "The result is a list of 1 item; expected a NumPy array of shape (1, 2).",
    ),
    "wrong shape": (RIGHT.strip() + "[0]", "The result has shape (2,); expected (1, 2)."),
    "wrong dtype": (
        "def scaled(x, k):\n    return np.zeros(x.shape, int)",
        "The result holds int64; expected float64.",
    ),
    "not finite": (
        RIGHT.strip() + " / 0",
        "The result at [0, 0] is -inf; expected -1.5. Line 2 gave a RuntimeWarning: divide by zero",
    ),
    "changed its input": (
        RIGHT.replace("\n    return ", "\n    a = ") + "    x[0, 0] = 9\n    return a",
        "The result is right, but `x` was changed in place",
    ),
    "too slow": ("def scaled(x, k):\n    while True: pass", "Stopped after 0.3 seconds."),
    "wrong value": (
        "def scaled(x, k):\n    return k * np.sin(x)",
        "First difference at [0, 0]: got 2.52441, expected -1.5.",
    ),
    "misconception": ("def scaled(x, k):\n    return k * (x - x.mean())",
                      "You took the mean of everything."),
}  # fmt: skip


@pytest.mark.parametrize("status", CASES)
def test_statuses(verdict, status):
    source, message = CASES[status]
    found = verdict(source)
    assert found.status == status and found.message.startswith(message)
    assert found.passed is (status == "passed")


def test_the_smallest_failing_probe_is_shown(verdict):
    found = verdict(CASES["wrong value"][0])
    assert dict(found.shown) == {
        "called": "scaled(x=[[1., 2.]], k=3)",
        "came back": "[[2.5244, 2.7279]]",
        "expected": "[[-1.5, 1.5]]",
    }
    assert found.notes == ("None of 3 probes is right; here is one of them.",)


def test_right_and_wrong_probes_are_counted(verdict):
    found = verdict("def scaled(x, k):\n    return k * (x - x[0].mean())")
    assert found.notes[1:] == ("1 of 3 probes is right; here is one that isn't.",)


# --- raised --------------------------------------------------------------------------------------


def test_raised_shows_the_line_and_what_was_printed(verdict):
    found = verdict("# mine\ndef scaled(x, k):\n    print('k is', k)\n    return x @ x\n")
    assert dict(found.shown) == {
        "called": "scaled(x=[[1., 2.]], k=3)",
        "line 4": "return x @ x",
        "printed": "k is 3.0",
    }


@pytest.mark.parametrize("signature", ["x", "", "x, k, axis", "*, x, k"])
def test_a_wrong_number_of_parameters_says_how_it_is_called(verdict, signature):
    found = verdict(f"def scaled({signature}):\n    return 1")
    assert found.status == "raised"
    assert found.message.endswith("It is called as `scaled(x, k)`: keep these parameters.")


def test_a_type_error_inside_is_not_taken_for_a_wrong_call(verdict):
    found = verdict("def scaled(x, k):\n    return x.mean(1, 2, 3, 4, 5, 6)")
    assert "called as" not in found.message and ("line 2" in dict(found.shown))


def test_renamed_parameters_are_no_fault(verdict):
    assert verdict(RIGHT.replace("x", "rows").replace("k", "factor").replace("factoreep", "keep"))


@exercise(
    probes=lambda rng: [([1, 2],), ([],)],
    **SETTINGS,
)
def first(items: list) -> int:
    """The first item; IndexError when there is none."""
    return items[0]


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ("return items[0]", "passed", ""),
        ("if not items:\n        raise IndexError('none')\n    return items[0]", "passed", ""),
        ("return items[0] if items else None", "wrong value",
         "The result is None, but IndexError should be raised here."),
        ("return next(iter(items))", "raised",
         "Your code raised StopIteration; here IndexError should be raised."),
    ],
)  # fmt: skip
def test_exceptions_may_be_expected(verdict, body, status, message):
    found = verdict(f"def first(items):\n    {body}", first)
    assert found.status == status and found.message.startswith(message)


def test_every_kind_of_exit_is_a_verdict(verdict):
    for what in ("SystemExit", "BaseException", "GeneratorExit"):
        found = verdict(f"def scaled(x, k):\n    raise {what}")
        assert found.status == "raised" and what in found.message


# --- misconceptions ------------------------------------------------------------------------------


def test_a_misconception_that_raises_here_and_there(verdict):
    found = verdict("def scaled(x, k):\n    return k * (x - x.mean(1))")
    assert found.misconception == "_no_keepdims"


def test_a_misconception_that_changes_its_input(verdict):
    found = verdict("def scaled(x, k):\n    x *= k\n    return x")
    assert found.misconception == "_in_place"


def test_a_misconception_that_changes_its_input_in_addition_is_generic(verdict):
    found = verdict("def scaled(x, k):\n    y = k * (x - x.mean())\n    x[:] = 0\n    return y")
    assert found.status == "wrong value"


# --- a second slip -------------------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "besides"), [
    (".T", "the result is transposed"),
    ("* -1", "its sign is turned round"),
    ("* 2", "it is multiplied by 2"),
    ("/ np.log(2)", "it is multiplied by 1.44"),
    (".astype(np.float16)", "the result is too coarse: compute it in float64"),
    (".tolist()", "the result is a list, not an array"),
])
def test_a_misconception_with_a_second_slip_is_named_with_it(verdict, ending, besides):
    found = verdict(f"def scaled(x, k):\n    return (k * (x - x.mean())){ending}")
    assert (found.status, found.misconception) == ("misconception", "_everything")
    assert found.message == "You took the mean of everything."
    assert found.notes == (f"Besides, {besides}.",)


@pytest.mark.parametrize("ending", [".T", "* -1", "* 2", "* 1.44", ".tolist()"])
def test_a_right_idea_with_a_slip_is_no_misconception(verdict, ending):
    found = verdict(f"def scaled(x, k):\n    return (k * (x - x.mean(1, keepdims=True))){ending}")
    assert not found.passed and not found.misconception


@pytest.mark.parametrize("body", [
    "k * (x - x.mean()) + 1",  # no factor
    "-(k * (x - x.mean())).T",  # two more slips
    "k * (x - x.mean()) * len(x)",  # another factor for each probe
    "x.mean(axis=1) * k",
    "k * (x - x.mean()) * (1 + 1e-4 * x)",  # as near as a coarse one, and not coarse
])
def test_what_is_no_misconception_with_one_slip_is_generic(verdict, body):
    assert not verdict(f"def scaled(x, k):\n    return {body}").misconception


def arrays(*numbers: float) -> Outputs:
    return Outputs((Returned(np.array(numbers, dtype=float)),) * 3)


def test_few_numbers_tell_no_factor():
    """Any number is another one times something."""
    assert not fault_of(*arrays(1, 2, 2).results).judge(arrays(3, 6, 6)).misconception
    assert fault_of(*arrays(1, 2, 4).results).judge(arrays(3, 6, 12)).misconception
    three = Outputs(tuple(map(Returned, (3.0, 6.0, 12.0))))
    assert fault_of(*map(Returned, (1.0, 2.0, 4.0))).judge(three).misconception


def test_several_parts_have_no_factor_in_common():
    """A loss with the wrong sign beside a right gradient is no gradient with the wrong sign."""
    loss, gradient = np.float64(2), np.array([1.0, 2.0, 3.0])
    right, known = Returned((loss, gradient)), Returned((loss, -gradient))
    made = fault_of(*[known] * 3)
    standard = made.standard(0)
    made._standards[0] = type(standard)(**{**vars(standard), "expected": Outputs((right,) * 3)})
    found = made.judge(Outputs((Returned((-loss, gradient)),) * 3))
    assert found.status == "wrong value"


def test_a_slip_that_fits_two_misconceptions_names_none():
    made = fault_of(*arrays(1, 2, 4).results)
    standard = made.standard(0)
    more = Known("_more", "M.", arrays(10, 20, 40))
    known = standard.known()
    made._standards[0] = type(standard)(**{**vars(standard), "known": lambda: [*known, more]})
    found = made.judge(arrays(3, 6, 12))
    assert not found.passed and not found.misconception


ODD = [
    None, True, "text", b"", 10**400, -1, 0, float("nan"), float("inf"), 1j, {}, {"a": [1, None]},
    [[1], [2, 3]], (), np.zeros((0, 3)), np.array(["a"]), np.array([True]), np.float64(3),
    np.array(1.5), [np.ones((2, 3)), np.ones(3)], {1, 2}, np.full((2, 2, 2), np.nan), 2**63,
]


@pytest.mark.parametrize("known", ODD, ids=range(len(ODD)))
def test_odd_values_are_judged_all_the_same(known):
    made = fault_of(*[Returned(plain(known))] * 3)
    for value in ODD:
        verdict = made.judge(Outputs((Returned(plain(value)),) * 3))
        assert verdict.status != "passed" or value in (0, 1, 2)


def test_a_huge_result_is_not_walked_through():
    class Counted(list):
        def __iter__(self):
            raise AssertionError("its length tells enough")

    made = fault_of(Returned([1.0, 2.0, 3.0]))
    [known] = made.standard(0).known()
    huge = Outputs((Returned(Counted(range(100_000))),))
    assert len(list(slipped(known.outputs, huge, made.tolerance))) == 2


def fault_of(*results):
    """An exercise of as many probes, whose only misconception had these results."""
    made = Exercise(scaled.reference, probes=lambda rng: [(i,) for i in range(3)], **SETTINGS)
    made.misconception("Known.")(lambda i: 0)
    standard = made.standard(0)
    wrong = made.misconceptions[0]
    made._standards[0] = type(standard)(
        **{**vars(standard), "known": lambda: [Known(wrong.name, wrong.message, Outputs(results))]}
    )
    return made


A, B = Raised("KeyError", "a"), Raised("KeyError", "b")


@pytest.mark.parametrize(
    ("known", "answer", "same"),
    [
        ((A, A, A), (A, A, A), True),
        ((A, A, A), (B, B, B), False),  # any typo raises some error on every probe
        ((A, A, Returned(1)), (B, B, Returned(1)), False),
        ((A, A, Returned(1)), (A, A, Returned(1)), True),
        ((A, A, Returned(1)), (B, B, Returned(2)), False),
        ((TimedOut(1),), (TimedOut(1),), False),  # any endless loop looks like this
        ((Returned(1), TimedOut(1)), (Returned(1), TimedOut(1)), True),
        ((Returned(1), Returned(1), A), (Returned(1), TimedOut(1)), False),
    ],
)
def test_what_makes_answers_alike(known, answer, same):
    found = fault_of(*known).judge(Outputs(answer))
    assert (found.status == "misconception") is same


# --- blanks --------------------------------------------------------------------------------------


def test_a_left_over_blank_beside_right_code_passes(verdict):
    assert verdict(RIGHT + "    ...\n").passed
    assert verdict(RIGHT.replace("):\n", "):\n    ...\n", 1)).notes == ()


def test_a_left_over_blank_beside_wrong_code_is_named_by_its_line(verdict):
    for body in ("return k", "return k * (x - x.mean())"):
        found = verdict(f"import math\n\ndef scaled(x, k):\n    ...\n    {body}\n")
        assert "A `...` still stands in line 4." in found.notes


# --- prints --------------------------------------------------------------------------------------


def test_prints_are_shown_with_every_verdict(verdict, capsys):
    for body in ("return k * (x - x.mean(axis=1, keepdims=True))", "return k",
                 "return k * (x - x.mean())", "while True: pass", "raise ValueError"):
        found = verdict(f"def scaled(x, k):\n    print('mine')\n    {body}")
        assert dict(found.shown)["printed"] == "mine"
    assert capsys.readouterr().out == ""


def test_long_prints_are_cut(verdict):
    found = verdict("def scaled(x, k):\n    for i in range(99): print(i)")
    assert dict(found.shown)["printed"] == "0\n1\n2\n3\n4\n5\n…"


# --- odd results ---------------------------------------------------------------------------------

ODD = {
    "None": "The result is None; expected a NumPy array of shape (1, 2). Is there a `return`?",
    "(i for i in x)": "The result is a generator; expected a NumPy array",
    "lambda: x": "The result is a function; expected a NumPy array",
    "object()": "The result is an object of type object; expected",
    "np.array(3.0)": "The result has shape (); expected (1, 2).",
    "np.zeros((0, 2))": "The result has shape (0, 2); expected (1, 2).",
    "np.array([[None, 1]])": "The result is a NumPy array of objects; expected",
    "np.full(x.shape, 'a')": "The result holds <U1; expected float64.",
    "'<script>\\x1b[31m'": r"The result is a string, '<script>\x1b[31m'; expected",
    "10**5000": "The result is a number, <an integer of 16610 bits>; expected",
    "{}": "The result is a dict; expected",
    "np.float64(1)": "The result is a number, 1; expected",
    "...": "The result is an object of type ellipsis; expected",
}


@pytest.mark.parametrize("value", ODD)
def test_odd_results(verdict, value):
    found = verdict(f"def scaled(x, k):\n    return {value}\n")
    assert not found.passed and found.message.startswith(ODD[value])
    assert found._repr_html_() and str(found)


def test_single_precision_passes_where_it_is_near_enough(verdict):
    assert verdict(RIGHT.strip() + ".astype(np.float32)").status in ("passed", "wrong dtype")
    found = verdict(RIGHT.strip() + ".astype(np.float16)")
    assert found.message == "The result holds float16; expected float64."


@exercise(probes=lambda rng: [(1.5,)], **SETTINGS)
def undefined_first(x):
    return [float("nan"), x]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda x: [float("nan"), x], "passed"),
        (lambda x: (np.nan, np.float32(x)), "passed"),
        (lambda x: [0.0, x], "wrong value"),
        (lambda x: [float("nan"), float("nan")], "not finite"),
        (lambda x: np.array([np.nan, x]), "wrong type"),
    ],
)
def test_nan_where_nan_is_expected(answer, status):
    assert undefined_first.check(answer).status == status


# --- accept and values ---------------------------------------------------------------------------


def _even(value, low):
    return None if value % 2 == 0 and value > low else f"{value} isn't an even number over {low}."


@exercise(probes=lambda rng: [(3,), (10,)], accept=_even, **SETTINGS)
def even(low: int) -> int:
    """An even number above low."""
    return 2 * low + 2


@exercise(
    probes=lambda rng: [()], drive=lambda answer: answer, is_value=True,
    accept=lambda value: None if len(value) > 3 else "Too short.", **SETTINGS,
)  # fmt: skip
def word():
    """A long word."""
    return "attention"


@word.misconception("An empty one.")
def _empty():
    return ""


def test_properties_accept_any_right_value(verdict):
    assert verdict("def even(low):\n    return low + 2 + low % 2", even).passed
    found = verdict("def even(low):\n    return 5", even)
    assert found.status == "wrong value" and found.message == "5 isn't an even number over 3."
    assert dict(found.shown) == {"called": "even(low=3)", "came back": "5"}


def test_values_a_property_can_not_look_at_are_a_verdict(verdict):
    found = verdict("def even(low):\n    return [low]", even)
    assert found.message == "This kind of value doesn't fit here: a list of 1 item."


def test_values():
    assert word.check("transformer").passed
    assert word.check("abc").message == "Too short."
    assert word.check("").misconception == "_empty"
    assert word.check(5).status == "wrong value"
    assert word.check(...).status == word.check(None).status == "not attempted"
    assert word.check(word).passed


# --- outputs of somebody else --------------------------------------------------------------------


@pytest.mark.parametrize(
    "outputs",
    [
        Outputs(),
        Outputs((Returned(1),)),
        Outputs((Returned(1),) * 9),
        Outputs((TimedOut(1.0),) * 9),
        Outputs((Returned(1, changed=(99,)),) * 3),
        Outputs((Raised("", ""),) * 3, blank=10**9),
        Outputs((TimedOut(1.0),) * 3),
        Outputs((TimedOut(1.0), Returned(1))),
        Outputs(unusable="<b>"),
    ],
)
def test_no_outputs_break_the_judge(outputs):
    found = scaled.judge(outputs)
    assert not found.passed and str(found) and found._repr_html_()


def test_too_few_or_too_many_results_never_pass():
    right = scaled.run(scaled.reference).results
    assert scaled.judge(Outputs(right)).passed
    for results in (right[:2], (*right, right[0]), ()):
        assert scaled.judge(Outputs(results)).status == "not usable"


def test_a_reference_that_took_too_long_is_not_the_learners_fault():
    @exercise(probes=lambda rng: [(1,), (2,)], seconds=0.02, **SETTINGS)
    def slow(x):
        time.sleep(0.2)
        return x

    found = slow.check(lambda x: x)
    assert found.status == "not usable" and "reference took too long" in found.message


def test_other_seeds_draw_other_probes(cell):
    outputs = scaled.run(scaled.reference, seed=0)
    assert scaled.judge(outputs, 0).passed and not scaled.judge(outputs, 1).passed


# --- the exercise itself -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings", [{"level": "hrad"}, {"hints": ["one"]}],
)
def test_exercises_that_are_not_well_formed(settings):
    with pytest.raises(ExerciseError):
        exercise(probes=lambda rng: [], **{**SETTINGS, **settings})(lambda x: x)


def test_driven_exercises_name_the_parts_of_a_probe(cell):
    made = Exercise(
        lambda *sizes: 1, probes=lambda rng: [((1, 2), "w")],
        drive=lambda answer, sizes, word: answer(*sizes), accept=lambda *_: "No.",
        given="def scaled(x, k): ...", **SETTINGS,
    )  # fmt: skip
    assert dict(made.check(lambda a, b: a).shown)["tried"] == "sizes=(1, 2), word='w'"
    found = made.check(cell('def f(a):\n    return a')["f"])
    assert found.message.endswith("Keep the parameters that the cell came with.")


def test_real_misconceptions_are_all_named():
    for made in exercises_of("bigram").values():
        for wrong in made.misconceptions:
            answer = wrong.answer() if made.is_value else wrong.answer
            assert made.check(answer, seed=3).misconception == wrong.name


# --- what somebody else wrote ------------------------------------------------------------------


HEAD = {"attempted": True, "unusable": "", "blank": None, "varies": None}


def written(**fields) -> str:
    result = {"kind": "Returned", "value": None, "changed": [], "printed": "", **fields}
    return json.dumps({**HEAD, "results": [result]})


@pytest.mark.parametrize("fields", [
    {"printed": "x" * 10_000},
    {"value": {"opaque": "x" * 10_000}},
    {"value": {"tensor": ["<f8", [0], "", "x" * 10_000]}},
    {"value": {"set": [i * (2**61 - 1) for i in range(20_000)]}},  # all of one hash
    {"value": {"dict": [[i * (2**61 - 1), 1] for i in range(20_000)]}},
    {"kind": "Raised", "error": "E" * 10_000, "message": ""},
    {"kind": "Raised", "error": "E", "message": "m" * 10_000},
    {"kind": "TimedOut", "seconds": 1, "code": "c" * 10_000},
], ids=lambda fields: " ".join(fields))
def test_outputs_that_would_cost_much_to_judge_or_to_keep_are_refused(fields):
    if fields.get("kind"):
        fields = {"line": 1, "code": "", "printed": "", **fields}
        text = json.dumps({**HEAD, "results": [fields]})
    else:
        text = written(**fields)
    begun = time.process_time()
    with pytest.raises(ValueError):
        Outputs.from_json(text)
    assert time.process_time() - begun < 1


def test_what_a_run_writes_is_never_too_long_to_be_read():
    class Long(Exception):
        pass

    Long.__name__ = "L" * 10_000

    def answer(kind):
        print("p" * 10_000)
        if kind == "raise":
            raise Long("m" * 10_000)
        return {"dict": dict.fromkeys(range(5000)), "set": set(range(5000)), "object": Long()}[kind]

    outputs = run(answer, [("raise",), ("dict",), ("set",), ("object",)])
    again = Outputs.from_json(outputs.to_json())
    assert again == outputs and len(outputs.to_json()) < 20_000


def test_what_is_said_of_a_long_value_is_short():
    def judged(value):
        outputs = Outputs((Returned(value),))
        expected = Outputs((Returned("a"),))
        standard = Standard("m.e", (), [()], expected, lambda: (), accept=lambda v: f"{v!r}, no")
        return judge(outputs, standard)

    assert len(judged("x" * 10**6).message) < 2000


# --- what is said of an answer that was not begun ------------------------------------------------

BUG = "def scaled(x, k):\n    return k * (x - x.sum())"
DOTS, NO_DOTS = "Replace the `...` by your code", "Nothing of yours is in it yet: change the code"


@pytest.mark.parametrize(
    ("source", "given", "message"),
    [
        (BUG, BUG, NO_DOTS),
        (BUG + "  # why?", BUG, NO_DOTS),
        ("def scaled(x, k):\n    pass", "", NO_DOTS),
        ('def scaled(x, k):\n    """Only words."""', "", NO_DOTS),
        ("scaled = None", "", NO_DOTS),
        ("scaled = ...", "", DOTS),
        ("def scaled(x, k):\n    ...", "", DOTS),
    ],
)
@pytest.mark.parametrize("lost", [False, True], ids=["source", "no source"])
def test_only_text_with_dots_is_told_to_replace_them(cell, source, given, message, lost):
    of = Exercise(scaled.reference, probes=scaled.probes, given=given, **SETTINGS)
    if lost and "def" in source and "..." not in source and source != BUG:
        pytest.skip("a body that does nothing looks the same as dots, once its text is lost")
    said = of.check(cell(source, lost=lost)["scaled"])
    assert said.status == "not attempted" and said.message.startswith(message)


def test_no_exercise_without_dots_asks_to_replace_them():
    found = [e for folder in OURS for e in exercises_of(folder.name).values()]
    without = [e for e in found if "..." not in e.stub and not e.is_value]
    assert len(without) >= 5
    for one in without:
        space = vars(sys.modules[one.reference.__module__])
        answer = run_cell(one.stub, **{**space, "__name__": "__main__"})[one.name]
        outputs = run(answer, [], stub=one.stub)
        assert not outputs.attempted and outputs.blank is None
