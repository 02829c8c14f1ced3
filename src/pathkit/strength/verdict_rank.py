"""How much a verdict says of a wrong answer: the cause, the place, or only that it is wrong."""

from __future__ import annotations

from typing import get_args

from pathkit.checks.verdict import Status, Verdict

LOCATED = "located"


def told(verdict: Verdict) -> str:
    """The misconception's name, "located", or the status where only the fault is shown.

    It is what stands behind `# ->` in a file of kept wrong answers.
    """
    if verdict.misconception:
        return verdict.misconception
    if getattr(verdict, "cause", ""):
        return LOCATED
    return verdict.status


def is_worse(now: str, kept: str) -> bool:
    """Whether an answer is told less than what was kept of it, or another misconception's name.

    Both as `told` puts it; kept: "" where nothing was kept.
    """
    if now == kept or not kept:
        return False
    return _is_named(kept) or kept == LOCATED and not _is_named(now)


def _is_named(said: str) -> bool:
    return said not in (LOCATED, *get_args(Status))
