"""`pathkit hint`, `solution`, `reset` and `done`: help one step at a time, and beginning again."""

from __future__ import annotations

import json
import os

import pytest

from pathkit import progress_log
from pathkit.learner.folder import Folder
from pathkit.learner.progress import of_folder
from pathkit.notebook_files.notebook_file import text_of, to_json
from pathkit.path_map import PathMap
from tests.learner.test_check import RIGHT, WRONG, answer, cell_source
from tests.learner.test_check import folder as folder
from tests.learner.test_commands import one_line, pathkit, process
from tests.learner.test_progress import ROOT, make_folder, module, run
from tests.this_path import notebook_of

NOTEBOOK = notebook_of("bigram")


def kinds(folder: Folder) -> list[str]:
    return [e["kind"] for e in progress_log.read(folder.progress)]


def judged(folder: Folder, name: str, status: str) -> None:
    progress_log.append(
        folder.progress, "check", "bigram", exercise=f"bigram.{name}", status=status
    )


# --- hints ------------------------------------------------------------------------------------


def test_hints_come_one_at_a_time_and_end_with_the_way_to_a_solution(folder):
    said = [pathkit("hint", "count_pairs", "--folder", folder.root) for _ in range(4)]
    assert all(result.exit_code == 0 for result in said)
    for step, result in enumerate(said[:3], 1):
        assert result.stdout.startswith(f"bigram.count_pairs, hint {step} of 3:")
    assert "Which pairs does `.ava.` hold?" in said[0].stdout
    assert "`pathkit solution bigram.count_pairs`" in said[3].stdout
    assert [(e["kind"], e["step"]) for e in progress_log.read(folder.progress)] == [
        ("hint", 1), ("hint", 2), ("hint", 3),
    ]


def test_hints_can_be_repeated_and_begin_anew_after_a_reset(folder):
    again = ["hint", "bigram.gradient", "--again", "--folder", folder.root]
    assert "no hint for bigram.gradient was given yet" in pathkit(*again).stdout
    pathkit("hint", "bigram.gradient", "--folder", folder.root)
    pathkit("hint", "bigram.gradient", "--folder", folder.root)
    said = pathkit(*again).stdout
    assert "hint 1 of 3" in said and "hint 2 of 3" in said and "hint 3" not in said
    assert kinds(folder) == ["hint", "hint"]
    progress_log.append(folder.progress, "reset", "bigram", exercise="bigram.gradient")
    assert "hint 1 of 3" in pathkit("hint", "gradient", "--folder", folder.root).stdout


def test_without_a_name_comes_a_hint_for_what_was_tried_last(folder):
    none = pathkit("hint", "--folder", folder.root)
    one_line(none, 5, "you have tried no exercise yet; name one")
    judged(folder, "count_pairs", "wrong value")
    judged(folder, "probabilities", "raised")
    judged(folder, "smoothed", "not attempted")
    for step in (1, 2):
        said = pathkit("hint", "--folder", folder.root).stdout
        assert said.startswith(f"bigram.probabilities, hint {step} of 3:")
    judged(folder, "probabilities", "passed")
    assert "bigram.count_pairs, hint 1" in pathkit("hint", "--folder", folder.root).stdout
    judged(folder, "count_pairs", "passed")
    passes = pathkit("hint", "--folder", folder.root)
    one_line(passes, 5, "bigram.count_pairs, which you tried last, passes; name the exercise")


def test_a_notebook_gives_the_same_hints_and_both_are_counted_together(folder):
    pathkit("hint", "probabilities", "--folder", folder.root)
    said = run(
        'import pathkit as path\npath.hint()\npath.ready("bigram")\npath.hint()\n'
        'def probabilities(counts): return counts\npath.check(probabilities)\n'
        'path.hint()\npath.hint("bigram.probabilities")\npath.hint("probabilities")\n'
        'path.hint("probabilities", again=True)\npath.hint("smoothed", again=True)', folder.root,
    )
    assert "Run the set-up cell first" in said
    assert "you have tried no exercise yet; name one, and the first hint comes: `path." in said
    assert said.count("probabilities, hint 1 of 3:") == 1  # given in the terminal, and again
    assert said.count("probabilities, hint 2 of 3:") == said.count("hint 3 of 3:") == 2
    assert "all 3 hints for probabilities were given" in said
    assert "No hint for smoothed was given yet" in said
    steps = [e["step"] for e in progress_log.read(folder.progress) if e["kind"] == "hint"]
    assert steps == [1, 2, 3]
    assert "all 3 hints" in pathkit("hint", "probabilities", "--folder", folder.root).stdout


def test_hints_need_no_map_and_no_folder(tmp_path):
    said = run('import pathkit as path\npath.ready("bigram")\npath.hint("smoothed")\n'
               'path.hint("smoothed")', tmp_path)
    assert "smoothed, hint 1 of 3:" in said and "smoothed, hint 2 of 3:" in said
    folder = make_folder(tmp_path / "mine")
    folder.path_map.write_text("{")
    assert "hint 1 of 3:" in run('import pathkit as path\npath.ready("bigram")\n'
                                 'path.hint("smoothed")', folder.root)


def test_a_hint_is_plain_text_that_shows_where_code_ends(folder):
    progress_log.append(folder.progress, "hint", "bigram", exercise="bigram.gradient", step=1)
    said = process("hint", "bigram.gradient", cwd=folder.root).stdout
    assert " 1 `P`: softmax of each row of `W`, shape (n, m)." in said
    assert "\x1b" not in said and max(map(len, said.splitlines())) <= 80
    assert not any(line.endswith(" ") for line in said.splitlines())


def test_help_that_cannot_be_counted_is_given_all_the_same(folder):
    folder.progress.mkdir()
    result = pathkit("hint", "count_pairs", "--folder", folder.root)
    assert result.exit_code == 0 and "hint 1 of 3" in result.stdout
    assert "isn't counted" in result.stderr


@pytest.mark.parametrize("command", ["hint", "solution", "reset"])
def test_an_unknown_exercise_is_one_line_with_the_nearest(folder, command):
    result = pathkit(command, "bigram.count_pair", "--folder", folder.root)
    one_line(result, 5, "no exercise 'bigram.count_pair'", "did you mean 'bigram.count_pairs'?")


def test_a_name_that_several_have_is_taken_for_that_of_the_module_one_works_on(tmp_path):
    folder = make_folder(tmp_path, PathMap("Path", ("Part",), (
        module(1, "one", "same"), module(2, "two", "same"),
    )))
    ambiguous = pathkit("hint", "same", "--folder", tmp_path)
    one_line(ambiguous, 5, "'same' is the name of several exercises", "one.same, two.same")
    progress_log.append(folder.progress, "ready", "two")
    assert "two.same, hint 1 of 1" in pathkit("hint", "same", "--folder", tmp_path).stdout


# --- solutions --------------------------------------------------------------------------------


def test_a_solution_comes_after_three_tries(folder):
    for left in (3, 2, 1):
        result = pathkit("solution", "probabilities", "--folder", folder.root)
        what = "try" if left == 1 else "tries"
        one_line(result, 1, f"{left} more {what} first", "--now")
        assert result.stdout == ""
        judged(folder, "probabilities", "wrong value")
    result = pathkit("solution", "probabilities", "--folder", folder.root)
    assert result.exit_code == 0
    assert result.stdout.startswith("def probabilities(") and "keepdims=True" in result.stdout
    assert of_folder(folder).exercise("bigram.probabilities").solution_shown


def test_a_solution_comes_after_a_pass_and_on_demand(folder):
    judged(folder, "smoothed", "passed")
    assert pathkit("solution", "smoothed", "--folder", folder.root).exit_code == 0
    shown = pathkit("solution", "broken_name", "--now", "--folder", folder.root)
    assert shown.exit_code == 0 and "broken_name = " in shown.stdout
    assert kinds(folder) == ["check", "solution", "solution"]


def test_what_is_shown_is_right(folder):
    shown = pathkit("solution", "bigram.count_pairs", "--now", "--folder", folder.root)
    answer(folder, count_pairs=shown.stdout)
    checked = pathkit("check", "bigram", "--folder", folder.root)
    assert "✓ count_pairs: passed" in checked.stdout


def test_a_mark_that_was_never_made_cannot_be_taken_back(folder):
    said = pathkit("done", "bigram", "--undo", "--folder", folder.root)
    assert said.exit_code == 0
    assert said.stdout == "bigram was not marked as done; nothing is changed\n"
    assert kinds(folder) == []


def test_an_exercise_that_this_version_has_no_more(tmp_path):
    folder = make_folder(tmp_path)
    result = pathkit("solution", "one.a", "--now", "--folder", folder.root)
    one_line(result, 5, "one.a is not in this version of the path", "pathkit start")


# --- reset ------------------------------------------------------------------------------------


def cells(folder: Folder, name: str = NOTEBOOK) -> dict[str, dict]:
    data = json.loads((folder.root / name).read_text(encoding="utf-8"))
    return {cell["id"]: cell for cell in data["cells"]}


def reset(folder: Folder, exercise: str = "probabilities"):
    return pathkit("--root", ROOT, "reset", exercise, "--folder", folder.root)


def test_reset_brings_the_stub_back_and_keeps_the_old_answer(folder):
    before = (folder.root / NOTEBOOK).read_bytes()
    answer(folder, **RIGHT)
    file = folder.root / NOTEBOOK
    notebook = json.loads(file.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": 3, "outputs": [
                {"output_type": "stream", "name": "stdout", "text": ["passed\n"]}
            ]}
    file.write_text(to_json(notebook), encoding="utf-8")
    with_answer = file.read_bytes()
    judged(folder, "probabilities", "passed")
    judged(folder, "count_pairs", "passed")

    result = reset(folder)
    assert result.exit_code == 0, result.output
    changed, stub = cells(folder), json.loads(before)["cells"]
    stubs = {cell["id"]: cell for cell in stub}
    name = "bigram-probabilities-exercise"
    assert changed[name] == stubs[name]
    assert {k: v for k, v in changed.items() if k != name} == {
        c["id"]: c for c in json.loads(with_answer)["cells"] if c["id"] != name
    }
    [backup] = folder.backups.rglob("*.ipynb")
    assert backup.read_bytes() == with_answer and str(backup) in result.stdout
    assert "Reload Notebook from Disk" in result.stdout
    progress = of_folder(folder)
    assert not progress.exercise("bigram.probabilities").passed
    assert progress.exercise("bigram.count_pairs").passed


def test_reset_of_a_stub_changes_nothing_but_the_tries(folder):
    before = (folder.root / NOTEBOOK).read_bytes()
    judged(folder, "probabilities", "raised")
    result = reset(folder)
    assert "holds its stub already" in result.stdout
    assert (folder.root / NOTEBOOK).read_bytes() == before
    assert not list(folder.backups.rglob("*"))
    assert of_folder(folder).exercise("bigram.probabilities").tries == 0


def test_reset_prefers_the_version_that_the_folder_was_merged_with(folder):
    folder.base.mkdir()
    base = json.loads((ROOT / "notebooks" / NOTEBOOK).read_text(encoding="utf-8"))
    for cell in base["cells"]:
        if cell["id"] == "bigram-probabilities-exercise":
            cell["source"] = "# exercise: bigram.probabilities\nold stub = ..."
    (folder.base / "bigram.ipynb").write_text(to_json(base), encoding="utf-8")
    answer(folder, **RIGHT)
    assert pathkit("reset", "probabilities", "--folder", folder.root).exit_code == 0
    assert "old stub" in text_of(cells(folder)["bigram-probabilities-exercise"])


def test_reset_takes_out_copies_that_answer_too_and_brings_back_a_deleted_cell(folder):
    file = folder.root / NOTEBOOK
    notebook = json.loads(file.read_text(encoding="utf-8"))
    place = next(i for i, c in enumerate(notebook["cells"])
                 if c["id"] == "bigram-probabilities-exercise")
    copies = [
        {**notebook["cells"][place], "id": f"copy-{i}",
         "source": cell_source("probabilities", source)}
        for i, source in enumerate([WRONG, RIGHT["probabilities"]])
    ]
    notebook["cells"][place:place + 1] = copies
    file.write_text(to_json(notebook), encoding="utf-8")
    result = reset(folder)
    assert "was taken out" in result.stdout
    assert "copy-0" not in cells(folder) and "copy-1" in cells(folder)
    checked = pathkit("check", "bigram", "--folder", folder.root)
    assert "○ probabilities: not attempted" in checked.stdout

    notebook["cells"][place:place + 2] = []
    file.write_text(to_json(notebook), encoding="utf-8")
    assert "its cell was gone and is back" in reset(folder).stdout
    order = list(cells(folder))
    assert order.index("bigram-probabilities-exercise") == (
        order.index("bigram-probabilities-prompt") + 1
    )


def test_reset_of_a_scratch_cell_that_answered_leaves_one_stub(folder):
    file = folder.root / NOTEBOOK
    notebook = json.loads(file.read_text(encoding="utf-8"))
    scratch = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [],
               "execution_count": None, "source": "def probabilities(counts):\n    return 1"}
    notebook["cells"].append(scratch)
    file.write_text(to_json(notebook), encoding="utf-8")
    assert "was taken out" in reset(folder).stdout
    assert "mine" not in cells(folder)


def test_reset_without_the_paths_own_notebook_says_what_brings_it(folder, tmp_path, monkeypatch):
    answer(folder, **RIGHT)
    monkeypatch.chdir(folder.root)
    one_line(pathkit("reset", "probabilities"), 4, "pathkit start")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_reset_in_a_folder_that_cannot_be_written(folder):
    answer(folder, **RIGHT)
    folder.root.chmod(0o500)
    try:
        one_line(reset(folder), 4, "can't be written")
    finally:
        folder.root.chmod(0o700)


def test_reset_on_a_full_disk_is_one_line_and_leaves_the_answer(folder, monkeypatch):
    answer(folder, **RIGHT)
    before = (folder.root / NOTEBOOK).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(folder.root / NOTEBOOK))

    monkeypatch.setattr("pathkit.learner.help.reset.write_atomically", full)
    one_line(reset(folder), 4, "No space left on device", NOTEBOOK)
    assert (folder.root / NOTEBOOK).read_bytes() == before
    assert not folder.progress.exists()


def test_reset_does_not_overwrite_what_was_saved_meanwhile(folder, monkeypatch):
    from pathkit.learner.update import backups

    answer(folder, **RIGHT)
    file = folder.root / NOTEBOOK
    save = backups.save

    def slow(*arguments):
        file.write_bytes(file.read_bytes() + b" ")
        return save(*arguments)

    monkeypatch.setattr(backups, "save", slow)
    one_line(reset(folder), 4, "saved by JupyterLab meanwhile")
    assert file.read_bytes().endswith(b" ")


# --- done -------------------------------------------------------------------------------------


def test_done_marks_a_module_and_can_be_undone(tmp_path):
    folder = make_folder(tmp_path)
    reading = of_folder(folder).path.module("reading")
    for _ in range(2):
        result = pathkit("done", "4", "--folder", tmp_path)
        assert result.stdout == "reading is marked as done\n"
    assert of_folder(folder).finished(reading)
    assert pathkit("done", "reading", "--undo", "--folder", tmp_path).exit_code == 0
    assert not of_folder(folder).finished(reading)
    assert kinds(folder) == ["done", "done"]
    one_line(pathkit("done", "readin", "--folder", tmp_path), 5, "did you mean 'reading'?")


def test_done_that_cannot_be_logged_is_an_error(tmp_path):
    folder = make_folder(tmp_path)
    folder.progress.mkdir()
    one_line(pathkit("done", "reading", "--folder", tmp_path), 4, "can't be written")
