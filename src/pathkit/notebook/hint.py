"""`path.hint()`: what `pathkit hint` gives in the terminal, in the notebook one works in."""

from __future__ import annotations

from pathkit.checks.exercise import Exercise
from pathkit.display import display_markdown
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.learner.help import hints
from pathkit.nearest_name import did_you_mean
from pathkit.notebook import session


def hint(name: str = "", /, *, again: bool = False) -> None:
    """Show the next hint for an exercise, by default for the one that was tried last here.

    again: all hints that were given already, uncounted.
    """
    module = session.current_module()
    if not module:
        print(session.SET_UP_FIRST)
        return
    found = _exercise(module, name)
    if isinstance(found, str):
        print(found)
        return
    given, of = session.hints_given(found), len(found.hints)
    if again:
        if not given:
            print(f"No hint for {found.name} was given yet; without again=True comes the first.")
        for step in range(1, min(given, of) + 1):
            _show(found, step)
    elif given >= of:
        print(hints.all_given(found.name, of, f'`path.hint("{found.name}", again=True)`',
                              f'`path.solution("{found.name}")`'))
    else:
        _show(found, given + 1)
        session.note_hint(found, given + 1)


def _exercise(module: str, name: str) -> Exercise | str:
    """The exercise that is meant, or one line that says why there is none."""
    exercises = session.exercises(module)
    if not name:
        try:
            tried = hints.tried_last(session.progress_so_far(), module)
            name = tried.name
        except (EnvironmentProblem, NothingMatched) as error:
            names = f"path.hint(\"{next(iter(exercises), 'name')}\")"
            return f"{error}: `{names}`."
    short = str(name).rpartition(".")[2]
    if short in exercises:
        return exercises[short]
    meant = did_you_mean(short, exercises, f"; there are: {', '.join(exercises)}")
    return f"There is no exercise {short!r} here{meant}"


def _show(exercise: Exercise, step: int) -> None:
    one = hints.hint(exercise.name, exercise.hints, step)
    display_markdown(f"**{one.head}**\n\n{one.text}", f"{one.head}\n\n{one.text}\n")
