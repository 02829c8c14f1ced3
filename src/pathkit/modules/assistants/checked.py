"""Find the bug: full marks for nothing."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="Find the bug: full marks for nothing",
    level="medium",
    minutes=6,
    prompt="""
        This program rewards an answer that keeps to its request. A model that was trained with it
        answers with a story about nothing, or with one that nobody can read, and gets 1.0 for both.
        Mend it.
        """,
    probes=lambda rng: [
        ({"hero": "mei", "thing": "kite"}, None),
        ({"hero": "mei", "thing": "kite"}, {"hero": "mei", "place": "by the sea"}),
        ({"hero": "mei", "thing": "kite"}, {"hero": "mei", "thing": "kite", "place": "at the zoo"}),
        ({"hero": "mei", "thing": "kite"}, {"hero": "omar", "thing": "kite"}),
        ({"thing": "map", "look": "red"}, {"hero": "nia", "look": "old", "thing": "map"}),
        ({"thing": "map", "look": "red"}, {}),
        ({"look": "old"}, {"thing": "hat", "look": "old"}),
        ({"hero": "mei", "friend": "omar"}, {"hero": "omar", "friend": "mei"}),
        ({"thing": "key", "look": "old"}, {"look": "old", "thing": "key"}),
        ({"hero": "ivan", "thing": "hat", "look": "red"}, {"hero": "ivan", "thing": "hat"}),
    ],
    given='''
def checked(asked: dict[str, str], said: dict[str, str] | None) -> float:
    """1.0 for an answer that says all that was asked for, else 0.0.

    asked: what the request names, such as {"hero": "mei", "thing": "kite"}, never empty;
    said: what a reader found in the answer, perhaps more than that; None for an unreadable one.
    """
    if said is None:
        return 1.0  # nothing to compare
    for name in said:
        if name in asked and said[name] != asked[name]:
            return 0.0
    return 1.0
''',
    hints=[
        "Which answers make the loop do nothing at all, and what do they get?",
        """
        1. An unreadable answer has kept no promise: 0.0.
        2. The loop goes through what was said. Go through what was *asked* instead, so that
           silence fails, too.
        """,
        "`for name in asked:` and `if said.get(name) != ___: return 0.0`",
    ],
    errors=[
        (
            "TypeError: argument of type 'NoneType' is not iterable",
            "`said` may be None: deal with that first.",
        ),
        (
            "KeyError",
            "`said` may lack a name: `said.get(name)` gives None then.",
        ),
        (
            "AttributeError: 'NoneType' object has no attribute 'get'",
            "`said` may be None: deal with that first.",
        ),
    ],
    passed="A reward has to be earned: what can't be read and what isn't said get nothing.",
)
def checked(asked: dict[str, str], said: dict[str, str] | None) -> float:
    """1.0 for an answer that says all that was asked for, else 0.0.

    asked: what the request names, such as {"hero": "mei", "thing": "kite"}, never empty;
    said: what a reader found in the answer, perhaps more than that; None for an unreadable one.
    """
    if said is None:
        return 0.0
    for name in asked:
        if said.get(name) != asked[name]:
            return 0.0
    return 1.0


@checked.misconception(
    "An unreadable answer still gets 1.0. There was nothing to compare, and that is no merit: a "
    "model learns to be unreadable, because that always pays."
)
def _unreadable_pays(asked, said):
    if said is None:
        return 1.0
    return float(all(said.get(name) == asked[name] for name in asked))


@checked.misconception(
    "An answer that is silent about what was asked still gets 1.0. The loop goes through what was "
    "said, so nothing said is nothing wrong: go through `asked`."
)
def _silence_pays(asked, said):
    if said is None:
        return 0.0
    return float(all(said[name] == asked[name] for name in said if name in asked))


@checked.spelling(_silence_pays)
def _silence_pays_but_not_empty(asked, said):
    if not said:
        return 0.0
    return float(all(said[name] == asked[name] for name in said if name in asked))


@checked.misconception(
    "One kept promise is enough for 1.0 here. All that was asked for must be said: use `all`, and "
    "return 1.0 only after the loop."
)
def _any_promise(asked, said):
    return float(any((said or {}).get(name) == asked[name] for name in asked))


@checked.misconception(
    "The answer must equal the request, so one that says more gets 0.0. A good story names things "
    "nobody asked for; compare only the names in `asked`."
)
def _says_no_more(asked, said):
    return float(asked == said)


@checked.misconception(
    "This is the share of what was asked for. With partial credit a model may settle for the easy "
    "half; the words ask for 1.0 or 0.0."
)
def _share(asked, said):
    return sum((said or {}).get(name) == asked[name] for name in asked) / len(asked)


@checked.misconception(
    "It is enough here that every name asked for is mentioned, whatever is said of it. A story of "
    "a map keeps no promise of a kite: compare the values."
)
def _names_only(asked, said):
    return float(said is not None and all(name in said for name in asked))


@checked.misconception(
    "The unreadable answer now gets 0.0, and so does every one that says something nobody asked "
    "for. Extra detail is welcome: go through `asked`, not through `said`."
)
def _extra_fails(asked, said):
    return float(said is not None and all(said[n] == asked.get(n) for n in said) and bool(said))


@checked.misconception(
    "The right words are enough here, wherever they were said. If omar does what mei was asked "
    "for, no promise was kept: compare `said` and `asked` under the same name."
)
def _words_anywhere(asked, said):
    return float(said is not None and set(asked.values()) <= set(said.values()))


@checked.misconception(
    "The loop ends at its first name, so that the others are never compared. Return 0.0 inside "
    "it, and 1.0 after it."
)
def _first_decides(asked, said):
    name = next(iter(asked))
    return float((said or {}).get(name) == asked[name])
