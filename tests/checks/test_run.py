"""`run`: what a learner's code did, as plain data, whatever it does."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
import warnings

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathkit.checks.judge import judge
from pathkit.checks.limit import OutOfTime, at_most
from pathkit.checks.loading import exercises_of
from pathkit.checks.outputs import Outputs, Raised, Returned, TimedOut
from pathkit.checks.plain import Opaque
from pathkit.checks.run import run

STUB = '''\
def double(x):
    """Twice x."""
    ...
'''


def one(answer, *probe, **settings):
    """The result of one call."""
    [result] = run(answer, [probe], **settings).results
    return result


# --- attempted or not --------------------------------------------------------------------------

UNTOUCHED = {
    "stub": STUB,
    "other docstring": 'def double(x):\n    """My words."""\n    ...\n',
    "no docstring": "def double(x):\n    ...\n",
    "comment": "def double(x):\n    # multiply?\n    ...  # later\n",
    "pass": "def double(x):\n    pass\n",
    "layout": "def double(\n    x,\n):\n\n    ...\n",
    "annotated": "def double(x: float) -> float:\n    ...\n",
    "decorated": "import functools\n\n@functools.cache\ndef double(x):\n    ...\n",
}


@pytest.mark.parametrize("lost", [False, True], ids=["source", "no source"])
@pytest.mark.parametrize("text", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_untouched_stubs_are_not_attempts(cell, text, lost):
    if lost and "cache" in text:
        pytest.skip("a C wrapper without source shows no code")
    answer = cell(text, lost=lost)["double"]
    assert not run(answer, [(1,)], stub=STUB).attempted


@pytest.mark.parametrize("lost", [False, True], ids=["source", "no source"])
@pytest.mark.parametrize(
    "body", ["return x", "return None", "x", "return 0", "print()", "raise NotImplementedError"]
)
def test_any_code_is_an_attempt(cell, body, lost):
    answer = cell(f"def double(x):\n    {body}\n", lost=lost)["double"]
    empty = lost and body == "return None"  # compiled, that is an empty body
    assert run(answer, [(1,)], stub=STUB).attempted is not empty


def test_nothing_given_is_not_an_attempt():
    assert not run(None, [(1,)]).attempted
    assert not run(..., [(1,)], needs_call=False).attempted


FENCED = '''\
class Scale:
    """Multiply by a factor."""

    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        y = ...
        ...
        return y
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ('    """Multiply by a factor."""\n', '    """Mine."""\n'),
        ("        ...\n", "        pass\n"),
        ("        ...\n", ""),
        ("        ...\n", "        # what now?\n        ...\n"),
        ("class", "@print_nothing\nclass"),
    ],
)
def test_class_stubs_with_fenced_blanks_are_recognised(cell, old, new):
    names = cell(FENCED.replace(old, new), print_nothing=lambda thing: thing)
    assert not run(names["Scale"], [()], stub=FENCED).attempted


def test_a_class_stub_with_one_blank_filled_is_an_attempt(cell):
    answer = cell(FENCED.replace("y = ...", "y = self.factor * x"))["Scale"]
    outputs = run(answer, [(2, 3)], stub=FENCED, drive=lambda cls, f, x: cls(f)(x))
    assert outputs.attempted and outputs.results[0].value == 6
    assert outputs.blank == 9


def test_a_class_whose_whole_body_is_the_blank(cell):
    given = 'class Scale:\n    """Multiply."""\n    ...\n'
    assert not run(cell(given)["Scale"], [()], stub=given).attempted
    assert not run(cell(given, lost=True)["Scale"], [()], stub=given).attempted


def test_fenced_function_stubs_without_source(cell):
    given = "def f(x):\n    y = ...\n    return y\n"
    assert not run(cell(given, lost=True)["f"], [(1,)], stub=given).attempted
    filled = given.replace("...", "x")
    assert run(cell(filled, lost=True)["f"], [(1,)], stub=given).attempted


def test_the_last_definition_of_a_class_counts(cell):
    answer = cell(FENCED + "\n" + FENCED.replace("y = ...", "y = x"))["Scale"]
    assert run(answer, [()], stub=FENCED).attempted


def test_lines_of_blanks_are_those_of_the_cell(cell):
    source = "import math\n\n# mine\ndef f(x):\n    y = x\n    ...\n    return y\n"
    assert run(cell(source)["f"], [(1,)]).blank == 6
    assert run(cell("def f(x):\n    return x[..., 0]")["f"], [(np.ones(2),)]).blank is None


# --- raised --------------------------------------------------------------------------------------


def test_raised_names_the_learners_own_line(cell):
    answer = cell(
        """
        import numpy as np

        def helper(x):
            return np.linalg.inv(x)

        def f(x):
            y = x + 1
            return helper(y * 0)  # singular
        """
    )["f"]
    result = one(answer, np.eye(2))
    assert (result.error, result.message) == ("LinAlgError", "Singular matrix")
    assert (result.line, result.code) == (4, "return np.linalg.inv(x)")


def test_errors_deep_inside_numpy_are_told_at_the_calling_line(cell):
    answer = cell("def f(x):\n    return x.reshape(5, 5).mean(axis=3)\n")["f"]
    result = one(answer, np.ones(3))
    assert result.error == "ValueError" and result.line == 2 and "reshape(5, 5)" in result.code


@pytest.mark.parametrize(
    ("body", "error", "message"),
    [
        ("raise SystemExit(3)", "SystemExit", "3"),
        ("exit()", "SystemExit", ""),
        ("raise GeneratorExit", "GeneratorExit", ""),
        ("raise BaseException('all')", "BaseException", "all"),
        ("raise Nasty", "Nasty", ""),
        ("raise Worse", "Worse", ""),
        ("raise ExceptionGroup('two', [ValueError(), KeyError()])", "ExceptionGroup", None),
        ("return f(x)", "RecursionError", None),
        ("assert x > 5, 'two\\nlines'", "AssertionError", "two lines"),
        ("return eval('1 +')", "SyntaxError", None),
        ("return undefined", "NameError", "name 'undefined' is not defined"),
    ],
)
def test_whatever_is_raised_is_written_down(cell, body, error, message):
    class Nasty(Exception):
        def __str__(self):
            raise RuntimeError("no")

    class Worse(Exception):
        def __str__(self):
            raise SystemExit

    answer = cell(f"def f(x):\n    {body}\n", Nasty=Nasty, Worse=Worse, exit=sys.exit)["f"]
    result = one(answer, 1)
    assert isinstance(result, Raised) and result.error == error and result.line == 2
    if message is not None:
        assert result.message == message


@pytest.mark.slow
def test_an_endless_message_ends(cell):
    class Endless(Exception):
        def __str__(self):
            while True:
                pass

    begun = time.monotonic()
    assert one(cell("def f(x):\n    raise Endless", Endless=Endless)["f"], 1).message == ""
    assert time.monotonic() - begun < 3


def test_the_interrupt_button_goes_through(cell):
    with pytest.raises(KeyboardInterrupt):
        run(cell("def f(x):\n    raise KeyboardInterrupt")["f"], [(1,)])


# --- too slow ------------------------------------------------------------------------------------

ENDLESS = {
    "busy": "while True: pass",
    "sleep": "import time; time.sleep(60)",
    "except Exception": """
        while True:
            try:
                x += 1
            except Exception:
                pass
        """,
    "except BaseException": """
        while True:
            try:
                sum(range(1000))
            except BaseException:
                pass
        """,
    "sleeping bare except": """
        import time
        while True:
            try:
                time.sleep(0.01)
            except:
                pass
        """,
    "kept exceptions": """
        kept = []
        while True:
            try:
                sum(range(1000))
            except BaseException as error:
                kept.append(error)
        """,
    "finally": """
        while True:
            try:
                sum(range(1000))
            finally:
                continue
        """,
    "nested": """
        def inner():
            while True:
                try:
                    sum(range(100))
                except:
                    pass
        while True:
            try:
                inner()
            except:
                pass
        """,
    "print": "while True: print('x' * 1000)",
}


@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS.keys())
def test_endless_code_is_stopped_and_everything_restored(cell, body):
    source = "def f(x):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")
    before = signal.getsignal(signal.SIGALRM), np.geterr(), sys.stdout
    begun = time.monotonic()
    result = one(cell(source)["f"], 1, seconds=0.1)
    assert isinstance(result, TimedOut) and result.seconds == 0.1
    assert time.monotonic() - begun < 10
    assert result.line is not None and result.code
    assert (signal.getsignal(signal.SIGALRM), np.geterr(), sys.stdout) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.slow
def test_probes_share_the_time_and_the_first_slow_one_ends_the_run(cell):
    answer = cell("import time\ndef f(x):\n    time.sleep(0.8)\n    return x")["f"]
    outputs = run(answer, [(i,) for i in range(9)], seconds=2)
    assert [type(r) for r in outputs.results] == [Returned, Returned, TimedOut]


def test_values_that_run_for_ever_when_looked_at_are_stopped(cell):
    answer = cell(
        """
        class Endless(dict):
            def items(self):
                while True:
                    pass

        def f(x):
            return Endless()
        """
    )["f"]
    assert isinstance(one(answer, 1, seconds=0.1), TimedOut)


def test_a_limit_inside_a_limit_keeps_the_outer_one():
    with pytest.raises(OutOfTime), at_most(0.2):
        with at_most(5):
            time.sleep(0.01)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 0.2
        time.sleep(5)


def test_limits_end_cleanly_when_they_end_at_the_same_time_as_the_work():
    before = signal.getsignal(signal.SIGALRM)
    for i in range(300):
        end = time.monotonic() + 0.0005 + i * 1e-7
        with contextlib.suppress(OutOfTime), at_most(0.0005):
            while time.monotonic() < end:
                pass
        assert signal.getsignal(signal.SIGALRM) is before
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_in_a_thread_there_is_a_result_but_no_limit(cell):
    answer = cell("import time\ndef f(x):\n    time.sleep(x)\n    print(x)\n    return x")["f"]
    found = []
    thread = threading.Thread(
        target=lambda: found.append(run(answer, [(0.0,), (0.15,), (0.0,)], seconds=0.1))
    )
    thread.start()
    thread.join()
    assert [type(r) for r in found[0].results] == [Returned, TimedOut]


# --- what is changed and what is kept ------------------------------------------------------------


@pytest.mark.parametrize(
    ("argument", "change"),
    [
        (np.zeros(3), "x[0] = 1"),
        (np.zeros(3), "x += 1"),
        (np.zeros((2, 2)), "x.sort(); x.resize(4)"),
        ([3, 1], "x.sort()"),
        ([1], "x.append(2)"),
        ({"a": 1}, "x['b'] = 2"),
        ({"a": [1, {"b": np.zeros(2)}]}, "x['a'][1]['b'][1] = 9"),
        ({1, 2}, "x.pop()"),
        ([0.0], "x[0] = float('nan')"),
        ([[1]], "x[0][0] = object()"),
    ],
)
def test_arguments_changed_in_place_are_named(cell, argument, change):
    answer = cell(f"def f(other, x):\n    {change}\n    return 1\n")["f"]
    assert one(answer, 0, argument).changed == (1,)
    assert one(answer, 0, argument).changed == (1,), "the probe itself must stay as it was"


@pytest.mark.parametrize("argument", [np.array([np.nan, 1.0]), [np.nan], {"a": (1, "x")}, len])
def test_arguments_left_alone_are_not_named(cell, argument):
    assert one(cell("def f(x):\n    return x")["f"], argument).changed == ()


def test_changed_tensors_are_named(cell):
    torch = pytest.importorskip("torch")
    answer = cell("def f(x, y):\n    y['w'].add_(1)\n    return x.sum()")["f"]
    result = one(answer, torch.ones(3), {"w": torch.zeros(2)})
    assert result.changed == (1,) and result.value.values == 3


def test_global_state_is_restored(cell):
    torch = pytest.importorskip("torch")
    answer = cell(
        """
        import random, sys, warnings
        import numpy as np, torch

        def f(x):
            np.random.seed(1); random.seed(1); torch.manual_seed(1)
            np.seterr(all="raise")
            warnings.simplefilter("error")
            sys.stdout = None
            return np.random.rand() + random.random() + float(torch.rand(()))
        """
    )["f"]

    def states():
        return (
            random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state().tolist(),
            np.geterr(), list(warnings.filters), sys.stdout,
        )

    before = states()
    assert isinstance(one(answer, 1), Returned)
    assert states() == before


def test_warnings_and_numpy_errors_do_not_decide(cell):
    source = """
        import warnings
        import numpy as np

        def f(x):
            warnings.warn("old")
            return np.log(x) + np.array([1]) / 0
        """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = one(cell(source)["f"], np.zeros(1))
    assert isinstance(result, Returned)


def test_prints_are_kept_and_not_shown(cell, capsys):
    answer = cell("def f(x):\n    print('x is', x)\n    return x")["f"]
    assert one(answer, 4).printed == "x is 4\n"
    assert capsys.readouterr().out == ""


def test_prints_are_kept_within_bounds(cell):
    answer = cell("def f(x):\n    for _ in range(999): print('y' * 99)\n    return x")["f"]
    assert len(one(answer, 4).printed) == 2000


def test_a_closed_stdout_is_the_learners_own_trouble(cell):
    answer = cell("import sys\ndef f(x):\n    sys.stdout.close()\n    return x")["f"]
    assert isinstance(one(answer, 4), Returned)
    assert not sys.stdout.closed


# --- odd answers ---------------------------------------------------------------------------------


def test_answers_that_can_not_be_called_are_told_so():
    class Unprintable:
        def __repr__(self):
            raise RuntimeError

    for value in (3, [1], np.ones(3), "text", Unprintable(), 10**6000):
        outputs = run(value, [(1,)])
        assert "A function or class is expected" in outputs.unusable, value
        assert len(outputs.unusable) < 250


def test_callables_of_every_kind_run(cell):
    import functools
    from unittest import mock

    names = cell("class Adder:\n    def __call__(self, x):\n        return x + 1\nadd = Adder()")
    assert one(names["add"], 1).value == 2
    assert one(functools.partial(max, 5), 1).value == 5
    assert one(lambda x: x, 1).value == 1
    assert one(abs, -1).value == 1
    assert one(mock.Mock(), 1).value == Opaque("Mock")
    assert one(cell("class A(dict):\n    pass")["A"], {}).value == {}


def test_a_resisting_object_is_an_answer_too(cell):
    answer = cell(
        """
        class Resists:
            def __call__(self, x):
                return x
            def __getattr__(self, name):
                raise RuntimeError("no")
        resists = Resists()

        def loop(x):
            return x
        loop.__wrapped__ = loop
        """
    )
    assert one(answer["resists"], 1, stub=STUB).value == 1
    assert one(answer["loop"], 1, stub=STUB).value == 1


NASTY = """
import numpy as np

class Nasty:
    def _no(self, *args, **keywords):
        raise RuntimeError("no")
    __eq__ = __repr__ = __str__ = __len__ = __iter__ = __bool__ = __float__ = _no
    __hash__ = __array__ = __getattr__ = __format__ = _no

class Liar:
    @property
    def __class__(self):
        raise RuntimeError("no")

class BadList(list):
    __iter__ = __len__ = __eq__ = Nasty._no

class BadText(str):
    __str__ = Nasty._no

class Meta(type):
    @property
    def __name__(cls):
        raise RuntimeError("no")

class Odd(metaclass=Meta):
    pass

def twice():
    held = []
    held += [held, held]
    return held

def deep():
    inner = frozenset()
    for _ in range(5000):
        inner = frozenset([inner])
    return inner

VALUES = [
    Nasty(), Liar(), BadList([1]), BadText("x"), Odd(), twice(), deep(), (i for i in []),
    lambda: 0, range(3), {Nasty: 1}, [Nasty()], {1: {2: Nasty()}}, np.array([None, 1]),
    np.array("2020-01-01", "M8[D]"), np.zeros(2, "f8,i4"), np.broadcast_to(0.0, (10**6, 10**6)),
    10**9999, float("nan"), complex(1, float("inf")), "\\ud800\\x1b[31m\\0", b"\\xff",
    np.float16(1),
    np.longdouble(1), np.clongdouble(1), np.datetime64("2020"), np.void(b"12"), np.str_("a"),
    np.ma.masked_array([1], [True]), object, ..., NotImplemented, {1, 2.5, "a"},
    np.array(3.0), np.zeros((0, 3)), np.zeros((1,) * 30), [0] * 2_000_000, "x" * 10**6,
]
"""


def test_nasty_values_are_plain_data_that_survives_the_pipe(cell):
    values = cell(NASTY)["VALUES"]
    for i in range(len(values)):
        outputs = run(lambda i: values[i], [(i,)], seconds=60)  # it is not about time
        again = Outputs.from_json(outputs.to_json())
        assert again.to_json() == outputs.to_json()
        assert isinstance(outputs.results[0], Returned | Raised), i


# --- across a pipe -------------------------------------------------------------------------------

CHILD = """
import sys
from pathkit.checks.loading import exercises_of
from pathkit.checks import judge

def never(*_):
    raise AssertionError("the learner's process must not judge")
judge.judge = never
source = sys.stdin.read()
namespace = {"__name__": "__main__"}
exec(compile(source, "<answer>", "exec"), namespace)
exercise = exercises_of("bigram")["probabilities"]
text = exercise.run(namespace["probabilities"], seed=5).to_json()
sys.stdout.write(text)
"""

ANSWERS = {
    "passed": "def probabilities(c):\n    print('hi')\n    return c / c.sum(1)[:, None]\n",
    "misconception": "def probabilities(c):\n    return c / c.sum()\n",
    "raised": "def probabilities(c):\n    return 1 / nothing\n",
    "wrong type": "def probabilities(c):\n    return (c / c.sum(1)[:, None]).tolist()\n",
    "changed its input": (
        "def probabilities(c):\n    p = c / c.sum(1)[:, None]\n    c[:] = 0\n    return p\n"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("status", ["passed", "misconception"])
def test_run_in_one_process_and_judge_in_another(status):
    done = subprocess.run(
        [sys.executable, "-c", CHILD], input=ANSWERS[status], capture_output=True, text=True,
        check=True,
    )
    exercise = exercises_of("bigram")["probabilities"]
    verdict = exercise.judge(Outputs.from_json(done.stdout), seed=5)
    assert verdict.status == status


@pytest.mark.parametrize("status", ANSWERS)
def test_judging_never_calls_the_learners_code(cell, status, monkeypatch):
    calls = []
    answer = cell(ANSWERS[status])["probabilities"]
    exercise = exercises_of("bigram")["probabilities"]
    text = exercise.run(lambda c: calls.append(1) or answer(c), seed=5).to_json()
    made = len(calls)
    direct = exercise.check(answer, seed=5)
    monkeypatch.setitem(answer.__globals__, "__builtins__", {})
    verdict = judge(Outputs.from_json(text), exercise.standard(5))
    assert (verdict.status, verdict.message) == (direct.status, direct.message)
    assert verdict.status == status and len(calls) == made


EXAMPLE = run(
    lambda x: x,
    [
        (value,)
        for value in (
            1, 2**80, 1.5, 2j, "x", b"b", None, True, [1, (2.0,)], {"a": {1, 2}}, np.eye(2),
            np.array(["ab", "c"]), np.zeros((0, 2), bool), object(),
        )
    ],
).to_json()

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["kind", "value", "changed", "printed", "results", "attempted", "unusable", "blank",
             "varies", "array", "list", "dict", "set", "float", "tensor", "int", "bytes",
             "opaque", "complex"]
        )
        | st.text(max_size=3),
        inner,
        max_size=5,
    ),
    max_leaves=12,
)


def read(text):
    """Read outputs or refuse them; anything that is read can be written and judged."""
    try:
        outputs = Outputs.from_json(text)
    except ValueError:
        return None
    Outputs.from_json(outputs.to_json())
    str(exercises_of("bigram")["probabilities"].judge(outputs))
    return outputs


@settings(max_examples=60, deadline=None)
@given(JSON)
@pytest.mark.slow
def test_arbitrary_json_is_refused(data):
    assert read(json.dumps(data)) is None


@settings(max_examples=80, deadline=None)
@given(JSON)
def test_arbitrary_values_are_read_or_refused(value):
    data = json.loads(EXAMPLE)
    data["results"] = [
        {"kind": "Returned", "value": value, "changed": [], "printed": ""} for _ in range(5)
    ]
    read(json.dumps(data))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_outputs_are_read_or_refused(data):
    start = data.draw(st.integers(0, len(EXAMPLE)))
    length = data.draw(st.integers(0, 12))
    pieces = ["null", "-1", "1e999", '"', "[]", "{}", "NaN", "9" * 9]
    piece = data.draw(st.text(max_size=5) | st.sampled_from(pieces))
    read(EXAMPLE[:start] + piece + EXAMPLE[start + length :])


@pytest.mark.parametrize(
    "value",
    [
        {"array": ["<f8", [2], "AAAA"]},
        {"array": ["<f8", [10**12], ""]},
        {"array": ["<f8", [-1], ""]},
        {"array": ["<f8", [0, 10**30], ""]},
        {"array": ["<f8", [1] * 99, "AAAAAAAAAAA="]},
        {"array": ["|O", [1], "AAAAAAAAAAA="]},
        {"array": ["|V8", [1], "AAAAAAAAAAA="]},
        {"array": ["(999999999,)f8", [0], ""]},
        {"array": ["f8,{", [0], ""]},
        {"array": ["<f3", [0], ""]},
        {"array": ["<U0", [5], ""]},
        {"array": ["<U1", [1], "/////w=="]},
        {"array": ["|b1", [1], "Ag=="]},
        {"array": ["<f8", [True], "AAAAAAAAAAA="]},
        {"array": ["<f8", [1], "AAAAAAAAAAA=", 1]},
        {"tensor": ["<f8", [1], "AAAAAAAAAAA=", 1]},
        {"list": [1], "tuple": []},
        {"list": 3},
        {"dict": [[1]]},
        {"dict": ["ab"]},
        {"dict": [[{"list": []}, 1]]},
        {"set": [{"list": []}]},
        {"bytes": "?"},
        {"float": 1},
        {"float": "one"},
        {"complex": ["1", 2]},
        {"int": "0x" + "g"},
        {"int": "12"},
        {},
        1.5,
        [1],
    ],
    ids=str,
)
def test_values_that_encode_never_writes_are_refused(value):
    with pytest.raises(ValueError):
        Outputs.from_json(
            json.dumps(
                {
                    "attempted": True, "unusable": "", "blank": None,
                    "results": [{"kind": "Returned", "value": value, "changed": [], "printed": ""}],
                }
            )
        )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"attempted": true', '"attempted": 1'),
        ('"blank": null', '"blank": Infinity'),
        ('"blank": null', '"blank": -1'),
        ('"blank": null', '"blank": true'),
        ('"changed": []', '"changed": [-50]'),
        ('"changed": []', '"changed": [0.0]'),
        ('"printed": ""', '"printed": null'),
        ('"kind": "Returned"', '"kind": "Gone"'),
        ('"printed": ""', '"printed": "", "more": 1'),
        ('"unusable": ""', '"unusable": "", "more": 1'),
    ],
)
def test_fields_of_another_type_are_refused(old, new):
    assert old in EXAMPLE
    with pytest.raises(ValueError):
        Outputs.from_json(EXAMPLE.replace(old, new, 1))


def test_deeply_nested_json_is_refused():
    for text in ("[" * 10**5, '{"list":[' * 10**4, "null", "3", '"x"', "", "\x00"):
        with pytest.raises(ValueError):
            Outputs.from_json(text)
    nested = '{"list":[' * 200 + "1" + "]}" * 200
    with pytest.raises(ValueError):
        Outputs.from_json(EXAMPLE.replace('"value": 1', f'"value": {nested}', 1))
