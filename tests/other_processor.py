"""NumPy and torch compute as on another processor than this one.

`other_processor.py COMMAND...` runs a command so; its exit code is the command's. The next older
kernels are chosen, which this processor can run, too. Nothing changes where none are known (ARM),
and nothing that the environment says already: `OPENBLAS_CORETYPE=Nehalem make test` tries that one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Mapping

# What a processor must have for its own kernels of OpenBLAS, and the next older ones.
OLDER = {"AVX512_SKX": "Haswell", "AVX2": "Sandybridge", "AVX": "Nehalem", "SSE42": "Prescott"}
TORCH = {"AVX512": ("avx2", "AVX2"), "AVX2": ("default", "SSE4_2")}  # torch itself, its MKL
NEWEST = ("AVX512", "X86_V4")  # how NumPy names the loops it has for the newest processors


def other(features: Collection[str], dispatched: Collection[str], torch: str) -> dict[str, str]:
    """Variables for a processor with these features.

    `dispatched` names the NumPy loops that are chosen at run time, `torch` torch's capability.
    """
    found = {}
    core = next((older for feature, older in OLDER.items() if feature in features), None)
    if core:
        found["OPENBLAS_CORETYPE"] = core
    newest = [name for name in dispatched if name in features and name.startswith(NEWEST)]
    newest = newest or [name for name in dispatched if name in features]
    if core and newest:
        found["NPY_DISABLE_CPU_FEATURES"] = ",".join(newest)
    if torch in TORCH:
        found["ATEN_CPU_CAPABILITY"], found["MKL_ENABLE_INSTRUCTIONS"] = TORCH[torch]
    return found


def here(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables for this machine, those left out that `environment` sets itself."""
    import numpy
    import torch

    umath = numpy._core._multiarray_umath
    features = {name for name, present in umath.__cpu_features__.items() if present}
    found = other(features, umath.__cpu_dispatch__, torch.backends.cpu.get_cpu_capability())
    return {name: value for name, value in found.items() if name not in environment}


def main(command: list[str]) -> int:
    """Run the command; without one, only say what would be chosen."""
    found = here()
    words = " ".join(f"{name}={value}" for name, value in found.items())
    print("as on another processor:", words or "no other kernels are known here", flush=True)
    return subprocess.call(command, env={**os.environ, **found}) if command else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
