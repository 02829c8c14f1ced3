"""A message that ends its own quotation."""

from __future__ import annotations

import re

from pathkit.checks.exercise import exercise
from pathkit.checks.value_text import shown

SECOND = re.compile(r"(?:[;&|\n]|\$\(|`)\s*echo gotcha(?![\w-])")


def _command(message: str) -> str:
    return "git commit -m '" + message.replace("'", "''", 1) + "'"


def _outside(command: str) -> str | None:
    """What a shell reads outside of quotes, up to a comment; None where a quote stays open."""
    read, quote, before = "", "", " "
    for at, one in enumerate(command):
        if quote:
            quote = "" if one == quote else quote
        elif before == "\\":
            one = "_"  # a mark after a backslash is an ordinary character
        elif one in "'\"":
            quote = one
        elif one == "#" and before in " \t\n;&|":
            if "\n" not in command[at:]:
                return read
            quote = "\n"
        else:
            read += one
        before = one
    return None if quote and quote != "\n" else read


def _breaks_out(value: object) -> str | None:
    if not isinstance(value, str):
        return f"{shown(value)} came back. A commit message is expected, as a string."
    command = _command(value)
    outside = _outside(command)
    if outside is None:
        return (f"The shell reads {command} and waits: a quote was opened and never closed. Close "
                "it, or let a comment, ` #`, swallow the last one.")
    if SECOND.search(outside):
        return None
    if "echo gotcha" not in value:
        return "The second command has to be `echo gotcha`, and the message doesn't hold it."
    if "'" not in value:
        return (f"The shell reads {command}: everything stays between the quotes, and is the "
                "message. Only an apostrophe can end them.")
    if value.count("'") == 1:
        return (f"The shell reads {command}. The first apostrophe is doubled, which ends the "
                "quotes and opens them again at once. Nothing doubles the one after it.")
    return (f"The shell reads {command}, and outside of the quotes it finds {outside!r}: there "
            "`echo gotcha` doesn't begin a command. Put `;` before it.")


@exercise(
    title="Break out of the quotes",
    level="medium",
    minutes=8,
    prompt="""
        A tool builds its command by
        `"git commit -m '" + message.replace("'", "''", 1) + "'"`. Give a message with which a shell
        also runs a second command, `echo gotcha`. Between two apostrophes, a shell takes everything
        as it is.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_breaks_out,
    is_value=True,
    hints=[
        "Write down what the shell reads for the message `it's`. Which apostrophe ends the quotes, "
        "and which opens them again? And for a message with two?",
        "The second apostrophe isn't doubled, so it ends the quotes. What follows is read as "
        "commands: a `;`, the command, and then the last quote has to be made harmless.",
        "`breaks_quotes = \"Ann's and Bo's ___ echo gotcha #\"`",
    ],
    passed="No count of escapes repairs this. Pass the message as an argument, without a shell.",
    # Other words in the message change nothing of where the quotes end.
    equivalents=[],
)
def breaks_quotes():
    """A commit message, a string, that makes the shell run `echo gotcha` as well."""
    return "Fix Ann's and Bo's bug; echo gotcha #"


@breaks_quotes.misconception(
    "Without an apostrophe nothing ends the quotes, so the semicolon is part of the message. Begin "
    "with what closes them."
)
def _stays_inside():
    return "Fix a bug; echo gotcha"


@breaks_quotes.misconception(
    "One apostrophe is doubled, and two of them end the quotes and open them again at once. The "
    "tool doubles only the first: use a second one."
)
def _one_apostrophe():
    return "Fix Ann's bug; echo gotcha #"


@breaks_quotes.misconception(
    "The quotes are broken, and then the last apostrophe opens new ones that nobody closes, so the "
    "shell waits for more. Let a comment swallow it, or add one of your own."
)
def _left_open():
    return "Fix Ann's and Bo's bug; echo gotcha"


@breaks_quotes.misconception(
    "Double quotes are ordinary characters between two apostrophes. Only an apostrophe ends what "
    "an apostrophe began, and it takes the second one."
)
def _double_quotes():
    return 'Fix it"; echo gotcha #'


@breaks_quotes.misconception(
    "Outside the quotes, but still in the same command: `echo gotcha` are two more words for git. "
    "A semicolon, `&` or `|` begins a new command."
)
def _no_separator():
    return "Fix Ann's and Bo's bug echo gotcha #"
