"""The image that containers start from: Python, NumPy and torch in the versions used here."""

from __future__ import annotations

import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

from pathkit.classroom.inside_sandbox.inspection import versions
from pathkit.classroom.sandboxes.contents import HOME, SCRATCH
from pathkit.classroom.sandboxes.engine import ask, client
from pathkit.classroom.sandboxes.sandbox import NoSandbox
from pathkit.setup.supported import CPU_INDEX

COMMAND = "pathkit sandbox build"
STDERR = 2
DOCKERFILE = r"""FROM {base}
RUN python -m pip install --no-cache-dir --extra-index-url {index} {requirements}
# No accounts to read, one folder to write in: /tmp is the folder that is cleared after each answer.
RUN rm -f /etc/passwd* /etc/shadow* /etc/group* /etc/gshadow* && \
    rm -rf /tmp && ln -s {scratch} /tmp && mkdir -p {home}
"""


def name() -> str:
    """The image's name, which says what is in it."""
    return f"pathkit-sandbox:{'-'.join(map(''.join, versions().items()))}"


def dockerfile(base: str = "") -> str:
    """How the image is made. base: an image with Python and pip; Debian's slim one by default.

    Matplotlib is in it, since many an answer imports it.
    """
    wanted = versions() | {"matplotlib": version("matplotlib")}
    python = wanted.pop("python")
    return DOCKERFILE.format(
        base=base or f"python:{python}-slim", index=CPU_INDEX, home=HOME, scratch=SCRATCH,
        requirements=" ".join(map("==".join, wanted.items())),
    )


def check(engine: str) -> None:
    """Raises NoSandbox with what to do where the image isn't there."""
    listed = ask(engine, "images", "--quiet", name())
    if not listed.strip():
        raise NoSandbox(f"there is no image {name()}; build it once with `{COMMAND}"
                        f"{'' if engine == 'docker' else f' --engine {engine}'}`")


def build(engine: str, base: str = "", options: tuple[str, ...] = ()) -> int:
    """Build the image, with the engine's own output; returns its exit code.

    options: passed on to the engine's `build`. Raises NoSandbox where there is no such engine.
    """
    command = [*client(engine), "build", "--tag", name(), *options]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "Dockerfile").write_text(dockerfile(base), encoding="utf-8")
        return subprocess.run([*command, folder], stdout=STDERR).returncode
