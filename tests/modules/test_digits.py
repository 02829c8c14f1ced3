"""Results hold on any processor: kernels round differently, and no training may magnify that."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest

from tests import other_processor
from tests.building.test_build import ROOT

SKYLAKE = {"SSE42", "AVX", "AVX2", "AVX512_SKX", "X86_V3", "X86_V4"}
DISPATCHED = ("X86_V3", "X86_V4", "AVX512_SPR")
PROGRAM = """\
import hashlib, numpy, torch
x = numpy.random.default_rng(0).normal(size=(1000, 70))
y = torch.tensor(x, dtype=torch.float32)
for name, array in ("numpy", [row @ row for row in x]), ("torch", y.log_softmax(dim=1)):
    print(name, hashlib.sha256(numpy.asarray(array).tobytes()).hexdigest())
"""
LESSONS = ROOT / "src" / "pathkit" / "modules"
TRAININGS = {  # lesson -> where to stop reading it, and what to train then
    "word_vectors": ("moments = [", "train(pairs, epochs=2)[0]"),
    "positions": ("w_table =", "train(features_added(trained), rate=0.1)"),
    "neurons": ("ready_made =", "train_arrays(start(1.0, np.random.default_rng(seed)), steps)[0]"),
    "backprop": ("kinds = [\"right\", \"Batch", "train(partial(with_mistake, 0), 300)[1]"),
}


class OtherNumPy:
    """NumPy as elsewhere: its exponentials and tanhs are the next number up."""

    def __getattr__(self, name):
        return getattr(np, name)

    def exp(self, x):
        return np.nextafter(np.exp(x), np.inf)

    def tanh(self, x):
        return np.nextafter(np.tanh(x), np.inf)


@pytest.mark.parametrize("features, torch, expected", [
    (SKYLAKE, "AVX512", ("Haswell", "X86_V4", "avx2")),
    (SKYLAKE - {"AVX512_SKX", "X86_V4"}, "AVX2", ("Sandybridge", "X86_V3", "default")),
    ({"SSE42", "AVX"}, "DEFAULT", ("Nehalem", None, None)),
    ({"NEON", "ASIMD"}, "DEFAULT", (None, None, None)),
])
def test_the_next_older_kernels_are_chosen(features, torch, expected):
    found = other_processor.other(features, DISPATCHED, torch)
    names = "OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES", "ATEN_CPU_CAPABILITY"
    assert tuple(map(found.get, names)) == expected and len(found) <= 4


def test_what_the_environment_says_is_left_alone():
    assert "OPENBLAS_CORETYPE" not in other_processor.here({"OPENBLAS_CORETYPE": "Zen"})


def test_solutions_are_judged_as_on_another_processor():
    text = (ROOT / "tests" / "steps.py").read_text(encoding="utf-8")
    assert '"tests/other_processor.py", *nbval("notebooks/solutions")' in text


def test_a_command_is_run_as_elsewhere_and_its_exit_code_kept(monkeypatch, capfd):
    monkeypatch.setattr(other_processor, "here", lambda: {"OPENBLAS_CORETYPE": "Haswell"})
    program = "import os; print(os.environ['OPENBLAS_CORETYPE']); raise SystemExit(3)"
    assert other_processor.main([sys.executable, "-c", program]) == 3
    said, seen = capfd.readouterr().out.splitlines()
    assert said == "as on another processor: OPENBLAS_CORETYPE=Haswell" and seen == "Haswell"


@pytest.mark.slow
def test_the_variables_change_the_last_digits_and_nothing_warns():
    """Each library heeds its variable."""
    names = "OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES", "ATEN_CPU_CAPABILITY"
    plain = {name: value for name, value in os.environ.items() if name not in names}
    variables = other_processor.here(plain)
    if not variables:
        pytest.skip("no other kernels are known for this processor")
    digits = [
        subprocess.run([sys.executable, "-W", "error", "-c", PROGRAM], env=environment, text=True,
                       capture_output=True, check=True).stdout.splitlines()
        for environment in (plain, {**plain, **variables})
    ]
    same = {one.split()[0] for one, other in zip(*digits, strict=True) if one == other}
    if "OPENBLAS_CORETYPE" in variables and sys.platform != "darwin":
        assert "numpy" not in same
    if "ATEN_CPU_CAPABILITY" in variables:
        assert "torch" not in same


def test_lessons_that_train_in_float32_say_what_may_differ():
    """Their figures are rounded, and the text says who rounds otherwise."""
    trained = set()
    for file in sorted(LESSONS.glob("*/lesson.py")):
        source = file.read_text(encoding="utf-8")
        steps = re.search(r"optimizer\b|\.grad\b|\bfit\(", source)
        if "import torch\n" in source and steps and file.parent.name not in TRAININGS:
            trained.add(file.parent.name)
            prose = " ".join(line.lstrip("# ") for line in source.splitlines()
                             if line.startswith("# "))
            assert re.search(r"processors?\b.{0,90}\brounds?\b", prose), file.parent.name
    assert {"mlp", "gpt", "transformer", "activations"} <= trained


@pytest.mark.slow
@pytest.mark.parametrize("name", TRAININGS)
def test_training_forgets_the_last_digits(name):
    """A rate near the edge magnifies them until answers change with the processor."""
    end, training = TRAININGS[name]
    source = (LESSONS / name / "lesson.py").read_text(encoding="utf-8")
    lines = source[: source.index(end)].splitlines()
    plain = "\n".join(line for line in lines if not line.startswith("path.predict"))
    lesson: dict = {}
    exec(compile(plain, name, "exec"), lesson)
    plt.close("all")
    here = np.array(eval(training, lesson))
    lesson["np"] = OtherNumPy()
    elsewhere = np.array(eval(training, lesson))
    assert 0 < abs(here - elsewhere).max() < 1e-9
