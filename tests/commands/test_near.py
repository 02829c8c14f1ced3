"""Help that shows all there is, and the name that was probably meant, wherever one is typed."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

import pathkit as path
from pathkit import path_map
from pathkit.cli import HOMES, SECTIONS, main
from pathkit.commands.groups import Commands
from pathkit.datasets.remote import UnknownDatasetError
from pathkit.nearest_name import did_you_mean, nearest
from tests.learner.test_commands import pathkit
from tests.learner.test_progress import ROOT, make_folder, run

REAL = path_map.load(ROOT / "notebooks" / "path.json")
GROUPS = [name for name in HOMES if isinstance(main.get_command(None, name), click.Group)]


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path / "mine", REAL)


def test_the_nearest_name_is_found_whatever_its_case():
    known = ["attention", "Ada", "word-vectors"]
    assert nearest("ATTENTON", known) == "attention"
    assert nearest("word_vectors", known) == "word-vectors"
    assert nearest("ada", known) == "Ada"
    for odd in ("", "xyzzy", None, 7, ["attention"], "a" * 100_000):
        assert nearest(odd, known) is None
    assert did_you_mean("xyzzy", known, "!") == "!"


@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("words", [[], *([name] for name in GROUPS)], ids=" ".join)
def test_no_description_is_cut_off(width, words):
    said = CliRunner().invoke(main, [*words, "--help"], terminal_width=width).stdout
    assert "..." not in said.replace("[ARGS]...", "")
    assert max(map(len, said.splitlines())) <= max(width, 50)
    group = main if not words else main.get_command(None, words[0])
    for name in group.list_commands(None):
        first = re.split(r"(?<=\.)\s", " ".join(group.get_command(None, name).help.split()))[0]
        assert first.removesuffix(".") in " ".join(said.split())


def test_learners_commands_come_first_and_every_command_has_its_section():
    assert sorted(name for names in SECTIONS.values() for name in names) == sorted(HOMES)
    said = pathkit("--help").stdout
    places = [said.index(f"\n{heading}:") for heading in SECTIONS]
    assert list(SECTIONS)[0] == "Learning" and places == sorted(places)
    assert all(isinstance(main.get_command(None, name), Commands) for name in GROUPS)


@pytest.mark.parametrize(("words", "code", "meant"), [
    (["plna"], 2, "plan"), (["STATUS"], 2, "status"), (["group", "bord"], 2, "board"),
    (["sandbox", "biuld"], 2, "build"), (["plan", "--esentials"], 2, "--essentials"),
    (["tutor", "onn"], 2, "on"), (["assign", "bigram", "--format", "nbgrder"], 2, "nbgrader"),
    (["sandbox", "build", "--engine", "dokcer"], 2, "docker"),
    (["plan", "--days", "wendsday"], 2, "wednesday"),
    (["plan", "--from", "tomorow"], 2, "tomorrow"),
    (["check", "bigrm"], 5, "bigram"), (["done", "Atention"], 5, "attention"),
    (["hint", "smoothd"], 5, "smoothed"), (["solution", "bigram.smoothd"], 5, "bigram.smoothed"),
    (["reset", "count_pair"], 5, "count_pairs"), (["review", "--module", "bigrm"], 5, "bigram"),
    (["plan", "--to", "atention"], 5, "attention"),
])
def test_a_slip_of_the_finger_is_told_with_what_was_meant(folder, monkeypatch, words, code, meant):
    monkeypatch.chdir(folder.root)
    result = pathkit(*words)
    assert result.exit_code == code, result.output
    assert re.search(rf"[Dd]id you mean '{re.escape(meant)}'", result.stderr), result.stderr


def test_a_module_where_an_exercise_is_meant_is_told_with_its_exercises(folder):
    said = pathkit("hint", "bigram", "--folder", folder.root).stderr
    assert "bigram is a module, its exercises are: count_pairs, " in said


def test_in_a_notebook_too(folder):
    said = run(
        'import pathkit as path\npath.ready("bigrm")\npath.ready("bigram")\n'
        'path.solution("smoothd")\npath.hint("smoothd")\npath.predict("best-kk", "a")\n'
        'path.skip("bigrm", "a")\n'
        'def smoothd(counts, k): ...\npath.check(smoothd)\n', folder.root,
    )
    for meant, times in (("bigram", 2), ("smoothed", 3), ("best-k", 1)):
        assert said.count(f"did you mean '{meant}'?") == times, said
    with pytest.raises(UnknownDatasetError, match="did you mean 'tiny-shakespeare'"):
        path.datasets.fetch("tiny-shakespear")
    with pytest.raises(AttributeError, match="did you mean 'solution'"):
        path.soluton  # noqa: B018
