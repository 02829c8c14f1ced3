"""`pathkit plan`, as a learner runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from pathkit import progress_log
from pathkit.learner.folder import Folder
from pathkit.learner.plan import goal
from tests.learner.test_plan import PATH
from tests.learner.test_progress import ROOT, make_folder

CALL = "from pathkit.cli import main; main()"
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def folder(tmp_path) -> Folder:
    return make_folder(tmp_path / "my path", PATH)


def pathkit(folder: Folder, *arguments: str, code: str = CALL, **environment: str):
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder.root, capture_output=True,
        text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "TZ": BERLIN.key, **environment},
    )


def planned(folder: Folder, *arguments: str) -> dict:
    done = pathkit(folder, "plan", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_table_says_what_to_do_in_which_week(folder):
    done = pathkit(folder, "plan", "--hours", "2", "--to", "heads", "--from", "2026-11-23")
    assert (done.returncode, done.stderr) == (0, "")
    first, *rest = done.stdout.splitlines()
    assert first == (
        "To Heads: 2 modules, 2 h of notebooks, 1 h 30 min of videos and texts, in 2 weeks of up "
        "to 2 h, 28 Nov – 5 Dec 2026."
    )
    rows = [" ".join(line.split()) for line in rest]
    assert "week 1 23–29 Nov 2026 110" in rows
    assert "Counts video: Intro 30" in rows
    assert "notebook: 01-counts.ipynb 60" in rows
    assert "Counts video: More (99)" in rows


def test_the_whole_path_is_the_default_and_minutes_add_up(folder):
    data = planned(folder, "--from", "2026-11-23")
    assert data["modules"] == [m.id for m in PATH.modules]
    pieces = [p for w in data["weeks"] for s in w["sessions"] for p in s["pieces"]]
    assert sum(p["minutes"] for p in pieces) == data["minutes"] == 30 + 20 + 40 + 4 * 60 + 50
    assert data["minutes_a_week"] == 300


def test_what_is_done_is_not_planned_and_nothing_is_left_at_the_goal(folder):
    progress_log.append(folder.progress, "done", "counts")
    assert planned(folder, "--to", "heads")["modules"] == ["heads"]
    progress_log.append(folder.progress, "skip", "heads", known=True)
    assert planned(folder)["weeks"] == []
    done = pathkit(folder, "plan")
    assert (done.returncode, done.stdout) == (0, "You have done all of Heads.\n")


def test_the_markdown_is_a_list_to_tick_off_with_links(folder):
    done = pathkit(folder, "plan", "--markdown", "--to", "heads", "--from", "2026-11-23",
                   "--days", "tue,sat", "--hours", "3")
    lines = done.stdout.splitlines()
    assert "## Week 1 · 23–29 Nov 2026 · 3 h" in lines
    assert lines[lines.index("**Tue 24 Nov**") + 2] == (
        "- [ ] Counts, video: [Intro](<https://example.org/intro>), 30 min"
    )
    assert "- [ ] Counts, notebook: [01-counts.ipynb](01-counts.ipynb), 60 min" in lines


@pytest.mark.slow
def test_a_plan_is_remembered_and_followed(folder):
    planned(folder, "--to", "heads", "--hours", "1", "--days", "sunday")
    assert goal.modules_of_plan(folder, PATH) == {"counts", "heads"}
    done = pathkit(folder, "plan", "--json")
    assert done.stderr == "as in your last plan: to Heads, 1 hours a week, sun\n"
    data = json.loads(done.stdout)
    assert (data["modules"], data["minutes_a_week"]) == (["counts", "heads"], 60)
    assert {date.fromisoformat(s["date"]).weekday()
            for w in data["weeks"] for s in w["sessions"]} == {6}
    assert len(planned(folder, "--whole", "--hours", "5")["modules"]) == 5
    assert goal.modules_of_plan(folder, PATH) == {"counts", "heads"}  # that was a trial
    assert len(planned(folder, "--whole", "--hours", "5", "--keep")["modules"]) == 5
    assert goal.modules_of_plan(folder, PATH) == frozenset()


@pytest.mark.slow
def test_the_first_plan_is_kept_and_trying_options_changes_nothing(folder):
    assert goal.stored(folder) is None
    shown = pathkit(folder, "plan")
    assert "your plan" not in shown.stdout and goal.stored(folder) is None
    first = pathkit(folder, "plan", "--to", "heads")
    assert "This is your plan now, to Heads: `pathkit next` follows it." in first.stdout
    kept = folder.settings.read_bytes()
    for options in (["--essentials"], ["--notebooks-only"], ["--whole", "--hours", "2"],
                    ["--days", "mon"], ["--at", "07:00", "--to", "waves"]):
        tried = pathkit(folder, "plan", *options)
        assert tried.returncode == 0 and folder.settings.read_bytes() == kept
        assert "This is a trial: `pathkit next` still follows your plan, to Heads." in tried.stdout
        for form in (["--markdown"], ["--ics", "plan.ics"]):
            assert "--keep makes it your plan" in pathkit(folder, "plan", *options, *form).stderr
        assert planned(folder, *options)["kept"] is False
        assert folder.settings.read_bytes() == kept
        assert "by your plan, to Heads" in pathkit(folder, "next", "--show").stdout
    assert planned(folder)["kept"] is True
    assert planned(folder, "--essentials", "--keep")["kept"] is True
    assert "to the fast route" in pathkit(folder, "next", "--show").stdout
    assert "--keep" in pathkit(folder, "plan", "--help").stdout


def test_a_plan_ends_with_what_comes_next(folder):
    planned(folder, "--to", "heads")
    lines = pathkit(folder, "plan").stdout.splitlines()
    assert "next: counts · Counts" in lines
    assert lines[lines.index("next: counts · Counts"):] == (
        pathkit(folder, "next", "--show").stdout.splitlines()
    )


def test_a_concept_is_found_and_the_choice_is_told(folder):
    done = pathkit(folder, "plan", "--json", "--to", "the film")
    assert json.loads(done.stdout)["modules"] == ["counts", "heads"]
    assert done.stderr == "the film: heads (video: Film)\n"


def test_without_resources_the_notebooks_alone_count(folder):
    data = planned(folder, "--essentials", "--notebooks-only")
    assert data["minutes"] == 3 * 60 + 50
    assert planned(folder)["minutes"] == data["minutes"]
    assert planned(folder, "--with-resources")["minutes"] == data["minutes"] + 90


@pytest.mark.parametrize(("word", "days"), [
    ("today", lambda today: 0), ("tomorrow", lambda today: 1),
    ("Monday", lambda today: (0 - today.weekday()) % 7),
    ("fri", lambda today: (4 - today.weekday()) % 7),
])
def test_days_have_names(folder, word, days):
    """By the learner's own clock, at any hour; the command may run over midnight."""
    before = datetime.now(BERLIN).date()
    first = date.fromisoformat(planned(folder, "--from", word)["weeks"][0]["from"])
    after = datetime.now(BERLIN).date()
    assert first in {day + timedelta(days(day)) for day in (before, after)}


@pytest.mark.parametrize(("arguments", "code", "line"), [
    (["--from", "2026-13-01"], 2, "'2026-13-01' is no date; write one as "),
    (["--from", "9999-12-31"], 2, "'9999-12-31' is too far from today"),
    (["--from", "m"], 2, "'m' is no date"),
    (["--days", "mon,xyz"], 2, "'xyz' is no weekday; write them as mon,wed,sat"),
    (["--days", ""], 2, "'' is no weekday"),
    (["--at", "25:00"], 2, "'25:00' is no time of day; write it as 19:00"),
    (["--hours", "0"], 2, "0.0 is not in the range"),
    (["--hours", "nan"], 2, "nan is no number of hours"),
    (["--hours", "40", "--days", "sun"], 2, "more than 16 a day; name more days"),
    (["--to", "heads", "--whole"], 2, "--to, --essentials and --whole exclude one another"),
    (["--json", "--markdown"], 2, "would print over one another"),
    (["--to", "hedas"], 5, "the path has nothing on 'hedas'; did you mean 'heads'?"),
    (["--to", ""], 5, "name a module or a concept"),
    (["--to", "notebook", "--folder", "/"], 4, "/ is not a learner's folder"),
])
def test_mistakes_are_told_in_one_line(folder, arguments, code, line):
    done = pathkit(folder, "plan", *arguments)
    assert done.returncode == code
    assert line in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr and done.stdout == ""
    assert not folder.settings.exists()


# --- the calendar -----------------------------------------------------------------------------


def test_a_calendar_is_written_in_the_local_zone_and_again_to_the_byte(folder):
    arguments = ["plan", "--ics", "plan.ics", "--from", "2026-11-23", "--at", "07:15"]
    done = pathkit(folder, *arguments)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("plan.ics: 5 sessions at 07:15, Europe/Berlin; ")
    file = folder.root / "plan.ics"
    first = file.read_bytes()
    events = icalendar.Calendar.from_ical(first).walk("VEVENT")
    assert {str(e["DTSTART"].dt.tzinfo) for e in events} == {"Europe/Berlin"}
    assert {e["DTSTART"].dt.strftime("%H:%M") for e in events} == {"07:15"}
    pathkit(folder, *arguments)
    assert file.read_bytes() == first
    printed = pathkit(folder, "plan", "--ics", "-", "--from", "2026-11-23", "--at", "07:15")
    assert printed.stdout.encode().replace(b"\r\n", b"\n") == first.replace(b"\r\n", b"\n")


def test_a_shorter_plan_cancels_the_rest(folder):
    pathkit(folder, "plan", "--ics", "plan.ics", "--from", "tomorrow")
    done = pathkit(folder, "plan", "--ics", "plan.ics", "--from", "tomorrow", "--to", "counts")
    assert "cancelled in it, since no longer planned: 4" in done.stderr
    assert (folder.root / "plan.ics").read_bytes().count(b"STATUS:CANCELLED") == 4


def test_without_a_known_zone_the_calendars_own_is_taken_and_told(folder):
    done = pathkit(folder, "plan", "--ics", "plan.ics", TZ="CET-1CEST,M3.5.0,M10.5.0/3")
    assert "the calendar's own time zone (TZ=Europe/Berlin names another)" in done.stderr
    assert b"VTIMEZONE" not in (folder.root / "plan.ics").read_bytes()


def test_a_damaged_record_is_told_and_begun_anew(folder):
    folder.calendar.write_text("{")
    done = pathkit(folder, "plan", "--ics", "plan.ics")
    assert done.returncode == 0 and "plan.json is damaged: these are new events" in done.stderr
    assert "damaged" not in pathkit(folder, "plan", "--ics", "plan.ics").stderr


def test_a_file_that_cannot_be_written_is_one_line(folder):
    (folder.root / "taken").mkdir()
    done = pathkit(folder, "plan", "--ics", "taken")
    assert done.returncode in (2, 4) and "Traceback" not in done.stderr
    (folder.root / "file").write_text("")
    done = pathkit(folder, "plan", "--ics", "file/plan.ics")
    assert done.returncode == 4 and done.stderr.count("\n") == 1, done.stderr


def test_a_folder_that_cannot_be_written_still_shows_the_plan(folder):
    folder.settings.mkdir()
    done = pathkit(folder, "plan", "--to", "heads")
    assert done.returncode == 0 and done.stdout.startswith("To Heads: ")
    assert "this plan isn't kept: " in done.stderr and done.stderr.count("\n") == 1


def test_nothing_left_to_write_is_told(folder):
    progress_log.append(folder.progress, "done", "waves")
    done = pathkit(folder, "plan", "--to", "waves", "--ics", "plan.ics")
    assert done.returncode == 0 and "there is nothing to write" in done.stderr
    assert not (folder.root / "plan.ics").exists()


@pytest.mark.parametrize(("arguments", "absent"), [
    (["plan", "--json"], {"rich", "icalendar", "numpy", "pydantic", "ruamel", "fsrs"}),
    (["plan"], {"icalendar", "numpy", "pydantic", "ruamel", "fsrs"}),
    (["plan", "--ics", "x.ics"], {"rich", "numpy", "pydantic", "ruamel", "fsrs"}),
])
def test_a_plan_imports_what_it_needs(folder, arguments, absent):
    code = (
        "import sys\nfrom pathkit.cli import main\ntry: main()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = pathkit(folder, *arguments, code=code)
    loaded = {name.partition(".")[0] for name in done.stderr.splitlines()[-1].split()}
    assert "click" in loaded and not loaded & absent


def test_the_folder_is_found_from_the_project(tmp_path, folder):
    done = subprocess.run(
        [sys.executable, "-c", CALL, "plan", "--folder", str(folder.root), "--json"],
        cwd=Path(tmp_path), capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0 and json.loads(done.stdout)["modules"]


# --- followed by the others -------------------------------------------------------------------


def test_next_and_status_follow_the_plan_and_go_on_when_it_is_done(folder):
    planned(folder, "--to", "waves")
    for command in (["next", "--show"], ["status"]):
        assert "next: waves · Waves" in pathkit(folder, *command).stdout
    progress_log.append(folder.progress, "done", "waves")
    said = pathkit(folder, "status").stdout
    assert "next: counts · Counts" in said and "your plan is done; it needs nothing" in said


def test_status_counts_the_cards_that_are_due(folder):
    assert json.loads(pathkit(folder, "status", "--json").stdout)["cards_due"] == 0
    progress_log.append(folder.progress, "done", "counts")
    assert "1 recall card due: pathkit review" in pathkit(folder, "status").stdout


def test_counting_due_cards_imports_no_scheduler(folder):
    progress_log.append(folder.progress, "done", "counts")
    progress_log.append(folder.progress, "review", "counts", card="counts.1", rating=3)
    code = (
        "import sys\nfrom pathkit.cli import main\ntry: main()\nexcept SystemExit: pass\n"
        "print('fsrs' in sys.modules, file=sys.stderr)"
    )
    assert [pathkit(folder, "status", code=code).stderr for _ in range(2)] == ["True\n", "False\n"]
