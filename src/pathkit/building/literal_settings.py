"""The settings of `@exercise(...)`, `Number(...)` and `Choice(...)`, read without running them."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from pathkit.building.python_source import ContentError, where


class LiteralSettings:
    """The keyword arguments of a call, read as literals when they are asked for."""

    def __init__(self, path: Path, call: ast.Call, owner: str):
        self.where = where(path, call.lineno)
        self.owner = owner
        self._path = path
        self._nodes = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}

    def text(self, name: str, default: str | None = None) -> str:
        """A string; one that must be there has no default and isn't empty."""
        value = self._value(name, default)
        ok = isinstance(value, str) and (value.strip() or default is not None)
        return self._checked(name, value, ok, "text")

    def texts(self, name: str) -> list[str]:
        """A list of strings."""
        value = self._value(name, None)
        ok = isinstance(value, list | tuple) and all(
            isinstance(v, str) and v.strip() for v in value
        )
        return list(self._checked(name, value, ok, "a list of texts"))

    def pairs(self, name: str) -> list[tuple[str, str]]:
        """A list of pairs of strings; it may be left out."""
        value = self._value(name, ())
        ok = isinstance(value, list | tuple) and all(_is_pair(pair) for pair in value)
        return list(self._checked(name, value, ok, "a list of (text, text) pairs"))

    def options(self) -> dict[str, str]:
        """The options of a choice by letter, without their explanations."""
        value = self._value("options", {})
        ok = isinstance(value, dict) and all(
            isinstance(letter, str) and _is_pair(pair) for letter, pair in value.items()
        )
        self._checked("options", value, ok, "{letter: (text, why)}")
        return {letter: text for letter, (text, _) in value.items()}

    def whole_number(self, name: str) -> int:
        """A positive whole number."""
        value = self._value(name, None)
        ok = isinstance(value, int) and not isinstance(value, bool) and value > 0
        return self._checked(name, value, ok, "a positive whole number")

    def truth(self, name: str) -> bool:
        """True or False; False when it is left out."""
        value = self._value(name, False)
        return self._checked(name, value, isinstance(value, bool), "True or False")

    def must_have(self, owner: str, *names: str) -> None:
        """Raise ContentError where one of these is left out; they may be computed."""
        for name in names:
            if name not in self._nodes:
                raise ContentError(f"{self.where}: {owner} has no {name}=")

    def _value(self, name: str, default: Any) -> Any:
        if name not in self._nodes:
            if default is None:
                raise ContentError(f"{self.where}: {self.owner} has no {name}=")
            return default
        node = self._nodes[name]
        try:
            return ast.literal_eval(node)
        except (ValueError, TypeError) as error:
            raise ContentError(
                f"{where(self._path, node.lineno)}: {name}= must be written out (a literal), "
                "since notebooks are built without running this file"
            ) from error

    def _checked(self, name: str, value: Any, ok: bool, wanted: str) -> Any:
        if ok:
            return value
        line = self._nodes[name].lineno
        raise ContentError(f"{where(self._path, line)}: {name}= is not {wanted}")


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(part, str) and part.strip() for part in value)
    )
