"""What a rule of the stand-in sees of one call."""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, field

from pathkit.offline_client.reading import orders, text_of


@dataclass(frozen=True)
class Conversation:
    """One call: all messages, the tools, and a source of chance that the seed decides.

    The same call gives the same answer: only `seed` and what was said decide.
    """

    messages: list[dict]
    tools: list[dict] = field(default_factory=list)
    temperature: float = 0.0
    seed: int = 0
    obeys_text: float = 1.0

    @property
    def chance(self) -> random.Random:
        """Chance that the seed and all that was said decide."""
        said = "\n".join(text_of(message) for message in self.messages)
        return random.Random(zlib.crc32(f"{self.seed}\n{said}".encode()))

    def pick(self, options: list[str]) -> str:
        """The first option at temperature 0 or without one, else any."""
        return self.chance.choice(options) if self.temperature else options[0]

    def all_of(self, *roles: str) -> str:
        """What those roles said, one message a line."""
        return "\n".join(text_of(m) for m in self.messages if m["role"] in roles)

    @property
    def system(self) -> str:
        """What the program's author told the model."""
        return self.all_of("system", "developer")

    @property
    def asked(self) -> str:
        """The last thing that the user said."""
        return next((text_of(m) for m in reversed(self.messages) if m["role"] == "user"), "")

    @property
    def results(self) -> list[str]:
        """What tools gave back since the user last spoke."""
        found: list[str] = []
        for message in self.messages:
            if message["role"] == "user":
                found = []
            elif message["role"] == "tool":
                found.append(text_of(message))
        return found

    @property
    def done(self) -> int:
        """How many tool calls were made since the user last spoke."""
        made = 0
        for message in self.messages:
            made = 0 if message["role"] == "user" else made + len(message.get("tool_calls") or ())
        return made

    @property
    def order_in_text(self) -> str:
        """An order that stands in what the user or a tool handed over, if it is obeyed here."""
        found = orders("\n".join([self.asked, *self.results]))
        if found and self.chance.random() < self.obeys_text:
            return found[-1]
        return ""
