"""The exact numbers of a grammar: entropy, length, and what forgetting costs."""

import math

from pathkit.datasets.frames import Mention
from pathkit.datasets.word_chances import WordChances, entropy_of


class StoryEntropy(WordChances):
    """A grammar with its exact numbers."""

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
            if isinstance(token, Mention)
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
            if isinstance(token, Mention) and token.variable not in self.words:
                variable = token.variable
                extra = entropy_of(self._marginal(variable)) - self._surprise(variable, bound)
                costs[variable] = costs.get(variable, 0.0) + weight * extra
        return costs
