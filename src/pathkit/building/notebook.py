"""Curriculum + lesson + exercises -> notebook. Pure: no files, no clock, no imports of content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pathkit.building import (
    module_text,
    path_text,
    prompt_and_hint_text,
    resource_lists,
    resource_text,
    terms_text,
)
from pathkit.building.exercise_files import Content
from pathkit.building.layout import end_of_hook, is_set_up, with_one_set_up
from pathkit.building.lesson import Cell
from pathkit.building.notebook_cells import FORMAT, Pages, Variant, as_notebook, filename
from pathkit.building.overview import Overview
from pathkit.checks.options import quoted
from pathkit.notebook_files.notebook_file import to_json
from pathkit.path_map import with_ground

__all__ = ["Variant", "build", "filename", "pages", "start_page", "to_json"]

EARLIER_CARDS = 2
IMPORT = "import pathkit as path"
MAP = f"{IMPORT}\n\npath.map()"


def build(
    curriculum: Any, module: Any, lesson: Sequence[Cell], content: Content, variant: Variant,
    overview: Overview | None = None,
) -> dict:
    """The notebook of a module as nbformat 4.5 data, without outputs."""
    links = {m.id: filename(curriculum, m.id) for m in curriculum.modules}
    pages = Pages(curriculum, module.id, variant)
    lesson = with_one_set_up(lesson)
    _opening(pages, curriculum, module, links, bool(lesson), overview or Overview())
    number, hook = 0, end_of_hook(lesson)
    for i, cell in enumerate(lesson):
        if i == hook:
            _skip(pages, content)
        if cell.kind == "exercise":
            number += 1
            exercise_cells(pages, curriculum, content.exercises[cell.name], number)
        elif cell.kind == "predict":
            _predict(pages, content.predictions[cell.name], cell)
        else:
            role = "set-up" if is_set_up(cell) else ""
            pages.add(cell.kind, cell.source, role=role, tags=cell.tags)
    if hook == len(lesson):
        _skip(pages, content)
    _closing(pages, curriculum, module, links, bool(lesson))
    ours: dict[str, Any] = {"format": FORMAT, "module": module.id, "variant": variant}
    if module.formerly:
        ours["formerly"] = list(module.formerly)
    return as_notebook(pages.cells, ours)


def _opening(
    pages: Pages,
    curriculum: Any,
    module: Any,
    links: Mapping[str, str],
    has_lesson: bool,
    overview: Overview,
) -> None:
    head = _head(curriculum, module, links, pages.variant, overview)
    pages.add("markdown", head, role="title")
    if not has_lesson:
        _lists(pages, curriculum, module, resource_lists.WHEN)
        return
    found = [r for r in module.resources if r.when in resource_text.UP_FRONT]
    if found:
        role = next(when for when in resource_text.UP_FRONT if any(r.when == when for r in found))
        pages.add("markdown", resource_text.opening(curriculum, found), role=role)


def _lists(pages: Pages, curriculum: Any, module: Any, whens: Iterable[str]) -> None:
    for when in whens:
        found = [r for r in module.resources if r.when == when]
        if found:
            text = resource_lists.resources(curriculum, found, f"## {resource_lists.WHEN[when]}")
            pages.add("markdown", text, role=when)


def _skip(pages: Pages, content: Content) -> None:
    """What tells whether the notebook can be skipped."""
    questions = [p for p in content.predictions.values() if p.skip]
    if questions:
        pages.add("markdown", prompt_and_hint_text.skip(questions), role="skip-questions")
        solved = pages.variant == "solution"
        answers = ", ".join(f'"{q.right}"' if solved else "..." for q in questions)
        source = f'{IMPORT}\n\npath.skip("{pages.module}", {answers})'
        if not solved:
            source += "      # in place of the dots: letters in quotes, such as \"a\""
        pages.add("code", source, role="skip", tags=["nbval-check-output"])


def _head(
    curriculum: Any, module: Any, links: Mapping[str, str], variant: Variant, overview: Overview
) -> str:
    text = module_text.title(curriculum, module, links, overview)
    if curriculum.repository:
        folder = "notebooks" if variant == "learner" else "notebooks/solutions"
        path = f"{folder}/{filename(curriculum, module.id)}"
        text = f"{module_text.badges(curriculum.repository, path)}\n\n{text}"
    return text


def exercise_cells(
    pages: Pages, curriculum: Any, found: Any, number: int, owner: str = ""
) -> None:
    """Prompt, stub and hints of an exercise; owner: the module that it is of, if another's."""
    owner = owner or pages.module
    prompt = prompt_and_hint_text.exercise(curriculum, found, number)
    pages.add("markdown", prompt, role="prompt", name=found.name, owner=owner)
    body = found.answer if pages.variant == "solution" else found.stub
    argument = f"{found.name}={found.name}" if found.is_value else found.name
    gap = "\n" if found.is_value else "\n\n"
    # So that a fresh kernel has help at hand, whatever cell is run first and wherever it runs.
    body = f"{IMPORT}\n\n{body}" if pages.variant == "learner" else body
    source = (
        f"# exercise: {owner}.{found.name}\n{body}\n{gap}"
        f"{found.name} = path.check({argument})"
    )
    tags = ["nbval-check-output"]
    pages.add("code", source, role="exercise", name=found.name, tags=tags, owner=owner)
    if pages.variant == "learner":
        hints = prompt_and_hint_text.hints(found)
        pages.add("markdown", hints, role="hints", name=found.name, owner=owner)


def _predict(pages: Pages, found: Any, cell: Cell) -> None:
    pages.add("markdown", prompt_and_hint_text.prediction(found), role="ask", name=found.id)
    source = cell.source
    if pages.variant == "learner":
        unit = f", in {found.unit}" * bool(found.unit)
        hint = quoted(found.options) if found.options else f"a number{unit}"
        source = f'path.predict("{found.id}", ...)      # in place of the dots: {hint}'
    tags = [*cell.tags, "nbval-check-output"]
    pages.add("code", source, role="predict", name=found.id, tags=tags)


def _closing(
    pages: Pages, curriculum: Any, module: Any, links: Mapping[str, str], has_lesson: bool
) -> None:
    if has_lesson and module.terms:
        pages.add("markdown", terms_text.field_says(module.terms), role="terms")
    if since := getattr(module, "since", None):
        pages.add("markdown", module_text.since(since), role="since")
    if module.cards:
        pages.add("markdown", module_text.recap(module), role="recap")
        earlier = _earlier_cards(curriculum, module)
        pages.add("markdown", module_text.cards(module.cards, earlier), role="cards")
    if module.group:
        pages.add("markdown", module_text.group(module.group), role="group")
    if has_lesson:
        _lists(pages, curriculum, module, ("after", "deeper"))
    solved = pages.variant == "solution"
    if text := resource_text.errata(module.resources, solved):
        pages.add("markdown", text, role="errata")
    if module.resources:
        pages.add("markdown", resource_lists.questions(module.resources), role="questions")
    if has_lesson and pages.variant == "learner":
        pages.add("code", "path.progress()", role="progress", tags=["nbval-ignore-output"])
    pages.add("markdown", module_text.next_steps(curriculum, module, links), role="next")


def _earlier_cards(curriculum: Any, module: Any) -> list[tuple[Any, Any]]:
    """One card from each of the latest modules that this one builds on, chosen by the number."""
    number = curriculum.number(module.id)
    before = [m for m in with_ground(curriculum, [module]) if m.id != module.id and m.cards]
    return [(m, m.cards[number % len(m.cards)]) for m in before[::-1][:EARLIER_CARDS]]


def start_page(curriculum: Any, overview: Overview | None = None) -> dict:
    """The first page of the path: a map that shows what is done, then parts, modules, minutes."""
    pages = Pages(curriculum, "start", "learner")
    links = {m.id: filename(curriculum, m.id) for m in curriculum.modules}
    overview = overview or Overview()
    pages.add("markdown", path_text.start(curriculum, links, overview), role="title")
    pages.add("code", MAP, role="map", tags=["nbval-ignore-output"])
    for part in curriculum.parts:
        text = path_text.part(curriculum, part, links, overview)
        pages.add("markdown", text, role=f"part-{part.id}")
    if about := path_text.colophon(curriculum):
        pages.add("markdown", about, role="colophon")
    return as_notebook(pages.cells, {"format": FORMAT, "module": "start", "variant": "learner"})


def pages(curriculum: Any, overview: Overview | None = None) -> dict[str, dict]:
    """The notebooks that are of no module, by their names: the first page, and the glossary."""
    found = {"00-start-here.ipynb": start_page(curriculum, overview)}
    if any(module.terms for module in curriculum.modules):
        found["glossary.ipynb"] = _glossary(curriculum)
    return found


def _glossary(curriculum: Any) -> dict:
    pages = Pages(curriculum, "glossary", "learner")
    links = {m.id: filename(curriculum, m.id) for m in curriculum.modules}
    pages.add("markdown", terms_text.glossary(curriculum, links), role="title")
    return as_notebook(pages.cells, {"format": FORMAT, "module": "glossary", "variant": "learner"})
