"""How likely each word of a story is, given the words before it; the hidden season summed out."""

import itertools
import math
from collections.abc import Mapping, Sequence
from functools import cached_property

from pathkit.datasets.grammar_parts import CAST, GrammarParts


def entropy_of(chances: Mapping[object, float]) -> float:
    """Shannon entropy in nats."""
    return -math.fsum(p * math.log(p) for p in chances.values() if p > 0)


class WordChances(GrammarParts):
    """A grammar with the chances of its words."""

    @cached_property
    def _parents(self) -> dict[str, tuple[str, ...]]:
        """For each variable, the others that its chances depend on once they are drawn."""
        parents = {variable: () for variable in self._values}
        for a, b in itertools.permutations(CAST, 2):
            if CAST[a] == CAST[b]:
                parents[a] = (b,)
        parents["pronoun"] = ("hero",)
        for key in self._seasonal:
            parents[key] = tuple(k for k in self._seasonal if k != key)
        return parents

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
            joint = entropy_of(self._seasonal_chances((variable, *given)))
            return joint - entropy_of(self._seasonal_chances(given))
        if variable == "pronoun":
            return math.log(2) * len(self.either) / len(self.names)
        return math.log(len(self._values[variable]) - len(given))
