"""The field's words: at the end of a lesson, in the glossary, and by `path.term`."""

import json

import pytest

from pathkit.building import build as building
from pathkit.learner.update.workspace import update
from pathkit.notebook.term import term
from pathkit.standards.lint import lint
from tests.standards.small_path import copied, edited

RECALL = "modules/word_lengths/recall.yaml"
TERMS = """\
terms:
  - {term: n-gram, says: "A run of n symbols, counted.", defined: Lengths, used: Lengths}
  - {term: maximum likelihood, word: counting, says: The best fit., defined: Lengths, used: Lengths}
"""


@pytest.fixture
def place(tmp_path):
    made = copied(tmp_path / "course")
    (made.root / RECALL).write_text(TERMS, encoding="utf-8")
    return made


def cells(place, name: str) -> dict[str, str]:
    notebook = json.loads((place.notebooks / name).read_text(encoding="utf-8"))
    return {c["metadata"]["pathkit"]["role"]: "".join(c["source"]) for c in notebook["cells"]}


def told(place) -> list[str]:
    return [finding.told(place.root) for finding in lint(place).findings]


def test_a_lesson_ends_on_the_words_of_the_field(place):
    building.build(place)
    assert cells(place, "02-word-lengths.ipynb")["terms"] == (
        "## The field says\n\nWords that papers use for what you built here. "
        '`path.term("n-gram")` brings one back in any notebook, and `glossary.ipynb` lists those '
        "of all lessons.\n\n"
        "- **n-gram**: A run of n symbols, counted.\n"
        "- **maximum likelihood** (here: counting): The best fit."
    )
    assert "terms" not in cells(place, "01-bigram.ipynb")


def test_the_glossary_goes_by_the_alphabet_and_leads_to_the_lesson(place):
    building.build(place)
    text = cells(place, "glossary.ipynb")["title"]
    assert text.startswith("# Glossary\n\n2 words of the field")
    assert text.index("maximum likelihood**") < text.index("n-gram**")
    assert "[2 · Lengths of words](02-word-lengths.ipynb#Lengths)" in text
    assert "[glossary](glossary.ipynb)" in cells(place, "00-start-here.ipynb")["title"]


def test_a_path_without_terms_has_no_glossary(tmp_path):
    place = copied(tmp_path / "course")
    building.build(place)
    assert not (place.notebooks / "glossary.ipynb").exists()
    assert "glossary" not in cells(place, "00-start-here.ipynb")["title"]


def test_a_glossary_whose_last_term_is_gone_is_removed(place):
    building.build(place)
    edited(place, RECALL, TERMS, "cards: []\n")
    assert "notebooks/glossary.ipynb (removed)" in building.build(place)


def test_a_learner_gets_the_glossary_and_its_updates(place, tmp_path):
    building.build(place)
    update(place.notebooks, tmp_path / "mine")
    edited(place, RECALL, "The best fit.", "The best fit of all.")
    building.build(place)
    states = {o.name: o.state for o in update(place.notebooks, tmp_path / "mine")}
    assert states["glossary.ipynb"] == "updated"
    text = (tmp_path / "mine/glossary.ipynb").read_text(encoding="utf-8")
    assert "The best fit of all." in text


@pytest.mark.parametrize(("asked", "said"), [
    ("Maximum  Likelihood", "maximum likelihood (here: counting): The best fit. See 2 · Lengths "
                            "of words, under Lengths."),
    ("counting", "maximum likelihood (here: counting): The best fit."),
    ("ngram", "No lesson of this path explains 'ngram'; did you mean 'n-gram'?"),
    ("zebra", "No lesson of this path explains 'zebra'; `path.term()` lists all words"),
    ("", "This path explains: maximum likelihood, n-gram."),
    (None, "No lesson of this path explains 'None'"),
])
def test_a_word_is_looked_up_in_any_notebook(place, monkeypatch, capsys, asked, said):
    building.build(place)
    monkeypatch.chdir(place.notebooks)
    term(asked)
    assert capsys.readouterr().out.startswith(said)


def test_without_a_glossary_at_hand_one_line_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    term("n-gram")
    assert capsys.readouterr().out.startswith("No glossary is at hand")


def test_a_heading_that_is_not_there_is_said_by_lint(place):
    edited(place, RECALL, "The best fit., defined: Lengths", "The best fit., defined: Length")
    [line] = told(place)
    assert line.startswith("modules/word_lengths/recall.yaml:3:")
    assert "the term 'maximum likelihood' names a heading that the lesson lacks: Length;" in line


def test_a_term_that_is_used_before_it_is_explained_is_said_by_lint(place):
    edited(place, "modules/bigram/lesson.py", "# ## Pairs\n",
           "# ## Pairs\n#\n# First, n-grams.\n")
    [line] = told(place)
    assert line.startswith("modules/bigram/lesson.py:12:")
    assert "'n-grams' is used, but explained in word-lengths only" in line


@pytest.mark.parametrize(("old", "new"), [
    ("How many pairs do three words have?", "An n-gram has how many words?"),
    ("Pairs overlap: the", "N-grams overlap: the"),
    ("A table of pairs.", "The simplest n-gram model."),
])
def test_hints_and_answers_of_a_check_may_not_use_it_earlier_either(place, old, new):
    edited(place, "modules/bigram/count_pairs.py", old, new)
    [line] = told(place)
    assert line.startswith("modules/bigram/count_pairs.py:")
    assert "explained in word-lengths only" in line
