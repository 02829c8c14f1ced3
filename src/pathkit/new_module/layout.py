"""Lay out a module: its folder, and its entry in `curriculum.yaml`, or neither."""

from __future__ import annotations

import json
import keyword
import shutil
import string
import tempfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pathkit import curriculum
from pathkit.building.build import Place
from pathkit.curriculum.field_checks import is_identifier
from pathkit.errors import NothingMatched
from pathkit.files import write_atomically
from pathkit.nearest_name import did_you_mean
from pathkit.new_module.entry import NoPlace, inserted
from pathkit.path_modules import OURS, Modules, folder_name

FILES = {
    "lesson.py": "lesson.txt", "doubled.py": "doubled.txt", "predictions.py": "predictions.txt",
    "recall.yaml": "recall.txt", "right_answers.py": "right_answers.txt",
}
MINUTES = 10


class Refused(Exception):
    """A name that can't be a module's; the message says why and what can."""


def new_module(place: Place, name: str, after: str | None = None) -> list[Path]:
    """Lay out a module behind `after`, or at the end of the path; returns the files written.

    Raises Refused for a name that is taken or can't be one, NothingMatched where there is no
    module `after`, CurriculumError for a curriculum that can't be read.
    """
    path = curriculum.load(place.curriculum, modules=place.modules)
    known = [module.id for module in path.modules]
    modules = _home(place, path)
    refuse(name, path, modules)
    if after is not None and after not in known:
        raise NothingMatched(f"there is no module {after!r}{did_you_mean(after, known)}")
    after = after or known[-1]
    minutes = path.standards.minutes[0] if path.standards.minutes else MINUTES
    entry = filled("entry.txt", _values(name, next(iter(path.levels)), after, minutes or 1))
    text = place.curriculum.read_bytes().decode()  # line ends as they are
    return _write(place, modules, name, inserted(text, after, entry), next(iter(path.levels)))


def new_path(place: Place, title: str, name: str) -> list[Path]:
    """Make a path of one module; returns the files written. Raises Refused."""
    refuse(name)
    if not title.strip() or "\n" in title:
        raise Refused(f"{title!r} is no title; expected one line of text")
    head = filled("curriculum.txt", {"title": json.dumps(title.strip(), ensure_ascii=False)})
    entry = filled("entry.txt", _values(name, "easy", "", MINUTES))
    indented = "".join(f"      {line}\n" for line in entry.splitlines())
    return _write(place, Modules.at(place.root / "modules"), name, head + indented, "easy")


def refuse(name: str, path: Any = None, modules: Modules | None = None) -> None:
    """Raise Refused for a name that can't be a new module's."""
    if not is_identifier(name):
        meant = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
        hint = f"; did you mean {meant!r}?" if is_identifier(meant) else ""
        raise Refused(f"{name!r} is not an id: expected lower-case letters and digits, joined by "
                      f"single hyphens{hint}")
    folder = folder_name(name)
    if not folder.isidentifier() or keyword.iskeyword(folder):
        raise Refused(f"{name!r} can't name a folder that Python imports; begin with a letter, "
                      "and take no word of Python's")
    for module in path.modules if path else ():
        if name == module.id:
            raise Refused(f"there is a module {name!r} already: {module.title}")
        if name in module.formerly:
            raise Refused(f"{name!r} was the id of module {module.id!r}, where learners' work is")
    if modules and modules.folder_of(name).exists():
        raise Refused(f"there is a folder already: {modules.folder_of(name)}")


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template's text with its names replaced."""
    file = resources.files("pathkit.new_module").joinpath("template", template)
    return string.Template(file.read_text(encoding="utf-8")).substitute(values)


def _values(name: str, level: str, requires: str, minutes: int) -> dict[str, str]:
    title = name.replace("-", " ").capitalize()
    # A title such as "yes" or "3" is text, whatever a reader of YAML takes it for.
    return {"id": name, "title": title if " " in title else json.dumps(title), "level": level,
            "requires": requires, "minutes": str(minutes)}


def _home(place: Place, path: Any) -> Modules:
    """The folder that modules of this path go to; raises Refused where that would hide others."""
    if place.modules != OURS or OURS.folder.is_relative_to(place.root.resolve()):
        return place.modules
    if taken := [m.id for m in path.modules if OURS.lesson(m.id).exists()]:
        raise Refused(f"this path takes its module {taken[0]!r} from pathkit, and has no folder "
                      "modules/ of its own; make one with the lessons that it needs")
    return Modules.at(place.root / "modules")


def _write(place: Place, modules: Modules, name: str, text: str, level: str) -> list[Path]:
    """Write the folder, then the curriculum; neither stays where the path can't be read."""
    folder, made = modules.folder_of(name), not modules.folder.exists()
    modules.folder.mkdir(parents=True, exist_ok=True)
    values = {"id": name, "title": name.replace("-", " ").capitalize(), "level": level}
    with tempfile.TemporaryDirectory(prefix=".new-", dir=modules.folder) as waiting:
        draft = Path(waiting) / folder.name
        draft.mkdir()
        for file, template in FILES.items():
            (draft / file).write_text(filled(template, values), encoding="utf-8")
        draft.rename(folder)
    try:
        curriculum.loads(text, str(place.curriculum), modules)
        write_atomically(place.curriculum, text)
    except BaseException as error:
        shutil.rmtree(folder)
        if made:
            modules.folder.rmdir()
        if isinstance(error, curriculum.CurriculumError):
            raise NoPlace(f"{place.curriculum}: the entry of {name!r} found no place in it; write "
                          "modules as a list, a line for each key") from error
        raise
    return [place.curriculum, *_files(folder)]


def _files(folder: Path) -> Sequence[Path]:
    return [folder / name for name in FILES]
