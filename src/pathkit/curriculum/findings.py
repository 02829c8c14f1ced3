"""What is found wrong in plain data, and where: by the path in the data, or by line and column."""

from collections.abc import Callable
from typing import NamedTuple

DataPath = tuple[str | int, ...]
LineOf = Callable[[DataPath], int]


class Place(NamedTuple):
    """A position in a file; line and column count from 1."""

    line: int
    column: int


class Finding(NamedTuple):
    """Something wrong at a path in the data.

    on_key: the key itself is meant, not its value.
    file, place: given where the trouble stands in another file than the curriculum.
    """

    path: DataPath
    message: str
    on_key: bool = False
    file: str | None = None
    place: Place | None = None


class Unreadable(Exception):
    """Reading stops here: nothing behind this place can be understood."""

    def __init__(self, place: Place, message: str):
        super().__init__(message)
        self.place = place
        self.message = message
