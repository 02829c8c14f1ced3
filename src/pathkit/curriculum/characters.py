"""Characters that nobody can see: which are refused, and how a message names or escapes one."""

import re
from collections.abc import Iterator

LONGEST_SHOWN = 60
# Tabs and carriage returns count as control characters: a reader can't see which of them stands
# in a line, and YAML gives a tab no width.
_REFUSED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd-\uffff]"
)


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
    short = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in short
    )
