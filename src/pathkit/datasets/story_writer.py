"""Writing stories: the same ones for a seed, on every machine."""

import operator
import random
from collections.abc import Callable
from functools import cached_property

from pathkit.datasets.word_chances import WordChances


class StoryWriter(WordChances):
    """A grammar that writes stories."""

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
