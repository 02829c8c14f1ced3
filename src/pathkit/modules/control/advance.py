"""One character of a grammar with a stack."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

RULES = {
    "LIST": {"[": "[ ITEMS ]"},
    "ITEMS": {"[": "LIST MORE", "1": "1 MORE", "": ""},
    "MORE": {",": ", ITEM MORE", "": ""},
    "ITEM": {"[": "LIST", "1": "1"},
}


@exercise(
    title="One character, one stack",
    level="hard",
    minutes=15,
    prompt="""
        `stack` lists what must still come, next one first. While a name is first, put the symbols
        of `rules[name][character]` in its place, or those of `""` if the character isn't in
        `rules[name]`. Then the first symbol has to be the character: take it off. Where there is
        no entry, no stack or another symbol, the character can't come.
        """,
    probes=lambda rng: [
        (RULES, ["LIST"], "["),
        (RULES, ["LIST"], "1"),
        (RULES, ["ITEMS", "]"], "]"),
        (RULES, ["ITEMS", "]"], "1"),
        (RULES, ["ITEMS", "]"], "["),
        (RULES, ["MORE", "]", "MORE", "]"], "]"),
        (RULES, ["MORE", "]", "MORE", "]"], ","),
        (RULES, ["MORE", "MORE", "]"], "]"),
        (RULES, ["ITEM", "MORE", "]"], "]"),
        (RULES, ["]"], ","),
        (RULES, ["]"], "]"),
        (RULES, ["MORE"], "]"),
        (RULES, [], "1"),
    ],
    drive=lambda answer, rules, stack, character: _kept(answer, rules, stack, character),
    returns=("stack", "stack as left"),
    hints=[
        "What stands first on the stack, and is it a name or a character?",
        "While `stack` isn't empty and `stack[0]` is in `rules`: look the character up, else "
        "`\"\"`, else return `None`. `.split()` turns a rule into a list.",
        "`stack = rule.___() + stack[1:]` in the loop; at the end compare `stack[:1]` with "
        "`[character]`",
    ],
    errors=[
        ("IndexError: list index out of range", "the stack may be empty: ask for its first symbol "
         "only while there is one."),
        ("AttributeError: 'NoneType' object has no attribute 'split'", "the name has no entry for "
         "this character, nor for any other one: return `None`."),
    ],
    passed="The stack remembers every open bracket, which no fixed number of states can do.",
)
def advance(rules: dict[str, dict[str, str]], stack: list[str], character: str) -> list[str] | None:
    """The stack after one more character.

    rules: name -> {character: symbols separated by spaces}; `""` is the entry for any other one.
    stack: names and characters that must still come, next first; it stays as it is.
    Returns the new stack, or None where the character can't come.
    """
    while stack and stack[0] in rules:
        row = rules[stack[0]]
        if character not in row and "" not in row:
            return None
        stack = row.get(character, row.get("")).split() + stack[1:]
    return stack[1:] if stack[:1] == [character] else None


def _kept(answer, rules, stack, character):
    """The result, and the stack that was handed in."""
    handed = list(stack)
    result = answer(rules, handed, character)
    return (None if result is None else list(result)), handed


@advance.misconception(
    "A name was opened once only. What comes first then may be a name again, so open names until a "
    "character is first."
)
def _advance_once(rules, stack, character):
    stack = list(stack)
    if stack and stack[0] in rules:
        row = rules[stack[0]]
        if character not in row and "" not in row:
            return None
        stack = row.get(character, row.get("")).split() + stack[1:]
    return stack[1:] if stack[:1] == [character] else None


@advance.misconception(
    'The entry `""` was left out. A name that may be empty steps aside for any other character: '
    "without it no list could ever close."
)
def _advance_no_empty(rules, stack, character):
    stack = list(stack)
    while stack and stack[0] in rules:
        if character not in rules[stack[0]]:
            return None
        stack = rules[stack[0]][character].split() + stack[1:]
    return stack[1:] if stack[:1] == [character] else None


@advance.misconception(
    "The symbols of the rule replaced the whole stack. What had to come after the name still has "
    "to come: keep `stack[1:]` behind them."
)
def _advance_forgets(rules, stack, character):
    stack = list(stack)
    while stack and stack[0] in rules:
        row = rules[stack[0]]
        if character not in row and "" not in row:
            return None
        stack = row.get(character, row.get("")).split()
    return stack[1:] if stack[:1] == [character] else None


@advance.misconception(
    "The new symbols went behind the rest. They stand for the name that was first, so they have to "
    "come before everything else."
)
def _advance_queue(rules, stack, character):
    stack = list(stack)
    while stack and stack[0] in rules:
        row = rules[stack[0]]
        if character not in row and "" not in row:
            return None
        stack = stack[1:] + row.get(character, row.get("")).split()
    return stack[1:] if stack[:1] == [character] else None


@advance.misconception(
    "The character itself stays on the stack. It has been written now, so take it off, or it has "
    "to come twice."
)
def _advance_leaves(rules, stack, character):
    stack = list(stack)
    while stack and stack[0] in rules:
        row = rules[stack[0]]
        if character not in row and "" not in row:
            return None
        stack = row.get(character, row.get("")).split() + stack[1:]
    return stack if stack[:1] == [character] else None


@advance.misconception(
    "The list that was handed in has changed. The decoder tries every character on the same stack, "
    "so each try must leave it as it was: build a new list."
)
def _advance_in_place(rules, stack, character):
    while stack and stack[0] in rules:
        row = rules[stack.pop(0)]
        if character not in row and "" not in row:
            return None
        stack[:0] = row.get(character, row.get("")).split()
    return stack[1:] if stack[:1] == [character] else None
