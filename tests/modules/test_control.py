"""What the lesson on control promises: forms that always fit, and the figures of its prose."""

from __future__ import annotations

import ast
import functools
import itertools
import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import datasets
from pathkit.checks.loading import exercises_of
from pathkit.exercises import control
from pathkit.modules.control.walk import CLOCK
from pathkit.path_modules import OURS

LESSON = OURS.lesson("control")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
PLAIN = {"letters", "digits", "value", "grammar", "alphabet", "place", "tokens", "names", "clock",
         "time_of_day"}


def _lesson() -> dict:
    """The functions of the lesson and its small tables, over the references."""
    space = {**exercises_of("control"), "np": np, "re": re, "json": json,
             "itertools": itertools, "functools": functools}
    for node in ast.parse(SOURCE).body:
        targets = [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
        if isinstance(node, ast.AugAssign):
            targets = [node.target.id]
        if targets == ["names"]:
            space["names"] = datasets.names()
        elif isinstance(node, ast.FunctionDef) or set(targets) & PLAIN:
            exec(compile(ast.Module([node], []), str(LESSON), "exec"), space)
    return space


LESSONS = _lesson()
grammar, need, random_json = (LESSONS[name] for name in ("grammar", "need", "random_json"))
alphabet = LESSONS["alphabet"]


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


@functools.cache
def bigram() -> np.ndarray:
    P = np.zeros((27, 27))
    for name in datasets.names():
        for before, after in itertools.pairwise(f".{name}."):
            P[alphabet.index(before), alphabet.index(after)] += 1
    return P / P.sum(axis=1, keepdims=True)


# --- cuts and pushes --------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), mass=st.floats(0.05, 1))
def test_the_fewest_symbols_hold_the_mass(seed, mass):
    p = np.random.default_rng(seed).dirichlet(np.ones(8))
    kept = control.top_p(p, mass) > 0
    assert p[kept].sum() >= mass - 1e-9 and p[kept].sum() - p[kept].min() < mass
    assert p[kept].min() >= p[~kept].max(initial=0)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), bias=st.floats(-8, 8))
def test_a_bias_multiplies_the_odds_and_keeps_other_ratios(seed, bias):
    p = np.random.default_rng(seed).dirichlet(np.ones(5)) + 1e-6
    p /= p.sum()
    q = control.biased(p, 2, bias)
    assert q[2] / (1 - q[2]) == pytest.approx(p[2] / (1 - p[2]) * np.exp(bias))
    assert q[0] / q[4] == pytest.approx(p[0] / p[4])


# --- patterns ---------------------------------------------------------------------------------


def test_the_automaton_reads_times_of_day_and_nothing_else():
    for h, m in itertools.product(range(30), range(70)):
        text = f"{h:02}:{m:02}"
        assert (control.walk(CLOCK, 0, text) == 6) == (h < 24 and m < 60)
    assert LESSONS["clock"] == CLOCK


def test_a_mask_by_whole_tokens_never_errs_and_by_first_characters_it_does():
    shares = {}
    for reads in (lambda t: t, lambda t: t[0]):
        rng = np.random.default_rng(3)
        texts = [LESSONS["sample"](CLOCK, {6}, LESSONS["tokens"], rng, reads) for _ in range(200)]
        shares[reads("ab")] = sum(bool(LESSONS["time_of_day"].fullmatch(t)) for t in texts)
    assert shares["ab"] == 200 and shares["a"] < 100
    said("With the first character alone most are broken")


# --- the grammar ------------------------------------------------------------------------------


def accepted(text: str) -> bool:
    stack = ["VALUE"]
    for character in text:
        stack = control.advance(grammar, stack, character)
        if stack is None:
            return False
    return need(stack) == 0


@settings(max_examples=100, deadline=None)
@given(st.recursive(
    st.booleans() | st.none() | st.integers(0, 10**6) | st.text("abcxyz", max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3), max_leaves=8))
def test_the_grammar_accepts_json_without_spaces_or_signs(data):
    assert accepted(json.dumps(data, separators=(",", ":")))


@settings(max_examples=150, deadline=None)
@given(st.text('{}[]":,a10tru', max_size=8))
def test_what_the_grammar_accepts_parses(text):
    if accepted(text):
        json.loads(text)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), budget=st.integers(2, 50))
def test_whatever_is_closed_in_time_parses(seed, budget):
    text, heights = random_json(np.random.default_rng(seed), budget, True)
    assert len(text) <= budget and heights[-1] == 0
    assert isinstance(json.loads(text), dict)


def test_about_700_of_1000_parse_without_closing():
    rng = np.random.default_rng(1)
    good = sum(LESSONS["parses"](random_json(rng, 40, False)[0]) for _ in range(400)) / 400
    assert 0.6 < good < 0.8


# --- conditioning -----------------------------------------------------------------------------


def conditioned(P: np.ndarray, allowed: np.ndarray, use_endings: bool) -> dict:
    """Each fitting text's probability, as the mask or the cure writes it."""
    beta = control.endings(P, allowed) if use_endings else np.ones((len(allowed) + 1, len(P)))
    texts = {(): 1.0}
    for t, spot in enumerate(allowed):
        longer = {}
        for text, chance in texts.items():
            p = P[text[-1] if text else 0]
            if chance and (p * spot * beta[t + 1]).any():
                row = control.weighed(p, spot, beta[t + 1])
                longer |= {(*text, s): chance * row[s] for s in np.flatnonzero(row)}
        texts = longer
    return texts


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_endings_make_masking_exact(seed):
    rng = np.random.default_rng(seed)
    P = rng.dirichlet(np.ones(4), size=4)
    allowed = rng.random((4, 4)) < 0.6
    allowed[:, 1] = True
    own = {text: np.prod([P[a, b] for a, b in itertools.pairwise((0, *text))])
           for text in itertools.product(*(np.flatnonzero(spot) for spot in allowed))}
    total = sum(own.values())
    assert total == pytest.approx(control.endings(P, allowed)[0, 0])
    cured = conditioned(P, allowed, True)
    assert all(cured[text] == pytest.approx(chance / total) for text, chance in own.items())


def test_the_figures_of_names_that_end_in_ia():
    P = bigram()
    spots = [alphabet[1:]] * 3 + ["i", "a", "."]
    allowed = np.array([[s in spot for s in alphabet] for spot in spots])
    truth, masked = conditioned(P, allowed, True), conditioned(P, allowed, False)
    kl = sum(p * np.log(p / masked[text]) for text, p in truth.items())
    assert kl == pytest.approx(0.261, abs=5e-4)
    said("0.261 nats apart")
    beta = control.endings(P, allowed)
    assert 1 / beta[0, 0] == pytest.approx(732, abs=0.5)
    a, r = beta[3, 1], beta[3, alphabet.index("r")]
    assert round(r / a) == 5
    said("After `r` a good ending is five times as likely as after `a`")
    thirds = {d: sum(p for text, p in row.items() if text[2] == 1)
              for d, row in (("mask", masked), ("truth", truth))}
    assert thirds["mask"] == pytest.approx(0.12, abs=0.005)
    assert thirds["truth"] == pytest.approx(0.05, abs=0.005)


def test_the_arithmetic_of_the_prose():
    assert len(datasets.names()) == 19_989
    assert 26**3 == 17_576
    assert 27**10 == pytest.approx(2e14, rel=0.04)
    assert control.top_p(np.array([0.5, 0.3, 0.2]), 0.6) == pytest.approx([0.625, 0.375, 0])
    assert np.exp(-3) == pytest.approx(0.05, abs=5e-4)
    for text in ("19,989 names", "There are 17,576 of them", "0.625 and 0.375"):
        said(text)
