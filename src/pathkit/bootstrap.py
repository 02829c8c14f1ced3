"""Set up .venv on a fresh machine; run by path with any Python, before anything is installed.

    python3 src/pathkit/bootstrap.py [--venv DIR] [--test]

Standard library only. Does nothing when the last set-up still fits; one that was cut short is
gone on with. PATHKIT_TORCH_INDEX names another index for torch; set to nothing, it means the
default index, which on Linux has the CUDA build.
"""

# No syntax or annotation here, nor in setup/, that Python 3.6 can't read: an old Python must get as
# far as the line that says it's too old.

import sys
from pathlib import Path

if __package__:
    from pathkit.setup.command_line import main
else:
    # Run by path. As a part of pathkit it would bring along what an old Python can't read.
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from setup.command_line import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
