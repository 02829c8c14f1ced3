"""Generated notebooks: valid, stable ids, nothing given away, the bytes nbformat would write."""

import ast
import json
import re
import sys
import types
from pathlib import Path

import pytest

from pathkit import curriculum
from pathkit.building import exercise_files, lesson, notebook
from pathkit.building.build import Place, generate
from tests.building.test_build import EXERCISES, LESSON, ROOT, edit, exercises_file, small_project

sys.modules.setdefault("rfc3987_syntax", types.ModuleType("rfc3987_syntax"))
import nbformat  # noqa: E402

CELL_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
REAL = Place(ROOT)


@pytest.fixture(scope="module")
def real() -> dict[str, dict]:
    """Every notebook of the real path by its name below notebooks/, as data."""
    return {
        str(path.relative_to(REAL.notebooks)): json.loads(text)
        for path, text in generate(REAL).items()
        if path.suffix == ".ipynb"
    }


def texts(built: dict) -> list[str]:
    return ["".join(cell["source"]) for cell in built["cells"]]


@pytest.mark.slow
def test_the_real_notebooks_are_valid_and_written_as_nbformat_writes_them():
    for path, text in generate(REAL).items():
        if path.suffix == ".ipynb":
            node = nbformat.reads(text, as_version=4)
            nbformat.validate(node)
            assert nbformat.writes(node) + "\n" == text, path.name


@pytest.mark.slow
def test_ids_are_valid_and_unique(real):
    for name, built in real.items():
        ids = [cell["id"] for cell in built["cells"]]
        assert len(set(ids)) == len(ids), name
        assert all(CELL_ID.fullmatch(i) for i in ids), name


def test_metadata_is_what_jupyter_papermill_and_nbmake_read(real):
    for name, built in real.items():
        metadata = built["metadata"]
        assert (built["nbformat"], built["nbformat_minor"]) == (4, 5)
        assert metadata["kernelspec"]["name"] == "python3"
        assert metadata["kernelspec"]["language"] == "python"
        assert metadata["execution"] == {"allow_errors": False, "timeout": 60}
        variant = "solution" if name.startswith("solutions") else "learner"
        assert metadata["pathkit"]["variant"] == variant
        module = metadata["pathkit"]["module"]
        assert name.endswith(f"-{module}.ipynb") or module in ("start", "glossary")


def test_new_notebooks_hold_no_outputs(real):
    for built in real.values():
        for cell in built["cells"]:
            assert not cell.get("outputs")
            assert cell.get("execution_count") is None


def test_no_learner_notebook_gives_a_reference_away(real):
    """Lines of an answer stand in no generated cell, nor two of them running in a lesson's own."""
    path = curriculum.load(REAL.curriculum, modules=REAL.modules)
    for module in path.modules:
        built = real[notebook.filename(path, module.id)]
        shown = [c for c in built["cells"] if c["metadata"]["pathkit"]["role"] != "hints"]
        ours = "\n".join(
            "".join(c["source"]) for c in shown if c["metadata"]["pathkit"]["role"] != "text"
        )
        rest = "\n".join("".join(c["source"]) for c in shown)
        for exercise in exercise_files.read(REAL.modules.folder_of(module.id)).exercises.values():
            secret = secret_lines(exercise)
            for line in secret:
                assert line not in ours, (module.id, exercise.name, line)
            for pair in zip(secret, secret[1:], strict=False):
                assert not all(line in rest for line in pair), (module.id, exercise.name, pair)


def secret_lines(exercise: exercise_files.ExerciseText) -> list[str]:
    lines = [line.strip() for line in exercise.answer.splitlines()]
    given = {line.strip() for line in exercise.stub.splitlines()}
    return [line for line in lines if len(line) > 11 and line not in given]


def test_the_solution_holds_every_reference(real):
    path = curriculum.load(REAL.curriculum, modules=REAL.modules)
    for module in path.modules:
        if not REAL.modules.lesson(module.id).exists():
            continue  # whether exercises may stand without one is for the curriculum's rules
        built = "\n".join(texts(real[f"solutions/{notebook.filename(path, module.id)}"]))
        for exercise in exercise_files.read(REAL.modules.folder_of(module.id)).exercises.values():
            assert exercise.answer in built


def test_generated_code_is_python(real):
    for name, built in real.items():
        for cell in built["cells"]:
            if cell["cell_type"] == "code":
                ast.parse("".join(cell["source"])), name


def test_links_between_notebooks_lead_somewhere(real):
    for name, built in real.items():
        folder = Path(name).parent
        for text in texts(built):
            for target in re.findall(r"\]\(([^):]+\.ipynb)\)", text):
                assert str(folder / target) in real, (name, target)


def test_learner_and_solution_share_the_ids_of_their_cells(real):
    for name, built in real.items():
        if not name.startswith("solutions"):
            continue
        learner = real[name.removeprefix("solutions/")]
        ids = [c["id"] for c in learner["cells"]
               if c["metadata"]["pathkit"]["role"] not in ("hints", "progress")]
        assert ids == [c["id"] for c in built["cells"]], name


# --- on a small project ------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path):
    return small_project(tmp_path)


def built(place: Place, variant: str = "learner", module: str = "first-step") -> dict:
    path = curriculum.load(place.curriculum, modules=place.modules)
    found = exercise_files.read(place.modules.folder_of(module))
    cells = lesson.read(place.modules.lesson(module), found)
    made = notebook.build(path, path.module(module), cells, found, variant)
    return json.loads(notebook.to_json(made))


def by_role(found: dict, role: str) -> str:
    [cell] = [c for c in found["cells"] if c["metadata"]["pathkit"]["role"] == role]
    return "".join(cell["source"])


def test_an_exercise_becomes_prompt_stub_check_and_hints(place):
    found = built(place)
    head = "### Exercise 1 · Double it\n\n🟢\u00a0easy · 3 minutes"
    assert by_role(found, "prompt").startswith(head)
    assert by_role(found, "exercise") == (
        "# exercise: first-step.double\n"
        "import pathkit as path\n\n"
        "def double(number):\n"
        '    """Twice the number."""\n'
        "    ...\n\n\n"
        "double = path.check(double)"
    )
    assert by_role(found, "hints").count("<details>") == 4
    assert "secret_helper" not in json.dumps(found)
    solved = built(place, "solution")
    assert "    return secret_helper + number\n" in by_role(solved, "exercise")
    assert "path.predict(\"how-many\", 3)" == by_role(solved, "predict")
    assert "hints" not in {c["metadata"]["pathkit"]["role"] for c in solved["cells"]}


def test_ids_tell_module_exercise_and_role(place):
    ids = [cell["id"] for cell in built(place)["cells"]]
    for wanted in ("first-step-double-exercise", "first-step-how-many-predict", "first-step-title"):
        assert wanted in ids


def test_an_inserted_cell_leaves_all_other_ids_alone(place):
    before = [cell["id"] for cell in built(place)["cells"]]
    for marker in ("# %% [markdown]\n# ## Doubling", '# %% exercise="double"'):
        edit(place.modules.lesson("first-step"), marker, f"# %%\nnew = 1\n\n{marker}")
        after = [cell["id"] for cell in built(place)["cells"]]
        assert [i for i in after if i in before] == before
        assert len(after) == len(before) + 1
        place.modules.lesson("first-step").write_text(LESSON, encoding="utf-8")


def test_equal_cells_get_different_ids(place):
    text = "# %%\nx = 1\n\n" * 3 + "# %% [markdown]\n# x = 1\n"
    place.modules.lesson("second-step").write_text(text, encoding="utf-8")
    ids = [cell["id"] for cell in built(place, module="second-step")["cells"]]
    assert len(set(ids)) == len(ids)


def test_long_names_give_ids_that_fit(place):
    long = "a_name_of_" + "many_words_" * 9 + "end"
    edit(place.curriculum, "[double]", f"[{long}]")
    exercises_file(place).write_text(EXERCISES.replace("def double", f"def {long}"))
    place.modules.lesson("first-step").write_text(LESSON.replace("double", long))
    ids = [cell["id"] for cell in built(place)["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(CELL_ID.fullmatch(i) for i in ids)


def test_badges_stand_there_only_when_the_curriculum_names_a_repository(place):
    assert "colab" not in by_role(built(place), "title")
    edit(place.curriculum, "title: Three steps\n",
         "title: Three steps\nrepository: {github: some-one/a.path, branch: release/1}\n")
    head = by_role(built(place), "title").splitlines()[0]
    assert (
        "(https://colab.research.google.com/github/some-one/a.path/blob/release/1/"
        "notebooks/01-first-step.ipynb)"
    ) in head
    assert (
        "(https://mybinder.org/v2/gh/some-one/a.path/release%2F1"
        "?labpath=notebooks%2F01-first-step.ipynb)"
    ) in head
    solved = by_role(built(place, "solution"), "title").splitlines()[0]
    assert "/notebooks/solutions/01-first-step.ipynb)" in solved
    assert "labpath=notebooks%2Fsolutions%2F01-first-step.ipynb)" in solved


def test_a_value_is_shown_as_an_assignment_as_it_was_written(place):
    text = EXERCISES.replace("def double(number):", "def double():")
    text = text.replace("    secret_helper = number\n    return secret_helper + number\n", (
        "    return {\n"
        "        'a': f\"{1}\",  # why\n"
        "    }\n"
    )).replace('level="easy"', 'level="easy", is_value=True')
    exercises_file(place).write_text(text, encoding="utf-8")
    assert by_role(built(place), "exercise") == (
        "# exercise: first-step.double\nimport pathkit as path\n\n"
        "# Twice the number.\ndouble = ...\n\n"
        "double = path.check(double=double)"
    )
    solved = by_role(built(place, "solution"), "exercise")
    assert "double = {\n    'a': f\"{1}\",  # why\n}\n" in solved


def test_a_module_without_a_lesson_still_gives_a_notebook(place):
    found = built(place, module="third-step")
    assert all(cell["cell_type"] == "markdown" for cell in found["cells"])
    nbformat.validate(nbformat.from_dict(found))


def test_resources_of_every_kind_are_in_a_notebook_without_a_lesson(place):
    edit(place.curriculum, "when: before", "when: deeper")
    place.modules.lesson("first-step").unlink()
    exercises_file(place).unlink()
    edit(place.curriculum, "        exercises: [double]\n", "")
    roles = [c["metadata"]["pathkit"]["role"] for c in built(place)["cells"]]
    assert roles.count("deeper") == 1 and "questions" in roles


def test_progress_stands_before_what_comes_next_where_there_is_a_lesson(place):
    cells = built(place)["cells"]
    roles = [c["metadata"]["pathkit"]["role"] for c in cells]
    assert roles[-2:] == ["progress", "next"]
    assert "".join(cells[-2]["source"]) == "path.progress()"
    assert cells[-2]["metadata"]["tags"] == ["nbval-ignore-output"]
    for other in (built(place, "solution"), built(place, module="third-step")):
        assert "progress" not in {c["metadata"]["pathkit"]["role"] for c in other["cells"]}


def test_the_start_page_shows_the_map_and_says_what_each_module_needs(real):
    page = real["00-start-here.ipynb"]
    assert by_role(page, "map") == "import pathkit as path\n\npath.map()"
    [row] = [line for text in texts(page) for line in text.splitlines()
             if line.startswith("| 9 |")]
    needs = row.split(" | ")[2]
    assert needs == "[7](07-attention.ipynb), [8](08-positions.ipynb)"


def test_the_start_page_leads_to_every_module(real):
    text = "\n".join(texts(real["00-start-here.ipynb"]))
    names = [n for n in real if "/" not in n and not n.startswith("00")]
    assert names and all(f"]({name})" in text for name in names)


def test_a_renamed_module_says_what_it_was_called(place):
    assert "formerly" not in built(place)["metadata"]["pathkit"]
    edit(place.curriculum, "id: first-step", "id: first-step\n        formerly: [step-one]")
    assert built(place)["metadata"]["pathkit"]["formerly"] == ["step-one"]


def test_what_has_changed_since_stands_before_the_recap_with_its_sources(place):
    edit(place.curriculum, "        outcomes: [double a number]\n", """\
        outcomes: [double a number]
        since:
          text: >-
            Numbers are doubled faster now, by [chips].

            The sum is the same.
          checked: 2026-11
          sources:
            - {title: "A report [2026]", url: "https://example.org/report"}
            - {title: Another, url: "https://example.org/other"}
""")
    found = built(place)
    assert by_role(found, "since") == (
        "## Since then\n\nNumbers are doubled faster now, by [chips]. The sum is the same.\n\n"
        "*Found in archived copies of public pages (2026-11):* "
        "[A report \\[2026\\]](https://example.org/report) · [Another](https://example.org/other)"
    )
    roles = [cell["metadata"]["pathkit"]["role"] for cell in found["cells"]]
    assert roles.index("since") + 1 == roles.index("recap")


def test_a_note_on_what_has_changed_needs_its_sources(place):
    edit(place.curriculum, "        outcomes: [double a number]\n", """\
        outcomes: [double a number]
        since: {text: It is faster now., checked: 2026-11, sources: []}
""")
    with pytest.raises(curriculum.CurriculumError, match="16:.*sources"):
        curriculum.load(place.curriculum, modules=place.modules)
