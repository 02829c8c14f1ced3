"""Notebooks for instructors: solutions, and a note for teaching at each exercise."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pathkit.building.exercise_files import ExerciseText
from pathkit.checks.exercise import Exercise
from pathkit.checks.judge import is_right, judge
from pathkit.checks.loading import exercises_of
from pathkit.classroom.assigning.handing_out import Project, solved
from pathkit.classroom.assigning.release import counts
from pathkit.notebook_files import notebook_file
from pathkit.notebook_files.notebook_file import ours

if TYPE_CHECKING:
    from pathkit.checks.standard import Known, Standard
    from pathkit.classroom.assignment import AssignedModule

WEEK = Path(__file__).parents[1] / "WEEK.md"  # for instructors

# What a notebook draws its probes from.
SEED = 0


def for_instructors(project: Project) -> dict[str, bytes]:
    """The solution notebooks of an assignment with teaching notes, and how a week goes, by name.

    Runs the references and the misconceptions, to tell which probes set them apart.
    """
    files = {}
    for module in project.assignment.modules:
        texts = project.contents[module.id].exercises
        notes = {
            f"{module.id}.{name}": note(texts[name], exercise, _points(module, name))
            for name, exercise in exercises_of(module.id, project.place.modules).items()
            if name in texts
        }
        made = annotated(solved(project, module.id), notes)
        name = module.file.replace(".ipynb", "-instructor.ipynb")
        files[name] = notebook_file.to_json(made).encode()
    files[WEEK.name] = WEEK.read_bytes()
    return files


def _points(module: AssignedModule, name: str) -> float | None:
    return next((task.points for task in module.exercises if task.name == name), None)


def annotated(notebook: dict[str, Any], notes: Mapping[str, str]) -> dict[str, Any]:
    """A solution notebook with a Markdown cell after each exercise that has a note."""
    made = copy.deepcopy(notebook)
    cells = []
    for cell in made["cells"]:
        cells.append(cell)
        exercise = ours(cell).get("exercise")
        if ours(cell).get("role") == "exercise" and exercise in notes:
            cells.append({
                "cell_type": "markdown",
                "id": f"{cell['id'][-58:]}-teach",
                "metadata": {"pathkit": {"role": "teaching", "exercise": exercise}},
                "source": notes[exercise],
            })
    made["cells"] = cells
    return made


def note(text: ExerciseText, exercise: Exercise, points: float | None) -> str:
    """What helps to teach an exercise: time, what goes wrong and how it shows, hints."""
    head = (
        f"#### For teaching · {text.title}\n\n{text.level}, about {text.minutes} minutes alone. "
        f"{counts(points)}"
    )
    hints = "\n".join(
        f"{i}. {_indented(hint)}" for i, hint in enumerate(text.hints, 1)
    )
    return "\n\n".join([
        head, *_misconceptions(exercise), "**Hints, in the order in which learners unfold them**",
        hints,
    ])


def _misconceptions(exercise: Exercise) -> list[str]:
    standard = exercise.standard(SEED)
    # Of a misconception in several spellings the first one stands for all.
    known = list({one.name: one for one in reversed(standard.known())}.values())[::-1]
    if not known:
        return []
    parts = ["**What to expect**, and what learners are told:"]
    parts += [_wrong(one, standard) for one in known]
    return parts


def _wrong(known: Known, standard: Standard) -> str:
    """One misconception: its name, its message, and the smallest probe that shows it."""
    name = known.name.strip("_").replace("_", " ")
    lines = [f"- **{name}.** {_indented(known.message)}"]
    # Judged as an answer that nobody knows: then the verdict shows the probe itself.
    plain = dataclasses.replace(standard, known=lambda: ())
    verdict = judge(known.outputs, plain)
    wrong = _failing(known, standard)
    probes = f"probe{'s' * (len(wrong) > 1)} {', '.join(str(i + 1) for i in wrong)}"
    lines.append(f"  - set apart by {probes} of {len(standard.probes)}")
    lines.append(f"  - the smallest: {_indented(verdict.message)}")
    lines += [f"    - {label}: {_code(text)}" for label, text in verdict.shown]
    return "\n".join(lines)


def _failing(known: Known, standard: Standard) -> Sequence[int]:
    """The probes on which a wrong answer is wrong; from a stop on, all."""
    results = known.outputs.results
    found = []
    for i, result in enumerate(results):
        one = dataclasses.replace(
            standard, probes=[standard.probes[i]], known=lambda: (),
            expected=dataclasses.replace(
                standard.expected, results=(standard.expected.results[i],)),
        )
        if not is_right(dataclasses.replace(known.outputs, results=(result,)), one):
            found.append(i)
    return [*found, *range(len(results), len(standard.probes))]


def _indented(text: str) -> str:
    """Text as part of a list: its further lines stay in the point."""
    return text.strip().replace("\n", "\n  ")


def _code(text: str) -> str:
    text = " ".join(text.split())
    return f"`` {text} ``" if "`" in text else f"`{text}`"
