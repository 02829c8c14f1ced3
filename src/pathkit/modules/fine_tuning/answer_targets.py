"""Find the bug: a low loss, and no end."""

from __future__ import annotations

from pathkit.checks.exercise import exercise


def _line(rng, prompt, answer):
    return rng.integers(1, 9, size=prompt).tolist(), rng.integers(1, 9, size=answer).tolist()


@exercise(
    title="Find the bug: a low loss, and no end",
    level="medium",
    minutes=10,
    prompt="""
        This makes a row for training on answers. With it the loss looks splendid, every answer
        begins wrongly, and none of them ends. Mend the targets: the model must be asked for each
        token of the answer and then for `end`, and for nothing else.
        """,
    probes=lambda rng: [
        ([5, 6, 7], [1, 2], 0),
        ([4, 8], [3, 3, 9], 0),
        ([6], [2, 4], 9),
        (*_line(rng, 5, 1), 0),
        (*_line(rng, 2, 4), 10),
        (*_line(rng, 6, 3), 0),
    ],
    given='''
def answer_targets(prompt: list[int], answer: list[int], end: int):
    """Inputs and targets that train a causal model to answer a prompt and then to stop.

    prompt, answer: token numbers, at least one each; end: the token that ends an answer.
    Returns (inputs, targets), two lists of one length: inputs are prompt and answer; targets[t] is
    what the model must say after inputs[t], or -1 where it isn't asked.
    """
    inputs = prompt + answer
    targets = inputs[1:] + [-1]  # nothing comes after the last token
    for place in range(len(prompt)):
        targets[place] = -1  # what the user writes isn't to be learned
    return inputs, targets
''',
    returns=("inputs", "targets"),
    hints=[
        "Write the row down for prompt `[5, 6, 7]` and answer `[1, 2]`. After which token is 1 "
        "said?",
        """
        The prompt has 3 tokens, at places 0 to 2. At place 2 the model has read all of it, and its
        target is the first token of the answer. And what should it say after the last one?
        """,
        "`targets = inputs[1:] + [___]`, and the loop ends one place earlier: "
        "`range(len(prompt) - ___)`.",
    ],
    errors=[
        (
            "TypeError: can only concatenate list (not \"int\") to list",
            "`end` is one number: put it into a list, `[end]`.",
        ),
    ],
    passed="n tokens of an answer make n + 1 targets: the first hangs on the prompt, and the last "
    "one stops.",
)
def answer_targets(prompt: list[int], answer: list[int], end: int):
    """Inputs and targets that train a causal model to answer a prompt and then to stop.

    prompt, answer: token numbers, at least one each; end: the token that ends an answer.
    Returns (inputs, targets), two lists of one length: inputs are prompt and answer; targets[t] is
    what the model must say after inputs[t], or -1 where it isn't asked.
    """
    inputs = prompt + answer
    targets = inputs[1:] + [end]
    for place in range(len(prompt) - 1):
        targets[place] = -1  # what the user writes isn't to be learned
    return inputs, targets


def _asked(prompt, answer, end, first, last):
    """The row whose targets from place `first` on are kept; the last target is `last`."""
    inputs = prompt + answer
    targets = inputs[1:] + [last]
    return inputs, [-1] * first + targets[first:]


@answer_targets.misconception(
    "It is never asked to stop: after the last token of the answer the target is still -1. Put "
    "`end` there, or the model goes on with whatever it used to write."
)
def _never_ends(prompt, answer, end):
    return _asked(prompt, answer, end, len(prompt) - 1, -1)


@answer_targets.misconception(
    "The first token of the answer is still missing. It is the target of the prompt's last token, "
    "at place `len(prompt) - 1`, and it is the hardest: the one that must be found out."
)
def _first_is_missing(prompt, answer, end):
    return _asked(prompt, answer, end, len(prompt), end)


@answer_targets.misconception(
    "The prompt is trained as well: none of its targets is -1. The model would learn to write "
    "questions, and most of the loss would be about them."
)
def _prompt_too(prompt, answer, end):
    return _asked(prompt, answer, end, 0, end)


@answer_targets.misconception(
    "One token too many is asked for: the prompt's last token became a target. The first target "
    "that counts hangs on that token, at place `len(prompt) - 1`."
)
def _last_of_the_prompt(prompt, answer, end):
    return _asked(prompt, answer, end, max(len(prompt) - 2, 0), end)


@answer_targets.misconception(
    "The targets aren't shifted: each place is asked for the token that it has read. Target t is "
    "the token after input t. (Some libraries shift by themselves; this row goes into the loss as "
    "it is.)"
)
def _not_shifted(prompt, answer, end):
    return prompt + answer, [-1] * len(prompt) + answer


@answer_targets.misconception(
    "`end` was put into the inputs, with one more target after it. The model stops there, so "
    "nothing is ever read after `end`: it is a target only."
)
def _end_is_read(prompt, answer, end):
    return [*prompt, *answer, end], [-1] * (len(prompt) - 1) + [*answer, end, -1]


@answer_targets.misconception(
    "The last target is `end`, but it took the place of the answer's last token. The answer of n "
    "tokens has n targets of its own, and `end` comes after them."
)
def _end_replaces(prompt, answer, end):
    inputs, targets = answer_targets.reference(prompt, answer, end)
    return inputs[:-1], targets[:-2] + [end]


@answer_targets.misconception(
    "Places that aren't asked hold 0, which is a token like any other: it would be trained there. "
    "-1 says that nothing is asked."
)
def _zeros(prompt, answer, end):
    inputs, targets = answer_targets.reference(prompt, answer, end)
    return inputs, [0 if t == -1 else t for t in targets]


@answer_targets.misconception(
    "Places that aren't asked hold -100. That is what PyTorch's loss ignores unless it is told "
    "otherwise; the docstring of this row asks for -1."
)
def _minus_a_hundred(prompt, answer, end):
    inputs, targets = answer_targets.reference(prompt, answer, end)
    return inputs, [-100 if t == -1 else t for t in targets]


@answer_targets.misconception(
    "`end` was put into the inputs, and each target is the token at its own place. Inputs are "
    "prompt and answer alone, and target t is what comes after input t: shift by one."
)
def _end_is_read_and_not_shifted(prompt, answer, end):
    return [*prompt, *answer, end], [-1] * len(prompt) + [*answer, end]
