"""Hold many answers against the probes of several seeds, one probe at a time.

Most mutants are wrong on the smallest probe, and most probes are the same under every seed: one
call, and the mutant is refused under all of them.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Sequence
from typing import Any

from pathkit.checks.compare import difference
from pathkit.checks.exercise import Exercise
from pathkit.checks.judge import is_right
from pathkit.checks.outputs import Output, Outputs, TimedOut
from pathkit.checks.plain import Opaque, opaque_in, plain, size
from pathkit.checks.run import EXACTLY, on_probe
from pathkit.checks.settings import standard_settings
from pathkit.checks.standard import Standard

IMPATIENT = 4


@dataclasses.dataclass(frozen=True)
class _Probe:
    """One probe of a seed with what is expected of it alone.

    fresh: whether it is drawn anew for each answer, since a call may change what it holds.
    """

    seed: int
    index: int
    standard: Standard
    size: int
    fresh: bool


class Trial:
    """The probes of one exercise under `seeds`; each answer has `seconds` for a seed's probes."""

    def __init__(self, exercise: Exercise, seeds: Sequence[int], seconds: float):
        self.exercise = exercise
        self.seeds = seeds
        self.seconds = seconds
        drawn = {seed: sorted(_probes(exercise, seed), key=lambda p: p.size) for seed in seeds}
        first = drawn[seeds[0]]
        self.same = [p for p in first if all(_among(p, drawn[seed]) for seed in seeds)]
        indices = {probe.index for probe in self.same}
        self.own = {
            seed: [p for p in probes if p.index not in indices] for seed, probes in drawn.items()
        }

    def passes_under(self, answer: Any) -> int | None:
        """The first seed under which `answer` is right; None when it is refused under all."""
        if not self.exercise.is_value and not callable(answer):
            return None
        likely = self._unrefuted(answer)
        # In the order and the time of a check: what is shown to learners decides.
        return next((seed for seed in likely if self._passes(answer, seed)), None)

    def _unrefuted(self, answer: Any) -> list[int]:
        """The seeds whose probes, each alone, show nothing wrong."""
        seconds, found = self.seconds, []
        with standard_settings():
            if self._refuting(answer, self.same, seconds):
                return []
            for seed in self.seeds:
                output = self._refuting(answer, self.own[seed], seconds)
                if output is None:
                    found.append(seed)
                elif isinstance(output, TimedOut):
                    # It goes on for ever, most likely, and would do so under each seed.
                    seconds = self.seconds / IMPATIENT
        return found

    def _refuting(self, answer: Any, probes: Sequence[_Probe], seconds: float) -> Output | None:
        """The first output that is wrong; None when none is."""
        for probe in probes:
            standard = probe.standard
            if probe.fresh:
                drawn = self.exercise.draw(probe.seed)[probe.index]
                standard = dataclasses.replace(standard, probes=[drawn])
            output = on_probe(answer, standard.probes[0], self.exercise.drive, seconds)
            if not is_right(Outputs((output,)), standard):
                return output
        return None

    def _passes(self, answer: Any, seed: int) -> bool:
        outputs = self.exercise.plain_run(answer, seed, self.seconds)
        return is_right(outputs, self.exercise.standard(seed))


def _probes(exercise: Exercise, seed: int) -> Iterator[_Probe]:
    whole = exercise.standard(seed)
    pairs = zip(whole.probes, whole.expected.results, strict=True)
    for index, (probe, expected) in enumerate(pairs):
        alone = dataclasses.replace(whole, probes=[probe], expected=Outputs((expected,)))
        kept = plain(probe)
        yield _Probe(seed, index, alone, size(kept), _has_memory(probe))


def _among(probe: _Probe, others: Sequence[_Probe]) -> bool:
    """Whether another seed has the same arguments at this place."""
    other = next((o for o in others if o.index == probe.index), None)
    if other is None or other.seed == probe.seed:
        return other is not None
    mine, theirs = probe.standard.probes[0], other.standard.probes[0]
    # A function, a model, a generator: whether two are the same can't be seen.
    if len(mine) != len(theirs) or any(True for _ in opaque_in(plain(mine))):
        return False
    return all(difference(plain(a), plain(b), EXACTLY) is None
               for a, b in zip(mine, theirs, strict=True))


def _has_memory(value: Any) -> bool:
    """Whether a call may leave something behind in a probe that isn't copied for each call."""
    match value:
        case list() | tuple() | set():
            return any(map(_has_memory, value))
        case dict():
            return any(map(_has_memory, [*value, *value.values()]))
        case types.FunctionType():
            return bool(value.__closure__)
        case types.BuiltinFunctionType() | type() | Exercise():
            return False
    return isinstance(plain(value), Opaque)
