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
import json
import math
import time

import numpy as np
import torch

import pathkit as path

path.ready("gpt-numpy")

# %% tags=["parameters"]
how_many = 30  # held-out stories that each loss is measured on
folder = ""  # of the real GPT-2's model.safetensors and vocab.json, if you have them

# %% [markdown]
# ## Twenty-eight arrays
#
# In *GPT* torch did the arithmetic, and much of it out of sight. Here you take the model of that
# lesson apart. What was learned is 28 arrays: eleven in each of two blocks, one table of tokens and
# one of places, and a weight and a bias each for the last norm and the head.

# %%
kept = path.model("gpt")  # your own where you kept one
heads, layers, width = (kept.config[name] for name in ("n_head", "n_layer", "n_embd"))
symbols = "".join(kept.symbols)
parts = {"tokens": "token", "places": "position", "attention": "attend",
         "feed-forward": "feed_forward", "norms": "norm", "head": "unembed"}
sizes = {part: sum(a.size for name, a in kept.weights.items() if key in name)
         for part, key in parts.items()}
figure, axes = path.figure(figsize=(7, 2.6))
axes.bar_label(axes.barh(list(sizes), sizes.values(), color=path.PALETTE[0]), fmt="{:,.0f}",
               padding=3)
axes.set(title=f"More than half of {sum(sizes.values()):,} numbers sit in feed-forward layers")
axes.set(xlabel="numbers", xlim=(0, 1.15 * max(sizes.values())))
axes.invert_yaxis()
path.show(figure, "Bars of how many numbers belong to each part of the model: about 37,000 to the "
                  "feed-forward layers, 19,000 to attention, 8,000 to places, little to the rest.")

# %% [markdown]
# The feed-forward layers hold the most, because each widens 48 numbers to 192 and back.
#
# What isn't in the list: code. You write it in this lesson, in NumPy, so that nothing is hidden.
# At the end it fits on one page, and the same page runs the real GPT-2.
#
# ## A file with nothing to run
#
# Models are published as **safetensors** files. Such a file holds numbers and their names, so that
# opening one runs nobody's code. Older formats of torch are pickles, and a pickle may run anything.
#
# Here is a writer, and the file of an array with three numbers.


# %% tags=["nbval-check-output"]
DTYPES = {"F32": "float32", "F16": "float16"}  # the file's word, and NumPy's


def write_safetensors(arrays):
    """A file: 8 bytes with the header's length, the header, then the numbers row by row."""
    header, numbers = {}, b""
    for name, array in arrays.items():
        begin, numbers = len(numbers), numbers + array.tobytes()
        [dtype] = [word for word, ours in DTYPES.items() if array.dtype == ours]
        header[name] = {"dtype": dtype, "shape": list(array.shape),
                        "data_offsets": [begin, len(numbers)]}
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + numbers


print(write_safetensors({"a": np.array([[1.5, -2, 4]], dtype=np.float32)}))

# %% [markdown]
# Read it from the left. The first byte is `A`, which is 65, and seven zeros follow: the header has
# 65 bytes. After the header come 12 bytes, four for each number.

# %% exercise="read_safetensors"
from pathkit.modules.gpt_numpy.read_safetensors import read_safetensors

# %% [markdown]
# ## Two layouts
#
# A layer from 3 numbers to 2 needs six weights. torch's `Linear` keeps them as (2, 3), one row for
# each number that comes out, and computes $x W^\top$. GPT-2's first code kept them as (3, 2) and
# computed $x W$. That layer was called **Conv1D**, since it does the same at each place, like a
# convolution one place wide. Published GPT-2 files still have its layout.
#
# Forget the transpose, and NumPy complains, because the shapes don't fit. Does it always?

# %% predict="complaints"
path.predict("complaints", 3)

# %% exercise="to_gpt2"
from pathkit.modules.gpt_numpy.to_gpt2 import to_gpt2

# %% tags=["nbval-check-output"]
names = {"token": "wte", "position": "wpe", "norm": "ln_f", "unembed": "lm_head"}
for i in range(layers):
    for ours, its in (("norm1", "ln_1"), ("attend.qkv", "attn.c_attn"),
                      ("attend.mix", "attn.c_proj"), ("norm2", "ln_2"),
                      ("feed_forward.0", "mlp.c_fc"), ("feed_forward.2", "mlp.c_proj")):
        names[f"blocks.{i}.{ours}"] = f"h.{i}.{its}"
stored = to_gpt2(kept.weights, names)
for i in range(layers):  # GPT-2 adds a bias here, and ours never had one
    stored[f"h.{i}.attn.c_attn.bias"] = np.zeros(3 * width, dtype=np.float32)
file = write_safetensors(stored)
w = read_safetensors(file)
for name in sorted(w, key=lambda name: (not name.startswith("h.0"), name)):
    if not name.startswith("h.1"):
        print(f"{name:<24}{w[name].shape}")

# %% [markdown]
# From here on `w` is all that you have: the arrays of your file, under GPT-2's names. Our model
# learned a head of its own, so that the file holds `lm_head.weight` and `lm_head.bias`, which GPT-2
# lacks. The zeros of `c_attn.bias` are our filling.
#
# ## One table, used twice
#
# GPT-2 has no array for its head. The table that turned tokens into vectors, `wte`, turns vectors
# back into logits. This **weight tying** saves a table of 50,257 by 768, or 38.6 million numbers.
#
# How large is GPT-2, then? Papers, files and programs give five answers.

# %% exercise="count_parameters"
from pathkit.modules.gpt_numpy.count_parameters import count_parameters


# %%
def gpt2_small(masks=False, tied=True):
    """Arrays of GPT-2's shapes that take no memory: one zero each, repeated."""
    V, T, C = 50257, 1024, 768
    shapes = {"wte.weight": (V, C), "wpe.weight": (T, C), "ln_f.weight": (C,), "ln_f.bias": (C,)}
    for i in range(12):
        shapes |= {f"h.{i}.ln_{n}.{kind}": (C,) for n in (1, 2) for kind in ("weight", "bias")}
        for layer, n, m in (("attn.c_attn", C, 3 * C), ("attn.c_proj", C, C),
                            ("mlp.c_fc", C, 4 * C), ("mlp.c_proj", 4 * C, C)):
            shapes |= {f"h.{i}.{layer}.weight": (n, m), f"h.{i}.{layer}.bias": (m,)}
        shapes |= {f"h.{i}.attn.bias": (1, 1, T, T)} if masks else {}
    shapes |= {} if tied else {"lm_head.weight": (V, C)}
    return {name: np.broadcast_to(np.float32(0), shape) for name, shape in shapes.items()}


# %%
learned = count_parameters(gpt2_small())
file_holds = sum(array.size for array in gpt2_small(masks=True).values())
tables = sum(gpt2_small()[name].size for name in ("wte.weight", "wpe.weight"))
answers = {
    "blocks alone": learned - tables, "the paper": 117_000_000, "learned": learned,
    "in the file": file_holds, "head untied": count_parameters(gpt2_small(tied=False)),
}
figure, axes = path.figure(figsize=(7, 2.8))
colors = [path.PALETTE[3 if name == "learned" else 0] for name in answers]
bars = axes.barh(list(answers), [n / 1e6 for n in answers.values()], color=colors)
axes.bar_label(bars, [f"{n:,}" for n in answers.values()], padding=3)
axes.set(title="Of five sizes, one counts what was learned")
axes.set(xlabel="numbers (millions)", xlim=(0, 215))
axes.invert_yaxis()
path.show(figure, "Five bars: 85 million for the blocks alone, 117 in the paper, 124 learned, 137 "
                  "in the published file, 163 when the tied table is counted twice.")

# %% [markdown]
# Four can be explained by counting. Leave out both tables, as counts without embeddings do, and 85
# million remain. Count the head apart, and there are 163. The published file has 548,105,171 bytes,
# because each block's mask is stored in it: twelve triangles of 1,024 by 1,024 that nobody trained,
# 50 MB.
#
# The paper's 117 is a mistake; *The GPT family* finds its likely cause.
#
# ## The bend
#
# The arrays don't say how many heads there are, nor which curve bends the feed-forward layer. GELU
# multiplies $x$ by the share of a normal distribution that lies below $x$. The paper that
# introduced it gives a formula with tanh that comes near, and GPT-2 took the formula.

# %% exercise="gelu"
from pathkit.modules.gpt_numpy.gelu import gelu

# %%
erf = np.vectorize(math.erf, otypes=[np.float32])  # the normal distribution, number by number


def exact_gelu(x):
    return 0.5 * x * (1 + erf(x / math.sqrt(2)))


# %%
x = np.linspace(-5, 5, 801)
figure, panels = path.figure(1, 2, figsize=(9, 2.8))
panels[0].plot(x, np.maximum(x, 0), ":", label="ReLU")
panels[0].plot(x, gelu(x), label="GELU")
panels[0].legend(frameon=False)
panels[0].set(xlabel="x", ylabel="after the bend", title="GELU dips, ReLU breaks")
panels[1].plot(x, 1e4 * (gelu(x) - exact_gelu(x)), color=path.PALETTE[3])
panels[1].set(xlabel="x", ylabel="tanh minus exact (1/10,000)", title="Two GELUs, 0.0005 apart")
path.show(figure, "Left: GELU and ReLU, which differ between -3 and 3. Right: the difference of "
                  "the two GELUs, a wave of at most five ten-thousandths on either side of 0.")

# %% [markdown]
# torch's `nn.GELU()` is the exact one, and our model learned with that. So run it with the curve
# that it was trained with. Below you will ask whether each step is torch's to 0.00001, and a
# difference of 0.0005 would hide the answer.

# %% [markdown]
# ## New queries, all keys
#
# A model that writes needs the keys and values of all tokens before the new one. The mask keeps
# them as they were, so a program stores them instead of computing them again: in a **cache**.
#
# Say three tokens are new and seven lie in the cache. Then there are ten keys and three queries,
# and the first query stands at place 7. With nothing in the cache there are as many queries as
# keys. One function does for both.

# %% exercise="attend"
from pathkit.modules.gpt_numpy.attend import attend

# %% [markdown]
# Now the block. `seen` notes each step under its name, for the comparison to come. After that only
# three things are missing: embed, run the blocks, read out.

# %%
seen = {}  # name of a step -> what it returned in the last pass


def note(name, x):
    seen[name] = x
    return x


def linear(x, w, name):
    return note(name, x @ w[f"{name}.weight"] + w[f"{name}.bias"])


def norm(x, w, name):
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    return note(name, centred / spread * w[f"{name}.weight"] + w[f"{name}.bias"])


# %%
def make_block(n_head, bend):
    def block(x, w, i, cache):  # x: (n, C); cache: keys and values, (past, C) each
        h = f"h.{i}"
        qkv = linear(norm(x, w, f"{h}.ln_1"), w, f"{h}.attn.c_attn")  # (n, 3C)
        q, k, v = np.split(qkv, 3, axis=-1)  # (n, C) each
        k, v = np.concatenate([cache[0], k]), np.concatenate([cache[1], v])  # (past + n, C)
        x = x + linear(note(f"{h}.attn", attend(q, k, v, n_head)), w, f"{h}.attn.c_proj")
        wide = bend(linear(norm(x, w, f"{h}.ln_2"), w, f"{h}.mlp.c_fc"))  # (n, 4C)
        x = x + linear(note(f"{h}.mlp.act", wide), w, f"{h}.mlp.c_proj")
        return note(h, x), (k, v)

    return block


# %% exercise="gpt2"
from pathkit.modules.gpt_numpy.gpt2 import gpt2


# %%
def model_of(w, n_head, n_layer, bend):  # model(new tokens, caches) -> (logits, caches)
    block = make_block(n_head, bend)
    nothing = np.zeros((0, w["wte.weight"].shape[1]), np.float32)

    def model(tokens, caches=None):
        caches = caches or [(nothing, nothing)] * n_layer
        logits, caches = gpt2(np.array(tokens), w, caches, block, norm)
        return note("lm_head", logits), caches

    return model


def numbers(text):
    return [symbols.index(character) for character in text]


model = model_of(w, heads, layers, exact_gelu)
held_out = path.datasets.SMALL_TALES.sample(200, seed=10**6)
story = next(s for s in held_out if " found " in s)
tokens = numbers("\n" + story[:-1])  # what the model reads; it should say `story`

# %% [markdown]
# ## Equal at every step
#
# Logits that differ don't say where it went wrong, so compare every step. torch lets you watch a
# layer: a hook is called with what goes in and what comes out. The sum of two arrays may differ in
# its last digit, since the order of adding differs. So measure the difference as a share of the
# largest number.


# %%
def from_torch(net, tokens):
    """What torch computes at each step, under our names."""
    found, watched, hooks = {}, dict(names), []
    for i in range(layers):
        watched |= {f"blocks.{i}": f"h.{i}", f"blocks.{i}.feed_forward.1": f"h.{i}.mlp.act"}
    for ours, its in watched.items():
        def hook(part, given, out, its=its):
            found[its] = out[0].numpy()
            if its.endswith("attn.c_proj"):  # the joined heads go in there
                found[its.removesuffix(".c_proj")] = given[0][0].numpy()
        hooks.append(net.get_submodule(ours).register_forward_hook(hook))
    with torch.no_grad():
        net(torch.tensor([tokens]))
    [hook.remove() for hook in hooks]
    return found


# %%
def apart(theirs):
    """For each step of the last pass: the largest difference, as a share of the largest number."""
    return {name: abs(seen[name] - theirs[name]).max() / abs(theirs[name]).max() for name in seen}


theirs = from_torch(kept.model, tokens)
seen.clear()
model(tokens)
rounding = apart(theirs)
print(f"{len(rounding)} steps, and at most {max(rounding.values()):.0e} apart")
print("below 1e-5 at every step:", max(rounding.values()) < 1e-5)

# %% [markdown]
# Twenty steps, and not one differs by a hundred-thousandth, so that your functions compute what
# torch does. Now you can change one thing and see what it was for. Two questions before you do.

# %% predict="bend"
path.predict("bend", "a")

# %% predict="tied"
path.predict("tied", "b")


# %%
def loss(model, stories=held_out[:how_many]):
    """Nats per character."""
    nats = 0.0
    for text in stories:
        logits, _ = model(numbers("\n" + text[:-1]))
        logits = logits - logits.max(axis=1, keepdims=True)
        chances = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        nats -= chances[np.arange(len(text)), numbers(text)].sum()
    return nats / sum(map(len, stories))


tied = {name: array for name, array in w.items() if not name.startswith("lm_head")}
print(f"as it was trained     {loss(model):.4f}")
print(f"GPT-2's GELU          {loss(model_of(w, heads, layers, gelu)):.4f}")
print(f"ReLU                  {loss(model_of(w, heads, layers, lambda x: np.maximum(x, 0))):.4f}")
print(f"wte as the head       {loss(model_of(tied, heads, layers, exact_gelu)):.4f}")
print(f"all symbols alike     {math.log(len(symbols)):.4f}")

# %% [markdown]
# **What surprised us.** ReLU, never trained, costs less than 0.001 nats, or about 0.006 in a model
# of your own that learned for 900 steps. Its numbers aren't the same: what leaves the bend in block
# 0 changes by nearly half, and the logits by a sixth. But half of the time the likeliest symbol
# leads by 12 or more in the logits, so that it stays ahead.
#
# The tied head is far worse than knowing nothing, because this model never learned to use one table
# both ways, and is sure of wrong symbols. Tying is decided before the training, so that a loader
# must not add or drop it.
#
# ## Reading early
#
# The stream has one width from bottom to top. So nothing stops you from reading it before the last
# block: norm, head, softmax. The field calls this glimpse the **logit lens**.

# %% predict="lens"
path.predict("lens", "c")


# %%
def lens(w, text):  # the chance of each symbol, after the embedding and after each block
    tokens = numbers("\n" + text[:-1])
    model(tokens)
    start = w["wte.weight"][tokens] + w["wpe.weight"][: len(tokens)]
    streams = [start, *(seen[f"h.{i}"] for i in range(layers))]
    read = [norm(x, w, "ln_f") @ w["lm_head.weight"].T + w["lm_head.bias"] for x in streams]
    exp = np.exp([logits - logits.max(axis=1, keepdims=True) for logits in read])
    right = exp[:, np.arange(len(text)), numbers(text)]  # (1 + layers, T)
    return right / exp.sum(axis=2)


# %%
right = lens(w, story)
figure, axes = path.figure(figsize=(10, 2.4))
image = axes.imshow(right[:, -66:], vmin=0, vmax=1, cmap="cividis", aspect="auto")
axes.set_xticks(range(66), story[-66:].replace("\n", "↵"), fontsize=7)
axes.set_yticks(range(1 + layers), ["embedding", *(f"block {i}" for i in range(layers))])
axes.set(title="The last block knows what the ones before it only suspect", xlabel="next symbol")
figure.colorbar(image, label="its chance")
path.show(figure, "Three rows of 66 cells, one for each next symbol of a story. After the "
                  "embedding nearly all are dark, after block 0 some bright, after block 1 most.")
nats = np.mean([-np.log(lens(w, s)).mean(axis=1) for s in held_out[:how_many]], axis=0)
print("nats per character:", "  ".join(f"{n:.2f}" for n in nats))

# %% [markdown]
# After the embedding alone the reading is worse than a bigram's, and in the path's GPT worse than a
# blind guess, since nothing was trained to be read there. Block 0 finishes some words. The names
# and things come with block 1, because it can ask about what block 0 has found.
#
# ## A fault, and five looks
#
# When nntile, a library for training, got its GPT-2, it took over Conv1D weights as they lay. The
# review of [pull request 370](https://github.com/nntile/nntile/pull/370) saw it by reading alone:
# results would be wrong, and no error would say so.
#
# Here is such a fault, and nobody tells you where. You have torch's arrays of every step, and each
# comparison costs time: twenty steps, five looks.

# %%
faulty = dict(w)  # don't look too closely at the next line
faulty["h.1.attn.c_proj.weight"] = w["h.1.attn.c_proj.weight"].T
broken = model_of(faulty, heads, layers, exact_gelu)
print(f"loss {loss(broken):.2f} instead of {loss(model):.2f}")
seen.clear()
broken(tokens)
wrong = apart(theirs)

# %% exercise="first_wrong"
from pathkit.modules.gpt_numpy.first_wrong import first_wrong


# %%
def look(name):
    print("look at", name)
    return seen[name], theirs[name]


print("first wrong:", first_wrong(list(seen), look))
figure, axes = path.figure(figsize=(9, 3.2))
axes.semilogy(list(wrong), [max(share, 1e-9) for share in wrong.values()], "-o", label="with fault")
axes.semilogy(list(rounding), rounding.values(), "--s", label="rounding alone", markersize=4)
axes.tick_params(axis="x", rotation=60, labelsize=7)
axes.set(title="A fault jumps by a factor of a million, rounding creeps", xlabel="step")
axes.set(ylabel="apart (share of the largest)")
axes.legend(frameon=False)
path.show(figure, "Differences from torch at twenty steps, on a log scale. Rounding stays between "
                  "a ten-millionth and a millionth. With the fault both lines agree until "
                  "h.1.attn.c_proj, where one jumps to about 1 and stays there.")

# %% [markdown]
# The step's input agrees and its output doesn't. So the fault lies in one product, and only its
# weight and bias are left to check. Halving works because the steps run in order: what is wrong
# once stays wrong.
#
# ## Writing
#
# Take the likeliest symbol each time: greedy decoding. The prompt goes through in one pass, which
# the field calls **prefill**. Then comes **decode**, one pass for each new token, with the keys and
# values of all before it in the cache.

# %% exercise="generate"
from pathkit.modules.gpt_numpy.generate import generate

# %%
for prompt in ("\n", "\non a snowy day ravi", "\none hot day mei"):
    written = generate(model, numbers(prompt), 159 - len(prompt))
    text = "".join(symbols[i] for i in written)
    print(f"{prompt[1:]}|{text[: text.find(chr(10))]}")

# %% [markdown]
# Run it again: the same stories, since no dice are thrown. Where the grammar leaves eight names
# open, one of them leads by a hair and is taken every time. So greedy text says little about what a
# model thinks possible.
#
# ## The machine as it decodes
#
# One token goes in, and attention finds the past in its cache.

# %%
path.machine("gpt with a cache", highlight="attention", T="t", n_embd=width, n_head=heads,
             n_layer=layers, vocab_size=len(symbols))

# %% [markdown]
# One row of logits comes out, since one token went in, and each cache is one row longer. Does that
# change anything? Give the story token by token and compare each row of logits with
# the full pass.

# %%
full, _ = model(tokens)
caches, off = None, []
for t, token in enumerate(tokens):
    logits, caches = model([token], caches)
    off.append(abs(logits[0] - full[t]).max())
print(f"{len(off)} steps, at most {max(off):.0e} apart, where logits reach {abs(full).max():.0f}")

# %% [markdown]
# Equal at every step, up to rounding, because the mask kept the future from all earlier tokens:
# what comes later can't change their keys. How much work does that save?

# %% predict="saved"
path.predict("saved", 68)


# %%
def products(n, new):
    """Multiplications to run `new` tokens that end a text of n: weights, then attention."""
    return new * (12 * width**2 * layers + width * len(symbols)) + 2 * new * n * width * layers


n = 128
without = sum(products(t, t) for t in range(1, n + 1))
with_cache = sum(products(t, 1) for t in range(1, n + 1))
print(f"{without:,} without a cache, {with_cache:,} with one: {without / with_cache:.0f} times")

# %%
quick, lengths, clock = model_of(w, heads, layers, gelu), range(8, 137, 16), {"all": [], "new": []}
for t in lengths:
    _, caches = quick(tokens[: t - 1])
    for name, given in (("all", (tokens[:t], None)), ("new", (tokens[t - 1 : t], caches))):
        tries = []
        for _ in range(7):
            begun = time.process_time()
            quick(*given)
            tries.append(time.process_time() - begun)
        clock[name].append(1000 * min(tries))
figure, axes = path.figure()
axes.plot(lengths, clock["all"], "-o", label="all tokens again")
axes.plot(lengths, clock["new"], "--s", label="the new one, with a cache")
axes.set(title="With a cache the next token costs the same at any length", ylim=(0, None))
axes.set(xlabel="tokens so far", ylabel="time for the next token (ms)")
axes.legend(frameon=False)
path.show(figure, "Time for the next token against the length of the text. Without a cache it "
                  "rises in proportion to the length; with one it stays flat near the bottom.")

# %% [markdown]
# The clock saves less than the count promises, because a call of NumPy costs some microseconds even
# for 48 numbers. A GPU has the same trouble: a step of decode is too small to keep it busy, so that
# servers run many texts side by side.
#
# And the cache has a price. Each token leaves $2 \cdot 2 \cdot 48$ numbers, 768 bytes; a full text
# of 160 leaves 123 kB beside a model of 267 kB. In GPT-2 it is 74 kB a token and 75 MB a text. Many
# texts at once fill the memory sooner than the model does.
#
# ## The real one
#
# If you have the files `model.safetensors` and `vocab.json` of `openai-community/gpt2`, put their
# folder into `folder` above. They need 1.5 GB of memory. Without them the cell says so in one line.

# %%
data = path.own_file(folder and f"{folder}/model.safetensors",
                     "248dfc3911869ec493c76e65bf2fcf7f615828b0254c12b473182f0f81d3a707")
words_file = path.own_file(f"{folder}/vocab.json") if data else None
if data and words_file:
    real = read_safetensors(data)
    print(f"{count_parameters(real):,} learned, {sum(a.size for a in real.values()):,} in the file")
    vocabulary = json.loads(words_file)  # a space is written as Ġ
    prompt = [vocabulary[word] for word in "The Ġcapital Ġof ĠFrance Ġis".split()]
    words = {number: word for word, number in vocabulary.items()}
    written = generate(model_of(real, 12, 12, gelu), prompt, 20)
    print("".join(words[i] for i in prompt + written).replace("Ġ", " ").replace("Ċ", "\n"))

# %% [markdown]
# ## A GPT on one page
#
# Everything once more, without caches and notes.


# %%
def gpt_on_a_page(tokens, w, n_head, n_layer, bend):  # (T,) -> (T, V)
    def norm(x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5)
        return x * w[f"{name}.weight"] + w[f"{name}.bias"]

    def linear(x, name):
        return x @ w[f"{name}.weight"] + w[f"{name}.bias"]

    T, d = len(tokens), w["wte.weight"].shape[1] // n_head
    x = w["wte.weight"][tokens] + w["wpe.weight"][:T]  # (T, C)
    for h in (f"h.{i}" for i in range(n_layer)):
        qkv = linear(norm(x, f"{h}.ln_1"), f"{h}.attn.c_attn").reshape(T, 3, n_head, d)
        q, k, v = qkv.transpose(1, 2, 0, 3)  # (n_head, T, d) each
        scores = q @ k.swapaxes(1, 2) / d**0.5 + np.triu(np.full((T, T), -np.inf), 1)
        exp = np.exp(scores - scores.max(-1, keepdims=True))  # (n_head, T, T)
        mixed = (exp / exp.sum(-1, keepdims=True) @ v).swapaxes(0, 1).reshape(T, -1)
        x = x + linear(mixed, f"{h}.attn.c_proj")
        x = x + linear(bend(linear(norm(x, f"{h}.ln_2"), f"{h}.mlp.c_fc")), f"{h}.mlp.c_proj")
    return norm(x, "ln_f") @ w.get("lm_head.weight", w["wte.weight"]).T + w.get("lm_head.bias", 0)


# %%
page = gpt_on_a_page(tokens, w, heads, layers, exact_gelu)
print("as before:", np.allclose(page, full, rtol=0, atol=1e-3))

# %% [markdown]
# Read it line by line, and stop where you couldn't say the shape. There is no line about grammar,
# stories or names: those are in the arrays. Larger models change the sizes, and this page stays.
#
# ## Stretch
#
# Numbers to beat are those of the path's GPT, `path.model("gpt", shipped=True)`. Your processor may
# round the last digits otherwise.
#
# 1. **A head without a bias.** GPT-2 can't hold `lm_head.bias`. There are fewer symbols than
#    columns, so some `ln_f.bias` gives every logit exactly its bias. Find it with `np.linalg.pinv`
#    and delete `lm_head.bias`: all logits within 0.001 of before.
# 2. **Smaller files.** Store all arrays as float16: the file shrinks to 136.5 kB. Does the greedy
#    story change? Then round all numbers to multiples of 1/8: the loss is still about 0.13 nats.
#    Which arrays bear multiples of 1/4, so that the whole stays below 0.14?
# 3. **A faster bend.** `math.erf` is called for each number, which takes a good part of a pass.
#    Find a formula in NumPy that is within one millionth of the exact GELU and ten times as fast.
