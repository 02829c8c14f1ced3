"""`path.mine`: the learner's own answers where they pass, else the path's, and which is said."""

from __future__ import annotations

import json
import shutil

import pytest

import pathkit as path
from pathkit.checks.loading import exercises_of
from pathkit.errors import NothingMatched
from pathkit.learner.folder import Folder
from pathkit.notebook_files.notebook_file import text_of
from tests.learner.test_progress import ROOT
from tests.this_path import notebook_of


@pytest.fixture
def home(tmp_path, monkeypatch) -> Folder:
    """A learner's folder with the notebook on bigrams, and the kernel of a notebook in it."""
    folder = Folder(tmp_path / "my-path")
    folder.state.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / "path.json", folder.path_map)
    shutil.copy(ROOT / "notebooks" / notebook_of("bigram"), folder.root)
    (folder.root / "solutions").mkdir()
    monkeypatch.chdir(folder.root)
    return folder


def write(home: Folder, name: str, body: str) -> None:
    file = home.root / notebook_of("bigram")
    notebook = json.loads(file.read_text(encoding="utf-8"))
    [cell] = [c for c in notebook["cells"]
              if c["cell_type"] == "code" and f"# exercise: bigram.{name}\n" in text_of(c)]
    cell["source"] = f"# exercise: bigram.{name}\n{body}\n\n{name} = path.check({name})"
    file.write_text(json.dumps(notebook), encoding="utf-8")


RIGHT = "def probabilities(counts):\n    return np.divide(counts, counts.sum(1)[:, None])"
WRONG = "def probabilities(counts):\n    return counts / counts.sum()"


def lines(capsys) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_an_own_answer_that_passes_comes_back(home, capsys):
    write(home, "probabilities", RIGHT)
    answer = path.mine("bigram.probabilities")
    assert lines(capsys) == ["yours: bigram.probabilities"]
    assert "divide" in answer.__code__.co_names


def test_a_wrong_answer_and_a_stub_give_the_paths(home, capsys):
    write(home, "probabilities", WRONG)
    first, second = path.mine("bigram.probabilities", "bigram.count_pairs")
    assert lines(capsys) == ["the path's: bigram.probabilities, bigram.count_pairs"]
    exercises = exercises_of("bigram")
    assert first is exercises["probabilities"].reference
    assert second is exercises["count_pairs"].reference


def test_both_kinds_are_named(home, capsys):
    write(home, "probabilities", f"print('noise')\n{RIGHT}")
    path.mine("bigram.count_pairs", "bigram.probabilities")
    assert lines(capsys) == ["yours: bigram.probabilities", "the path's: bigram.count_pairs"]


@pytest.mark.parametrize("spoil", [
    lambda file: file.unlink(), lambda file: file.write_text("no notebook")])
def test_without_a_readable_notebook_the_paths_comes(home, capsys, spoil):
    spoil(home.root / notebook_of("bigram"))
    path.mine("bigram.probabilities")
    assert lines(capsys) == ["the path's: bigram.probabilities"]


def test_elsewhere_and_in_solutions_the_paths_comes(home, capsys, monkeypatch):
    write(home, "probabilities", RIGHT)
    monkeypatch.chdir(home.root / "solutions")
    path.mine("bigram.probabilities")
    monkeypatch.chdir(home.root.parent)
    path.mine("bigram.probabilities")
    assert lines(capsys) == ["the path's: bigram.probabilities"] * 2


def test_an_exercise_that_isn_t_there_is_told():
    with pytest.raises(NothingMatched, match="probabilities"):
        path.mine("bigram.probabilites")
