"""The keeper: rules in place of a model. It knows a word and does what it is asked, if it may."""

from __future__ import annotations

import re

WORDS = (
    "anchor basket butter candle carpet castle cheese circle copper desert dinner donkey engine "
    "fabric finger forest garden ginger guitar hammer helmet island jacket jungle kettle ladder "
    "lemon magnet marble meadow mirror monkey needle orange oyster palace pencil pepper pigeon "
    "pillow planet pocket potato puzzle rabbit ribbon saddle salmon school shadow silver spider "
    "summer sunset table temple ticket tunnel turtle velvet violin window winter yellow"
).split()
ABOUT = re.compile(r"secret|password|word|guard|hid|keep|know|\bit\b|letter")
PLAIN = "I can talk about the weather, or count to ten."
REFUSED = "I may not talk about that."


def keeper(text: str, secret: str) -> str:
    """What the keeper answers to one message, before any guard has looked at it."""
    asked = text.lower()
    if "count" in asked:
        return "1 2 3 4 5 6 7 8 9 10"
    if "weather" in asked:
        return "It is sunny, and a little windy."
    if not ABOUT.search(asked):
        return PLAIN
    return _in_parts(asked, secret) or _in_another_form(asked, secret) or f"It is {secret}."


def _in_parts(asked: str, secret: str) -> str:
    if found := re.search(r"before (?:the letter )?['\"]?([a-z])\b", asked):
        return "yes" if secret[0] < found[1] else "no"
    if found := re.search(r"(?:contain|have|include)s? (?:an? )?(?:the letter )?['\"]?([a-z])\b",
                          asked):
        return "yes" if found[1] in secret else "no"
    if found := re.search(r"letter (?:number )?(\d+)", asked):
        place = int(found[1])
        return secret[place - 1] if 1 <= place <= len(secret) else "There is no such letter."
    if "first" in asked or "begin" in asked or "start" in asked:
        return secret[: 3 if "half" in asked else 1]
    if "last" in asked or "end" in asked:
        return secret[-3 if "half" in asked else -1 :]
    return "yes" if "long" in asked and len(secret) > 5 else ""


def _in_another_form(asked: str, secret: str) -> str:
    if re.search(r"backward|revers", asked):
        return secret[::-1]
    if re.search(r"number|position", asked):
        return " ".join(str(ord(c) - 96) for c in secret)
    if re.search(r"spell|dash|letter by letter", asked):
        return "-".join(secret)
    return secret.upper() if re.search(r"capital|upper", asked) else ""
