"""Save a training, and go on from there."""

from __future__ import annotations

import copy

from pathkit.checks.exercise import exercise

from .stopped import said_of, stopped


@exercise(
    title="Stop, and go on as if nothing had been",
    level="medium",
    minutes=10,
    prompt="""
        Save copies of all that the next step depends on: the states of model, optimizer and
        generator, and the number of steps done. `restore` puts them into the fresh objects that it
        is given, and returns that number, which sets the learning rate.
        """,
    probes=lambda rng: [
        ("adamw", 2, 1, 5, int(rng.integers(90))),
        ("sgd", 3, 2, 7, 100 + int(rng.integers(90))),
        ("adamw", 5, 2, 8, 200 + int(rng.integers(90))),
    ],
    drive=stopped,
    accept=said_of,
    hints=[
        """
        AdamW steps by running averages of the gradients. Which object holds them? And which one
        knows what batch comes next?
        """,
        """
        1. `model.state_dict()` and `optimizer.state_dict()` are views: they change with the next
           step. `copy.deepcopy` keeps them as they are. `generator.get_state()` is a copy already.
        2. Back again: `load_state_dict` for the first two, `set_state` for the generator.
        """,
        "`self.optimizer = copy.deepcopy(optimizer.___())`; later `optimizer.___(self.optimizer)`",
    ],
    errors=[
        (
            "AttributeError: 'collections.OrderedDict' object has no attribute",
            "what you saved is a dict of tensors: hand it to `load_state_dict` of the new object.",
        ),
        (
            "AttributeError: 'Checkpoint' object has no attribute",
            "`restore` sees only what `__init__` put into `self`.",
        ),
    ],
    passed="Every weight ends bit for bit where it would have without the stop.",
)
class Checkpoint:
    """All that the next training step depends on, as it was when the checkpoint was made.

    model: a torch module; optimizer: of torch.optim; generator: a torch.Generator that draws the
    batches; step: how many steps are done. Training goes on with the same objects after that.
    """

    def __init__(self, model, optimizer, generator, step):
        # BEGIN SOLUTION
        self.model = copy.deepcopy(model.state_dict())
        self.optimizer = copy.deepcopy(optimizer.state_dict())
        self.generator = generator.get_state()
        self.step = step
        # END SOLUTION

    def restore(self, model, optimizer, generator):
        """Put everything into these three; returns how many steps were done."""
        # BEGIN SOLUTION
        model.load_state_dict(self.model)
        optimizer.load_state_dict(self.optimizer)
        generator.set_state(self.generator)
        return self.step
        # END SOLUTION


_Right = Checkpoint.reference


@Checkpoint.misconception(
    "The optimizer starts afresh. AdamW and momentum step by averages of earlier gradients; "
    "without them the next steps go elsewhere, often with a jump in the loss. Save and load "
    "`optimizer.state_dict()` as well."
)
class _ForgetsOptimizer(_Right):
    def restore(self, model, optimizer, generator):
        model.load_state_dict(self.model)
        generator.set_state(self.generator)
        return self.step


@Checkpoint.misconception(
    "The generator isn't put back, so the batches after the stop are other ones. Save this "
    "generator's `get_state()`, and give it to `set_state` of the new one; the global state of "
    "torch is another generator's."
)
class _ForgetsGenerator(_Right):
    def restore(self, model, optimizer, generator):
        model.load_state_dict(self.model)
        optimizer.load_state_dict(self.optimizer)
        return self.step


@Checkpoint.misconception(
    "The generator went back to its seed, and draws the first batches again. A seed says where a "
    "generator begins; where it has got to is in `get_state()`."
)
class _Reseeds(_Right):
    def __init__(self, model, optimizer, generator, step):
        super().__init__(model, optimizer, generator, step)
        self.seed = generator.initial_seed()

    def restore(self, model, optimizer, generator):
        step = super().restore(model, optimizer, generator)
        generator.manual_seed(self.seed)
        return step


@Checkpoint.misconception(
    "`restore` says that 0 steps are done. The learning rate would climb and fall once more from "
    "its beginning: the place in the schedule is part of what must be saved."
)
class _ForgetsStep(_Right):
    def restore(self, model, optimizer, generator):
        super().restore(model, optimizer, generator)
        return 0


@Checkpoint.misconception(
    "All is put back, and `restore` returns nothing. The loop needs the number of steps done, "
    "because the learning rate depends on it: `return self.step`."
)
class _ReturnsNothing(_Right):
    def restore(self, model, optimizer, generator):
        super().restore(model, optimizer, generator)


@Checkpoint.misconception(
    "One step is skipped: `step` counts those that are done, and the next one has that very "
    "number, since steps are counted from 0."
)
class _SkipsOne(_Right):
    def restore(self, model, optimizer, generator):
        return super().restore(model, optimizer, generator) + 1


@Checkpoint.misconception(
    "Nothing was copied. `state_dict()` hands out the tensors that training goes on to change, so "
    "your checkpoint moved along with it: `copy.deepcopy` both states when you save."
)
class _NotCopied(_Right):
    def __init__(self, model, optimizer, generator, step):
        self.model, self.optimizer = model.state_dict(), optimizer.state_dict()
        self.generator, self.step = generator.get_state(), step


@Checkpoint.misconception(
    "The weights are copied, and the optimizer's averages are not: they went on changing after you "
    "saved. `copy.deepcopy` its `state_dict()`, too; `dict(…)` and `.copy()` copy the outside only."
)
class _OptimizerNotCopied(_Right):
    def __init__(self, model, optimizer, generator, step):
        super().__init__(model, optimizer, generator, step)
        self.optimizer = optimizer.state_dict()


@Checkpoint.misconception(
    "The new model keeps its fresh weights. Hand the saved ones to it: "
    "`model.load_state_dict(…)` writes into the object it is called on, so call it on the new one."
)
class _ForgetsWeights(_Right):
    def restore(self, model, optimizer, generator):
        optimizer.load_state_dict(self.optimizer)
        generator.set_state(self.generator)
        return self.step
