"""torch's own global settings for a check; torch is never imported here."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

# What torch's generator is seeded with when torch is imported.
FRESH_SEED = 67280421310721
PRINTED = {
    "precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80, "sci_mode": None,
}


@contextlib.contextmanager
def standard_torch() -> Iterator[None]:
    """float32, on one thread of the CPU, gradients on, nothing forbidden; afterwards as before.

    Where the block itself imports torch, it is left as a fresh import leaves it.
    """
    torch = _whole_torch()
    if torch is None:
        try:
            yield
        finally:
            if torch := _whole_torch():
                _set(torch, _standard(torch))
                torch.default_generator.manual_seed(FRESH_SEED)
        return
    before = _settings(torch)
    with torch.random.fork_rng(devices=_devices(torch)), torch.inference_mode(False):
        try:
            _set(torch, _standard(torch))
            yield
        finally:
            _set(torch, before)


def _whole_torch() -> Any:
    """torch, if it is imported to its end."""
    torch = sys.modules.get("torch")
    begun = getattr(getattr(torch, "__spec__", None), "_initializing", False)
    return torch if torch is not None and not begun and hasattr(torch, "optim") else None


def _devices(torch: Any) -> list[int]:
    """Accelerators whose generators an answer may draw from; none where none was used."""
    return list(range(torch.cuda.device_count())) if torch.cuda.is_initialized() else []


def _device(torch: Any) -> Any:
    """The device that was set as the default; None where none was."""
    context = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)
    return None if context is None else context.device


def _standard(torch: Any) -> dict[str, Any]:
    return {
        "device": None, "dtype": torch.float32, "grad": True, "deterministic": (False, False),
        "anomaly": (False, True), "autocast": False, "precision": "highest", "printed": PRINTED,
        # With two threads, matrices as small as those of probes take up to nine times the CPU.
        "threads": 1,
    }


# How each is read and set. The device comes first: the rest is set under it.
_HOW: dict[str, tuple[Callable[[Any], Any], Callable[[Any, Any], object]]] = {
    "device": (_device, lambda torch, value: torch.set_default_device(value)),
    "dtype": (
        lambda torch: torch.get_default_dtype(),
        lambda torch, value: torch.set_default_dtype(value),
    ),
    "grad": (
        lambda torch: torch.is_grad_enabled(),
        lambda torch, value: torch.set_grad_enabled(value),
    ),
    "deterministic": (
        lambda torch: (torch.are_deterministic_algorithms_enabled(),
                       torch.is_deterministic_algorithms_warn_only_enabled()),
        lambda torch, value: torch.use_deterministic_algorithms(value[0], warn_only=value[1]),
    ),
    "anomaly": (
        lambda torch: (torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()),
        lambda torch, value: torch.autograd.set_detect_anomaly(value[0], check_nan=value[1]),
    ),
    "autocast": (
        lambda torch: torch.is_autocast_enabled("cpu"),
        lambda torch, value: torch.set_autocast_enabled("cpu", value),
    ),
    "precision": (
        lambda torch: torch.get_float32_matmul_precision(),
        lambda torch, value: torch.set_float32_matmul_precision(value),
    ),
    "threads": (
        lambda torch: torch.get_num_threads(),
        lambda torch, value: torch.set_num_threads(value),
    ),
    "printed": (
        lambda torch: dict(vars(torch._tensor_str.PRINT_OPTS)),
        lambda torch, value: vars(torch._tensor_str.PRINT_OPTS).update(value),
    ),
}


def _settings(torch: Any) -> dict[str, Any]:
    """All settings as they are, without those that this version of torch doesn't have."""
    found = {}
    for name, (read, _) in _HOW.items():
        with contextlib.suppress(AttributeError, TypeError):
            found[name] = read(torch)
    return found


def _set(torch: Any, wanted: dict[str, Any]) -> None:
    """Make the settings these, touching only those that differ: some slow torch down for good."""
    now = _settings(torch)
    for name, (_, change) in _HOW.items():
        if name in now and name in wanted and now[name] != wanted[name]:
            change(torch, wanted[name])
