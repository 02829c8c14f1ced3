"""Words that learners read: forbidden ones, long sentences, messages that don't explain."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence

from pathkit.curriculum.standards import Standards
from pathkit.standards.finding import Finding, counted
from pathkit.standards.lesson_text import LessonText, place_of, prose, sentences, words

SHOWN = 60


def findings(text: LessonText, standards: Standards) -> Iterator[Finding]:
    """What is said in words, sentences and messages that the standards refuse."""
    yield from _forbidden(text, standards.forbidden)
    yield from _sentences(text, standards)
    yield from _messages(text, standards)


def _forbidden(text: LessonText, refused: Sequence[str]) -> Iterator[Finding]:
    if not (pattern := forbidden(refused)):
        return
    for said in text.everything_said():
        for match in pattern.finditer(prose(said.text)):
            line = said.line
            if said.file == text.lesson:
                line += 1 + prose(said.text).count("\n", 0, match.start())
            yield Finding(said.file, line, f"'{match[0]}' in {_short(said.text, match[0])}",
                          "none of the path's forbidden words", "leave it out, or say why it holds")


def forbidden(refused: Sequence[str]) -> re.Pattern | None:
    """What finds these words as whole words, and signs outside of code and image links."""
    names = [rf"\b{re.escape(word)}\b" for word in refused if word[0].isalnum()]
    signs = [rf"{re.escape(sign)}(?![\[=])" for sign in refused if not sign[0].isalnum()]
    return re.compile("|".join([*names, *signs]), re.IGNORECASE) if refused else None


def _sentences(text: LessonText, standards: Standards) -> Iterator[Finding]:
    lengths = []
    for said in text.everything_said():
        for sentence in sentences(said.text):
            lengths.append(words(sentence))
            most = standards.sentence_words
            if most is not None and lengths[-1] > most:
                line = said.line + _lines_before(sentence, said.text) * (said.file == text.lesson)
                yield Finding(said.file, line,
                              f"a sentence of {lengths[-1]} words: {_short(sentence)}",
                              f"{most} at most", "make two of it")
    most = standards.mean_sentence_words
    if most is not None and lengths and (mean := statistics.mean(lengths)) >= most:
        yield Finding(text.lesson, 1, f"sentences have {mean:.1f} words on average",
                      f"less than {most}", "split the longest")


def _lines_before(sentence: str, text: str) -> int:
    """How far behind the marker of its cell a sentence begins."""
    begin = r"\s+".join(map(re.escape, sentence.split()[:2]))
    found = re.search(begin, text)
    return 1 + text.count("\n", 0, found.start()) if found else 0


def _messages(text: LessonText, standards: Standards) -> Iterator[Finding]:
    for exercise in text.exercises.values():
        place = exercise.file, text.line_of(exercise)
        told = [wrong for wrong in exercise.misconceptions if not wrong.spelling]
        least, known = standards.misconceptions, len(told)
        if least is not None and known < least:
            yield Finding(*place, f"{exercise.name} has {counted(known, 'misconception')}",
                          f"{least} or more",
                          f"add wrong answers that people give: @{exercise.name}.misconception(…)")
        least = standards.message_words
        for wrong in told if least is not None else ():
            if (count := words(wrong.message)) < least:
                yield Finding(*place_of(wrong.answer, place),
                              f"the message of {wrong.name} has {counted(count, 'word')}",
                              f"{least} or more", "say why it is wrong, and what idea to take")


def _short(text: str, around: str = "") -> str:
    """Some words of a text, of the line that holds `around`."""
    lines = [line for line in text.splitlines() if around in line] or [text]
    line = " ".join(lines[0].split())
    start = max(0, line.find(around) - SHOWN // 2) if around else 0
    return f"“{'…' * (start > 0)}{line[start:start + SHOWN]}{'…' * (len(line) > start + SHOWN)}”"
