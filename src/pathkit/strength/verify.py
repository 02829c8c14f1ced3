"""Measure how strong the checks are: references, stubs, misconceptions, mutants."""

from __future__ import annotations

import dataclasses
import itertools
import linecache
import sys
import time
from collections.abc import Iterator
from typing import Any

from pathkit.checks.exercise import Exercise
from pathkit.checks.faults import alike
from pathkit.checks.judge import is_right
from pathkit.checks.plain import Opaque
from pathkit.checks.well_formed import place_of
from pathkit.strength.mutation import Mutant, mutants
from pathkit.strength.soundness import Unsound, unsound

SEEDS = (0, 1)
# Many mutants never end. One may take longer than the reference, but not for ever.
MUTANT_SECONDS = 2.0
SLOWER = 20
AT_LEAST_SECONDS = 0.3

_numbers = itertools.count()


@dataclasses.dataclass(frozen=True)
class Report:
    """What was measured of one exercise; `faults` are lines for whoever mends it.

    killed + survived + equivalent is the number of mutants tried.
    """

    exercise: str
    misconceptions: int
    killed: int
    survived: tuple[Mutant, ...]
    equivalent: int
    faults: tuple[str, ...]

    @property
    def mutants(self) -> int:
        """Non-equivalent mutants."""
        return self.killed + len(self.survived)

    @property
    def score(self) -> float:
        """The share of non-equivalent mutants rejected, 0 to 1."""
        return self.killed / self.mutants if self.mutants else 1.0

    @property
    def good(self) -> bool:
        """Whether nothing is left to mend."""
        return not self.faults and not self.survived


def verify(exercise: Exercise, least: int = 0) -> Report:
    """Run everything we promise of an exercise's checks.

    least: how many misconceptions the path demands.
    """
    broken = list(unsound(exercise))
    if any(one.fatal for one in broken):
        # Whatever mutants did, it would say nothing about the checks.
        return Report(exercise.id, len(exercise.misconceptions), 0, (), 0, _lines(broken))
    faults = [*_lines(broken), *_promises(exercise, least)]
    killed, survived, equivalent = 0, [], set()
    seconds = _patience(exercise)
    for mutant in mutants(exercise.source):
        if not passes(exercise, mutant, seconds):
            killed += 1
        elif mutant.line in exercise.equivalents:
            equivalent.add(mutant.line)
        else:
            survived.append(mutant)
    stale = [line for line in exercise.equivalents if line not in equivalent]
    faults += [f"listed as equivalent, but no mutant that passes reads: {line}" for line in stale]
    return Report(
        exercise.id, len(exercise.misconceptions), killed, tuple(survived), len(equivalent),
        tuple(faults),
    )


def _lines(broken: list[Unsound]) -> tuple[str, ...]:
    return tuple(str(one) for one in broken)


def _promises(exercise: Exercise, least: int) -> Iterator[str]:
    if (known := len(exercise.misconceptions)) < least:
        yield f"{place_of(exercise.reference)}{known} misconceptions; at least {least} are needed"
    yield from _stub(exercise)
    for seed in SEEDS:
        yield from _reference(exercise, seed)
        yield from _misconceptions(exercise, seed)


def _stub(exercise: Exercise) -> Iterator[str]:
    if exercise.is_value:
        status = exercise.check(...).status
    else:
        try:
            untouched = compiled(exercise, exercise.stub)
        except Exception as error:
            yield f"the stub doesn't run: {type(error).__name__}: {error}"
            return
        status = exercise.check(untouched).status
        if is_right(exercise.plain_run(untouched, 0, MUTANT_SECONDS), exercise.standard(0)):
            yield "the stub passes: nothing need be written"
    if status != "not attempted":
        yield f"the stub is judged {status}, not 'not attempted'"


def _reference(exercise: Exercise, seed: int) -> Iterator[str]:
    verdict = exercise.check(exercise, seed)
    if not verdict.passed:
        yield f"seed {seed}: the reference is judged {verdict.status}: {verdict.message}"
    if exercise.accept is None:
        for result in exercise.standard(seed).expected.results:
            hidden = next(_hidden(getattr(result, "value", None)), None)
            if hidden:
                yield f"seed {seed}: the reference returns what can't be compared: {hidden}"
                return


def _hidden(value: Any) -> Iterator[str]:
    """What a comparison can't look into: all objects of one class look equal."""
    match value:
        case Opaque():
            yield value.type_name
        case list() | tuple() | set():
            for part in value:
                yield from _hidden(part)
        case dict():
            yield from _hidden([*value, *value.values()])


def _misconceptions(exercise: Exercise, seed: int) -> Iterator[str]:
    standard = exercise.standard(seed)
    known = standard.known()
    for wrong in known:
        if is_right(wrong.outputs, standard):
            yield f"seed {seed}: the misconception {wrong.name} passes"
    for one, other in itertools.combinations(known, 2):
        if alike(one.outputs, other.outputs, standard):
            yield f"seed {seed}: {one.name} and {other.name} can't be told apart by the probes"
    for wrong in exercise.misconceptions:
        verdict = exercise.check(exercise.answer_of(wrong.answer), seed)
        if verdict.misconception != wrong.name:
            got = verdict.misconception or verdict.status
            yield f"seed {seed}: {wrong.name} is taken for {got}"


def _patience(exercise: Exercise) -> float:
    """Seconds that a mutant gets: a multiple of what the reference takes, within bounds."""
    begun = time.monotonic()
    exercise.plain_run(exercise.right_answer(), 0)
    taken = time.monotonic() - begun
    return min(exercise.seconds, MUTANT_SECONDS, max(AT_LEAST_SECONDS, SLOWER * taken))


def passes(exercise: Exercise, mutant: Mutant, seconds: float = MUTANT_SECONDS) -> bool:
    """Whether the checks let a mutant through that gets `seconds` to run."""
    try:
        answer = exercise.answer_of(compiled(exercise, mutant.source))
    except (Exception, SystemExit):
        return False
    return is_right(exercise.plain_run(answer, 0, seconds), exercise.standard(0))


def compiled(exercise: Exercise, source: str) -> Any:
    """The function or class that `source` defines, in the namespace of the exercise's file."""
    filename = f"<{exercise.id} {next(_numbers)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace = dict(vars(sys.modules[exercise.reference.__module__]))
    exec(compile(source, filename, "exec"), namespace)
    return namespace[exercise.name]
