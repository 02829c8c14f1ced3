"""What stands for an answer that isn't there yet, where the reference must not.

In an assignment without fallback a cell that needs a missing answer says so in one line. So do the
cells below it: the names that it would have defined are stand-ins, too.
"""

from __future__ import annotations

import ast
from typing import Any

from pathkit.one_line import OneLine


class NotPassed(OneLine):
    """Raised by whatever is done with a stand-in."""


class StandIn:
    """Stands for the answer to an exercise; to use it in any way raises NotPassed."""

    def __init__(self, name: str):
        vars(self)["__name__"] = name

    def __repr__(self) -> str:
        return f"<{vars(self)['__name__']}: not passed yet>"

    def __getattr__(self, attribute: str) -> Any:
        # Displays and copies ask for names like these, and are content when there are none.
        if attribute.startswith(("_repr_", "_ipython_")):
            raise AttributeError(attribute)
        _refuse(self)

    @classmethod
    def __torch_function__(cls, _: Any, __: Any, arguments: Any = (), ___: Any = None) -> Any:
        _refuse(next((a for a in arguments if name_of(a)), StandIn("an answer")))


def _refuse(self: StandIn, *_: Any, **__: Any) -> Any:
    name = vars(self)["__name__"]
    raise NotPassed(f"{name} has not passed yet, and this cell needs it")


def _reflected(*names: str) -> list[str]:
    return [f"__{prefix}{name}__" for name in names for prefix in ("", "r", "i")]


for _name in (
    "__call__", "__bool__", "__len__", "__iter__", "__next__", "__contains__", "__getitem__",
    "__setitem__", "__delitem__", "__setattr__", "__int__", "__float__", "__complex__",
    "__index__", "__str__", "__format__", "__bytes__", "__array__", "__enter__", "__exit__",
    "__hash__",
    "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__neg__", "__pos__", "__abs__",
    "__invert__", "__round__", "__mro_entries__", "__instancecheck__", "__array_ufunc__",
    *_reflected("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "divmod", "pow",
                "lshift", "rshift", "and", "or", "xor"),
):
    setattr(StandIn, _name, _refuse)


def name_of(answer: Any) -> str:
    """The exercise whose stand-in this is; "" for everything else."""
    return vars(answer)["__name__"] if type(answer) is StandIn else ""


def names_defined(source: str) -> set[str]:
    """The names that a cell defines for other cells; none where it isn't Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    found: set[str] = set()
    queue: list[ast.AST] = list(tree.body)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp
                            | ast.GeneratorExp):
            queue.extend(ast.iter_child_nodes(node))
    return found


def watch(shell: Any) -> None:
    """After a cell that a stand-in stopped, let stand-ins take the names it didn't define."""

    def follow(result: Any) -> None:
        error = result.error_in_exec
        if isinstance(error, NotPassed):
            name = str(error).partition(" ")[0]
            for missing in names_defined(result.info.raw_cell) - set(shell.user_ns):
                shell.user_ns[missing] = StandIn(name)

    if not any(f.__qualname__ == follow.__qualname__ for f in shell.events.callbacks[EVENT]):
        shell.events.register(EVENT, follow)


EVENT = "post_run_cell"
