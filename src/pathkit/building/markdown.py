"""The Markdown of generated cells: titles, resource tables, questions, cards."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pathkit.building.overview import Overview
from pathkit.plain_text import SPAN

NO_BREAK = "\u00a0"
TO_COME = "lesson to come"
NOT_SAID = Overview()
FLAG_WORDS = {"long": "long", "low-audio": "low audio quality"}
WHEN = {
    "before": "Before you start",
    "during": "Along the way",
    "after": "When you have finished",
    "deeper": "Deeper",
}


def title(
    curriculum: Any, module: Any, links: Mapping[str, str], overview: Overview = NOT_SAID
) -> str:
    """The first cell: promise, minutes, level, what is needed, what one can do afterwards.

    Of a draft: what is here already, and no promise.
    """
    number = curriculum.number(module.id)
    part = curriculum.part_of(module.id)
    times = overview.modules.get(module.id)
    draft = module.id in overview.drafts
    facts = [
        f"**{times.of_one if times else f'{module.minutes} minutes'}**",
        level(curriculum, module.level),
        f"part *{part.title}*",
    ]
    if module.essential:
        facts.append("★ on the fast route")
    needed = ", ".join(
        f"[{_link_text(curriculum.module(r).title)}]({links[r]})" for r in module.requires
    ) or "Python and a little NumPy"
    outcomes = "\n".join(f"- {outcome}" for outcome in module.outcomes)
    after = (
        "**This lesson is still to come.** Here are its resources, with what to look for and "
        "questions to answer."
    ) if draft else fold("Afterwards you can …", outcomes)
    return (
        f"# {number} · {module.title}{f' ({TO_COME})' * draft}\n\n{module.tagline.strip()}\n\n"
        f"{' · '.join(facts)}\n\n**You need:** {needed}\n\n{after}"
    )


def badges(repository: Any, path: str) -> str:
    """Colab and Binder badges for a notebook at `path` of the repository."""
    where = f"{repository.github}/blob/{repository.branch}/{path}"
    colab = (
        "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]"
        f"(https://colab.research.google.com/github/{where})"
    )
    binder = (
        "[![Open in Binder](https://mybinder.org/badge_logo.svg)]"
        f"(https://mybinder.org/v2/gh/{repository.github}/{quote(repository.branch, safe='')}"
        f"?labpath={quote(path, safe='')})"
    )
    return f"{colab} {binder}"


def resources(curriculum: Any, found: Sequence[Any], heading: str) -> str:
    """A table of resources under a heading, its marks explained, then moves and companions."""
    rows = "\n".join(_row(curriculum, resource) for resource in found)
    text = (
        f"{heading}\n\n| Resource | Level | Minutes | What it gives you |\n"
        f"| :-- | :-- | --: | :-- |\n{rows}"
    )
    legend = _legend(curriculum, found)
    remarks = [_with_remarks(curriculum, resource) for resource in found]
    return "\n\n".join(filter(None, [text, legend, "\n".join(filter(None, remarks))]))


def _row(curriculum: Any, resource: Any) -> str:
    people = ", ".join(resource.authors)
    marks = "".join(f"{NO_BREAK}{curriculum.flags[flag]}" for flag in resource.flags)
    about = cell(f"{people}, {resource.year}. {resource.kind.capitalize()}.")
    return (
        f"| {cell(link(resource))}<br>{about} | {level(curriculum, resource.level)}{marks} "
        f"| {resource.minutes} | {cell(resource.summary)} |"
    )


def link(resource: Any) -> str:
    """A link with the title of a resource to where it lives now."""
    url = _url(resource.moved.url if resource.moved else resource.url)
    return f"[{_link_text(resource.title)}]({url})"


def _url(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _legend(curriculum: Any, found: Sequence[Any]) -> str:
    used = [flag for flag in curriculum.flags if any(flag in r.flags for r in found)]
    return " · ".join(f"{curriculum.flags[flag]} {FLAG_WORDS.get(flag, flag)}" for flag in used)


def _with_remarks(curriculum: Any, resource: Any) -> str:
    remarks = "".join(f"\n  - {remark}" for remark in _remarks(curriculum, resource))
    return f"- *{resource.title}*{remarks}" if remarks else ""


def _remarks(curriculum: Any, resource: Any) -> Iterable[str]:
    if resource.moved:
        note = f"{_one_line(resource.moved.note)} " if resource.moved.note else ""
        yield (
            f"{note}The guide's link was <{resource.url}>; the one above was looked up "
            f"in {resource.moved.checked}."
        )
    if resource.instead_of:
        main = resource.instead_of
        home = next(m for m in curriculum.modules if main in [r.id for r in m.resources])
        yield (
            f"The same as *{_title_of(curriculum, main)}* in module {curriculum.number(home.id)}: "
            "one of the two is enough."
        )
    for companion in resource.companions:
        yield f"Companion: [{_link_text(companion.title)}]({_url(companion.url)})"
    if resource.pairs_with:
        others = ", ".join(f"*{_title_of(curriculum, other)}*" for other in resource.pairs_with)
        yield f"Goes together with {others}."


def _title_of(curriculum: Any, resource_id: str) -> str:
    return next(r.title for r in curriculum.resources if r.id == resource_id)


def questions(found: Sequence[Any]) -> str:
    """Recall questions by resource, answers folded away."""
    blocks = [
        f"### {resource.title}\n\n" + "\n\n".join(fold(q.ask, q.answer) for q in resource.questions)
        for resource in found
    ]
    return "## What stayed?\n\nAnswer aloud, then unfold.\n\n" + "\n\n".join(blocks)


def recap(module: Any) -> str:
    """The outcomes as sentences to say about oneself."""
    return "## Recap\n\n" + "\n".join(f"- I can {outcome}." for outcome in module.outcomes)


def cards(own: Sequence[Any], earlier: Sequence[tuple[Any, Any]]) -> str:
    """Recall cards: the module's own, then some of earlier modules."""
    text = "## Cards\n\nAnswer aloud, then unfold. The same cards come back when you review.\n\n"
    text += "\n\n".join(fold(card.ask, card.answer) for card in own)
    if earlier:
        text += "\n\n**From earlier**\n\n"
        text += "\n\n".join(fold(f"{card.ask} ({module.id})", card.answer)
                            for module, card in earlier)
    return text


def group(found: Any) -> str:
    """What a study group does with the module."""
    discuss = "\n".join(f"{i}. {_one_line(text)}" for i, text in enumerate(found.discuss, 1))
    return (
        f"## For a group\n\n**Discuss**\n\n{discuss}\n\n**In pairs.** {_one_line(found.pairs)}\n\n"
        f"**A plan.** {_one_line(found.plan)}"
    )


def next_steps(curriculum: Any, module: Any, links: Mapping[str, str]) -> str:
    """The modules that build on this one, and who knows which of all is next.

    Which module comes next differs from learner to learner, so a static cell can't name it.
    """
    dependents = [m for m in curriculum.modules if module.id in m.requires]
    names = "\n".join(
        f"- [{curriculum.number(m.id)} · {_link_text(m.title)}]({links[m.id]}). "
        f"{m.tagline.strip()}"
        for m in dependents
    )
    builds = (
        f"These modules build on this one:\n\n{names}" if dependents
        else "No other module builds on this one."
    )
    return (
        f"## What comes next\n\n{builds}\n\nWhich module is next for you depends on what you "
        "have done and on your plan, if you made one. `pathkit next` in a terminal says it, and "
        "so does `path.map()` in a cell."
    )


def exercise(curriculum: Any, found: Any, number: int) -> str:
    """The prompt above a stub."""
    return (
        f"### Exercise {number} · {found.title}\n\n{level(curriculum, found.level)} · "
        f"{found.minutes} minutes\n\n{found.prompt}"
    )


HINT_NAMES = ("a question", "the steps", "the line with a hole")


def hints(found: Any) -> str:
    """Hints under an exercise, each folded, the last one by error message."""
    parts = []
    for i, hint in enumerate(found.hints):
        name = HINT_NAMES[i] if i < len(HINT_NAMES) else "one more"
        parts.append(fold(f"Hint {i + 1}: {name}", hint))
    if found.errors:
        rows = "\n".join(f"- {_code(error)}: {_one_line(what)}" for error, what in found.errors)
        parts.append(fold("I see an error", rows))
    return "\n\n".join(parts)


def prediction(found: Any) -> str:
    """What is asked before a cell is run."""
    text = f"**Predict.** {found.ask}"
    if found.options:
        text += "\n\n" + _options(found.options)
    return text


def skip(found: Sequence[Any]) -> str:
    """Three questions that tell whether the notebook can be skipped."""
    asked = "\n\n".join(
        f"**{i}.** {question.ask}\n\n{_options(question.options)}"
        for i, question in enumerate(found, 1)
    )
    return (
        "## Can you skip this?\n\nAnswer in the next cell with three letters in quotes. All right: "
        f"jump to *Stretch*. Otherwise go on.\n\n{asked}"
    )


def _options(options: Mapping[str, str]) -> str:
    return "\n".join(f"- **{letter})** {_one_line(text)}" for letter, text in options.items())


def fold(summary: str, body: str) -> str:
    """A line that unfolds. The blank lines let Markdown and math inside be rendered."""
    return (
        f"<details><summary>{summary_html(summary)}</summary>\n\n{body.strip()}\n\n</details>"
    )


def summary_html(text: str) -> str:
    """Inline code is all that a summary line may hold: Markdown isn't rendered there.

    Formulas are. JupyterLab takes them out before it reads HTML, others don't, so they go
    without the characters that HTML escapes.
    """
    return _by_span(_one_line(text), _html_escaped, _code_html, _tex_without_angles)


def _html_escaped(text: str) -> str:
    """Text as HTML; quotation marks may stay as they are outside of attributes."""
    return html.escape(text, quote=False)


def _code_html(span: str) -> str:
    # A dollar sign would be taken for the beginning of a formula: only `…` protects from that.
    code = _html_escaped(span.strip("`").strip()).replace("$", "&#36;")
    return f"<code>{code}</code>"


def _tex_without_angles(span: str) -> str:
    return span.replace("<", "\\lt ").replace(">", "\\gt ")


def _by_span(
    text: str,
    plain: Callable[[str], str],
    code: Callable[[str], str],
    tex: Callable[[str], str],
) -> str:
    """Treat plain text, code spans and formulas each in its own way."""
    parts, end = [], 0
    for match in SPAN.finditer(text):
        parts.append(plain(text[end : match.start()]))
        parts.append((code if match["ticks"] else tex)(match[0]))
        end = match.end()
    return "".join([*parts, plain(text[end:])])


def level(curriculum: Any, name: str) -> str:
    """A level as emoji and word, so that neither colour nor font decides; kept on one line."""
    return f"{curriculum.levels[name]} {name.replace('-', ' ')}".replace(" ", NO_BREAK)


def cell(text: str) -> str:
    """Text for one table cell."""
    return _by_span(_one_line(text), _without_pipes, _without_pipes, _tex_without_pipes)


def _without_pipes(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def _tex_without_pipes(span: str) -> str:
    # Whether a renderer reads tables or formulas first differs; a name for the sign suits both.
    return span.replace("\\|", "\\Vert ").replace("|", "\\vert ")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _link_text(text: str) -> str:
    return text.replace("[", "\\[").replace("]", "\\]")


def _code(text: str) -> str:
    """A code span, whatever the text holds."""
    if "`" not in text:
        return f"`{text}`"
    return f"`` {text} ``"


def start(
    curriculum: Any, links: Mapping[str, str], overview: Overview = NOT_SAID
) -> str:
    """The head of the first page: how to begin and how to read the marks."""
    modules = curriculum.modules
    route = f" Short of time? {fast}" if (fast := fast_route(curriculum, overview)) else ""
    # What `pathkit next` answers in a fresh folder.
    first = next(
        (m for m in modules if not m.requires and m.id not in overview.drafts), modules[0]
    )
    marks = " · ".join(level(curriculum, name) for name in curriculum.levels)
    return (
        f"# {curriculum.title}\n\nFrom \"I can program\" to \"I understand GPT, because I built "
        f"one\": {extent(curriculum, overview)} {len(curriculum.resources)} resources, each with a "
        f"summary and questions. All of it takes {overview.whole}.\n\n"
        f"**New here?** Begin with [{_link_text(first.title)}]({links[first.id]}): it needs no "
        f"other module.{route}\n\n"
        "Run a cell with Shift+Enter. Cells that begin with `# exercise:` are yours to fill; the "
        "check in the last line says at once what holds and what doesn't, and no wrong answer "
        "stops a notebook.\n\n"
        "The next cell is your map: what is done, what comes next, and what each notebook needs. "
        f"Run it to bring it up to date.\n\nLevels: {marks}"
    )


def extent(curriculum: Any, overview: Overview) -> str:
    """How many lessons there are, and how many are still to come, as a sentence."""
    ready = len(curriculum.modules) - len(overview.drafts)
    if not overview.drafts:
        return f"{ready} lessons."
    more = "more is" if len(overview.drafts) == 1 else "more are"
    return (
        f"{ready} finished lessons; {len(overview.drafts)} {more} to come, with resources and "
        "questions for now."
    )


def fast_route(curriculum: Any, overview: Overview) -> str:
    """What the fast route is and takes, as a sentence; "" where there is none."""
    modules = [m for m in curriculum.modules if m.essential]
    if not modules:
        return ""
    drafts = sum(m.id in overview.drafts for m in modules)
    coming = f" {drafts} of them are lessons to come." if drafts else ""
    return f"The {len(modules)} modules marked ★ are the fast route: {overview.fast}.{coming}"


def about_the_path(curriculum: Any, overview: Overview) -> str:
    """What the README says below its map: how much there is, how long it takes, the marks."""
    marks = " · ".join(level(curriculum, name) for name in curriculum.levels)
    lines = [
        f"{extent(curriculum, overview)} All of it takes {overview.whole}.",
        fast_route(curriculum, overview),
        f"Levels: {marks}.",
    ]
    return "\n".join(filter(None, lines))


def part(
    curriculum: Any, found: Any, links: Mapping[str, str], overview: Overview = NOT_SAID
) -> str:
    """One part of the path as a table of its modules."""
    return f"## {found.title}\n\n{module_table(curriculum, found, links, overview)}"


def module_table(
    curriculum: Any, found: Any, links: Mapping[str, str], overview: Overview = NOT_SAID
) -> str:
    """Each module of a part: title with link, what it needs, level, minutes, exercises, promise."""
    rows = [
        f"| {curriculum.number(m.id)} | [{_link_text(cell(m.title))}]({links[m.id]})"
        f"{' ★' if m.essential else ''}{f' ({TO_COME})' * (m.id in overview.drafts)} "
        f"| {_needs(curriculum, m, links)} | {level(curriculum, m.level)} "
        f"| {'–' if m.id in overview.drafts else m.minutes} | {len(m.exercises) or '–'} "
        f"| {cell(m.tagline)} |"
        for m in found.modules
    ]
    head = (
        "| | Module | Needs | Level | Minutes | Exercises | |\n"
        "| --: | :-- | :-- | :-- | --: | --: | :-- |"
    )
    return "\n".join([head, *rows])


def _needs(curriculum: Any, module: Any, links: Mapping[str, str]) -> str:
    """The numbers of the modules that a module builds on, each a link."""
    return ", ".join(
        f"[{curriculum.number(m)}]({links[m]})" for m in module.requires
    ) or "–"


def colophon(curriculum: Any) -> str:
    """Licences, and the guide the path implements."""
    return (
        "Text: CC BY 4.0. Code: MIT. The path implements the guide *Bootstrap knowledge of LLMs "
        "ASAP, with a focus on GPT*; every link of it has a home here."
    )
