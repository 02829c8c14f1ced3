"""Open an address in a browser that has a window of its own."""

from __future__ import annotations

import contextlib
import os
import threading

SECONDS = 10.0
"""In which a program that opens addresses has to come back; what takes longer has opened it."""
IN_TERMINALS = {"www-browser", "links", "elinks", "lynx", "w3m"}


def in_browser(address: str) -> bool:
    """Whether a browser was told to show `address`.

    Not one that would take over the terminal, unless the variable BROWSER asks for it.
    """
    import webbrowser

    with contextlib.suppress(webbrowser.Error, OSError):
        name = os.path.basename(getattr(webbrowser.get(), "name", None) or "")
        if name in IN_TERMINALS and not os.environ.get("BROWSER"):
            return False
    opened: list[bool] = []

    def open_it() -> None:
        try:
            opened.append(webbrowser.open(address))
        except (webbrowser.Error, OSError):
            opened.append(False)

    # Some of these programs end with their window only.
    thread = threading.Thread(target=open_it, daemon=True)
    thread.start()
    thread.join(SECONDS)
    return opened != [False]
