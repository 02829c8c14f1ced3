"""Preferences without a reward model."""

from __future__ import annotations

import torch
import torch.nn.functional as F

from pathkit.checks.exercise import exercise
from pathkit.checks.gradient_flow import call_with_gradients
from pathkit.checks.random_tensors import SINGLE, normal


def _four(rng, n: int, beta: float, scale: float = 3.0) -> tuple:
    chosen, rejected = (normal(rng, n, scale=scale) - 12 for _ in range(2))
    return (chosen, rejected, chosen + normal(rng, n, scale=scale),
            rejected + normal(rng, n, scale=scale), beta)


def _compared(answer, chosen, rejected, ref_chosen, ref_rejected, beta):
    return call_with_gradients(answer, chosen, rejected, ref_chosen, ref_rejected, beta)


@exercise(
    title="Preferences without a reward model",
    level="medium",
    minutes=6,
    prompt="""
        Take $\\beta (\\ln p - \\ln p_\\text{ref})$ as the reward of an answer, and return the mean
        Bradley-Terry loss of the pairs. Margins of some hundred nats occur.
        """,
    probes=lambda rng: [
        (*(torch.tensor([x]) for x in (-3.0, -4.0, -5.0, -4.5)), 0.5),
        _four(rng, 4, 0.1),
        _four(rng, 3, 1.0),
        _four(rng, 6, 0.3, scale=5.0),
        (torch.tensor([-9.0, -400.0]), torch.tensor([-500.0, -7.0]), torch.tensor([-8.0, -6.0]),
         torch.tensor([-9.0, -5.0]), 2.0),
    ],
    drive=_compared,
    hints=[
        "Nothing is trained yet, so the model is the old one. What is the loss?",
        """
        1. The reward of the chosen answers: `beta * (chosen - ref_chosen)`; that of the others in
           the same way.
        2. The loss of a pair is minus the log of the sigmoid of their difference. torch has
           `F.logsigmoid`, which is safe for large numbers.
        """,
        "`-F.logsigmoid(beta * ((chosen - ref_chosen) - (___ - ___))).mean()`",
    ],
    errors=[
        (
            "TypeError: log_sigmoid() takes 1 positional argument but 2 were given",
            "`F.logsigmoid` takes one tensor: the difference of the two rewards.",
        ),
        (
            "RuntimeError: Can't call numpy() on Tensor that requires grad",
            "NumPy's functions stop the gradient: take torch's.",
        ),
    ],
    tolerance=SINGLE,
    passed="A Bradley-Terry loss in which the model's own log-probabilities are the reward.",
)
def dpo_loss(
    chosen: torch.Tensor, rejected: torch.Tensor,
    ref_chosen: torch.Tensor, ref_rejected: torch.Tensor, beta: float,
) -> torch.Tensor:
    """The loss of direct preference optimization (Rafailov et al. 2023, equation 7).

    chosen, rejected: (N,) log-probabilities under the model that is trained; ref_chosen,
    ref_rejected: (N,) under the model that it began as; beta: the price of a nat.
    Returns one number, in nats per pair.
    """
    margin = (chosen - ref_chosen) - (rejected - ref_rejected)  # (N,)
    return -F.logsigmoid(beta * margin).mean()


@dpo_loss.misconception(
    "The model that training began from is left out. Then an answer counts as good because it is "
    "short or common; what counts is how much likelier it has become."
)
def _no_reference(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (chosen - rejected)).mean()


@dpo_loss.misconception(
    "The margin is turned: this makes the rejected answers likelier. The chosen one's gain comes "
    "first, and the rejected one's is taken off it."
)
def _turned(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * ((rejected - ref_rejected) - (chosen - ref_chosen))).mean()


@dpo_loss.misconception(
    "The sigmoid came first and its log after, so a margin far below 0 gives minus infinity. "
    "`F.logsigmoid` does both at once and stays finite."
)
def _unsafe_log(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = (chosen - ref_chosen) - (rejected - ref_rejected)
    return -torch.log(torch.sigmoid(beta * margin)).mean()


@dpo_loss.spelling(_unsafe_log)
def _unsafe_exp(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = (chosen - ref_chosen) - (rejected - ref_rejected)
    return torch.log(1 + torch.exp(-beta * margin)).mean()


@dpo_loss.misconception(
    "beta is missing, or multiplies only the loss or one of the two rewards. It belongs inside, "
    "before both, where it says how far a model may move until a pair counts as learned."
)
def _beta_outside(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = (chosen - ref_chosen) - (rejected - ref_rejected)
    return -beta * F.logsigmoid(margin).mean()


@dpo_loss.spelling(_beta_outside)
def _beta_once(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (chosen - ref_chosen) - (rejected - ref_rejected)).mean()


@dpo_loss.spelling(_beta_outside)
def _no_beta(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid((chosen - ref_chosen) - (rejected - ref_rejected)).mean()


@dpo_loss.misconception(
    "The sign is wrong: this is the mean log-probability of the choices, which should rise. A loss "
    "is minus that, so that descent makes it fall."
)
def _rising(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = (chosen - ref_chosen) - (rejected - ref_rejected)
    return F.logsigmoid(beta * margin).mean()


@dpo_loss.misconception(
    "The log of the sigmoid is missing: this is the margin, or a probability. Without the log "
    "there is no loss that fades once a pair is told apart."
)
def _margin_only(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -beta * ((chosen - ref_chosen) - (rejected - ref_rejected)).mean()


@dpo_loss.spelling(_margin_only)
def _probability_only(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = (chosen - ref_chosen) - (rejected - ref_rejected)
    return -torch.sigmoid(beta * margin).mean()


@dpo_loss.misconception(
    "The margins were averaged before the log. Each pair is a choice of its own, and a clear one "
    "must not pay for an unclear one: the log of each, then the mean."
)
def _averaged_first(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = (chosen - ref_chosen) - (rejected - ref_rejected)
    return -F.logsigmoid(beta * margin.mean())


@dpo_loss.misconception(
    "The pairs were added up. Take their mean, so that a larger batch isn't a larger step."
)
def _added_up(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = (chosen - ref_chosen) - (rejected - ref_rejected)
    return -F.logsigmoid(beta * margin).sum()


@dpo_loss.misconception(
    "A sign inside is wrong: an old log-probability or the rejected reward went in the wrong way, "
    "perhaps because brackets were lost. It is (new − old) of the chosen, minus (new − old)."
)
def _sign_inside(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * ((chosen - ref_chosen) + (rejected - ref_rejected))).mean()


@dpo_loss.spelling(_sign_inside)
def _brackets_lost(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (chosen - ref_chosen - rejected - ref_rejected)).mean()


@dpo_loss.spelling(_sign_inside)
def _references_added(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * ((chosen + ref_chosen) - (rejected + ref_rejected))).mean()


@dpo_loss.misconception(
    "Chosen and rejected were each put into a sigmoid alone. DPO looks at the pair: the difference "
    "of both rewards first, then one sigmoid of it."
)
def _each_alone(chosen, rejected, ref_chosen, ref_rejected, beta):
    gained, lost = beta * (chosen - ref_chosen), beta * (ref_rejected - rejected)
    return -(F.logsigmoid(gained) + F.logsigmoid(lost)).mean()


@dpo_loss.spelling(_each_alone)
def _logs_subtracted(chosen, rejected, ref_chosen, ref_rejected, beta):
    gained, risen = beta * (chosen - ref_chosen), beta * (rejected - ref_rejected)
    return -(F.logsigmoid(gained) - F.logsigmoid(risen)).mean()
