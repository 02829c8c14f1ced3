"""How a notebook begins and ends: promise, a line a resource, one set-up, the hook; errata last."""

from __future__ import annotations

import copy
import json
import re

import pytest

from pathkit import curriculum
from pathkit.building import exercise_files, lesson_links, markdown, notebook, resource_text
from pathkit.building.build import Place, generate
from pathkit.building.layout import end_of_hook, with_one_set_up
from pathkit.building.lesson import Cell
from pathkit.curriculum.spoilers import telling
from pathkit.merging.merge import merge
from pathkit.notebook_files.notebook_file import text_of
from tests.building.test_build import ROOT, edit, small_project

REAL = Place(ROOT)
PATH = curriculum.load(REAL.curriculum, modules=REAL.modules)
WITH_LESSON = [m.id for m in PATH.modules if REAL.modules.lesson(m.id).exists()]
WITH_ERRATA = [m.id for m in PATH.modules if any(r.errata for r in m.resources)]
FOLD = re.compile(r"<details><summary>(.*?)</summary>.*?</details>", re.DOTALL)


@pytest.fixture(scope="module")
def real() -> dict[str, list[dict]]:
    """The cells of every notebook by its name below notebooks/."""
    return {
        str(path.relative_to(REAL.notebooks)): json.loads(text)["cells"]
        for path, text in generate(REAL).items()
        if path.suffix == ".ipynb"
    }


def role(cell: dict) -> str:
    return cell["metadata"]["pathkit"]["role"]


def seen(cell: dict) -> str:
    """What of a text cell is seen before anything is unfolded."""
    return FOLD.sub(r"\1", text_of(cell))


def name_of(module: str) -> str:
    return notebook.filename(PATH, module)


# --- how a lesson begins ----------------------------------------------------------------------


@pytest.mark.parametrize("module", WITH_LESSON)
@pytest.mark.parametrize("folder", ["", "solutions/"])
@pytest.mark.slow
def test_a_lesson_begins_with_its_promise_and_one_set_up(real, module, folder):
    cells = real[folder + name_of(module)]
    set_up = [i for i, c in enumerate(cells) if re.search(r"^path\.ready\(", text_of(c), re.M)]
    assert len(set_up) == 1
    first, *resources = cells[: set_up[0]]
    assert role(first) == "title" and len(resources) <= 1
    # Half a minute, but for a line or two of resources to take first.
    before = len([r for r in PATH.module(module).resources if r.when == "before"])
    assert sum(len(seen(c).split()) for c in cells[: set_up[0]]) <= 100 + 12 * before
    assert "parameters" in cells[set_up[0]]["metadata"]["tags"]
    assert not [c for c in cells[set_up[0] + 1 :] if "parameters" in c["metadata"].get("tags", ())]
    # The hook comes next: nothing of ours stands between it and the set-up.
    assert role(cells[set_up[0] + 1]) in ("text", "ask")


def as_built(text):
    """A text of the curriculum as it stands in a notebook: in one line, its links resolved."""
    return lesson_links.resolved(markdown.one_line(text), PATH, name_of)


@pytest.mark.parametrize("module", WITH_LESSON)
def test_what_to_take_before_is_a_line_each_and_the_rest_is_folded(real, module):
    cells = real[name_of(module)]
    before = [r for r in PATH.module(module).resources if r.when == "before"]
    opening = "\n".join(seen(c) for c in cells if role(c) in resource_text.UP_FRONT)
    assert "|" not in opening
    lines = [line for line in opening.splitlines() if line.startswith("- [")]
    assert len(lines) == len(before)
    for line, resource in zip(lines, before, strict=True):
        assert f"{resource.minutes}\u00a0minute" in line and resource.level.split("-")[0] in line
        assert all(PATH.flags[flag] in line for flag in resource.flags)
    whole = "\n".join(text_of(c) for c in cells)
    for resource in PATH.module(module).resources:
        assert as_built(resource.summary) in whole, resource.id


@pytest.mark.parametrize("module", WITH_LESSON)
def test_the_skip_test_stands_behind_the_hook_and_before_the_exercises(real, module):
    roles = [role(c) for c in real[name_of(module)]]
    at = roles.index("skip-questions")
    assert roles[at + 1] == "skip"
    assert roles.index("set-up") + 1 < at < roles.index("exercise")


def test_a_set_up_without_parameters_behind_it_stays_as_it_is():
    ready = Cell("code", 'import pathkit as path\n\npath.ready("a")\n')
    parameters = Cell("code", "steps = 3", ("parameters",))
    text = Cell("markdown", "## A")
    [joined] = with_one_set_up([ready, parameters])
    assert joined == Cell("code", f"{ready.source}\nsteps = 3", ("parameters",))
    for lesson in ([], [ready], [ready, text, parameters], [parameters, ready], [text]):
        assert with_one_set_up(lesson) == lesson


def test_the_hook_ends_where_the_second_section_or_the_first_exercise_begins():
    first, second = Cell("markdown", "## One"), Cell("markdown", "Text.\n\n## Two")
    code, exercise = Cell("code", "1"), Cell("exercise", "", name="a")
    assert end_of_hook([code, first, code, second, exercise]) == 3
    assert end_of_hook([code, first, code, exercise, second]) == 3
    assert end_of_hook([first, code, Cell("code", "# ## no heading")]) == 3
    assert end_of_hook([]) == 0


# --- errata -----------------------------------------------------------------------------------


def test_errata_stand_behind_the_lesson_folded_and_nowhere_else(real):
    found = 0
    for name, cells in real.items():
        roles = [role(c) for c in cells]
        for i, cell in enumerate(cells):
            if cell["cell_type"] != "markdown" or "⚠" not in text_of(cell):
                continue
            assert roles[i] == "errata", (name, cell["id"])
            assert "exercise" not in roles[i:] and "predict" not in roles[i:]
            assert "**Rather:**" not in seen(cell)
            found += 1
    assert found > 20


@pytest.mark.parametrize("module", WITH_ERRATA)
def test_each_erratum_is_told_once_and_its_answer_by_the_solution_alone(real, module):
    learner, solved = (
        "\n".join(text_of(c) for c in real[folder + name_of(module)] if role(c) == "errata")
        for folder in ("", "solutions/")
    )
    everything = "\n".join(map(text_of, real[name_of(module)]))
    for resource in PATH.module(module).resources:
        for erratum in resource.errata:
            instead = as_built(erratum.instead)
            assert solved.count(instead) == 1
            assert everything.count(instead) == (not erratum.warning)
            if erratum.warning:
                warning = as_built(erratum.warning)
                assert warning in learner and warning not in solved


def test_what_the_guide_slipped_on_is_a_plain_note(real):
    slips = 0
    for module in PATH.modules:
        cells = [c for c in real[name_of(module.id)] if role(c) == "errata"]
        for resource in module.resources:
            for erratum in resource.errata:
                assert (erratum.of == "guide") == erratum.says.startswith("The guide"), erratum.says
                if erratum.of == "guide":
                    [line] = [line for line in seen(cells[0]).splitlines() if erratum.says in line]
                    assert "⚠" not in line and "Rather" not in line
                    slips += 1
    assert slips > 15


@pytest.mark.parametrize("module", WITH_LESSON)
def test_no_erratum_shows_a_figure_or_code_of_an_answer_to_its_own_module(real, module):
    [*cells] = (c for c in real[name_of(module)] if role(c) == "errata")
    shown = "\n".join(map(text_of, cells))
    said = {t for r in PATH.module(module).resources for e in r.errata for t in telling(e.says)}
    figures = {t for t in telling(shown) - said if len(re.sub(r"\W", "", t)) >= 3}
    for exercise in exercise_files.read(REAL.modules.folder_of(module)).exercises.values():
        code = re.sub(r'""".*?"""', "", exercise.answer, flags=re.DOTALL)
        lines = {f"`{line.strip()}`" for line in code.splitlines()}
        assert not figures & (telling(code) | lines), exercise.name


def test_the_coming_exercises_that_audit_a_resource_are_not_answered(real):
    """Figures that learners are to find, by the module whose exercise asks for them."""
    answers = {
        "gpt-numpy": ["2.7e-43", "0.00669", "output[range(len(y)), y]", "np.tri`"],
        "gpt-family": ["354,823,168", "774,030,080", "16 heads", "width is 5120", "3.5$"],
        "scaling-laws": ["0.052", r"1.1 \cdot 10^5", "3.2 times"],
        "applications": ["0.016 dollars", "160 million"],
    }
    for module, figures in answers.items():
        learner, solved = (
            "\n".join(text_of(c) for c in real[folder + name_of(module)] if role(c) == "errata")
            for folder in ("", "solutions/")
        )
        assert all(figure in solved for figure in figures), module
        assert not [figure for figure in figures if figure in learner], module


# --- how it ends ------------------------------------------------------------------------------


def needed_by(module: str) -> set[str]:
    direct = set(PATH.module(module).requires)
    return direct.union(*(needed_by(other) for other in direct))


def test_cards_from_earlier_come_from_modules_that_this_one_builds_on(real):
    found = 0
    for module in PATH.modules:
        for cell in real[name_of(module.id)]:
            earlier = text_of(cell).partition("**From earlier**")[2]
            names = set(re.findall(r"\(([a-z-]+)\)</summary>", earlier))
            assert names <= needed_by(module.id), module.id
            found += len(names)
    assert found > 10


def test_a_module_without_prerequisites_has_no_cards_of_others(tmp_path):
    place = small_project(tmp_path)
    edit(place.curriculum, "        requires: [first-step]\n", "        requires: []\n")
    path = curriculum.load(place.curriculum)
    nothing = exercise_files.Content({}, {})
    built = notebook.build(path, path.module("second-step"), [], nothing, "learner")
    assert "From earlier" not in json.dumps(built)


def test_the_last_cell_says_only_what_is_true_of_everybody(real):
    for module in PATH.modules:
        [cell] = [c for c in real[name_of(module.id)] if role(c) == "next"]
        text = text_of(cell)
        dependents = [name_of(m.id) for m in PATH.modules if module.id in m.requires]
        assert re.findall(r"\]\((\S+\.ipynb)\)", text) == dependents
        assert "Next:" not in text and "`pathkit next`" in text


# --- a folder of before -----------------------------------------------------------------------


def as_before(cells: list[dict]) -> list[dict]:
    """The notebook in the layout it had: skip test first, two set-up cells, no errata cell."""
    skip = [c for c in cells if role(c) in ("skip-questions", "skip")]
    kept = [c for c in cells if role(c) not in ("skip-questions", "skip", "errata")]
    at = next(i for i, c in enumerate(kept) if role(c) == "set-up")
    ready, _, parameters = text_of(kept[at]).rpartition("\n\n")
    two = [
        {**kept[at], "id": "x-ready", "source": ready, "metadata": {"pathkit": {"role": "text"}}},
        {**kept[at], "id": "x-parameters", "source": parameters,
         "metadata": {"pathkit": {"role": "text"}, "tags": ["parameters"]}},
    ]
    return [*kept[:at], *skip, *two, *kept[at + 1 :]]


@pytest.mark.parametrize("module", ["bigram", "attention", "transformer"])
def test_a_learners_notes_stay_near_what_they_are_about(real, module):
    new = {"cells": real[name_of(module)], "metadata": {"pathkit": {"module": module}}}
    base = {**new, "cells": as_before(new["cells"])}
    learner = copy.deepcopy(base)
    wanted = {}
    for number, cell in enumerate(base["cells"]):
        note = {"cell_type": "markdown", "id": f"note-{number}", "metadata": {}, "source": "Mine."}
        learner["cells"].insert(2 * number + 1, note)
        wanted[note["id"]] = cell["id"]
    result, _ = merge(learner, base, new)
    ids = [c["id"] for c in result["cells"]]
    joined = {"x-ready": f"{module}-set-up", "x-parameters": f"{module}-set-up"}
    for note, cell in wanted.items():
        behind = next(i for i in ids[ids.index(note) :: -1] if not i.startswith("note-"))
        assert behind == joined.get(cell, cell), note
    assert [c for c in result["cells"] if not c["id"].startswith("note-")] == new["cells"]
    assert merge(result, new, new)[0] == result
