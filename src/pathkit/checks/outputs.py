"""What a run of a learner's answer left behind: plain data, readable in another process."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from pathkit.checks.plain import decode, encode


@dataclasses.dataclass(frozen=True)
class Returned:
    """A call came back with `value` (plain); `changed` names the arguments it altered in place."""

    value: Any
    changed: tuple[int, ...] = ()
    printed: str = ""


@dataclasses.dataclass(frozen=True)
class Raised:
    """A call raised; `line` and `code` are the learner's own last line, where there is one."""

    error: str
    message: str
    line: int | None = None
    code: str = ""
    printed: str = ""


@dataclasses.dataclass(frozen=True)
class TimedOut:
    """A call was stopped after `seconds`."""

    seconds: float
    line: int | None = None
    code: str = ""


Output = Returned | Raised | TimedOut


@dataclasses.dataclass(frozen=True)
class Outputs:
    """One answer's results, one for each probe.

    attempted: False while the answer is still the stub.
    unusable: why the answer could not be called at all ("" when it could).
    blank: the line of a `...` that is left in the answer.
    """

    results: tuple[Output, ...] = ()
    attempted: bool = True
    unusable: str = ""
    blank: int | None = None

    def to_json(self) -> str:
        """One line of JSON without code, object references or pickles."""
        results = []
        for result in self.results:
            fields = dataclasses.asdict(result) if not isinstance(result, Returned) else {
                "value": encode(result.value),
                "changed": list(result.changed),
                "printed": result.printed,
            }
            results.append({"kind": type(result).__name__, **fields})
        head = {"attempted": self.attempted, "unusable": self.unusable, "blank": self.blank}
        return json.dumps({**head, "results": results})

    @classmethod
    def from_json(cls, text: str) -> Outputs:
        """Read what `to_json` wrote.

        Raises ValueError for anything else, whoever wrote it.
        """
        try:
            data = json.loads(text)
            results = tuple(_result(dict(r)) for r in data["results"])
            blank = data["blank"]
            return cls(
                results,
                bool(data["attempted"]),
                str(data["unusable"]),
                None if blank is None else int(blank),
            )
        except (KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
            raise ValueError(f"these are not outputs of a run: {error}") from error


def _result(fields: dict) -> Output:
    kind = fields.pop("kind")
    if kind == "Returned":
        changed = tuple(int(i) for i in fields["changed"])
        return Returned(decode(fields["value"]), changed, str(fields["printed"]))
    if kind == "Raised":
        return Raised(**fields)
    if kind == "TimedOut":
        return TimedOut(**fields)
    raise ValueError(f"unknown result {kind!r}")
