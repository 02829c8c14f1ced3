"""What an exercise lists under "I see error …" really comes, from an answer that is kept."""

from __future__ import annotations

import pytest

from pathkit.checks.loading import exercises_of
from pathkit.strength.kept_answers import read
from tests.modules import listed_errors
from tests.modules.listed_errors import came, line, listed, makers, raises, what_came

LISTED = [(exercise, text) for exercise, text in listed() if makers(exercise, text)]


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "text"), LISTED, ids=[line(*pair) for pair in LISTED])
def test_a_listed_error_comes(exercise, text):
    for kept in makers(exercise, text):
        shown = what_came(exercise, kept.source)
        assert came(text, shown), f"line {kept.line}: expected {text!r}, but this came:\n{shown}"


def test_each_listed_error_has_an_answer_that_makes_it_come():
    missing = {line(*pair) for pair in listed()} - {line(*pair) for pair in LISTED}
    assert not missing, (
        'keep an answer in tests/modules/wrong_answers/ with the header `# %% EXERCISE: raises '
        f'"THE LISTED TEXT"` for: {sorted(missing)}')


def test_a_kept_answer_raises_only_what_is_listed():
    for file in listed_errors.WRONG_ANSWERS.glob("*.py"):
        if file.name == "__init__.py":
            continue
        exercises = exercises_of(file.stem)
        for kept in filter(raises, read(file)):
            texts = [text for text, _ in exercises[kept.exercise].errors]
            assert raises(kept) in texts, f"{file.name}:{kept.line}: {kept.exercise} lists {texts}"


@pytest.mark.parametrize(("text", "shown", "expected"), [
    ("AxisError: axis 1 is", "Your code raised AxisError: axis 1 is out of bounds", True),
    ("AxisError: axis 1 is", "Your code raised AxisError: axis\n  1 is out of bounds", True),
    ("shape '[...]' is", "shape '[2, 3]' is invalid", True),
    ("shape '[...]' is", "shape '[2, 3'] is invalid", False),
    ("KeyError: '.'", "KeyError: 'a'", False),
])
def test_a_text_comes_as_it_is_listed(text, shown, expected):
    assert came(text, shown) is expected


def test_what_came_is_the_cells_own_error_or_the_verdict():
    neuron = exercises_of("neurons")["neuron"]
    assert what_came(neuron, "def neuron(:").startswith("SyntaxError: ")
    assert "NameError: name 'y' is not" in what_came(neuron, "def neuron(x, w, b):\n    return y")
