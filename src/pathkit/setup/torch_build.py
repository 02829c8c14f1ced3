"""Which build of torch is installed: the CPU's where one can be had, and how large it is."""

import json
import os
import platform
import re
import ssl
import sys
import threading
import urllib.request
from pathlib import Path

from .command_runner import CommandRunner
from .environment_folder import has_torch, shown
from .failures import FORBIDDEN, FULL, Problem, reason_in
from .supported import CPU_INDEX, TORCH

PATIENCE = 5.0
"""Seconds in which PyTorch's index has to answer."""


def install_torch(venv: Path, pip: list, run: CommandRunner) -> None:
    """The CPU build of torch where one can be had; else what its default is gets announced."""
    if has_torch(venv):
        return
    index = os.environ.get("PATHKIT_TORCH_INDEX", CPU_INDEX if sys.platform == "linux" else "")
    if index:
        # Elsewhere than on Linux the ordinary wheel is the CPU build.
        host = re.sub(r"^\w+://([^/]*@)?([^/]*).*", r"\2", index)
        if answers(index):
            # Without what it needs: that comes with the rest, from the default index, pinned.
            pip_torch = [*pip, "--no-deps", "--index-url", index, "--retries", "1",
                         "--timeout", "15", TORCH]
            found = _found_torch(venv, pip_torch, run)
            print(f"installing torch from {host}" + (found and f": {found}"), flush=True)
            failed, text = run("installing torch", pip_torch)
            if not failed:
                return
            if reason_in(text) in (FULL, FORBIDDEN):
                raise Problem(f"set-up failed: {reason_in(text)} (details: {shown(run.log)})")
            print(f"{host} has no {TORCH} for this Python and machine", flush=True)
        else:
            print(f"{host} doesn't answer", flush=True)
    found = _found_torch(venv, [*pip, "--no-deps", TORCH], run)
    print(f"{TORCH} comes from the default package index" + (found and f": {found}"), flush=True)


def _found_torch(venv: Path, install: list, run: CommandRunner) -> str:
    """Which build of torch a command would install, in words; "" where pip doesn't say."""
    report = venv / "torch.json"
    try:
        failed, _ = run("finding torch", [*install, "--dry-run", "--ignore-installed",
                                          "--report", str(report)])
        if failed:
            return ""
        found = json.loads(report.read_text(encoding="utf-8"))["install"][0]["metadata"]
        return _build(found["version"], found.get("requires_dist", []))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ""
    finally:
        if report.exists():
            report.unlink()


def _build(version: str, needs: list) -> str:
    """What a wheel of torch is, by its version and what it needs, and how much comes with it."""
    local = version.partition("+")[2]
    brings = [need for need in needs if re.match(r"nvidia-|cuda-", need) and _is_for_here(need)]
    if brings:
        return "the build with CUDA, up to 2.7 GB with what it needs"
    if local not in ("", "cpu"):
        return f"the build for {local}"
    size = 200 if sys.platform == "linux" else 120
    return f"the build for the CPU, about {size} MB"


def _is_for_here(need: str) -> bool:
    here = {"platform_system": platform.system(), "platform_machine": platform.machine(),
            "sys_platform": sys.platform}
    asked = re.findall(r"(\w+) == ['\"](\w+)['\"]", need.partition(";")[2])
    return "extra ==" not in need and all(here.get(name, value) == value for name, value in asked)


def answers(index: str) -> bool:
    """Whether an index answers within a few seconds in all; where it doesn't, pip would stall."""
    found = []

    def ask() -> None:
        address = index.rstrip("/") + "/torch/"
        try:
            request = urllib.request.Request(address, headers={"User-Agent": "pathkit"})
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                found.append(answer.status == 200 and bool(answer.read(1)))
        except Exception as error:
            # pip brings its own certificates: let it try.
            reason = getattr(error, "reason", error)
            found.append(isinstance(reason, ssl.SSLCertVerificationError))

    # A time-out of urlopen holds for one address and one read; the thread's for everything.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return found == [True]
