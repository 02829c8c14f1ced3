"""The gates a lesson passes: its size, its figures, its words, its questions."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

from pathkit import curriculum
from pathkit.building import exercise_files, lesson
from pathkit.building.build import Place
from pathkit.checks.loading import exercises_of, predictions_of
from pathkit.checks.prediction import Choice

ROOT = Path(__file__).parents[2]
PLACE = Place(ROOT)
PATH = curriculum.load(PLACE.curriculum, modules=PLACE.modules)
LESSONS = [m.id for m in PATH.modules if PLACE.modules.lesson(m.id).exists()]

FORBIDDEN = re.compile(r"\b(just|simply|obviously|of course|easy to see)\b|!(?![\[=])", re.I)
ALLOWED_IMPORTS = {
    "collections", "dataclasses", "functools", "heapq", "itertools", "json", "math", "random",
    "re", "string", "time", "bz2", "gzip", "lzma", "zlib", "fractions", "copy", "statistics",
    "matplotlib", "numpy", "torch", "pathkit", "textwrap", "bisect",
}  # fmt: skip


@pytest.fixture(params=LESSONS, scope="module")
def module(request):
    return PATH.module(request.param)


@pytest.fixture(scope="module")
def texts(module):
    return exercise_files.read(PLACE.modules.folder_of(module.id))


@pytest.fixture(scope="module")
def cells(module, texts):
    return lesson.read(PLACE.modules.lesson(module.id), texts)


def read_by_learners(cells, texts) -> list[str]:
    """The prose of a lesson: its own cells, the prompts, what is asked before a cell is run."""
    found = []
    for cell in cells:
        if cell.kind == "markdown":
            found.append(cell.source)
        elif cell.kind == "exercise":
            found.append(texts.exercises[cell.name].prompt)
        elif cell.kind == "predict":
            found.append(texts.predictions[cell.name].ask)
    return found


def words(text: str) -> int:
    return len(text.split())


def code(cells):
    return [cell for cell in cells if cell.kind == "code"]


def shown(cells) -> list[ast.Call]:
    """Every call of path.show in a lesson, figures drawn by a helper counted where it is called."""
    trees = [ast.parse(cell.source) for cell in code(cells)]
    helpers = {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and any(_is_show(n) for n in ast.walk(node))
    }
    calls = []
    for tree in trees:
        inside = {
            id(n)
            for f in ast.walk(tree)
            if isinstance(f, ast.FunctionDef)
            for n in ast.walk(f)
        }
        for node in ast.walk(tree):
            if id(node) in inside or not isinstance(node, ast.Call):
                continue
            if _is_show(node) or (isinstance(node.func, ast.Name) and node.func.id in helpers):
                calls.append(node)
    return calls


def _is_show(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "path.show"


def test_a_lesson_has_35_to_60_cells(cells):
    assert 35 <= len(cells) <= 60


def test_a_lesson_has_1200_to_2000_words(cells, texts):
    total = sum(words(text) for text in read_by_learners(cells, texts))
    assert 1200 <= total <= 2000


def test_a_text_cell_has_about_30_words(cells, texts):
    median = statistics.median(words(text) for text in read_by_learners(cells, texts))
    assert 20 <= median <= 45


def test_a_code_cell_has_20_lines_at_most(cells):
    long = [cell.source.splitlines()[0] for cell in code(cells) if cell.source.count("\n") >= 20]
    assert not long


def test_a_lesson_shows_3_to_6_figures(cells):
    assert 3 <= len(shown(cells)) <= 6


def test_figures_have_alt_text_titles_and_labels(cells):
    for call in shown(cells):
        texts = [
            n.value for n in ast.walk(call) if isinstance(n, ast.Constant)
            and isinstance(n.value, str)
        ]
        assert max(map(words, texts), default=0) >= 6, ast.unparse(call)[:80]
    for cell in code(cells):
        if "path.figure(" in cell.source:
            assert "title" in cell.source and "xlabel" in cell.source, cell.source[:80]


def test_a_lesson_has_exercises_predictions_and_a_way_to_skip_it(cells, texts):
    assert 5 <= len(texts.exercises) <= 9
    assert sum(cell.kind == "predict" for cell in cells) >= 3
    assert sum(p.skip for p in texts.predictions.values()) == 3


def test_a_lesson_ends_with_a_stretch(cells):
    headings = [c.source.splitlines()[0] for c in cells if c.source.startswith("## ")]
    assert headings[-1] == "## Stretch"


def test_a_lesson_has_cards_and_a_group_box(module):
    assert 6 <= len(module.cards) <= 10
    assert len(module.group.discuss) == 3
    assert sum(text.startswith("Contested: ") for text in module.group.discuss) == 1


def everything_said(module_id, cells, texts) -> list[str]:
    said = read_by_learners(cells, texts)
    for exercise in exercises_of(module_id).values():
        said += [exercise.passed, exercise.title, *exercise.hints]
        said += [m.message for m in exercise.misconceptions] + [t for _, t in exercise.errors]
    for prediction in predictions_of(module_id).values():
        if isinstance(prediction, Choice):
            said += [text for option in prediction.options.values() for text in option]
    return said


def prose(text: str) -> str:
    """Text without code, math and table rows, whose punctuation means something else."""
    text = re.sub(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", " x ", text, flags=re.DOTALL)
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("|"))


def test_nobody_is_told_that_something_is_easy(module, cells, texts):
    for text in everything_said(module.id, cells, texts):
        assert not FORBIDDEN.search(prose(text)), text


def sentences(text: str) -> list[str]:
    text = re.sub(r"^(#+|[-*]|\d+\.)\s.*?(?=\s)|\*\*", " ", prose(text), flags=re.MULTILINE)
    return [s for s in re.split(r"(?<=[.?:])\s+|\n\n", text) if words(s) > 2]


def test_sentences_are_short(module, cells, texts):
    found = [s for t in everything_said(module.id, cells, texts) for s in sentences(t)]
    long = [s for s in found if words(s) > 32]
    assert not long
    assert statistics.mean(map(words, found)) < 16


def test_messages_explain(module):
    for exercise in exercises_of(module.id).values():
        for wrong in exercise.misconceptions:
            assert words(wrong.message) >= 12, f"{exercise.id}: {wrong.name} needs its why"


def test_imports_are_taught_and_need_no_network(module, cells):
    earlier = taught(module.id)
    for cell in cells:
        for node in ast.walk(ast.parse(cell.source if cell.kind != "markdown" else "")):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in ALLOWED_IMPORTS, name
                if name.startswith(("pathkit.exercises.", "pathkit.modules.")):
                    used = name.split(".")[2].replace("_", "-")
                    assert used in earlier, f"{used} is not in requires of {module.id}"


def taught(module_id: str) -> set[str]:
    return {module_id}.union(*(taught(r) for r in PATH.module(module_id).requires))


def choices() -> list[Choice]:
    found = [p for m in LESSONS for p in predictions_of(m).values() if isinstance(p, Choice)]
    assert found
    return found


def test_every_option_is_explained():
    for choice in choices():
        assert choice.right in choice.options
        whys = [why for _, why in choice.options.values()]
        assert len(set(whys)) == len(whys) and all(words(why) >= 5 for why in whys), choice.id


def test_the_right_option_cannot_be_guessed_by_length_or_place():
    """Rates against chance, with room for two standard deviations of a fair key."""
    found = choices()
    chance = statistics.mean(1 / len(c.options) for c in found)
    allowed = chance + 2 * (chance * (1 - chance) / len(found)) ** 0.5
    longest = [max(c.options, key=lambda k, c=c: len(c.options[k][0])) == c.right for c in found]
    assert sum(longest) / len(found) <= allowed, "the longest option is right too often"
    for letter in "abcd":
        rate = sum(c.right == letter for c in found) / len(found)
        assert rate <= allowed, f"option {letter} is right too often"
