"""Whether students' code can be graded here."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from pathkit.doctor.finding import Finding, fine, remark
from pathkit.installation import install_extra


def look_at_sandbox(quick: bool) -> Iterator[Finding]:
    """The sandbox that `pathkit grade` would use; learners need none. `quick`: without trying."""
    if quick:
        return
    from pathkit.classroom import sandboxes

    try:
        place = sandboxes.best()
    except sandboxes.NoSandbox:
        yield remark("sandbox", "none works here; only `pathkit grade` needs one", _mend())
        return
    lacks = f", without preventing it to {' and to '.join(place.allows)}" if place.allows else ""
    yield fine("sandbox", f"{place.name} works for `pathkit grade`{lacks}")


def _mend() -> str:
    if not sys.platform.startswith("linux"):
        return "pathkit sandbox build"
    if find_spec("pyseccomp") is None:
        return install_extra("sandbox")
    if shutil.which("bwrap") is None:
        return "sudo apt install bubblewrap"
    return "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
