"""What a notebook costs: a check, the panel when it is shown, the panel when it changes, the map.

    python benchmarks/notebook.py [--events 3000]

Checks are those of every finished module, right answers and misconceptions, in this process; the
rest runs in a real kernel, in a learner's folder whose log holds so many events. Milliseconds, of
the clock and of the processor: on a busy machine the second is the fair one.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pathkit.running import kernels
from pathkit import progress_log, path_map
from pathkit.learner.folder import Folder
from pathkit.checks.loading import exercises_of

ROOT = Path(__file__).resolve().parents[1]

KERNEL = """
import json, statistics, time
import pathkit as path
from pathkit.notebook import panels
from pathkit.checks.loading import exercises_of

def timed(call):
    begun = time.perf_counter(), time.process_time()
    call()
    return [1000 * (time.perf_counter() - begun[0]), 1000 * (time.process_time() - begun[1])]

path.ready("bigram")
found = {"first panel": [timed(path.progress)], "panel": [timed(path.progress) for _ in range(9)],
         "map": [timed(path.map) for _ in range(9)]}
name, exercise = "probabilities", exercises_of("bigram")["probabilities"]
answer = exercise.right_answer()
found["check with a panel open"] = [timed(lambda: path.check(answer)) for _ in range(30)]
found["update of the panel alone"] = [timed(panels._refresh) for _ in range(30)]
print(json.dumps(found))
"""


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of the clock and of the processor."""
    begun = time.perf_counter(), time.process_time()
    call()
    return 1000 * (time.perf_counter() - begun[0]), 1000 * (time.process_time() - begun[1])


def checks(path: path_map.PathMap) -> dict[str, list[tuple[float, float]]]:
    """A check of each right answer and of each misconception, after a first one to warm up."""
    found: dict[str, list[tuple[float, float]]] = {"right answer": [], "misconception": []}
    for module in path.modules:
        if not module.exercises:
            continue
        for exercise in exercises_of(module.id).values():
            exercise.check(exercise.right_answer())
            right = exercise.right_answer()
            found["right answer"].append(timed(lambda e=exercise, a=right: e.check(a)))
            for known in exercise.misconceptions:
                wrong = known.answer() if exercise.is_value else known.answer
                found["misconception"].append(timed(lambda e=exercise, a=wrong: e.check(a)))
    return found


def in_a_kernel(events: int) -> dict[str, list[tuple[float, float]]]:
    """Panel and map in a learner's folder with a log of that length."""
    import nbclient
    import nbformat

    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name))
        folder.state.mkdir()
        text = (ROOT / "notebooks" / "path.json").read_text(encoding="utf-8")
        folder.path_map.write_text(text, encoding="utf-8")
        begun = datetime.now(UTC) - timedelta(minutes=events)
        for minute in range(events):
            progress_log.append(folder.progress, "active", "bigram", begun + timedelta(minutes=minute))
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(KERNEL)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": ""}
        client = nbclient.NotebookClient(notebook, resources={"metadata": {"path": name}})
        client.execute()
    texts = [o.text for o in notebook.cells[0].outputs if o.output_type == "stream"]
    return json.loads("".join(texts).splitlines()[-1])


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--events", type=int, default=3000)
    arguments = parser.parse_args()
    import os

    os.environ.update(kernels.environment())
    path = path_map.load(ROOT / "notebooks" / "path.json")
    print(f"{'':28}{'n':>5}{'median':>9}{'cpu':>8}{'worst':>9}{'cpu':>8}")
    for name, times in {**checks(path), **in_a_kernel(arguments.events)}.items():
        clock, cpu = zip(*times, strict=True)
        print(f"{name:28}{len(times):5}{statistics.median(clock):9.1f}"
              f"{statistics.median(cpu):8.1f}{max(clock):9.1f}{max(cpu):8.1f}")


if __name__ == "__main__":
    main()
