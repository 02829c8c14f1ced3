"""A learner's first hour in a real JupyterLab, in a real browser, without a network."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pathkit.exercise import exercises_of
from pathkit.learner.workspace import copy_notebooks

sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

ROOT = Path(__file__).resolve().parents[1]
MODULES = 27
PATIENCE = 60  # seconds, for one step on a busy machine
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

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
    log = tmp_path / "server.log"
    with log.open("w") as file:
        server = subprocess.Popen(command, env=_environment(tmp_path), stdout=file, stderr=file)
    try:
        _wait_for(server, address.format("/api/status"), log)
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


def _wait_for(server: subprocess.Popen, address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(address, timeout=5).close()
            return
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture
def page():
    """A page of a Chromium of this machine; skips where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    with sync_api.sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, names)), playwright.chromium.executable_path)
        if not Path(found).exists():
            pytest.skip("no browser: `apt install chromium` or `playwright install chromium`")
        with playwright.chromium.launch(executable_path=found, args=FLAGS) as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(PATIENCE * 1000)
            yield page


@contextlib.contextmanager
def step(page, name: str) -> Iterator[None]:
    """Part of the test; when it fails, a picture of the page is kept and named."""
    try:
        yield
    except Exception as error:
        folder = Path(tempfile.mkdtemp(prefix="pathkit-browser-"))
        picture = folder / f"{re.sub('[^a-z]+', '-', name.lower())}.png"
        with contextlib.suppress(Exception):
            page.screenshot(path=picture)
        raise AssertionError(f"{name}: {error}\nscreenshot: {picture}") from error


# --- what a learner does and sees -------------------------------------------------------------

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


def _do(page, command: str) -> None:
    page.evaluate("async name => { await window.jupyterapp.commands.execute(name); }", command)


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


def _answer(page, cell_id: str, line: str, typed: str) -> str:
    """Put the cursor into `line` of a cell, type over it, run; gives the rendered output."""
    cell = _cell(page, cell_id)
    before = page.evaluate(f"id => {{ {CURRENT} return all.find("
                           "c => c.model.id === id).model.executionCount; }", cell_id)
    cell.query_selector(f".cm-line:has-text({json.dumps(line)})").click()
    for key in ("End", "Shift+Home"):
        page.keyboard.press(key)
    page.keyboard.type(typed)
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(f"""([id, before]) => {{ {CURRENT}
        const cell = all.find(c => c.model.id === id);
        const count = cell.model.executionCount;
        return count && count !== before && cell.model.outputs.length;
    }}""", arg=[cell_id, before])
    output = _cell(page, cell_id).wait_for_selector(".jp-OutputArea-output")
    assert output.is_visible()
    return " ".join(output.inner_text().split())


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def test_first_hour(base, page, tmp_path):
    folder = tmp_path / "my path"
    requests: list[str] = []
    page.context.on("request", lambda request: requests.append(request.url))

    with step(page, "the first page shows the whole path"):
        page.goto(base.format("/"))
        _ready(page, "00-start-here.ipynb")
        links = "[...document.querySelectorAll('.jp-RenderedMarkdown td a')]"
        page.wait_for_function(f"() => {links}.length === {MODULES}")
        assert "Bootstrap" in page.inner_text(".jp-RenderedMarkdown h1")

    with step(page, "to open and to save is not to touch"):
        _do(page, "docmanager:save")
        states = {c.name: c.state for c in copy_notebooks(ROOT / "notebooks", folder)}
        assert set(states.values()) == {"same"}, states

    with step(page, "a link opens a notebook"):
        page.click(".jp-RenderedMarkdown td a:has-text('Bigram')")
        _ready(page, "02-bigram.ipynb")

    notebook = json.loads((folder / "02-bigram.ipynb").read_text(encoding="utf-8"))
    roles = {c["id"]: c["metadata"]["pathkit"]["role"] for c in notebook["cells"]}
    exercises = [cell for cell, role in roles.items() if role == "exercise"]

    with step(page, "untouched, every cell runs"):
        _do(page, "notebook:run-all-cells")
        outputs = _outputs(page)
        errors = {cell: o["evalue"] for cell, found in outputs.items() for o in found
                  if o["output_type"] == "error"}
        assert not errors
        said = {cell: str(outputs[cell]) for cell in exercises}
        assert len(said) > 5
        assert all("not attempted" in text for text in said.values()), said

    with step(page, "figures can be read and heard"):
        drawn = [cell for cell, found in outputs.items() if "<img" in str(found)]
        assert len(drawn) >= 4
        for cell in drawn:
            picture = _cell(page, cell).wait_for_selector(".jp-OutputArea-output img")
            assert len(picture.get_attribute("alt")) > 20
            assert picture.evaluate("async e => { await e.decode(); return e.naturalWidth; }")

    exercise = exercises_of("bigram")["probabilities"]
    with step(page, "a wrong answer is explained"):
        seen = _answer(page, "bigram-probabilities-exercise", "    ...",
                       "return counts / counts.sum(axis=1)")
        verdict = exercise.check(lambda counts: counts / counts.sum(axis=1))
        assert verdict.status == "misconception"
        assert "✗ probabilities: not yet" in seen
        assert _plain(verdict.message) in seen

    with step(page, "hints unfold"):
        cell = _cell(page, "bigram-probabilities-hints")
        found = cell.query_selector_all("details")
        assert len(found) == len(exercise.hints) + 1
        body = found[2].query_selector("code")
        assert not body.is_visible()
        found[2].query_selector("summary").click()
        assert body.is_visible()
        assert "keepdims=___" in body.inner_text()
        assert "`" not in cell.inner_text()

    with step(page, "the right answer passes"):
        seen = _answer(page, "bigram-probabilities-exercise", "return counts",
                       "return counts / counts.sum(axis=1, keepdims=True)")
        assert "✓ probabilities: passed" in seen

    with step(page, "formulas are typeset"):
        formulas = page.query_selector_all("mjx-container")
        assert len(formulas) > 10
        assert not page.query_selector_all("mjx-merror")
        assert not re.search(r"\$\\|\\frac", page.inner_text(".jp-Notebook"))

    with step(page, "an answer is kept"):
        _do(page, "docmanager:save")
        states = {c.name: c.state for c in copy_notebooks(ROOT / "notebooks", folder)}
        assert states["02-bigram.ipynb"] == "kept"

    with step(page, "a solution shows its results before it is run or trusted"):
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

    with step(page, "nothing asked for news, nothing left the machine"):
        assert not page.query_selector_all(".Toastify__toast")
        hosts = {urlsplit(url).hostname for url in requests
                 if urlsplit(url).scheme not in ("data", "blob")}
        assert hosts == {"127.0.0.1"}
        assert not [url for url in requests if "/lab/api/news" in url]
        assert len(requests) > 20
