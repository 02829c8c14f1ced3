"""Drive a learner's nn.Module under the reference's weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathkit.checks.plain import name_of, plain
from pathkit.checks.same_parameters import DifferentParameters, assigned
from pathkit.checks.value_text import described


class NotAModule(Exception):
    """What stands where a class of models is expected is none: judged by its name."""


def under_copied_weights(
    reference: Callable[[], Any], shown: Callable[[Any], Any] | None = None
) -> Callable[..., Any]:
    """A drive for exercises whose answer is a subclass of `torch.nn.Module`.

    reference: returns the exercise's own class; called late, since the exercise is defined
    after its drive. A probe is `(arguments, inputs, seed)`: the class is built as
    `Class(*arguments)`, given the weights of the reference built under `seed`, and called on
    `inputs`. The shapes of parameters are part of the answer, and their names where several are
    alike: where they differ from the reference's, DifferentParameters says how. shown: makes of
    the learner's class one whose call returns more, such as what it keeps for pictures.
    """

    def drive(answer: Any, arguments: tuple, inputs: tuple, seed: int) -> Any:
        _require_class(answer)
        made = shown(answer) if shown else answer
        return called(made, arguments, inputs, seed, weights(arguments, seed))

    def weights(arguments: tuple, seed: int) -> dict[str, Any]:
        import torch

        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(seed)
            return _perturbed(_parameters(reference()(*arguments)), seed)

    drive.weights = weights
    drive.own_result = shown is None
    return drive


def called(answer: Any, arguments: tuple, inputs: tuple, seed: int, weights: dict) -> Any:
    """Build `answer(*arguments)`, give it these weights, and call it on `inputs`.

    weights: tensors by the reference's names of parameters, in the order of their definition.
    Raises NotAModule, DifferentParameters and DifferentShapes.
    """
    import torch

    _require_class(answer)
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        model = answer(*arguments)
    if not isinstance(model, torch.nn.Module):
        raise NotAModule(_no_module(answer, model))
    torch.nn.Module.train(model, False)  # `eval` may be a name of the learner's
    found = _parameters(model)
    with torch.no_grad():
        if any(map(torch.nn.parameter.is_lazy, found.values())):
            model(*inputs)  # its layers learn their sizes from what they are given
            found = _parameters(model)
        for name, own in _which(weights, found, model).items():
            found[own].copy_(weights[name])
        return model(*inputs)


def _require_class(answer: Any) -> None:
    import torch

    if isinstance(answer, torch.nn.Module):
        raise NotAModule(f"A model of the class {name_of(type(answer))} was built here; hand over "
                         "the class itself, without calling it")


def _no_module(answer: Any, model: Any) -> str:
    if isinstance(answer, type):
        return f"The class is not an nn.Module: write `class {name_of(answer)}(nn.Module):`"
    return f"What this builds is {described(plain(model))}; expected a model, an nn.Module"


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


def _which(weights: dict[str, Any], found: dict[str, Any], model: Any) -> dict[str, str]:
    """The model's name for each name of the weights, as `assigned` finds it."""
    wanted, shapes = ({name: tuple(value.shape) for name, value in side.items()}
                      for side in (weights, found))
    try:
        return assigned(wanted, shapes)
    except DifferentParameters as error:
        raise DifferentParameters(f"{error}{_hidden(model)}") from None


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
