"""Updates that are killed, that meet another one, or that run out of disk: nothing is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pathkit import cli
from pathkit.files import TEMPORARY
from pathkit.learner.folder import Folder
from pathkit.learner.update import backups
from pathkit.learner.update.workspace import update
from tests.learner.killer import Killer, restore
from tests.learner.learner_folders import BIGRAM, MLP, NAMES, answered, edited, files, noted

posix = pytest.mark.skipif(os.name != "posix", reason="forks and signals of POSIX")
RENAMED = "bigram (2).ipynb"
BACKUPS, LOCK = (str(p) for p in (Folder(Path()).backups, Folder(Path()).lock))


@pytest.fixture
def folder(tmp_path, old):
    """A folder with work in it, a renamed notebook, and one that is not in the next version."""
    folder = tmp_path / "mine"
    update(old, folder)
    edited(folder / BIGRAM, lambda nb: (answered(nb), noted(nb)))
    edited(folder / NAMES[4], noted)
    (folder / BIGRAM).rename(folder / RENAMED)
    return folder


# --- killed -----------------------------------------------------------------------------------

@pytest.fixture
def killer():
    killer = Killer()
    yield killer
    killer.end()


def lasting(folder: Path) -> dict[str, bytes]:
    """Everything in a folder but the backups, whose names tell the time, and the lock."""
    return {n: d for n, d in files(folder).items() if not n.startswith((BACKUPS, LOCK))}


@posix
@pytest.mark.slow
@pytest.mark.parametrize("kills", [500])
def test_killed_at_any_moment(old, new, folder, killer, kills):
    # The path loses a notebook: the learner's, untouched, is to be removed.
    (new / MLP).unlink()
    before = files(folder)
    update(new, folder)  # imports what it needs
    restore(folder, before)
    begun = time.monotonic()
    update(new, folder)
    whole = time.monotonic() - begun
    after = lasting(folder)
    assert after[BIGRAM] not in before.values()
    assert MLP not in after

    rng = random.Random(kills)
    killed = between = 0
    for _ in range(kills):
        restore(folder, before)
        is_killed = killer.run("update", new, folder, delay=rng.uniform(0, 1.2 * whole))
        killed += is_killed
        whole *= 1.04 if is_killed else 0.9  # a busy machine has no steady pace
        found = lasting(folder)
        for name in NAMES:
            assert found.get(name) in (before.get(name), after.get(name), before[RENAMED]), name
        assert found.get(RENAMED) in (before[RENAMED], None)
        assert found.get(BIGRAM) in (before[RENAMED], after[BIGRAM], None)
        assert (RENAMED in found) != (BIGRAM in found), "the learner's notebook, once"
        between += found not in (lasting_of(before), after)

        update(new, folder)
        assert lasting(folder) == after, "the next run completes it, and leaves nothing behind"
        kept = [path.read_bytes() for path in backups.versions(folder, BIGRAM)]
        assert kept == [before[RENAMED]]
        assert backups.newest(folder, MLP).read_bytes() == before[MLP]
    assert killed > kills / 2, f"only {killed} of {kills} updates were killed"
    assert between > kills / 4, f"only {between} of {kills} were caught between two states"


def lasting_of(content: dict[str, bytes]) -> dict[str, bytes]:
    return {n: d for n, d in content.items() if not n.startswith((BACKUPS, LOCK))}


def test_what_killed_runs_leave_behind_is_removed(new, folder):
    homes = ["", ".pathkit/base/", "solutions/", f"{BACKUPS}/02-bigram/"]
    left = [".pathkit/.plan.json.0123abcd", ".pathkit/.copied.json.0123abcd"]
    left += [f"{home}.{BIGRAM}.0123abcd" for home in homes]
    own = [f".{BIGRAM}.swp", f".{BIGRAM}.0123ABCD", f"data/.{BIGRAM}.0123abcd",
           ".pathkit/.settings.json.0123abcd"]
    for name in (*left, *own):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("half a noteb")
    os.utime(folder / left[0], (1, 1))  # written without the lock, and long ago
    assert all(TEMPORARY.fullmatch(Path(name).name) for name in left)
    update(new, folder)
    assert not [name for name in left if (folder / name).exists()]
    assert all((folder / name).exists() for name in own)


# --- two at once ------------------------------------------------------------------------------

UPDATER = """
import sys
from pathlib import Path
from pathkit.learner.update.workspace import update
folder, *releases = map(Path, sys.argv[1:])
print("go", flush=True)
while True:
    for notebooks in releases:
        update(notebooks, folder)
"""


def _updater(folder: Path, *releases: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", UPDATER, str(folder), *map(str, releases)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "go\n"
    return process


@pytest.mark.slow
def test_two_at_once(old, new, folder):
    processes = [_updater(folder, old, new), _updater(folder, new, old)]
    begun = time.monotonic()
    seen = set()
    while time.monotonic() < begun + (1.2 if len(seen) == 2 else 30):
        for name in (NAMES[1], NAMES[4]):
            text = (folder / name).read_text(encoding="utf-8")
            json.loads(text)
            seen.add("version 1" in text)
            assert ("my own note" in text) == (name == NAMES[4])
    ended = [p.poll() is not None for p in processes]
    errors = [(p.kill(), p.communicate()[1])[1] for p in processes]
    assert not any(ended), errors
    assert seen == {True, False}, "both were at work"
    # Either may have been killed half-way: running each once more completes what it had begun.
    update(old, folder)
    update(new, folder)
    text = (folder / BIGRAM).read_text()
    assert "return 42" in text
    assert "my own note" in text
    assert "version 2" in text


HOLDER = """
import sys, time
from pathlib import Path
from pathkit.learner.update.lock import locked
with locked(Path(sys.argv[1]), print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.slow
@posix
def test_a_second_run_waits_and_says_so(new, folder):
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        timer = threading.Timer(1.4, holder.kill)
        timer.start()
        begun = time.monotonic()
        said = []
        outcomes = update(new, folder, say=said.append)
        waited = time.monotonic() - begun
    assert waited > 1.3
    [line] = said
    assert line.startswith(f"another pathkit is updating {folder}; waiting")
    assert "merged" in {o.state for o in outcomes}, "a lock ends with the process that held it"


def test_nobody_waits_in_silence_when_nobody_is_there(new, folder):
    said = []
    update(new, folder, say=said.append)
    assert said == []


# --- a full disk, and one that can't be written -------------------------------------------------

# In a mount namespace of its own: a small file system in memory, gone when the process is.
ON_A_SMALL_DISK = """
import json, os, subprocess, sys
from pathlib import Path
from pathkit import cli
from pathkit.files import TEMPORARY
from pathkit.learner.update.workspace import update
sys.path.insert(0, sys.argv[1])
from tests.learner.killer import Killer, restore
from tests.learner.learner_folders import BIGRAM, answered, edited, files
old, new, disk = map(Path, sys.argv[2:5])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)], check=True)
folder = disk / "mine"

def start(project):
    try:
        cli.main(["--root", str(project), "start", str(folder), "--jupyter", "--version"])
    except SystemExit as ended:
        return ended.code

update(old / "notebooks", folder)
edited(folder / BIGRAM, answered)
before = files(folder)
found = {"codes": [], "broken": [], "left": []}

def look(code):
    found["codes"].append(code)
    now = files(folder)
    found["broken"] += [name for name in before if name.endswith(".ipynb")
                        and now[name] not in (before[name], after[name])]
    found["left"] += [name for name in now if TEMPORARY.fullmatch(Path(name).name)]

"""

FULL = ON_A_SMALL_DISK + """
import shutil
twin = disk.parent / "twin"
shutil.copytree(folder, twin)
update(new / "notebooks", twin)
after = files(twin)
for room in range(0, 22, 2):
    for name in files(disk):
        (disk / name).unlink()
    for name, data in before.items():
        (folder / name).write_bytes(data)
    space = os.statvfs(disk)
    (disk / "films").write_bytes(b"x" * (space.f_bavail * space.f_frsize - room * 1024))
    look(start(new))
(disk / "films").unlink()
update(new / "notebooks", folder)
now = files(folder)
found["incomplete"] = [name for name in before if name.endswith(".ipynb")
                       and now[name] != after[name]]
print(json.dumps(found))
"""

READ_ONLY = ON_A_SMALL_DISK + """
after = before
# Not the file system itself, which an ordinary user may be forbidden to change.
subprocess.run(["mount", "-o", "remount,bind,ro", str(disk)], check=True)
look(start(new))
print(json.dumps(found))
"""


def on_a_small_disk(script: str, tmp_path: Path, old: Path, new: Path):
    """Run a script that may mount a file system; skips where that isn't allowed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    allowed = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs tmpfs "{disk}"']
    if not shutil.which("unshare") or subprocess.run(allowed, capture_output=True).returncode:
        pytest.skip("no small disk can be made here: `unshare -rm` and a tmpfs are needed")
    command = ["unshare", "-rm", sys.executable, "-c", script, str(Path(__file__).parents[2]),
               str(old.parent), str(new.parent), str(disk)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout), result.stderr.splitlines()


def test_a_full_disk(tmp_path, old, new):
    found, told = on_a_small_disk(FULL, tmp_path, old, new)
    assert set(found.pop("codes")) == {cli.ENVIRONMENT}
    assert found == {"broken": [], "left": [], "incomplete": []}
    assert len(told) == 11, told
    for line in told:
        assert "No space left on device" in line
        assert line.endswith("Your notebooks are whole. Make room, then start again")


def test_a_read_only_disk(tmp_path, old, new):
    found, told = on_a_small_disk(READ_ONLY, tmp_path, old, new)
    assert found == {"codes": [cli.ENVIRONMENT], "broken": [], "left": []}
    [line] = told
    assert "can't be written: Read-only file system" in line
    assert "pathkit start FOLDER" in line


@posix
def test_a_limit_on_the_size_of_files(new, folder):
    """What a quota looks like where no small disk can be made."""
    before = files(folder)
    script = (
        "import resource, sys; from pathlib import Path; "
        "from pathkit.learner.update.workspace import update; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000));"
        "update(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    result = subprocess.run([sys.executable, "-c", script, str(new), str(folder)],
                            capture_output=True, text=True)
    assert "OSError: [Errno 27]" in result.stderr
    now = files(folder)
    assert now.get(BIGRAM, now.get(RENAMED)) == before[RENAMED]
    assert now[NAMES[4]] == before[NAMES[4]]
    assert now[MLP] in (before[MLP], (new / MLP).read_bytes())
    assert not [name for name in now if TEMPORARY.fullmatch(Path(name).name)]
    update(new, folder)
    assert "return 42" in (folder / BIGRAM).read_text()
