# Wrong answers to the exercises of gpt-family: the exercise, then the true cause.

# %% block_parameters: the two norms are left out
# -> _no_norms
def block_parameters(d_model):
    attend = 4 * d_model**2 + 4 * d_model
    think = 8 * d_model**2 + 5 * d_model
    return attend + think

# %% block_parameters: a norm has one vector
# -> _half_the_norms
def block_parameters(d_model):
    norm = d_model
    return 12 * d_model**2 + 9 * d_model + 2 * norm

# %% block_parameters: the rule of thumb
# -> _matrices_only
def block_parameters(d_model):
    return 12 * d_model * d_model

# %% block_parameters: a hat for a power
# -> _no_power
def block_parameters(d_model):
    return 12 * d_model^2 + 13 * d_model

# %% block_parameters: biases forgotten, norms there
# -> _no_biases
def block_parameters(d_model):
    qkv, mix = 3 * d_model * d_model, d_model * d_model
    up = down = d_model * 4 * d_model
    return qkv + mix + up + down + 2 * 2 * d_model

# %% block_parameters: every bias has the length of the width
# -> _short_bias
def block_parameters(d_model):
    return 12 * d_model**2 + 3 * d_model + 3 * d_model + 4 * d_model

# %% block_parameters: no mix of the heads
# -> _no_mix
def block_parameters(d_model):
    qkv = d_model * 3 * d_model + 3 * d_model
    up = d_model * 4 * d_model + 4 * d_model
    down = 4 * d_model * d_model + d_model
    return qkv + up + down + 4 * d_model

# %% block_parameters: queries, keys and values of one matrix
# -> _one_for_qkv
def block_parameters(d):
    return 2 * (d * d + d) + (4 * d * d + 4 * d) + (4 * d * d + d) + 4 * d

# %% block_parameters: attention alone
# -> _attention_alone
def block_parameters(d_model):
    return 4 * d_model**2 + 4 * d_model

# %% block_parameters: the formula for twelve heads, again for each
# -> wrong value
def block_parameters(d_model):
    return 12 * (12 * d_model**2 + 13 * d_model)

# %% block_parameters: raises "NameError: name 'd' is not"
# -> raised
def block_parameters(d_model):
    return 12 * d**2 + 13 * d

# %% gpt_parameters: an output layer of its own
# -> _untied
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    total = 2 * vocab_size * d_model + context * d_model
    return total + n_layer * block_parameters(d_model) + 2 * d_model * last_norm

# %% gpt_parameters: positions forgotten
# -> _no_positions
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    return vocab_size * d_model + n_layer * block_parameters(d_model) + 2 * d_model * last_norm

# %% gpt_parameters: last_norm isn't looked at
# -> _always_a_norm
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    return (vocab_size + context + 2) * d_model + n_layer * block_parameters(d_model)

# %% gpt_parameters: the norm only where there is none
# -> _norm_turned_round
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    total = (vocab_size + context) * d_model + n_layer * block_parameters(d_model)
    if not last_norm:
        total += 2 * d_model
    return total

# %% gpt_parameters: one vector for the last norm
# -> _half_a_norm
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    total = (vocab_size + context) * d_model + n_layer * block_parameters(d_model)
    return total + d_model if last_norm else total

# %% gpt_parameters: a table of positions by positions
# -> wrong value
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    total = vocab_size * d_model + context * context + n_layer * block_parameters(d_model)
    return total + 2 * d_model * last_norm

# %% gpt_parameters: the blocks alone
# -> _no_tables
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    return n_layer * block_parameters(d_model)

# %% gpt_parameters: tables and norm in each layer
# -> _all_in_each
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    layer = (vocab_size + context) * d_model + block_parameters(d_model) + 2 * d_model * last_norm
    return n_layer * layer

# %% gpt_parameters: raises "TypeError: unsupported operand"
# -> raised
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    return (vocab_size + context) * d_model + n_layer * block_parameters

# %% count_parameters: unchanged
# -> not attempted
def count_parameters(model):
    return sum(array.numel() for array in model.state_dict().values())

# %% count_parameters: a set of the arrays of the saved file
# -> _as_saved
def count_parameters(model):
    return sum(array.numel() for array in set(model.state_dict().values()))

# %% count_parameters: the head is always subtracted
# -> _never_the_head
def count_parameters(model):
    total = sum(array.numel() for array in model.state_dict().values())
    return total - model.head.weight.numel()

# %% count_parameters: arrays of one shape once
# -> _by_shape
def count_parameters(model):
    arrays = {array.shape: array for array in model.state_dict().values()}
    return sum(array.numel() for array in arrays.values())

# %% count_parameters: only what is trained now
# -> _trainable
def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% count_parameters: how many arrays
# -> _arrays
def count_parameters(model):
    return len([*model.parameters()])

# %% count_parameters: through all modules
# -> _nested
def count_parameters(model):
    total = 0
    for module in model.modules():
        total += sum(p.numel() for p in module.parameters())
    return total

# %% count_parameters: the children's, one by one
# -> _shared_twice
def count_parameters(model):
    return sum(p.numel() for child in model.children() for p in child.parameters())

# %% count_parameters: masks and parameters
# -> _with_masks
def count_parameters(model):
    arrays = {a.data_ptr(): a for a in model.state_dict().values()}
    return sum(a.numel() for a in arrays.values())

# %% count_parameters: raises "AttributeError: 'tuple' object has no attribute 'numel'"
# -> raised
def count_parameters(model):
    return sum(p.numel() for p in model.named_parameters())

# %% count_parameters: raises "AttributeError: 'str' object has no attribute 'numel'"
# -> raised
def count_parameters(model):
    return sum(array.numel() for array in model.state_dict())

# %% odd_rows: asks for divisibility, as code for GPTs does
# -> _divisible
def odd_rows(table):
    return [name for name, _, d_model, n_heads, d_head in table if d_model % n_heads != 0]

# %% odd_rows: divides with //
# -> _floors
def odd_rows(table):
    names = []
    for name, _, d_model, n_heads, d_head in table:
        if d_model // n_heads != d_head:
            names.append(name)
    return names

# %% odd_rows: those that agree
# -> _consistent
def odd_rows(table):
    return [row[0] for row in table if row[3] * row[4] == row[2]]

# %% odd_rows: returns within the loop
# -> _first_only
def odd_rows(table):
    for name, _, d_model, n_heads, d_head in table:
        if n_heads * d_head != d_model:
            return [name]
    return []

# %% odd_rows: a set, in no order
# -> wrong type
def odd_rows(table):
    return {row[0] for row in table if row[3] * row[4] != row[2]}

# %% odd_rows: width and heads are compared
# -> _no_head_size
def odd_rows(table):
    return [name for name, n_layer, d_model, n_heads, d_head in table if d_model != n_heads]

# %% odd_rows: layers for heads
# -> _layers_for_heads
def odd_rows(table):
    return [name for name, n_layer, d_model, n_heads, d_head in table if n_layer * d_head != d_model]

# %% odd_rows: raises "ValueError: not enough values to unpack"
# -> raised
def odd_rows(table):
    return [name for name, n, d, h, size, batch in table if h * size != d]

# %% repaired: the heads are believed
# -> _trusts_the_heads
def repaired(n_layer, d_model, n_heads, d_head, millions):
    width = n_heads * d_head
    return n_heads, width, gpt_parameters(n_layer, width, 50257, 2048) / 1e6

# %% repaired: millions against single parameters
# -> _other_unit
def repaired(n_layer, d_model, n_heads, d_head, millions):
    widths = [d_model, n_heads * d_head]
    counts = [gpt_parameters(n_layer, w, 50257, 2048) for w in widths]
    best = min(range(2), key=lambda i: abs(counts[i] - millions))
    return widths[best] // d_head, widths[best], counts[best] / 1e6

# %% repaired: no absolute value
# -> _other_unit
def repaired(n_layer, d_model, n_heads, d_head, millions):
    def count(w):
        return gpt_parameters(n_layer, w, 50257, 2048) / 1e6

    width = min(d_model, n_heads * d_head, key=lambda w: count(w) - millions)
    return width // d_head, width, count(width)

# %% repaired: the heads stay as printed
# -> _keeps_the_heads
def repaired(n_layer, d_model, n_heads, d_head, millions):
    def count(w):
        return gpt_parameters(n_layer, w, 50257, 2048) / 1e6

    width = min(d_model, n_heads * d_head, key=lambda w: abs(count(w) - millions))
    return n_heads, width, count(width)

# %% repaired: GPT-2's context
# -> wrong value
def repaired(n_layer, d_model, n_heads, d_head, millions):
    def count(w):
        return gpt_parameters(n_layer, w, 50257, 1024) / 1e6

    width = min(d_model, n_heads * d_head, key=lambda w: abs(count(w) - millions))
    return width // d_head, width, count(width)

# %% repaired: returns the reported count
# -> _reported
def repaired(n_layer, d_model, n_heads, d_head, millions):
    other = n_heads * d_head
    a = abs(gpt_parameters(n_layer, d_model, 50257, 2048) / 1e6 - millions)
    b = abs(gpt_parameters(n_layer, other, 50257, 2048) / 1e6 - millions)
    return (d_model // d_head, d_model, millions) if a < b else (n_heads, other, millions)

# %% repaired: the width first
# -> _width_first
def repaired(n_layer, d_model, n_heads, d_head, millions):
    def count(w):
        return gpt_parameters(n_layer, w, 50257, 2048) / 1e6

    width = min(d_model, n_heads * d_head, key=lambda w: abs(count(w) - millions))
    return width, width // d_head, count(width)

# %% repaired: raises "TypeError: gpt_parameters() missing"
# -> raised
def repaired(n_layer, d_model, n_heads, d_head, millions):
    return n_heads, d_model, gpt_parameters(n_layer, d_model) / 1e6

# %% pf_days: the forward pass alone
# -> _forward_only
def pf_days(parameters, tokens):
    return 2 * parameters * tokens / 1e15 / 86400

# %% pf_days: seconds
# -> _in_seconds
def pf_days(parameters, tokens):
    return 6 * parameters * tokens / 1e15

# %% pf_days: hours
# -> _in_hours
def pf_days(parameters, tokens):
    seconds = 6 * parameters * tokens / 1e15
    return seconds / 60 / 60

# %% pf_days: a machine of teraflops
# -> _tera
def pf_days(parameters, tokens):
    return 6 * parameters * tokens / (1e12 * 86400)

# %% pf_days: a year of days
# -> _in_years
def pf_days(parameters, tokens):
    return 6 * parameters * tokens / (1e15 * 86400 * 365)

# %% pf_days: divides by the seconds, then multiplies
# -> _no_brackets
def pf_days(parameters, tokens):
    return 6 * parameters * tokens / 1e15 / 24 * 60 * 60

# %% pf_days: a sum for a product
# -> _added
def pf_days(parameters, tokens):
    return 6 * (parameters + tokens) / (1e15 * 86400)

# %% pf_days: whole days
# -> located
def pf_days(parameters, tokens):
    return 6 * parameters * tokens // (10**15 * 86400)

# %% pf_days: raises "TypeError: 'float' object is not callable"
# -> raised
def pf_days(parameters, tokens):
    return 6 * parameters(tokens) / 8.64e19

# %% prompt: a space for the answer
# -> _space_at_the_end
def prompt(task, examples, question):
    text = task + "\n"
    for a, b in examples:
        text += f"{a} => {b}\n"
    return text + f"{question} => "

# %% prompt: print's newline
# -> _newline_at_the_end
def prompt(task, examples, question):
    text = f"{task}\n"
    for a, b in examples:
        text += f"{a} => {b}\n"
    return text + f"{question} =>\n"

# %% prompt: two joins and an empty line
# -> _empty_line
def prompt(task, examples, question):
    shown = "\n".join(f"{a} => {b}" for a, b in examples)
    return "\n".join([task, shown, question + " =>"])

# %% prompt: an arrow of another kind
# -> _thin_arrow
def prompt(task, examples, question):
    return "\n".join([task, *(f"{a} -> {b}" for a, b in examples), f"{question} ->"])

# %% prompt: no arrow at the end
# -> _no_open_arrow
def prompt(task, examples, question):
    return "\n".join([task] + [f"{a} => {b}" for a, b in examples] + [question])

# %% prompt: a dictionary of the examples
# -> _no_repeats
def prompt(task, examples, question):
    lines = [f"{a} => {b}" for a, b in dict(examples).items()]
    return "\n".join([task, *lines, f"{question} =>"])

# %% prompt: sorted examples
# -> located
def prompt(task, examples, question):
    return "\n".join([task, *(f"{a} => {b}" for a, b in sorted(examples)), f"{question} =>"])

# %% prompt: a list of lines
# -> wrong type
def prompt(task, examples, question):
    return [task, *(f"{a} => {b}" for a, b in examples), f"{question} =>"]

# %% prompt: prints
# -> wrong type
def prompt(task, examples, question):
    print("\n".join([task, *(f"{a} => {b}" for a, b in examples), f"{question} =>"]))

# %% prompt: raises "TypeError: can only concatenate str"
# -> raised
def prompt(task, examples, question):
    text = task
    for example in examples:
        text = text + "\n" + example
    return text + "\n" + question + " =>"

# %% prompt: raises "ValueError: not enough values to unpack"
# -> raised
def prompt(task, examples, question):
    return "\n".join([task, *(f"{a} => {b}" for a, b in question), f"{question} =>"])

# %% forecast: the band of the line
# -> _of_the_line
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(x, y, 1)
    n, r = len(x), y - slope * x - intercept
    s = np.sqrt((r**2).sum() / (n - 2))
    return slope * at + intercept, t * s * np.sqrt(
        1 / n + (at - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())

# %% forecast: np.std of the distances
# -> _divided_by_n
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(x, y, 1)
    s = np.std(y - slope * x - intercept)
    spread = np.sum((x - x.mean()) ** 2)
    return slope * at + intercept, t * s * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / spread)

# %% forecast: np.var for the spread
# -> _mean_for_sum
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(x, y, 1)
    s = np.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(x) - 2))
    return slope * at + intercept, t * s * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / np.var(x))

# %% forecast: two standard errors
# -> _always_two
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(x, y, 1)
    s = np.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(x) - 2))
    spread = np.sum((x - x.mean()) ** 2)
    return slope * at + intercept, 1.96 * s * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / spread)

# %% forecast: the same width everywhere
# -> _same_everywhere
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(x, y, 1)
    s = np.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(x) - 2))
    return slope * at + intercept, t * s * np.sqrt(1 + 1 / len(x))

# %% forecast: slope and intercept exchanged
# -> _exchanged_line
def forecast(x, y, at, t):
    b, a = np.polyfit(x, y, 1)
    s = np.sqrt(np.sum((y - a * x - b) ** 2) / (len(x) - 2))
    spread = np.sum((x - x.mean()) ** 2)
    return a * at + b, t * s * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / spread)

# %% forecast: x and y exchanged in the fit
# -> located
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(y, x, 1)
    s = np.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(x) - 2))
    spread = np.sum((x - x.mean()) ** 2)
    return slope * at + intercept, t * s * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / spread)

# %% forecast: a parabola
# -> wrong value
def forecast(x, y, at, t):
    a, b, c = np.polyfit(x, y, 2)
    s = np.sqrt(np.sum((y - a * x**2 - b * x - c) ** 2) / (len(x) - 2))
    spread = np.sum((x - x.mean()) ** 2)
    half = t * s * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / spread)
    return a * at**2 + b * at + c, half

# %% forecast: both ends
# -> _two_ends
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(x, y, 1)
    s = np.sqrt(np.sum((y - slope * x - intercept) ** 2) / (len(x) - 2))
    half = t * s * np.sqrt(1 + 1 / len(x) + (at - x.mean()) ** 2 / np.sum((x - x.mean()) ** 2))
    return slope * at + intercept - half, slope * at + intercept + half

# %% forecast: raises "TypeError: only"
# -> raised
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(x, y, 1)
    s = math.sqrt((y - slope * x - intercept) ** 2 / (len(x) - 2))
    return slope * at + intercept, t * s

# %% forecast: raises "ValueError: not enough values to unpack"
# -> raised
def forecast(x, y, at, t):
    slope, intercept, s = np.polyfit(x, y, 1)
    return slope * at + intercept, t * s

# %% block_parameters: leaves out all biases and norms
# -> _matrices_only
def block_parameters(d_model: int) -> int:
    attention = 4 * d_model * d_model
    mlp = 2 * d_model * 4 * d_model
    return attention + mlp

# %% block_parameters: gives every linear layer one bias of d_model, so 4 in place of 9
# -> _one_bias_each
def block_parameters(d_model: int) -> int:
    d = d_model
    qkv = d * 3 * d + d
    mix = d * d + d
    up = d * 4 * d + d
    down = 4 * d * d + d
    return qkv + mix + up + down + 2 * 2 * d

# %% block_parameters: counts the two norms as scale only (or as one norm)
# -> _half_the_norms
def block_parameters(d_model: int) -> int:
    shapes = [(d_model, 3 * d_model), (d_model, d_model), (d_model, 4 * d_model), (4 * d_model, d_model)]
    total = sum(rows * columns + columns for rows, columns in shapes)
    total += d_model + d_model
    return total

# %% gpt_parameters: a last norm is added in every block
# -> _all_in_each
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    total = (vocab_size + context) * d_model
    for _ in range(n_layer):
        total += block_parameters(d_model)
        if last_norm:
            total += 2 * d_model
    return total

# %% gpt_parameters: counts the output layer as a table of its own
# -> _untied
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    embed = vocab_size * d_model
    pos = context * d_model
    head = d_model * vocab_size
    norm = 2 * d_model if last_norm else 0
    return embed + pos + n_layer * block_parameters(d_model) + norm + head

# %% gpt_parameters: multiplies the tables by the number of layers as well (precedence)
# -> _all_in_each
def gpt_parameters(n_layer, d_model, vocab_size, context, last_norm=True):
    n = n_layer * (block_parameters(d_model) + vocab_size * d_model + context * d_model)
    return n + 2 * d_model * int(last_norm)

# %% count_parameters: leaves out frozen parameters
# -> _trainable
def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.requires_grad)

# %% count_parameters: a set of sizes, so two different parameters of one size count once
# -> _by_shape
def count_parameters(model):
    return sum({p.numel() for p in model.parameters()})

# %% count_parameters: drops shared memory by address but still counts masks
# -> _with_masks
def count_parameters(model):
    seen, total = set(), 0
    for name, array in model.state_dict().items():
        if array.data_ptr() in seen:
            continue
        seen.add(array.data_ptr())
        total += array.numel()
    return total

# %% odd_rows: asks only whether the heads divide the width
# -> _divisible
def odd_rows(table):
    return [name for name, n_layer, d_model, n_heads, d_head in table if d_model % n_heads]

# %% odd_rows: returns after the first row that is odd
# -> _first_only
def odd_rows(table):
    odd = []
    for name, n_layer, d_model, n_heads, d_head in table:
        if n_heads * d_head != d_model:
            odd.append(name)
            return odd
    return odd

# %% repaired: returns the printed heads although the width decided
# -> _keeps_the_heads
def repaired(n_layer, d_model, n_heads, d_head, millions):
    a = gpt_parameters(n_layer, d_model, 50257, 2048) / 1e6
    b = gpt_parameters(n_layer, n_heads * d_head, 50257, 2048) / 1e6
    if abs(a - millions) < abs(b - millions):
        return n_heads, d_model, a
    return n_heads, n_heads * d_head, b

# %% repaired: forgets the absolute value, so the smaller count wins always
# -> _other_unit
def repaired(n_layer, d_model, n_heads, d_head, millions):
    best = None
    for width in (d_model, n_heads * d_head):
        count = gpt_parameters(n_layer, width, 50257, 2048) / 1e6
        if best is None or count - millions < best[0]:
            best = (count - millions, width // d_head, width, count)
    return best[1], best[2], best[3]

# %% repaired: returns the reported number and not the counted one
# -> _reported
def repaired(n_layer, d_model, n_heads, d_head, millions):
    count = lambda w: gpt_parameters(n_layer, w, 50257, 2048) / 1e6
    width = min((d_model, n_heads * d_head), key=lambda w: abs(count(w) - millions))
    return width // d_head, width, millions

# %% pf_days: a day of 60 * 60 seconds (forgets the 24)
# -> _in_hours
def pf_days(parameters, tokens):
    flops = 6 * parameters * tokens
    seconds = flops / 1e15
    return seconds / (60 * 60)

# %% prompt: a newline behind every example but none behind the task
# -> _task_runs_on
def prompt(task, examples, question):
    text = task
    for q, a in examples:
        text += f"{q} => {a}\n"
    return text + f"{question} =>"

# %% prompt: the question stands before the examples
# -> _question_first
def prompt(task, examples, question):
    lines = [task, f"{question} =>"] + [f"{q} => {a}" for q, a in examples]
    return "\n".join(lines)

# %% forecast: slope and intercept taken the wrong way round
# -> _exchanged_line
def forecast(x, y, at, t):
    intercept, slope = np.polyfit(x, y, 1)
    r = y - (slope * x + intercept)
    n = len(x)
    s = np.sqrt((r**2).sum() / (n - 2))
    half = t * s * np.sqrt(1 + 1 / n + (at - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
    return slope * at + intercept, half

# %% forecast: the interval of the line and not of a new point (no 1 under the root)
# -> _of_the_line
def forecast(x, y, at, t):
    slope, intercept = np.polyfit(x, y, 1)
    r = y - np.polyval([slope, intercept], x)
    n = len(x)
    s = np.sqrt((r**2).sum() / (n - 2))
    half = t * s * np.sqrt(1 / n + (at - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
    return slope * at + intercept, half

# %% forecast: divides by the variance of x, a mean, in place of the sum
# -> _mean_for_sum
def forecast(x, y, at, t):
    n = x.shape[0]
    m, b = np.polyfit(x, y, deg=1)
    s = math.sqrt(np.sum((y - m * x - b) ** 2) / (n - 2))
    half = t * s * math.sqrt(1 + 1 / n + (at - np.mean(x)) ** 2 / np.var(x))
    return m * at + b, half
