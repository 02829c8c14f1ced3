"""Which sandbox is used: the first that is seen to work, in the order of WAYS."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable

from pathkit.classroom.sandboxes.bubblewrap import bubblewrap
from pathkit.classroom.sandboxes.container import container
from pathkit.classroom.sandboxes.image import COMMAND
from pathkit.classroom.sandboxes.landlock import landlock
from pathkit.classroom.sandboxes.sandbox import NoSandbox, Sandbox, inspect
from pathkit.classroom.sandboxes.unprotected import UNSAFE, unprotected
from pathkit.installation import install_extra

# A way makes a Sandbox; uid: as root, the user that learner code runs as. What it lacks to be
# tried at all, such as a program or a package, it may say by raising NoSandbox.
Way = Callable[[int | None], Sandbox]
WAYS: dict[str, Way] = {
    "bubblewrap": bubblewrap,
    "landlock": landlock,
    "docker": functools.partial(container, "docker"),
    "podman": functools.partial(container, "podman"),
}
CONTAINERS = f"install Docker or Podman and run `{COMMAND}` once"
ON_LINUX = (
    "install bubblewrap (apt install bubblewrap; on Ubuntu 24.04 and later it also needs an "
    "AppArmor profile for bwrap, or sysctl kernel.apparmor_restrict_unprivileged_userns=0), or "
    f"{install_extra('sandbox')}, or {CONTAINERS}"
)
WHAT_TO_DO = (
    f"What helps: {ON_LINUX if sys.platform.startswith('linux') else CONTAINERS}, "
    "or grade code that you trust with --unsafe-no-sandbox"
)
ON_WINDOWS = (
    "on Windows, grading works in WSL only: install pathkit there, and bubblewrap or Docker with it"
)


def best(wanted: str = "", uid: int | None = None) -> Sandbox:
    """The first sandbox that works here, with what it was seen to prevent.

    wanted: the only one to try, a key of WAYS; UNSAFE for none at all. uid: as root, the user that
    learner code runs as. Raises NoSandbox with what was tried and what to do.
    """
    if sys.platform == "win32":
        raise NoSandbox(ON_WINDOWS)
    if wanted == UNSAFE:
        return unprotected()
    tried = []
    for name in [wanted] if wanted else WAYS:
        try:
            return inspect(WAYS[name](uid))
        except NoSandbox as error:
            tried.append(f"{name}: {error}")
    said = f"the sandbox {wanted} doesn't work here" if wanted else "no sandbox works here"
    raise NoSandbox(f"{said} ({'; '.join(tried)}). {WHAT_TO_DO}")
