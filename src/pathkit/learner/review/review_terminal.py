"""Recall cards in a terminal: one question, one key to see the answer, one key to rate it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import click

from pathkit import progress_log
from pathkit.learner.review import review
from pathkit.path_map import Card, PathMap
from pathkit.plain_text import interval, plain

SHOW = "\r\n "
EOF, ESCAPE = "\x04", "\x1b"
STOP = f"qQ{EOF}{ESCAPE}"
# And other keys that send several characters.
ARROWS = re.compile(r"\x1b(?:\[[0-9;]*[A-Za-z~]|O.)")
WIDTH = 80


class Stopped(Exception):
    """The learner stopped before the end; by_signal: with Ctrl-C."""

    def __init__(self, by_signal: bool = False) -> None:
        super().__init__()
        self.by_signal = by_signal


def ask(
    path: PathMap,
    cards: Sequence[Card],
    events: Sequence[progress_log.Event],
    keep: Callable[[Card, int], None],
) -> None:
    """Ask these cards, and hand each rating to `keep` before the next question is shown.

    events: the ratings so far, of `review.reviews`. Raises Stopped, and whatever `keep` raises.
    """
    memories = review.memories(events)
    titles = {m.id: m.title.partition(":")[0] for m in path.modules}
    try:
        with _keyboard() as read:
            keys = _keys(read)
            click.echo("Enter shows the answer, 1 to 4 say how well you knew it, q stops.")
            for number, card in enumerate(cards, 1):
                module = titles[card.id.rpartition(".")[0]]
                click.echo(f"\n{number} of {len(cards)} · {module}\n{_wrapped(card.ask)}")
                _await(keys, SHOW)
                choices = _choices(memories.get(card.id))
                click.echo(f"\n{_wrapped(card.answer, '  ')}\n\n{choices}")
                rating = int(_await(keys, "1234"))
                keep(card, rating)
                click.echo(f"  {review.RATINGS[rating - 1]}")
    except KeyboardInterrupt:
        raise Stopped(by_signal=True) from None


def _choices(memory) -> str:
    waits = review.intervals(memory, datetime.now(UTC))
    return "   ".join(
        f"{number} {word} ({interval(wait)})"
        for number, (word, wait) in enumerate(zip(review.RATINGS, waits, strict=True), 1)
    )


def _await(keys: Iterator[str], wanted: str) -> str:
    """The next of the keys that are wanted; others do nothing."""
    return next(key for key in keys if key in wanted)


def _keys(read: Callable[[], str]) -> Iterator[str]:
    """What is typed, key by key; raises Stopped for q, Esc, and the end of input."""
    while True:
        try:
            typed = read() or EOF
        except (EOFError, OSError):  # the terminal was closed
            typed = EOF
        for key in ARROWS.sub("", typed):  # several, where somebody types ahead
            if key in STOP:
                raise Stopped
            yield key


@contextlib.contextmanager
def _keyboard() -> Iterator[Callable[[], str]]:
    """A function that waits for keys and returns them; none is echoed, none is lost."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        yield click.getchar
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        # Once for all cards: to change the mode for each key would drop what is typed between.
        # What was typed before the first question, such as a second Enter, is no answer to it.
        tty.setcbreak(terminal, termios.TCSAFLUSH)
        yield lambda: os.read(terminal, 64).decode(errors="ignore")
    finally:
        with contextlib.suppress(termios.error):  # a terminal that was closed has no mode
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _wrapped(text: str, indent: str = "") -> str:
    width = min(WIDTH, max(20, shutil.get_terminal_size().columns - 1))
    return textwrap.fill(
        plain(text), width, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )
