"""`pathkit assign`: what is handed out, the same bytes each time, and what is said of slips."""

from __future__ import annotations

import functools
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from click.testing import CliRunner

from pathkit import __version__, curriculum
from pathkit.building.build import Place, build
from pathkit.classroom import assignment as assignments
from pathkit.classroom import due_date
from pathkit.classroom.assigning import handing_out
from pathkit.classroom.assigning.giveaways import secrets_of
from pathkit.classroom.assigning.leaks import leaks
from pathkit.classroom.assigning.planning import Wishes
from pathkit.classroom.assignment import LatePolicy
from pathkit.classroom.collecting.submissions import collect
from pathkit.cli import main
from pathkit.errors import NothingMatched
from pathkit.notebook_files import notebook_file
from tests.building.test_build import EXERCISES, LESSON, ROOT, edit, small_project
from tests.this_path import notebook_of

DUE = "2027-03-01T23:59+01:00"


@pytest.fixture(scope="module", autouse=True)
def read_once():
    """The path is read once for all of these tests; that it isn't stale is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(curriculum, "load", functools.cache(curriculum.load))
        fresh = handing_out.unchanged
        patch.setattr(handing_out, "unchanged", lambda p: p.root == ROOT or fresh(p))
        yield


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["--root", str(ROOT), "assign", *map(str, arguments)],
                                standalone_mode=True)
    assert not isinstance(result.exception, Exception), result.exception
    return result.exit_code, result.stdout, result.stderr


def made(tmp_path: Path, *arguments: object) -> zipfile.ZipFile:
    out = tmp_path / "week.zip"
    code, _, said = run(*arguments, "--due", DUE, "--out", out)
    assert code == 0, said
    return zipfile.ZipFile(out)


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> zipfile.ZipFile:
    """Two modules, some points, a late policy."""
    return made(
        tmp_path_factory.mktemp("assign"), "attention", "bigram", "--points", "2", "--points",
        "gradient=5", "--points", "attention.softmax=0.5", "--late", "10%:3", "--title", "Week <3>",
    )


def notebook(archive: zipfile.ZipFile, name: str) -> dict:
    return json.loads(archive.read(name))


def sources(data: dict, role: str) -> list[str]:
    return [notebook_file.text_of(c) for c in data["cells"]
            if c["metadata"]["pathkit"]["role"] == role]


# --- what is in it ------------------------------------------------------------------------------


def test_the_files(two):
    assert two.namelist() == [
        notebook_of("bigram"), notebook_of("attention"), "START-HERE.html", "assignment.json",
        "due.ics"]


def test_the_manifest_says_points_deadline_and_policy(two, tmp_path):
    found = assignments.parse(two.read("assignment.json").decode())
    assert found.title == "Week <3>" and found.fallback
    assert found.due == datetime.fromisoformat(DUE)
    assert found.late == LatePolicy(0.1, 3)
    assert [m.id for m in found.modules] == ["bigram", "attention"]
    points = {f"{m.id}.{t.name}": t.points for m, t in found.tasks()}
    assert points.pop("bigram.gradient") == 5 and points.pop("attention.softmax") == 0.5
    assert set(points.values()) == {2.0}
    assert re.fullmatch(r"0\.1\.0\+[0-9a-f]{8}", found.path)
    file = tmp_path / "week.zip"
    file.write_bytes(two.fp.getvalue() if isinstance(two.fp, io.BytesIO) else
                     Path(two.filename).read_bytes())
    assert assignments.load(file) == found


def test_the_notebooks_are_learners_and_clean(two):
    secrets = [s for m in ("bigram", "attention")
               for s in secrets_of(Place(ROOT).modules.folder_of(m), m)]
    for name in two.namelist()[:2]:
        data = notebook(two, name)
        assert leaks(data, secrets, name) == []
        assert all(not c.get("outputs") for c in data["cells"])


def test_prompts_say_what_they_are_worth(two):
    prompts = sources(notebook(two, notebook_of("bigram")), "prompt")
    assert prompts[0].endswith("\n\n**2 points.**") and prompts[6].endswith("\n\n**5 points.**")


def test_links_lead_only_to_what_is_handed_out(two):
    text = "\n".join(sources(notebook(two, notebook_of("bigram")), "next"))
    links = re.findall(r"\]\(([^)]+\.ipynb)\)", text)
    assert set(links) == {notebook_of("attention")}
    assert "3 · MLP: three letters of context" in text


def test_the_page_for_students(two):
    page = two.read("START-HERE.html").decode()
    assert "Due Monday, 1 March 2027, 23:59 (UTC+01:00)." in page
    assert "costs 10 % of a notebook&#39;s points. After 3 days nothing is earned." in page
    assert "<h1>Week &lt;3&gt;</h1>" in page and "Week <3>" not in page
    assert notebook_of("bigram") in page and "33.5 points in all" in page
    assert "use the reference" in page and "Other exercises" not in page
    assert "the latest version counts, and its time decides whether it is late" in page
    assert f"with <code>pathkit</code> {__version__}" in page
    assert not re.search(r"<script|https?://", page)


def test_students_are_told_where_to_work(tmp_path):
    archive = made(tmp_path, "bigram", "--setup", "Log in at hub.example.org & <start>.")
    page = archive.read("START-HERE.html").decode()
    assert "<p>Log in at hub.example.org &amp; &lt;start&gt;." in page
    assert "JupyterLab, with" not in page


def test_a_zip_is_called_one(tmp_path):
    code, _, said = run("bigram", "--due", DUE, "--out", tmp_path / "week-3")
    assert code == 2 and "write --out" in said and "week-3.zip" in said
    assert not any(tmp_path.iterdir())


def test_the_calendar_entry(two):
    calendar = icalendar.Calendar.from_ical(two.read("due.ics"))
    [zone] = calendar.walk("VTIMEZONE")
    [event] = calendar.walk("VEVENT")
    assert event["DTSTART"].params["TZID"] == zone["TZID"] == "UTC+0100"
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime(2027, 3, 1, 23, 59)
    assert zone.walk("STANDARD")[0]["TZOFFSETTO"].td == timedelta(hours=1)
    assert event["SUMMARY"] == "Week <3>: due"


def test_other_exercises_are_marked_and_dont_count(tmp_path):
    archive = made(tmp_path, "bigram", "--only", "gradient,bigram.smoothed")
    found = assignments.parse(archive.read("assignment.json").decode())
    assert [t.name for _, t in found.tasks()] == ["smoothed", "gradient"]
    prompts = sources(notebook(archive, notebook_of("bigram")), "prompt")
    assert [p.endswith("*Not part of this assignment.*") for p in prompts] == [
        True, True, True, True, False, True, False, True]
    assert "Other exercises in the notebooks" in archive.read("START-HERE.html").decode()
    assert found.title == "Bigram"


def set_up(archive: zipfile.ZipFile) -> str:
    [cell] = sources(notebook(archive, notebook_of("bigram")), "set-up")
    [line] = [line for line in cell.splitlines() if line.startswith("path.ready(")]
    return line


def test_without_fallback_the_set_up_cell_says_so(tmp_path, two):
    assert set_up(two) == 'path.ready("bigram")'
    archive = made(tmp_path, "bigram", "--no-fallback")
    assert set_up(archive) == 'path.ready("bigram", fallback=False)'
    assert not assignments.parse(archive.read("assignment.json").decode()).fallback
    assert "they say so" in archive.read("START-HERE.html").decode()


def test_what_isnt_assigned_still_falls_back(tmp_path):
    archive = made(tmp_path, "bigram", "--no-fallback", "--only", "smoothed")
    line = set_up(archive)
    assert '"gradient"' in line and "smoothed" not in line


@pytest.mark.parametrize("layout", ["zip", "nbgrader"])
def test_what_is_handed_out_can_be_collected(tmp_path, layout):
    out = tmp_path / ("out.zip" if layout == "zip" else "out")
    code, _, said = run("bigram", "--due", DUE, "--only", "smoothed,broken_name", "--no-fallback",
                        "--format", layout, "--out", out)
    assert code == 0, said
    if layout == "zip":
        with zipfile.ZipFile(out) as archive:
            handed_out = archive.read(notebook_of("bigram"))
            manifest = archive.read("assignment.json")
    else:
        [home] = (out / "source").iterdir()
        handed_out = (home / notebook_of("bigram")).read_bytes()
        manifest = (home / "assignment.json").read_bytes()
    home = tmp_path / "submissions" / "ann"
    home.mkdir(parents=True)
    (home / "whatever (2).ipynb").write_bytes(handed_out)
    collected = collect(home.parent, assignments.parse(manifest.decode()))
    [submission] = collected.submissions
    assert submission.module == "bigram" and collected.remarks == ()
    answers = submission.attempt.answers
    assert {name: answer.found for name, answer in answers.items()} == {
        "smoothed": "metadata", "broken_name": "metadata"}
    assert ("keepdims" in answers["smoothed"].code) == (layout == "nbgrader")


# --- the same each time -------------------------------------------------------------------------


def test_the_bytes_are_the_same_each_time(tmp_path):
    first = made(tmp_path / "a", "bigram").filename
    second = made(tmp_path / "b", "bigram").filename
    assert Path(first).read_bytes() == Path(second).read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {m.date_time for m in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_later_deadline_moves_the_event(tmp_path):
    events = []
    for due in (DUE, "2027-03-08T23:59+01:00"):
        out = tmp_path / f"{len(events)}.zip"
        assert run("bigram", "--due", due, "--out", out)[0] == 0
        with zipfile.ZipFile(out) as archive:
            [event] = icalendar.Calendar.from_ical(archive.read("due.ics")).walk("VEVENT")
        events.append(event)
    assert events[0]["UID"] == events[1]["UID"]
    assert events[0]["SEQUENCE"] < events[1]["SEQUENCE"]


def test_a_named_zone_comes_with_its_rules(tmp_path):
    out = tmp_path / "x.zip"
    code, _, said = run("bigram", "--due", "2027-07-01T12:00[Europe/Berlin]", "--out", out)
    assert code == 0 and "due Thursday, 1 July 2027, 12:00 (Europe/Berlin, UTC+02:00)" in said
    with zipfile.ZipFile(out) as archive:
        calendar = icalendar.Calendar.from_ical(archive.read("due.ics"))
        found = assignments.parse(archive.read("assignment.json").decode())
    assert found.due.isoformat() == "2027-07-01T12:00:00+02:00"
    [event] = calendar.walk("VEVENT")
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2027, 7, 1, 10, tzinfo=UTC)
    assert calendar.walk("VTIMEZONE")[0]["TZID"] == "Europe/Berlin"
    assert calendar.walk("DAYLIGHT")


# --- deadlines in words -------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "words"), [
    ("2027-03-01T23:59Z", "Monday, 1 March 2027, 23:59 (UTC)"),
    ("2027-03-01 09:05-03:30", "Monday, 1 March 2027, 09:05 (UTC-03:30)"),
    ("2027-03-01T23:59+01:00[Europe/Paris]",
     "Monday, 1 March 2027, 23:59 (Europe/Paris, UTC+01:00)"),
])
def test_deadlines_in_words(text, words):
    assert due_date.in_words(due_date.read(text)) == words


@pytest.mark.parametrize(("late", "words"), [
    (LatePolicy(), "What comes later still counts in full."),
    (LatePolicy(0.25), "Each day begun after that costs 25 % of a notebook's points."),
    (LatePolicy(0.1, 1),
     "Each day begun after that costs 10 % of a notebook's points. After 1 day nothing is earned."),
    (LatePolicy(0, 0), "What comes later earns nothing."),
])
def test_late_policies_in_words(late, words):
    assert due_date.late_in_words(late) == words


def test_past_is_past():
    due = datetime(2027, 3, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    assert due_date.is_past(due, datetime(2027, 3, 1, 0, 1, tzinfo=ZoneInfo("Europe/Berlin")))
    assert not due_date.is_past(due, datetime(2027, 2, 28, 22, 59, tzinfo=UTC))


# --- slips --------------------------------------------------------------------------------------

SLIPS = [
    (["bigrm"], 5, "there is no module 'bigrm'; did you mean 'bigram'?"),
    (["bigram", "--only", "gradent"], 5,
     "there is no exercise 'gradent' in this assignment; did you mean 'gradient'?"),
    (["bigram", "--only", "zzz"], 5, "there is no exercise 'zzz' in this assignment; there are: "),
    (["bigram", "word-vectors", "--only", "gradient"], 5,
     "'gradient' is in several modules; write bigram.gradient or word-vectors.gradient"),
    (["bigram", "attention", "--only", "smoothed"], 5,
     "--only names no exercise of 'attention'; leave the module out, or name one of softmax"),
    (["bigram", "--points", "smothed=2"], 5,
     "--points smothed=2: there is no exercise 'smothed' in this assignment; did you mean "
     "'smoothed'?"),
    (["bigram", "--only", "smoothed", "--points", "gradient=2"], 5,
     "--points gradient=2: there is no exercise 'gradient' in this assignment"),
    (["bigram", "--points", "many"], 2, "--points many: 'many' is no number of points"),
    (["bigram", "--points", "gradient=-1"], 2, "'-1' is no number of points"),
    (["bigram", "--points", "nan"], 2, "'nan' is no number of points"),
    (["bigram", "--late", "x"], 2, "'x' is no share of the points for each day"),
    (["bigram", "--late", "1.5"], 2, "'1.5' is no share of the points for each day"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), SLIPS)
def test_slips_are_told_in_one_line(tmp_path, arguments, code, said):
    got, stdout, stderr = run(*arguments, "--due", DUE, "--out", tmp_path / "x.zip")
    assert got == code and stdout == ""
    assert said in " ".join(stderr.splitlines()[-1:])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("due", "said"), [
    ("2027-03-01T23:59", "'2027-03-01T23:59' has no time zone; write it as 2027-03-01T23:59+01:00"),
    ("2027-03-01", "'2027-03-01' has no time zone"),
    ("monday", "'monday' is no time; write it as"),
    ("2027-03-01T23:59[Mars/Base]", "'Mars/Base' is no time zone that is known here"),
    ("2027-03-01T23:59+05:00[Europe/Berlin]", "Europe/Berlin is at UTC+01:00 then, not at UTC+05"),
])
def test_a_deadline_needs_a_time_zone(tmp_path, due, said):
    code, _, stderr = run("bigram", "--due", due, "--out", tmp_path / "x.zip")
    assert code == 2 and said in stderr.splitlines()[-1]


def test_what_is_there_already_is_not_replaced(tmp_path):
    out = tmp_path / "x.zip"
    out.write_bytes(b"mine")
    code, _, stderr = run("bigram", "--due", DUE, "--out", out)
    assert code == 2 and "is there already" in stderr and out.read_bytes() == b"mine"
    (tmp_path / "y-instructor.zip").write_bytes(b"mine")
    code, _, stderr = run("bigram", "--due", DUE, "--with-notes", "--out", tmp_path / "y.zip")
    assert code == 2 and "y-instructor.zip is there already" in stderr
    assert not (tmp_path / "y.zip").exists()


def test_a_deadline_in_the_past_is_a_warning(tmp_path):
    code, _, stderr = run("bigram", "--due", "2020-01-01T00:00Z", "--out", tmp_path / "x.zip")
    assert code == 0 and "warning: the deadline is past: Wednesday, 1 January 2020" in stderr


# --- what may not be handed out -----------------------------------------------------------------


@pytest.fixture
def small(tmp_path) -> Place:
    place = small_project(tmp_path)
    build(place)
    return place


def prepared(place: Place):
    return handing_out.prepared(place, Wishes(["first-step"], due_date.read(DUE)))


def test_a_small_project_can_be_handed_out(small):
    project = prepared(small)
    handing_out.refuse_stale(project, solutions=False)
    assert "01-first-step.ipynb" in handing_out.for_students(project)


def test_a_module_without_exercises_is_told(small):
    with pytest.raises(NothingMatched, match="^module 'third-step' has no exercises: there is"):
        handing_out.prepared(small, Wishes(["third-step"], due_date.read(DUE)))


def test_stale_notebooks_are_named(small):
    edit(small.modules.lesson("first-step"), "# ## Doubling", "# ## Twice")
    with pytest.raises(handing_out.Stale) as caught:
        handing_out.refuse_stale(prepared(small), solutions=False)
    assert str(caught.value) == (
        "notebooks/01-first-step.ipynb: differs from its sources; run `pathkit build`")


def test_notebooks_that_somebody_ran_are_stale(small):
    file = small.notebooks / "01-first-step.ipynb"
    data = json.loads(file.read_text(encoding="utf-8"))
    next(c for c in data["cells"] if c["cell_type"] == "code")["execution_count"] = 1
    file.write_text(notebook_file.to_json(data), encoding="utf-8")
    with pytest.raises(handing_out.Stale, match="holds outputs or other layout"):
        handing_out.refuse_stale(prepared(small), solutions=False)


def test_an_answer_that_the_lesson_tells_is_refused(small):
    secret = "return secret_helper + number"
    assert secret in EXERCISES
    small.modules.lesson("first-step").write_text(
        LESSON + f"\n# %% [markdown]\n# Try this:\n# `{secret}`, after `secret_helper = number`\n",
        encoding="utf-8")
    build(small)
    with pytest.raises(handing_out.Leaking) as caught:
        handing_out.for_students(prepared(small))
    assert all(leak.file == "01-first-step.ipynb" for leak in caught.value.leaks)
    assert "cell 13, line 2: code of first-step.double: the reference: `" in str(caught.value)


def test_a_title_is_searched_as_well(small):
    project = handing_out.prepared(small, Wishes(
        ["first-step"], due_date.read(DUE), title="return secret_helper + number"))
    with pytest.raises(handing_out.Leaking) as caught:
        handing_out.for_students(project)
    assert {leak.file for leak in caught.value.leaks} == {
        "START-HERE.html", "assignment.json", "due.ics"}


@pytest.mark.slow
def test_from_the_command_line_in_a_copy_of_the_project(tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(ROOT / "curriculum.yaml", copy)
    shutil.copytree(ROOT / "notebooks", copy / "notebooks")
    file = copy / "notebooks" / notebook_of("bigram")
    file.write_text(file.read_text(encoding="utf-8").replace("Count how often", "Count"),
                    encoding="utf-8")
    command = [sys.executable, "-c", "from pathkit.cli import main; main()", "--root", str(copy),
               "assign", "bigram", "--due", DUE, "--out", str(tmp_path / "x.zip")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stdout == (
        "notebooks/02-bigram.ipynb: differs from its sources; run `pathkit build`\n")
    assert result.stderr == "Nothing was written: these notebooks are not up to date.\n"
    assert not (tmp_path / "x.zip").exists()
