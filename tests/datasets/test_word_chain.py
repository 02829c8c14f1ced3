"""The word chain: its entropy is that of what is drawn, and its stored models come in order."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathkit import datasets


def test_the_entropy_is_that_of_what_is_drawn():
    chain = datasets.WordChain()
    assert chain.entropy == pytest.approx(3.3549, abs=5e-5)
    texts = chain.sample(4000, 10, 1)
    paid = -np.log(chain.P[texts[:, :-1], texts[:, 1:]]).mean()
    assert paid == pytest.approx(chain.entropy, abs=0.02)
    assert np.allclose(chain.share @ chain.P, chain.share)
    assert np.array_equal(texts, chain.sample(4000, 10, 1))


@settings(max_examples=20, deadline=None)
@given(words=st.integers(2, 12), falls=st.floats(0, 2), seed=st.integers(0, 99))
def test_any_chain_has_chances_and_an_entropy_that_words_allow(words, falls, seed):
    chain = datasets.WordChain(words, falls, seed)
    assert np.allclose(chain.P.sum(axis=1), 1) and (chain.P > 0).all()
    assert 0 < chain.entropy <= math.log(words) + 1e-9
    assert set(np.unique(chain.sample(20, 5, seed))) <= set(range(words))


def test_no_stored_model_is_below_the_floor_and_longer_training_helps():
    rows = datasets.scaling_grid()
    assert min(min(losses) for *_, losses in rows) > datasets.WordChain().entropy
    for width in {width for width, *_ in rows}:
        losses = [np.mean(two) for w, _, two in rows if w == width]
        assert losses == sorted(losses, reverse=True)
