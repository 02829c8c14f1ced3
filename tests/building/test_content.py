"""Exercise files read without importing them, and one clear line for each mistake."""

import sys

import pytest

from pathkit.building import exercise_files
from pathkit.building.build import Place
from pathkit.building.python_source import ContentError
from tests.building.test_build import EXERCISES, ROOT, exercises_file, small_project


@pytest.fixture
def place(tmp_path):
    return small_project(tmp_path)


def read(place, text: str) -> exercise_files.Content:
    exercises_file(place).write_text(text, encoding="utf-8")
    return exercise_files.read(place.modules.folder_of("first-step"))


def test_what_a_notebook_shows_is_read(place):
    found = read(place, EXERCISES)
    double = found.exercises["double"]
    assert (double.title, double.level, double.minutes) == ("Double it", "easy", 3)
    assert double.hints[2] == "`return number + ___`"
    assert double.errors == (("TypeError: `str`", "a text can't be doubled here"),)
    assert double.stub == 'def double(number):\n    """Twice the number."""\n    ...'
    assert double.answer.endswith("    secret_helper = number\n    return secret_helper + number")
    assert double.where == "first_step/double.py:7"
    assert list(found.predictions) == ["how-many", "skip-it"]
    assert found.predictions["skip-it"].options == {"a": "this", "b": "that"}
    assert found.predictions["skip-it"].right == "b"


def test_nothing_is_imported_or_run(place):
    read(place, EXERCISES + "\n\nraise SystemExit('this was run')\n")
    assert "pathkit.exercises.first_step" not in sys.modules


def test_no_file_is_no_content(place):
    folder = place.modules.folder_of("third-step")
    assert exercise_files.read(folder) == exercise_files.Content({}, {})


def test_real_exercises_are_read_as_python_reads_them():
    """What is parsed equals what the imported exercises say of themselves."""
    from pathkit.checks.loading import exercises_of

    texts = exercise_files.read(Place(ROOT).modules.folder_of("bigram")).exercises
    live = exercises_of("bigram")
    assert list(texts) == list(live)
    for name, exercise in live.items():
        text = texts[name]
        assert (text.title, text.level, text.minutes) == (
            exercise.title, exercise.level, exercise.minutes
        )
        if not exercise.is_value:
            assert text.stub == exercise.stub.strip("\n")


@pytest.mark.parametrize("call", ["exercise(", "ex.exercise(", "pathkit.checks.exercise.exercise("])
def test_a_decorator_may_be_reached_through_its_module(place, call):
    found = read(place, EXERCISES.replace("@exercise(", f"@{call}"))
    assert list(found.exercises) == ["double"]


def test_given_lines_and_markers_make_the_stub(place):
    found = read(place, EXERCISES.replace(
        "    secret_helper = number\n    return secret_helper + number\n",
        "    kept = 1\n    # BEGIN SOLUTION\n    number = 2 * number\n    # END SOLUTION\n"
        "    return number\n",
    ))
    double = found.exercises["double"]
    assert double.stub.endswith("    kept = 1\n    ...\n    return number")
    assert "SOLUTION" not in double.answer
    found = read(place, body("    kept = 1\n    # BEGIN SOLUTION\n    return 2 * number\n"
                             "    # END SOLUTION\n"))
    assert found.exercises["double"].stub.endswith("    kept = 1\n    ...")
    assert found.exercises["double"].answer.endswith("    kept = 1\n    return 2 * number")
    given = 'given="""\n    def double(number):\n        ...  # start\n"""'
    found = read(place, EXERCISES.replace('level="easy"', f'level="easy", {given}'))
    assert found.exercises["double"].stub == "def double(number):\n    ...  # start"


def body(text: str) -> str:
    return EXERCISES.replace(
        "    secret_helper = number\n    return secret_helper + number\n", text
    )


MISTAKES = {
    "syntax error": (EXERCISES.replace("def double(number):", "def double(number:"),
                     "first_step/double.py:16: "),
    "computed hints": (EXERCISES.replace('hints=["What', 'hints=[str(1), "What'),
                       "first_step/double.py:13: hints= must be written out (a literal)"),
    "f-string": (EXERCISES.replace('title="Double', 'title=f"{1} Double'),
                 "first_step/double.py:8: title= must be written out"),
    "hints as text": (EXERCISES.replace('hints=["What is twice 3?", "Add it to itself.", '
                                        '"`return number + ___`"]', 'hints="Think."'),
                      "first_step/double.py:13: hints= is not a list of texts"),
    "no title": (EXERCISES.replace('    title="Double it",\n', ""),
                 "first_step/double.py:7: double has no title="),
    "empty title": (EXERCISES.replace('"Double it"', '" "'),
                    "first_step/double.py:8: title= is not text"),
    "unknown level": (EXERCISES.replace('"easy"', '"hrad"'),
                      "first_step/double.py:7: double: level 'hrad' is not one of easy, "),
    "minutes as text": (EXERCISES.replace("minutes=3", 'minutes="3"'),
                        "first_step/double.py:10: minutes= is not a positive whole number"),
    "errors unpaired": (EXERCISES.replace('errors=[("TypeError: `str`", "a', 'errors=[("a'),
                        "first_step/double.py:14: errors= is not a list of (text, text) pairs"),
    "end without begin": (body("    x = 1\n    # END SOLUTION\n    return x\n"),
                          "first_step/double.py:19: double: END SOLUTION without BEGIN"),
    "begin without end": (body("    # BEGIN SOLUTION\n    return x\n"),
                          "first_step/double.py:18: double: BEGIN SOLUTION without END"),
    "begin in begin": (body("    # BEGIN SOLUTION\n    # BEGIN SOLUTION\n    return x\n"),
                       "first_step/double.py:19: double: BEGIN SOLUTION inside the one of "
                       "line 18"),
    "value in steps": (EXERCISES.replace('level="easy"', 'level="easy", is_value=True'),
                       "first_step/double.py:16: double: a value's reference is a docstring"),
    "twice": (EXERCISES + EXERCISES[EXERCISES.index("@exercise"):],
              "first_step/double.py:28: 'double' stands here twice, first in line 7"),
    "prediction twice": (EXERCISES.replace('id="skip-it"', 'id="how-many"'),
                         "first_step/double.py:26: 'how-many' stands here twice"),
    "prediction without id": (EXERCISES.replace('id="how-many", ', ""),
                              "first_step/double.py:22: a prediction has no id="),
    "id that no cell may have": (EXERCISES.replace('"how-many"', '"How many?"'),
                                 "first_step/double.py:22: the prediction id 'How many?' is"),
    "right is no option": (EXERCISES.replace('right="b"', 'right="c"'),
                           "first_step/double.py:26: skip-it: right='c' is not one of"),
    "options unpaired": (EXERCISES.replace('("this", "no")', '"this"'),
                         "first_step/double.py:26: options= is not {letter: (text, why)}"),
    "skip by number": (EXERCISES.replace('right="Right."', 'right="Right.", skip=True'),
                       "first_step/double.py:22: how-many: a question to skip by needs"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_line_with_file_and_line(place, name):
    text, wanted = MISTAKES[name]
    assert text != EXERCISES
    with pytest.raises(ContentError) as caught:
        read(place, text)
    assert str(caught.value).startswith(wanted)
    assert "\n" not in str(caught.value)


def test_a_level_that_the_curriculum_has_no_sign_for_is_refused(place):
    with pytest.raises(ContentError, match="level 'easy' is not one of medium, hard"):
        exercise_files.read(place.modules.folder_of("first-step"), ["medium", "hard"])


def test_odd_escapes_in_an_exercise_warn_nobody(place, recwarn):
    read(place, EXERCISES.replace("Twice the number.", r"Twice \d the number."))
    assert not recwarn.list
