"""What goes wrong between a program and a model, under the names that the usual clients use."""

from __future__ import annotations


class APIError(Exception):
    """Whatever a call can end with instead of an answer."""

    status_code: int | None = None


class APITimeoutError(APIError):
    """The answer took longer than the caller was ready to wait."""


class APIStatusError(APIError):
    """The service answered, with a number that says why it won't."""


class BadRequestError(APIStatusError):
    """The same call will fail again: something in it must change first."""

    status_code = 400


class NotFoundError(APIStatusError):
    """No model has this name."""

    status_code = 404


class RateLimitError(APIStatusError):
    """Too many calls in too short a time: the same call may be right a little later."""

    status_code = 429
