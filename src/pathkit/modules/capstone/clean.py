"""What of a file is the text?"""

from __future__ import annotations

import re

from pathkit.checks.exercise import exercise

_FRAMED = (
    "Title: A Tale\r\n\r\n*** START OF THE BOOK ***\r\n\r\nIt was\r\nlate.\r\n\r\n\r\nNobody\r\n"
    "  came."
    "\r\n\r\n*** END OF THE BOOK ***\r\n\r\nLicence and small print\r\n"
)


@exercise(
    title="What of a file is the text?",
    level="medium",
    minutes=9,
    prompt="""
        A file from a library has a frame of other people's words. Keep what lies between the line
        that begins with `*** START` and the one that begins with `*** END`. Then give each
        paragraph one line of its own. Where a mark is missing, nothing is cut off on that side.
        """,
    probes=lambda rng: [
        (_FRAMED,),
        ("one line\nand another\n\nnew paragraph\n",),
        ("*** START OF IT\nThe *** END is near, he said.\n\nYes.\n*** END OF IT\nsmall print\n",),
        ("header\n*** START HERE\na\nb\n\n\n\n\nc",),
        ("a  b\n \nc\n*** END",),
        ("",),
        ("x y\r\nz\r\n\r\nw\r\n" * int(rng.integers(2, 4)),),
        ("see *** START of page 3\n\nword\n",),
        ("*** START OF NOTHING\n*** END OF NOTHING\nsmall print\n",),
    ],
    hints=[
        "Which characters stand between two paragraphs, and which between two lines of one?",
        """
        1. `lines = raw.splitlines()` ends lines of any kind.
        2. Find the first line that begins with each mark, and slice.
        3. Put lines into the current paragraph; an empty one (after `strip()`) closes it.
        4. `" ".join(paragraph.split())` makes one space of any white space.
        """,
        '`re.split(r"\\n\\s*\\n", text)` cuts a text at empty lines; join what is left by ___.',
    ],
    errors=[
        ("ValueError: substring not found", "a mark may be missing; ask `in` before `index`."),
        ("StopIteration", "give `next` a second value for a file without the mark."),
        ("AttributeError: 'NoneType' object has no attribute", "`re.search` found no mark here."),
    ],
    equivalents=[  # the last line may end or not, and an empty line more changes nothing
        "text = '\\n' + '\\n'.join(raw.splitlines())",
        "text = '\\n' + '\\n'.join(raw.splitlines()) + ''",
        "text = text[:end.start() + 1]",
    ],
    passed="No licence of a stranger is left in your training text, and no line break of a page.",
)
def clean(raw: str) -> str:
    """The text of a file, one paragraph a line.

    raw: what the file holds; lines end in "\\n" or "\\r\\n", and lines of white space alone part
    paragraphs. A mark counts only at the beginning of a line, END only behind START.
    Returns paragraphs, each followed by "\\n", with single spaces in place of all white space; ""
    where nothing is left.
    """
    text = "\n" + "\n".join(raw.splitlines()) + "\n"
    if start := re.search(r"\n\*\*\* START.*", text):
        text = text[start.end() :]
    if end := re.search(r"\n\*\*\* END", text):
        text = text[: end.start()]
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "".join(part + "\n" for part in paragraphs if part)


def _middle(raw, start=r"^\*\*\* START.*", end=r"^\*\*\* END"):
    text = "\n".join(raw.splitlines())
    if start and (found := re.search(start, text, re.MULTILINE)):
        text = text[found.end() :]
    if end and (found := re.search(end, text, re.MULTILINE)):
        text = text[: found.start()]
    return text


def _lines(text, joint=" ", at=r"\n\s*\n"):
    parts = (joint.join(part.split()) for part in re.split(at, text))
    return "".join(part + "\n" for part in parts if part)


@clean.misconception(
    "The frame is still there: title, marks and small print would be learned as if the author had "
    "written them. Cut at the two marks before anything else."
)
def _frame_kept(raw):
    return _lines(_middle(raw, None, None))


@clean.misconception(
    "Only the head was cut off. Behind the line with `*** END` stands the library's small print, "
    "often longer than a chapter: cut there as well."
)
def _end_kept(raw):
    return _lines(_middle(raw, end=None))


@clean.misconception(
    "The line with `*** START` is still in the text. It belongs to the frame, so the text begins "
    "behind the end of that line."
)
def _start_line_kept(raw):
    return _lines(_middle(raw, r"^(?=\*\*\* START)"))


@clean.misconception(
    "Every line of the page became a line of the text. Where a page's lines end says nothing about "
    "the author's sentences: only an empty line parts paragraphs."
)
def _page_lines(raw):
    return _lines(_middle(raw), at=r"\n")


@clean.misconception(
    "Paragraphs ran together into one. Split at empty lines first, and join the words of each "
    "paragraph afterwards, so that one line stays for each."
)
def _one_paragraph(raw):
    return _lines(_middle(raw), at=r"(?!)")


@clean.misconception(
    "The mark was found in the middle of a line, where it is the author's own. A mark counts at "
    "the beginning of a line, as `startswith` or `^` with MULTILINE finds it."
)
def _mark_anywhere(raw):
    return _lines(_middle(raw, r"\*\*\* START.*", r"\*\*\* END"))


@clean.misconception(
    "Lines were joined without a space, so that the last word of one and the first of the next "
    "became one word. A line's end stands for a space."
)
def _joined_tight(raw):
    parts = (" ".join("".join(line.strip() if i else line.rstrip() for i, line in
             enumerate(part.split("\n"))).split()) for part in re.split(r"\n\s*\n", _middle(raw)))
    return "".join(part + "\n" for part in parts if part)


@clean.misconception(
    "The last paragraph has no line end behind it. Each paragraph is followed by one, the last "
    "like all others, so that texts can be put one behind the other."
)
def _no_last_end(raw):
    return _lines(_middle(raw)).removesuffix("\n")


@clean.misconception(
    "Empty lines are left between the paragraphs. Here one line end closes a paragraph; an empty "
    "line would be one more symbol to predict, and carries nothing."
)
def _empty_lines(raw):
    return _lines(_middle(raw)).replace("\n", "\n\n")
