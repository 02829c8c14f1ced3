"""What panel and map say, as data, HTML and text; what a kernel shows of them, and when."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import pathkit
from pathkit import path_map
from pathkit.building.build import Place
from pathkit.learner.panel.first_page import first_page_with_progress, shows_map
from pathkit.learner.panel.look import SIGNS
from pathkit.learner.panel.map_view import map_html, map_text
from pathkit.learner.panel.panel import map_data, panel_data
from pathkit.learner.panel.panel_view import panel_html, panel_text
from pathkit.learner.progress import replay
from pathkit.notebook import session
from pathkit.running.kernels import environment
from tests.learner.test_progress import NOON, PATH, ROOT, event, make_folder, passed, run
from tests.this_path import notebook_of

TODAY = NOON.astimezone().date()
ONE = PATH.module("one")
REAL = path_map.load(Place(ROOT).path_map)


def data(*events, module=ONE, **settings):
    return panel_data(replay(PATH, events), module, TODAY, **settings)


# --- what a panel says ------------------------------------------------------------------------


def test_a_checklist_says_what_became_of_each_exercise():
    found = data(event("check", "one", exercise="one.a", status="raised"),
                 event("check", "one", 1, exercise="one.a", status="wrong value"),
                 passed("one.b", 2))
    assert [(i["state"], i["word"]) for i in found["items"]] == [
        ("begun", "tried twice"), ("done", "passed")
    ]
    assert (found["done"], found["of"], found["summary"]) == (1, 2, "1 of 2 exercises passed")


def test_the_next_step_is_in_the_module_until_it_is_finished():
    assert data()["next"]["href"] == "01-one.ipynb"
    begun = data(passed("one.a"))["next"]
    assert (begun["title"], begun["href"], begun["here"]) == (
        "b", "01-one.ipynb#cell-id=one-b-prompt", True
    )
    elsewhere = data(passed("three.d"), passed("one.a", 1), passed("one.b", 2))["next"]
    assert (elsewhere["title"], elsewhere["href"], elsewhere["here"]) == (
        "2 · Two", "02-two.ipynb", False
    )
    everything = [passed(n) for n in ("one.a", "one.b", "two.c", "three.d")]
    assert data(*everything, event("done", "reading"))["next"] is None


def test_facts_are_predictions_and_time():
    one = dataclasses.replace(ONE, predictions=("one.p", "one.q"))
    path = dataclasses.replace(PATH, modules=(one, *PATH.modules[1:]))
    events = [event("ready", "one"), passed("one.a", 14),
              event("predict", "one", 15, prediction="one.p", answer=1, status="passed"),
              event("predict", "one", 16, prediction="one.q", answer=1, status="wrong value")]
    found = panel_data(replay(path, events), one, TODAY)
    assert found["facts"] == [
        "1 of 2 predictions right", "16 min so far, about 30 min in the notebook to go",
    ]
    assert panel_data(replay(path, []), one, TODAY)["facts"][0] == "no predictions yet"


def test_a_module_that_was_tested_out_of_is_called_known():
    assert "known already: you may go on" in data(event("skip", "one", known=True))["facts"]


def test_where_nothing_is_kept_the_panel_says_so_and_counts_no_time():
    found = data(passed("one.a"), unsaved="Nothing is saved.")
    assert found["note"] == "Nothing is saved." and found["facts"] == []


def test_before_any_module_the_panel_is_of_the_whole_path():
    found = data(passed("one.a"), passed("one.b", 3), module=None)
    assert found["summary"] == "1 of 4 modules done"
    assert [(i["title"], i["state"], i["word"]) for i in found["items"]] == [
        ("Part", "begun", "1 of 4 modules")
    ]
    assert found["facts"] == ["2 of 4 exercises", "no predictions yet",
                              "3 min so far, about 3 h of notebooks to go"]
    later = event("active", "one", 24 * 60)
    progress = replay(PATH, [passed("one.a"), later])
    assert "2 days in a row" in panel_data(progress, None, date(2026, 11, 24))["facts"]


def test_the_map_says_of_each_module_what_it_needs_and_what_is_done():
    found = map_data(replay(PATH, [passed("one.a"), event("skip", "three", 1, known=True),
                                   event("done", "reading", 2), passed("one.b", 3)]), TODAY)
    [part] = found["parts"]
    assert [(m["number"], m["state"], m["needs"], m["next"]) for m in part["modules"]] == [
        (1, "done", [], False), (2, "open", [1], True), (3, "known", [], False),
        (4, "done", [], False),
    ]
    begun = map_data(replay(PATH, [passed("one.a")]), TODAY)["parts"][0]["modules"][0]
    assert (begun["state"], begun["word"]) == ("begun", "1 of 2 passed")


# --- how it is written ------------------------------------------------------------------------


class Reader(HTMLParser):
    """Collects elements with their attributes, and complains about what isn't closed."""

    def __init__(self, html: str):
        super().__init__()
        self.found, self.open, self.text = [], [], ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if "style" not in self.open:
            self.text += text

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.found if name == tag]


def test_the_panel_is_a_named_region_with_a_named_ring_and_a_real_list():
    page = Reader(panel_html(data(passed("one.a"))))
    assert page.all("section")[0]["aria-label"] == "Progress: One"
    [ring] = page.all("svg")
    assert (ring["role"], ring["aria-label"]) == ("img", "1 of 2 exercises passed")
    assert page.all("circle")[1]["stroke-dasharray"] == "50 100"
    assert len(page.all("ol")) == 1 and len(page.all("li")) == 2
    assert [p.get("aria-live") for p in page.all("p")].count("polite") == 1
    assert [a["href"] for a in page.all("a")] == [
        "01-one.ipynb#cell-id=one-a-prompt", "01-one.ipynb#cell-id=one-b-prompt",
        "01-one.ipynb#cell-id=one-b-prompt",
    ]


def test_states_are_told_by_sign_and_word_and_not_by_colour_alone():
    page = Reader(panel_html(data(event("check", "one", exercise="one.a", status="raised"))))
    text = " ".join(page.text.split())
    assert "▸a tried once" in text and "○b open" in text
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_titles_are_text_and_not_html():
    module = dataclasses.replace(ONE, title='Less < more & "quotes": `x<y`')
    path = dataclasses.replace(PATH, modules=(module, *PATH.modules[1:]))
    progress = replay(path, [])
    for html in (panel_html(panel_data(progress, module, TODAY)),
                 map_html(map_data(progress, TODAY))):
        page = Reader(html)
        assert "Less < more & \"quotes\"" in page.text
        assert page.all("code") and "x<y" in page.text


def test_without_a_file_there_is_nothing_to_click():
    module = dataclasses.replace(ONE, file="", title="")
    path = path_map.PathMap("", ("",), (module,))
    page = Reader(panel_html(panel_data(replay(path, []), module, TODAY)))
    assert page.all("a") == []


def test_text_says_the_same():
    found = data(passed("one.a"), unsaved="Not kept.")
    assert panel_text(found).splitlines() == [
        "One", "1 of 2 exercises passed", "  ✓ a (passed)", "  ○ b (open)",
        "Next: b (01-one.ipynb)", "Not kept.",
    ]


def test_the_map_of_this_path_is_an_ordered_list_of_links_to_its_notebooks():
    page = Reader(map_html(map_data(replay(REAL, []), TODAY)))
    links = [a["href"] for a in page.all("a")][1:]  # the first is the next step
    assert links == [m.file for m in REAL.modules]
    assert all((ROOT / "notebooks" / link).exists() for link in links)
    assert len(page.all("ol")) == 1 + len(REAL.parts)
    assert page.text.count("★") == 1 + sum(m.essential for m in REAL.modules)
    needed = (REAL.module(name).number for name in REAL.modules[-1].requires)
    assert f"needs {', '.join(map(str, sorted(needed)))}" in page.text
    text = map_text(map_data(replay(REAL, []), TODAY))
    assert "  9. ○ The transformer: a stream that layers write to ★ (open; 75 min; needs 7, 8)" in (
        text.splitlines()
    )


def test_links_into_a_notebook_lead_to_cells_that_are_there():
    progress = replay(REAL, [])
    for module in REAL.modules:
        text = (ROOT / "notebooks" / module.file).read_text(encoding="utf-8")
        ids = {cell["id"] for cell in json.loads(text)["cells"]}
        for item in panel_data(progress, module, TODAY)["items"]:
            file, _, cell = item["href"].partition("#cell-id=")
            assert file == module.file and cell in ids


# --- the first page ---------------------------------------------------------------------------


@pytest.fixture
def first_page() -> dict:
    text = (ROOT / "notebooks" / "00-start-here.ipynb").read_text(encoding="utf-8")
    return json.loads(text)


def test_the_first_page_is_filled_in_and_nothing_else_of_it_changes(first_page):
    before = copy.deepcopy(first_page)
    done = event("done", "mlp")
    filled = first_page_with_progress(first_page, replay(REAL, [done]))
    assert first_page == before
    [output] = [c for c in filled["cells"] if c["cell_type"] == "code"][0]["outputs"]
    assert f"1 of {len(REAL.modules)} modules done" in "".join(output["data"]["text/html"])
    for cell in filled["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    assert filled == before
    nbformat = pytest.importorskip("nbformat")
    nbformat.validate(first_page_with_progress(first_page, replay(REAL, [])))


def test_the_map_is_known_by_its_code_where_metadata_is_gone():
    cell = {"cell_type": "code", "metadata": {}, "source": ["import pathkit as path\n", "\n",
                                                            "path.map()"]}
    assert shows_map(cell)
    assert shows_map({**cell, "source": "path.map()\n"})
    assert not shows_map({**cell, "cell_type": "markdown"})
    assert not shows_map({**cell, "source": "x = path.map"})
    assert not shows_map({**cell, "source": ""})


@pytest.mark.parametrize("name", [notebook_of("bigram"), notebook_of("neurons")])
def test_other_notebooks_come_back_as_they_are(name):
    notebook = json.loads((ROOT / "notebooks" / name).read_text(encoding="utf-8"))
    assert first_page_with_progress(notebook, replay(REAL, [])) == notebook


# --- in a kernel, without a front end ---------------------------------------------------------

PASS_ALL = """
import pathkit as path
from pathkit.checks.loading import exercises_of
from pathkit.strength.answer_namespace import answer_in
from pathkit.strength.right_answers import right_answers
path.ready("bigram")
for name, exercise in exercises_of("bigram").items():
    answer = answer_in(right_answers(exercise)[0].source, exercise)
    path.check(**{name: answer})
"""


@pytest.mark.slow
def test_the_last_exercise_of_a_module_names_what_comes_next(tmp_path):
    folder = make_folder(tmp_path / "mine", REAL)
    said = run(PASS_ALL + "path.check(descend=answer)", folder.root)
    note = "All exercises of this module pass. Next: 7 · Attention"
    assert " ".join(said.split()).count(note) == 1
    assert "`07-attention.ipynb`" in said
    assert said.index("descend: passed") < said.index(notebook_of("attention"))
    assert "comes next" not in run(PASS_ALL, tmp_path) and "07-attention" not in run(
        PASS_ALL, tmp_path
    )


def test_a_damaged_map_stops_no_check_and_is_told_by_the_panel(tmp_path):
    folder = make_folder(tmp_path, REAL)
    folder.path_map.write_text("{")
    said = run(PASS_ALL + "path.progress()\npath.map()", folder.root)
    assert said.count("passed") >= 8
    assert said.count("`pathkit start` writes it anew") == 2


def test_outside_of_a_folder_the_panel_shows_what_this_kernel_saw(tmp_path):
    said = run(PASS_ALL + "path.progress()\npath.map()", tmp_path)
    assert "8 of 8 exercises passed" in said
    assert "Nothing is saved here" in said
    assert "There is no map here." in said


@pytest.mark.slow
def test_in_a_folder_the_panel_shows_what_other_kernels_saw(tmp_path):
    folder = make_folder(tmp_path, REAL)
    run(PASS_ALL, folder.root)
    said = run("import pathkit as path\npath.map()\npath.progress()", folder.root)
    assert "2. ✓ Bigram: a language model made by counting ★ (done)" in said
    assert said.count(f"1 of {len(REAL.modules)} modules done") == 2
    assert "Nothing is saved" not in said


def test_the_set_up_cell_may_be_run_again(tmp_path, monkeypatch):
    monkeypatch.setattr(session, "_session", session.Session())
    monkeypatch.chdir(make_folder(tmp_path).root)
    pathkit.ready("bigram")
    pathkit.check(broken_name="wrong 1")
    for _ in range(3):
        pathkit.ready("bigram")
    assert session._session.tries["bigram.broken_name"] == 1


def test_what_one_does_before_and_after_a_set_up_cell_counts_outside_too(tmp_path, monkeypatch):
    monkeypatch.setattr(session, "_session", session.Session())
    monkeypatch.chdir(tmp_path)
    pathkit.skip("bigram", "c", "a", "b")
    pathkit.ready("bigram")
    pathkit.check(broken_name="wrong 1")
    pathkit.ready("bigram")
    progress = session.progress_so_far()
    assert progress.module("bigram").known
    assert progress.exercise("bigram.broken_name").tries == 1


def test_a_fault_in_a_panel_stops_no_lesson(monkeypatch, capsys):
    monkeypatch.setattr(session, "_session", session.Session())
    session.on_verdict(lambda: 1 / 0)
    pathkit.ready("bigram")
    assert pathkit.check(broken_name="anna") == "jqwest"
    assert "broken_name" in capsys.readouterr().out


CELLS = [
    'import pathkit as path\npath.ready("bigram")',
    "path.progress()",
    "from pathkit.notebook import panels\n[panel] = panels._open.values()\n'1 of 8' in panel.html",
    'path.check(broken_name="jqwest")',
    "'1 of 8 exercises passed' in panel.html",
    "path.map()",
    "import sys\nsys.modules['pathkit.learner.panel.widget'] = None\npath.progress()",
]


@pytest.mark.slow
def test_a_panel_changes_with_each_verdict_and_does_without_widgets(monkeypatch, tmp_path):
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    folder = make_folder(tmp_path, REAL)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "", "language": "python"}
    resources = {"metadata": {"path": str(folder.root)}}
    nbclient.NotebookClient(notebook, timeout=60, resources=resources).execute()
    outputs = [cell.outputs for cell in notebook.cells]
    bundle = outputs[1][0].data
    assert {"application/vnd.jupyter.widget-view+json", "text/html", "text/plain"} == set(bundle)
    assert "0 of 8 exercises passed" in bundle["text/html"] and "<style>" in bundle["text/html"]
    assert outputs[2][0].data["text/plain"] == "False"
    assert outputs[4][0].data["text/plain"] == "True"
    assert set(outputs[5][0].data) == {"text/html", "text/plain"}
    assert "passed" in outputs[5][0].data["text/html"]
    assert set(outputs[6][0].data) == {"text/html", "text/plain"}
    assert "1 of 8" in outputs[6][0].data["text/plain"]


def test_what_python_renders_is_what_the_widget_shows():
    """No progress is worked out in JavaScript: it gets HTML, and nothing else."""
    file = Path(session.__file__).parents[1] / "learner" / "panel" / "widget.js"
    code = file.read_text(encoding="utf-8")
    assert re.findall(r"model\.get\((.*?)\)", code) == ['"html"']


def test_the_panel_and_the_map_follow_the_plan(tmp_path):
    from pathkit.learner.plan.goal import MODULE, Goal, Wishes, store
    from pathkit.learner.progress import of_folder

    folder = make_folder(tmp_path)
    assert "three" not in str(map_data(of_folder(folder), TODAY)["next"])
    store(folder, Wishes(Goal(MODULE, "three"), 2.5))
    assert "three" in str(map_data(of_folder(folder), TODAY)["next"])
    assert "three" in str(panel_data(of_folder(folder), None, TODAY)["next"])
