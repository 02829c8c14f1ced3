"""Answers that are kept: no right one is refused, no wrong one passes or is told less than once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathkit.checks.explaining import explain as explaining
from pathkit.checks.loading import exercises_of
from pathkit.path_modules import OURS
from pathkit.strength.kept_answers import read
from pathkit.strength.right_answers import refused_right_answers, right_answers, strangers
from pathkit.strength.verdict_rank import is_worse, told
from tests.modules.show_verdicts import module_of, verdict_on

SEEDS = range(3)
# Written by somebody who knew the notebooks alone.
STRANGERS = sorted(Path(__file__).with_name("right_answers").glob("*.py"))
WRONG = sorted(Path(__file__).with_name("wrong_answers").glob("*.py"))
UPDATE = "tests/modules/show_verdicts.py --write {}; read the diff before it is kept"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """A slow machine looks at fewer changes in its time; here each is looked at."""
    monkeypatch.setattr(explaining, "SECONDS", 30.0)


def ids(file: Path) -> str:
    return file.stem


@pytest.mark.slow
@pytest.mark.parametrize("folder", list(OURS), ids=lambda folder: folder.name)
def test_no_right_answer_is_refused(folder):
    module = folder.name.replace("_", "-")
    exercises = exercises_of(module)
    assert not list(strangers(module, set(exercises)))
    refused = [f"seed {seed}: {line}" for exercise in exercises.values()
               if right_answers(exercise) for seed in SEEDS
               for line in refused_right_answers(exercise, OURS, seed)]
    assert not refused, "\n".join(refused)


@pytest.mark.slow
@pytest.mark.parametrize("file", STRANGERS, ids=ids)
def test_no_strangers_right_answer_is_refused(file):
    exercises = exercises_of(module_of(file))
    told = [(f"{file.name}:{kept.line}: {kept.note}", verdict_on(kept, exercises[kept.exercise]))
            for kept in read(file)]
    refused = [f"{place}: {verdict.message}" for place, verdict in told if not verdict.passed]
    assert told and not refused, "\n".join(refused)


@pytest.mark.slow
@pytest.mark.parametrize("file", WRONG, ids=ids)
def test_no_wrong_answer_passes_or_is_told_less_than_once(file):
    exercises = exercises_of(module_of(file))
    wrong = []
    for kept in read(file):
        place = f"{file.name}:{kept.line}: {kept.exercise}"
        if kept.exercise not in exercises:
            wrong.append(f"{place}: there is no such exercise")
            continue
        verdict = verdict_on(kept, exercises[kept.exercise])
        if verdict.passed:
            wrong.append(f"{place} passes: {kept.note}")
        elif is_worse(told(verdict), kept.told):
            wrong.append(f"{place} is told {told(verdict)!r}, not {kept.told!r}")
    assert not wrong, "\n".join([*wrong, UPDATE.format(file.name)])


@pytest.mark.parametrize(("now", "kept", "worse"), [
    ("_sum", "_sum", False), ("wrong value", "_sum", True), ("located", "_sum", True),
    ("_mean", "_sum", True), ("_sum", "located", False), ("located", "located", False),
    ("wrong value", "located", True), ("located", "wrong value", False),
    ("wrong shape", "wrong value", False), ("_sum", "raised", False), ("raised", "", False),
])
def test_what_is_worse(now, kept, worse):
    assert is_worse(now, kept) is worse
