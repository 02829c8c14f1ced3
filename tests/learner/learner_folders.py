"""A small path on disk in several versions, and a learner's folder of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from pathkit.learner.update.workspace import update
from pathkit.notebook_files.notebook_file import to_json
from tests.learner.learner_notebooks import SET_UP, Notebook, exercise, own, path, prose, role

MODULES = ["neurons", "bigram", "mlp", "gpt"]
NAMES = ["00-start-here.ipynb", *(f"{i:02}-{m}.ipynb" for i, m in enumerate(MODULES, 1))]
BIGRAM, MLP = NAMES[2], NAMES[3]


def notebook_of(module: str, version: str, formerly: Iterable[str] = ()) -> Notebook:
    return path(
        role("title", f"# {module}, version {version}"),
        SET_UP,
        prose("Count the pairs of letters. " + "They come in many kinds. " * 40),
        exercise("count"),
        prose(f"That was {module} in version {version}, and all there is to it. " * 10),
        module=module,
        formerly=tuple(formerly),
    )


def release(root: Path, version: str, modules: Iterable[str] = MODULES) -> Path:
    """A project's folder with all notebooks in one version; returns the folder of notebooks."""
    notebooks = root / "notebooks"
    (notebooks / "solutions").mkdir(parents=True, exist_ok=True)
    (root / "curriculum.yaml").write_text("")
    (notebooks / "path.json").write_text("{}")
    write(notebooks / NAMES[0], path(role("title", f"# Start {version}"), module="start"))
    for number, module in enumerate(modules, 1):
        name = f"{number:02}-{module}.ipynb"
        write(notebooks / name, notebook_of(module, version))
        write(notebooks / "solutions" / name, notebook_of(module, f"{version} solved"))
    return notebooks


def write(path: Path, notebook: Notebook) -> None:
    path.write_text(to_json(notebook), encoding="utf-8")


def read(path: Path) -> Notebook:
    return json.loads(path.read_text(encoding="utf-8"))


def edited(path: Path, change: Callable[[Notebook], object]) -> str:
    """Change a notebook as JupyterLab would and save it; returns the text."""
    notebook = read(path)
    change(notebook)
    path.write_text(json.dumps(notebook, indent=1) + "\n", encoding="utf-8")
    return path.read_text(encoding="utf-8")


def answered(notebook: Notebook, text: str = "return 42") -> None:
    [cell] = [c for c in notebook["cells"] if c["id"].endswith("-count-exercise")]
    cell["source"] = "".join(cell["source"]).replace("...", text)


def noted(notebook: Notebook) -> None:
    notebook["cells"].append(own("my own note", "markdown", id="mine"))


def states(notebooks: Path, folder: Path, **settings) -> dict[str, str]:
    return {o.name: o.state for o in update(notebooks, folder, **settings)}


def lines(notebooks: Path, folder: Path) -> list[str]:
    """What an update says, but for the notebooks that it finds as they should be."""
    return [o.line for o in update(notebooks, folder) if o.state != "same" or o.was]


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }
