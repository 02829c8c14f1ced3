"""How much a verdict says of a wrong answer: the cause, the place, or only that it is wrong."""

from __future__ import annotations

from pathkit.checks.verdict import Verdict

PASSED, LOCATED = "passed", "located"


def told(verdict: Verdict) -> str:
    """The misconception's name, "located", or the status where only the fault is shown.

    It is what stands behind `# ->` in a file of kept wrong answers.
    """
    if verdict.misconception:
        return verdict.misconception
    if getattr(verdict, "cause", ""):
        return LOCATED
    return verdict.status
