"""`pathkit doctor` on installations that are really broken."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pathkit import installation, progress_log
from pathkit.doctor import finding, home, imports, interpreter, kernel, machine, versions
from pathkit.doctor.path import look_at_path
from pathkit.doctor.project import Project, import_name
from pathkit.doctor.trial import trial
from pathkit.learner.origin import Origin
from pathkit.learner.update import backups
from pathkit.setup import supported
from pathkit.setup.stamp import STAMP
from tests.commands.test_imports import imported
from tests.learner.test_commands import HEAVY, notebook, one_line, pathkit, process
from tests.learner.test_progress import PATH, ROOT, make_folder
from tests.this_machine import lives

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


def package(place: Path, name: str, source: str = "") -> Path:
    """A package that Python finds in `place`; returns `place`."""
    (place / name).mkdir(parents=True)
    (place / name / "__init__.py").write_text(source)
    return place


def installed(place: Path, name: str, version: str, *requires: str) -> Path:
    """The record of an installed package; returns its folder."""
    info = place / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {line}" for line in requires]
    (info / "METADATA").write_text("\n".join(lines) + "\n")
    return info


def project(root: Path, *needs: str, pins: str = "") -> Project:
    """A project that needs these packages."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "pyproject.toml").write_text(f"[project]\ndependencies = {json.dumps(needs)}\n")
    (root / "constraints.txt").write_text(pins)
    return Project(root)


def told(findings) -> list[tuple[str, str]]:
    return [(f.what, f.state) for f in findings]


def test_a_finding_is_a_line_and_what_mends_it():
    assert str(finding.fine("disk", "there is room")) == "✓ disk: there is room"
    assert str(finding.wrong("torch", "is missing", "pip install torch")) == (
        "✗ torch: is missing\n    pip install torch"
    )
    assert str(finding.remark("a", "b")).startswith("– ")


def test_commands_can_be_pasted(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/my path/python")
    expected = '"/my path/python" -m pip' if os.name == "nt" else "'/my path/python' -m pip"
    assert installation.python("-m", "pip") == expected


def test_the_doctor_imports_nothing_that_may_be_broken():
    found = imported("import pathkit.commands.doctor, pathkit.doctor.examine")
    assert not found & (HEAVY | {"rich", "jupyterlab", "filelock", "packaging", "platformdirs"})


# --- Python and the set-up --------------------------------------------------------------------


def test_python_of_every_age(monkeypatch):
    assert told(interpreter.look_at_python())[0] == ("Python", "fine")
    monkeypatch.setattr(supported, "NEWEST", (3, 10))
    assert told(interpreter.look_at_python())[0] == ("Python", "remark")
    monkeypatch.setattr(supported, "OLDEST", (3, 99))
    first = next(interpreter.look_at_python())
    assert first.state == "wrong" and "make start" in first.mend


@pytest.mark.parametrize(("stamp", "expected"), [
    (None, []), ({"done": False}, [("set-up", "wrong")]), ({"done": True}, [("set-up", "remark")]),
])
def test_a_set_up_that_was_cut_short_or_is_outdated(tmp_path, monkeypatch, stamp, expected):
    if stamp is not None:
        (tmp_path / STAMP).write_text(json.dumps({"venv": str(tmp_path), **stamp}))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    found = list(interpreter.look_at_python())
    assert told(found)[1:] == expected
    assert all(f.mend == "make start" for f in found[1:])


# --- versions ---------------------------------------------------------------------------------


def test_packages_that_are_there_are_one_line(tmp_path, monkeypatch):
    installed(tmp_path / "site", "alpha", "1.5", "beta>=2", "gamma; extra == 'more'",
              "delta; python_version < '3'")
    installed(tmp_path / "site", "beta", "2.1")
    monkeypatch.syspath_prepend(tmp_path / "site")
    needs = project(tmp_path, "alpha>=1", pins="alpha==1.5\nbeta==2.1\n")
    assert told(versions.look_at_versions(needs)) == [("packages", "fine")]


def test_missing_packages_are_named_with_who_needs_them(tmp_path, monkeypatch):
    installed(tmp_path / "site", "alpha", "1.5", "no-such-beta>=2")
    monkeypatch.syspath_prepend(tmp_path / "site")
    needs = project(tmp_path, "alpha>=1", "no-such-gamma")
    found = list(versions.look_at_versions(needs))
    assert told(found) == [("packages", "wrong")]
    assert found[0].says == "2 are not installed: no-such-gamma, no-such-beta"
    assert found[0].mend == installation.python(
        "-m", "pip", "install", "--constraint", str(tmp_path / "constraints.txt"),
        "--editable", str(tmp_path),
    )
    [found] = versions.look_at_versions(project(tmp_path, "alpha>=1"))
    assert found.what == "no-such-beta" and "alpha needs it" in found.says


def test_a_missing_torch_comes_first_and_from_its_own_index(tmp_path, monkeypatch):
    monkeypatch.setattr("pathkit.doctor.versions.installed", lambda name: None)
    found = list(versions.look_at_versions(project(tmp_path, "numpy", "torch==2.13.0", "click")))
    assert told(found) == [("torch", "wrong"), ("packages", "wrong")]
    assert supported.TORCH in found[0].mend and "numpy, click" in found[1].says


def test_versions_that_do_not_suit_are_wrong_and_others_a_remark(tmp_path, monkeypatch):
    installed(tmp_path / "site", "alpha", "0.5")
    installed(tmp_path / "site", "beta", "3.0+cpu")
    monkeypatch.syspath_prepend(tmp_path / "site")
    needs = project(tmp_path, "alpha>=1", "beta", pins="alpha==1.5\nbeta==2.1\nunused==1\n")
    found = list(versions.look_at_versions(needs))
    assert told(found) == [("alpha", "wrong"), ("versions", "remark")]
    assert "0.5 is installed, and pathkit needs alpha>=1" in found[0].says
    assert "beta 3.0+cpu (tried: 2.1)" in found[1].says and "alpha" not in found[1].says


def test_half_a_package_is_a_missing_package(tmp_path, monkeypatch):
    (tmp_path / "site" / "alpha-1.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert told(versions.look_at_versions(project(tmp_path, "alpha"))) == [("alpha", "wrong")]


def test_torch_comes_from_the_index_of_cpu_builds_on_linux(tmp_path, monkeypatch):
    needs = project(tmp_path, "torch==2.13.0")
    for system, expected in (("linux", True), ("darwin", False)):
        monkeypatch.setattr(sys, "platform", system)
        command = needs.install("torch")
        assert (supported.CPU_INDEX in command) is expected and supported.TORCH in command


def test_the_doctor_does_without_packaging(tmp_path, monkeypatch):
    installed(tmp_path / "site", "alpha", "1.5", "no-such-beta; os_name == 'x'", "no-such-gamma")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setitem(sys.modules, "packaging.requirements", None)
    found = told(versions.look_at_versions(project(tmp_path, "alpha>=1")))
    assert found == [("no-such-gamma", "wrong")]


def test_without_the_project_the_metadata_say_what_is_needed(tmp_path, monkeypatch):
    installed(tmp_path / "site", installation.NAME.replace("-", "_"), "1.0", "numpy>=1")
    monkeypatch.syspath_prepend(tmp_path / "site")
    alone = Project(None)
    assert alone.names() == ["numpy"] and alone.pins() == {}
    assert alone.install("numpy") == installation.python("-m", "pip", "install", "numpy")


def test_what_this_project_needs_is_read_from_its_own_file():
    this = Project.found()
    assert this.root == ROOT and "torch" in this.names() and "pytest" not in this.names()
    assert this.pins()["numpy"][0].isdigit()


# --- imports ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("package", "files", "expected"), [
    ("PyAlpha", ["alpha/__init__.py", "alpha/b.py", "_alpha/__init__.py"], "alpha"),
    ("alpha-beta", ["alpha_beta/__init__.py", "tests/a.py", "tests/b.py"], "alpha_beta"),
    ("alpha.beta", ["alpha/beta/__init__.py", "alpha/beta/c.py"], "alpha.beta"),
    ("alpha-beta", ["alpha_beta.py", "../bin/alpha.py"], "alpha_beta"),
    ("alpha-beta", ["__editable__.alpha_beta.pth"], "alpha_beta"),
    ("alpha-beta", [], "alpha_beta"),
])
def test_a_package_is_imported_by_what_it_has_installed(tmp_path, monkeypatch, package, files,
                                                        expected):
    home = installed(tmp_path / "site", package, "1.0")
    (home / "RECORD").write_text("".join(f"{file},,\n" for file in files))
    for file in files:  # some Pythons leave out what isn't there
        (home.parent / file).parent.mkdir(parents=True, exist_ok=True)
        (home.parent / file).touch()
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert import_name(package) == expected


def test_a_package_that_is_not_there_is_imported_by_its_name():
    assert import_name("no-such-package") == "no_such_package"


def test_a_package_with_another_name_than_its_module_is_installed_anew_by_its_own(tmp_path):
    pins = "beautifulsoup4==4.12\n"  # which no kernel has loaded before a notebook does
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "bs4.py").write_text("x = 1 / 0")
    [found] = imports.look_at_imports(project(tmp_path, "beautifulsoup4", pins=pins),
                                      tmp_path / "mine")
    assert found.what == "bs4" and str(tmp_path / "mine" / "bs4.py") in found.mend
    needs = project(tmp_path, "beautifulsoup4", pins=pins)
    assert imports._mend_import(needs, "bs4", "beautifulsoup4", None).endswith(
        "beautifulsoup4==4.12")


def test_a_file_that_a_kernel_never_sees_breaks_no_import(tmp_path):
    """What a kernel needs itself is loaded before the folder comes first."""
    for name in ("random", "tokenize", "dateutil"):
        (tmp_path / f"{name}.py").write_text("x = 1 / 0")
    [found] = imports.look_at_imports(project(tmp_path, "numpy", "python-dateutil"), tmp_path)
    assert (found.what, found.state) == ("imports", "fine")


def first(monkeypatch, place: Path) -> None:
    """Let processes find the packages in `place` before all others."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(place), str(ROOT / "src")]))


def test_packages_that_a_notebook_can_import(tmp_path):
    needs = project(tmp_path, "numpy", "click", "no-such-package")
    assert told(imports.look_at_imports(needs, None)) == [("imports", "fine")]


def test_a_broken_package_is_named_with_what_it_says(tmp_path, monkeypatch):
    source = "raise ImportError('libblas is missing\\nat all')"
    place = package(tmp_path / "broken", "numpy", source)
    first(monkeypatch, place)
    found = list(imports.look_at_imports(project(tmp_path, "numpy", "click"), None))
    assert told(found) == [("numpy", "wrong")]
    assert "can't be imported: ImportError: libblas is missing" in found[0].says
    assert f"take {place} out of the environment variable PYTHONPATH" in found[0].mend


@posix
def test_a_package_that_brings_python_down_hides_no_other(tmp_path, monkeypatch):
    place = package(tmp_path / "broken", "numpy", "import os; os.abort()")
    package(tmp_path / "broken", "rich", "import os; os._exit(3)")
    first(monkeypatch, place)
    found = list(imports.look_at_imports(project(tmp_path, "numpy", "click", "rich"), None))
    assert told(found) == [("numpy", "wrong"), ("rich", "wrong")]
    assert "it was ended by SIGABRT" in found[0].says and "code 3" in found[1].says


@pytest.mark.slow
def test_a_package_that_never_loads_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(imports, "SECONDS", 1.5)
    first(monkeypatch, package(tmp_path / "broken", "numpy", "import time; time.sleep(600)"))
    found = list(imports.look_at_imports(project(tmp_path, "numpy", "click"), None))
    assert told(found) == [("numpy", "wrong")] and "nothing within 2 seconds" in found[0].says


def test_a_package_that_comes_from_somewhere_else_is_wrong(tmp_path, monkeypatch):
    place = package(tmp_path / "other", "click")
    first(monkeypatch, place)
    [found, *_] = imports.look_at_imports(project(tmp_path, "click"), None)
    assert found.state == "wrong" and f"is taken from {place}" in found.says
    assert "PYTHONPATH" in found.mend


def test_a_file_of_the_learner_that_hides_a_package(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "click.py").write_text("x = 1 / 0")
    [found] = imports.look_at_imports(project(tmp_path, "click"), tmp_path / "mine")
    assert found.state == "wrong" and "ZeroDivisionError" in found.says
    assert found.mend == f"rename or move {tmp_path / 'mine' / 'click.py'}"


def test_a_broken_copy_is_installed_anew(tmp_path):
    needs = project(tmp_path, "numpy", pins="numpy==2.4.6\n")
    command = imports._mend_import(needs, "numpy", "numpy", tmp_path)
    assert "--force-reinstall --no-deps" in command and command.endswith("numpy==2.4.6")


def test_torch_of_every_build(tmp_path, monkeypatch):
    needs = project(tmp_path, "torch")
    fit = [{"version": "2.13.0+cpu", "cuda": None, "gpu": False},
           {"version": "2.13.0", "cuda": "13.0", "gpu": True}]
    assert [imports._torch(needs, facts).state for facts in fit] == ["fine", "fine"]
    installed(tmp_path / "site", "nvidia-cublas", "13.0")
    (tmp_path / "site" / "nvidia-cublas-13.0.dist-info" / "RECORD").write_text(
        "nvidia/cublas.so,,2500000000\n"
    )
    monkeypatch.syspath_prepend(tmp_path / "site")
    wasted = imports._torch(needs, {"version": "2.13.0", "cuda": "13.0", "gpu": False})
    assert wasted.state == "remark" and "about 2.5 GB can be freed" in wasted.says
    assert "uninstall --yes nvidia-cublas" in wasted.mend and supported.TORCH in wasted.mend


def test_matplotlib_without_a_folder_for_its_fonts(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "file" / "below"))
    found = list(imports.look_at_imports(project(tmp_path, "matplotlib"), None))
    assert told(found)[-1] == ("matplotlib", "remark") and "MPLCONFIGDIR" in found[-1].mend


@pytest.mark.slow
def test_jupyterlab_with_and_without_widgets(tmp_path):
    needs = project(tmp_path, "jupyterlab", pins="jupyterlab-widgets==3.0.17\n")
    found = list(imports.look_at_imports(needs, None))
    assert told(found) == [("imports", "fine"), ("widgets", "fine")]
    without = imports._widgets(needs, {"extensions": [str(tmp_path)]})
    assert without.state == "remark" and "jupyterlab_widgets==3.0.17" in without.mend


# --- the kernel -------------------------------------------------------------------------------


def spec(place: Path, *argv: str) -> None:
    """A kernelspec named python3 that is found first, through JUPYTER_PATH."""
    folder = place / "kernels" / "python3"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(
        {"argv": list(argv), "display_name": "Python 3", "language": "python"}
    ))


@pytest.fixture
def jupyter(tmp_path, monkeypatch) -> Path:
    """A folder on JUPYTER_PATH; nothing of the user's is read."""
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
        monkeypatch.setenv(f"JUPYTER_{name}", str(tmp_path / name))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    return tmp_path / "jupyter"


def test_a_kernel_that_points_nowhere(jupyter):
    spec(jupyter, "/no/such/python", "-m", "ipykernel_launcher", "-f", "{connection_file}")
    [found] = kernel.look_at_kernel(Project.found(), None, quick=True)
    assert found.state == "wrong" and "/no/such/python, which isn't there" in found.says
    assert "JUPYTER_PATH" in found.mend


def test_a_kernel_of_this_python_is_registered_anew(monkeypatch):
    monkeypatch.delenv("JUPYTER_PATH", raising=False)
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    for prefix, option in (("/base", "--user"), ("/venv", "--sys-prefix")):
        monkeypatch.setattr(sys, "base_prefix", "/base")
        monkeypatch.setattr(sys, "prefix", prefix)
        assert kernel._register("/x") == installation.python("-m", "ipykernel", "install", option)


def test_quick_starts_no_kernel(jupyter, tmp_path):
    spec(jupyter, sys.executable, "-c", f"open({str(tmp_path / 'started')!r}, 'w')")
    [found] = kernel.look_at_kernel(Project.found(), None, quick=True)
    assert found.state == "remark" and not (tmp_path / "started").exists()


def test_kernels_that_cannot_even_be_listed(jupyter, tmp_path, monkeypatch):
    first(monkeypatch, package(tmp_path / "broken", "jupyter_client", "raise ImportError('gone')"))
    [found] = kernel.look_at_kernel(Project.found(), None, quick=False)
    assert found.state == "wrong" and "ImportError: gone" in found.says


def test_there_is_no_kernel_without_its_package(jupyter, monkeypatch):
    monkeypatch.setattr(kernel, "installed", lambda name: None if name == "ipykernel" else "1")
    [found] = kernel.look_at_kernel(Project(None), None, quick=False)
    assert found.state == "wrong" and found.mend.endswith("pip install ipykernel")


@pytest.mark.slow
def test_a_kernel_that_dies_says_its_last_words(jupyter):
    spec(jupyter, sys.executable, "-c", "import sys; sys.exit('my last words')")
    [found] = kernel.look_at_kernel(Project.found(), None, quick=False)
    assert found.state == "wrong" and "my last words" in found.says


@posix
@pytest.mark.slow
def test_a_kernel_that_never_answers_is_ended(jupyter, tmp_path, monkeypatch):
    monkeypatch.setattr(kernel, "SECONDS", 3.0)
    note = tmp_path / "pid"
    code = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    spec(jupyter, sys.executable, "-c", code)
    [found] = kernel.look_at_kernel(Project.found(), None, quick=False)
    assert found.state == "wrong" and "can't be started" in found.says
    assert not lives(int(note.read_text()))


@pytest.mark.slow
def test_a_kernel_without_pathkit(jupyter, tmp_path, monkeypatch):
    # Where tests start kernels by pathkit's own provisioner, none would start without it.
    monkeypatch.delenv("JUPYTER_DEFAULT_PROVISIONER_NAME", raising=False)
    first(monkeypatch, package(tmp_path / "broken", "pathkit", "raise ImportError"))
    [found] = kernel.look_at_kernel(Project.found(), None, quick=False)
    assert found.state == "wrong" and "can't import pathkit" in found.says


@pytest.mark.slow
def test_a_kernel_that_works(jupyter, tmp_path):
    [found] = kernel.look_at_kernel(Project.found(), tmp_path, quick=False)
    assert found.state == "fine", found


# --- the machine ------------------------------------------------------------------------------


def test_room_on_the_disk(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    for free, state in ((5e9, "fine"), (5e8, "remark"), (5e7, "wrong")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, n=free: usage._replace(free=int(n)))
        assert told(machine.look_at_disk(tmp_path / "not" / "yet")) == [("disk", state)]


def test_a_cache_that_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("PATHKIT_CACHE", str(tmp_path / "cache"))
    assert told(machine.look_at_disk(tmp_path)) == [("disk", "fine")]
    monkeypatch.setattr(os, "access", lambda *_: False)
    found = list(machine.look_at_disk(tmp_path))
    assert told(found)[1:] == [("cache", "remark")] and "PATHKIT_CACHE" in found[1].mend


def test_a_browser_is_only_remarked_upon(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    [found] = machine.look_at_browser()
    assert found.state == "remark" and "apt install chromium" in found.mend
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    if os.name == "posix":
        assert told(machine.look_at_browser()) == [("Chromium", "fine")]


def test_the_sandbox_for_grading_is_named_or_what_brings_one(monkeypatch):
    from pathkit.classroom import sandboxes
    from pathkit.doctor import sandbox

    def none(wanted: str = "") -> sandboxes.Sandbox:
        raise sandboxes.NoSandbox("no sandbox works here")

    works = sandboxes.Sandbox("bubblewrap", (), allows=("start processes",))
    monkeypatch.setattr(sandboxes, "best", lambda: works)
    [found] = sandbox.look_at_sandbox(quick=False)
    assert found.state == "fine" and "bubblewrap works" in found.says
    assert "start processes" in found.says and not list(sandbox.look_at_sandbox(quick=True))
    monkeypatch.setattr(sandboxes, "best", none)
    [found] = sandbox.look_at_sandbox(quick=False)
    assert found.state == "remark" and found.mend


# --- the learner's folder ---------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A folder in which all is well."""
    folder = make_folder(tmp_path / "mine")
    for module in PATH.modules:
        notebook(folder.root / module.file, module.id)
    progress_log.append(folder.progress, "ready", "one")
    return folder


def look(folder) -> list[finding.Finding]:
    return list(home.look_at_folder(folder, {"numpy", "torch"}, Path.cwd() / "my-path"))


def test_no_folder_and_a_good_folder(folder):
    before = {p: p.read_bytes() for p in folder.root.rglob("*") if p.is_file()}
    [found] = look(folder)
    assert found.state == "fine" and str(folder.root) in found.says
    assert {p: p.read_bytes() for p in folder.root.rglob("*") if p.is_file()} == before
    [none] = look(None)
    assert (none.state, none.mend) == ("remark", "pathkit start")


def test_a_folder_that_is_not_there_yet_and_cannot_be_made(tmp_path, monkeypatch):
    (tmp_path / "my-path").touch()
    [found] = home.look_at_folder(None, (), tmp_path / "my-path")
    assert found.state == "wrong" and "can't be made" in found.says
    monkeypatch.setattr("os.access", lambda place, mode: False)
    [found] = home.look_at_folder(None, (), tmp_path / "deep" / "my-path")
    assert found.state == "wrong" and "pathkit start FOLDER" in found.mend


def test_without_notebooks_to_lay_out_nobody_can_work(folder, tmp_path):
    [found] = look_at_path(None, None)
    assert (found.what, found.state) == ("path", "wrong") and "--root FOLDER" in found.mend
    assert "no updates" in next(look_at_path(None, folder)).says
    [found] = look_at_path(Origin(tmp_path), None)
    assert found.state == "wrong" and "path.json isn't there" in found.says
    assert found.mend == f"pathkit --root {tmp_path} build"
    [found] = look_at_path(Origin(ROOT), folder)
    assert found.state == "fine" and str(ROOT) in found.says
    [found] = look_at_path(Origin(ROOT, "it was moved"), folder)
    assert (found.state, found.says) == ("remark", "it was moved")


@pytest.mark.slow
def test_the_command_does_not_say_that_one_can_work_without_a_path(tmp_path):
    (tmp_path / "curriculum.yaml").touch()
    ran = process("doctor", "--quick", cwd=tmp_path)
    assert ran.returncode == 4 and "✗ path: " in ran.stdout and "You can work" not in ran.stdout


def test_a_damaged_map(folder):
    folder.path_map.write_text("{")
    [found] = look(folder)
    assert found.state == "wrong" and "damaged" in found.says and "pathkit start" in found.mend


@pytest.mark.parametrize("name", ["random.py", "torch/__init__.py", "pathkit.py", "numpy.py"])
def test_files_that_hide_packages(folder, name):
    (folder.root / name).parent.mkdir(exist_ok=True)
    (folder.root / name).write_text("")
    (folder.root / "helpers.py").write_text("")
    [found] = look(folder)
    assert found.state == "wrong" and "hides the package" in found.says
    assert found.mend.startswith("rename ")


def test_a_notebook_that_is_none_names_its_last_good_version(folder):
    file = folder.root / "01-one.ipynb"
    good = file.read_bytes()
    file.write_text('{"cells": [\n<<<<<<< mine\n')
    [found] = look(folder)
    assert (found.what, found.state) == ("01-one.ipynb", "wrong")
    assert "line 2" in found.says and "rename it" in found.mend
    kept = backups.save(folder.root, file.name, good)
    assert str(kept) in look(folder)[0].mend


def test_notebooks_that_are_missing(folder):
    (folder.root / "01-one.ipynb").unlink()
    [found] = look(folder)
    assert found.state == "remark" and "1 of 4" in found.says and "01-one.ipynb" in found.says


def test_lines_of_the_log_that_cannot_be_read(folder):
    with folder.progress.open("a") as file:
        file.write('{"kind": "che\n\nnonsense\n')
    [found] = look(folder)
    assert found.state == "remark" and "2 of 3 lines" in found.says


def test_a_log_that_cannot_be_written(folder):
    folder.progress.unlink()
    folder.progress.mkdir()
    [found] = look(folder)
    assert found.state == "wrong" and "progress.jsonl can't be written" in found.says


def test_a_lock_that_another_holds_and_one_that_was_left_behind(folder):
    folder.lock.write_text("")
    assert told(look(folder)) == [("your folder", "fine")]
    code = "import sys, filelock; lock = filelock.FileLock(sys.argv[1]); lock.acquire(); " \
           "print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder.lock)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        other.stdout.readline()
        assert told(look(folder)) == [("lock", "remark")]
        other.kill()
    assert told(look(folder)) == [("your folder", "fine")]


def test_a_folder_that_a_service_synchronises(tmp_path):
    folder = make_folder(tmp_path / "OneDrive - Somebody" / "mine")
    for module in PATH.modules:
        notebook(folder.root / module.file, module.id)
    [found] = look(folder)
    assert found.state == "remark" and "OneDrive" in found.says


# --- all of it --------------------------------------------------------------------------------


@posix
@pytest.mark.slow
def test_a_trial_ends_with_what_it_started():
    code = """
import json, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("no JSON", flush=True)
print(json.dumps({"child": child.pid}), flush=True)
time.sleep(600)
"""
    found = trial(code, seconds=2)
    assert found.ended == "nothing within 2 seconds"
    [line] = found.lines
    for _ in range(50):
        if not lives(line["child"]):
            return
        time.sleep(0.1)
    pytest.fail("it goes on")


def test_a_folder_that_is_none_is_one_line(tmp_path):
    one_line(pathkit("doctor", "--folder", tmp_path), 4, "is not a learner's folder")


@pytest.mark.slow
def test_this_installation_is_fit(folder):
    result = process("doctor", cwd=folder.root)
    assert result.returncode == 0, result.stdout
    assert "✓ kernel: it starts and answers" in result.stdout
    assert "✓ torch: " in result.stdout and "✗" not in result.stdout
    assert result.stdout.endswith("\nYou can work.\n")


@pytest.mark.slow
def test_torch_and_jupyterlab_broken_together(folder, tmp_path):
    place = package(tmp_path / "broken", "torch", "raise OSError('libtorch_cpu.so: not found')")
    package(tmp_path / "broken", "jupyterlab", "raise ImportError('no jupyterlab_server')")
    package(tmp_path / "broken", "rich", "1 / 0")
    path = os.pathsep.join([str(place), str(ROOT / "src")])
    result = process("doctor", "--quick", "--json", cwd=folder.root, PYTHONPATH=path)
    assert result.returncode == 4, result.stdout + result.stderr
    data = json.loads(result.stdout)
    wrong = {f["what"]: f for f in data["findings"] if f["state"] == "wrong"}
    assert set(wrong) == {"torch", "jupyterlab", "rich"} and not data["fit"]
    assert "libtorch_cpu.so: not found" in wrong["torch"]["says"]
    said = process("doctor", "--quick", cwd=folder.root, PYTHONPATH=path).stdout
    assert "3 things have to be mended" in said and "Traceback" not in said
