"""The keeper's room: a process that draws the secrets and never tells them but through a guard.

One JSON object a line: {"level": 1, "ask": text} or {"level": 1, "guess": word} comes in, and
{"reply": text, "passed": bool} or {"right": bool} goes out.
"""

from __future__ import annotations

import json
import secrets
import sys
from typing import Any

from pathkit.guard_game.keeper import REFUSED, WORDS, keeper
from pathkit.guard_game.levels import LEVELS


def answer(request: dict[str, Any], words: list[str]) -> dict[str, Any]:
    """What the room says to one request; words: the secret of each level."""
    level, secret = LEVELS[request["level"] - 1], words[request["level"] - 1]
    if "guess" in request:
        return {"right": request["guess"].strip().lower() == secret}
    text = request["ask"]
    if not level.reads(text.lower()):
        return {"reply": REFUSED, "passed": False}
    reply = keeper(text, secret)
    if not level.lets(reply, secret):
        return {"reply": REFUSED, "passed": False}
    return {"reply": reply, "passed": True}


def main() -> None:
    """Draw the words, then answer line by line until the door is closed."""
    words = secrets.SystemRandom().sample(WORDS, len(LEVELS))
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), words)), flush=True)


if __name__ == "__main__":
    main()
