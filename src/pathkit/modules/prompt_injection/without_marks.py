"""Find the bug: marks that are removed once."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="Find the bug: the mark that puts itself together",
    level="medium",
    minutes=7,
    prompt="""
        Text from outside should never hold one of `marks`, since marks frame it. This function
        removes each of them once through the text. An attacker still gets a mark past it. Mend it.
        """,
    probes=lambda rng: [
        ("a <<endend> b", ["<end>"]),
        ("<doc>hello</doc>", ["<doc>", "</doc>"]),
        ("<d<doc>oc>hi", ["<doc>", "</doc>"]),
        ("[a[b]]c", ["[", "]"]),
        ("x<</doc>doc>y", ["<doc>", "</doc>"]),
        ("<e<e<end>nd>nd> and <en<end>d>", ["<end>"]),
        ("<end" * 9 + "<end>" + ">" * 9, ["<end>"]),
        ("a" * 12 + "b" * 12, ["ab"]),
        ("plain text", ["<end>"]),
        ("", ["<end>"]),
        ("aabab" * int(rng.integers(1, 4)), ["ab"]),
    ],
    given='''
def without_marks(text, marks):
    """The text without any of the marks.

    text: a string; marks: a list of strings, none of them empty. Removes the marks, in the order
    of the list, again and again until the text holds none of them. Returns a string.
    """
    for mark in marks:
        text = text.replace(mark, "")
    return text
''',
    hints=[
        "Remove `<end>` from `<e<end>nd>` by hand. What stands there now?",
        """
        What is removed lets its neighbours meet, and they can form a new mark. So one round is
        never enough: go on for as long as the text holds any mark.
        """,
        "`while any(mark in text for mark in ___):` around the loop.",
    ],
    errors=[("AttributeError: 'list' object has no", "replace one mark at a time, in a loop.")],
    passed="What comes out holds no mark, however the text was put together.",
)
def without_marks(text, marks):
    """The text without any of the marks.

    text: a string; marks: a list of strings, none of them empty. Removes the marks, in the order
    of the list, again and again until the text holds none of them. Returns a string.
    """
    while any(mark in text for mark in marks):
        for mark in marks:
            text = text.replace(mark, "")
    return text


def _one_round_of_marks(text, marks):
    for mark in marks:
        text = text.replace(mark, "")
    return text


@without_marks.misconception(
    "Each mark is removed once through the text. What is left can meet and form a mark again, as "
    "in `<e<end>nd>`: go on until none is there."
)
def _once(text, marks):
    return _one_round_of_marks(text, marks)


@without_marks.misconception(
    "Two rounds stop a mark inside a mark, and a third layer passes them. The attacker chooses how "
    "deep: repeat until nothing is found, whatever the number."
)
def _twice(text, marks):
    return _one_round_of_marks(_one_round_of_marks(text, marks), marks)


@without_marks.misconception(
    "Each mark is removed until it is gone, one after the other. Removing a later mark can put an "
    "earlier one together again: the loop must go round all of them."
)
def _each_alone(text, marks):
    for mark in marks:
        while mark in text:
            text = text.replace(mark, "")
    return text


@without_marks.misconception(
    "A space was put where a mark stood. That keeps neighbours apart, and it changes the honest "
    "text as well. The words ask for the text without the marks, and for nothing in their place."
)
def _spaces(text, marks):
    for mark in marks:
        text = text.replace(mark, " ")
    return text


@without_marks.misconception(
    "All characters that occur in a mark are gone, wherever they stood. Letters of honest words "
    "went with them: remove whole marks alone."
)
def _characters(text, marks):
    return "".join(c for c in text if c not in "".join(marks))
