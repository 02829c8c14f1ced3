"""Figures: the style holds while one draws, and every picture carries its words."""

from __future__ import annotations

import base64
import html
import io
import re

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")

import matplotlib.pyplot as plt
from PIL import Image

from pathkit.notebook import figure_style, figures


@pytest.fixture(autouse=True)
def clean():
    with plt.rc_context():
        yield
    plt.close("all")
    figure_style.let_go()


@pytest.fixture
def shown(monkeypatch):
    """What a notebook would be sent, as a list of mime bundles."""
    found = []
    monkeypatch.setattr(figures, "in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda data, raw: found.append(data))
    return found


def _picture(element: str) -> Image.Image:
    encoded = re.search(r'src="data:image/png;base64,([^"]+)"', element)[1]
    return Image.open(io.BytesIO(base64.b64decode(encoded)))


def test_style_holds_for_what_is_drawn_after_the_figure_was_made():
    _, axes = figures.figure()
    title = axes.set_title("left and bold")
    assert axes.get_title(loc="left") == "left and bold"
    assert title.get_fontweight() == "bold"
    assert axes.imshow(np.eye(2)).get_cmap().name == "cividis"
    assert axes.plot([0, 1])[0].get_color() == figures.PALETTE[0]
    assert not axes.spines["top"].get_visible()


def test_arguments_go_on_to_subplots():
    figure, axes = figures.figure(2, 3, figsize=(9, 4), sharex=True)
    assert axes.shape == (2, 3)
    assert tuple(figure.get_size_inches()) == (9, 4)


def test_alt_text_is_escaped_and_on_one_line(shown):
    figure, _ = figures.figure()
    figures.show(figure, 'a "b" <c>\n   & d')
    [data] = shown
    alt = re.search(r'alt="([^"]*)"', data["text/html"])[1]
    assert html.unescape(alt) == 'a "b" <c> & d'
    assert data["text/plain"] == 'Figure: a "b" <c> & d'


@pytest.mark.parametrize("alt", ["", " \n"])
def test_no_picture_without_words(alt, shown):
    figure, _ = figures.figure()
    with pytest.raises(ValueError, match="alt text is missing"):
        figures.show(figure, alt)
    assert not shown


def test_size_of_the_picture(shown):
    figure, _ = figures.figure(figsize=(5, 2))
    figures.show(figure, "nothing")
    element = shown[0]["text/html"]
    dpi = figures.STYLE["figure.dpi"]
    assert _picture(element).size == (5 * dpi, 2 * dpi)
    assert "max-width:100%" in element


def test_figure_is_closed(shown):
    figure, _ = figures.figure()
    figures.show(figure, "nothing")
    assert plt.get_fignums() == []


def test_same_figure_same_bytes(shown):
    for _ in range(2):
        figure, axes = figures.figure()
        axes.plot([1, 3, 2])
        figures.show(figure, "a peak")
    assert shown[0] == shown[1]


def test_pale_differences_stay(shown):
    figure, axes = figures.figure()
    axes.imshow([[0, 0.004, 0.5, 1]], cmap="gray_r", vmin=0, vmax=1)
    figures.show(figure, "two cells that are nearly white")
    picture = _picture(shown[0]["text/html"]).convert("L")
    count = dict((value, n) for n, value in picture.getcolors())
    assert count[255] > 5000 and count[254] > 5000


def test_outside_a_notebook_the_words_are_printed(capsys):
    figure, _ = figures.figure()
    figures.show(figure, "a line that rises")
    assert capsys.readouterr().out == "Figure: a line that rises\n"


def test_palette_is_told_apart_by_lightness_too():
    def lightness(colour):
        r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return 0.2126 * r**2.2 + 0.7152 * g**2.2 + 0.0722 * b**2.2

    values = [lightness(c) for c in figures.PALETTE]
    assert all(abs(a - b) > 0.03 for a, b in zip(values, values[1:], strict=False))


# --- whatever style was chosen -------------------------------------------------------------------

STYLES = {
    "dark": lambda: plt.style.use("dark_background"),
    "seaborn": lambda: plt.style.use("seaborn-v0_8-darkgrid"),
    "xkcd": lambda: plt.xkcd(),
    "tex": lambda: plt.rcParams.update({"text.usetex": True, "text.latex.preamble": "nonsense"}),
    "sizes": lambda: plt.rcParams.update({
        "font.size": 30, "lines.linewidth": 9, "figure.autolayout": True, "savefig.dpi": 20,
        "savefig.bbox": "tight", "savefig.transparent": True, "axes.grid": True, "axes.axisbelow":
        False, "axes.prop_cycle": plt.cycler(color=["white"]), "text.color": "white"}),
}


def _drawn(shown):
    figure, axes = figures.figure()
    axes.plot([1, 3, 2], label="a peak")
    axes.set(title="A title", xlabel="$x^2$")
    axes.legend()
    figures.show(figure, "a peak")
    return shown.pop()


@pytest.mark.parametrize("style", STYLES)
def test_our_figures_look_the_same_and_the_style_stays(style, shown):
    ordinary = _drawn(shown)
    STYLES[style]()
    chosen = dict(plt.rcParams)
    assert _drawn(shown) == ordinary
    assert dict(plt.rcParams) == chosen


def test_a_learners_own_figure_keeps_its_style(shown):
    plt.style.use("dark_background")
    figure, _ = figures.figure()
    figures.show(figure, "ours")
    own, axes = plt.subplots()
    assert own.get_facecolor() == (0, 0, 0, 1)
    assert axes.plot([1, 2])[0].get_color() == "#8dd3c7"


def test_of_two_open_figures_both_are_ours(shown):
    plt.style.use("dark_background")
    one, _ = figures.figure()
    _, axes = two = figures.figure()
    figures.show(one, "the first")
    assert axes.plot([1, 2])[0].get_color() == figures.PALETTE[0]
    figures.show(two[0], "the second")
    assert plt.rcParams["axes.facecolor"] == "black"


def test_a_figure_that_is_never_shown_holds_the_style_until_the_cell_ends():
    plt.style.use("dark_background")
    figures.figure()
    plt.rcParams["lines.linewidth"] = 7
    assert plt.rcParams["axes.facecolor"] == "white"
    figure_style._cell_ended()
    assert plt.rcParams["axes.facecolor"] == "black" and plt.rcParams["lines.linewidth"] == 7
