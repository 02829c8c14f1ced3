"""What `make test` runs, in order from quick to slow, and a list of what came of it.

    .venv/bin/python tests/steps.py [WORD]...

WORD: run only the steps whose names hold one of these. A step that fails doesn't keep the next ones
from running. BIN names another folder of programs than that of this Python.
"""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # this is run as a script, too

from tests.hidden import without_bubblewrap, without_sandbox  # noqa: E402
from tests.outcome import Outcome, by_reason, read  # noqa: E402

BIN = Path(os.environ.get("BIN") or Path(sys.executable).parent)
BUILD = ROOT / "build" / "tests"
SETTINGS = {
    "JUPYTER_DEFAULT_PROVISIONER_NAME": "pathkit-private", "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
# Tests of a step that are named one by one in the list at the end.
NAMED = 20
REPORT = "--junitxml={}"

Settings = Mapping[str, str]


@dataclasses.dataclass(frozen=True)
class Step:
    """A command that is run in the project's folder.

    settings: added to the environment. unless: says why the step has nothing to show here, or "".
    hides: whether tests are skipped for want of what the step hides, not of what is missing.
    """

    name: str
    command: Sequence[str | Path]
    settings: Settings = dataclasses.field(default_factory=dict)
    unless: Callable[[], str] = lambda: ""
    hides: bool = False


@dataclasses.dataclass(frozen=True)
class Done:
    """A step that was run, in seconds; code: 0 when all went well, None when it was left out."""

    step: Step
    seconds: float
    code: int | None
    outcome: Outcome = Outcome()
    why: str = ""


def pytest(*arguments: str) -> list[str | Path]:
    """Two processes; the report is what the list at the end is made from."""
    return [BIN / "pytest", "-n", "2", "-q", "--continue-on-collection-errors", REPORT,
            "-o", "junit_family=xunit1", *arguments]


def nbval(*notebooks: str) -> list[str | Path]:
    """Two processes: with notebooks, each of them has a kernel besides."""
    return pytest(
        "--nbval-lax", "--nbval-sanitize-with", "tests/sanitize.cfg", "--nbval-cell-timeout", "120",
        "--nbval-kernel-startup-timeout", "120", "--dist", "loadfile", "-p", "no:cacheprovider",
        *notebooks)


def trouble(place: str) -> str:
    """Why a sandbox doesn't work here, or ""; place: its name, "" for any."""
    code = ("import sys\nfrom this_machine import trouble\n"
            "print(' '.join(trouble(sys.argv[1]).split()))")
    ran = subprocess.run([BIN / "python", "-c", code, place], cwd=ROOT / "tests", text=True,
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    return ran.stdout.strip()


def steps() -> list[Step]:
    """All of them. What needs no sandbox shows that it needs none."""
    bare = without_sandbox(BUILD / "no-sandbox")
    no_bubblewrap = without_bubblewrap(BUILD / "no-bubblewrap")
    learners = sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("notebooks/*.ipynb"))
    return [
        Step("style", [BIN / "ruff", "check", "--no-cache", "src", "tests"]),
        Step("notebooks equal their sources", [BIN / "pathkit", "build", "--check"]),
        Step("standards of the lessons", [BIN / "pathkit", "lint"]),
        Step("unit tests", pytest("-m", "not slow and not sandbox", "tests"), bare),
        Step("tests with kernels and a browser",
             pytest("-m", "slow and not sandbox", "tests"), bare),
        Step("sandboxes", pytest("-m", "sandbox", "tests")),
        Step("sandboxes, as if there were no bubblewrap",
             pytest("-m", "sandbox and not each_sandbox", "tests"), no_bubblewrap,
             unless=lambda: trouble("bubblewrap"), hides=True),
        Step("sandboxes, as if there were none", pytest("-m", "sandbox", "tests"), bare,
             unless=lambda: trouble(""), hides=True),
        Step("strength of the checks", [BIN / "pathkit", "verify", "--seeds", "3"]),
        Step("learner notebooks, unattempted: no cell may fail", nbval(*learners)),
        Step("solutions: stored results hold",
             [BIN / "python", "tests/other_processor.py", *nbval("notebooks/solutions")]),
    ]


def run(step: Step, report: Path) -> Done:
    """Run a step; what it puts out is seen at once."""
    if why := step.unless():
        return Done(step, 0, None, why=why)
    report.unlink(missing_ok=True)
    command = [str(part).replace(REPORT, REPORT.format(report)) for part in step.command]
    begun = time.monotonic()
    try:
        code = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False,
                              env={**os.environ, **SETTINGS, **step.settings}).returncode
        why = f"exit code {code}" if code else ""
    except OSError as error:
        code, why = 1, str(error)
    return Done(step, time.monotonic() - begun, code, read(report), why)


def told(done: Sequence[Done]) -> str:
    """The list at the end: each step, what failed in it, and what was skipped in all of them."""
    lines = []
    for one in done:
        state = {0: "passed", None: "left out"}.get(one.code, "FAILED")
        skipped = len(one.outcome.skipped) * one.step.hides
        notes = [one.why, f"{skipped} of {one.outcome.count} skipped" * bool(skipped)]
        why = f" ({', '.join(filter(None, notes))})" if any(notes) else ""
        lines.append(f"{one.seconds:6.0f} s  {state:8}  {one.step.name}{why}")
        lines += [f"{'':20}{test}" for test in one.outcome.failed[:NAMED]]
        if (more := len(one.outcome.failed) - NAMED) > 0:
            lines.append(f"{'':20}and {more} more")
    lines.append(f"{sum(one.seconds for one in done):6.0f} s  in all")
    reasons = by_reason(
        reason for one in done if not one.step.hides for reason in one.outcome.skipped)
    if reasons:
        lines += ["", f"skipped: {sum(count for _, count in reasons)} tests"]
        lines += [f"{count:6}  {reason}" for reason, count in reasons]
    return "\n".join(lines)


def main(words: Sequence[str]) -> int:
    """Run the steps; 1 when one failed, 2 when there are no such steps, 130 after Ctrl-C."""
    # What a shell starts in the background ignores Ctrl-C, and so would all that tests start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    BUILD.mkdir(parents=True, exist_ok=True)
    chosen = [s for s in steps() if not words or any(word in s.name for word in words)]
    if not chosen:
        print(f"no step's name holds {' or '.join(words)}; there are:", file=sys.stderr)
        print(*(step.name for step in steps()), sep="\n", file=sys.stderr)
        return 2
    done: list[Done] = []
    interrupted = False
    for number, step in enumerate(chosen):
        print(f"\n== {step.name}", flush=True)
        try:
            done.append(run(step, BUILD / f"step-{number}.xml"))
        except KeyboardInterrupt:
            interrupted = True
            break
    print(f"\n{told(done)}", flush=True)
    left = [step.name for step in chosen[len(done):]]
    if interrupted:
        print(f"interrupted; not run: {'; '.join(left)}", file=sys.stderr)
        return 130
    return int(any(one.code for one in done))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
