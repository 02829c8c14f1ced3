"""A right answer whose gradients stop is told so; one whose gradients flow is left alone."""

from __future__ import annotations

import pytest
import torch

from pathkit.checks.gradient_flow import call_with_gradients, learning
from pathkit.checks.told import Told

X = torch.tensor([[1.0, -2.0, 0.5], [0.3, 0.7, -1.1]])


def partly(x):
    return x.detach() + torch.tanh(x)


@pytest.mark.parametrize("flows", [torch.tanh, torch.relu, lambda x: x * x.detach().sign(),
                                   lambda x: torch.ones(2, 3), lambda x: None])
def test_what_flows_or_depends_on_nothing_is_left_alone(flows):
    call_with_gradients(flows, X)


@pytest.mark.parametrize(("stops", "said"), [
    (lambda x: torch.tensor(x.detach().numpy() * 2), "depends on `x`, but no gradient"),
    (torch.no_grad()(lambda x: x * 2), "but no gradient reaches it"),
    (partly, "in a way that no gradient sees"),
])
def test_what_stops_is_told(stops, said):
    with pytest.raises(Told, match=said):
        call_with_gradients(stops, X)


def test_a_parameter_that_no_gradient_reaches_is_named():
    class Stuck(torch.nn.Linear):
        def forward(self, x):
            return x @ self.weight.detach().T + self.bias

    with torch.no_grad(), pytest.raises(Told, match="depends on `weight`, but no gradient"):
        learning(Stuck)(3, 2)(X)


def test_weights_and_inputs_are_as_before():
    layer, x = learning(torch.nn.Linear)(3, 2), X.clone()
    before = layer.weight.detach().clone()
    with torch.no_grad():
        layer(x)
    assert torch.equal(layer.weight, before) and torch.equal(x, X)
