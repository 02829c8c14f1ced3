"""The recipe of the path's GPT: the same weights each time, stopped or not."""

from __future__ import annotations

import dataclasses
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from click.testing import CliRunner

from pathkit.kept_models import model_file

torch = pytest.importorskip("torch")
from pathkit.commands.train import train  # noqa: E402
from pathkit.training.gpt_recipe import Recipe, held_out_loss  # noqa: E402
from pathkit.training.resumable import Run  # noqa: E402
from pathkit.training.shipping import ship, weights_digest, weights_of  # noqa: E402

SMALL = Recipe(steps=12, batch_size=2, n_embd=8, n_head=2, n_layer=1)


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def finished(folder, recipe=SMALL, stops=()) -> Run:
    """A run to its end; a new process would begin at each stop."""
    run = Run(recipe, folder / "gpt.training")
    for stop in (*stops, recipe.steps):
        run = Run(recipe, folder / "gpt.training")
        assert run.resume() == ""
        run.go_on(lambda *_: None, lambda run=run, stop=stop: run.step >= stop)
    return run


def test_stopped_twice_it_ends_where_it_would_have(tmp_path):
    for name in ("straight", "stopped"):
        (tmp_path / name).mkdir()
    straight = finished(tmp_path / "straight")
    stopped = finished(tmp_path / "stopped", stops=(3, 8))
    assert straight.step == stopped.step == 12
    assert weights_digest(weights_of(straight)) == weights_digest(weights_of(stopped))


def test_each_story_is_read_once_and_windows_are_shifted():
    windows = SMALL.windows()
    assert len(windows.starts) >= SMALL.steps * SMALL.batch_size
    x, y = windows.batch(3)
    assert x.shape == y.shape == (2, SMALL.context_length)
    assert torch.equal(x[:, 1:], y[:, :-1]) and (x[:, 0] == 0).all()
    assert not torch.equal(x, windows.batch(4)[0])


def test_its_start_is_the_lessons():
    """Waves for positions, quieter tokens; the global generator is left alone."""
    torch.manual_seed(7)
    before = torch.get_rng_state()
    model = SMALL.fresh()
    assert torch.equal(torch.get_rng_state(), before)
    assert model.position.weight[0].tolist() == [0.0] * 4 + [1.0] * 4
    assert model.token.weight.std() < 0.7


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda file: file.write_bytes(file.read_bytes()[:-50]), "is damaged"),
    (lambda file: file.write_bytes(b"notes"), "is damaged"),
    (lambda file: (file.unlink(), file.mkdir()), "it is a folder"),
])
def test_a_spoilt_state_is_told_and_training_begins_anew(tmp_path, spoil, said):
    finished(tmp_path)
    file = tmp_path / "gpt.training"
    spoil(file)
    run = Run(SMALL, file)
    assert said in run.resume() and run.step == 0


def test_the_state_of_another_recipe_isnt_taken(tmp_path):
    finished(tmp_path)
    run = Run(dataclasses.replace(SMALL, rate=0.02), tmp_path / "gpt.training")
    assert "belongs to another recipe" in run.resume() and run.step == 0


def test_what_is_shipped_is_what_was_trained(tmp_path):
    run = finished(tmp_path)
    file, text = ship(run, tmp_path)
    facts, weights = model_file.read(file)
    assert all(np.array_equal(weights[name], value) for name, value in weights_of(run).items())
    loss, gap = held_out_loss(run.model)
    assert facts.loss == pytest.approx(loss, abs=1e-6)
    assert facts.recipe["nats_above_entropy_per_story"] == pytest.approx(gap, abs=1e-4)
    assert weights_digest(weights) in text.read_text(encoding="utf-8")


@pytest.mark.slow
def test_ctrl_c_keeps_the_state_and_the_next_call_goes_on(tmp_path):
    command = [sys.executable, "-m", "pathkit", "train", "gpt", "--steps", "20", "--output",
               str(tmp_path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        if line.startswith("step 2 of 20"):
            process.send_signal(signal.SIGINT)
            break
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 130
    assert re.search(r"stopped after step \d+ of 20; the same command goes on", said), said
    assert not (tmp_path / "gpt.safetensors").exists()
    done = subprocess.run(command, capture_output=True, text=True)
    assert re.search(r"going on after step \d+ of 20", done.stderr), done.stderr
    assert done.stdout.strip() == str(tmp_path / "gpt.safetensors")
    (tmp_path / "straight").mkdir()
    straight = finished(tmp_path / "straight", dataclasses.replace(Recipe(), steps=20))
    _, weights = model_file.read(tmp_path / "gpt.safetensors")
    assert weights_digest(weights) == weights_digest(weights_of(straight))
    assert not (tmp_path / "gpt.training").exists()


@pytest.mark.slow
def test_a_kill_leaves_a_state_that_can_be_gone_on_from(tmp_path, monkeypatch):
    code = ("import sys; from pathlib import Path; from pathkit.training import resumable as r; "
            "from tests.training.test_training import SMALL; import dataclasses; "
            "r.SAVE_EVERY = 0.0; run = r.Run(dataclasses.replace(SMALL, steps=5000), "
            "Path(sys.argv[1])); run.go_on(lambda *_: print('step', flush=True), lambda: False)")
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "gpt.training")],
                               stdout=subprocess.PIPE)
    for _ in range(5):
        process.stdout.readline()
    time.sleep(0.02)
    process.kill()
    process.wait()
    process.stdout.close()
    run = Run(dataclasses.replace(SMALL, steps=5000), tmp_path / "gpt.training")
    assert run.resume() == "" and run.step >= 4


def test_a_trial_never_writes_over_the_paths_model():
    said = CliRunner().invoke(train, ["gpt", "--steps", "3"])
    assert said.exit_code == 2 and "name its folder with --output" in said.output
