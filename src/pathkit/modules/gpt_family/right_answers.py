# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% block_parameters: layer by layer
def block_parameters(d_model):
    def linear(inputs, outputs):
        return inputs * outputs + outputs

    norm = 2 * d_model
    attend = linear(d_model, 3 * d_model) + linear(d_model, d_model)
    think = linear(d_model, 4 * d_model) + linear(4 * d_model, d_model)
    return norm + attend + norm + think

# %% block_parameters: factored, another name
block_parameters = lambda d: d * (12 * d + 13)

# %% block_parameters: real shapes in NumPy
import math

def block_parameters(d):
    shapes = [(3 * d, d), (3 * d,), (d, d), (d,), (4 * d, d), (4 * d,), (d, 4 * d), (d,)]
    shapes += [(d,)] * 4
    return sum(math.prod(shape) for shape in shapes)

# %% gpt_parameters: adds up with if
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    total = vocab_size * d_model
    total += context * d_model
    for _ in range(n_layer):
        total += block_parameters(d_model)
    if last_norm:
        total += 2 * d_model
    return total

# %% gpt_parameters: without the function before, one expression
def gpt_parameters(L, d, V, T, last_norm=True):
    return d * (V + T + L * (12 * d + 13) + (2 if last_norm else 0))

# %% count_parameters: a set of places in memory
def count_parameters(model):
    seen, total = set(), 0
    for p in model.parameters():
        if p.data_ptr() not in seen:
            seen.add(p.data_ptr())
            total += p.numel()
    return total

# %% count_parameters: the saved file without its masks, each array once
def count_parameters(model):
    masks = {name for name, _ in model.named_buffers()}
    arrays = {a.data_ptr(): a for name, a in model.state_dict().items() if name not in masks}
    return sum(a.numel() for a in arrays.values())

# %% count_parameters: products of shapes
import math

def count_parameters(model):
    return sum(math.prod(p.shape) for _, p in model.named_parameters())

# %% odd_rows: a loop
def odd_rows(table):
    names = []
    for name, n_layer, d_model, n_heads, d_head in table:
        if d_model / d_head != n_heads:
            names.append(name)
    return names

# %% odd_rows: filter and map
def odd_rows(rows):
    return list(map(lambda r: r[0], filter(lambda r: r[2] - r[3] * r[4], rows)))

# %% odd_rows: a generator in a tuple
def odd_rows(table):
    return tuple(row[0] for row in table if not row[3] * row[4] == row[2])

# %% repaired: two counts and an if
def repaired(n_layer, d_model, n_heads, d_head, millions):
    other = n_heads * d_head
    a = gpt_parameters(n_layer, d_model, 50257, 2048) / 1e6
    b = gpt_parameters(n_layer, other, 50257, 2048) / 1e6
    if abs(a - millions) < abs(b - millions):
        return d_model // d_head, d_model, a
    return n_heads, other, b

# %% repaired: sorted rows
def repaired(n_layer, d_model, n_heads, d_head, millions):
    rows = []
    for width in (d_model, n_heads * d_head):
        count = gpt_parameters(n_layer, width, 50257, 2048) / 1e6
        rows.append([abs(count - millions), width // d_head, width, count])
    return sorted(rows)[0][1:]

# %% pf_days: a petaflop/s-day by name
def pf_days(parameters, tokens):
    pf_day = 8.64e19
    return 6 * parameters * tokens / pf_day

# %% pf_days: seconds first
def pf_days(N, D):
    forward = 2 * N * D
    backward = 2 * forward
    seconds = (forward + backward) / 10**15
    return seconds / 3600 / 24

# %% prompt: adds up text
def prompt(task, examples, question):
    text = task + "\n"
    for asked, answer in examples:
        text += asked + " => " + answer + "\n"
    return text + question + " =>"

# %% prompt: joins twice
def prompt(task, examples, question):
    pairs = [*examples, (question, "")]
    return "\n".join([task] + [" => ".join(pair) for pair in pairs]).rstrip(" ")

# %% forecast: sums written out
def forecast(x, y, at, t):
    n = len(x)
    mx, my = sum(x) / n, sum(y) / n
    sxx = sum((a - mx) ** 2 for a in x)
    slope = sum((a - mx) * (b - my) for a, b in zip(x, y)) / sxx
    rss = sum((b - my - slope * (a - mx)) ** 2 for a, b in zip(x, y))
    half = t * (rss / (n - 2)) ** 0.5 * (1 + 1 / n + (at - mx) ** 2 / sxx) ** 0.5
    return my + slope * (at - mx), half

# %% forecast: matrices
import numpy as np

def forecast(x, y, at, t):
    A = np.stack([np.ones(len(x)), np.asarray(x)], axis=1)
    c = np.linalg.lstsq(A, np.asarray(y), rcond=None)[0]
    r = np.asarray(y) - A @ c
    a = np.array([1.0, at])
    variance = r @ r / (len(x) - 2) * (1 + a @ np.linalg.inv(A.T @ A) @ a)
    return [float(a @ c), float(t * np.sqrt(variance))]
