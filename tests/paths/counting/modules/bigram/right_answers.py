# %% count_pairs: in a dictionary
def count_pairs(words):
    counts = {}
    for pair in zip(words, words[1:]):
        counts[pair] = counts.get(pair, 0) + 1
    return counts

# %% count_pairs: a Counter as it is
def count_pairs(words):
    return Counter((words[i], words[i + 1]) for i in range(len(words) - 1))
