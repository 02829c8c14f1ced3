"""The recipe of the grid of trained models that the scaling-laws lesson sells for a budget.

Each is the lesson's own run: one block of the GPT lesson on the word chain, every text read once.
`python -m pathkit.training.scaling_grid FILE` writes it; it takes some minutes on one core.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from pathkit.checks.loading import exercises_of
from pathkit.datasets.word_chain import WordChain
from pathkit.files import write_atomically

WIDTHS = (6, 8, 11, 16, 23, 32, 45)
STEPS = (50, 100, 200, 400, 800, 1600)
TARGET = (64, 1600)  # what nobody may buy: width and steps
SEEDS = (0, 1)
BATCH, CONTEXT = 64, 8
HELD_OUT, HELD_OUT_SEED = 200, 10**6


def trained_loss(
    chain: WordChain, width: int, steps: int, seed: int, batch: int = BATCH
) -> float:
    """Train one model on `steps` batches of texts; its exact loss in nats per word.

    The loss is the source's entropy and the divergence from its true chances on held-out texts,
    so that no luck of what was drawn next is in it.
    """
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = exercises_of("gpt")["GPT"].reference(chain.words, CONTEXT, width, 1, 1)
    model.position.weight.data *= 0.1
    texts = torch.tensor(chain.sample(batch * steps, CONTEXT + 1, seed)).split(batch)
    optimizer = torch.optim.AdamW(model.parameters(), betas=(0.9, 0.95), weight_decay=0.0)
    peak = 0.02 * min(1, (8 / width) ** 0.5)
    for i, text in enumerate(texts):
        optimizer.param_groups[0]["lr"] = peak * min((i + 1) / (0.1 * steps), 1 - i / steps)
        logits = model(text[:, :-1])
        loss = F.cross_entropy(logits.flatten(0, 1), text[:, 1:].flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    held_out = torch.tensor(chain.sample(HELD_OUT, CONTEXT, HELD_OUT_SEED))
    p = torch.tensor(chain.P)[held_out]
    with torch.no_grad():
        log_q = model(held_out).double().log_softmax(dim=-1)
    return chain.entropy + (p * (p.log() - log_q)).sum(dim=-1).mean().item()


def grid() -> str:
    """The losses of every width, number of steps and seed, and of the target, as a table."""
    chain, begun, rows = WordChain(), time.process_time(), []
    for width, steps in [*((w, s) for w in WIDTHS for s in STEPS), TARGET]:
        losses = [trained_loss(chain, width, steps, seed) for seed in SEEDS]
        rows.append(f"{width:5} {steps:5} " + " ".join(f"{loss:.4f}" for loss in losses))
    return f"""\
# The models that the scaling-laws lesson sells, trained by
#   python -m pathkit.training.scaling_grid FILE
# source   the word chain of {chain.words} words, entropy {chain.entropy:.6f} nats
# model    one block of the gpt lesson, one head, {CONTEXT} words of context
# batch    {BATCH} texts, {BATCH * CONTEXT} tokens a step; every text is read once
# time     {time.process_time() - begun:.0f} CPU seconds on one core, torch {torch.__version__}
# The last row is the target, which nobody may buy.
# width, steps, the exact loss in nats of seeds {" and ".join(map(str, SEEDS))}
""" + "\n".join(rows) + "\n"


if __name__ == "__main__":
    torch.set_num_threads(1)
    write_atomically(Path(sys.argv[1]), grid())
