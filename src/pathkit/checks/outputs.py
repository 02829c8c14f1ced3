"""What a run of a learner's answer left behind: plain data, readable in another process."""

from __future__ import annotations

import dataclasses
import json
from typing import Any, Literal

from pathkit.checks.plain import MOST_NAME, decode, encode

# Characters. A run keeps to them; what claims to come from one and doesn't is no run's.
MOST_PRINTED, MOST_MESSAGE, MOST_CODE, MOST_SAID = 2000, 300, 300, 1000
MOST_WARNED = 5  # warnings of one call


@dataclasses.dataclass(frozen=True)
class Warned:
    """A warning with its kind, as in `RuntimeWarning: overflow encountered in exp`.

    line and code: the learner's own line that it came from.
    """

    message: str
    line: int
    code: str = ""


@dataclasses.dataclass(frozen=True)
class Returned:
    """A call came back with `value` (plain); `changed` names the arguments it altered in place.

    warned: what was warned of at the learner's own lines, in order.
    """

    value: Any
    changed: tuple[int, ...] = ()
    printed: str = ""
    warned: tuple[Warned, ...] = ()


@dataclasses.dataclass(frozen=True)
class Raised:
    """A call raised; `line` and `code` are the learner's own last line, where there is one.

    outside: where no line of the learner's was running, "call" says that the arguments didn't fit
    the parameters, "check" that the check itself stopped at what it had been given.
    """

    error: str
    message: str
    line: int | None = None
    code: str = ""
    printed: str = ""
    outside: Literal["", "call", "check"] = ""


@dataclasses.dataclass(frozen=True)
class TimedOut:
    """A call was stopped after `seconds`."""

    seconds: float
    line: int | None = None
    code: str = ""
    printed: str = ""


Output = Returned | Raised | TimedOut


@dataclasses.dataclass(frozen=True)
class Outputs:
    """One answer's results, one for each probe.

    attempted: False while the answer is still the stub.
    unusable: why the answer could not be called at all ("" when it could).
    blank: the line of a `...` that is left in the answer; 0 where there is one, but no line.
    varies: the first probe whose call gave something else when it was made again; None where none
    did, or none was made again.
    """

    results: tuple[Output, ...] = ()
    attempted: bool = True
    unusable: str = ""
    blank: int | None = None
    varies: int | None = None

    def to_json(self) -> str:
        """One line of JSON without code, object references or pickles."""
        results = []
        for result in self.results:
            fields = dataclasses.asdict(result) if not isinstance(result, Returned) else {
                "value": encode(result.value),
                "changed": list(result.changed),
                "printed": result.printed,
                "warned": [dataclasses.asdict(warning) for warning in result.warned],
            }
            results.append({"kind": type(result).__name__, **fields})
        head = {name: getattr(self, name) for name in sorted(_HEAD - {"results"})}
        return json.dumps({**head, "results": results})

    @classmethod
    def from_json(cls, text: str) -> Outputs:
        """Read what `to_json` wrote.

        Raises ValueError for anything else, whoever wrote it.
        """
        try:
            data = json.loads(text)
            _require(isinstance(data, dict) and set(data) == _HEAD)
            blank = data["blank"]
            varies = data["varies"]
            _require(all(line is None or _is_index(line) for line in (blank, varies)))
            _require(isinstance(data["attempted"], bool))
            _require(isinstance(data["unusable"], str) and len(data["unusable"]) <= MOST_SAID)
            _require(isinstance(data["results"], list))
            results = tuple(_result(fields) for fields in data["results"])
            return cls(results, data["attempted"], data["unusable"], blank, varies)
        except (TypeError, RecursionError) as error:
            raise ValueError(f"these are not outputs of a run: {error}") from error


_LONGEST = {
    "printed": MOST_PRINTED, "error": MOST_NAME, "message": MOST_SAID, "code": MOST_CODE,
}
_HEAD = {"attempted", "unusable", "blank", "varies", "results"}


def _result(fields: Any) -> Output:
    """One result; every field is looked at, since nobody knows who wrote it."""
    if isinstance(fields, dict):
        _require(all(len(text) <= _LONGEST[name] for name, text in fields.items()
                     if name in _LONGEST and isinstance(text, str)))
    match fields:
        case {
            "kind": "Returned", "value": value, "changed": list() as changed,
            "printed": str() as printed, "warned": list() as warned, **rest,
        } if not rest and all(map(_is_index, changed)) and len(warned) <= MOST_WARNED:
            return Returned(decode(value), tuple(changed), printed, tuple(map(_warning, warned)))
        case {
            "kind": "Raised", "error": str() as error, "message": str() as message,
            "line": line, "code": str() as code, "printed": str() as printed,
            "outside": "" | "call" | "check" as outside, **rest,
        } if not rest and (line is None or _is_index(line)):
            return Raised(error, message, line, code, printed, outside)
        case {
            "kind": "TimedOut", "seconds": int() | float() as seconds, "line": line,
            "code": str() as code, "printed": str() as printed, **rest,
        } if not rest and (line is None or _is_index(line)) and 0 <= seconds < 1e9:
            return TimedOut(seconds, line, code, printed)
    raise ValueError("this is not the result of a call")


def _warning(fields: Any) -> Warned:
    match fields:
        case {"message": str() as message, "line": line, "code": str() as code, **rest} if (
            not rest and _is_index(line)
            and len(message) <= MOST_MESSAGE and len(code) <= MOST_CODE
        ):
            return Warned(message, line, code)
    raise ValueError("this is not a warning")


def _is_index(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**31


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError("these are not outputs of a run")
