"""A reply of the promised type."""

from __future__ import annotations

import json

from pathkit.checks.exercise import exercise


@exercise(
    title="Reject a reply of the wrong type",
    level="medium",
    minutes=9,
    prompt="""
        A function promises `kind`: `"int"`, `"str"`, `"bool"`, or a list of one of them, as in
        `"list[int]"`. Return whether the reply is JSON of exactly that type. A whole number is no
        bool and a bool is no whole number; text that isn't JSON fits nothing.
        """,
    probes=lambda rng: [
        ("3", "int"),
        ('"red"', "str"),
        ("[1, 2]", "list[int]"),
        ("true", "int"),
        ("true", "bool"),
        ("1", "bool"),
        ("3.0", "int"),
        ('"3"', "int"),
        ("3", "str"),
        ("Sure: 3", "int"),
        ("red", "str"),
        ('[1, "2"]', "list[int]"),
        ("[1, true]", "list[int]"),
        ('["2", 1]', "list[int]"),
        ('["a", "b"]', "list[str]"),
        ('"ab"', "list[str]"),
        ("[]", "list[int]"),
        ("[3]", "int"),
        ("3", "list[int]"),
        ('{"a": 1}', "list[str]"),
        ("", "str"),
        ("null", "bool"),
        (" 12\n", "int"),
        (str(int(rng.integers(-99, 99))), "int"),
    ],
    hints=[
        "`isinstance(True, int)` is True in Python. What does `type(True) is int` say?",
        """
        1. `json.loads(reply)` in a `try`; on ValueError return False.
        2. For a list: `type(value) is list`, and every item of it has the inner type.
        3. Else: `type(value) is` the type that the name stands for.
        """,
        "`return type(value) is list and all(type(item) is ___ for item in value)`",
    ],
    errors=[
        ("JSONDecodeError: Expecting value", "the reply is no JSON: catch ValueError."),
    ],
    passed="A wrong type is caught each time. A wrong answer of the right type never is.",
)
def fits(reply: str, kind: str) -> bool:
    """Whether a reply is JSON of the promised type.

    reply: the model's text. kind: "int", "str", "bool", "list[int]", "list[str]" or "list[bool]".
    An empty list fits each kind of list.
    """
    types = {"int": int, "str": str, "bool": bool}
    try:
        value = json.loads(reply)
    except ValueError:
        return False
    if kind in types:
        return type(value) is types[kind]
    inner = types[kind[5:-1]]
    return type(value) is list and all(type(item) is inner for item in value)


NAMED = {"int": int, "str": str, "bool": bool}


def _loaded(reply):
    try:
        return json.loads(reply)
    except ValueError:
        return ...


def _by(test, reply, kind):
    """The check with another test for single values."""
    value = _loaded(reply)
    if kind in NAMED:
        return test(value, NAMED[kind])
    return type(value) is list and all(test(item, NAMED[kind[5:-1]]) for item in value)


@fits.misconception(
    "A bool passes as a whole number, because Python's bool is a kind of int: `isinstance(True, "
    "int)` is True. Compare `type(value)` itself."
)
def _isinstance(reply, kind):
    return _by(isinstance, reply, kind)


@fits.spelling(_isinstance)
def _isinstance_of_items(reply, kind):
    return _by(isinstance if kind not in NAMED else _same_type, reply, kind)


def _same_type(value, promised):
    return type(value) is promised


@fits.misconception(
    "The items of a list aren't looked at, so a list of anything fits. The promise is about each "
    "item: test all of them."
)
def _items_unseen(reply, kind):
    value = _loaded(reply)
    return type(value) is (NAMED[kind] if kind in NAMED else list)


@fits.misconception(
    "The reply is converted until it fits, so text such as \"3\" passes for a number. A promise "
    "that bends to every reply checks nothing: compare the type that came."
)
def _converted(reply, kind):
    def test(value, promised):
        try:
            promised(value)
        except (TypeError, ValueError):
            return False
        return value is not ...

    return _by(test, reply, kind)


@fits.misconception(
    "Every text fits `str` here, even one that isn't JSON. A friendly sentence around the answer "
    "would pass: a string in JSON stands in double quotes."
)
def _any_text(reply, kind):
    return kind == "str" or _by(lambda value, promised: type(value) is promised, reply, kind)


@fits.misconception(
    "A single value passes where a list was promised. The caller will loop over it: without the "
    "list around it, the reply has another type."
)
def _single_for_list(reply, kind):
    value = _loaded(reply)
    return fits.reference(reply, kind) or type(value) is NAMED.get(kind[5:-1])


@fits.misconception(
    "An empty list is refused. It has no item of a wrong type, so it fits each kind of list: `all` "
    "of nothing is True."
)
def _empty_refused(reply, kind):
    return fits.reference(reply, kind) and _loaded(reply) != []


@fits.misconception(
    "Only the first item of a list is looked at. A model may begin well and go on otherwise: every "
    "item has to have the type."
)
def _first_item_only(reply, kind):
    value = _loaded(reply)
    if kind in NAMED:
        return type(value) is NAMED[kind]
    return type(value) is list and all(type(item) is NAMED[kind[5:-1]] for item in value[:1])


@fits.misconception(
    "Whatever is JSON fits here. That it can be read says nothing of its type: compare the type of "
    "the value with the promised one."
)
def _any_json(reply, kind):
    return _loaded(reply) is not ...


@fits.misconception(
    "No list fits any kind of list: the name of a list's type is `list`, never `list[int]`. Take "
    "the inner name out of the brackets, and test list and items apart."
)
def _no_list_fits(reply, kind):
    return kind in NAMED and fits.reference(reply, kind)
