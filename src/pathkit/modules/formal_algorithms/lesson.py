# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %%
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import pathkit as path

path.ready("formal-algorithms")

# %% tags=["parameters"]
seed = 0
steps = 400  # of each training
d_e, H, L, l_max = 32, 4, 2, 16  # width, heads, layers, longest sequence: the paper's names

# %% [markdown]
# ## Fifteen algorithms
#
# *Formal Algorithms for Transformers* writes the transformer down as fifteen pieces of pseudocode.
# In [](transformer) you built the parts from drawings. Here you build them from a text in which
# each line means one thing.
#
# Its vocabulary holds the letters first, then three special tokens. Their numbers, the **IDs**,
# begin at 1.
#
# First you need parameters that know something. torch trains them below, with its own layers and
# tokens as rows. Comments name the lines of algorithm 13, DTraining. Batches and Adam are ours; the
# paper takes one sequence at a time.

# %% tags=["nbval-check-output"]
N_V, mask_token, bos, eos = 29, 27, 28, 29  # a to z have the IDs 1 to 26
names = path.datasets.names()
order = np.random.default_rng(0).permutation(len(names))  # holds out the names that bigram did
short = [[names[i] for i in part if len(names[i]) <= l_max - 2]
         for part in (order[::10], np.delete(order, np.s_[::10]))]
held_out, known = short


def ids(name):
    return [bos] + [ord(letter) - 96 for letter in name] + [eos]


print(f"{len(known):,} names to learn from, {len(held_out):,} held out; anna is {ids('anna')}")


# %%
class Rows(nn.Module):
    """The decoder-only transformer, made of torch's layers: (B, l) indices -> (B, l, N_V)."""

    def __init__(self):
        super().__init__()
        sizes = (d_e, H, 4 * d_e, 0.0, "gelu", 1e-5, True, True)  # batch first, norm first
        self.token, self.position = nn.Embedding(N_V, d_e), nn.Embedding(l_max, d_e)
        self.layers = nn.ModuleList([nn.TransformerEncoderLayer(*sizes) for _ in range(L)])
        self.norm, self.unembed = nn.LayerNorm(d_e), nn.Linear(d_e, N_V, bias=False)
        for table in (self.token, self.position):
            nn.init.normal_(table.weight, std=0.5)

    def forward(self, v, hidden):
        X = self.token(v) + self.position.weight[: v.shape[1]]
        for layer in self.layers:
            X = layer(X, hidden[: v.shape[1], : v.shape[1]])
        return self.unembed(self.norm(X))


# %%
def batch_loss(model, words, hidden):  # line 5, as a mean over the terms of several names
    v = torch.full((len(words), max(map(len, words)) + 2), -100)
    for row, word in zip(v, words):
        row[: len(word) + 2] = torch.tensor(ids(word)) - 1
    logits = model(v[:, :-1].clamp(min=0), hidden)  # line 4: all columns, here as rows
    return F.cross_entropy(logits.flatten(0, 1), v[:, 1:].flatten())


def DTraining(hidden):  # (l_max, l_max), True hides; rows look at columns
    torch.manual_seed(seed)
    model, rng, losses = Rows(), np.random.default_rng(seed), []
    optimizer = torch.optim.Adam(model.parameters())
    for step in range(1, steps + 1):  # lines 1 and 2: over the data, again and again
        optimizer.param_groups[0]["lr"] = 0.01 * min(step / 40, 1, 1.7 - 1.7 * step / steps)
        losses.append(batch_loss(model, rng.choice(known, size=32), hidden))
        optimizer.zero_grad()
        losses[-1].backward()
        optimizer.step()  # line 6: downhill
    return model.double(), torch.stack(losses).tolist()  # line 9


# %% [markdown]
# Now carry the trained numbers over into the paper's parameters, $\theta$. Look at what is
# transposed, and at what isn't.


# %%
def arrays(module):
    return {name: weight.detach().numpy() for name, weight in module.named_parameters()}


def attention_of(theirs):  # as the parameters of algorithm 5
    a = arrays(theirs)
    W, b = a["in_proj_weight"].reshape(3, H, -1, d_e), a["in_proj_bias"].reshape(3, H, -1)
    heads = [{f"W_{name}": W[i, h] for i, name in enumerate("qkv")}
             | {f"b_{name}": b[i, h] for i, name in enumerate("qkv")} for h in range(H)]
    return {"heads": heads, "W_o": a["out_proj.weight"], "b_o": a["out_proj.bias"]}


def theta_of(model):
    a, layers = arrays(model), [layer_of(layer) for layer in model.layers]
    W_e, W_p = a["token.weight"].T, a["position.weight"].T  # (d_e, N_V), (d_e, l_max)
    return {"W_e": W_e, "W_p": W_p, "layers": layers, "gamma": a["norm.weight"],
            "beta": a["norm.bias"], "W_u": a["unembed.weight"]}  # W_u: (N_V, d_e)


# %%
def layer_of(theirs, norm=1, mlp=1):
    """One of torch's layers; its norms are numbered from `norm`, its MLP's matrices from `mlp`."""
    a, layer = arrays(theirs), {"W": attention_of(theirs.self_attn)}
    if hasattr(theirs, "multihead_attn"):
        layer["W_ed"] = attention_of(theirs.multihead_attn)
    for i in range(len(layer) + 1):  # two norms, or three
        layer[f"gamma{norm + i}"] = a[f"norm{i + 1}.weight"]
        layer[f"beta{norm + i}"] = a[f"norm{i + 1}.bias"]
    for i in range(2):
        layer[f"W_mlp{mlp + i}"] = a[f"linear{i + 1}.weight"]
        layer[f"b_mlp{mlp + i}"] = a[f"linear{i + 1}.bias"]
    return layer


# %% predict="transposed"
path.predict("transposed", "a")

# %%
from pathkit.exercises import formal_algorithms as finished

Masks = {"unidirectional": np.triu(np.ones((l_max, l_max), dtype=bool))}
torchs_mask = torch.tensor(~Masks["unidirectional"].T)  # True hides, rows look
model, losses = DTraining(torchs_mask)  # some seconds
theta = theta_of(model)


def causal(x):  # IDs -> P
    return finished.DTransformer(x, theta, Masks["unidirectional"][: len(x), : len(x)])


def write(model, how_many, tau, DInference):
    rng = np.random.default_rng(seed)
    written = [DInference([bos], model, l_max - 1, tau, lambda q: int(rng.choice(N_V, p=q)) + 1)
               for _ in range(how_many)]
    return ["".join(chr(96 + y) if y < 27 else "." for y in ys).split(".")[0] for ys in written]


print(", ".join(write(causal, 12, 1.0, finished.DInference)))

# %%
x = ids("anna")
figure, axes = path.figure(figsize=(4.6, 6.2))
picture = axes.imshow(causal(x), aspect="auto", vmin=0)
axes.plot(range(5), np.array(x[1:]) - 1, "s", ms=13, mfc="none", mec="white")
axes.set_xticks(range(6), ["bos", *"anna", "eos"])
axes.set_yticks(range(29), [*"abcdefghijklmnopqrstuvwxyz", "mask", "bos", "eos"], fontsize=7)
axes.set(title="Column t guesses token t + 1", xlabel="token read", ylabel="token guessed")
figure.colorbar(picture, label="probability")
path.show(figure, "A table of 29 rows and 6 columns of probabilities, one column for each token of "
                  "anna. White frames mark the token that follows; most lie on bright cells.")

# %% [markdown]
# The names above were written by the paper's lines in NumPy. The picture is the matrix `P` for one
# name. Read it by columns. In the paper a token is a column, and a sequence is a matrix with one
# column for each token.
#
# You will write these lines now. There are three groups:
#
# | algorithms | what |
# | :-- | :-- |
# | 1–7 | parts: embedding, attention, LayerNorm, unembedding |
# | 8–10 | whole transformers: EDTransformer, ETransformer, DTransformer |
# | 11–15 | loops: training and inference |

# %% [markdown]
# ## From 1 to 0
#
# The paper writes $[\ell]$ for the numbers 1, 2, …, $\ell$. Token $t$ of a sequence is $x[t]$, and
# the first is $x[1]$. Equation 1 embeds it:
#
# $$e = W_e[:, x[t]] + W_p[:, t]$$
#
# The colon means the same as in NumPy: all rows, so a column. The numbers don't.

# %% exercise="embed"
from pathkit.modules.formal_algorithms.embed import embed

# %% [markdown]
# ## Attention by columns
#
# Algorithm 3 is the lookup of [](attention), for one token. Algorithm 4 does it for whole
# sequences. X is **primary**: its tokens look. Z is **context**: its tokens are looked at. Line 4
# makes the scores
#
# $$S = K^\top Q,$$
#
# one row for each token of Z, one column for each token of X. The **Mask** has the same shape, and
# here 1 means *may be seen*. Causal attention allows what is not later: $t_z \le t_x$.

# %% predict="triangle"
path.predict("triangle", "b")

# %% exercise="Attention"
from pathkit.modules.formal_algorithms.attention import Attention

# %% tags=["nbval-check-output"]
W = {"W_q": np.array([[2, 0, 1], [0, 2, 1]]), "b_q": np.zeros(2), "W_v": np.eye(3),
     "W_k": np.array([[1, 0, 1], [0, 1, 1]]), "b_k": np.zeros(2), "b_v": np.zeros(3)}
tokens = np.eye(3)  # three tokens; with these W the result is the weights themselves
print(Attention(tokens, tokens, W, Masks["unidirectional"][:3, :3]).round(2))

# %% [markdown]
# Each column sums to 1. Column 1 sees itself alone; column 3 sees all three.
#
# In [](attention) you had the past below the diagonal. Here it is above. Neither is wrong. A mask
# copied from the other layout is:

# %%
figure, axes = path.figure(1, 3, figsize=(9, 3.4))
ones = np.ones((6, 6))
for ax, table, title in zip(axes, (np.triu(ones), np.tril(ones), np.tril(ones)),
                            ("paper: columns look", "PyTorch: rows look", "copied into columns")):
    ax.imshow(table, vmin=0, vmax=1)
    down, across = ("looks", "is seen") if title.startswith("PyTorch") else ("is seen", "looks")
    ax.set(title=title, xlabel=f"token that {across}", ylabel=f"token that {down}")
    ax.set_xticks(range(6), range(1, 7))
    ax.set_yticks(range(6), range(1, 7))
figure.suptitle("Copied without a transpose, the mask shows the future", x=0.02, ha="left")
path.show(figure, "Three 6 by 6 masks. In the paper's layout the upper triangle is bright, in "
                  "PyTorch's the lower one. The lower one in the paper's layout shows each token "
                  "itself and what comes after it.")

# %% predict="useless"
path.predict("useless", "c")

# %% tags=["nbval-check-output"]
head = theta["layers"][0]["W"]["heads"][0]
X = embed(ids("anna"), theta["W_e"], theta["W_p"])  # (32, 6)
Mask = Masks["unidirectional"][:6, :6]
for name in ("b_q", "b_k", "b_v"):
    change = Attention(X, X, head | {name: head[name] + 1}, Mask) - Attention(X, X, head, Mask)
    print(f"add 1 to each number of {name}: the result changes by more than 1e-9:",
          bool(abs(change).max() > 1e-9))

# %% [markdown]
# In symbols: $(k + b_k)^\top q = k^\top q + b_k^\top q$, and the last term is the same for every
# key. The softmax of a column doesn't see it.
#
# ## The other layout
#
# Nearly all code has tokens as rows. So you must be able to cross over. The rule is short:
# $(WX)^\top = X^\top W^\top$.

# %% exercise="attention_rows"
from pathkit.modules.formal_algorithms.attention_rows import attention_rows

# %% tags=["nbval-check-output"]
by_columns, by_rows = Attention(X, X, head, Mask), attention_rows(X.T, X.T, head, Mask)
print(by_columns.shape, by_rows.shape, "equal:", np.allclose(by_columns, by_rows.T))

# %% [markdown]
# Your dictionary, from the paper to both layouts of NumPy:
#
# | the paper, from 1 | columns, from 0 | rows, from 0 |
# | :-- | :-- | :-- |
# | $x[1]$, ID 1 | `x[0]`, index 0 | the same |
# | $X$: $d \times \ell$ | `X` (d, l) | `X` (l, d) |
# | $X[:, t]$ | `X[:, t - 1]` | `X[t - 1]` |
# | $WX + b\mathbf{1}^\top$ | `W @ X + b[:, None]` | `X @ W.T + b` |
# | $S = K^\top Q$ | `K.T @ Q` (l_z, l_x) | `Q @ K.T` (l_x, l_z) |
# | Mask $[t_z \le t_x]$ | `np.triu` | `np.tril` |
# | softmax, equation 2 | `axis=0` | `axis=-1` |

# %% [markdown]
# ## Many heads, and the small parts
#
# Algorithm 5 stacks heads: $Y = [Y^1; Y^2; \dots; Y^H]$. The semicolon means *below*.

# %% exercise="MHAttention"
from pathkit.modules.formal_algorithms.mh_attention import MHAttention

# %% [markdown]
# Algorithm 6, the GELU of equation 5, the MLP and algorithm 7 are a line or two each. GELU is a
# ReLU with a round corner; the MLP is what [](transformer) called a feed-forward layer. The paper's
# LayerNorm has no $\epsilon$: a column of equal numbers would divide by 0. torch adds 1e-5, and so
# do we.


# %%
def layer_norm(X, gamma, beta):
    """Algorithm 6, for each column of X (d, l)."""
    m, v = X.mean(axis=0), X.var(axis=0)  # lines 1, 2: mean and variance of each column
    return (X - m) / np.sqrt(v + 1e-5) * gamma[:, None] + beta[:, None]  # line 3: scale, offset


def GELU(X):
    return X * (1 + np.vectorize(math.erf)(X / math.sqrt(2))) / 2  # equation 5


def mlp(X, layer, bend, first=1):
    hidden = bend(layer[f"W_mlp{first}"] @ X + layer[f"b_mlp{first}"][:, None])
    return layer[f"W_mlp{first + 1}"] @ hidden + layer[f"b_mlp{first + 1}"][:, None]


def softmax(A):
    A = np.exp(A - A.max(axis=0))  # equation 2; algorithm 7 is softmax(W_u @ e)
    return A / A.sum(axis=0)


# %% [markdown]
# ## Algorithm 10: GPT
#
# Now a whole model. The paper's layers have two matrices: X, and X with a tilde. Somebody has
# overlooked the tilde.

# %% exercise="DTransformer"
from pathkit.modules.formal_algorithms.d_transformer import DTransformer

# %% tags=["nbval-check-output"]
x = ids("isabella")
Mask = Masks["unidirectional"][: len(x), : len(x)]
ours = DTransformer(x, theta, Mask)  # (29, 10), columns
with torch.no_grad():
    theirs = model(torch.tensor([x]) - 1, torchs_mask).softmax(dim=-1)[0]  # (10, 29), rows
print(ours.shape, tuple(theirs.shape), "within 1e-12:",
      bool(np.abs(ours - theirs.numpy().T).max() < 1e-12))

# %% [markdown]
# Your lines and torch's trained model agree in every digit that matters. `Rows` was built of
# *encoder* layers, by the way. With a causal mask and no cross-attention, an encoder layer is GPT.

# %% [markdown]
# ## The same parts, twice more
#
# ETransformer is BERT, Google's model of 2018, which reads both ways and doesn't write. Its mask is
# all ones, and its norms come last. EDTransformer is the model of
# [](transformer). Its line 13 counts with $i$ and its lines 14 to 19 with $l$, a slip of the paper.


# %%
def norm(X, layer, i):
    return layer_norm(X, layer[f"gamma{i}"], layer[f"beta{i}"])


def ETransformer(x, theta):
    """Algorithm 9: encoder-only."""
    X = embed(x, theta["W_e"], theta["W_p"])  # 1 to 3: tokens become columns
    all_ones = np.ones((len(x), len(x)), dtype=bool)
    for layer in theta["layers"]:  # 4: layer after layer
        X = X + MHAttention(X, X, layer["W"], all_ones, Attention)  # 5: add what all tokens say
        X = norm(X, layer, 1)  # 6: LayerNorm of each column, in place of X
        X = X + mlp(X, layer, GELU)  # 7: add what each token makes of it
        X = norm(X, layer, 2)  # 8: as 6, with its own gamma and beta
    X = GELU(theta["W_f"] @ X + theta["b_f"][:, None])  # 10: one more linear layer, bent
    X = layer_norm(X, theta["gamma"], theta["beta"])  # 11: a last LayerNorm
    return softmax(theta["W_u"] @ X)  # 12: unembed


# %%
def EDTransformer(z, x, theta):
    """Algorithm 8: encoder and decoder."""
    Z = embed(z, theta["W_e"], theta["W_p"])  # 1 to 3: the context becomes columns
    for layer in theta["encoder"]:  # 4: the encoder's layers
        ones = np.ones((len(z), len(z)), dtype=bool)
        Z = norm(Z + MHAttention(Z, Z, layer["W"], ones, Attention), layer, 1)  # 5, 6: look, norm
        Z = norm(Z + mlp(Z, layer, ReLU), layer, 2)  # 7, 8: think, norm
    X = embed(x, theta["W_e"], theta["W_p"])  # 10 to 12: so does the primary sequence
    for layer in theta["decoder"]:  # 13: the decoder's layers
        past = np.triu(np.ones((len(x), len(x)), dtype=bool))
        X = norm(X + MHAttention(X, X, layer["W"], past, Attention), layer, 3)  # 14, 15: look back
        ones = np.ones((len(z), len(x)), dtype=bool)
        X = norm(X + MHAttention(X, Z, layer["W_ed"], ones, Attention), layer, 4)  # 16, 17: ask Z
        X = norm(X + mlp(X, layer, ReLU, first=3), layer, 5)  # 18, 19: think, norm
    return softmax(theta["W_u"] @ X)  # 21: unembed


def ReLU(X):
    return np.maximum(X, 0)


# %%
torch.manual_seed(seed)
sizes = dict(dim_feedforward=4 * d_e, dropout=0.0, batch_first=True, dtype=torch.float64)
encoder = nn.TransformerEncoderLayer(d_e, H, **sizes)
decoder = nn.TransformerDecoderLayer(d_e, H, **sizes)
bert = nn.TransformerEncoderLayer(d_e, H, activation="gelu", **sizes)
final, last = nn.Linear(d_e, d_e, dtype=torch.float64), nn.LayerNorm(d_e, dtype=torch.float64)
for weight in (w for layer in (encoder, decoder, bert) for w in layer.parameters()):
    weight.data += 0.1 * torch.randn(weight.shape)  # no norm stays at 1 and 0
of_E = theta | {"layers": [layer_of(bert)], "gamma": np.ones(d_e), "beta": np.zeros(d_e),
                "W_f": final.weight.detach().numpy(), "b_f": final.bias.detach().numpy()}
of_ED = theta | {"encoder": [layer_of(encoder)], "decoder": [layer_of(decoder, 3, 3)]}

# %% tags=["nbval-check-output"]
z, x = ids("anna"), ids("isabella")
rows_z, rows_x = (torch.tensor(embed(v, theta["W_e"], theta["W_p"]).T)[None] for v in (z, x))
with torch.no_grad():
    theirs_E = last(F.gelu(final(bert(rows_x))))[0].numpy()  # (10, d_e), rows
    theirs_ED = decoder(rows_x, encoder(rows_z), torch.tensor(~Mask.T))[0].numpy()
for name, ours, theirs in (("ETransformer", ETransformer(x, of_E), theirs_E),
                           ("EDTransformer", EDTransformer(z, x, of_ED), theirs_ED)):
    difference = np.abs(ours - softmax(theta["W_u"] @ theirs.T)).max()
    print(f"{name:<14} within 1e-12 of torch's: {bool(difference < 1e-12)}")

# %% [markdown]
# Three architectures, and one attention function among them. What tells them apart is who may see
# whom, and where the norms stand.
#
# ## The loss
#
# Algorithm 13 trains on every token at once. Its line 5 is
#
# $$\text{loss}(\theta) = -\sum_{t=1}^{\ell-1} \log P(\theta)[x[t+1], t].$$

# %% predict="terms"
path.predict("terms", 5)

# %% exercise="loss"
from pathkit.modules.formal_algorithms.loss import loss


# %%
def nats_per_token(model, names):
    """The mean of line 5 over all terms of all names; model: IDs -> P."""
    return sum(loss(model(ids(name)), ids(name)) for name in names) / sum(len(n) + 1 for n in names)


with torch.no_grad():
    theirs = batch_loss(model, held_out[:200], torchs_mask).item()
print(f"yours {nats_per_token(causal, held_out[:200]):.4f}, torch's {theirs:.4f} nats per token")

# %% [markdown]
# The table of pairs in [](bigram) scored 2.59 nats on such names.
#
# ## Writing
#
# Algorithm 14 continues a prompt. In round $i$ it reads column $\ell + i - 1$ of P, makes $q$ from
# it, draws, and appends.

# %% exercise="DInference"
from pathkit.modules.formal_algorithms.d_inference import DInference

# %%
for tau in (0.4, 1.0, 2.0):
    written = write(causal, 8, tau, DInference)
    print(f"tau = {tau}: {', '.join(written)}")

# %% predict="columns"
path.predict("columns", 55)

# %%
tokens = np.arange(1, 101)
figure, axes = path.figure()
axes.plot(tokens, np.cumsum(tokens), label="columns computed")
axes.plot(tokens, tokens, "--", label="columns read")
axes.set(title="Line 3 computes 5,050 columns, line 4 reads 100 of them")
axes.set(xlabel="tokens written after bos", ylabel="columns of P, in all")
axes.legend(frameon=False)
path.show(figure, "Columns computed against tokens written: a parabola that reaches 5,050 at 100 "
                  "tokens. Columns read: a straight line that reaches 100.")

# %% [markdown]
# The mask has made all earlier columns final, so they come out the same each time. The paper values
# clarity over speed here. The cache of [](attention) is what is missing.

# %% [markdown]
# ## One mask, three models
#
# The same program with another Mask. *Bidirectional* is all ones. *Copied* is the lower triangle,
# taken over from PyTorch without a transpose. Each model trains under its own mask.

# %% predict="which-mask"
path.predict("which-mask", "c")

# %%
Masks["bidirectional"] = np.ones((l_max, l_max), dtype=bool)
Masks["copied"] = np.tril(Masks["bidirectional"])
thetas, curves = {"unidirectional": theta}, {"unidirectional": losses}
for name in ("bidirectional", "copied"):
    trained, curves[name] = DTraining(torch.tensor(~Masks[name].T))
    thetas[name] = theta_of(trained)


def under(name):
    """The model that was trained under a mask, run under it: IDs -> P."""
    return lambda x: DTransformer(x, thetas[name], Masks[name][: len(x), : len(x)])


def growing(model):
    """The same where the future doesn't exist yet: column t from the tokens up to t."""
    return lambda x: np.stack([model(x[:t])[:, -1] for t in range(1, len(x) + 1)], axis=1)


# %%
scores = {}
for name in Masks:
    models = under(name), growing(under(name))
    scores[name] = [nats_per_token(model, held_out[:60]) for model in models]
    print(f"{name:<15}{scores[name][0]:5.2f} nats with the whole name in view,"
          f"{scores[name][1]:6.2f} without its future")
    print(f"    it writes {', '.join(write(models[0], 5, 1.0, DInference))}")

# %%
figure, (left, right) = path.figure(1, 2, figsize=(9.5, 3.6))
for (name, losses), line in zip(curves.items(), ("-", "--", ":")):
    left.plot(losses, line, label=name)
left.set(title="loss in training", xlabel="step", ylabel="nats per token")
left.legend(frameon=False)
right.bar(list(scores), [without for _, without in scores.values()], color=path.PALETTE[0])
right.axhline(math.log(N_V), color=path.PALETTE[3], ls="--", label="ln 29: a blind guess")
right.set(title="loss without a future", xlabel="mask", ylabel="nats per token")
right.legend(frameon=False)
figure.suptitle("The masks with the lowest loss are the ones that can't write", x=0.02, ha="left")
path.show(figure, "Left: training loss. Under the unidirectional mask it falls to 2.4 nats, under "
                  "the others to 0. Right: without a future the unidirectional model stays at 2.4, "
                  "the others are above 7 nats, far above a blind guess of 3.37.")

# %% [markdown]
# A loss of 0.00 looks like a triumph. It is a leak: the next token was in view, and the model
# learned to copy it. When it has to write, it is worse than a blind guess. Nothing in shapes or
# sums gives the wrong triangle away.
#
# BERT lives with a mask of ones, because algorithm 12 trains it otherwise: some tokens are replaced
# by `mask_token`, and only those count.

# %% tags=["nbval-check-output"]
def masked_loss(x, theta, p_mask, rng):
    """Algorithm 12, lines 4 to 9: the loss of one sequence, and how many terms it has."""
    hit = rng.random(len(x)) < p_mask  # 4 to 7: which tokens are hidden
    P = ETransformer(np.where(hit, mask_token, x).tolist(), theta)  # 8: all columns
    terms = np.log(P[np.array(x)[hit] - 1, np.flatnonzero(hit)])  # 9: column t names token t
    return -terms.sum(), hit.sum()


def EDInference(z, theta, tau, draw):
    """Algorithm 15."""
    x, y = [bos], 0  # 1, 2: begin with bos
    while y != eos and len(x) < l_max:  # 3: until eos is drawn (or the table of places ends)
        q = EDTransformer(z, x, theta)[:, len(x) - 1] ** (1 / tau)  # 4 to 6: the last column
        y = draw(q / q.sum())
        x.append(y)  # 7: show it to the next round
    return x  # 9


print("terms:", [int(masked_loss(x, of_E, 0.15, np.random.default_rng(i))[1]) for i in range(9)])
print("stops at once when eos is drawn:", EDInference(z, of_ED, 1.0, lambda q: eos))

# %% [markdown]
# ## What is left
#
# You have all fifteen: algorithm 11 is algorithm 13 with a $z$. Training a decoder for real, piece
# by piece, is [](gpt). Training with masked tokens, and what it is good for, is [](fine-tuning).
# And where tokens come from when they aren't letters is [](tokens).

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on. Each has a number to beat; where a training is behind it, yours
# may end 0.01 nats away, because each processor rounds in its own way.
#
# 1. **A cache in columns.** Give DInference the keys and values of earlier tokens, so that each
#    round computes one column. Same names, and 15 columns instead of 120 for 15 rounds.
# 2. **Fill the gap.** Train ETransformer by algorithm 12, in rows, as DTraining does. Then hide one
#    letter of each held-out name. With 30% masked and 800 steps ours pays 2.45 nats for it. Get
#    below 2.3.
# 3. **Fewer parameters, the same P.** Each `b_k` can go. What else in $\theta$ can go, if you may
#    change the rest, and P stays within 1e-9? Ours does without 416 numbers: each `b_k` and `b_v`,
#    each gamma, and each beta but the last.
