"""Kernels that talk over private sockets: kernels started together can't take each other's port.

Chosen by `JUPYTER_DEFAULT_PROVISIONER_NAME=pathkit-private`, which papermill, nbval and
nbclient all honour. On Windows, which has no such sockets, nothing changes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

NAME = "pathkit-private"
LONGEST_FOLDER = 70


class PrivateProvisioner(LocalProvisioner):
    """Starts a kernel on this machine over ipc in a temporary folder of its own."""

    folder: str = ""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the transport before the connection file is written."""
        manager = self.parent
        if os.name == "posix" and manager is not None and not self.folder:
            self.folder = tempfile.mkdtemp(prefix="pk-", dir=_short_folder())
            # Also when the kernel never starts, or this process ends before it: nothing is left.
            weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
            manager.transport = "ipc"
            manager.ip = os.path.join(self.folder, "s")
            manager.connection_file = os.path.join(self.folder, "c.json")
        return await super().pre_launch(**kwargs)

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the folder when the kernel has gone for good."""
        await super().cleanup(restart)
        if not restart and self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def _short_folder() -> str | None:
    """Where sockets go: their paths may have no more than about 100 bytes."""
    if len(os.fsencode(tempfile.gettempdir())) > LONGEST_FOLDER and Path("/tmp").is_dir():
        return "/tmp"
    return None


def environment() -> dict[str, str]:
    """Variables under which kernels are started here: private, and one thread each."""
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    return {"JUPYTER_DEFAULT_PROVISIONER_NAME": NAME, "PYDEVD_DISABLE_FILE_VALIDATION": "1", **one}
