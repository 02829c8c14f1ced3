"""How the stand-in chooses a tool: by the words that its description shares with the request."""

from __future__ import annotations

import json
import re

from pathkit.offline_client.conversation import Conversation
from pathkit.offline_client.reading import words
from pathkit.offline_client.shapes import Function

QUOTED = re.compile(r"\"([^\"]+)\"|`([^`]+)`|(?<!\w)'([^']+)'(?!\w)")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
STEP = re.compile(r"(?:[,;.]\s*|\s+)(?:and )?then\s+|;\s*", re.IGNORECASE)


def steps(asked: str) -> list[str]:
    """A request in its steps: it is cut at *then* and at semicolons."""
    return [part.strip() for part in STEP.split(asked) if part.strip()]


def tool_call(talk: Conversation) -> Function | None:
    """The next call, or None where nothing is left to do or no tool's description fits."""
    order = talk.order_in_text
    if order and not _made(talk, order):
        found = best(talk.tools, order)
        if found:
            return Function(found["name"], json.dumps(arguments(found, order, [])))
    todo = steps(talk.asked)
    if talk.done >= len(todo):
        return None
    found = best(talk.tools, todo[talk.done])
    if not found:
        return None
    return Function(found["name"], json.dumps(arguments(found, todo[talk.done], talk.results)))


def best(tools: list[dict], request: str) -> dict | None:
    """The tool whose name and description share most words with the request; ties: the first."""
    asked = set(words(request))
    chosen, most = None, 0
    for tool in tools:
        one = tool["function"]
        shared = len(asked & set(words(f"{one['name']} {one.get('description', '')}")))
        if shared > most:
            chosen, most = one, shared
    return chosen


def arguments(tool: dict, request: str, results: list[str]) -> dict:
    """Quoted pieces and numbers of the request, in order, under the names of the parameters.

    A text that nothing is left for gets what the last tool gave back, else the whole request.
    """
    quoted = ["".join(piece) for piece in QUOTED.findall(request)]
    numbers = NUMBER.findall(QUOTED.sub("", request))
    given: dict = {}
    for name, about in tool.get("parameters", {}).get("properties", {}).items():
        kind = about.get("type", "string")
        if kind == "integer" and numbers:
            given[name] = int(float(numbers.pop(0)))
        elif kind == "number" and numbers:
            given[name] = float(numbers.pop(0))
        elif kind == "boolean":
            given[name] = not re.search(r"\b(?:not|no|without)\b", request, re.IGNORECASE)
        elif kind == "string" and quoted:
            given[name] = quoted.pop(0)
        elif kind == "string" and name in tool.get("parameters", {}).get("required", [name]):
            given[name] = results[-1] if results else request
    return given


def _made(talk: Conversation, order: str) -> bool:
    """Whether the order was carried out: the call it leads to is among those made."""
    found = best(talk.tools, order)
    wanted = found and (found["name"], json.dumps(arguments(found, order, [])))
    return any(
        (call["function"]["name"], call["function"]["arguments"]) == wanted
        for message in talk.messages for call in message.get("tool_calls") or ()
    )
