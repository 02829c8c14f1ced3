"""Finding the learner's answer to an exercise, whatever became of its cell."""

from __future__ import annotations

import copy
import json

import pytest

from pathkit.merging import notes
from pathkit.notebook_files.answers import find_answers, parts
from pathkit.notebook_files.notebook_file import text_of
from pathkit.path_modules import EVENING
from tests.building.test_build import ROOT
from tests.learner.learner_notebooks import SET_UP, code, exercise, find, opened, own, path, prose

NAMES = ["count", "share", "loss"]
BASE = path(SET_UP, prose("Words."), exercise("count"), exercise("share", "share = ..."),
            code("print(count)"), exercise("loss"))


@pytest.fixture
def notebook() -> dict:
    """All three exercises answered: with 1, 2 and 3."""
    notebook = opened(BASE)
    for number, name in enumerate(NAMES, 1):
        cell = notebook["cells"][find(notebook, f"{name}-exercise")]
        cell["source"] = cell["source"].replace("...", f"return {number}")
    return notebook


def found(notebook: dict, **settings):
    return find_answers(notebook, "bigram", NAMES, **settings)


def cell_of(notebook: dict, name: str) -> dict:
    return notebook["cells"][find(notebook, f"{name}-exercise")]


def how(notebook: dict, **settings) -> dict[str, str]:
    return {name: answer.how_found for name, answer in found(notebook, **settings).items()}


def holds_all(notebook: dict) -> bool:
    answers = found(notebook)
    return all(f"return {i}" in answers[name].source for i, name in enumerate(NAMES, 1))


def test_by_metadata(notebook):
    assert how(notebook) == dict.fromkeys(NAMES, "metadata")
    assert holds_all(notebook)
    answer = found(notebook)["share"]
    assert answer.source == text_of(notebook["cells"][answer.cell_index])
    assert answer.guess == ""


def test_by_comment(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    assert how(notebook) == dict.fromkeys(NAMES, "comment")
    assert holds_all(notebook)


def test_by_name(notebook):
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell["source"] = "\n".join(
            line for line in cell["source"].splitlines() if not line.startswith("# exercise"))
    assert how(notebook) == dict.fromkeys(NAMES, "name")
    assert holds_all(notebook)
    assert found(notebook)["count"].guess == "count: taken from cell 4, which defines that name"


def test_by_position(notebook):
    cell = cell_of(notebook, "share")
    cell["metadata"] = {}
    cell["source"] = "teile = 2\npath.check(share=teile)"
    answer = found(notebook)["share"]
    assert (answer.how_found, answer.source) == ("position", cell["source"])
    assert "by its place" in answer.guess


def test_a_place_is_no_sign_when_two_cells_could_be_meant(notebook):
    cell = cell_of(notebook, "share")
    cell["metadata"] = {}
    cell["source"] = "a = 2\npath.check(share=a)"
    notebook["cells"].insert(find(notebook, "print(count)"), own("b = 2\npath.check(share=b)"))
    assert "share" not in found(notebook)


def test_what_is_nowhere_is_left_out(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if "share" not in text_of(c)]
    assert list(found(notebook)) == ["count", "loss"]


@pytest.mark.parametrize("keeps_metadata", [True, False])
def test_the_last_filled_copy_counts_and_is_said(notebook, keeps_metadata):
    place = find(notebook, "count-exercise")
    twin = copy.deepcopy(notebook["cells"][place])
    twin |= {"id": "twin", "source": twin["source"].replace("return 1", "return 9")}
    if not keeps_metadata:
        twin["metadata"] = {}
    notebook["cells"].insert(place + 1, twin)
    answer = found(notebook)["count"]
    assert "return 9" in answer.source
    assert answer.guess == f"count: cells {place + 1} and {place + 2} answer it; the last of " \
                           "them counts"


def test_an_empty_copy_does_not_count(notebook):
    stub = copy.deepcopy(BASE["cells"][find(BASE, "count-exercise")])
    notebook["cells"].append({**stub, "id": "twin"})
    answer = found(notebook)["count"]
    assert "return 1" in answer.source
    assert answer.guess == ""


def test_an_answer_beside_an_untouched_stub(notebook):
    cell_of(notebook, "count")["source"] = text_of(cell_of(BASE, "count"))
    notebook["cells"].append(own("def count(x):\n    return 7"))
    assert found(notebook)["count"].how_found == "name"
    assert "return 7" in found(notebook)["count"].source


def test_untouched_stubs_are_found_as_they_are():
    answers = found(opened(BASE))
    assert {a.how_found for a in answers.values()} == {"metadata"}
    assert "..." in answers["share"].source


def test_a_stub_with_given_lines_is_told_by_the_paths_text():
    stub = "def count(x):\n    y = x + 1\n    ..."
    base = opened(path(exercise("count", stub)))
    base["cells"].append(own("def count(x):\n    return 7"))
    text = text_of(base["cells"][1])
    assert find_answers(base, "bigram", ["count"])["count"].how_found == "metadata"
    assert find_answers(base, "bigram", ["count"], {"count": text})["count"].how_found == "name"


def test_a_split_cell_is_put_together(notebook):
    place = find(notebook, "count-exercise")
    whole = notebook["cells"][place]
    at = whole["source"].index("    return")
    first = {**copy.deepcopy(whole), "id": "piece", "source": whole["source"][:at].rstrip()}
    whole["source"] = whole["source"][at:]
    notebook["cells"].insert(place, first)
    answer = found(notebook)["count"]
    assert answer.source.replace("\n\n    return", "\n    return") == (
        "# exercise: bigram.count\ndef count(x):\n    return 1\n\n\ncount = path.check(count)")
    assert answer.guess == (
        f"count: put together from cells {place + 1} and {place + 2}, into which it was split")
    assert answer.cell_index == place + 1


def test_an_answer_pasted_over_another_exercises_cell(notebook):
    """The text that a person sees says what a cell is; metadata that stayed behind do not."""
    pasted = cell_of(notebook, "loss")["source"]
    cell_of(notebook, "count")["source"] = pasted
    answers = found(notebook)
    assert "count" not in answers
    assert "return 3" in answers["loss"].source


def test_cells_of_the_path_and_prose_are_no_answers(notebook):
    notebook["cells"] = [c for c in notebook["cells"] if "loss" not in text_of(c)]
    notebook["cells"].append(
        {**own("loss = 4"), "metadata": {"pathkit": {"role": "text"}}})
    notebook["cells"].append(own("# exercise: bigram.loss\nwhat I think of it", "markdown"))
    notebook["cells"].append(own("`loss = 4` would do, or:\n```\nloss = 4\n```", "markdown"))
    assert "loss" not in found(notebook)


# --- cells that don't run ---------------------------------------------------------------------


def turned(notebook: dict, name: str, cell_type: str, *, keeps: str = "id metadata") -> dict:
    """The cell of an exercise as Jupyter leaves it when its type is changed by a key."""
    place = find(notebook, f"{name}-exercise")
    cell = notebook["cells"][place]
    notebook["cells"][place] = own(cell["source"], cell_type, **{
        key: cell[key] for key in keeps.split()})
    return notebook["cells"][place]


@pytest.mark.parametrize("cell_type", ["markdown", "raw"])
@pytest.mark.parametrize("keeps", ["id metadata", "metadata", "id", ""])
@pytest.mark.parametrize("comment", [True, False])
def test_an_answer_that_no_longer_is_code(notebook, cell_type, keeps, comment):
    cell = turned(notebook, "count", cell_type, keeps=keeps)
    if not comment:
        cell["source"] = cell["source"].partition("\n")[2]
    answer = found(notebook)["count"]
    assert "return 1" in answer.source
    number = answer.cell_index + 1
    assert notebook["cells"][number - 1] is cell
    kind = {"markdown": "Markdown", "raw": "raw text"}[cell_type]
    assert answer.guess.startswith(f"count: cell {number} is {kind}, so it doesn't run;")
    assert answer.guess.endswith("press Esc, then Y")


@pytest.mark.parametrize("fence", ["```python", "~~~", "````", "``` {.python}"])
def test_an_answer_in_a_fenced_block(notebook, fence):
    cell = turned(notebook, "count", "markdown")
    code, end = cell["source"], fence.rstrip("python {.}")
    cell["source"] = f"My first try:\n\n```\nx = 1\n```\n\n{fence}\n{code}\n{end}\n\nIt works."
    assert found(notebook)["count"].source == code


def test_code_goes_before_text_and_text_before_a_stub(notebook):
    turned(notebook, "count", "markdown")
    stub = copy.deepcopy(BASE["cells"][find(BASE, "count-exercise")])
    notebook["cells"].append({**stub, "id": "twin"})
    assert "return 1" in found(notebook)["count"].source
    notebook["cells"].append(own("def count(x):\n    return 7"))
    assert "return 7" in found(notebook)["count"].source


def test_a_stub_that_no_longer_is_code_is_found_as_such():
    notebook = opened(BASE)
    turned(notebook, "count", "markdown")
    answer = found(notebook)["count"]
    assert "..." in answer.source
    assert answer.guess.endswith("press Esc, then Y")


@pytest.mark.parametrize("top", ["%%time\n", "%%time\n\n", "%%capture out\n%%time\n", "  %%time\n"])
def test_magics_on_top(notebook, top):
    cell = cell_of(notebook, "count")
    cell["source"] = top + cell["source"]
    cell["metadata"] = {}
    assert found(notebook)["count"].how_found == "comment"
    stub = text_of(cell_of(BASE, "count"))
    cell["source"] = top + stub
    notebook["cells"].append(own("def count(x):\n    return 7"))
    assert "return 7" in found(notebook, stubs={"count": stub})["count"].source


def test_an_indented_comment_still_names_its_exercise(notebook):
    cell = cell_of(notebook, "count")
    cell["metadata"] = {}
    cell["source"] = "\n".join(f"    {line}" for line in cell["source"].splitlines())
    assert how(notebook)["count"] == "comment"


def test_a_note_of_an_update_is_no_answer_even_as_code(notebook):
    note = notes.changed("bigram-count-exercise", cell_of(BASE, "count"))
    note |= {"cell_type": "code", "outputs": [], "execution_count": None}
    notebook["cells"].append(note)
    assert "return 1" in found(notebook)["count"].source


def test_broken_code_is_an_answer(notebook):
    cell_of(notebook, "count")["source"] = "# exercise: bigram.count\ndef count(x:\n  retur"
    assert found(notebook)["count"].source.endswith("retur")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# exercise: m.f\ndef f():\n    ...\n\n\nf = path.check(f)",
         ("# exercise: m.f", "def f():\n    ...", "f = path.check(f)")),
        ("f = 3\nf = path.check(f=f)", ("", "f = 3", "f = path.check(f=f)")),
        ("# exercise: m.f\nf = 3", ("# exercise: m.f", "f = 3", "")),
        ("f = path.check(f)\nf = 3\nf = path.check(f)",
         ("", "f = path.check(f)\nf = 3", "f = path.check(f)")),
        ("    f = path.check(f)", ("", "    f = path.check(f)", "")),
        ("", ("", "", "")),
    ],
)
def test_parts_of_an_exercise(source, expected):
    found = parts(source, "f")
    assert (found.comment, found.answer, found.check) == expected


def test_every_solution_of_the_real_path_is_found():
    for file in sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb")):
        notebook = json.loads(file.read_text(encoding="utf-8"))
        module = notebook["metadata"]["pathkit"]["module"]
        ids = [c["metadata"]["pathkit"].get("exercise", "") for c in notebook["cells"]
               if c["metadata"]["pathkit"]["role"] == "exercise"]
        if module == EVENING:  # whose exercises are other modules': each is looked for as theirs
            for name in ids:
                owner, _, own = name.rpartition(".")
                assert find_answers(notebook, owner, [own])[own].how_found == "metadata"
            continue
        names = [name.rpartition(".")[2] for name in ids]
        whole = find_answers(notebook, module, names)
        assert list(whole) == names
        for cell in notebook["cells"]:
            cell["metadata"] = {}
            if cell["cell_type"] == "code":
                cell["source"] = text_of(cell).replace("# exercise:", "# my exercise:")
        by_name = find_answers(notebook, module, names)
        assert {n: a.cell_index for n, a in by_name.items()} == {
            n: a.cell_index for n, a in whole.items()}, module
