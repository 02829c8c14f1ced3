"""`pathkit lint` says where a lesson misses its path's standards: file, line, what to do."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from pathkit.cli import main
from pathkit.standards.finding import Finding
from pathkit.standards.lint import lint
from pathkit.standards.wording import forbidden
from tests.standards.small_path import copied, edited

LESSON = "modules/bigram/lesson.py"


@pytest.fixture
def place(tmp_path):
    return copied(tmp_path / "course")


def told(place, *names: str) -> list[str]:
    result = lint(place, names)
    assert not result.unreadable, result.unreadable
    return [finding.told(place.root) for finding in result.findings]


def demand(place, line: str) -> None:
    edited(place, "curriculum.yaml", "parts:\n", f"standards: {{{line}}}\nparts:\n")


def test_a_path_without_standards_demands_nothing(place):
    assert told(place) == []


RIGHT = "modules/word_lengths/right_answers.py"


def test_right_answers_are_counted_where_the_path_demands_them(place):
    demand(place, "right_answers: 2")
    assert told(place) == []
    edited(place, RIGHT, "# %% longest: in a loop", "# %% mean_length: in a loop")
    [line] = told(place)
    assert line == ("modules/word_lengths/longest.py:8: 1 right answer to longest in "
                    "right_answers.py; expected 2 or more; write others in other styles: "
                    "# %% longest: by …")


def test_a_right_answer_to_no_exercise_is_told_with_its_line(place):
    edited(place, RIGHT, "# %% longest: sorted", "# %% lognest: sorted")
    assert told(place) == [f"{RIGHT}:11: there is no exercise lognest; "
                           "expected mean_length, longest"]


def test_a_file_of_right_answers_that_can_not_be_read_is_told_with_its_line(place):
    edited(place, RIGHT, "# %% longest: sorted", "# %% longest")
    [line] = told(place)
    assert line.startswith(f"{RIGHT}:11: name the exercise and what is special")


@pytest.mark.parametrize(("demanded", "said"), [
    ("cells: [6, 9]", "modules/word_lengths/lesson.py:1: 5 cells; expected 6 to 9; split"),
    ("cells: [1, 2]", f"{LESSON}:1: 6 cells; expected 1 to 2; join cells"),
    ("words: [30, 99]", f"{LESSON}:1: 28 words of text; expected 30 to 99; say why"),
    ("text_cell_words: [2, 3]", f"{LESSON}:1: a text cell has 9 words in the median; expected 2"),
    ("code_cell_lines: 3", f"{LESSON}:1: a code cell of 6 lines; expected 3 at most; split"),
    ("figures: [1, 2]", f"{LESSON}:1: 0 figures; expected 1 to 2; show a result"),
    ("exercises: [2, 3]", f"{LESSON}:1: 1 exercise; expected 2 to 3; add one"),
    ("minutes: [45, 75]", "curriculum.yaml:11: module bigram takes 10 minutes; expected 45 to 75"),
    ("predictions: 1", "modules/word_lengths/lesson.py:1: 0 predictions; expected 1 or more"),
    ("skip_questions: 3", "modules/bigram/predictions.py:1: 1 question with skip=True; expected 3"),
    ("last_heading: Stretch", f"{LESSON}:10: the last heading is 'Pairs'; expected '## Stretch'"),
    ("cards: [6, 10]", "modules/bigram/recall.yaml:1: 1 recall card; expected 6 to 10; add cards"),
    ("discuss: 3", "modules/bigram/recall.yaml:1: 1 question to discuss; expected 3"),
    ("contested: 1", "modules/bigram/recall.yaml:1: 0 contested questions; expected 1; begin"),
    ("misconceptions: 4", "modules/bigram/count_pairs.py:10: count_pairs has 3 misconceptions; "
     "expected 4 or more"),
    ("message_words: 12", "modules/bigram/count_pairs.py:38: the message of _in_a_circle has 11"),
    ("explanation_words: 6", "modules/bigram/predictions.py:11: option b of skip-pairs is explained"
     " in 5 words; expected 6"),
    ("sentence_words: 8", f"{LESSON}:12: a sentence of 10 words: “A pair is a word and the one"),
    ("mean_sentence_words: 3", f"{LESSON}:1: sentences have 6.9 words on average; expected less"),
    ("forbidden: [behind]", f"{LESSON}:12: 'behind' in “"),
    ("imports: [pathkit]", f"{LESSON}:2: imports collections; expected one of pathkit"),
])
def test_each_standard_is_held_with_file_line_and_what_to_do(place, demanded, said):
    demand(place, demanded)
    lines = told(place)
    assert any(line.startswith(said) for line in lines), "\n".join(lines)


def test_a_standard_that_is_met_says_nothing(place):
    demand(place, "cells: [5, 6], words: [3, 29], minutes: [10, 10], misconceptions: 3, "
                  "explanation_words: 5, sentence_words: 20, imports: [collections, pathkit]")
    assert told(place) == []


FIGURE = '''
# %%
figure, axes = path.figure()
axes.plot([1, 2])
path.show(figure, "A line")
'''


def test_figures_need_labels_and_alt_texts(place):
    file = place.root / LESSON
    file.write_text(file.read_text(encoding="utf-8") + FIGURE, encoding="utf-8")
    demand(place, "figures: [0, 1], alt_text_words: 6, figure_labels: true")
    line = file.read_text(encoding="utf-8").splitlines().index(FIGURE.splitlines()[2]) + 1
    lines = told(place, "bigram")
    assert [text.partition(";")[0] for text in lines] == [
        f"{LESSON}:{line + 2}: a figure with an alt text of 2 words",
        f"{LESSON}:{line}: a figure without title", f"{LESSON}:{line}: a figure without xlabel",
    ]
    axes = "axes.plot([1, 2])\naxes.set(title='It grows', xlabel='steps')\n"
    edited(place, LESSON, "axes.plot([1, 2])\n", axes)
    edited(place, LESSON, "A line", "A line that grows from one to two")
    assert told(place, "bigram") == []


def test_a_figure_of_a_helper_counts_where_the_helper_is_called(place):
    helper = "\n# %%\ndef draw():\n    path.show(1, 'x')\n\n\ndraw()\ndraw()\n"
    file = place.root / LESSON
    file.write_text(file.read_text(encoding="utf-8") + helper, encoding="utf-8")
    demand(place, "figures: [3, 3]")
    assert "2 figures; expected 3 to 3" in told(place, "bigram")[0]


def test_the_drawn_machine_is_a_figure_that_has_its_alt_text(place):
    file = place.root / LESSON
    machine = '\n# %%\npath.machine("attention", highlight="softmax", T=9)\n'
    file.write_text(file.read_text(encoding="utf-8") + machine, encoding="utf-8")
    demand(place, "figures: [1, 1], alt_text_words: 6, figure_labels: true")
    assert told(place, "bigram") == []
    edited(place, LESSON, "# %%\npath.machine", "# %%\npath.show(1, 'x')\npath.machine")
    assert "2 figures; expected 1 to 1" in told(place, "bigram")[0]


def test_the_right_option_may_not_be_guessed(place):
    file = place.root / "modules/bigram/predictions.py"
    more = "\n".join(
        f'q{i} = Choice(id="q-{i}", ask="?", right="a", skip=True, options={{\n'
        f'    "a": ("the longest of all", "yes {i}"), "b": ("short", "no {i}")}})'
        for i in range(9))
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    demand(place, "unguessable: true")
    lines = told(place)
    assert "the longest option is right in 10 of 10 questions" in lines[0]
    assert "option a is right in 10 of 10 questions" in lines[1]
    assert "expected 8 at most" in lines[1]


def test_answers_are_taken_of_required_modules_only(place):
    edited(place, "curriculum.yaml", "requires: [bigram]", "requires: []")
    edited(place, "modules/word_lengths/lesson.py", "import pathkit as path",
           "import pathkit as path\nfrom pathkit.exercises import bigram as finished")
    demand(place, "imports: [pathkit]")
    [line] = told(place, "word-lengths")
    assert line.startswith("modules/word_lengths/lesson.py:3: takes answers of module bigram")


def test_a_draft_is_no_failure(place):
    (place.root / "modules/word_lengths/lesson.py").unlink()
    edited(place, "curriculum.yaml", "        exercises: [mean_length, longest]\n", "")
    demand(place, "cells: [1, 99]")
    result = lint(place)
    assert result.drafts == ("word-lengths",) and result.findings == ()


@pytest.mark.parametrize(("line", "said"), [
    ("standards: {celsl: [1, 2]}", "5:13: standards.celsl: unknown key; did you mean 'cells'?"),
    ("standards: {cells: 7}", "5:20: standards.cells: 7 is a number where a list of the least"),
    ("standards: {cells: [9, 2]}", "5:20: standards.cells: the least, 9, is more than the most, 2"),
    ("standards: {cells: [9]}", "5:20: standards.cells: expected two whole numbers"),
    ("standards: {predictions: -1}", "5:26: standards.predictions: -1 is not a whole number"),
    ("standards: {unguessable: yes}", "5:26: standards.unguessable: 'yes' is neither true nor"),
    ("standards: {imports: [my-own]}", "5:23: standards.imports[0]: 'my-own'"),
    ("standards: [1]", "5:12: standards: a list where a mapping is expected"),
    ("standards:", "5:1: standards: nothing"),
])
def test_standards_are_checked_with_line_and_column(place, line, said):
    edited(place, "curriculum.yaml", "levels: {easy: 🟢}\n", f"levels: {{easy: 🟢}}\n{line}\n")
    ran = CliRunner().invoke(main, ["--root", str(place.root), "lint"])
    assert ran.exit_code == 3 and said in ran.output, ran.output


def test_exit_codes_and_the_summary(place):
    ran = CliRunner().invoke(main, ["--root", str(place.root), "lint"])
    assert ran.exit_code == 0 and "2 lessons, nothing to mend" in ran.output
    demand(place, "cells: [6, 6]")
    ran = CliRunner().invoke(main, ["--root", str(place.root), "lint"])
    assert ran.exit_code == 1 and "2 lessons, 1 to mend" in ran.output
    ran = CliRunner().invoke(main, ["--root", str(place.root), "lint", "bigrams"])
    assert ran.exit_code == 5 and "did you mean 'bigram'" in ran.output


@pytest.mark.parametrize(("text", "found"), [
    ("Just look.", "Just"), ("It is adjusted.", None), ("Well done!", "!"),
    ("![a picture](x.png)", None), ("a != b", None), ("Of course it is.", "Of course"),
])
def test_forbidden_words(text, found):
    match = forbidden(["just", "of course", "!"]).search(text)
    assert (match and match[0]) == found


def test_a_finding_is_one_line(tmp_path):
    finding = Finding(tmp_path / "a.py", 3, "two\nlines", "one", "join them")
    assert finding.told(tmp_path) == "a.py:3: two lines; expected one; join them"


def test_ids_and_numbers_of_modules_in_prose_are_told(place):
    edited(place, LESSON, "# %% [markdown]\n# ## ", "# %% [markdown]\n# In `word-lengths`, as in "
           "module 2, `bigram` counts.\n#\n# ## ")
    found = told(place)
    assert len([line for line in found if "`word-lengths` stands for a lesson" in line]) == 1
    assert len([line for line in found if "module 2 stands for a lesson" in line]) == 1
    assert all(line.startswith(f"{LESSON}:") for line in found)
    edited(place, LESSON, "`word-lengths`, as in module 2, ", "[](word-lengths) ")
    assert not [line for line in told(place) if "word-lengths" in line or "module 2" in line]
