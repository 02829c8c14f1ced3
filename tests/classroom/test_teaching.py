"""Instructors' notebooks: solutions with a note at each exercise, never in the students' zip."""

from __future__ import annotations

import json
import zipfile

import pytest
from click.testing import CliRunner

from pathkit.building.build import Place
from pathkit.checks.loading import exercises_of
from pathkit.classroom import due_date
from pathkit.classroom.assigning import handing_out, teaching
from pathkit.classroom.assigning.giveaways import secrets_of
from pathkit.classroom.assigning.planning import Wishes
from pathkit.cli import main
from pathkit.notebook_files.notebook_file import text_of
from tests.building.test_build import ROOT


@pytest.fixture(scope="module")
def project():
    wishes = Wishes(["bigram"], due_date.read("2027-03-01T12:00Z"), only=["smoothed"],
                    points=["smoothed=3"])
    return handing_out.prepared(Place(ROOT), wishes)


@pytest.fixture(scope="module")
def notes(project) -> dict[str, str]:
    """The note of each exercise."""
    data = teaching.for_instructors(project)["02-bigram-instructor.ipynb"]
    return {
        c["metadata"]["pathkit"]["exercise"]: text_of(c)
        for c in json.loads(data)["cells"] if c["metadata"]["pathkit"]["role"] == "teaching"
    }


@pytest.mark.slow
def test_each_exercise_has_a_note_after_its_solution(project, notes):
    assert list(notes) == [f"bigram.{name}" for name in exercises_of("bigram")]
    data = teaching.for_instructors(project)["02-bigram-instructor.ipynb"]
    cells = json.loads(data)["cells"]
    for before, cell in zip(cells, cells[1:], strict=False):
        if cell["metadata"]["pathkit"]["role"] == "teaching":
            assert before["metadata"]["pathkit"]["role"] == "exercise"
            assert before["metadata"]["pathkit"]["exercise"] == \
                cell["metadata"]["pathkit"]["exercise"]
    assert any(c.get("outputs") for c in cells)
    assert "group" in {c["metadata"]["pathkit"]["role"] for c in cells}
    assert len({c["id"] for c in cells}) == len(cells)


def test_a_note_says_time_points_misconceptions_and_hints_in_order(notes):
    note = notes["bigram.smoothed"]
    exercise = exercises_of("bigram")["smoothed"]
    assert "easy, about 5 minutes alone. **3 points.**" in note
    assert "*Not part of this assignment.*" in notes["bigram.gradient"]
    for wrong in exercise.misconceptions:
        assert wrong.message in note
    places = [note.index(f"{i}. {hint.split(chr(10))[0]}")
              for i, hint in enumerate(map(str.strip, exercise.hints), 1)]
    assert places == sorted(places)


def test_a_note_says_which_probes_set_a_misconception_apart(notes):
    text = notes["bigram.count_pairs"]
    part = text[text.index("**distinct names.**") :]
    assert part.split("\n")[1] == "  - set apart by probe 4 of 7"
    assert "called: `count_pairs(names=['ava', 'ava', 'eve']" in part.split("\n\n")[0]


def test_a_misconception_in_several_spellings_is_told_once():
    prune = exercises_of("compression")["prune"]
    told = teaching._misconceptions(prune)
    assert sum("highest of the whole table" in part for part in told) == 1
    assert len(told) == 1 + len({wrong.name for wrong in prune.misconceptions})
    assert any(wrong.spelling for wrong in prune.misconceptions)


@pytest.mark.slow
def test_they_lie_in_a_zip_of_their_own(tmp_path):
    out = tmp_path / "week.zip"
    result = CliRunner().invoke(main, [
        "--root", str(ROOT), "assign", "bigram", "--due", "2027-03-01T12:00Z", "--with-notes",
        "--out", str(out)])
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(out) as archive:
        students = b"".join(archive.read(n) for n in archive.namelist()).decode()
    with zipfile.ZipFile(tmp_path / "week-instructor.zip") as archive:
        assert archive.namelist() == ["02-bigram-instructor.ipynb", "WEEK.md"]
    for secret in secrets_of(Place(ROOT).modules.folder_of("bigram"), "bigram"):
        assert not any(words in students for words in secret.words)
