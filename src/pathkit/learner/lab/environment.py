"""What JupyterLab, its terminals and its kernels are started with."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from pathlib import Path

from pathkit.installation import command_line
from pathkit.kernel_help import kernelspec
from pathkit.learner.folder import nearest

SETTINGS = ".pathkit/jupyter"


def environment(folder: Path) -> dict[str, str]:
    """The environment variables; JupyterLab reads our defaults and our kernel from the folder.

    The programs of this Python's environment come first, so that `pathkit` is found in
    JupyterLab's terminal and as `!pathkit`.
    """
    config = [str(folder / SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    path = [*map(str, _program_folders()), os.environ.get("PATH", os.defpath)]
    return {
        **os.environ,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, config)),
        "PATH": os.pathsep.join(path),
        **kernelspec.environment(folder / SETTINGS),
    }


def options() -> list[str]:
    """Options for JupyterLab that depend on the machine."""
    found = []
    shell = shutil.which(os.environ.get("SHELL") or "sh") or shutil.which("sh")
    if os.name == "posix" and shell:
        # Left to itself, it starts a login shell where its output is no terminal, and on many
        # systems such a shell sets PATH anew.
        found.append(f"--ServerApp.terminado_settings={{'shell_command': [{shell!r}]}}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        found.append("--allow-root")
    return found


def _program_folders() -> list[Path]:
    """Where the commands of this Python's environment are: usually one folder."""
    user = sysconfig.get_preferred_scheme("user")
    folders = [Path(sysconfig.get_path("scripts")), Path(sysconfig.get_path("scripts", user))]
    own = [folder for folder in folders if shutil.which("pathkit", path=folder)]
    return list(dict.fromkeys([*own, Path(sys.executable).parent]))


# --- what is typed in another terminal --------------------------------------------------------


def command_elsewhere(folder: Path, *words: str) -> str:
    """A line to type in another terminal, from the folder we stand in, for a learner's folder.

    Written so that sh, bash, zsh and fish take it, whatever is on their PATH.
    """
    here = nearest(None) if _stands() else None
    is_found = here is not None and here.root.resolve() == folder.resolve()
    named = [] if is_found else ["--folder", _from_here(folder)]
    return command_line(*_program(), *words, *named)


def _program() -> list[str]:
    for folder in _program_folders():
        if found := shutil.which("pathkit", path=folder):
            return ["pathkit"] if _lasts(found) else [_called(found)]
    return [_called(sys.executable), "-m", "pathkit"]


def _called(program: str) -> str:
    path = _from_here(Path(program))
    return path if os.sep in path else os.path.join(os.curdir, path)


def _lasts(program: str) -> bool:
    """Whether other terminals find a program by its name, too: not by an active environment."""
    active = "VIRTUAL_ENV" in os.environ or "CONDA_PREFIX" in os.environ
    return not active and shutil.which("pathkit") == program


def _from_here(path: Path) -> str:
    """A path as short as can be: relative where it leads downwards."""
    path, here = Path(os.path.abspath(path)), _stands()
    return str(path.relative_to(here)) if here in path.parents else str(path)


def _stands() -> Path | None:
    """The folder that whoever called us stands in; None where make was sent elsewhere (-C)."""
    flags = os.environ.get("MAKEFLAGS", "").partition(" ")[0]
    return None if "w" in flags and not flags.startswith("-") else Path.cwd()
