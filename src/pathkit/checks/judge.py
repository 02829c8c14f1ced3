"""From outputs to a verdict. Never calls the learner's code."""

from __future__ import annotations

import contextlib
import dataclasses
from typing import TYPE_CHECKING

from pathkit.checks import fault_messages
from pathkit.checks.fault_messages import blank_note, printed, sentence
from pathkit.checks.faults import Fault, alike, all_faults, incomplete, most_telling
from pathkit.checks.outputs import Outputs
from pathkit.checks.slips import slipped
from pathkit.checks.standard import Known, Standard
from pathkit.checks.verdict import Verdict

if TYPE_CHECKING:
    from pathkit.checks.nearly import Near


def judge(outputs: Outputs, standard: Standard) -> Verdict:
    """The verdict on `outputs`; misconceptions are named before generic faults."""
    name = standard.exercise
    if not outputs.attempted:
        return Verdict(name, "not attempted", fault_messages.to_begin(outputs))
    unusable = outputs.unusable or incomplete(outputs, standard)
    if unusable:
        return Verdict(name, "not usable", sentence(unusable))
    faults = all_faults(outputs, standard)
    if not faults:
        return Verdict(name, "passed", standard.passed, tuple(printed(outputs.results)))
    fitting = [k for k in standard.known() if alike(k.outputs, outputs, standard)]
    if len({known.message for known in fitting}) == 1:
        return _named(fitting[0], outputs, standard)
    if not fitting and (found := _with_a_slip(outputs, standard)):
        known, slip = found
        return _named(known, outputs, standard, (f"Besides, {slip}.",))
    return _explained(faults, outputs, standard, tell_near=not fitting)


def _explained(
    faults: list[Fault], outputs: Outputs, standard: Standard, *, tell_near: bool
) -> Verdict:
    """The verdict with what is off in its first sentence, where that can be told.

    What the exercise's own code says of the fault stays in front, unless a misconception is named.
    """
    from pathkit.checks.explaining.explain import explain  # only a wrong answer needs it
    from pathkit.checks.nearly import nearly

    fault = most_telling(faults, standard)
    verdict, said = _generic(fault, faults, outputs, standard), fault.said
    if verdict.status == "changed its input":
        return verdict
    found, near = None, None
    with contextlib.suppress(Exception):  # the verdict stands, whatever an odd value does here
        found = explain(outputs, standard)
        near = nearly(outputs, standard) if tell_near else None
    if near is not None and not (found and found.everywhere):
        return _nearly_named(near, faults, outputs, standard)
    if found is None or said and not found.cause:
        return verdict
    if said:  # it knows what the exercise is about
        notes = (*verdict.notes[:1], found.message, *verdict.notes[1:])
        return dataclasses.replace(verdict, notes=notes, cause=found.cause)
    if not found.cause and verdict.status not in ("wrong value", "not finite"):
        # That a result is of a wrong type, or none at all, comes before what else can be seen.
        return dataclasses.replace(verdict, message=f"{verdict.message} {found.message}")
    return dataclasses.replace(
        verdict, message=found.message, notes=(verdict.message, *verdict.notes), cause=found.cause,
    )


def _named(
    known: Known, outputs: Outputs, standard: Standard, besides: tuple[str, ...] = ()
) -> Verdict:
    return Verdict(
        standard.exercise, "misconception", known.message, tuple(printed(outputs.results)),
        notes=(*besides, *blank_note(outputs)), misconception=known.name,
    )


def _nearly_named(
    near: Near, faults: list[Fault], outputs: Outputs, standard: Standard
) -> Verdict:
    """A misconception that fits but for some calls, with one of those that it fits on."""
    from pathkit.checks.nearly import said

    message, note = said(near, outputs)
    fault = most_telling([f for f in faults if f.probe in near.same], standard)
    shown = fault_messages.shown(fault, outputs.results[fault.probe], standard)
    return Verdict(
        standard.exercise, "misconception", message, tuple(shown),
        notes=(note, *blank_note(outputs)), misconception=near.known.name,
    )


def _with_a_slip(outputs: Outputs, standard: Standard) -> tuple[Known, str] | None:
    """The one misconception that these outputs are with a second slip, and what that is."""
    if _slip(standard.expected, outputs, standard):
        return None  # the idea is right
    found = [(k, said) for k in standard.known() if (said := _slip(k.outputs, outputs, standard))]
    return found[0] if len(found) == 1 else None


def _slip(known: Outputs, outputs: Outputs, standard: Standard) -> str:
    """What makes the known outputs these, "" where no single slip does."""
    for said, changed, tolerance in slipped(known, outputs, standard.tolerance):
        if alike(changed, outputs, dataclasses.replace(standard, tolerance=tolerance)):
            return said
    return ""


def _generic(
    fault: Fault, faults: list[Fault], outputs: Outputs, standard: Standard
) -> Verdict:
    result = outputs.results[fault.probe]
    message = sentence(fault_messages.message(fault, result, standard))
    shown = fault_messages.shown(fault, result, standard)
    notes = (*blank_note(outputs), *fault_messages.count_note(faults, fault, standard))
    return Verdict(standard.exercise, fault.kind, message, tuple(shown), notes)


def is_right(outputs: Outputs, standard: Standard) -> bool:
    """Whether `judge` would pass these outputs, without finding out why not."""
    unusable = outputs.unusable or incomplete(outputs, standard)
    return outputs.attempted and not unusable and not all_faults(outputs, standard)
