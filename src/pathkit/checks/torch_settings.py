"""torch's own global settings for a check; torch is never imported here."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any

# What torch's generator is seeded with when torch is imported.
FRESH_SEED = 67280421310721


@contextlib.contextmanager
def standard_torch() -> Iterator[None]:
    """float32, on the CPU, gradients on, nothing forbidden; afterwards as before.

    Where the block itself imports torch, it is left as a fresh import leaves it.
    """
    torch = _whole_torch()
    if torch is None:
        try:
            yield
        finally:
            if torch := _whole_torch():
                _make_standard(torch)
                torch.default_generator.manual_seed(FRESH_SEED)
        return
    before = _settings(torch)
    with torch.random.fork_rng(devices=_devices(torch)), torch.inference_mode(False):
        try:
            _make_standard(torch)
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


STANDARD = {
    "grad": True, "device": None, "deterministic": (False, False), "anomaly": (False, True),
    "autocast": False, "precision": "highest",
    "printed": {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80,
                "sci_mode": None},
}


def _make_standard(torch: Any) -> None:
    _set(torch, {**STANDARD, "dtype": torch.float32})


def _settings(torch: Any) -> dict[str, Any]:
    return {
        "grad": torch.is_grad_enabled(),
        "device": _device(torch),
        "deterministic": (torch.are_deterministic_algorithms_enabled(),
                          torch.is_deterministic_algorithms_warn_only_enabled()),
        "anomaly": (torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled()),
        "autocast": torch.is_autocast_enabled("cpu"),
        "precision": torch.get_float32_matmul_precision(),
        "printed": dict(vars(torch._tensor_str.PRINT_OPTS)),
        "dtype": torch.get_default_dtype(),
    }


def _device(torch: Any) -> Any:
    """The device that was set as the default; None where none was."""
    context = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)
    return None if context is None else context.device


def _set(torch: Any, wanted: dict[str, Any]) -> None:
    """Make the settings these, touching only those that differ: some slow torch down for good."""
    now = _settings(torch)
    if now["device"] != wanted["device"]:
        torch.set_default_device(wanted["device"])
    if now["dtype"] != wanted["dtype"]:
        torch.set_default_dtype(wanted["dtype"])
    if now["grad"] != wanted["grad"]:
        torch.set_grad_enabled(wanted["grad"])
    if now["deterministic"] != wanted["deterministic"]:
        on, warn_only = wanted["deterministic"]
        torch.use_deterministic_algorithms(on, warn_only=warn_only)
    if now["anomaly"] != wanted["anomaly"]:
        on, nan = wanted["anomaly"]
        torch.autograd.set_detect_anomaly(on, check_nan=nan)
    if now["autocast"] != wanted["autocast"]:
        torch.set_autocast_enabled("cpu", wanted["autocast"])
    if now["precision"] != wanted["precision"]:
        torch.set_float32_matmul_precision(wanted["precision"])
    if now["printed"] != wanted["printed"]:
        vars(torch._tensor_str.PRINT_OPTS).update(wanted["printed"])
