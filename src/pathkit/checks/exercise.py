"""Exercises: a reference, the probes that tell right from wrong, and known wrong answers."""

from __future__ import annotations

import dataclasses
import functools
import inspect
import sys
import types
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pathkit.checks import well_formed
from pathkit.checks.compare import Tolerance
from pathkit.checks.judge import is_right, judge
from pathkit.checks.misconception import Misconception
from pathkit.checks.outputs import Outputs
from pathkit.checks.run import Drive, call, run
from pathkit.checks.second_calls import varies
from pathkit.checks.settings import standard_settings
from pathkit.checks.source import stub
from pathkit.checks.standard import Accept, Known, Standard
from pathkit.checks.verdict import Verdict
from pathkit.one_line import OneLine

if TYPE_CHECKING:
    from pathkit.checks.explaining.suspects import Suspects

Probes = Callable[[np.random.Generator], Sequence[tuple]]

# The reference gets more time than an answer: on a busy machine it must still be there.
PATIENCE = 6.0


class ExerciseError(OneLine):
    """An exercise or a call of the checks is not well formed; the message says how to mend it."""


class Exercise:
    """One thing to write. Calling it calls the reference, so lessons can use it as the answer."""

    def __init__(
        self,
        reference: Any,
        *,
        title: str,
        level: str,
        minutes: int,
        prompt: str,
        probes: Probes,
        hints: Sequence[str],
        errors: Sequence[tuple[str, str]] = (),
        passed: str = "",
        given: str = "",
        drive: Drive = call,
        accept: Accept | None = None,
        tolerance: Tolerance | None = None,
        seconds: float = 5.0,
        may_change: bool = False,
        is_value: bool = False,
        equivalents: Sequence[str] = (),
        returns: Sequence[str] | Mapping[Any, str] = (),
    ):
        if fault := next(well_formed.faults(locals()), None):
            place = well_formed.place_of(reference)
            raise ExerciseError(f"{place}{reference.__name__}: {fault}")
        functools.update_wrapper(self, reference, updated=())
        self.reference = reference
        self.title = title
        self.level = level
        self.minutes = minutes
        self.prompt = prompt
        self.probes = probes
        self.hints = tuple(hints)
        self.errors = tuple(errors)
        self.passed = passed
        self.given = given
        self.drive = drive
        self.accept = accept
        self.tolerance = tolerance or Tolerance()
        self.seconds = seconds
        self.may_change = may_change
        self.is_value = is_value
        self.equivalents = tuple(equivalents)
        self.returns = returns
        self.misconceptions: list[Misconception] = []

    @property
    def name(self) -> str:
        """The name learners define."""
        return self.reference.__name__

    @property
    def module(self) -> str:
        """The id of the module it belongs to: the name of its file's folder, with hyphens."""
        return self.reference.__module__.split(".")[-2:][0].replace("_", "-")

    @property
    def id(self) -> str:
        """Unique in the path: `module.name`."""
        return f"{self.module}.{self.name}"

    @property
    def file(self) -> Path:
        """The file that defines it."""
        return Path(str(sys.modules[self.reference.__module__].__file__))

    @functools.cached_property
    def source(self) -> str:
        """The reference's source text, decorators included."""
        return inspect.getsource(self.reference)

    @functools.cached_property
    def stub(self) -> str:
        """What a learner starts from."""
        return self.given or stub(self.source)

    @functools.cached_property
    def parameters(self) -> tuple[str, ...]:
        """What the parts of a probe are called, for messages."""
        called = self.drive is call
        named = _parameters(self.reference if called else self.drive)
        return named if called else named[1:]

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """Call the reference."""
        return self.reference(*arguments, **keywords)

    def misconception(self, message: str) -> Callable[[Any], Any]:
        """Register the decorated wrong answer; `message` explains the idea behind it."""

        if callable(message):
            self._refuse_message(message, message)

        def register(answer: Any) -> Any:
            self._refuse_message(message, answer)
            self.misconceptions.append(Misconception(answer.__name__, message, answer))
            return answer

        return register

    def spelling(self, of: Any) -> Callable[[Any], Any]:
        """Register the decorated answer as the misconception `of` in other code, told alike."""

        def register(answer: Any) -> Any:
            found = [known for known in self.misconceptions if known.answer is of]
            if not found:
                place = well_formed.place_of(answer)
                raise ExerciseError(f"{place}{well_formed.fault_of_spelling(self.name)}")
            self.misconceptions.append(found[0].spelt(answer))
            return answer

        return register

    def _refuse_message(self, message: Any, answer: Any) -> None:
        """Raise ExerciseError for what is no message."""
        if fault := well_formed.fault_of_message(message, self.name):
            raise ExerciseError(f"{well_formed.place_of(answer)}{fault}")

    def draw(self, seed: int = 0) -> list[tuple]:
        """The probes for `seed`: the notebook uses 0, grading draws others.

        Raises ExerciseError when `probes` returns anything but tuples.
        """
        with standard_settings():
            rng = np.random.default_rng([zlib.crc32(self.id.encode()), seed])
            probes = self.probes(rng)
            probes = list(probes) if isinstance(probes, Iterator | tuple) else probes
            if fault := well_formed.fault_of_probes(probes):
                raise ExerciseError(f"{well_formed.place_of(self.reference)}{self.name}: {fault}")
            return list(probes)

    def run(self, answer: Any, seed: int = 0) -> Outputs:
        """Run an answer on the probes: the half that calls the learner's code."""
        return self._run(answer, seed, self.seconds, "" if self.is_value else self.stub)

    def judge(self, outputs: Outputs, seed: int = 0) -> Verdict:
        """Judge outputs of `run` under the same seed: the half that never calls it."""
        with standard_settings():
            return judge(outputs, self.standard(seed))

    def check(self, answer: Any, seed: int = 0) -> Verdict:
        """Run and judge in one go, as a notebook does."""
        with standard_settings():
            if answer is self or answer is self.reference:
                answer = self.right_answer()
            outputs = self.run(answer, seed)
            if outputs.results and not is_right(outputs, self.standard(seed)):
                outputs = dataclasses.replace(outputs, varies=varies(self, answer, outputs, seed))
            return self.judge(outputs, seed)

    def standard(self, seed: int) -> Standard:
        """What outputs are held against under `seed`."""
        if seed not in self._standards:
            self._standards[seed] = Standard(
                exercise=self.id,
                parameters=self.parameters,
                called=self.drive is call,
                signature=_signature(self.reference),
                own_result=self._hands_results_on,
                returns=self.returns,
                probes=self.draw(seed),
                expected=self.plain_run(self.right_answer(), seed, PATIENCE * self.seconds),
                known=functools.cache(lambda: self._known(seed)),
                suspects=functools.cache(lambda: self._suspects(seed)),
                accept=self.accept,
                tolerance=self.tolerance,
                may_change=self.may_change,
                passed=self.passed,
            )
        return self._standards[seed]

    @property
    def _hands_results_on(self) -> bool:
        """Whether the drive returns what the answer returned: a call, a value, a model's output."""
        return self.drive is call or self.is_value or getattr(self.drive, "own_result", False)

    @functools.cached_property
    def _standards(self) -> dict[int, Standard]:
        return {}

    def right_answer(self) -> Any:
        """What a learner's right answer is: the reference itself, or the value it returns."""
        return self.answer_of(self.reference)

    def answer_of(self, written: Any) -> Any:
        """What is judged of a function or class written for this exercise."""
        with standard_settings():
            return written() if self.is_value else written

    def _known(self, seed: int) -> list[Known]:
        return [
            Known(wrong.name, wrong.message, self.plain_run(self.answer_of(wrong.answer), seed))
            for wrong in self.misconceptions
        ]

    def _suspects(self, seed: int) -> Suspects | None:
        from pathkit.checks.explaining.suspects import suspects_of  # only a wrong answer needs it

        return suspects_of(self, seed)

    def plain_run(self, answer: Any, seed: int, seconds: float | None = None) -> Outputs:
        """Run an answer of ours: there is no stub to compare it with."""
        return self._run(answer, seed, seconds or self.seconds, "")

    def _run(self, answer: Any, seed: int, seconds: float, stub: str) -> Outputs:
        return run(
            answer,
            self.draw(seed),
            drive=self.drive,
            stub=stub,
            seconds=seconds,
            needs_call=not self.is_value,
        )


def _parameters(function: Any) -> tuple[str, ...]:
    try:
        found = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(p.name for p in found if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD))


def _signature(reference: Any) -> str:
    """`f(x, k)`; "" of a class, whose methods have one each, and where any arguments are taken."""
    if not isinstance(reference, types.FunctionType) or not reference.__name__.isidentifier():
        return ""
    names = _parameters(reference)
    whole = len(names) == len(inspect.signature(reference).parameters)
    return f"{reference.__name__}({', '.join(names)})" if whole else ""


def exercise(**settings: Any) -> Callable[[Any], Exercise]:
    """Make the decorated function or class the reference of an exercise.

    title, prompt: what the notebook says above the stub (Markdown; two sentences).
    level, minutes: easy, medium, hard or very-hard, and the time it takes.
    probes: `rng -> [arguments, …]`, drawn anew for each seed; asymmetric shapes and odd values.
    hints: three or more: a question, then shapes or pseudocode, then the line with a hole.
    errors: (error text, what it means) pairs for the "I see error …" hint.
    passed: what the learner has now shown, said on a pass.
    given: the code to start from, when it isn't the reference with its body left out.
    drive: `(answer, *probe) -> value`, when the answer isn't a plain function.
    returns: what the parts of a result are called in messages, in their order or by their key,
        as in `("loss", "gradient of C")`.
    accept: `(value, *probe) -> None or what is wrong`, for answers judged by a property.
    tolerance, seconds, may_change: how near, how long, and whether in-place changes are meant.
    is_value: the answer is a value; the reference is then a function that returns a right one.
    equivalents: mutated lines that are right all the same, for `pathkit verify`.
    Raises ExerciseError when a setting is missing or wrong.
    """
    return lambda reference: Exercise(reference, **settings)
