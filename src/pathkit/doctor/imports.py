"""The packages once more: whether a notebook can import each, and what these tell of themselves."""

from __future__ import annotations

import importlib.metadata
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pathkit.doctor.finding import Finding, fine, remark, wrong
from pathkit.doctor.project import Project, import_name, installed
from pathkit.doctor.trial import Trial, trial
from pathkit.installation import python

SECONDS = 180.0
"""For all imports, on a busy machine."""
GENEROUS = 1e9
"""Bytes that are worth a remark."""

IMPORTS = """
import importlib, importlib.util, json, sys
try:
    import ipykernel.kernelapp
except Exception:
    pass  # told below
# As in a kernel: what it needs itself is loaded before the folder comes first.
sys.path.insert(0, "")

def say(**facts):
    print(json.dumps(facts), flush=True)

def facts_of(name, module):
    if name == "torch":
        return {"version": module.__version__, "cuda": module.version.cuda,
                "gpu": module.cuda.is_available()}
    if name == "matplotlib":
        return {"cache": module.get_cachedir()}
    if name == "jupyterlab":
        from jupyter_core.paths import jupyter_path
        return {"extensions": jupyter_path("labextensions")}
    return {}

for name in sys.argv[1:]:
    say(begun=name)
    try:
        module = importlib.import_module(name)
        say(loaded=name, file=getattr(module, "__file__", None), **facts_of(name, module))
    except BaseException as error:
        say(failed=name, why=f"{type(error).__name__}: {error}".splitlines()[0])
"""


def look_at_imports(project: Project, folder: Path | None) -> Iterator[Finding]:
    """Whether each package can be imported by a notebook in `folder`; then what these tell."""
    packages = {import_name(name): name for name in project.names() if installed(name)}
    facts, failed = _imported(list(packages), folder)
    for name, why in failed.items():
        mend = _mend_import(project, name, packages[name], folder)
        yield wrong(name, f"can't be imported: {why}", mend)
    for name, found in facts.items():
        if elsewhere := _elsewhere(packages[name], found.get("file")):
            yield wrong(name, f"is taken from {elsewhere}, not from the packages installed here",
                        _out_of_the_way(elsewhere))
    if not failed and facts:
        yield fine("imports", "a notebook can import them all")
    if "torch" in facts:
        yield _torch(project, facts["torch"])
    if "matplotlib" in facts:
        yield from _matplotlib(facts["matplotlib"])
    if "jupyterlab" in facts:
        yield _widgets(project, facts["jupyterlab"])


def _imported(names: list[str], folder: Path | None) -> tuple[dict[str, Any], dict[str, str]]:
    """Facts by module, and why the others failed; one that brings Python down is left out."""
    facts: dict[str, Any] = {}
    failed: dict[str, str] = {}
    left = list(names)
    while left:
        found = trial(IMPORTS, *left, seconds=SECONDS, folder=folder)
        _sort(found, facts, failed)
        begun = [line["begun"] for line in found.lines if "begun" in line]
        if begun and begun[-1] not in facts and begun[-1] not in failed:
            failed[begun[-1]] = found.why or "it ended Python"
        elif not begun:
            failed[left[0]] = found.why
            break
        left = [name for name in left if name not in facts and name not in failed]
    return facts, failed


def _sort(found: Trial, facts: dict[str, Any], failed: dict[str, str]) -> None:
    for line in found.lines:
        if "loaded" in line:
            facts[line["loaded"]] = line
        elif "failed" in line:
            failed[line["failed"]] = line["why"]


def _elsewhere(package: str, file: str | None) -> str:
    """Where a package was imported from, if that isn't where it was installed; else ""."""
    distribution = importlib.metadata.distribution(package)
    home = Path(str(distribution.locate_file(""))).resolve()
    editable = any("__editable__" in str(f) or str(f).endswith(".pth")
                   for f in distribution.files or ())
    if file is None or editable or home in Path(file).resolve().parents:
        return ""
    return file


def _mend_import(project: Project, name: str, package: str, folder: Path | None) -> str:
    """What gives a broken package back: its file out of the way, or a fresh copy."""
    top = name.partition(".")[0]
    for place in [folder, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]:
        for found in (f"{top}.py", f"{top}/__init__.py") if place else ():
            if (Path(place) / found).is_file():
                return _out_of_the_way(str(Path(place) / found))
    return project.install(package, force=True)


def _out_of_the_way(file: str) -> str:
    listed = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    parents = [str(parent) for parent in Path(file).parents]
    for place in filter(None, listed):
        if str(Path(place)) in parents:
            return f"take {place} out of the environment variable PYTHONPATH"
    return f"rename or move {file}"


def _torch(project: Project, facts: dict[str, Any]) -> Finding:
    version, cuda = facts["version"], facts["cuda"]
    if not cuda:
        return fine("torch", f"{version}, the build for the CPU: all that the path needs")
    if facts["gpu"]:
        return fine("torch", f"{version} with CUDA {cuda}, and a GPU that it can use")
    extra = _distributions(r"nvidia-|triton$|cuda-")
    says = f"{version} is the build with CUDA {cuda}, and there is no GPU that it can use"
    if (size := sum(map(_size, extra.values()))) > GENEROUS:
        says += f"; about {size / 1e9:.1f} GB can be freed"
    uninstall = python("-m", "pip", "uninstall", "--yes", *extra) if extra else ""
    commands = [project.install("torch", force=True), uninstall]
    return remark("torch", says, "\n    ".join(filter(None, commands)))


def _distributions(pattern: str) -> dict[str, importlib.metadata.Distribution]:
    """The installed packages whose names begin like this."""
    named = ((str(d.metadata["Name"]), d) for d in importlib.metadata.distributions())
    return {name: d for name, d in sorted(named, key=lambda pair: pair[0])
            if re.match(pattern, name)}


def _size(distribution: importlib.metadata.Distribution) -> int:
    """Bytes of an installed package, as its record says."""
    return sum(file.size or 0 for file in distribution.files or ())


def _matplotlib(facts: dict[str, Any]) -> Iterator[Finding]:
    cache = Path(facts["cache"])
    if not os.access(cache, os.W_OK) or re.match(r"matplotlib-\w{8}$", cache.name):
        yield remark("matplotlib", "its folder for fonts can't be written, so each start is slow",
                     "set the environment variable MPLCONFIGDIR to a folder of your own")


def _widgets(project: Project, facts: dict[str, Any]) -> Finding:
    """Without these two, the panel of progress is plain HTML that doesn't follow the checks."""
    for name, folder in (("jupyterlab_widgets", "@jupyter-widgets/jupyterlab-manager"),
                         ("anywidget", "anywidget")):
        places = [Path(p) / folder / "package.json" for p in facts["extensions"]]
        if not any(place.is_file() for place in places):
            return remark("widgets", f"JupyterLab doesn't have {name}: progress is shown without "
                                     "following your checks", project.install(name, force=True))
    return fine("widgets", "JupyterLab can show the panel of progress")
