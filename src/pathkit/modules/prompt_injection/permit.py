"""What was read may not choose what is done."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

_ASKED = "mail the notes of monday to nia"
_MAIL = {"name": "mail", "arguments": {"to": "nia", "what": "notes"}}


def _call(name, **arguments):
    return {"name": name, "arguments": arguments}


@exercise(
    title="Who chose this call?",
    level="medium",
    minutes=8,
    prompt="""
        A model that has read strangers' text wants to call a tool. Tools in `harmless` may always
        run. Any other may run only if its name and every value of its arguments are words of what
        the user asked.
        """,
    probes=lambda rng: [
        (_MAIL, _ASKED, ["search"]),
        (_call("mail", to="eve", what="notes"), _ASKED, ["search"]),
        (_call("delete", what="notes"), _ASKED, ["search"]),
        (_call("search", query="anything at all"), _ASKED, ["search", "read"]),
        (_call("mail", to="ni", what="notes"), _ASKED, []),
        (_call("mail", to="nia", what="keys"), _ASKED, []),
        (_call("mail", what="keys", to="nia"), _ASKED, ["search"]),
        (_call("lock"), "lock the door", ["read"]),
        (_call("unlock"), "lock the door", ["read"]),
        (_call("mail", to="hugo", what="notes"), "", ["search"]),
        (_call("ma", to="nia", what="notes"), _ASKED, ["search"]),
        (_call("read", page=str(rng.integers(99))), "", ["read"]),
    ],
    hints=[
        "The document wrote the address, and the user named the tool. Is the call the user's?",
        """
        1. A harmless tool: True at once.
        2. The words of the user are `asked.split()`.
        3. The name and all values must be among them: `all(…)`.
        """,
        '`all(value in words for value in ___.values())`',
    ],
    errors=[("KeyError: 'argument'", "the keys are `name` and `arguments`.")],
    passed="It looks at no text of the document, so no wording of the document can talk it round.",
)
def permit(call: dict, asked: str, harmless: list[str]) -> bool:
    """Whether a tool call may run.

    call: {"name": a string, "arguments": {name of the argument: a string}}, maybe without any
    argument; asked: what the user wrote, words with spaces between, or empty; harmless: names of
    tools that change and send nothing. Returns True or False.
    """
    if call["name"] in harmless:
        return True
    words = asked.split()
    return call["name"] in words and all(value in words for value in call["arguments"].values())


def _values_of(call):
    return list(call["arguments"].values())


@permit.misconception(
    "Only the tool's name is checked. The document can then choose to whom your mail goes: each "
    "value of the arguments must come from the user, too."
)
def _name_alone(call, asked, harmless):
    return call["name"] in harmless or call["name"] in asked.split()


@permit.misconception(
    "Only the values are checked. A tool that the user never named can then run on words that the "
    "user did write: check its name as well."
)
def _values_alone(call, asked, harmless):
    return call["name"] in harmless or all(v in asked.split() for v in _values_of(call))


@permit.misconception(
    "Parts of words count here, because `in` searches the whole text: `ni` is found in `nia`, and "
    "`unlock` would allow `lock`. Split the text into words first."
)
def _part_of_a_word(call, asked, harmless):
    return call["name"] in harmless or (
        call["name"] in asked and all(v in asked for v in _values_of(call)))


@permit.misconception(
    "One value from the user is enough here. The document needs to choose a single one of them to "
    "do harm: all must come from the user."
)
def _any_value(call, asked, harmless):
    words = asked.split()
    return call["name"] in harmless or (
        call["name"] in words and any(v in words for v in _values_of(call)))


@permit.misconception(
    "A harmless tool was refused because of its arguments. A search that changes and sends nothing "
    "may look for any word: return True for it first."
)
def _harmless_refused(call, asked, harmless):
    words = asked.split()
    return call["name"] in words and all(v in words for v in _values_of(call))


@permit.misconception(
    "Every tool that isn't harmless is refused, also when the user asked for exactly this call. "
    "That stops each attack and all the work."
)
def _only_harmless(call, asked, harmless):
    return call["name"] in harmless
