"""`path.own_file`: a file of the learner's with a known digest, or one clear line."""

from __future__ import annotations

import hashlib

import pytest

import pathkit as path

BYTES = b"eight bytes and some more"
DIGEST = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "model.safetensors"
    file.write_bytes(BYTES)
    return file


@pytest.mark.parametrize("digest", [DIGEST, DIGEST.upper()])
def test_a_file_with_the_digest_is_read_without_a_word(file, capsys, digest):
    assert path.own_file(str(file), digest) == BYTES
    assert capsys.readouterr().out == ""


def test_without_a_digest_any_content_is_taken(file, tmp_path, capsys):
    assert path.own_file(str(file)) == BYTES
    assert path.own_file(str(tmp_path / "vocab.json")) is None
    [line] = capsys.readouterr().out.splitlines()
    assert "vocab.json isn't there" in line


def test_a_path_starts_from_the_notebooks_folder_or_from_home(file, monkeypatch):
    monkeypatch.chdir(file.parent)
    monkeypatch.setenv("HOME", str(file.parent))
    monkeypatch.setenv("USERPROFILE", str(file.parent))
    assert path.own_file(file.name, DIGEST) == path.own_file(f"~/{file.name}", DIGEST) == BYTES


@pytest.mark.parametrize(("where", "told"), [
    ("", "No file is named here"),
    ("nowhere/model.safetensors", "nowhere/model.safetensors isn't there"),
    (".", "can't be read"),
    ("a\0b", "can't be read"),
    ("~nobody-of-this-name/model.safetensors", "model.safetensors can't be read"),
])
def test_what_is_no_file_is_told_in_one_line(where, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert path.own_file(where, DIGEST) is None
    [line] = capsys.readouterr().out.splitlines()
    assert told in line and not line.endswith("..")


def test_another_file_is_told_by_its_digest(file, capsys):
    assert path.own_file(str(file), "0" * 64) is None
    [line] = capsys.readouterr().out.splitlines()
    assert DIGEST[:12] in line and "0" * 12 in line
