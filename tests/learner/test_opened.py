"""A learner's notebooks as JupyterLab leaves them: nothing to save once they are opened."""

from __future__ import annotations

import json
import sys

import pytest

from pathkit.building.build import Place
from pathkit.learner.lab import opened
from pathkit.learner.lab.start import prepare
from pathkit.learner.update.workspace import update
from pathkit.notebook_files.notebook_file import LANGUAGE_INFO, to_json
from tests.building.test_build import ROOT

VERSION = sys.version.split()[0]
HTML = '<section class="pk pk-panel" aria-label="Progress">0 of 8</section>'


def notebook(outputs=(), **metadata) -> dict:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "execution_count": 1,
            "outputs": list(outputs)}
    return {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def panel(model="m", html: str | list[str] = HTML) -> dict:
    view = {"model_id": model, "version_major": 2, "version_minor": 0}
    return {"output_type": "display_data", "metadata": {},
            "data": {opened.VIEW: view, "text/html": html, "text/plain": "0 of 8"}}


OURS = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"}}


def test_it_is_completed_once():
    found = opened.as_opened(notebook(**OURS))
    assert found["metadata"]["language_info"] == {**LANGUAGE_INFO, "version": VERSION}
    assert found["metadata"]["kernelspec"]["display_name"] == "Python 3 (ipykernel)"
    assert opened.as_opened(found) is found


def test_the_version_of_another_python_is_exchanged():
    other = {**OURS, "language_info": {**LANGUAGE_INFO, "version": "3.6.1"}}
    assert opened.as_opened(notebook(**other))["metadata"]["language_info"]["version"] == VERSION


@pytest.mark.parametrize("metadata", [
    {}, {"kernelspec": None}, {**OURS, "language_info": {"name": "julia"}}, {**OURS, "kernelspec": {
        "name": "conda-env-mine-py", "display_name": "Mine", "language": "python"}},
])
def test_another_kernel_is_the_learners_choice(metadata):
    given = notebook(**metadata)
    assert opened.as_opened(given) is given


def test_saved_widgets_stay():
    widgets = {opened.STATE: {"state": {"m": {}}, "version_major": 2, "version_minor": 0}}
    found = opened.as_opened(notebook(**OURS, widgets=widgets))
    assert found["metadata"]["widgets"] == widgets


def test_a_panel_whose_widget_was_not_saved_is_left_as_html():
    for html in (HTML, [HTML]):
        [output] = opened.without_lost_panels(notebook([panel(html=html)]))["cells"][0]["outputs"]
        assert set(output["data"]) == {"text/html", "text/plain"}


def test_a_panel_that_was_saved_and_other_peoples_widgets_stay():
    widgets = {opened.STATE: {"state": {"m": {}}}}
    for given in (notebook([panel()], widgets=widgets), notebook([panel(html="<b>slider</b>")]),
                  notebook([{"output_type": "stream", "name": "stdout", "text": "x"}]), notebook()):
        assert opened.without_lost_panels(given) is given


def test_a_file_keeps_its_time_and_what_is_no_notebook_its_bytes(tmp_path):
    good, bad, gone = (tmp_path / name for name in ("a.ipynb", "b.ipynb", "c.ipynb"))
    good.write_text(to_json(notebook(**OURS)))
    bad.write_text("<<<<<<< mine")
    before = good.stat().st_mtime_ns
    opened.complete([bad, gone, good])
    assert good.stat().st_mtime_ns == before and bad.read_text() == "<<<<<<< mine"
    assert not gone.exists()
    assert json.loads(good.read_text())["metadata"]["language_info"]["version"] == VERSION


def test_start_completes_every_notebook_and_the_next_start_finds_nothing_new(tmp_path):
    folder = tmp_path / "mine"
    prepare(Place(ROOT), folder)
    paths = [*folder.glob("*.ipynb"), *(folder / "solutions").glob("*.ipynb")]
    assert len(paths) > 50
    for path in paths:
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        assert metadata["language_info"]["version"] == VERSION, path.name
    before = {path: path.stat().st_mtime_ns for path in paths}
    inodes = {path: path.stat().st_ino for path in paths}
    states = {o.state for o in prepare(Place(ROOT), folder)}
    assert states == {"same"}
    assert {path: path.stat().st_mtime_ns for path in paths} == before
    assert {path: path.stat().st_ino for path in paths} == inodes
    assert {o.state for o in update(ROOT / "notebooks", folder, dry_run=True)} == {"same"}


def test_only_a_page_that_shows_the_map_alone_is_signed():
    from pathkit.learner.lab.trust import shows_the_map_alone

    shown = {"cell_type": "code", "source": "path.map()", "metadata": {}, "outputs": [panel()]}
    other = {**shown, "source": "1"}
    assert shows_the_map_alone({"cells": [shown, {**other, "outputs": []}, {"cell_type": "raw",
                                          "source": "", "metadata": {}}]})
    assert not shows_the_map_alone({"cells": [shown, other]})
