"""Answers that use another answer of their author's that failed: said, and counted."""

from __future__ import annotations

import pytest

from pathkit.checks.verdict import Verdict
from pathkit.classroom.grading.results import Record
from pathkit.classroom.reporting import failed_with_another, feedback, reteach
from tests.classroom.classroom_data import ASSIGNMENT, MODULE
from tests.classroom.test_overview import made, record, text_of, written

USES = "def smoothed(counts, k):\n    return probabilities(counts + k)"


@pytest.mark.parametrize(("code", "used"), [
    (USES, {"probabilities"}),
    ("def smoothed(probabilities):\n    return probabilities", set()),
    ("def smoothed():\n    probabilities = 3\n    return probabilities", set()),
    ("def smoothed():\n    return [gradient for gradient in range(3)]", {"range"}),
    ("def smoothed():\n    def inner():\n        return probabilities\n    return inner",
     {"probabilities"}),
    ("def probabilities(): ...\ndef smoothed(): return probabilities()", set()),
    ("from x import probabilities\ndef smoothed(): return probabilities()", set()),
    ("smoothed = probabilities", {"probabilities"}),
    ("class smoothed(probabilities):\n    def a(self): return self.gradient", {"probabilities"}),
    ("def smoothed():\n    global gradient\n    gradient = 3", set()),
    ("def smoothed(:", set()), ("\0", set()), ("", set()), ("(" * 5000, set()),
])
def test_names_from_other_cells_are_found_in_the_code(code, used):
    assert failed_with_another.names_used(code) == used


def test_only_failed_answers_that_use_failed_ones_are_told(tmp_path):
    uses = record("smoothed", "misconception", "_a", USES)
    for other, said in (
        (record("probabilities", "raised"), "isn't right either: mend that first."),
        (record("probabilities", "not attempted"), "isn't written yet: do that first."),
    ):
        found, scores = made((other, uses))
        page, notebook = feedback.write(
            tmp_path, found[0], scores[found[0].student.key], ASSIGNMENT)
        assert f"It uses your probabilities , which {said}" in text_of(page.read_text())
        assert f"**It uses your `probabilities`, which {said}**" in notebook.read_text()
    for records in (
        (record("probabilities"), uses),
        (record("probabilities", "raised"), record("smoothed", code=USES)),
        (record("probabilities", "raised"), record("smoothed", "not attempted", code=USES)),
        (Record("attention", "probabilities", Verdict("", "raised", "")), uses),
    ):
        assert failed_with_another.leaning(records) == {}


def test_the_class_is_told_how_many_lean_on_a_wrong_answer(tmp_path):
    wrong = record("probabilities", "raised")
    uses = record("smoothed", "misconception", "_a", USES)
    alone = record("smoothed", "misconception", "_a", "def smoothed(counts, k):\n    return k")
    other = record("smoothed", "raised", code=f"{USES} + 1")
    again = record("smoothed", "misconception", "_a", USES)
    found, scores = made((wrong, uses), (record("probabilities"), again), (wrong, alone),
                         (wrong, other))
    [named] = reteach.misconceptions(found, ASSIGNMENT)
    assert (named.name, named.students, named.leaning) == ("smoothed", 3, (("probabilities", 1),))
    assert [u.leaning for u in reteach.unknown(found, ASSIGNMENT) if u.name == "smoothed"] == [
        (("probabilities", 1),)]
    said = text_of(written(tmp_path, found, scores))
    assert "1 of 3 use probabilities of their own, which failed as well" in said
    assert "1 of 1 use probabilities of their own" in said
    assert MODULE in said
