"""The learner's folder: their work is never lost, whatever happens while it is prepared."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathkit import cli
from pathkit.build import Place
from pathkit.errors import EnvironmentProblem
from pathkit.learner import start as starting
from pathkit.learner.workspace import RECORD, copy_notebooks

ROOT = Path(__file__).resolve().parents[1]
NAMES = ["00-start-here.ipynb", *(f"{i:02}-module.ipynb" for i in range(1, 28))]
posix = pytest.mark.skipif(os.name != "posix", reason="signals and permissions of POSIX")


def notebook(version: str, answer: str = "...") -> str:
    """A notebook as `pathkit build` writes it; the text makes it large enough to be cut."""
    cells = [
        {"cell_type": "markdown", "id": "a", "metadata": {},
         "source": [f"# {version}\n", "x" * 4000]},
        {"cell_type": "code", "execution_count": None, "id": "b", "metadata": {"tags": ["t"]},
         "outputs": [], "source": [answer]},
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, sort_keys=True) + "\n"


def release(root: Path, version: str, names=NAMES) -> Path:
    """A project folder with all notebooks in one version; returns the folder of notebooks."""
    notebooks = root / "notebooks"
    notebooks.mkdir(parents=True, exist_ok=True)
    (root / "curriculum.yaml").write_text("")
    (notebooks / "path.json").write_text("{}")
    for name in names:
        (notebooks / name).write_text(notebook(f"{name} {version}"))
    return notebooks


def states(notebooks: Path, folder: Path) -> dict[str, str]:
    return {c.name: c.state for c in copy_notebooks(notebooks, folder)}


def edited(path: Path, change) -> str:
    """Change a notebook as JupyterLab would and save it; returns the text."""
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    return path.read_text(encoding="utf-8")


@pytest.fixture
def old(tmp_path):
    return release(tmp_path / "old", "1")


@pytest.fixture
def new(tmp_path):
    return release(tmp_path / "new", "2")


@pytest.fixture
def folder(tmp_path, old):
    folder = tmp_path / "mine"
    assert set(states(old, folder).values()) == {"new"}
    return folder


# --- what is written and what isn't -----------------------------------------------------------


def test_first_copy_is_exact(old, folder):
    for name in NAMES:
        assert (folder / name).read_bytes() == (old / name).read_bytes()


def test_second_start_writes_nothing(old, folder):
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
    assert set(states(old, folder).values()) == {"same"}
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()} == before


def test_untouched_notebooks_are_updated(old, new, folder):
    assert set(states(new, folder).values()) == {"updated"}
    assert (folder / NAMES[3]).read_bytes() == (new / NAMES[3]).read_bytes()
    assert set(states(new, folder).values()) == {"same"}


@pytest.mark.parametrize(
    "change",
    [
        lambda nb: nb["cells"][1].update(source=["answer = 1"]),
        lambda nb: nb["cells"][0].update(source=["# my title"]),
        lambda nb: nb["cells"].append({"cell_type": "raw", "id": "c", "source": ["mine"]}),
        lambda nb: nb["cells"].pop(),
        lambda nb: nb["cells"].reverse(),
        lambda nb: nb["cells"][1].update(execution_count=1),
        lambda nb: nb["cells"][1].update(
            outputs=[{"output_type": "stream", "name": "stdout", "text": ["1"]}]
        ),
    ],
    ids=["answer", "text", "added", "removed", "moved", "run", "output"],
)
def test_touched_notebook_is_never_written(old, new, folder, change):
    mine = edited(folder / NAMES[2], change)
    for notebooks in (old, new, old, new):
        found = states(notebooks, folder)
        assert found.pop(NAMES[2]) == "kept"
        assert "kept" not in found.values()
        assert (folder / NAMES[2]).read_text(encoding="utf-8") == mine


def test_text_that_is_no_notebook_is_kept(old, new, folder):
    (folder / NAMES[2]).write_bytes(b"\xff\xfe half a note")
    (folder / NAMES[3]).write_text("[]")
    (folder / NAMES[4]).write_text("")
    found = states(new, folder)
    assert [found[NAMES[i]] for i in (2, 3, 4)] == ["kept"] * 3
    assert (folder / NAMES[2]).read_bytes() == b"\xff\xfe half a note"


def test_opened_and_saved_is_not_touched(new, folder):
    """JupyterLab writes the kernel's version into a notebook that was merely opened."""

    def opened(nb):
        nb["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
        nb["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
        for cell in nb["cells"]:
            cell["source"] = "".join(cell["source"]).splitlines(keepends=True)

    edited(folder / NAMES[2], opened)
    assert states(new, folder)[NAMES[2]] == "updated"


def test_opened_and_saved_is_left_alone_when_nothing_is_new(old, folder):
    mine = edited(folder / NAMES[2], lambda nb: nb["metadata"].update(language_info={"name": "x"}))
    assert states(old, folder)[NAMES[2]] == "same"
    assert (folder / NAMES[2]).read_text() == mine


def test_deleted_notebook_comes_back(old, folder):
    (folder / NAMES[5]).unlink()
    found = states(old, folder)
    assert found.pop(NAMES[5]) == "new"
    assert set(found.values()) == {"same"}


def test_answers_given_before_there_was_a_folder_are_kept(old, tmp_path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / NAMES[1]).write_text(notebook("of somebody else", "answer"))
    assert states(old, folder)[NAMES[1]] == "kept"


def test_learners_own_files_are_left_alone(old, new, folder):
    (folder / "notes.md").write_text("mine")
    (folder / "99-own.ipynb").write_text(notebook("own"))
    (folder / "data").mkdir()
    (folder / "data" / NAMES[1]).write_text("a copy of mine")
    states(new, folder)
    assert (folder / "notes.md").read_text() == "mine"
    assert (folder / "99-own.ipynb").read_text() == notebook("own")
    assert (folder / "data" / NAMES[1]).read_text() == "a copy of mine"


def test_module_that_left_the_path_stays_in_the_folder(new, folder):
    (new / NAMES[7]).unlink()
    states(new, folder)
    assert (folder / NAMES[7]).exists()


def test_update_that_was_skipped_changes_nothing(old, new, folder, tmp_path):
    """Untouched is what equals any version that was ever copied, not only the last one."""
    first = (folder / NAMES[1]).read_bytes()
    states(new, folder)
    (folder / NAMES[1]).write_bytes(first)  # restored from a backup
    assert states(release(tmp_path / "newer", "3"), folder)[NAMES[1]] == "updated"


@pytest.mark.parametrize(
    "damage",
    ["", "{", "null", "[]", '{"01-module.ipynb": 3}', '{"01-module.ipynb": [null]}', "\x00" * 99,
     "[" * 99_999],
    ids=["empty", "cut", "null", "list", "number", "nulls", "zeros", "deep"],
)
def test_damaged_record_costs_no_work(old, new, folder, damage):
    mine = edited(folder / NAMES[2], lambda nb: nb["cells"][1].update(source=["mine"]))
    (folder / RECORD).write_text(damage)
    assert set(states(old, folder).values()) == {"same", "kept"}
    assert (folder / NAMES[2]).read_text() == mine
    # The record has grown again: what is untouched is brought up to date.
    found = states(new, folder)
    assert found.pop(NAMES[2]) == "kept"
    assert set(found.values()) == {"updated"}


def test_damaged_record_and_a_new_version_keep_everything(new, folder):
    (folder / RECORD).write_bytes(b"\xff\xfe")
    assert set(states(new, folder).values()) == {"kept"}


def test_files_have_ordinary_permissions(folder):
    (folder / "ordinary").write_text("")
    assert (folder / NAMES[1]).stat().st_mode == (folder / "ordinary").stat().st_mode


# --- cut short, and two at once ---------------------------------------------------------------

COPIER = """
import sys
from pathlib import Path
from pathkit.learner.workspace import copy_notebooks
folder, *releases = map(Path, sys.argv[1:])
print("go", flush=True)
while True:
    for notebooks in releases:
        copy_notebooks(notebooks, folder)
"""


def _copier(folder: Path, *releases: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", COPIER, str(folder), *map(str, releases)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "go\n"
    return process


def _end(process: subprocess.Popen) -> str:
    process.kill()
    return process.communicate()[1]


def _whole(folder: Path, *releases: Path) -> None:
    for name in NAMES:
        if (folder / name).exists():
            assert (folder / name).read_bytes() in [(r / name).read_bytes() for r in releases]


def test_killed_at_any_moment(old, new, tmp_path):
    rng = random.Random(0)
    for attempt in range(10):
        folder = tmp_path / f"mine-{attempt}"
        process = _copier(folder, old, new)
        time.sleep(rng.uniform(0, 0.12))
        _end(process)
        _whole(folder, old, new)
        found = states(new, folder)
        assert "kept" not in found.values(), "a copy that was cut short passed for one's own work"
        assert (folder / NAMES[-1]).read_bytes() == (new / NAMES[-1]).read_bytes()


def test_killed_copy_keeps_the_learners_work(old, new, folder):
    rng = random.Random(1)
    mine = edited(folder / NAMES[9], lambda nb: nb["cells"][1].update(source=["mine"]))
    for _ in range(5):
        process = _copier(folder, new, old)
        time.sleep(rng.uniform(0, 0.12))
        _end(process)
        assert (folder / NAMES[9]).read_text() == mine


def test_two_at_once(old, new, folder):
    mine = edited(folder / NAMES[9], lambda nb: nb["cells"][1].update(source=["mine"]))
    processes = [_copier(folder, old, new), _copier(folder, new, old)]
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        for name in NAMES:
            if name != NAMES[9]:
                json.loads((folder / name).read_bytes())
    assert all(p.poll() is None for p in processes), [_end(p) for p in processes]
    for process in processes:
        _end(process)
    (folder / NAMES[9]).rename(folder / "saved")
    _whole(folder, old, new)
    assert (folder / "saved").read_text() == mine


# --- the command ------------------------------------------------------------------------------

# Stands for JupyterLab: says how it was called, and takes its time when it is told to stop.
FAKE = """
import json, os, signal, sys, time
def stop(number, frame):
    time.sleep(0.7)
    print("stopped by", number, flush=True)
    sys.exit(0)
signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
print(json.dumps([sys.argv[1:], os.environ["JUPYTER_CONFIG_PATH"]]), flush=True)
if "--end" in sys.argv:
    sys.exit(7)
time.sleep(30)
"""


@pytest.fixture
def root(tmp_path, old):
    return old.parent


@pytest.fixture
def fake(tmp_path, monkeypatch):
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "jupyterlab.py").write_text(FAKE)
    inherited = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "fake"), inherited]))


def _start(root: Path, folder: Path, *extra: str, **settings) -> subprocess.Popen:
    command = [sys.executable, "-c", "from pathkit.cli import main; main()", "--root", str(root)]
    command += ["start", str(folder), "--no-browser"]
    command += [part for option in extra for part in ("--jupyter", option)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=root,
        **settings,
    )


def test_folder_with_spaces_and_other_letters(root, fake, tmp_path):
    folder = tmp_path / "Mein Pfad à 学習 (1)"
    process = _start(root, folder, "--end")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 7, err
    arguments, config = json.loads(out)
    assert f"--ServerApp.root_dir={folder}" in arguments
    assert "--no-browser" in arguments
    assert sorted(p.name for p in folder.glob("*.ipynb")) == NAMES
    assert err.splitlines() == [f"your folder: {folder}", "notebooks copied: 28"]
    settings = Path(config.split(os.pathsep)[0]) / "labconfig" / "default_setting_overrides.json"
    assert json.loads(settings.read_text()) == starting.OVERRIDES


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_jupyter_may_end_in_its_own_time(root, fake, tmp_path, number):
    process = _start(root, tmp_path / "mine", start_new_session=True)
    process.stdout.readline()
    if number == signal.SIGINT:
        os.killpg(process.pid, number)  # what Ctrl-C does: both get it
    else:
        process.terminate()
    out, err = process.communicate(timeout=60)
    assert out == f"stopped by {int(number)}\n"
    assert process.returncode == 0, err


def _invoke(root: Path, folder: Path):
    return CliRunner().invoke(cli.main, ["--root", str(root), "start", str(folder)])


def _one_line(result, *words: str) -> None:
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.output
    assert all(word in lines[0] for word in words), lines
    assert result.exit_code == cli.ENVIRONMENT


def test_no_jupyterlab(root, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    _one_line(_invoke(root, tmp_path / "mine"), "JupyterLab is not installed", "make start")
    assert not (tmp_path / "mine").exists()


def test_no_notebooks(root, tmp_path):
    (root / "notebooks" / NAMES[0]).unlink()
    _one_line(_invoke(root, tmp_path / "mine"), "pathkit build")


def test_folder_below_a_file(root, tmp_path):
    (tmp_path / "file").write_text("")
    _one_line(_invoke(root, tmp_path / "file" / "mine"), "can't be written", "pathkit start FOLDER")


def test_full_disk(root, tmp_path, monkeypatch):
    def full(path, text):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("pathkit.learner.workspace.write_atomically", full)
    _one_line(_invoke(root, tmp_path / "mine"), "No space left on device")


def test_directory_in_the_place_of_a_notebook(tmp_path, root):
    (tmp_path / "mine" / NAMES[4]).mkdir(parents=True)
    with pytest.raises(EnvironmentProblem, match=NAMES[4]):
        starting.prepare(Place(root), tmp_path / "mine")


# Root may write everywhere, so this process gives its rights away first, after the imports.
AS_NOBODY = """
import os, sys
from pathkit import build, cli
from pathkit.learner import start
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
cli.main(sys.argv[1:])
"""


@posix
def test_read_only_folder(tmp_path):
    base = Path(tempfile.mkdtemp(prefix="pk-readonly-"))
    try:
        release(base / "root", "1", NAMES[:2])
        folder = base / "read only"
        folder.mkdir()
        for path in (base, base / "root", base / "root" / "notebooks"):
            path.chmod(0o755)
        folder.chmod(0o555)
        command = [sys.executable, "-c", AS_NOBODY, "--root", str(base / "root"), "start",
                   str(folder), "--no-browser"]
        found = subprocess.run(command, capture_output=True, text=True, cwd=base, timeout=60)
        assert found.returncode == cli.ENVIRONMENT, found.stderr
        assert len(found.stderr.splitlines()) == 1, found.stderr
        assert f"your folder {folder} can't be written: Permission denied" in found.stderr
        assert list(folder.iterdir()) == []
    finally:
        shutil.rmtree(base)


@pytest.mark.slow
def test_port_that_is_taken(root, tmp_path, monkeypatch):
    for name in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name))
    monkeypatch.setenv("HOME", str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = _start(
            root, tmp_path / "mine", "--ip=127.0.0.1", f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0", *(["--allow-root"] if _is_root() else []),
        )
        _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert f"port {port} is not available" in err
    assert "Traceback" not in err


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
