"""What goes wrong where some strings are tokens of their own."""

from __future__ import annotations

import re

from .encode_with_specials import encode_with_specials


def _by_pattern(text, specials, encode, pattern):
    tokens = []
    for part in re.split(pattern, text):
        if part in specials:
            tokens.append(specials[part])
        elif part:
            tokens.extend(encode(part))
    return tokens


@encode_with_specials.misconception(
    "The specials stand in the pattern as they are, and there `|` means *or*, `*` *repeat* and `[` "
    "begins a class. Make each of them a plain string with `re.escape`."
)
def _not_escaped(text, specials, encode):
    if not specials:
        return encode(text)
    try:
        return _by_pattern(text, specials, encode, f"({'|'.join(sorted(specials, key=len)[::-1])})")
    except re.error:
        return encode(text)


@encode_with_specials.misconception(
    "The whole pattern was escaped, with the `|` between the specials. With one special that "
    "works; with two it looks for both joined by a bar. Escape each, then join."
)
def _joined_then_escaped(text, specials, encode):
    if not specials:
        return encode(text)
    pattern = re.escape("|".join(sorted(specials, key=len, reverse=True)))
    return _by_pattern(text, specials, encode, f"({pattern})")


@encode_with_specials.misconception(
    "The order of the specials is lost: the shorter one is found where a longer begins at the same "
    "place. A pattern takes the first that fits, so keep the longest first."
)
def _order_lost(text, specials, encode):
    if not specials:
        return encode(text)
    shortest_first = sorted(specials, key=len)
    return _by_pattern(text, specials, encode, f"({'|'.join(map(re.escape, shortest_first))})")


@encode_with_specials.spelling(_order_lost)
def _order_of_the_dictionary(text, specials, encode):
    if not specials:
        return encode(text)
    return _by_pattern(text, specials, encode, f"({'|'.join(map(re.escape, specials))})")


@encode_with_specials.misconception(
    "The specials are gone from the result. `re.split` keeps what it splits at only where the "
    "pattern stands in parentheses: leave them there."
)
def _specials_dropped(text, specials, encode):
    if not specials:
        return encode(text)
    pattern = "|".join(map(re.escape, sorted(specials, key=len, reverse=True)))
    return _by_pattern(text, specials, encode, pattern)


@encode_with_specials.misconception(
    "White space beside a special was cut off. It belongs to the text: whoever decodes should get "
    "every byte back."
)
def _stripped(text, specials, encode):
    return encode_with_specials.reference(text, specials, lambda part: encode(part.strip()))


@encode_with_specials.misconception(
    "What lies between the specials was encoded letter by letter. Call `encode` once for each "
    "part, so that its merges can work."
)
def _letter_by_letter(text, specials, encode):
    return encode_with_specials.reference(
        text, specials, lambda part: [token for letter in part for token in encode(letter)]
    )


@encode_with_specials.misconception(
    "The number of the special was written into the text, as digits, and encoded like any text. It "
    "is a token already: put it into the list, and encode what lies between."
)
def _number_as_text(text, specials, encode):
    for special in sorted(specials, key=len, reverse=True):
        text = text.replace(special, str(specials[special]))
    return encode(text)


@encode_with_specials.spelling(_number_as_text)
def _number_as_text_unsorted(text, specials, encode):
    for special, token in specials.items():
        text = text.replace(special, str(token))
    return encode(text)


@encode_with_specials.misconception(
    "The tokens of each part stand in a list of their own. One flat list is asked for: `extend` "
    "adds the items of a list, `append` adds the list itself."
)
def _lists_in_a_list(text, specials, encode):
    if not specials:
        return encode(text)
    pattern = "|".join(map(re.escape, sorted(specials, key=len, reverse=True)))
    parts = re.split(f"({pattern})", text)
    return [specials[part] if part in specials else encode(part) for part in parts]


@encode_with_specials.misconception(
    "The longest special was looked for in the whole text before the others. What begins further "
    "left comes first; length decides only between two that begin at one place."
)
def _longest_anywhere(text, specials, encode):
    for special in sorted(specials, key=len, reverse=True):
        before, found, after = text.partition(special)
        if found:
            return [
                *_longest_anywhere(before, specials, encode), specials[special],
                *_longest_anywhere(after, specials, encode),
            ]
    return encode(text)


@encode_with_specials.misconception(
    "Without any special the pattern is `()`, which fits between all letters, so the text is cut "
    "into single ones. Keep the first two lines: no specials, then `encode` takes the whole."
)
def _no_guard(text, specials, encode):
    pattern = "|".join(map(re.escape, sorted(specials, key=len, reverse=True)))
    return _by_pattern(text, specials, encode, f"({pattern})")


@encode_with_specials.misconception(
    "The text was cut at one special and no further. Others, or the same again, may stand in what "
    "is left: split at all of them."
)
def _one_cut(text, specials, encode):
    for special in sorted(specials, key=len, reverse=True):
        if special in text:
            before, after = text.split(special, 1)
            return [*encode(before), specials[special], *encode(after)]
    return encode(text)


@encode_with_specials.misconception(
    "Specials are found only where spaces stand around them, and the spaces are lost. A special "
    "may touch the text beside it: split at the specials themselves."
)
def _cut_at_spaces(text, specials, encode):
    tokens = []
    for word in text.split(" "):
        tokens += [specials[word]] if word in specials else encode(word)
    return tokens
