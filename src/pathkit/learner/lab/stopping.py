"""Ctrl-C and other signals, handed on to a server as a request to end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from typing import Any

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Stopping:
    """While it is entered, signals end the server; `asked` says whether one came.

    The first time, the server is given time to end its kernels.
    """

    def __init__(self) -> None:
        self.asked = False
        self._server: subprocess.Popen | None = None
        self._before: dict[int, Any] = {}

    def hand_on_to(self, server: subprocess.Popen) -> None:
        """Name the server; it is ended at once where a signal came before."""
        self._server = server
        if self.asked:
            server.terminate()

    def __enter__(self) -> Stopping:
        for name in SIGNALS:
            number = getattr(signal, name, None)
            # What is ignored stays so: `nohup make start &` goes on.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._stop)
        return self

    def __exit__(self, kind: type | None, *rest: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if kind is not None and self._server is not None:
            self._server.terminate()

    def _stop(self, number: int, frame: object) -> None:
        again, self.asked = self.asked, True
        if again and self._server is not None:
            self._server.kill()
        elif not again:
            with contextlib.suppress(OSError):  # a terminal that was closed
                os.write(2, b"\nstopping JupyterLab and its kernels; Ctrl-C again: at once\n")
            # On Windows Ctrl-C has reached the server, too, and to terminate is to kill there.
            if self._server is not None and not (os.name == "nt" and number == signal.SIGINT):
                self._server.terminate()
