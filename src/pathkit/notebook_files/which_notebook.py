"""Which file in a learner's folder is which notebook of the path, whatever it is called by now."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from pathkit.errors import EnvironmentProblem
from pathkit.files import CantBeRead, contents
from pathkit.notebook_files.notebook_file import NotANotebook, ours, read, text_of

READY = re.compile(r"""^path\.ready\( *["']([\w-]+)["']""", re.MULTILINE)
# What file managers, browsers and JupyterLab add to the name of a copy.
COPY = re.compile(r"( ?\(\d+\)|-Copy\d+| - Copy( \(\d+\))?| copy( \d+)?| \d+)$")


@dataclasses.dataclass(frozen=True)
class Release:
    """A notebook of the path. formerly: ids that its module has had."""

    name: str
    data: bytes
    notebook: dict
    module: str
    formerly: tuple[str, ...] = ()

    @property
    def modules(self) -> tuple[str, ...]:
        """Every id that a learner's notebook of this module may bear."""
        return (self.module, *self.formerly)


@dataclasses.dataclass(frozen=True)
class File:
    """A notebook file of the learner's.

    problem: why it can't be read as one, if so; mend: what to do about it, where more helps than
    an earlier version.
    """

    name: str
    data: bytes
    notebook: dict | None
    problem: str = ""
    mend: str = ""


@dataclasses.dataclass(frozen=True)
class Survey:
    """Where the learner's notebooks are.

    homes: the file of each of the path's notebooks, by the latter's name. copies: further files
    with the name of what they are copies of. blocked: names that hold another module's copy.
    """

    homes: dict[str, File]
    copies: dict[str, str]
    blocked: dict[str, str]


def releases(notebooks: Path) -> list[Release]:
    """The path's notebooks, in order; raises EnvironmentProblem where one can't be read."""
    found = []
    for path in sorted(notebooks.glob("*.ipynb")):
        data = path.read_bytes()
        try:
            notebook = read(data)
        except NotANotebook as error:
            raise EnvironmentProblem(f"{path}: {error}; run `pathkit build`") from error
        about = ours(notebook)
        formerly = tuple(map(str, about.get("formerly", ())))
        module = str(about.get("module") or module_in_name(path.name))
        found.append(Release(path.name, data, notebook, module, formerly))
    return found


def files(folder: Path, expected: Collection[str]) -> dict[str, File]:
    """The notebook files of a folder by name; of those with an expected name also what is none."""
    names = {p.name for p in folder.glob("*.ipynb") if p.is_file() or p.name in expected}
    found = {}
    for name in sorted(names):
        with contextlib.suppress(FileNotFoundError):  # gone since
            found[name] = file(folder / name)
    return found


def file(path: Path) -> File:
    """A notebook file as it is now; raises FileNotFoundError."""
    try:
        data = contents(path)
    except CantBeRead as error:
        return File(path.name, b"", None, error.why)
    try:
        return File(path.name, data, read(data))
    except NotANotebook as error:
        return File(path.name, data, None, str(error), error.mend)


def module_in_name(name: str) -> str:
    """`bigram` from `02-bigram (2).ipynb`."""
    return COPY.sub("", re.sub(r"^\d+-", "", Path(name).stem))


def module_of(found: File, known: Collection[str]) -> str:
    """The module that a notebook file is of, or "" where it is none of the path's."""
    if found.notebook is None:
        return ""
    if module := _noted(found):
        return module
    if (module := module_in_name(found.name)) in known:
        return module
    code = [text_of(c) for c in found.notebook["cells"] if c["cell_type"] == "code"]
    for module in READY.findall("\n".join(code)):
        if module in known:
            return module
    ids = [str(cell.get("id", "")) for cell in found.notebook["cells"]]
    counts = Counter(m for name in ids for m in known if name.startswith(f"{m}-"))
    [(module, count)] = counts.most_common(1) or [("", 0)]
    return module if count > len(ids) / 2 else ""


def _noted(found: File) -> str:
    """What its metadata say; a solution that was copied here is nobody's work on the module."""
    about = ours(found.notebook) if found.notebook else {}
    module = about.get("module")
    if not isinstance(module, str):
        return ""
    return f"solution of {module}" if about.get("variant") == "solution" else module


def survey(path: Sequence[Release], found: Mapping[str, File], folder: Path) -> Survey:
    """Give each of the path's notebooks its file; what is said by a file's metadata counts first.

    Where several files could be it, the one with the right name is, then one with a number before
    the name (the path has been renumbered), then the one that was written last.
    """
    of_module = {module: release for release in path for module in release.modules}
    holds = {name: of_module.get(module_of(f, of_module)) for name, f in found.items()}
    homes = {r.name: found[r.name] for r in path if r.name in found and _is_at_home(found[r.name],
                                                                                   r, of_module)}
    for release in path:
        rest = [f for n, f in found.items() if holds[n] is release and f not in homes.values()]
        if release.name not in homes and rest:
            homes[release.name] = max(rest, key=lambda f: _likely(f, release, folder))
    homes, blocked = _reachable(homes, path, found)
    taken = {f.name for f in homes.values()} | set(blocked)
    copies = {n: r.name for n, r in holds.items() if r and n not in taken}
    return Survey(homes, copies, {n: holds[n].name if holds[n] else "" for n in blocked})


def _is_at_home(found: File, release: Release, of_module: Mapping[str, Release]) -> bool:
    """Whether a file with the right name holds the right module, as far as it says."""
    return of_module.get(_noted(found), release) is release


def _likely(found: File, release: Release, folder: Path) -> tuple[bool, int]:
    numbered = any(re.fullmatch(rf"\d+-{re.escape(m)}\.ipynb", found.name) for m in release.modules)
    written = 0
    with contextlib.suppress(OSError):
        written = (folder / found.name).stat().st_mtime_ns
    return numbered, written


def _reachable(
    homes: dict[str, File], path: Sequence[Release], found: Mapping[str, File]
) -> tuple[dict[str, File], list[str]]:
    """Homes in an order in which files can be moved there, and names that are in others' use."""
    used = set(found)
    ordered: dict[str, File] = {}
    waiting = [release.name for release in path]
    progress = True
    while progress:
        progress = False
        for name in list(waiting):
            home = homes.get(name)
            if name in used and (home is None or home.name != name):
                continue
            if home:
                ordered[name] = home
                used -= {home.name}
                used |= {name}
            waiting.remove(name)
            progress = True
    return ordered, waiting
