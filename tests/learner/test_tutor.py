"""Assistants are asked to tutor in a learner's folder, until the learner switches it off."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner

from pathkit import cli
from pathkit.learner import settings, tutor
from tests.learner.test_progress import make_folder


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path / "mine")


def there(folder) -> set[str]:
    return {name for name in tutor.files() if (folder.root / name).exists()}


def test_a_new_folder_asks_assistants_to_tutor(folder):
    assert set(tutor.update(folder)) == set(tutor.files()) == there(folder)
    rules = (folder.root / "AGENTS.md").read_text()
    for demand in ("one question at a time", "# exercise:", "solutions/", "pathkit tutor off"):
        assert demand in rules
    assert tutor.update(folder) == []


def test_completion_is_off_in_the_editor(folder):
    tutor.update(folder)
    found = json.loads((folder.root / ".vscode" / "settings.json").read_text())
    assert found["editor.inlineSuggest.enabled"] is False
    assert found["github.copilot.enable"] == {"*": False}


def test_one_switch_takes_all_of_it_away_and_brings_it_back(folder):
    tutor.update(folder)
    assert set(tutor.switch(folder, False)) == set(tutor.files())
    assert not there(folder) and not (folder.root / ".vscode").exists()
    assert tutor.update(folder) == []
    assert set(tutor.switch(folder, True)) == set(tutor.files()) == there(folder)


def test_what_the_learner_changed_is_kept_in_every_state(folder):
    tutor.update(folder)
    own = folder.root / ".vscode" / "settings.json"
    own.write_text('{"mine": 1}')
    (folder.root / "CLAUDE.md").write_text("mine")
    for on in (False, True, False):
        tutor.switch(folder, on)
        assert own.read_text() == '{"mine": 1}'
    assert set(tutor.left(folder)) == {".vscode/settings.json", "CLAUDE.md"} == there(folder)


def test_a_file_the_learner_had_before_is_kept(folder):
    (folder.root / "AGENTS.md").write_text("mine")
    assert "AGENTS.md" not in tutor.update(folder)
    assert (folder.root / "AGENTS.md").read_text() == "mine"


def test_a_file_the_learner_removed_stays_away(folder):
    tutor.update(folder)
    (folder.root / "GEMINI.md").unlink()
    assert tutor.update(folder) == []
    assert "GEMINI.md" not in there(folder)


def test_a_new_version_of_the_rules_replaces_an_untouched_old_one(folder, monkeypatch, tmp_path):
    tutor.update(folder)
    newer = tmp_path / "AGENTS.md"
    newer.write_text("# newer rules\n")
    monkeypatch.setattr(tutor, "RULES", newer)
    assert set(tutor.update(folder)) == {"AGENTS.md", ".github/copilot-instructions.md"}
    assert (folder.root / "AGENTS.md").read_text() == "# newer rules\n"


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", "[" * 9999])
def test_damaged_settings_count_as_none(folder, damage):
    folder.settings.write_text(damage)
    assert settings.read(folder) == {}
    tutor.update(folder)
    assert tutor.is_on(folder)


def test_the_command_says_what_it_did(folder):
    def call(*arguments):
        runner = CliRunner(env={"COLUMNS": "100"})
        return runner.invoke(cli.main, ["tutor", *arguments, "--folder", str(folder.root)])

    assert "tutoring is on" in call().stdout
    assert "written: AGENTS.md" in call("on").stdout
    (folder.root / "CLAUDE.md").write_text("mine")
    off = call("off")
    assert off.exit_code == 0
    assert "removed: AGENTS.md" in off.stdout
    assert "left, since you changed it: CLAUDE.md" in off.stderr
    assert "tutoring is off" in call().stdout
    assert call("sideways").exit_code == 2
    assert not [name for name in os.listdir(folder.root) if name.startswith(".AGENTS")]
