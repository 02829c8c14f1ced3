"""Everything the doctor looks at, in an order in which one thing explains the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pathkit.doctor.finding import Finding
from pathkit.doctor.home import look_at_folder
from pathkit.doctor.imports import look_at_imports
from pathkit.doctor.interpreter import look_at_python
from pathkit.doctor.kernel import look_at_kernel
from pathkit.doctor.machine import look_at_browser, look_at_disk
from pathkit.doctor.path import look_at_path
from pathkit.doctor.project import Project, import_name
from pathkit.doctor.sandbox import look_at_sandbox
from pathkit.doctor.versions import look_at_versions
from pathkit.learner.folder import Folder
from pathkit.learner.origin import Origin


def examine(
    folder: Folder | None, quick: bool, path: Origin | None, new: Path
) -> Iterator[Finding]:
    """All findings, as they are made; `quick`: without starting a kernel.

    path: what `pathkit start` would take the notebooks from. new: where it would put them if
    there is no folder yet.
    """
    project = Project.found()
    here = folder.root if folder else None
    names = [import_name(name).partition(".")[0] for name in project.names()]
    yield from look_at_python()
    yield from look_at_versions(project)
    yield from look_at_path(path, folder)
    yield from look_at_folder(folder, names, new)
    yield from look_at_imports(project, here)
    yield from look_at_kernel(project, here, quick)
    yield from look_at_disk(here or Path.cwd())
    yield from look_at_sandbox(quick)
    if project.root:
        yield from look_at_browser()
