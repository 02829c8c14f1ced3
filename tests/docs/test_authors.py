"""The page for authors shows a module that builds, passes, runs and meets its standards."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from pathkit.building.build import Place, generate
from pathkit.cli import SECTIONS
from pathkit.curriculum.standards import Standards
from pathkit.standards.lint import lint
from tests.standards.small_path import pathkit

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = DOCS / "example"
PAGE = (DOCS / "authors.md").read_text(encoding="utf-8")
SHOWN = re.compile(r"^\[`([\w/.]+)`\]\(example/\1\)\n\n```\w+\n(.*?)```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def place(tmp_path) -> Place:
    ignored = shutil.ignore_patterns("__pycache__", "notebooks", ".pathkit")
    return Place(Path(shutil.copytree(EXAMPLE, tmp_path / "example", ignore=ignored)))


def test_the_page_shows_the_files_of_the_example():
    shown = dict(SHOWN.findall(PAGE))
    files = {p.relative_to(EXAMPLE).as_posix(): p.read_text(encoding="utf-8")
             for p in EXAMPLE.rglob("*.*") if p.suffix in (".py", ".yaml")}
    assert shown == files and len(files) == 6


def test_the_example_meets_its_standards(place):
    result = lint(place)
    assert result.modules == ("averages",) and not result.drafts and not result.unreadable
    assert [finding.told(place.root) for finding in result.findings] == []
    assert "averages" in "".join(generate(place).values())


def test_the_page_names_every_command_and_option():
    for command in SECTIONS["Authoring"]:
        assert f"pathkit {command}" in PAGE
    for name in ("exercise=", "predict=", "path.ready", "path.predict", "path.figure", "path.show",
                 "path.machine", "hints", "probes", "drive", "accept", "tolerance",
                 "misconception", "standards:"):
        assert name in PAGE, name


def test_the_standards_of_the_example_are_some_of_those_there_are():
    text = (EXAMPLE / "curriculum.yaml").read_text(encoding="utf-8")
    block = text.partition("standards:\n")[2].partition("\n\n")[0]
    named = set(re.findall(r"^  (\w+):", block, re.MULTILINE))
    assert named and named < set(Standards.model_fields)


@pytest.mark.slow
def test_the_example_goes_the_way_of_the_page(place):
    for command in (["build"], ["lint"], ["verify"], ["run"], ["build", "--check"]):
        code, text = pathkit(place, *command)
        assert code == 0, text
    said = (place.notebooks / "solutions/01-averages.ipynb").read_text(encoding="utf-8")
    assert "3.4 coins" in said and "20.0 coins, which nobody earns" in said
    assert "✓ mean: passed" in said
