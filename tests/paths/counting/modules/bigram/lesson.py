# %%
from collections import Counter

import pathkit as path
from pathkit.exercises import bigram as finished

path.ready("bigram")

# %% [markdown]
# ## Pairs
#
# A pair is a word and the one behind it.

# %% tags=["nbval-check-output"]
print(finished.count_pairs("to be or not to be".split())["to", "be"], "times")

# %% exercise="count_pairs"
from .count_pairs import count_pairs

# %% predict="how-many"
path.predict("how-many", 5)

# %% tags=["nbval-check-output"]
print(len(count_pairs(["a", "b", "a", "b"])))
