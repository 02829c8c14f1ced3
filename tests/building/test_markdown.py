"""The Markdown of generated cells, rendered by markdown-it: tables, folds, escapes, formulas."""

import json
import re
from types import SimpleNamespace

import pytest
from markdown_it import MarkdownIt

from pathkit import curriculum
from pathkit.building import (
    markdown,
    module_text,
    path_text,
    prompt_and_hint_text,
    resource_lists,
    resource_text,
)
from pathkit.building.build import Place, generate
from tests.building.test_build import ROOT, edit, small_project

RENDER = MarkdownIt("commonmark", {"html": True}).enable("table")
NOBODY = {"first-step": "a.ipynb", "second-step": "b.ipynb", "third-step": "c.ipynb"}


@pytest.fixture
def path(tmp_path):
    return curriculum.load(small_project(tmp_path).curriculum)


@pytest.fixture(scope="module")
def real_texts():
    return [
        (f"{file.name}:{cell['id']}", "".join(cell["source"]))
        for file, text in generate(Place(ROOT)).items()
        if file.suffix == ".ipynb"
        for cell in json.loads(text)["cells"]
        if cell["cell_type"] == "markdown"
    ]


def tables(text: str) -> list[list[int]]:
    """The number of cells in each row of each table."""
    found: list[list[int]] = []
    for token in RENDER.parse(text):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append(0)
        elif token.type in ("th_open", "td_open"):
            found[-1][-1] += 1
    return found


def cut(text: str) -> list[list[str]]:
    """The rows of a table as JupyterLab's parser (marked) cuts them, formulas taken out first."""
    without = re.sub(r"\$[^$]+\$", "FORMULA", text)
    rows = [line for line in without.splitlines() if line.startswith("|")]
    return [re.split(r"(?<!\\)\|", row)[1:-1] for row in rows]


@pytest.mark.slow
def test_every_real_table_has_as_many_cells_in_each_row_as_in_its_head(real_texts):
    seen = 0
    for name, text in real_texts:
        lines = text.splitlines()
        blocks = [line for line in lines if line.startswith("|")]
        for rows in tables(text):
            seen += 1
            assert len(set(rows)) == 1, name
        assert sum(len(rows) for rows in tables(text)) + len(tables(text)) == len(blocks), name
        if len(tables(text)) == 1:
            assert len({len(row) for row in cut(text)}) == 1, name
    assert seen > 30


@pytest.mark.slow
def test_every_real_fold_is_balanced_and_its_body_is_markdown(real_texts):
    seen = 0
    for name, text in real_texts:
        assert text.count("<details>") == text.count("</details>") == text.count("<summary>"), name
        for line in text.splitlines():
            if "<details>" in line:
                assert re.fullmatch(r"<details><summary>.+</summary>", line), name
        assert not re.search(r"</summary>\n(?!\n)|(?<!\n)\n</details>", text), name
        html = [t.content for t in RENDER.parse(text) if t.type == "html_block"]
        opened = sum(block.count("<details>") for block in html)
        assert opened == text.count("<details>"), name
        seen += opened
    assert seen > 200


def test_nothing_but_folds_and_breaks_is_html(real_texts):
    for name, text in real_texts:
        tokens = RENDER.parse(text)
        inline = [c for t in tokens for c in t.children or () if c.type == "html_inline"]
        assert {c.content for c in inline} <= {"<br>"}, name


def test_real_formulas_are_paired(real_texts):
    for name, text in real_texts:
        prose = re.sub(r"```.*?```|(`+).+?(?<!`)\1(?!`)", "", text, flags=re.DOTALL)
        prose = re.sub(r"<code>.*?</code>", "", prose)
        assert prose.replace("\\$", "").count("$") % 2 == 0, name


def test_no_real_question_holds_markdown_that_a_summary_would_show_raw(real_texts):
    for name, text in real_texts:
        for summary in re.findall(r"<summary>(.+)</summary>", text):
            bare = re.sub(r"<code>.*?</code>|\$[^$]+\$", "", summary)
            assert "`" not in bare and "](" not in bare, name
            assert not re.search(r"\*\S.*\S\*", bare), (name, bare)


# --- pieces ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a | b", "a \\| b"),
        ("a\n\n b\n", "a b"),
        ("`a|b`", "`a\\|b`"),
        ("already \\| escaped", "already \\| escaped"),
        ("$|x|$", "$\\vert x\\vert $"),
        ("$\\|x\\|$ | y", "$\\Vert x\\Vert $ \\| y"),
        ("costs 5$ | 6$", "costs 5$ \\vert  6$"),
    ],
)
def test_a_cell_is_one_line_without_bare_pipes(text, wanted):
    assert markdown.cell(text) == wanted
    assert tables(f"| a | b |\n| -- | -- |\n| {markdown.cell(text)} | y |") == [[2, 2]]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Is a < b & c?", "Is a &lt; b &amp; c?"),
        ("Is `a < b`?", "Is <code>a &lt; b</code>?"),
        ("What is $a < b$?", "What is $a \\lt  b$?"),
        ("What is $x_i^2$ of `$HOME`?", "What is $x_i^2$ of <code>&#36;HOME</code>?"),
        ("``a`b``", "<code>a`b</code>"),
        ("one ` alone", "one ` alone"),
        ("two\nlines", "two lines"),
        ("</summary><script>", "&lt;/summary&gt;&lt;script&gt;"),
    ],
)
def test_a_summary_keeps_code_and_formulas_and_escapes_the_rest(text, wanted):
    assert markdown.summary_html(text) == wanted


def test_a_fold_renders_markdown_inside():
    html = RENDER.render(markdown.fold("Why?", "Because *it* is\n\n- so\n- and so\n"))
    assert "<em>it</em>" in html and "<li>and so</li>" in html
    assert html.strip().startswith("<details><summary>Why?</summary>")
    assert html.strip().endswith("</details>")


def test_a_resource_survives_pipes_brackets_and_parentheses(path):
    module = path.module("first-step")
    text = resource_lists.resources(path, module.resources, "Before")
    html = RENDER.render(text)
    assert 'href="https://example.org/a_%28video%29"' in html
    assert ">A [video] | with a pipe</a>" in html
    assert "<code>a | b</code>" in html and "A second paragraph." in html
    assert html.count("<li>") == 1 and "<table>" not in html
    assert "🕰️\u00a0long" in html


def test_links_to_modules_survive_brackets_in_titles(path):
    text = module_text.title(path, path.module("second-step"), NOBODY)
    text += "\n\n" + module_text.next_steps(path, path.module("first-step"), NOBODY)
    text += "\n\n" + path_text.part(path, path.parts[0], NOBODY)
    text += "\n\n" + path_text.start(path, NOBODY)
    html = RENDER.render(text)
    assert html.count('<a href="a.ipynb">First step: [brackets] | pipe</a>') == 2
    assert html.count('<a href="a.ipynb">First step</a>') == 1
    assert tables(text) == [[8, 8, 8, 8]]


def test_moves_and_companions_are_told_under_the_table_and_errata_apart(tmp_path):
    place = small_project(tmp_path)
    edit(place.curriculum, "            questions:\n              - ask: \"Is", (
        "            moved: {url: 'https://example.org/new', checked: 2026-11, note: It moved.}\n"
        "            errata:\n"
        "              - {says: Two and two is five., instead: \"Four:\\n\\ncount them.\"}\n"
        "              - {says: Six is odd., instead: It is even., warning: Look at six.}\n"
        "              - {says: The guide calls it a book., instead: It is a film., of: guide}\n"
        "            companions: [{title: 'The [code]', url: 'https://example.org/c_(1)'}]\n"
        "            questions:\n              - ask: \"Is"
    ))
    path = curriculum.load(place.curriculum)
    html = RENDER.render(resource_lists.resources(path, path.resources, "Before"))
    assert '<a href="https://example.org/new">A [video] | with a pipe</a>' in html
    assert '<a href="https://example.org/a_(video)">' in html
    assert '<a href="https://example.org/c_%281%29">The [code]</a>' in html
    assert html.count("<ul>") == 2 and "Rather" not in html and "guide calls" not in html
    learner, solved = (
        RENDER.render(resource_text.errata(path.resources, solved)) for solved in (False, True)
    )
    for html in (learner, solved):
        assert "<li>Two and two is five. <strong>Rather:</strong> Four: count them.</li>" in html
        assert "<summary>⚠ A [video] | with a pipe</summary>" in html
        note = html.rpartition("</details>")[2]
        assert "The guide calls it a book. It is a film." in note and "⚠" not in note
    assert "<li>Look at six.</li>" in learner and "even" not in learner
    assert "only the solution has it" in learner and "only the solution" not in solved
    assert "Six is odd. <strong>Rather:</strong> It is even." in solved
    assert resource_text.errata([], solved=False) == ""


def test_questions_with_code_formulas_and_lists(path):
    html = RENDER.render(resource_lists.questions(path.resources))
    assert (
        "<summary>Is <code>a &lt; b</code> the same as $a \\lt  b$ &amp; $b \\gt  a$?</summary>"
    ) in html
    assert "<li>two</li>" in html


def test_the_fast_route_is_named_only_when_there_is_one(tmp_path):
    place = small_project(tmp_path)
    assert "modules marked ★" in path_text.start(curriculum.load(place.curriculum), NOBODY)
    edit(place.curriculum, "        essential: true\n", "")
    assert "★" not in path_text.start(curriculum.load(place.curriculum), NOBODY)


def test_hints_count_up_and_errors_stand_in_code():
    found = SimpleNamespace(
        hints=("one?", "two", "three", "four"),
        errors=(("KeyError: '.'", "look\nit up"), ("bad `x`", "why")),
    )
    html = RENDER.render(prompt_and_hint_text.hints(found))
    assert html.count("<details>") == 5
    assert "Hint 4: one more" in html
    assert "<code>KeyError: '.'</code>: look it up" in html
    assert "<code>bad `x`</code>: why" in html


def test_options_stay_one_list():
    found = SimpleNamespace(ask="Which?", options={"a": "this\n\none", "b": "that"})
    html = RENDER.render(prompt_and_hint_text.prediction(found))
    assert html.count("<li>") == 2 and html.count("<ul>") == 1
    assert "<strong>a)</strong> this one" in html


def test_badges_quote_what_must_be_quoted():
    place = SimpleNamespace(github="a/b", branch="x/y")
    text = module_text.badges(place, "notebooks/01 a.ipynb")
    assert "/v2/gh/a/b/x%2Fy?labpath=notebooks%2F01%20a.ipynb)" in text
