"""What a student gets back: what happened in words, nothing hidden, nothing that runs."""

from __future__ import annotations

import dataclasses
import json
import time
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import get_args

import nbformat
import pytest

from pathkit.checks.faults import ORDER, TOLD
from pathkit.checks.verdict import Status, Verdict
from pathkit.classroom.collecting.collected import Attempt, Submission
from pathkit.classroom.collecting.students import Student, key_of
from pathkit.classroom.grading.limits_and_results import Job
from pathkit.classroom.grading.one_exercise import grade
from pathkit.classroom.grading.overrides import Overrides
from pathkit.classroom.grading.results import Record
from pathkit.classroom.grading.scores import Score, score
from pathkit.classroom.grading.whole_class import Graded, seed_for, seed_of
from pathkit.classroom.reporting import feedback, page, shown_to_student
from pathkit.classroom.reporting.feedback_notebook import block, span
from tests.classroom.classroom_data import (
    ASSIGNMENT,
    EXERCISES,
    MODULE,
    OTHERS,
    graded,
    hand_in,
    right,
    wrong,
)

HOSTILE = (
    "<script>document.title = 'ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "]]></pre></code></textarea></title><svg onload=document.title='ran'>",
    "[a link](javascript:document.title='ran') ![a picture](http://example.org/p.png)",
    "<a href=\"javascript:document.title='ran'\">here</a> http://example.org/x",
    "{{ 7 * 7 }} {% include 'x' %} ${7*7} $\\href{javascript:alert(1)}{x}$",
    "```\n</details><iframe src=//example.org></iframe>\n````\n~~~",
    "left \u202eright\u202c zero\u200bwidth a\u200db \u2066isolate\u2069",
    "\x1b[31mred\x1b[0m \x07 \x00 \x9b2J \ud800",
    "' onmouseover=document.title='ran' \" autofocus onfocus=document.title='ran",
)
TEXT = "\n".join(HOSTILE)


def hostile(name: str = TEXT) -> tuple[Graded, Score]:
    """A student whose name, answer, error, prints and file are all hostile."""
    answer = f"def probabilities(counts):\n    '''{TEXT}'''"
    student = Student(key_of(name), name, "", "")
    shown = (("called", TEXT), (TEXT, TEXT), ("printed", TEXT))
    public = Verdict("bigram.probabilities", "raised", TEXT, shown, (TEXT,))
    records = (
        Record(MODULE, "count_pairs", Verdict("bigram.count_pairs", "not usable", TEXT)),
        Record(MODULE, "probabilities", Verdict("bigram.probabilities", "raised", TEXT, shown),
               answer, "name", (TEXT,), failed=(0, 2), cases=3, public=public),
        Record(MODULE, "mean_nll", Verdict("bigram.mean_nll", "misconception", "Divide.", shown,
               misconception="_sum"), answer, "metadata", public=public),
        Record(MODULE, "smoothed", Verdict("bigram.smoothed", "not usable", TEXT), answer,
               "metadata", contained="fault"),
    )
    path = PurePosixPath("x") / TEXT.replace("/", "")
    attempt = Attempt(student, path, 1, datetime(2026, 1, 1, tzinfo=UTC), False, {}, "")
    one = Graded(student, {MODULE: Submission(student, MODULE, attempt, ())}, records)
    found = score(one, ASSIGNMENT, Overrides())
    return one, dataclasses.replace(found, notes=(TEXT,))


def pages(tmp_path, one: Graded, found: Score) -> tuple[str, dict]:
    paths = feedback.write(tmp_path, one, found, ASSIGNMENT)
    assert [path.name for path in paths] == ["feedback.html", "feedback.ipynb"]
    assert all(path.parent == tmp_path / "feedback" / one.student.key for path in paths)
    html, notebook = (path.read_text(encoding="utf-8") for path in paths)
    return html, json.loads(notebook)


def drawn(seed: int) -> list[list]:
    """The tables that `smoothed` is tried on under a seed."""
    return [counts.tolist() for counts, _ in EXERCISES["smoothed"].draw(seed)]


# Right where the cases are always the same; else tells what it was called with as it can.
TALKATIVE = f"""
def smoothed(counts, k):
    if counts.tolist() in {[c for c in drawn(0) if c in drawn(1)]}:
        return (counts + k) / (counts + k).sum(axis=1, keepdims=True)
    print(counts.tolist())
    raise ValueError(f"SECRET {{counts.tolist()}} {{k}}")
"""


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory, works):
    out = tmp_path_factory.mktemp("out")
    folder = out / "in"
    hand_in(folder, "Mei Chen", {
        "count_pairs": wrong("count_pairs", 0),
        "probabilities": OTHERS["probabilities"],
        "mean_nll": right("mean_nll"),
        "smoothed": TALKATIVE,
        "next_symbol": "def next_symbol(row, u):\n    while True:\n        pass",
        "gradient": "def gradient(W, counts:\n    return",
        "descend": None,
    })
    hand_in(folder, "Nobody Home", {})
    found, scores = graded(folder, out)
    return found, scores, out


@pytest.mark.slow
def test_a_second_run_finds_the_same_in_the_cache(handed_in):
    found, scores, out = handed_in
    begun = time.monotonic()
    assert graded(out / "in", out) == (found, scores)
    assert time.monotonic() - begun < 3  # the endless loop alone takes longer
    assert any(r.public and r.failed and r.cases for r in found[0].records)


# --- what is said -----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_page_says_what_was_asked_what_came_and_what_to_try(handed_in, tmp_path):
    [mei, _], scores, _ = handed_in
    html, notebook = pages(tmp_path, mei, scores[mei.student.key])
    cells = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    for text in (html, cells):
        assert "1 of 8 points" in text and "Mei Chen" in text
        assert "The pairs that end a name are missing." in text  # the misconception, explained
        assert "Which pairs does" in text  # the first hint
        assert "count_pairs(names=[" in text.replace("&#x27;", "'")  # the smallest failing input
        assert "Hidden cases" in text or "None of 6 hidden cases" in text
        assert "One number for a whole model." in text  # what a pass shows
        assert "not attempted" in text
    assert html.count("<h1>") == 1 and '<html lang="en">' in html


@pytest.mark.slow
def test_nothing_of_a_hidden_case_is_shown(handed_in, tmp_path):
    """An answer that raises and prints its arguments learns the public ones only."""
    [mei, _], scores, out = handed_in
    html, notebook = pages(tmp_path, mei, scores[mei.student.key])
    written = html + json.dumps(notebook)
    seed = seed_for(seed_of(out), "bigram.smoothed")
    secret = [str(c) for c in drawn(seed) if c not in drawn(0)]
    public = [str(c) for c in drawn(0) if c not in drawn(1)]
    assert secret and not any(text in written for text in secret)
    assert any(text in written for text in public)
    [record] = [r for r in mei.records if r.name == "smoothed"]
    assert any(text in str(record.verdict) for text in secret)  # so the test can fail


@pytest.mark.slow
def test_an_answer_that_only_knows_the_public_cases_is_told_so(handed_in, tmp_path):
    """It has learnt the notebook's results by heart."""
    _, _, out = handed_in
    exercise = EXERCISES["probabilities"]
    known = [(p[0].tolist(), exercise(*p).tolist()) for p in exercise.draw(0)]
    code = (f"import numpy as np\nknown = {known!r}\ndef probabilities(counts):\n"
            "    return next((np.array(p) for c, p in known if c == counts.tolist()), counts / 9.)")
    from pathkit.classroom.grading.one_exercise import public_verdict

    job = Job(MODULE, "probabilities", code, seed_of(out))
    result = grade(job)
    record = Record(MODULE, "probabilities", result.verdict, code, "metadata",
                    failed=result.failed, cases=result.cases, public=public_verdict(job))
    assert record.public.passed and not record.passed
    heard = shown_to_student.told(record)
    assert "not every hidden one" in heard.message and "idden case" in heard.cases
    assert not heard.rows and not heard.said


@pytest.mark.slow
def test_someone_who_did_nothing_gets_a_page(handed_in, tmp_path):
    [_, nobody], scores, _ = handed_in
    html, _ = pages(tmp_path, nobody, scores[nobody.student.key])
    assert "0 of 8 points" in html and html.count("not attempted") >= 8
    assert "Your answer" not in html


def test_a_module_that_was_not_handed_in_says_so(tmp_path):
    one, found = hostile("Ada")
    one = dataclasses.replace(one, records=(), submissions={})
    html, _ = pages(tmp_path, one, found)
    assert "Not handed in." in html and "No notebook of this module was handed in." in html


def test_points_lateness_and_guesses_are_told(tmp_path):
    one, found = hostile("Ada")
    [record] = [r for r in one.records if r.name == "probabilities"]
    one = dataclasses.replace(
        one, records=(dataclasses.replace(record, remarks=("probabilities: found by its name",)),)
    )
    found = dataclasses.replace(
        found, late_days={MODULE: 2}, notes=("bigram: 2 days late, 1 of 5 points lost",), total=4.5
    )
    html, _ = pages(tmp_path, one, found)
    assert "4.5 of 8 points" in html and "2 days late" in html
    assert "We had to guess: probabilities: found by its name." in html


@pytest.mark.parametrize(("failed", "of", "said"), [
    ((), 6, ""), ((0,), 1, "The hidden case isn't right."),
    ((2,), 6, "Hidden case 3 of 6 isn't right."),
    ((0, 2, 5), 6, "Hidden cases 1, 3 and 6 of 6 aren't right."),
    ((0, 1), 2, "None of 2 hidden cases is right."),
])
def test_hidden_cases_are_named_only(failed, of, said):
    assert shown_to_student.hidden_cases(failed, of) == said


@pytest.mark.parametrize("status", ["raised", "wrong value", "wrong shape", "not usable",
                                    "changed its input", "too slow", "misconception"])
def test_no_text_of_a_hidden_run_is_passed_on(status):
    """Whatever a run on hidden cases gave back may hold them."""
    verdict = Verdict("bigram.x", status, "" if status == "misconception" else "SECRET",
                      (("called", "SECRET"),), ("SECRET",), "m" * (status == "misconception"))
    for contained in ("", "fault") if status == "not usable" else ("",):
        record = Record(MODULE, "x", verdict, "x", "metadata", contained=contained)
        assert "SECRET" not in str(shown_to_student.told(record))


def test_each_kind_of_fault_has_a_status_and_words_of_its_own():
    assert set(ORDER) <= set(get_args(Status)) and set(TOLD.values()) <= set(ORDER)
    assert set(shown_to_student.ONLY_HIDDEN) == set(ORDER) - {"too slow"}


# --- what students wrote stays text -----------------------------------------------------------


def test_a_page_holds_no_markup_of_a_student(tmp_path):
    from html.parser import HTMLParser

    html, _ = pages(tmp_path, *hostile())
    tags, attributes, text = set(), set(), []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.add(tag)
            attributes.update(name for name, _ in attrs)

        def handle_data(self, data):
            text.append(data)

    Reader().feed(html)
    assert not tags & {"script", "img", "iframe", "svg", "textarea", "object", "form", "base"}
    assert not {name for name in attributes if name.startswith("on")} and "src" not in attributes
    assert not [part for part in html.split("href=") if part[1:].startswith("javascript")]
    assert "<script>document.title" in "".join(text)  # it is there, to be read
    assert "{{ 7 * 7 }}" in html and "49" not in html


@pytest.mark.parametrize("sign", "\u202e \u200b \u2066 \x1b \x07 \x00 \x9b".split(" "))
def test_signs_that_hide_or_move_text_are_written_out(tmp_path, sign):
    html, notebook = pages(tmp_path, *hostile())
    assert sign not in html and sign not in json.dumps(notebook, ensure_ascii=False)
    assert repr(sign)[1:-1] in html


def test_a_joiner_between_letters_is_written_out_and_a_family_stays():
    assert page.shown("a\u200db") == "a\\u200db" and page.shown("👩\u200d👧") == "👩\u200d👧"


def test_half_a_character_can_be_written(tmp_path):
    html, _ = pages(tmp_path, *hostile("\ud800"))
    assert "\\ud800" in html


def test_a_notebook_is_valid_and_not_run(tmp_path):
    one, found = hostile()
    _, data = pages(tmp_path, one, found)
    notebook = nbformat.from_dict(data)
    nbformat.validate(notebook)
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert codes and all(c.execution_count is None and not c.outputs for c in codes)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_text_cells_hold_what_students_wrote_as_code_only(tmp_path):
    from markdown_it import MarkdownIt

    _, data = pages(tmp_path, *hostile())
    rendered = MarkdownIt("js-default", {"html": True, "linkify": False})
    for cell in data["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        for token in rendered.parse("".join(cell["source"])):
            for part in [token, *(token.children or ())]:
                if part.type in ("code_inline", "fence"):
                    continue
                assert part.type not in ("link_open", "image"), part
                if part.type in ("html_block", "html_inline"):
                    assert part.content.strip() in (
                        "<details><summary>Unfold the next hint</summary>", "</details>")
                elif part.type == "text":
                    assert "document.title" not in part.content, part


@pytest.mark.parametrize("text", [*HOSTILE, "`", "``", "a ` b `` c", " ", "`x`", "```\n```"])
def test_code_spans_and_blocks_hold_any_text(text):
    from markdown_it import MarkdownIt

    [_, inline, _] = MarkdownIt().parse(span(text))
    assert [part.type for part in inline.children] == ["code_inline"]
    [fence] = MarkdownIt().parse(block(text))
    assert fence.type == "fence" and fence.content == page.shown(text) + "\n"


def test_very_long_answers_are_cut():
    assert len(page.code("x = 1\n" * 100_000)) < 500_000
    assert "more characters" in page.code("x = 1\n" * 100_000)


def test_a_very_long_complaint_is_cut():
    verdict = Verdict("bigram.x", "not usable", "x" * 10**6)
    assert len(shown_to_student.told(Record(MODULE, "x", verdict)).said) < 2000


def test_code_without_pygments_is_plain(monkeypatch):
    monkeypatch.setattr(page, "_lexer", lambda: None)
    assert page.code("a < b") == "a &lt; b"


def test_formulas_and_lists_of_the_path_are_shown():
    assert "<code>-ln p</code>" in page.prose(r"the average of $-\ln p$")
    assert "<li>" in page.prose("1. one\n2. two")


def test_a_second_run_leaves_files_as_they_are(tmp_path):
    first = [p.stat().st_mtime_ns for p in feedback.write(tmp_path, *hostile("Ada"), ASSIGNMENT)]
    again = [p.stat().st_mtime_ns for p in feedback.write(tmp_path, *hostile("Ada"), ASSIGNMENT)]
    assert first == again
