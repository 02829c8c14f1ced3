"""Speak Nuri."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .meanings import LEXICON, TWELVE, some

OTHER = {"cow": "gabi", "green": "sun", "hear": "oto", "hen": "jumo"}


@exercise(
    title="Speak Nuri",
    level="hard",
    minutes=15,
    prompt="""
        Say a meaning in Nuri, by the rules that the twelve pairs follow; adjectives have no plural.
        It is tried on meanings that aren't among the twelve, and with other words.
        """,
    # probes: empty adjectives occur among the meanings
    probes=lambda rng: [
        (TWELVE[0], LEXICON),
        (TWELVE[3], LEXICON),
        (TWELVE[5], LEXICON),
        (TWELVE[8], LEXICON),
        (("cat", "red", True, "see", False, "dog", "", False), LEXICON),
        (("cat", "", False, "see", True, "dog", "small", True), LEXICON),
        (("hen", "green", True, "hear", True, "cow", "green", True), OTHER),
        *((meaning, LEXICON) for meaning in some(rng, 5)),
    ],
    hints=[
        "Compare pairs in which one thing differs: 3 and 4, 1 and 6. Which pairs hold an "
        "adjective? What changes in Nuri each time?",
        "1. Order: who, whom, verb.\n2. Many: the first two letters of the noun come twice.\n"
        "3. The adjective follows its noun, with `e` between.\n4. The past puts something before "
        "the verb.\n5. Whom: see where its ending stands in pair 9.",
        '`return f"{phrase(meaning[:3])} {phrase(meaning[5:])}k {___}"`, with a function that '
        "builds a noun with its adjective.",
    ],
    errors=[
        ("KeyError: ''", "no adjective is the empty string: ask `if adjective:` first."),
        ("TypeError: can only concatenate str", "many and past are True or False: ask with `if`."),
    ],
    passed="Twelve pairs, five rules, and sentences that nobody had said before.",
)
def speak(meaning: tuple, lexicon: dict[str, str]) -> str:
    """A meaning as a sentence of Nuri.

    meaning: (who, which, many, verb, past, whom, which, many), as ("cat", "", True, "see", False,
    "dog", "old", False); an empty string is no adjective. lexicon: English word -> Nuri word.
    """
    who, which, many, verb, past, whom, whom_which, whom_many = meaning

    def phrase(noun, adjective, many):
        word = lexicon[noun]
        if many:
            word = word[:2] + word
        return f"{word} e {lexicon[adjective]}" if adjective else word

    verb = "ta" + lexicon[verb] if past else lexicon[verb]
    return f"{phrase(who, which, many)} {phrase(whom, whom_which, whom_many)}k {verb}"
