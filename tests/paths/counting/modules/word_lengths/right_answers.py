# %% mean_length: by NumPy
import numpy as np

def mean_length(words):
    return np.mean([len(word) for word in words])

# %% mean_length: joined
def mean_length(words):
    return len("".join(words)) / len(words)

# %% longest: sorted
def longest(words):
    return sorted(words, key=len, reverse=True)[0]

# %% longest: in a loop
def longest(words):
    best = words[0]
    for word in words:
        if len(word) > len(best):
            best = word
    return best
