"""Nuri with a rule missed: what people answer to `speak`."""

from __future__ import annotations

from .speak import speak


def _nuri(meaning, lexicon, *, order="sov", ending="phrase", join=" e ", double=2, past="ta{}",
          first=False, bare=""):
    """Nuri with one rule changed."""

    def phrase(noun, adjective, many, suffix=""):
        word = lexicon[noun]
        word = (word[:double] + word) if many else word
        if not adjective:
            return word + bare + suffix
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
    "written together with it."
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


@speak.misconception(
    "The ending -k went to who does it. Compare pairs 1 and 2: it is whom the cat or the dog sees "
    "that ends in -k, and whoever sees stays bare."
)
def _ending_on_who(meaning, lexicon):
    turned = (*meaning[5:], *meaning[3:5], *meaning[:3])
    return _nuri(turned, lexicon, order="osv")


@speak.misconception(
    "Whom it is done to came first. In all twelve pairs who does it stands before, then whom, and "
    "the verb last."
)
def _whom_first(meaning, lexicon):
    return _nuri(meaning, lexicon, order="osv")


@speak.misconception(
    "Only one of the two nouns can be many here. In pair 7 it is whom, in pairs 6 and 11 who: both "
    "follow the same rule, so build both by one function."
)
def _second_never_many(meaning, lexicon):
    return _nuri((*meaning[:7], False), lexicon)


@speak.spelling(_second_never_many)
def _first_never_many(meaning, lexicon):
    return _nuri((*meaning[:2], False, *meaning[3:]), lexicon)


@speak.misconception(
    "For many, the doubled letters went to the wrong place. Compare pairs 1 and 6: the first two "
    "letters of the noun are said twice, at its beginning, as in `mimiru`."
)
def _doubled_behind(meaning, lexicon):
    return _doubled(meaning, lexicon, lambda word: word + word[:2])


@speak.spelling(_doubled_behind)
def _end_doubled(meaning, lexicon):
    return _doubled(meaning, lexicon, lambda word: word + word[-2:])


@speak.misconception(
    "For many, the adjective was doubled as well. No pair shows an adjective with many, so the "
    "prompt says it: adjectives have no plural. The noun alone is marked."
)
def _adjective_doubled(meaning, lexicon):
    return _doubled(meaning, lexicon, lambda word: word[:2] + word, both=True)


@speak.misconception(
    "The small word `e` stands there although no adjective follows. It joins a noun with its "
    "adjective, so without one there is nothing to join."
)
def _always_joined(meaning, lexicon):
    return _nuri(meaning, lexicon, bare=" e ")


def _doubled(meaning, lexicon, double, *, both=False):
    """Nuri where `double` marks many."""
    words = dict(lexicon)
    for place in (0, 5):
        noun, adjective, many = meaning[place : place + 3]
        if many:
            words[noun] = double(lexicon[noun])
            if both and adjective:
                words[adjective] = double(lexicon[adjective])
    return _nuri(tuple(False if place in (2, 7) else part for place, part in enumerate(meaning)),
                 words)
