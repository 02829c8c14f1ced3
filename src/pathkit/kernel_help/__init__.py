"""An IPython extension: errors that say what to do, and names that were given away.

A kernel loads it with `import pathkit`; the kernels of `pathkit start` load it as they begin, so
that it is there when an exercise is run before anything else. It changes nothing of IPython's but
how some errors are shown, and nobody's profile.
"""

from __future__ import annotations

from typing import Any


def load_ipython_extension(shell: Any) -> None:
    """Called by IPython, and by `import pathkit` in a kernel; twice does no harm."""
    from pathkit.kernel_help.hooks import load

    load(shell)
