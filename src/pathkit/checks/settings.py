"""The settings that an answer is checked under, whatever the notebook has set for itself.

A right answer stays right after `torch.set_default_dtype(torch.float64)`, and what was set, seeded
or replaced is the learner's again when the check is over.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import locale
import os
import random
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from pathkit.checks.torch_settings import standard_torch

# Python's own limit; more than that is left as it was set, up to what no recursion needs.
LEAST_RECURSION, MOST_RECURSION = 1000, 50_000
PRINTED = {
    "edgeitems": 3, "threshold": 1000, "floatmode": "maxprec", "precision": 8, "suppress": False,
    "linewidth": 75, "nanstr": "nan", "infstr": "inf", "sign": "-", "formatter": None,
    "legacy": False,
}
# Whose functions may have been replaced, as in `np.random.default_rng = …`.
MODULES = (
    "builtins", "math", "cmath", "random", "time", "copy", "itertools", "functools", "operator",
    "numpy", "numpy.random", "numpy.linalg", "torch", "torch.nn", "torch.nn.functional",
    "torch.nn.init", "torch.optim",
)
# A kernel changes these itself.
KERNELS_OWN = {"input", "open", "exit", "quit", "help", "breakpoint"}


@contextlib.contextmanager
def standard_settings() -> Iterator[None]:
    """Run a block under known settings of Python, NumPy and torch, then put the old ones back.

    What is drawn or seeded in the block changes nothing outside of it. torch is left alone unless
    it is imported.
    """
    with contextlib.ExitStack() as stack:
        for setting in _SETTINGS:
            stack.enter_context(setting())
        yield


def remember() -> None:
    """Take down what the functions of MODULES are, of those that are imported by now."""
    for name in MODULES:
        module = sys.modules.get(name)
        if name not in _originals and module is not None and not _half_imported(module):
            _originals[name] = {
                key: value for key, value in vars(module).items()
                if callable(value) and not key.startswith("_")
                and not (module is builtins and key in KERNELS_OWN)
            }


_originals: dict[str, dict[str, Any]] = {}


def _half_imported(module: types.ModuleType) -> bool:
    return getattr(getattr(module, "__spec__", None), "_initializing", False)


@contextlib.contextmanager
def _recursion() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(min(max(limit, LEAST_RECURSION), MOST_RECURSION))
    try:
        yield
    finally:
        with contextlib.suppress(RecursionError):  # lower than where we stand
            sys.setrecursionlimit(limit)


@contextlib.contextmanager
def _functions() -> Iterator[None]:
    """Put replaced functions in their places, and the replacements back."""
    remember()
    theirs = _put_back()
    try:
        yield
    finally:
        _put_back()
        for space, key, value in theirs:
            if value is _GONE:
                del space[key]
            else:
                space[key] = value


@contextlib.contextmanager
def _originals_at_the_end() -> Iterator[None]:
    """What the block replaced is back before anything else is undone, which may need it."""
    try:
        yield
    finally:
        _put_back()


def _put_back() -> list[tuple[dict[str, Any], str, Any]]:
    """Undo what was replaced; returns it, with where it stood."""
    found = []
    for name, originals in _originals.items():
        space = vars(sys.modules[name]) if name in sys.modules else originals
        for key in _replaced(space, originals):
            found.append((space, key, space.get(key, _GONE)))
            space[key] = originals[key]
    return found


def _replaced(space: dict[str, Any], originals: dict[str, Any]) -> list[str]:
    """Names that stand for something else now. Mostly none, which is found out quickly."""
    with contextlib.suppress(Exception):  # what a replacement says to `==` is its own business
        if list(map(space.get, originals)) == list(originals.values()):
            return []
    return [key for key, value in originals.items() if space.get(key, _GONE) is not value]


_GONE = object()


@contextlib.contextmanager
def _python() -> Iterator[None]:
    """Tracing, the garbage collector, the current folder, how numbers are written."""
    trace, profile, collecting = sys.gettrace(), sys.getprofile(), gc.isenabled()
    folder, numeric = _current_folder(), locale.setlocale(locale.LC_NUMERIC)
    traced, profiled = _is_learners(trace), _is_learners(profile)
    if traced:
        sys.settrace(None)
    if profiled:
        sys.setprofile(None)
    gc.enable()
    if numeric != "C":
        locale.setlocale(locale.LC_NUMERIC, "C")
    try:
        yield
    finally:
        if numeric != locale.setlocale(locale.LC_NUMERIC):
            locale.setlocale(locale.LC_NUMERIC, numeric)
        (gc.enable if collecting else gc.disable)()
        if folder and folder != _current_folder():
            with contextlib.suppress(OSError):
                os.chdir(folder)
        if profiled:
            sys.setprofile(profile)
        if traced:
            sys.settrace(trace)


def _is_learners(function: Any) -> bool:
    """A debugger's or a coverage tool's function goes on: only what a notebook set is paused."""
    return function is not None and getattr(function, "__module__", None) == "__main__"


def _current_folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was deleted
        return ""


@contextlib.contextmanager
def _warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _numpy() -> Iterator[None]:
    with np.errstate(all="ignore", call=None), np.printoptions(**PRINTED):
        yield


@contextlib.contextmanager
def _decimal() -> Iterator[None]:
    decimal = sys.modules.get("decimal")
    context = decimal.localcontext(decimal.Context()) if decimal else contextlib.nullcontext()
    with context:
        yield


@contextlib.contextmanager
def _random_state() -> Iterator[None]:
    state, generator = random.getstate(), np.random.get_bit_generator()
    of_numpy = np.random.get_state(legacy=False)
    try:
        yield
    finally:
        random.setstate(state)
        if np.random.get_bit_generator() is not generator:
            np.random.set_bit_generator(generator)
        if of_numpy["bit_generator"] == "MT19937":
            np.random.set_state(of_numpy)
        else:
            generator.state = {k: v for k, v in of_numpy.items() if k not in ("has_gauss", "gauss")}


# A low limit of recursion is lifted before anything else is called, replaced functions come next.
_SETTINGS: tuple[Callable[[], contextlib.AbstractContextManager[None]], ...] = (
    _recursion, _functions, _python, _warnings, _decimal, _numpy, _random_state, standard_torch,
    _originals_at_the_end,
)
