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
        Say a meaning in Nuri, by the rules that the twelve pairs follow. It will be tried on
        meanings that aren't among the twelve, and with other words.
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
        "Compare pairs in which one thing differs: 1 and 2, 3 and 4, 1 and 6, 3 and 8, 1 and 9. "
        "What "
        "changes in Nuri each time?",
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


def _nuri(meaning, lexicon, *, order="sov", ending="phrase", join=" e ", double=2, past="ta{}",
          first=False):
    """Nuri with one rule changed."""

    def phrase(noun, adjective, many, suffix=""):
        word = lexicon[noun]
        word = (word[:double] + word) if many else word
        if not adjective:
            return word + suffix
        noun_ends, phrase_ends = (suffix, "") if ending == "noun" else ("", suffix)
        if first:
            return lexicon[adjective] + join + word + suffix
        if ending == "both":
            noun_ends = suffix
        return word + noun_ends + join + lexicon[adjective] + phrase_ends

    verb = lexicon[meaning[3]]
    parts = {
        "s": phrase(*meaning[:3]),
        "o": phrase(*meaning[5:], suffix="" if ending == "none" else "k"),
        "v": past.format(verb) if meaning[4] else verb,
    }
    return " ".join(parts[part] for part in order)


@speak.misconception(
    "The verb stands in the middle, as in English. In all twelve pairs it comes last: who, whom, "
    "verb."
)
def _english_order(meaning, lexicon):
    return _nuri(meaning, lexicon, order="svo")


@speak.misconception(
    "The ending -k went to the noun, although an adjective follows it. Pair 9 says `lesu e dork`: "
    "the ending closes the whole phrase."
)
def _on_the_noun(meaning, lexicon):
    return _nuri(meaning, lexicon, ending="noun")


@speak.misconception(
    "Both the noun and its adjective got an ending, as in Latin. Pair 9 has one -k, at the end of "
    "the phrase."
)
def _on_both(meaning, lexicon):
    return _nuri(meaning, lexicon, ending="both")


@speak.misconception(
    "Nothing marks whom it is done to. In pairs 1 and 2 the same nouns change places, and the one "
    "that is seen ends in -k."
)
def _no_ending(meaning, lexicon):
    return _nuri(meaning, lexicon, ending="none")


@speak.misconception(
    "The adjective stands before its noun, as in English. Pair 8 says `miru e pel`: the noun comes "
    "first."
)
def _adjective_first(meaning, lexicon):
    return _nuri(meaning, lexicon, first=True)


@speak.misconception(
    "Noun and adjective stand side by side. In pairs 8, 9, 10 and 12 a small word joins them, `e`."
)
def _no_connector(meaning, lexicon):
    return _nuri(meaning, lexicon, join=" ")


@speak.misconception(
    "For many, the whole noun came twice. In pair 6 `miru` becomes `mimiru`: only its first two "
    "letters are repeated."
)
def _whole_noun_twice(meaning, lexicon):
    return _nuri(meaning, lexicon, double=None)


@speak.misconception(
    "Many leaves no trace. Compare pairs 1 and 6: the beginning of the noun is said twice."
)
def _no_plural(meaning, lexicon):
    return _nuri(meaning, lexicon, double=0)


@speak.misconception(
    "The past was put behind the verb. Compare pairs 3 and 4: `ta` stands before it, and is "
    "written "
    "together with it."
)
def _past_behind(meaning, lexicon):
    return _nuri(meaning, lexicon, past="{}ta")


@speak.misconception(
    "`ta` is a word of its own here. In pair 4 it is written together with the verb."
)
def _past_apart(meaning, lexicon):
    return _nuri(meaning, lexicon, past="ta {}")


@speak.misconception(
    "The past leaves no trace. Compare pairs 3 and 4, which differ in nothing else."
)
def _no_past(meaning, lexicon):
    return _nuri(meaning, lexicon, past="{}")
