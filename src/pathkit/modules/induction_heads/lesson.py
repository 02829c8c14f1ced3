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
import math

import numpy as np
import torch

import pathkit as path

path.ready("induction-heads")

# %% exercise="expected_next"
from pathkit.modules.induction_heads.expected_next import expected_next

# %% exercise="by_hand"
from pathkit.modules.induction_heads.by_hand import by_hand

# %% exercise="misses"
from pathkit.modules.induction_heads.misses import misses

# %% exercise="prefix_matching"
from pathkit.modules.induction_heads.prefix_matching import prefix_matching

# %% exercise="stripe"
from pathkit.modules.induction_heads.stripe import stripe

# %% exercise="ablated"
from pathkit.modules.induction_heads.ablated import ablated

# %% exercise="shifted"
from pathkit.modules.induction_heads.shifted import shifted

# %% exercise="in_context_score"
from pathkit.modules.induction_heads.in_context_score import in_context_score

