"""`pathkit review`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathkit.commands import common

if TYPE_CHECKING:
    from pathkit.learner.folder import Folder
    from pathkit.learner.progress import Progress
    from pathkit.path_map import Card, PathMap


@click.command()
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True,
              help="How many cards at most.")
@click.option("--module", default="", help="Cards of this module alone.")
@click.option("--due", "only_count", is_flag=True, help="Print how many cards are due.")
@click.option("--json", "as_json", is_flag=True, help="Print the cards that are due.")
@common.in_folder
@click.pass_obj
def review(
    root: Path | None, limit: int, module: str, only_count: bool, as_json: bool,
    folder: Path | None,
) -> int:
    """Answer the recall cards that are due, of modules that you have finished."""
    from pathkit import path_map, progress_log
    from pathkit.learner.names import module_named
    from pathkit.learner.progress import replay
    from pathkit.learner.review.due_cache import due_cards

    home = common.learners_folder(root, folder)
    path = path_map.load(home.path_map)
    events = progress_log.read_all(home.progress)
    progress = replay(path, events)
    module = module_named(path, module).id if module else ""
    cards = due_cards(home, path, progress, events, datetime.now(UTC), module)
    if only_count:
        click.echo(str(len(cards)))
    elif as_json:
        _print_json(cards, limit)
    elif not cards:
        click.echo(_nothing(home, path, progress, events, module))
    elif sys.stdin.isatty() and sys.stdout.isatty():
        return _ask(home, path, cards[:limit], events)
    else:
        _print_questions(cards, limit)
    return common.OK


def _print_json(cards: Sequence[Card], limit: int) -> None:
    import dataclasses
    import json

    data = {"due": len(cards), "cards": [dataclasses.asdict(card) for card in cards[:limit]]}
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


def _print_questions(cards: Sequence[Card], limit: int) -> None:
    from pathkit.plain_text import plain

    for card in cards[:limit]:
        click.echo(plain(card.ask))
    click.echo(f"due: {len(cards)}; run `pathkit review` in a terminal to answer and rate them, "
               "or `path.review()` in a notebook", err=True)


def _nothing(
    home: Folder, path: PathMap, progress: Progress, events: Sequence[dict], module: str
) -> str:
    """Why no card is due, and when one will be."""
    from pathkit.learner.review import due_cache
    from pathkit.learner.review import review as cards

    own = {card.id for card in cards.cards_of(path, progress, module)}
    if not own:
        if module and path.module(module).cards:
            return f"You haven't finished {module} yet: its cards come when you have."
        return "No cards yet: they come with each module that you finish."
    now = datetime.now(UTC)
    times = due_cache.times(home, cards.reviews(path, events, now))
    later = sorted(when for card, when in times.items() if card in own)
    if not later:
        return "You have begun enough new cards for today: the others come tomorrow."
    return f"No card is due. The next one is on {later[0].astimezone():%a %d %b, %H:%M}."


def _ask(home: Folder, path: PathMap, cards: Sequence[Card], events: Sequence[dict]) -> int:
    """Ask in the terminal. A rating is in the log before the next question is shown."""
    from pathkit import progress_log
    from pathkit.errors import EnvironmentProblem
    from pathkit.learner.review import review as schedule
    from pathkit.learner.review import review_terminal

    given: list[int] = []

    def keep(card: Card, rating: int) -> None:
        module = card.id.rpartition(".")[0]
        try:
            progress_log.append(home.progress, "review", module, card=card.id, rating=rating)
        except OSError as error:
            raise EnvironmentProblem(
                f"{home.progress} can't be written: {error.strerror}; "
                "the ratings before this one are kept"
            ) from error
        given.append(rating)

    code = common.OK
    try:
        review_terminal.ask(path, cards, schedule.reviews(path, events, datetime.now(UTC)), keep)
    except review_terminal.Stopped as stopped:
        code = common.INTERRUPTED if stopped.by_signal else common.OK
    click.echo(f"\n{len(given)} of {len(cards)} rated, and kept." + (
        f" You forgot {given.count(1)}: asked again in 10 minutes." if 1 in given else ""
    ))
    return code
