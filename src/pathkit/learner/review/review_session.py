"""The cards of one call of `path.review()`: which is asked, and what a rating does.

It knows nothing of how they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pathkit import progress_log
from pathkit.learner.journal import Journal
from pathkit.learner.review import review as schedule
from pathkit.path_map import Card, PathMap
from pathkit.plain_text import interval, spans


class Review:
    """The cards of one call, and which of them is asked."""

    def __init__(
        self, path: PathMap, cards: Sequence[Card], events: Sequence[progress_log.Event],
        journal: Journal,
    ) -> None:
        self._titles = {m.id: m.title.partition(":")[0] for m in path.modules}
        self._memories = schedule.memories(events)
        self._journal = journal
        self.cards = tuple(cards)
        self.given: list[int] = []

    def view(self) -> dict[str, Any]:
        """What to show, as plain data; `card` is "" at the end.

        ask, answer: parts of the text as (kind, text); choices: word and time to wait by rating.
        """
        note = f"Not saved: {self._journal.trouble}" if self._journal.trouble else ""
        if len(self.given) == len(self.cards):
            again = self.given.count(1)
            done = f"{len(self.given)} of {len(self.cards)} rated, and kept." if not note else ""
            later = f" You forgot {again}: asked again in 10 minutes." if again else ""
            return {"card": "", "note": note, "done": done + later}
        card = self.cards[len(self.given)]
        waits = schedule.intervals(self._memories.get(card.id), datetime.now(UTC))
        return {
            "card": card.id,
            "place": f"{len(self.given) + 1} of {len(self.cards)}",
            "module": self._titles[card.id.rpartition(".")[0]],
            "ask": list(spans(card.ask)),
            "answer": list(spans(card.answer)),
            "choices": [
                [word, interval(wait)] for word, wait in zip(schedule.RATINGS, waits, strict=True)
            ],
            "note": note,
        }

    def rate(self, message: Mapping[str, Any]) -> bool:
        """Log the rating of the card that is asked; False for any other: a second click, say."""
        rating = message.get("rating")
        if len(self.given) == len(self.cards) or rating not in (1, 2, 3, 4):
            return False
        card = self.cards[len(self.given)]
        if message.get("card") != card.id:
            return False
        module = card.id.rpartition(".")[0]
        self._journal.note("review", module, card=card.id, rating=rating)
        self.given.append(rating)
        return True
