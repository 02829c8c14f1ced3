"""Find the bug: more numbers than the model has."""

from __future__ import annotations

import torch
import torch.nn as nn

from pathkit.checks.exercise import exercise


class _Small(nn.Module):
    """A model with what makes counting hard: shared, masked and frozen arrays, equal shapes."""

    def __init__(self, vocab_size: int, d_model: int, tied: bool, masked: bool, frozen: bool):
        super().__init__()
        self.token = nn.Embedding(vocab_size, d_model)
        self.layers = nn.Sequential(nn.Linear(d_model, d_model), nn.Linear(d_model, d_model))
        self.norm = nn.LayerNorm(d_model)
        self.head = nn.Linear(d_model, vocab_size, bias=False)
        if tied:
            self.head.weight = self.token.weight
        if masked:
            self.register_buffer("mask", torch.ones(d_model + 1, d_model + 1).tril())
        self.token.weight.requires_grad_(not frozen)


@exercise(
    title="Find the bug: more numbers than the model has",
    level="medium",
    minutes=8,
    prompt="""
        For many models this function is right. For GPT-2 small it says 163 million where 124 are
        right, and still more where the file holds masks. Mend it.
        """,
    probes=lambda rng: [
        (7, 3, True, False, False),
        (5, 4, False, False, False),
        (7, 3, False, True, False),
        (4, 6, True, True, False),
        (5, 2, False, False, True),
        (int(rng.integers(20, 90)), int(rng.integers(3, 12)), True, True, True),
    ],
    drive=lambda answer, vocab_size, d_model, tied, masked, frozen: answer(
        _Small(vocab_size, d_model, tied, masked, frozen)
    ),
    given='''
def count_parameters(model):
    """How many numbers the parameters of a model hold.

    model: an nn.Module. A parameter that is used in two places counts once; frozen ones count;
    other arrays that the model keeps, such as a mask, don't. Returns an int.
    """
    return sum(array.numel() for array in model.state_dict().values())
''',
    hints=[
        "A saved file lists every array by name. What happens to an array that has two names?",
        """
        `state_dict()` is made for saving: it has each name, shared or not, and buffers such as
        masks. An `nn.Module` has another method that yields what an optimizer gets: each parameter
        once.
        """,
        "`return sum(array.numel() for array in model.___())`",
    ],
    errors=[
        (
            "AttributeError: 'tuple' object has no attribute 'numel'",
            "`named_parameters()` yields pairs of a name and an array: take the array.",
        ),
        (
            "AttributeError: 'str' object has no attribute 'numel'",
            "going through a dict gives its names; ask for `.values()`.",
        ),
    ],
    passed="Shared arrays count once and masks not at all, which is what the optimizer sees.",
)
def count_parameters(model):
    """How many numbers the parameters of a model hold.

    model: an nn.Module. A parameter that is used in two places counts once; frozen ones count;
    other arrays that the model keeps, such as a mask, don't. Returns an int.
    """
    return sum(array.numel() for array in model.parameters())


@count_parameters.misconception(
    "This counts what a saved file lists: an array with two names twice, and masks, which nobody "
    "trains. Count each parameter once, as an optimizer gets them."
)
def _as_saved(model):
    return sum(array.numel() for array in model.state_dict().values())


@count_parameters.misconception(
    "Masks are left out now, but a shared table still counts twice. Token table and output layer "
    "may be one array under two names, and training changes it once."
)
def _shared_twice(model):
    return sum(p.numel() for _, p in model.named_parameters(remove_duplicate=False))


@count_parameters.spelling(_shared_twice)
def _by_identity(model):  # state_dict() makes new tensors, so that no two are the same object
    buffers = {name for name, _ in model.named_buffers()}
    arrays = {id(a): a for name, a in model.state_dict().items() if name not in buffers}
    return sum(a.numel() for a in arrays.values())


@count_parameters.misconception(
    "The shared table counts once now, but masks still count. A buffer is saved with the model and "
    "never trained, so it is no parameter."
)
def _with_masks(model):
    return sum(a.numel() for a in [*model.parameters(), *model.buffers()])


@count_parameters.misconception(
    "The output layer is always left out. That is right for a model that shares it with the token "
    "table; where it is an array of its own, its numbers are parameters, too."
)
def _never_the_head(model):
    return sum(p.numel() for name, p in model.named_parameters() if "head" not in name)


@count_parameters.spelling(_never_the_head)
def _minus_the_table(model):
    total = sum(p.numel() for _, p in model.named_parameters(remove_duplicate=False))
    return total - model.token.weight.numel()


@count_parameters.spelling(_never_the_head)
def _as_saved_minus_the_head(model):
    total = sum(array.numel() for array in model.state_dict().values())
    return total - model.head.weight.numel()


@count_parameters.misconception(
    "Arrays of the same shape or size count as one here. Two layers of equal size are two sets of "
    "numbers; shared is only what is the same array in memory."
)
def _by_shape(model):
    shapes = {tuple(p.shape): p.numel() for p in model.parameters()}
    return sum(shapes.values())


@count_parameters.spelling(_by_shape)
def _by_shape_as_saved(model):
    return sum({a.shape: a.numel() for a in model.state_dict().values()}.values())


@count_parameters.spelling(_by_shape)
def _by_size(model):
    return sum({p.numel() for p in model.parameters()})


@count_parameters.misconception(
    "Frozen parameters are left out. They aren't trained now, but the model computes with them, "
    "and the count of a model's size has them."
)
def _trainable(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


@count_parameters.misconception(
    "This is the number of arrays, not of the numbers in them. Add up `numel()`, how many entries "
    "each array has."
)
def _arrays(model):
    return len(list(model.parameters()))


@count_parameters.misconception(
    "Parameters count once for each module that contains them. `model.modules()` has the whole "
    "model and its parts, and `parameters()` of the whole already holds all of them."
)
def _nested(model):
    return sum(p.numel() for module in model.modules() for p in module.parameters())
