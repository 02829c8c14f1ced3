"""The kernel of `pathkit start`: the environment's own, with our extension."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from pathkit.files import write_atomically

EXTENSION = "pathkit.kernel_help"
FOLDER = "share"


def environment(settings: Path) -> dict[str, str]:
    """Write the kernel below `settings`, and return the variables under which a server finds it.

    It goes by the usual name, python3, and nothing outside of `settings` is written. An empty
    dict where it can't be had: kernels then start without the extension.
    """
    try:
        _write(settings / FOLDER / "kernels" / "python3")
    except (ImportError, OSError):
        return {}
    ours = str(settings / FOLDER)
    others = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    paths = [ours, *(path for path in others if path not in ("", ours))]
    return {"JUPYTER_PATH": os.pathsep.join(paths)}


def _write(folder: Path) -> None:
    from ipykernel.kernelspec import RESOURCES, get_kernel_dict

    folder.mkdir(parents=True, exist_ok=True)
    spec = get_kernel_dict(extra_arguments=["--ext", EXTENSION])
    # Which Python that is, the server knows: the one that it runs under itself.
    spec["argv"][0] = "python"
    text = json.dumps(spec, indent=1) + "\n"
    file = folder / "kernel.json"
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        write_atomically(file, text)
    for picture in Path(RESOURCES).glob("logo-*"):
        if not (folder / picture.name).exists():
            shutil.copyfile(picture, folder / picture.name)
