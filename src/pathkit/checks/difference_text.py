"""The words for a difference: where it is, by the names of a result's parts, and what came."""

from __future__ import annotations

from pathkit.checks.compare import Difference
from pathkit.checks.outputs import Output
from pathkit.checks.standard import Standard
from pathkit.checks.value_text import short


def told(found: Difference, result: Output, standard: Standard) -> str:
    """One or two sentences without the last full stop."""
    if found.key:
        return _of_key(found)
    label, where = named_part(found.where, standard)
    at = f" at {where}" if where else ""
    if label:
        return _of_part(found, f"{label}{at}", f"{label} is{at}" if where else label)
    if found.where and not standard.own_result:
        at = f"{at} of what the check computed from your answer"
    match found.kind:
        case "wrong type":
            forgotten = ". Is there a `return`?" if (found.got, at) == ("None", "") else ""
            return f"The result{at} is {found.got}; expected {found.expected}{forgotten}"
        case "wrong shape":
            has = "has shape " if found.got.startswith("(") else "has "
            return f"The result{at} {has}{found.got}; expected {found.expected}"
        case "wrong dtype":
            return f"The result{at} holds {found.got}; expected {found.expected}"
        case "not finite":
            return f"The result{at} is {found.got}; expected {found.expected}{_warned(result)}"
    return f"First difference{at}: got {found.got}, expected {found.expected}"


def _of_key(found: Difference) -> str:
    key, inside = found.key, found.where.removesuffix(f"[{found.key}]")
    where = f" at {inside}" if inside else ""
    if found.got == "no such key":
        return f"The key {key} is missing in the result{where}; expected under it: {found.expected}"
    return f"The result{where} has a key {key} that isn't expected; under it: {found.got}"


def _of_part(found: Difference, part: str, place: str) -> str:
    """Of a part with a name, in words that fit one thing and several."""
    if found.kind == "wrong value":
        return (f"The first difference in the {place}: got {found.got}, "
                f"expected {found.expected}")
    if found.kind == "wrong shape":
        how = "shape" if found.got.startswith("(") else "length"
        return f"The {how} of the {part}: got {found.got}, expected {found.expected}"
    return f"The {part} came as {found.got}; expected {found.expected}"


def named_part(where: str, standard: Standard) -> tuple[str, str]:
    """The name of the part of a result that a path leads into, and the rest of the path."""
    named = standard.returns
    pairs = named.items() if hasattr(named, "items") else enumerate(named)
    for key, label in pairs:
        step = f"[{short(key)}]"
        if where.startswith(step):
            return label, where.removeprefix(step)
    return "", where


def _warned(result: Output) -> str:
    """What was really warned of; where nothing was, the cause isn't known here."""
    for warning in getattr(result, "warned", ()):
        kind, _, said = warning.message.partition(": ")
        return f". Line {warning.line} gave a {kind}: {said}"
    return ""
