"""`path.run_tools`: ask, call what the model asks for, hand the result back, until it answers."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

KINDS = {str: "string", int: "integer", float: "number", bool: "boolean",
         "str": "string", "int": "integer", "float": "number", "bool": "boolean"}


@dataclass
class Run:
    """What came of it: the answer or None, all messages, and each call with what became of it.

    `calls` holds (name, arguments, result); `refused` holds (name, arguments, why).
    `stopped` is "answered" or "budget".
    """

    answer: str | None
    messages: list[dict]
    stopped: str
    calls: list[tuple[str, dict, str]] = field(default_factory=list)
    refused: list[tuple[str, dict, str]] = field(default_factory=list)
    prompt_tokens: int = 0
    completion_tokens: int = 0


def describe(tool: Callable) -> dict:
    """A Python function as a model is told of it: name, first line, parameters and their types."""
    said = (inspect.getdoc(tool) or "").splitlines()
    parameters = inspect.signature(tool).parameters
    return {"type": "function", "function": {
        "name": tool.__name__,
        "description": said[0] if said else "",
        "parameters": {
            "type": "object",
            "properties": {
                name: {"type": KINDS.get(one.annotation, "string")}
                for name, one in parameters.items()
            },
            "required": [n for n, one in parameters.items() if one.default is one.empty],
        },
    }}


def run_tools(
    client: Any, messages: Sequence[Mapping], tools: Sequence[Callable], *, budget: int = 8,
    allow: Callable[[str, dict], str | None] | None = None, model: str = "stand-in",
) -> Run:
    """Let a model use tools, Python functions with a docstring, for `budget` asks at most.

    allow(name, arguments) is asked before each call, and returns None, or why it may not be made:
    the model is told so in place of a result. A tool that raises has its error handed back.
    """
    run = Run(None, [dict(m) for m in messages], "budget")
    by_name = {tool.__name__: tool for tool in tools}
    told = [describe(tool) for tool in tools]
    for _ in range(budget):
        reply = client.chat.completions.create(model=model, messages=run.messages, tools=told)
        run.prompt_tokens += reply.usage.prompt_tokens
        run.completion_tokens += reply.usage.completion_tokens
        message = reply.choices[0].message
        run.messages.append(message.model_dump())
        if not message.tool_calls:
            run.answer, run.stopped = message.content, "answered"
            break
        for call in message.tool_calls:
            result = _called(run, by_name, call.function, allow)
            run.messages.append({"role": "tool", "tool_call_id": call.id, "content": result})
    return run


def _called(run: Run, by_name: Mapping[str, Callable], asked: Any, allow: Callable | None) -> str:
    try:
        given = json.loads(asked.arguments)
    except json.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        run.refused.append((asked.name, {}, "arguments are no JSON object"))
        return "Refused: arguments are no JSON object"
    why = f"there is no tool {asked.name}" if asked.name not in by_name else (
        allow(asked.name, given) if allow else None)
    if why is not None:
        run.refused.append((asked.name, given, why))
        return f"Refused: {why}"
    try:
        result = str(by_name[asked.name](**given))
    except Exception as error:  # whatever it is, the model is told and may try otherwise
        result = f"{type(error).__name__}: {error}"
    run.calls.append((asked.name, given, result))
    return result
