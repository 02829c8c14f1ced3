"""Running pip: its output in a log, a line that tells how far it is, an environment for it."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .lock import SetUpLock

PULSE = 30.0
"""Seconds after which a line says that it goes on, where there is no terminal to count them."""


class CommandRunner:
    """Runs a command with its output in a log; on a terminal, a line tells how far it is."""

    def __init__(self, log: Path, lock: SetUpLock):
        self.log = log
        self.passed = () if lock.number < 0 else (lock.number,)
        self.terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"

    def __call__(self, title: str, command: list) -> tuple:
        """Whether it failed, and what it printed."""
        with open(self.log, "ab") as out:
            start = out.tell()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out,
                                       stderr=subprocess.STDOUT, env=environment_for_pip(),
                                       pass_fds=self.passed)
            try:
                self._wait(process, title, start)
            except BaseException:
                _end(process)
                raise
        return process.returncode != 0, self._text(start)

    def _text(self, start: int) -> str:
        try:
            with open(self.log, "rb") as file:
                file.seek(start)
                return file.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return ""

    def _wait(self, process: subprocess.Popen, title: str, start: int) -> None:
        began = time.monotonic()
        while True:
            try:
                process.wait(timeout=1 if self.terminal else PULSE)
                break
            except subprocess.TimeoutExpired:
                seconds = int(time.monotonic() - began)
                if not self.terminal:
                    print(f"  {seconds // 60}:{seconds % 60:02d}  still {title}", flush=True)
                    continue
                lines = self._text(start).split("\n")[:-1] or [title]
                text = f"  {seconds // 60}:{seconds % 60:02d}  {lines[-1].strip()}"
                width = shutil.get_terminal_size().columns - 1
                print("\r\033[K" + text[:width], end="", flush=True)
        if self.terminal:
            print("\r\033[K", end="", flush=True)


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


def environment_for_pip() -> dict:
    """The environment for pip, less what would lead its work elsewhere."""
    drop = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__", "PIP_TARGET",
            "PIP_PREFIX", "PIP_ROOT", "PIP_DRY_RUN", "PIP_QUIET", "PIP_REQUIREMENT"}
    kept = {name: value for name, value in os.environ.items() if name not in drop}
    kept.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_USER="0",
                PIP_PROGRESS_BAR="off", PIP_ROOT_USER_ACTION="ignore", PYTHONUTF8="1")
    return kept
