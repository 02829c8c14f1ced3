"""A sketch for those who can't see it: in sentences, and as a drawing of letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pathkit.notebook.drawing.sketch import Box, Line, Sketch, Sum, Words

ACROSS, DOWN = 6.2, 12.5  # pixels that a letter stands for
HEADS = {(0, -1): "▲", (0, 1): "▼", (1, 0): "▶", (-1, 0): "◀"}
CORNERS = {  # the two ways in which a line leaves
    frozenset([(0, 1), (1, 0)]): "┌", frozenset([(0, 1), (-1, 0)]): "┐",
    frozenset([(0, -1), (1, 0)]): "└", frozenset([(0, -1), (-1, 0)]): "┘",
}

MEANS = {
    "queries": "what each place asks for", "keys": "what each place answers to",
    "values": "what each place hands over", "scores": "how well each query fits each key",
    "mask": "what may not be seen gets no weight", "softmax": "weights that sum to 1 in each row",
    "weighted sum": "the average of the values, with these weights",
    "residual": "the stream runs through, and what layers say is added",
    "feed-forward": "each place by itself", "positions": "where each token stands",
    "embedding": "a vector for each token", "unembedding": "one score for each symbol",
    "cross-attention": "what is written asks what was read",
}


def alt_text(sketch: Sketch, highlight: Sequence[str]) -> str:
    """The drawing in sentences; what stands out comes first."""
    shown = " and ".join(
        f"{name} ({MEANS[name]})" if name in MEANS else name for name in highlight)
    first = f"{sketch.title}, drawn from below to above"
    return " ".join([f"{first}, with {shown} highlighted." if shown else f"{first}.", *sketch.says])


def letters(sketch: Sketch, highlight: Collection[str]) -> str:
    """The drawing in letters; what stands out has stars."""
    paper = _Paper(sketch)
    for line in sketch.of(Line):
        paper.line(line)
    for total in sketch.of(Sum):
        paper.write("+", total.x, total.y, "middle")
    for words in sketch.of(Words):
        paper.write(words.text.replace("^T", "ᵀ"), words.x, words.y, words.anchor)
    for box in sketch.of(Box):
        left, right = "**" if not set(box.parts).isdisjoint(highlight) else "[]"
        paper.write(f"{left}{box.label}{right}", box.x, box.y, "middle")
    return str(paper)


class _Paper:
    def __init__(self, sketch: Sketch) -> None:
        self.rows = [[" "] * (round(sketch.width / ACROSS) + 12)
                     for _ in range(round(sketch.height / DOWN) + 1)]
        # A box is one row here: arrows reach the rows beside it, wherever its edges lie.
        self.beside = {box.top: round(box.y / DOWN) - 1 for box in sketch.of(Box)}
        self.beside |= {box.bottom: round(box.y / DOWN) + 1 for box in sketch.of(Box)}

    def __str__(self) -> str:
        lines = ["".join(row).rstrip() for row in self.rows]
        return "\n".join(line for line in lines if line)

    def write(self, text: str, x: float, y: float, anchor: str) -> None:
        start = round((x + (3 if anchor == "start" else 0)) / ACROSS)
        start -= {"start": 0, "middle": len(text) // 2, "end": len(text)}[anchor]
        for i, letter in enumerate(text):
            self.put(start + i, round(y / DOWN), letter)

    def line(self, line: Line) -> None:
        points = [(round(x / ACROSS), self.beside.get(y, round(y / DOWN))) for x, y in line.points]
        for (x, y), (to_x, to_y) in zip(points, points[1:], strict=False):
            dx, dy = _sign(to_x - x), _sign(to_y - y)
            for i in range(max(abs(to_x - x), abs(to_y - y)) + 1):
                leaves = i == 0 and self.rows[y][x] == "│"
                self.put(x + i * dx, y + i * dy, "│" if dx == 0 else "├" if leaves else "─")
        for before, here, after in zip(points, points[1:], points[2:], strict=False):
            ways = frozenset(
                (_sign(other[0] - here[0]), _sign(other[1] - here[1])) for other in (before, after))
            self.put(*here, CORNERS.get(ways, "│"))
        if line.head:
            (x, y), (to_x, to_y) = line.points[-2:]
            self.put(*points[-1], HEADS[_sign(to_x - x), _sign(to_y - y)])

    def put(self, x: int, y: int, letter: str) -> None:
        if 0 <= y < len(self.rows) and 0 <= x < len(self.rows[y]):
            self.rows[y][x] = letter


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
