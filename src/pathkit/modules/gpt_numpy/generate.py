"""Write greedily, and read each token once."""

from __future__ import annotations

from pathkit.checks.exercise import exercise

from .reader import SYMBOLS, written


@exercise(
    title="Write greedily, and read each token once",
    level="medium",
    minutes=8,
    prompt="""
        Give the model the whole prompt in one call, with None as the caches. Take the likeliest
        next token, give the model that token alone with the caches of the call before, and so on.
        """,
    probes=lambda rng: [
        ([3, 1], 3, 11),
        ([0], 5, int(rng.integers(900))),
        (rng.integers(SYMBOLS, size=4).tolist(), 6, int(rng.integers(900))),
        (rng.integers(SYMBOLS, size=3).tolist(), 1, int(rng.integers(900))),
        # Here the largest logit of all stands in a row that is neither the first nor the last.
        ([4, 0, 5, 1], 3, 0),
        ([2, 2, 2], 4, int(rng.integers(900))),
    ],
    drive=written,
    returns={"tokens": "tokens", "calls": "calls of `model`"},
    hints=[
        "The prompt has five tokens. Which row of the logits says what comes after all five?",
        """
        1. `new = prompt`, `caches = None`, an empty list.
        2. `how_many` times: `logits, caches = model(new, caches)`.
        3. The token is the `argmax` of the last row. Append it, and `new` is that token alone.
        """,
        "`token = int(logits[___].argmax())`; then `new = [___]`",
    ],
    errors=[
        (
            "TypeError: 'int' object is not iterable",
            "`+=` adds a list to a list: append the token, or add `[token]`.",
        ),
    ],
    passed="The prompt is read once and each new token once, however long the text gets.",
)
def generate(model, prompt: list, how_many: int) -> list:
    """The `how_many` tokens that follow a prompt, each the likeliest at its place.

    model: (n new tokens, caches of all before, None for none) -> (logits (n, V), caches);
    row i of the logits is about the token after new token i. prompt: one token or more.
    Returns a list of ints, without the prompt. Each token is given to the model once at most.
    """
    written, new, caches = [], prompt, None
    for _ in range(how_many):
        logits, caches = model(new, caches)
        new = [int(logits[-1].argmax())]
        written += new
    return written


@generate.misconception(
    "The whole text goes into the model at each step, along with caches that hold it already, so "
    "the model reads the beginning twice. After the prompt give it the newest token alone."
)
def _all_again_on_top(model, prompt, how_many):
    text, caches = list(prompt), None
    for _ in range(how_many):
        logits, caches = model(text, caches)
        text.append(int(logits[-1].argmax()))
    return text[len(prompt) :]


@generate.misconception(
    "The right tokens, but the model reads the whole text anew at each step. The caches of the "
    "last call hold everything up to there: hand them over, and the newest token alone."
)
def _without_caches(model, prompt, how_many):
    text = list(prompt)
    for _ in range(how_many):
        logits, _ = model(text, None)
        text.append(int(logits[-1].argmax()))
    return text[len(prompt) :]


@generate.misconception(
    "The first row of the logits was used: what comes after the first token of the prompt, which "
    "you know. The last row looks ahead, `logits[-1]`."
)
def _first_row(model, prompt, how_many):
    written, new, caches = [], prompt, None
    for _ in range(how_many):
        logits, caches = model(new, caches)
        new = [int(logits[0].argmax())]
        written += new
    return written


@generate.misconception(
    "Each new token was read without a past: the caches weren't handed over, and the model thinks "
    "that the text begins there. Pass on what the last call returned."
)
def _forgets(model, prompt, how_many):
    written, new = [], prompt
    for _ in range(how_many):
        logits, _ = model(new, None)
        new = [int(logits[-1].argmax())]
        written += new
    return written


@generate.misconception(
    "The caches of the prompt are handed over at every step, so the model knows the prompt and the "
    "newest token, and nothing in between. Take the caches of the latest call."
)
def _caches_of_the_prompt(model, prompt, how_many):
    logits, caches = model(prompt, None)
    written = [int(logits[-1].argmax())]
    while len(written) < how_many:
        logits, _ = model(written[-1:], caches)
        written.append(int(logits[-1].argmax()))
    return written


@generate.misconception(
    "The last token of the prompt was read twice: once with the prompt, once by itself. The call "
    "with the prompt has told you already what follows it."
)
def _last_one_twice(model, prompt, how_many):
    _, caches = model(prompt, None)
    written, new = [], prompt[-1:]
    for _ in range(how_many):
        logits, caches = model(new, caches)
        new = [int(logits[-1].argmax())]
        written += new
    return written


@generate.misconception(
    "The prompt was handed back with the text. Only the tokens that the model wrote are asked for."
)
def _with_the_prompt(model, prompt, how_many):
    return list(prompt) + generate.reference(model, prompt, how_many)


@generate.misconception(
    "The prompt went in token by token. That gives the same text in more calls: one call with the "
    "whole prompt computes all its places at once, which is what makes a long prompt cheap."
)
def _prompt_in_pieces(model, prompt, how_many):
    caches = None
    for token in prompt:
        logits, caches = model([token], caches)
    written = [int(logits[-1].argmax())]
    while len(written) < how_many:
        logits, caches = model(written[-1:], caches)
        written.append(int(logits[-1].argmax()))
    return written


@generate.misconception(
    "The likeliest was sought in the whole table of logits, all rows in one. What comes next "
    "stands in the last row alone: `logits[-1].argmax()`."
)
def _of_the_whole_table(model, prompt, how_many):
    written, new, caches = [], prompt, None
    for _ in range(how_many):
        logits, caches = model(new, caches)
        new = [int(logits.argmax()) % logits.shape[1]]
        written += new
    return written


@generate.misconception(
    "The model was called twice at each step, once for the logits and once for the caches, so it "
    "read each token twice. One call returns both: `logits, caches = model(new, caches)`."
)
def _called_twice(model, prompt, how_many):
    written, new, caches = [], prompt, None
    for _ in range(how_many):
        logits = model(new, caches)[0]
        caches = model(new, caches)[1]
        new = [int(logits[-1].argmax())]
        written += new
    return written
