"""Shakespeare by the second: the speedrun of the `gpt` lesson, nanoGPT's recipe, and counting.

    python benchmarks/gpt.py --seconds 30 60 180 --nanogpt ~/nanoGPT

Prints nats per character over the whole validation text (the last tenth) after equal seconds of
one core. Seconds are CPU seconds of training on one thread: on a quiet core they are wall seconds,
on a busy one they stay fair. Windows don't overlap, so the first characters of each have little
context: every network here pays for that, counting doesn't.

nanoGPT is not part of this project. `--nanogpt` names a checkout; its own train.py runs there with
the settings that its README gives for a CPU, and as many iterations as fit.
"""

from __future__ import annotations

import argparse
import math
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from pathkit import datasets
from pathkit.exercises.gpt import windows

# --- counting ---------------------------------------------------------------------------------


def counted(train: np.ndarray, val: np.ndarray, symbols: int, order: int = 6, k: float = 2.5):
    """Nats per character of an n-gram model under recursive Witten-Bell smoothing.

    With a context that was followed by n tokens, d of them different, the counts get weight
    n / (n + k d) and the next shorter context the rest (Witten and Bell 1991, method C, k = 1).
    """
    chances = np.full(len(val), 1 / symbols)
    before, seen = np.zeros(len(train), np.int64), np.zeros(len(val), np.int64)
    for length in range(order):
        if length:  # one more character of context; places too near the start are left out
            before[length:] += train[:-length] * symbols ** (length - 1)
            seen[length:] += val[:-length] * symbols ** (length - 1)
        context, grams = before[length:], before[length:] * symbols + train[length:]
        gram, gram_count = np.unique(grams, return_counts=True)
        total, total_count = np.unique(context, return_counts=True)
        kind, kind_count = np.unique(gram // symbols, return_counts=True)
        n = _look_up(total, total_count, seen)
        d = _look_up(kind, kind_count, seen)
        c = _look_up(gram, gram_count, seen * symbols + val)
        known = (n > 0) & (np.arange(len(val)) >= length)
        better = (c + k * d * chances) / np.maximum(n + k * d, 1e-9)
        chances = np.where(known, better, chances)
    return -np.log(chances).mean()


def _look_up(keys: np.ndarray, values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    place = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], 0)


# --- the speedrun -----------------------------------------------------------------------------


class Block(nn.Module):
    """The lesson's block with rotary positions and norms without weights."""

    def __init__(self, n_embd: int, n_head: int):
        super().__init__()
        self.n_head = n_head
        self.qkv = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.mix = nn.Linear(n_embd, n_embd, bias=False)
        self.grow = nn.Linear(n_embd, 4 * n_embd, bias=False)
        self.shrink = nn.Linear(4 * n_embd, n_embd, bias=False)
        nn.init.zeros_(self.mix.weight)  # a new block says nothing
        nn.init.zeros_(self.shrink.weight)

    def forward(self, x: torch.Tensor, turn: torch.Tensor) -> torch.Tensor:
        """(B, T, C) -> (B, T, C); turn: (T, d/2) complex numbers of size 1."""
        B, T, C = x.shape
        parts = self.qkv(F.layer_norm(x, (C,))).chunk(3, dim=-1)
        q, k, v = (z.view(B, T, self.n_head, -1).transpose(1, 2) for z in parts)
        out = F.scaled_dot_product_attention(_turned(q, turn), _turned(k, turn), v, is_causal=True)
        x = x + self.mix(out.transpose(1, 2).reshape(B, T, C))
        return x + self.shrink(F.gelu(self.grow(F.layer_norm(x, (C,)))))


def _turned(z: torch.Tensor, turn: torch.Tensor) -> torch.Tensor:
    """Rotary positions (Su et al. 2021): neighbouring components as complex numbers, turned."""
    pairs = torch.view_as_complex(z.reshape(*z.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * turn).flatten(-2)


class Speedrun(nn.Module):
    """A GPT whose embedding also hears the two characters before."""

    def __init__(self, symbols: int, length: int, n_embd: int, n_head: int, n_layer: int):
        super().__init__()
        self.tokens = nn.ModuleList([nn.Embedding(symbols, n_embd) for _ in range(3)])
        for table in self.tokens:
            nn.init.normal_(table.weight, std=0.5)
        self.blocks = nn.ModuleList([Block(n_embd, n_head) for _ in range(n_layer)])
        self.unembed = nn.Linear(n_embd, symbols, bias=False)
        nn.init.zeros_(self.unembed.weight)
        half = n_embd // n_head // 2
        angles = torch.arange(length)[:, None] * 1000.0 ** (-torch.arange(half) / half)
        self.register_buffer("turn", torch.polar(torch.ones_like(angles), angles))

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """(B, T) -> (B, T, V)."""
        x = self.tokens[0](tokens)
        for back in (1, 2):
            x = x + F.pad(self.tokens[back](tokens)[:, :-back], (0, 0, back, 0))
        for block in self.blocks:
            x = block(x, self.turn[: tokens.shape[1]])
        return self.unembed(F.layer_norm(x, (x.shape[-1],)))


class Muon:
    """Momentum whose matrices are made nearly orthogonal before each step (Jordan et al. 2024)."""

    def __init__(self, matrices: list[nn.Parameter], momentum: float = 0.95):
        by_shape: dict[torch.Size, list] = {}
        for matrix in matrices:
            by_shape.setdefault(matrix.shape, []).append(matrix)
        self.groups = [(m, torch.zeros(len(m), *m[0].shape)) for m in by_shape.values()]
        self.momentum = momentum

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Move every matrix by `rate`, times the root of how much taller than wide it is."""
        for matrices, buffer in self.groups:
            gradients = torch.stack([m.grad for m in matrices])
            buffer.lerp_(gradients, 1 - self.momentum)
            update = _orthogonal(gradients.lerp(buffer, self.momentum))  # Nesterov
            rows, columns = update.shape[1:]
            for matrix, change in zip(matrices, update, strict=True):
                matrix.sub_(change, alpha=rate * max(1.0, rows / columns) ** 0.5)


def _orthogonal(G: torch.Tensor, steps: int = 3) -> torch.Tensor:
    """Singular values to about 1, by Newton-Schulz with the quintic of Jordan et al.

    They take 5 steps; on one core 3 leave time for more steps of training, which is worth more.
    """
    a, b, c = 3.4445, -4.7750, 2.0315
    tall = G.shape[-2] > G.shape[-1]
    X = G.mT if tall else G
    X = X / (X.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        A = X @ X.mT
        X = a * X + (b * A + c * A @ A) @ X
    return X.mT if tall else X


def speedrun(train, val, symbols, seconds, seed):
    """Train for `seconds` CPU seconds; (nats per character, steps, CPU seconds)."""
    n_embd, n_head, length, batch = (128, 4, 128, 8) if seconds > 120 else (96, 3, 128, 8)
    if seconds < 45:
        batch = 6
    torch.manual_seed(seed)
    model = Speedrun(symbols, length, n_embd, n_head, n_layer=4)
    muon = Muon([p for p in model.blocks.parameters()])
    others = [*model.tokens.parameters(), *model.unembed.parameters()]
    adam = torch.optim.AdamW(others, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    generator = torch.Generator().manual_seed(seed)
    begun, step, share = time.process_time(), 0, 0.0
    while share < 1:
        rate = max(min((share + 1e-3) / 0.03, (1 - share) / 0.97), 0.0)
        starts = torch.randint(len(train) - length - 1, (batch,), generator=generator)
        x, y = windows(train, starts.tolist(), length)
        loss = F.cross_entropy(model(x).flatten(0, 1), y.flatten())
        model.zero_grad()
        loss.backward()
        for group in adam.param_groups:
            group["lr"] = 0.01 * rate
        adam.step()
        muon.step(0.02 * rate)
        step += 1
        share = (time.process_time() - begun) / seconds
    used = time.process_time() - begun
    return whole_validation(model, val, length), step, used


@torch.no_grad()
def whole_validation(model, val: torch.Tensor, length: int) -> float:
    """Mean nats over all of `val`, in windows that don't overlap; the rest of the last counts."""
    total, model = 0.0, model.eval()
    for start in range(0, len(val) - 1, length * 64):
        piece = val[start : start + length * 64 + 1]
        whole = (len(piece) - 1) // length * length
        for x, y in ((piece[:whole], piece[1 : whole + 1]), (piece[whole:-1], piece[whole + 1 :])):
            if len(x):
                x = x.view(-1, length) if len(x) >= length else x[None]
                total += F.cross_entropy(model(x).flatten(0, 1), y, reduction="sum").item()
    return total / (len(val) - 1)


# --- nanoGPT ----------------------------------------------------------------------------------

SETTINGS = {  # of its README, "I only have a macbook", but for how many iterations
    "device": "cpu", "compile": False, "eval_iters": 1, "log_interval": 1000, "block_size": 64,
    "batch_size": 12, "n_layer": 4, "n_head": 4, "n_embd": 128, "dropout": 0.0,
}  # fmt: skip


def nanogpt(checkout: Path, train, val, symbols, seconds, seed):
    """Run its train.py for about `seconds` CPU seconds; (nats, iterations, CPU seconds)."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("train.py", "model.py", "configurator.py", "config"):
            (place / name).symlink_to((checkout / name).resolve())
        shelf = place / "data" / "shakespeare_char"
        shelf.mkdir(parents=True)
        train.numpy().astype(np.uint16).tofile(shelf / "train.bin")
        val.numpy().astype(np.uint16).tofile(shelf / "val.bin")
        (shelf / "meta.pkl").write_bytes(pickle.dumps({"vocab_size": symbols}))
        short, long = (_nanogpt_run(place, n) for n in (5, 45))
        each = (long - short) / 40
        iterations = max(round(seconds / each), 110)  # its warm-up takes 100
        used = _nanogpt_run(place, iterations) - (short - 5 * each)
        return _nanogpt_loss(checkout, place / "out" / "ckpt.pt", val), iterations, used


def _nanogpt_run(place: Path, iterations: int) -> float:
    """CPU seconds of one run."""
    settings = {
        **SETTINGS, "max_iters": iterations, "lr_decay_iters": iterations,
        "eval_interval": iterations, "out_dir": "out", "always_save_checkpoint": True,
    }  # fmt: skip
    arguments = [f"--{name}={value}" for name, value in settings.items()]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "train.py", "config/train_shakespeare_char.py", *arguments],
        cwd=place, check=True, stdout=subprocess.DEVNULL,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _nanogpt_loss(checkout: Path, saved: Path, val: torch.Tensor) -> float:
    sys.path.insert(0, str(checkout))
    from model import GPT, GPTConfig  # nanoGPT's own

    kept = torch.load(saved, map_location="cpu", weights_only=False)
    model = GPT(GPTConfig(**kept["model_args"]))
    model.load_state_dict(kept["model"])
    length = SETTINGS["block_size"]

    class Logits(nn.Module):
        """Its forward returns all places only when it is given targets."""

        def forward(self, tokens):
            return model.eval()(tokens, tokens)[0]

    return whole_validation(Logits(), val, length)


# --- the table --------------------------------------------------------------------------------


def main() -> None:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, nargs="+", default=[30, 60, 180])
    parser.add_argument("--data", type=Path, help="a text file instead of tiny-shakespeare")
    parser.add_argument("--nanogpt", type=Path, help="a checkout of karpathy/nanoGPT")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    torch.set_num_threads(1)
    text = given.data.read_text("utf-8") if given.data else datasets.fetch("tiny-shakespeare")
    index = {symbol: i for i, symbol in enumerate(sorted(set(text)))}
    tokens = torch.tensor([index[c] for c in text])
    cut = len(tokens) * 9 // 10
    train, val = tokens[:cut], tokens[cut:]
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{len(train):,} characters to train on, {len(val):,} to score{busy}", flush=True)
    begun, wall = time.process_time(), time.monotonic()
    nats = counted(train.numpy(), val.numpy(), len(index))
    row("counted 6-gram", nats, None, time.process_time() - begun, time.monotonic() - wall)
    for seconds in given.seconds:
        wall = time.monotonic()
        row("this project", *speedrun(train, val, len(index), seconds, given.seed),
            time.monotonic() - wall)
        if given.nanogpt:
            wall = time.monotonic()
            found = nanogpt(given.nanogpt.resolve(), train, val, len(index), seconds, given.seed)
            row("nanoGPT", *found, time.monotonic() - wall)


def row(name, nats, steps, cpu, wall):
    """Print one line of the table."""
    counted_steps = f"{steps:>6} steps" if steps else " " * 12
    print(f"{name:<16}{nats:.4f} nats ({nats / math.log(2):.3f} bits) per character{counted_steps}"
          f"  {cpu:6.1f} CPU s  {wall:6.1f} s wall", flush=True)


if __name__ == "__main__":
    main()
