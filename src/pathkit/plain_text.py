"""Text, code and formulas of a line apart, and what they say where nothing is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

# Code spans and formulas, which keep their characters, apart from the text around them.
SPAN = re.compile(r"(?P<ticks>`+).+?(?<!`)(?P=ticks)(?!`)|(?<!\\)\$\$?[^$]+\$\$?")
SIGNS = {
    "sqrt": "√", "cdot": "·", "times": "×", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠",
    "neq": "≠", "approx": "≈", "infty": "∞", "sum": "∑", "prod": "∏", "to": "→", "in": "∈",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η",
    "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "tau": "τ", "phi": "φ",
    "dots": "…", "ldots": "…", "cdots": "⋯", "partial": "∂", "nabla": "∇", "log": "log ",
    "ln": "ln ", "exp": "exp ", "top": "ᵀ", "pm": "±", "quad": " ",
}


def spans(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text: (text | code | formula, what it says)."""
    text, end = " ".join(text.split()), 0
    for match in SPAN.finditer(text):
        if match.start() > end:
            yield "text", text[end : match.start()]
        if match["ticks"]:
            yield "code", match[0].strip("`").strip()
        else:
            yield "formula", formula(match[0].strip("$"))
        end = match.end()
    if end < len(text):
        yield "text", text[end:]


def plain(text: str) -> str:
    """The whole text on one line: code between backticks, formulas in signs."""
    return "".join(f"`{part}`" if kind == "code" else part for kind, part in spans(text))


def formula(tex: str) -> str:
    """A formula of one line as people type it: \\sqrt{d_k} becomes √d_k."""
    text = re.sub(r"\\(?:text|mathrm|mathbf|operatorname)\{([^{}]*)\}", r"\1", tex)
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"(\1)/(\2)", text)
    text = re.sub(r"\\([a-zA-Z]+)", lambda m: SIGNS.get(m[1], m[1]), text)
    text = re.sub(r"\\[,;:! ]", " ", text).replace("\\", "")
    text = re.sub(r"\{([^{}]*)\}", lambda m: m[1] if len(m[1]) == 1 else f"({m[1]})", text)
    return " ".join(re.sub(r"([√^_])\((\w+)\)", r"\1\2", text).split())


def interval(length: timedelta) -> str:
    """A time to wait, as people say it: 10 min, 2 days, 5 months."""
    if length < timedelta(hours=1):
        return f"{round(length / timedelta(minutes=1))} min"
    if length < timedelta(days=1):
        return f"{round(length / timedelta(hours=1))} h"
    days = round(length / timedelta(days=1))
    for size, name in ((365, "year"), (30, "month"), (1, "day")):
        if days >= 2 * size or size == 1:
            number = round(days / size)
            return f"{number} {name if number == 1 else name + 's'}"
    return ""
