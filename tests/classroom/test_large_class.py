"""Two thousand students: little memory for each, and the same grades after a kill half way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from pathlib import Path

import pytest

from tests.classroom.classroom_parts import RIGHT, WRONG, cell, code, notebook
from tests.classroom.test_grade import SMOOTHED, arguments, folder, kept, wait_until  # noqa: F401

MANY, FEW = 2000, 500
EACH = 16 * 2**10  # bytes that a process which grades may grow by for one student more


def hand_in(home: Path, numbers: range) -> None:
    """Each answer is another text, so each is run; every tenth is wrong."""
    for i in numbers:
        answer = WRONG if i % 10 == 0 else RIGHT
        file = home / f"s{i:04}" / "bigram.ipynb"
        file.parent.mkdir(parents=True)
        file.write_bytes(notebook(
            code("import numpy as np"), cell("bigram.probabilities", f"{answer}  # {i}"),
            cell("bigram.smoothed", f"{SMOOTHED}  # {i}")))


def peaks(home: Path, out: str) -> dict[str, int]:
    """Grade all that was handed in; the peak resident bytes of the parent and of its processes."""
    found: dict[str, int] = {}
    ended = threading.Event()
    running = subprocess.Popen(command(out), cwd=home, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)

    def look() -> None:
        while not ended.wait(0.2):
            for number in [running.pid, *children(running.pid)]:
                kind = "parent" if number == running.pid else "others"
                found[kind] = max(found.get(kind, 0), peak(number))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        _, said = running.communicate(timeout=600)
    finally:
        ended.set()
        watching.join()
        running.kill()
    assert running.returncode == 0, said
    return found


def command(out: str) -> list[str]:
    return [out if word == "grades" else word for word in arguments()]


def children(number: int) -> list[int]:
    """All processes below this one: those of the pool, their sandboxes, the workers in them."""
    try:
        text = Path(f"/proc/{number}/task/{number}/children").read_text()
    except OSError:
        return []
    own = [int(word) for word in text.split()]
    return own + [below for one in own for below in children(one)]


def peak(number: int) -> int:
    try:
        text = Path(f"/proc/{number}/status").read_text()
        return int(text.partition("VmHWM:")[2].split()[0]) * 1024
    except (OSError, IndexError):
        return 0


@pytest.mark.slow
def test_memory_stays_flat_and_a_killed_run_goes_on_to_the_same_grades(folder, works):  # noqa: F811
    hand_in(folder / "subs", range(FEW))
    few = peaks(folder, "grades")
    hand_in(folder / "subs", range(FEW, MANY))
    assert kept(folder) == 2 * FEW

    running = subprocess.Popen(command("grades"), cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    wait_until(lambda: kept(folder) >= MANY, 300)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert MANY <= kept(folder) < 2 * MANY
    many = peaks(folder, "grades")
    for who, most in many.items():
        assert most - few[who] < (MANY - FEW) * EACH, (who, few, many)

    seed = json.loads((folder / "grades" / "grading.json").read_text())["seed"]
    table = (folder / "grades" / "grades.csv").read_bytes()
    assert table.count(b"\n") == MANY + 1
    (folder / "whole").mkdir()
    (folder / "whole" / "grading.json").write_text(json.dumps({"seed": seed}))
    whole = peaks(folder, "whole")
    assert (folder / "whole" / "grades.csv").read_bytes() == table
    for who, most in whole.items():
        assert most - few[who] < (MANY - FEW) * EACH, (who, few, whole)
