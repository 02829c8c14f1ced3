# Wrong answers to the exercises of prompt-injection: the exercise, then the true cause.

# %% leaks: capitals are not made small
# -> wrong value
def leaks(reply, secret):
    kept = "".join(c for c in reply if c.isalpha())
    return secret in kept or secret[::-1] in kept

# %% leaks: digits are kept
# -> wrong value
def leaks(reply, secret):
    kept = "".join(c for c in reply.lower() if c.isalnum())
    return secret in kept or secret[::-1] in kept

# %% leaks: both directions are demanded
# -> wrong value
def leaks(reply, secret):
    kept = "".join(c for c in reply.lower() if c.isalpha())
    return secret in kept and secret[::-1] in kept

# %% leaks: raises "TypeError: 'in <string>' requires string"
# -> raised
def leaks(reply, secret):
    return [c for c in secret] in reply.lower()

# %% without_marks: the loop looks at the first mark alone
# -> wrong value
def without_marks(text, marks):
    while marks[0] in text:
        for mark in marks:
            text = text.replace(mark, "")
    return text

# %% without_marks: three rounds
# -> wrong value
def without_marks(text, marks):
    for _ in range(3):
        for mark in marks:
            text = text.replace(mark, "")
    return text

# %% without_marks: goes on while all marks are there
# -> located
def without_marks(text, marks):
    while all(mark in text for mark in marks):
        for mark in marks:
            text = text.replace(mark, "")
    return text

# %% without_marks: raises "AttributeError: 'list' object has no"
# -> raised
def without_marks(text, marks):
    return marks.replace(text, "")

# %% measured: both shares of the attacked list's length
# -> located
def measured(attacked, target, honest, wanted):
    served = sum(a == b for a, b in zip(honest, wanted))
    return attacked.count(target) / len(attacked), served / len(attacked)

# %% measured: the target as the start of a reply
# -> wrong value
def measured(attacked, target, honest, wanted):
    served = sum(a == b for a, b in zip(honest, wanted)) / len(honest)
    return sum(a.startswith(target) for a in attacked) / len(attacked), served

# %% measured: per cent
# -> wrong value
def measured(attacked, target, honest, wanted):
    served = sum(a == b for a, b in zip(honest, wanted)) / len(honest)
    return 100 * attacked.count(target) / len(attacked), 100 * served

# %% measured: raises "TypeError: object of type 'zip' has no len()"
# -> raised
def measured(attacked, target, honest, wanted):
    pairs = zip(honest, wanted)
    return attacked.count(target) / len(attacked), sum(a == b for a, b in pairs) / len(pairs)

# %% shortlist: the sign of the difference is turned
# -> _uphill
def shortlist(gradient, suffix, k):
    n, V = gradient.shape
    swaps = [(i, v) for i in range(n) for v in range(V) if v != suffix[i]]
    return sorted(swaps, key=lambda s: gradient[s[0], suffix[s[0]]] - gradient[s])[:k]

# %% shortlist: one swap a place
# -> wrong shape
def shortlist(gradient, suffix, k):
    best = [(gradient[i].min() - gradient[i, suffix[i]], i, int(gradient[i].argmin()))
            for i in range(len(suffix))]
    return [(i, v) for _, i, v in sorted(best)[:k]]

# %% shortlist: argsort of the table without the present symbols left out
# -> wrong value
import numpy as np

def shortlist(gradient, suffix, k):
    n, V = gradient.shape
    change = gradient - gradient[np.arange(n), suffix][:, None]
    return [divmod(int(i), V) for i in np.argsort(change, axis=None)[:k]]

# %% shortlist: raises "IndexError: arrays used as indices must"
# -> raised
import numpy as np

def shortlist(gradient, suffix, k):
    n = len(suffix)
    change = gradient - gradient[np.arange(n), np.array(suffix, dtype=float)][:, None]
    return list(change)

# %% best_swap: the suffix is changed in place
# -> wrong value
def best_swap(suffix, swaps, loss):
    lowest = loss(suffix)
    for place, symbol in swaps:
        before, suffix[place] = suffix[place], symbol
        if loss(suffix) >= lowest:
            suffix[place] = before
    return suffix

# %% best_swap: a tie is taken for better
# -> wrong value
def best_swap(suffix, swaps, loss):
    best = list(suffix)
    for place, symbol in swaps:
        trial = list(suffix)
        trial[place] = symbol
        if loss(trial) <= loss(best):
            best = trial
    return best

# %% best_swap: the last that helps
# -> wrong value
def best_swap(suffix, swaps, loss):
    best = list(suffix)
    for place, symbol in swaps:
        trial = list(suffix)
        trial[place] = symbol
        if loss(trial) < loss(suffix):
            best = trial
    return best

# %% best_swap: raises "ValueError: min() arg is an empty sequence"
# -> _always_swaps
def best_swap(suffix, swaps, loss):
    trials = [[*suffix[:i], v, *suffix[i + 1:]] for i, v in swaps]
    return min(trials, key=loss)

# %% flip_rate: the word goes before the text, glued
# -> wrong value
def flip_rate(classify, texts, word):
    return sum(classify(t) != classify(word + t) for t in texts) / len(texts)

# %% flip_rate: a count
# -> located
def flip_rate(classify, texts, word):
    return sum(classify(t) != classify(t + " " + word) for t in texts)

# %% flip_rate: the first text decides
# -> wrong value
def flip_rate(classify, texts, word):
    return float(classify(texts[0]) != classify(texts[0] + " " + word))

# %% flip_rate: raises "TypeError: can only concatenate str"
# -> raised
def flip_rate(classify, texts, word):
    return sum(classify(t) != classify(t + " " + [word]) for t in texts) / len(texts)

# %% keep_best: rounds to the nearest
# -> wrong shape
import numpy as np

def keep_best(quality, share):
    return np.sort(np.argsort(quality)[round(share * len(quality)):])

# %% keep_best: cuts at the quantile
# -> _rounded_up
import numpy as np

def keep_best(quality, share):
    return np.flatnonzero(quality > np.quantile(quality, share))

# %% keep_best: cuts off the other end
# -> _drops_the_best
import numpy as np

def keep_best(quality, share):
    return np.sort(np.argsort(quality)[:len(quality) - int(share * len(quality))])

# %% keep_best: raises "TypeError: slice indices must be integers"
# -> raised
import numpy as np

def keep_best(quality, share):
    return np.sort(np.argsort(quality)[share * len(quality):])

# %% permit: the names of the arguments are looked up
# -> wrong value
def permit(call, asked, harmless):
    words = asked.split()
    return call["name"] in harmless or (
        call["name"] in words and all(a in words for a in call["arguments"]))

# %% permit: the first value alone
# -> wrong value
def permit(call, asked, harmless):
    words = asked.split()
    first = list(call["arguments"].values())[:1]
    return call["name"] in harmless or (call["name"] in words and set(first) <= set(words))

# %% permit: everything is permitted
# -> wrong value
def permit(call, asked, harmless):
    return True

# %% permit: raises "KeyError: 'argument'"
# -> raised
def permit(call, asked, harmless):
    return call["name"] in harmless or call["argument"] in asked.split()
