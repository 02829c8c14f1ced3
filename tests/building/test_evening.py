"""The notebook that leads once through a path: made of the modules' exercises, or not there."""

from __future__ import annotations

import json
import re

import pytest

from pathkit import path_map
from pathkit.building import build as building
from pathkit.building import exercise_files
from pathkit.building.build import Place, generate
from pathkit.building.python_source import ContentError
from pathkit.checks.loading import exercises_of
from pathkit.path_modules import EVENING
from pathkit.standards.lint import lint
from tests.building.test_build import ROOT
from tests.building.test_notebook import secret_lines
from tests.standards.small_path import copied, edited, pathkit

NAME = "00-one-evening.ipynb"
FILE = "modules/one_evening.py"
SMALL = """\
# %% [markdown]
# # One hour: count once
#
# You count pairs.

# %%
import pathkit as path

path.ready("one-evening")

# %% [markdown] module="bigram" minutes=9
# ## Count

# %% exercise="bigram.count_pairs"
from .bigram.count_pairs import count_pairs
"""


@pytest.fixture
def place(tmp_path):
    made = copied(tmp_path / "course")
    (made.root / FILE).write_text(SMALL, encoding="utf-8")
    return made


def cells(place: Place, name: str = NAME) -> list[dict]:
    found = json.loads((place.notebooks / name).read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in found]


def test_an_exercise_keeps_the_id_of_its_module_and_its_own_words(place):
    building.build(place)
    here = {c["metadata"]["pathkit"]["role"]: c for c in cells(place)}
    there = {c["metadata"]["pathkit"]["role"]: c for c in cells(place, "01-bigram.ipynb")}
    for role in ("prompt", "exercise", "hints"):
        assert here[role]["metadata"]["pathkit"]["exercise"] == "bigram.count_pairs"
        assert here[role]["source"] == there[role]["source"]
    assert here["exercise"]["source"].startswith("# exercise: bigram.count_pairs\n")
    assert "(01-bigram.ipynb)" in here["in-full"]["source"]
    assert "**9 min**, 1 exercise." in here["title"]["source"]
    assert list(exercises_of(EVENING, place.modules)) == ["count_pairs"]


def test_a_path_without_one_has_none_anywhere(tmp_path):
    place = copied(tmp_path / "course")
    building.build(place)
    assert not (place.notebooks / NAME).exists()
    assert "evening" not in json.loads(place.path_map.read_text(encoding="utf-8"))
    assert path_map.load(place.path_map).evening is None
    first = cells(place, "00-start-here.ipynb")[0]["source"]
    assert "one-evening" not in first and "**New here?** Begin with" in first
    assert pathkit(place, "lint", EVENING)[0] == pathkit(place, "run", EVENING)[0] == 5


def test_one_that_is_taken_out_is_removed_and_one_that_is_edited_is_stale(place):
    building.build(place)
    assert building.unchanged(place)
    (place.root / FILE).write_text(SMALL.replace("pairs.", "all pairs."), encoding="utf-8")
    assert not building.unchanged(place)
    assert f"notebooks/{NAME}" in [stale.path for stale in building.check(place)]
    (place.root / FILE).unlink()
    assert f"notebooks/{NAME} (removed)" in building.build(place)


@pytest.mark.parametrize("old, new, told", [
    ('minutes=9', 'minuts=9', ":11: unknown cell option 'minuts'; did you mean 'minutes'?"),
    ('minutes=9', 'minutes="9"', ":11: minutes= is not a number"),
    (' minutes=9', '', ":11: a section says its minutes=, too"),
    ('module="bigram"', 'module="bigrm"', ":11: there is no module 'bigrm'; did you mean"),
    ('minutes=9', 'minutes=9 resource="none"', ":11: there is no resource 'none'"),
    ('bigram.count_pairs"', 'bigram.count_pair"', ":14: there is no exercise 'count_pair'; did"),
    ('bigram.count_pairs"', 'count_pairs"', ":14: 'count_pairs' is not MODULE.EXERCISE"),
    ('count_pairs"\n', 'count_pairs" terms=["zzz"]\n', ":14: there is no term 'zzz'"),
    ("# # One", "# One", ":1: the first cell is '# TITLE' and a line"),
    ("import count_pairs", "import", ":15: "),
])
def test_what_leads_nowhere_is_named_with_its_line(place, old, new, told):
    assert SMALL.count(old) == 1, old
    (place.root / FILE).write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as error:
        generate(place)
    assert f"modules/one_evening.py{told}" in str(error.value)


def test_an_exercise_is_named_once(place):
    again = '\n# %% exercise="bigram.count_pairs"\nfrom .bigram.count_pairs import count_pairs\n'
    (place.root / FILE).write_text(SMALL + again, encoding="utf-8")
    with pytest.raises(ContentError, match=r"one_evening.py:17: a second exercise is named"):
        generate(place)


def test_lint_reads_its_words(place):
    said = SMALL.replace("## Count", "## Count\n#\n# You simply count.")
    (place.root / FILE).write_text(said, encoding="utf-8")
    edited(place, "curriculum.yaml", "parts:", "standards: {forbidden: [simply]}\nparts:")
    found = [f.told(place.root) for f in lint(place, [EVENING]).findings]
    assert len(found) == 1 and found[0].startswith("modules/one_evening.py:"), found
    assert "simply" in found[0]


def test_it_can_neither_be_assigned_nor_verified(place, tmp_path):
    building.build(place)
    due = ["--due", "2099-01-01T12:00+00:00", "--out", tmp_path / "out.zip"]
    for command in (["verify", EVENING], ["assign", EVENING, *due]):
        code, said = pathkit(place, *command)
        assert code != 0 and EVENING in said and "Traceback" not in said


# --- the real one -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> list[dict]:
    return cells(Place(ROOT))


def test_the_real_one_takes_two_hours_and_nine_exercises():
    path = path_map.load(Place(ROOT).path_map)
    assert path.evening.minutes <= 120 and len(path.evening.exercises) == 9
    solving = sum(e.minutes for e in path.evening.exercises)
    assert solving <= 70  # the rest is for reading and for wrong turns
    for exercise in path.evening.exercises:
        module, found = path.exercise(exercise.id)
        assert found == exercise and not module.draft


def test_it_gives_no_answer_away(real):
    """Neither those of its own exercises nor those of the modules that it stands for."""
    shown = [c for c in real if c["metadata"]["pathkit"]["role"] not in ("hints", "prompt")]
    text = "\n".join(c["source"] for c in shown)
    modules = Place(ROOT).modules
    for module in dict.fromkeys(m for m, _ in modules.borrowed()):
        for exercise in exercise_files.read(modules.folder_of(module)).exercises.values():
            secret = secret_lines(exercise)
            if (module, exercise.name) in modules.borrowed():
                assert not [line for line in secret if line in text], exercise.name
            for pair in zip(secret, secret[1:], strict=False):
                assert not all(line in text for line in pair), (module, exercise.name, pair)


def test_the_machine_grows_and_each_step_has_one_resource_at_most(real):
    text = "\n".join(c["source"] for c in real)
    assert re.findall(r'path\.machine\("(\w+)"', text) == ["attention", "block", "gpt"]
    after = [c["source"] for c in real if c["metadata"]["pathkit"]["role"] == "in-full"]
    assert len(after) == 9 and all(t.count("**In full:**") == 1 for t in after)
    assert all(t.count("**One thing more") <= 1 for t in after)


def test_readme_and_first_page_lead_to_it():
    place = Place(ROOT)
    first = cells(place, "00-start-here.ipynb")[0]["source"]
    assert f"**New here?** [One evening: from counting letters to your own GPT]({NAME})" in first
    assert f"(notebooks/{NAME})" in (ROOT / "README.md").read_text(encoding="utf-8")
