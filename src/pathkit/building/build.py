"""Write notebooks/, find drift, rebuild only what changed.

The first half needs the standard library alone: a build with nothing to do must cost no more
than reading the files.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pathkit.files import digest, write_atomically
from pathkit.path_modules import OURS, Modules

PACKAGE = Path(__file__).parents[1]
GENERATOR = (
    "building", "checks/levels.py", "checks/options.py", "checks/source.py", "curriculum",
    "notebook_files", "path_map.py", "path_modules.py", "path_times.py", "plain_text.py",
    "quantities.py",
)
# What reading a file that should be a notebook and isn't may raise.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


@dataclasses.dataclass(frozen=True)
class Place:
    """Where a project's files are."""

    root: Path

    @property
    def curriculum(self) -> Path:
        """The file that is the path."""
        return self.root / "curriculum.yaml"

    @property
    def notebooks(self) -> Path:
        """The folder of generated notebooks; solutions/ is below it."""
        return self.root / "notebooks"

    @property
    def path_map(self) -> Path:
        """The path as learners' commands read it, generated like the notebooks."""
        return self.notebooks / "path.json"

    @property
    def state(self) -> Path:
        """What the last build saw; deleting it costs one full build and nothing else."""
        return self.root / ".pathkit" / "build.json"

    @property
    def modules(self) -> Modules:
        """The folders of its modules: `modules/` beside the curriculum, or else the kit's own."""
        own = self.root / "modules"
        return Modules.at(own) if own.is_dir() else OURS


@dataclasses.dataclass(frozen=True)
class Stale:
    """A generated file that isn't what its sources say."""

    path: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


def unchanged(place: Place) -> bool:
    """Whether sources and notebooks are byte for byte what the last build saw and wrote."""
    try:
        state = json.loads(place.state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    files = {*_sources(place), *_outputs(place)}
    return isinstance(state, dict) and state.get("files") == _digests(files)


def _digests(files: Iterable[Path]) -> dict[str, str]:
    return {str(path): digest(path.read_bytes()) for path in sorted(files) if path.is_file()}


def _sources(place: Place) -> Iterator[Path]:
    yield from (place.curriculum, place.modules.evening)
    for folder in place.modules:
        yield from (p for p in folder.iterdir() if p.suffix in (".py", ".yaml"))
    for name in GENERATOR:
        path = PACKAGE / name
        yield from path.rglob("*.py") if path.is_dir() else [path]


def _outputs(place: Place) -> Iterator[Path]:
    yield place.root / "README.md"
    yield place.path_map
    yield from place.notebooks.glob("*.ipynb")
    yield from (place.notebooks / "solutions").glob("*.ipynb")


def build(place: Place) -> list[str]:
    """Write every generated file that isn't up to date; returns the paths written or removed.

    Raises CurriculumError and ContentError for sources that can't be read.
    """
    # Taken before they are read: a source that is edited meanwhile must count as changed.
    sources = _digests(_sources(place))
    wanted = generate(place)
    # Before anything is written: a module that moved may get the name of another's notebook.
    solutions = _solutions(place, wanted)
    written = []
    for path, text in wanted.items():
        stored = _stored(path)
        text = _with_outputs(path, text, solutions.get(_module_of(path)))
        if stored != text:
            write_atomically(path, text)
            written.append(_name(place, path))
    for path in _left_over(place, wanted):
        path.unlink()
        written.append(f"{_name(place, path)} (removed)")
    files = {**sources, **_digests(_outputs(place))}
    write_atomically(place.state, json.dumps({"files": files}, indent=1))
    return written


def check(place: Place) -> list[Stale]:
    """What `build` would change and what `run` would have to execute; writes nothing."""
    wanted = generate(place)
    found = [Stale(_name(place, p), why) for p, t in wanted.items() if (why := _staleness(p, t))]
    for path in _left_over(place, wanted):
        found.append(Stale(_name(place, path), "no module writes it; `pathkit build` removes it"))
    return found


def generate(place: Place) -> dict[Path, str]:
    """Every generated file's text by path, without outputs."""
    from pathkit import curriculum, path_map
    from pathkit.building import (
        evening,
        exercise_files,
        lesson,
        lesson_links,
        notebook,
        path_json,
    )
    from pathkit.building.overview import Overview
    from pathkit.building.python_source import ContentError
    from pathkit.building.readme import with_map

    modules = place.modules
    path = curriculum.load(place.curriculum, modules=modules)
    files: dict[Path, str] = {}
    read = {m.id: exercise_files.read(modules.folder_of(m.id), path.levels) for m in path.modules}
    lessons = {m.id: lesson.read(modules.lesson(m.id), read[m.id]) for m in path.modules}
    lesson_links.check(lessons, modules.lesson)
    with_lesson = {m: read[m] for m, cells in lessons.items() if cells}
    found = evening.read(modules, path, with_lesson)
    whole = path_json.make(path, with_lesson, _seen_from(place.notebooks, modules), found)
    overview = Overview.of(whole)
    variants = ("learner", place.notebooks), ("solution", place.notebooks / "solutions")
    for module in path.modules:
        name, cells = notebook.filename(path, module.id), lessons[module.id]
        for variant, folder in variants:
            built = notebook.build(path, module, cells, read[module.id], variant, overview)
            files[folder / name] = notebook.to_json(built)
    for variant, folder in variants if found else ():
        built = evening.build(path, found, variant)
        files[folder / found.file] = notebook.to_json(built)
    for name, page in notebook.pages(path, overview).items():
        files[place.notebooks / name] = notebook.to_json(page)
    files[place.path_map] = path_map.to_json(whole)
    if (readme := place.root / "README.md").exists():
        if (text := _stored(readme)) is None:
            raise ContentError("README.md:1: not UTF-8; save it as UTF-8")
        files[readme] = with_map(text, path, overview)
    return files


def _seen_from(folder: Path, modules: Modules) -> str:
    """Where modules lie, seen from a folder; "" for the kit's own."""
    if modules == OURS:
        return ""
    return Path(os.path.relpath(modules.folder, folder.resolve())).as_posix()


def _stored(path: Path) -> str | None:
    """A file's text, or None when there is no such file or it isn't text."""
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return None


def _staleness(path: Path, text: str) -> str:
    """Why a file isn't what it should be, or "" when it is."""
    if not path.exists():
        return "missing; `pathkit build` writes it"
    found = _stored(path)
    if path.suffix != ".ipynb":
        return "" if found == text else "differs from curriculum.yaml; run `pathkit build`"
    try:
        notebook = json.loads(found or "")
        bare = _without_outputs(notebook)
    except UNREADABLE:
        return "not a notebook; `pathkit build` writes it again"
    if bare != _without_outputs(json.loads(text)):
        return "differs from its sources; run `pathkit build`"
    if found != _with_outputs(path, text, found):
        return "holds outputs or other layout; run `pathkit build`"
    return _unexecuted(notebook) if path.parent.name == "solutions" else ""


def _unexecuted(notebook: dict) -> str:
    for cell in notebook["cells"]:
        if _is_run(cell) and cell["execution_count"] is None:
            module = notebook["metadata"]["pathkit"]["module"]
            return f"cell {cell['id']} was not executed; run `pathkit run {module}`"
    return ""


def _is_run(cell: dict) -> bool:
    """Whether an execution gives a cell a number: nbclient passes over some."""
    tags = cell["metadata"].get("tags", ())
    source = "".join(cell["source"])
    return cell["cell_type"] == "code" and source.strip() != "" and "skip-execution" not in tags


def _with_outputs(path: Path, text: str, stored: str | None) -> str:
    """Keep the outputs of cells that are the same as in `stored`, in solutions only."""
    if path.parent.name != "solutions":
        return text
    from pathkit.building.notebook import to_json

    try:
        before = {c["id"]: c for c in json.loads(stored or "")["cells"]}
    except UNREADABLE:
        return text
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        old = before.get(cell["id"])
        if cell["cell_type"] == "code" and old and old.get("source") == cell["source"]:
            cell["outputs"] = old.get("outputs", [])
            cell["execution_count"] = old.get("execution_count")
    return to_json(notebook)


def _solutions(place: Place, wanted: Mapping[Path, str]) -> dict[str, str | None]:
    """The stored solutions by module: outputs follow a module whose number has changed.

    Of two, which a build that was interrupted leaves, the one with today's number counts.
    """
    found = [p for p in sorted((place.notebooks / "solutions").glob("*.ipynb")) if _is_generated(p)]
    return {_module_of(p): _stored(p) for p in sorted(found, key=lambda p: p in wanted)}


def _module_of(path: Path) -> str:
    """The id of the module that a generated notebook is of, by its name."""
    return path.stem.partition("-")[2]


def _without_outputs(notebook: dict) -> dict:
    cells = [
        {k: v for k, v in cell.items() if k not in ("outputs", "execution_count")}
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}


def _left_over(place: Place, wanted: Mapping[Path, str]) -> Iterable[Path]:
    """Generated notebooks that no module writes any more; a person's own files aren't ours."""
    for path in sorted(_outputs(place)):
        if path not in wanted and path.suffix == ".ipynb" and _is_generated(path):
            yield path


def _is_generated(path: Path) -> bool:
    """Whether a notebook bears our mark and the name we gave it: copies of it are a person's."""
    try:
        module = json.loads(_stored(path) or "")["metadata"]["pathkit"]["module"]
    except UNREADABLE:
        return False
    name = rf"(\d\d+-{re.escape(str(module))}|glossary)\.ipynb"
    return re.fullmatch(name, path.name) is not None


def _name(place: Place, path: Path) -> str:
    return path.relative_to(place.root).as_posix()
