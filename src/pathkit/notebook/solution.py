"""`path.solution()`: an answer of the path's own, after a pass or enough tries."""

from __future__ import annotations

from pathkit.nearest_name import did_you_mean
from pathkit.notebook import session


def solution(name: str, /) -> None:
    """Show the reference of an exercise, after a pass or three tries."""
    if not session.current_module():
        print(session.SET_UP_FIRST)
        return
    exercises = session.exercises(session.current_module())
    if name not in exercises:
        meant = did_you_mean(name, exercises, f"; there are: {', '.join(exercises)}.")
        print(f"There is no exercise {name!r} here{meant}")
        return
    exercise = exercises[name]
    left = session.tries_left(exercise)
    if not session.falls_back(exercise) and exercise.id not in session.current().passed:
        print("In this assignment no answer is shown before yours passes; the hints stay.")
        return
    if not left:
        from pathkit.checks.source import without_decorators

        session.note("solution", exercise=exercise.id)
        print(without_decorators(exercise.source))
        return
    print(
        f"{left} more {'try' if left == 1 else 'tries'} first: the hints under the exercise go "
        "step by step. The folder solutions has every answer, too."
    )
