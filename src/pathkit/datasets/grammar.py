"""Grammars of little stories whose entropy is known exactly.

A story is written passage by passage. For each passage one **frame** is chosen, a text with
blanks: ``"{hero} had {a look} {thing}."``. Each blank names a variable. The first mention of a
variable draws its value; each later mention has to repeat it. That is what a reader, or a model,
must remember. :class:`Tales` says which variables there are and how each is drawn.

Why everything here is exact
----------------------------
A story shows all of its choices but one: which frames, which words. The choice that stays hidden
is the season, and it is summed out. Since no story can be read in two ways (the constructor
proves it, or refuses), the probability of a story is the product of the probabilities of its
choices, and its entropy is the sum of their conditional entropies.
"""

import dataclasses
import itertools
import math
import operator
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

__all__ = ["END", "Tales"]

END = "\n"  # the end marker: the last character of every story

_CAST = {  # variables that are remembered -> the list they are drawn from
    "hero": "names",
    "friend": "names",
    "place": "places",
    "other": "places",
    "look": "looks",
    "thing": "things",
}
_PRONOUNS = {  # how a blank spells the pronoun of the hero
    "she": {"she": "she", "he": "he"},
    "him": {"she": "her", "he": "him"},
    "his": {"she": "her", "he": "his"},
}
_WORD = re.compile(r"[a-z]+( [a-z]+)*")
_LITERAL = re.compile(r"[a-z ,.]*")
_BLANK = re.compile(r"\{(a )?([a-z]+)\}")


class _Mention(NamedTuple):
    """One blank of a frame: its variable, and how each value of it is written there."""

    variable: str
    texts: dict[str, str]  # value -> text
    initials: dict[str, tuple[str, ...]]  # first character -> values written with it


_Frame = tuple[str | _Mention, ...]


def _entropy(chances: Mapping[object, float]) -> float:
    """Shannon entropy in nats."""
    return -math.fsum(p * math.log(p) for p in chances.values() if p > 0)


@dataclass(frozen=True)
class Tales:
    """A grammar of little stories, with everything about it computed exactly.

    Every choice is uniform: the frame of each passage, then each blank at its first mention.

    ===============  =====================================================================
    blank            its first mention draws from …
    ===============  =====================================================================
    hero, friend     all names, two different ones
    place, other     ``places``, two different ones
    look, thing      ``looks``, ``things``
    she, him, his    the pronoun of the hero (subject, object, possessive): given by the
                     name, but for names in ``either``, where a coin decides once
    weather, …       the words that the hidden season of the story has under this key
    day, …           ``words`` under this key, and again at EVERY mention: not remembered
    ===============  =====================================================================

    ``{a look}`` writes the article as well: "a red", "an old".

    Parameters
    ----------
    she, he, either : sequence of str
        The names, by the pronoun that goes with them; at least two in all.
    looks, things, places : sequence of str
        Adjectives, nouns, and phrases such as "by the lake" (at least two places).
    seasons : mapping of str to mapping of str to sequence of str
        For each season the words it allows, by blank. One season is drawn for each story, all
        equally likely, and never told. All seasons have the same blanks; the same word may
        stand in several seasons: then only the word's company gives the season away.
    words : mapping of str to sequence of str
        Words that are drawn anew at each mention.
    passages : sequence of sequence of str
        For each passage its frames. A frame brings its own spaces and full stops, and may be
        empty. The end marker :data:`END` is added after the last passage.

    Raises
    ------
    TypeError
        If a list of words is a single string.
    ValueError
        If a word is not lower-case ``a`` to ``z`` with single spaces, or stands twice in its
        list; a list is empty; a blank is unknown; a pronoun can come before the hero; or the
        text of a story could be read in two ways (the message shows where).

    Examples
    --------
    >>> from pathkit.datasets import TALES
    >>> mine = TALES.replace(things=["robot", "rocket"])
    >>> mine.entropy() < TALES.entropy()
    True
    """

    she: Sequence[str]
    he: Sequence[str]
    either: Sequence[str]
    looks: Sequence[str]
    things: Sequence[str]
    places: Sequence[str]
    seasons: Mapping[str, Mapping[str, Sequence[str]]]
    words: Mapping[str, Sequence[str]]
    passages: Sequence[Sequence[str]]

    # -- making a grammar ------------------------------------------------------------------

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
        self._prove_readable()

    def _set(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)

    def _validate(self) -> None:
        _words("names (she, he and either together)", self.names)
        blanks = {tuple(sorted(season)) for season in self.seasons.values()}
        if len(blanks) > 1:
            raise ValueError(f"seasons: all need the same blanks, got {sorted(blanks)}")
        own = [*_CAST, *_PRONOUNS, "pronoun"]
        for key in [*self.words, *self._seasonal]:
            if not re.fullmatch("[a-z]+", key):
                raise ValueError(f"the blank {key!r} must be one lower-case word")
            if key in own or (key in self.words and key in self._seasonal):
                raise ValueError(f"the blank {key!r} is defined twice")
        for key in [*self._values]:
            if not self._values[key]:
                raise ValueError(f"{_CAST.get(key, key)}: the list is empty")
        for field, number in (("names", len(self.names)), ("places", len(self.places))):
            if number < 2:
                raise ValueError(f"{field}: at least 2 are needed, got {number}")
        if not self.passages or not all(self.passages):
            raise ValueError("passages: each passage needs at least one frame")
        for _, token, bound in self._walk:
            if isinstance(token, _Mention) and token.variable == "pronoun":
                if "hero" not in bound:
                    raise ValueError("passages: {she}, {him} or {his} can come before {hero}")

    def replace(self, **changes: object) -> "Tales":
        """Return another grammar in which some fields are changed.

        Takes the constructor's parameters by keyword and raises the constructor's errors. To
        change one entry of a mapping, give the mapping anew: ``TALES.replace(words={**TALES.words,
        "number": ["two", "three"]})``.
        """
        known = [field.name for field in dataclasses.fields(self)]
        if unknown := [key for key in changes if key not in known]:
            raise TypeError(f"unknown fields {unknown}: choose from {known}")
        return dataclasses.replace(self, **changes)

    # -- what can be read off --------------------------------------------------------------

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
        values = {variable: getattr(self, field) for variable, field in _CAST.items()}
        values["pronoun"] = ("she", "he")
        for key in self._seasonal:
            every = itertools.chain.from_iterable(s[key] for s in self.seasons.values())
            values[key] = tuple(dict.fromkeys(every))
        return {**values, **self.words}

    @cached_property
    def _parents(self) -> dict[str, tuple[str, ...]]:
        """For each variable, the others that its chances depend on once they are drawn."""
        parents = {variable: () for variable in self._values}
        for a, b in itertools.permutations(_CAST, 2):
            if _CAST[a] == _CAST[b]:
                parents[a] = (b,)
        parents["pronoun"] = ("hero",)
        for key in self._seasonal:
            parents[key] = tuple(k for k in self._seasonal if k != key)
        return parents

    @cached_property
    def _frames(self) -> tuple[tuple[_Frame, ...], ...]:
        passages = [[self._compile(frame) for frame in passage] for passage in self.passages]
        passages[-1] = [(*frame, END) for frame in passages[-1]]
        return tuple(tuple(passage) for passage in passages)

    def _compile(self, frame: str) -> _Frame:
        tokens: list[str | _Mention] = []
        literals = _BLANK.sub("\0", frame).split("\0")
        for literal, blank in itertools.zip_longest(literals, _BLANK.finditer(frame)):
            if not _LITERAL.fullmatch(literal):
                raise ValueError(
                    f"passages: {frame!r}: {literal!r} holds more than a to z, spaces, commas, "
                    "full stops and blanks such as {hero} or {a look}"
                )
            if literal:
                tokens.append(literal)
            if blank:
                tokens.append(self._mention(frame, blank[2], article=bool(blank[1])))
        return tuple(tokens)

    def _mention(self, frame: str, name: str, article: bool) -> _Mention:
        if name in _PRONOUNS:
            variable, texts = "pronoun", _PRONOUNS[name]
        elif name in self._values and name != "pronoun":
            variable, texts = name, {value: value for value in self._values[name]}
        else:
            known = sorted({*self._values, *_PRONOUNS} - {"pronoun"})
            raise ValueError(f"passages: {frame!r}: no blank {name!r}; there are {known}")
        if article:
            texts = {v: ("an " if t[0] in "aeiou" else "a ") + t for v, t in texts.items()}
        initials: dict[str, list[str]] = {}
        for value, text in texts.items():
            initials.setdefault(text[0], []).append(value)
        return _Mention(variable, texts, {c: tuple(v) for c, v in initials.items()})

    # -- chances ---------------------------------------------------------------------------

    @cached_property
    def _laws(self) -> dict[tuple[str, tuple[str | None, ...]], dict[str, float]]:
        return {}  # filled by _law

    def _law(self, variable: str, bound: Mapping[str, str]) -> dict[str, float]:
        """Chance of each value at the first mention, given the values drawn before."""
        evidence = tuple(map(bound.get, self._parents[variable]))
        law = self._laws.get((variable, evidence))
        if law is None:
            law = self._laws[variable, evidence] = self._make_law(variable, evidence)
        return law

    def _make_law(self, variable: str, evidence: tuple[str | None, ...]) -> dict[str, float]:
        if variable in self._seasonal:  # sum the hidden season out
            given = {
                key: word
                for key, word in zip(self._parents[variable], evidence, strict=True)
                if word is not None
            }
            both = self._seasonal_chances((variable, *given))
            chances = {
                values[0]: p for values, p in both.items() if values[1:] == tuple(given.values())
            }
            total = math.fsum(chances.values())
            return {value: p / total for value, p in chances.items()}
        if variable == "pronoun" and evidence[0] not in self.either:
            return {"she" if evidence[0] in self.she else "he": 1.0}
        pool = [value for value in self._values[variable] if value not in evidence]
        return {value: 1 / len(pool) for value in pool}

    def _seasonal_chances(self, keys: Sequence[str]) -> dict[tuple[str, ...], float]:
        """Joint chances of seasonal words: the mean over the seasons of products of uniforms."""
        chances: dict[tuple[str, ...], float] = {}
        for season in self.seasons.values():
            share = 1 / math.prod(len(season[key]) for key in keys) / len(self.seasons)
            for values in itertools.product(*(season[key] for key in keys)):
                chances[values] = chances.get(values, 0.0) + share
        return chances

    def _marginal(self, variable: str) -> dict[str, float]:
        """Chance of each value when nothing else is known."""
        if variable in self._seasonal:
            return {values[0]: p for values, p in self._seasonal_chances((variable,)).items()}
        if variable == "pronoun":
            she = (len(self.she) + len(self.either) / 2) / len(self.names)
            return {"she": she, "he": 1 - she}
        values = self._values[variable]
        return {value: 1 / len(values) for value in values}

    def _surprise(self, variable: str, bound: frozenset[str]) -> float:
        """Conditional entropy in nats of one mention, given which variables are drawn."""
        if variable in self.words:
            return math.log(len(self.words[variable]))
        if variable in bound:
            return 0.0
        given = [parent for parent in self._parents[variable] if parent in bound]
        if variable in self._seasonal:  # H(X | Y) = H(X, Y) - H(Y)
            joint = _entropy(self._seasonal_chances((variable, *given)))
            return joint - _entropy(self._seasonal_chances(given))
        if variable == "pronoun":
            return math.log(2) * len(self.either) / len(self.names)
        return math.log(len(self._values[variable]) - len(given))

    @cached_property
    def _walk(self) -> list[tuple[float, str | _Mention, frozenset[str]]]:
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
                        if isinstance(token, _Mention) and token.variable not in self.words:
                            bound |= {token.variable}
                    after[bound] = after.get(bound, 0.0) + weight
            states = after
        return walk

    # -- exact numbers ---------------------------------------------------------------------

    def entropy(self) -> float:
        """Return the entropy of a story, in nats per story.

        Exact, by the chain rule H(X1, X2, …) = sum of H(Xi | those before) over the choices of
        frames and words, where the hidden season is summed out. Choices and stories correspond
        one to one, so the entropy of the choices is the entropy of the text.

        Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition 2006, theorem
        2.5.1 (chain rule).
        """
        frames = math.fsum(math.log(len(passage)) for passage in self.passages)
        return frames + math.fsum(
            weight * self._surprise(token.variable, bound)
            for weight, token, bound in self._walk
            if isinstance(token, _Mention)
        )

    def mean_length(self) -> float:
        """Return the expected number of characters of a story, the end marker included. Exact."""
        return math.fsum(
            weight * len(token)
            if isinstance(token, str)
            else weight
            * math.fsum(p * len(token.texts[v]) for v, p in self._marginal(token.variable).items())
            for weight, token, _ in self._walk
        )

    def nats_per_character(self) -> float:
        """Return entropy() / mean_length(): the floor under any model's loss, nats per character.

        Nothing that reads stories written one after another can expect a lower loss per
        character in the long run, and :meth:`conditional` reaches it.

        Why this ratio. Stories are independent, and each tells where it ends. So n of them have
        the entropy n H, and no code or model can expect fewer nats for them (theorem 2.6.3:
        the cross-entropy is the entropy plus a divergence that is never negative). By the law
        of large numbers n stories hold about n L characters, L the mean length, so the nats per
        character tend to H / L with probability 1: the entropy rate of the stream (chapter 4)
        and, by the asymptotic equipartition property, also what the perfect model really pays
        on one long text. It is not the mean over stories of (nats / length), which weighs
        characters of short stories more.

        A model that starts in the middle of a story, with no sight of its beginning, has less
        to go by: its floor is higher.

        Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition 2006, chapters
        2, 3 and 4.
        """
        return self.entropy() / self.mean_length()

    def memory_cost(self) -> float:
        """Return what forgetting costs, in nats per story: the sum of :meth:`memory_costs`."""
        return math.fsum(self.memory_costs().values())

    def memory_costs(self) -> dict[str, float]:
        """Return what forgetting costs, in nats per story, for each remembered variable.

        Compared are the grammar p and its forgetful twin q. The twin chooses frames as p does
        and knows all lists of words, but fills every blank independently, as if nothing had
        been told before: each mention of a variable follows the variable's marginal
        distribution in p. So q may call the hero by another name in the last sentence. The
        cost is the divergence D(p || q) = E[log p(story) - log q(story)] >= 0; of all models
        that fill blanks independently q is the one that pays least. The sum falls apart by
        variable: E[-log marginal] for a repeated mention (p pays nothing there), and the
        mutual information with what was told before for a first one ("she" after "mina", a
        treat that fits the weather, a friend who is not the hero).
        """
        costs: dict[str, float] = {}
        for weight, token, bound in self._walk:
            if isinstance(token, _Mention) and token.variable not in self.words:
                variable = token.variable
                extra = _entropy(self._marginal(variable)) - self._surprise(variable, bound)
                costs[variable] = costs.get(variable, 0.0) + weight * extra
        return costs

    # -- reading ---------------------------------------------------------------------------

    def _read(self, text: str) -> tuple[list, list]:
        """Read ``text`` in all ways. Returns (complete readings, unfinished ones).

        A complete reading is (probability, values by variable); an unfinished one is
        (probability, what its current word or literal still lacks, values by variable).
        """
        complete, unfinished = [], []
        passages, words, size = self._frames, self.words, len(text)
        todo = [(0, 1.0, -1, (), 0, {})]
        while todo:
            at, chance, passage, frame, i, bound = todo.pop()
            if i == len(frame):
                passage += 1
                if passage < len(passages):
                    share = chance / len(passages[passage])
                    todo += [(at, share, passage, f, 0, bound) for f in passages[passage]]
                elif at == size:
                    complete.append((chance, bound))
                continue
            token = frame[i]
            if isinstance(token, str):
                options = ((token, chance, bound),)
            elif (variable := token.variable) in bound:
                options = ((token.texts[bound[variable]], chance, bound),)
            else:
                law, options = self._law(variable, bound), []
                values = token.initials.get(text[at], ()) if at < size else token.texts
                for value in values:
                    if value in law:
                        now = bound if variable in words else {**bound, variable: value}
                        options.append((token.texts[value], chance * law[value], now))
            for written, p, now in options:
                if text.startswith(written, at):
                    todo.append((at + len(written), p, passage, frame, i + 1, now))
                elif len(written) > size - at and written.startswith(text[at:]):
                    unfinished.append((p, written[size - at :], now))
        return complete, unfinished

    def parse(self, story: str) -> dict[str, str] | None:
        """Return who and what a story is about: the value of each remembered variable in it.

        Parameters
        ----------
        story : str
            One whole story with its end marker.

        Returns
        -------
        dict of str to str, or None
            For example ``{"hero": "mina", "pronoun": "she", "thing": "kite", …}``; None for
            what the grammar can't say.
        """
        complete, _ = self._read(story)
        return dict(complete[0][1]) if complete else None

    def log_probability(self, story: str) -> float:
        """Return the natural logarithm of the probability of one story.

        Parameters
        ----------
        story : str
            One whole story with its end marker: a story without it is not finished.

        Returns
        -------
        float
            At most 0, in nats; ``-inf`` for what the grammar can't say.
        """
        total = math.fsum(chance for chance, _ in self._read(story)[0])
        return math.log(total) if total > 0 else -math.inf

    def conditional(self, prefix: str) -> dict[str, float]:
        """Return the distribution of the next character after the beginning of a story.

        This is what a perfect model predicts: Bayes' rule over every way in which ``prefix`` can
        have come about and can go on.

        Parameters
        ----------
        prefix : str
            The first characters of a story, from its very beginning; may be empty.

        Returns
        -------
        dict of str to float
            Characters that are possible next, sorted, with probabilities that sum to 1; empty
            after a whole story.

        Raises
        ------
        ValueError
            If no story begins like this. The message says how far one does.
        """
        complete, unfinished = self._read(prefix)
        if not complete and not unfinished:
            good = len(prefix)
            while not any(self._read(prefix[:good])):
                good -= 1
            raise ValueError(
                f"no story begins like this: {prefix[max(0, good - 30) : good]!r} "
                f"(to character {good}) can't go on with {prefix[good : good + 10]!r}"
            )
        chances: dict[str, list[float]] = {}
        for chance, rest, _ in unfinished:
            chances.setdefault(rest[0], []).append(chance)
        total = math.fsum(chance for chance, _, _ in unfinished)
        return {c: math.fsum(chances[c]) / total for c in sorted(chances)}

    # -- writing ---------------------------------------------------------------------------

    def sample(self, n: int, seed: int = 0) -> list[str]:
        """Draw ``n`` independent stories.

        Parameters
        ----------
        n : int
            How many, 0 or more.
        seed : int
            0 or more. The same seed gives the same stories on every machine and Python version,
            and fewer of them are the first of more.

        Returns
        -------
        list of str
            Stories in ASCII, each with its end marker last: ``"".join(...)`` is a text to
            learn from. Some may be equal.

        Raises
        ------
        TypeError
            If ``n`` or ``seed`` is not an integer.
        ValueError
            If one of them is negative.

        Notes
        -----
        Only ``random.Random(seed).random()`` is used, the one method whose sequence Python
        promises to keep (documentation of ``random``, "Notes on Reproducibility"). A choice
        among k is ``int(k * random())``: even to within 1 in 2**53 / k.
        """
        n, seed = operator.index(n), operator.index(seed)
        if n < 0 or seed < 0:
            raise ValueError(f"n and seed must be 0 or more, got n={n}, seed={seed}")
        draw = random.Random(seed).random
        return [self._write(draw) for _ in range(n)]

    @cached_property
    def _pools(self) -> dict[tuple[str, tuple[str | None, ...]], tuple[str, ...]]:
        return {}  # filled by _write

    def _write(self, draw: Callable[[], float]) -> str:
        seasons = tuple(self.seasons.values())
        season = seasons[int(len(seasons) * draw())] if seasons else {}  # the hidden choice
        words, pools, parents = self.words, self._pools, self._parents
        bound: dict[str, str] = {}
        story = []
        for frames in self._frames:
            for token in frames[int(len(frames) * draw())]:
                if token.__class__ is str:
                    story.append(token)
                    continue
                variable = token.variable
                value = bound.get(variable)
                if value is None:
                    if variable in words:
                        pool = words[variable]
                        value = pool[int(len(pool) * draw())]
                    else:
                        if variable in season:
                            pool = season[variable]
                        else:
                            key = (variable, tuple(map(bound.get, parents[variable])))
                            pool = pools.get(key)
                            if pool is None:
                                pool = pools[key] = tuple(self._law(variable, bound))
                        value = bound[variable] = pool[int(len(pool) * draw())]
                story.append(token.texts[value])
        return "".join(story)

    # -- no story has two readings -----------------------------------------------------------

    def _prove_readable(self) -> None:
        """Prove that no story can be read in two ways, or raise ValueError with an example.

        The grammar is taken as an automaton in which every mention may be any of its words
        (more than the grammar allows: what is refused may be harmless, what passes is safe).
        Two ways of reading the same characters are followed from where they part until the
        characters differ, which is well, or the ways meet again, which is not. This is the
        test for ambiguity by the product of an automaton with itself.
        """
        partings = [(p, -1, 0) for p in range(len(self._frames))] + [
            (p, f, i)
            for p, frames in enumerate(self._frames)
            for f, frame in enumerate(frames)
            for i in range(1, len(frame))
        ]
        seen = set()
        for place in partings:
            todo = [("", *two) for two in itertools.combinations(self._ahead(place), 2)]
            while todo:
                read, a, b = todo.pop()
                (short, after_a), (long, after_b) = sorted((a, b), key=lambda way: len(way[0]))
                if not long.startswith(short):
                    continue
                read, rest = read + short, long[len(short) :]
                if not rest and after_a == after_b:
                    raise ValueError(f"a story can be read in two ways at {read!r}")
                if (after_a, after_b, rest) in seen:
                    continue
                seen.add((after_a, after_b, rest))
                others = [(rest, after_b)] if rest else self._ahead(after_b)
                todo += [(read, *two) for two in itertools.product(self._ahead(after_a), others)]

    def _ahead(self, place: tuple[int, int, int]) -> list[tuple[str, tuple[int, int, int]]]:
        """List each text that can come next, with the place after it.

        A place is (passage, frame, token); the frame is -1 where it is yet to be chosen.
        """
        p, f, i = place
        if f < 0:
            frames = self._frames[p] if p < len(self._frames) else ()
            return [
                way
                for f, frame in enumerate(frames)
                for way in self._ahead((p, f, 0) if frame else (p + 1, -1, 0))
            ]
        token = self._frames[p][f][i]
        after = (p, f, i + 1) if i + 1 < len(self._frames[p][f]) else (p + 1, -1, 0)
        texts = (token,) if isinstance(token, str) else token.texts.values()
        return [(text, after) for text in texts]


def _words(where: str, words: Sequence[str]) -> tuple[str, ...]:
    if isinstance(words, str):
        raise TypeError(f"{where}: expected a list of words, got the string {words!r}")
    words = tuple(words)
    for word in words:
        if not isinstance(word, str) or not _WORD.fullmatch(word):
            raise ValueError(f"{where}: {word!r} is not lower-case a to z with single spaces")
    if twice := sorted({word for word in words if words.count(word) > 1}):
        raise ValueError(f"{where}: {twice} more than once")
    return words
