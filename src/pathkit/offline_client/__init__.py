"""`path.client()`: an offline stand-in for a language model, behind the usual chat client's calls.

It is no model. A few rules read the prompt: they quote the passage that shares most words with the
question, call the tool whose description fits, and obey orders wherever they stand. What a lesson
measures around it (retrieval, tests, caches, prices, guards) is real; how well it answers is not.
To use a model, put its client in the place of `path.client()`: the calls are the same.
"""

from pathkit.offline_client.client import PRICES, Client
from pathkit.offline_client.conversation import Conversation
from pathkit.offline_client.errors import (
    APIError,
    APIStatusError,
    APITimeoutError,
    BadRequestError,
    NotFoundError,
    RateLimitError,
)
from pathkit.offline_client.shapes import Function
from pathkit.offline_client.tool_loop import Run, describe, run_tools

__all__ = [
    "PRICES", "APIError", "APIStatusError", "APITimeoutError", "BadRequestError", "Client",
    "Conversation", "Function", "NotFoundError", "RateLimitError", "Run", "client", "describe",
    "run_tools",
]


def client(**settings) -> Client:
    """A client that needs no network and no key, and gives the same answers every time.

    prices: dollars for a million tokens in and out, by model: `{"stand-in": (1.0, 4.0)}`.
    rules: functions tried before its own; each gets the Conversation and returns a text, a
    Function to call, or None.
    obeys_text: the share of orders standing in a text or a tool's result that it follows, 1.0.
    context: tokens of the longest prompt. requests_per_minute: None for no limit.
    failures: `{2: "rate limit", 5: "timeout"}` makes those calls fail.
    seconds: what an answer is said to take, at all and for each token; nobody waits for it.
    """
    return Client(**settings)
