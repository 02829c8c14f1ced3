"""Whatever stands in curriculum.yaml: a Curriculum or lines with positions, never a traceback."""

import importlib
import io
import re
import unicodedata

import pytest
import ruamel.yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathkit.curriculum import Curriculum, CurriculumError, field_checks, load, loads
from tests.curriculum.test_curriculum import VALID

reader = importlib.import_module("pathkit.curriculum.yaml_reading")

LINE = re.compile(r"^curriculum\.yaml:[1-9]\d*:[1-9]\d*: .")
settings.register_profile(
    "curriculum",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
quick = settings(settings.get_profile("curriculum"), max_examples=100)
thorough = settings(settings.get_profile("curriculum"), max_examples=200)

SNIPPETS = [
    "title", "levels", "parts", "modules", "id", "a", "b-c", ": ", ":", "- ", "-", "? ", ", ",
    "[", "]", "{", "}", "'", '"', "\\", "\n", "\n  ", "\n    ", "\n      ", " ", "  ", "#", " #",
    "&x ", "*x", "!t ", "!!str ", "<<: ", "|", ">", ">-", "|2", ">#", "%", "%YAML 1.1\n", "@", "`",
    "---", "---\n", "...\n", "~", "null", "true", "no", "1", "-1", "0x1", "1e9", ".nan", "2026-11",
    "9" * 30, "é", "🔴", "\t", "\r", "\r\n", "\0", "\ufeff", "\ufffd", "\u2028", "\u202e", "\x85",
    "<b>", "\\u202e", "\\ud800", "\\UFFFFFFFF", "https://a.b/", "easy", "hrad",
]  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "easy", "neurons", "2026-11", "https://example.org/tour", "a\nb", "<b>"])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "title", "url", "a", "<<", "1"]), inner, max_size=3),
    max_leaves=6,
)


def outcome(run, *arguments):
    """The Curriculum, or the lines of the error, each of which must have its position."""
    try:
        result = run(*arguments)
    except CurriculumError as error:
        lines = str(error).split("\n")
        assert error.problems and len(lines) == len(error.problems)
        for line in lines:
            assert LINE.match(line), line
            assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in line), line
        assert list(error.problems) == sorted(error.problems)
        return lines
    assert isinstance(result, Curriculum)
    return result


def check(source):
    """Both parsers must come to the same outcome."""
    result = outcome(loads, source)
    fast_parser = reader._fast_parser
    try:
        reader._fast_parser = lambda: None
        assert outcome(loads, source) == result
    finally:
        reader._fast_parser = fast_parser
    return result


@quick
@given(st.binary(max_size=60) | st.lists(st.sampled_from(SNIPPETS)).map("".join).map(str.encode))
def test_any_bytes(tmp_path, data):
    (tmp_path / "curriculum.yaml").write_bytes(data)

    def run():
        try:
            return load(tmp_path / "curriculum.yaml")
        except CurriculumError as error:
            short = [problem._replace(file="curriculum.yaml") for problem in error.problems]
            raise CurriculumError(short) from None

    outcome(run)


@quick
@given(st.text(st.characters(), max_size=40))
def test_any_text(source):
    check(source)


@thorough
@given(st.lists(st.sampled_from(SNIPPETS), max_size=14).map("".join))
def test_text_that_looks_like_yaml(source):
    check(source)


@pytest.mark.slow
@thorough
@given(st.data())
def test_a_valid_file_with_damage(data):
    source = VALID
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(source)))
        length = data.draw(st.sampled_from([0, 0, 1, 2, 10, 80]))
        new = "".join(data.draw(st.lists(st.sampled_from(SNIPPETS), max_size=3)))
        source = source[:start] + new + source[start + length :]
    check(source)


@quick
@given(st.data())
@pytest.mark.slow
def test_lines_of_a_valid_file_in_disorder(data):
    lines = VALID.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        here, there = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines[here], lines[there] = data.draw(
            st.sampled_from(
                [(lines[there], lines[here]), (lines[here], lines[here]), ("", lines[there])]
            )
        )
    check("".join(lines))


def _paths(data, path=()):
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items if isinstance(data, dict | list) else ():
        yield from _paths(value, (*path, key)) if isinstance(value, dict | list) else [(*path, key)]


def _plain():
    return ruamel.yaml.YAML(typ="safe", pure=True).load(VALID)


def _dumped(data):
    stream = io.StringIO()
    writer = ruamel.yaml.YAML(typ="safe", pure=True)
    writer.representer.ignore_aliases = lambda _data: True
    writer.allow_unicode = True
    writer.dump(data, stream)
    return stream.getvalue()


PATHS = [path for path in _paths(_plain()) if path]


@pytest.mark.slow
@quick
@given(st.lists(st.tuples(st.sampled_from(PATHS), VALUES), min_size=1, max_size=3))
def test_values_of_another_type(changes):
    data = _plain()
    for path, value in changes:
        target = data
        for step in path[:-1]:
            try:
                target = target[step]
            except (LookupError, TypeError):
                break
        else:
            step = path[-1]
            inside = isinstance(target, list) and isinstance(step, int) and step < len(target)
            if isinstance(target, dict) or inside:
                target[step] = value
    check(_dumped(data))


@pytest.mark.slow
@quick
@given(st.sampled_from(PATHS))
def test_a_value_that_is_missing(path):
    data = target = _plain()
    for step in path[:-1]:
        target = target[step]
    del target[path[-1]]
    check(_dumped(data))


@pytest.mark.slow
@quick
@given(
    st.lists(st.sampled_from(["a", "b", "c", "d", "x", ""]), max_size=4),
    st.lists(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=3), max_size=4),
)
def test_any_order_and_any_requirements(ids, requirements):
    modules = "".join(
        f"      - {{id: '{name}', title: T, tagline: T, level: easy, requires: {needs},\n"
        "         minutes: 5, outcomes: [a], resources: []}\n"
        for name, needs in zip(ids, requirements, strict=False)
    )
    result = check(f"{VALID}  - id: more\n    title: More\n    modules:\n{modules}")
    if isinstance(result, Curriculum):
        for module in result.modules:
            for needed in module.requires:
                assert result.number(needed) < result.number(module.id)


@quick
@given(st.text("ab`\\<>/!? \n", max_size=14))
def test_what_passes_as_prose_has_no_open_code_and_no_tag(source):
    try:
        kept = field_checks.prose(source)
    except ValueError as error:
        assert "\n" not in str(error)
        return
    from markdown_it import MarkdownIt

    blocks = MarkdownIt("commonmark").parse(kept)
    tokens = blocks + [child for block in blocks for child in block.children or []]
    assert not [token for token in tokens if token.type in ("html_block", "html_inline")]
