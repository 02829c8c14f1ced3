"""Drive a learner's nn.Module under the reference's weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class DifferentParameters(Exception):
    """A model's parameters differ in name or shape from the ones to copy."""


def under_copied_weights(reference: Callable[[], Any]) -> Callable[..., Any]:
    """A drive for exercises whose answer is a subclass of `torch.nn.Module`.

    reference: returns the exercise's own class; called late, since the exercise is defined
    after its drive. A probe is `(arguments, inputs, seed)`: the class is built as
    `Class(*arguments)`, given the weights of the reference built under `seed`, and called on
    `inputs`. Names and shapes of parameters are part of the answer: where they differ from the
    reference's, DifferentParameters says how.
    """

    def drive(answer: Any, arguments: tuple, inputs: tuple, seed: int) -> Any:
        import torch

        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            weights = _perturbed(reference()(*arguments).state_dict(), seed)
            model = answer(*arguments)
        wanted = {name: list(value.shape) for name, value in weights.items()}
        found = {name: list(value.shape) for name, value in model.state_dict().items()}
        if wanted != found:
            raise DifferentParameters(_differ(wanted, found))
        model.load_state_dict(weights)
        model.eval()
        with torch.no_grad():
            return model(*inputs)

    return drive


def _perturbed(weights: dict, seed: int) -> dict:
    """Ones and zeros of a fresh norm or bias would hide a factor or a term: move them."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    return {
        name: value + 0.1 * torch.randn(value.shape, generator=generator)
        if value.is_floating_point()
        else value
        for name, value in weights.items()
    }


def _differ(wanted: dict[str, list], found: dict[str, list]) -> str:
    """One sentence about the first difference between two sets of parameter shapes."""
    for name, shape in wanted.items():
        if name not in found:
            have = ", ".join(found) or "none"
            return f"The model has no parameter {name!r} of shape {shape}; it has: {have}"
        if found[name] != shape:
            return f"The parameter {name!r} has shape {found[name]}; expected {shape}"
    extra = next(name for name in found if name not in wanted)
    return f"The model has a parameter {extra!r} of shape {found[extra]} that isn't expected"
