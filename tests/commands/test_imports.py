"""What is imported when: the no-op build, `--help` and the checks in a notebook stay light."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building.test_build import ROOT, Place, build, small_project

HEAVY = {
    "IPython", "anywidget", "click", "ipywidgets", "jsonschema", "jupytext", "matplotlib",
    "nbclient", "nbformat", "numpy", "papermill", "pydantic", "requests", "rich", "ruamel", "torch",
}

PROBE = """
import sys
from pathlib import Path
{code}
print(" ".join(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""

NO_OP = """
from pathkit import cli
from pathkit.commands import common
from pathkit.building.build import Place
root = Path({root!r})
common.place = lambda _: Place(root)
try:
    cli.main({arguments!r})
except SystemExit as ended:
    assert not ended.code, ended.code
"""


def imported(code: str) -> set[str]:
    """The top-level names in sys.modules after `code`, without what Python itself brings."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "ignore"}
    result = subprocess.run(
        [sys.executable, "-c", PROBE.format(code=code)],
        capture_output=True, text=True, timeout=60, env=environment,
    )
    assert result.returncode == 0, result.stderr
    return set(result.stdout.splitlines()[-1].split())


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Place:
    place = small_project(tmp_path_factory.mktemp("project"))
    build(place)
    return place


def no_op(place: Place, *arguments: str) -> set[str]:
    return imported(NO_OP.format(root=str(place.root), arguments=list(arguments)))


def test_a_build_with_nothing_to_do_imports_click_and_the_standard_library(place):
    found = no_op(place, "build")
    assert found & HEAVY == {"click"}


def test_help_and_usage_import_click_alone(place):
    assert no_op(place, "--help") & HEAVY == {"click"}
    assert no_op(place, "run", "--help") & HEAVY == {"click"}


@pytest.mark.slow
def test_a_real_build_needs_no_numbers_and_no_kernel(place):
    code = NO_OP.format(root=str(place.root), arguments=["build", "--check"])
    code = code.replace("assert not ended.code, ended.code", "pass")
    found = imported(code)
    assert not found & {"numpy", "torch", "matplotlib", "papermill", "nbclient", "IPython", "rich"}


def test_importing_pathkit_costs_next_to_nothing():
    assert imported("import pathkit") & HEAVY == set()


@pytest.mark.parametrize("use", ["pathkit.ready('bigram')", "pathkit.check(len)",
                                 "pathkit.ready('bigram'); pathkit.progress(); pathkit.map()"])
def test_checks_in_a_notebook_add_numpy_alone(use):
    assert imported(f"import pathkit; {use}") & HEAVY == {"numpy"}


def test_a_package_is_a_package_wherever_it_is_imported_from(tmp_path):
    """Nothing at import depends on the working directory."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    code = "import pathkit, pathkit.cli, pathkit.building.build; print(pathkit.__version__)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=tmp_path, env=environment
    )
    assert result.returncode == 0, result.stderr
    assert list(Path(tmp_path).iterdir()) == []
