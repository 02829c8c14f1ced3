"""Wrong orders: values that hand their grad on too early, or again for every path."""

from __future__ import annotations

from .backward import backward
from .recursions import spread, spread_at_once, spread_each_path
from .walks import hand_on


@backward.misconception(
    "A result that is used twice handed its grad on at each visit, the first share again with the "
    "second. On b + b + b*b with b = a*a at a = 3 that gives 264; the truth is 120. Put all "
    "values in order first, so that each hands on once."
)
def _recursed(root):
    root.grad = 1.0
    spread(root)


@backward.misconception(
    "Values handed their grad on as soon as one share was in. Their other shares came later, and "
    "then they handed everything on again: 204 for b + b + b*b at a = 3, where b = a*a. The truth "
    "is 120. Put all values in order first."
)
def _recursed_at_once(root):
    root.grad = 1.0
    spread_at_once(root)


@backward.misconception(
    "Going on with each different input once saves some visits, and the fault stays: on b + b*b + "
    "b with b = a*a at a = 3 it gives 246, and the truth is 120. A value may hand on only when "
    "all its shares are in: put all values in order first."
)
def _recursed_into_a_set(root):
    root.grad = 1.0
    spread(root, onward=lambda inputs: reversed(list(dict.fromkeys(inputs))))


@backward.misconception(
    "All grads are 0, because the root has none to hand on: its grad is 1. And a second fault "
    "waits behind it: values are visited again for each path that leads to them, instead of once, "
    "in order."
)
def _recursed_without_seed(root):
    spread(root)


@backward.misconception(
    "Every value ends with a grad of 1: the 1 is set in each call of the recursion and wipes out "
    "what had come in. Only the root's grad is 1, set once, before anything is handed on."
)
def _seeds_everywhere(root):
    root.grad = 1.0
    for source, slope in root.inputs:
        source.grad += slope * root.grad
        _seeds_everywhere(source)


@backward.misconception(
    "The grads come out right, but every path through the graph was walked by itself. 25 doublings "
    "have 2²⁵ paths and only 26 values: wait until all shares of a value are in, then hand on the "
    "sum once."
)
def _every_path(root):
    spread_each_path(root, 1.0)


@backward.misconception(
    "Values had their turn level by level from the root. One that is near on one path and far on "
    "another comes too early, before the long path's share is in: order by *all inputs before the "
    "result*, then reverse."
)
def _by_level(root):
    queue = [root]
    for value in queue:
        queue += [s for s, _ in dict.fromkeys(value.inputs) if s not in queue]
    root.grad = 1.0
    hand_on(queue)


@backward.misconception(
    "A value had its turn when it was first met, with one share, and what came later was never "
    "handed on. Note a value in the order only after all its inputs, then walk from the end: so "
    "nothing has its turn before all that was made of it."
)
def _when_first_met(root):
    root.grad = 1.0
    order = []

    def visit(value):
        if value not in order:
            order.append(value)
            for source, _ in value.inputs:
                visit(source)

    visit(root)
    hand_on(order)


@backward.misconception(
    "Values had their turn in the order of a stack, the last one noted first. One that lies on a "
    "long and on a short path is taken too early, before all its shares are in: put inputs before "
    "results in a list, then walk from the end."
)
def _stack(root):
    root.grad = 1.0
    stack, seen = [root], {root}
    while stack:
        value = stack.pop()
        for source, slope in value.inputs:
            source.grad += slope * value.grad
            if source not in seen:
                seen.add(source)
                stack.append(source)
