"""How what a learner waits for grows with the path and with the log; seconds of CPU.

    .venv/bin/python benchmarks/growth.py

Makes up a folder of this path with a log of 100,000 events, and one of 1,000 modules (this path's,
37 times over, each copy on top of the last), and runs the commands as a learner would.
"""

from __future__ import annotations

import dataclasses
import json
import random
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pathkit import path_map

ROOT = Path(__file__).resolve().parents[1]
EVENTS, MODULES, RUNS = 100_000, 1_000, 5
COMMANDS = [["status"], ["status", "--json"], ["next", "--show"],
            ["plan", "--hours", "5"], ["review", "--due"]]


def grown(path: path_map.PathMap, size: int) -> path_map.PathMap:
    """A path of `size` modules: copies of this one's, each on top of the copy before."""
    modules, last = [], path.modules[-1].id
    for number in range(1, size + 1):
        round_, place = divmod(number - 1, len(path.modules))
        module, mark = path.modules[place], f"-{round_}" if round_ else ""
        below = [f"{name}{mark}" for name in module.requires]
        if round_ and not below:
            below = [last if round_ == 1 else f"{last}-{round_ - 1}"]
        modules.append(dataclasses.replace(
            module, id=module.id + mark, number=number, requires=tuple(below),
            exercises=tuple(dataclasses.replace(e, id=f"{module.id}{mark}.{e.name}")
                            for e in module.exercises),
        ))
    return dataclasses.replace(path, modules=tuple(modules))


def events(path: path_map.PathMap, count: int) -> list[dict]:
    """A log like a learner's, of some minutes' distance, over the first half of the modules."""
    rng, at, found = random.Random(0), datetime(2026, 1, 5, 9, tzinfo=UTC), []
    begun = path.modules[: len(path.modules) // 2]
    for n in range(count):
        module = begun[n * len(begun) // count]
        exercise = rng.choice(module.exercises).id if module.exercises else ""
        at += timedelta(seconds=rng.choice([10, 20, 40, 60, 300]))
        common = {"v": 1, "id": f"{n:016x}", "module": module.id,
                  "at": at.isoformat(timespec="microseconds").replace("+00:00", "Z")}
        found.append({**common, **rng.choice([
            {"kind": "active"}, {"kind": "ready"},
            {"kind": "check", "exercise": exercise, "status": "passed", "misconception": ""},
            {"kind": "check", "exercise": exercise, "status": "misconception",
             "misconception": "_no_end"},
            {"kind": "hint", "exercise": exercise, "step": 1},
        ])})
    return found


def folder(place: Path, path: path_map.PathMap, count: int) -> Path:
    """A learner's folder with this path and `count` events."""
    (place / ".pathkit").mkdir(parents=True)
    for module in path.modules:
        (place / module.file).touch()
    (place / ".pathkit" / "path.json").write_text(path_map.to_json(path), encoding="utf-8")
    lines = (json.dumps(event) + "\n" for event in events(path, count))
    (place / "progress.jsonl").write_text("".join(lines), encoding="utf-8")
    return place


def seconds(command: list[str], place: Path) -> float:
    """The least CPU seconds of some runs, start of Python included."""
    found = []
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        ran = subprocess.run([sys.executable, "-m", "pathkit", *command, "--folder", str(place)],
                             capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if ran.returncode:
            sys.exit(f"{' '.join(command)} ended with {ran.returncode}: {ran.stderr.strip()}")
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


def main() -> None:
    """Print a row a command and a folder."""
    path = path_map.load(ROOT / "notebooks" / "path.json")
    with tempfile.TemporaryDirectory() as temporary:
        rows = {
            f"{len(path.modules)} modules, 100 events": folder(Path(temporary, "a"), path, 100),
            f"{len(path.modules)} modules, {EVENTS:,} events":
                folder(Path(temporary, "b"), path, EVENTS),
            f"{MODULES:,} modules, 100 events":
                folder(Path(temporary, "c"), grown(path, MODULES), 100),
        }
        for command in COMMANDS:
            for name, place in rows.items():
                print(f"{' '.join(command):16} {name:28} {seconds(command, place):6.2f} CPU s")


if __name__ == "__main__":
    main()
