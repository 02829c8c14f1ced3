# Right answers in other styles than the references: each passes, and the lesson runs below it.

# %% leaks: by a loop
def leaks(reply, secret):
    letters = ""
    for c in reply.lower():
        if "a" <= c <= "z":
            letters += c
    return letters.find(secret) >= 0 or letters[::-1].find(secret) >= 0


# %% leaks: by a pattern
import re

def leaks(reply, secret):
    kept = re.sub("[^a-z]", "", reply.lower())
    return any(way in kept for way in (secret, secret[::-1]))


# %% without_marks: until nothing changes
def without_marks(text, marks):
    before = None
    while text != before:
        before = text
        for mark in marks:
            text = text.replace(mark, "")
    return text


# %% without_marks: calls itself
def without_marks(text, marks):
    shorter = text
    for mark in marks:
        shorter = "".join(shorter.split(mark))
    return text if shorter == text else without_marks(shorter, marks)


# %% measured: with NumPy
import numpy as np

def measured(attacked, target, honest, wanted):
    return np.mean(np.array(attacked) == target), np.mean(np.array(honest) == np.array(wanted))


# %% measured: counts in loops, a list
def measured(attacked, target, honest, wanted):
    served = 0
    for i in range(len(honest)):
        if honest[i] == wanted[i]:
            served += 1
    return [attacked.count(target) / len(attacked), served / len(wanted)]


# %% shortlist: one flat sort
import numpy as np

def shortlist(gradient, suffix, k):
    n, V = gradient.shape
    change = gradient - np.take_along_axis(gradient, np.array(suffix)[:, None], axis=1)
    change[np.arange(n), suffix] = np.inf
    return [divmod(int(i), V) for i in change.argsort(axis=None)[:k]]


# %% shortlist: a list of triples
import numpy as np

def shortlist(gradient, suffix, k):
    found = []
    for place, now in enumerate(suffix):
        for v in range(gradient.shape[1]):
            if v != now:
                found.append((gradient[place, v] - gradient[place, now], place, v))
    found.sort()
    return np.array([(place, v) for _, place, v in found[:k]])


# %% best_swap: min over all, the old one first
def best_swap(suffix, swaps, loss):
    trials = [list(suffix)] + [suffix[:i] + [v] + suffix[i + 1:] for i, v in swaps]
    return min(trials, key=loss)


# %% best_swap: with an array of losses
import numpy as np

def best_swap(suffix, swaps, loss):
    trials = np.tile(suffix, (len(swaps) + 1, 1))
    for row, (place, symbol) in enumerate(swaps, 1):
        trials[row, place] = symbol
    return trials[np.argmin([loss(list(t)) for t in trials])].tolist()


# %% flip_rate: with NumPy
import numpy as np

def flip_rate(classify, texts, word):
    before = np.array([classify(t) for t in texts])
    after = np.array([classify(f"{t} {word}") for t in texts])
    return np.mean(before != after)


# %% flip_rate: counts
def flip_rate(classify, texts, word):
    turned = 0
    for text in texts:
        if classify(text) != classify(" ".join([text, word])):
            turned += 1
    return turned / len(texts)


# %% keep_best: by sorted
def keep_best(quality, share):
    places = sorted(range(len(quality)), key=lambda i: quality[i])
    return sorted(places[int(share * len(quality)):])


# %% keep_best: by rank
import numpy as np

def keep_best(quality, share):
    rank = np.argsort(np.argsort(quality))
    return np.flatnonzero(rank >= int(share * len(quality)))


# %% permit: by sets
def permit(call, asked, harmless):
    chosen = {call["name"], *call["arguments"].values()}
    return call["name"] in harmless or chosen <= set(asked.split())


# %% permit: by a loop
def permit(call, asked, harmless):
    words = asked.split(" ")
    if call["name"] in harmless:
        return True
    if call["name"] not in words:
        return False
    for key in call["arguments"]:
        if call["arguments"][key] not in words:
            return False
    return True
