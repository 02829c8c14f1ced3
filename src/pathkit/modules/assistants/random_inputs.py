"""Random dialogues for the probes of answers' log-probabilities."""

from __future__ import annotations

import numpy as np
import torch

from pathkit.checks.random_tensors import normal


def _dialogues(rng: np.random.Generator, symbols: int, *ends: tuple[int, int, int]) -> tuple:
    """(logits, tokens, is_answer) of rows: where the answer starts, where it ends, how far."""
    longest = max(length for _, _, length in ends)
    tokens = torch.zeros(len(ends), longest, dtype=torch.long)
    answer = torch.zeros(len(ends), longest, dtype=torch.bool)
    for row, (start, end, length) in enumerate(ends):
        tokens[row, :length] = torch.tensor(rng.integers(1, symbols, size=length))
        answer[row, start:end] = True
    return normal(rng, len(ends), longest, symbols, scale=2.0), tokens, answer
