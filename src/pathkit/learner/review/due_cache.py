"""When each card is due, kept beside the log: counting due cards must not cost a scheduler.

What is kept is exact or not used: it says from which ratings it was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from pathkit import progress_log
from pathkit.files import digest, write_atomically
from pathkit.learner.folder import Folder
from pathkit.learner.progress import Progress
from pathkit.learner.review import review
from pathkit.path_map import Card, PathMap


def due_cards(
    folder: Folder,
    path: PathMap,
    progress: Progress,
    events: Iterable[progress_log.Event],
    now: datetime,
    module: str = "",
) -> list[Card]:
    """The cards to ask now; `now` with a zone, `module` "" for all. Of new ones, today's share."""
    ratings = review.reviews(path, events, now)
    cards = review.cards_of(path, progress, module)
    if not cards:
        return []
    return review.due_by(times(folder, ratings), cards, ratings, now)


def times(folder: Folder, ratings: Sequence[progress_log.Event]) -> dict[str, datetime]:
    """When each card is due after these ratings; reckoned anew only where they have changed."""
    if not ratings:
        return {}
    made_from = digest(json.dumps([(r["card"], r["at"], r["rating"]) for r in ratings]).encode())
    found = _kept(folder, made_from)
    if found is None:
        found = {card: memory.due for card, memory in review.memories(ratings).items()}
        with suppress(OSError):  # then it is reckoned again next time
            write_atomically(folder.review, _text(made_from, found))
    return found


def _kept(folder: Folder, made_from: str) -> dict[str, datetime] | None:
    try:
        data = json.loads(folder.review.read_text(encoding="utf-8"))
        if data["made_from"] != made_from:
            return None
        return {card: datetime.fromisoformat(due) for card, due in data["due"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _text(made_from: str, found: Mapping[str, datetime]) -> str:
    data = {"made_from": made_from, "due": {card: due.isoformat() for card, due in found.items()}}
    return json.dumps(data, indent=1) + "\n"
