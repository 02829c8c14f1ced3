# %%
import pathkit as path

path.ready("word-lengths")

# %% [markdown]
# ## Lengths

# %% exercise="mean_length"
from .mean_length import mean_length

# %% exercise="longest"
from .longest import longest

# %% tags=["nbval-check-output"]
print(mean_length(["to", "be", "seen"]), longest(["to", "be", "seen"]))
