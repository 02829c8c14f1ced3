"""The guard game: get a secret past seven guards, then guard one yourself. All of it offline."""

from __future__ import annotations

from pathkit.guard_game.game import Game

__all__ = ["Game", "game"]


def game() -> Game:
    """A new game at level 1; the secrets are drawn in a process of their own."""
    return Game()
