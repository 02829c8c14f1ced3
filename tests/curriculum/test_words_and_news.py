"""The field's words and what has changed since, in our own path: complete, short, with sources."""

import re
from collections import Counter

import pytest

from pathkit import curriculum
from pathkit.building.build import Place
from pathkit.path_modules import OURS
from pathkit.standards.lint import lint
from tests.curriculum.test_guide import ROOT

PATH = curriculum.load(ROOT / "curriculum.yaml", modules=OURS)
FINISHED = [module for module in PATH.modules if OURS.lesson(module.id).exists()]
SENTENCE = re.compile(r"(?<=[.?])\s+")

# What readers of papers and of other people's code stumble over first.
WANTED = {"perplexity", "activation function", "maximum likelihood", "autoregressive",
          "weight decay", "hyperparameter", "projection", "logits", "optimizer", "KV cache"}


def by_id(module) -> str:
    return module.id


@pytest.mark.parametrize("module", FINISHED, ids=by_id)
def test_a_lesson_ends_on_a_few_words_of_the_field(module):
    assert 3 <= len(module.terms) <= 8


def test_the_words_that_papers_use_most_are_explained():
    assert WANTED - {term.term for module in PATH.modules for term in module.terms} == set()


def test_a_word_leads_to_one_explanation():
    words = Counter(word.casefold() for module in PATH.modules for term in module.terms
                    for word in (term.term, term.word) if word)
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("module", FINISHED, ids=by_id)
def test_an_explanation_is_one_sentence_that_does_not_repeat_its_word(module):
    for term in module.terms:
        assert term.says.endswith(".") and len(SENTENCE.split(term.says)) == 1, term.term
        assert len(term.says.split()) <= 32, term.term
        assert not term.says.casefold().startswith(term.term.casefold()), term.term


@pytest.mark.parametrize("module", PATH.modules, ids=by_id)
def test_each_module_says_what_has_changed_since_and_where_it_stands(module):
    since = module.since
    assert since and 2 <= len(SENTENCE.split(since.text)) <= 4
    assert 40 <= len(since.text.split()) <= 100
    assert since.checked >= "2026-11"
    urls = [source.url for source in since.sources]
    assert len(set(urls)) == len(urls)
    for url in urls:
        assert url.startswith("https://")
        if "arxiv.org" in url:
            assert re.fullmatch(r"https://arxiv\.org/abs/\d{4}\.\d{5}", url)


def test_no_lesson_says_a_word_of_the_field_before_the_module_that_explains_it():
    """In its text, its hints, or what its checks answer; and each word names a heading."""
    found = [finding.told(ROOT) for finding in lint(Place(ROOT)).findings]
    assert [line for line in found if "explained in" in line or "names a heading" in line] == []
