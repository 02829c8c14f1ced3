"""What is said of a wrong answer that no misconception names."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from typing import NamedTuple

from pathkit.checks.explaining.cases import ENOUGH, Case, cases_of, evidence
from pathkit.checks.explaining.probe_kinds import kinds
from pathkit.checks.explaining.relations import related, strong
from pathkit.checks.explaining.suspect import Suspect
from pathkit.checks.faults import failing
from pathkit.checks.outputs import Outputs
from pathkit.checks.standard import Standard

# Seconds that looking for what fits may take after a wrong answer.
SECONDS = 0.9
# Of a sentence with a cause it is said what it means: these results, not the learner's code.
_ONE = "Your results are those of the right answer but for one thing: {}."
_TWO = "Your results are those of the right answer but for two things: {}."


class Explanation(NamedTuple):
    """message: what is off; cause: in a few words, where one known change has these results."""

    message: str
    cause: str = ""


def explain(outputs: Outputs, standard: Standard) -> Explanation | None:
    """What can be told of wrong outputs beyond one failing call; None where nothing can."""
    cases = cases_of(outputs, standard)
    wrong = [case for case in cases if not case.right]
    if wrong and evidence(cases, standard.tolerance) >= ENOUGH:
        if cause := _cause(outputs, standard, cases):
            message = (_TWO if "; and " in cause else _ONE).format(cause)
            if not _all(cases, standard):
                message = f"Where a result comes back: {message[0].lower()}{message[1:]}"
            elif standard.accept is None:
                message += " " + strong(cases, standard.parameters, standard.tolerance)
            return Explanation(message.strip(), cause)
    said = _relation(cases, standard) if wrong else ""
    if not said:
        said = kinds(standard.probes, failing(outputs, standard), standard.parameters)
    return Explanation(said) if said else None


def _all(cases: Sequence[Case], standard: Standard) -> bool:
    return len(cases) == len(standard.probes)


def _relation(cases: Sequence[Case], standard: Standard) -> str:
    if standard.accept is not None or not _all(cases, standard):
        return ""
    with contextlib.suppress(MemoryError):
        return related(cases, standard.parameters, standard.tolerance)
    return ""


def _cause(outputs: Outputs, standard: Standard, cases: Sequence[Case]) -> str:
    """What all changed right answers with these results have in common, in words."""
    suspects = standard.suspects()
    if suspects is None:
        return ""
    until = time.thread_time() + SECONDS
    fitting = suspects.fitting(outputs, until)
    if not fitting and not _all(cases, standard) and len(cases) > 1:
        # Errors are worded by how something is written: two ways to one fault raise two.
        returned = [case.probe for case in cases]
        fitting = suspects.fitting(outputs, until, returned)
    return shared(fitting)


def shared(fitting: Sequence[Suspect]) -> str:
    """The narrowest that is true of all of them; "" where there is nothing.

    What can't be put into words is another way to the same results and speaks neither for nor
    against. Where they disagree, one that people do often goes before those that nobody does.
    """
    told = [one for one in fitting if one.said]
    for group in (told, [one for one in told if one.common]):
        if group:
            for said in group[0].said:
                if all(said in one.said for one in group):
                    return said
    return ""
