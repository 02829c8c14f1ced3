"""Does a reply give the word away?"""

from __future__ import annotations

from pathkit.checks.exercise import exercise


@exercise(
    title="A guard for replies",
    level="easy",
    minutes=6,
    prompt="""
        Say whether a reply holds the secret when you look at its letters alone: capitals count as
        small ones, whatever is no letter is skipped, and backwards counts as well.
        """,
    probes=lambda rng: [
        ("it is lemon.", "lemon"),
        ("L-E-M-O-N", "lemon"),
        ("n o m e l", "lemon"),
        ("I like melons and lime", "lemon"),
        ("", "lemon"),
        ("Nomel, she said", "lemon"),
        ("the first letters are l, e and m", "lemon"),
        ("l.e.m.o.m", "lemon"),
        ("a m b e r r e b", "amber"),
        ("xx" + "-".join("kettle") + "yy", "kettle"),
        ("LEMON", "lemon"),
        ("12 5 13 15 14", "lemon"),
        ("l1e2m3o4n", "lemon"),
    ],
    hints=[
        "What is left of `L-E-M-O-N` when you keep small letters alone?",
        "1. `reply.lower()`, and of that each character with `isalpha()`. 2. Join them. 3. Is the "
        "secret in it, or the secret backwards?",
        "`secret in letters or secret[___] in letters`",
    ],
    errors=[("TypeError: 'in <string>' requires string", "join the letters to one string first.")],
    passed="It stops four spellings. Numbers and questions about single letters still pass.",
)
def leaks(reply: str, secret: str) -> bool:
    """Whether the reply gives the secret away in one of the spellings that the text names.

    reply: any text; secret: small letters a to z. Returns True or False.
    """
    letters = "".join(c for c in reply.lower() if c.isalpha())
    return secret in letters or secret[::-1] in letters


def _letters_of(reply):
    return "".join(c for c in reply.lower() if c.isalpha())


@leaks.misconception(
    "The reply is searched as it stands. `L-E-M-O-N` holds the word for every reader and not for "
    "`in`: keep small letters alone first."
)
def _as_it_stands(reply, secret):
    return secret in reply


@leaks.spelling(_as_it_stands)
def _both_ways_as_it_stands(reply, secret):
    return secret in reply or secret[::-1] in reply


@leaks.misconception(
    "Capitals are made small, and dashes or spaces still hide the word: drop whatever is no letter."
)
def _capitals_alone(reply, secret):
    return secret in reply.lower() or secret[::-1] in reply.lower()


@leaks.misconception(
    "Backwards is not looked at. Whoever reads the reply turns it round in a second: search for "
    "`secret[::-1]` as well."
)
def _forwards_alone(reply, secret):
    return secret in _letters_of(reply)


@leaks.misconception(
    "Every letter of the secret somewhere in the reply counts as a leak here. Long "
    "honest sentences "
    "hold them all: the letters must stand in a row."
)
def _all_letters_somewhere(reply, secret):
    return set(secret) <= set(_letters_of(reply))


@leaks.misconception(
    "The whole reply must be the secret here. It can stand in the middle of a sentence: use `in`."
)
def _whole_reply(reply, secret):
    return _letters_of(reply) in (secret, secret[::-1])


@leaks.misconception(
    "Spaces are dropped, and dashes, dots and digits still stand between the letters. Keep what "
    "`isalpha()` says is a letter."
)
def _spaces_alone(reply, secret):
    letters = reply.lower().replace(" ", "")
    return secret in letters or secret[::-1] in letters


@leaks.misconception(
    "True and False are exchanged: the function is asked whether the reply gives the word away."
)
def _may_pass(reply, secret):
    return not leaks.reference(reply, secret)
