"""How near a gradient by hand must come."""

from __future__ import annotations

from pathkit.checks.compare import Tolerance

EXACT = Tolerance(relative=1e-9, absolute=1e-9)  # float64: what autograd is held to, too
