"""One small change of a syntax tree: where it is made, what it is, how a learner is told of it."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple

Path = tuple[Any, ...]  # fields and positions in lists, from the top


class Change(NamedTuple):
    """new: the node that takes an old one's place; what: for whoever mends a check.

    said: what is off in any answer with the results of the changed one, from the narrow to the
    wide, in words that don't show the line; empty where words would tell nothing.
    finer: whether it is tried after the plain changes, whatever the order in the text.
    common: one of the slips that people make most.
    """

    what: str
    new: Any
    said: tuple[str, ...] = ()
    finer: bool = False
    common: bool = False


class Around(NamedTuple):
    """What stands around a node. parents: from the top to the innermost.

    seen: the names that a learner sees in the stub. Of others nothing may be said.
    """

    parents: tuple[ast.AST, ...] = ()
    seen: frozenset[str] = frozenset()

    def inner(self, node: ast.AST) -> Around:
        """What stands around a part of `node`."""
        return Around((*self.parents, node), self.seen)

    @property
    def parent(self) -> ast.AST | None:
        """The node that a node is a part of; None at the top."""
        return self.parents[-1] if self.parents else None
