"""Which hint comes next, and in which words it is given: the same in notebooks and terminal."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pathkit.errors import NothingMatched
from pathkit.learner.progress import Progress
from pathkit.path_map import Exercise


@dataclasses.dataclass(frozen=True)
class Hint:
    """One hint, Markdown. head: which one it is, in a line; step: its number, from 1."""

    head: str
    text: str
    step: int


def tried_last(progress: Progress, module: str = "") -> Exercise:
    """The exercise that was tried last and doesn't pass yet; of one module, where it is named.

    Raises NothingMatched when nothing was tried, or when all of what was tried last passes.
    """
    tried = [name for name in progress.tried if module in ("", name.rpartition(".")[0])]
    if not tried:
        raise NothingMatched("you have tried no exercise yet; name one, and the first hint comes")
    last = tried[-1].rpartition(".")[0]
    for name in reversed(tried):
        if name.rpartition(".")[0] == last and not progress.exercise(name).passed:
            try:
                return progress.path.exercise(name)[1]
            except KeyError:  # it was taken out of the path
                continue
    raise NothingMatched(
        f"{tried[-1]}, which you tried last, passes; name the exercise that you want a hint for"
    )


def hint(name: str, hints: Sequence[str], step: int) -> Hint:
    """One of the hints for an exercise, by its number."""
    return Hint(f"{name}, hint {step} of {len(hints)}:", hints[step - 1], step)


def all_given(name: str, of: int, again: str, solution: str) -> str:
    """What to say when no hint is left. again, solution: what repeats them and shows an answer."""
    return f"all {of} hints for {name} were given; {again} repeats them, {solution} shows an answer"
