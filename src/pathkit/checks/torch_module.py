"""Drive a learner's nn.Module under the reference's weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class DifferentParameters(Exception):
    """A model's parameters differ in name or shape from the ones to copy: judged by its name."""


def under_copied_weights(
    reference: Callable[[], Any], shown: Callable[[Any], Any] = lambda answer: answer
) -> Callable[..., Any]:
    """A drive for exercises whose answer is a subclass of `torch.nn.Module`.

    reference: returns the exercise's own class; called late, since the exercise is defined
    after its drive. A probe is `(arguments, inputs, seed)`: the class is built as
    `Class(*arguments)`, given the weights of the reference built under `seed`, and called on
    `inputs`. Names and shapes of parameters are part of the answer: where they differ from the
    reference's, DifferentParameters says how. shown: makes of the learner's class one whose call
    returns more, such as what it keeps for pictures.
    """

    def drive(answer: Any, arguments: tuple, inputs: tuple, seed: int) -> Any:
        return called(shown(answer), arguments, inputs, seed, weights(arguments, seed))

    def weights(arguments: tuple, seed: int) -> dict[str, Any]:
        import torch

        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            return _perturbed(_parameters(reference()(*arguments)), seed)

    drive.weights = weights
    return drive


def called(answer: Any, arguments: tuple, inputs: tuple, seed: int, weights: dict) -> Any:
    """Build `answer(*arguments)`, give it these weights, and call it on `inputs`.

    weights: tensors by parameter name. Raises DifferentParameters.
    """
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = answer(*arguments)
    if not isinstance(model, torch.nn.Module):
        raise DifferentParameters("The class is not an nn.Module: write `class …(nn.Module):`")
    found = _parameters(model)
    _require_same(weights, found, model)
    model.eval()
    with torch.no_grad():
        for name, value in weights.items():
            found[name].copy_(value)
        return model(*inputs)


def _parameters(model: Any) -> dict[str, Any]:
    """What is trained, by name. Buffers aren't part of the answer: a mask may live anywhere."""
    return dict(model.named_parameters())


def _perturbed(weights: dict, seed: int) -> dict:
    """Ones and zeros of a fresh norm or bias would hide a factor or a term: move them."""
    import torch

    generator = torch.Generator().manual_seed(seed)
    return {
        name: value.detach() + 0.1 * torch.randn(value.shape, generator=generator)
        for name, value in weights.items()
    }


def _require_same(weights: dict[str, Any], found: dict[str, Any], model: Any) -> None:
    """Raises DifferentParameters with one sentence about the first difference."""
    wanted = {name: list(value.shape) for name, value in weights.items()}
    shapes = {name: list(value.shape) for name, value in found.items()}
    for name, shape in wanted.items():
        if name not in shapes:
            have = ", ".join(shapes) or "none"
            raise DifferentParameters(
                f"The model has no parameter {name!r} of shape {shape}; it has: {have}"
                + _hidden(model)
            )
        if shapes[name] != shape:
            raise DifferentParameters(
                f"The parameter {name!r} has shape {shapes[name]}; expected {shape}"
            )
    for name in (name for name in shapes if name not in wanted):
        raise DifferentParameters(
            f"The model has a parameter {name!r} of shape {shapes[name]} that isn't expected"
        )


def _hidden(model: Any) -> str:
    """The usual reason for missing parameters."""
    import torch

    for name, value in vars(model).items():
        if isinstance(value, list | tuple | dict) and any(
            isinstance(part, torch.nn.Module | torch.Tensor)
            for part in (value.values() if isinstance(value, dict) else value)
        ) and not name.startswith("_"):
            return f". `self.{name}` hides its parts: use nn.ModuleList or nn.ModuleDict"
    return ""
