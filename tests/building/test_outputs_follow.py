"""Stored outputs belong to a module: they stay when its number changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pathkit.building.build import build, check
from pathkit.new_module.layout import new_module
from tests.standards.small_path import copied, edited


@pytest.fixture
def place(tmp_path):
    """The small path, as if it had been run."""
    made = copied(tmp_path / "course")
    build(made)
    for path in (made.notebooks / "solutions").glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for number, cell in enumerate(code(notebook), 1):
            cell["execution_count"] = number
            cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": [cell["id"]]}]
        path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    build(made)
    return made


def code(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def solution(place, name: str) -> dict:
    path: Path = place.notebooks / "solutions" / name
    return json.loads(path.read_text(encoding="utf-8"))


def assert_whole(notebook: dict) -> None:
    for cell in code(notebook):
        assert cell["execution_count"] and cell["outputs"][0]["text"] == [cell["id"]]


def test_a_module_before_others_costs_them_nothing(place):
    new_module(place, "letters", after="bigram")
    build(place)
    assert not (place.notebooks / "solutions/02-word-lengths.ipynb").exists()
    assert_whole(solution(place, "01-bigram.ipynb"))
    assert_whole(solution(place, "03-word-lengths.ipynb"))
    assert {stale.path for stale in check(place)} == {"notebooks/solutions/02-letters.ipynb"}


def test_modules_that_change_places_take_their_outputs_along(place):
    text = place.curriculum.read_text(encoding="utf-8")
    head, first, second = text.partition("      - id: bigram")[0], *text.split("      - id: ")[1:]
    second = second.replace("requires: [bigram]", "requires: []")
    text = f"{head}      - id: {second}\n      - id: {first}"
    place.curriculum.write_text(text, encoding="utf-8")
    build(place)
    assert_whole(solution(place, "01-word-lengths.ipynb"))
    assert_whole(solution(place, "02-bigram.ipynb"))
    assert not check(place)


def test_only_cells_that_are_the_same_keep_theirs(place):
    new_module(place, "letters", after="bigram")
    edited(place, "modules/word_lengths/lesson.py", "print(mean_length", "print(2 * mean_length")
    build(place)
    cells = code(solution(place, "03-word-lengths.ipynb"))
    assert [cell["execution_count"] is None for cell in cells] == [False] * 3 + [True]


def test_of_two_the_one_with_todays_number_counts(place):
    folder = place.notebooks / "solutions"
    old = solution(place, "01-bigram.ipynb")
    for cell in code(old):
        cell["outputs"] = []
    (folder / "05-bigram.ipynb").write_text(json.dumps(old), encoding="utf-8")
    shutil.rmtree(place.root / ".pathkit")
    build(place)
    assert_whole(solution(place, "01-bigram.ipynb"))
    assert not (folder / "05-bigram.ipynb").exists()
