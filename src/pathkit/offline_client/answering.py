"""What the stand-in says: rules, tried from the first to the last, and no model.

Known mistakes, which lessons rely on: it takes an order for an order wherever it stands; without
leave to say that it doesn't know it answers from the passage that comes nearest; it counts shared
words and understands none of them.
"""

from __future__ import annotations

from pathkit.offline_client.conversation import Conversation
from pathkit.offline_client.reading import SENTENCE, passages, question, words

UNKNOWN = "I don't know."
# Half of a question's words must stand in a sentence before the stand-in trusts it.
ENOUGH = 0.5


def answer(talk: Conversation) -> str:
    """The answer of the first rule that has one."""
    for rule in (obey, from_passages, report, echo):
        said = rule(talk)
        if said is not None:
            return said
    return UNKNOWN


def obey(talk: Conversation) -> str | None:
    """An order in the text is followed: *say X* gives X, anything else is confirmed."""
    order = talk.order_in_text
    if not order:
        return None
    verb, _, rest = order.partition(" ")
    if verb.lower() in ("say", "write", "print", "answer", "reply", "output") and rest:
        return rest.strip().strip("\"'`")
    return f"Done: {order}"


def from_passages(talk: Conversation) -> str | None:
    """The sentence of the prompt's passages that shares most words with the question."""
    text = "\n".join([talk.all_of("system", "developer", "user"), *talk.results])
    known = passages(text)
    if not known or (talk.results and "?" not in talk.asked):
        return None
    asked = set(words(question(talk.asked)))
    most, name, sentence = 0, known[0][0], SENTENCE.findall(known[0][1])[0]
    for one, said in known:
        about = set(words(said))
        for part in SENTENCE.findall(said):
            # The sentence's own words count twice: the passage only says what it is about.
            shared = 2 * len(asked & set(words(part))) + len(asked & about)
            if shared > most:
                most, name, sentence = shared, one, part
    may_decline = "don't know" in text.lower() or "do not know" in text.lower()
    if may_decline and most < 3 * ENOUGH * len(asked):
        return UNKNOWN
    cited = f" [{name}]" if "cite" in talk.system.lower() + talk.asked.lower() else ""
    return sentence.strip() + cited


def report(talk: Conversation) -> str | None:
    """After tools: what the last one gave back."""
    return talk.results[-1] if talk.results else None


def echo(talk: Conversation) -> str | None:
    """Nothing to go by: it says so where it may, and sounds sure where it may not."""
    if "don't know" in talk.system.lower() or not words(talk.asked):
        return UNKNOWN
    about = " ".join(question(talk.asked).rstrip("?.! ").split()[-3:])
    return talk.pick([
        f"Yes, that is right about {about}.",
        f"It is well known: {about}.",
        f"As far as {about} goes, certainly.",
    ])
