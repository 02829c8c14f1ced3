"""States from which a match can still be reached."""

from __future__ import annotations

from pathkit.checks.exercise import exercise
from pathkit.modules.control.walk import CLOCK, LOOP, TRAP


def _with_given(answer, arrows, accepting):
    """The states found, and the accepting ones as they were left."""
    found = answer(arrows, accepting)
    return (sorted(found) if isinstance(found, set | frozenset) else found), sorted(accepting)


@exercise(
    title="Who can still finish?",
    level="medium",
    minutes=9,
    prompt="""
        Return the set of states from which some text leads to an accepting state, the accepting
        ones included. Any other state is a trap: a text that gets there never matches.
        """,
    probes=lambda rng: [
        (TRAP, {3}),
        (CLOCK, {6}),
        (LOOP, {3}),
        (LOOP, {1}),
        (LOOP, set()),
        ([{"x": 2}, {"x": 0}, {"y": 2}, {"z": 1}], {0}),
        ([{"a": 1, "b": 3}, {"a": 2}, {}, {"b": 3}], {2}),
        ([{"a": 4}, {}, {"a": 1}, {"a": 2}, {"a": 3, "b": 5}, {"b": 5}], {1}),
    ],
    drive=lambda answer, arrows, accepting: _with_given(answer, arrows, set(accepting)),
    returns=("states, sorted", "accepting states as left"),
    hints=[
        "Which states can finish with one more character? And which with two?",
        "Begin with the accepting states. Add each state with an arrow into the set, and repeat "
        "until nothing new comes.",
        "`more = {s for s, row in enumerate(arrows) if any(t in found for t in ___)}`",
    ],
    errors=[
        ("RuntimeError: Set changed size during iteration", "a set can't grow while a loop runs "
         "over it: loop over the states, or over a copy."),
        ("AttributeError: 'dict' object has no attribute 'add'", "`{}` is an empty dict; the "
         "empty set is `set()`."),
    ],
    passed="The mask can now refuse a text that is fine so far and lost already.",
)
def can_finish(arrows: list[dict[str, int]], accepting: set[int]) -> set[int]:
    """The states from which an accepting state can be reached.

    arrows: for each state a dict from a character to the next state; accepting: a set of states,
    maybe empty; it stays as it is. Returns a set of states; every accepting state is in it.
    """
    found = set(accepting)
    while True:
        more = {s for s, row in enumerate(arrows) if any(t in found for t in row.values())}
        if more <= found:
            return found
        found |= more


@can_finish.misconception(
    "One step back isn't enough: states two or more characters away from a match are missing. "
    "Repeat until nothing new comes."
)
def _finish_one_step(arrows, accepting):
    return set(accepting) | {s for s, row in enumerate(arrows)
                             if any(t in accepting for t in row.values())}


@can_finish.misconception(
    "These are the states that can be reached from the start. Asked is the other direction: from "
    "which states can an accepting one be reached?"
)
def _finish_from_start(arrows, accepting):
    reached, todo = set(), [0]
    while todo:
        state = todo.pop()
        if state not in reached:
            reached.add(state)
            todo += arrows[state].values()
    return reached


@can_finish.misconception(
    "A state with any arrow was counted. Its arrows may all lead into a trap: what counts is "
    "whether one of the paths ends in an accepting state."
)
def _finish_any_arrow(arrows, accepting):
    return set(accepting) | {s for s, row in enumerate(arrows) if row}


@can_finish.misconception(
    "The accepting states are missing. They need no further character: the empty text leads from "
    "them to a match."
)
def _finish_without_accepting(arrows, accepting):
    found = set(accepting)
    for _ in arrows:
        found |= {s for s, row in enumerate(arrows) if any(t in found for t in row.values())}
    return found - set(accepting)


@can_finish.misconception(
    "All arrows of a state had to lead on. One good way is enough, because the mask keeps the text "
    "off the bad ones: `any`, not `all`."
)
def _finish_all_arrows(arrows, accepting):
    found = set(accepting)
    for _ in arrows:
        found |= {s for s, row in enumerate(arrows)
                  if row and all(t in found for t in row.values())}
    return found


@can_finish.misconception(
    "The set that was handed in has grown. It belongs to whoever called, who still needs to know "
    "which states accept: work on a copy, `set(accepting)`."
)
def _finish_fills_given(arrows, accepting):
    for _ in arrows:
        accepting |= {s for s, row in enumerate(arrows)
                      if any(t in accepting for t in row.values())}
    return accepting


@can_finish.misconception(
    "The states were gone through once, in one direction. An arrow may lead against that order, "
    "and then its state is missing: repeat until nothing new comes."
)
def _finish_one_pass(arrows, accepting):
    found = set(accepting)
    for state, row in reversed(list(enumerate(arrows))):
        if any(t in found for t in row.values()):
            found.add(state)
    return found


@can_finish.spelling(_finish_one_pass)
def _finish_one_pass_forward(arrows, accepting):
    found = set(accepting)
    for state, row in enumerate(arrows):
        if any(t in found for t in row.values()):
            found.add(state)
    return found
