"""curriculum.yaml: what is accepted, and the exact line that each mistake gets."""

import importlib
import json
from pathlib import Path

import jsonschema
import pytest
import ruamel.yaml

from pathkit.curriculum import (
    Curriculum,
    CurriculumError,
    UnknownEntry,
    json_schema,
    load,
    loads,
)
from pathkit.path_modules import Modules

reader = importlib.import_module("pathkit.curriculum.yaml_reading")
text_file = importlib.import_module("pathkit.curriculum.text_file")

VALID = """\
# A comment above the path.
title: A small path
levels: {easy: 🟢, medium: 🟠, hard: 🔴}
flags: {long: 🕰️}
license: CC-BY-4.0
repository: {github: owner/some.name}
parts:
  - id: first
    title: "Part 1: counting"
    modules:
      - id: neurons
        title: Neurons
        tagline: One sum, one bend.
        level: easy
        requires: []
        minutes: 45
        outcomes:
          - compute a weighted sum
        resources:
          - id: tour
            title: A tour
            authors: [Somebody]
            year: 2020
            kind: video
            url: https://example.org/tour
            level: easy
            flags: [long]
            minutes: 61
            when: before
            summary: >
              Folded text with a comment sign # inside,

              and a second paragraph where 5 < 6 and a <- b and `<b>` stand.
            questions:
              - ask: Why bend?
                answer: Two lines in a row are one line.
              - ask: Why sum?
                answer: It is cheap.
      # A comment between modules.
      - id: word-count
        title: Word count
        tagline: Count.
        essential: true
        level: medium
        requires: [neurons]
        minutes: 60
        outcomes: [count words]
        exercises: [count, Counter]
        resources:
          - id: no-tour
            title: "no"
            authors: [A, B]
            year: 1956
            kind: paper
            url: https://example.org/paper?a=1&b=(2)
            level: hard
            flags: []
            minutes: 5
            when: deeper
            summary: Short.
            moved: {url: https://example.org/new, checked: 2026-11, note: Renamed.}
            errata:
              - says: All is one.
                instead: It is not.
            pairs_with: [tour]
            companions:
              - {title: Code, url: https://example.org/code}
            questions:
              - {ask: on, answer: off}
              - {ask: Yes or no, answer: no}
"""
RECALL = """\
cards:
  - ask: What is counting?
    answer: One after another.
group:
  discuss:
    - What is a word?
  pairs: Take turns.
  plan: 20 minutes alone, 20 together.
terms:
  - term: token
    word: word
    says: A piece of text that gets a number.
    defined: Words
    used: Counting
"""
EXERCISES = """\
from pathkit.checks.exercise import exercise


@exercise(level="easy")
def count(text):
    return len(text.split())


@exercise(level="easy")
class Counter:
    pass


def helper():
    pass
"""


def test_what_stands_in_for_a_resource_names_one_that_counts_itself():
    once = VALID.replace("pairs_with: [tour]", "instead_of: tour")
    assert loads(once).resource("no-tour").instead_of == "tour"
    address = "            url: https://example.org/tour\n"
    twice = once.replace(address, f"{address}            instead_of: no-tour\n")
    found = lines(twice)
    assert any(": 'tour' stands in for 'no-tour' itself; name that one" in one or
               ".instead_of: 'tour' stands in" in one for one in found), found


def lines(source, **options):
    with pytest.raises(CurriculumError) as caught:
        loads(source, **options)
    return str(caught.value).splitlines()


def changed(old, new, source=VALID):
    assert source.count(old) == 1, f"{old!r} stands {source.count(old)} times"
    return source.replace(old, new)


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request, monkeypatch):
    if request.param == "pure Python":
        monkeypatch.setattr(reader, "_fast_parser", lambda: None)
    elif reader._fast_parser() is None:
        pytest.skip("no libyaml here")
    return request.param


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "word_count"
    folder.mkdir()
    for name, source in (
        ("lesson.py", "import math\n"), ("count.py", EXERCISES), ("recall.yaml", RECALL)
    ):
        (folder / name).write_text(source)
    return tmp_path


def test_two_modules_can_not_have_had_one_id():
    renamed = VALID.replace("requires: []", "requires: []\n        formerly: [cells]")
    assert loads(renamed).module("neurons").formerly == ("cells",)
    both = renamed.replace("requires: [neurons]", "requires: [neurons]\n        formerly: [cells]")
    with pytest.raises(CurriculumError, match="another module had the id 'cells', in line 16"):
        loads(both)


def test_a_valid_file(parser, tmp_path):
    (tmp_path / "curriculum.yaml").write_text(VALID, encoding="utf-8")
    path = load(tmp_path / "curriculum.yaml")
    assert path == loads(VALID) == loads(VALID.replace("\n", "\r\n"))
    assert path.title == "A small path"
    assert path.levels == {"easy": "🟢", "medium": "🟠", "hard": "🔴"}
    assert (path.repository.github, path.repository.branch) == ("owner/some.name", "main")
    assert [module.id for module in path.modules] == ["neurons", "word-count"]
    assert [resource.id for resource in path.resources] == ["tour", "no-tour"]
    assert path.number("word-count") == 2
    assert path.part_of("word-count").id == "first"
    assert path.resource("no-tour").title == "no"
    module = path.module("word-count")
    assert module.essential and not path.module("neurons").essential
    assert module.exercises == ("count", "Counter")
    assert module.cards == () and module.group is None and module.terms == ()
    assert module.resources[0].moved.checked == "2026-11"
    assert module.resources[0].questions[0].ask == "on"
    assert path.module("neurons").resources[0].summary == (
        "Folded text with a comment sign # inside,\n"
        "and a second paragraph where 5 < 6 and a <- b and `<b>` stand."
    )


def test_a_dump_of_the_model_is_valid_again():
    path = loads(VALID)
    assert Curriculum.model_validate(path.model_dump(exclude_none=True)) == path


def test_nothing_can_be_changed():
    path = loads(VALID)
    with pytest.raises(ValueError):
        path.title = "Another"
    assert hash(path.modules[0]) == hash(loads(VALID).modules[0])


@pytest.mark.parametrize("ask", ["module", "number", "part_of"])
def test_an_unknown_module(ask):
    with pytest.raises(UnknownEntry) as caught:
        getattr(loads(VALID), ask)("neuron")
    assert str(caught.value) == "there is no module 'neuron'; did you mean 'neurons'?"


def test_an_unknown_resource():
    with pytest.raises(UnknownEntry, match="there is no resource 'xyz'$"):
        loads(VALID).resource("xyz")


MODULE = "modules.word-count"
RESOURCE = f"{MODULE}.resources[0]"
TEXT = "Short."
# (what stands in the valid file, what to put there, the line that is expected)
FIELD_MISTAKES = [
    ("level: hard", "level: hrad", f"56:20: {RESOURCE}.level: 'hrad' is not one of easy, medium, "
     "hard, very-hard; did you mean 'hard'?"),
    ("level: hard", "level: 3", f"56:20: {RESOURCE}.level: 3 is not one of easy, medium, hard, "
     "very-hard"),
    ("flags: [long]", "flags: [lnog]", "27:21: modules.neurons.resources[0].flags[0]: 'lnog' is "
     "not one of long, low-audio; did you mean 'long'?"),
    ("kind: paper", "kind: papyrus", f"54:19: {RESOURCE}.kind: 'papyrus' is not one of video, "
     "article, paper, tool, list, course, game, repo, leaderboard, book, story"),
    ("when: deeper", "when: later", f"59:19: {RESOURCE}.when: 'later' is not one of before, "
     "during, after, deeper; did you mean 'after'?"),
    ("tagline: Count.", "tagine: Count.", f"42:9: {MODULE}.tagine: unknown key; "
     "did you mean 'tagline'?"),
    ("license: CC-BY-4.0", "xyz: 1", "5:1: xyz: unknown key; expected one of title, levels, "
     "level_note, flags, license, repository, promise, about, needed, standards, parts"),
    ("        tagline: Count.\n", "", f"40:9: {MODULE}.tagline: missing; "
     "expected one sentence that stands under the title"),
    ("title: A small path\n", "", "2:1: title: missing; expected the name of the path"),
    ("medium: 🟠,", "medium: 🟠, hadr: x,", "3:30: levels.hadr: 'hadr' is not one of easy, "
     "medium, hard, very-hard; did you mean 'hard'?"),
    (", hard: 🔴", "", "3:9: levels: no sign for the level 'hard', which is used in line 56"),
    ("flags: {long: 🕰️}", "flags: {}", "4:8: flags: no sign for the flag 'long', which is used "
     "in line 27"),
    ("title: Word count", "title: 2022", f"41:16: {MODULE}.title: 2022 is a number where text is "
     "expected; put it in quotes"),
    ("title: Word count", "title: 0x10", f"41:16: {MODULE}.title: 16 is a number where text is "
     "expected; put it in quotes"),
    ("title: Word count", "title: .nan", f"41:16: {MODULE}.title: nan is a number where text is "
     "expected; put it in quotes"),
    ("title: Word count", "title: true", f"41:16: {MODULE}.title: true is a truth value where "
     "text is expected; put it in quotes"),
    ("title: Word count", "title:", f"41:9: {MODULE}.title: nothing where text is expected"),
    ("title: Word count", "title: []", f"41:16: {MODULE}.title: a list where text is expected"),
    ("title: Word count", "title: '  '", f"41:16: {MODULE}.title: empty text"),
    ("essential: true", "essential: yes", f"43:20: {MODULE}.essential: 'yes' is neither true nor "
     "false"),
    ("essential: true", "essential: on", f"43:20: {MODULE}.essential: 'on' is neither true nor "
     "false"),
    ("minutes: 60", "minutes: 0", f"46:18: {MODULE}.minutes: 0 is not a whole number from 1 to "
     "6000"),
    ("minutes: 60", "minutes: 1.5", f"46:18: {MODULE}.minutes: 1.5 is not a whole number from 1 "
     "to 6000"),
    ("minutes: 60", "minutes: .NaN", f"46:18: {MODULE}.minutes: nan is not a whole number from 1 "
     "to 6000"),
    ("minutes: 60", "minutes: '60'", f"46:18: {MODULE}.minutes: '60' is not a whole number from "
     "1 to 6000"),
    ("minutes: 60", "minutes: false", f"46:18: {MODULE}.minutes: false is not a whole number "
     "from 1 to 6000"),
    ("year: 1956", "year: 1899", f"53:19: {RESOURCE}.year: 1899 is not a whole number from 1900 "
     "to 2100"),
    ("year: 1956", "year: " + "9" * 5000, f"53:19: {RESOURCE}.year: a number of 5000 digits is "
     "not a whole number from 1900 to 2100"),
    ("year: 1956", "year: 0o" + "7" * 40, f"53:19: {RESOURCE}.year: a number of 40 digits is "
     "not a whole number from 1900 to 2100"),
    ("year: 1956", "year: 1e999", f"53:19: {RESOURCE}.year: inf is not a whole number from 1900 "
     "to 2100"),
    ("outcomes: [count words]", "outcomes: []", f"47:19: {MODULE}.outcomes: 0 items where at "
     "least 1 must stand"),
    ("outcomes: [count words]", "outcomes: [a, b, c, d, e, f, g, h, i]", f"47:19: {MODULE}."
     "outcomes: 9 items where at most 8 may stand"),
    ("outcomes: [count words]", "outcomes: count", f"47:19: {MODULE}.outcomes: the text 'count' "
     "where a list is expected"),
    ("outcomes: [count words]", "outcomes: {a: b}", f"47:19: {MODULE}.outcomes: a mapping where "
     "a list is expected"),
    ("              - {ask: on, answer: off}\n", "", f"69:15: {RESOURCE}.questions: 1 item "
     "where at least 2 must stand"),
    ("checked: 2026-11,", "checked: 2026-11-23,", f"61:60: {RESOURCE}.moved.checked: "
     "'2026-11-23' is a day; expected a month, such as 2026-11"),
    ("checked: 2026-11,", "checked: 2026-13,", f"61:60: {RESOURCE}.moved.checked: '2026-13' is "
     "not a month; expected YYYY-MM, such as 2026-11"),
    ("checked: 2026-11,", "checked: 2026,", f"61:60: {RESOURCE}.moved.checked: 2026 is not a "
     "month; expected YYYY-MM, such as 2026-11"),
    ("moved: {url: https://example.org/new, checked: 2026-11, note: Renamed.}", "moved: gone",
     f"61:20: {RESOURCE}.moved: the text 'gone' where a mapping is expected"),
    ("moved: {url: https://example.org/new, checked: 2026-11, note: Renamed.}", "moved:",
     f"61:13: {RESOURCE}.moved: nothing here; give the key a value or remove it"),
    ("license: CC-BY-4.0", "license: ~", "5:10: license: nothing here; give the key a value or "
     "remove it"),
    ("github: owner/some.name", "github: https://github.com/a/b", "6:22: repository.github: "
     "'https://github.com/a/b' is not a GitHub repository; expected owner/name"),
    ("github: owner/some.name", "github: a/b, branch: a b", "6:35: repository.branch: 'a b' is "
     "not the name of a branch, such as main"),
    ("id: first", "id: First part", "8:9: parts[0].id: 'First part' is not an id: expected "
     "lower-case letters and digits, joined by single hyphens"),
    ('title: "Part 1: counting"', "tilte: x", "9:5: parts.first.tilte: unknown key; "
     "did you mean 'title'?"),
    ("id: word-count", "id: word--count", "40:13: modules[1].id: 'word--count' is not an id: "
     "expected lower-case letters and digits, joined by single hyphens"),
    ("- id: word-count\n        title: Word count", "- title: [x]", "40:9: modules[1].id: missing; "
     "expected a unique id, which also names the folder modules/ID\n"
     "40:16: modules[1].title: a list where text is expected"),
    ("exercises: [count, Counter]", "exercises: [class]", f"48:21: {MODULE}.exercises[0]: "
     "'class' is not the name of a Python function or class"),
    ("ask: Why bend?", 'ask: "a\\nb"', "35:22: modules.neurons.resources[0].questions[0].ask: a "
     "line break in text that must stay in one line"),
    ("ask: Why bend?", "ask: |\n                  a\n                  b", "35:22: modules.neurons."
     "resources[0].questions[0].ask: a line break in text that must stay in one line"),
    ("exercises: [count, Counter]", "cards: []", f"48:9: {MODULE}.cards: these stand in the "
     "module's own recall.yaml, beside its lesson"),
    ("exercises: [count, Counter]", "group: {pairs: Talk.}", f"48:9: {MODULE}.group: these stand "
     "in the module's own recall.yaml, beside its lesson"),
    (TEXT, '"a\\tb"', f"60:22: {RESOURCE}.summary: a tab in text"),
    (TEXT, '"a\\ab"', f"60:22: {RESOURCE}.summary: a control character (U+0007) in text"),
    (TEXT, '"a\\ufffd"', f"60:22: {RESOURCE}.summary: a replacement character (U+FFFD: a letter "
     "was lost in a conversion) in text"),
    (TEXT, '"a\\u202eb"', f"60:22: {RESOURCE}.summary: an invisible change of writing direction "
     "(U+202E) in text"),
    (TEXT, '"a\\ud800"', f"60:22: {RESOURCE}.summary: half a character (U+D800) in text"),
    (TEXT, "a <b>c</b>", f"60:22: {RESOURCE}.summary: raw HTML: '<b>'; put it in backticks, or "
     "a space after a '<' that means \"below\""),
    (TEXT, "x </details>", f"60:22: {RESOURCE}.summary: raw HTML: '</details>'; put it in "
     "backticks, or a space after a '<' that means \"below\""),
    (TEXT, "<!-- x", f"60:22: {RESOURCE}.summary: raw HTML: '<!--'; put it in backticks, or a "
     "space after a '<' that means \"below\""),
    (TEXT, "x <script", f"60:22: {RESOURCE}.summary: raw HTML: '<script'; put it in backticks, "
     "or a space after a '<' that means \"below\""),
    (TEXT, "x ` <b> y", f"60:22: {RESOURCE}.summary: a backtick without its partner, before "
     "' <b> y'"),
    (TEXT, r"x \`<b>\` y", f"60:22: {RESOURCE}.summary: raw HTML: '<b>'; put it in backticks, "
     "or a space after a '<' that means \"below\""),
    ("https://example.org/code", "ftp://example.org/", f"67:36: {RESOURCE}.companions[0].url: "
     "'ftp://example.org/' is not a URL that begins with http:// or https://"),
    ("https://example.org/code", "https:///code", f"67:36: {RESOURCE}.companions[0].url: "
     "'https:///code' is a URL without a host"),
    ("https://example.org/code", "https://[::1/", None),
    ("https://example.org/code", "'https://[::1/'", f"67:36: {RESOURCE}.companions[0].url: "
     "'https://[::1/' is not a URL that can be opened"),
    ("https://example.org/code", "https://a:b@example.org/", f"67:36: {RESOURCE}.companions[0]"
     ".url: 'https://a:b@example.org/' holds a user name; a URL here must work for everybody"),
    ("https://example.org/code", "https://example.org/a b", f"67:36: {RESOURCE}.companions[0]"
     ".url: white space in a URL: expected its percent-encoded form"),
    ("https://example.org/code", "https://example.org/<b>", f"67:36: {RESOURCE}.companions[0]"
     ".url: < in a URL: expected its percent-encoded form"),
]
RULE_MISTAKES = [
    ("id: word-count", "id: neurons", "40:13: modules.neurons.id: another module has the id "
     "'neurons', first in line 11"),
    ("id: no-tour", "id: tour", f"50:17: {RESOURCE}.id: another resource has the id 'tour', "
     f"first in line 20\n65:26: {RESOURCE}.pairs_with[0]: the resource 'tour' is paired with "
     "itself"),
    ("https://example.org/code", "http://EXAMPLE.org/tour/", f"67:36: {RESOURCE}.companions[0]"
     ".url: this URL has another home, first in line 25; pairs_with names its id"),
    ("https://example.org/paper?a=1&b=(2)", "https://example.org/tour", f"55:18: {RESOURCE}.url: "
     "this URL has another home, first in line 25"),
    ("requires: [neurons]", "requires: [neurosn]", f"45:20: {MODULE}.requires[0]: there is no "
     "module 'neurosn'; did you mean 'neurons'?"),
    ("requires: [neurons]", "requires: [neurons, neurons]", f"45:29: {MODULE}.requires[1]: "
     "'neurons' is listed twice"),
    ("requires: [neurons]", "requires: [word-count]", f"45:20: {MODULE}.requires[0]: the module "
     "'word-count' requires itself"),
    ("requires: []", "requires: [word-count]", "15:20: modules.neurons.requires[0]: a circle of "
     "requirements: neurons -> word-count -> neurons"),
    ("requires: [neurons]", "requires: [neurons]\n        formerly: [counting, neurons]",
     f"46:30: {MODULE}.formerly[1]: there still is a module 'neurons', in line 11"),
    ("requires: [neurons]", "requires: [neurons]\n        formerly: [a, a]", f"46:23: {MODULE}"
     ".formerly[1]: 'a' is listed twice"),
    ("requires: []", "requires: []\n        formerly: [word-count, cells]", "16:20: modules.neurons"
     ".formerly[0]: there still is a module 'word-count', in line 41"),
    ("pairs_with: [tour]", "instead_of: tuor", f"65:25: {RESOURCE}.instead_of: there is no "
     "resource 'tuor'; did you mean 'tour'?"),
    ("pairs_with: [tour]", "instead_of: no-tour", f"65:25: {RESOURCE}.instead_of: the resource "
     "'no-tour' stands in for itself"),
    ("pairs_with: [tour]", "pairs_with: [tuor]", f"65:26: {RESOURCE}.pairs_with[0]: there is no "
     "resource 'tuor'; did you mean 'tour'?"),
    ("pairs_with: [tour]", "pairs_with: [no-tour]", f"65:26: {RESOURCE}.pairs_with[0]: the "
     "resource 'no-tour' is paired with itself"),
]
YAML_MISTAKES = [
    ("", "1:1: the file is empty; expected title, levels and parts"),
    ("# only a comment\n", "1:1: the file is empty; expected title, levels and parts"),
    ("- a\n", "1:1: a list where a mapping with title and parts is expected"),
    ("abc\n", "1:1: the text 'abc' where a mapping with title and parts is expected"),
    ("\ufefftitle: x\n", "1:1: the file begins with a byte order mark; "
     "save it as UTF-8 without one"),
    ("a: 1\n\tb: 2\n", "2:1: a tab; indent and separate with spaces"),
    ("a: x\ty\tz\nb: \x07\n", "1:5: a tab; indent and separate with spaces\n"
     "2:4: a control character (U+0007)"),
    ("a: \u202e\n", "1:4: an invisible change of writing direction (U+202E)"),
    ("a: b\rc: d", "1:5: a control character (U+000D)"),
    ("a: b: c\n", "1:5: not valid YAML: a ': ' inside a plain value; put the value in quotes"),
    ("a: 'b\n", "2:1: not valid YAML: a quotation mark is opened and not closed"),
    ("a: [b\n", "2:1: not valid YAML: a '[' is not closed, or a ',' is missing between items"),
    ("a: {b\n", "2:1: not valid YAML: a '{' is not closed, or a ',' is missing between items"),
    ("a: b\n c: d\n", "2:3: not valid YAML: a ': ' inside a plain value; "
     "put the value in quotes"),
    ("a: b\nc\nd: e\n", "3:1: not valid YAML: expected 'key: value'; the ':' is missing"),
    ("a:\n  - b\n c: d\n", "3:2: not valid YAML: the indentation doesn't fit the lines above"),
    ('a: "\\sqrt"\n', "1:6: not valid YAML: a backslash in double quotes that begins no escape; "
     "use single quotes"),
    ("a: @b\n", "1:4: not valid YAML: a plain value can't begin with this character; use quotes"),
    ("a: >b\n", "1:5: not valid YAML: only a line break may follow '>' or '|'"),
    ('a: "\\UFFFFFFFF"\n', "1:1: not valid YAML, near here or in the lines below"),
    ("? [a]\n: b\n", "1:3: a key that is not plain text"),
    ("--- \na: 1\n---\nb: 1\n", "3:1: a second document begins; expected one"),
    ("a: 1\n...\n", "2:1: a line '...' ends the document here; remove it"),
    ("%YAML 1.1\n---\na: no\n", "1:1: a %YAML or %TAG directive; expected none"),
    ("[" * 100_000, "1:33: nested deeper than 32 levels"),
    ("a: " + "{a: " * 100_000, "1:128: nested deeper than 32 levels"),
    ("- " * 100_000, "1:65: nested deeper than 32 levels"),
]
REFUSED_YAML = [
    ("license: CC-BY-4.0", "license: !!str 1", "5:10: license: a tag; write text in quotes, "
     "everything else plain"),
    ("license: CC-BY-4.0", "license: !x 1", "5:10: license: a tag; write text in quotes, "
     "everything else plain"),
    ("license: CC-BY-4.0", "license: &a CC0", "5:10: license: an anchor; write values out where "
     "they are needed"),
    ("license: CC-BY-4.0", "license: *a", "5:10: license: an alias; write the value out"),
    ("license: CC-BY-4.0", "<<: {license: CC0}", "5:1: <<: a merge key; write the values out"),
    ("license: CC-BY-4.0", "!!str license: CC0", "5:1: license: an anchor or a tag before a key; "
     "remove it"),
    ("license: CC-BY-4.0", "title: {a: [b]}", "5:1: title: the key 'title' stands here twice, "
     "first in line 2"),
    ("when: deeper", "when: deeper\n            kind: [a, {b: c}]", f"60:13: {RESOURCE}.kind: "
     "the key 'kind' stands here twice, first in line 54"),
]


def check(source, expected, **options):
    assert lines(source, **options) == [f"curriculum.yaml:{line}" for line in expected.split("\n")]


@pytest.mark.parametrize(("old", "new", "expected"), FIELD_MISTAKES + RULE_MISTAKES + REFUSED_YAML)
def test_one_mistake_in_a_valid_file(parser, old, new, expected):
    if expected is None:
        # Inside { } a plain '[' is a matter of YAML, and both parsers must agree on it.
        assert all(line.startswith("curriculum.yaml:67:") for line in lines(changed(old, new)))
    else:
        check(changed(old, new), expected)


@pytest.mark.parametrize(("source", "expected"), YAML_MISTAKES)
def test_text_that_is_no_curriculum(parser, source, expected):
    check(source, expected)


def test_an_alias_bomb_stays_small(parser):
    source = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in ("ab", "bc", "cd", "de")
    )
    # Five anchors, eight aliases and three keys that are missing; the rest is silenced by them.
    assert len(lines(source)) == 5 + 8 + 3


def test_many_mistakes_at_once_in_order(parser):
    source = changed("level: hard", "level: hrad")
    source = changed("requires: []", "requires: [missing]", source)
    source = changed("tagline: Count.", "tagline: <b>", source)
    source = changed("license: CC-BY-4.0", "licence: CC0", source)
    source = changed("https://example.org/code", "https://example.org/tour", source)
    source = changed("errata:", "errata: &c", source)
    assert [line.split(": ")[0] + ": " + line.split(": ")[1] for line in lines(source)] == [
        "curriculum.yaml:5:1: licence",
        "curriculum.yaml:15:20: modules.neurons.requires[0]",
        "curriculum.yaml:42:18: modules.word-count.tagline",
        "curriculum.yaml:56:20: modules.word-count.resources[0].level",
        "curriculum.yaml:62:21: modules.word-count.resources[0].errata",
        "curriculum.yaml:67:36: modules.word-count.resources[0].companions[0].url",
    ]


def second_part(modules):
    return VALID + f"  - id: second\n    title: Second\n    modules:\n{modules}"


def small_module(module_id, requires):
    return (
        f"      - {{id: {module_id}, title: T, tagline: T, level: easy, requires: {requires},\n"
        "         minutes: 5, outcomes: [a], resources: []}\n"
    )


def test_rules_reach_over_parts():
    source = second_part(small_module("a", "[b]") + small_module("b", "[neurons]"))
    assert lines(source) == [
        "curriculum.yaml:74:63: modules.a.requires[0]: the module 'b' comes later, in line 76"
    ]
    assert loads(second_part(small_module("a", "[word-count]"))).number("a") == 3


def test_each_circle_is_named_once():
    source = second_part(
        small_module("a", "[c]") + small_module("b", "[a, neurons]") + small_module("c", "[b]")
    )
    assert lines(source) == [
        "curriculum.yaml:74:63: modules.a.requires[0]: a circle of requirements: a -> c -> b -> a"
    ]


def test_parts_have_unique_ids_and_modules():
    source = second_part(small_module("Bad", "[]")).replace("id: second", "id: first")
    source += "  - {id: third, title: T, modules: []}\n  - {id: first, modules: 3}\n"
    assert [line.removeprefix("curriculum.yaml:") for line in lines(source)] == [
        "71:9: parts.first.id: another part has the id 'first', first in line 8",
        "74:14: modules[2].id: 'Bad' is not an id: expected lower-case letters and digits, "
        "joined by single hyphens",
        "76:36: parts.third.modules: 0 items where at least 1 must stand",
        "77:5: parts.first.title: missing; expected the heading of the part",
        "77:10: parts.first.id: another part has the id 'first', first in line 8",
        "77:26: parts.first.modules: 3 is a number where a list is expected",
    ]


def test_resources_may_share_a_companion():
    companions = "            companions: [{title: Code, url: https://example.org/code}]\n"
    source = changed("            when: before\n", "            when: before\n" + companions)
    shared = {resource.companions[0].url for resource in loads(source).resources}
    assert shared == {"https://example.org/code"}


def test_only_yaml_1_2_words_are_special(parser):
    for word in ("no", "on", "Yes", "n", "2026-11-23", "1:30", "1_000", "0b1", "=", "012x"):
        assert loads(changed("title: Word count", f"title: {word}")).modules[1].title == word


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"title: \xff\n", "1:8: byte 0xff is not UTF-8; save the file as UTF-8"),
        ("a: é\nb: 🔴é".encode()[:-1], "2:5: byte 0xc3 is not UTF-8; save the file as UTF-8"),
        ("a: 1".encode("utf-16"), "1:1: the file is UTF-16; save it as UTF-8"),
        (b"\xef\xbb\xbfa: 1\n", "1:1: the file begins with a byte order mark; "
         "save it as UTF-8 without one"),
        (b"", "1:1: the file is empty; expected title, levels and parts"),
    ],
)
def test_bytes_that_are_no_text(tmp_path, data, expected):
    path = tmp_path / "curriculum.yaml"
    path.write_bytes(data)
    with pytest.raises(CurriculumError) as caught:
        load(path)
    assert str(caught.value) == f"{path}:{expected}"


def test_a_file_is_read_whole_or_refused(tmp_path, monkeypatch):
    """The limit counts bytes: with letters of several, a part of a file has few characters."""
    comment = "# é\n" * 200
    path = tmp_path / "curriculum.yaml"
    path.write_text(comment + VALID + comment)
    monkeypatch.setattr(text_file, "_LARGEST_FILE", path.stat().st_size)
    assert load(path) == loads(VALID)
    path.write_text(comment + VALID + comment + "#")
    with pytest.raises(CurriculumError) as caught:
        load(path)
    assert str(caught.value) == (
        f"{path}:1:1: the file is larger than 0 MB, and nothing of it was read"
    )


def test_modules_are_looked_up_without_comparing_them(monkeypatch):
    """A path of a thousand modules looks up each of them many times."""
    path = loads(VALID)

    def compared(self, other):
        raise AssertionError("two modules were compared")

    monkeypatch.setattr(type(path.modules[0]), "__eq__", compared)
    assert path.modules is path.modules and path.resources is path.resources
    for place, module in enumerate(path.modules, 1):
        assert path.module(module.id) is module and path.number(module.id) == place
        assert any(one is module for one in path.part_of(module.id).modules)
    for resource in path.resources:
        assert path.resource(resource.id) is resource


def test_files_that_can_not_be_read(tmp_path, monkeypatch):
    def message(path):
        with pytest.raises(CurriculumError) as caught:
            load(path)
        return str(caught.value).removeprefix(f"{path}:")

    def refuse(*_arguments):
        raise PermissionError(13, "Permission denied")

    assert message(tmp_path / "none.yaml") == "1:1: there is no such file"
    assert message(tmp_path / "none" / "none.yaml") == "1:1: there is no such file"
    assert message(tmp_path) == "1:1: this is a folder; expected a file"
    assert message(Path("/dev/null")) == "1:1: this is not a regular file"
    assert message(Path("a\0b")) == "1:1: the file can't be read: its name is not valid"
    (tmp_path / "shut.yaml").write_text("")
    monkeypatch.setattr(Path, "open", refuse)
    shut = message(tmp_path / "shut.yaml")
    assert shut == "1:1: the file may not be read: permission denied"


def test_problems_can_be_read_one_by_one():
    with pytest.raises(CurriculumError) as caught:
        loads(changed("level: hard", "level: hrad"), file="here/c.yaml")
    (problem,) = caught.value.problems
    assert problem.file == "here/c.yaml"
    assert (problem.line, problem.column) == (56, 20)
    assert problem.where == "modules.word-count.resources[0].level"
    assert problem.message.startswith("'hrad' is not one of")


def test_content_that_fits(content):
    (content / "word_count" / "_helpers.py").write_text("exercise = 1\n")
    assert loads(VALID, modules=Modules(content)).modules[1].exercises == ("count", "Counter")


def test_other_ways_to_write_an_exercise(content):
    (content / "word_count" / "count.py").write_text(
        "import pathkit.checks.exercise as e\n"
        "count = e.exercise(level='easy')(len)\n"
        "EXERCISES = ['Counter']\n"
    )
    assert loads(VALID, modules=Modules(content))


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("word_count/lesson.py", None, "{yaml}:48:20: modules.word-count.exercises: the module "
         "has exercises but no lesson: {content}/word_count/lesson.py is missing"),
        ("word_count/lesson.py", "x = = 1\n", "{content}/word_count/lesson.py:1:5: "
         "modules.word-count: not valid Python: invalid syntax"),
        ("word_count/count.py", None, "{yaml}:48:20: modules.word-count.exercises: the files "
         "of these exercises are missing: {content}/word_count"),
        ("word_count/count.py", "\n\ndef count(:\n", "{content}/word_count/count.py:3:11: "
         "modules.word-count.exercises: not valid Python: invalid syntax"),
        ("word_count/count.py", "a = '\0'\n", None),
        ("word_count/count.py", EXERCISES.replace("class Counter", "class Conuter"),
         "{yaml}:48:28: modules.word-count.exercises[1]: there is no exercise 'Counter' in "
         "{content}/word_count; did you mean 'Conuter'?\n"
         "{content}/word_count/count.py:10:1: modules.word-count.exercises: the exercise "
         "'Conuter' is not named in curriculum.yaml, line 48"),
        ("word_count/count.py", EXERCISES.replace('@exercise(level="easy")\ndef', "def"),
         "{yaml}:48:21: modules.word-count.exercises[0]: 'count' lacks its @exercise(...), in "
         "{content}/word_count/count.py, line 4"),
        ("word_count/count.py", EXERCISES.replace("def helper", "@exercise\ndef helper"),
         "{content}/word_count/count.py:15:1: modules.word-count.exercises: the exercise "
         "'helper' is not named in curriculum.yaml, line 48"),
        ("wordcount/count.py", EXERCISES, "{content}/wordcount/count.py:5:1: exercises "
         "without a module: there is no module 'wordcount'; did you mean 'word-count'?"),
    ],
)
def test_content_that_does_not_fit(content, name, source, expected):
    path = content / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if source is not None:
        path.write_text(source)
    found = lines(VALID, modules=Modules(content))
    if expected is None:
        # Python releases name a null byte differently, and place it differently.
        assert len(found) == 1 and f"{path}:1:" in found[0] and ": not valid Python: " in found[0]
    else:
        filled = expected.format(yaml="curriculum.yaml", content=content)
        assert found == filled.split("\n")


def test_exercises_of_a_lesson_that_the_module_does_not_name(content):
    source = content / "neurons" / "sums.py"
    source.parent.mkdir()
    source.write_text(EXERCISES.split("@exercise")[0] + "x = exercise()(len)\n")
    assert loads(VALID, modules=Modules(content)), "without a lesson they are a draft"
    (content / "neurons" / "lesson.py").write_text("# %%\n")
    assert lines(VALID, modules=Modules(content)) == [
        f"{source}:4:1: modules.neurons.exercises: the exercise 'x' is not named in "
        "curriculum.yaml, line 11"
    ]


def test_a_folder_of_modules_that_is_missing(tmp_path):
    missing = tmp_path / "none"
    assert lines(VALID, modules=Modules(missing)) == [
        "curriculum.yaml:48:20: modules.word-count.exercises: the files of these exercises are "
        f"missing: {missing}/word_count",
        "curriculum.yaml:48:20: modules.word-count.exercises: the module has exercises but no "
        f"lesson: {missing}/word_count/lesson.py is missing",
    ]
    without = changed("        exercises: [count, Counter]\n", "")
    assert loads(without, modules=Modules(missing)).title == "A small path"


def test_cards_group_and_terms_come_from_the_modules_folder(content):
    first, second = loads(VALID, modules=Modules(content)).modules
    assert (first.cards, first.group, first.terms) == ((), None, ())
    assert [card.ask for card in second.cards] == ["What is counting?"]
    assert second.group.discuss == ("What is a word?",)
    [term] = second.terms
    assert (term.term, term.word, term.defined, term.used) == ("token", "word", "Words", "Counting")


RECALL_MISTAKES = [
    ("ask: What is counting?", 'ask: "a\\nb"', "2:10: cards[0].ask: a line break in text that must "
     "stay in one line"),
    ("answer: One after another.", "anwser: x", "3:5: cards[0].anwser: unknown key; did you mean "
     "'answer'?"),
    ("group:", "gruop:", "4:1: gruop: unknown key; did you mean 'group'?"),
    ("    - What is a word?\n", "    []\n", "6:5: group.discuss: 0 items where at least 1 must "
     "stand"),
    ("  pairs: Take turns.\n", "", "5:3: group.pairs: missing; expected something that two people "
     "do together"),
    ("term: token", "term: [token]", "10:11: terms[0].term: a list where text is expected"),
    ("    used: Counting\n", "", "10:5: terms[0].used: missing; expected the heading of the lesson "
     "under which it is used first"),
    ("terms:\n  - ", "terms: 5\n#  - ", None),
    (RECALL, "", "1:1: the file is empty; expected cards, group or terms"),
    (RECALL, "- a\n", "1:1: a list where a mapping with cards, group or terms is expected"),
    ("cards:", "cards: [", None),
    (RECALL, "cards: \ta\n", None),
]


@pytest.mark.parametrize(("old", "new", "expected"), RECALL_MISTAKES)
def test_mistakes_in_recall_files(parser, content, old, new, expected):
    file = content / "word_count" / "recall.yaml"
    file.write_text(changed(old, new, RECALL))
    found = lines(VALID, modules=Modules(content))
    assert len(found) == 1 and found[0].startswith(f"{file}:")
    if expected:
        assert found == [f"{file}:{expected}"]


def test_mistakes_of_all_files_are_told_at_once(content):
    (content / "word_count" / "recall.yaml").write_text("crads: []\n")
    (content / "neurons").mkdir()
    (content / "neurons" / "recall.yaml").write_bytes(b"cards: \xff\n")
    stray = content / "nuerons" / "recall.yaml"
    stray.parent.mkdir()
    stray.write_text("cards: []\n")
    found = lines(changed("level: hard", "level: hrad"), modules=Modules(content))
    assert len(found) == 4
    assert "'hrad' is not one of" in found[0]
    assert found[1] == (
        f"{stray}:1:1: cards without a module: there is no module 'nuerons'; did you mean "
        "'neurons'?"
    )
    assert sorted(found[2:])[0].startswith(f"{content}/neurons/recall.yaml:1:8: byte 0xff")


def test_content_is_checked_beside_other_mistakes(content):
    (content / "word_count" / "lesson.py").unlink()
    found = lines(changed("level: hard", "level: hrad"), modules=Modules(content))
    assert [line.split(":")[1] for line in found] == ["48", "56"]


@pytest.mark.parametrize(("file", "shape"), [("schema", "curriculum"), ("recall", "recall")])
def test_the_published_schemas_are_current(file, shape):
    published = Path(reader.__file__).with_name(f"{file}.json").read_text(encoding="utf-8")
    assert json.loads(published) == json_schema(shape)


def test_the_schema_of_recall_files_accepts_and_refuses():
    jsonschema.Draft202012Validator.check_schema(json_schema("recall"))
    validator = jsonschema.Draft202012Validator(json_schema("recall"))
    read = ruamel.yaml.YAML(typ="safe").load
    assert validator.is_valid(read(RECALL))
    for old, new in (("group:", "gruop:"), ("answer: One", "anwser: One"), ("term: token", "x: y")):
        assert not validator.is_valid(read(changed(old, new, RECALL)))


def test_the_schema_accepts_and_refuses():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    validator = jsonschema.Draft202012Validator(json_schema())

    def errors(source):
        return list(validator.iter_errors(ruamel.yaml.YAML(typ="safe", pure=True).load(source)))

    assert errors(VALID) == []
    schema_can_tell = ("level: hrad", "tagine: Count.", "minutes: 0", "outcomes: []", "moved:",
                       "id: word--count", "license: ~", "checked: 2026-13,", "title: 2022")
    for old, new, _expected in FIELD_MISTAKES:
        if new in schema_can_tell:
            assert errors(changed(old, new)), new


def test_every_field_has_a_description_for_editors():
    schema = json_schema()
    for model in [schema, *schema["$defs"].values()]:
        for name, field in model["properties"].items():
            assert field.get("description"), name
            assert "null" not in json.dumps(field), name
    assert schema["$defs"]["Resource"]["properties"]["level"]["enum"] == [
        "easy", "medium", "hard", "very-hard"
    ]
