"""What the fields of `curriculum.yaml` may hold.

Every check takes the value that stood in the file (any plain data) and returns the value to
keep, or raises ValueError with a message in the words of this project. Nothing here knows where
in the file the value stood.
"""

import difflib
import keyword
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_LONGEST_SHOWN = 60

# Tabs and carriage returns count as control characters: a reader can't see which of them stands
# in a line, and YAML gives a tab no width.
_REFUSED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]"
)
_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PYTHON_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*", re.DOTALL)
_GITHUB = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+")
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")
# These end a Markdown link or an HTML attribute early; in a URL they're written as %xx.
_NOT_IN_A_URL = re.compile(r"[\s<>\"'`\\^{}|]")
_HTML = re.compile(r"<(?:[A-Za-z]|/[A-Za-z]|!|\?)[^\s>]*>?")
_BACKTICKS = re.compile(r"`+")


@dataclass(frozen=True)
class HugeNumber:
    """A number with more digits than any field has use for."""

    digits: int


def refused_characters(text: str) -> Iterator[re.Match[str]]:
    """Find the characters that stand in no text: control, bidirectional, lost ones."""
    return _REFUSED.finditer(text)


def character_name(character: str) -> str:
    """Name a refused character so that somebody who can't see it can search for it."""
    code = f"U+{ord(character):04X}"
    if character == "\t":
        return "a tab"
    if character in "\u2028\u2029":
        return f"an invisible line break ({code})"
    if character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return f"an invisible change of writing direction ({code})"
    if character == "\ufeff":
        return f"a byte order mark ({code})"
    if character == "\ufffd":
        return f"a replacement character ({code}: a letter was lost in a conversion)"
    if "\ud800" <= character <= "\udfff":
        return f"half a character ({code})"
    return f"a control character ({code})"


def printable(text: str) -> str:
    """Shorten and escape text so that it fits into a one-line message."""
    short = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in short
    )


def shown(value: Any) -> str:
    """Write a value as it would stand in the file, in one line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{printable(value)}'"
    if isinstance(value, HugeNumber):
        return f"a number of {value.digits} digits"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a mapping"
    return printable(repr(value))


def misplaced(value: Any, expected: str) -> str:
    """Say that a value of one kind stands where another kind is expected."""
    if isinstance(value, bool):
        return f"{shown(value)} is a truth value where {expected} is expected"
    if isinstance(value, int | float):
        return f"{shown(value)} is a number where {expected} is expected"
    if isinstance(value, str) and expected != "text":
        return f"the text {shown(value)} where {expected} is expected"
    return f"{shown(value)} where {expected} is expected"


def did_you_mean(value: Any, options: Iterable[str]) -> str:
    """Return "; did you mean 'hard'?" where an option is close to value, otherwise ""."""
    close = closest(value, options)
    return f"; did you mean '{close}'?" if close else ""


def closest(value: Any, options: Iterable[str]) -> str | None:
    """Return the option that value was probably meant to be, if there is one."""
    # difflib needs quadratic time, and nothing that long is a slip of the finger.
    if not isinstance(value, str) or len(value) > _LONGEST_SHOWN:
        return None
    matches = difflib.get_close_matches(value, list(options), n=1, cutoff=0.7)
    return matches[0] if matches else None


def line(value: Any) -> str:
    """Check text that stays in one line, after YAML has folded it."""
    text = prose(value)
    if "\n" in text:
        raise ValueError("a line break in text that must stay in one line")
    return text


def prose(value: Any) -> str:
    """Check text that may have several paragraphs."""
    text = _text(value)
    _refuse_html(text)
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


def _refuse_html(text: str) -> None:
    # Line by line, because that's where an unpaired backtick is found: if none is left over in
    # any line, code spans cross no line, and what is read here is what Markdown reads.
    for part in text.split("\n"):
        found = _HTML.search(_without_code(part))
        if found:
            raise ValueError(
                f"raw HTML: {shown(found.group())}; put it in backticks, "
                "or a space after a '<' that means \"below\""
            )


def _without_code(text: str) -> str:
    """Blank the code spans of a line of Markdown; raises ValueError where one is left open."""
    runs = [
        (run.start() + escaped, run.end())
        for run in _BACKTICKS.finditer(text)
        # A backslash takes one backtick away from a run that would open a span.
        for escaped in [_is_escaped(text, run.start())]
    ]
    kept, position, number = [], 0, 0
    while number < len(runs):
        start, end = runs[number]
        if start == end:
            number += 1
            continue
        closing = next(
            (
                later
                for later in range(number + 1, len(runs))
                if _run_length(text, runs[later]) == end - start
            ),
            None,
        )
        if closing is None:
            raise ValueError(f"a backtick without its partner, before {shown(text[end:][:20])}")
        kept.append(text[position:start])
        position = runs[closing][1]
        number = closing + 1
    kept.append(text[position:])
    return "`".join(kept)


def _is_escaped(text: str, position: int) -> int:
    start = position
    while start and text[start - 1] == "\\":
        start -= 1
    return (position - start) % 2


def _run_length(text: str, run: tuple[int, int]) -> int:
    # Inside a code span a backslash is a plain character, so a run that closes counts in full.
    start, end = run
    while start and text[start - 1] == "`":
        start -= 1
    return end - start
