"""Ends what pathkit does by SIGKILL: after a while, or before its n-th step on the disk."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.learner.learner_folders import files

# Forks a process for each run, which costs a hundredth of starting one, and kills it: after a
# while, or right before it puts, moves or removes its n-th file, makes or removes its n-th folder,
# or in the middle of appending to a file.
SCRIPT = """
import contextlib, io, json, os, signal, sys, time
from pathlib import Path
import filelock
from pathkit import cli
from pathkit.commands import group, learner, tutor
from pathkit.groups import shared
from pathkit.learner import tutor
from pathkit.learner.help import reset
from pathkit.learner.update.workspace import update

def die_at(left):
    def counted(name, step):
        def stepped(*args, **kwargs):
            nonlocal left
            if name == "mkdir" and os.path.isdir(args[0]):
                return step(*args, **kwargs)
            left -= 1
            if left < 0:
                if name == "write":
                    step(args[0], args[1][: len(args[1]) // 2])
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*args, **kwargs)
        return stepped
    for name in ("replace", "rename", "unlink", "mkdir", "rmdir", "write"):
        setattr(os, name, counted(name, getattr(os, name)))

def run(command):
    if command[0] == "update":
        update(*map(Path, command[1:]))
        return 0
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            cli.main(command)
        except SystemExit as ended:
            return ended.code

for line in sys.stdin:
    command, delay, steps = json.loads(line)
    child = os.fork()
    if not child:
        code = 99
        try:
            if steps is not None:
                die_at(steps)
            code = run(command)
        finally:
            os._exit(code)
    if delay is not None:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Killer:
    """Runs updates and commands in processes of their own and ends them by SIGKILL."""

    def __init__(self):
        self._process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(self, *command: object, delay: float | None = None, steps: int | None = None) -> bool:
        """Whether a command was killed before its end; without delay and steps it never is.

        command: `update` and its arguments, or what follows `pathkit` on the command line.
        delay: how long it may run, in seconds. steps: how many steps on the disk it may take.
        """
        self._process.stdin.write(json.dumps([list(map(str, command)), delay, steps]) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        assert code in (0, -signal.SIGKILL)
        return code != 0

    def end(self) -> None:
        """Let the process go."""
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


def restore(folder: Path, content: dict[str, bytes]) -> None:
    """Make a folder hold these files, and no folders but theirs."""
    for name in files(folder).keys() - content.keys():
        (folder / name).unlink()
    needed = {parent for name in content for parent in (folder / name).parents}
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and path not in needed:
            path.rmdir()
    for name, data in content.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
