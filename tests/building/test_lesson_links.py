"""Links to lessons are written by id, and built with the title and file of today."""

import pytest

from pathkit import curriculum
from pathkit.building import build, lesson_links
from pathkit.building.python_source import ContentError
from tests.building.test_build import edit, exercises_file, small_project
from tests.building.test_notebook import built


@pytest.fixture
def place(tmp_path):
    return small_project(tmp_path)


def test_a_link_is_built_with_the_title_of_the_lesson_and_its_file(place):
    path = curriculum.load(place.curriculum)
    text = "As in [](first-step), see [](first-step). `[](x)` and [this](first-step) stay."
    assert lesson_links.resolved(text, path, lambda module: f"09-{module}.ipynb") == (
        "As in [First step](09-first-step.ipynb), see [First step](09-first-step.ipynb). "
        "`[](x)` and [this](first-step) stay."
    )


def add_to_lesson(place, text):
    lesson = place.modules.lesson("second-step")
    lesson.write_text(lesson.read_text() + f"\n# %% [markdown]\n# ## More\n#\n# {text}\n")


def test_the_cell_of_a_link_stays_the_same_one_when_lessons_change_their_numbers(place):
    add_to_lesson(place, "You know this from [](first-step).")

    def cell():
        cells = built(place, module="second-step")["cells"]
        return next(c for c in cells if "You know this" in "".join(c["source"]))

    before = cell()
    assert "[First step](01-first-step.ipynb)" in "".join(before["source"])
    text = place.curriculum.read_text()
    start = text.index("      - id: first-step")
    new = ('      - id: zeroth\n        title: "Zeroth"\n        tagline: Nothing yet.\n'
           "        level: easy\n        requires: []\n        minutes: 5\n"
           "        outcomes: [wait]\n        resources: []\n")
    place.curriculum.write_text(text[:start] + new + text[start:])
    (place.root / "modules" / "zeroth").mkdir()
    after = cell()
    assert "[First step](02-first-step.ipynb)" in "".join(after["source"])
    assert after["id"] == before["id"]


def test_a_link_of_a_lesson_that_leads_nowhere_is_told_with_its_line(place):
    add_to_lesson(place, "See [](frist-step).")
    lines = place.modules.lesson("second-step").read_text().splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "frist" in text)
    with pytest.raises(ContentError) as raised:
        build.generate(place)
    assert str(raised.value) == (
        f"second_step/lesson.py:{line}: [](frist-step) leads to no module; "
        "did you mean 'first-step'?")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("A second paragraph.", "See [](frist-step).",
      "there is no module 'frist-step'; did you mean 'first-step'?"),
     ('ask: "Is', 'ask: "See [](first-step). Is',
      "[](first-step) is shown as it is here; write the lesson's name")],
)
def test_a_link_of_the_curriculum_that_can_not_be_shown_is_told(place, old, new, said):
    edit(place.curriculum, old, new)
    with pytest.raises(curriculum.CurriculumError, match="yaml:[0-9]+:[0-9]+: ") as raised:
        curriculum.load(place.curriculum)
    assert said in str(raised.value)


def test_a_link_of_a_prompt_that_leads_nowhere_is_told_with_its_exercise(place):
    file = exercises_file(place)
    text = file.read_text()
    assert 'prompt="Double' in text
    file.write_text(text.replace('prompt="Double', 'prompt="See [](frist-step). Double'))
    with pytest.raises(ContentError) as raised:
        build.generate(place)
    assert str(raised.value) == (
        "first-step.double: [](frist-step) leads to no module; did you mean 'first-step'?")
