"""A memory limit for all processes of a sandbox together, where this machine lets us have one."""

from __future__ import annotations

import os
import subprocess
import textwrap
from pathlib import Path

import pytest

from pathkit.classroom import sandboxes
from pathkit.classroom.grading import sandbox_process
from pathkit.classroom.grading.limits_and_results import Job, Limits
from pathkit.classroom.grading.one_exercise import grade
from pathkit.classroom.sandboxes import cgroups
from tests.classroom.test_sandbox import ALONE, alone
from tests.this_machine import trouble

MEMORY = 2**27


@pytest.fixture
def groups():
    """The way of making groups with folders that works here."""
    if cgroups._way() not in (cgroups._version_1, cgroups._version_2):
        pytest.skip("no control groups may be made here, so nothing is shown about them")


def run(group: cgroups.Group, *command: str) -> subprocess.CompletedProcess:
    return subprocess.run([*group.command, *command], env=cgroups.environment(group),
                          capture_output=True, text=True)


def test_a_group_holds_its_processes_and_is_gone_afterwards(groups):
    made = cgroups.group(MEMORY)
    said = run(made, "cat", "/proc/self/cgroup").stdout
    assert all(folder.is_dir() and folder.name in said for folder in made.folders)
    made.remove()
    assert made.folders and not any(folder.exists() for folder in made.folders)


def test_processes_share_the_limit(groups):
    made = cgroups.group(MEMORY)
    holds = "import sys; x = b'x' * int(sys.argv[1]); print(len(x))"
    fits, not_fits = (run(made, "python3", "-c", holds, str(n)) for n in (2**24, 2**28))
    made.remove()
    assert fits.returncode == 0 and not_fits.returncode == -9


def test_groups_of_a_run_that_was_killed_are_removed_by_the_next(groups):
    made = cgroups.group(MEMORY)
    gone = subprocess.Popen(["true"])
    gone.wait()
    stale = [folder.parent / f"{cgroups.PREFIX}{gone.pid}-0" for folder in made.folders]
    for folder in stale:
        folder.mkdir()
    made.remove()
    cgroups.group(MEMORY).remove()
    assert not any(folder.exists() for folder in stale)


def test_systemd_is_asked_for_the_limits_and_told_nothing_else(monkeypatch, tmp_path):
    noted = tmp_path / "noted"
    fake = tmp_path / "systemd-run"
    fake.write_text(textwrap.dedent(f"""\
        #!/bin/sh
        printf '%s\\n' "$@" "bus $DBUS_SESSION_BUS_ADDRESS" > {noted}
        while [ "$1" != -- ]; do shift; done
        shift
        exec "$@"
        """))
    fake.chmod(0o755)
    monkeypatch.setattr(cgroups, "PATH", f"{tmp_path}:{cgroups.PATH}")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/somewhere")
    ran = run(cgroups._systemd(MEMORY), "env")
    assert ran.stdout.startswith("PATH=") and "DBUS" not in ran.stdout
    said = noted.read_text().splitlines()
    assert {"--user", "--scope", f"MemoryMax={MEMORY}", "MemorySwapMax=0"} <= set(said)
    assert f"TasksMax={cgroups.PROCESSES}" in said and said[-1] == "bus unix:path=/somewhere"


def test_where_no_group_can_be_had_there_is_none(monkeypatch):
    def refused(memory: int) -> cgroups.Group:
        raise PermissionError("not yours")

    cgroups._way.cache_clear()
    for way in ("_version_1", "_version_2", "_systemd"):
        monkeypatch.setattr(cgroups, way, refused)
    try:
        assert cgroups.group(MEMORY) == cgroups.Group()
    finally:
        cgroups._way.cache_clear()


def test_a_divisible_group_of_version_2_is_looked_for_above_our_own(monkeypatch, tmp_path):
    own = tmp_path / "user.slice" / "app.slice" / "terminal.scope"
    own.mkdir(parents=True)
    for folder, kinds in ((tmp_path, "cpu memory"), (own.parent.parent, "cpu memory pids"),
                          (own.parent, "cpu memory pids"), (own, "")):
        (folder / "cgroup.subtree_control").write_text(kinds + "\n")
    monkeypatch.setattr(cgroups, "_mounted", lambda kind, option: tmp_path)
    monkeypatch.setattr(cgroups, "_own", lambda kind: Path("/user.slice/app.slice/terminal.scope"))
    made = cgroups._version_2(MEMORY)
    [folder] = made.folders
    assert folder.parent == own.parent
    assert (folder / "memory.max").read_text() == str(MEMORY)


@pytest.mark.slow
@pytest.mark.usefixtures("each_sandbox")
def test_memory_over_children_ends_what_holds_most(groups, monkeypatch):
    monkeypatch.setitem(sandboxes.WAYS, ALONE, alone)
    if trouble(ALONE):
        pytest.skip(f"nothing is shown about {ALONE}: {trouble(ALONE)}")
    monkeypatch.setattr(sandbox_process, "OWN_MEMORY", 0)
    body = """
        import os, time
        def probabilities(counts):
            reader, writer = os.pipe()
            for _ in range(5):
                if os.fork() == 0:
                    held = b"x" * 60_000_000
                    os.write(writer, b".")
                    time.sleep(30)
                os.read(reader, 1)
            held = b"x" * 350_000_000
            return counts
        """
    limits = Limits(cpu=5, wall=15, memory=600_000_000)
    found = grade(Job("bigram", "probabilities", textwrap.dedent(body), 5, limits), ALONE)
    assert found.contained == "killed" and "most likely for its memory" in found.verdict.message
    own = f"{cgroups.PREFIX}{os.getpid()}-"
    assert any(own in str(folder) for group in sandboxes.sandbox.GROUPS.values()
               for folder in group.folders)
