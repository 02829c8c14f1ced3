"""The learner's side of the game: asking, guessing, the score, and a transcript to share."""

from __future__ import annotations

import json
import subprocess
import sys
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pathkit.guard_game.defending import Defence, defend
from pathkit.guard_game.levels import LEVELS


@dataclass
class Played:
    """What was done at one level: lengths and outcomes, never a message or a word."""

    lengths: list[int] = field(default_factory=list)
    refused: int = 0
    guesses: int = 0
    won: bool = False

    @property
    def score(self) -> int:
        """100 less 2 a message, 1 for ten characters, 10 a wrong guess; 10 at least when won."""
        if not self.won:
            return 0
        cost = 2 * len(self.lengths) + sum(self.lengths) // 10 + 10 * (self.guesses - 1)
        return max(10, 100 - cost)


class Game:
    """Seven levels: `ask` until you know the word, then `guess` it, which opens the next."""

    def __init__(self) -> None:
        self.level = 1
        self._played = [Played() for _ in LEVELS]
        self._room = subprocess.Popen(
            [sys.executable, "-m", "pathkit.guard_game.room"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        weakref.finalize(self, _close, self._room)

    @property
    def score(self) -> int:
        """The points of all levels together, 700 at most."""
        return sum(played.score for played in self._played)

    @property
    def guard(self) -> str:
        """What guards the word at this level."""
        return LEVELS[self.level - 1].says

    def ask(self, text: str) -> str:
        """Send the keeper one message; returns what the guard lets through."""
        played = self._played[self.level - 1]
        answer = self._send(ask=str(text))
        if not played.won:
            played.lengths.append(len(str(text)))
            played.refused += not answer["passed"]
        return answer["reply"]

    def guess(self, word: str) -> bool:
        """Say the word. Right: the next level opens. Wrong: it costs 10 points."""
        played = self._played[self.level - 1]
        right = self._send(guess=str(word))["right"]
        if not played.won:
            played.guesses += 1
            played.won = right
        if right and self.level < len(LEVELS):
            self.level += 1
        return right

    def defend(self, guard: Callable[[str, str, str], bool]) -> Defence:
        """Let `guard(message, reply, secret)` say whether a reply may pass, and be attacked."""
        return defend(guard)

    def transcript(self) -> str:
        """The game so far, to share: no message, no reply and no word is in it."""
        told = [f"guard game: {self.score} points"]
        for number, played in enumerate(self._played, 1):
            if played.lengths or played.guesses:
                state = "won" if played.won else "open"
                told.append(
                    f"level {number}: {state}, {len(played.lengths)} messages "
                    f"({played.refused} refused), {sum(played.lengths)} characters, "
                    f"{played.guesses} guesses, {played.score} points")
        return "\n".join(told)

    def _send(self, **request: Any) -> dict[str, Any]:
        room = self._room
        if room.stdin is None or room.stdout is None:
            raise RuntimeError("the keeper's room has no door")
        room.stdin.write(json.dumps({"level": self.level, **request}) + "\n")
        room.stdin.flush()
        return json.loads(room.stdout.readline())


def _close(room: subprocess.Popen) -> None:
    for pipe in (room.stdin, room.stdout):
        if pipe is not None:
            pipe.close()
    room.wait(timeout=5)
