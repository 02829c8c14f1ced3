"""nbval with the flags of tests/steps.py: an altered result is found, an altered figure is none."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pathkit.building import notebook, notebook_cells
from pathkit.running import execute, kernels, stored_outputs
from tests import steps
from tests.building.test_build import ROOT

pytestmark = pytest.mark.slow

SETUP = """\
import matplotlib.pyplot as plt
import time
"""
PRINTED = """\
print("loss 2.5921 nats")
print(f"took {time.perf_counter():.3f} s at {id(time):#x}")
"""
VALUE = """\
{"b": 1, "a": [1, 2]}
"""
FIGURE = """\
figure, axes = plt.subplots(figsize=(2, 1))
axes.plot([1, 2, 3])
plt.show()
figure
"""
FREE = """\
print(time.perf_counter())
"""


def flags() -> list[str]:
    """The options of its own that tests/steps.py hands to nbval."""
    options = [str(option) for option in steps.nbval()]
    begin, end = options.index("--nbval-lax"), options.index("--dist")
    assert options[end + 1] == "loadfile"
    return [str(ROOT / o) if o == "tests/sanitize.cfg" else o for o in options[begin:end]]


@pytest.fixture(scope="module")
def folder():
    """A folder with a path short enough for sockets, below it the executed notebook."""
    folder = Path(tempfile.mkdtemp(prefix="pkt-"))
    pages = notebook_cells.Pages(None, "sample", "solution")
    pages.add("code", SETUP)
    for source in (PRINTED, VALUE, VALUE, FIGURE):
        pages.add("code", source, tags=["nbval-check-output"])
    pages.add("code", FREE)
    text = notebook.to_json(notebook_cells.as_notebook(
        pages.cells, {"module": "sample", "variant": "solution"}))
    done = execute.execute(execute.Job("sample.ipynb", text, {}, None, str(folder)))
    assert done.problem == ""
    (folder / "good.ipynb").write_text(stored_outputs.cleaned(done.text), encoding="utf-8")
    yield folder
    shutil.rmtree(folder)


def altered(folder: Path, name: str, change) -> None:
    found = json.loads((folder / "good.ipynb").read_text(encoding="utf-8"))
    change(*[cell["outputs"] for cell in found["cells"]])
    (folder / name).write_text(notebook.to_json(found), encoding="utf-8")


def test_nbval_finds_altered_results_and_nothing_else(folder):
    def results(setup, printed, value, gone, figure, free):
        printed[0]["text"][0] = "loss 2.5922 nats\n"
        value[0]["data"]["text/plain"] = ["{'b': 1, 'a': [1, 3]}"]
        gone.clear()

    def appearances(setup, printed, value, gone, figure, free):
        assert "image/png" in figure[0]["data"]
        for output in figure:
            output["data"]["image/png"] = "AAAA"
            output["data"]["text/plain"] = ["<Figure size 999x999 with 1 Axes>"]
        free[0]["text"] = ["something else\n"]

    altered(folder, "results.ipynb", results)
    altered(folder, "appearances.ipynb", appearances)
    (folder / "t").mkdir()
    environment = {**os.environ, **kernels.environment(), "TMPDIR": str(folder / "t")}
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *flags(), "-rf", "-p", "no:xdist", "--rootdir",
         str(folder), str(folder / "results.ipynb"), str(folder / "appearances.ipynb")],
        capture_output=True, text=True, timeout=300, cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT / "src")},
    )
    failed = [line.partition(" - ")[0] for line in result.stdout.splitlines()
              if line.startswith("FAILED")]
    assert result.returncode == 1, result.stdout + result.stderr
    assert failed == [f"FAILED results.ipynb::Cell {n}" for n in (1, 2, 3)], result.stdout
    # The private provisioner was used, and its sockets are gone.
    assert list((folder / "t").glob("pk-*")) == []


def test_the_sanitizer_covers_what_differs_from_machine_to_machine():
    text = (ROOT / "tests" / "sanitize.cfg").read_text(encoding="utf-8")
    pairs = re.findall(r"^regex: (.*)$[\n\r]+^replace: (.*)$", text, re.MULTILINE)
    assert len(pairs) >= 5

    def clean(line: str) -> str:
        for regex, replacement in pairs:
            line = re.sub(regex, replacement, line)
        return line

    for one, other in [
        ("<f at 0x7f9cd08794d0>", "<f at 0x7f00ffffaaaa>"),
        ("2026-11-23 08:00:01.5", "2024-01-02T03:04:05"),
        ("<Figure size 640x480 with 1 Axes>", "<Figure size 720x480 with 3 Axes>"),
        ("1.5 ms", "920 µs"), ("/tmp/a/b.py", "/home/me/b.py"),
    ]:
        assert clean(one) == clean(other)
    assert clean("loss 2.5921 nats") == "loss 2.5921 nats"
    assert clean("3 samples") == "3 samples"
