"""A group shares a folder: who is where, who can help, what to talk about; never answers."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from pathkit import cli, progress_log
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.groups import agenda, board, meetings, page, shared
from pathkit.path_map import Meeting as Sheet
from pathkit.path_map import PathMap, Resource
from pathkit.terminal import print_markdown
from tests.learner.test_progress import PATH, make_folder

SHEET = Sheet(
    ("Where is the knowledge?", "Contested: It only counts.", "What would break it?"),
    "One draws, the other guesses.",
    "20 minutes alone on counts. 40 minutes in pairs. 20 minutes together.",
)
WITH_SHEETS = PathMap(PATH.title, PATH.parts, tuple(
    dataclasses.replace(m, group=SHEET) for m in PATH.modules
))


@pytest.fixture
def group(tmp_path):
    return shared.create(tmp_path / "our group", "Thursday people")


@pytest.fixture
def learner(tmp_path, group):
    """Makes a learner's folder; with a name, a member of the group."""
    def make(name: str = "", as_folder: str = ""):
        folder = make_folder(tmp_path / (as_folder or name), WITH_SHEETS)
        if name:
            shared.join(folder, group, name)
        return folder
    return make


def check(folder, exercise: str, status: str = "passed", **more) -> None:
    progress_log.append(folder.progress, "check", exercise.partition(".")[0], exercise=exercise,
               status=status, **more)


def rows(group):
    return board.rows(WITH_SHEETS, shared.members(group))


# --- what is shared ---------------------------------------------------------------------------


def test_members_see_what_was_passed_and_nothing_that_gives_an_answer_away(group, learner):
    ada = learner("Ada")
    progress_log.append(
        ada.progress, "predict", "one", prediction="one.p", answer="SECRET", status="passed"
    )
    check(ada, "one.a", "misconception", misconception="SECRET")
    check(ada, "one.a")
    progress_log.append(ada.progress, "review", "one", card="SECRET", rating=1)
    assert shared.share(ada)
    text = (group.members / "Ada.jsonl").read_text()
    assert "SECRET" not in text
    [member] = shared.members(group)
    assert [(e["kind"], e.get("status")) for e in member.events] == [
        ("check", "tried"), ("check", "passed")
    ]
    assert not shared.share(ada)


def test_every_kind_of_event_is_either_shared_by_name_or_private():
    assert set(shared.SHARED) < progress_log.KINDS
    kept = {"active", "predict", "hint", "solution", "review"}
    assert progress_log.KINDS - set(shared.SHARED) == kept


def test_two_machines_of_one_member_write_one_file(group, learner, tmp_path):
    first = learner("Ada")
    check(first, "one.a")
    shared.share(first)
    second = make_folder(tmp_path / "laptop", WITH_SHEETS)
    with pytest.raises(EnvironmentProblem, match="--again"):
        shared.join(second, group, "Ada")
    check(second, "one.b")
    shared.join(second, group, "Ada", again=True)
    assert not shared.share(first)
    [row] = rows(group)
    assert row.done == 2


def test_a_synchronisers_conflicted_copy_counts_as_the_same_member(group, learner):
    ada = learner("Ada")
    check(ada, "one.a")
    shared.share(ada)
    file = group.members / "Ada.jsonl"
    (group.members / "Ada (conflicted copy 2026-11-23).jsonl").write_bytes(file.read_bytes())
    [row] = rows(group)
    assert (row.name, row.done) == ("Ada", 1)


@pytest.mark.parametrize("name", [
    "", "  ", ".hidden", "a/b", "..", "a\\b", "a:b", "con", "COM1", "-rf", "x" * 41, "a\nb", "end."
])
def test_names_that_files_cannot_have_are_refused(group, learner, name):
    folder = learner(as_folder="me")
    with pytest.raises(EnvironmentProblem, match="choose another"):
        shared.join(folder, group, name)
    assert list(group.members.glob("*.jsonl")) == []


@pytest.mark.parametrize("name", ["Zoë", "李雷", "Ada Lovelace", "d'Artagnan"])
def test_names_of_people_are_fine(group, learner, name):
    learner(name, as_folder="me")
    assert [m.name for m in shared.members(group)] == [name]


def test_a_name_is_one_persons_whatever_its_capitals(group, learner):
    learner("Ada")
    with pytest.raises(EnvironmentProblem, match="'Ada'"):
        shared.join(learner(as_folder="other"), group, "ADA")


def test_leaving_takes_away_what_was_shared_and_keeps_ones_own(group, learner):
    ada = learner("Ada")
    check(ada, "one.a")
    shared.share(ada)
    shared.leave(ada)
    assert shared.members(group) == []
    assert progress_log.read(ada.progress)
    with pytest.raises(NothingMatched, match="pathkit group join"):
        shared.of(ada)


def test_a_folder_that_is_no_group_or_a_damaged_one_is_one_clear_line(tmp_path, learner, group):
    with pytest.raises(EnvironmentProblem, match="pathkit group init"):
        shared.load(shared.Group(tmp_path / "nowhere"))
    with pytest.raises(EnvironmentProblem, match="pathkit group join"):
        shared.create(group.root, "again")
    for text in ("", "{", "[]", '{"format": 9}', "[" * 9999):
        group.file.write_text(text)
        with pytest.raises(EnvironmentProblem):
            shared.load(group)


def test_strange_files_among_the_members_do_no_harm(group, learner):
    learner("Ada")
    (group.members / "notes.txt").write_text("hello")
    (group.members / "broken.jsonl").write_bytes(b"\xff\xfe\x00")
    (group.members / "evil.jsonl").write_text('{"v": 1, "member": "../../x"}\n')
    (group.members / "folder.jsonl").mkdir()
    assert {m.name for m in shared.members(group)} <= {"Ada", "broken"}


# --- the board --------------------------------------------------------------------------------


@pytest.fixture
def three(group, learner):
    """Ada has finished `one`, Ben is stuck there, Cleo on what nobody has."""
    ada, ben, cleo = learner("Ada"), learner("Ben"), learner("Cleo")
    for name in ("one.a", "one.b"):
        check(ada, name)
    check(ben, "one.a")
    for _ in range(3):
        check(ben, "one.b", "wrong value")
    check(cleo, "two.c", "raised")
    for folder in (ada, ben, cleo):
        shared.share(folder)
    return ada, ben, cleo


def test_the_board_says_who_is_where(group, three):
    found = {r.name: r for r in rows(group)}
    assert [(r.done, r.total) for r in found.values()] == [(2, 4), (1, 4), (0, 4)]
    one = WITH_SHEETS.module("one")
    assert [board.cell(r, one)[0] for r in found.values()] == ["✓", "1/2", "·"]
    assert [m.id for m in board.started(WITH_SHEETS, list(found.values()))] == ["one", "two"]


def test_the_board_says_who_can_help_whom_with_what(group, three):
    found = [(h.who, h.exercise.id, h.tries, h.helpers) for h in board.helps(WITH_SHEETS,
                                                                             rows(group))]
    assert found == [("Ben", "one.b", 3, ("Ada",)), ("Cleo", "two.c", 1, ())]


def test_who_has_helped_least_is_asked_first(group, learner):
    helpers = [learner(name) for name in ("Ada", "Bea")]
    for folder in helpers:
        for name in ("one.a", "one.b"):
            check(folder, name)
        shared.share(folder)
    for name, exercise in (("Cas", "one.a"), ("Dov", "one.b")):
        folder = learner(name)
        check(folder, exercise, "raised")
        shared.share(folder)
    first = [h.helpers[0] for h in board.helps(WITH_SHEETS, rows(group))]
    assert sorted(first) == ["Ada", "Bea"]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_the_page_stands_alone_and_runs_nothing(group, learner, three):
    text = page.html("<script>alert(1)</script>", WITH_SHEETS, rows(group), date(2026, 11, 23),
                     {"when": "Thursday", "what": "1 One"})
    tags = Tags()
    tags.feed(text)
    names = [tag for tag, _ in tags.found]
    assert not {"script", "img", "iframe"} & set(names)
    # The empty icon keeps a browser from asking for one.
    assert {attrs["href"] for tag, attrs in tags.found if tag == "link"} == {"data:,"}
    policy = [a["content"] for tag, a in tags.found if a.get("http-equiv", "") != ""]
    assert policy and policy[0].startswith("default-src 'none';")
    assert not [a for _, attrs in tags.found for a in attrs if a.startswith("on")]
    assert not re.search(r"(src|href|url\()=?[\"']?https?:", text)
    assert ("html", {"lang": "en"}) in tags.found
    assert {attrs.get("scope") for tag, attrs in tags.found if tag == "th"} == {"row", "col"}
    assert "Ben" in text and "ask" in text.lower() and "Thursday" in text


# --- meetings ---------------------------------------------------------------------------------


def test_each_module_has_a_meeting_or_as_many_as_fit_into_the_hours():
    modules = WITH_SHEETS.modules
    at, first = time(19), date(2026, 3, 26)
    alone = meetings.lay_out(modules, first, at, "Europe/Berlin", None)
    assert [m.modules for m in alone] == [("one",), ("two",), ("three",), ("reading",)]
    assert [m.on.isoformat() for m in alone[:2]] == ["2026-03-26", "2026-04-02"]
    together = meetings.lay_out(modules, first, at, "Europe/Berlin", 2.0)
    assert [m.modules for m in together] == [("one", "two"), ("three", "reading")]


def test_a_meeting_at_seven_stays_at_seven_when_the_clocks_change(group):
    laid = meetings.lay_out(WITH_SHEETS.modules, date(2026, 3, 26), time(19), "Europe/Berlin", None)
    meetings.store(group, laid)
    parsed = Calendar.from_ical(meetings.ics(group, WITH_SHEETS))
    starts = [e.decoded("dtstart") for e in parsed.walk("VEVENT")]
    assert {s.hour for s in starts} == {19}
    assert [s.astimezone(UTC).hour for s in starts[:2]] == [18, 17]
    assert [z["TZID"] for z in parsed.walk("VTIMEZONE")] == ["Europe/Berlin"]


def test_importing_the_calendar_again_updates_and_cancels(group):
    at, zone = time(19), "Europe/Berlin"

    def events():
        parsed = Calendar.from_ical(meetings.ics(group, WITH_SHEETS)).walk("VEVENT")
        return {str(e["uid"]): (e.get("status"), int(e["sequence"])) for e in parsed}

    meetings.store(group, meetings.lay_out(WITH_SHEETS.modules, date(2026, 3, 26), at, zone, None))
    first = events()
    assert len(first) == 4
    meetings.store(group, meetings.lay_out(WITH_SHEETS.modules, date(2026, 3, 26), at, zone, 2.0))
    second = events()
    assert first.keys() == second.keys()
    assert [status for status, _ in second.values()].count("CANCELLED") == 2
    assert all(second[uid][1] > first[uid][1] for uid in first)


def test_the_next_meeting_is_next_until_it_is_over(group):
    laid = meetings.lay_out(WITH_SHEETS.modules, date(2026, 3, 26), time(19), "UTC", None)
    end = datetime(2026, 3, 26, 20, 20, tzinfo=UTC)
    assert meetings.coming(laid, end - timedelta(minutes=1)) == laid[0]
    assert meetings.coming(laid, end) == laid[1]
    assert meetings.coming([], end) is None


def test_meetings_that_were_edited_badly_are_one_clear_line(group):
    meetings.store(group, meetings.lay_out(WITH_SHEETS.modules, date(2026, 3, 26), time(19), "UTC",
                                           None))
    data = json.loads(group.file.read_text())
    data["meetings"][1]["on"] = "soon"
    group.file.write_text(json.dumps(data))
    with pytest.raises(EnvironmentProblem, match="pathkit group plan"):
        meetings.stored(group)


# --- agendas ----------------------------------------------------------------------------------


def test_the_agenda_has_the_plan_the_questions_the_pair_task_and_who_with_whom(group, three):
    sheet = agenda.markdown(WITH_SHEETS, WITH_SHEETS.module("one"), rows(group))
    assert sheet.count("\n- 20 minutes") == 2 and "- 40 minutes in pairs." in sheet
    assert all(q in sheet for q in SHEET.discuss) and SHEET.pairs in sheet
    assert "Ada and Cleo and Ben" in sheet
    assert "Ben on *b*: Ada" in sheet


def test_an_agenda_is_readable_in_a_terminal(capsys):
    link = Resource("talk", "A talk", "video", "https://example.org/talk", "easy", 30, "before")
    one = dataclasses.replace(WITH_SHEETS.module("one"), resources=(link,))
    print_markdown(agenda.markdown(WITH_SHEETS, one, []))
    lines = capsys.readouterr().out.splitlines()
    assert {"1 · One", "Plan", "In pairs"} < set(lines) and "#" not in "".join(lines)
    [talk] = [line for line in lines if "A talk" in line]
    assert talk.strip() == "• A talk (https://example.org/talk), video, 30 min"


def test_everybody_is_in_exactly_one_pair(group, learner):
    for n in range(5):
        found = rows(group)
        together = agenda.pairs(found, WITH_SHEETS.module("one"))
        everybody = [name for pair in together for name in pair]
        assert sorted(everybody) == (sorted(r.name for r in found) if n > 1 else [])
        learner(f"Member {n}")


# --- the commands -----------------------------------------------------------------------------


def call(*arguments, folder=None):
    extra = ["--folder", str(folder.root)] if folder else []
    return CliRunner(env={"COLUMNS": "100", "TZ": "Europe/Berlin"}).invoke(
        cli.main, ["group", *map(str, arguments), *extra]
    )


def test_a_group_from_its_first_day_to_its_board(tmp_path):
    root = tmp_path / "shared"
    ada, ben = (make_folder(tmp_path / n, WITH_SHEETS) for n in ("ada", "ben"))
    assert "pathkit group join" in call("init", root, "--name", "Us").stdout
    for name, folder in (("Ada", ada), ("Ben [bold]", ben)):
        joined = call("join", root, "--as", name, folder=folder)
        assert joined.exit_code == 0 and "never your code" in joined.stdout
    check(ada, "one.a")
    check(ben, "one.a", "raised")
    planned = call("plan", "--from", "2126-01-03", "--hours", "2", folder=ada)
    assert planned.exit_code == 0, planned.output
    assert "2126-01-03" in planned.stdout and (root / "meetings.ics").exists()
    assert call("share", folder=ben).stdout == "shared\n"
    shown = call("board", folder=ada)
    assert shown.exit_code == 0, shown.output
    for words in ("next meeting: ", "1 of 4", "Ben [bold] on one.a (1 try): ask Ada"):
        assert words in shown.stdout
    assert "Ben [bold]" in (root / "board.html").read_text()
    sheet = call("agenda", folder=ben).stdout
    assert "One" in sheet and "Two" in sheet
    assert call("agenda", "three", "--markdown", folder=ben).stdout.startswith("# 3")
    assert call("agenda", "thre", folder=ben).exit_code == 5
    assert call("leave", folder=ben).exit_code == 0
    assert call("board", folder=ben).exit_code == 5


def test_a_git_repository_is_reminded_of(tmp_path):
    root = tmp_path / "shared"
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    call("init", root)
    joined = call("join", root, "--as", "Ada", folder=make_folder(tmp_path / "ada", WITH_SHEETS))
    assert "commit and push" in joined.stderr
