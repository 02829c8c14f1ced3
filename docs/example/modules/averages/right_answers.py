# %% mean: adds up in a loop
def mean(numbers):
    total = 0
    for number in numbers:
        total += number
    return total / len(numbers)

# %% mean: by NumPy
import numpy as np

def mean(numbers):
    return np.mean(numbers)
