"""Kernels that talk over private sockets: kernels started together can't take each other's port.

What a person has set for their own kernels doesn't reach them: outputs that are stored would show
it. Chosen by `JUPYTER_DEFAULT_PROVISIONER_NAME=pathkit-private`, which papermill, nbval and
nbclient all honour. On Windows, which has no such sockets, nothing changes.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

NAME = "pathkit-private"
# What a person may have set for all that Python shows, and stored outputs must not show.
PERSONAL = ("IPYTHONDIR", "MATPLOTLIBRC", "MPLBACKEND", "PYTHONSTARTUP", "PYTHONWARNINGS")
# Said outright, since a machine may have settings for everybody, too.
AS_SHIPPED = (
    "--InteractiveShell.ast_node_interactivity=last_expr",
    "--InteractiveShell.xmode=Context",
    "--InteractiveShellApp.extensions=[]",
    "--InteractiveShellApp.exec_lines=[]",
)
LONGEST_FOLDER = 70


class PrivateProvisioner(LocalProvisioner):
    """Starts a kernel on this machine over ipc in a temporary folder of its own."""

    folder: str = ""
    settings: str = ""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the transport before the connection file is written, and the settings."""
        self._leave_out_personal_settings(kwargs)
        manager = self.parent
        if os.name == "posix" and manager is not None and not self.folder:
            self.folder = tempfile.mkdtemp(prefix="pk-", dir=_short_folder())
            # Also when the kernel never starts, or this process ends before it: nothing is left.
            weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
            manager.transport = "ipc"
            manager.ip = os.path.join(self.folder, "s")
            manager.connection_file = os.path.join(self.folder, "c.json")
        return await super().pre_launch(**kwargs)

    def _leave_out_personal_settings(self, kwargs: dict[str, Any]) -> None:
        """What a person set for their own kernels must not reach outputs that are stored."""
        if not self.settings:
            self.settings = tempfile.mkdtemp(prefix="pk-settings-")
            weakref.finalize(self, shutil.rmtree, self.settings, ignore_errors=True)
        kwargs["env"] = unpersonal(kwargs.get("env") or os.environ, self.settings)
        if "ipykernel" in " ".join(self.kernel_spec.argv):
            kwargs["extra_arguments"] = [*kwargs.get("extra_arguments", ()), *AS_SHIPPED]

    async def cleanup(self, restart: bool = False) -> None:
        """Remove the folders when the kernel has gone for good."""
        await super().cleanup(restart)
        for folder in filter(None, () if restart else (self.folder, self.settings)):
            shutil.rmtree(folder, ignore_errors=True)


def _short_folder() -> str | None:
    """Where sockets go: their paths may have no more than about 100 bytes."""
    if len(os.fsencode(tempfile.gettempdir())) > LONGEST_FOLDER and Path("/tmp").is_dir():
        return "/tmp"
    return None


def unpersonal(environment: Mapping[str, str], empty: str) -> dict[str, str]:
    """The environment without what leads to a person's settings of IPython and matplotlib.

    empty: a folder without files, where such settings are looked for instead.
    """
    kept = {k: v for k, v in environment.items() if k not in PERSONAL}
    # An empty file of settings; matplotlib's folder stays, since its cache of fonts is there.
    nothing = Path(empty, "matplotlibrc")
    nothing.touch()
    return {**kept, "IPYTHONDIR": str(Path(empty, "ipython")), "MATPLOTLIBRC": str(nothing)}


def environment() -> dict[str, str]:
    """Variables under which kernels are started here: private, and one thread each."""
    # The kernel of this environment is meant, whatever a person keeps under the same name.
    ours = {"JUPYTER_DEFAULT_PROVISIONER_NAME": NAME, "JUPYTER_PREFER_ENV_PATH": "1"}
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    return {**ours, "PYDEVD_DISABLE_FILE_VALIDATION": "1", **one}
