# %%
import pathkit as path

path.ready("averages")

# %% [markdown]
# ## One number for many
#
# Five people earn 2, 3, 3, 4 and 5 coins a day. What do they earn, in one number?

# %%
earned = [2, 3, 3, 4, 5]
figure, axes = path.figure(figsize=(6, 2.4))
axes.bar(range(1, 6), earned, color=path.PALETTE[0])
axes.set(title="Most people earn about three coins", xlabel="person", ylabel="coins a day")
path.show(figure, "Five bars of 2, 3, 3, 4 and 5 coins, in this order.")

# %% [markdown]
# ## The mean
#
# The **mean** shares everything out equally: add all numbers, then divide by how many there are.
# Here that is 17 / 5 = 3.4 coins, because five people share 17.

# %% exercise="mean"
from .mean import mean

# %% tags=["nbval-check-output"]
print(mean(earned), "coins")

# %% [markdown]
# ## One outlier
#
# A sixth person joins, who earns 103 coins.

# %% predict="with-outlier"
path.predict("with-outlier", 20)

# %% tags=["nbval-check-output"]
print(mean([*earned, 103]), "coins, which nobody earns")

# %% [markdown]
# ## Stretch
#
# Find one number that an outlier can't move, and say what it no longer tells you.
