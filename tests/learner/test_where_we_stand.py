"""Nothing of ours imports from the folder that somebody stands in when they start it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pathkit.classroom.sandboxes.unprotected import unprotected

NAMES = ("random", "tokenize", "copy", "queue", "numpy", "pickle", "socket")


@pytest.fixture
def here(tmp_path):
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('mine')\n")
    return tmp_path


# As a file: processes that are started afresh read it again.
WORK = """
import os
from pathkit.running.workers import workers

def work():
    import random, tokenize, copy, queue, pickle, socket
    return random.__file__

if __name__ == "__main__":
    before = dict(os.environ)
    with workers(1) as pool:
        print(pool.submit(work).result(60))
    assert dict(os.environ) == before
"""


def test_workers_for_notebooks_and_grading(here):
    script = here / "elsewhere" / "script.py"
    script.parent.mkdir()
    script.write_text(WORK)
    found = subprocess.run([sys.executable, str(script)], cwd=here, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert str(here) not in found.stdout


def test_grading_without_a_sandbox(here):
    command = unprotected().command
    found = subprocess.run([*command, "tempfile"], cwd=here, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
