"""`path.machine()`: the machine that a lesson builds, with the part of the day highlighted."""

from __future__ import annotations

from collections.abc import Iterable

from pathkit.display import in_notebook
from pathkit.nearest_name import did_you_mean
from pathkit.notebook.drawing import words
from pathkit.notebook.drawing.stages import stage as drawing
from pathkit.notebook.drawing.svg import html_of


def machine(stage: str, /, highlight: str | Iterable[str] = (), **sizes: int | str) -> None:
    """Draw attention, a block or a whole GPT, every arrow with its shape, upwards as papers do.

    stage: "attention", "block" (of GPT), "encoder block", "decoder block", "gpt" or "gpt with a
    cache". highlight: a part by the name it bears in the drawing, or several; all else is quiet.
    sizes: numbers, or letters to be written in their place: B (no batch unless given), T, S (tokens
    of the encoder), n_embd, n_head, n_layer, d_k, d_v, vocab_size. Blocks also take norm_first.
    Raises ValueError with one line when there is no such stage, part or size.
    """
    sketch = drawing(stage, **sizes)
    wanted = [highlight] if isinstance(highlight, str) else list(highlight)
    wanted = [name for name in wanted if name]
    parts = sketch.parts()
    for name in wanted:
        if name not in parts:
            known = f"; it has {', '.join(parts)}"
            raise ValueError(f"{stage!r} has no part {name!r}{did_you_mean(name, parts, known)}")
    said, drawn = words.alt_text(sketch, wanted), words.letters(sketch, wanted)
    if not in_notebook():
        print(drawn)
        return
    from IPython.display import display

    display({"text/html": html_of(sketch, wanted, said), "text/plain": drawn}, raw=True)
