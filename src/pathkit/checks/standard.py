"""What outputs are held against: the reference's, a property, and known wrong answers'."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pathkit.checks.compare import Tolerance
from pathkit.checks.outputs import Outputs

if TYPE_CHECKING:
    from pathkit.checks.explaining.suspects import Suspects

Accept = Callable[..., str | None]


@dataclasses.dataclass(frozen=True)
class Known:
    """A wrong answer people really give: its name, its outputs on the probes, its explanation."""

    name: str
    message: str
    outputs: Outputs


@dataclasses.dataclass(frozen=True)
class Standard:
    """What outputs are held against.

    accept: None to compare with `expected`; else `accept(value, *probe)` says what is wrong
    with a value, or returns None when it has the wanted property.
    known: computed only when something is wrong, since it costs as many runs as there are
    misconceptions.
    may_change: whether the answer is meant to alter its arguments in place.
    parameters: what the parts of a probe are called.
    signature: how the function that the cell came with is called, as in `f(x, k)`; "" of a class.
    called: whether a probe holds the answer's arguments; else a drive makes the call.
    own_result: whether a result is the answer's own; else a drive made it of several.
    returns: what the parts of a result are called, by their place or key.
    suspects: right answers with one thing changed, made only when nothing known fits.
    """

    exercise: str
    parameters: tuple[str, ...]
    probes: Sequence[tuple]
    expected: Outputs
    known: Callable[[], Sequence[Known]]
    accept: Accept | None = None
    tolerance: Tolerance = dataclasses.field(default_factory=Tolerance)
    may_change: bool = False
    passed: str = ""
    called: bool = True
    signature: str = ""
    own_result: bool = True
    returns: Sequence[str] | Mapping[Any, str] = ()
    suspects: Callable[[], Suspects | None] = lambda: None
