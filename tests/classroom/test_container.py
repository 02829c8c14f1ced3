"""Containers for learner code: what an engine is asked for, what is said without one, what is left.

Most tests have a stand-in for the engine's client, which writes down how it was called. Where a
real engine and its image are there, the attack suite in test_sandbox.py runs in containers, too.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathkit.classroom import sandboxes
from pathkit.classroom.inside_sandbox import inspection
from pathkit.classroom.inside_sandbox.inspection import versions
from pathkit.classroom.inside_sandbox.tighten import VARIABLE
from pathkit.classroom.sandboxes import NoSandbox, engine, image
from pathkit.classroom.sandboxes.container import container
from pathkit.classroom.sandboxes.contents import ALLOWED, ENVIRONMENT, PACKAGE
from pathkit.cli import main
from tests.this_machine import trouble

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
SECRET = "hunter2"
ENGINES = "docker", "podman"


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """`stand_in(name, **answers)`: a client that prints what it is told to, by subcommand.

    An answer that is None is a failure. Returns a function: the calls of a subcommand.
    """
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "env").symlink_to("/usr/bin/env")
    monkeypatch.setenv("PATH", str(folder))
    engine.is_podman.cache_clear()

    def made(name: str, **answers):
        log = tmp_path / f"{name}.log"
        answers = {"--version": f"{name} version 1", "images": "1a2b", "ps": "", "rm": ""} | answers
        cases = "".join(
            f"{subcommand}) echo '{text}'; exit 0;;\n"
            for subcommand, text in answers.items() if text is not None
        )
        new = tmp_path / "new"  # one that runs can't be written into
        new.write_text(
            "#!/bin/sh\n"
            f"printf '%s\\t' \"$@\" >> '{log}'; echo >> '{log}'\n"
            f'case "$1" in\n{cases}esac\n'
            "printf 'something else first\\nno engine is at home\\n' >&2; exit 1\n"
        )
        new.chmod(0o755)
        new.replace(folder / name)

        def calls(subcommand: str) -> list[list[str]]:
            lines = log.read_text().splitlines() if log.exists() else []
            return [call for line in lines if (call := line.split("\t")[:-1])[0] == subcommand]

        return calls

    yield made
    engine.is_podman.cache_clear()


def run_arguments(name: str) -> tuple[list[str], list[str], list[str]]:
    """The client with its settings, the options of `run`, and what runs in the container."""
    command = list(container(name).command)
    run, of = command.index("run"), command.index(image.name())
    return command[:run], command[run + 1 : of], command[of + 1 :]


@pytest.mark.parametrize("name", ENGINES)
def test_a_container_is_asked_for_with_nothing_that_it_could_do_harm_with(name, stand_in):
    stand_in(name)
    _, options, _ = run_arguments(name)
    pairs = list(zip(options, options[1:], strict=False))
    for pair in [("--network", "none"), ("--cap-drop", "ALL"), ("--pull", "never"),
                 ("--security-opt", "no-new-privileges"), ("--user", "65534:65534"),
                 ("--log-driver", "none"), ("--ipc", "private")]:
        assert pair in pairs
    for option in ("--rm", "--read-only", "--init=false", "--pids-limit", "--memory"):
        assert option in options
    asked = " ".join(options)
    for never in ("privileged", ".sock", "--device", "--cap-add", "unconfined", "--volume", "host"):
        assert never not in asked


@pytest.mark.parametrize("name", ENGINES)
def test_of_this_machine_it_sees_the_allowed_parts_and_may_not_write_them(name, stand_in):
    stand_in(name)
    _, options, _ = run_arguments(name)
    mounts = [value for option, value in zip(options, options[1:], strict=False)
              if option == "--mount"]
    parts = []
    for mount in mounts:
        kind, source, target, access = mount.split(",")
        assert kind == "type=bind" and access == "readonly"
        part = Path(source.removeprefix("source=")).relative_to(PACKAGE).as_posix()
        assert target == f"target=/pathkit/pathkit/{part}"
        parts.append(part)
    assert parts == [part for part in ALLOWED if (PACKAGE / part).exists()]
    folders = [value for option, value in zip(options, options[1:], strict=False)
               if option == "--tmpfs"]
    assert all(":ro," in folder or "size=" in folder for folder in folders)


@pytest.mark.parametrize("name", ENGINES)
def test_nothing_of_our_environment_goes_into_it(name, stand_in, monkeypatch):
    stand_in(name)
    monkeypatch.setenv("SECRET_TOKEN", SECRET)
    monkeypatch.setenv("DOCKER_HOST", "tcp://elsewhere:1")
    client, options, inside = run_arguments(name)
    assert client[:2] == ["env", "-i"] and "DOCKER_HOST=tcp://elsewhere:1" in client
    assert "--env" not in options and "-e" not in options and "--env-file" not in options
    given = dict(part.split("=", 1) for part in inside[1:-2])
    given.pop(VARIABLE, None)
    assert inside[0] == "-i" and inside[-2:] == ["python", "-m"]
    assert given == ENVIRONMENT | {"PATH": given["PATH"]}
    assert os.environ["HOME"] not in " ".join(inside)
    assert SECRET not in " ".join([*client, *options, *inside])


def test_each_process_that_grades_has_a_user_of_its_own(stand_in):
    stand_in("docker")
    users = {tuple(container("docker", 200_000 + n).command) for n in range(3)}
    numbers = {command[command.index("--user") + 1] for command in users}
    assert len(numbers) == 3
    for number in numbers:
        assert 1000 < int(number.partition(":")[0]) < 65536  # rootless engines have no others


def test_podman_is_known_under_dockers_name(stand_in):
    stand_in("docker", **{"--version": "podman version 4.3.1"})
    assert "--read-only-tmpfs=false" in container("docker").command


# --- where it can't be had --------------------------------------------------------------------


@pytest.mark.parametrize("answers, said", [
    (None, "docker: it isn't installed"),
    ({"ps": None}, "docker: no engine is at home"),
    ({"images": ""}, f"docker: there is no image {image.name()}; build it once with "
                     "`pathkit sandbox build`"),
    ({}, "docker: something else first no engine is at home"),
])
def test_what_is_missing_is_said_in_one_line(answers, said, stand_in):
    if answers is not None:
        stand_in("docker", **answers)
    with pytest.raises(NoSandbox) as found:
        sandboxes.best("docker")
    assert said in str(found.value) and "\n" not in str(found.value)


def test_an_image_with_other_versions_is_refused(stand_in):
    found = {"possible": [], "allowed": [], "prevented": ["everything"],
             "versions": versions() | {"numpy": "1.0"}}
    stand_in("docker", run=json.dumps(found))
    with pytest.raises(NoSandbox, match="docker: it has numpy 1.0, and answers are judged with "):
        sandboxes.best("docker")
    stand_in("docker", run=json.dumps(found | {"versions": versions()}))
    assert sandboxes.best("docker").protects == ("everything",)


def test_a_tunnel_that_is_down_is_no_network(monkeypatch):
    if sys.platform.startswith("linux"):
        assert inspection._is_up("lo")
    monkeypatch.setattr(socket, "if_nameindex", lambda: [(1, "lo"), (2, "tunl0")])
    for up in (True, False):
        monkeypatch.setattr(inspection, "_is_up", {"tunl0": up}.get)
        assert inspection._has_network() == up


def test_windows_itself_is_told_to_use_wsl(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(NoSandbox, match="on Windows, grading works in WSL only"):
        sandboxes.best()


def test_podman_is_built_for_by_name(stand_in):
    stand_in("podman", images="")
    with pytest.raises(NoSandbox, match="`pathkit sandbox build --engine podman`"):
        container("podman")


# --- the image --------------------------------------------------------------------------------


def test_the_image_is_named_after_what_is_in_it():
    from importlib.metadata import version

    numpy, torch = (version(name).partition("+")[0] for name in ("numpy", "torch"))
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert image.name() == f"pathkit-sandbox:python{python}-numpy{numpy}-torch{torch}"
    text = CliRunner().invoke(main, ["sandbox", "build", "--print"]).output
    assert text.startswith(f"FROM python:{python}-slim\n")
    assert f" numpy=={numpy} torch=={torch} matplotlib==" in text
    assert "COPY" not in text and "ADD" not in text


def test_the_image_is_built_when_asked_for_and_only_then(stand_in):
    calls = stand_in("docker", build="built")
    ran = CliRunner().invoke(main, ["sandbox", "build", "--base", "mine:1", "--", "--no-cache"])
    assert ran.exit_code == 0 and ran.output == f"{image.name()}\n"
    [call] = calls("build")
    assert call[:4] == ["build", "--tag", image.name(), "--no-cache"]
    container("docker")
    assert len(calls("build")) == 1 and not calls("pull")


def test_a_build_that_fails_and_one_without_an_engine_are_told(stand_in):
    ran = CliRunner().invoke(main, ["sandbox", "build"])
    assert ran.exit_code == 4 and ran.stderr == "docker: it isn't installed\n"
    stand_in("docker", build=None)
    ran = CliRunner().invoke(main, ["sandbox", "build"])
    assert ran.exit_code == 4 and ran.stderr.startswith(f"docker did not build {image.name()}")


# --- what is left behind ----------------------------------------------------------------------


def ended_process() -> subprocess.Popen:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process


def test_containers_of_processes_that_are_gone_are_removed_and_no_others(stand_in):
    ended = ended_process()
    here = engine.machine()
    calls = stand_in("docker", ps="\n".join([
        f"11 pathkit.sandbox={here}/{ended.pid}/a,maintainer=x",
        f"22 pathkit.sandbox={here}/{os.getpid()}/b",
        f"33 maintainer=x,pathkit.sandbox=another-{here}/{ended.pid}/c",
        f"44 map[maintainer:x pathkit.sandbox:{here}/{ended.pid}/d]",  # as Podman prints it
    ]))
    container("docker")
    assert calls("rm") == [["rm", "--force", "11", "44"]]
    assert calls("ps")[0][-3] == "label=pathkit.sandbox"


def test_a_sandbox_that_is_ended_takes_its_container_along(stand_in):
    calls = stand_in("docker", ps=f"77 pathkit.sandbox={engine.machine()}/{os.getpid()}/e", run="")
    place = container("docker")
    label = place.command[place.command.index("--label") + 1]
    running = sandboxes.start(place, "some.module", memory=2**30)
    assert not calls("rm")
    sandboxes.end(running)
    assert calls("ps")[-1][-3] == f"label={label}" and calls("rm") == [["rm", "--force", "77"]]


def test_an_engine_that_has_gone_does_not_keep_grading_from_its_end(stand_in):
    stand_in("docker")
    running = sandboxes.start(container("docker"), "some.module", memory=2**30)
    stand_in("docker", ps=None)
    sandboxes.end(running)


def test_the_engine_limits_the_memory(stand_in):
    calls = stand_in("docker", run="")
    running = sandboxes.start(container("docker"), "some.module", "--torch", memory=12345678)
    running.wait()
    [call] = calls("run")
    assert call.count("12345678") == 2 and call[-2:] == ["some.module", "--torch"]
    sandboxes.end(running)


# --- with a real engine -----------------------------------------------------------------------


@pytest.fixture(params=ENGINES)
def real(request, each_sandbox):
    """An engine that is here, with its image."""
    if trouble(request.param):
        pytest.skip(f"nothing is shown about {request.param}: {trouble(request.param)}")
    return request.param


GRADES = """
import sys
from pathkit.classroom.grading.limits_and_results import Job
from pathkit.classroom.grading.one_exercise import grade
code = "def probabilities(counts):\\n    while True: pass"
print("at work", flush=True)
grade(Job("bigram", "probabilities", code, 5), sys.argv[1])
"""


def left(name: str, process: int) -> list[str]:
    listed = engine.ask(name, "ps", "--all", "--filter", f"label={engine.LABEL}", "--format",
                        "{{.Labels}}")
    return [line for line in listed.splitlines() if f"/{process}/" in line]


@pytest.mark.slow
def test_no_container_outlives_a_grader_that_is_killed(real):
    grader = subprocess.Popen([sys.executable, "-c", GRADES, real], stdout=subprocess.PIPE)
    grader.stdout.readline()
    until = time.monotonic() + 60
    while not left(real, grader.pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert left(real, grader.pid)
    grader.send_signal(signal.SIGKILL)
    grader.wait()
    container(real)
    assert not left(real, grader.pid)
