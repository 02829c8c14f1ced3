"""The instructors' pages: each of their commands parses, and the example is read."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from pathkit.checks.loading import exercises_of
from pathkit.classroom.assigning.teaching import WEEK
from pathkit.classroom.assignment import AssignedModule, Assignment, LatePolicy, Task
from pathkit.classroom.due_date import read
from pathkit.classroom.grading import overrides
from pathkit.cli import main
from tests.this_path import notebook_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "instructors.md"


def commands(page: Path) -> list[str]:
    """The lines that are typed, those that end in a backslash joined with the next."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(r"^    (pathkit (?:assign|grade|autograder) .*)", text, re.M)


@pytest.mark.parametrize("line", [*commands(WEEK), *commands(PAGE)])
def test_each_command_parses(line):
    _, name, *arguments = shlex.split(line)
    command = main.get_command(click.Context(main), name)
    context = click.Context(command)
    found, rest, _ = command.make_parser(context).parse_args(list(arguments))
    assert not rest
    for option in command.params:
        if option.required:
            assert found.get(option.name)
        if option.name in ("due", "late") and found.get(option.name):
            option.type.convert(found[option.name], option, context)


def test_the_page_has_its_commands():
    lines = commands(WEEK)
    assert len(lines) >= 6
    assert {line.split()[1] for line in lines} == {"assign", "grade", "autograder"}


def test_only_options_are_named_that_there_are():
    context = click.Context(main)
    known = {option for name in main.list_commands(context)
             for parameter in main.get_command(context, name).params for option in parameter.opts}
    for text in (WEEK.read_text(encoding="utf-8"), PAGE.read_text(encoding="utf-8")):
        named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text))
        assert named - known <= {"--root", "--nthreads"}  # pathkit's own, Dask's


def test_the_overrides_on_the_page_can_be_read(tmp_path):
    text = WEEK.read_text(encoding="utf-8")
    example = re.search(r"^    students:\n(?:     .*\n)+", text, re.M)[0]
    file = tmp_path / "overrides.yaml"
    file.write_text(re.sub("^    ", "", example, flags=re.M), encoding="utf-8")
    tasks = tuple(Task(n, e.title, 5.0) for n, e in exercises_of("bigram").items())
    module = AssignedModule("bigram", notebook_of("bigram"), "Bigram", tasks)
    due = read("2027-03-01T23:59+01:00")
    assignment = Assignment("a", "Week 3", "0.1.0+x", due, LatePolicy(), True, (module,))
    found = overrides.load(file, assignment).students
    assert set(found) == {"Hana Suzuki", "Xenia Papadaki", "1018", "Jamal Idris"}
    assert found["Hana Suzuki"].excused and found["Xenia Papadaki"].due
    assert found["1018"].points and found["Jamal Idris"].total


def test_the_readme_leads_to_both_pages():
    assert "](docs/instructors.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"](../{WEEK.relative_to(ROOT).as_posix()})" in PAGE.read_text(encoding="utf-8")
