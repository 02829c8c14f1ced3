"""Kernels over private sockets: started together, none collides and nothing is left."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pathkit.running import kernels
from tests.building.test_build import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="ipc is POSIX"),
]

THREE = """
import sys, os, asyncio
from pathkit.running import kernels
os.environ.update(kernels.environment())
from jupyter_client.manager import AsyncKernelManager

async def one():
    manager = AsyncKernelManager(kernel_name="python3")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=100)
    assert manager.transport == "ipc", manager.transport
    assert manager.connection_file.startswith(os.environ["TMPDIR"])
    assert os.stat(os.path.dirname(manager.connection_file)).st_mode & 0o777 == 0o700
    reply = await client.execute("1 + 1", reply=True, timeout=100)
    assert reply["content"]["status"] == "ok"
    client.stop_channels()
    await manager.shutdown_kernel(now=True)

async def main():
    await asyncio.gather(one(), one(), one())

asyncio.run(main())
"""


@pytest.fixture
def short():
    """A temporary folder with a path short enough for sockets."""
    folder = Path(tempfile.mkdtemp(prefix="pkt-"))
    yield folder
    shutil.rmtree(folder)


def test_twelve_kernels_from_four_processes_at_once(short):
    paths = {"PYTHONPATH": str(ROOT / "src"), "TMPDIR": str(short)}
    running = [
        subprocess.Popen([sys.executable, "-c", THREE], stderr=subprocess.PIPE, text=True,
                         env={**os.environ, **paths})
        for _ in range(4)
    ]
    errors = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, errors
    assert list(short.iterdir()) == []


def test_the_provisioner_is_found_by_its_name():
    from importlib.metadata import entry_points

    [found] = entry_points(group="jupyter_client.kernel_provisioners", name=kernels.NAME)
    assert found.load() is kernels.PrivateProvisioner


def test_a_long_temporary_folder_is_passed_over(monkeypatch):
    """A socket's path is cut at about 100 bytes."""
    monkeypatch.setattr("tempfile.gettempdir", lambda: "/tmp/" + "long" * 30)
    assert kernels._short_folder() == ("/tmp" if Path("/tmp").is_dir() else None)
    monkeypatch.setattr("tempfile.gettempdir", lambda: "/var/folders/zz/zyxvpxvq6csfxvn_n0/T")
    assert kernels._short_folder() is None


def test_runs_use_one_thread_and_the_provisioner():
    variables = kernels.environment()
    assert variables["JUPYTER_DEFAULT_PROVISIONER_NAME"] == kernels.NAME
    assert variables["OMP_NUM_THREADS"] == "1"


PERSONAL = """
c.InteractiveShell.ast_node_interactivity = "all"
c.InteractiveShell.xmode = "Minimal"
c.InteractiveShellApp.exec_lines = ["mine = 1"]
c.InteractiveShellApp.extensions = ["autoreload"]
"""

ASK = """
1
2
import matplotlib, os, sys, warnings
{"mine": "mine" in globals(), "startup": "startup" in globals(),
 "reload": "autoreload" in sys.modules or "IPython.extensions.autoreload" in sys.modules,
 "facecolor": matplotlib.rcParams["figure.facecolor"], "backend": os.environ.get("MPLBACKEND"),
 "xmode": get_ipython().InteractiveTB.mode}
"""


def test_a_persons_settings_reach_no_stored_output(tmp_path, monkeypatch):
    from jupyter_client.provisioning import KernelProvisionerFactory
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    profile = tmp_path / "ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup" / "00-mine.py").write_text("startup = 1\n")
    for name in ("ipython_config.py", "ipython_kernel_config.py"):
        (profile / name).write_text(PERSONAL)
    (tmp_path / "matplotlibrc").write_text("figure.facecolor: black\n")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "matplotlibrc"))
    monkeypatch.setenv("MPLBACKEND", "svg")
    for name, value in kernels.environment().items():
        monkeypatch.setenv(name, value)
    KernelProvisionerFactory.clear_instance()  # it may have been made without them
    notebook = new_notebook(cells=[new_code_cell(ASK)])
    NotebookClient(notebook, kernel_name="python3", timeout=100).execute()
    [output] = notebook.cells[0].outputs
    said = eval(output["data"]["text/plain"])
    assert said == {
        "mine": False, "startup": False, "reload": False, "facecolor": "white",
        "backend": "module://matplotlib_inline.backend_inline", "xmode": "Context",
    }
