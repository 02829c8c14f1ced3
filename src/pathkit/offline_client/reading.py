"""How the stand-in reads: tokens, words that carry meaning, passages, the question, orders."""

from __future__ import annotations

import json
import re

# A passage is a line that begins with its number in brackets, as in "[3] The lake froze."
PASSAGE = re.compile(r"^\s*\[(\w+)\]\s*(.+)$", re.MULTILINE)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
# What the stand-in takes for an order, wherever it stands: this is its best known weakness.
ORDER = re.compile(
    r"(?:ignore|disregard|forget) (?:all |any |the |your )*"
    r"(?:above|previous|prior|earlier|other)[^.:,;\n]*?(?:[.:,;]| and)\s*"
    r"([^\n]+?)[.!?]*(?=[.!?]\s|$)", re.IGNORECASE | re.MULTILINE)
_EMPTY = set(
    "a an and are as at be by can did do does for from had has have how i in is it its me my of "
    "on or please should so than that the their them then there these they this those to was we "
    "were what when where which who whom whose why will with would you your".split()
)


def tokens(text: str) -> list[str]:
    """A word or one mark each, with the blanks before it; joined, they are the text again."""
    return re.findall(r"\s*(?:\w+|[^\w\s])|\s+$", text)


def stem(word: str) -> str:
    """Rough: *frozen rivers* and *frozen river* are to meet, nothing more."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def words(text: str) -> list[str]:
    """The words that carry meaning, in lower case, cut to a rough stem."""
    found = re.findall(r"\w+", text.lower().replace("_", " "))
    return [stem(word) for word in found if word not in _EMPTY]


def text_of(message: dict) -> str:
    """What one message says; content may be a string, parts with a text, or None."""
    content = message.get("content")
    if content is None or isinstance(content, str):
        return content or ""
    return "\n".join(part.get("text", "") for part in content)


def passages(text: str) -> list[tuple[str, str]]:
    """Number and words of each passage, in the order of the prompt."""
    return [(name, said.strip()) for name, said in PASSAGE.findall(text)]


def question(text: str) -> str:
    """The last sentence with a question mark outside the passages, else the last line."""
    rest = PASSAGE.sub("", text)
    asked = [s.strip() for s in SENTENCE.findall(rest) if s.strip().endswith("?")]
    lines = [line.strip() for line in rest.splitlines() if line.strip()]
    return asked[-1] if asked else (lines[-1] if lines else "")


def orders(text: str) -> list[str]:
    """What a text tells its reader to do instead of what was asked before."""
    return [found.strip() for found in ORDER.findall(text)]


def prompt_length(messages: list[dict], tools: list[dict] | None) -> int:
    """Tokens of everything that is sent: messages, earlier tool calls, descriptions of tools."""
    sent = sum(4 + len(tokens(text_of(message))) for message in messages)
    calls = [message["tool_calls"] for message in messages if message.get("tool_calls")]
    return sent + sum(len(tokens(json.dumps(one))) for one in [*calls, *(tools or [])])
