"""What of a verdict its student may see: nothing that could carry a hidden case out.

An answer chooses what it raises, prints and gives back, so whatever came out of a run on hidden
probes can hold these probes. Shown are our own sentences, and what the same code does on the
notebook's own probes.
"""

from __future__ import annotations

import dataclasses

from pathkit.checks.verdict import SIGNS, WORDS, Verdict
from pathkit.classroom.grading.results import Record

ONLY_HIDDEN = {
    "raised": "it raises an error there",
    "wrong type": "it gives back another kind of value there",
    "other parameters": "its model has other parameters there",
    "wrong shape": "its result has another shape there",
    "wrong dtype": "its result holds another kind of numbers there",
    "not finite": "its result isn't finite there",
    "changed its input": "it changes what it was given there",
    "wrong value": "its value is another there",
}
SLOW = (
    "It was stopped since it took too long. Look for a loop that never ends, or work that is "
    "repeated inside a loop."
)
FAULT = "This exercise could not be graded. Your instructor has been told."
UNUSABLE = "Your cell could not be used."
MOST_SAID = 1000


@dataclasses.dataclass(frozen=True)
class Told:
    """What a student reads about one answer.

    sign and word: the status, so that no colour has to be told apart. message: ours, in
    Markdown. said: what came of a run of their code: anything may stand in it. rows:
    (label, text) pairs of the same kind. cases: which of the hidden ones aren't right, or "".
    """

    sign: str
    word: str
    message: str = ""
    said: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    cases: str = ""


def told(record: Record) -> Told:
    """What the author of this answer may read about it."""
    verdict, public = record.verdict, record.public
    status = verdict.status
    head = Told(SIGNS.get(status, "✗"), WORDS.get(status, "right" if verdict.passed else status))
    if verdict.passed or status == "not attempted":
        return dataclasses.replace(head, message=verdict.message)
    if record.contained:
        message = FAULT if record.contained == "fault" else verdict.message
        return dataclasses.replace(head, message=message)
    if not record.found:  # nothing was run: this is about the file
        return dataclasses.replace(head, said=_short(verdict.message))
    if status == "too slow":
        return dataclasses.replace(head, message=SLOW)
    head = dataclasses.replace(head, cases=hidden_cases(record.failed, record.cases))
    shown = _shown(public)
    if verdict.known:  # the idea, without an input
        return dataclasses.replace(head, message=verdict.message, **shown)
    if shown:
        return dataclasses.replace(head, said=_short(public.message), **shown)
    if status == "not usable":
        return dataclasses.replace(head, message=UNUSABLE)
    why = ONLY_HIDDEN.get(status, "the result there is another")
    return dataclasses.replace(head, message=(
        f"All cases of your notebook are right, but not every hidden one: {why}. Think of inputs "
        "that the notebook doesn't try: other sizes, repeated values, nothing at all."
    ))


def _short(text: str) -> str:
    return text if len(text) <= MOST_SAID else f"{text[:MOST_SAID]}…"


def _shown(public: Verdict | None) -> dict[str, tuple]:
    """What the run on the notebook's probes adds, where it failed as well."""
    if public is None or public.passed:
        return {}
    return {"rows": public.shown, "notes": public.notes}


def hidden_cases(failed: tuple[int, ...], of: int) -> str:
    """`Hidden cases 2 and 5 of 6 aren't right.`; their names are all that is told of them."""
    if not failed or not of:
        return ""
    if len(failed) == of:
        return "The hidden case isn't right." if of == 1 else f"None of {of} hidden cases is right."
    names = [str(i + 1) for i in failed]
    if len(names) == 1:
        return f"Hidden case {names[0]} of {of} isn't right."
    return f"Hidden cases {', '.join(names[:-1])} and {names[-1]} of {of} aren't right."
