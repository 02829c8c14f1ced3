"""Answers that are nn.Modules, judged under the reference's weights."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402

from pathkit.checks.compare import Tolerance  # noqa: E402
from pathkit.checks.exercise import exercise  # noqa: E402
from pathkit.checks.torch_module import under_copied_weights  # noqa: E402


def _inputs(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    return torch.tensor(rng.normal(size=shape), dtype=torch.float32)


@exercise(
    title="T", level="hard", minutes=1, prompt="P", hints=["a", "b", "c"], seconds=3,
    probes=lambda rng: [((4,), (_inputs(rng, 3, 4),), 1), ((6,), (_inputs(rng, 2, 5, 6),), 2)],
    drive=under_copied_weights(lambda: Block.reference),
    tolerance=Tolerance(1e-4, 1e-5),
)  # fmt: skip
class Block(nn.Module):
    """A residual layer, norm first."""

    def __init__(self, size: int):
        super().__init__()
        self.norm = nn.LayerNorm(size)
        self.mix = nn.Linear(size, size)
        self.rest = nn.Dropout(0.5)

    def forward(self, x):
        # BEGIN SOLUTION
        x = x + self.rest(self.mix(self.norm(x)))
        # END SOLUTION
        return x


@Block.misconception("The stream is lost: add what the layer makes to x.")
class _NoResidual(Block.reference):
    def forward(self, x):
        return self.mix(self.norm(x))


SOURCE = '''\
class Block(nn.Module):
    """A residual layer, norm first."""

    def __init__(self, size):
        super().__init__()
        self.norm = nn.LayerNorm(size)
        self.mix = nn.Linear(size, size)

    def forward(self, x):
        return x + self.mix(self.norm(x))
'''


@pytest.fixture
def verdict(cell):
    """The verdict on a cell that defines Block."""
    return lambda source: Block.check(cell(source, nn=nn, torch=torch)["Block"])


def test_right_wiring_passes(verdict):
    assert verdict(SOURCE).passed
    assert Block.check(Block).passed


@pytest.mark.parametrize(
    "forward",
    [
        "self.norm(x + self.mix(x))",
        "x + self.norm(self.mix(x))",
        "x - self.mix(self.norm(x))",
        "x + self.mix(x)",
        "self.norm(x) + self.mix(self.norm(x))",
        "x",
    ],
)
def test_wrong_wiring_fails(verdict, forward):
    found = verdict(SOURCE.replace("x + self.mix(self.norm(x))", forward))
    assert found.status == "wrong value"
    assert dict(found.shown)["tried"].startswith("arguments=(4,), inputs=(")


def test_the_known_wrong_wiring_is_named(verdict):
    assert verdict(SOURCE.replace("x + self.mix", "self.mix")).misconception == "_NoResidual"


@pytest.mark.parametrize(
    ("old", "new", "status", "message"),
    [
        ("        self.mix = nn.Linear(size, size)\n", "", "other parameters",
         "The model has no parameter 'mix.weight' of shape [4, 4], nor 'mix.bias'."),
        ("Linear(size, size)", "Linear(size, 2 * size)", "wrong shape",
         "The parameter 'mix.weight' has shape [8, 4]; expected [4, 4]."),
        ("Linear(size, size)", "Linear(size, size, bias=False)", "other parameters",
         "The model has no parameter 'mix.bias' of shape [4]."),
        ("        self.mix", "        self.more = nn.Linear(size, 1)\n        self.mix",
         "other parameters",
         "The model has a parameter 'more.weight' of shape [1, 4] that isn't expected"),
        ("self.mix = nn.Linear(size, size)", "self.layers = [nn.Linear(size, size)]",
         "other parameters",
         "`self.layers` hides its parts: use nn.ModuleList or nn.ModuleDict."),
        ("self.mix", "self.more = nn.Linear(size, 3 * size)\n        self.mix", "other parameters",
         "'more.weight' of shape [12, 4] that isn't expected"),
    ],
)  # fmt: skip
def test_other_parameters_are_told_in_a_sentence(verdict, old, new, status, message):
    found = verdict(SOURCE.replace(old, new, 1))
    assert found.status == status and message in found.message


@pytest.mark.parametrize(("old", "new"), [
    ("mix", "project"),
    ("norm", "ln"),
    ("self.mix", "self.my.mix"),
    ("nn.Linear(size, size)", "nn.Sequential(nn.Linear(size, size))"),
    ("nn.Linear(size, size)", "nn.LazyLinear(size)"),
])
def test_what_attributes_are_called_is_free(verdict, old, new):
    source = SOURCE.replace(old, new)
    if "my" in new:
        source = source.replace("super().__init__()\n",
                                "super().__init__()\n        self.my = nn.Module()\n")
    assert verdict(source).passed
    assert verdict(source.replace("x + ", "2 * x + ")).status == "wrong value"


def test_not_a_module(verdict):
    found = verdict("class Block:\n    def __init__(self, size):\n        pass\n")
    assert found.status == "wrong type"
    assert found.message == "The class is not an nn.Module: write `class Block(nn.Module):`."
    found = verdict("def Block(size):\n    return [size]\n")
    assert found.message == "What this builds is a list of 1 item; expected a model, an nn.Module."
    found = verdict(f"{SOURCE}\nBlock = Block(4)\n")
    assert found.message.startswith("A model of the class Block was built here; hand over")


def test_a_learners_own_eval_is_not_called(verdict):
    assert verdict(SOURCE + "    eval = None\n").passed


def test_a_class_without_forward_is_told_in_a_line(verdict):
    found = verdict(SOURCE.partition("    def forward")[0])
    assert found.status == "raised" and found.message.startswith(
        "The check couldn't go on with what your code gave back or left behind: NotImplementedError"
    )


def test_raised_names_the_line_of_the_cell(verdict):
    found = verdict(SOURCE.replace("        super().__init__()\n", ""))
    assert found.status == "raised" and dict(found.shown)["line 5"].startswith("self.norm")
    found = verdict(SOURCE.replace("x + self.mix(self.norm(x))", "x @ self.mix"))
    assert dict(found.shown)["line 10"] == "return x @ self.mix"


def test_a_wrong_number_of_parameters(verdict):
    found = verdict(SOURCE.replace("self, size", "self"))
    assert found.message.startswith("The call failed with TypeError: Block.__init__() takes 1")
    assert found.message.endswith("Keep the parameters that the cell came with.")


def test_buffers_and_the_order_of_parameters_do_not_count(verdict):
    swapped = SOURCE.replace("        self.norm = nn.LayerNorm(size)\n", "").replace(
        "size, size)\n",
        "size, size)\n        self.norm = nn.LayerNorm(size)\n"
        "        self.register_buffer('mask', torch.ones(size))\n",
    )
    assert verdict(swapped).passed


def test_tied_weights_are_part_of_the_answer(cell):
    tied = """
        class Tied(nn.Module):
            def __init__(self, size):
                super().__init__()
                self.one = nn.Linear(size, size, bias=False)
                self.two = nn.Linear(size, size, bias=False)
                self.two.weight = self.one.weight
            def forward(self, x):
                return self.two(self.one(x))
        """
    right = cell(tied, nn=nn)["Tied"]
    untied = cell(tied.replace("self.two.weight = self.one.weight", "pass"), nn=nn)["Tied"]
    drive = under_copied_weights(lambda: right)
    assert drive(right, (3,), (torch.ones(3),), 1).shape == (3,)
    with pytest.raises(Exception, match="has a parameter 'two.weight'"):
        drive(untied, (3,), (torch.ones(3),), 1)


@pytest.mark.parametrize("change", [("", ""), ("...", "pass"), ("A res", "R"), ("...", "# …")])
def test_an_untouched_class_is_not_attempted(verdict, change):
    given = Block.stub
    assert "..." in given and "self.mix(" not in given
    assert verdict(given.replace(*change)).status == "not attempted"


def test_changed_inputs_are_told(verdict):
    source = SOURCE.replace("return x + ", "y = x + ") + "        x.zero_()\n        return y\n"
    found = verdict(source)
    assert found.status == "changed its input" and "`inputs` was changed" in found.message


def said(verdict) -> str:
    return " ".join([verdict.message, *verdict.notes])


def test_what_a_class_is_made_to_show_is_not_called_its_own_result():
    def with_input(answer):
        class Shown(answer):
            def forward(self, x):
                return x, super().forward(x)

        return Shown

    shown = exercise(
        title="T", level="hard", minutes=1, prompt="P", hints=["a", "b", "c"],
        probes=Block.probes, drive=under_copied_weights(lambda: Block.reference, with_input),
    )(Block.reference)  # fmt: skip

    class Wrong(Block.reference):
        def forward(self, x):
            return 2 * x

    assert "at [1][0, 0] of what the check computed from your answer" in said(shown.check(Wrong))
    assert "at [0, 0]: got" in said(Block.check(Wrong))


def test_nothing_global_is_touched(verdict):
    torch.manual_seed(3)
    before = torch.get_rng_state().tolist()
    verdict(SOURCE)
    assert torch.get_rng_state().tolist() == before
    assert torch.is_grad_enabled()
    torch.manual_seed(3)


def test_outputs_cross_the_pipe(cell):
    from pathkit.checks.outputs import Outputs

    outputs = Block.run(cell(SOURCE, nn=nn)["Block"], seed=4)
    assert Block.judge(Outputs.from_json(outputs.to_json()), seed=4).passed
