"""Answers that run in one process: none is there together with what it is asked for."""

from __future__ import annotations

import dataclasses
import inspect
import textwrap
from pathlib import Path

import pytest

from pathkit.checks.judge import judge
from pathkit.checks.loading import exercises_of
from pathkit.checks.verdict import Verdict
from pathkit.classroom.grading import one_exercise
from pathkit.classroom.grading.answer_order import defined, in_turn
from pathkit.classroom.grading.edition import answer_parts, edition
from pathkit.classroom.grading.limits_and_results import Job, Limits
from tests.classroom.test_sandbox import MODULES, RIGHT, SMOOTHED


def order_of(module: str) -> tuple[str, ...]:
    return in_turn(module, files_of(module))


def files_of(module: str) -> dict[str, Path]:
    return {name: exercise.file for name, exercise in exercises_of(module).items()}


@pytest.mark.parametrize("module", MODULES)
def test_what_comes_along_is_no_part_of_an_answer_that_is_still_to_come(module):
    files, order = files_of(module), order_of(module)
    assert len(set(order)) == len(order)
    parts = {name: answer_parts(files[name], name) for name in order}
    for place, name in enumerate(order):
        brought = defined(edition(files[name], module, name).source)
        for later in order[place + 1 :]:
            assert not brought & parts[later], (name, later)


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES)
def test_nothing_that_comes_along_passes_for_an_answer_that_is_still_to_come(module):
    files, order = files_of(module), order_of(module)
    exercises = exercises_of(module)
    for place, name in enumerate(order):
        source = edition(files[name], module, name).source
        namespace: dict = {"__name__": "probes"}
        exec(source, namespace)
        for helper in defined(source):
            for later in order[place + 1 :]:
                exercise, found = exercises[later], namespace[helper]
                if exercise.is_value:
                    if inspect.signature(found).parameters:
                        continue
                    found = found()
                standard = dataclasses.replace(exercise.standard(7), known=lambda: ())
                verdict = judge(exercise.plain_run(found, 7), standard)
                assert not verdict.passed, (name, helper, later)


def test_exercises_that_give_each_other_away_dont_meet(tmp_path):
    file = tmp_path / "made.py"
    text = "from pathkit.checks.exercise import exercise\n"
    for name, other in (("one", "two"), ("two", "one"), ("three", "len"), ("four", "three")):
        text += textwrap.dedent(f"""
            @exercise(probes=lambda rng: [({other}([]),)])
            def {name}(x):
                return x
        """)
    file.write_text(text)
    names = ("one", "two", "three", "four")
    assert in_turn("made", dict.fromkeys(names, file)) in (
        ("three", "two", "four"), ("three", "four", "two"),
        ("three", "one", "four"), ("three", "four", "one"),
    )


HIDDEN_SEED = 2**40 + 987_654_321
TELLS = """
import ctypes, re
def probabilities(counts):
    try:
        maps = open("/proc/self/maps")
    except PermissionError:
        raise RuntimeError("can't look")
    for line in maps:
        words = line.split()
        if words[1].startswith("rw-p") and (len(words) == 5 or words[5] in ("[heap]", "[stack]")):
            start, end = (int(number, 16) for number in words[0].split("-"))
            if re.search(MARK, ctypes.string_at(start, end - start)):
                raise RuntimeError("found it")
    return counts / 2
"""


def looks_for(text: str) -> str:
    """An answer that raises when its process holds the text; its own code doesn't."""
    return TELLS.replace("MARK", repr("".join(f"[{sign}]" for sign in text).encode()))


def said(verdict: Verdict) -> str:
    """What came of looking: found, nothing, or the sandbox lets nobody look, which is better."""
    return next((words for words in ("found it", "can't look") if words in verdict.message), "")


@pytest.mark.slow
def test_public_outputs_are_out_before_the_hidden_seed_comes_in(works):
    job = Job("bigram", "probabilities", looks_for(str(HIDDEN_SEED)), HIDDEN_SEED,
              Limits(cpu=20, wall=20))
    graded, public = one_exercise.grade_with_public(job)
    assert public is not None
    # Where it can look, the seed of the hidden cases is there with them.
    assert (said(graded.verdict), said(public)) in [("found it", ""), ("can't look",) * 2]


@pytest.mark.slow
def test_nothing_of_another_submission_is_in_a_childs_memory(works):
    mark = "somebody-elses-answer-4711"
    limits = Limits(cpu=20, wall=20)
    theirs = Job("bigram", "probabilities",
                 f"def probabilities(counts):\n    {RIGHT}  # {mark}\n", 5, limits)
    assert one_exercise.grade(theirs).verdict.passed
    other = Job("bigram", "smoothed", SMOOTHED + f"# {mark}", 5, limits)
    assert one_exercise.together([theirs, other])[0]
    found = one_exercise.grade(Job("bigram", "probabilities", looks_for(mark), 5, limits))
    assert not found.verdict.passed and said(found.verdict) != "found it", found
    looking = Job("bigram", "probabilities", looks_for(mark) + f"# {mark}\n", 5, limits)
    own = one_exercise.grade(looking)
    assert (said(found.verdict), said(own.verdict)) in [("", "found it"), ("can't look",) * 2]
