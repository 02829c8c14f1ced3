"""Finding what somebody names: "kv cache", "byte-pair encoding", "layer norm".

Words are compared without case, hyphens and plurals, and as one string: LayerNorm, layer-norm and
"layer norms" are the same. Where they don't stand side by side, their stems are enough: "kv cache"
finds "keys and values, cached".
"""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterable, Iterator

from pathkit.errors import NothingMatched
from pathkit.path_map import Module, PathMap

# What people write, as the path's texts put it.
SHORT = {
    "bpe": "byte pair",
    "cot": "chain steps",
    "encoding": "code",
    "icl": "in context learning",
    "kv": "keys values",
    "mha": "multi head attention",
    "mhsa": "multi head attention",
    "nll": "negative log likelihood",
    "nucleus": "top p",
    "rag": "retrieval",
    "rlhf": "reward model",
    "rope": "rotate queries",
    "sgd": "gradient descent",
    "thought": "steps",
}
ENDINGS = re.compile(r"(ation|ating|ator|ate|ing|ion|al|ed|er|or|e)$")
FILLERS = frozenset("a an and the of in for to with".split())
# More ways than this to begin with a concept: its name says too little.
FEW = 3

NAMED, TAUGHT, DESCRIBED, MENTIONED, TOUCHED = range(5)


@dataclasses.dataclass(frozen=True)
class Match:
    """A module that has the concept. rank: 0 is best; why: where it was found, for people."""

    module: Module
    rank: int
    why: str


class Ambiguous(Exception):
    """Too many modules have the concept, or none has more than a mention of it."""

    def __init__(self, text: str, matches: Iterable[Match]) -> None:
        self.matches = tuple(matches)
        lines = [f"  {m.module.id:<18} {m.why}" for m in self.matches]
        super().__init__(
            f"{text!r} comes up in several modules; name the one that you mean:\n"
            + "\n".join(lines)
        )


def search(path: PathMap, text: str) -> list[Match]:
    """The modules that match best, in the path's order; raises NothingMatched when none does."""
    wanted = _spelt_out(_words(text.casefold()))
    if not wanted[0]:
        raise NothingMatched(f"{text!r} names nothing; name a module or a concept: 'kv cache'")
    found = [match for m in path.modules if (match := _best(m, text, wanted))]
    if not found:
        raise NothingMatched(_nothing(path, text))
    best = min(match.rank for match in found)
    return [match for match in found if match.rank == best]


def choose(
    path: PathMap,
    text: str,
    way: Callable[[Module], frozenset[str]],
    minutes: Callable[[Module], float],
) -> tuple[Match, list[Match]]:
    """The module in which one gets to a concept soonest, and the other modules that have it.

    way: what is left to do for a module, itself included; minutes: how long that takes. A module
    whose way leads through another one that has the concept is no rival to it. Raises
    NothingMatched, or Ambiguous when the name says too little to choose.
    """
    matches = search(path, text)
    if len(matches) == 1:
        return matches[0], []
    ids = {match.module.id for match in matches}
    first = [m for m in matches if not (way(m.module) - {m.module.id}) & ids]
    if len(first) > FEW or (len(first) > 1 and matches[0].rank >= MENTIONED):
        raise Ambiguous(text, first)
    chosen = min(first, key=lambda match: minutes(match.module))
    return chosen, [match for match in matches if match is not chosen]


def _best(module: Module, text: str, wanted: list[list[str]]) -> Match | None:
    if text.strip().casefold() in (module.id, *module.formerly, str(module.number)):
        return Match(module, NAMED, "its name")
    name = _spelt_out(_words(module.title.partition(":")[0]))[0]
    if any("".join(words) == "".join(name) for words in wanted):
        return Match(module, NAMED, "its title")
    matches = [
        Match(
            module,
            as_phrase if len(words) == 1 or _phrase(words, own) else as_words,
            f"{kind}: {shown}",
        )
        for words in wanted
        for kind, shown, searched, as_phrase, as_words in _texts(module)
        if _phrase(words, own := _without_fillers(_words(searched))) or _all(words, own)
    ]
    return min(matches, key=lambda match: match.rank, default=None)


def _texts(module: Module) -> Iterator[tuple[str, str, str, int, int]]:
    """Kind, text to show, text to search, and the ranks of a match as a phrase and by words."""
    yield "title", module.title, module.title, TAUGHT, DESCRIBED
    for exercise in module.exercises:
        words = f"{exercise.title} {exercise.name}"
        yield "exercise", exercise.title, exercise.title, TAUGHT, DESCRIBED
        yield "exercise", exercise.title, words, TAUGHT, DESCRIBED
    for outcome in module.outcomes:
        yield "you can", outcome, outcome, TAUGHT, DESCRIBED
    yield "tagline", module.tagline, module.tagline, TAUGHT, DESCRIBED
    for card in module.cards:
        yield "card", card.ask, f"{card.ask} {card.answer}", MENTIONED, TOUCHED
    for resource in module.resources:
        yield resource.kind, resource.title, resource.title, MENTIONED, TOUCHED


def _words(text: str) -> list[str]:
    """Lower-case words without plural endings; LayerNorm and layer-norm are two words each."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return [_singular(w) for w in re.findall(r"[^\W\d_]+|\d+", parted.casefold())]


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is", "as")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _spelt_out(words: list[str]) -> list[list[str]]:
    """The words as they are, and with what is written short spelt out."""
    words = _without_fillers(words)
    long = [part for w in words for part in _words(SHORT.get(w, w))]
    return [words] if long == words else [words, long]


def _without_fillers(words: list[str]) -> list[str]:
    return [w for w in words if w not in FILLERS] or words


def _phrase(words: list[str], text: list[str]) -> bool:
    """Whether the words stand in the text side by side, however they are cut into words."""
    wanted = "".join(words)
    return any(
        "".join(text[i:j]) == wanted
        for i in range(len(text))
        for j in range(i + 1, min(i + len(wanted), len(text)) + 1)
    )


def _all(words: list[str], text: list[str]) -> bool:
    return {_stem(w) for w in words} <= {_stem(w) for w in text}


def _stem(word: str) -> str:
    while (shorter := ENDINGS.sub("", word)) != word and len(shorter) > 2:
        word = shorter
    return word


def _nothing(path: PathMap, text: str) -> str:
    vocabulary: dict[str, str] = {}
    for module in path.modules:
        vocabulary |= {module.id: module.id, module.title.partition(":")[0].casefold(): module.id}
        for _, _, searched, as_phrase, _ in _texts(module):
            if as_phrase == TAUGHT:
                vocabulary |= {w: w for w in _words(searched) if len(w) > 3}
    wanted = " ".join(_words(text.casefold()))
    near = difflib.get_close_matches(wanted, vocabulary, 3, 0.8)
    names = list(dict.fromkeys(vocabulary[n] for n in near))
    hint = f"did you mean {' or '.join(map(repr, names))}?" if names else (
        "its modules are: " + ", ".join(m.id for m in path.modules)
    )
    return f"the path has nothing on {text!r}; {hint}"
