"""A task's loss, and a share of the language model's."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from pathkit.checks.exercise import exercise
from pathkit.checks.random_tensors import SINGLE, indices, normal


def _probe(rng, labels, lengths, T, symbols, classes, weight):
    B = len(lengths)
    return (normal(rng, B, classes, scale=2.0), torch.tensor(labels),
            normal(rng, B, T, symbols, scale=2.0), indices(rng, B, T, below=symbols),
            torch.tensor(lengths), weight)


def _in_training(answer, class_logits, labels, token_logits, tokens, lengths, weight):
    """The loss, and what its gradient is, so that a detached one shows."""
    class_logits, token_logits = (
        z.clone().requires_grad_() for z in (class_logits, token_logits))
    loss = answer(class_logits, labels, token_logits, tokens, lengths, weight)
    if not torch.is_tensor(loss) or loss.dim() or not loss.requires_grad:
        return loss, None, None
    grads = torch.autograd.grad(loss, [class_logits, token_logits], allow_unused=True)
    zeros = map(torch.zeros_like, (class_logits, token_logits))
    return loss.detach(), *(z if g is None else g for g, z in zip(grads, zeros, strict=True))


@exercise(
    title="Keep the old task in view",
    level="hard",
    minutes=12,
    prompt="""
        Return the cross-entropy of the labels plus `weight` times the language model's loss on the
        same rows: each place predicts the token after it, averaged over the real targets of all
        rows together. Filling is no target.
        """,
    probes=lambda rng: [
        _probe(rng, [0, 1], [3, 5], 5, 4, 2, 0.5),
        _probe(rng, [2, 0, 1], [6, 2, 4], 6, 5, 3, 2.0),
        _probe(rng, [1, 1, 0], [2, 5, 5], 7, 6, 2, 0.25),
        _probe(rng, [1, 0], [4, 4], 4, 3, 2, 0.0),
        _probe(rng, [1], [3], 5, 3, 2, 1.0),
    ],
    drive=_in_training,
    returns=("loss", "gradient for class_logits", "gradient for token_logits"),
    hints=[
        "A row of n real tokens asks how many questions of a language model? Which place asks the "
        "first?",
        """
        1. `F.cross_entropy(class_logits, labels)` is the task.
        2. Logits at places 0 to T - 2 go with tokens 1 to T - 1.
        3. Target t + 1 is real where t + 1 < lengths[b]. Average over those, all rows together.
        """,
        "`real = torch.arange(1, T) < lengths[:, ___]`, then `F.cross_entropy(token_logits[:, :-1]"
        "[real], tokens[:, ___][real])`",
    ],
    errors=[
        (
            "RuntimeError: Expected target size",
            "`cross_entropy` takes axis 1 for the classes: pick the real places first, or flatten "
            "batch and time.",
        ),
        (
            "IndexError: The shape of the mask",
            "the mask must have the shape of what it picks from, (B, T - 1).",
        ),
    ],
    tolerance=SINGLE,
    # Logits and tokens have one T.
    equivalents=["real = torch.arange(1, token_logits.shape[1]) < lengths[:, None]"],
    passed="The labels teach the task, and the text itself goes on teaching the language.",
)
def with_auxiliary(class_logits, labels, token_logits, tokens, lengths, weight):
    """GPT-1's loss for fine-tuning (Radford et al. 2018, equation 5).

    class_logits: (B, classes); labels: (B,); token_logits: (B, T, V), at place t for the token
    after it; tokens: (B, T); lengths: (B,), how many tokens of a row are real, 2 at least; weight:
    a number. Returns a tensor, one number: mean loss of the labels + weight * mean loss of the
    real targets.
    """
    real = torch.arange(1, tokens.shape[1]) < lengths[:, None]  # (B, T - 1)
    language = F.cross_entropy(token_logits[:, :-1][real], tokens[:, 1:][real])
    return F.cross_entropy(class_logits, labels) + weight * language
