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
import numpy as np

import pathkit as path

path.ready("positions")

# %% tags=["parameters"]
seed = 0  # of the word vectors, the query and the key
d = 16  # numbers in a vector
base = 10_000.0  # how much slower the slowest hand may be
trained = 32  # words of the texts that a head is trained on
back = 3  # how many words back that head should look
steps = 1000  # of gradient descent

# %% [markdown]
# ## Who bit whom?
#
# A transformer gets a vector for each word. [](word-vectors) makes such vectors from each word's
# neighbours, before and after alike. Read all sentences backwards, and the neighbours stay the
# same. So who tells it what came first?

# %% [markdown]
# The lookup of [](attention) doesn't. It is a **soft average**: each word weighs all words by how
# well their vectors agree with its own, and takes the average. Here is its shortest form, one line
# without matrices. `softmax` turns a row of scores into weights that sum to 1.


# %%
def softmax(scores):
    """Each row of numbers as weights that sum to 1: (n, m) -> (n, m)."""
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


def look_around(X):
    """What each word takes home after looking at all words: (T, d) -> (T, d)."""
    return softmax(X @ X.T / np.sqrt(X.shape[1])) @ X


rng = np.random.default_rng(seed)
vectors = {word: rng.normal(size=d) for word in ("the", "dog", "bit", "man")}
sentences = "the dog bit the man".split(), "the man bit the dog".split()

# %% predict="shuffled"
path.predict("shuffled", "b")

# %% tags=["remove-input"]
from pathkit.exercises import positions as finished

omega = finished.frequencies(d, base)
figure, axes = path.figure(1, 2, figsize=(9, 3.4), sharey=True)
for ax, name, size in zip(axes, ("words alone", "words and positions"), (0, 1)):
    for sentence, style, width in zip(sentences, ("-o", "--s"), (3, 1.5)):
        X = np.array([vectors[word] for word in sentence])  # (5, d)
        out = look_around(X + size * finished.sinusoids(5, omega))
        ax.plot(out[sentence.index("dog")], style, ms=4, lw=width, label=" ".join(sentence))
    ax.set(title=name, xlabel="component of what dog takes home")
axes[0].set_ylabel("value (no unit)")
axes[0].legend(frameon=False, fontsize=8, loc="lower left")
figure.suptitle("Without positions, the dog bites and is bitten alike", x=0.02, ha="left")
path.show(figure, "Sixteen numbers that the word dog takes home from two sentences. Words alone: "
                  "both curves are the same. With positions added, the curves differ.")

# %% tags=["nbval-check-output"]
one, other = (look_around(np.array([vectors[w] for w in s])) for s in sentences)  # (5, d) each
for word in ("dog", "bit", "man"):
    rows = one[sentences[0].index(word)], other[sentences[1].index(word)]
    print(f"{word}: the same in both sentences: {np.allclose(*rows)}")

# %% [markdown]
# The biter and the bitten come out equal, number for number. Nothing in the formula says where a
# word stands: exchange two rows of `X`, and two rows of the result change places. That is all.
#
# Could a model get along with knowing each word's neighbour, as a bigram does? Try to fool it.

# %% exercise="same_pairs"
from pathkit.modules.positions.same_pairs import same_pairs

same_pairs = same_pairs()

# %% [markdown]
# ## Three numbers that don't work
#
# So give every position a **code**: a vector that says where. Three simple ideas, and what is wrong
# with each:
#
# | code of position $p$ | trouble |
# | :-- | :-- |
# | the number $p$ | at 500 it drowns a word whose numbers are near 1 |
# | $p$ divided by the length | one step means 0.1 in ten words and 0.001 in a thousand |
# | binary digits of $p$ | 3 is `011`, 4 is `100`: neighbours with nothing in common |
#
# The third is nearly right. Its last digit changes at every step, the one before at every second,
# and so on. Only its jumps do harm.

# %% [markdown]
# ## A clock
#
# A clock does the same without jumps. It has a fast hand and slow ones. Each moves smoothly, and
# together they tell every moment apart.
#
# Take two hands. One turns by 1 radian for each word, the other by 0.1. A hand at the angle $a$
# points to $(\sin a, \cos a)$. So position 3 has the angles 3 and 0.3, and its code is
# $(\sin 3, \cos 3, \sin 0.3, \cos 0.3) = (0.14, -0.99, 0.30, 0.96)$.

# %% exercise="frequencies"
from pathkit.modules.positions.frequencies import frequencies

# %% predict="slow-hand"
path.predict("slow-hand", 60611)

# %% tags=["nbval-check-output"]
omega = frequencies(d, base)  # (8,)
for i in range(0, len(omega), 2):
    print(f"hand {i}: {omega[i]:.4f} radians a word, {2 * np.pi / omega[i]:>6,.0f} words a turn")

# %% exercise="sinusoids"
from pathkit.modules.positions.sinusoids import sinusoids

# %%
codes = sinusoids(60, frequencies(32, base))  # (60, 32)
figure, axes = path.figure(figsize=(7, 4.2))
picture = axes.imshow(codes.T, cmap="PuOr", vmin=-1, vmax=1, aspect="auto")
axes.set(title="Fast hands above, slow hands below: each column is one position")
axes.set(xlabel="position (words)", ylabel="column of the code")
figure.colorbar(picture, ax=axes, label="value")
path.show(figure, "A table of 32 rows and 60 positions. The upper rows alternate every few "
                  "positions, the middle ones form long waves, the lower ones hardly change.")

# %% predict="row-length"
path.predict("row-length", 3.1623)

# %% tags=["nbval-check-output"]
codes = sinusoids(200, frequencies(20, base))  # (200, 20)
print("lengths of rows from", np.linalg.norm(codes, axis=1).min().round(4),
      "to", np.linalg.norm(codes, axis=1).max().round(4))
for p in (0, 3, 100, 190):
    print(f"code {p:>3} · code {p + 5:>3} = {codes[p] @ codes[p + 5]:.4f}   "
          f"code {p:>3} · code {p + 9:>3} = {codes[p] @ codes[p + 9]:.4f}")

# %% [markdown]
# Every code has the same length, so no position is louder than another. And the second print is the
# reason for sines *and* cosines: the dot product of two codes depends on their distance alone. Five
# words apart give 7.52, at the beginning of a text and at its end.

# %% [markdown]
# ## Three words on
#
# "Three words back" should mean the same everywhere. Is there one matrix that takes the code of any
# position three words on? Don't derive it. Ask the table.

# %% exercise="find_shift"
from pathkit.modules.positions.find_shift import find_shift

# %%
codes = sinusoids(60, frequencies(8, base))  # (60, 8)
found = find_shift(codes, 3)  # (8, 8)
figure, axes = path.figure(figsize=(5.4, 4.4))
picture = axes.imshow(found, cmap="PuOr", vmin=-1, vmax=1)
for i, j in np.argwhere(abs(found) > 0.005):
    colour = "white" if abs(found[i, j]) > 0.6 else "black"
    axes.text(j, i, f"{found[i, j]:.2f}", ha="center", va="center", color=colour, fontsize=7)
axes.set(title="Three words on: a small block for each hand")
axes.set(xlabel="column of the new code", ylabel="column of the old code")
figure.colorbar(picture, ax=axes, label="weight")
path.show(figure, "An 8 by 8 matrix, empty but for four 2 by 2 blocks on the diagonal. The first "
                  "block holds -0.99 twice, the last is nearly the identity.")

# %% tags=["nbval-check-output"]
print("largest miss over all 57 positions below 1e-7:",
      abs(codes[:-3] @ found - codes[3:]).max() < 1e-7)
print(found[:2, :2].round(3).tolist(), " cos 3 =", np.cos(3).round(3), " sin 3 =",
      np.sin(3).round(3))

# %% [markdown]
# One matrix serves all positions, and its blocks are easy to read. Hand $i$ turns by the angle
# $a = 3\,\omega_i$, wherever it stood before. A block that turns is a **rotation**:
#
# $$\begin{pmatrix} \cos a & -\sin a \\ \sin a & \cos a \end{pmatrix}$$

# %% exercise="shift_matrix"
from pathkit.modules.positions.shift_matrix import shift_matrix

# %% tags=["nbval-check-output"]
slow = frequencies(8, base)
print("equal to the matrix found:", np.allclose(shift_matrix(3, slow), found, atol=1e-5))
there_and_back = shift_matrix(3, slow) @ shift_matrix(-3, slow)
print("three on and three back is nothing:", np.allclose(there_and_back, np.eye(8)))
far = sinusoids(100_004, slow)
print("also at position 100,000:",
      np.allclose(far[100_000] @ shift_matrix(3, slow), far[100_003]))

# %% [markdown]
# ## Add or turn?
#
# The first transformer added the code to the word. Then a score, the dot product of two words,
# falls into four parts:
#
# $$(x + c_m) \cdot (y + c_n) = x \cdot y + x \cdot c_n + c_m \cdot y + c_m \cdot c_n$$
#
# Only the last part depends on the distance alone. The two in the middle mix what a word is with
# where it stands.

# %% [markdown]
# A **rotary embedding** does without them. It adds nothing. It turns the query, the vector a word
# asks with, and the key, the vector a word answers with, by their positions.

# %% predict="rotated"
path.predict("rotated", "c")

# %% exercise="rotate"
from pathkit.modules.positions.rotate import rotate

# %% tags=["nbval-check-output"]
query, key = rng.normal(size=(2, 1, d))  # one query, one key: (1, d) each


def score(m, n):
    """The score of the query at position m with the key at position n."""
    q = rotate(query, np.array([m]), omega)
    k = rotate(key, np.array([n]), omega)
    return (q @ k.T).item()


for m, n in ((7, 4), (1007, 1004), (7, 1), (4, 7)):
    print(f"query at {m:>4}, key at {n:>4}: {score(m, n):.4f}")

# %% [markdown]
# On each hand the query turned by 7 steps, the key by 4. A dot product doesn't notice what both
# turned. What is left is 3, the distance. So you may put a hundred empty words in front of a text,
# and no score moves.
#
# (As $(\sin, \cos)$ the hands of the codes run clockwise; these points turn the other way. Scores
# are as good either way.) A wrong version raises no error. How would you find out?

# %% exercise="distance_only"
from pathkit.modules.positions.distance_only import distance_only


# %% tags=["nbval-check-output"]
def score_of(turn_query, turn_key):
    """score(m, n) of our query and key, each turned by a function of its own."""
    def score(m, n):
        q = turn_query(query, np.array([m]), omega)
        return (q @ turn_key(key, np.array([n]), omega).T).item()
    return score


def still(X, positions, omega):
    return X


def added(X, positions, omega):
    return X + sinusoids(positions.max() + 1, omega)[positions]


for name, both in {"both turned": (rotate, rotate), "nothing turned": (still, still),
                   "query turned": (rotate, still), "codes added": (added, added)}.items():
    print(f"{name:<15} {distance_only(score_of(*both), 12)}")

# %% exercise="rotate_halves"
from pathkit.modules.positions.rotate_halves import rotate_halves

# %% tags=["nbval-check-output"]
halves = score_of(rotate_halves, rotate_halves)
mixed = score_of(rotate, rotate_halves)
print("pairs c and c + d/2:        ", distance_only(halves, 12))
print("query in one, key in other: ", distance_only(mixed, 12))
order = np.arange(d).reshape(-1, 2).T.ravel()  # 0, 2, 4, …, 1, 3, 5, …
same = rotate_halves(query[:, order], np.array([7]), omega)
print("the same but for the order: ",
      np.allclose(same, rotate(query, np.array([7]), omega)[:, order]))

# %% [markdown]
# ## Past the end
#
# Now let a **head** learn: one soft average with scores of its own. It sees texts of 32 words and
# shall look three words back. Its scores are features times weights, and the gradient is the one of
# [](bigram): predicted minus seen. Later words are hidden.


# %%
def train(features, rate=0.5):
    """The weights with which features @ w look `back` words back: (T, T, n) -> (n,)."""
    T = len(features)
    future = np.triu(np.full((T, T), -np.inf), 1)  # hides later words
    seen = np.eye(T, k=-back)  # (T, T): 1 at the word to look at
    w, speed = np.zeros(features.shape[2]), 0.0  # nine tenths of the last step are kept
    for _ in range(steps):
        errors = softmax(features @ w + future) - seen  # (T, T)
        errors[:back] = 0  # the first words have none to look at
        speed = 0.9 * speed - rate * np.tensordot(errors, features, 2) / (T - back)
        w = w + speed
    return w


# %% [markdown]
# Three heads, which differ in what a score is made of:
#
# - *table*: a number of its own for each pair of positions, as with learned position codes.
# - *added*: code times matrix times code, $c_m A\, c_n$. The matrix $A$ has 256 weights.
# - *turned*: a rotated query of 16 weights, and a rotated key that is fixed.


# %%
def features_added(T):
    """All products of two components of two codes: (T, T, d * d)."""
    codes = sinusoids(T, omega)
    return (codes[:, None, :, None] * codes[None, :, None, :]).reshape(T, T, d * d)


def features_turned(T, omega):
    """The key (1, 0, 1, 0, …), turned by the distance n - m: (T, T, d)."""
    distances = np.arange(T) - np.arange(T)[:, None]  # (T, T)
    keys = np.tile([1.0, 0.0], (T * T, d // 2))
    return rotate(keys, distances.ravel(), omega).reshape(T, T, d)


w_table = train(np.eye(trained**2).reshape(trained, trained, -1), rate=5.0)
w_added = train(features_added(trained), rate=0.1)
w_turned = train(features_turned(trained, omega))

# %% predict="beyond"
path.predict("beyond", "c")

# %% tags=["nbval-check-output"]
longest = 4 * trained
table = np.zeros((longest, longest))  # what was never trained stays 0
table[:trained, :trained] = w_table.reshape(trained, trained)
codes = sinusoids(longest, omega)
scores = {"table": table, "added": codes @ w_added.reshape(d, d) @ codes.T,
          "turned": features_turned(longest, omega) @ w_turned}
future = np.triu(np.full((longest, longest), -np.inf), 1)
weights = {name: np.diag(softmax(S + future), -back) for name, S in scores.items()}
for name, weight in weights.items():
    parts = [weight[a - back : b - back].mean() for a, b in ((3, 32), (32, 48), (48, 64))]
    print(f"{name:<7}" + "".join(f"   below {end}: {part:.2f}"
                                 for end, part in zip((32, 48, 64), parts)))

# %%
figure, axes = path.figure()
for (name, weight), style in zip(weights.items(), (":", "--", "-")):
    axes.plot(np.arange(back, longest), weight, style, label=name)
axes.axvline(trained, color="grey", lw=1)
axes.set(title="Past 32 words the table is lost, and added codes go astray")
axes.set(xlabel="position (words)", ylabel=f"weight on the word {back} back")
axes.legend(frameon=False, loc="center")
path.show(figure, "Weight on the word three back against position. All three are near 1 up to 32. "
                  "Then the table drops to 0 and added codes swing between 0 and 1. Turned ones "
                  "stay near 1 up to position 121, then fall to one half.")

# %% [markdown]
# Within 32 words you can't tell the three apart. One step farther, the table has never seen a
# position. The 256 weights of *added* fit 32 positions in many ways, and few of those ways hold
# elsewhere. *Turned* has nothing but distances to learn from, and those stay the same.
#
# Then, at 122, it fails as well. Why?

# %% [markdown]
# ## Turn the base
#
# A score for each distance is all that *turned* has. So follow the scores to any length, and train
# with other bases.

# %% predict="best-base"
path.predict("best-base", "a")


# %% tags=["nbval-check-output"]
def weights_far_out(w, omega, N):
    """Weight on the word `back` back at each position from `back` to N - 1."""
    keys = np.tile([1.0, 0.0], (N, d // 2))
    exp = np.exp(rotate(keys, -np.arange(N), omega) @ w)  # (N,), one for each distance
    return exp[back] / np.cumsum(exp)[back:]


far = {}
for other in (10.0, 1000.0, 10_000.0):
    hands = frequencies(d, other)
    far[other] = weights_far_out(train(features_turned(trained, hands)), hands, 4096)
    print(f"base {other:>6.0f}: " + "   ".join(
        f"at {p} {far[other][p - back]:.2f}" for p in (31, 121, 127, 255, 4095)))

# %%
figure, axes = path.figure()
for (other, weight), style in zip(far.items(), ("-", "-.", "--")):
    axes.plot(np.arange(back, 4096), weight, style, label=f"base {other:,.0f}")
axes.axvline(trained, color="grey", lw=1)
axes.set(title="Faster hands look three words back for longer", xscale="log")
axes.set(xlabel="position (words)", ylabel=f"weight on the word {back} back")
axes.legend(frameon=False, loc="lower left")
path.show(figure, "Weight on the word three back against position on a log scale. Base 10 stays at "
                  "1 up to 4,096. Base 1,000 falls near 320, base 10,000 at 122.")

# %% tags=["nbval-check-output"]
print("turns of each hand in 32 words:", (omega * trained / (2 * np.pi)).round(2))
turns = 119 * omega[:2] / (2 * np.pi)
print("turns of the first two in 119 words:", turns.round(2))

# %% [markdown]
# With base 10,000 only three of the eight hands made half a turn within 32 words. The head had to
# lean on the fast ones. At a distance of 122, which is 3 and 119, the first has made 19 turns more
# and the second 6. Both stand nearly as they stand at 3, and the word there takes nearly as much
# weight.
#
# With base 10 every hand made at least two thirds of a turn, so eight hands must agree by accident.
# But a fast hand comes round soon. To tell page one from page nine you need slow ones, and texts
# long enough to train them.

# %% [markdown]
# Position is solved well enough to go on: a code to add, or a turn of queries and keys. What
# stands around attention and positions, so that a translator or a GPT comes out, is the matter of
# [](transformer).

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on.
#
# 1. **A table of distances.** Give each distance from 0 to 31 a score of its own; all farther ones
#    share that of 31. Train it with `train`, and follow it to position 4,095. Ours still puts 1.00
#    on the word three back. What can such a table not tell apart?
# 2. **Longer texts.** Keep base 10,000 and train *turned*, and nothing else, on 64 words. With 32
#    the weight falls below 0.9 at position 122. Where does it now? Ours holds beyond 256.
# 3. **One line.** Read each pair of columns as a complex number. Then `rotate` is one
#    multiplication. Stay within 1e-12 of yours.
