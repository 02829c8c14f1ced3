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
import json
import math
import time

import numpy as np
import torch

import pathkit as path

path.ready("gpt-numpy")

# %%
DTYPES = {"F32": np.float32, "F16": np.float16}

# %% exercise="read_safetensors"
from pathkit.modules.gpt_numpy.read_safetensors import read_safetensors

# %% exercise="to_gpt2"
from pathkit.modules.gpt_numpy.to_gpt2 import to_gpt2

# %% exercise="count_parameters"
from pathkit.modules.gpt_numpy.count_parameters import count_parameters

# %% exercise="gelu"
from pathkit.modules.gpt_numpy.gelu import gelu

# %% exercise="attend"
from pathkit.modules.gpt_numpy.attend import attend

# %% exercise="gpt2"
from pathkit.modules.gpt_numpy.gpt2 import gpt2

# %% exercise="first_wrong"
from pathkit.modules.gpt_numpy.first_wrong import first_wrong

# %% exercise="generate"
from pathkit.modules.gpt_numpy.generate import generate
