"""Every way a leak can hide is found, and the shipped notebooks are clean."""

from __future__ import annotations

import base64
import copy
import gzip
import html
import json
import struct
import urllib.parse
import zlib
from pathlib import Path

import pytest

from pathkit.building import exercise_files
from pathkit.building.build import Place
from pathkit.classroom.assigning.giveaways import secrets_of
from pathkit.classroom.assigning.leaks import leaks, leaks_in_text
from pathkit.notebook_files import notebook_file
from tests.this_path import notebook_of

ROOT = Path(__file__).parents[2]
PLACE = Place(ROOT)
FOLDER = PLACE.modules.folder_of("bigram")
NAME = notebook_of("bigram")
SECRETS = secrets_of(FOLDER, "bigram")
EXERCISES = exercise_files.read(FOLDER).exercises
ANSWER = EXERCISES["probabilities"].answer
LINE = "return counts / counts.sum(axis=1, keepdims=True)"
MESSAGE = next(s.words[0] for s in SECRETS if s.words and s.exercise == "bigram.count_pairs")


@pytest.fixture(scope="module")
def clean() -> dict:
    return json.loads((PLACE.notebooks / NAME).read_text(encoding="utf-8"))


@pytest.fixture
def notebook(clean) -> dict:
    return copy.deepcopy(clean)


def at(notebook: dict, role: str, name: str = "") -> tuple[int, dict]:
    """A cell by its role, with its number counted from 1."""
    for number, cell in enumerate(notebook["cells"], 1):
        ours = cell["metadata"]["pathkit"]
        if ours["role"] == role and (not name or ours.get("exercise") == f"bigram.{name}"):
            return number, cell
    raise LookupError(role)


def found(notebook: dict) -> list[str]:
    return [str(leak) for leak in leaks(notebook, SECRETS, NAME)]


def png(text: str, packed: bool) -> str:
    """A picture with a comment in it, as an attachment holds it."""
    kind, body = (b"zTXt", b"c\0\0" + zlib.compress(text.encode())) if packed else (
        b"tEXt", b"c\0" + text.encode())
    chunk = struct.pack(">I", len(body)) + kind + body
    chunk += struct.pack(">I", zlib.crc32(kind + body))
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + chunk).decode()


def coded(data: bytes) -> str:
    text = base64.b64encode(data).decode()
    return "\n".join(text[i : i + 76] for i in range(0, len(text), 76))


def test_the_line_that_the_tests_below_hide_is_one_of_the_reference():
    assert LINE in ANSWER and LINE not in EXERCISES["probabilities"].stub


@pytest.mark.slow
def test_every_shipped_notebook_is_clean():
    for path in PLACE.notebooks.glob("*.ipynb"):
        data = json.loads(path.read_text(encoding="utf-8"))
        module = data["metadata"]["pathkit"]["module"]
        known = secrets_of(PLACE.modules.folder_of(module), module)
        assert leaks(data, known, path.name) == [], path.name


@pytest.mark.slow
def test_modules_that_are_handed_out_together_are_clean():
    """They share idioms; the answers of one still stand nowhere in the notebooks of another."""
    modules = [folder.name.replace("_", "-") for folder in PLACE.modules]
    known = [s for m in modules for s in secrets_of(PLACE.modules.folder_of(m), m)]
    for module in modules:
        [path] = PLACE.notebooks.glob(f"[0-9][0-9]-{module}.ipynb")
        data = json.loads(path.read_text(encoding="utf-8"))
        assert leaks(data, known, path.name) == [], path.name


def test_another_modules_answer_is_found(notebook):
    number, cell = at(notebook, "text")
    softmax = exercise_files.read(PLACE.modules.folder_of("attention")).exercises["softmax"].answer
    cell["source"] = f"{notebook_file.text_of(cell)}\n{softmax}"
    known = secrets_of(PLACE.modules.folder_of("attention"), "attention")
    told = [leak for leak in leaks(notebook, known, NAME) if "attention.softmax" in leak.what]
    assert told and {leak.cell for leak in told} == {number}


def test_there_is_something_to_search_for_in_every_secret():
    for folder in PLACE.modules:
        for secret in secrets_of(folder, folder.name.replace("_", "-")):
            assert secret.lines or secret.words, secret


@pytest.mark.slow
def test_every_answer_is_found_in_the_cell_of_its_exercise():
    for folder in PLACE.modules:
        module = folder.name.replace("_", "-")
        known = secrets_of(folder, module)
        [path] = PLACE.notebooks.glob(f"[0-9][0-9]-{module}.ipynb")
        data = json.loads(path.read_text(encoding="utf-8"))
        for name, exercise in exercise_files.read(folder).exercises.items():
            one = copy.deepcopy(data)
            [cell] = [c for c in one["cells"] if c["metadata"]["pathkit"] == {
                "exercise": f"{module}.{name}", "role": "exercise"}]
            cell["source"] = exercise.answer
            told = [leak.what for leak in leaks(one, known, path.name)]
            assert any(f"{module}.{name}: the reference" in what for what in told), name


# --- where it can stand ------------------------------------------------------------------------

PLACES = {
    "an exercise's cell": ("exercise", "source"),
    "a prompt": ("prompt", "source"),
    "the title": ("title", "source"),
    "what comes next": ("next", "source"),
    "a lesson's own cell": ("text", "source"),
    "hints": ("hints", "source"),
}


@pytest.mark.parametrize("place", PLACES)
def test_an_answer_in_a_cell_is_named_with_its_cell_and_line(notebook, place):
    role, _ = PLACES[place]
    number, cell = at(notebook, role)
    before = notebook_file.text_of(cell)
    cell["source"] = f"{before}\n\n```\n{ANSWER}\n```\n"
    line = cell["source"].split("\n").index(f"    {LINE}") + 1
    told = found(notebook)
    assert f"{NAME}: cell {number}, line {line}: code of bigram.probabilities: the reference: " \
        f"{LINE}" in told


def output(kind: str, data: object) -> dict:
    if kind == "stream":
        return {"output_type": "stream", "name": "stderr", "text": data}
    if kind == "error":
        return {"output_type": "error", "ename": "E", "evalue": "", "traceback": data}
    return {"output_type": "display_data", "metadata": {}, "data": data}


OUTPUTS = {
    "a stream": output("stream", ["one\n", f"    {LINE}\n"]),
    "plain text": output("data", {"text/plain": LINE}),
    "HTML": output("data", {"text/html": f"<pre>{html.escape(LINE)}</pre>"}),
    "coloured HTML": output("data", {"text/html": "".join(
        f"<span>{html.escape(c)}</span>" for c in LINE)}),
    "LaTeX": output("data", {"text/latex": f"\\verb|{LINE}|"}),
    "JSON": output("data", {"application/json": {"deep": [1, {"down": LINE}]}}),
    "JSON in text": output("data", {"text/plain": json.dumps(json.dumps({"a": ANSWER}))}),
    "a key": output("data", {"application/json": {LINE: 1}}),
    "a traceback": output("error", ["\x1b[0;32m--> 3\x1b[0m " + LINE.replace(" ", " \x1b[0m")]),
    "a picture's comment": output("data", {"image/png": png(LINE, False)}),
    "an SVG": output("data", {"image/svg+xml": f"<svg><!-- --><text>{LINE}</text></svg>"}),
    "its metadata": {**output("data", {}), "metadata": {"x": LINE}},
}


@pytest.mark.parametrize("kind", OUTPUTS)
def test_an_answer_in_an_output_is_found(notebook, kind):
    number, cell = at(notebook, "text", "")
    number, cell = next((n, c) for n, c in enumerate(notebook["cells"], 1)
                        if c["cell_type"] == "code" and c["metadata"]["pathkit"]["role"] == "text")
    cell["outputs"] = [output("stream", "harmless"), OUTPUTS[kind]]
    told = found(notebook)
    assert any(
        t.startswith(f"{NAME}: cell {number}, output 2, line ") and "bigram.probabilities" in t
        for t in told
    ), told
    assert f"{NAME}: cell {number}, outputs: 2 of them; a release has none" in told


def test_any_output_and_any_count_is_refused(notebook):
    number, cell = at(notebook, "exercise")
    cell["outputs"] = [output("stream", "1")]
    cell["execution_count"] = 3
    assert found(notebook) == [
        f"{NAME}: cell {number}: it was executed (3)",
        f"{NAME}: cell {number}, outputs: 1 of them; a release has none",
    ]


WRAPPED = {
    "as it is": LINE,
    "among other text": f"before\n> {LINE} # see?\nafter",
    "without spaces": LINE.replace(" ", ""),
    "with other spaces": LINE.replace(" ", "\u00a0\t"),
    "over two lines": LINE.replace("sum(", "sum(\n        "),
    "in full-width signs": LINE.replace("(", "\uff08").replace(")", "\uff09"),
    "with signs nobody sees": LINE.replace("counts", "cou\u200bnts"),
    "as HTML": html.escape(f"<b>{LINE}</b>"),
    "in a link": "data:text/plain," + urllib.parse.quote(LINE),
    "in base64": coded(f"# here\n{LINE}\n".encode()),
    "in base64 for links": base64.urlsafe_b64encode(f"??>{LINE}".encode()).decode().rstrip("="),
    "in UTF-16": coded(LINE.encode("utf-16")),
    "packed": coded(zlib.compress(LINE.encode())),
    "packed as gzip": coded(gzip.compress(LINE.encode())),
    "in base64 in a link": "data:text/html;base64," + coded(html.escape(LINE).encode()),
    "as JSON in JSON": json.dumps(json.dumps(f"\n{LINE}\n")),
    "as escapes": LINE.replace("counts", "\\u0063ounts"),
}


@pytest.mark.parametrize("way", WRAPPED)
@pytest.mark.parametrize("part", ["attachments", "cell metadata", "notebook metadata", "raw cell"])
def test_however_it_is_wrapped_it_is_found(notebook, way, part):
    number, cell = at(notebook, "prompt")
    text = WRAPPED[way]
    if part == "attachments":
        cell["attachments"] = {"a.txt": {"text/plain": text}}
    elif part == "cell metadata":
        cell["metadata"]["slideshow"] = {"notes": [{"text": text.splitlines(keepends=True)}]}
    elif part == "notebook metadata":
        notebook["metadata"]["widgets"] = {"state": {"x": {"value": text}}}
        number = 0
    else:
        notebook["cells"].append({
            "cell_type": "raw", "id": "x", "metadata": {}, "source": text})
        number = len(notebook["cells"])
    found = [leak for leak in leaks(notebook, SECRETS, NAME)
             if "bigram.probabilities: the reference" in leak.what]
    assert [leak.cell for leak in found] == [number]


@pytest.mark.parametrize("packed", [False, True])
def test_the_comment_in_an_attached_picture_is_read(notebook, packed):
    number, cell = at(notebook, "prompt")
    cell["attachments"] = {"a.png": {"image/png": png(LINE, packed)}}
    assert any(t.startswith(f"{NAME}: cell {number}, attachments") for t in found(notebook))


def test_keys_that_nobody_knows_are_read(notebook):
    notebook["history"] = [{"cell": LINE}]
    notebook["cells"][0]["draft"] = LINE
    assert {t.split(", line")[0] for t in found(notebook)} == {
        f"{NAME}: history", f"{NAME}: cell 1, draft"}


def test_an_answer_cut_in_two_over_a_lesson_is_found(notebook):
    lines = [line for line in EXERCISES["gradient"].answer.splitlines()[-2:]]
    cells = [c for c in notebook["cells"] if c["metadata"]["pathkit"]["role"] == "text"]
    for cell, line in zip(cells[-2:], lines, strict=True):
        cell["source"] = f"{notebook_file.text_of(cell)}\n{line.strip()}"
    assert sum("bigram.gradient: the reference" in t for t in found(notebook)) >= 2


def test_what_is_said_of_a_misconception_is_found(notebook):
    number, cell = at(notebook, "hints")
    cell["source"] = notebook_file.text_of(cell) + f"\nBeware: {MESSAGE}"
    assert any("what is said of bigram.count_pairs" in t for t in found(notebook))


def test_the_code_of_a_misconception_is_found(notebook):
    wrong = next(s for s in SECRETS if s.words and len(s.lines) > 2)
    number, cell = at(notebook, "prompt")
    cell["source"] = notebook_file.text_of(cell) + "\n".join(wrong.lines)
    assert any(f"cell {number}, " in t and wrong.what in t for t in found(notebook))


def test_a_solution_notebook_is_no_release(notebook):
    notebook["metadata"]["pathkit"]["variant"] = "solution"
    assert found(notebook) == [f"{NAME}: metadata: it says that it is not a learner's notebook"]


def test_a_prediction_that_is_filled_in_is_a_leak(notebook):
    number, cell = at(notebook, "predict")
    cell["source"] = 'path.predict("after-q", 0.06)'
    assert found(notebook) == [f"{NAME}: cell {number}, line 1: the prediction is filled in"]


def test_a_text_file_is_searched_as_well():
    leak = leaks_in_text(f"Hello\n{LINE}\n", SECRETS, "START-HERE.md")[0]
    assert str(leak).startswith("START-HERE.md: line 2: code of bigram.probabilities")


# --- markers ------------------------------------------------------------------------------------

MARKERS = [
    "# BEGIN SOLUTION", "# END SOLUTION", "#BEGIN SOLUTION", "### BEGIN SOLUTION", "# SOLUTION",
    "#BEGIN SOLUTON", "### begin solution", "#  Begin  Solution", "# BEGIN SOULTION",
    "# BEGIN SOLUTION NO PROMPT"[:16], "# BEGINN SOLUTION", "# BEGIN_SOLUTION", "# begin-solution",
    "# END SOLUTIONS", "# EDN SOLUTION", "x = 3  # SOLUTION", "x = 3 #solution", "# SOLUTON",
    "# SOLUTION NO PROMPT", "# BEGIN HIDDEN TESTS", "### end hidden test", "# to_remove_solution",
    "<!-- BEGIN SOLUTION -->", "# BEGIN MARK SCHEME", "# BEGIN: SOLUTION", "#BEGINSOLUTION",
    "    ## END SOLUTION ##"[:19], "# BEGIN SOLUTION  # hide", "# Start solution",
]
INNOCENT = [
    "# resolution", "# evolution of the loss", "## A solution to this comes later", "# the end",
    "# begin here", "# hidden states", "# dissolution", "# end of tests", "x = 1  # of solutes",
]


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("role", ["exercise", "text"])
def test_markers_and_what_misses_one_by_a_slip_are_found(notebook, marker, role):
    number, cell = at(notebook, role)
    cell["source"] = f"{notebook_file.text_of(cell)}\n{marker}"
    line = cell["source"].count("\n") + 1
    [told] = found(notebook)
    assert told.startswith(f"{NAME}: cell {number}, line {line}: a marker of solutions: ")


def test_a_marker_in_metadata_is_found(notebook):
    notebook["cells"][0]["metadata"]["old"] = "x\n# BEGIN SOLUTION"
    assert found(notebook) == [
        f"{NAME}: cell 1, metadata, line 2: a marker of solutions: # BEGIN SOLUTION"]


@pytest.mark.parametrize("comment", INNOCENT)
def test_other_comments_are_left_in_peace(notebook, comment):
    at(notebook, "text")[1]["source"] += [f"\n{comment}"]
    assert found(notebook) == []
