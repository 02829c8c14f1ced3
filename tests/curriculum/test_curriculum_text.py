"""The prose of curriculum.yaml: one voice, short sentences, nothing that a learner wouldn't miss.

The rules stand in the functions named `_..._findings`; each finding is one line, FILE:LINE: where:
what. The second half of this file shows that bad text is found.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import ruamel.yaml

from pathkit import curriculum
from pathkit.curriculum.link_rules import LINK

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "curriculum.yaml"

PROSE = ("tagline", "summary", "says", "instead", "note", "ask", "answer", "pairs", "plan")
LISTS = ("outcomes", "discuss")

SENTENCE_WORDS = 25  # the most in one sentence
MEAN_WORDS = 15  # the most in the mean sentence of the file
LONG_SHARE = 0.01  # the most sentences of over 20 words
BOUNDS = {  # key: sentences, words
    "tagline": ((1, 1), (8, 22)),
    "summary": ((2, 4), (25, 80)),
    "says": ((1, 2), (4, 35)),
    "instead": ((1, 4), (4, 65)),
    "note": ((1, 1), (8, 30)),
    "ask": ((1, 4), (6, 55)),
    "answer": ((1, 3), (8, 55)),
}

# Words that promise instead of telling, belittle, or talk about how the facts were gathered.
FORBIDDEN = (
    "just simply obviously basically trivially actually really amazing awesome great excellent "
    "brilliant stunning incredible revolutionary groundbreaking game-changing cutting-edge "
    "state-of-the-art comprehensive holistic crucial pivotal seamless seamlessly robust leverage "
    "leverages delve delves unlock unlocks journey landscape realm tapestry must-read must-watch "
    "utilize utilise plethora myriad in-depth"
).split() + [
    "of course",
    "needless to say",
    "as you know",
    "it is important to note",
    "it is worth noting",
    "deep dive",
    "dive into",
    "this article",
    "this video",
    "this paper teaches",
    "learn how to",
    "click here",
    "et al.",
    "stored copy",
    "stored copies",
    "stored text",
    "computed here",
    "checked here",
    "fetched",
    "unverified",
    "general knowledge",
    "could not be read",
    "could not be confirmed",
]

# One name for one thing, and one spelling: the right one by the wrong one.
SPELLINGS = {
    r"\w*(?:normal|optim|summar|initial|general|organ|recogn|memor|penal|visual|util|real|capital)"
    r"iz(?:e|ed|es|er|ers|ing|ation|ations)": "-ise, as in normalise",
    r"tokenis\w*": "tokenizer, as the libraries spell it",
    r"(?:modeling|modeled|labeled|labeling)": "two l, as in modelling",
    r"(?:color|behavior|labor|favor|neighbor|honor)\w*": "-our, as in colour",
    r"(?:center|centers|centered)": "centre",
    r"(?:analyze|analyzed|analyzes)": "analyse",
    r"defenses?": "defence",
    r"datasets?": "data set",
    r"percent|per cent": "the sign %",
    r"cross entropy": "cross-entropy",
    r"layer[ -](?:norm|normali[sz]ation)s?": "LayerNorm",
    r"batch[ -](?:norm|normali[sz]ation)s?": "BatchNorm",
    r"feed ?forward|feed-forward (?:network|part|net)": "feed-forward layer",
    r"fine ?tun\w+": "fine-tuning",
    r"pretrain\w*": "pre-training",
    r"context[ -]window (?:size|length)|context size": "context length",
    r"soft-max": "softmax",
    r"(?:log likelihood)": "log-likelihood",
    r"few shot|zero shot|one shot": "a hyphen, as in few-shot",
}

# Text outside of code spans and formulas that looks like an address.
ADDRESS = re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|org|net|io|ai|edu|me|pdf|html)/")
MARKUP = re.compile(r"\]\(|\*\*|(?<!\w)__(?!_)\w|^#+ ")
CODE = re.compile(r"`[^`]*`")
SPAN = re.compile(r"`[^`]*`|\$[^$]*\$")
# A sentence ends at . or ? (and a closing quote or parenthesis) before a space and a beginning.
END = re.compile(r"(?<=[.?])[\")]*\s+(?=[A-Z0-9\"$(-]|\x00)")


class Piece(NamedTuple):
    """One text of the file: the line where it begins, its place, its key, the text itself."""

    line: int
    place: tuple[str, ...]
    key: str
    text: str

    @property
    def of_module(self) -> bool:
        return "resources" not in self.place

    @property
    def of_others(self) -> bool:
        """Titles of sources are as their authors wrote them."""
        return "since" in self.place and "sources" in self.place


@cache
def pieces(source: str) -> list[Piece]:
    """All texts of a curriculum in the order of the file, each folded into one line."""
    found = _pieces(ruamel.yaml.YAML(typ="safe", pure=True).compose(source), ())
    return [piece for piece in found if not piece.of_others]


def _pieces(node: Any, place: tuple[str, ...]) -> Iterator[Piece]:
    if isinstance(node, ruamel.yaml.MappingNode):
        names = {key.value: value.value for key, value in node.value if key.value == "id"}
        inside = (*place[:-1], names["id"]) if names else place
        for key, value in node.value:
            yield from _pieces(value, (*inside, key.value))
    elif isinstance(node, ruamel.yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _pieces(value, (*place, str(number)))
    else:
        key = next(step for step in reversed(place) if not step.isdigit())
        yield Piece(node.start_mark.line + 1, place, key, " ".join(node.value.split()))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a code span or a formula counts as one word."""
    spans: list[str] = []

    def hold(match: re.Match[str]) -> str:
        spans.append(match.group())
        return "\x00" * len(spans)

    def release(match: re.Match[str]) -> str:
        return spans[len(match.group()) - 1].replace(" ", "\xa0")

    held = SPAN.sub(hold, text)
    return [re.sub("\x00+", release, part) for part in END.split(held) if part]


def words(text: str) -> int:
    """How many words a text has; a code span or a formula is one."""
    return len(SPAN.sub("x", text).replace("\xa0", "_").split())


def findings(source: str) -> list[str]:
    """Everything that the lint has to say about a curriculum, in the order of the file."""
    found = pieces(source)
    prose = [piece for piece in found if piece.key in PROSE + LISTS]
    rules = [
        _sign_findings(source, found),
        _word_findings(found),
        _length_findings(prose),
        _form_findings(found),
        _outcome_findings(found),
        _title_findings(found),
        _twin_findings(prose),
        _opening_findings(found),
    ]
    told = sorted({(piece.line, _where(piece), what) for rule in rules for piece, what in rule})
    return [f"curriculum.yaml:{line}: {where}: {what}" for line, where, what in told]


def _where(piece: Piece) -> str:
    named = [step for step in piece.place if step not in ("parts", "modules", "resources")]
    return ".".join(step for step in named if not step.startswith("part-"))


def _own_words(piece: Piece) -> bool:
    """Whether the text is ours: titles and authors are as their makers gave them."""
    return piece.key in PROSE + LISTS or (piece.key == "title" and piece.of_module)


def _sign_findings(source: str, found: list[Piece]) -> Iterator[tuple[Piece, str]]:
    for number, line in enumerate(source.split("\n"), 1):
        mark = Piece(number, ("file",), "line", line)
        if "\t" in line or line != line.rstrip():
            yield mark, "a tab, or a space at the end of the line"
        if len(line) > 120 and "url: http" not in line:
            yield mark, f"{len(line)} characters; at most 120"
    for piece in found:
        if piece.key in PROSE + LISTS + ("title", "authors"):
            if sign := re.search("[\u2018-\u201f\u2026\u2032\u2033]", piece.text):
                yield piece, f"'{sign.group()}': straight quotes and plain dots only"
            if sign := re.search("[\u2012-\u2015\u2212]", piece.text):
                yield piece, f"'{sign.group()}': a comma, a colon or a hyphen instead"
        if _own_words(piece):
            # Code may hold a !; text of ours may not.
            if "!" in CODE.sub("", piece.text):
                yield piece, "an exclamation mark"
            if address := ADDRESS.search(CODE.sub("", piece.text)):
                yield piece, f"an address in the text: {address.group()}"
            if MARKUP.search(SPAN.sub("", LINK.sub("x", piece.text))):
                yield piece, "Markdown in the text; only code spans and formulas may stand there"
            if " - " in SPAN.sub("x", piece.text) and not re.search(r"\w - \w+ \+", piece.text):
                yield piece, "a hyphen used as a dash"


def _word_findings(found: list[Piece]) -> Iterator[tuple[Piece, str]]:
    for piece in found:
        if not _own_words(piece):
            continue
        # Quoted titles keep their spelling.
        text = re.sub(r'"[^"]*"', '""', SPAN.sub("x", piece.text))
        for word in FORBIDDEN:
            if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE):
                yield piece, f"'{word}'"
        for wrong, right in SPELLINGS.items():
            if match := re.search(rf"\b(?:{wrong})\b", text, re.IGNORECASE):
                yield piece, f"'{match.group()}': {right}"


def _length_findings(prose: list[Piece]) -> Iterator[tuple[Piece, str]]:
    lengths = []
    for piece in prose:
        parts = sentences(piece.text)
        for part in parts:
            lengths.append(words(part))
            if words(part) > SENTENCE_WORDS:
                yield piece, f"{words(part)} words in one sentence: {part[:40]}..."
        if piece.key in BOUNDS:
            limits = zip(BOUNDS[piece.key], (len(parts), words(piece.text)), strict=True)
            for unit, ((low, high), size) in zip(("sentences", "words"), limits, strict=True):
                if not low <= size <= high:
                    yield piece, f"{size} {unit}; {low} to {high} expected"
    if lengths:
        mean = sum(lengths) / len(lengths)
        share = sum(length > 20 for length in lengths) / len(lengths)
        if mean > MEAN_WORDS:
            yield prose[0], f"the mean sentence of the file has {mean:.1f} words"
        if share > LONG_SHARE and len(lengths) > 100:
            yield prose[0], f"{share:.1%} of all sentences have more than 20 words"


def _form_findings(found: list[Piece]) -> Iterator[tuple[Piece, str]]:
    for piece in found:
        if piece.key not in BOUNDS:
            continue
        if not piece.text.endswith((".", "?")) or piece.text.endswith("..."):
            yield piece, "the last sentence has no end"
        if re.match(r"[a-z]", piece.text):
            yield piece, "a sentence begins with a small letter"
        if piece.key == "says":
            if piece.text.endswith("?"):
                yield piece, "a question where the claim is expected as a full sentence"
            if re.match(r"(?:Calls|Names|Says|Claims|States|Lists|Gives|Uses) ", piece.text):
                yield piece, "the claim itself, or a sentence with a subject, is expected"
        if piece.key == "ask" and "?" not in piece.text:
            if not re.search(r"(?:Name|Give|Rebuild|Say|Find|Compute) [^.?]+\.$", piece.text):
                yield piece, "neither a question nor a task"
        if piece.key == "answer" and re.fullmatch(r"(?:Yes|No)\W*", piece.text):
            yield piece, "an answer without its why"


def _outcome_findings(found: list[Piece]) -> Iterator[tuple[Piece, str]]:
    """An outcome ends the sentences "you can ..." and "I can ..."."""
    counts: dict[tuple[str, ...], list[Piece]] = {}
    for piece in found:
        if piece.key == "outcomes":
            counts.setdefault(piece.place[:-1], []).append(piece)
            if not re.match(r"[a-z]", piece.text):
                yield piece, "an outcome begins with a verb in small letters"
            if piece.text.endswith("."):
                yield piece, "an outcome has no full stop"
            if words(piece.text) > 20:
                yield piece, f"{words(piece.text)} words; at most 20 expected"
            if re.match(r"(?:understand|know|learn|appreciate|explore|be familiar)\b", piece.text):
                yield piece, "an outcome is something that somebody can be seen doing"
    for group in counts.values():
        if not 4 <= len(group) <= 6:
            yield group[0], f"{len(group)} outcomes; 4 to 6 expected"


def _title_findings(found: list[Piece]) -> Iterator[tuple[Piece, str]]:
    for piece in found:
        if piece.key == "title" and piece.of_module and "modules" in piece.place:
            if len(piece.text) > 50:
                yield piece, f"{len(piece.text)} characters; at most 50"
            if not re.fullmatch(r"[^:]+: \S[^:]*[^.:]", piece.text):
                yield piece, "a title has the form Topic: what about it"


def _twin_findings(prose: list[Piece]) -> Iterator[tuple[Piece, str]]:
    first: dict[str, Piece] = {}
    for piece in prose:
        for part in sentences(piece.text):
            plain = re.sub(r"\W+", " ", part).strip().lower()
            if words(plain) < 5:  # "Why?" may come again
                continue
            other = first.setdefault(plain, piece)
            if other is not piece:
                yield piece, f"the same sentence stands in line {other.line}: {part[:40]}"


def _opening_findings(found: list[Piece]) -> Iterator[tuple[Piece, str]]:
    """Neighbours in a table shouldn't begin alike."""
    before: Piece | None = None
    for piece in found:
        if piece.key != "summary":
            continue
        module = piece.place[: piece.place.index("resources")]
        if before and before.place[: len(module)] == module:
            if before.text.split()[0] == piece.text.split()[0]:
                yield piece, f"begins with '{piece.text.split()[0]}', as the summary before it"
        before = piece


@pytest.mark.slow
def test_the_text_of_the_path():
    found = findings(SOURCE.read_text(encoding="utf-8"))
    assert not found, "\n" + "\n".join(found)


def test_the_lint_sees_the_whole_path():
    keys = [piece.key for piece in pieces(SOURCE.read_text(encoding="utf-8"))]
    path = curriculum.load(SOURCE)
    assert keys.count("summary") == len(path.resources) > 0
    assert keys.count("tagline") == len(path.modules) > 0
    assert keys.count("ask") >= 2 * len(path.resources)
    assert keys.count("ask") == keys.count("answer")


def test_no_two_taglines_or_questions_are_alike():
    for key in ("tagline", "ask", "summary"):
        texts = [p.text for p in pieces(SOURCE.read_text(encoding="utf-8")) if p.key == key]
        assert len(texts) == len(set(texts)), key


def test_fire_is_read_as_very_hard():
    texts = {p.place: p.text for p in pieces(SOURCE.read_text(encoding="utf-8"))}
    assert texts["levels", "very-hard"] == "🔥"


GOOD = """\
title: A path
parts:
  - id: part-one
    title: The first part
    modules:
      - id: count
        title: "Counting: pairs of letters"
        tagline: Count which letter follows which, and turn the counts into a model.
        outcomes:
          - count pairs of letters in a list of names
          - turn counts into probabilities
          - sample a name from a table
          - say what a missing pair costs
        resources:
          - id: talk
            title: How great! A talk - with "quotes"
            authors: [Somebody]
            url: https://example.org/talk
            summary: >
              A table of pairs, filled in by hand and then by a loop. Watch how the sum of a row
              becomes the divisor, because the notebook does the same.
            moved:
              url: https://example.org/moved
              note: The talk moved to another host, so use the new address from now on.
            errata:
              - says: The loss of the table is 2.4765 nats.
                instead: Counting gives 2.4540 nats, as the cell before it prints.
            questions:
              - ask: What does an empty cell cost?
                answer: Infinitely much, because the logarithm of 0 is minus infinity.
              - ask: Why divide by the sum of a row?
                answer: Then the row sums to 1, and `P[i] / P[i].sum()` is a distribution.
          - id: book
            title: A book
            authors: [Somebody Else]
            url: https://example.org/book
            summary: >
              Twenty pages on the same table, with the algebra that the talk leaves out. Read it
              after the exercises, when $p \\log p$ is a number that you know.
            questions:
              - ask: What is the loss of a uniform guess over 27 symbols?
                answer: It is ln 27, or 3.2958 nats, because each symbol gets 1/27.
              - ask: Name two ways to reach the table.
                answer: Counting and gradient descent, which minimise the same loss.
"""


def test_good_text_is_left_alone():
    assert findings(GOOD) == []


BAD = [
    ("A table of pairs", "Just a table of pairs", "'just'"),
    ("A table of pairs", "A comprehensive table of pairs", "'comprehensive'"),
    ("A table of pairs", "As stored copies say, pairs", "'stored copies'"),
    ("because the notebook does the same.", "the notebook does too!", "an exclamation mark"),
    ("divisor, because", "divisor \u2014 because", "'\u2014': a comma, a colon"),
    ("divisor, because", "divisor - because", "a hyphen used as a dash"),
    ("how the sum of a row", "how the \u201csum\u201d of a row", "'\u201c': straight quotes"),
    ("A talk - with", "A talk \u2013 with", "'\u2013': a comma, a colon"),
    ("the notebook does the same.", "of https://example.org/page.", "an address in the text"),
    ("the notebook does the same.", "of example.org/page and so on.", "an address in the text"),
    ("the notebook does the same.", "of [a page](x) and so on.", "Markdown in the text"),
    ("A table of pairs", "A normalized table of pairs", "'normalized': -ise"),
    ("A table of pairs", "A dataset of pairs", "'dataset': data set"),
    ("A table of pairs", "96 percent of pairs", "'percent': the sign %"),
    ("A table of pairs", "A layer normalisation of pairs", "LayerNorm"),
    ("by hand and then by a loop. Watch", "by hand and then by a loop, so watch",
     "1 sentences; 2 to 4 expected"),
    ("Watch how the sum", "So it is. So it was. So it stays. Watch how the sum",
     "5 sentences; 2 to 4 expected"),
    (" with the algebra that the talk leaves out.", " with algebra.", "21 words; 25 to 80"),
    ("Watch how the sum of a row", "Watch " + "and watch again " * 6 + "how the sum of a row",
     "words in one sentence"),
    ("Infinitely much, because the logarithm of 0 is minus infinity.", "Infinity.",
     "1 words; 8 to 55 expected"),
    ("Infinitely much, because the logarithm", "No. No. Much. Because the logarithm",
     "4 sentences; 1 to 3 expected"),
    ("minus infinity.", "minus infinity", "the last sentence has no end"),
    ("says: The loss", "says: the loss", "begins with a small letter"),
    ("says: The loss of the table is", "says: Gives a loss of the table of", "with a subject"),
    ("What does an empty cell cost?", "The price of an empty cell of this table.",
     "neither a question nor a task"),
    ("- count pairs of letters", "- Count pairs of letters", "verb in small letters"),
    ("- count pairs of letters", "- understand pairs of letters", "seen doing"),
    ("into probabilities", "into probabilities.", "an outcome has no full stop"),
    ("          - turn counts into probabilities\n", "", "3 outcomes; 4 to 6 expected"),
    ("into a model.", "into a model. Then rest a while.", "2 sentences; 1 to 1 expected"),
    ("Counting: pairs of letters", "Counting pairs of letters", "Topic: what about it"),
    ("pairs of letters\"", "pairs of letters, and what else can be had from them\"", "at most 50"),
    ("Why divide by the sum of a row?", "What does an empty cell cost?", "the same sentence"),
    ("Twenty pages on", "A book of twenty pages on", "begins with 'A'"),
    ("as the cell before it prints.", "as the cell before it prints. \n", "a space at the end"),
    ("      - id: count\n", "      - id: count\n" + "#" * 121 + "\n", "121 characters"),
]


@pytest.mark.parametrize(("old", "new", "expected"), BAD, ids=[bad[2] for bad in BAD])
def test_bad_text_is_found(old, new, expected):
    assert GOOD.count(old) == 1, f"{old!r} must stand once in the sample"
    found = findings(GOOD.replace(old, new))
    assert any(expected in line for line in found), found
    assert all(re.match(r"curriculum\.yaml:\d+: \S+: ", line) for line in found)


def test_findings_name_the_line():
    [found] = findings(GOOD.replace("A table of pairs", "Simply a table of pairs"))
    assert found == "curriculum.yaml:19: count.talk.summary: 'simply'"


def _sentences_of(texts: Iterable[str]) -> list[list[str]]:
    return [sentences(text) for text in texts]


def test_sentences_are_told_apart():
    assert _sentences_of(
        [
            'It says "no". And then? 2.4540 nats.',
            "One `a. B` span and $x. Y$ here.",
            "$p$ is first. $q$ is second.",
        ]
    ) == [
        ['It says "no".', "And then?", "2.4540 nats."],
        ["One `a.\xa0B` span and $x.\xa0Y$ here."],
        ["$p$ is first.", "$q$ is second."],
    ]
