"""The objects that a call gives back, with the attributes of the usual chat client."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """What is to be called: `arguments` is a string of JSON, as a model wrote it."""

    name: str
    arguments: str


@dataclass(frozen=True)
class ToolCall:
    """A call that the model asks for; the `id` ties its result to it."""

    id: str
    function: Function
    type: str = "function"


@dataclass(frozen=True)
class Message:
    """What the model says: a text, or calls of tools."""

    content: str | None
    tool_calls: tuple[ToolCall, ...] | None = None
    role: str = "assistant"

    def model_dump(self) -> dict:
        """As it goes back into `messages`."""
        plain: dict = {"role": self.role, "content": self.content}
        if self.tool_calls:
            plain["tool_calls"] = [
                {"id": call.id, "type": call.type,
                 "function": {"name": call.function.name, "arguments": call.function.arguments}}
                for call in self.tool_calls
            ]
        return plain


@dataclass(frozen=True)
class Choice:
    """One answer, and why it ended: stop, length or tool_calls."""

    message: Message
    finish_reason: str
    index: int = 0


@dataclass(frozen=True)
class Usage:
    """The tokens that are paid for."""

    prompt_tokens: int
    completion_tokens: int

    @property
    def total_tokens(self) -> int:
        """In and out together."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True)
class Completion:
    """One whole answer to a call."""

    id: str
    model: str
    choices: tuple[Choice, ...]
    usage: Usage
    object: str = "chat.completion"


@dataclass(frozen=True)
class Delta:
    """What a piece of a stream adds."""

    content: str | None = None
    tool_calls: tuple[ToolCall, ...] | None = None
    role: str | None = None


@dataclass(frozen=True)
class ChunkChoice:
    """A piece's part of one answer."""

    delta: Delta
    finish_reason: str | None = None
    index: int = 0


@dataclass(frozen=True)
class Chunk:
    """One piece of a stream; the last has a `finish_reason`, and `usage` where it was asked for."""

    id: str
    model: str
    choices: tuple[ChunkChoice, ...]
    usage: Usage | None = None
    object: str = "chat.completion.chunk"
