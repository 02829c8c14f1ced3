"""The kernel that runs the notebooks: registered, started, and able to import pathkit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from pathkit.doctor.finding import Finding, fine, remark, wrong
from pathkit.doctor.project import Project, installed
from pathkit.doctor.trial import trial
from pathkit.installation import python

SECONDS = 60.0
"""For a kernel to start, and again for it to answer, on a busy machine."""

SPEC = """
import json
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

try:
    spec = KernelSpecManager().get_kernel_spec("python3")
except NoSuchKernel:
    print(json.dumps({"missing": True}))
else:
    print(json.dumps({"argv": spec.argv, "where": spec.resource_dir}))
"""

START = """
import json, os, sys
from jupyter_client.manager import start_new_kernel

seconds = float(sys.argv[1])
try:
    manager, client = start_new_kernel(seconds, "python3", cwd=os.getcwd())
    try:
        reply = client.execute(
            "", reply=True, timeout=seconds,
            user_expressions={"sum": "1+1", "kit": "__import__('pathkit').__version__",
                              "python": "__import__('sys').executable"},
        )
        print(json.dumps(reply["content"]["user_expressions"]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
except Exception as error:
    # What the kernel itself said stands on standard error.
    print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
"""


def look_at_kernel(project: Project, folder: Path | None, quick: bool) -> Iterator[Finding]:
    """The kernel `python3`; `quick`: without starting it. folder: where notebooks would run."""
    for name in ("jupyter_client", "ipykernel"):
        if installed(name) is None:
            yield wrong("kernel", f"there is none without {name}", project.install(name))
            return
    found = trial(SPEC, seconds=SECONDS, folder=folder)
    if not found.lines:
        yield wrong("kernel", f"kernels can't be listed: {found.why}",
                    project.install("jupyter_client", force=True))
        return
    spec = found.lines[0]
    if spec.get("missing"):
        yield wrong("kernel", "no kernel python3 is registered", _register())
        return
    program = spec["argv"][0] if spec["argv"] else ""
    if os.path.isabs(program) and not os.path.exists(program):
        yield wrong("kernel", f"{spec['where']} points to {program}, which isn't there",
                    _register(spec["where"]))
    elif quick:
        yield remark("kernel", "it is registered, but was not started (--quick)")
    else:
        yield _started(spec["where"], folder)


def _started(where: str, folder: Path | None) -> Finding:
    # Longer than the script's own limits: it is the one that can end the kernel.
    found = trial(START, str(SECONDS), seconds=3 * SECONDS, folder=folder)
    if not found.lines or "error" in found.lines[-1]:
        why = found.why if not found.lines else found.last or found.lines[-1]["error"]
        return wrong("kernel", f"it can't be started ({why})", _register(where))
    answers = {name: _text(answer) for name, answer in found.lines[-1].items()}
    interpreter = answers["python"].strip("'")
    if answers["sum"] != "2":
        return wrong("kernel", "it starts, and can't tell 1+1", _register(where))
    if not answers["kit"]:
        return wrong("kernel", f"its Python ({interpreter}) can't import pathkit", _register(where))
    if Path(interpreter).resolve() != Path(sys.executable).resolve():
        return remark("kernel", f"it works, with another Python than this: {interpreter}")
    return fine("kernel", "it starts and answers")


def _text(answer: dict) -> str:
    """What an expression came to, as text; "" when it raised."""
    return answer.get("data", {}).get("text/plain", "")


def _register(where: str = "") -> str:
    """The command that registers this Python's kernel so that it is found first."""
    for place in filter(None, os.environ.get("JUPYTER_PATH", "").split(os.pathsep)):
        if where and Path(place).resolve() in Path(where).resolve().parents:
            return f"remove {where}, or take {place} out of the environment variable JUPYTER_PATH"
    own = sys.prefix != sys.base_prefix or "CONDA_PREFIX" in os.environ
    return python("-m", "ipykernel", "install", "--sys-prefix" if own else "--user")
