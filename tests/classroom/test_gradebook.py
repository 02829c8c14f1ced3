"""Points, late days, manual changes, and the files that hold them."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath

import pytest

from pathkit.checks.verdict import Verdict
from pathkit.classroom.assignment import LatePolicy
from pathkit.classroom.collecting.collected import Attempt, Submission
from pathkit.classroom.collecting.students import FROM_CANVAS, Student, key_of
from pathkit.classroom.grading import overrides
from pathkit.classroom.grading.lateness import days_late, share_lost
from pathkit.classroom.grading.results import Cache, Record
from pathkit.classroom.grading.scores import score
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.reporting import (
    canvas_export,
    grades_csv,
    gradescope_results,
    lti_ags,
    results_jsonl,
)
from pathkit.errors import EnvironmentProblem
from tests.classroom.classroom_parts import assignment

CET = timezone(timedelta(hours=1))
DUE = datetime(2027, 3, 1, 23, 59, tzinfo=CET)
PASSED = ("probabilities", "smoothed")
JANE, MAX = "Jane Doe", "Max Muster"


def student(name: str = JANE, number: str = "", how: str = "the folder's name") -> Student:
    return Student(key_of(f"{name} {number}"), name, number, how)


def graded(name=JANE, passed=PASSED, time=DUE, late=None, trouble="", contained="", number="",
           how="the folder's name", modules=("bigram",)) -> Graded:
    """A student's work: what was passed, of the modules that were handed in."""
    who = student(name, number, how)
    submissions, records = {}, []
    for module in modules:
        attempt = Attempt(who, PurePosixPath("x.ipynb"), (0, 0), time, late,
                          None if trouble else {}, trouble)
        submissions[module] = Submission(who, module, attempt, ())
    for module, task in assignment().tasks():
        if module.id in modules:
            status = "passed" if task.name in passed else "wrong value"
            verdict = Verdict(f"{module.id}.{task.name}", status, "=1+1 is what it says",
                              () if status == "passed" else (("got", "<script>"),))
            records.append(Record(
                module.id, task.name, verdict, found="metadata", contained=contained
            ))
    return Graded(who, submissions, tuple(records))


@pytest.fixture
def changes(tmp_path):
    """`changes(text)` reads it as overrides.yaml."""

    def read(text: str) -> overrides.Overrides:
        file = tmp_path / "overrides.yaml"
        file.write_text(text, encoding="utf-8")
        return overrides.load(file, assignment())

    return read


NONE = overrides.Overrides()


# --- late days --------------------------------------------------------------------------------


@pytest.mark.parametrize(("after", "days"), [
    (timedelta(0), 0), (-timedelta(days=9), 0), (timedelta(seconds=1), 1), (timedelta(days=1), 1),
    (timedelta(days=1, microseconds=1), 2), (timedelta(days=2, hours=23), 3),
])
def test_each_day_that_has_begun_counts(after, days):
    assert days_late(DUE + after, None, DUE) == days


def test_a_deadline_is_an_instant_whatever_the_zone():
    assert days_late(datetime(2027, 3, 1, 22, 59, tzinfo=UTC), None, DUE) == 0
    assert days_late(datetime(2027, 3, 1, 23, 1, tzinfo=UTC), None, DUE) == 1
    local = (DUE + timedelta(hours=1)).astimezone().replace(tzinfo=None)
    assert days_late(local, None, DUE) == 1


def test_what_the_lms_says_beats_the_time_of_a_download():
    download = DUE + timedelta(days=30)
    assert days_late(download, False, DUE) == 0
    assert days_late(DUE - timedelta(days=3), True, DUE) == 1
    assert days_late(download, True, None) == 0


@pytest.mark.parametrize(("days", "policy", "share"), [
    (1, LatePolicy(0.1), 0.1), (3, LatePolicy(0.1), 0.3), (30, LatePolicy(0.1), 1.0),
    (2, LatePolicy(0.1, 2), 0.2), (3, LatePolicy(0.1, 2), 1.0), (9, LatePolicy(), 0.0),
    (1, LatePolicy(0.0, 0), 1.0),
])
def test_what_late_days_cost(days, policy, share):
    assert share_lost(days, policy) == pytest.approx(share)


def test_points_are_lost_by_module_and_it_says_why():
    task = assignment(DUE, LatePolicy(0.25))
    found = score(graded(time=DUE + timedelta(hours=30)), task, NONE)
    assert (found.total, found.lost, found.late_days) == (1.5, 1.5, {"bigram": 2})
    assert found.notes == ("bigram: 2 days late, 1.5 of 3 points lost",)
    assert score(graded(passed=("smoothed",)), task, NONE).total == 2


# --- overrides --------------------------------------------------------------------------------


def test_another_deadline_an_excuse_points_and_a_total(changes):
    task = assignment(DUE, LatePolicy(0.5))
    late = graded(passed=("smoothed",), time=DUE + timedelta(days=3), late=True)
    assert score(late, task, NONE).total == 0
    found = changes("students:\n  Jane Doe:\n    due: 2027-03-05T23:59:00+01:00\n")
    assert score(late, task, found).total == 2
    found = changes("students:\n  jane-doe:\n    excused: ill\n")
    assert score(late, task, found).notes == ("bigram: 3 days late, excused: ill",)
    found = changes(
        "students:\n  jane-doe:\n    excused: ill\n    points:\n"
        "      bigram.probabilities: {points: 0.5, why: nearly}\n"
    )
    found = score(late, task, found)
    assert found.total == 2.5 and "nearly" in found.notes[0]
    found = changes("students:\n  Jane Doe:\n    total: {points: 5, why: oral}\n")
    assert score(late, task, found).total == 5


def test_the_same_input_gives_the_same_scores(changes):
    text = "students:\n  Jane Doe: {excused: ill}\n"
    task = assignment(DUE, LatePolicy(1 / 3))
    late = graded(time=DUE + timedelta(days=1))
    assert score(late, task, changes(text)) == score(late, task, changes(text))


@pytest.mark.parametrize(("text", "line", "said"), [
    ("students:\n  Jane:\n    dew: x\n", 3, "'dew' isn't known here; there are: due, excused"),
    ("pupils: {}\n", 1, "'pupils' isn't known here"),
    ("students: [Jane]\n", 1, "expected students by name"),
    ("students:\n  Jane: 5\n", 2, "expected due, excused, points, total"),
    ("students:\n  Jane:\n    due: tomorrow\n", 3, "no time such as 2027-03-05T23:59+01:00"),
    ("students:\n  Jane:\n    due: 2027-03-05T23:59\n", 3, "the time zone is missing"),
    ("students:\n  Jane:\n    due: 2027-03-05\n", 3, "the time zone is missing"),
    ("students:\n  Jane:\n    excused:\n", 3, "say why"),
    ("students:\n  Jane:\n    points:\n      bigram.nothing: {points: 1, why: x}\n", 4,
     "'bigram.nothing' isn't an exercise of this assignment"),
    ("students:\n  Jane:\n    points:\n      bigram.smothed: {points: 1, why: x}\n", 4,
     "did you mean 'bigram.smoothed'?"),
    ("students:\n  Jane:\n    points:\n      bigram.smoothed: {points: 1, why: one, two}\n", 4,
     "a text with a comma needs quotes"),
    ("students:\n  Jane:\n    points:\n      bigram.smoothed: {points: 3, why: x}\n", 4,
     "0 to 2 are possible"),
    ("students:\n  Jane:\n    points:\n      bigram.smoothed: {points: .nan, why: x}\n", 4,
     "are possible"),
    ("students:\n  Jane:\n    points:\n      bigram.smoothed: {points: yes, why: x}\n", 4,
     "should be a number"),
    ("students:\n  Jane:\n    points:\n      bigram.smoothed: {points: 1}\n", 4, "say why"),
    ("students:\n  Jane:\n    points:\n      bigram.smoothed: 1\n", 4, "expected {points: NUMBER"),
    ("students:\n  Jane:\n    total: {points: 7, why: x}\n", 3, "0 to 6 are possible"),
    ("students:\n  Jane: {\n", 3, "not YAML"),
    ("students:\n  Jane: {excused: a}\n  Jane: {excused: b}\n", 3, "not YAML"),
    ("- a\n", 1, "expected students"),
])
def test_an_error_names_its_line(text, line, said, changes):
    with pytest.raises(EnvironmentProblem) as found:
        changes(text)
    first = str(found.value)
    assert f"overrides.yaml:{line}: " in first and said in first and "\n" not in first


def test_nothing_written_changes_nothing(changes, tmp_path):
    assert overrides.load(tmp_path / "missing.yaml", assignment()) == NONE
    assert not changes("").students and not changes("students:\n").students


def test_a_name_that_nobody_has_is_reported_with_its_line(changes):
    found = changes("students:\n  Jane Doe: {excused: x}\n  Jan Doe: {excused: x}\n")
    [remark] = found.remarks([student()])
    assert ":3: 'Jan Doe' is nobody" in remark


def test_a_name_of_two_students_is_an_error_that_lists_their_keys(changes):
    found = changes("students:\n  Jane Doe: {excused: x}\n")
    both = [student(number="1"), student(number="2")]
    with pytest.raises(EnvironmentProblem, match=":2: .*'jane-doe-1', 'jane-doe-2'"):
        found.remarks(both)
    assert changes("students:\n  2: {excused: x}\n").of(both[1]).excused
    assert not changes("students:\n  2: {excused: x}\n").of(both[0]).excused


def test_two_entries_for_one_student_are_an_error(changes):
    found = changes("students:\n  Jane Doe: {excused: x}\n  '1': {excused: y}\n")
    with pytest.raises(EnvironmentProblem, match=":3: '1' is the student of 'Jane Doe' above"):
        found.remarks([student(number="1")])


# --- grades.csv -------------------------------------------------------------------------------


def rows(*all_of_them: Graded) -> list[list[str]]:
    task = assignment(DUE)
    scores = [score(g, task, NONE) for g in all_of_them]
    text = grades_csv.table(all_of_them, scores, task).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_one_row_a_student():
    head, jane, nobody = rows(graded(), graded(MAX, modules=()))
    assert head == ["key", "name", "number", "bigram.probabilities", "bigram.smoothed",
                    "attention.softmax", "late days", "lost", "total", "remarks"]
    assert jane[:9] == ["jane-doe", "Jane Doe", "", "1", "2", "0", "0", "0", "3"]
    assert jane[9] == "attention: not handed in"
    assert nobody[8] == "0" and "bigram: not handed in" in nobody[9]


@pytest.mark.parametrize("name", [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "=cmd|' /C calc'!A0",
])
def test_no_cell_is_a_formula(name):
    row = rows(graded(name, trouble=name))[1]
    for value in row:
        assert not value.lstrip().startswith(("=", "+", "@", "\uff1d"))
        assert not value.startswith(("\t", "\r", "-"))
    assert row[1].startswith("'") and row[1].replace("'", "") == name.replace("'", "")


def test_a_row_says_what_went_wrong():
    row = rows(graded(trouble="not a notebook: it is empty", contained="time", passed=()))[1]
    assert "bigram: not a notebook: it is empty" in row[9]
    assert "probabilities: =1+1 is what it says" in row[9]


def test_names_survive_whatever_they_are_written_in():
    assert rows(graded("李 “雷”, Ünal\n🙂"))[1][1] == "李 “雷”, Ünal\n🙂"


# --- results.jsonl ----------------------------------------------------------------------------


def test_a_line_holds_everything():
    one = graded(contained="time")
    one = dataclasses.replace(one, records=tuple(
        dataclasses.replace(r, code="x = '\ud800'") for r in one.records))
    [line] = results_jsonl.lines([one], [score(one, assignment(), NONE)], {})
    data = json.loads(line)
    assert line.isascii() and data["total"] == 3 and data["answers"][0]["contained"] == "time"
    assert data["answers"][0]["verdict"]["status"] == "passed"


# --- Canvas -----------------------------------------------------------------------------------

EXPORT = (
    '\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Week 2 (88),"Week 3 (99)",'
    '"Final, Score (read only)"\r\n'
    ',,,,,Manual Posting,,\r\n'
    '    Points Possible,,,,,10,6,(read only)\r\n'
    '"Doe, Jane",1001,s1,jdoe,"A ""1"", B",7,,\r\n'
    '"Muster, Max",1002,s2,mmuster@uni.example,A,8,"4.5",\r\n'
    '"Twin, Anna",1003,s3,atwin1,A,,,\r\n'
    '"Twin, Anna",1004,s4,atwin2,A,,,\r\n'
    '"Student, Test",1005,,x9,A,,,'
)


@pytest.fixture
def fill(tmp_path):
    """`fill(export, graded…)` fills in the export; returns its text and the remarks."""

    def filled(export: str | bytes, *all_of_them: Graded, column: str = ""):
        file = tmp_path / "export.csv"
        file.write_bytes(export if isinstance(export, bytes) else export.encode())
        task = assignment()
        scores = [score(g, task, NONE) for g in all_of_them]
        data, remarks = canvas_export.filled(file, column, all_of_them, scores, task)
        return data.decode("utf-8", "surrogateescape"), remarks

    return filled


def test_only_the_cells_of_the_column_change(fill):
    text, remarks = fill(EXPORT, graded("doejane", number="1001", how=FROM_CANVAS),
                         graded("mmuster", passed=("smoothed",)))
    expected = EXPORT.replace('B",7,,', 'B",7,3,').replace('8,"4.5",', "8,2,")
    assert text == expected
    assert remarks == ["Canvas: no submission fits 2 of 4 students, whose cells stay as they were: "
                       "Twin, Anna; Twin, Anna"]


def test_names_come_from_the_export(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text(EXPORT)
    assert canvas_export.people(file) == {
        "1001": "Jane Doe", "1002": "Max Muster", "1003": "Anna Twin", "1004": "Anna Twin",
        "1005": "Test Student"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_other_byte_is_kept(end, mark, fill):
    export = mark + EXPORT.lstrip("\ufeff").replace("\r\n", end)
    assert fill(export)[0] == export
    odd = export.encode().replace(b"Section", b"S\xff\xfe")
    assert fill(odd)[0].encode("utf-8", "surrogateescape") == odd
    assert fill(export + end + end)[0] == export + end + end


@pytest.mark.parametrize("name", ["s1", "jdoe", "JDOE", "1001", "Jane Doe", "Doe, Jane", "doejane"])
def test_a_student_is_found_by_what_the_export_says(name, fill):
    assert 'B",7,3,' in fill(EXPORT, graded(name))[0]


def test_a_login_may_be_an_address(fill):
    assert "8,3," in fill(EXPORT, graded("mmuster"))[0]
    assert "8,3," in fill(EXPORT, graded("mmuster@uni.example"))[0]


@pytest.mark.parametrize(("who", "said"), [
    (graded("Anna Twin"), "may be any of 2 rows"),
    (graded("Nobody"), "is in no row"),
    (graded("doejane", number="77", how=FROM_CANVAS), "is in no row"),
    (graded("Zoe", number="1001", how="Moodle's folder"), "is in no row"),
])
def test_nothing_is_filled_in_by_a_guess(who, said, fill):
    text, [remark] = fill(EXPORT, who)
    assert text == EXPORT and said in remark


def test_two_students_for_one_row_fill_neither(fill):
    text, [remark] = fill(EXPORT, graded("jdoe"), graded("Jane Doe"))
    assert text == EXPORT and "all fit the row of Doe, Jane" in remark


def test_other_points_possible_are_reported(fill):
    _, [remark] = fill(EXPORT.replace("10,6", "10,60"))
    assert "has 60 points possible, the assignment 6" in remark


def test_a_column_is_found_by_number_or_title_or_not_at_all(fill):
    assert "A \"\"1\"\", B\",3,," in fill(EXPORT, graded("jdoe"), column="88")[0]
    assert "A \"\"1\"\", B\",3,," in fill(EXPORT, graded("jdoe"), column="week 2")[0]
    with pytest.raises(EnvironmentProblem, match=r"no column for 'Week 4'.*Week 2 \(88\)"):
        fill(EXPORT, column="Week 4")
    with pytest.raises(EnvironmentProblem, match="several columns for 'Week 3'"):
        fill(EXPORT.replace("Week 2", "week 3"))
    with pytest.raises(EnvironmentProblem, match="no export of Canvas' gradebook"):
        fill("a,b\n1,2\n")
    with pytest.raises(EnvironmentProblem, match="no export of Canvas' gradebook"):
        fill("")


def test_an_export_with_semicolons_and_decimal_commas(fill):
    export = ("Student;ID;SIS User ID;SIS Login ID;Section;Week 2 (88);Week 3 (99)\n"
              "Doe, Jane;1001;s1;jdoe;A;7,5;\n")
    text, _ = fill(export, graded("jdoe", passed=("smoothed",)))
    assert text == export.replace("7,5;", "7,5;2")


# --- Gradescope and AGS -----------------------------------------------------------------------


@pytest.mark.parametrize("name", [
    "=1+1", "a;=1+1", "a; =1+1", "a,-1", "a\t@x", "a\n=x", "a|+1", "x;\uff1d1", "\ufeff=1", "a;;=1",
])
def test_no_separator_makes_a_formula_of_a_name(name):
    text = grades_csv.harmless(name)
    assert text.replace("'", "") == name
    for separator in ";,\t\n|":
        parts = text.split(separator)
        assert not any(re.match(r"[\s\ufeff]*[=+\-@\uff1d]", part) for part in parts)


def test_gradescope_shows_no_hidden_case():
    task = assignment()
    one = graded(passed=("smoothed",))
    found = gradescope_results.results(one, score(one, task, NONE), task)
    assert found["score"] == 2
    named = {t["name"]: t for t in found["tests"]}
    assert [t["max_score"] for t in found["tests"] if "max_score" in t] == [1, 2, 3]
    assert named["bigram: From counts to probabilities"]["status"] == "failed"
    assert "<script>" not in json.dumps(found) and "=1+1" not in json.dumps(found["tests"][0])
    assert named["attention: Softmax"]["output"] == "Not handed in."
    allowed = {"score", "max_score", "status", "name", "number", "output", "output_format",
               "visibility"}
    assert all(set(t) <= allowed for t in found["tests"])
    json.dumps(found)


def posted(one: Graded, changed: overrides.Overrides = NONE, **of) -> dict:
    task = assignment(**of)
    now = datetime(2027, 3, 9, 12, tzinfo=CET)
    data = json.loads(lti_ags.ags([one], [score(one, task, changed)], task, changed, now))
    [found] = data["scores"]
    assert datetime.fromisoformat(found["timestamp"]) == now
    return found


BOTH = ("bigram", "attention")


@pytest.mark.parametrize(("one", "activity", "grading"), [
    (graded(modules=BOTH), "Completed", "FullyGraded"),
    (graded(), "Submitted", "FullyGraded"),
    (graded(modules=()), "Initialized", "NotReady"),
    (graded(modules=BOTH, contained="fault"), "Completed", "PendingManual"),
    (graded(modules=BOTH, trouble="it is empty"), "Completed", "Failed"),
    (graded(modules=BOTH, contained="time"), "Completed", "FullyGraded"),
])
def test_how_far_a_student_and_grading_are(one, activity, grading):
    found = posted(one)
    assert (found["activityProgress"], found["gradingProgress"]) == (activity, grading)
    assert ("scoreGiven" in found) == (grading == "FullyGraded")


def test_a_late_score_says_so_and_a_manual_one_is_final(changes):
    found = posted(graded(time=DUE + timedelta(days=1), modules=BOTH), due=DUE,
                   late=LatePolicy(0.5))
    assert found["scoreGiven"] == 1.5 and found["scoreMaximum"] == 6
    assert "1 day late" in found["comment"]
    by_hand = changes("students:\n  Jane Doe:\n    total: {points: 4, why: oral}\n")
    for one in (graded(modules=()), graded(contained="fault"), graded(trouble="empty")):
        assert posted(one, by_hand)["gradingProgress"] == "FullyGraded"
        assert posted(one, by_hand)["scoreGiven"] == 4


# --- the cache --------------------------------------------------------------------------------


def test_a_cache_cut_short_loses_only_the_line_in_hand(tmp_path):
    file = tmp_path / "c" / "verdicts.jsonl"
    cache = Cache(file)
    for name in "abc":
        cache.put(name, {"verdict": "\ud800"})
    file.write_bytes(file.read_bytes()[:-7])
    again = Cache(file)
    assert [name in again for name in "abc"] == [True, True, False]
    again.put("d", {})
    assert [name in Cache(file) for name in "abcd"] == [True, True, False, True]


def test_what_is_only_held_is_found_anew_next_time(tmp_path):
    cache = Cache(tmp_path / "verdicts.jsonl")
    cache.hold("a", {"verdict": 1})
    assert "a" in cache and "a" not in Cache(tmp_path / "verdicts.jsonl")
