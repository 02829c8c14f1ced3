"""Merging, situation by situation: what the learner did, what the path did, what comes out."""

from __future__ import annotations

import copy
import json
import re
import time
from collections.abc import Callable

import nbformat
import pytest

from pathkit.learner.update.rename import renamed
from pathkit.merging import notes
from pathkit.merging.merge import merge
from pathkit.notebook_files.notebook_file import text_of, to_json
from tests.building.test_build import ROOT
from tests.learner.learner_notebooks import (
    SET_UP,
    Part,
    code,
    exercise,
    find,
    opened,
    own,
    path,
    predict,
    prose,
    role,
    sources,
)
from tests.this_path import notebook_of

INTRO = prose("A model is a table of counts, one row for each letter.")
NEW_INTRO = prose("A model is a table of counts, one row for each of the letters.")
PLOT = code("draw(table)")
PARAMETERS = Part("parameters", "steps = 400")
END = prose("That is all there is to it.")
COUNT = exercise("count", 'def count(names):\n    """Count pairs."""\n    ...')
NEW_COUNT = exercise("count", 'def count(names, index):\n    """Count pairs."""\n    ...')
BASE = path(role("title", "# Bigram"), SET_UP, PARAMETERS, INTRO, COUNT, predict("after-q"), PLOT,
            exercise("loss"), END)


def parts(**changes: Part | None) -> dict:
    """The path of BASE with some parts exchanged, or left out where None is given."""
    known = {
        "title": role("title", "# Bigram"), "set_up": SET_UP, "parameters": PARAMETERS,
        "intro": INTRO, "count": COUNT, "predict": predict("after-q"), "plot": PLOT,
        "loss": exercise("loss"), "end": END,
    }
    return path(*filter(None, (known | changes).values()))


def texts_of(notebook: dict) -> dict[str, str]:
    return {cell["id"]: text_of(cell) for cell in notebook["cells"]}


def merged(learner: dict, new: dict, base: dict | None = BASE) -> dict:
    """Merge, and see that the result is a notebook and stays one when merged again."""
    result, _ = merge(learner, base, new)
    assert merge(result, base, new)[0] == result
    assert merge(result, new, new)[0] == result
    nbformat.validate(nbformat.from_dict(result))
    return result


def said(learner: dict, new: dict, base: dict | None = BASE) -> list[tuple[str, str]]:
    return [tuple(remark) for remark in merge(learner, base, new)[1]]


@pytest.fixture
def learner() -> dict:
    return opened(BASE)


def answer(notebook: dict, name: str, text: str) -> None:
    cell = notebook["cells"][find(notebook, f"{name}-exercise")]
    cell["source"] = cell["source"].replace("...", text)
    cell |= {"execution_count": 3, "outputs": [
        {"output_type": "stream", "name": "stdout", "text": ["passed\n"]}]}


def change(notebook: dict, part: str, old: str, new: str) -> None:
    cell = notebook["cells"][find(notebook, part)]
    assert old in cell["source"]
    cell["source"] = cell["source"].replace(old, new)


def notes_of(notebook: dict) -> dict[str, str]:
    """The notes of updates, by the source of the cell before them."""
    found = {}
    for before, cell in zip(notebook["cells"], notebook["cells"][1:], strict=False):
        if notes.about(cell):
            found[text_of(before)] = text_of(cell)
    return found


# --- one cell -----------------------------------------------------------------------------------


def test_nothing_changed(learner):
    assert merged(learner, BASE) == learner
    assert said(learner, BASE) == []


def test_an_untouched_notebook_becomes_the_new_one(learner):
    new = parts(intro=NEW_INTRO, count=NEW_COUNT, end=None, plot=code("draw(2 * table)"))
    assert merged(learner, new) == opened(new)


def test_only_the_learner_changed(learner):
    answer(learner, "count", "return 1")
    change(learner, "table of counts", "A model", "MY MODEL")
    assert merged(learner, BASE) == learner


def test_new_prompts_hints_and_prose_around_an_answer(learner):
    answer(learner, "count", "return 1")
    new = parts(intro=NEW_INTRO, end=prose("Wholly different words stand here now."))
    new["cells"][find(new, "count-prompt")]["source"] = "A clearer prompt."
    result = merged(learner, new)
    assert "return 1" in texts_of(result)["bigram-count-exercise"]
    expected = opened(new)
    expected["cells"][find(expected, "count-exercise")] = learner["cells"][
        find(learner, "count-exercise")]
    assert result == expected


def test_both_changed_prose(learner):
    change(learner, "table of counts", "A model", "MY MODEL")
    result = merged(learner, parts(intro=NEW_INTRO))
    [(mine, note)] = notes_of(result).items()
    assert mine.startswith("MY MODEL")
    assert note == f"{notes.CHANGED}\n\n{NEW_INTRO.text}"
    assert ("both", '"A model is a table of counts, on…"') in said(learner, parts(intro=NEW_INTRO))


def test_both_changed_code_and_the_new_text_is_inert(learner):
    change(learner, "steps", "400", "4000")
    result = merged(learner, parts(parameters=Part("parameters", "steps = 500  # ```")))
    [(mine, note)] = notes_of(result).items()
    assert mine == "steps = 4000"
    assert note == f"{notes.CHANGED}\n\n````python\nsteps = 500  # ```\n````"
    assert not [c for c in result["cells"] if c["cell_type"] == "code" and "500" in c["source"]]


def test_both_changed_an_exercise(learner):
    answer(learner, "count", "return 1")
    result = merged(learner, parts(count=NEW_COUNT))
    [(mine, note)] = notes_of(result).items()
    assert mine == text_of(learner["cells"][find(learner, "count-exercise")])
    assert "def count(names, index):" in note
    assert note.count("```") == 2
    assert ("both", "count") in said(learner, parts(count=NEW_COUNT))


def test_a_prediction_is_the_learners(learner):
    change(learner, "after-q-predict", "...", "0.93")
    result = merged(learner, parts(predict=predict("after-q", "a share")))
    [(mine, note)] = notes_of(result).items()
    assert mine.startswith('path.predict("after-q", 0.93)')
    assert "a share" in note


def test_both_made_the_same_change(learner):
    change(learner, "table of counts", "each letter", "each of the letters")
    assert notes_of(merged(learner, parts(intro=NEW_INTRO))) == {}


# --- an exercise's first and last line are the path's -------------------------------------------


STRICT = "count = path.check(count, strict=True)"


def test_a_new_check_under_an_old_answer(learner):
    answer(learner, "count", "return 1")
    result = merged(learner, parts(count=exercise("count", COUNT.text, STRICT)))
    cell = result["cells"][find(result, "count-exercise")]
    assert cell["source"] == (
        '# exercise: bigram.count\ndef count(names):\n    """Count pairs."""\n    return 1'
        f"\n\n\n{STRICT}"
    )
    assert (cell["outputs"], cell["execution_count"]) == ([], None)
    assert notes_of(result) == {}


def test_a_check_that_the_learner_changed_is_theirs(learner):
    answer(learner, "count", "return 1")
    change(learner, "count-exercise", "path.check(count)", "path.check(count)  # at last")
    result = merged(learner, parts(count=exercise("count", COUNT.text, STRICT)))
    assert "path.check(count)  # at last" in texts_of(result)["bigram-count-exercise"]
    assert STRICT not in texts_of(result)["bigram-count-exercise"]


def test_what_stands_behind_the_check_stays(learner):
    answer(learner, "count", "return 1")
    change(learner, "count-exercise", "path.check(count)", "path.check(count)\nprint(count(1))")
    result = merged(learner, parts(count=exercise("count", COUNT.text, STRICT)))
    assert texts_of(result)["bigram-count-exercise"].endswith(f"{STRICT}\nprint(count(1))")


def test_a_stub_without_an_answer_is_the_paths(learner):
    new = parts(count=exercise("count", NEW_COUNT.text, STRICT))
    assert merged(learner, new) == opened(new)


def test_a_check_that_grows_by_a_line_grows_once(learner):
    answer(learner, "count", "return 1")
    longer = "count = path.check(count)\nprint(count)"
    result = merged(learner, parts(count=exercise("count", COUNT.text, longer)))
    assert texts_of(result)["bigram-count-exercise"].endswith(f"return 1\n\n\n{longer}")


# --- cells that come and go ---------------------------------------------------------------------


def test_dropped_and_untouched_is_gone(learner):
    result = merged(learner, parts(plot=None, end=None))
    assert result == opened(parts(plot=None, end=None))


def test_dropped_and_changed_is_kept_and_labelled(learner):
    change(learner, "draw(table)", "table", "my_table")
    result = merged(learner, parts(plot=None))
    assert notes_of(result) == {"draw(my_table)": notes.DROPPED}
    assert said(learner, parts(plot=None)) == [("kept", '"draw(table)"')]


def test_a_dropped_exercise_with_an_answer_is_kept(learner):
    answer(learner, "count", "return 1")
    result = merged(learner, parts(count=None))
    assert list(notes_of(result).values()) == [notes.DROPPED]
    assert "return 1" in "".join(sources(result))
    assert "bigram-count-prompt" not in texts_of(result)


def test_a_label_goes_with_its_cell(learner):
    change(learner, "draw(table)", "table", "my_table")
    new = parts(plot=None)
    result = merged(learner, new)
    result["cells"] = [c for c in result["cells"] if text_of(c) != "draw(my_table)"]
    assert notes_of(merged(result, new, new)) == {}


def test_deleted_prose_and_code_stay_deleted(learner):
    for part in ("table of counts", "draw(table)", "count-hints"):
        del learner["cells"][find(learner, part)]
    newer = parts(end=None)
    left = [c for c in learner["cells"] if "That is all" not in c["source"]]
    assert merged(learner, newer) == opened({**newer, "cells": left})


def test_deleted_prose_comes_back_when_the_path_changes_it(learner):
    del learner["cells"][find(learner, "table of counts")]
    assert merged(learner, parts(intro=NEW_INTRO)) == opened(parts(intro=NEW_INTRO))


@pytest.mark.parametrize(
    ("part", "label"),
    [("count-exercise", "count"), ("after-q-predict", "after-q"), ("path.ready", "set-up")],
)
def test_what_is_needed_comes_back(learner, part, label):
    del learner["cells"][find(learner, part)]
    assert merged(learner, BASE) == opened(BASE)
    assert said(learner, BASE) == [("returned", label)]


def test_an_exercise_merged_into_another_cell_does_not_come_back(learner):
    """A stub that ran after the answer would take its place."""
    answer(learner, "loss", "return 1")
    place = find(learner, "loss-exercise")
    learner["cells"][place - 2]["source"] += "\n\n" + learner["cells"].pop(place)["source"]
    result = merged(learner, parts(intro=NEW_INTRO))
    assert "".join(sources(result)).count("# exercise: bigram.loss") == 1


def test_new_cells_stand_where_the_path_has_them(learner):
    answer(learner, "count", "return 1")
    base = parts(plot=None, predict=None)
    learner = merge(learner, BASE, base)[0]
    result = merged(learner, BASE, base)
    assert [c["id"] for c in result["cells"]] == [c["id"] for c in BASE["cells"]]


# --- the learner's own cells, and order ---------------------------------------------------------


def test_own_cells_stay_behind_what_they_followed(learner):
    learner["cells"].insert(0, own("before everything", "markdown", id="n0"))
    learner["cells"].insert(find(learner, "count-hints") + 1, own("mine = 1", id="n1"))
    learner["cells"].append(own("after everything", "raw", id="n2"))
    new = parts(intro=NEW_INTRO, predict=None, plot=code("x = 1\nplot(x)\nshow()"))
    result = merged(learner, new)
    places = {cell["id"]: i for i, cell in enumerate(result["cells"])}
    assert places["n0"] == 0
    assert result["cells"][places["n1"] - 1]["id"] == "bigram-count-hints"
    assert places["n2"] == len(result["cells"]) - 1
    rest = [c for c in result["cells"] if c["id"] not in ("n0", "n1", "n2")]
    assert rest == opened(new)["cells"]


def test_own_cells_move_with_the_cell_they_followed(learner):
    learner["cells"].insert(find(learner, "draw") + 1, own("mine = 1", id="n1"))
    new = path(role("title", "# Bigram"), SET_UP, PARAMETERS, PLOT, INTRO, COUNT,
               predict("after-q"), exercise("loss"), END)
    ids = [cell["id"] for cell in merged(learner, new)["cells"]]
    assert ids[ids.index("n1") - 1] == new["cells"][find(new, "draw")]["id"]
    assert [i for i in ids if i != "n1"] == [c["id"] for c in new["cells"]]


def test_the_learners_order_holds_when_they_changed_it(learner):
    learner["cells"].insert(1, learner["cells"].pop(find(learner, "draw")))
    answer(learner, "count", "return 1")
    added = code("import math  # quite new")
    new = path(role("title", "# Bigram"), SET_UP, PARAMETERS, INTRO, COUNT, predict("after-q"),
               PLOT, added, exercise("loss"), END)
    result = merged(learner, new)
    found = sources(result)
    assert found[1] == "draw(table)"
    assert found[2] == added.text
    assert found[:1] + found[3:] == sources(learner)[:1] + sources(learner)[2:]


def test_outputs_stay_while_the_source_does(learner):
    for cell in learner["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": 1, "outputs": [
                {"output_type": "stream", "name": "stdout", "text": "x"}]}
    result = merged(learner, parts(plot=code("draw(table, 2)"), intro=NEW_INTRO))
    counts = {text_of(c): c["execution_count"] for c in result["cells"] if c["cell_type"] == "code"}
    assert counts.pop("draw(table, 2)") is None
    assert set(counts.values()) == {1}


# --- copies, pieces, and what editors lose ------------------------------------------------------


def test_copies_that_keep_the_id(learner):
    answer(learner, "count", "return 1")
    place = find(learner, "count-exercise")
    twin = copy.deepcopy(learner["cells"][place])
    twin["source"] = twin["source"].replace("return 1", "return 2")
    learner["cells"].insert(place + 1, twin)
    result = merged(learner, parts(intro=NEW_INTRO))
    first, second = [c for c in result["cells"] if "return" in c["source"]]
    assert (first["id"], "return 1" in first["source"]) == ("bigram-count-exercise", True)
    assert second["id"].startswith("own-")
    assert "return 2" in second["source"]
    assert ("copy", '"exercise: bigram.count"') in said(learner, parts(intro=NEW_INTRO))


def test_copies_that_keep_only_the_metadata(learner):
    """What JupyterLab does: a pasted cell has an id of its own."""
    place = find(learner, "count-exercise")
    twin = copy.deepcopy(learner["cells"][place])
    twin |= {"id": "pasted", "source": twin["source"].replace("...", "return 2")}
    learner["cells"].insert(place + 1, twin)
    result = merged(learner, parts(count=NEW_COUNT))
    assert "return 2" in texts_of(result)["pasted"]
    assert texts_of(result)["bigram-count-exercise"] == texts_of(
        parts(count=NEW_COUNT))["bigram-count-exercise"]


@pytest.mark.parametrize("keeps_id", [0, 1])
def test_a_split_exercise_stays_together(learner, keeps_id):
    """JupyterLab leaves the id with the last piece and the metadata with all."""
    answer(learner, "count", "return 1\n\ntwo = 2")
    place = find(learner, "count-exercise")
    whole = learner["cells"][place]
    pieces = [copy.deepcopy(whole), copy.deepcopy(whole)]
    at = whole["source"].index("two")
    pieces[0]["source"], pieces[1]["source"] = whole["source"][:at], whole["source"][at:]
    pieces[1 - keeps_id]["id"] = "piece"
    learner["cells"][place : place + 1] = pieces
    new = path(role("title", "# Bigram"), SET_UP, PARAMETERS, INTRO, NEW_COUNT, code("extra = 1"),
               predict("after-q"), PLOT, exercise("loss"), END)
    result = merged(learner, new)
    places = [i for i, c in enumerate(result["cells"]) if c["source"] in
              (pieces[0]["source"], pieces[1]["source"])]
    assert places == [places[0], places[0] + 1]
    assert notes.about(result["cells"][places[1] + 1]) == "bigram-count-exercise"


def strip_metadata(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def strip_ids(notebook: dict) -> None:
    for cell in notebook["cells"]:
        del cell["id"]
    notebook["nbformat_minor"] = 4


def renew_ids(notebook: dict) -> None:
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{number:08x}"


def strip_all(notebook: dict) -> None:
    strip_metadata(notebook)
    strip_ids(notebook)
    notebook["metadata"] = {}


@pytest.mark.parametrize("strip", [strip_metadata, strip_ids, renew_ids, strip_all])
def test_stripped_notebooks_are_put_right(learner, strip: Callable[[dict], None]):
    answer(learner, "count", "return 1")
    change(learner, "after-q-predict", "...", "0.93")
    learner["cells"].append(own("mine = 1", id="mine"))
    expected = merge(copy.deepcopy(learner), BASE, parts(plot=code("draw(2)")))[0]
    strip(learner)
    result = merged(learner, parts(plot=code("draw(2)")))
    result["cells"][-1]["id"] = "mine"
    assert result == expected


def test_windows_line_ends_and_a_last_newline_are_no_change(learner):
    for cell in learner["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n") + "\n"
    assert texts_of(merged(learner, parts(intro=NEW_INTRO, count=NEW_COUNT)))[
        "bigram-count-exercise"] == texts_of(parts(count=NEW_COUNT))["bigram-count-exercise"]


def test_half_a_character_is_kept(learner):
    """JSON can hold what no file can; the file then holds it as an escape."""
    learner["cells"].append(own("mine = '\ud83d'", id="mine"))
    result = merge(learner, BASE, parts(intro=NEW_INTRO))[0]
    assert json.loads(to_json(result).encode())["cells"][-1]["source"] == ["mine = '\ud83d'"]


def test_a_cell_of_another_type_is_a_changed_cell(learner):
    cell = learner["cells"][find(learner, "draw")]
    cell["cell_type"] = "raw"
    del cell["outputs"], cell["execution_count"]
    result = merged(learner, parts(plot=code("draw(table, 2)")))
    [(mine, note)] = notes_of(result).items()
    assert mine == "draw(table)"
    assert "draw(table, 2)" in note


def test_a_pasted_picture_is_a_change(learner):
    picture = {"image.png": {"image/png": "AAAA"}}
    learner["cells"][find(learner, "table of counts")]["attachments"] = picture
    result = merged(learner, parts(intro=NEW_INTRO))
    assert result["cells"][find(result, "each letter")]["attachments"] == picture
    assert len(notes_of(result)) == 1


# --- notes over several updates -----------------------------------------------------------------


def test_a_note_follows_the_path_and_goes_when_it_is_settled(learner):
    change(learner, "steps", "400", "4000")
    versions = [parts(parameters=Part("parameters", f"steps = {n}")) for n in (500, 600)]
    first = merged(learner, versions[0])
    second = merged(first, versions[1], versions[0])
    [note] = notes_of(second).values()
    assert "steps = 600" in note
    assert "steps = 500" not in note
    change(second, "4000", "4000", "600")
    assert notes_of(merged(second, versions[1], versions[1])) == {}


def test_a_note_that_was_deleted_or_written_into(learner):
    change(learner, "steps", "400", "4000")
    new = parts(parameters=Part("parameters", "steps = 500"))
    first = merged(learner, new)
    place = find(first, "update-")
    written = copy.deepcopy(first)
    written["cells"][place]["source"] += "\nI chose 4000 for a reason."
    del first["cells"][place]
    assert merged(first, new, new) == first
    newer = parts(parameters=Part("parameters", "steps = 600"))
    assert "for a reason" in "".join(sources(merged(written, newer, new)))


# --- a folder from before there were bases ------------------------------------------------------


def test_without_a_base_nothing_of_the_learners_is_taken(learner):
    answer(learner, "count", "return 1")
    change(learner, "draw", "table", "my_table")
    change(learner, "That is all", "all", "ALL")
    new = parts(intro=NEW_INTRO, count=NEW_COUNT, title=role("title", "# Bigrams"), end=None)
    result = merged(learner, new, None)
    found = sources(result)
    assert NEW_INTRO.text in found, "prose that still has the words of its id was not touched"
    assert INTRO.text not in found
    assert "return 1" in texts_of(result)["bigram-count-exercise"]
    assert notes_of(result) == {
        "# Bigram": f"{notes.CHANGED}\n\n# Bigrams",
        "That is ALL there is to it.": notes.DROPPED,
    }
    assert "draw(my_table)" in found, "the path still has the cell that this one is named after"


# --- a module that was renamed upstream ---------------------------------------------------------


def test_a_renamed_module(learner):
    answer(learner, "count", "return 1")
    change(learner, "table of counts", "A model", "MY MODEL")
    new = path(role("title", "# Pairs"), SET_UP, PARAMETERS, INTRO, COUNT, predict("after-q"),
               PLOT, exercise("loss"), END, module="pairs", formerly=["bigram"])
    result = merged(renamed(learner, "bigram", "pairs"), new, renamed(BASE, "bigram", "pairs"))
    expected = opened(new)
    for part, old, fresh in (("count-exercise", "...", "return 1"),
                             ("table of counts", "A model", "MY MODEL")):
        change(expected, part, old, fresh)
    place = find(expected, "count-exercise")
    for name in ("outputs", "execution_count"):
        expected["cells"][place][name] = result["cells"][place][name]
    assert result == expected


def test_renaming_leaves_everything_else_alone(learner):
    learner["cells"].append(own("bigram = 'bigram'  # exercise: bigram.count", id="bigram"))
    result = renamed(learner, "bigram", "pairs")
    assert result["cells"][-1] == learner["cells"][-1]
    assert renamed(result, "bigram", "pairs") == result


# --- the real path ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> dict:
    return json.loads((ROOT / "notebooks" / notebook_of("bigram")).read_text(encoding="utf-8"))


def test_every_exercise_of_the_real_path_is_taken_apart(real):
    """Checks are the path's in all of them, whatever an author does to the stubs."""
    for file in sorted((ROOT / "notebooks").glob("*.ipynb")):
        base = json.loads(file.read_text(encoding="utf-8"))
        new = opened(base)
        learner = opened(base)
        for cell in new["cells"]:
            if cell["metadata"]["pathkit"]["role"] == "exercise":
                cell["source"] = re.sub(r"path\.check\((.*)\)$", r"path.check(\1, 1)",
                                        cell["source"])
        for cell in learner["cells"]:
            if cell["metadata"]["pathkit"]["role"] == "exercise":
                cell["source"] = cell["source"].replace("...", "mine()")
        result = merged(learner, new, base)
        assert not notes_of(result)
        for mine, theirs, cell in zip(
            learner["cells"], new["cells"], result["cells"], strict=True
        ):
            if cell["metadata"]["pathkit"]["role"] == "exercise":
                assert cell["source"] == theirs["source"].replace("...", "mine()"), file
                assert cell["source"] != mine["source"]


def test_a_merge_takes_less_than_50_ms(real):
    """80 cells, each third of them changed by the learner, each fourth by the path."""
    learner, new = opened(real), opened(real)
    for cell in learner["cells"][::3]:
        cell["source"] += "\nmine"
    for cell in new["cells"][::4]:
        cell["source"] = "new\n" + cell["source"]
        cell["id"] += "x"
    times = []
    for _ in range(5):
        begun = time.process_time()
        merge(learner, real, new)
        times.append(time.process_time() - begun)
    assert len(real["cells"]) > 60
    assert min(times) < 0.05


# --- what the path adds to help, and nobody has to read again ----------------------------------


def test_an_import_above_a_stub_is_no_news_to_whoever_answered(learner):
    answer(learner, "count", "return 1")
    mine = learner["cells"][find(learner, "count-exercise")]
    mine |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "✓"}],
             "execution_count": 3}
    new = parts(count=exercise("count", f"import pathkit as path\n\n{COUNT.text}"))
    result = merged(learner, new)
    cell = result["cells"][find(result, "count-exercise")]
    assert cell == mine and notes_of(result) == {}
    assert merged(opened(BASE), new) == opened(new), "an untouched cell is brought up to date"


def test_quotes_behind_a_prediction_are_no_news_to_whoever_made_it():
    base = parts(predict=predict("after-q", "a, b, c"))
    learner = opened(base)
    change(learner, "after-q-predict", "...)", '"b")')
    new = parts(predict=predict("after-q", '"a", "b" or "c"'))
    result = merged(learner, new, base)
    assert '"b")      # in place of the dots: a, b, c' in texts_of(result)["bigram-after-q-predict"]
    assert notes_of(result) == {}
    assert merged(opened(base), new, base) == opened(new)


# --- two cells that the path joined -----------------------------------------------------------


def set_up_of(notebook: dict) -> dict:
    return next(c for c in notebook["cells"] if "path.ready(" in text_of(c))


def together() -> dict:
    """BASE with the parameters in the set-up cell, which has got a name of its own."""
    result = parts(parameters=None)
    cell = set_up_of(result)
    cell["source"] = f"{text_of(cell)}\n\n{PARAMETERS.text}"
    cell |= {"id": "bigram-set-up", "metadata": {"pathkit": {"role": "set-up"}}}
    return result


def code_of(notebook: dict) -> str:
    return "\n".join(text_of(c) for c in notebook["cells"] if c["cell_type"] == "code")


def test_cells_that_were_joined_become_one():
    assert merged(opened(BASE), together()) == together()


def test_changed_parameters_stay_behind_the_joined_cell():
    learner = opened(BASE)
    cell = next(c for c in learner["cells"] if c["source"] == PARAMETERS.text)
    cell["source"] = "steps = 50"
    source = code_of(merged(learner, together()))
    assert source.index("steps = 400") < source.index("steps = 50")


@pytest.mark.parametrize("base", [BASE, None])
def test_parameters_stay_where_the_joined_cell_can_not_replace_a_changed_one(base):
    learner = opened(BASE)
    set_up_of(learner)["source"] += "\nimport pandas"
    source = code_of(merged(learner, together(), base))
    assert "import pandas" in source
    assert source.count("steps = 400") == 1


def test_parameters_that_the_learner_joined_first_do_not_come_back():
    learner = opened(BASE)
    set_up_of(learner)["source"] += f"\nimport pandas\n\n{PARAMETERS.text}"
    assert code_of(merged(learner, together())).count("steps = 400") == 1
