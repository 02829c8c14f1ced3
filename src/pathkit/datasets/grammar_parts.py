"""What a grammar of stories consists of: its words and frames, checked when it is made."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pathkit.datasets.frames import PRONOUNS, Frame, Mention, compiled
from pathkit.datasets.one_reading import prove_readable

END = "\n"  # the end marker: the last character of every story

CAST = {  # variables that are remembered -> the list they are drawn from
    "hero": "names",
    "friend": "names",
    "place": "places",
    "other": "places",
    "look": "looks",
    "thing": "things",
}
_WORD = re.compile(r"[a-z]+( [a-z]+)*")


@dataclass(frozen=True)
class GrammarParts:
    """The words and frames of a grammar, as `Tales` describes them, and what follows from them."""

    she: Sequence[str]
    he: Sequence[str]
    either: Sequence[str]
    looks: Sequence[str]
    things: Sequence[str]
    places: Sequence[str]
    seasons: Mapping[str, Mapping[str, Sequence[str]]]
    words: Mapping[str, Sequence[str]]
    passages: Sequence[Sequence[str]]

    def __post_init__(self) -> None:
        for field in ("she", "he", "either", "looks", "things", "places"):
            self._set(field, _words(field, getattr(self, field)))
        seasons = {
            season: {k: _words(f"seasons[{season!r}][{k!r}]", w) for k, w in blanks.items()}
            for season, blanks in self.seasons.items()
        }
        self._set("seasons", seasons)
        self._set("words", {k: _words(f"words[{k!r}]", w) for k, w in self.words.items()})
        if isinstance(self.passages, str) or any(isinstance(p, str) for p in self.passages):
            raise TypeError("passages: expected a list of frames for each passage, got a string")
        self._set("passages", tuple(tuple(frames) for frames in self.passages))
        self._validate()
        prove_readable(self._frames)

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)

    def _validate(self) -> None:
        _words("names (she, he and either together)", self.names)
        blanks = {tuple(sorted(season)) for season in self.seasons.values()}
        if len(blanks) > 1:
            raise ValueError(f"seasons: all need the same blanks, got {sorted(blanks)}")
        own = [*CAST, *PRONOUNS, "pronoun"]
        for key in [*self.words, *self._seasonal]:
            if not re.fullmatch("[a-z]+", key):
                raise ValueError(f"the blank {key!r} must be one lower-case word")
            if key in own or (key in self.words and key in self._seasonal):
                raise ValueError(f"the blank {key!r} is defined twice")
        for key in [*self._values]:
            if not self._values[key]:
                raise ValueError(f"{CAST.get(key, key)}: the list is empty")
        for field, number in (("names", len(self.names)), ("places", len(self.places))):
            if number < 2:
                raise ValueError(f"{field}: at least 2 are needed, got {number}")
        if not self.passages or not all(self.passages):
            raise ValueError("passages: each passage needs at least one frame")
        for _, token, bound in self._walk:
            if isinstance(token, Mention) and token.variable == "pronoun":
                if "hero" not in bound:
                    raise ValueError("passages: {she}, {him} or {his} can come before {hero}")

    @property
    def names(self) -> tuple[str, ...]:
        """All names, with those of ``she`` first, then ``he``, then ``either``."""
        return (*self.she, *self.he, *self.either)

    @cached_property
    def alphabet(self) -> str:
        """The characters that occur in stories, each once, sorted; the end marker is first."""
        found = set()
        for _, token, _ in self._walk:
            texts = [token] if isinstance(token, str) else token.texts.values()
            found.update(*texts)
        return "".join(sorted(found))

    @cached_property
    def _seasonal(self) -> tuple[str, ...]:
        return tuple(next(iter(self.seasons.values()), ()))

    @cached_property
    def _values(self) -> dict[str, tuple[str, ...]]:
        """All values of each variable."""
        values = {variable: getattr(self, field) for variable, field in CAST.items()}
        values["pronoun"] = ("she", "he")
        for key in self._seasonal:
            every = itertools.chain.from_iterable(s[key] for s in self.seasons.values())
            values[key] = tuple(dict.fromkeys(every))
        return {**values, **self.words}

    @cached_property
    def _frames(self) -> tuple[tuple[Frame, ...], ...]:
        passages = [
            [compiled(frame, self._values) for frame in passage] for passage in self.passages
        ]
        passages[-1] = [(*frame, END) for frame in passages[-1]]
        return tuple(tuple(passage) for passage in passages)

    @cached_property
    def _walk(self) -> list[tuple[float, str | Mention, frozenset[str]]]:
        """Every token of every frame: how often a story has it, and what is drawn by then.

        Dynamic programming over the passages: which variables are drawn is all that the chances
        of a mention depend on, apart from their values, and the frames decide it alone.
        """
        walk = []
        states = {frozenset(): 1.0}
        for frames in self._frames:
            after: dict[frozenset[str], float] = {}
            for state, chance in states.items():
                for frame in frames:
                    weight, bound = chance / len(frames), state
                    for token in frame:
                        walk.append((weight, token, bound))
                        if isinstance(token, Mention) and token.variable not in self.words:
                            bound |= {token.variable}
                    after[bound] = after.get(bound, 0.0) + weight
            states = after
        return walk


def _words(where: str, words: Sequence[str]) -> tuple[str, ...]:
    if isinstance(words, str):
        raise TypeError(f"{where}: expected a list of words, got the string {words!r}")
    words = tuple(words)
    for phrase in words:
        if not isinstance(phrase, str) or not _WORD.fullmatch(phrase):
            raise ValueError(f"{where}: {phrase!r} is not lower-case a to z with single spaces")
    if twice := sorted({word for word in words if words.count(word) > 1}):
        raise ValueError(f"{where}: {twice} more than once")
    return words
