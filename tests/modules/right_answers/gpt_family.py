# %% block_parameters: the six rows, one by one
def block_parameters(d_model: int) -> int:
    total = d_model * 3 * d_model + 3 * d_model
    total += d_model * d_model + d_model
    total += d_model * (4 * d_model) + 4 * d_model
    total += (4 * d_model) * d_model + d_model
    return total + 2 * 2 * d_model

# %% gpt_parameters: a list of parts
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    parts = [vocab_size * d_model, context * d_model] + [block_parameters(d_model)] * n_layer
    parts.append(2 * d_model if last_norm else 0)
    return sum(parts)

# %% count_parameters: a loop, nelement
def count_parameters(model):
    n = 0
    for name, p in model.named_parameters():
        n += p.nelement()
    return n

# %% count_parameters: flattens
def count_parameters(model):
    return int(torch.nn.utils.parameters_to_vector(model.parameters()).shape[0])

# %% odd_rows: an index for each entry
def odd_rows(table):
    result = []
    for row in table:
        product = row[-1] * row[-2]
        if product > row[2] or product < row[2]:
            result += [row[0]]
    return result

# %% repaired: a dictionary of the two stories
def repaired(n_layer, d_model, n_heads, d_head, millions):
    stories = {d_model: d_model // d_head, n_heads * d_head: n_heads}
    off = {}
    for width in stories:
        off[width] = abs(gpt_parameters(n_layer, width, 50_257, 2_048) - millions * 1e6)
    best = min(off, key=off.get)
    return stories[best], best, gpt_parameters(n_layer, best, 50_257, 2_048) / 1_000_000

# %% pf_days: by the day
def pf_days(parameters, tokens):
    in_a_day = 1e15 * 60 * 60 * 24
    return tokens * (6 * parameters) / in_a_day

# %% prompt: plus signs
def prompt(task, examples, question):
    result = task
    for pair in examples:
        result += "\n" + pair[0] + " => " + pair[1]
    result += "\n" + question + " =>"
    return result

# %% forecast: Polynomial, NumPy scalars
def forecast(x, y, at, t):
    line = np.polynomial.Polynomial.fit(x, y, 1)
    n = x.size
    s = np.sqrt(((y - line(x)) ** 2).sum() / (n - 2))
    d = at - x.mean()
    return line(at), t * s * np.sqrt(1 + 1 / n + d * d / (x.var() * n))

# %% block_parameters: builds the layers with torch and counts
def block_parameters(d_model):
    layers = torch.nn.ModuleList([
        torch.nn.Linear(d_model, 3 * d_model), torch.nn.Linear(d_model, d_model),
        torch.nn.Linear(d_model, 4 * d_model), torch.nn.Linear(4 * d_model, d_model),
        torch.nn.LayerNorm(d_model), torch.nn.LayerNorm(d_model)])
    return sum(p.numel() for p in layers.parameters())

# %% gpt_parameters: a loop over blocks and an if
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    total = 0
    for rows in (vocab_size, context):
        total += rows * d_model
    for _ in range(n_layer):
        total += block_parameters(d_model)
    if last_norm:
        total += d_model  # scale
        total += d_model  # shift
    return total

# %% count_parameters: all names, each object once
def count_parameters(model):
    unique = {id(p): p for _, p in model.named_parameters(remove_duplicate=False)}
    return sum(math.prod(p.shape) for p in unique.values())

# %% odd_rows: a filter by division with true fractions
def odd_rows(table):
    return list(map(lambda row: row[0], filter(lambda row: row[2] / row[3] != row[4], table)))

# %% repaired: two counts and an if, heads by division to an int
def repaired(n_layer, d_model, n_heads, d_head, millions):
    as_printed = gpt_parameters(n_layer, d_model, 50257, 2048) * 1e-6
    from_heads = gpt_parameters(n_layer, n_heads * d_head, 50257, 2048, True) * 1e-6
    if abs(as_printed - millions) <= abs(from_heads - millions):
        return (d_model // d_head, d_model, as_printed)
    else:
        return (n_heads, n_heads * d_head, from_heads)

# %% pf_days: seconds first, then days
def pf_days(parameters, tokens):
    seconds = 6.0 * tokens * parameters / 1e15
    return seconds / 86_400

# %% prompt: text by concatenation
def prompt(task, examples, question):
    text = task + "\n"
    for pair in examples:
        text += " => ".join(pair) + "\n"
    text += question
    text += " =>"
    return text

# %% forecast: least squares by hand, without polyfit
def forecast(x, y, at, t):
    n = len(x)
    dx = x - x.mean()
    sxx = dx @ dx
    slope = dx @ (y - y.mean()) / sxx
    center = y.mean() + slope * (at - x.mean())
    rest = y - y.mean() - slope * dx
    s = (rest @ rest / (n - 2)) ** 0.5
    return center, t * s * (1 + 1 / n + (at - x.mean()) ** 2 / sxx) ** 0.5
