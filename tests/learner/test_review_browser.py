"""The recall cards in a real JupyterLab: by keyboard, by mouse, read out, logged."""

from __future__ import annotations

import nbformat
import pytest

from pathkit import progress_log

browser = pytest.importorskip("tests.notebook.test_browser", reason="needs playwright")
base, chromium, page, step = browser.base, browser.chromium, browser.page, browser.step

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PANEL = ".jp-OutputArea-output .pk-review"


def test_cards_are_answered_by_keyboard_and_by_mouse(page, base, step, tmp_path):
    folder = tmp_path / "my path"
    progress = folder / "progress.jsonl"
    progress_log.append(progress, "skip", "bigram", known=True)
    cell = nbformat.v4.new_code_cell("import pathkit as path\npath.review(limit=3)")
    other = nbformat.v4.new_code_cell("1")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=[cell, other], metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "cards.ipynb")

    def rated() -> list[int]:
        return [e["rating"] for e in progress_log.read(progress) if e["kind"] == "review"]

    with step("the panel asks the first card and leaves the focus where it was"):
        page.goto(base.format("/lab/tree/cards.ipynb"))
        browser._ready(page, "cards.ipynb")
        browser._do(page, "notebook:run-cell")
        panel = page.wait_for_selector(PANEL)
        assert "1 of 3 · Bigram" in panel.inner_text()
        assert not page.evaluate("p => p.contains(document.activeElement)", panel)
        assert "A table that gives" not in panel.inner_text()
        # The fallback is in the file, not beside the panel.
        assert len(page.query_selector_all(f"{PANEL}, .jp-OutputArea-output details")) == 1

    with step("by keyboard: Space shows the answer, a digit rates it"):
        panel.query_selector("button").focus()
        page.keyboard.press("3")  # nothing to rate yet
        page.keyboard.press(" ")
        page.wait_for_selector(f"{PANEL} .pk-answer:has-text('A table that gives')")
        assert "3 good 2 days" in " ".join(panel.inner_text().split())
        page.keyboard.press(" ")  # rates nothing
        page.keyboard.press("3")
        page.wait_for_selector(f"{PANEL} .pk-place:has-text('2 of 3')")
        assert rated() == [3]
        assert page.evaluate("p => document.activeElement.innerText", panel).startswith("Show")

    with step("the notebook did not take the keys for its own"):
        kinds = page.evaluate(f"() => {{ {browser.CURRENT} return all.map(c => c.model.type); }}")
        assert kinds == ["code", "code"]

    with step("by Tab and Enter"):
        page.keyboard.press("Enter")
        page.wait_for_selector(f"{PANEL} .pk-answer:has-text('It marks where')")
        page.keyboard.press("Tab")
        assert "1 again" in page.evaluate("() => document.activeElement.innerText")
        page.keyboard.press("Enter")
        page.wait_for_selector(f"{PANEL} .pk-place:has-text('3 of 3')")
        assert rated() == [3, 1]

    with step("by mouse, to the end"):
        page.click(f"{PANEL} button:has-text('Show answer')")
        page.click(f"{PANEL} button:has-text('4 easy')")
        page.wait_for_selector(f"{PANEL} .pk-place:has-text('3 of 3 rated, and kept.')")
        assert rated() == [3, 1, 4]
        assert not panel.query_selector_all("button")

    with step("questions and answers are read out, and colours follow the theme"):
        assert panel.query_selector("[aria-live=polite] .pk-ask")
        assert panel.get_attribute("aria-label") == "Recall cards"
        ink = "p => getComputedStyle(p).color"
        light = panel.evaluate(ink)
        page.evaluate("""async () => { await window.jupyterapp.commands.execute(
            'apputils:change-theme', {theme: 'JupyterLab Dark'}); }""")
        page.wait_for_selector("[data-jp-theme-light=false]", state="attached")
        page.wait_for_function("([p, was]) => getComputedStyle(p).color !== was",
                               arg=[panel, light])
