"""What the fields of `curriculum.yaml` may hold.

Every check takes the value that stood in the file (any plain data) and returns the value to
keep, or raises ValueError with a message in the words of this project. Nothing here knows where
in the file the value stood.
"""

import keyword
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from pathkit.curriculum.characters import character_name, refused_characters
from pathkit.curriculum.markdown_checks import refuse_html
from pathkit.curriculum.value_words import did_you_mean, misplaced, shown

_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PYTHON_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*", re.DOTALL)
_GITHUB = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
# These end a Markdown link or an HTML attribute early; in a URL they're written as %xx.
_NOT_IN_A_URL = re.compile(r"[\s<>\"'`\\^{}|]")


def line(value: Any) -> str:
    """Check text that stays in one line, after YAML has folded it."""
    text = prose(value)
    if "\n" in text:
        raise ValueError("a line break in text that must stay in one line")
    return text


def prose(value: Any) -> str:
    """Check text that may have several paragraphs."""
    text = _text(value)
    refuse_html(text)
    return text


def identifier(value: Any) -> str:
    """Check an id: lower-case words joined by hyphens."""
    if not _IDENTIFIER.fullmatch(_typed_text(value)):
        raise ValueError(
            f"{shown(value)} is not an id: expected lower-case letters and digits, "
            "joined by single hyphens"
        )
    return value


def is_identifier(value: Any) -> bool:
    """Tell whether value could be the id of an entry."""
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None


def python_name(value: Any) -> str:
    """Check the name of a Python function or class."""
    text = _typed_text(value)
    if not is_python_name(text):
        raise ValueError(f"{shown(value)} is not the name of a Python function or class")
    return text


def is_python_name(value: str) -> bool:
    """Tell whether value could be the name of a function or class."""
    return _PYTHON_NAME.fullmatch(value) is not None and not keyword.iskeyword(value)


def url(value: Any) -> str:
    """Check an absolute http or https address without a user name in it."""
    text = _typed_text(value)
    found = next(refused_characters(text), None)
    if found:
        raise ValueError(f"{character_name(found.group())} in a URL")
    found = _NOT_IN_A_URL.search(text)
    if found:
        character = found.group()
        name = "white space" if character.isspace() else character
        raise ValueError(f"{name} in a URL: expected its percent-encoded form")
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"{shown(value)} is not a URL that can be opened") from None
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"{shown(value)} is not a URL that begins with http:// or https://")
    if "@" in parts.netloc:
        raise ValueError(f"{shown(value)} holds a user name; a URL here must work for everybody")
    if not host or not host.strip("."):
        raise ValueError(f"{shown(value)} is a URL without a host")
    return text


def month(value: Any) -> str:
    """Check a month, written YYYY-MM."""
    if isinstance(value, str):
        if _MONTH.fullmatch(value):
            return value
        if _DAY.fullmatch(value):
            raise ValueError(f"{shown(value)} is a day; expected a month, such as 2026-11")
    raise ValueError(f"{shown(value)} is not a month; expected YYYY-MM, such as 2026-11")


def github_name(value: Any) -> str:
    """Check the name of a GitHub repository: owner/name."""
    if not _GITHUB.fullmatch(_typed_text(value)):
        raise ValueError(f"{shown(value)} is not a GitHub repository; expected owner/name")
    return value


def branch_name(value: Any) -> str:
    """Check the name of a git branch that can stand in a link as it is."""
    if not _BRANCH.fullmatch(_typed_text(value)) or ".." in value:
        raise ValueError(f"{shown(value)} is not the name of a branch, such as main")
    return value


def truth(value: Any) -> bool:
    """Check a truth value; YAML 1.2 knows no `yes` and no `on`."""
    if not isinstance(value, bool):
        raise ValueError(f"{shown(value)} is neither true nor false")
    return value


def whole_number(low: int, high: int) -> Callable[[Any], int]:
    """Make a check for whole numbers from low to high, both included."""

    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise ValueError(f"{shown(value)} is not a whole number from {low} to {high}")
        return value

    return check


def one_of(options: tuple[str, ...]) -> Callable[[Any], str]:
    """Make a check for one of a few fixed words."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in options:
            raise ValueError(
                f"{shown(value)} is not one of {', '.join(options)}{did_you_mean(value, options)}"
            )
        return value

    return check


def _typed_text(value: Any) -> str:
    if isinstance(value, bool | int | float):
        raise ValueError(misplaced(value, "text") + "; put it in quotes")
    if not isinstance(value, str):
        raise ValueError(misplaced(value, "text"))
    if not value.strip():
        raise ValueError("empty text")
    return value


def _text(value: Any) -> str:
    text = _typed_text(value)
    found = next(refused_characters(text), None)
    if found:
        raise ValueError(f"{character_name(found.group())} in text")
    return text.strip()
