"""`path.review()`: the recall cards that are due, in a cell of a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pathkit import path_map
from pathkit.display import display, in_notebook
from pathkit.errors import EnvironmentProblem
from pathkit.learner.journal import Journal
from pathkit.learner.progress import replay
from pathkit.learner.review import review as schedule
from pathkit.learner.review.due_cache import due_cards
from pathkit.learner.review.review_session import Review
from pathkit.learner.review.review_view import as_html, as_text
from pathkit.nearest_name import did_you_mean
from pathkit.path_map import Card

NO_FOLDER = (
    "Recall cards are kept in a folder of your own: `pathkit start` makes it, and this cell works "
    "in its notebooks."
)
NOTHING_DUE = "No card is due. Cards come with each module that you finish, and come back in time."


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
        known = [m.id for m in path.modules]
        meant = did_you_mean(module, known, f"; there are: {', '.join(known)}.")
        print(f"There is no module {module!r}{meant}")
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
        from pathkit.learner.review.review_widget import panel
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
