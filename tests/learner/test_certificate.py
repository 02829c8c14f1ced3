"""`pathkit certificate`: every number of the page comes from the log, or was measured now."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html.parser import HTMLParser

import pytest

from pathkit import progress_log
from pathkit.errors import EnvironmentProblem
from pathkit.learner import certificate, own_model
from pathkit.learner.folder import Folder
from pathkit.learner.progress import of_folder
from tests.learner.test_commands import pathkit
from tests.learner.test_progress import ROOT

TODAY = date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path) -> Folder:
    folder = Folder(tmp_path / "my path")
    folder.state.mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / "path.json", folder.path_map)
    return folder


def log(folder: Folder, kind: str, module: str = "bigram", **fields) -> None:
    progress_log.append(folder.progress, kind, module, **fields)


def worked(folder: Folder) -> None:
    log(folder, "check", exercise="bigram.count_pairs", status="passed")
    log(folder, "check", exercise="bigram.probabilities", status="wrong value")
    log(folder, "solution", exercise="bigram.mean_nll")
    log(folder, "check", exercise="bigram.mean_nll", status="passed")
    log(folder, "check", module="mlp", exercise="mlp.embed", status="not attempted")
    log(folder, "predict", prediction="bigram.a", status="passed", answer=1)
    log(folder, "predict", prediction="bigram.b", status="wrong value", answer=2)
    log(folder, "predict", prediction="bigram.b", status="passed", answer=3)


def page(folder: Folder, name: str = "") -> str:
    return certificate.html(certificate.facts(of_folder(folder), folder), name, TODAY)


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text.partition("<main>")[2]).split())


def test_it_says_what_the_log_says(folder):
    worked(folder)
    found = certificate.facts(of_folder(folder), folder)
    [row] = found.rows
    assert (row.passed, row.unaided, row.predictions, row.right) == (2, 1, 2, 1)
    assert found.days == 1 and found.loss is None
    said = words(page(folder))
    assert f"2 of {found.exercises} exercises passed their checks, 1 of them without" in said
    assert "1 of 2 predictions, made before the result was seen, came out right." in said
    assert "No model of the learner's own was found, so none was measured." in said
    assert "mlp" not in said.lower() and "isn't signed by anybody" in said


def test_nothing_done_claims_nothing(folder):
    said = words(page(folder))
    assert "Nothing has passed yet." in said and " 0 of " in said and "from work on" not in said


def test_a_reset_takes_a_pass_back(folder):
    worked(folder)
    log(folder, "reset", exercise="bigram.count_pairs")
    assert certificate.facts(of_folder(folder), folder).total("passed") == 1


def test_the_models_loss_is_measured_and_not_believed(folder):
    pytest.importorskip("torch")
    import dataclasses

    facts, weights = own_model.the_paths("gpt")
    boast = dataclasses.replace(facts, loss=0.0001, steps=77)
    own_model.write(folder, boast, weights)
    found = certificate.facts(of_folder(folder), folder)
    assert found.loss == pytest.approx(facts.loss, abs=1e-3)
    said = words(page(folder))
    assert f"{found.loss:.4f} nats per character" in said and "0.0001" not in said
    assert "trained for 77 steps; that wasn't checked." in said


def test_a_broken_model_is_no_model(folder):
    folder.models.mkdir()
    own_model.file_of(folder, "gpt").write_bytes(b"no model")
    assert certificate.facts(of_folder(folder), folder).loss is None


def test_without_the_paths_model_nothing_is_measured(folder, monkeypatch):
    def missing(*_):
        raise EnvironmentProblem("gone")

    monkeypatch.setattr(own_model, "find", missing)
    assert certificate.facts(of_folder(folder), folder).loss is None


def test_a_name_is_text_and_nothing_is_loaded(folder):
    worked(folder)
    text = page(folder, "<script>alert(1)</script>")
    assert "<script" not in text and "&lt;script&gt;" in text
    assert "http" not in re.sub(r'http-equiv="[^"]+"', "", text)


def test_pictures_have_words_and_tables_have_headings(folder):
    worked(folder)

    class Tags(HTMLParser):
        found: list = []

        def handle_starttag(self, tag, attrs):
            self.found.append((tag, dict(attrs)))

    Tags().feed(page(folder))
    [picture] = [attrs for tag, attrs in Tags.found if tag == "svg"]
    assert picture["role"] == "img" and "2 of" in picture["aria-label"]
    assert all("scope" in attrs for tag, attrs in Tags.found if tag == "th")
    assert sum(tag == "h1" for tag, _ in Tags.found) == 1


def test_the_command_writes_it_into_the_folder(folder, tmp_path):
    worked(folder)
    result = pathkit("certificate", "--name", "Mei", "--folder", str(folder.root))
    assert result.exit_code == 0 and "certificate.html: 2 of" in " ".join(result.output.split())
    assert "Mei" in (folder.root / "certificate.html").read_text(encoding="utf-8")
    again = pathkit("certificate", "--output", str(tmp_path / "c.html"), "--folder",
                    str(folder.root))
    assert again.exit_code == 0 and (tmp_path / "c.html").is_file()
