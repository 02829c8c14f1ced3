"""What the set-up cell sets besides the module."""

import os
import subprocess
import sys

import pytest

LESSON = """
import torch, pathkit as path
torch.set_num_threads(2)
path.ready("gpt")
print(torch.get_num_threads())
"""


@pytest.mark.slow
@pytest.mark.parametrize(("said", "threads"), [(None, "1"), ("2", "2")])
def test_a_lesson_computes_on_one_thread_unless_somebody_said_otherwise(tmp_path, said, threads):
    environment = {k: v for k, v in os.environ.items() if k != "OMP_NUM_THREADS"}
    if said:
        environment["OMP_NUM_THREADS"] = said
    ran = subprocess.run([sys.executable, "-c", LESSON], cwd=tmp_path, env=environment,
                         capture_output=True, text=True, check=True)
    assert ran.stdout.split()[-1] == threads


def test_the_set_up_imports_no_torch_of_its_own(tmp_path):
    code = "import sys, pathkit as p; p.ready('bigram'); print('torch' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True,
                         text=True, check=True)
    assert ran.stdout.split()[-1] == "False"
