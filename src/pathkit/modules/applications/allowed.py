"""What stands between a model's string and a shell."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

MAY = ["ls", "cat", "git"]


@exercise(
    title="May this command run?",
    level="medium",
    minutes=8,
    prompt="""
        A model has written a command for a shell. Return True only if its first word is one of
        `programs`, exactly, and none of the characters in `marks` stands anywhere in it: they can
        start a second command. A command without words may not run.
        """,
    probes=lambda rng: [
        ("ls -l", MAY),
        ("rm -rf notes", MAY),
        ("ls; rm notes", MAY),
        ("cat a.txt | mail me", MAY),
        ("git log && rm notes", MAY),
        ("cat $(rm notes)", MAY),
        ("cat `rm notes`", MAY),
        ("ls > notes", MAY),
        ("ls\nrm notes", MAY),
        ("lsof -i", MAY),
        ("rm ls", MAY),
        ("", MAY),
        ("   ", MAY),
        ("  ls\t-a", MAY),
        ("ls", MAY),
        ("gi status", MAY),
        ("LS -l", MAY),
        ("cat a;b", MAY, "|"),
        ("cat a|b", MAY, "|"),
        ("ls", []),
    ],
    hints=[
        "`lsof` begins with `ls`, and `rm ls` holds it. What has to be equal to what?",
        """
        1. `words = command.split()`; with no word the answer is False.
        2. The first word must be in the list.
        3. None of the marks, one by one, may be in the command.
        """,
        "`return bool(words) and words[0] in programs and not any(mark in ___ for mark in marks)`",
    ],
    errors=[
        ("IndexError: list index out of range",
         "an empty command has no first word: look whether there is one before you take it."),
    ],
    passed="What isn't on the list doesn't run. A list of what is forbidden is never complete.",
)
def allowed(command: str, programs: list[str], marks: str = ";&|<>$`\n") -> bool:
    """Whether a command may run.

    command: as a model wrote it; words are separated by blanks or tabs. programs: names that may
    stand first. marks: characters of which none may occur, wherever it stands.
    """
    words = command.split()
    return bool(words) and words[0] in programs and not any(mark in command for mark in marks)


def _has_mark(command, marks):
    return any(mark in command for mark in marks)


@allowed.misconception(
    "The command needs only to begin with the letters of a program, so `lsof` passes for `ls`. "
    "Compare the whole first word with the names on the list."
)
def _begins_like(command, programs, marks=";&|<>$`\n"):
    return command.strip().startswith(tuple(programs)) and not _has_mark(command, marks)


@allowed.misconception(
    "A program's name anywhere in the command is enough here, so `rm ls` passes. What runs is the "
    "first word, and that one must be on the list."
)
def _anywhere(command, programs, marks=";&|<>$`\n"):
    return any(word in programs for word in command.split()) and not _has_mark(command, marks)


@allowed.misconception(
    "Only the first word is looked at. After `;`, `&` or `|`, or inside `$(…)`, a shell reads a "
    "second command that nobody checked: refuse all the marks."
)
def _first_word_only(command, programs, marks=";&|<>$`\n"):
    words = command.split()
    return bool(words) and words[0] in programs


@allowed.misconception(
    "All marks are looked for as one piece of text, and that never occurs. Each character is a "
    "danger by itself: test them one by one."
)
def _marks_as_one(command, programs, marks=";&|<>$`\n"):
    return _first_word_only(command, programs) and marks not in command


@allowed.misconception(
    "Only the semicolon is refused. A shell has more ways to start a second command: `&`, `|`, a "
    "new line, a dollar sign, a backquote. Refuse every mark that is given."
)
def _semicolon_only(command, programs, marks=";&|<>$`\n"):
    return _first_word_only(command, programs) and ";" not in command


@allowed.misconception(
    "This is a list of what is forbidden, and everything else runs. Nobody can name all that is "
    "dangerous: name what is allowed, and refuse the rest."
)
def _forbids_rm(command, programs, marks=";&|<>$`\n"):
    return "rm" not in command.split() and not _has_mark(command, marks)


@allowed.misconception(
    "The program isn't looked at: whatever has no marks may run, and so may `rm -rf notes`. Its "
    "first word must be on the list as well."
)
def _marks_only(command, programs, marks=";&|<>$`\n"):
    return not _has_mark(command, marks)


@allowed.misconception(
    "The answer is turned round: True came back for what has to be refused. The function says "
    "whether a command may run."
)
def _turned_round(command, programs, marks=";&|<>$`\n"):
    return not allowed.reference(command, programs, marks)


@allowed.misconception(
    "An empty command is let through. It names no program from the list, so there is nothing that "
    "could be allowed: return False."
)
def _empty_runs(command, programs, marks=";&|<>$`\n"):
    return not command.split() or allowed.reference(command, programs, marks)


@allowed.misconception(
    "Blanks in front hide the first word: split at single blanks, the first piece of such a "
    "command is empty. `command.split()` without an argument skips them."
)
def _split_at_blanks(command, programs, marks=";&|<>$`\n"):
    return command.split(" ")[0] in programs and not _has_mark(command, marks)


@allowed.misconception(
    "Marks of your own are refused instead of those that were given. Where `marks` is another "
    "string, only its characters count: loop over the argument."
)
def _marks_of_its_own(command, programs, marks=";&|<>$`\n"):
    return allowed.reference(command, programs)


@allowed.misconception(
    "Capital letters are made small first, so `LS` passes for `ls`. To a shell these are two "
    "programs: compare the word exactly as it was written."
)
def _made_small(command, programs, marks=";&|<>$`\n"):
    return allowed.reference(command.lower(), programs, marks)
