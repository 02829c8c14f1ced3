"""What a notebook's state has to do with an answer that didn't pass."""

from __future__ import annotations

import contextlib
import re
from typing import Any

from pathkit.checks.verdict import Verdict
from pathkit.display import in_notebook

UNKNOWN = re.compile(r"NameError: name '(\w+)' is not defined")


def notes(answer: Any, verdict: Verdict) -> list[str]:
    """Sentences about names that the answer uses: hidden, given away, or not made yet.

    None where the answer passed, or outside of a notebook.
    """
    if verdict.passed or verdict.status == "not attempted" or not in_notebook():
        return []
    with contextlib.suppress(Exception):  # it is help, and must not stop a check
        from IPython import get_ipython

        from pathkit.kernel_help import explain, here, names

        found = here.of(get_ipython())
        said = explain.given_away(names.used_by(answer, found.space), found)
        if unknown := UNKNOWN.search(verdict.message):
            said.append(explain.unknown(unknown[1], found))
        return [sentence for sentence in said if sentence]
    return []
