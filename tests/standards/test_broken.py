"""What looks well and is broken is said by file and line, by `lint` and by `verify`."""

from __future__ import annotations

import pytest

from pathkit.standards.lint import lint
from tests.standards.small_path import copied, edited, pathkit

LESSON = "modules/bigram/lesson.py"
PAIRS = "modules/bigram/count_pairs.py"
ASKED = "modules/bigram/predictions.py"

READY = 'path.ready("bigram")\n'
PREDICT = 'path.predict("how-many", 5)'
SLOT = "from .count_pairs import count_pairs\n"
CIRCLE = "def _in_a_circle(words):\n    return dict(Counter(zip(words, words[1:] + words[:1])))"
WHY = '@count_pairs.misconception("The last word has no neighbour; the first isn\'t behind it.")'
PROBES = 'lambda rng: [(["a", "b", "a", "b"],), (random_words(rng, 9),), ([],), (["a"],)]'
RETURN = "    return dict(Counter(zip(words, words[1:])))\n\n\n@count_pairs.misconception(\"Pairs"
HINT = '"How many pairs do three words have?"'

IN_LESSONS = [
    (LESSON, READY, "", f"{LESSON}:1: no cell makes the notebook ready; expected "
     'path.ready("bigram")'),
    (LESSON, READY, 'path.redy("bigram")\n', f"{LESSON}:7: there is no path.redy; did you mean "
     "'ready'?"),
    (LESSON, READY, 'path.ready("bigrams")\n', f"{LESSON}:7: path.ready is given 'bigrams'; "
     'expected this module, "bigram"'),
    (LESSON, READY, 'path.ready("word-lengths")\n', f"{LESSON}:7: path.ready is given "
     "'word-lengths'"),
    (LESSON, READY, "path.ready()\n", f"{LESSON}:7: path.ready is given nothing"),
    (LESSON, READY, READY * 2, f"{LESSON}:8: path.ready stands here again"),
    (LESSON, PREDICT, 'path.predict("how-many", "many")', f"{LESSON}:21: 'many' can't be an answer "
     "to how-many; expected a number"),
    (LESSON, PREDICT, 'path.predict("how-many", 7)', f"{LESSON}:21: the solution answers 7 to "
     "how-many, which is wrong; expected 5"),
    (LESSON, PREDICT, 'path.predict("how-many", ...)', f"{LESSON}:21: path.predict has no answer"),
    (LESSON, PREDICT, 'path.predict("how-man", 5)', f"{LESSON}:21: path.predict is given "
     "'how-man'; expected the prediction of its cell"),
    (LESSON, PREDICT, "print(5)", f"{LESSON}:20: the cell of prediction how-many calls "
     "path.predict 0 times; expected once"),
    (LESSON, "print(len(", f"{PREDICT}\nprint(len(", f"{LESSON}:24: path.predict outside of a "
     "prediction's cell gives the answer away"),
    (LESSON, SLOT, "from .count_pairs import _backwards\n", f"{LESSON}:18: the cell of exercise "
     "count_pairs imports _backwards; expected from .count_pairs import count_pairs"),
    (LESSON, SLOT, "from .count_pairs import _backwards as count_pairs\n",
     f"{LESSON}:18: the cell of exercise count_pairs imports _backwards under its name"),
    (LESSON, SLOT, "from .texts import count_pairs\n", f"{LESSON}:18: the cell of exercise "
     "count_pairs imports it from texts"),
    (LESSON, SLOT, "count_pairs = 3\n", f"{LESSON}:18: the cell of exercise count_pairs imports no "
     "answer"),
    (ASKED, "value=lambda: 5.0", "value=lambda: 1 / 0", f"{ASKED}:5: value= of how-many raises "
     "ZeroDivisionError"),
    (ASKED, "within=0.1", "within=-1", f"{ASKED}:5: within=-1 of how-many"),
    (ASKED, "within=0.1", "within=0.1, between=(9, 1)", f"{ASKED}:5: between=(9, 1) of how-many"),
    (ASKED, "within=0.1", "within=0.1, between=(0, 1)", f"{ASKED}:5: the right answer to how-many, "
     "5, is not between 0 and 1"),
]

IN_EXERCISES = [
    (PAIRS, CIRCLE, "def _in_a_circle(words):\n    return words.nothing", f"{PAIRS}:38: the "
     "misconception _in_a_circle of count_pairs raises AttributeError: 'list' object has no "
     "attribute 'nothing' on every probe"),
    (PAIRS, CIRCLE, "def _in_a_circle(words, more):\n    return {}", f"{PAIRS}:38: the "
     "misconception _in_a_circle of count_pairs takes (words, more), but is called as "
     "count_pairs(words)"),
    (PAIRS, CIRCLE, CIRCLE.replace("_in_a_circle", "_backwards"), f"{PAIRS}:33: two misconceptions "
     "of count_pairs are called _backwards"),
    (PAIRS, WHY, '@count_pairs.misconception("The words are exchanged: a pair is a word and the '
     'one behind it.")', f"{PAIRS}:33: two misconceptions of count_pairs have the message of "
     "_backwards"),
    (PAIRS, RETURN, RETURN.replace("dict(", "words[0] and dict("), f"{PAIRS}:10: count_pairs: the "
     "reference raises IndexError: list index out of range on probe 3"),
    (PAIRS, RETURN, RETURN.replace("words[1:]", "word[1:]"), f"{PAIRS}:10: count_pairs: the "
     "reference raises NameError: name 'word' is not defined on every probe, so that nothing"),
    (PAIRS, PROBES, f"{PROBES}, drive=lambda answer, words: answer.nothing", f"{PAIRS}:10: "
     "count_pairs: the reference or its drive raises AttributeError"),
    (PAIRS, PROBES, "lambda rng: [(1 / 0,)]", f"{PAIRS}:15: count_pairs: probes= raises "
     "ZeroDivisionError"),
    (PAIRS, PROBES, "lambda rng: [(['a', 'b'])]", f"{PAIRS}:10: count_pairs: probe 1 is of type "
     "list; expected a tuple of arguments, and one argument is written (x,)"),
    (PAIRS, PROBES, "lambda rng: [3]", f"{PAIRS}:10: count_pairs: probe 1 is of type int"),
    (PAIRS, PROBES, "lambda rng: []", f"{PAIRS}:10: count_pairs: probes= returns an empty list"),
    (PAIRS, PROBES, "lambda rng: None", f"{PAIRS}:10: count_pairs: probes= returns NoneType"),
]

UNREADABLE = [
    (PAIRS, PROBES, "[(['a'],)]", "count_pairs.py:10: count_pairs: probes= is no function"),
    (PAIRS, PROBES, f"{PROBES}, drive=3", "count_pairs.py:10: count_pairs: drive= is no function"),
    (PAIRS, PROBES, f"{PROBES}, accept=3", "count_pairs.py:10: count_pairs: accept= is no"),
    (PAIRS, PROBES, f"{PROBES}, tolerance=0.1", "count_pairs.py:10: count_pairs: tolerance= is "
     "0.1; expected Tolerance("),
    (PAIRS, PROBES, f"{PROBES}, seconds=-1", "count_pairs.py:10: count_pairs: seconds= is -1"),
    (PAIRS, PROBES, f"{PROBES}, colour=1", "count_pairs.py:10: can't be loaded: TypeError: "),
    (PAIRS, HINT, '" "', "count_pairs.py:16: hints= is not a list of texts"),
    (PAIRS, 'prompt="Count how often each word follows each other word."', 'prompt=" "',
     "count_pairs.py:14: prompt= is not text"),
    (PAIRS, "    passed=", '    errors=["IndexError"],\n    passed=', "count_pairs.py:18: errors= "
     "is not a list of (text, text) pairs"),
    (PAIRS, WHY, "@count_pairs.misconception", "count_pairs.py:38: a misconception of count_pairs "
     'has no message; expected @count_pairs.misconception("why …")'),
    (PAIRS, WHY, "@count_pairs.misconception()", "count_pairs.py:38: can't be loaded: TypeError: "),
    (PAIRS, WHY, '@count_pairs.misconception("")', "count_pairs.py:38: a misconception of "
     "count_pairs has the message ''"),
    (PAIRS, "from collections import Counter", "from collections import Conter",
     "count_pairs.py:3: can't be loaded: ImportError: "),
    (PAIRS, "from collections import Counter", "import no_such_package",
     "count_pairs.py:3: can't be loaded: ModuleNotFoundError: "),
    (PAIRS, "def _backwards(words):", "def _backwards(words:", "count_pairs.py:34"),
    (ASKED, 'low="Each word but the last begins a pair.", ', "", "predictions.py:5: how-many has "
     "no low="),
    (ASKED, ', high="The last word begins none."', "", "predictions.py:5: how-many has no high="),
    (ASKED, 'right="a"', 'right="z"', "predictions.py:11: skip-pairs: right='z' is not one of"),
    (ASKED, '"The `b` begins one, too."', '""', "predictions.py:13: options= is not"),
    (LESSON, 'predict="how-many"', 'predict="how-much"', "lesson.py:20: there is no prediction"),
    (LESSON, "print(len(", "print((len(", "lesson.py:24"),
]


@pytest.fixture
def place(tmp_path):
    return copied(tmp_path / "course")


@pytest.mark.parametrize(("file", "old", "new", "said"), [*IN_LESSONS, *IN_EXERCISES])
def test_it_is_said_by_lint(place, file, old, new, said):
    edited(place, file, old, new)
    result = lint(place, ["bigram"])
    lines = [finding.told(place.root) for finding in result.findings]
    assert any(line.startswith(said) for line in lines), "\n".join(lines)
    assert not result.unreadable


@pytest.mark.parametrize(("file", "old", "new", "said"), UNREADABLE)
@pytest.mark.slow
def test_what_keeps_a_module_from_being_read_is_one_line_and_exit_code_3(
    place, file, old, new, said
):
    edited(place, file, old, new)
    code, text = pathkit(place, "lint", "bigram")
    lines = [line for line in text.splitlines() if said in line]
    assert code == 3 and len(lines) == 1 and "Traceback" not in text, text
    assert "modules/bigram/" in lines[0]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new", "said"), [*IN_LESSONS[:3], *IN_EXERCISES])
def test_it_is_said_by_verify(place, file, old, new, said):
    edited(place, file, old, new)
    code, text = pathkit(place, "verify", "bigram")
    assert code == 1 and "Traceback" not in text, text
    assert said.removeprefix("modules/") in text
    if "on every probe, so that" in said or "probe" in said.partition("count_pairs: ")[2][:6]:
        assert "passes although wrong" not in text


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new", "said"), UNREADABLE)
def test_verify_stops_at_what_it_can_not_read(place, file, old, new, said):
    edited(place, file, old, new)
    code, text = pathkit(place, "verify", "bigram")
    assert code == 3 and said in text and "Traceback" not in text, text


def test_errors_raised_on_purpose_are_no_fault(place):
    meant = "    if not words:\n        raise ValueError('no words')\n"
    edited(place, PAIRS, RETURN, meant + RETURN)
    assert not lint(place, ["bigram"]).findings


def test_a_file_that_nothing_uses(place):
    (place.root / "modules/bigram/notes.py").write_text("X = 1\n", encoding="utf-8")
    [finding] = lint(place, ["bigram"]).findings
    assert finding.told(place.root).startswith("modules/bigram/notes.py:1: defines no exercise")
    edited(place, "modules/word_lengths/longest.py", "from ..bigram", "from ..bigram.notes import X"
           "\nfrom ..bigram")
    assert not lint(place, ["bigram"]).findings


@pytest.mark.slow
def test_one_broken_module_does_not_hide_the_others(place):
    edited(place, PAIRS, "from collections import Counter", "from collections import Conter")
    edited(place, "modules/word_lengths/lesson.py", 'path.ready("word-lengths")', "")
    code, text = pathkit(place, "lint")
    assert code == 3 and "Conter" in text and "no cell makes the notebook ready" in text
