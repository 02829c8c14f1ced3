"""Reading stories: what one says, how likely it is, and how its beginning can go on."""

import math

from pathkit.datasets.word_chances import WordChances


class StoryReader(WordChances):
    """A grammar that reads stories."""

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
