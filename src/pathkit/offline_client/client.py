"""The client: it checks a call as a service would, asks the rules, and counts tokens."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pathkit.offline_client.answering import answer
from pathkit.offline_client.conversation import Conversation
from pathkit.offline_client.errors import (
    APITimeoutError,
    BadRequestError,
    NotFoundError,
    RateLimitError,
)
from pathkit.offline_client.reading import prompt_length, text_of, tokens
from pathkit.offline_client.shapes import (
    Choice,
    Chunk,
    ChunkChoice,
    Completion,
    Delta,
    Function,
    Message,
    ToolCall,
    Usage,
)
from pathkit.offline_client.tool_choice import tool_call

# Dollars for a million tokens in and out: invented, round, and yours to replace by today's.
PRICES = {"stand-in": (1.0, 4.0), "stand-in-large": (10.0, 40.0)}
ROLES = ("system", "developer", "user", "assistant", "tool")
Rule = Callable[[Conversation], "str | Function | None"]


class Client:
    """Stands in for a client of a language model: the same calls, rules instead of a model.

    `client.chat.completions.create(model=, messages=, …)` is the only way in.
    """

    def __init__(
        self, *, prices: Mapping[str, tuple[float, float]] | None = None,
        rules: Sequence[Rule] = (), obeys_text: float = 1.0, context: int = 4096,
        requests_per_minute: float | None = None, failures: Mapping[int, str] | None = None,
        seconds: tuple[float, float] = (0.5, 0.03), clock: Callable[[], float] = time.monotonic,
    ):
        self.prices = dict(PRICES if prices is None else prices)
        self.rules, self.obeys_text, self.context = tuple(rules), obeys_text, context
        self.requests_per_minute, self.failures = requests_per_minute, dict(failures or {})
        self.seconds, self.clock = seconds, clock
        self.calls = 0
        self._recent: deque[float] = deque()
        self.chat = self.completions = self

    def create(
        self, *, model: str, messages: Sequence[Mapping[str, Any]],
        tools: Sequence[Mapping[str, Any]] | None = None, stream: bool = False,
        max_tokens: int | None = None, seed: int | None = None, temperature: float | None = None,
        stream_options: Mapping[str, Any] | None = None, timeout: float | None = None,
    ) -> Completion | Iterator[Chunk]:
        """One answer to some messages; with `stream=True` in pieces, as they are written.

        Raises RateLimitError, BadRequestError, NotFoundError or APITimeoutError.
        """
        self.calls += 1
        self._refuse(model, messages, max_tokens)
        talk = Conversation([dict(m) for m in messages], [dict(t) for t in tools or ()],
                            temperature or 0.0, seed or 0, self.obeys_text)
        sent = prompt_length(talk.messages, talk.tools)
        if sent > self.context:
            raise BadRequestError(f"the messages have {sent} tokens; at most {self.context} fit")
        done = self._said(talk, model, sent, max_tokens)
        wait = self.seconds[0] + self.seconds[1] * done.usage.completion_tokens
        if timeout is not None and wait > timeout:
            raise APITimeoutError(f"no whole answer within {timeout:g} seconds")
        usage = bool(stream_options and stream_options.get("include_usage"))
        return _pieces(done, usage) if stream else done

    def _refuse(self, model: str, messages: Sequence[Mapping], max_tokens: int | None) -> None:
        failure = self.failures.get(self.calls)
        if failure == "timeout":
            raise APITimeoutError("the service did not answer in time")
        if failure or self._too_many():
            raise RateLimitError("too many requests: wait, then send the same again")
        if model not in self.prices:
            raise NotFoundError(f"no model {model!r}; there is: {', '.join(self.prices)}")
        if not messages:
            raise BadRequestError("messages must not be empty")
        for message in messages:
            if message.get("role") not in ROLES:
                raise BadRequestError(f"role {message.get('role')!r} is none of {', '.join(ROLES)}")
        asked = {call["id"] for m in messages for call in m.get("tool_calls") or ()}
        for message in messages:
            if message["role"] == "tool" and message.get("tool_call_id") not in asked:
                raise BadRequestError("a tool's message must bear the id of a call before it")
        if max_tokens is not None and max_tokens < 1:
            raise BadRequestError("max_tokens must be 1 at least")

    def _too_many(self) -> bool:
        if self.requests_per_minute is None:
            return False
        now = self.clock()
        while self._recent and self._recent[0] <= now - 60:
            self._recent.popleft()
        if len(self._recent) >= self.requests_per_minute:
            return True
        self._recent.append(now)
        return False

    def _said(self, talk: Conversation, model: str, sent: int, most: int | None) -> Completion:
        said: str | Function | None = None
        for rule in self.rules:
            said = rule(talk)
            if said is not None:
                break
        if said is None and talk.tools:
            said = tool_call(talk)
        if said is None:
            said = answer(talk)
        name = f"call_{self.calls}"
        if isinstance(said, Function):
            message = Message(None, (ToolCall(name, said),))
            reason, length = "tool_calls", len(tokens(said.name + said.arguments))
        else:
            written = tokens(said)
            reason = "length" if most is not None and len(written) > most else "stop"
            message = Message("".join(written[:most]))
            length = min(len(written), most or len(written))
        return Completion(f"chat_{self.calls}", model, (Choice(message, reason),),
                          Usage(sent, length))


def _pieces(done: Completion, with_usage: bool) -> Iterator[Chunk]:
    choice = done.choices[0]
    if choice.message.tool_calls:
        yield _chunk(done, Delta(tool_calls=choice.message.tool_calls, role="assistant"))
    for piece in tokens(text_of({"content": choice.message.content})):
        yield _chunk(done, Delta(content=piece))
    yield Chunk(done.id, done.model, (ChunkChoice(Delta(), choice.finish_reason),))
    if with_usage:
        yield Chunk(done.id, done.model, (), done.usage)


def _chunk(done: Completion, delta: Delta) -> Chunk:
    return Chunk(done.id, done.model, (ChunkChoice(delta),))
