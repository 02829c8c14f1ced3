"""A task in a prompt."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

_TASK = "Translate English to French:"


def _sums(rng) -> list[tuple[str, str]]:
    return [(f"{a} + {b}", f"{a + b}") for a, b in rng.integers(10, 90, size=(8, 2))]


@exercise(
    title="A task in a prompt",
    level="easy",
    minutes=6,
    prompt="""
        Write the task on the first line, then a line `question => answer` for each example. The
        last line is the new question and ` =>`, and nothing follows the arrow: the model goes on
        from there. An empty task leaves the first line empty.
        """,
    probes=lambda rng: [
        (_TASK, [("cheese", "fromage"), ("plush giraffe", "girafe peluche")], "mint"),
        (_TASK, [], "cheese"),
        ("Add:", [("2 + 2", "4")], "17 + 25"),
        ("Reverse the word:", [("on", "no"), ("on", "no"), ("tac", "cat")], "on"),
        ("Add:", _sums(rng), "1 + 2"),
        ("", [("a", "b")], "c"),
    ],
    hints=[
        "How many lines has a prompt with no example, and how many with three?",
        """
        1. Collect lines: the task; for each pair `f"{question} => {answer}"`; the open question.
        2. Join them with `"\\n"`, which puts breaks between lines and none at the end.
        """,
        '`lines = [task, *(f"{q} => {a}" for q, a in examples), f"{question} ___"]`',
    ],
    errors=[
        (
            "TypeError: can only concatenate str",
            "an example is a pair: take it apart, `for asked, answer in examples`.",
        ),
        (
            "ValueError: not enough values to unpack",
            "go through `examples`, a list of pairs, and not through one of its texts.",
        ),
    ],
    passed="With no example, one or many it is the same function, and the same model reads it.",
)
def prompt(task: str, examples: list[tuple[str, str]], question: str) -> str:
    """A prompt that describes a task, shows it and asks.

    task: the first line, also if it is empty; examples: pairs of a question and its answer,
    maybe none; question: what is asked. Returns lines joined by newlines: the task, one line for
    each example, and the open question. It ends with the arrow: no space, no newline.
    """
    lines = [task, *(f"{asked} => {answer}" for asked, answer in examples), f"{question} =>"]
    return "\n".join(lines)


@prompt.misconception(
    "A space follows the last arrow. Most tokens begin with their space, so after a space the "
    "model must go on with a token that seldom stands there. End with the arrow itself."
)
def _space_at_the_end(task, examples, question):
    return prompt.reference(task, examples, question) + " "


@prompt.misconception(
    "The prompt ends with a newline. To the model that line is finished, without an answer, and it "
    "goes on with a line of its own. End with the arrow."
)
def _newline_at_the_end(task, examples, question):
    return prompt.reference(task, examples, question) + "\n"


@prompt.misconception(
    "The arrow after the new question is missing. The examples teach that an answer follows an "
    "arrow, so the question must end with one."
)
def _no_open_arrow(task, examples, question):
    return prompt.reference(task, examples, question).removesuffix(" =>")


@prompt.misconception(
    "The task is missing. Without an example it is all that tells the model what to do; put it on "
    "the first line."
)
def _no_task(task, examples, question):
    return prompt.reference(task, examples, question).removeprefix(task + "\n")


@prompt.misconception(
    "Where there is no example an empty line stands between task and question. Collect all lines "
    "in one list first, and join once."
)
def _empty_line(task, examples, question):
    shown = "\n".join(f"{asked} => {answer}" for asked, answer in examples)
    return f"{task}\n{shown}\n{question} =>"


@prompt.misconception(
    "Question and answer of the examples are exchanged. The model would learn from them to turn "
    "answers into questions."
)
def _turned_round(task, examples, question):
    return prompt.reference(task, [pair[::-1] for pair in examples], question)


@prompt.misconception(
    "The new question stands before the examples. The model goes on where the prompt ends, so the "
    "open line must be the last one."
)
def _question_first(task, examples, question):
    return "\n".join([task, f"{question} =>", *(f"{asked} => {a}" for asked, a in examples)])


@prompt.misconception(
    "Everything stands on one line. A newline after each example shows where an answer ends, and "
    "where the model should stop."
)
def _one_line(task, examples, question):
    return prompt.reference(task, examples, question).replace("\n", " ")


@prompt.misconception(
    "One example is shown, whatever is given. Show them all, each on a line of its own."
)
def _first_only(task, examples, question):
    return prompt.reference(task, examples[:1], question)


@prompt.misconception(
    "An example that comes twice is shown once. Repeats are part of what was asked for: write one "
    "line for each pair of the list."
)
def _no_repeats(task, examples, question):
    return prompt.reference(task, list(dict(examples).items()), question)


@prompt.misconception(
    "No newline follows the task, so what comes next stands on its line. Breaks belong between all "
    "lines: collect them in one list, the task first, and join once."
)
def _task_runs_on(task, examples, question):
    return prompt.reference(task, examples, question).replace("\n", "", 1)


@prompt.misconception(
    "An empty task lost its line. The first line belongs to the task even where it says nothing, "
    "so that the second line is always the first example."
)
def _drops_an_empty_task(task, examples, question):
    return prompt.reference(task, examples, question).removeprefix("\n")


@prompt.misconception(
    "The arrow is another one. The prompt asks for a space, `=>` and a space between question and "
    "answer; examples and open question must look alike."
)
def _thin_arrow(task, examples, question):
    return prompt.reference(task, examples, question).replace("=>", "->")


@prompt.spelling(_thin_arrow)
def _no_spaces(task, examples, question):
    lines = [task, *(f"{asked}=>{answer}" for asked, answer in examples), f"{question}=>"]
    return "\n".join(lines)


@prompt.spelling(_thin_arrow)
def _no_space_at_the_end_alone(task, examples, question):
    return prompt.reference(task, examples, question).removesuffix(" =>") + "=>"
