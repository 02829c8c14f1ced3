"""How likely is this answer?"""

from __future__ import annotations

import torch

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import call_with_gradients
from pathkit.checks.random_tensors import SINGLE

from .random_inputs import _dialogues


def _scored(answer, logits, tokens, is_answer):
    return call_with_gradients(answer, logits, tokens, is_answer)


@exercise(
    title="How likely is this answer?",
    level="medium",
    minutes=7,
    prompt="""
        The logits at place $t$ speak about the token at place $t + 1$. Return for each row the
        log-probability of its whole answer: add up what the tokens marked in `is_answer` got.
        """,
    probes=lambda rng: [
        _dialogues(rng, 4, (2, 4, 5)),
        _dialogues(rng, 5, (3, 6, 6), (1, 3, 3)),
        _dialogues(rng, 7, (1, 2, 2), (4, 8, 9), (2, 7, 7)),
        _dialogues(rng, 3, (5, 6, 7), (2, 6, 6)),
        _dialogues(rng, 6, (1, 5, 5)),
    ],
    drive=_scored,
    hints=[
        "Token 3 is the first of an answer. At which place do the logits say how likely it was?",
        """
        1. `logits[:, :-1]` and `tokens[:, 1:]` belong together, and so does `is_answer[:, 1:]`.
        2. `log_softmax` over the V symbols; `gather(2, ...)` picks what each token got. Its index
           has shape (B, T − 1, 1).
        3. Times the marks, summed over the places.
        """,
        "`got = logits[:, :-1].log_softmax(dim=___).gather(2, tokens[:, ___:, None])[..., 0]`",
    ],
    errors=[
        (
            "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)",
            "logits lose their last place, tokens and marks their first: T − 1 of each.",
        ),
        (
            "RuntimeError: Index tensor must have the same number of dimensions as input tensor",
            "`gather` wants an index of shape (B, T − 1, 1): `tokens[:, 1:, None]`.",
        ),
    ],
    tolerance=SINGLE,
    # `gather` reads as many places as its index has, and the last axis is then of size 1.
    equivalents=[
        "log_p = logits[:, :].log_softmax(dim=-1)",
        "got = log_p.gather(2, tokens[:, 1:, None])[..., -1]",
    ],
    passed="One number for a whole answer. Everything in this lesson pushes it up or down.",
)
def answer_log_probs(
    logits: torch.Tensor, tokens: torch.Tensor, is_answer: torch.Tensor
) -> torch.Tensor:
    """The log-probability of each row's answer, given its request.

    logits: (B, T, V); tokens: (B, T) integers; is_answer: (B, T) booleans, True for the tokens of
    the answer, False for those of the request (the first one is always of it) and for padding.
    Returns (B,), in nats.
    """
    log_p = logits[:, :-1].log_softmax(dim=-1)  # (B, T - 1, V)
    got = log_p.gather(2, tokens[:, 1:, None])[..., 0]  # (B, T - 1)
    return (got * is_answer[:, 1:]).sum(dim=1)


def _got(logits, tokens):
    return logits[:, :-1].log_softmax(dim=-1).gather(2, tokens[:, 1:, None])[..., 0]


@answer_log_probs.misconception(
    "The marks are off by one: `is_answer[:, :-1]` marks the place that predicts, not the token "
    "that is predicted. The answer's first token goes unscored, and what follows it is scored."
)
def _marks_late(logits, tokens, is_answer):
    return (_got(logits, tokens) * is_answer[:, :-1]).sum(dim=1)


@answer_log_probs.misconception(
    "Each token is scored with the logits of its own place. Those speak about the next token, and "
    "a causal model has read this one already: shift logits and tokens against each other."
)
def _not_shifted(logits, tokens, is_answer):
    got = logits.log_softmax(dim=-1).gather(2, tokens[..., None])[..., 0]
    return (got * is_answer).sum(dim=1)


@answer_log_probs.misconception(
    "The request is scored, too. The user wrote it, and the model shall not be praised or blamed "
    "for it: keep only the tokens that `is_answer` marks."
)
def _request_too(logits, tokens, is_answer):
    return _got(logits, tokens).sum(dim=1)


@answer_log_probs.misconception(
    "This is the mean over the answer's tokens. The probability of an answer is a product, so its "
    "log is a sum, and a long answer is less likely than a short one."
)
def _mean_over_answer(logits, tokens, is_answer):
    marks = is_answer[:, 1:]
    return (_got(logits, tokens) * marks).sum(dim=1) / marks.sum(dim=1)


@answer_log_probs.spelling(_mean_over_answer)
def _mean_over_places(logits, tokens, is_answer):
    return (_got(logits, tokens) * is_answer[:, 1:]).mean(dim=1)


@answer_log_probs.misconception(
    "The last token of the rows is left out. In the longest row it is the newline that ends the "
    "answer, and a model that isn't scored for it never learns to stop: shift by one place only."
)
def _no_end(logits, tokens, is_answer):
    return (_got(logits, tokens)[:, :-1] * is_answer[:, 1:-1]).sum(dim=1)


@answer_log_probs.misconception(
    "Logits were added up as they are. They are scores of any size; `log_softmax` over the symbols "
    "makes log-probabilities of them."
)
def _raw_logits(logits, tokens, is_answer):
    got = logits[:, :-1].gather(2, tokens[:, 1:, None])[..., 0]
    return (got * is_answer[:, 1:]).sum(dim=1)


@answer_log_probs.misconception(
    "Probabilities were added up. Those of an answer's tokens are multiplied, which is a sum of "
    "their logs: take `log_softmax`."
)
def _sum_of_probabilities(logits, tokens, is_answer):
    return (_got(logits, tokens).exp() * is_answer[:, 1:]).sum(dim=1)


@answer_log_probs.misconception(
    "All rows were added up to one number. Each row is an answer of its own, and later ones will "
    "be pushed up and others down: sum over the places alone."
)
def _one_number(logits, tokens, is_answer):
    return (_got(logits, tokens) * is_answer[:, 1:]).sum()


@answer_log_probs.misconception(
    "`log_softmax` ran over the places, or over the rows. At each place the probabilities of the "
    "V symbols add up to 1: they are the last axis, `dim=-1`."
)
def _over_places(logits, tokens, is_answer):
    got = logits[:, :-1].log_softmax(dim=1).gather(2, tokens[:, 1:, None])[..., 0]
    return (got * is_answer[:, 1:]).sum(dim=1)


@answer_log_probs.spelling(_over_places)
def _over_rows(logits, tokens, is_answer):
    got = logits[:, :-1].log_softmax(dim=0).gather(2, tokens[:, 1:, None])[..., 0]
    return (got * is_answer[:, 1:]).sum(dim=1)


@answer_log_probs.spelling(_over_places)
def _over_all_places(logits, tokens, is_answer):
    got = logits.log_softmax(dim=1)[:, :-1].gather(2, tokens[:, 1:, None])[..., 0]
    return (got * is_answer[:, 1:]).sum(dim=1)


@answer_log_probs.misconception(
    "The sign is turned: this is the loss, what the answer costs. A log-probability is at most 0."
)
def _negative(logits, tokens, is_answer):
    return -(_got(logits, tokens) * is_answer[:, 1:]).sum(dim=1)


@answer_log_probs.spelling(_negative)
def _by_cross_entropy(logits, tokens, is_answer):
    cost = torch.nn.functional.cross_entropy(
        logits[:, :-1].transpose(1, 2), tokens[:, 1:], reduction="none")
    return (cost * is_answer[:, 1:]).sum(dim=1)
