"""Models in files: what is written is read, the same bytes each time, and nothing else is taken."""

from __future__ import annotations

import dataclasses
import json
import os
import pickle
import subprocess
import sys

import numpy as np
import pytest

from pathkit.kept_models import model_file
from pathkit.kept_models.model_file import packed, read, unpacked
from pathkit.kept_models.not_a_model import NotAModel
from tests.kept_models.small_model import FACTS, WEIGHTS
from tests.this_path import ROOT

DATA = packed(WEIGHTS, FACTS)


def headed(**changes: object) -> bytes:
    """The file with other facts in its header; None takes one out."""
    size = int.from_bytes(DATA[:8], "little")
    header = json.loads(DATA[8 : 8 + size])
    facts = {**header["__metadata__"], **changes}
    header["__metadata__"] = {name: value for name, value in facts.items() if value is not None}
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + DATA[8 + size :]


def test_what_is_written_is_read():
    facts, weights = unpacked(DATA)
    assert facts == FACTS
    assert weights.keys() == WEIGHTS.keys()
    assert all(np.array_equal(weights[name], WEIGHTS[name]) for name in weights)


def test_halves_are_read_as_float32():
    halves = {name: value.astype(np.float16) for name, value in WEIGHTS.items()}
    _, weights = unpacked(packed(halves, FACTS))
    assert {value.dtype for value in weights.values()} == {np.dtype(np.float32)}
    assert np.allclose(weights["norm.bias"], WEIGHTS["norm.bias"], atol=1e-3)


def test_other_programs_can_read_it(tmp_path):
    from safetensors import safe_open

    (tmp_path / "m.safetensors").write_bytes(DATA)
    with safe_open(tmp_path / "m.safetensors", framework="np") as file:
        assert sorted(file.keys()) == sorted(WEIGHTS)
        assert json.loads(file.metadata()["config"]) == FACTS.config


def test_each_process_writes_the_same_bytes():
    code = ("import hashlib; from tests.kept_models.small_model import *; from "
            "pathkit.kept_models.model_file import packed; import sys; "
            "print(hashlib.sha256(packed(WEIGHTS, FACTS)).hexdigest(), 'torch' in sys.modules)")
    said = {subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                           check=True, env={**os.environ, "PYTHONHASHSEED": str(seed)}).stdout
            for seed in range(3)}
    assert len(said) == 1 and said.pop().split()[1] == "False"


class Bomb:
    """A pickle of it makes a file where it is loaded."""

    def __reduce__(self):
        return open, ("bomb-went-off", "w")


SPOILT = {
    "empty": (b"", "damaged, cut short"),
    "no model": (b"First Citizen:\nSpeak.\n" * 20, "damaged, cut short"),
    "another program's": (headed(format=None), "another program wrote it"),
    "of a later version": (headed(format="pathkit model 2"), "written as 'pathkit model 2'"),
    "without its loss": (headed(loss=None), "its header lacks 'loss'"),
    "loss in words": (headed(loss="low"), "its header can't be read"),
    "loss nan": (headed(loss="NaN"), "gives nan as the loss"),
    "no date": (headed(kept="yesterday"), "its header can't be read"),
    "config a list": (headed(config="[1, 2]"), "its header can't be read"),
    "sizes in words": (headed(config='{"n_embd": "48"}'), "its header can't be read"),
    "nested for ever": (headed(symbols="[" * 100_000), "its header can't be read"),
    "symbols a text": (headed(symbols='"abc"'), "its header can't be read"),
    "doubles": (packed({"w": np.zeros(2)}, FACTS), "is float64, not float32"),
    "nan": (packed({"w": np.array([np.nan], np.float32)}, FACTS), "holds nan or infinity"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_what_isnt_a_model_of_ours_is_told_in_a_line(tmp_path, kind):
    data, said = SPOILT[kind]
    (tmp_path / "gpt.safetensors").write_bytes(data)
    with pytest.raises(NotAModel, match=said) as raised:
        read(tmp_path / "gpt.safetensors")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("left", [1, 7, 8, 9, 100, len(DATA) // 2, len(DATA) - 1])
def test_a_file_cut_anywhere_is_refused(left):
    with pytest.raises(NotAModel, match="damaged, cut short"):
        unpacked(DATA[:left])


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_a_pickle_is_never_loaded(tmp_path, monkeypatch, protocol):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gpt.safetensors").write_bytes(pickle.dumps(Bomb(), protocol))
    with pytest.raises(NotAModel, match="it is a pickle"):
        read(tmp_path / "gpt.safetensors")
    assert not (tmp_path / "bomb-went-off").exists()


def test_what_torch_saves_is_a_pickle_too(tmp_path):
    torch = pytest.importorskip("torch")
    torch.save({"w": torch.zeros(2)}, tmp_path / "gpt.safetensors")
    with pytest.raises(NotAModel, match="it is a pickle"):
        read(tmp_path / "gpt.safetensors")


def test_a_file_too_large_isnt_read(tmp_path, monkeypatch):
    monkeypatch.setattr(model_file, "LARGEST", 100)
    (tmp_path / "gpt.safetensors").write_bytes(DATA)
    with pytest.raises(NotAModel, match="larger than"):
        read(tmp_path / "gpt.safetensors")


def test_a_folder_or_a_link_to_nowhere_is_told(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to(tmp_path / "gone")
    for name, said in (("a", "it is a folder"), ("b", "it is a link to")):
        with pytest.raises(NotAModel, match=said):
            read(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "c")


def test_a_facts_header_is_text_alone():
    assert all(isinstance(value, str) for value in FACTS.header().values())
    assert type(FACTS).of_header(FACTS.header()) == FACTS
    assert dataclasses.replace(FACTS, steps=0).header()["steps"] == "0"
