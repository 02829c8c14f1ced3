"""A learner's first hour in a real JupyterLab, in a real browser, without a network.

Pictures of each step are kept in build/screenshots, or where PATHKIT_SCREENSHOTS says.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pathkit import path_map, progress_log
from pathkit.building.build import Place
from pathkit.checks.loading import exercises_of
from pathkit.learner.folder import Folder
from pathkit.learner.panel.first_page import first_page_with_progress
from pathkit.learner.progress import replay
from pathkit.learner.update.workspace import update
from tests import this_machine
from tests.learner.test_progress import NOON
from tests.this_path import notebook_of

sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

ROOT = Path(__file__).resolve().parents[2]
MODULES = len(path_map.load(Place(ROOT).path_map).modules)
PATIENCE = 60  # seconds, for one step on a busy machine
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
PICTURES = Path(os.environ.get("PATHKIT_SCREENSHOTS") or ROOT / "build" / "screenshots")

# Chromium itself asks nobody for updates, and no name but this machine's can be looked up.
FLAGS = [
    "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    *(["--no-sandbox"] if AS_ROOT else []),
]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


# --- a server and a browser -------------------------------------------------------------------


@pytest.fixture
def base(tmp_path) -> Iterator[str]:
    """`pathkit start` in a folder of its own; gives the address, `{}` in place of the path."""
    token = secrets.token_hex(8)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [
        "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}", "--LabApp.expose_app_in_browser=True",
        *(["--allow-root"] if AS_ROOT else []),
    ]
    command = [sys.executable, "-c", "from pathkit.cli import main; main()", "--root", str(ROOT),
               "start", str(tmp_path / "my path"), "--no-browser"]
    command += [part for option in options for part in ("--jupyter", option)]
    address = f"http://127.0.0.1:{port}{{}}?token={token}"
    server_log = tmp_path / "server.log"
    with server_log.open("w") as file:
        server = subprocess.Popen(command, env=_environment(tmp_path), stdout=file, stderr=file)
    try:
        _wait_for(server, address.format("/api/status"), server_log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the user's is read or written."""
    own = {
        "HOME": "", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython", "MPLCONFIGDIR": "matplotlib",
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "MPL"))}
    return {**inherited, **{name: str(folder / "home" / part) for name, part in own.items()}}


def _wait_for(server: subprocess.Popen, address: str, server_log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{server_log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def chromium():
    """A Chromium of this machine; skips where there is none."""
    with this_machine.chromium(FLAGS) as browser:
        yield browser


@pytest.fixture
def page(chromium, base):
    """A page that must not report an error; opened after the server, closed before it ends."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        errors: list[str] = []
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        assert not errors, errors


@pytest.fixture
def step(page, request):
    """`with step("what is seen"):` is a part of the test; a picture of how it ended is kept."""
    name = _plain_name(request.node.name.removeprefix("test_"))
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob(f"{name}-[0-9][0-9]-*.png"):
        old.unlink()
    number = 0

    @contextlib.contextmanager
    def part(title: str) -> Iterator[None]:
        nonlocal number
        number += 1
        picture = PICTURES / f"{name}-{number:02}-{_plain_name(title)}.png"
        try:
            yield
        except Exception as error:
            raise AssertionError(f"{title}: {error}\nscreenshot: {picture}") from error
        finally:
            with contextlib.suppress(Exception):
                page.screenshot(path=picture)

    return part


def _plain_name(title: str) -> str:
    return re.sub("[^a-z0-9]+", "-", title.lower()).strip("-")


# --- what JupyterLab is asked -----------------------------------------------------------------

CURRENT = "const panel = window.jupyterapp.shell.currentWidget; const all = panel.content.widgets;"


def _ready(page, path: str) -> None:
    """Wait until the notebook at `path` is in front and has a kernel."""
    page.wait_for_function("() => window.jupyterapp")
    page.evaluate("async () => { await window.jupyterapp.restored; }")
    page.wait_for_function(
        "path => window.jupyterapp.shell.currentWidget?.context?.path === path", arg=path
    )
    page.evaluate(
        f"async () => {{ {CURRENT} await panel.context.ready; await panel.sessionContext.ready; }}"
    )


def _do(page, command: str, **arguments) -> None:
    page.evaluate(
        "async ([name, args]) => { await window.jupyterapp.commands.execute(name, args); }",
        [command, arguments],
    )


def _outputs(page) -> dict[str, list[dict]]:
    """The outputs of each code cell in front, by cell id."""
    return page.evaluate(f"""() => {{ {CURRENT} return Object.fromEntries(
        all.filter(c => c.model.type === 'code').map(c => [c.model.id, c.model.outputs.toJSON()])
    ); }}""")


def _cell(page, cell_id: str):
    """Scroll to a cell and hand back its element."""
    handle = page.evaluate_handle(f"""async id => {{ {CURRENT}
        const i = all.findIndex(c => c.model.id === id);
        panel.content.activeCellIndex = i;
        await panel.content.scrollToItem(i, 'start');
        return all[i].node;
    }}""", cell_id)
    return handle.as_element()


def _becomes_active(page, cell_id: str) -> None:
    page.wait_for_function(f"id => {{ {CURRENT} "
                           "return panel.content.activeCell?.model.id === id; }", arg=cell_id)


def _count(page, cell_id: str) -> int | None:
    return page.evaluate(f"id => {{ {CURRENT} return all.find("
                         "c => c.model.id === id).model.executionCount; }", cell_id)


def _result(page, cell_id: str, before: int | None) -> str:
    """Wait until a cell was run once more; gives what it shows now, without touching anything."""
    shown = page.wait_for_function(f"""([id, before]) => {{ {CURRENT}
        const cell = all.find(c => c.model.id === id);
        const count = cell.model.executionCount;
        const output = cell.node.querySelector('.jp-OutputArea-output');
        return count && count !== before && output?.textContent && output;
    }}""", arg=[cell_id, before])
    return " ".join(shown.as_element().inner_text().split())


def _run(page, cell_id: str) -> None:
    before = _count(page, cell_id)
    _cell(page, cell_id)
    _do(page, "notebook:run-cell")
    _result(page, cell_id, before)


def _answer(page, cell_id: str, line: str, typed: str) -> str:
    """Put the cursor into `line` of a cell, type over it, run; gives the rendered output."""
    cell = _cell(page, cell_id)
    before = _count(page, cell_id)
    cell.query_selector(f".cm-line:has-text({json.dumps(line)})").click()
    for key in ("End", "Shift+Home"):
        page.keyboard.press(key)
    page.keyboard.type(typed)
    page.keyboard.press("Shift+Enter")
    _result(page, cell_id, before)
    output = _cell(page, cell_id).wait_for_selector(".jp-OutputArea-output")
    assert output.is_visible()
    return " ".join(output.inner_text().split())


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def _says(page, selector: str, text: str) -> None:
    """Wait until an element that may be scrolled away says `text`."""
    page.wait_for_function(
        "([s, t]) => document.querySelector(s)?.textContent.includes(t)", arg=[selector, text]
    )


# --- the first hour ---------------------------------------------------------------------------


def test_first_hour(page, base, step, tmp_path):
    folder = tmp_path / "my path"
    requests: list[str] = []
    page.context.on("request", lambda request: requests.append(request.url))

    with step("the first page shows the whole path"):
        page.goto(base.format("/"))
        _ready(page, "00-start-here.ipynb")
        links = "[...document.querySelectorAll('.jp-RenderedMarkdown td:nth-child(2) a')]"
        page.wait_for_function(f"() => {links}.length === {MODULES}")
        assert "Bootstrap" in page.inner_text(".jp-RenderedMarkdown h1")

    with step("to open and to save is not to touch"):
        _do(page, "docmanager:save")
        states = {o.name: o.state for o in update(ROOT / "notebooks", folder, dry_run=True)}
        assert set(states.values()) == {"same"}, states

    with step("the map is clickable and says what is done"):
        _run(page, "start-map")
        assert len(page.query_selector_all(".pk-map .pk-boxes a")) == MODULES
        assert f"0 of {MODULES} modules done" in page.inner_text(".pk-map")

    with step("a module opens from the map"):
        page.click(".pk-map .pk-boxes a:has-text('Bigram')")
        _ready(page, notebook_of("bigram"))

    notebook = json.loads((folder / notebook_of("bigram")).read_text(encoding="utf-8"))
    roles = {c["id"]: c["metadata"]["pathkit"]["role"] for c in notebook["cells"]}
    exercises = [cell for cell, role in roles.items() if role == "exercise"]

    with step("untouched, every cell runs"):
        _do(page, "notebook:run-all-cells")
        outputs = _outputs(page)
        errors = {cell: o["evalue"] for cell, found in outputs.items() for o in found
                  if o["output_type"] == "error"}
        assert not errors
        said = {cell: str(outputs[cell]) for cell in exercises}
        assert len(said) > 5
        assert all("not attempted" in text for text in said.values()), said

    with step("figures can be read and heard"):
        drawn = [cell for cell, found in outputs.items() if "<img" in str(found)]
        assert len(drawn) >= 4
        for cell in drawn:
            picture = _cell(page, cell).wait_for_selector(".jp-OutputArea-output img")
            assert len(picture.get_attribute("alt")) > 20
            assert picture.evaluate("async e => { await e.decode(); return e.naturalWidth; }")

    with step("the panel knows nothing is done"):
        _cell(page, "bigram-progress")
        _says(page, ".pk-panel", "0 of 8 exercises passed")
        page.evaluate("() => { document.querySelector('.pk-panel [aria-live]').kept = true; }")

    exercise = exercises_of("bigram")["probabilities"]
    with step("a wrong answer is explained"):
        seen = _answer(page, "bigram-probabilities-exercise", "    ...",
                       "return counts / counts.sum(axis=1)")
        verdict = exercise.check(lambda counts: counts / counts.sum(axis=1))
        assert verdict.status == "misconception"
        assert "✗ probabilities: not yet" in seen
        assert _plain(verdict.message) in seen
        _says(page, ".pk-panel", "tried once")

    with step("hints unfold"):
        cell = _cell(page, "bigram-probabilities-hints")
        found = cell.query_selector_all("details")
        assert len(found) == len(exercise.hints) + 1
        body = found[2].query_selector("code")
        assert not body.is_visible()
        found[2].query_selector("summary").click()
        assert body.is_visible()
        assert "keepdims=___" in body.inner_text()
        assert "`" not in cell.inner_text()

    with step("the right answer passes"):
        seen = _answer(page, "bigram-probabilities-exercise", "return counts",
                       "return counts / counts.sum(axis=1, keepdims=True)")
        assert "✓ probabilities: passed" in seen

    with step("the panel has followed"):
        _says(page, ".pk-panel", "1 of 8 exercises passed")
        _cell(page, "bigram-progress")
        assert page.get_attribute(".pk-panel .pk-arc", "stroke-dasharray") == "12.5 100"
        assert page.get_attribute(".pk-panel svg", "aria-label") == "1 of 8 exercises passed"
        done = page.inner_text(".pk-panel li.pk-is-done")
        assert " ".join(done.split()) == "✓ From counts to probabilities passed"
        # Changed in place: it would not be read out if it were another element.
        assert page.evaluate("() => document.querySelector('.pk-panel [aria-live]').kept")
        assert not page.is_visible(".pk-stale")

    with step("what happened is in the log"):
        found = [(e["module"], e["status"]) for e in progress_log.read(Folder(folder).progress)
                 if e.get("exercise") == "bigram.probabilities"]
        assert found == [("bigram", s) for s in ("not attempted", "misconception", "passed")]

    with step("formulas are typeset"):
        formulas = page.query_selector_all("mjx-container")
        assert len(formulas) > 10
        assert not page.query_selector_all("mjx-merror")
        assert not re.search(r"\$\\|\\frac", page.inner_text(".jp-Notebook"))

    with step("an answer is kept"):
        _do(page, "docmanager:save")
        assert not [o.line for o in update(ROOT / "notebooks", folder) if o.state != "same"]
        saved = (folder / notebook_of("bigram")).read_text(encoding="utf-8")
        assert "return counts / counts.sum(axis=1, keepdims=True)" in saved

    with step("the next exercise is a click away"):
        _cell(page, "bigram-progress")
        page.click(".pk-panel .pk-next a")
        _becomes_active(page, "bigram-count-pairs-prompt")
        heading = page.wait_for_selector("h3:has-text('Count the pairs')")
        page.wait_for_function("e => { const b = e.getBoundingClientRect(); "
                               "return b.top > 0 && b.bottom < innerHeight; }", arg=heading)

    with step("the next module opens from the last cell"):
        _cell(page, "bigram-next").query_selector("li a:has-text('MLP')").click()
        _ready(page, notebook_of("mlp"))

    with step("the map shows the progress when it is run again"):
        _do(page, "docmanager:open", path="00-start-here.ipynb")
        _ready(page, "00-start-here.ipynb")
        _run(page, "start-map")
        _says(page, ".pk-map .pk-is-begun", "1 of 8 passed")
        assert "Bigram" in page.inner_text(".pk-map .pk-next a")

    with step("a panel outlives its kernel and its browser"):
        page.goto("about:blank")
        for session in page.request.get(base.format("/api/sessions")).json():
            page.request.delete(base.format(f"/api/sessions/{session['id']}"))
        page.goto(base.format("/lab/tree/02-bigram.ipynb") + "&reset")
        _ready(page, notebook_of("bigram"))
        _cell(page, "bigram-progress")
        _says(page, ".pk-panel", "1 of 8 exercises passed")
        page.wait_for_selector(".jupyter-widgets-disconnected .pk-stale:visible")
        sign = page.evaluate("""() => getComputedStyle(
            document.querySelector('.jupyter-widgets-disconnected'), '::before').content""")
        assert sign == "none"
        assert not page.is_visible(".pk-panel img")

    with step("a solution shows its results before it is run or trusted"):
        page.goto(base.format("/lab/tree/solutions/02-bigram.ipynb"))
        _ready(page, "solutions/02-bigram.ipynb")
        trusted = page.evaluate(f"() => {{ {CURRENT} return all.some("
                                "c => c.model.type === 'code' && c.model.trusted); }")
        assert not trusted
        output = _cell(page, exercises[0]).wait_for_selector(".jp-OutputArea-output")
        assert ": passed" in output.inner_text()
        assert output.query_selector("div[style*=border-left]")
        drawn = [cell for cell, found in _outputs(page).items() if "<img" in str(found)]
        picture = _cell(page, drawn[0]).wait_for_selector(".jp-OutputArea-output img")
        assert picture.get_attribute("alt")
        assert picture.evaluate("async e => { await e.decode(); return e.naturalWidth; }")

    with step("nothing asked for news, nothing left the machine"):
        assert not page.query_selector_all(".Toastify__toast")
        hosts = {urlsplit(url).hostname for url in requests
                 if urlsplit(url).scheme not in ("data", "blob")}
        assert hosts == {"127.0.0.1"}
        assert not [url for url in requests if "/lab/api/news" in url]
        assert len(requests) > 20


# --- without a mouse --------------------------------------------------------------------------

FOCUSED = "() => (document.activeElement?.textContent ?? '').trim()"


def _tab_to(page, text: str, at_most: int = 40) -> None:
    """Press Tab until what has the focus says `text` and shows that it has it."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == text:
            outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            return
    raise AssertionError(f"{at_most} times Tab, and {text!r} was not reached")


def _press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _type_answer(page, cell_id: str, lines: list[str], line: str, typed: str) -> str:
    """With the cell active and not being edited: type over its `line` after the indent, run it."""
    before = _count(page, cell_id)
    _press(page, "Enter", "Control+Home", *["ArrowDown"] * lines.index(line), "End", "Shift+Home")
    page.keyboard.type(typed)
    _press(page, "Shift+Enter")
    return _result(page, cell_id, before)


def test_by_keyboard_alone(page, base, step, tmp_path):
    page.add_init_script("window.mice = 0; addEventListener('mousedown', () => mice++, true);")

    with step("the map is run with Shift and Enter"):
        page.goto(base.format("/"))
        _ready(page, "00-start-here.ipynb")
        _becomes_active(page, "start-title")
        page.wait_for_function("() => document.activeElement?.classList.contains('jp-Cell')")
        _press(page, "Shift+Enter")
        _becomes_active(page, "start-map")
        before = _count(page, "start-map")
        _press(page, "Shift+Enter")
        assert f"0 of {MODULES} modules done" in _result(page, "start-map", before)

    with step("Tab goes through the map and Enter opens a module"):
        _press(page, "ArrowUp")
        _becomes_active(page, "start-map")
        _tab_to(page, "2 · Bigram")
        _press(page, "Enter")
        _ready(page, notebook_of("bigram"))

    text = (tmp_path / "my path" / notebook_of("bigram")).read_text(encoding="utf-8")
    cells = {c["id"]: "".join(c["source"]) for c in json.loads(text)["cells"]}
    set_up = next(cell for cell, source in cells.items() if "path.ready(" in source)

    with step("the set-up cell is run, and a panel beside it"):
        for cell in list(cells)[: list(cells).index(set_up) + 1]:
            _becomes_active(page, cell)
            _press(page, "Shift+Enter")
        _press(page, "a", "Enter")  # a new cell above
        page.keyboard.type("path.progress()")
        _press(page, "Shift+Enter")
        _says(page, ".pk-panel", "0 of 8 exercises passed")

    with step("the checklist leads to an exercise, and the focus goes along"):
        _press(page, "ArrowUp")
        _tab_to(page, "From counts to probabilities")
        _press(page, "Enter")
        _becomes_active(page, "bigram-probabilities-prompt")

    exercise = "bigram-probabilities-exercise"
    lines = cells[exercise].splitlines()
    with step("a wrong answer is typed and explained"):
        _press(page, "ArrowDown")
        _becomes_active(page, exercise)
        wrong = "return counts / counts.sum(axis=1)"
        assert "not yet" in _type_answer(page, exercise, lines, "    ...", wrong)

    with step("a hint unfolds"):
        _becomes_active(page, "bigram-probabilities-hints")
        _tab_to(page, "Hint 1: a question", 10)
        _press(page, "Enter")
        page.wait_for_selector(".jp-mod-active details[open]")

    with step("the right answer passes and the panel follows"):
        _press(page, "Escape")
        _becomes_active(page, "bigram-probabilities-hints")
        _press(page, "ArrowUp")
        _becomes_active(page, exercise)
        lines[lines.index("    ...")] = wrong
        right = "return counts / counts.sum(axis=1, keepdims=True)"
        assert ": passed" in _type_answer(page, exercise, lines, wrong, right)
        _says(page, ".pk-panel", "1 of 8 exercises passed")

    with step("back to the map and on to the next module"):
        _press(page, "Control+Shift+[")
        _ready(page, "00-start-here.ipynb")
        _becomes_active(page, "start-map")
        before = _count(page, "start-map")
        _press(page, "Escape", "Shift+Enter")
        assert "1 of 8 passed" in _result(page, "start-map", before)
        _press(page, "ArrowUp")
        _tab_to(page, "3 · MLP")
        _press(page, "Enter")
        _ready(page, notebook_of("mlp"))
        assert page.evaluate("() => window.mice") == 0


# --- readable by everybody --------------------------------------------------------------------

# The lowest contrast of any text below an element, with what it is, as WCAG 2 counts it; what is
# shown to screen readers alone doesn't count. `opacity` and half transparent colours do.
CONTRAST = """root => {
  const probe = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const colour = text => {
    probe.clearRect(0, 0, 1, 1); probe.fillStyle = text; probe.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = probe.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
  const chain = e => { const all = []; for (; e; e = e.parentElement) all.push(e); return all; };
  const ground = e => chain(e).reverse().reduce(
    (below, one) => over(colour(getComputedStyle(one).backgroundColor), below), [255, 255, 255]);
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 :
    ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + .05) / (y + .05); };
  const found = [];
  const add = (e, what, paint) => {
    const below = ground(e), top = colour(paint);
    for (const one of chain(e)) top[3] *= getComputedStyle(one).opacity;
    found.push([ratio(over(top, below), below), what]);
  };
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const e = node.parentElement, box = e.getBoundingClientRect();
    if (!node.data.trim() || e.closest('style') || box.width < 2) continue;
    add(e, node.data.trim(), getComputedStyle(e).color);
  }
  for (const arc of root.querySelectorAll('.pk-arc')) {
    add(arc, 'the ring', getComputedStyle(arc).stroke);
  }
  return found.sort((a, b) => a[0] - b[0]);
}"""
TEXT, GRAPHICS = 4.5, 3.0


def _readable(page, selector: str, at_least: int) -> None:
    found = page.eval_on_selector(selector, CONTRAST)
    assert len(found) >= at_least
    low = [(round(ratio, 2), what) for ratio, what in found
           if ratio < (GRAPHICS if what == "the ring" else TEXT)]
    assert not low, low


def _theme(page, name: str) -> None:
    _do(page, "apputils:change-theme", theme=f"JupyterLab {name}")
    wanted = str(name == "Light").lower()
    page.wait_for_function("w => document.body.dataset.jpThemeLight === w "
                           "&& !document.getElementById('jupyterlab-splash')", arg=wanted)


@pytest.fixture
def some_progress(base, tmp_path) -> Folder:
    """A folder with a module done, one known, one begun, and a first page that was filled in."""
    folder = Folder(tmp_path / "my path")
    path = path_map.load(folder.path_map)
    at = NOON
    for name, count in (("bigram", 8), ("attention", 3)):
        for exercise in path.module(name).exercises[: count + 1]:
            at += timedelta(minutes=5)
            passed = exercise in path.module(name).exercises[:count]
            progress_log.append(folder.progress, "check", name, at, exercise=exercise.id,
                       status="passed" if passed else "raised")
    progress_log.append(folder.progress, "skip", "positions", at, known=True)
    page = folder.root / "00-start-here.ipynb"
    filled = first_page_with_progress(
        json.loads(page.read_text(encoding="utf-8")),
        replay(path, progress_log.read(folder.progress)),
    )
    page.write_text(json.dumps(filled, ensure_ascii=False), encoding="utf-8")
    return folder


def test_readable_by_everybody(page, base, some_progress, step):
    with step("a filled in map is seen before anything is run or trusted"):
        page.goto(base.format("/"))
        _ready(page, "00-start-here.ipynb")
        map_cell = _cell(page, "start-map")
        untrusted = map_cell.wait_for_selector(".jp-OutputArea-output")
        assert page.query_selector(".pk-map .pk-boxes")
        assert not page.query_selector(".pk-map style, .pk-map svg")
        ring = page.wait_for_selector(f".pk-map img[alt='2 of {MODULES} modules done']")
        assert ring.evaluate("async e => { await e.decode(); return e.naturalWidth; }") == 72
        assert ring.bounding_box()["width"] == 72
        tip = page.get_attribute(".pk-map .pk-m9", "title")
        assert tip == "Needs 7 · Attention, 8 · Positions"
        said = " ".join(untrusted.inner_text().split())
        for part in (f"2 of {MODULES} modules done", "✓ done", "≈ known already", "▸ 3 of 8 passed",
                     "needs 7, 8", "★"):
            assert part in said
        _readable(page, ".pk-map", 100)

    with step("it is as readable in the dark"):
        _theme(page, "Dark")
        _readable(page, ".pk-map", 100)

    with step("its links open tabs, by mouse and by keyboard"):
        page.click(".pk-map .pk-boxes a:has-text('Positions')")
        _ready(page, notebook_of("positions"))
        _do(page, "docmanager:open", path="00-start-here.ipynb")
        _ready(page, "00-start-here.ipynb")
        page.focus(".pk-map .pk-boxes a:has-text('Minds')")
        page.keyboard.press("Enter")
        _ready(page, notebook_of("minds"))
        _do(page, "docmanager:open", path="00-start-here.ipynb")

    with step("the map that was run is readable in the dark"):
        _ready(page, "00-start-here.ipynb")
        _run(page, "start-map")
        page.wait_for_selector(".pk-map style", state="attached")
        _readable(page, ".pk-map", 100)

    with step("and in the light"):
        _theme(page, "Light")
        _readable(page, ".pk-map", 100)

    with step("the map has roles and names"):
        tree = page.locator(".pk-map").aria_snapshot()
        for part in ('region "Map of the path"', f'img "2 of {MODULES} modules done"',
                     'link "7 · Attention"', "list:", "listitem:"):
            assert part in tree, tree
        shown = [a.inner_text() for a in page.query_selector_all(".pk-map .pk-boxes a")]
        assert [int(text.partition(" ")[0]) for text in shown] == list(range(1, MODULES + 1))

    with step("what a module needs stands out"):
        page.hover(".pk-map .pk-m9")
        page.wait_for_function("""() => {
            const edge = n => getComputedStyle(document.querySelector(`.pk-m${n}`)).borderTopColor;
            return edge(7) === edge(8) && edge(7) !== edge(6);
        }""")

    with step("the panel has roles and names"):
        _do(page, "docmanager:open", path=notebook_of("attention"))
        _ready(page, notebook_of("attention"))
        page.evaluate(f"""async () => {{ {CURRENT}
            const code = 'import pathkit as path; path.ready("attention")';
            await panel.sessionContext.session.kernel.requestExecute({{code}}).done; }}""")
        _run(page, "attention-progress")
        page.wait_for_selector(".pk-panel")
        tree = page.locator(".pk-panel").aria_snapshot()
        for part in ('region "Progress: Attention: a soft lookup you can differentiate"',
                     'img "3 of 8 exercises passed"', 'link "A softmax that survives"',
                     "list:", "tried once"):
            assert part in tree, tree
        assert tree.count("- listitem") == 8
        _readable(page, ".pk-panel", 20)

    with step("the panel is as readable in the dark"):
        _theme(page, "Dark")
        _readable(page, ".pk-panel", 20)

    with step("nothing is cut off where there is little room"):
        page.set_viewport_size({"width": 480, "height": 900})
        _do(page, "application:toggle-left-area")
        page.wait_for_function("""() => {
            const panel = document.querySelector('.pk-panel');
            return panel.clientWidth < 420 && panel.scrollWidth <= panel.clientWidth + 1;
        }""")
        _cell(page, "attention-progress")

    with step("nothing moves for those who asked for that"):
        moving = "e => getComputedStyle(e).transitionDuration"
        assert page.eval_on_selector(".pk-arc", moving) == "0.4s"
        page.emulate_media(reduced_motion="reduce")
        assert page.eval_on_selector(".pk-arc", moving) == "0s"
