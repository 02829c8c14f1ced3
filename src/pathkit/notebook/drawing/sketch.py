"""What a drawing is made of: boxes, sums, lines, words and panels, each with the parts it is of."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

PLAIN, SMALL = 12.0, 11.0  # pixels
RADIUS = 8.0  # of a sum's circle
BOLD = 1.1  # how much wider bold letters are
APART = 3.5  # from one sheet to the next behind it
# Widths in em, rounded up from a wide font: in all others a word takes less.
WIDTHS = {"ijl.,:'|": 0.34, "ftr()[]/ ": 0.42, "mwMW→∞−×√": 0.98, "ABCDEGHKNOQRSTUVXYZ": 0.79}
EM = {letter: width for letters, width in WIDTHS.items() for letter in letters}


def width_of(text: str, size: float) -> float:
    """At most how many pixels wide a text is."""
    return size * sum(EM.get(letter, 0.65) for letter in text.replace("_", "").replace("^", ""))


@dataclasses.dataclass(frozen=True)
class Box:
    """A part in its box. note: a second, smaller line. kind: what tints it."""

    parts: tuple[str, ...]
    label: str
    x: float  # of its centre
    y: float
    width: float
    height: float
    note: str = ""
    kind: str = ""

    @property
    def top(self) -> float:
        """Where its arrow leaves."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """Where arrows come in."""
        return self.y + self.height / 2


@dataclasses.dataclass(frozen=True)
class Sum:
    """A circle with a plus: what comes in is added."""

    parts: tuple[str, ...]
    x: float
    y: float


@dataclasses.dataclass(frozen=True)
class Line:
    """A line with right angles, with a head at its end unless it joins another."""

    parts: tuple[str, ...]
    points: tuple[tuple[float, float], ...]
    head: bool = True
    strong: bool = False  # the residual stream


@dataclasses.dataclass(frozen=True)
class Words:
    """Words without a box; math is set as formulas are."""

    parts: tuple[str, ...]
    text: str
    x: float
    y: float  # of their middle
    anchor: str = "start"
    math: bool = True
    bold: bool = False

    @property
    def size(self) -> float:
        """Of the font, in pixels."""
        return SMALL if self.math else PLAIN

    @property
    def width(self) -> float:
        """At most, in pixels; bold letters are wider."""
        return width_of(self.text, self.size) * (BOLD if self.bold else 1)


@dataclasses.dataclass(frozen=True)
class Panel:
    """A frame with a tint. sheets: how many more lie behind it."""

    kind: str
    x: float  # of its left edge
    y: float  # of its upper edge
    width: float
    height: float
    sheets: int = 0


@dataclasses.dataclass(frozen=True)
class Zoom:
    """A box shown larger in the panel to its right."""

    kind: str
    box: Box
    panel: Panel


Item = Box | Sum | Line | Words | Panel | Zoom


@dataclasses.dataclass
class Sketch:
    """A drawing. title: what it is; says: the same in sentences, for those who can't see it."""

    title: str
    width: float
    height: float
    items: list[Item] = dataclasses.field(default_factory=list)
    says: list[str] = dataclasses.field(default_factory=list)

    def add(self, *items: Item) -> None:
        """Draw more, on top of what is there."""
        self.items += items

    def parts(self) -> list[str]:
        """The names of all parts, in the order of the drawing."""
        names = [name for item in self.items for name in getattr(item, "parts", ())]
        return list(dict.fromkeys(names))

    def of(self, kind: type) -> Iterable:
        """The items of one kind."""
        return (item for item in self.items if isinstance(item, kind))


def up(x: float, start: float, end: float, shape: str = "", parts: Sequence[str] = (),
       at: float | None = None, left: bool = False) -> list[Item]:
    """An arrow upwards, with its shape to the right or left of it: halfway, or `at` a height."""
    found: list[Item] = [Line(tuple(parts), ((x, start), (x, end)))]
    if shape:
        middle = (start + end) / 2 + 1 if at is None else at
        found.append(beside(x, middle, shape, parts, left))
    return found


def beside(x: float, y: float, shape: str, parts: Sequence[str] = (),
           left: bool = False) -> Words:
    """A shape to the right or left of an upright line at x."""
    return Words(tuple(parts), shape, x - 7 if left else x + 7, y, "end" if left else "start")


def spread(height: float, fixed: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Gaps in these proportions that fill up a height beside what is fixed."""
    each = (height - sum(fixed)) / sum(gaps)
    return [each * gap for gap in gaps]
