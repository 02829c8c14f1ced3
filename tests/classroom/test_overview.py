"""The class on one page: what it counts, what it ranks, and that it can be used by a browser."""

from __future__ import annotations

import dataclasses
import re
import time
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest

from pathkit.checks.verdict import Verdict
from pathkit.classroom.collecting.students import Student, key_of
from pathkit.classroom.grading.overrides import Overrides
from pathkit.classroom.grading.results import Record
from pathkit.classroom.grading.scores import score
from pathkit.classroom.grading.whole_class import Graded
from pathkit.classroom.reporting import class_page, feedback, reteach
from pathkit.classroom.reporting.submission_similarity import clusters, form
from pathkit.classroom.whole_notebooks.one_notebook import Ran
from tests import this_machine
from tests.classroom.classroom_data import ASSIGNMENT, EXERCISES, MODULE, class_of, graded, right
from tests.classroom.test_feedback import HOSTILE, TEXT, hostile

SIZE = 30


@pytest.fixture(scope="module")
def lesson(tmp_path_factory, works):
    """Thirty students who were graded through the real sandbox."""
    folder = tmp_path_factory.mktemp("in")
    class_of(folder, SIZE)
    return graded(folder, tmp_path_factory.mktemp("out"))


def record(name: str, status="passed", misconception="", code="", **more) -> Record:
    verdict = Verdict(f"{MODULE}.{name}", status, "Because.", misconception=misconception)
    return Record(MODULE, name, verdict, code or right(name), "metadata", **more)


def made(*students: tuple[Record, ...], names: tuple[str, ...] = ()) -> tuple[list, dict]:
    """A class with these records."""
    found = []
    for i, records in enumerate(students):
        name = names[i] if names else f"Student {i}"
        found.append(Graded(Student(key_of(name) + str(i), name, "", ""), {}, tuple(records)))
    return found, {g.student.key: score(g, ASSIGNMENT, Overrides()) for g in found}


def written(tmp_path, found, scores, **settings) -> str:
    path = class_page.write(tmp_path, found, scores, ASSIGNMENT, **settings)
    assert path == tmp_path / "class.html"
    return path.read_text(encoding="utf-8")


def text_of(html: str) -> str:
    parts: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data):
            parts.append(data)

    Reader().feed(html)
    return " ".join(" ".join(parts).split())


# --- what is counted --------------------------------------------------------------------------


@pytest.mark.slow
def test_a_class_is_shown_with_everybody_and_everything(lesson, tmp_path):
    found, scores = lesson
    html = written(tmp_path, found, scores)
    assert html.count("<tr><th scope=row>") == SIZE
    cells = re.findall(r"<td class=([rkosz])>", html)
    assert len(cells) == SIZE * len(EXERCISES)
    counted = [reteach.kind(r) for one in found for r in one.records]
    assert cells.count("r") == counted.count("right") and cells.count("k") == counted.count("known")
    assert cells.count("r") > 100 and cells.count("k") > 20


@pytest.mark.slow
def test_the_most_frequent_misconception_comes_first_with_answers_and_its_section(lesson, tmp_path):
    found, scores = lesson
    wrong = reteach.misconceptions(found, ASSIGNMENT)
    assert [w.students for w in wrong] == sorted((w.students for w in wrong), reverse=True)
    first = wrong[0]
    known = {m.name: m.message for m in EXERCISES[first.name].misconceptions}
    assert first.students > 1 and first.message == known[first.misconception]
    assert first.of >= first.students and first.section and first.answers[0].code
    html = text_of(written(tmp_path, found, scores))
    assert f"In the lesson: {first.section}" in html and first.message.split("*")[0] in html


@pytest.mark.slow
def test_answers_are_shown_without_names_unless_asked(lesson, tmp_path):
    found, scores = lesson
    part = re.compile(r'id="reteach".*id="exercises"', re.DOTALL)
    names = [one.student.name for one in found]
    anonymous = part.search(written(tmp_path, found, scores))[0]
    assert not any(name in anonymous for name in names)
    assert any(n in part.search(written(tmp_path, found, scores, named=True))[0] for n in names)


def test_every_kind_of_record_has_its_sign(tmp_path):
    found, scores = made(
        (record("count_pairs"), record("probabilities", "misconception", "_a"),
         record("mean_nll", "raised"), record("smoothed", "too slow", contained="time"),
         record("gradient", "not attempted"), record("descend", remarks=("descend: a guess",))),
    )
    html = written(tmp_path, found, scores)
    row = re.findall(r"<td class=([rkosz])>([^<\n]+)", html)
    assert row == [("r", "✓"), ("k", "a"), ("o", "✗"), ("z", "○"), ("s", "!"), ("z", "○"),
                   ("z", "○"), ("r", "✓*")]
    text = text_of(html)
    assert "Stopped, or not gradable" in text and "1 answer had to be guessed" in text
    for meaning in ("right", "a misconception of", "wrong in another way", "had to be guessed"):
        assert meaning in text


def test_letters_tell_misconceptions_of_one_exercise_apart(tmp_path):
    found, _ = made(*(
        (record("smoothed", "misconception", name),) for name in ("_b", "_b", "_b", "_a", "_c")
    ))
    wrong = reteach.misconceptions(found, ASSIGNMENT)
    assert [(w.misconception, w.letter, w.students) for w in wrong] == [
        ("_b", "a", 3), ("_a", "b", 1), ("_c", "c", 1)]
    assert [reteach.letter(i) for i in (0, 25, 26, 27, 52)] == ["a", "z", "aa", "ab", "ba"]


def test_failures_without_a_misconception_are_ranked_and_grouped(tmp_path):
    one = "def smoothed(counts, k):\n    total = counts.sum()\n    return counts / total"
    same = ('def smoothed(counts: int, k) -> None:\n    """Doc."""\n    # a remark\n'
            "    s = counts.sum()\n    return counts/s")
    other = "def smoothed(counts, k):\n    return k"
    found, scores = made(
        *((record("smoothed", "wrong value", code=code),) for code in (one, other, same)),
        (record("gradient", "raised"),),
    )
    first, second = reteach.unknown(found, ASSIGNMENT)
    assert (first.name, first.students, second.name) == ("smoothed", 3, "gradient")
    assert [c.students for c in first.answers] == [2, 1] and first.answers[0].code == one
    assert "Failures without a name" in text_of(written(tmp_path, found, scores))


@pytest.mark.parametrize(("one", "other", "same"), [
    ("def f(a):\n    return a", "def f(b):\n    return b", True),
    ("def f(a, b):\n    return a - b", "def f(a, b):\n    return b - a", False),
    ("x: int = 3", "x = 3", True),
    ("x = 3", "x = 4", False),
    ("def f(a):\n    'doc'\n    return g(a)", "def f(x):\n    return g(x)", True),
    ("def f(a):\n    return g(a)", "def f(a):\n    return h(a)", False),
    ("def f(:", "def   f(:", True),
    ("def f(a):\n    'doc'", "def f(a):\n    pass", True),
])
def test_answers_are_alike_when_they_are_the_same_program(one, other, same):
    assert (form(one) == form(other)) is same


@pytest.mark.parametrize("code", ["(" * 5000, "x = " + "-" * 20_000 + "1", "\0", "a" * 10, ""])
def test_odd_answers_have_a_form(code):
    assert isinstance(form(code), str)
    assert clusters([record("smoothed", "raised", code=code or " ")])[0].students == 1


def test_times_of_attempts_come_from_logs(tmp_path):
    start = datetime(2026, 3, 1, 10, tzinfo=UTC)
    times = tuple(start + timedelta(minutes=m) for m in (0, 4, 90, 96))
    found, scores = made((record("smoothed"),))
    attempts = {found[0].student.key: {"bigram.smoothed": times}}
    html = written(tmp_path, found, scores, attempts=attempts)
    assert '<td class="n">4<td class="n">1 Mar 10:00<td class="n">1 Mar 11:36' in html
    assert "a log: 1 of 1" in html and "no points depend on it" in html
    assert '<td class="n">4<td class="n">10' in html  # four checks; the long break doesn't count
    assert "Checks a day: 1 Mar: 4" in html
    assert "When they worked" not in written(tmp_path, found, scores)


def test_late_days_and_lost_points_are_listed(tmp_path):
    found, scores = made((record("smoothed"),))
    key = found[0].student.key
    scores[key] = dataclasses.replace(scores[key], late_days={MODULE: 2}, lost=0.2)
    text = text_of(written(tmp_path, found, scores))
    assert "Student 0 bigram 2 0.2" in text and "2 d" in text


@pytest.mark.parametrize("size", [0, 1])
def test_a_class_of_nobody_and_of_one_can_be_shown(tmp_path, size):
    found, scores = made(*[()] * size)
    assert "What to reteach" in written(tmp_path, found, scores)


def test_plots_have_words_for_those_who_do_not_see_them(tmp_path):
    found, scores = made((record("smoothed"),), ())
    html = written(tmp_path, found, scores)
    assert 'role="img" aria-label="Students by points: 0: 1, 1: 1. mean 0.5' in html
    assert html.count("<svg") == html.count('role="img"') + html.count('aria-hidden="true"') - len(
        re.findall(r'<span[^>]*aria-hidden="true"', html))


@pytest.mark.slow
def test_two_hundred_students_and_24_exercises_make_a_small_page(tmp_path):
    names = list(EXERCISES) * 3
    tasks = [dataclasses.replace(ASSIGNMENT.modules[0], id=f"bigram-{i}") for i in range(3)]
    assignment = dataclasses.replace(ASSIGNMENT, modules=tuple(tasks))
    verdicts = [("passed", ""), ("misconception", "_a"), ("misconception", "_b"), ("raised", "")]
    students = []
    for i in range(200):
        records = []
        for k, name in enumerate(names):
            status, wrong = verdicts[(i * 7 + k * 3 + i // 5) % 4]
            code = right(name) + f"\n# {i}" if i % 3 else right(name) + f"\nx = {i}"
            records.append(dataclasses.replace(
                record(name, status, wrong, code), module=f"bigram-{k // len(EXERCISES)}"))
        students.append(tuple(records))
    found, _ = made(*students)
    scores = {g.student.key: score(g, assignment, Overrides()) for g in found}
    begun = time.process_time()
    path = class_page.write(tmp_path, found, scores, assignment)
    assert path.stat().st_size < 400_000
    assert time.process_time() - begun < 5


# --- in a browser -----------------------------------------------------------------------------


def crowd() -> tuple[list[Graded], dict]:
    """Students whose names and answers are each hostile in another way."""
    names = tuple(f"{text} {i}" for i, text in enumerate((*HOSTILE, TEXT)))
    answers = [f"def smoothed(counts, k):\n    return {text!r}\n{text}" for text in names]
    students = [
        (record("smoothed", "misconception", "_a", code),
         record("gradient", "raised", code=code, remarks=(name,), contained=""),
         Record(MODULE, "descend", Verdict("bigram.descend", "not usable", name), code, "name",
                (name,), contained="fault"))
        for name, code in zip(names, answers, strict=True)
    ]
    return made(*students, names=names)


@pytest.fixture(scope="module")
def chromium():
    """A Chromium of this machine; skips where there is none."""
    with this_machine.chromium(["--disable-gpu", "--disable-dev-shm-usage"]) as browser:
        yield browser


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("policy", [True, False], ids=["with its policy", "without its policy"])
def test_hostile_pages_do_nothing_in_a_browser(chromium, tmp_path, scheme, policy):
    """Without the policy, too: the text itself is harmless, the policy is a second wall."""
    found, scores = crowd()
    theirs, points = hostile()
    # Where a whole notebook stops is told in the student's own words, too.
    def wholes(*students):
        names = ((one.student.key, one.student.name) for one in students)
        return {(key, MODULE): Ran("own-1", name, name, name, 1.0, ((name, 1),))
                for key, name in names}

    paths = [class_page.write(tmp_path, found, scores, ASSIGNMENT, named=True,
                            wholes=wholes(*found)),
             feedback.write(tmp_path, theirs, points, ASSIGNMENT, wholes(theirs))[0]]
    for path in paths:
        if not policy:
            html = path.read_text(encoding="utf-8")
            kept, count = re.subn(r"<meta http-equiv=.*>\n", "", html)
            assert count == 1
            path.write_text(kept, encoding="utf-8")
        with chromium.new_context(color_scheme=scheme) as context:
            page = context.new_page()
            asked, said = [], []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.on("console", lambda message, said=said: said.append(message.text))
            page.on("pageerror", lambda error, said=said: said.append(str(error)))
            page.on("dialog", lambda dialog, said=said: said.append("a dialog"))
            page.goto(path.as_uri())
            for summary in page.locator("summary").all():
                summary.click()
            page.mouse.move(200, 200)
            page.mouse.wheel(0, 3000)
            page.wait_for_timeout(100)
            assert [url for url in asked if url != path.as_uri() and url != "data:,"] == []
            assert said == []
            assert page.title() != "ran"
            assert page.locator("script, img, iframe, [onload], [onerror]").count() == 0
            links = page.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
            assert links and all(link.startswith("#") for link in links)


@pytest.mark.browser
@pytest.mark.slow
def test_the_table_keeps_names_and_titles_in_sight(chromium, tmp_path):
    found, scores = made(*[(record("smoothed"),)] * 200)
    path = class_page.write(tmp_path, found, scores, ASSIGNMENT)
    with chromium.new_context(viewport={"width": 420, "height": 700}) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        box = page.locator(".wide")
        box.evaluate("box => box.scrollTo(60, 1500)")
        frame = box.bounding_box()
        head = page.locator(".grid thead th").nth(4).bounding_box()
        name = page.locator(".grid tbody th").nth(90).bounding_box()
        assert abs(head["y"] - frame["y"]) < 2 and abs(name["x"] - frame["x"]) < 2
        # Nothing is wider than a phone, whatever somebody is called.
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
        page.goto(feedback.write(tmp_path, *hostile(), ASSIGNMENT)[0].as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 420


@pytest.mark.parametrize(("fields", "what"), [
    ({"misconception": "_no_end"}, "known"), ({"cause": "`b` is left out"}, "known"), ({}, "other"),
])
def test_an_answer_with_a_known_cause_counts_as_known(fields, what):
    from types import SimpleNamespace

    from pathkit.checks.verdict import Verdict
    from pathkit.classroom.reporting.reteach import kind

    verdict = Verdict("m.e", "wrong value", "Wrong.", **fields)
    assert kind(SimpleNamespace(verdict=verdict, passed=False, contained="")) == what
