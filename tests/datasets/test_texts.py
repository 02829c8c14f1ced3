"""The three texts in the public domain."""

from __future__ import annotations

import re

import pytest

from pathkit import datasets
from pathkit.datasets import texts
from pathkit.errors import NothingMatched


@pytest.mark.parametrize("name", texts.TEXTS)
def test_a_text_is_the_authors_words_alone(name):
    found = datasets.text(name).read()
    assert found.isascii() and 90_000 < len(found) <= 100_000 and found.endswith("\n")
    assert not re.search("gutenberg|ebook|e-text|trademark|\\*", found, re.IGNORECASE)
    lines = found.splitlines()
    assert all(line and line == " ".join(line.split()) for line in lines)


@pytest.mark.parametrize("name", texts.TEXTS)
def test_a_text_says_where_it_is_from(name):
    text = datasets.text(name)
    for part in (text.title, text.author, str(text.year), "public domain", "Project Gutenberg"):
        assert part in str(text)
    assert text.author in texts.__doc__ and text.title in texts.__doc__


def test_another_name_is_told():
    with pytest.raises(NothingMatched, match="darwin"):
        datasets.text("darvin")
