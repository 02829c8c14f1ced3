"""What of a notebook goes along with an answer: what it names, through others too, or all of it."""

from __future__ import annotations

import ast

import pytest

from pathkit.notebook_files.needed_definitions import definition, needed

NOTEBOOK = """
import numpy as np
import matplotlib.pyplot as plt
import torch.nn.functional as F
from math import pi as circle, tau
(one, two) = (1, 2)
def softmax(x): return np.exp(x) / TOTAL
class Layer(Base): size = one
Base = None
TOTAL = 3
def softmax(x): return softmax_of(x)
def draw(x): return plt.plot(softmax(x))
"""
TEXTS = [ast.unparse(node) for node in ast.parse(NOTEBOOK).body]
ALL = [definition(ast.parse(text).body[0], text) for text in TEXTS]


def numbers(code: str) -> list[int]:
    return [TEXTS.index(text) for text in needed(code, ALL)]


@pytest.mark.parametrize(("code", "wanted"), [
    ("def f(x): return x + 1", []),
    ("def f(x): return np.sum(x)", [0]),
    ("def f(x): return softmax(x)", [0, 5, 8, 9]),  # both of the name, and what they name
    ("def f(x): return F.relu(x) * tau", [2, 3]),
    ("class f(Layer): pass", [4, 6, 7]),
    ("def f(x: np.ndarray): return draw(x)", [0, 1, 5, 8, 9, 10]),
    ("def f(x): return x.softmax", []),
    ("def f(x): return f'{two}'", [4]),
    ("def f(x): return globals()[x]", list(range(11))),
    ("from __main__ import softmax", list(range(11))),
    ("import __main__ as m", list(range(11))),
    ("def f(x)", list(range(11))),  # it can't be read
])
def test_what_an_answer_names_goes_along(code, wanted):
    assert numbers(code) == wanted


def test_a_star_may_bind_anything():
    star = definition(ast.parse("from torch import *").body[0], "from torch import *")
    assert needed("def f(x): return relu(x)", [*ALL, star]) == ("from torch import *",)
