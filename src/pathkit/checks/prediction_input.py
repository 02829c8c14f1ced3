"""What people type as a prediction: a letter or a number, in many ways."""

from __future__ import annotations

import decimal
import math
import numbers
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pathkit.checks.options import quoted
from pathkit.checks.value_text import shown

AROUND = " \t\n\"'`“”‘’„()[]{}.:;,"
DOTS = ("", "...", "…")
COMMA = re.compile(r"([-+]?\d+),(\d+)")
THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+")


class Unfit(Exception):
    """What was typed is no such answer; the message says what is expected, in one or two lines."""


def is_empty(answer: Any) -> bool:
    """Whether nothing was answered: the dots, None, or text with nothing in it."""
    if answer is None or answer is Ellipsis:
        return True
    return isinstance(answer, str) and answer.strip() in DOTS


def letter(answer: Any, options: Mapping[str, tuple[str, str]]) -> str:
    """The option that was meant: `"b"`, `"B)"`, `("b",)` or the option's own text.

    Raises Unfit.
    """
    only = _only(answer)
    text = only.strip().lower() if isinstance(only, str) else ""
    bare = text.strip(AROUND)
    if bare in options:
        return bare
    head = re.match(r"\W*(\w)\s*[).:]", text)
    if head and head[1] in options:
        return head[1]
    meant = [name for name, (said, _) in options.items() if said.strip().lower() == text]
    if len(meant) == 1:
        return meant[0]
    raise Unfit(f"{quoted(options)} is expected, with its quotes, but this is {shown(answer)}")


def letters(answers: tuple[Any, ...], count: int) -> tuple[Any, ...]:
    """One answer for each of `count` questions, also where all came as one text or one list."""
    if len(answers) != 1 or count == 1:
        return answers
    [whole] = answers
    if isinstance(whole, list | tuple):
        return tuple(whole)
    if isinstance(whole, str):
        parts = re.findall(r"\w+", whole)
        if len(parts) == 1 and len(parts[0]) == count:
            parts = list(parts[0])
        if len(parts) == count and all(len(part) == 1 for part in parts):
            return tuple(parts)
    return answers


def number(answer: Any, unit: str = "", between: tuple[float, float] | None = None) -> float:
    """The number that was meant: `0.9`, `9/10`, `"0.9"`, `"9/10"`, `"90 %"` of a share.

    unit: what the question is asked in; it may stand behind. between: the least and the most that
    it can be. Raises Unfit.
    """
    only = _only(answer)
    found = _of_text(only, unit, between) if isinstance(only, str) else _plain(only)
    if found is None:
        raise Unfit(f"{_wanted(between)} is expected, but this is {shown(answer)}{_comma(answer)}")
    if not math.isfinite(found):
        raise Unfit(f"A finite number is expected, but this is {shown(answer)}")
    if between and not between[0] <= found <= between[1]:
        percent = between == (0, 1) and 1 < found <= 100
        as_share = f"; {found:g} % is {found / 100:g}" if percent else ""
        raise Unfit(f"{_wanted(between)} is expected, but this is {found:g}{as_share}")
    return found


def _wanted(between: tuple[float, float] | None) -> str:
    return f"A number from {between[0]:g} to {between[1]:g}" if between else "A number"


def _only(answer: Any) -> Any:
    """What a list or tuple of one holds, as `0.9,` is; anything else as it is."""
    return answer[0] if isinstance(answer, list | tuple) and len(answer) == 1 else answer


def _plain(answer: Any) -> float | None:
    if isinstance(answer, bool):
        return None
    try:
        if getattr(answer, "ndim", None) == 0:  # an array or a tensor of one number
            answer = answer.item()
        if isinstance(answer, numbers.Real | decimal.Decimal) and not isinstance(answer, bool):
            return float(answer)
    except OverflowError:
        return math.inf
    except Exception:  # an object whose attributes resist
        return None
    return None


def _of_text(text: str, unit: str, between: tuple[float, float] | None) -> float | None:
    """Raises Unfit where a comma makes two numbers of it."""
    bare = text.strip().replace("−", "-").replace("\u00a0", " ")
    if unit and bare.lower().endswith(unit.lower()):
        bare = bare[: -len(unit)].strip()
    share = between == (0, 1) and bare.endswith("%")
    bare = bare.removesuffix("%").strip() if share or unit == "%" else bare
    if COMMA.fullmatch(bare) or THOUSANDS.fullmatch(bare):
        raise Unfit(f"{_wanted(between)} is expected, but this is {shown(text)}{_written(bare)}")
    for read in (float, Fraction):
        try:
            return float(read(bare)) / (100 if share else 1)
        except (ValueError, ZeroDivisionError):
            continue
        except OverflowError:
            return math.inf
    return None


def _comma(answer: Any) -> str:
    """What to write where a comma made a tuple of a number."""
    if isinstance(answer, tuple) and len(answer) > 1 and all(type(n) is int for n in answer):
        return ": a comma makes a tuple" + _written(",".join(map(str, answer)))
    return ""


def _written(text: str) -> str:
    """How a number with commas is written in Python."""
    whole, point = text.replace(",", ""), text.replace(",", ".", 1)
    if not THOUSANDS.fullmatch(text):
        return f". Python's decimal sign is the point: {point}"
    return f". Write {whole} without a comma" + (f", or {point}" if text.count(",") == 1 else "")
