"""The set-up as a command: its options, its course, its exit codes."""

import argparse
import platform
import signal
import sys
from pathlib import Path

from . import project_folder
from .command_runner import CommandRunner
from .environment_folder import forget_unfinished
from .failures import Problem, of_system
from .installing import install_all
from .lock import SetUpLock
from .making import make_anew, misfit
from .stamp import LOG, fits, read_stamp, wanted_for, write_stamp
from .supported import OLDEST

OK, ENVIRONMENT, INTERRUPTED = 0, 4, 130


def main() -> int:
    """Create or refresh the environment; returns an exit code."""
    if sys.version_info < OLDEST:
        return _fail(f"Python 3.11 or newer is needed, this is {platform.python_version()} "
                     f"({sys.executable}). Name a newer one: make start PYTHON=python3.12")
    arguments = _arguments()
    try:
        venv = Path(arguments.venv).resolve()
        if fits(read_stamp(venv), wanted_for(venv, arguments.test)):
            return OK
        signal.signal(signal.SIGTERM, _stop)
        with SetUpLock(project_folder.ROOT / "pyproject.toml") as lock:
            _set_up(venv, arguments.test, lock)
    except Problem as problem:
        return _fail(str(problem))
    except OSError as error:
        return _fail("set-up stopped: " + of_system(error))
    except KeyboardInterrupt:
        print("\nset-up stopped; the same command goes on from here", file=sys.stderr)
        return INTERRUPTED
    return OK


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Set up .venv on a fresh machine; "
                                     "run by path with any Python, before anything is installed.")
    parser.add_argument("--venv", default=str(project_folder.ROOT / ".venv"))
    parser.add_argument("--test", action="store_true", help="also what the tests need")
    return parser.parse_args()


def _set_up(venv: Path, test: bool, lock: SetUpLock) -> None:
    wanted, made = wanted_for(venv, test), read_stamp(venv)
    if fits(made, wanted):  # another set-up did it while this one waited
        return
    # What the tests need stays once it's there.
    wanted["test"] = test or bool(made.get("test") and made["venv"] == wanted["venv"])
    run = CommandRunner(venv / LOG, lock)
    reason = misfit(venv, made)
    if reason is not None:
        make_anew(venv, made, reason, wanted, run)
    elif not made.get("done", True):
        print("going on with the set-up that was cut short", flush=True)
        forget_unfinished(venv)
    write_stamp(venv, dict(wanted, done=False))
    install_all(venv, wanted["test"], run)
    write_stamp(venv, dict(wanted, done=True))


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return ENVIRONMENT
