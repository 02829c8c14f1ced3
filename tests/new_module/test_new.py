"""`pathkit new` lays out a module that builds, passes, runs and says that it is a draft."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import ruamel.yaml

from pathkit import curriculum
from pathkit.building.build import Place, generate
from pathkit.new_module.entry import NoPlace, inserted
from pathkit.new_module.layout import Refused, new_module, new_path, refuse
from pathkit.standards.lint import lint
from tests.standards.small_path import copied, edited, pathkit

ROOT = Path(__file__).parents[2]
ENTRY = "- id: new\n  title: New\n"


@pytest.fixture
def place(tmp_path):
    return copied(tmp_path / "course")


def ids(place) -> list[str]:
    path = curriculum.load(place.curriculum, modules=place.modules)
    return [module.id for module in path.modules]


def test_a_module_goes_behind_the_one_that_is_named(place):
    before = place.curriculum.read_text(encoding="utf-8")
    new_module(place, "letter-counts", after="bigram")
    assert ids(place) == ["bigram", "letter-counts", "word-lengths"]
    after = place.curriculum.read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line in before.splitlines()][:9] == before.splitlines()[:9]
    rest = [line for line in before.splitlines() if line not in after]
    assert rest == [] and "      - id: letter-counts" in after
    [made] = [m for m in curriculum.load(place.curriculum).modules if m.id == "letter-counts"]
    assert made.requires == ("bigram",) and made.exercises == ("doubled",)


def test_line_ends_of_windows_stay(place):
    before = place.curriculum.read_bytes().replace(b"\n", b"\r\n")
    place.curriculum.write_bytes(before)
    new_module(place, "letters", after="bigram")
    after = place.curriculum.read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\n") + 10
    assert ids(place) == ["bigram", "letters", "word-lengths"]


def test_without_a_name_it_goes_to_the_end(place):
    new_module(place, "letter-counts")
    assert ids(place)[-1] == "letter-counts"
    assert lint(place, ["letter-counts"]).findings == ()


@pytest.mark.parametrize("module", [
    m.id for m in curriculum.load(ROOT / "curriculum.yaml").modules
])
@pytest.mark.slow
def test_no_byte_of_our_own_curriculum_changes_but_for_the_entry(module):
    text = (ROOT / "curriculum.yaml").read_text(encoding="utf-8")
    new = inserted(text, module, ENTRY)
    block = "      - id: new\n        title: New\n"
    assert new.count(block) == 1 and new.replace(block, "", 1).split() == text.split()
    data = ruamel.yaml.YAML(typ="safe").load(new)
    order = [m["id"] for part in data["parts"] for m in part["modules"]]
    assert order[order.index(module) + 1] == "new"


@pytest.mark.parametrize("text", [
    "parts:\n- id: p\n  modules:\n  - id: a\n    title: A\n",
    "parts:\n- id: p\n  modules:\n  - id: a\n    title: |\n      A\n\n      # no comment",
    "parts:\n  - id: p\n    modules:\n      -   id: a\n          title: A\n\n# the end\nlast: 1\n",
    "parts:\r\n  - id: p\r\n    modules:\r\n      - id: a\r\n        title: A\r\n",
    "parts:\n  - id: p\n    modules:\n      - title: A\n        # its id\n        id: a\n# b\n",
])
def test_any_layout_of_lines_is_kept(text):
    new = inserted(text, "a", ENTRY)
    data = ruamel.yaml.YAML(typ="safe").load(new)
    assert [m["id"] for m in data["parts"][0]["modules"]] == ["a", "new"]
    before, kept = ruamel.yaml.YAML(typ="safe").load(text), dict(data["parts"][0]["modules"][0])
    kept["title"] = kept["title"].rstrip("\n")
    was = dict(before["parts"][0]["modules"][0])
    assert kept == {**was, "title": was["title"].rstrip("\n")} and ("\r" in new) == ("\r" in text)
    assert all(line in new for line in text.splitlines())


def test_a_list_in_one_line_is_refused():
    with pytest.raises(NoPlace, match="a line '- id: …' for each module"):
        inserted("parts: [{id: p, modules: [{id: a, title: A}]}]", "a", ENTRY)


@pytest.mark.parametrize(("name", "said"), [
    ("Word_Counts", "expected lower-case letters and digits, joined by single hyphens; did you "
     "mean 'word-counts'?"),
    ("", "'' is not an id"), ("../up", "did you mean 'up'"), ("a--b", "did you mean 'a-b'"),
    ("lambda", "take no word of Python's"), ("3d", "begin with a letter"),
    ("bigram", "there is a module 'bigram' already: Pairs of words"),
    ("pairs", "'pairs' was the id of module 'bigram'"),
])
def test_names_that_can_not_be(place, name, said):
    edited(place, "curriculum.yaml", "id: bigram\n", "id: bigram\n        formerly: [pairs]\n")
    before = place.curriculum.read_bytes()
    with pytest.raises(Refused) as refused:
        new_module(place, name)
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert place.curriculum.read_bytes() == before
    assert len(list(place.modules)) == 2


def test_a_folder_that_is_there_is_left_alone(place):
    folder = place.root / "modules/letters"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="there is a folder already"):
        new_module(place, "letters")
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
def test_refusals_are_one_line(place, tmp_path):
    for arguments, code, said in (
        (["new", "Bad Name"], 2, "did you mean 'bad-name'?"),
        (["new", "x", "--after", "bigrm"], 5, "did you mean 'bigram'?"),
        (["new", "x", "--path", "Again"], 2, "there is a path already"),
    ):
        ended, text = pathkit(place, *arguments)
        assert ended == code and said in text and text.count("\n") == 1, text
    (tmp_path / "empty").mkdir()
    ended, text = pathkit(Place(tmp_path / "empty"), "new", "x")
    assert ended == 2 and 'pathkit new NAME --path "Its title"' in text and text.count("\n") == 1


def test_a_curriculum_with_an_error_is_told_and_nothing_is_written(place):
    edited(place, "curriculum.yaml", "level: easy", "level: eesy")
    code, text = pathkit(place, "new", "letters")
    assert code == 3 and "did you mean 'easy'" in text
    assert not (place.root / "modules/letters").exists()


def test_a_path_that_borrows_lessons_keeps_them(tmp_path):
    place = Place(tmp_path)
    text = (Path(__file__).parents[1] / "paths/counting/curriculum.yaml").read_text("utf-8")
    exercises = ", ".join(curriculum.load(ROOT / "curriculum.yaml").module("bigram").exercises)
    text = text.replace("[count_pairs]", f"[{exercises}]").replace(
        "        exercises: [mean_length, longest]\n", "").replace("word-lengths", "later")
    place.curriculum.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="takes its module 'bigram' from pathkit"):
        new_module(place, "letters")
    assert not (tmp_path / "modules").exists()


@pytest.mark.parametrize("title", ['Counting: "words"', "7", "yes", "Zählen – ganz leicht #1"])
def test_a_new_path_with_any_title(tmp_path, title):
    place = Place(tmp_path / "course")
    place.root.mkdir()
    new_path(place, title, "no")
    assert curriculum.load(place.curriculum, modules=place.modules).title == title
    page = json.loads(generate(place)[place.notebooks / "00-start-here.ipynb"])
    text = "".join(page["cells"][0]["source"])
    assert title in text and "GPT" not in json.dumps(page)
    new_module(place, "second")
    assert ids(place) == ["no", "second"] and lint(place).findings == ()


def test_a_title_of_several_lines_is_refused(tmp_path):
    with pytest.raises(Refused, match="expected one line"):
        new_path(Place(tmp_path), "a\nb", "x")
    refuse("fine")


@pytest.mark.slow
@pytest.mark.parametrize("new", [True, False])
def test_it_builds_passes_and_runs(tmp_path, new):
    if new:
        place = Place(tmp_path / "my course")
        place.root.mkdir()
        code, text = pathkit(place, "new", "letters", "--path", "My course")
    else:
        place = copied(tmp_path / "course")
        code, text = pathkit(place, "new", "letters", "--after", "bigram")
    assert code == 0 and "letters is a draft" in text and "modules/letters/lesson.py" in text
    for command in (["build"], ["lint"], ["verify", "letters"], ["run"], ["build", "--check"]):
        code, text = pathkit(place, *command)
        assert code == 0, text
    [notebook] = (place.notebooks / "solutions").glob("*-letters.ipynb")
    said = notebook.read_text(encoding="utf-8")
    assert "This lesson is a draft" in said and "✓ doubled: passed" in said
