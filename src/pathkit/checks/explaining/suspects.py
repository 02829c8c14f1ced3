"""Right answers with one thing changed, and which of them an answer can't be told from."""

from __future__ import annotations

import ast
import contextlib
import itertools
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

from pathkit.checks.compare import Tolerance
from pathkit.checks.explaining.changed_arguments import asked_otherwise
from pathkit.checks.explaining.suspect import SECONDS, Suspect
from pathkit.checks.faults import alike_on
from pathkit.checks.outputs import Output, Outputs, Raised
from pathkit.checks.plain import plain, size
from pathkit.checks.run import Drive, outcome
from pathkit.mutants.change import Change, Path
from pathkit.mutants.mutation import changes
from pathkit.mutants.pairs import together
from pathkit.mutants.syntax_tree import definition, with_part
from pathkit.mutants.wording import names_in

# A loop of a changed answer may never end. This is more than any probe needs.
MOST_ROUNDS = 100_000
MOST_PAIRS = 300
COMMON = 28

class TooManyRounds(BaseException):
    """Not an Exception, so that the changed code can't swallow it."""


class Suspects:
    """The changed answers of one exercise under one seed, each compiled when it is asked for."""

    def __init__(
        self, right: Any, source: str, stub: str, name: str, namespace: dict[str, Any],
        parameters: Sequence[str], probes: Sequence[tuple], drive: Drive, tolerance: Tolerance,
    ):
        self._tree = ast.Module([definition(source)], [])
        self._loops = any(isinstance(n, ast.For | ast.While) for n in ast.walk(self._tree))
        self._seen = names_in(stub)
        self._name, self._namespace = name, namespace
        self._probes, self._drive, self._tolerance = probes, drive, tolerance
        sizes = [size(plain(probe)) for probe in probes]
        # The smallest first: most suspects are let off there.
        self._order = sorted(range(len(probes)), key=lambda i: (sizes[i], i))
        self._made: list[Suspect] = []
        self._left = itertools.chain(
            self._singles(), asked_otherwise(right, probes, drive, parameters))
        self._pairs: list[Suspect] | None = None
        self._common: list[tuple[Path, Change]] = []

    def fitting(self, outputs: Outputs, until: float, only: Sequence[int] = ()) -> list[Suspect]:
        """Those with the results of `outputs` on all probes; looks on until `time.thread_time`.

        only: the probes to look at, from 0; all where none are named.
        """
        found = [one for one in self._all(until) if self._fits(one, outputs, only)]
        if not found and time.thread_time() < until:
            found = [one for one in self._both(until) if self._fits(one, outputs, only)]
        return found

    def _all(self, until: float) -> Iterator[Suspect]:
        yield from list(self._made)
        while time.thread_time() < until:
            suspect = next(self._left, None)
            if suspect is None:
                return
            self._made.append(suspect)
            yield suspect

    def _both(self, until: float) -> Iterator[Suspect]:
        """Two of the commonest changes together."""
        if self._pairs is None:
            self._pairs = list(self._two())
        for suspect in self._pairs:
            if time.thread_time() > until:
                return
            yield suspect

    def _fits(self, suspect: Suspect, outputs: Outputs, only: Sequence[int]) -> bool:
        return all(
            alike_on(suspect.result(i), outputs.results[i], self._tolerance)
            for i in self._order if i < len(outputs.results) and (i in only or not only)
        )

    def _singles(self) -> Iterator[Suspect]:
        [node] = self._tree.body
        found = list(changes(node, self._seen))
        # What people do most is looked at first, for the case that time runs out.
        found.sort(key=lambda one: not one[1].common)
        often = [one for one in found if one[1].common and one[1].said]
        often.sort(key=lambda one: (one[1].finer, not one[1].what.startswith("dropped")))
        self._common = often[:COMMON]
        for path, change in found:
            yield self._suspect([(path, change)], change.said, _weight(change))

    def _two(self) -> Iterator[Suspect]:
        [node] = self._tree.body
        pairs = itertools.combinations(self._common, 2)
        both = ((pair, together(node, *pair)) for pair in pairs)
        for pair, parts in itertools.islice((b for b in both if b[1]), MOST_PAIRS):
            one, other = (change.said[0] for _, change in pair)
            said = f"{one}; and {other}" if one != other else f"{one}, in more than one place"
            yield self._suspect(parts, (said,), 0)

    def _suspect(
        self, parts: Sequence[tuple[Path, Change]], said: tuple[str, ...], weight: int
    ) -> Suspect:
        made: list[Any] = []

        def run(probe: int) -> Output:
            if not made:
                made.append(self._compiled(parts))
            if isinstance(made[0], Raised):
                return made[0]
            self._rounds = 0
            return outcome(made[0], self._probes[probe], self._drive, SECONDS)

        return Suspect(said, weight, run)

    def _compiled(self, parts: Sequence[tuple[Path, Change]]) -> Any:
        space = {**self._namespace, "__tick__": self._tick}
        try:
            with contextlib.ExitStack() as stack:
                for path, change in parts:
                    ast.fix_missing_locations(change.new)
                    stack.enter_context(with_part(self._tree, ("body", 0, *path), change.new))
                with _counted(self._tree) if self._loops else contextlib.nullcontext():
                    code = compile(self._tree, "<changed>", "exec")
            exec(code, space)
            return space[self._name]
        except Exception as error:
            return Raised(type(error).__name__, str(error))

    def _tick(self) -> None:
        self._rounds += 1
        if self._rounds > MOST_ROUNDS:
            raise TooManyRounds


def _weight(change: Change) -> int:
    left_out = change.what in ("dropped the right operand", "dropped the left operand")
    return 3 if left_out else int(change.common)


_TICK = ast.fix_missing_locations(
    ast.Expr(ast.Call(ast.Name("__tick__", ast.Load()), [], [])))


@contextlib.contextmanager
def _counted(tree: ast.AST) -> Iterator[None]:
    """The tree with every round of a loop counted within the block."""
    bodies = {id(n.body): n.body for n in ast.walk(tree) if isinstance(n, ast.For | ast.While)}
    for body in bodies.values():
        body.insert(0, _TICK)
    try:
        yield
    finally:
        for body in bodies.values():
            body.pop(0)


def suspects_of(exercise: Any, seed: int) -> Suspects | None:
    """The suspects of an exercise; None where there is no code whose change could be said."""
    if exercise.is_value:
        return None
    try:
        space = dict(vars(sys.modules[exercise.reference.__module__]))
        return Suspects(
            exercise.reference, exercise.source, exercise.stub, exercise.name, space,
            exercise.parameters, exercise.draw(seed), exercise.drive, exercise.tolerance,
        )
    except (OSError, TypeError, ValueError, SyntaxError):  # no source to be had
        return None
