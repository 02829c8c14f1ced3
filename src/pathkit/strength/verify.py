"""Measure how strong the checks are: references, right answers, misconceptions, mutants."""

from __future__ import annotations

import dataclasses
import itertools
import linecache
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pathkit.checks.exercise import Exercise
from pathkit.checks.faults import alike
from pathkit.checks.judge import is_right
from pathkit.checks.plain import opaque_in
from pathkit.checks.well_formed import place_of
from pathkit.mutants.mutation import Mutant, mutants
from pathkit.path_modules import OURS, Modules
from pathkit.strength.right_answers import refused_right_answers, right_answers
from pathkit.strength.soundness import Unsound, unsound
from pathkit.strength.trial import Trial

SEEDS = (0, 1, 2)
# Many mutants never end. One may take longer than the reference, but not for ever.
MUTANT_SECONDS = 2.0
SLOWER = 20
AT_LEAST_SECONDS = 0.3
MOST_SEEDS = 5  # named in one line

_numbers = itertools.count()


@dataclasses.dataclass(frozen=True)
class Survivor:
    """A mutant that passes though it is listed nowhere; seed: the first under which it does."""

    line: str
    change: str
    seed: int


@dataclasses.dataclass(frozen=True)
class Report:
    """What was measured of one exercise; `faults` are lines for whoever mends it.

    killed + survived + equivalent is the number of mutants tried; right_answers: how many are
    kept beside the reference.
    """

    exercise: str
    misconceptions: int
    killed: int
    survived: tuple[Survivor, ...]
    equivalent: int
    faults: tuple[str, ...]
    right_answers: int = 0

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


def verify(
    exercise: Exercise, least: int = 0, seeds: Sequence[int] = SEEDS, *,
    least_right: int = 0, modules: Modules = OURS,
) -> Report:
    """Run everything we promise of an exercise's checks, under each of `seeds`.

    least: how many misconceptions the path demands; least_right: how many right answers beside
    the reference. modules: where the exercise's module lies.
    Raises KeptAnswerError for a file of right answers that can't be read.
    """
    known, kept = _how_many(exercise), len(right_answers(exercise, modules))
    broken = list(unsound(exercise))
    if any(one.fatal for one in broken):
        # Whatever mutants did, it would say nothing about the checks.
        return Report(exercise.id, known, 0, (), 0, _lines(broken), kept)
    faults = [*_lines(broken), *_promises(exercise, least, seeds)]
    if kept < least_right:
        faults.append(f"{place_of(exercise.reference)}{kept} right answers are kept beside the "
                      f"reference; at least {least_right} are needed")
    faults += _by_seed((seed, fault) for seed in seeds
                       for fault in refused_right_answers(exercise, modules, seed))
    killed, survived, equivalent = _mutants(exercise, seeds)
    stale = [line for line in exercise.equivalents if line not in equivalent]
    faults += [f"listed as equivalent, but no mutant that passes reads: {line}" for line in stale]
    return Report(
        exercise.id, known, killed, tuple(survived), len(equivalent), tuple(faults), kept)


def _mutants(exercise: Exercise, seeds: Sequence[int]) -> tuple[int, list[Survivor], set[str]]:
    """How many are refused under all seeds, which pass, and the lines of equivalent ones."""
    killed, survived, equivalent = 0, [], set()
    trial = Trial(exercise, seeds, _patience(exercise, seeds[0]))
    for mutant in mutants(exercise.source):
        seed = passes_under(trial, mutant)
        if seed is None:
            killed += 1
        elif mutant.line in exercise.equivalents:
            equivalent.add(mutant.line)
        else:
            survived.append(Survivor(mutant.line, mutant.change, seed))
    return killed, survived, equivalent


def _lines(broken: list[Unsound]) -> tuple[str, ...]:
    return tuple(str(one) for one in broken)


def _how_many(exercise: Exercise) -> int:
    """Misconceptions, each counted once in however many spellings."""
    return sum(not wrong.spelling for wrong in exercise.misconceptions)


def _promises(exercise: Exercise, least: int, seeds: Sequence[int]) -> Iterator[str]:
    if (known := _how_many(exercise)) < least:
        yield f"{place_of(exercise.reference)}{known} misconceptions; at least {least} are needed"
    yield from _stub(exercise)
    yield from _by_seed(
        (seed, fault) for seed in seeds
        for fault in (*_reference(exercise, seed), *_misconceptions(exercise, seed))
    )


def _by_seed(found: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Each fault once, with the seeds under which it shows."""
    seeds: dict[str, list[int]] = {}
    for seed, fault in found:
        seeds.setdefault(fault, []).append(seed)
    for fault, under in seeds.items():
        named = ", ".join(map(str, under[:MOST_SEEDS]))
        more = f" and {len(under) - MOST_SEEDS} more" if len(under) > MOST_SEEDS else ""
        yield f"seed{'s' * (len(under) > 1)} {named}{more}: {fault}"


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
        yield f"the reference is judged {verdict.status}: {verdict.message}"
    if exercise.accept is None:
        for result in exercise.standard(seed).expected.results:
            hidden = next(opaque_in(getattr(result, "value", None)), None)
            if hidden:
                yield f"the reference returns what can't be compared: {hidden.type_name}"
                return


def _misconceptions(exercise: Exercise, seed: int) -> Iterator[str]:
    standard = exercise.standard(seed)
    known = standard.known()
    for wrong in known:
        if is_right(wrong.outputs, standard):
            yield f"the misconception {wrong.name} passes"
    for one, other in itertools.combinations(known, 2):
        if one.name != other.name and alike(one.outputs, other.outputs, standard):
            yield f"{one.name} and {other.name} can't be told apart by the probes"
    for wrong in known:
        verdict = exercise.judge(wrong.outputs, seed)
        if verdict.misconception != wrong.name:
            yield f"{wrong.name} is taken for {verdict.misconception or verdict.status}"


def _patience(exercise: Exercise, seed: int) -> float:
    """Seconds that a mutant gets: a multiple of what the reference takes, within bounds."""
    begun = time.monotonic()
    exercise.plain_run(exercise.right_answer(), seed)
    taken = time.monotonic() - begun
    return min(exercise.seconds, MUTANT_SECONDS, max(AT_LEAST_SECONDS, SLOWER * taken))


def passes(exercise: Exercise, mutant: Mutant, seconds: float = MUTANT_SECONDS) -> bool:
    """Whether the checks let a mutant through under seed 0 that gets `seconds` to run."""
    return passes_under(Trial(exercise, (0,), seconds), mutant) is not None


def passes_under(trial: Trial, mutant: Mutant) -> int | None:
    """The first of the trial's seeds under which the mutant passes; None when under none."""
    try:
        answer = trial.exercise.answer_of(compiled(trial.exercise, mutant.source))
    except (Exception, SystemExit):
        return None
    return trial.passes_under(answer)


def compiled(exercise: Exercise, source: str) -> Any:
    """The function or class that `source` defines, in the namespace of the exercise's file."""
    filename = f"<{exercise.id} {next(_numbers)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace = dict(vars(sys.modules[exercise.reference.__module__]))
    exec(compile(source, filename, "exec"), namespace)
    return namespace[exercise.name]
