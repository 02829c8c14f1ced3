# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% read_safetensors: one memoryview, and a comprehension
def read_safetensors(data):
    start = 8 + int.from_bytes(data[:8], byteorder="little")
    header = json.loads(data[8:start].decode("utf-8"))
    header.pop("__metadata__", None)
    body = memoryview(data)[start:]
    return {
        name: np.ndarray(about["shape"], DTYPES[about["dtype"]], body, about["data_offsets"][0])
        for name, about in header.items()
    }

# %% read_safetensors: np.frombuffer with count and offset
def read_safetensors(data):
    length = int(np.frombuffer(data, "<u8", count=1)[0])
    header = json.loads(data[8:8 + length])
    result = dict()
    for name in header:
        if name == "__metadata__":
            continue
        info = header[name]
        dtype, shape = DTYPES[info["dtype"]], tuple(info["shape"])
        first = 8 + length + info["data_offsets"][0]
        flat = np.frombuffer(data, dtype=dtype, count=math.prod(shape), offset=first)
        result[name] = flat.reshape(shape).copy()
    return result

# %% to_gpt2: by the ends of our own names
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        for part, its in names.items():
            if name in (part + ".weight", part + ".bias"):
                new = its + name[len(part):]
        if new.endswith("c_attn.weight") or new.endswith("c_proj.weight") or new.endswith("c_fc.weight"):
            array = np.swapaxes(array, 0, 1)
        out[new] = array
    return out

# %% to_gpt2: all matrices inside of blocks, by a comprehension
def to_gpt2(weights, names):
    renamed = {names[n[:n.rindex(".")]] + n[n.rindex("."):]: a for n, a in weights.items()}
    return {n: np.ascontiguousarray(a.T) if n.startswith("h.") else a for n, a in renamed.items()}

# %% count_parameters: a loop with a list of those seen
def count_parameters(w):
    seen, total = [], 0
    for name, array in w.items():
        if name.endswith(".attn.bias") or any(array is other for other in seen):
            continue
        seen.append(array)
        total += array.size
    return total

# %% count_parameters: masks by their four axes, memory by shares_memory
def count_parameters(w):
    arrays = [a for a in w.values() if a.ndim < 4]
    return sum(
        int(np.prod(a.shape)) for i, a in enumerate(arrays)
        if not any(np.shares_memory(a, b) for b in arrays[:i])
    )

# %% gelu: the sigmoid of twice the argument
def gelu(x):
    inner = np.sqrt(2 / np.pi) * (x + 0.044715 * x * x * x)
    return x / (1 + np.exp(-2 * inner))

# %% gelu: step by step
def gelu(x):
    cube = np.power(x, 3)
    t = np.tanh((2 / math.pi) ** 0.5 * x * (1 + 0.044715 * cube / np.where(x == 0, 1, x)))
    return (x + x * t) / 2

# %% attend: a loop over heads, a loop over queries
def attend(q, k, v, n_head):
    n, t, d = len(q), len(k), q.shape[1] // n_head
    out = np.zeros_like(q)
    for h in range(n_head):
        columns = slice(h * d, (h + 1) * d)
        for i in range(n):
            seen = t - n + i + 1
            scores = k[:seen, columns] @ q[i, columns] / math.sqrt(d)
            weights = np.exp(scores - scores.max())
            out[i, columns] = weights / weights.sum() @ v[:seen, columns]
    return out

# %% attend: einsum and a mask that is added
def attend(q, k, v, n_head):
    (n, C), t = q.shape, len(k)
    q, k, v = (z.reshape(-1, n_head, C // n_head) for z in (q, k, v))
    scores = np.einsum("nhd,thd->hnt", q, k) * (C // n_head) ** -0.5
    scores = scores + np.triu(np.full((n, t), -np.inf), k=t - n + 1)
    p = np.exp(scores - scores.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    return np.einsum("hnt,thd->nhd", p, v).reshape(n, C)

# %% gpt2: places by arange, tied or not by an if
def gpt2(tokens, w, caches, block, norm):
    first = caches[0][1].shape[0]
    places = np.arange(first, first + len(tokens))
    x = w["wte.weight"][tokens] + w["wpe.weight"][places]
    new_caches = []
    for i in range(len(caches)):
        x, kv = block(x, w, i, caches[i])
        new_caches += [kv]
    x = norm(x, w, "ln_f")
    if "lm_head.weight" in w:
        logits = np.einsum("nc,vc->nv", x, w["lm_head.weight"])
    else:
        logits = np.einsum("nc,vc->nv", x, w["wte.weight"])
    if "lm_head.bias" in w:
        logits = logits + w["lm_head.bias"]
    return logits, new_caches

# %% gpt2: token by token into one list, the caches copied first
def gpt2(tokens, w, caches, block, norm):
    caches = list(caches)
    past = caches[0][0].shape[0]
    x = np.stack([w["wte.weight"][t] + w["wpe.weight"][past + j] for j, t in enumerate(tokens)])
    for i in range(len(caches)):
        x, caches[i] = block(x, w, i, caches[i])
    table = w["lm_head.weight"] if "lm_head.weight" in w else w["wte.weight"]
    return norm(x, w, "ln_f") @ np.transpose(table) + w.get("lm_head.bias", np.zeros(len(table))), caches

# %% first_wrong: recursion on slices
def first_wrong(names, look):
    if len(names) == 1:
        return names[0]
    half = len(names) // 2
    ours, theirs = look(names[half - 1])
    if np.allclose(ours, theirs, rtol=0, atol=0.001):
        return first_wrong(names[half:], look)
    return first_wrong(names[:half], look)

# %% first_wrong: bisect with a key
import bisect

def first_wrong(names, look):
    def differs(name):
        a, b = look(name)
        return bool((np.abs(a - b) > 1e-3).any())

    return names[bisect.bisect_left(range(len(names) - 1), True, key=lambda i: differs(names[i]))]

# %% generate: prompt first, then a while loop
def generate(model, prompt, how_many):
    logits, caches = model(prompt, None)
    written = [int(np.argmax(logits[-1]))]
    while len(written) < how_many:
        logits, caches = model([written[-1]], caches)
        written.append(int(np.argmax(logits[-1])))
    return written

# %% generate: one more call at the end, NumPy ints
def generate(model, prompt, how_many):
    out = list(prompt)
    logits, caches = model(out[:], None)
    for _ in range(how_many):
        best = max(range(logits.shape[-1]), key=lambda i: logits[-1, i])
        out.append(np.int64(best))
        logits, caches = model(out[-1:], caches)
    return out[len(prompt):]
