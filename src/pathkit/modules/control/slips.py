"""Give a token that a hasty mask lets through."""

from __future__ import annotations

import re

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told

from .walk import CLOCK, walk


def _slips_through(answer) -> str:
    """"the hasty mask fails" if it does on this pair; raises Told with the reason if not."""
    if not (isinstance(answer, tuple | list) and len(answer) == 2
            and all(isinstance(part, str) for part in answer)):
        raise Told("A pair of two strings is expected: the text so far, and the token.")
    text, token = answer
    state = walk.reference(CLOCK, 0, text)
    if state is None:
        raise Told("The text so far doesn't begin a time of day, so that no mask would be asked.")
    if not token:
        raise Told("The token is empty. It has no first character to be tested.")
    if walk.reference(CLOCK, state, token[0]) is None:
        raise Told("The first character may not come here, so the hasty mask refuses this token "
                   "as it should.")
    if walk.reference(CLOCK, state, token) is not None:
        whole = re.fullmatch(".{5}", text + token)
        raise Told("The text with this token is a time of day, so it was right to allow it."
                   if whole else
                   "The text with this token can still become a time of day, so it was right to "
                   "allow it.")
    return "the hasty mask fails"


@exercise(
    title="Give a token that slips through",
    level="medium",
    minutes=5,
    prompt="""
        A hasty mask for times of day, as in `23:59`, asks only whether the first character of a
        token may come. Give two strings, a text so far and a token that it lets through, although
        no time of day begins so.
        """,
    probes=lambda rng: [()],
    drive=_slips_through,
    is_value=True,
    hints=[
        "Which tokens of two or more characters begin well and go on badly?",
        "Choose a text so far. Its next character is fine; the one after it depends on the first.",
        "After no text at all, `2` may come. Which digits may not stand behind it?",
    ],
    # Any other pair whose later characters break the pattern will do as well.
    equivalents=["return ('', '2:7')"],
    passed="Whatever follows the first character is written unseen, and can't be taken back.",
)
def slips() -> tuple[str, str]:
    """The text so far, and the token."""
    return "1", "2:7"


@slips.misconception(
    "The first character may not come here, so the hasty mask refuses this token as it should. Let "
    "the token begin well and break the pattern later."
)
def _slips_refused():
    return "2", "4"


@slips.misconception(
    "The text with this token can still become a time of day, so it was right to allow it. Which "
    "later character of a token would make that impossible?"
)
def _slips_fits():
    return "1", "2:3"


@slips.misconception(
    "The text with this token is a time of day, so it was right to allow it. Look for a token "
    "whose later characters break the pattern."
)
def _slips_whole():
    return "", "23:59"


@slips.misconception(
    "The text so far doesn't begin a time of day, so that no mask would be asked. Choose a text "
    "that can still grow into one, and let the token do the harm."
)
def _slips_lost_already():
    return "29", "0"


@slips.misconception(
    "A pair of two strings is expected: the text so far, and the token. They stand in this order, "
    'with a comma between, as in "1", "2:".'
)
def _slips_no_pair():
    return "24"
