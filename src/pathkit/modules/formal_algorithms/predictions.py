"""Predictions and skip questions of `formal-algorithms`."""

from __future__ import annotations

from pathkit.checks.prediction import Choice, Number

triangle = Choice(
    id="triangle",
    ask="The causal mask is 1 where $t_z \\le t_x$. Rows are context, columns are primary tokens. "
    "Which triangle of the matrix holds the ones?",
    options={
        "a": (
            "the lower one, as in PyTorch",
            "In PyTorch rows are those who look. Here they are looked at, so the same rule gives "
            "the other triangle.",
        ),
        "b": (
            "the upper one",
            "Column 3 may look at the rows 1, 2 and 3. So each column is filled from the top down "
            "to the diagonal.",
        ),
        "c": (
            "either, since the softmax runs along the other axis, too",
            "The softmax decides what sums to 1, and the mask who is seen. A wrong triangle shows "
            "the future.",
        ),
    },
    right="b",
)

useless = Choice(
    id="useless",
    ask="One of the parameters of algorithm 4 has no influence on its result, whatever its values. "
    "Which one?",
    options={
        "a": (
            "`b_q`, the bias of the queries",
            "It adds a number to each score that depends on the key, so some keys gain.",
        ),
        "b": (
            "`b_v`, the bias of the values",
            "The weights sum to 1, so it is added to each result in full. Shown, not hidden.",
        ),
        "c": (
            "`b_k`, the bias of the keys",
            "It adds the query times `b_k` to all scores of a column alike. A softmax sees "
            "differences only.",
        ),
    },
    right="c",
)

transposed = Choice(
    id="transposed",
    ask="torch works with tokens as rows. Which of its stored arrays must be transposed to get the "
    "paper's?",
    options={
        "a": (
            "the tables of `nn.Embedding`, and no others",
            "They hold one row for each token. `nn.Linear` stores its weight as (out, in), as the "
            "paper writes it, and transposes when it multiplies.",
        ),
        "b": (
            "the weights of `nn.Linear`, and no others",
            "`nn.Linear` computes x Wᵀ. So W itself is stored as in the paper; the tables are "
            "the ones to turn.",
        ),
        "c": (
            "both",
            "Row layout turns sequences and masks. The stored linear weights happen to be as in "
            "the paper.",
        ),
    },
    right="a",
)

terms = Number(
    id="terms",
    ask="`anna` becomes bos, a, n, n, a, eos. How many terms has its training loss?",
    value=lambda: len("anna") + 2 - 1,
    within=0.1,
    low="Each token but the first is predicted once: a, n, n, a and eos. The end counts, since a "
    "model must learn to stop.",
    high="There are six tokens, but nothing comes before bos, so no column predicts it.",
    right="One for each token but the first: a, n, n, a and eos.",
)

which_mask = Choice(
    id="which-mask",
    ask="Three models train for 400 steps, alike but for the mask. Which one has the lowest loss, "
    "and which one writes the best names?",
    options={
        "a": (
            "the unidirectional one has the lowest loss and writes the best names",
            "It writes the best names, but its loss is the highest. The others read the answer.",
        ),
        "b": (
            "the bidirectional one has the lowest loss and, knowing more, writes the best names",
            "It learns to look one token ahead. When it writes, there is nothing ahead, and it has "
            "learned nothing else.",
        ),
        "c": (
            "one of the others has the lowest loss; the unidirectional one writes the best names",
            "Whoever sees the next token copies it and needs no language.",
        ),
    },
    right="c",
)

columns = Number(
    id="columns",
    ask="The prompt is bos alone, and DInference writes 10 tokens. How many columns of P does it "
    "compute in all?",
    value=lambda: sum(range(1, 11)),
    within=0.5,
    low="In round i the sequence has i tokens, and P has a column for each: 1 + 2 + … + 10.",
    high="Round i computes i columns, not 10: the sequence is still short at the beginning. "
    "1 + 2 + … + 10 = 55.",
    right="1 + 2 + … + 10 = 55, and 10 of them are read.",
)

skip_layout = Choice(
    id="skip-layout",
    ask="In the paper X is (d, l): tokens are columns. Which line gives the values of algorithm 4?",
    options={
        "a": ("`W_v @ Z + b_v[:, None]`", "Weight from the left, and the bias as a column."),
        "b": (
            "`Z @ W_v.T + b_v`",
            "That is right for tokens as rows, the layout of PyTorch.",
        ),
        "c": (
            "`W_v @ X + b_v[:, None]`",
            "Values come from the context Z. X is who looks.",
        ),
    },
    right="a",
    skip=True,
)

skip_loss = Choice(
    id="skip-loss",
    ask="`P` has shape (N_V, l), and `v` holds l indices from 0. Which line is the loss of a "
    "decoder?",
    options={
        "a": (
            "`-np.log(P[v, np.arange(l)]).sum()`",
            "Column t then names token t, which it has read already.",
        ),
        "b": (
            "`-np.log(P[v[:-1], np.arange(1, l)]).sum()`",
            "Shifted the wrong way: column t + 1 would name token t.",
        ),
        "c": (
            "`-np.log(P[v[1:], np.arange(l - 1)]).sum()`",
            "Column t names token t + 1, and the last column has no term.",
        ),
    },
    right="c",
    skip=True,
)

skip_mask = Choice(
    id="skip-mask",
    ask="Scores are keys by queries, (l_z, l_x). Which line gives causal weights?",
    options={
        "a": (
            "`softmax(np.where(np.tril(ones), S, -np.inf), axis=0)`",
            "The lower triangle shows each column itself and the future.",
        ),
        "b": (
            "`softmax(np.where(np.triu(ones), S, -np.inf), axis=0)`",
            "Upper triangle, and each column sums to 1.",
        ),
        "c": (
            "`softmax(np.where(np.triu(ones), S, -np.inf), axis=1)`",
            "The mask is right, but rows would sum to 1. A column is one token's choice.",
        ),
    },
    right="b",
    skip=True,
)
