"""The values of plain scalars by the core schema of YAML 1.2, where `no` is text."""

import re
from typing import Any

from pathkit.curriculum.value_words import HugeNumber

_MOST_DIGITS = 18
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUE = re.compile(r"true|True|TRUE")
_FALSE = re.compile(r"false|False|FALSE")
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


def resolved(source: str) -> Any:
    """Give a plain scalar its value by the core schema of YAML 1.2, where `no` is text."""
    if _NULL.fullmatch(source):
        return None
    if _TRUE.fullmatch(source):
        return True
    if _FALSE.fullmatch(source):
        return False
    for pattern, base in ((_DECIMAL, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
        if pattern.fullmatch(source):
            digits = source.lstrip("+-") if base == 10 else source[2:]
            if len(digits) > _MOST_DIGITS:
                return HugeNumber(len(digits))
            return int(source if base == 10 else digits, base)
    if _FLOAT.fullmatch(source):
        return float(source.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return source
