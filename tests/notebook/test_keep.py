"""`path.keep` and `path.model`: what is kept, which of two, whose is used, and what is said."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import pathkit as path
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.kept_models import shipped
from pathkit.kept_models.model_file import packed
from pathkit.learner import own_model
from pathkit.learner.folder import Folder
from tests.kept_models.small_model import own

torch = pytest.importorskip("torch")
from pathkit.checks.loading import exercises_of  # noqa: E402

GPT = exercises_of("gpt")["GPT"].reference
SYMBOLS = shipped.read("gpt")[0].symbols
SIZES = tuple(shipped.read("gpt")[0].config.values())


@pytest.fixture
def home(tmp_path, monkeypatch) -> Folder:
    """A learner's folder, with the kernel of a notebook in it."""
    folder = Folder(tmp_path / "my-path")
    folder.state.mkdir(parents=True)
    folder.path_map.write_text("{}")
    (folder.root / "solutions").mkdir()
    monkeypatch.chdir(folder.root)
    return folder


def trained(seed: int = 0, sizes: tuple = SIZES) -> torch.nn.Module:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return GPT(*sizes)


def keep(model: object, **changes: object) -> None:
    usual = {"symbols": SYMBOLS, "n_head": 4, "loss": 0.15, "steps": 900, "data": "tales"}
    path.keep(model, **{**usual, **changes})


def lines(capsys) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_what_was_kept_comes_back_as_ones_own(home, capsys):
    model = trained()
    keep(model)
    assert lines(capsys) == [
        "Kept as your own GPT: 0.1500 nats per character after 900 steps, in "
        "models/gpt.safetensors. Later lessons go on with it."]
    kept = path.model("gpt")
    [line] = lines(capsys)
    assert re.fullmatch(r"your own GPT, kept on \d+ \w+ \d{4}: 0\.1500 nats per character "
                        r"\(the path's: 0\.\d{4}\)", line)
    assert kept.own and kept.symbols == SYMBOLS and kept.loss == 0.15
    assert tuple(kept.config.values()) == SIZES and not kept.model.training
    tokens = torch.randint(len(SYMBOLS), (2, 30))
    assert torch.equal(kept.model(tokens), model.eval()(tokens))
    for name, value in model.named_parameters():
        assert np.array_equal(kept.weights[name], value.detach().numpy())
        assert kept.weights[name].dtype == np.float32


def test_each_call_gives_an_untouched_model_and_draws_nothing(home, capsys):
    keep(trained())
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    one = path.model("gpt")
    with torch.no_grad():
        one.model.token.weight.zero_()
    assert one.model is one.model and path.model("gpt").model.token.weight.abs().sum() > 0
    assert torch.equal(torch.rand(2), expected)


def test_the_paths_own_where_nothing_was_kept_or_it_is_asked_for(home, capsys):
    assert not path.model().own
    keep(trained())
    lines(capsys)
    kept = path.model("gpt", shipped=True)
    assert not kept.own
    [line] = lines(capsys)
    assert line == f"the path's GPT: {kept.loss:.4f} nats per character"


def test_a_better_one_stays_until_its_learner_says_otherwise(home, capsys):
    keep(trained(1), loss=0.14)
    keep(trained(2), loss=0.16)
    assert re.match(r"Your earlier GPT stays: 0\.1400 nats per character, kept on .*, and this one "
                    r"has 0\.1600\. .*replace=True", lines(capsys)[1])
    assert path.model("gpt").loss == 0.14
    keep(trained(2), loss=0.16, replace=True)
    assert "The one before is now models/gpt.before.safetensors." in lines(capsys)[1]
    assert path.model("gpt").loss == 0.16
    keep(trained(3), loss=0.13)
    assert path.model("gpt").loss == 0.13
    assert own_model.former_of(home, "gpt").is_file()


def test_a_cell_that_is_run_again_changes_nothing(home, capsys):
    keep(trained())
    before = own_model.file_of(home, "gpt").stat().st_mtime_ns
    keep(trained())
    assert lines(capsys)[1].startswith("Your GPT is kept already: 0.1500")
    assert own_model.file_of(home, "gpt").stat().st_mtime_ns == before
    assert not own_model.former_of(home, "gpt").exists()


OTHER_SIZES = (len(SYMBOLS), 32, 24, 4, 3)


@pytest.mark.parametrize(("sizes", "changes", "why"), [
    (OTHER_SIZES, {}, "its context_length is 32, where the lessons have 160"),
    ((65, *SIZES[1:]), {"symbols": [chr(40 + i) for i in range(65)], "data": "tiny-shakespeare"},
     "it was trained on another alphabet (65 symbols, where the lessons have 27)"),
    (SIZES, {"symbols": SYMBOLS[::-1]}, "it was trained on another alphabet"),
    (SIZES, {"data": "letters"}, "it was trained on letters, and the lessons go on with tales"),
])
def test_one_of_another_shape_is_kept_and_the_paths_is_used(home, capsys, sizes, changes, why):
    keep(trained(sizes=sizes), **changes)
    assert lines(capsys)[0].endswith(f"Later lessons take the path's all the same: {why}.")
    kept = path.model("gpt")
    said = lines(capsys)
    assert not kept.own and said[0] == (
        f"Your own GPT, models/gpt.safetensors, can't be used here: {why}.")
    assert said[1].startswith("the path's GPT: ") and len(said) == 2
    keep(trained(4), loss=0.9)  # one that lessons can go on with takes its place
    assert path.model("gpt").own
    keep(trained(sizes=sizes), **{**changes, "loss": 0.01})
    assert "later lessons can go on with it, and not with this one" in lines(capsys)[-1]
    assert path.model("gpt").own


def test_losses_on_other_data_are_not_compared(home, capsys):
    keep(trained(sizes=OTHER_SIZES), data="one", loss=2.0)
    keep(trained(5, OTHER_SIZES), data="two", loss=1.0)
    assert "losses on other data can't be compared" in lines(capsys)[1]


def test_whatever_lies_there_is_told_in_a_line_and_never_lost(home, capsys):
    file = own_model.file_of(home, "gpt")
    file.parent.mkdir()
    whole = packed(own()[1], own()[0])
    for data in (whole[:-5], b"\x80\x05pickled", b"notes of mine"):
        file.write_bytes(data)
        assert not path.model("gpt").own
        assert len(lines(capsys)) == 2
        keep(trained())
        assert own_model.former_of(home, "gpt").read_bytes() == data
        assert path.model("gpt").own
        lines(capsys)


def lies(home: Folder, **changes: object) -> None:
    """A file of ours whose header says something else than its weights."""
    facts, weights = own(**changes)
    weights["norm.bias"] = weights["norm.bias"][:5]
    home.models.mkdir(exist_ok=True)
    own_model.file_of(home, "gpt").write_bytes(packed(weights, facts))


def test_weights_that_arent_what_the_header_says_are_not_used(home, capsys):
    lies(home)
    assert not path.model("gpt").own
    assert "its weight 'norm.bias' is (5,), where the lessons have (48,)" in lines(capsys)[0]
    lies(home, layout="os.system")
    assert not path.model("gpt").own
    assert "it is a os.system, not a gpt.GPT" in lines(capsys)[0]


class Doubled(GPT):
    def forward(self, tokens):
        return 2 * super().forward(tokens)


def nan() -> torch.nn.Module:
    model = trained()
    with torch.no_grad():
        model.norm.bias[3] = torch.nan
    return model


def longer() -> torch.nn.Module:
    model = trained()
    model.extra = torch.nn.Linear(2, 3)
    return model


@pytest.mark.parametrize(("model", "changes", "why"), [
    (lambda: [1], {}, "it is a list, not a torch model"),
    (nan, {}, "its parameter 'norm.bias' holds nan or infinity"),
    (trained, {"loss": float("nan")}, "its loss is nan"),
    (trained, {"symbols": SYMBOLS[1:]}, "it reads 27 different tokens, and the alphabet has 26"),
    (trained, {"n_head": 5}, "its width, 48, isn't a multiple of its 5 heads"),
    (trained, {"n_head": 6}, "Is n_head = 6 what it was built with"),
    (lambda: Doubled(*SIZES), {}, "the lesson's GPT computes something else"),
    (longer, {}, "its parameter 'extra.bias' is (3,), and the lesson's GPT has none of that name"),
    (lambda: torch.nn.Linear(2, 3), {}, "it has no parameter 'token.weight'"),
])
def test_what_cant_be_kept_is_told_in_a_line(home, capsys, model, changes, why):
    keep(model(), **changes)
    [line] = lines(capsys)
    assert line.startswith("This GPT isn't kept: ") and why in line
    assert not home.models.exists()


def test_training_mode_is_as_before(home):
    model = trained().train()
    keep(model)
    assert model.training


@pytest.mark.parametrize("place", ["", "solutions"])
def test_outside_of_ones_own_notebooks_nothing_is_kept(home, tmp_path, monkeypatch, capsys, place):
    monkeypatch.chdir(home.root / place if place else tmp_path)
    keep(trained())
    [line] = lines(capsys)
    assert line.startswith("Nothing is kept here: ")
    assert not path.model("gpt").own
    assert not list(tmp_path.rglob("*.safetensors"))


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="no full disk to feign")
def test_a_disk_that_is_full_is_told(home, capsys, monkeypatch):
    keep(trained(1), loss=0.5)
    before = own_model.file_of(home, "gpt").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathkit.files._sync", full)
    keep(trained(2), loss=0.2)
    assert "can't be written: No space left on device." in lines(capsys)[1]
    assert own_model.file_of(home, "gpt").read_bytes() == before


def test_a_name_that_isnt_known_and_a_damaged_path(home, monkeypatch, tmp_path, capsys):
    with pytest.raises(NothingMatched, match="no model 'gtp'; did you mean 'gpt'"):
        path.model("gtp")
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    (tmp_path / "gpt.safetensors").write_bytes(b"half")
    with pytest.raises(EnvironmentProblem, match="install the project again"):
        path.model("gpt")
    keep(trained())
    assert lines(capsys)[0].endswith("damaged, cut short, or no safetensors file; install the "
                                     "project again.")


def test_without_safetensors_both_say_what_is_missing(home, monkeypatch, capsys):
    for name in ("safetensors", "safetensors.numpy"):
        monkeypatch.setitem(sys.modules, name, None)
    keep(trained())
    assert lines(capsys)[0].startswith("This GPT isn't kept: safetensors")
    with pytest.raises(EnvironmentProblem, match="safetensors.* isn't installed"):
        path.model("gpt")


def test_arrays_are_had_without_torch(home):
    code = ("import sys, pathkit as p; m = p.model('gpt'); print(m.weights['token.weight'].shape, "
            "m.symbols[:2], 'torch' in sys.modules)")
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "(27, 48) ('\\n', ' ') False"


WRITER = """
import dataclasses, sys
from pathlib import Path
from pathkit.learner import own_model
from pathkit.learner.folder import Folder
from tests.kept_models.small_model import own
home = Folder(Path(sys.argv[1]))
for i in range(10**6):
    facts, weights = own(loss=1 / (i + 1))
    own_model.write(home, facts, weights)
    print(i, flush=True)
"""


@pytest.mark.slow
def test_a_kill_while_keeping_leaves_the_old_or_the_new(home):
    root = str(home.root)
    for patience in (0.0, 0.003, 0.011, 0.02):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, root], stdout=subprocess.PIPE,
            cwd=os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
        writer.stdout.readline()
        time.sleep(patience)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert own_model.find(home, "gpt").usable
        assert path.model("gpt").own
