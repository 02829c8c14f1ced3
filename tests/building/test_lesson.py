"""Lessons: py:percent files into cells, and one clear line for each mistake."""

import pytest

from pathkit.building import exercise_files, lesson
from pathkit.building.lesson import Cell
from pathkit.building.python_source import ContentError
from tests.building.test_build import LESSON, small_project


@pytest.fixture
def place(tmp_path):
    return small_project(tmp_path)


def read(place, text: str) -> list[Cell]:
    place.modules.lesson("first-step").write_text(text, encoding="utf-8")
    return stored(place)


def stored(place) -> list[Cell]:
    return lesson.read(
        place.modules.lesson("first-step"),
        exercise_files.read(place.modules.folder_of("first-step")),
    )


def test_a_lesson_becomes_cells(place):
    cells = read(place, LESSON)
    assert [c.kind for c in cells] == ["code", "markdown", "exercise", "predict", "code"]
    assert cells[0].tags == ("parameters",)
    assert cells[1].source == "## Doubling"
    assert (cells[2].name, cells[3].name) == ("double", "how-many")
    assert cells[3].source == 'path.predict("how-many", 3)'


def test_a_missing_lesson_has_no_cells(place):
    place.modules.lesson("first-step").unlink()
    assert lesson.read(place.modules.lesson("first-step"), exercise_files.Content({}, {})) == []


SLOTS = '# %% exercise="double"\n\n# %% predict="how-many"\n\n'


@pytest.mark.parametrize(
    "text",
    [
        '# %% [markdown]\n"""\nText\n"""\n\n',
        "# %% [md]\n# Text\n\n",
        '"""A docstring above the first marker."""\n\n',
        "#%%\nx = 1\n\n",
        "# %%\nx = 1\n\n\n\n\n",
    ],
)
def test_ways_to_write_a_cell(place, text):
    assert len(read(place, text + SLOTS)) == 3


def test_magics_are_read_as_jupytext_reads_them(place):
    cells = read(place, f"# %%\n# %timeit 1 + 1\n\n{SLOTS}")
    assert cells[0].source == "%timeit 1 + 1"


MISTAKES = {
    "unknown exercise": (
        f'{SLOTS}# %% exercise="tripple"\n',
        "first_step/lesson.py:5: there is no exercise 'tripple'; there are: double",
    ),
    "unknown prediction": (
        f'{SLOTS}\n\n# %% predict="x"\n',
        "first_step/lesson.py:7: there is no prediction 'x'; there are: how-many, skip-it",
    ),
    "slot twice": (
        f'{SLOTS}# %%\n\n# %% exercise="double"\n',
        "first_step/lesson.py:7: 'double' has a cell already, in line 1",
    ),
    "exercise without a cell": (
        '# %% predict="how-many"\n',
        "first_step/double.py:7: no cell of first_step/lesson.py holds 'double'",
    ),
    "prediction without a cell": (
        '# %% exercise="double"\n',
        "first_step/double.py:22: no cell of first_step/lesson.py holds 'how-many'",
    ),
    "unknown option": (
        f'{SLOTS}# %% colour="red"\n',
        "first_step/lesson.py:5: unknown cell option 'colour'; there are: exercise, predict, tags",
    ),
    "a title": (
        '"""Text above."""\n\n# %% Something tags=["x"]\n',
        "first_step/lesson.py:3: unknown cell option 'title'",
    ),
    "no quotes": (
        "# %%\n# %% exercise=double\n",
        "first_step/lesson.py:2: can't read 'exercise=double'; cell options are written key=",
    ),
    "tags as text": (
        '# %% tags="parameters"\n',
        "first_step/lesson.py:1: tags= is not a list of texts",
    ),
    "name is no text": (
        '# %% exercise=["double"]\n',
        "first_step/lesson.py:1: there is no exercise ['double']",
    ),
    "both": (
        '# %% exercise="double" predict="how-many"\n',
        "first_step/lesson.py:1: a cell is an exercise or a prediction, not both",
    ),
    "raw cell": ("# %% [raw]\n# text\n", "first_step/lesson.py:1: cells are code or markdown"),
    "broken header": (
        "# ---\n# jupyter: [\n# ---\n\n# %%\nx = 1\n",
        "first_step/lesson.py:1: cells are code or markdown; this is raw, or a header",
    ),
    "syntax error": ("# %%\nx = 1\ndef f(:\n    ...\n", "first_step/lesson.py:3: invalid syntax"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_line_with_file_and_line(place, name):
    text, wanted = MISTAKES[name]
    with pytest.raises(ContentError) as caught:
        read(place, text)
    assert str(caught.value).startswith(wanted)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b"# %%\nx = '\xe9'\n", b"# %%\nx = 1\x00\n"])
def test_bytes_that_are_no_python_text_are_one_line(place, data):
    place.modules.lesson("first-step").write_bytes(data)
    with pytest.raises(ContentError, match=r"^first_step/lesson\.py:[12]: "):
        stored(place)
