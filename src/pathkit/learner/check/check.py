"""`pathkit check`: judge the answers in a saved notebook, outside of Jupyter."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pathkit import progress_log
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.files import digest
from pathkit.learner import saved, shadows
from pathkit.learner.folder import Folder
from pathkit.learner.whereabouts import modules_of
from pathkit.notebook_files.answers import Answer, find_answers
from pathkit.notebook_files.notebook_file import text_of
from pathkit.path_map import Exercise, Module

PATIENCE = 120.0
"""Seconds in which the process that checks has to say something."""
ENDED = "Your code ended the process that ran it ({how}), so nothing can be said of its answer."
SILENT = "It was stopped: {seconds:.0f} seconds went by without an answer."


@dataclasses.dataclass(frozen=True)
class Result:
    """What came of one exercise. verdict: as `Verdict.to_dict` gives it.

    Its status may also be `not checked`: only the notebook itself can tell. answer: where the
    answer was found, None where there is no cell for it.
    """

    exercise: str
    verdict: dict[str, Any]
    answer: Answer | None

    @property
    def status(self) -> str:
        """`passed`, `not attempted`, `not checked`, or what is wrong."""
        return self.verdict["status"]

    @property
    def failed(self) -> bool:
        """Whether an answer was judged, and is not right."""
        return self.status not in ("passed", "not attempted", "not checked")


@dataclasses.dataclass
class Checked:
    """A saved notebook that is being checked; `remarks` fill while `results` are read."""

    folder: Folder
    module: Module
    file: Path
    notebook: dict[str, Any]
    answers: dict[str, Answer]
    remarks: list[str] = dataclasses.field(default_factory=list)

    @classmethod
    def of(cls, folder: Folder, module: Module, stubs: dict[str, str]) -> Checked:
        """Read a module's notebook and find the answers in it. stubs: what they started from.

        Raises NothingMatched when there is no notebook or nothing to check in it, and
        EnvironmentProblem when it can't be read.
        """
        if not module.exercises:
            raise NothingMatched(
                f"{module.id} has no exercises; `pathkit done {module.id}` marks it as done"
            )
        file = saved.notebook_of(folder, module)
        notebook = saved.read(file)
        answers: dict[str, Answer] = {}
        for owner in dict.fromkeys(_owner(exercise) for exercise in module.exercises):
            names = [e.name for e in module.exercises if _owner(e) == owner]
            answers |= find_answers(notebook, owner, names, stubs)
        remarks = [answer.guess for answer in answers.values() if answer.guess]
        remarks += shadows.told(folder.root)
        return cls(folder, module, file, notebook, answers, remarks)

    def results(self) -> Iterator[Result]:
        """One result for each exercise, in order, as they come; each is logged.

        Raises EnvironmentProblem when checks can't be run at all.
        """
        last = _last_checks(self.folder)
        found = self._verdicts()
        for exercise in self.module.exercises:
            answer = self.answers.get(exercise.name)
            if answer is None:
                verdict = {"exercise": exercise.id, "status": "not attempted",
                           "message": self._no_cell(exercise.id)}
            else:
                verdict = next(found)
                self._log(exercise.id, verdict, answer, last)
            yield Result(exercise.id, verdict, answer)

    def _no_cell(self, exercise: str) -> str:
        """That there is no cell for an exercise, and where else it stands."""
        if exercise.rpartition(".")[0] != self.module.id:  # the evening's: it may stand elsewhere
            return f"{self.file.name} has no cell for it; `pathkit start` puts a fresh one there."
        fresh = f"`pathkit reset {exercise}` puts a fresh one there."
        if elsewhere := saved.cell_elsewhere(self.folder, self.file, exercise):
            file, number = elsewhere
            return (
                f"{self.file.name} has no cell for it: it stands in {file.name}, cell {number}. "
                f"Cut it there and paste it here; or {fresh}"
            )
        return f"{self.file.name} has no cell for it; {fresh}"

    def _log(self, exercise: str, verdict: dict, answer: Answer, last: dict[str, Any]) -> None:
        """Note a verdict as a notebook would, but one on an unchanged answer only once."""
        if verdict["status"] in ("not attempted", "not checked"):
            return
        mark = digest(f"{exercise} {answer.source}".encode())[:12]
        before = last.get(exercise, {})
        if (before.get("answer"), before.get("status")) == (mark, verdict["status"]):
            return
        try:
            progress_log.append(
                self.folder.progress, "check", self.module.id, exercise=exercise,
                status=verdict["status"], misconception=verdict.get("misconception", ""),
                via="terminal", answer=mark,
                **({"cause": verdict["cause"]} if verdict.get("cause") else {}),
            )
        except OSError as error:
            text = f"your progress isn't saved: {self.folder.progress}: {error.strerror}"
            if text not in self.remarks:
                self.remarks.append(text)

    def _verdicts(self) -> Iterator[dict[str, Any]]:
        """The verdicts on all answers; one that ends its process doesn't keep the next from it."""
        left = [name for name in (e.name for e in self.module.exercises) if name in self.answers]
        while left:
            begun = ""
            with _Process(self._job(left), self.file.parent) as process:
                for line in process.lines():
                    if "remarks" in line:
                        self.remarks += [r for r in line["remarks"] if r not in self.remarks]
                    elif "begun" in line:
                        begun = line["begun"]
                    else:
                        left.remove(line["exercise"])
                        begun = ""
                        yield line["verdict"]
                if not left:
                    return
                why = process.why_it_ended()
            if not begun:
                raise EnvironmentProblem(
                    f"the checks of {self.module.id} can't be run: {why}. `pathkit doctor` says "
                    "what is wrong with the installation"
                )
            left.remove(begun)
            status = "too slow" if process.silent else "not usable"
            said = SILENT.format(seconds=PATIENCE) if process.silent else ENDED.format(how=why)
            [exercise] = [e.id for e in self.module.exercises if e.name == begun]
            yield {"exercise": exercise, "status": status, "message": said}

    def _job(self, names: Sequence[str]) -> dict[str, Any]:
        places = {answer.cell_index for answer in self.answers.values()}
        return {
            "module": self.module.id,
            "content": modules_of(self.folder.path_map).content,
            "cells": [
                {"source": text_of(cell), "number": place + 1, "answers": place in places}
                for place, cell in enumerate(self.notebook["cells"])
                if cell["cell_type"] == "code"
            ],
            "answers": [
                {"name": name, "source": self.answers[name].source,
                 "number": self.answers[name].cell_index + 1}
                for name in names
            ],
        }


def _owner(exercise: Exercise) -> str:
    """The module that an exercise is of: the evening has those of others."""
    return exercise.id.rpartition(".")[0]


def _last_checks(folder: Folder) -> dict[str, Any]:
    """The last check of each exercise that was made in the terminal."""
    events = progress_log.read_all(folder.progress)
    return {
        str(e.get("exercise")): e for e in events
        if e["kind"] == "check" and e.get("via") == "terminal"
    }


class _Process:
    """The process that runs a learner's code; it and what it started end with the block."""

    def __init__(self, job: dict[str, Any], folder: Path):
        self.silent = False
        self._job = json.dumps(job)
        self._folder = folder

    def __enter__(self) -> _Process:
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
        self._process = subprocess.Popen(
            # -P: not from the learner's folder, where there may be a random.py.
            [sys.executable, "-P", "-m", "pathkit.learner.check.check_process"], cwd=self._folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, encoding="utf-8",
            env={**os.environ, "MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8"},
            start_new_session=os.name == "posix",
        )
        return self

    def lines(self) -> Iterator[dict[str, Any]]:
        """What it reports, until it ends or says nothing for too long."""
        said: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._talk, args=(said,), daemon=True).start()
        while True:
            try:
                line = said.get(timeout=PATIENCE)
            except queue.Empty:
                self.silent = True
                return
            if not line:
                return
            yield json.loads(line)

    def _talk(self, said: queue.Queue[str]) -> None:
        with contextlib.suppress(OSError, ValueError):  # it has ended, and lines() will see that
            self._process.stdin.write(self._job)
            self._process.stdin.close()
        with contextlib.suppress(OSError, ValueError):
            for line in self._process.stdout:
                said.put(line)
        said.put("")

    def why_it_ended(self) -> str:
        """How the process ended, and the last thing it said on standard error."""
        if self.silent:
            return f"nothing was heard of it for {PATIENCE:.0f} seconds"
        code = self._process.wait()
        self._errors.seek(0)
        last = [line for line in self._errors.read().splitlines() if line.strip()][-1:]
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return f"{how}: {last[0].strip()}" if last else how

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        self._errors.close()
