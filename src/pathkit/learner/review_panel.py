"""`path.review()`: the recall cards that are due, in a cell of a notebook."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from pathkit.errors import EnvironmentProblem
from pathkit.learner import log, path_map
from pathkit.learner import review as schedule
from pathkit.learner.card_text import interval, plain, spans
from pathkit.learner.due import due_cards
from pathkit.learner.journal import Journal
from pathkit.learner.path_map import Card, PathMap
from pathkit.learner.progress import replay
from pathkit.notebook_display import display, in_notebook

NO_FOLDER = (
    "Recall cards are kept in a folder of your own: `pathkit start` makes it, and this cell works "
    "in its notebooks."
)
NOTHING_DUE = "No card is due. Cards come with each module that you finish, and come back in time."


class Review:
    """The cards of one call, and which of them is asked; knows nothing of how they are shown."""

    def __init__(
        self, path: PathMap, cards: Sequence[Card], events: Sequence[log.Event], journal: Journal
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


def review(limit: int = schedule.LIMIT, module: str = "") -> None:
    """Show the recall cards that are due, at most `limit`; of one module when it is named.

    Ratings are logged as `pathkit review` logs them. Outside of a learner's folder it says so.
    """
    journal = Journal.opened(module)
    if journal.home is None:
        print(NO_FOLDER)
        return
    try:
        path = path_map.load(journal.home.path_map)
        wanted = path.module(module).id if module else ""
    except EnvironmentProblem as error:
        print(error)
        return
    except KeyError:
        print(f"There is no module {module!r}; there are: {', '.join(m.id for m in path.modules)}.")
        return
    now = datetime.now(UTC)
    events = journal.events()
    cards = due_cards(journal.home, path, replay(path, events), events, now, wanted)[:limit]
    if not cards:
        print(NOTHING_DUE)
    elif in_notebook():
        display(_widget(Review(path, cards, schedule.reviews(path, events, now), journal)))
    else:
        print(as_text(cards))


def _widget(found: Review) -> Any:
    """The panel, or the cards to unfold where widgets are not installed."""
    try:
        from pathkit.learner.review_widget import panel
    except ImportError:
        return Unfolded(found.cards)
    return panel(found)


class Unfolded:
    """The cards to unfold, for front ends without widgets; nothing can be rated there."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self.cards = cards

    def __repr__(self) -> str:
        return as_text(self.cards)

    def _repr_html_(self) -> str:
        return as_html(self.cards)


def as_text(cards: Sequence[Card]) -> str:
    """The questions, and how to rate them."""
    lines = [f"{number}. {plain(card.ask)}" for number, card in enumerate(cards, 1)]
    return "\n".join([*lines, "`pathkit review` in a terminal shows the answers and rates them."])


def as_html(cards: Sequence[Card]) -> str:
    """The questions, with answers to unfold; formulas are left for JupyterLab to typeset."""
    from pathkit.markdown import summary_html

    items = "".join(
        f"<li><details><summary>{summary_html(card.ask)}</summary>"
        f"<p>{summary_html(card.answer)}</p></details></li>"
        for card in cards
    )
    hint = html.escape("To rate them, run this cell, or `pathkit review` in a terminal.")
    return f"<section aria-label=\"Recall cards\"><ol>{items}</ol><p>{hint}</p></section>"
