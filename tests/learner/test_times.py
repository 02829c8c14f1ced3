"""How long the path takes: both parts, the same everywhere, and nothing counted twice."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from pathkit import curriculum, path_map
from pathkit.building import module_text, path_text
from pathkit.building.build import Place
from pathkit.building.overview import Overview
from pathkit.learner.plan import times
from pathkit.learner.plan.goal import ESSENTIALS, Goal
from pathkit.learner.plan.route import route
from pathkit.learner.plan.times import Times
from pathkit.learner.progress import replay
from pathkit.path_map import PathMap, Resource
from pathkit.path_times import counted, counted_in
from tests.learner.test_commands import pathkit
from tests.learner.test_progress import ROOT, event, make_folder, module, passed

REAL = path_map.load(Place(ROOT).path_map)
CURRICULUM = curriculum.load(ROOT / "curriculum.yaml")
# The path as it was while a lesson of the fast route was still to come.
COMING = dataclasses.replace(REAL, modules=tuple(
    dataclasses.replace(m, draft=m.id == "control", exercises=m.exercises * (m.id != "control"))
    for m in REAL.modules))
WORDS = re.compile(r"[\dhmin ]+ of notebooks, [\dhmin ]+ of videos and texts")


def resource(name: str, minutes: int, when: str = "before", instead_of: str = "") -> Resource:
    return Resource(name, name, "video", f"https://example.org/{name}", "easy", minutes, when,
                    instead_of)


def test_the_words_are_the_same_everywhere(tmp_path):
    folder = make_folder(tmp_path, REAL)
    whole, fast = (str(times.left(replay(REAL, []), g)) for g in (Goal(), Goal(ESSENTIALS)))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    page = (ROOT / "notebooks" / "00-start-here.ipynb").read_text(encoding="utf-8")
    status = pathkit("status", "--folder", folder.root).stdout
    for text in (readme, page, status):
        assert {found.strip() for found in WORDS.findall(text)} == {whole, fast}
    plan = pathkit("plan", "--essentials", "--folder", folder.root).stdout
    assert fast in plan.splitlines()[0]
    assert whole in pathkit("plan", "--whole", "--folder", folder.root).stdout.splitlines()[0]
    figures = json.loads(pathkit("plan", "--essentials", "--json", "--folder", folder.root).stdout)
    assert str(Times(**figures["times"])) == fast
    # Nowhere is an hour written by hand.
    assert not re.search(r"about \w+ hours", readme + page)


@pytest.mark.parametrize("found", REAL.modules, ids=lambda m: m.id)
def test_a_title_says_what_next_says(tmp_path, found):
    title = json.loads((ROOT / "notebooks" / found.file).read_text())["cells"][0]["source"]
    said = times.left_of(replay(REAL, []), found)
    assert f"**{said.of_one}**" in "".join(title)
    if not found.draft:
        alone = dataclasses.replace(found, requires=())
        folder = make_folder(tmp_path, PathMap("P", (found.part,), (alone,)))
        assert said.of_one in " ".join(
            pathkit("next", "--show", "--folder", folder.root).stdout.split()
        )


def test_what_teaches_the_same_counts_once():
    first = module(1, "first", resources=(resource("part", 20, instead_of="paper"),))
    second = module(2, "second", resources=(
        resource("video", 6, instead_of="text"), resource("text", 7),
        resource("paper", 45, "during"), resource("notes", 90, "during", "paper"),
    ))
    assert [r.id for r in counted(second)] == ["text", "paper"]
    once = counted_in([first, second])
    assert [r.id for r in once["first"]] == [] and [r.id for r in once["second"]] == ["text",
                                                                                     "paper"]
    # Where the one that they stand in for isn't, the first of them counts.
    assert [r.id for r in counted(first)] == ["part"]
    lone = module(3, "lone", resources=(resource("b", 1, instead_of="x"),
                                        resource("c", 2, instead_of="x")))
    assert [r.id for r in counted(lone)] == ["b"]
    path = PathMap("P", ("Part",), (first, second))
    assert times.left(replay(path, [])) == Times(120, 52)


def test_the_papers_three_copies_and_the_video_or_text_count_once():
    for group in (("gpt2-paper", "gpt2-paper-cloudfront", "gpt2-fermats-library"),
                  ("alammar-gpt3-video", "how-gpt3-works")):
        for goal in (Goal(), Goal(ESSENTIALS)):
            works = [w for leg in route(REAL, replay(REAL, []), goal) for w in leg.works]
            counted = sum(w.resource is not None and w.resource.id in group for w in works)
            # The fast route may leave out all of them.
            assert counted == 1 or (counted == 0 and goal.kind == ESSENTIALS)


def test_what_is_left_shrinks_with_what_is_done_and_a_draft_has_no_notebook_time():
    path = PathMap("P", ("Part",), (
        module(1, "one", "a", "b", resources=(resource("r", 10), resource("s", 8, "during"))),
        module(2, "two", draft=True, resources=(resource("t", 5),)),
    ))
    assert times.left(replay(path, [])) == Times(60, 23)
    assert times.left(replay(path, [passed("one.a")])) == Times(30, 9)
    assert times.left(replay(path, [event("done", "one")])) == Times(0, 5)
    assert str(Times()) == "0 min" and str(Times(0, 5)) == "5 min of videos and texts"


def test_a_draft_promises_nothing_in_its_title_on_the_map_and_in_the_table():
    overview = Overview.of(COMING)
    links = {m.id: m.file for m in COMING.modules}
    drafts = [m for m in COMING.modules if m.draft]
    assert {m.id for m in drafts} == overview.drafts != set()
    for found in drafts:
        text = module_text.title(CURRICULUM, CURRICULUM.module(found.id), links, overview)
        assert text.splitlines()[0].endswith("(lesson to come)")
        assert "Afterwards you can" not in text and "still to come" in text
        assert f"{found.minutes} minutes" not in text
        assert not any(outcome in text for outcome in found.outcomes)
    tables = (path_text.module_table(CURRICULUM, p, links, overview) for p in CURRICULUM.parts)
    table = "".join(tables)
    assert table.count("(lesson to come)") == len(drafts)
    lesson = CURRICULUM.module("bigram")
    assert "Afterwards you can" in module_text.title(CURRICULUM, lesson, links, overview)


def test_readme_and_first_page_count_the_finished_lessons():
    assert not any(m.draft for m in REAL.modules)
    said = f"{len(REAL.modules)} lessons. "
    assert "26 finished lessons; 1 more is to come" in path_text.extent(
        CURRICULUM, Overview.of(COMING))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert said in readme
    assert said in (ROOT / "notebooks" / "00-start-here.ipynb").read_text(encoding="utf-8")
    resources, modules = len(CURRICULUM.resources), len(REAL.modules)
    numbers = f"{resources} resources of a well-known guide into {modules} notebooks"
    assert numbers in " ".join(readme.split())


def test_the_map_of_the_readme_says_how_long_each_lesson_and_its_resources_take():
    rows = re.findall(r"^\| (\d+) \|.*$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert [int(n) for n in rows] == list(range(1, len(REAL.modules) + 1))
    for line in (ROOT / "README.md").read_text("utf-8").splitlines():
        if found := re.match(r"\| (\d+) \|.*\| (\S+) \| (\S+) \| (\S+) \| [^|]+ \|$", line):
            module = REAL.modules[int(found[1]) - 1]
            resources = sum(r.minutes for r in counted(module))
            assert found[2] == ("–" if module.draft else str(module.minutes))
            assert found[3] == (str(resources) if resources else "–"), module.id


def test_a_plan_names_its_drafts_and_without_resources_nothing_to_watch(tmp_path):
    folder = make_folder(tmp_path, COMING)
    plan = pathkit("plan", "--essentials", "--folder", folder.root).stdout
    drafts = [m for m in COMING.modules if m.essential and m.draft]
    assert drafts
    first = drafts[0].title.partition(":")[0]
    assert f"Lessons to come (only their resources are planned): {first}" in plan
    assert not any(m.file in plan for m in drafts)
    data = json.loads(pathkit("plan", "--essentials", "--notebooks-only", "--json", "--folder",
                              folder.root).stdout)
    pieces = [p for w in data["weeks"] for s in w["sessions"] for p in s["pieces"]]
    assert {p["kind"] for p in pieces} == {"notebook"}
    assert [w["optional"] for w in data["weeks"]] == [[] for _ in data["weeks"]]
    assert data["lessons_to_come"] == [m.id for m in drafts]
    for form in ([], ["--markdown"], ["--ics", "-"]):
        said = pathkit("plan", "--essentials", "--notebooks-only", *form, "--folder", folder.root)
        assert "https://" not in said.stdout and "video:" not in said.stdout
