"""What is said of a wrong answer that no misconception names."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pathkit.checks.explaining.cases import ENOUGH, Case, cases_of, evidence, is_finite
from pathkit.checks.explaining.probe_kinds import kinds
from pathkit.checks.explaining.relations import related, strong
from pathkit.checks.explaining.suspect import Suspect
from pathkit.checks.faults import all_faults, failing
from pathkit.checks.outputs import Outputs
from pathkit.checks.standard import Standard

# Seconds that looking for what fits may take after a wrong answer.
SECONDS = 0.9
# Of a sentence with a cause it is said what it means: these results, not the learner's code.
_ONE = "Your results are those of the right answer but for one thing: {}."
_TWO = "Your results are those of the right answer but for two things: {}."
_VARIES = (
    "Two calls with the same arguments gave different results. Something in them is drawn at "
    "random or kept from one call to the next; what comes back must follow from the arguments "
    "alone."
)
_VARIES_CAUSE = "two calls with the same arguments give different results"


class Explanation(NamedTuple):
    """message: what is off; cause: in a few words, where one known change has these results.

    everywhere: whether the cause has the results of all calls.
    """

    message: str
    cause: str = ""
    everywhere: bool = False


def explain(outputs: Outputs, standard: Standard) -> Explanation | None:
    """What can be told of wrong outputs beyond one failing call; None where nothing can."""
    if outputs.varies is not None:
        return Explanation(_VARIES, _VARIES_CAUSE, everywhere=True)
    cases = cases_of(outputs, standard)
    until = time.thread_time() + SECONDS
    for where, some in _views(cases, standard):
        cause = _cause(outputs, standard, some, until)
        if cause:
            message = (_TWO if "; and " in cause else _ONE).format(cause)
            if not where and standard.accept is None:
                message += " " + strong(cases, standard.parameters, standard.tolerance)
            return Explanation(_beginning(where, message.strip()), cause, not where)
    for where, some in _views(cases, standard):
        if standard.accept is None and (said := related(
                some, standard.parameters, standard.tolerance, standard.returns)):
            return Explanation(_beginning(where, said))
    if any(fault.kind == "wrong dtype" for fault in all_faults(outputs, standard)):
        return None  # where numbers are too coarse is no matter of the call
    said = kinds(standard.probes, failing(outputs, standard), standard.parameters)
    return Explanation(said) if said else None


def _views(cases: Sequence[Case], standard: Standard) -> Iterator[tuple[str, Sequence[Case]]]:
    """What may be looked at: everything; what came back; of that, what is finite.

    An error or an overflow on one probe hides what is off on all the others, and errors are worded
    by how something is written: two ways to one fault raise two. A part must tell enough by itself.
    """
    finite = [c for c in cases if is_finite(c.got) or not is_finite(c.expected)]
    if len(cases) == len(standard.probes):
        yield "", cases
    elif _several(cases):
        yield "Where a result comes back: ", cases
    if 0 < len(finite) < len(cases) and _several(finite):
        yield "Where the result is finite: ", finite


def _several(cases: Sequence[Case]) -> bool:
    return sum(not case.right for case in cases) > 1


def _beginning(where: str, message: str) -> str:
    return f"{where}{message[0].lower()}{message[1:]}" if where else message


def _cause(
    outputs: Outputs, standard: Standard, cases: Sequence[Case], until: float
) -> str:
    """What all changed right answers with these results have in common, in words."""
    if evidence(cases, standard.tolerance) < ENOUGH:
        return ""
    suspects = standard.suspects()
    if suspects is None:
        return ""
    return shared(suspects.fitting(outputs, until, [case.probe for case in cases]))


def shared(fitting: Sequence[Suspect]) -> str:
    """The narrowest that is true of all of them; "" where there is nothing.

    What can't be put into words is another way to the same results and speaks neither for nor
    against. Where they disagree, those of most weight are heard alone.
    """
    told = [one for one in fitting if one.said]
    for weight in (0, 1, 2, 3):
        group = [one for one in told if one.weight >= weight]
        for said in group[0].said if group else ():
            if all(said in one.said for one in group):
                return said
    return ""
