"""Runs inside the sandbox: executes one notebook with papermill and a real kernel.

The job is one line of JSON on standard input, which stays open: when it ends, so does this. On
standard output comes a line for each cell that begins, so that whoever ends this process knows
where it was, and at last the executed notebook.

As process 1 of the sandbox's process namespace it can't be killed from inside, and it is not
dumpable, so that the kernel can't look into its memory or write where it writes.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import signal
import sys
import tempfile
import threading
import types
from pathlib import Path
from typing import IO, Any

from pathkit.classroom.inside_sandbox.tighten import hide

NOBODY = 65534
ENGINE = "pathkit-whole"
# A cell that needs a missing answer says so and is passed over; those below it may do without.
PASSED_OVER = "NotPassed"


def main() -> None:
    """Do the one job."""
    hide()
    # A handler of our own, since a kernel would inherit SIG_IGN.
    signal.signal(signal.SIGINT, lambda *_: None)
    jobs = os.fdopen(os.dup(0), "rb")
    job = json.loads(jobs.readline())
    threading.Thread(target=_end_with, args=(jobs,), daemon=True).start()
    out = os.fdopen(os.dup(1), "w", buffering=1)
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    _limit(job["limits"])
    folder = Path(tempfile.mkdtemp())
    (folder / "told.json").write_text(json.dumps(job["told"]), encoding="utf-8")
    os.environ.update(_environment(folder))
    _run(job, folder, out)


def _end_with(jobs: IO[bytes]) -> None:
    """End with whoever started this, also where that was killed."""
    jobs.read()
    os._exit(0)


def _limit(limits: dict[str, Any]) -> None:
    """Limits of each process here. wall in seconds, memory and file in bytes."""
    soft = int(limits["wall"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["file"], limits["file"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if os.getuid() < NOBODY:  # somebody's own processes would count
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NPROC, (limits["processes"], limits["processes"]))


def _environment(folder: Path) -> dict[str, str]:
    from pathkit.notebook.session import TOLD
    from pathkit.running import kernels

    own = {name: str(folder / name.lower()) for name in (
        "IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR",
        "JUPYTER_CONFIG_DIR", "PATHKIT_CACHE",
    )}
    return {**kernels.environment(), **own, "HOME": str(folder), TOLD: str(folder / "told.json")}


def _run(job: dict[str, Any], folder: Path, out: IO[str]) -> None:
    # jsonschema builds a grammar when this module can be imported: 0.8 s for nothing needed here.
    sys.modules.setdefault("rfc3987_syntax", types.ModuleType("rfc3987_syntax"))
    import nbformat
    import papermill
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import NBClientEngine, papermill_engines

    logging.disable()
    notebook = nbformat.from_dict(job["notebook"])
    most = job["limits"]["output"]

    def finish(problem: str = "") -> None:
        out.write(json.dumps({"problem": problem, "notebook": running[-1]}) + "\n")
        out.flush()
        os._exit(0)  # whatever still runs ends with process 1

    class Client(PapermillNotebookClient):
        """Tells where it is, and ends when too much is put out."""

        put_out = 0

        def execute_cell(self, cell: Any, cell_index: int, **settings: Any) -> Any:
            if cell.cell_type == "code":
                out.write(json.dumps({"cell": cell.get("id", "")}) + "\n")
            return super().execute_cell(cell, cell_index, **settings)

        def output(self, outs: Any, msg: Any, *rest: Any) -> Any:
            self.put_out += len(str(msg["content"]))
            if self.put_out > most:
                finish("output")
            return super().output(outs, msg, *rest)

    class Engine(NBClientEngine):
        """papermill's own, with our client."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> None:
            running.append(nb_man.nb)
            settings.pop("input_path", None)
            settings["timeout"] = settings.pop("execution_timeout")
            settings["startup_timeout"] = settings.pop("start_timeout")
            Client(nb_man, kernel_name=kernel_name, **settings).execute()

    running = [notebook]
    signal.signal(signal.SIGALRM, lambda *_: finish("time"))
    signal.setitimer(signal.ITIMER_REAL, job["limits"]["wall"])
    papermill_engines.register(ENGINE, Engine)
    problem = ""
    try:
        papermill.execute_notebook(
            notebook, None, engine_name=ENGINE, kernel_name="python3", progress_bar=False,
            cwd=str(folder), start_timeout=120, execution_timeout=job["limits"]["cell"],
            allow_error_names=[PASSED_OVER], shutdown_kernel="immediate",
        )
    except papermill.PapermillExecutionError:
        pass  # judged outside, by what was left
    except Exception as error:
        problem = type(error).__name__
    finish(problem)


if __name__ == "__main__":
    main()
