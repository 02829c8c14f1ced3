"""`pathkit build` on small projects in tmp_path; other tests borrow `small_project` from here."""

import hashlib
import json
import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

import pytest

from pathkit.building import build as builder
from pathkit.building.build import Place, Stale, build, check, generate, unchanged
from pathkit.building.python_source import ContentError
from pathkit.curriculum import CurriculumError

ROOT = Path(__file__).parents[2]

CURRICULUM = """\
title: Three steps
levels: {easy: 🟢, hard: 🔴}
flags: {long: 🕰️}
parts:
  - id: start
    title: The start
    modules:
      - id: first-step
        title: "First step: [brackets] | pipe"
        tagline: One thing after another.
        essential: true
        level: easy
        requires: []
        minutes: 20
        outcomes: [double a number]
        exercises: [double]
        resources:
          - id: a-video
            title: "A [video] | with a pipe"
            authors: [Somebody, Somebody Else]
            year: 2020
            kind: video
            url: https://example.org/a_(video)
            level: easy
            flags: [long]
            minutes: 5
            when: before
            summary: >
              What $|x|$ and `a | b` mean, and where <1 stands.

              A second paragraph.
            questions:
              - ask: "Is `a < b` the same as $a < b$ & $b > a$?"
                answer: |
                  Yes.

                  - one
                  - two
              - {ask: Why?, answer: "Because $x^2$."}
      - id: second-step
        title: Second step
        tagline: Then another.
        level: hard
        requires: [first-step]
        minutes: 30
        outcomes: [go on]
        resources: []
      - id: third-step
        title: Third step
        tagline: No lesson yet.
        level: hard
        requires: [first-step, second-step]
        minutes: 10
        outcomes: [stop]
        resources: []
"""

CARDS = {
    "first-step": 'cards:\n  - {ask: What is 2 times 2?, answer: "4"}\n',
    "second-step": "cards:\n  - {ask: What comes after the first?, answer: The second.}\n",
}

EXERCISES = '''\
"""Exercises of `first-step`."""

from pathkit.checks.exercise import exercise
from pathkit.checks.prediction import Choice, Number


@exercise(
    title="Double it",
    level="easy",
    minutes=3,
    prompt="Double a number.",
    probes=lambda rng: [(1,), (2.5,)],
    hints=["What is twice 3?", "Add it to itself.", "`return number + ___`"],
    errors=[("TypeError: `str`", "a text can't be doubled here")],
)
def double(number):
    """Twice the number."""
    secret_helper = number
    return secret_helper + number


after = Number(
    id="how-many", ask="How many?", value=lambda: 3, within=0.5, low="More.", high="Less.",
    right="Right.",
)
skip = Choice(id="skip-it", ask="Which?", options={"a": ("this", "no"), "b": ("that", "yes")},
              right="b", skip=True)
'''

LESSON = """\
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% tags=["parameters"]
steps = 3  # how many
name = "Ada"

# %% [markdown]
# ## Doubling

# %% exercise="double"
from .double import double

# %% predict="how-many"
path.predict("how-many", 3)

# %% tags=["nbval-check-output"]
print(name, list(range(steps)))
"""

SECOND = """\
# %%
total = 1 + 1

# %% [markdown]
# Between.

# %%
print("two:", total)
"""


def small_project(root: Path) -> Place:
    """Three modules: one with exercise and predictions, one with code alone, one without."""
    for name in ("first_step", "second_step", "third_step"):
        (root / "modules" / name).mkdir(parents=True)
    place = Place(root)
    place.curriculum.write_text(CURRICULUM, encoding="utf-8")
    place.modules.lesson("first-step").write_text(LESSON, encoding="utf-8")
    place.modules.lesson("second-step").write_text(SECOND, encoding="utf-8")
    exercises_file(place).write_text(EXERCISES, encoding="utf-8")
    for module, text in CARDS.items():
        place.modules.recall(module).write_text(text, encoding="utf-8")
    return place


def exercises_file(place: Place) -> Path:
    """What holds all exercises and predictions of the small project."""
    return place.modules.folder_of("first-step") / "double.py"


@pytest.fixture
def place(tmp_path):
    return small_project(tmp_path)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def tree(root: Path) -> dict[str, tuple]:
    """Every path below with what can change about it."""
    return {
        str(path.relative_to(root)): (
            path.stat().st_mtime_ns, path.stat().st_mode,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(root.rglob("*"))
    }


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def executed(path: Path, text: str = "out\n") -> None:
    """Give every code cell an output, as `pathkit run` would."""
    from pathkit.building.notebook import to_json

    notebook = read(path)
    for number, cell in enumerate((c for c in notebook["cells"] if c["cell_type"] == "code"), 1):
        cell["execution_count"] = number
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": [text]}]
    path.write_text(to_json(notebook), encoding="utf-8")


def execute_all(place: Place) -> None:
    for path in (place.notebooks / "solutions").glob("*.ipynb"):
        executed(path)


SOLUTIONS = "notebooks/solutions"
NAMES = ["01-first-step.ipynb", "02-second-step.ipynb", "03-third-step.ipynb"]


def test_build_writes_a_notebook_and_a_solution_for_every_module(place):
    written = build(place)
    wanted = [*(f"notebooks/{n}" for n in NAMES), *(f"{SOLUTIONS}/{n}" for n in NAMES)]
    wanted += ["notebooks/00-start-here.ipynb", "notebooks/path.json"]
    assert sorted(written) == sorted(wanted)
    assert all((place.root / name).is_file() for name in written)
    assert build(place) == []


def test_nothing_temporary_is_left(place):
    build(place)
    assert not [p for p in place.root.rglob(".*") if p.is_file()]


def test_check_names_what_is_missing_and_writes_nothing(place):
    before = tree(place.root)
    stale = check(place)
    assert tree(place.root) == before
    assert len(stale) == 8
    assert all(isinstance(s, Stale) and "missing" in s.why for s in stale)
    assert f"{SOLUTIONS}/01-first-step.ipynb" in {s.path for s in stale}


def test_check_is_silent_when_everything_was_built_and_run(place):
    build(place)
    execute_all(place)
    before = tree(place.root)
    assert check(place) == []
    assert tree(place.root) == before


def test_check_names_solutions_that_were_not_executed(place):
    build(place)
    found = {s.path: s.why for s in check(place)}
    assert list(found) == [f"{SOLUTIONS}/{n}" for n in NAMES[:2]]
    assert "pathkit run first-step" in found[f"{SOLUTIONS}/{NAMES[0]}"]


def test_cells_that_no_run_numbers_need_no_number(place):
    lesson = place.modules.lesson("second-step")
    lesson.write_text('# %%\n\n# %% tags=["skip-execution"]\nx = 1\n', encoding="utf-8")
    build(place)
    assert [s for s in check(place) if "second" in s.path] == []


def test_outputs_of_solutions_are_not_counted_by_check(place):
    build(place)
    execute_all(place)
    executed(place.notebooks / "solutions" / NAMES[1], "something else\n")
    assert check(place) == []


def damages():
    def outputs(place):
        executed(place.notebooks / NAMES[1])

    def edited(place):
        edit(place.notebooks / NAMES[0], "Doubling", "Trebling")

    def layout(place):
        path = place.notebooks / "solutions" / NAMES[1]
        path.write_text(json.dumps(read(path)), encoding="utf-8")

    def truncated(place):
        path = place.notebooks / NAMES[0]
        path.write_bytes(path.read_bytes()[:300])

    def latin1(place):
        (place.notebooks / NAMES[0]).write_bytes('{"cells": "é"}'.encode("latin-1"))

    def other_json(place):
        (place.notebooks / NAMES[0]).write_text("[1]", encoding="utf-8")

    def odd_cells(place):
        (place.notebooks / "solutions" / NAMES[0]).write_text('{"cells": ["a", 1]}', "utf-8")

    def no_count(place):
        path = place.notebooks / "solutions" / NAMES[1]
        notebook = read(path)
        del notebook["cells"][1]["execution_count"], notebook["cells"][1]["outputs"]
        path.write_text(json.dumps(notebook), encoding="utf-8")

    def empty(place):
        (place.notebooks / "00-start-here.ipynb").write_text("", encoding="utf-8")

    return [outputs, edited, layout, truncated, latin1, other_json, odd_cells, no_count, empty]


@pytest.mark.parametrize("damage", damages(), ids=lambda f: f.__name__)
def test_a_damaged_file_is_named_by_check_and_mended_by_build(place, damage):
    build(place)
    execute_all(place)
    good = {k: v[2] for k, v in tree(place.notebooks).items()}
    damage(place)
    changed = [k for k, v in tree(place.notebooks).items() if v[2] != good[k]]
    assert len(changed) == 1
    assert [s.path for s in check(place)] == [f"notebooks/{changed[0]}"]
    assert build(place) == [f"notebooks/{changed[0]}"]
    rest = check(place)
    assert all("not executed" in s.why for s in rest)


def test_a_module_that_is_gone_is_superfluous_and_removed(place):
    build(place)
    old = place.notebooks / "04-fourth-step.ipynb"
    text = (place.notebooks / NAMES[2]).read_text(encoding="utf-8")
    old.write_text(text.replace('"third-step"', '"fourth-step"'), encoding="utf-8")
    assert [s.path for s in check(place) if "no module" in s.why] == [f"notebooks/{old.name}"]
    assert build(place) == [f"notebooks/{old.name} (removed)"]
    assert not old.exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mine.ipynb", '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'),
        ("99-notes.ipynb", '{"cells": [], "metadata": null}'),
        ("99-broken.ipynb", "{"),
        ("99-list.ipynb", '{"metadata": ["pathkit"]}'),
        ("notes.txt", "hello"),
    ],
)
def test_a_persons_own_files_are_left_alone(place, name, text):
    build(place)
    mine = place.notebooks / name
    mine.write_text(text, encoding="utf-8")
    assert not [s for s in check(place) if name in s.path]
    assert build(place) == []
    assert mine.read_text(encoding="utf-8") == text


def test_a_copy_of_a_generated_notebook_is_a_persons_own(place):
    build(place)
    copy = place.notebooks / "01-first-step-Copy1.ipynb"
    shutil.copy(place.notebooks / NAMES[0], copy)
    assert build(place) == []
    assert copy.exists()


def test_only_the_notebooks_of_a_changed_lesson_are_written_again(place):
    build(place)
    before = tree(place.notebooks)
    edit(place.modules.lesson("second-step"), "Between.", "In between.")
    assert sorted(build(place)) == [f"notebooks/{NAMES[1]}", f"{SOLUTIONS}/{NAMES[1]}"]
    after = tree(place.notebooks)
    same = [k for k in before if NAMES[1] not in k and k != "solutions"]
    assert all(after[k] == before[k] for k in same)


def test_stored_outputs_of_unchanged_cells_survive_and_those_of_changed_cells_go(place):
    build(place)
    execute_all(place)
    edit(place.modules.lesson("second-step"), 'print("two:", total)', 'print("2:", total)')
    build(place)
    cells = [c for c in read(place.notebooks / "solutions" / NAMES[1])["cells"]
             if c["cell_type"] == "code"]
    assert [bool(c["outputs"]) for c in cells] == [True, False]
    assert [c["execution_count"] for c in cells] == [1, None]


def test_unchanged_sees_every_source_and_every_notebook(place):
    assert not unchanged(place)
    build(place)
    assert unchanged(place)
    sources = [place.curriculum, place.modules.lesson("second-step"), exercises_file(place),
               place.notebooks / NAMES[0], place.notebooks / "solutions" / NAMES[0]]
    for path in sources:
        text = path.read_text(encoding="utf-8")
        path.write_text(text + "\n", encoding="utf-8")
        assert not unchanged(place), path
        path.write_text(text, encoding="utf-8")
        assert unchanged(place)
    (place.notebooks / NAMES[0]).unlink()
    assert not unchanged(place)


@pytest.mark.parametrize("text", ["", "[]", "null", '{"files": 3}', "\xff"])
def test_a_damaged_state_costs_one_build_and_nothing_else(place, text):
    build(place)
    place.state.write_bytes(text.encode("latin-1"))
    assert not unchanged(place)
    assert build(place) == []
    assert unchanged(place)


def test_a_source_edited_during_a_build_counts_as_changed(place, monkeypatch):
    def slow(place):
        wanted = generate(place)
        edit(place.modules.lesson("second-step"), "Between.", "In between.")
        return wanted

    monkeypatch.setattr(builder, "generate", slow)
    build(place)
    monkeypatch.undo()
    assert not unchanged(place)
    assert len(build(place)) == 2


def test_a_build_that_fails_writes_nothing(place):
    build(place)
    before = tree(place.root)
    edit(place.modules.lesson("second-step"), "# %%\ntotal", '# %% colour="red"\ntotal')
    before = tree(place.root)
    with pytest.raises(ContentError):
        build(place)
    edit(place.curriculum, "level: hard", "level: hrad")
    with pytest.raises(CurriculumError):
        build(place)
    after = tree(place.root)
    assert {k for k in after if after[k] != before.get(k)} <= {"curriculum.yaml", "."}


README = "# Title\n\n<!-- path: begin -->\n\nold\n\n<!-- path: end -->\n\nThe rest.\n"


def test_the_readme_gets_its_map_between_the_marks(place):
    readme = place.root / "README.md"
    readme.write_text(README, encoding="utf-8")
    assert "README.md" in {s.path for s in check(place)}
    assert "README.md" in build(place)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# Title\n\n<!-- path: begin -->\n\n**The start**")
    assert text.endswith("<!-- path: end -->\n\nThe rest.\n")
    assert "(notebooks/02-second-step.ipynb)" in text and "old" not in text
    assert build(place) == []


@pytest.mark.parametrize(
    "text",
    [
        "plain\n",
        "<!-- path: begin --> no end\n",
        "<!-- path: end --> first\n<!-- path: begin -->\nkept\n",
    ],
)
def test_a_readme_without_a_pair_of_marks_is_left_alone(place, text):
    readme = place.root / "README.md"
    readme.write_text(text, encoding="utf-8")
    build(place)
    assert readme.read_text(encoding="utf-8") == text


def test_a_readme_that_is_not_text_is_an_error_of_one_line(place):
    (place.root / "README.md").write_bytes(b"caf\xe9")
    with pytest.raises(ContentError, match="README.md:1: not UTF-8"):
        build(place)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o600), (0o022, 0o644), (0o002, 0o664)])
def test_new_files_follow_the_umask_and_old_ones_keep_their_permissions(place, mask, mode):
    old = os.umask(mask)
    try:
        build(place)
        path = place.notebooks / NAMES[1]
        assert path.stat().st_mode & 0o777 == mode
        path.chmod(0o640)
        edit(place.modules.lesson("second-step"), "Between.", "In between.")
        build(place)
        assert path.stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(old)


# --- the same bytes everywhere -----------------------------------------------------------------

BUILD = """
import os, sys
os.umask(0o077)
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from pathkit.building.build import Place, build
build(Place(Path(sys.argv[1])))
"""


def real_copy(folder: Path) -> Path:
    folder.mkdir()
    for name in ("curriculum.yaml", "README.md"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in [*folder.glob("*.md"), *folder.rglob("*.ipynb")]
    }


def built_by(python: str, folder: Path, *packages: str, **environment: str) -> dict[str, str]:
    """packages: folders of them, in place of what that Python finds by itself."""
    command = [python, *["-S"] * bool(packages), "-c", BUILD, str(real_copy(folder)),
               str(ROOT / "src"), *packages]
    subprocess.run(
        command, check=True, cwd=folder.parent, env={**os.environ, **environment}, timeout=120
    )
    return digests(folder)


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    folder = real_copy(tmp_path_factory.mktemp("real") / "project")
    build(Place(folder))
    return digests(folder)


@pytest.mark.slow
def test_the_real_path_is_the_same_bytes_under_another_environment(real, tmp_path):
    other = built_by(
        # Under such a locale Python itself stumbles over .pth files with a path like that of ü.
        sys.executable, tmp_path / "Other Ordner ü", *site.getsitepackages(),
        PYTHONHASHSEED="4711", TZ="Asia/Kathmandu", LC_ALL="C", LANG="de_DE.ISO-8859-1",
        PYTHONUTF8="0", PYTHONCOERCECLOCALE="0",
    )
    assert len(real) > 50
    assert other == real


@pytest.mark.slow
@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_the_real_path_is_the_same_bytes_under_another_python(real, tmp_path, version):
    python = shutil.which(f"python{version}")
    if python is None:
        pytest.skip(f"there is no python{version} here")
    needed = "import click, jupytext, pydantic, ruamel.yaml"
    if subprocess.run([python, "-c", needed], capture_output=True).returncode:
        pytest.skip(f"{python} lacks the packages that a build needs")
    assert built_by(python, tmp_path / "other", PYTHONPATH="") == real
