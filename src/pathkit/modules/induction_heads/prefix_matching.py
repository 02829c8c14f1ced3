"""The prefix-matching score."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

from .random_weights import causal, followers


@exercise(
    title="The prefix-matching score",
    level="medium",
    minutes=12,
    prompt="""
        How much of its attention does a head give to the right places? For each place whose token
        was there before, add up its weights on all places that directly follow an earlier copy.
        Return the mean of these sums.
        """,
    probes=lambda rng: [
        (causal(rng, 5), [1, 2, 3, 1, 2]),
        (causal(rng, 7), [2, 1, 2, 3, 2, 5, 2]),
        (causal(rng, 6), [4, 4, 4, 0, 4, 0]),
        (causal(rng, 9), (rng.permutation(4).tolist() * 3)[:9]),
        (causal(rng, 12), rng.integers(5, size=12).tolist()),
        (np.eye(6), [0, 1, 2, 0, 1, 2]),
        (np.eye(6)[[0, 1, 2, 1, 4, 5]], [0, 1, 2, 0, 1, 2]),
    ],
    hints=[
        "The text is 2 1 2 3 2. The last 2 has two earlier copies. Which places followed them?",
        """
        1. Place s followed an earlier copy of token t if `tokens[s - 1] == tokens[t]`, with s from
           1 to t.
        2. Add up `weights[t, s]` over all these s.
        3. Leave out every t without such an s, then take the mean.
        """,
        "`places = [s for s in range(1, t + 1) if tokens[___] == tokens[t]]`",
    ],
    errors=[
        (
            "TypeError: only integer scalar arrays can be converted",
            "a list can't be compared with a shifted one: `np.array(tokens)` first.",
        ),
        (
            "RuntimeWarning: Mean of empty slice",
            "no place was left: look for copies at places before t, not only at t - 1.",
        ),
    ],
    # Nothing comes before place 0.
    equivalents=["for t, token in list(enumerate(tokens))[1:]:"],
    passed="A head that copies scores near 1; one that looks everywhere alike scores some percent.",
)
def prefix_matching(weights: np.ndarray, tokens: list[int]) -> float:
    """The mean attention on the places that follow earlier copies (Olsson et al. 2022).

    weights: (T, T) of one head, row t for the place that asks; tokens: T numbers, and at least one
    comes twice.
    Returns a mean over the places whose token came before; 1 if they look at nothing else.
    """
    sums = []
    for t, token in enumerate(tokens):
        places = [s for s in range(1, t + 1) if tokens[s - 1] == token]
        if places:
            sums.append(weights[t, places].sum())
    return np.mean(sums)


@prefix_matching.misconception(
    "The weights on the earlier copies were added. An induction head doesn't look at the copy; it "
    "looks one place further, at what followed it."
)
def _on_the_copies(weights, tokens):
    return followers(weights, tokens, lambda t, copies: copies)


@prefix_matching.misconception(
    "The weights one place before the copies were added. What an induction head wants stands one "
    "place after the copy: s + 1, not s - 1."
)
def _before_the_copies(weights, tokens):
    return followers(weights, tokens, lambda t, copies: [s - 1 for s in copies if s])


@prefix_matching.misconception(
    "Only what followed the latest copy was counted. With several copies a head may spread its "
    "weight over all of them, each as good as the other, and a perfect head would score 1/2 or "
    "1/3. Add up all of them."
)
def _latest_only(weights, tokens):
    return followers(weights, tokens, lambda t, copies: [copies[-1] + 1])


@prefix_matching.misconception(
    "Only what followed the first copy was counted. Each earlier copy was followed by something; "
    "add up the weights on all of these places."
)
def _first_only(weights, tokens):
    return followers(weights, tokens, lambda t, copies: [copies[0] + 1])


@prefix_matching.misconception(
    "The place itself was never counted. Where a token stands twice in a row, the second one "
    "followed an earlier copy, so its weight on itself is right: let s run up to t."
)
def _never_itself(weights, tokens):
    sums = []
    for t, token in enumerate(tokens):
        places = [s for s in range(1, t) if tokens[s - 1] == token]
        if places:
            sums.append(weights[t, places].sum())
    return np.mean(sums)


@prefix_matching.misconception(
    "Every place with the right kind of token was counted, also where it stands after something "
    "else. What counts is the place: the one directly after an earlier copy, s + 1."
)
def _every_such_token(weights, tokens):
    return followers(weights, tokens, lambda t, copies: [
        place for place in range(t + 1) if tokens[place] in {tokens[s + 1] for s in copies}])


@prefix_matching.misconception(
    "The mean runs over all places, also over those whose token is new. They have nowhere right to "
    "look, so even a perfect head would stay below 1. Leave them out."
)
def _over_all_places(weights, tokens):
    known = sum(token in tokens[:t] for t, token in enumerate(tokens))
    return prefix_matching.reference(weights, tokens) * known / len(tokens)


@prefix_matching.misconception(
    "This is the mean of single weights. With three copies each right place gets a third, and the "
    "score would fall though the head is perfect. Add up within a row first, then average rows."
)
def _mean_of_weights(weights, tokens):
    picked = [weights[t, s] for t, token in enumerate(tokens) for s in range(1, t + 1)
              if tokens[s - 1] == token]
    return np.mean(picked)


@prefix_matching.spelling(_mean_of_weights)
def _mean_within_rows(weights, tokens):
    return followers(weights, tokens, lambda t, copies: [s + 1 for s in copies], np.mean)


@prefix_matching.misconception(
    "The sums were added up, not averaged, so that a longer text scores higher. Divide by the "
    "number of places whose token came before."
)
def _sum_of_sums(weights, tokens):
    known = sum(token in tokens[:t] for t, token in enumerate(tokens))
    return prefix_matching.reference(weights, tokens) * known


@prefix_matching.misconception(
    "The largest right weight of each row was taken. A head that shares its attention among two "
    "followers does nothing wrong: add their weights."
)
def _largest(weights, tokens):
    return followers(weights, tokens, lambda t, copies: [s + 1 for s in copies], np.max)


@prefix_matching.misconception(
    "You counted how often the largest weight lies right. A head that gives 0.4 to the right place "
    "would score like one that gives it all. Add up the weights themselves."
)
def _share_of_hits(weights, tokens):
    return followers(np.eye(len(weights))[weights.argmax(axis=1)], tokens,
                     lambda t, copies: [s + 1 for s in copies])


@prefix_matching.misconception(
    "Rows and columns are exchanged: the weight that place t receives from others. Row t is what "
    "place t looks at, so read `weights[t, s]`."
)
def _transposed(weights, tokens):
    return followers(weights.T, tokens, lambda t, copies: [s + 1 for s in copies])


@prefix_matching.misconception(
    "Places that score 0 were left out. A place whose token came before counts, also when the head "
    "looks elsewhere: ask the tokens which places count, never the weights."
)
def _zeros_left_out(weights, tokens):
    sums = [sum(weights[t, s + 1] for s in range(t) if tokens[s] == token)
            for t, token in enumerate(tokens)]
    return np.mean([found for found in sums if found > 0] or [np.nan])
