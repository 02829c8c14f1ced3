"""Whatever a notebook set for itself, a check judges the same and leaves it set."""

from __future__ import annotations

import sys
import textwrap
from fractions import Fraction

import numpy as np
import pytest

import pathkit
from pathkit.checks.loading import exercises_of
from pathkit.checks.run import run
from pathkit.checks.settings import remember, standard_settings
from pathkit.running.kernels import environment

# What is run in the learner's cell, and what must show the same before and after the check.
OF_PYTHON = {
    'np.seterr(all="raise")': "np.geterr()",
    "np.seterr(all='call'); np.seterrcall(lambda *_: 1 / 0)": "np.geterr()",
    'import warnings; warnings.simplefilter("error")': "warnings.filters[0]",
    "np.set_printoptions(precision=1, threshold=2, sign=' ', formatter={'float': lambda _: '?'})":
        "np.get_printoptions()",
    "import decimal; decimal.getcontext().prec = 2": "decimal.getcontext().prec",
    "import gc; gc.disable()": "gc.isenabled()",
    "np.random.default_rng = lambda *_: None": "np.random.default_rng",
    "np.exp = np.sum = lambda *_, **__: 3": "np.exp",
    "import builtins; builtins.sum = builtins.sorted = 0": "builtins.sum",
    "import builtins; del builtins.zip": "hasattr(builtins, 'zip')",
    "import time; time.monotonic = lambda: 0": "time.monotonic",
    "import math; math.log = math.sqrt = abs": "math.log",
    "random.seed(5)": "random.getstate()",
    "np.random.seed(5)": "str(np.random.get_state())",
    "np.random.set_bit_generator(np.random.PCG64(3))": "str(np.random.get_bit_generator().state)",
    "import time\ndef slow(frame, *_): time.sleep(1e-6); return slow\nsys.settrace(slow)":
        "sys.gettrace()",
    "import time\ndef slow(*_): time.sleep(1e-6)\nsys.setprofile(slow)": "sys.getprofile()",
    "os.chdir('/')": "os.getcwd()",
}
OF_TORCH = {
    "torch.set_default_dtype(torch.float64)": "torch.get_default_dtype()",
    'torch.set_default_device("meta")': "str(torch._GLOBAL_DEVICE_CONTEXT.device_context.device)",
    "torch.set_grad_enabled(False)": "torch.is_grad_enabled()",
    "torch.inference_mode(True).__enter__()": "torch.is_inference_mode_enabled()",
    "torch.use_deterministic_algorithms(True)": "torch.are_deterministic_algorithms_enabled()",
    "torch.set_printoptions(precision=1, sci_mode=True)": "vars(torch._tensor_str.PRINT_OPTS)",
    "torch.autograd.set_detect_anomaly(True)": "torch.is_anomaly_enabled()",
    "torch.set_autocast_enabled('cpu', True)": "torch.is_autocast_enabled('cpu')",
    "torch.set_float32_matmul_precision('medium')": "torch.get_float32_matmul_precision()",
    "torch.manual_seed(7)": "torch.get_rng_state().sum()",
    "torch.set_num_threads(1)": "torch.get_num_threads()",
    "torch.tensor = torch.nn.functional.softmax = None": "torch.tensor",
    "np.random.default_rng = lambda *_: None": "np.random.default_rng",
}


def _told(module, names):
    """What each of these exercises says of the right answer, and of each known wrong one."""
    found = {}
    for name in names:
        exercise = exercises_of(module)[name]
        answers = [exercise.reference, *(m.answer for m in exercise.misconceptions)]
        found[name] = [exercise.check(exercise.answer_of(a), seed=3).to_dict() for a in answers]
    return found


def _undone(hostile, shows, judged, expected, **names):
    space = {"__name__": "__main__", "np": np, "sys": sys, **names}
    remember()
    with standard_settings():
        exec(hostile, space)
        before = eval(shows, space)
        found = judged()
        after = eval(shows, space)
        sys.settrace(None)
        sys.setprofile(None)
    assert found == expected
    assert str(after) == str(before)


@pytest.fixture(scope="module")
def of_bigram():
    return _told("bigram", ["probabilities", "count_pairs"])


@pytest.mark.parametrize("hostile", OF_PYTHON)
@pytest.mark.slow
def test_settings_of_python_and_numpy_decide_nothing(hostile, of_bigram):
    import os
    import random

    exercises = exercises_of("bigram")
    for exercise in exercises.values():
        exercise.__dict__.pop("_standards", None)  # what is expected is found out anew, too
    _undone(hostile, OF_PYTHON[hostile], lambda: _told("bigram", ["probabilities", "count_pairs"]),
            of_bigram, os=os, random=random)


@pytest.fixture(scope="module")
def of_gpt():
    pytest.importorskip("torch")
    return _told("gpt", list(exercises_of("gpt"))[2:4])


@pytest.mark.slow
@pytest.mark.parametrize("hostile", OF_TORCH)
def test_settings_of_torch_decide_nothing(hostile, of_gpt):
    torch = pytest.importorskip("torch")
    for exercise in exercises_of("gpt").values():
        exercise.__dict__.pop("_standards", None)
    _undone(hostile, OF_TORCH[hostile], lambda: _told("gpt", list(of_gpt)), of_gpt, torch=torch)


def test_a_low_limit_of_recursion_is_lifted_for_the_check(cell):
    answer = cell("def f(n):\n    return 0 if n == 0 else f(n - 1)")["f"]
    before = sys.getrecursionlimit()
    depth = len(_frames())
    try:
        sys.setrecursionlimit(depth + 60)
        result = run(answer, [(300,)]).results[0]
        kept = sys.getrecursionlimit()
    finally:
        sys.setrecursionlimit(before)
    assert result.value == 0
    assert kept == depth + 60


def _frames():
    found, frame = [], sys._getframe()
    while frame:
        found.append(frame)
        frame = frame.f_back
    return found


def test_what_an_answer_sets_ends_with_it(cell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = cell(textwrap.dedent("""
        import os, gc, random, warnings
        import numpy as np

        def f(x):
            os.chdir("/"), gc.disable(), random.seed(1), np.random.seed(1)
            np.seterr(all="raise"), warnings.simplefilter("error"), np.set_printoptions(1)
            np.exp = None
            return x
    """))["f"]
    import gc
    import os

    exp, state = np.exp, str(np.random.get_state())
    assert run(answer, [(1,)]).results[0].value == 1
    assert os.getcwd() == str(tmp_path) and gc.isenabled() and np.exp is exp
    assert str(np.random.get_state()) == state and np.geterr()["divide"] == "warn"
    assert np.get_printoptions()["precision"] == 8


def test_predictions_are_judged_under_known_settings(capsys, monkeypatch):
    from pathkit.notebook import session

    monkeypatch.setattr(session, "_session", session.Session())
    pathkit.ready("bigram")
    with np.errstate(all="raise"), np.printoptions(precision=1):
        pathkit.predict("knows-nothing", Fraction(33, 10))
    assert "✓ knows-nothing: passed" in capsys.readouterr().out


HOSTILE = [
    "import sys; sys.setrecursionlimit(100)",
    "sys.setrecursionlimit(1000); np.seterr(all='raise')",
    "import warnings; warnings.simplefilter('error')",
    "import os; os.chdir('/')",
    "sum = print = list = len = max = type = str = 3",
    "np.set_printoptions(precision=1, formatter={'float': lambda x: 1 / 0})",
    "import matplotlib.pyplot as plt; plt.style.use('dark_background')",
    "%config InlineBackend.figure_format = 'svg'",
]
RIGHT = (
    "def probabilities(counts):\n    return counts / counts.sum(axis=1, keepdims=True)\n"
    "probabilities = path.check(probabilities)"
)
USES = {
    RIGHT: "✓ probabilities: passed", "path.predict('after-q', 0.4)": "✓ after-q: passed",
    "path.progress()": "Bigram", "figure, ax = path.figure(); path.show(figure, 'x')": "Figure: x",
}


@pytest.mark.slow
def test_a_real_kernel_goes_on_whatever_is_set(tmp_path, monkeypatch):
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    texts = ["import numpy as np\nimport pathkit as path\npath.ready('bigram')"]
    for hostile in HOSTILE:
        texts += [hostile, *USES]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(t) for t in texts])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": tmp_path}}
    ).execute()
    pictures = set()
    for cell in notebook.cells:
        if wanted := USES.get(cell.source):
            [output] = cell.outputs
            assert wanted in output.data["text/plain"], (cell.source, output)
            if wanted.startswith("Figure"):
                pictures.add(output.data["text/html"])
    assert len(pictures) == 1


def test_what_a_version_of_torch_lacks_is_left_alone():
    from types import SimpleNamespace

    from pathkit.checks.torch_settings import _set, _settings

    old = SimpleNamespace(get_default_dtype=lambda: 1, is_autocast_enabled=lambda: True)
    assert _settings(old) == {"dtype": 1}
    _set(old, {"dtype": 1, "autocast": False})
