"""Imports inside an answer are neither its slowness nor ever cut short."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time

import pytest

from pathkit.checks.imports import clock, timed_imports
from pathkit.checks.limit import OutOfTime, at_most, can_stop
from pathkit.checks.outputs import Returned, TimedOut
from pathkit.checks.run import run

SLOW = "import time\nbegun = True\ntime.sleep(0.5)\nwhole = True\n"


@pytest.fixture
def slow(tmp_path, monkeypatch):
    """Modules that take half a second to import; one imports another, one fails at its end."""
    monkeypatch.syspath_prepend(str(tmp_path))
    texts = {"one": SLOW, "outer": "import slow_inner\nwhole = True\n", "inner": SLOW,
             "lazy": SLOW, "late": SLOW, "broken": SLOW + "raise ImportError('no')\n"}
    for name, text in texts.items():
        (tmp_path / f"slow_{name}.py").write_text(text)
    yield
    for name in texts:
        sys.modules.pop(f"slow_{name}", None)


@pytest.mark.parametrize(
    "load",
    ["import slow_one as m", "import slow_outer as m", "from slow_one import whole as m",
     "import importlib; m = importlib.import_module('slow_lazy')",
     "m = __import__('slow_late')"],
)
def test_an_import_is_no_part_of_the_answers_time(cell, slow, load):
    answer = cell(f"def f(x):\n    {load}\n    return x")["f"]
    outputs = run(answer, [(1,), (2,)], seconds=0.2)
    assert [type(r) for r in outputs.results] == [Returned, Returned]
    assert all(getattr(m, "whole", False) for n, m in sys.modules.items() if n.startswith("slow_"))


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_loop_beside_an_import_is_stopped_all_the_same(cell, slow, before):
    parts = ["import slow_one", "while True: pass"]
    source = "def f(x):\n    time.sleep(0.05)\n    " + "\n    ".join(parts if before else parts[1:])
    begun = time.monotonic()
    result = run(cell(source, time=time)["f"], [(1,)], seconds=0.3).results[0]
    assert isinstance(result, TimedOut)
    assert time.monotonic() - begun < 5


def test_an_import_that_fails_is_told_as_it_is(cell, slow):
    answer = cell("def f(x):\n    import slow_broken")["f"]
    result = run(answer, [(1,)], seconds=0.2).results[0]
    assert (result.error, result.message) == ("ImportError", "no")


@pytest.mark.slow
def test_where_nothing_can_be_stopped_imports_do_not_count_either(cell, slow, monkeypatch):
    for module in ("limit", "run"):
        monkeypatch.setattr(f"pathkit.checks.{module}.can_stop", lambda: False)
    imports = cell("def f(x):\n    import slow_one\n    return x")["f"]
    sleeps = cell("def f(x):\n    time.sleep(0.4)\n    return x", time=time)["f"]
    assert isinstance(run(imports, [(1,)], seconds=0.2).results[0], Returned)
    assert isinstance(run(sleeps, [(1,)], seconds=0.2).results[0], TimedOut)


@pytest.mark.skipif(not can_stop(), reason="no signals here")
def test_an_outer_limit_waits_for_imports_within_an_inner_one(slow):
    with pytest.raises(OutOfTime), at_most(0.3):
        with at_most(0.2):
            import slow_one
        assert slow_one.whole
        while True:
            pass


def test_the_importer_is_put_back():
    import _frozen_importlib

    before = _frozen_importlib._find_and_load
    with timed_imports(), timed_imports():
        assert _frozen_importlib._find_and_load is not before
    assert _frozen_importlib._find_and_load is before and clock.depth == 0


@pytest.mark.slow
def test_the_first_import_of_torch_is_no_slow_answer():
    pytest.importorskip("torch")
    code = textwrap.dedent("""
        from pathkit.checks.run import run
        def f(x):
            import torch
            return float(torch.ones(x).sum())
        print(*[r.value for r in run(f, [(2,), (3,)], seconds=0.3).results])
        import torch
        print(torch.optim.SGD.__name__, torch.get_default_dtype())
        print(torch.default_generator.initial_seed())
    """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "2.0 3.0", "SGD torch.float32", "67280421310721",
    ], done.stderr
