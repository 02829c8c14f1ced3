"""The proof that no story of a grammar can be read in two ways."""

import itertools
from collections.abc import Sequence

from pathkit.datasets.frames import Frame

Place = tuple[int, int, int]


def prove_readable(passages: Sequence[Sequence[Frame]]) -> None:
    """Prove that no story can be read in two ways, or raise ValueError with an example.

    The grammar is taken as an automaton in which every mention may be any of its words
    (more than the grammar allows: what is refused may be harmless, what passes is safe).
    Two ways of reading the same characters are followed from where they part until the
    characters differ, which is well, or the ways meet again, which is not. This is the
    test for ambiguity by the product of an automaton with itself.
    """
    partings = [(p, -1, 0) for p in range(len(passages))] + [
        (p, f, i)
        for p, frames in enumerate(passages)
        for f, frame in enumerate(frames)
        for i in range(1, len(frame))
    ]
    seen = set()
    for place in partings:
        todo = [("", *two) for two in itertools.combinations(_ahead(passages, place), 2)]
        while todo:
            read, a, b = todo.pop()
            (short, after_a), (long, after_b) = sorted((a, b), key=lambda way: len(way[0]))
            if not long.startswith(short):
                continue
            read, rest = read + short, long[len(short) :]
            if not rest and after_a == after_b:
                raise ValueError(f"a story can be read in two ways at {read!r}")
            if (after_a, after_b, rest) in seen:
                continue
            seen.add((after_a, after_b, rest))
            others = [(rest, after_b)] if rest else _ahead(passages, after_b)
            todo += [(read, *two) for two in itertools.product(_ahead(passages, after_a), others)]


def _ahead(passages: Sequence[Sequence[Frame]], place: Place) -> list[tuple[str, Place]]:
    """List each text that can come next, with the place after it.

    A place is (passage, frame, token); the frame is -1 where it is yet to be chosen.
    """
    p, f, i = place
    if f < 0:
        frames = passages[p] if p < len(passages) else ()
        return [
            way
            for f, frame in enumerate(frames)
            for way in _ahead(passages, (p, f, 0) if frame else (p + 1, -1, 0))
        ]
    token = passages[p][f][i]
    after = (p, f, i + 1) if i + 1 < len(passages[p][f]) else (p + 1, -1, 0)
    texts = (token,) if isinstance(token, str) else token.texts.values()
    return [(text, after) for text in texts]
