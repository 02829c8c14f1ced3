"""Verdicts as text and as HTML."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import get_args

import pytest

from pathkit.checks.verdict import Status, Verdict, visible

VOID = {"br", "hr", "img"}
HOSTILE = "<script>alert('x')</script> & \" ` \x1b[31m \u202e \ud800 \0 \r"

EVERY = Verdict(
    f"m.{HOSTILE}",
    "wrong value",
    f"First `{HOSTILE} ` and **more**. " + "word " * 60 + "x" * 200,
    (("called", HOSTILE * 9), ("line 3", "  a\n\tb"), ("printed", "a\nb\n\nc" + "y" * 300)),
    (HOSTILE, "note " * 40),
)  # fmt: skip


class Balanced(HTMLParser):
    """Fails on tags that don't match; collects the text."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.text = [], set(), ""

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def parsed(verdict: Verdict) -> Balanced:
    parser = Balanced()
    parser.feed(verdict._repr_html_())
    parser.close()
    assert not parser.open
    return parser


def test_html_is_well_formed_and_escaped():
    found = parsed(EVERY)
    assert found.tags <= {"div", "strong", "code", "table", "tr", "th", "td", "pre"}
    assert "<script>alert" in found.text


def test_text_fits_80_columns():
    for line in str(EVERY).splitlines():
        assert len(line) <= 80, line


def test_nothing_moves_hides_or_recolours_text():
    for text in (str(EVERY), EVERY._repr_html_()):
        assert not set(text) & set("\x1b\u202e\ud800\0\r\t")
        text.encode("utf-8")
    assert r"\x1b[31m" in str(EVERY)


def test_text_that_is_read_is_left_alone():
    for text in ("ä→é 中文 👩\u200d🔬 `x` \u00a0", "a\nb"):
        assert visible(text.replace("\u00a0", "")) == text.replace("\u00a0", "")


@pytest.mark.parametrize("status", get_args(Status))
def test_a_sign_and_a_word_stand_beside_every_colour(status):
    verdict = Verdict("m.softmax", status, "Message.")
    sign, _, rest = verdict.heading.partition(" ")
    assert sign in "✓○✗?" and (sign == "✓") == verdict.passed
    name, _, word = rest.partition(": ")
    assert name == "softmax" and word
    assert verdict.heading in str(verdict) and verdict.heading in parsed(verdict).text


def test_text_and_html_say_the_same():
    verdict = Verdict(
        "m.f", "raised", "Use `axis=1`.", (("called", "f(x=[1])"), ("line 2", "x + y")), ("Note.",)
    )
    assert str(verdict) == repr(verdict) == (
        "✗ f: raised\n  Use `axis=1`.\n    called  f(x=[1])\n    line 2  x + y\n  Note."
    )
    assert parsed(verdict).text == "✗ f: raisedUse axis=1.calledf(x=[1])line 2x + yNote."
    assert "<code>axis=1</code>" in verdict._repr_html_()


def test_an_odd_backtick_stays_one():
    assert "a ` b" in parsed(Verdict("m.f", "raised", "a ` b")).text


def test_an_empty_message_leaves_only_the_heading():
    assert str(Verdict("m.f", "passed", "")) == "✓ f: passed"
    assert parsed(Verdict("m.f", "passed", "")).text == "✓ f: passed"


def test_long_values_go_on_below_their_label():
    lines = str(Verdict("m.f", "wrong value", "", (("came back", "1, " * 60),))).splitlines()
    assert lines[1].startswith("    came back  1, ") and lines[2].startswith(" " * 15 + "1,")


def test_verdicts_are_plain_data():
    assert json.loads(json.dumps(EVERY.to_dict()))["status"] == "wrong value"
