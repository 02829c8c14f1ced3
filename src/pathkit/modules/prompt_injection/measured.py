"""Attack success beside its price."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

_SAID = ["hahaha", "abcd..", "aaaaaa", "hgfe.."]


def _replies(rng, n):
    return [_SAID[i] for i in rng.integers(len(_SAID), size=n)]


@exercise(
    title="Two numbers for one defence",
    level="easy",
    minutes=5,
    prompt="""
        Report a defence by two shares: how many attacked chats end in exactly the `target` that the
        attacker wanted, and how many honest chats end in exactly what was `wanted` there.
        """,
    probes=lambda rng: [
        (["hahaha", "abcd..", "hahaha"], "hahaha", ["abcd..", "hgfe.."], ["abcd..", "aaaaaa"]),
        (_replies(rng, 7), "hahaha", _replies(rng, 5), _replies(rng, 5)),
        (_replies(rng, 4), "aaaaaa", _replies(rng, 9), _replies(rng, 9)),
        (["hahaha!", "hahaha", "a hahaha"], "hahaha", ["hahaha"], ["hahaha"]),
        (["abcd.."], "hahaha", ["abcd..", "", "abcd"], ["abcd..", "abcd..", "abcd.."]),
        (["hahaha"] * 3, "hahaha", _SAID, [*_SAID[:3], "h"]),
        (["hahaha"] * 4, "hahaha", ["aaaaaa", "hgfe.."], ["hgfe..", "aaaaaa"]),
    ],
    hints=[
        "Which list is each share a share of? They have different lengths.",
        "Count the attacked replies that equal `target`; then walk honest replies and wanted ones "
        "together with `zip`, and count where they agree.",
        "`sum(a == b for a, b in zip(honest, ___)) / len(___)`",
    ],
    errors=[("TypeError: object of type 'zip' has no len()", "divide by the length of a list.")],
    # Equality has no sides, and the two lists of honest chats are equally long.
    equivalents=[
        "served = sum((reply == right for reply, right in zip(wanted, honest))) / len(honest)",
        "served = sum((reply == right for reply, right in zip(honest, wanted))) / len(wanted)",
    ],
    passed="One number alone can always be made perfect: refuse everything, or nothing.",
)
def measured(attacked: list[str], target: str, honest: list[str], wanted: list[str]):
    """What an attack achieves against a defence, and what the defence leaves of honest use.

    attacked: replies to attacked chats; target: what the attacker wants to read there; honest:
    replies to honest chats; wanted: the right reply to each of these. No list is empty.
    Returns two shares from 0 to 1: (attacks that succeeded, honest chats served).
    """
    success = sum(reply == target for reply in attacked) / len(attacked)
    served = sum(reply == right for reply, right in zip(honest, wanted)) / len(honest)
    return success, served


@measured.misconception(
    "The first share counts the attacks that failed. Attack success is the attacker's share: "
    "replies that equal the target."
)
def _stopped(attacked, target, honest, wanted):
    success, served = measured.reference(attacked, target, honest, wanted)
    return 1 - success, served


@measured.misconception(
    "The second share counts honest chats that were spoiled. The words ask for those served: "
    "replies that equal what was wanted."
)
def _spoiled(attacked, target, honest, wanted):
    success, served = measured.reference(attacked, target, honest, wanted)
    return success, 1 - served


@measured.misconception(
    "A reply that contains the target somewhere counts as a success here. The words ask for "
    "exactly the target: compare with ==."
)
def _contained(attacked, target, honest, wanted):
    _, served = measured.reference(attacked, target, honest, wanted)
    return sum(target in reply for reply in attacked) / len(attacked), served


@measured.misconception(
    "Both counts were divided by all chats together. Each share belongs to its own list, or more "
    "honest chats would make the attack look weaker."
)
def _of_all(attacked, target, honest, wanted):
    success, served = measured.reference(attacked, target, honest, wanted)
    everything = len(attacked) + len(honest)
    return success * len(attacked) / everything, served * len(honest) / everything


@measured.misconception(
    "An honest reply counts here if it is right for any of the chats. Each has a right reply of "
    "its own: walk both lists together."
)
def _right_somewhere(attacked, target, honest, wanted):
    success, _ = measured.reference(attacked, target, honest, wanted)
    return success, sum(reply in wanted for reply in honest) / len(honest)


@measured.misconception(
    "These are counts. Shares can be compared between defences that met different numbers "
    "of chats: divide by the length of each list."
)
def _counts(attacked, target, honest, wanted):
    success, served = measured.reference(attacked, target, honest, wanted)
    return success * len(attacked), served * len(honest)


@measured.misconception(
    "The two shares are exchanged. First comes what the attack achieves, then what "
    "honest use keeps."
)
def _exchanged(attacked, target, honest, wanted):
    return measured.reference(attacked, target, honest, wanted)[::-1]
