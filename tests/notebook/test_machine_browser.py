"""The drawn machine in a real JupyterLab: trusted and not, in light, in dark and on paper."""

from __future__ import annotations

import json

import pytest

from pathkit.notebook.drawing import words
from pathkit.notebook.drawing.stages import STAGES, stage
from pathkit.notebook.drawing.svg import html_of
from tests.notebook.test_browser import _cell, _do, _ready, _theme, base, chromium, page, step

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["base", "chromium", "page", "step"]

TEXT = 4.5  # contrast that WCAG 2 asks of small text
HIGHLIGHT = {
    "attention": ["scores", "mask", "softmax"], "block": ["residual"], "encoder block": ["norm"],
    "decoder block": ["cross-attention", "memory"], "gpt": ["block"],
    "gpt with a cache": ["key cache", "value cache"],
}
SIZES = {"T": 1024, "S": 512, "n_embd": 768, "n_head": 12, "n_layer": 12, "vocab_size": 50257}

# What is wrong with an SVG: text that leaves the drawing or its box, lies on other text, or is
# fainter than `least` on what lies below it.
FAULTS = """(svg, least) => {
    const faults = [], edge = svg.getBoundingClientRect();
    const rects = [...svg.querySelectorAll('rect')];
    const texts = [...svg.querySelectorAll('text')];
    const parsed = c => c.match(/[\\d.]+/g).map(Number);
    const over = (top, alpha, below) => below.map((b, i) => alpha * top[i] + (1 - alpha) * b);
    const light = c => c.map(v => v / 255)
        .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05)
        / (Math.min(light(a), light(b)) + 0.05);
    const faint = e => Number(getComputedStyle(e.closest('g') ?? e).opacity);
    let ground = [255, 255, 255];
    for (let e = svg; e; e = e.parentElement) {
        const [r, g, b, a] = parsed(getComputedStyle(e).backgroundColor);
        if (a === undefined || a > 0) { ground = [r, g, b]; break; }
    }
    const holds = (outer, inner) => outer.left <= inner.left + 0.5
        && outer.right >= inner.right - 0.5
        && outer.top <= inner.top + 0.5 && outer.bottom >= inner.bottom - 0.5;
    const middle = (box, x, y) => box.left < x && x < box.right && box.top < y && y < box.bottom;
    for (const text of texts) {
        const box = text.getBoundingClientRect(), name = text.textContent;
        if (!holds(edge, box)) faults.push(`${name} leaves the drawing`);
        let below = ground;
        for (const rect of rects) {
            const its = rect.getBoundingClientRect(), looks = getComputedStyle(rect);
            if (!middle(its, box.left + box.width / 2, box.top + box.height / 2)) continue;
            if (rect.classList.contains('box') && !holds(its, box)) faults.push(`${name} is wider`);
            if (looks.fill === 'none') continue;
            const [r, g, b] = parsed(looks.fill);
            below = over([r, g, b], Number(looks.fillOpacity) * faint(rect), below);
        }
        const [r, g, b, a = 1] = parsed(getComputedStyle(text).fill);
        const found = ratio(over([r, g, b], a * faint(text), below), below);
        if (found < least) faults.push(`${name} has a contrast of ${found.toFixed(1)}`);
        for (const other of texts) {
            const its = other.getBoundingClientRect();
            if (other === text || text.parentNode === other.parentNode && its.top !== box.top
                && Math.abs(its.top - box.top) > 8) continue;
            if (box.left < its.right - 1 && its.left < box.right - 1 && box.top < its.bottom - 4
                && its.top < box.bottom - 4) faults.push(`${name} lies on ${other.textContent}`);
        }
    }
    return faults;
}"""


def _element(name: str, **sizes) -> str:
    sketch = stage(name, **sizes)
    return html_of(sketch, HIGHLIGHT[name], words.alt_text(sketch, HIGHLIGHT[name]))


@pytest.mark.parametrize("sizes", [{}, SIZES], ids=["letters", "numbers"])
def test_no_label_is_clipped_or_faint(chromium, sizes):
    with chromium.new_context(viewport={"width": 800, "height": 700}) as context:
        sheet = context.new_page()
        for name in STAGES:
            for light, ink, ground in (("true", "#212121", "#fff"), ("false", "#fff", "#111")):
                sheet.set_content(
                    f'<body data-jp-theme-light="{light}" style="color:{ink};background:{ground}">'
                    f"{_element(name, **sizes)}</body>")
                svg = sheet.wait_for_selector(".pk-machine")
                assert svg.evaluate(FAULTS, TEXT) == [], (name, light)
                assert not sheet.is_visible(".pk-machine-alone")
                assert svg.bounding_box()["width"] <= 790
        sheet.emulate_media(media="print")  # from a dark page, onto white paper
        sheet.evaluate("() => { document.body.style.background = '#fff'; }")
        assert sheet.query_selector(".pk-machine").evaluate(FAULTS, TEXT) == []


def test_the_machine_in_jupyterlab(page, base, step, tmp_path):
    calls = {name: f"path.machine({name!r}, highlight={HIGHLIGHT[name]!r})"
             for name in ("attention", "decoder block", "gpt")}
    cells = [{
        "cell_type": "code", "id": name.replace(" ", "-"), "metadata": {}, "execution_count": 1,
        "source": f"import pathkit as path\n{call}",
        "outputs": [{"output_type": "display_data", "metadata": {},
                     "data": {"text/html": _element(name), "text/plain": "drawn in letters"}}],
    } for name, call in calls.items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel},
                "cells": cells}
    (tmp_path / "my path" / "machine.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    page.goto(base.format("/"))
    _ready(page, "00-start-here.ipynb")
    _do(page, "docmanager:open", path="machine.ipynb")
    _ready(page, "machine.ipynb")

    with step("not trusted, a picture is seen and nothing of the labels is spilled"):
        picture = _cell(page, "gpt").wait_for_selector(".jp-OutputArea-output img")
        assert picture.evaluate("async e => { await e.decode(); return e.naturalWidth; }") > 600
        assert picture.get_attribute("alt").startswith("GPT, drawn from below to above")
        output = _cell(page, "gpt").query_selector(".jp-OutputArea-output")
        assert not output.query_selector("svg") and not output.inner_text().strip()

    with step("the picture is as readable in the dark"):
        _theme(page, "Dark")
        assert _cell(page, "gpt").wait_for_selector(".jp-OutputArea-output img").is_visible()

    with step("once run, the drawing takes the colours of the dark"):
        _do(page, "notebook:run-all-cells")
        _no_faults(page)

    with step("and of the light"):
        _theme(page, "Light")
        _no_faults(page)

    with step("it has a role and a name"):
        tree = page.locator("[data-windowed-list-index] .pk-machine-drawn").last.aria_snapshot()
        assert 'img "GPT"' in tree, tree

    with step("in a narrow window it's smaller, and whole"):
        page.set_viewport_size({"width": 640, "height": 900})
        _do(page, "application:toggle-left-area")
        svg = _cell(page, "gpt").wait_for_selector(".pk-machine")
        page.wait_for_function("e => e.getBoundingClientRect().width < 600", arg=svg)
        assert svg.evaluate(FAULTS, TEXT) == []


def _no_faults(page) -> None:
    for cell in ("attention", "decoder-block", "gpt"):
        svg = _cell(page, cell).wait_for_selector(".pk-machine")
        assert svg.evaluate(FAULTS, TEXT) == []
        assert not _cell(page, cell).query_selector(".pk-machine-alone").is_visible()
