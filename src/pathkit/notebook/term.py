"""`path.term()`: what a word of the field's means, and which lesson explains it."""

from __future__ import annotations

from pathkit.display import display_markdown
from pathkit.errors import EnvironmentProblem
from pathkit.learner.whereabouts import path_here
from pathkit.nearest_name import did_you_mean
from pathkit.path_map import Module, Term


def term(name: str = "", /) -> None:
    """Show what a word means in the field, what this path calls it, and where it is explained.

    Without a name, all words that the path explains.
    """
    try:
        modules = path_here("", {}, {}).modules
    except EnvironmentProblem as error:
        print(f"{error}.")
        return
    words = {word.casefold(): (found, module) for module in modules for found in module.terms
             for word in (found.term, found.word) if word}
    if not words:
        print("No glossary is at hand: run this in a notebook of a path that has one.")
        return
    asked = " ".join(str(name).split()).casefold()
    names = {found.term: None for found, _ in words.values()}
    if not asked:
        print(f"This path explains: {', '.join(sorted(names, key=str.casefold))}.")
    elif asked in words:
        _show(*words[asked])
    else:
        meant = did_you_mean(asked, [*words], "; `path.term()` lists all words")
        print(f"No lesson of this path explains {str(name)!r}{meant}")


def _show(found: Term, module: Module) -> None:
    ours = f" (here: {found.word})" if found.word else ""
    where = f"{module.number} · {module.title}, under *{found.heading}*"
    display_markdown(
        f"**{found.term}**{ours}: {found.says} See [{where}]({module.file}).",
        f"{found.term}{ours}: {found.says} See {where.replace('*', '')}.",
    )
