"""What opened notebooks look like in a real JupyterLab before anything is done to them."""

from __future__ import annotations

import re

import pytest

from tests.this_path import notebook_of

browser = pytest.importorskip("tests.notebook.test_browser", reason="needs playwright")
base, chromium, page, step = browser.base, browser.chromium, browser.page, browser.step

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OPENED = (
    "00-start-here.ipynb", notebook_of("bigram"), notebook_of("tokens"),
    f"solutions/{notebook_of('attention')}",
)


def test_an_untouched_notebook_has_nothing_to_save(page, base, step, tmp_path):
    folder = tmp_path / "my path"
    dirty = f"() => {{ {browser.CURRENT} return panel.context.model.dirty; }}"
    for name in OPENED:
        with step(f"{name} is opened"):
            before = (folder / name).read_bytes()
            page.goto(browser_address(base, name))
            browser._ready(page, name)
            page.evaluate(f"""async () => {{ {browser.CURRENT}
                await panel.sessionContext.session.kernel.info; }}""")
            page.wait_for_timeout(2000)  # JupyterLab writes what it has learnt of the kernel
            assert not page.evaluate(dirty)
        with step(f"{name} is saved all the same"):
            browser._do(page, "docmanager:save")
            assert (folder / name).read_bytes() == before


def browser_address(base: str, name: str) -> str:
    return base.format(f"/lab/tree/{name}")


def test_a_lesson_begins_with_little_to_read(page, base, step):
    with step("the first screen"):
        page.goto(browser_address(base, notebook_of("attention")))
        browser._ready(page, notebook_of("attention"))
        page.wait_for_selector(".jp-RenderedMarkdown h1")
        page.wait_for_timeout(1000)
        set_up = page.wait_for_selector(".jp-CodeCell")
        assert set_up.bounding_box()["y"] < 700  # seen without scrolling
        assert not page.is_visible(".jp-RenderedMarkdown details li")

    with step("what is folded unfolds"):
        page.click("summary:has-text('What to look for')")
        page.wait_for_selector(".jp-RenderedMarkdown details li:visible")
        text = page.inner_text(".jp-Notebook")
        assert re.search(r"Goes together with", text)


def test_the_map_is_drawn_in_full_before_anything_is_run(page, base, step):
    with step("the ring, and what a module needs stands out"):
        page.goto(browser_address(base, "00-start-here.ipynb"))
        browser._ready(page, "00-start-here.ipynb")
        browser._cell(page, "start-map")
        ring = page.wait_for_selector(f".pk-map img[alt='0 of {browser.MODULES} modules done']")
        assert ring.evaluate("async e => { await e.decode(); return e.naturalWidth; }") == 72
        assert browser._count(page, "start-map") is None
        page.hover(".pk-map .pk-m9")
        page.wait_for_function("""() => {
            const edge = n => getComputedStyle(document.querySelector(`.pk-m${n}`)).borderTopColor;
            return edge(7) === edge(8) && edge(7) !== edge(6);
        }""")
