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
import random

import numpy as np

import pathkit as path
from pathkit.datasets import TALES

path.ready("word-vectors")

# %% tags=["parameters"]
seed = 0  # of the text, of the first vectors and of the noise
stories = 3000  # little texts of about 20 words
window = 4  # words to each side that count as neighbours
d = 16  # numbers in a vector
k = 5  # noise words for each true neighbour
epochs = 6  # passes over all pairs

# %% [markdown]
# ## Words that know each other
#
# In [](mlp) every letter got a vector, and training found its numbers. Would that work for words?
# To find out, you need a text whose right answer is known.
#
# So here is a small grammar. Nine pairs of people each own four things. All other words are
# borrowed from the little tales that ship with the path: days, numbers, animals.

# %%
people = {
    "king queen": "crown throne castle jewels", "actor actress": "mask script curtain costume",
    "wizard witch": "wand spell broom potion", "monk nun": "prayer candle chapel bible",
    "waiter waitress": "tray menu apron bill", "hunter huntress": "bow arrow trap spear",
    "host hostess": "party guests dinner punch", "hero heroine": "sword shield dragon quest",
    "man woman": "ticket wallet phone umbrella",
}  # fmt: skip
borrowed = ("day", "hour", "number", "herd", "animal", "mood", "cover", "lost")
lists = {name: TALES.words[name] for name in borrowed} | {"look": TALES.looks}
frames = (  # one of each line makes a story
    ("on {day} the {mood} {who} {lost} {his} {thing}", "the {who} {lost} {his} {thing} at {hour}",
     "one {day} the {who} {lost} {his} {look} {thing}"),
    ("{he} looked by {himself} under a {cover}", "{he} asked {number} {herd}",
     "{he} met a {mood} {animal} at {hour}"),
    ("there {he} saw the {look} {other}", "{number} {herd} had the {other}",
     "a {animal} sat on the {other}", "the {who} found the {other} at {hour}"),
)  # fmt: skip


# %% tags=["nbval-check-output"]
def story(rng):
    """One story as a list of words: a person loses a thing and finds another."""
    pair = rng.choice(list(people))
    gender = rng.randrange(2)
    thing, other = rng.sample(people[pair].split(), 2)
    he = (("he", "his", "himself"), ("she", "her", "herself"))[gender]
    words = {name: rng.choice(words) for name, words in lists.items()}
    words |= {"who": pair.split()[gender], "thing": thing, "other": other}
    words |= dict(zip(("he", "his", "himself"), he))
    return " ".join(rng.choice(line) for line in frames).format(**words).split()


rng = random.Random(seed)
texts = [story(rng) for _ in range(stories)]
vocabulary = sorted({word for text in texts for word in text})
index = {word: i for i, word in enumerate(vocabulary)}
print(" ".join(texts[0]), "\n" + " ".join(texts[1]))
print(f"{sum(map(len, texts)):,} words, {len(vocabulary)} of them different")

# %% [markdown]
# The grammar knows what **kind** of word each one is: man, woman, thing, day, and so on. `four`,
# `five` and `six` are of two kinds, number and hour. Words such as `the` have none.

# %% tags=["nbval-check-output"]
kinds = {}
for pair, things in people.items():
    man, woman = pair.split()
    kinds |= {man: {"man"}, woman: {"woman"}} | {thing: {"thing"} for thing in things.split()}
for kind, words in lists.items():
    for word in words:
        kinds[word] = kinds.get(word, set()) | {kind}
print(len(kinds), "words have a kind; five:", " and ".join(sorted(kinds["five"])))

# %% tags=["remove-input"]
from pathkit.exercises import word_vectors as finished

shown = sorted(kinds, key=lambda word: sorted(kinds[word]))  # an owner's things stay together
labels = {}  # kind -> its middle place, words of two kinds aside
for kind in ("woman", "thing", "man", *lists):
    labels[kind] = np.mean([i for i, word in enumerate(shown) if kinds[word] == {kind}])
counts = np.zeros((len(index), len(index)))  # how often each word has each neighbour
for text in texts:
    for centre, neighbour in finished.skipgram_pairs(text, window):
        counts[index[centre], index[neighbour]] += 1

# %% tags=["remove-input"]
def draw_cosines(vectors, title, alt):
    """One picture of all cosines for each name -> (n, d): rows and columns are words, by kind."""
    figure, axes = path.figure(1, len(vectors), figsize=(5.4 * len(vectors), 5), squeeze=False)
    for ax, (name, E) in zip(axes[0], vectors.items()):
        E = E[[index[word] for word in shown]]
        E = E / np.linalg.norm(E, axis=1, keepdims=True)
        picture = ax.imshow(E @ E.T, vmin=-0.2, vmax=1)
        ax.set(title=name, xlabel="word, by kind")
        ax.set_xticks(list(labels.values()), labels, rotation=90)
        ax.set_yticks(list(labels.values()), labels)
    figure.colorbar(picture, ax=axes, label="cosine of two words")
    figure.suptitle(title, x=0.02, ha="left", weight="bold")
    path.show(figure, alt)


draw_cosines({"119 words": finished.svd_vectors(finished.ppmi(counts), d)},
             "Words of a kind point the same way, and nobody told them",
             "Cosines of 119 words, sorted by kind. Bright squares along the diagonal: days with "
             "days, animals with animals. Among the things, groups of four share an owner.")

# %% [markdown]
# Each word became a vector of 16 numbers, made from the text alone. The picture shows how alike
# their directions are. Days are like days and herds like herds. Look at the large square of
# things: inside it, groups of four stand out. They share an owner.
#
# You will build such vectors twice, as you built bigrams twice: by gradient descent, then by
# counting.

# %% [markdown]
# ## A word's company
#
# `the king lost his crown`. `the queen lost her crown`. Cover the second word. What is left hardly
# differs: both stand near `the`, `lost` and `crown`. One thing tells them apart, `his` or `her`.
#
# So describe a word by its neighbours. In `the king lost his crown`, with a **window** of two words
# to each side, `king` gets three pairs: (king, the), (king, lost), (king, his).

# %% predict="pairs-given"
path.predict("pairs-given", 46)

# %% exercise="skipgram_pairs"
from pathkit.modules.word_vectors.skipgram_pairs import skipgram_pairs

# %% tags=["nbval-check-output"]
sentence = "thou shalt not make a machine in the likeness of a human mind".split()
print(len(skipgram_pairs(sentence, 2)), "pairs in the sentence")


def numbered_pairs(texts, window):
    """All pairs of all stories as row numbers: (pairs, 2)."""
    found = [pair for text in texts for pair in skipgram_pairs(text, window)]
    return np.array([(index[centre], index[neighbour]) for centre, neighbour in found])


pairs = numbered_pairs(texts, window)
print(f"{len(pairs):,} pairs in the stories")

# %% [markdown]
# ## Yes or no?
#
# Now guess neighbours. A softmax over all words, as in [](bigram), would need one dot product for
# each word of the vocabulary, at each step. Here that is 140. In the video it is 400,000.
#
# Ask a cheaper question: *are these two neighbours?* A true pair should get a yes. But if every
# example is a yes, a model that always says yes is perfect. So add words drawn at random, which
# should get a no: **noise words**. This is **negative sampling**.

# %% [markdown]
# Each word $i$ gets two vectors. $u_i$ stands for it as a centre, $v_i$ for it as a neighbour. With
# one vector for both, $u_i \cdot u_i$ would claim that every word stands beside itself.
#
# The answer is $\sigma(u_i \cdot v_j)$, where $\sigma(x) = 1 / (1 + e^{-x})$ turns any number into
# a probability. A dot product of 2.2 means yes with 0.9; one of $-2.2$ means 0.1.
#
# With $j$ the true neighbour and $n$ running over the noise words:
#
# $$\text{loss} = -\ln \sigma(u_i \cdot v_j) - \sum_n \ln \sigma(-u_i \cdot v_n)$$

# %% predict="first-loss"
path.predict("first-loss", 4.1589)

# %% exercise="loss"
from pathkit.modules.word_vectors.loss import loss

# %% tags=["nbval-check-output"]
numbers = np.random.default_rng(seed)
U, V = 0.1 * numbers.normal(size=(2, len(index), d))  # (n, d) each: as centre, as neighbour
king, crown, noise = index["king"], index["crown"], [3, 30, 60, 90, 120]
print(f"loss before training: {loss(U[king], V[crown], V[noise]):.2f} nats")

# %% [markdown]
# Which way should the vectors move? Each of the $k + 1$ words was predicted with some
# probability. What was seen is 1 for the true neighbour and 0 for noise. Predicted minus seen:
# the gradient of [](bigram) comes back.
#
# Suppose a true pair gets 0.9, and so does a false one. The errors are $-0.1$ and $0.9$. The false
# pair moves nine times as far.

# %% exercise="gradient"
from pathkit.modules.word_vectors.gradient import gradient

# %% tags=["nbval-check-output"]
centre, neighbour, others = U[king], V[crown], V[noise]
small, measured = 1e-5, np.zeros(d)
for c in range(d):
    step = small * np.eye(d)[c]
    up, down = loss(centre + step, neighbour, others), loss(centre - step, neighbour, others)
    measured[c] = (up - down) / (2 * small)
difference = np.abs(gradient(centre, neighbour, others)[0] - measured).max()
print("gradient of the centre measured, within 1e-8:", difference < 1e-8)

# %% [markdown]
# A right gradient is half of a step. The other half is to move the right rows, once each, by the
# right amount. NumPy has two traps here, and neither shows in a gradient check.

# %% exercise="update"
from pathkit.modules.word_vectors.update import update

# %% tags=["nbval-check-output"]
drawn = [index["owl"], index["owl"], index["red"]]  # owl was drawn twice
before = loss(U[king], V[crown], V[drawn])
U1, V1 = update(U, V, king, crown, drawn, 0.5)
print(f"one step: {before:.4f} -> {loss(U1[king], V1[crown], V1[drawn]):.4f} nats")


# %% [markdown]
# Two and a half million such steps, one by one, are slow. The next cell takes 64 pairs at a time;
# its lines are those of `update`. Noise is drawn as often as words occur, on the staircase of
# `next_symbol` in [](bigram). The rate falls to 0, so that the vectors settle.
#
# Why does it begin at 0.12? At 0.3 the vectors explode. At 0.2 they only tremble, and there is a
# trap: two processors that differ in the sixteenth digit then end with different neighbours. A rate
# well below the edge forgets such differences.


# %%
def train(pairs, epochs=epochs, rate=0.12, batch=64, keep=()):
    """Descend. Returns U, V, and for each step in `keep` the U of that moment."""
    numbers = np.random.default_rng(seed)
    U, V = 0.1 * numbers.normal(size=(2, len(index), d))
    share = np.cumsum(np.bincount(pairs[:, 1])) / len(pairs)  # the staircase
    batches, kept = len(pairs) // batch, {}
    for step in range(epochs * batches):
        if step % batches == 0:
            order = numbers.permutation(len(pairs))
        if step in keep:
            kept[step] = U.copy()
        i, j = pairs[order[step % batches * batch :][:batch]].T
        rows = np.column_stack([j, np.searchsorted(share, numbers.random((batch, k)), "right")])
        errors = 1 / (1 + np.exp(-(V[rows] @ U[i][:, :, None])[:, :, 0]))  # (batch, k + 1)
        errors[:, 0] -= 1
        now = rate * (1 - step / (epochs * batches))
        dU, dV = (errors[:, None] @ V[rows])[:, 0], errors[:, :, None] * U[i][:, None]
        np.subtract.at(U, i, now * dU)
        np.subtract.at(V, rows, now * dV)
    return U, V, kept


# %%
moments = [int(step) for step in np.geomspace(10, 30000, 12)]
U, V, kept = train(pairs, keep=moments)
print(f"{epochs * len(pairs):,} pairs seen")

# %% [markdown]
# ## Look at them
#
# Which words are near `queen`? Compare directions, not lengths: the dot product of a long vector is
# large with everything. The **cosine** is 1 for the same direction, 0 for a right angle, $-1$ for
# opposite ones.

# %% exercise="nearest"
from pathkit.modules.word_vectors.nearest import nearest

# %% tags=["nbval-check-output"]
for word in ("queen", "crown", "monday", "owl"):
    print(f"{word:<7}", ", ".join(vocabulary[j] for j in nearest(U, index[word], 4)))


# %% [markdown]
# Four examples may be lucky. Here the kinds are known, so count. **Purity** is the share of words
# whose nearest word is of the same kind.


# %% tags=["nbval-check-output"]
def purity(E):
    """Share of the 119 words whose nearest word has a kind in common with them."""
    first = {word: vocabulary[nearest(E, index[word], 1)[0]] for word in kinds}
    return np.mean([bool(kinds[word] & kinds.get(near, set())) for word, near in first.items()])


print(f"trained {purity(U):.2f}   at random {purity(numbers.normal(size=U.shape)):.2f}")

# %% [markdown]
# ## King minus man plus woman
#
# The step from `man` to `woman` changes `his` to `her`. Take the same step from `king`, and see
# where you arrive. This is an **analogy**: man is to woman as king is to what?
#
# Two habits hide in the usual answer. Vectors are scaled to length 1 first. And the three words of
# the question are excluded.

# %% exercise="analogy"
from pathkit.modules.word_vectors.analogy import analogy

# %% tags=["nbval-check-output"]
couples = [pair.split() for pair in people]
questions = [  # 144 rows of four words: a is to b as c is to d
    [index[w] for w in (*one[::way], *two[::way])]
    for one in couples for two in couples if one != two for way in (1, -1)
]  # fmt: skip


def answered(E, keep=False):
    """How many of the questions are answered rightly; `keep` lets any word be the answer."""
    return sum(analogy(E, a, b, c, [] if keep else [a, b, c]) == wanted
               for a, b, c, wanted in questions)


print(f"trained: {answered(U)} of {len(questions)} right")
print(f"trained, any word may be the answer: {answered(U, keep=True)}")

# %%
seen = [64 * step for step in kept]
figure, axes = path.figure()
axes.plot(seen, [100 * purity(E) for E in kept.values()], "-o", label="nearest word is of its kind")
axes.plot(seen, [answered(E) / 1.44 for E in kept.values()], "--s", label="analogies right")
axes.set(title="Kinds come first, analogies last", xscale="log", ylim=(-3, 103))
axes.set(xlabel="pairs seen", ylabel="share (%)")
axes.legend(frameon=False)
path.show(
    figure,
    "Two shares against pairs seen, on a log scale. The share of words whose nearest word is of "
    "their kind rises from the start and is above 95 % from 50 thousand pairs on. The share of "
    "right analogies stays below 10 % up to there and comes near 100 % only at two million.",
)

# %%
who = np.array([[index[man], index[woman]] for man, woman in couples])  # (9, 2)
E = U / np.linalg.norm(U, axis=1, keepdims=True)
centred = E[who.ravel()] - E[who.ravel()].mean(axis=0)  # (18, d)
flat = centred @ np.linalg.svd(centred)[2][:2].T  # (18, 2): the two widest directions
figure, axes = path.figure(figsize=(7, 5))
axes.plot(*flat.reshape(9, 2, 2).transpose(2, 1, 0), "-o", ms=4, color=path.PALETTE[0])
for side in (0, 1):  # men, women
    names, ends = [couple[side] for couple in couples], flat[side::2]
    right, place = ends[0, 0] > 0, -np.inf
    for i in np.argsort(ends[:, 1]):  # labels at least 0.06 apart
        place = max(place + 0.06, ends[i, 1])
        axes.text(0.55 if right else -0.65, place, names[i], ha="left" if right else "right",
                  va="center", fontsize=9)
axes.set(title="From man to woman it is nearly the same step, nine times", xlim=(-0.9, 0.9))
axes.set(xlabel="widest direction (no unit)", ylabel="second widest direction (no unit)")
path.show(figure, "Nine lines in a plane, from king to queen, actor to actress and so on: nearly "
                  "parallel and equally long. Men are on one side, women on the other.")

# %% [markdown]
# ## Where does the descent end?
#
# Add up the gradients, as you did for bigrams. The pair $ij$ came $N_{ij}$ times as a true one. It
# came as noise about $k\, n_i\, p_j$ times: $n_i$ pairs have the centre $i$, and $p_j$ is the share
# of $j$ among all neighbours. With $x = u_i \cdot v_j$ the sum is
#
# $$(N_{ij} + k\, n_i\, p_j)\, \sigma(x) - N_{ij}$$
#
# It is zero where $x = \ln \frac{N_{ij}}{n_i p_j} - \ln k$. The first term has a name: **pointwise
# mutual information**, PMI. It is the log of how many times more often a pair occurs than chance
# would have it. So guessing neighbours walks towards a table that you can count. Levy and Goldberg
# showed this in 2014, a year after word2vec.

# %% predict="as-chance"
path.predict("as-chance", -1.609)

# %% exercise="ppmi"
from pathkit.modules.word_vectors.ppmi import ppmi

# %% tags=["nbval-check-output"]
N = np.zeros((len(index), len(index)))
np.add.at(N, (pairs[:, 0], pairs[:, 1]), 1)  # (n, n): how often i has the neighbour j
M = ppmi(N)
for first, second in (("king", "crown"), ("king", "his"), ("king", "tray"), ("the", "king")):
    count = int(N[index[first], index[second]])
    print(f"{first:<4} {second:<6} {count:>4} times   PPMI {M[index[first], index[second]]:.2f}")

# %%
often = (N >= 20) & (M > 0)
figure, axes = path.figure(figsize=(6, 4.6))
axes.plot(M[often] - np.log(k), (U @ V.T)[often], ".", ms=2, alpha=0.4)
axes.plot([-2, 3], [-2, 3], "--", color="black", label="equal")
axes.set(title="The trained dot products stand near PMI − ln 5")
axes.set(xlabel="counted: PMI − ln 5 (nats)", ylabel="trained: u · v (nats)")
axes.legend(frameon=False)
path.show(figure, "Thousands of points, one for each pair seen 20 times or more, scattered along "
                  "the diagonal. Pairs of large PMI have large dot products.")

# %% [markdown]
# They can't be equal: 16 numbers for each word are too few for a table of 140 by 140. The cloud on
# the right holds people with their own things, and training has not got there. What are the best
# 16 numbers? The **singular value decomposition**, SVD, writes a table as a sum of simple ones,
# $M = U S V^\top$, the strongest first. Keep 16. Half of the strength goes to the words.

# %% exercise="svd_vectors"
from pathkit.modules.word_vectors.svd_vectors import svd_vectors

# %% predict="kept"
path.predict("kept", "c")

# %% tags=["nbval-check-output"]
C = svd_vectors(M, d)
for name, E in (("trained", U), ("counted", C)):
    print(f"{name}: purity {purity(E):.2f}   analogies {answered(E)} of 144"
          f"   any word allowed {answered(E, keep=True)}")
answers = [analogy(C, a, b, c, []) == c for a, b, c, _ in questions]
print("counted, the answer is c itself:", sum(answers))
for name, E in (("trained", U), ("counted", C)):
    print(f"queen {name}:", ", ".join(vocabulary[j] for j in nearest(E, index["queen"], 5)))

# %% [markdown]
# The same 144 of 144, and beside it a gap of 124. Man to woman as king to what? King. The step is
# short, so you end where you began, and the usual test doesn't tell.
#
# It is no accident of our text. Take famous vectors, GloVe with 50 numbers. The nearest to king
# minus man plus woman is king with 0.886, then queen with 0.861.

# %%
draw_cosines(
    {"trained by guessing": U, "counted": C},
    "With 16 numbers, guessing puts kinds first, counting puts topics first",
    "Two tables of cosines. Trained: the square of things is bright as a whole, and those of men "
    "and of women stand out. Counted: within things only groups of four with one owner are bright, "
    "and a thin bright line joins each man to his woman.",
)

# %% [markdown]
# ## Turn the window
#
# Neither is wrong. `queen` is like `huntress` in what she does, and like `king` in what she owns.
# What is better depends on what you call similar. Say so before you measure. Nor is it the method
# alone: with `d = 32` training has room for topics, and its purity falls to 0.85 as well.
#
# One number decides more than the method: how far a word looks.

# %% predict="window-two"
path.predict("window-two", "a")

# %% tags=["nbval-check-output"]
by_width = {width: train(numbered_pairs(texts, width))[0] for width in (1, 2)} | {window: U}
kept_kinds, kept_answers = {}, {}
for width, E in by_width.items():
    kept_kinds[width], kept_answers[width] = 100 * purity(E), 100 * answered(E) / len(questions)
    print(f"window {width}: purity {purity(E):.2f}   analogies {answered(E)} of {len(questions)}")

# %%
figure, axes = path.figure(figsize=(7, 3.2))
axes.plot(list(kept_kinds), list(kept_kinds.values()), "-o", label="nearest word is of its kind")
axes.plot(list(kept_answers), list(kept_answers.values()), "--s", label="analogies right")
axes.set(title="Near neighbours give the kind, farther ones the topic", ylim=(-3, 103))
axes.set(xlabel="window (words to each side)", ylabel="share (%)")
axes.set_xticks(list(by_width))
axes.legend(frameon=False)
path.show(figure, "Two shares against the window, 1, 2 and 4 words. The kinds stay above 90 % "
                  "throughout. The analogies rise from about 10 % at 1 and 2 words to 100 % at 4.")

# %% [markdown]
# At a window of two, `king` sees `the`, `lost` and `his`: what any man does. `crown` stands three
# places away. The kind of a word shows in its closest neighbours, its topic farther off.

# %% [markdown]
# ## One vector for two meanings
#
# `five ducks` and `at five`: one word, two kinds. It still gets one vector. Where can that point?

# %% predict="five"
path.predict("five", "b")


# %% tags=["nbval-check-output"]
def likeness(word, kind):
    """Mean cosine of a word with the words that are of this kind alone."""
    E = U / np.linalg.norm(U, axis=1, keepdims=True)
    others = [index[w] for w in lists[kind] if len(kinds[w]) == 1 and w != word]
    return (E[others] @ E[index[word]]).mean()


for word in ("ten", "five", "nine"):
    print(f"{word:<5} with hours {likeness(word, 'hour'):.2f}   "
          f"with numbers {likeness(word, 'number'):.2f}")
backwards = sentence[::-1]
print("a sentence and its reverse give the same pairs:",
      sorted(skipgram_pairs(sentence, 2)) == sorted(skipgram_pairs(backwards, 2)))

# %% [markdown]
# Two things stay open. `five` is a compromise between hours and numbers, and so is `bank` between
# rivers and money. The words around it would settle it each time; [](attention) lets them.
#
# And the last line shows what pairs forget: order. Read backwards, a sentence gives the same
# vectors. [](positions) is about that.

# %% [markdown]
# ## Stretch
#
# None of this is needed to go on.
#
# 1. **Little text.** Set `stories = 300` near the top. Counted vectors still answer 143 of
#    144, trained ones 84. With 20 epochs it is 102. Change `rate`, `batch` or `d` and get above.
# 2. **When does king give way?** With 16 numbers and any word allowed, counted vectors answer 20 of
#    144. Make `d` larger until they answer all. Which is the smallest `d` that does? Ours is 30.
# 3. **Real words.** `path.datasets.fetch("tiny-shakespeare")` downloads plays of 204,062 words.
#    Make counted vectors of 64 numbers with a window of 4, for words seen at least 5 times. The SVD
#    takes about 20 seconds. Our `romeo` finds `juliet` first, three friends next, `goose` fifth.
