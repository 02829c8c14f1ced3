"""YAML text read by the fastest parser there is, and its syntax errors in words of ours.

The parser is libyaml where a package brings it along, and otherwise the one in pure Python, which
takes longer. The two see a few odd texts differently, so libyaml's reading counts only where there
is nothing to report: results don't depend on what is installed.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import ruamel.yaml

from pathkit.curriculum.characters import printable
from pathkit.curriculum.findings import Place, Unreadable
from pathkit.curriculum.yaml_tree import Tree, place_of

# Block scalars that libyaml reads and ruamel.yaml's own parser may refuse: a comment behind the
# sign, and blank lines before the first line of text.
_SEEN_DIFFERENTLY = re.compile(r"[>|][-+0-9]{0,2} *(#|\n *\n)")

# What ruamel.yaml says, and what it means for somebody who edits a curriculum.
_SYNTAX = (
    (r"mapping values are not allowed", "a ': ' inside a plain value; put the value in quotes"),
    (r"could not find expected ':'", "expected 'key: value'; the ':' is missing"),
    (r"expected <block end>", "the indentation doesn't fit the lines above"),
    (r"more indented follow up line", "the indentation doesn't fit the lines above"),
    (r"invalid intendation", "the indentation doesn't fit, or a '[' or '{' is not closed"),
    (r"unexpected end of stream", "a quotation mark is opened and not closed"),
    (r"unexpected document separator", "a quotation mark is opened and not closed"),
    (r"expected ',' or '\]'", "a '[' is not closed, or a ',' is missing between items"),
    (r"expected ',' or '\}'", "a '{' is not closed, or a ',' is missing between items"),
    (
        r"unknown escape character|expected escape sequence",
        "a backslash in double quotes that begins no escape; use single quotes",
    ),
    (r"cannot start any token", "a plain value can't begin with this character; use quotes"),
    (r"sequence entries are not allowed", "a list item '- ' can't begin here"),
    (r"mapping keys are not allowed", "a '? ' can't stand here"),
    (r"document start|non-comment content", "more text after the end of the document"),
    (r"indentation indicator|indentation indicators", "only a line break may follow '>' or '|'"),
    (r"expected a comment or a line break", "only a line break may follow '>' or '|'"),
)


def read(source: str) -> Tree:
    """The data of a document with their positions; what is wrong with the YAML is noted."""
    return _read_fast(source) or _read_slowly(source)


def _read_fast(source: str) -> Tree | None:
    """Read with libyaml, or return None where the pure parser could see anything differently."""
    parser_class = _fast_parser()
    if parser_class is None or _SEEN_DIFFERENTLY.search(source):
        return None
    tree = Tree()
    try:
        for event in _fast_events(parser_class, source):
            tree.feed(event)
    except Exception:
        return None
    clean = isinstance(tree.data, dict) and not tree.found and not tree.nulls
    return tree if clean else None


def _read_slowly(source: str) -> Tree:
    tree = Tree()
    last = Place(1, 1)
    try:
        for event in _slow_events(source):
            last = place_of(event)
            tree.feed(event)
    except Unreadable as error:
        tree.stop(error.place, error.message)
    except ruamel.yaml.error.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark is not None else last
        tree.stop(place, _syntax_message(error))
    except Exception:
        # Odd input makes the parser fail in ways of its own: escapes for characters that don't
        # exist raise OverflowError, long runs of brackets RecursionError.
        tree.stop(last, "not valid YAML, near here or in the lines below")
    return tree


def _fast_parser() -> Any:
    """Return a class that parses with libyaml, or None where no package brings one along."""
    for package in ("_ruamel_yaml", "yaml.cyaml"):
        try:
            return import_module(package).CParser
        except (ImportError, AttributeError):
            continue
    return None


def _fast_events(parser_class: Any, source: str) -> Iterator[Any]:
    parser = parser_class(source)
    try:
        while True:
            event = parser.get_event()
            yield event
            if event is None or type(event).__name__ == "StreamEndEvent":
                return
    finally:
        if hasattr(parser, "dispose"):
            parser.dispose()


def _slow_events(source: str) -> Iterator[Any]:
    return ruamel.yaml.YAML(typ="safe", pure=True).parse(source)


def _syntax_message(error: ruamel.yaml.error.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "can't be understood"
    for pattern, message in _SYNTAX:
        if re.search(pattern, problem):
            return f"not valid YAML: {message}"
    return f"not valid YAML: {printable(problem)}"
