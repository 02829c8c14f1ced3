"""Filling the environment: torch, then JupyterLab and this project, then a try."""

import shutil
from pathlib import Path

from . import project_folder
from .command_runner import CommandRunner
from .environment_folder import FORMER, has_former, python_of, shown
from .failures import Problem, last_line, reason_in
from .torch_build import install_torch


def install_all(venv: Path, test: bool, run: CommandRunner) -> None:
    """Install what is missing and try it; raises Problem."""
    python = str(python_of(venv))
    pip = [python, "-I", "-m", "pip"]
    install_torch(venv, [*pip, "install"], run)
    what = "what the tests need as well" if test else "what the notebooks need"
    print(f"installing JupyterLab and {what} (a few minutes the first time)", flush=True)
    _remove_former(venv, pip, run)
    extra = "[test]" if test else ""
    failed, text = run("installing", [*pip, "install", "--constraint",
                                      str(project_folder.ROOT / "constraints.txt"),
                                      "--editable", f"{project_folder.ROOT}{extra}"])
    if failed:
        why = reason_in(text) or last_line(text)
        raise Problem(f"set-up failed: {why} (details: {shown(run.log)})")
    load = "import torch, numpy, jupyterlab, pathkit.cli"
    failed, text = run("trying it", [python, "-I", "-c", load])
    if failed:
        raise Problem(f"all is installed, but doesn't load: {last_line(text)} "
                      f"(remove {shown(venv)} to start afresh)")


def _remove_former(venv: Path, pip: list, run: CommandRunner) -> None:
    shutil.rmtree(project_folder.ROOT / "src" / (FORMER + ".egg-info"), ignore_errors=True)
    if not has_former(venv):
        return
    failed, text = run("removing " + FORMER, [*pip, "uninstall", "--yes", FORMER])
    if failed:
        why = reason_in(text) or last_line(text)
        raise Problem(f"{FORMER}, installed under its former name, can't be removed: {why} "
                      f"(remove {shown(venv)} to start afresh)")
