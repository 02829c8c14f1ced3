"""Probes hold what the words name; what is odd and unnamed is noted."""

from __future__ import annotations

import itertools

import pytest

from pathkit.standards.lint import lint
from tests.standards.small_path import copied, edited, pathkit

FILE = "modules/word_lengths/longest.py"
DOCSTRING = '"""The first of the longest words. words: at least one text."""'
PROMPT = "Which word is the longest? The first one, where several are."
PROBES = '(["a", "bb", "cc"],), (words_of(rng, 6),), (["zz", "cccc", "a", "dddd"],)'


@pytest.fixture
def fresh(tmp_path):
    """A copy for each call: what is loaded once isn't read again."""
    numbers = itertools.count()
    return lambda: copied(tmp_path / f"course-{next(numbers)}")


def found(place) -> list[str]:
    lines = [finding.told(place.root) for finding in lint(place, ("word-lengths",)).findings]
    return [line for line in lines if "# probes:" in line]


def noticed(place) -> list[str]:
    return [finding.told(place.root) for finding in lint(place, ("word-lengths",)).notices
            if finding.file.name == "longest.py"]


def with_arrays(place, *probes: str, docstring: str, prompt: str = PROMPT):
    edited(place, FILE, DOCSTRING, f'"""{docstring}"""')
    edited(place, FILE, PROMPT, prompt)
    edited(place, FILE, PROBES, ", ".join(f"({probe},)" for probe in probes))
    edited(place, FILE, "from pathkit", "import numpy as np\n\nfrom pathkit")
    edited(place, FILE, "return max(words, key=len)", "return words")
    return place


@pytest.mark.parametrize("words", ["words", "other, words"])
def test_any_rank_takes_two_ranks(fresh, words):
    said = f"{words}: (..., n) numbers."
    [line] = found(with_arrays(fresh(), "np.ones(3)", "np.arange(9.)", docstring=said))
    assert line == (f"{FILE}:10: words of longest is of any rank in its docstring and of rank 1 in "
                    "each probe; expected two ranks; add a probe, or say why not: # probes: …")
    assert not found(with_arrays(fresh(), "np.ones((2, 3))", "np.arange(9.)", docstring=said))


@pytest.mark.parametrize(("said", "probe"), [
    ("-inf means none.", "np.array([0.5, -np.inf])"), ("a score may be −∞.", "-np.inf"),
    ("it may be empty.", "np.zeros((0, 2))"), ("for an empty list 0.", "[]"),
    ("numbers, possibly repeated.", "[5, 3, 5]"), ("ties go to the first.", "np.ones(2)"),
])
def test_what_the_words_name_is_among_the_probes(fresh, said, probe):
    said = f"words: numbers; {said}"
    [line] = found(with_arrays(fresh(), "np.arange(3.)", docstring=said))
    assert line.startswith(f"{FILE}:10: the words of longest say “") and "no probe holds" in line
    assert not found(with_arrays(fresh(), "np.arange(3.)", probe, docstring=said))


def test_lists_repeat_an_item_and_one_is_long(fresh):
    short, longer = fresh(), fresh()
    edited(short, FILE, PROBES, '(["a", "bb"],), (["zz", "cccc"],)')
    assert [line.partition(": ")[2].partition(";")[0] for line in noticed(short)] == [
        "no list in the probes of longest repeats an item",
        "no list in the probes of longest has 8 items",
    ]
    edited(longer, FILE, PROBES, '(["a", "bb"],), (["zz", "cccc"] * 4,)')
    assert not noticed(longer)


def test_an_odd_probe_without_a_word_for_it_is_noted(fresh):
    probes, prompt = ("np.ones(1)", "np.ones(3)"), "Which is the largest?"
    [line] = noticed(with_arrays(fresh(), *probes, docstring="words: numbers.", prompt=prompt))
    assert "probe 1 of longest holds an array of one number, which no word of it names" in line
    said = "words: at least one number."
    assert not noticed(with_arrays(fresh(), *probes, docstring=said, prompt=prompt))


def test_what_is_meant_is_not_told(fresh):
    said = dict(docstring="words: (..., n) numbers; -inf is none.", prompt="Which is the largest?")
    place = with_arrays(fresh(), "np.arange(1.)", **said)
    assert len(found(place)) == 2 and len(noticed(place)) == 1
    place = with_arrays(fresh(), "np.arange(1.)", **said)
    edited(place, FILE, "    probes=", "    # probes: other ranks come later\n    probes=")
    assert not found(place) and not noticed(place)


@pytest.mark.slow
def test_notices_are_no_failure_and_shown_when_asked_for(fresh):
    place = fresh()
    edited(place, FILE, PROBES, '(["a", "bb"],), (["zz", "cccc"],)')
    code, said = pathkit(place, "lint", "word-lengths")
    assert code == 0 and "notices, which --notices shows" in said and "repeats an item" not in said
    code, said = pathkit(place, "lint", "word-lengths", "--notices")
    assert code == 0 and f"notice: {FILE}:8: no list in the probes of longest repeats" in said
