"""Answers that are kept: a cell each, and one clear line for a file that isn't so."""

import pytest

from pathkit.strength.kept_answers import KeptAnswer, KeptAnswerError, read


def written(tmp_path, text):
    folder = tmp_path / "sums"
    folder.mkdir()
    (folder / "right_answers.py").write_text(text, encoding="utf-8")
    return folder / "right_answers.py"


def test_each_cell_is_an_answer(tmp_path):
    file = written(tmp_path, '''# Other styles.

# %% total: by a loop
def total(x):
    return sum(x)

# %% total: by NumPy
total = np.sum
''')
    assert read(file) == [
        KeptAnswer("total", "by a loop", "def total(x):\n    return sum(x)\n", 3),
        KeptAnswer("total", "by NumPy", "total = np.sum\n", 7),
    ]


def test_no_file_holds_no_answers(tmp_path):
    assert read(tmp_path / "right_answers.py") == []


@pytest.mark.parametrize(("text", "said"), [
    ("import numpy\n", "sums/right_answers.py:1: begin with a header"),
    ("# %% total: by a loop\nx = 1\n# %% total\nx = 2\n",
     "sums/right_answers.py:3: name the exercise and what is special"),
    ("# %% total: by a loop\n# nothing\n", "sums/right_answers.py:1: no answer stands below"),
])
def test_what_isnt_so_is_said_with_file_and_line(tmp_path, text, said):
    with pytest.raises(KeptAnswerError, match=said):
        read(written(tmp_path, text))
