"""Lessons run below the right answers that are kept; whose answer stops one is said."""

from __future__ import annotations

import json

import pytest

from pathkit.running.execute import Done
from pathkit.strength.below_answers import lesson_of, stopped, with_answers
from tests.standards.small_path import copied, edited, pathkit

RIGHT = "modules/word_lengths/right_answers.py"
LESSON = "modules/word_lengths/lesson.py"


@pytest.fixture
def lesson(tmp_path):
    place = copied(tmp_path / "course")
    notebook = tmp_path / "lesson.ipynb"
    cells = [
        {"id": f"words-{name}", "cell_type": "code", "metadata": {
            "pathkit": {"role": "exercise", "exercise": f"word-lengths.{name}"}},
         "source": [f"# exercise: word-lengths.{name}\n", f"def {name}(words):\n",
                    "    return None\n", "\n", f"{name} = path.check({name})"]}
        for name in ("mean_length", "longest")
    ]
    last = {"id": "words-last", "cell_type": "code", "metadata": {}, "source": ["1"]}
    notebook.write_text(json.dumps({"cells": [*cells, last]}))
    return lesson_of("word-lengths", notebook, place.modules, tmp_path), place


class Runs:
    """Runs nothing; a notebook that holds a text of `stops` fails in the cell named there."""

    def __init__(self, stops):
        self.stops = stops
        self.jobs = []

    def __call__(self, jobs):
        self.jobs += jobs
        for job in jobs:
            found = [f"cell {cell} failed: KeyError: 0" for text, cell in self.stops.items()
                     if text in job.text]
            yield Done(job.name, job.text, 0.1, found[0] if found else "")


def test_an_answer_stands_between_comment_and_check(lesson):
    text = lesson[0].notebook.read_text()
    made = json.loads(with_answers(text, "word-lengths", {"longest": "longest = max\n"}))
    assert "".join(made["cells"][0]["source"]).count("return None") == 1
    assert made["cells"][1]["source"] == (
        "# exercise: word-lengths.longest\nlongest = max\n\nlongest = path.check(longest)")


def test_the_ith_answers_of_all_exercises_run_together(lesson):
    runs = Runs({})
    assert stopped([lesson[0]], lesson[1].modules, runs) == [] and len(runs.jobs) == 2
    assert "np.mean" in runs.jobs[0].text and "reverse=True" in runs.jobs[0].text
    assert "join(words)" in runs.jobs[1].text and "best = word" in runs.jobs[1].text


def test_whose_answer_stops_it_is_found_and_the_others_run_on_without_it(lesson):
    runs = Runs({"np.mean": "words-longest", "reverse=True": "words-last"})
    found = [str(one) for one in stopped([lesson[0]], lesson[1].modules, runs)]
    assert found == [
        "word_lengths/right_answers.py:1 (mean_length: by NumPy): "
        "cell words-longest failed: KeyError: 0",
        "word_lengths/right_answers.py:11 (longest: sorted): cell words-last failed: KeyError: 0",
    ]
    alone = runs.jobs[2]
    assert [cell["id"] for cell in json.loads(alone.text)["cells"]] == [
        "words-mean_length", "words-longest"]


def test_answers_that_stop_it_only_together_are_told_so(lesson):
    class Together(Runs):
        def __call__(self, jobs):
            for job in jobs:
                both = "np.mean" in job.text and "reverse=True" in job.text
                yield Done(job.name, "", 0.1, "cell words-last failed: KeyError: 0" * both)

    [one] = stopped([lesson[0]], lesson[1].modules, Together({}))
    assert str(one) == (
        "word_lengths/right_answers.py:1 (mean_length: by NumPy), 11 (longest: sorted) "
        "only together: cell words-last failed: KeyError: 0")


def test_what_the_check_refuses_is_not_run(lesson):
    edited(lesson[1], RIGHT, "reverse=True)[0]", "reverse=False)[0]")
    runs = Runs({})
    assert stopped([lesson[0]], lesson[1].modules, runs) == []
    assert not any("reverse=False" in job.text for job in runs.jobs)


@pytest.mark.slow
def test_a_lesson_that_demands_more_than_its_check_is_told(tmp_path):
    place = copied(tmp_path / "course")
    assert pathkit(place, "build")[0] == 0
    code, said = pathkit(place, "verify", "--lessons", "word-lengths")
    assert code == 0, said
    with (place.root / LESSON).open("a") as file:
        file.write("\n# %%\nassert type(mean_length(['a', 'bb'])) is float\n")
    assert pathkit(place, "build")[0] == 0
    code, said = pathkit(place, "verify", "--lessons", "word-lengths")
    assert code == 1
    assert "word_lengths/right_answers.py:1 (mean_length: by NumPy): cell word-lengths-" in said
    assert "failed: AssertionError" in said and "joined" not in said
