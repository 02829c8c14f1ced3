"""What Gradescope runs for each submission, as a module with a folder for its argument.

That is laid out as /autograder: source/ with our files, submission/, submission_metadata.json;
results/results.json is written, whatever happens.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from concurrent.futures import Executor, Future
from datetime import datetime
from pathlib import Path
from typing import Any

from pathkit.classroom import assignment as assignments
from pathkit.classroom import sandboxes
from pathkit.classroom.collecting.collected import Collected
from pathkit.classroom.collecting.students import FROM_FILE, Student
from pathkit.classroom.collecting.submissions import collect
from pathkit.classroom.gradescope_autograder.autograder import CONFIG
from pathkit.classroom.grading.overrides import Overrides
from pathkit.classroom.grading.scores import score
from pathkit.classroom.grading.whole_class import STATE, grade_all
from pathkit.classroom.reporting import gradescope_results
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.files import write_atomically

SAID = ("there is no sandbox on this machine, so nothing was run. This is not your fault: tell "
        "your instructor")


class Here(Executor):
    """Does a job at once, in this process: one submission needs no pool."""

    def submit(self, function, /, *arguments, **settings) -> Future:
        """Run it; the future is done."""
        future: Future = Future()
        try:
            future.set_result(function(*arguments, **settings))
        except Exception as error:
            future.set_exception(error)
        return future


def main() -> None:
    """Grade what lies in the folder that is named on the command line."""
    folder = Path(sys.argv[1])
    try:
        result = graded(folder)
    except (EnvironmentProblem, NothingMatched) as error:
        result = gradescope_results.failure(str(error))
    except sandboxes.NoSandbox as error:
        print(error, file=sys.stderr)
        result = gradescope_results.failure(SAID)
    text = json.dumps(result, indent=1) + "\n"
    write_atomically(folder / "results" / "results.json", text)


def graded(folder: Path) -> dict[str, Any]:
    """The results of the submission in this folder.

    Raises EnvironmentProblem, NothingMatched, NoSandbox.
    """
    config = json.loads((folder / "source" / CONFIG).read_text(encoding="utf-8"))
    assignment = assignments.load(folder / "source" / assignments.FILE)
    state = folder / "grading"
    write_atomically(state / STATE, json.dumps({"seed": config["seed"]}) + "\n")
    collected = _of_one(collect(folder / "submission", assignment), folder)
    try:
        place = sandboxes.best().name
    except sandboxes.NoSandbox:
        if not config["unsafe"]:
            raise
        place = sandboxes.UNSAFE
    [one] = grade_all(collected, assignment, state, Here(), 1, place=place)
    result = gradescope_results.results(one, score(one, assignment, Overrides()), assignment)
    # Whose it is, Gradescope knows.
    said = [remark for remark in collected.remarks if FROM_FILE not in remark]
    result["output"] = "\n".join(filter(None, [result["output"], *said]))
    return result


def _of_one(collected: Collected, folder: Path) -> Collected:
    """Everything as one student's, whatever the files are called, at Gradescope's time."""
    student = Student("submission", "submission", "", "Gradescope")
    time, best = _time(folder), {}
    for submission in collected.submissions:
        attempt = dataclasses.replace(submission.attempt, student=student, late=None, dated=True,
                                      time=time or submission.attempt.time)
        other = best.get(submission.module)
        if other is None or len(attempt.answers or ()) > len(other.attempt.answers or ()):
            best[submission.module] = dataclasses.replace(
                submission, student=student, attempt=attempt)
    return Collected(tuple(best.values()), (student,), collected.remarks)


def _time(folder: Path) -> datetime | None:
    try:
        text = (folder / "submission_metadata.json").read_text(encoding="utf-8")
        return datetime.fromisoformat(json.loads(text)["created_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


if __name__ == "__main__":
    main()
