"""What the checks say of each answer in a file of kept answers, a block each.

    .venv/bin/python tests/modules/show_verdicts.py [--write] [--seeds N] FILE [EXERCISE]...

The module is the file's name, or its folder's for a `right_answers.py`. --write puts what each is
told behind `# ->` below its header, for review in the diff.
"""

from __future__ import annotations

import argparse
import collections
import sys
import textwrap
from pathlib import Path

from pathkit.checks.exercise import Exercise
from pathkit.checks.loading import exercises_of
from pathkit.checks.verdict import Verdict
from pathkit.path_modules import RIGHT_ANSWERS
from pathkit.strength.answer_namespace import AnswerError, answer_in
from pathkit.strength.kept_answers import KeptAnswer, read, with_told
from pathkit.strength.verdict_rank import told


def module_of(file: Path) -> str:
    """The id of the module that a file of answers belongs to."""
    name = file.parent.name if file.name == RIGHT_ANSWERS else file.stem
    return name.replace("_", "-")


def verdict_on(kept: KeptAnswer, exercise: Exercise, seed: int = 0) -> Verdict:
    """The verdict on a kept answer; one that can't be run is "not usable"."""
    try:
        answer = answer_in(kept.source, exercise)
    except AnswerError as error:
        return Verdict(exercise.id, "not usable", str(error))
    return exercise.check(answer, seed)


def main(arguments: list[str]) -> int:
    """Show the verdicts; 1 when an answer is for no exercise."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write `# ->` lines into FILE")
    parser.add_argument("--seeds", type=int, default=1, help="0 to N - 1; 1 by default")
    parser.add_argument("file", type=Path)
    parser.add_argument("exercises", nargs="*")
    given = parser.parse_args(arguments)
    file = given.file.resolve()
    exercises = exercises_of(module_of(file))
    counts, found, bad = collections.Counter(), {}, 0
    for kept in read(file):
        if given.exercises and kept.exercise not in given.exercises:
            continue
        if kept.exercise not in exercises:
            print(f"{file.name}:{kept.line}: there is no exercise {kept.exercise}")
            bad = 1
            continue
        for seed in range(given.seeds):
            verdict = verdict_on(kept, exercises[kept.exercise], seed)
            if seed and told(verdict) == found[kept.line]:
                continue
            found.setdefault(kept.line, told(verdict))
            show(kept, verdict, seed)
        counts[found[kept.line]] += 1
    print(*(f"{count:4}  {what}" for what, count in counts.most_common()), sep="\n")
    if given.write:
        file.write_text(with_told(file.read_text(encoding="utf-8"), found), encoding="utf-8")
    return bad


def show(kept: KeptAnswer, verdict: Verdict, seed: int) -> None:
    """A block for one answer: whose it is, its cause, what is said."""
    under = f" (seed {seed})" if seed else ""
    print(f"{kept.line}: {kept.exercise}: {kept.note}{under}")
    print(f"    -> {told(verdict)}")
    print(textwrap.indent(str(verdict).partition("\n")[2], "    "))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
