# %% bm25: Counter, comprehension, the tf fraction zero where the word is missing
import math
from collections import Counter
def bm25(query, passages, k1=1.5, b=0.75):
    bags = [Counter(p) for p in passages]
    N = len(bags)
    average = sum(len(p) for p in passages) / N
    def idf(w):
        n = sum(1 for bag in bags if bag[w])
        return math.log1p((N - n + 0.5) / (n + 0.5))
    return [sum(m * idf(w) * bag[w] * (k1 + 1) / (bag[w] + k1 * (1 - b + b * len(p) / average))
                for w, m in Counter(query).items() if bag[w]) for bag, p in zip(bags, passages)]

# %% bm25: NumPy, returned as an array's list
import numpy as np
def bm25(query, passages, k1=1.5, b=0.75):
    L = np.array([len(p) for p in passages], dtype=float)
    scores = np.zeros(len(L))
    for w in query:
        f = np.array([p.count(w) for p in passages])
        n = (f > 0).sum()
        scores += np.log(1 + (len(L) - n + 0.5) / (n + 0.5)) * f * (k1 + 1) / (f + k1 * (1 - b + b * L / L.mean()))
    return scores.tolist()

# %% cache_hits: an OrderedDict
from collections import OrderedDict
def cache_hits(questions, room):
    kept, hits = OrderedDict(), 0
    for q in questions:
        if q in kept:
            kept.move_to_end(q)
            hits += 1
        else:
            kept[q] = True
            while len(kept) > room:
                kept.popitem(last=False)
    return hits

# %% allowed: a set of characters, and returns for each case
def allowed(command, programs, marks=";&|<>$`\n"):
    if set(command) & set(marks):
        return False
    first, *_ = command.split() or [None]
    return first in programs

# %% breaks_quotes: apostrophes at the beginning, the command at once, and the last quote paired
breaks_quotes = "''; echo gotcha; true '"
