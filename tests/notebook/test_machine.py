"""The drawn machine: every stage, every part, whatever the sizes; legible, and said in words."""

from __future__ import annotations

import base64
import html
import itertools
import re
from xml.etree import ElementTree

import pytest

import pathkit as path
from pathkit.notebook import machine
from pathkit.notebook.drawing import words
from pathkit.notebook.drawing.sketch import PLAIN, SMALL, Box, Line, Words, width_of
from pathkit.notebook.drawing.stages import STAGES, stage
from pathkit.notebook.drawing.svg import style

GPT2 = {"T": 1024, "n_embd": 768, "n_head": 12, "n_layer": 12, "vocab_size": 50257}
SIZES = {
    "letters": {}, "batch": {"B": "B"}, "small": {"T": 9, "n_embd": 4, "n_head": 1, "d_k": 2},
    "lesson": {"T": 160, "n_embd": 48, "n_head": 4, "n_layer": 2, "vocab_size": 29},
    "GPT-2": GPT2, "batch of GPT-2": {**GPT2, "B": 64},
    "memory": {"S": 2048, "T": 3, "n_embd": 512, "n_head": 8}, "own letter": {"T": "tokens"},
}
PARTS = {
    "attention": ["queries", "keys", "values", "scores", "mask", "softmax", "weighted sum"],
    "block": ["norm", "attention", "residual", "feed-forward", "output projection", "softmax"],
    "encoder block": ["norm", "attention", "residual", "feed-forward", "mask"],
    "decoder block": ["self-attention", "cross-attention", "memory", "feed-forward", "residual"],
    "gpt": ["tokens", "embedding", "positions", "block", "final norm", "unembedding", "logits",
            "attention", "residual", "feed-forward", "queries", "scores", "mask", "softmax"],
    "gpt with a cache": ["key cache", "value cache", "tokens", "logits", "scores", "softmax"],
}


@pytest.fixture
def shown(monkeypatch):
    """What a notebook would be sent, as a list of mime bundles."""
    found = []
    monkeypatch.setattr(machine, "in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda data, raw: found.append(data))
    return found


def _svg(element: str) -> ElementTree.Element:
    return ElementTree.fromstring(re.search(r"<svg.*?</svg>", element, re.DOTALL)[0])


def _in(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return list(root.iter(f"{{http://www.w3.org/2000/svg}}{name}"))


EVERY = [(name, sizes) for name in STAGES for sizes in SIZES]


# --- what is drawn --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STAGES)
def test_every_part_can_be_highlighted_and_only_that_one_is(name, shown):
    parts = stage(name).parts()
    assert set(PARTS[name]) <= set(parts)
    for part in parts:
        path.machine(name, highlight=part)
        root = _svg(shown[-1]["text/html"])
        looks = [group.get("class") for group in _in(root, "g")]
        of_part = [item for item in stage(name).items if part in getattr(item, "parts", ())]
        assert looks.count("on") == len(of_part) > 0
        assert set(looks) == {"on", "quiet"}
        assert f"with {part}" in _in(root, "desc")[0].text
        boxes = [item.label for item in of_part if isinstance(item, Box)]
        marked = re.findall(r"\*([\w -]+)\*", shown[-1]["text/plain"])
        assert sorted(marked) == sorted(boxes)


@pytest.mark.parametrize("name", STAGES)
def test_without_a_highlight_nothing_is_quiet(name, shown):
    path.machine(name)
    assert not _in(_svg(shown[0]["text/html"]), "g")
    assert "highlighted" not in shown[0]["text/html"]


def test_the_drawing_grows(shown):
    """What one lesson has drawn is found again in the next."""
    labels = [{box.label for box in stage(name).of(Box)} for name in ("attention", "block", "gpt")]
    assert labels[0] < labels[1] < labels[2]
    tables = [[w.text for w in stage(name).of(Words)].count("(T, T)")
              for name in ("attention", "block", "gpt")]
    assert tables == [3, 3, 3]


def test_shapes_are_those_of_the_sizes():
    def shapes(name, **sizes):
        return {words.text for words in stage(name, **sizes).of(Words)}

    assert {"x (9, 4)", "Q (9, 2)", "V (9, 2)", "(9, 9)"} <= shapes(
        "attention", T=9, n_embd=4, d_k=2)
    assert {"Q (9, 4)", "(9, 4)"} <= shapes("attention", T=9, n_embd=4)
    assert {"(5, 6)", "V (5, 3)"} <= shapes("attention", T=5, n_head=2, d_k=4, d_v=3)
    assert {"tokens (160,)", "logits (160, 29)", "(160, 48)", "Q (160, 12)", "× 2"} <= shapes(
        "gpt", **SIZES["lesson"])
    assert {"tokens (B, T)", "logits (B, T, V)", "(B, T, C)"} <= shapes("gpt", B="B")
    assert {"tokens (1,)", "q (1, d_k)", "K (T, d_k)", "(1, T)"} <= shapes("gpt with a cache")
    assert {"Q (T, d_k)", "K (S, d_k)", "(T, S)", "memory (S, C)"} <= shapes("decoder block")
    notes = {box.note for box in stage("block", n_embd=48, n_head=4).of(Box)}
    assert {"4 heads", "48 → 192 → 48"} <= notes


def test_norms_lie_on_the_stream_or_before_the_layers():
    def below(norm_first):
        sketch = stage("block", norm_first=norm_first)
        [norm, *_] = [box for box in sketch.of(Box) if "norm 1" in box.parts]
        [layer] = [box for box in sketch.of(Box) if box.label == "attention"]
        return norm.y > layer.y, norm.x == layer.x

    assert below(True) == (True, True)
    assert below(False) == (False, False)


# --- legible --------------------------------------------------------------------------------------


def _rectangles(sketch):
    """(what, left, top, right, bottom) of all words and boxes; words as wide as in a wide font."""
    for box in sketch.of(Box):
        yield (box.label, box.x - box.width / 2, box.top, box.x + box.width / 2, box.bottom)
    for item in sketch.of(Words):
        left = item.x - {"start": 0, "middle": 0.5, "end": 1}[item.anchor] * item.width
        yield (item.text, left, item.y - 6, left + item.width, item.y + 6)


@pytest.mark.parametrize(("name", "sizes"), EVERY)
def test_nothing_overlaps_and_nothing_is_cut_off(name, sizes):
    sketch = stage(name, **SIZES[sizes])
    found = list(_rectangles(sketch))
    for what, left, top, right, bottom in found:
        assert left >= 0 and top >= 0, what
        assert right <= sketch.width and bottom <= sketch.height, what
    for one, other in itertools.combinations(found, 2):
        apart = (one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2]
                 or other[4] <= one[2])
        assert apart, f"{one[0]} lies on {other[0]}"


@pytest.mark.parametrize(("name", "sizes"), EVERY)
def test_no_line_runs_through_words(name, sizes):
    sketch = stage(name, **SIZES[sizes])
    for what, left, top, right, bottom in list(_rectangles(sketch)):
        for line in sketch.of(Line):
            for (x, y), (to_x, to_y) in itertools.pairwise(line.points):
                crosses = (min(x, to_x) < right - 0.5 and max(x, to_x) > left + 0.5
                           and min(y, to_y) < bottom - 0.5 and max(y, to_y) > top + 0.5)
                assert not crosses, f"a line through {what}"


@pytest.mark.parametrize(("name", "sizes"), EVERY)
def test_labels_fit_into_their_boxes(name, sizes):
    for box in stage(name, **SIZES[sizes]).of(Box):
        assert width_of(box.label, PLAIN) * 1.1 <= box.width + 2, box.label
        assert width_of(box.note, SMALL) <= box.width - 4, box.note


@pytest.mark.parametrize("name", STAGES)
def test_all_lines_are_upright_or_level_and_meet_a_box_or_another(name):
    for line in stage(name).of(Line):
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(line.points))
        assert all(a != b for a, b in itertools.pairwise(line.points))


@pytest.mark.parametrize("name", STAGES)
def test_words_are_never_wider_than_was_thought(name):
    """In DejaVu Sans, the widest that a browser takes without fonts of its own."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    sketch = stage(name)
    texts = {text for box in sketch.of(Box) for text in (box.label, box.note)}
    for text in filter(None, texts | {item.text for item in sketch.of(Words)}):
        bare = text.replace("_", "").replace("^", "")
        drawn = TextPath((0, 0), bare, size=PLAIN, prop=FontProperties("DejaVu Sans"))
        assert drawn.get_extents().width <= width_of(text, PLAIN), text


def test_a_lesson_fits_a_column_of_700_pixels():
    """Wider ones are scaled down: then 11 pixels are still more than 10."""
    for name in STAGES:
        assert stage(name, **SIZES["lesson"]).width <= 720
        assert stage(name).width <= 720


@pytest.mark.parametrize(("where", "ground"), [
    (r"^\.pk-machine", "#ffffff"), (r"^\.pk-machine", "#111111"),  # nobody says what page it is on
    (r'"true"\] \.pk-machine', "#ffffff"), (r'"false"\] \.pk-machine', "#111111"),
])
def test_highlighted_lines_are_seen_on_light_and_on_dark(where, ground):
    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2] + 0.05

    colour = re.search(where + r"[^{]*\{[^}]*--pk-on-line:(#\w{6})", style())[1]
    one, other = sorted((light(colour), light(ground)))
    assert other / one >= 3


# --- what a notebook is sent ----------------------------------------------------------------------


@pytest.mark.parametrize(("name", "sizes"), EVERY)
def test_valid_svg_with_a_name_and_a_description(name, sizes, shown):
    path.machine(name, **SIZES[sizes])
    root = _svg(shown[0]["text/html"])
    assert root.get("role") == "img"
    assert len(_in(root, "title")) == len(_in(root, "desc")) == 1
    said = _in(root, "desc")[0].text
    assert len(said.split()) > 30 and "(" in said
    assert not _in(root, "script") and "http" not in style()
    assert not re.search(r'\bid="|url\(', shown[0]["text/html"])  # several may stand in one page


def test_the_picture_for_those_who_do_not_trust_is_the_same_drawing(shown):
    path.machine("gpt", highlight="block")
    element = shown[0]["text/html"]
    picture = re.search(r'<img class="pk-machine-alone" alt="([^"]+)".*?base64,([^"]+)"', element)
    alt, encoded = picture.groups()
    alone = ElementTree.fromstring(base64.b64decode(encoded))
    inline = _svg(element)
    assert html.unescape(alt) == _in(inline, "desc")[0].text
    assert len(_in(alone, "text")) == len(_in(inline, "text")) > 30
    assert [r.get("class") for r in _in(alone, "rect")][0] == "ground"
    # What is left when svg and style are taken out: nothing but the picture is seen.
    assert element.startswith('<div class="pk-machine-drawn" hidden="hidden">')


def test_same_drawing_same_bytes(shown):
    for _ in range(2):
        path.machine("decoder block", highlight=["memory", "cross-attention"], T=5)
    assert shown[0] == shown[1]


def test_what_stands_out_comes_first_in_the_words():
    said = words.alt_text(stage("attention", T=9), ["softmax"])
    assert said.startswith("Attention, drawn from below to above, with softmax (weights that sum")
    assert "scores (9, 9)" in said and "minus infinity" in said


def test_outside_a_notebook_it_is_drawn_in_letters(capsys):
    path.machine("attention", highlight="softmax", T=9)
    drawn = capsys.readouterr().out
    lines = drawn.splitlines()
    order = [next(i for i, line in enumerate(lines) if word in line)
             for word in ("[weighted sum]", "*softmax*", "[mask]", "[scores]", "[queries]")]
    assert order == sorted(order)
    assert "▲" in drawn and drawn.count("(9, 9)") == 3
    assert max(map(len, lines)) <= 60


# --- what authors are told ------------------------------------------------------------------------


@pytest.mark.parametrize(("call", "said"), [
    (("atention",), "the machine has no stage 'atention'; did you mean 'attention'?"),
    (("zebra",), "the machine has no stage 'zebra'; there are attention, block, encoder block"),
    (("attention", "softmx"), "'attention' has no part 'softmx'; did you mean 'softmax'?"),
    (("attention", "feed-forward"), "'attention' has no part 'feed-forward'; it has input, values"),
    (("gpt", ["block", "norms"]), "'gpt' has no part 'norms'; did you mean 'norm'?"),
])
def test_unknown_stages_and_parts_are_named_in_one_line(call, said):
    with pytest.raises(ValueError) as caught:
        path.machine(*call)
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("sizes", "said"), [
    ({"heads": 2}, "no size 'heads'; did you mean 'n_head'?"),
    ({"T": 0}, "T = 0 is no size: give a whole number from 1"),
    ({"T": 2.5}, "T = 2.5 is no size"), ({"T": True}, "T = True is no size"),
    ({"T": ""}, "T = '' is no size"), ({"T": "<b>"}, "T = '<b>' is no size"),
    ({"n_embd": 10, "n_head": 4}, "n_embd = 10 can't be shared out to n_head = 4 heads"),
    ({"norm_first": True}, "no size 'norm_first'"),
])
def test_what_is_no_size_is_named_in_one_line(sizes, said):
    with pytest.raises(ValueError) as caught:
        path.machine("attention", **sizes)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_numbers_of_numpy_are_numbers(shown):
    import numpy as np

    path.machine("attention", T=np.int64(9))
    path.machine("attention", T=9)
    assert shown[0] == shown[1]
