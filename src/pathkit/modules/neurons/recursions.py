"""Walks over a graph without an order: what many write before they know better."""

from __future__ import annotations


def spread(value, onward=list) -> None:
    """The proposal: give each input its share, then go on with each input.

    onward: of all inputs those to go on with, in order.
    """
    for source, slope in value.inputs:
        source.grad += slope * value.grad
    for source in onward(source for source, _ in value.inputs):
        spread(source, onward)


def spread_at_once(value) -> None:
    """Go on with each input as soon as it has its share."""
    for source, slope in value.inputs:
        source.grad += slope * value.grad
        spread_at_once(source)


def spread_each_path(value, share) -> None:
    """Carry a share along every path by itself."""
    value.grad += share
    for source, slope in value.inputs:
        spread_each_path(source, slope * share)
