"""`pathkit verify` runs the right answers that a module keeps, as if below the cells above them."""

from __future__ import annotations

import json

import pytest

from pathkit.checks.loading import exercises_of
from pathkit.path_modules import OURS
from pathkit.strength.answer_namespace import AnswerError, answer_in
from pathkit.strength.right_answers import refused_right_answers
from tests.standards.small_path import copied, edited, pathkit

RIGHT = "modules/word_lengths/right_answers.py"


@pytest.fixture
def place(tmp_path):
    return copied(tmp_path / "course")


def refused(place, name: str) -> list[str]:
    exercise = exercises_of("word-lengths", place.modules)[name]
    return list(refused_right_answers(exercise, place.modules))


def test_right_ones_are_not_refused(place):
    assert refused(place, "mean_length") == refused(place, "longest") == []


def test_one_that_is_refused_is_told_with_its_line_and_what_was_said(place):
    edited(place, RIGHT, "reverse=True)[0]", "reverse=False)[0]")
    [line] = refused(place, "longest")
    assert line == ("right answer refused: word_lengths/right_answers.py:11 (sorted): "
                    "misconception: This is a shortest word: take max.")


@pytest.mark.parametrize(("new", "said"), [
    ("def longset(", "the cell defines no longest"),
    ("1 / 0\ndef longest(", "the cell raises ZeroDivisionError: division by zero"),
    ("def longest(:", "the cell raises SyntaxError"),
])
def test_a_cell_that_can_not_be_run_is_told(place, new, said):
    edited(place, RIGHT, "def longest(", new)
    assert said in refused(place, "longest")[0]


@pytest.mark.slow
def test_verify_counts_them_and_fails_for_one_that_is_refused(place):
    edited(place, "curriculum.yaml", "parts:\n", "standards: {right_answers: 2}\nparts:\n")
    code, said = pathkit(place, "verify", "word-lengths", "--json")
    rows = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert code == 0 and [row["right_answers"] for row in rows] == [2, 2], said
    edited(place, RIGHT, "reverse=True)[0]", "reverse=False)[0]")
    edited(place, RIGHT, "# %% mean_length: joined", "# %% lenght: joined")
    code, said = pathkit(place, "verify", "word-lengths")
    assert code == 1
    assert "seeds 0, 1, 2: right answer refused: word_lengths/right_answers.py:11" in said
    assert "1 right answers are kept beside the reference; at least 2 are needed" in said
    assert "word_lengths/right_answers.py:7: there is no exercise lenght" in said


def ours(name: str, code: str):
    module, _, name = name.partition(".")
    return answer_in(code, exercises_of(module)[name], OURS)


def test_an_answer_sees_what_the_notebook_has_above_it():
    assert ours("neurons.two_layers", "two_layers = np.tanh").__name__ == "tanh"
    assert ours("neurons.two_layers", "two_layers = neuron") is (
        exercises_of("neurons")["neuron"].reference)
    assert ours("neurons.fooled", "fooled = hidden") == 8
    with pytest.raises(AnswerError, match="NameError: name 'one_layer' is not defined"):
        ours("neurons.two_layers", "two_layers = one_layer")


def test_an_answer_does_not_see_itself_nor_what_another_left():
    ours("neurons.neuron", "left_over = 1\nneuron = abs")
    with pytest.raises(AnswerError, match="name 'left_over' is not defined"):
        ours("neurons.neuron", "neuron = left_over")
    with pytest.raises(AnswerError, match="defines no neuron"):
        ours("neurons.neuron", "neurn = abs")


def test_the_check_below_an_answer_is_passed_over():
    code = "def neuron(x, w, b):\n    return 1\nneuron = path.check(neuron)\n1 / 0\n"
    assert ours("neurons.neuron", code)(0, 0, 0) == 1
