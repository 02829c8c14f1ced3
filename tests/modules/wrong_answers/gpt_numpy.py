# Wrong answers to the exercises of gpt-numpy: the exercise, then the true cause.

# %% read_safetensors: offsets from the file's beginning
# -> _from_the_files_start
def read_safetensors(data):
    n = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + n])
    out = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        a, b = info["data_offsets"]
        usable = (b - a) // np.dtype(DTYPES[info["dtype"]]).itemsize
        out[name] = np.frombuffer(data[a:b], dtype=DTYPES[info["dtype"]])[:usable].reshape(info["shape"])
    return out

# %% read_safetensors: the 8 bytes forgotten
# -> _eight_too_early
def read_safetensors(data):
    n = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + n])
    body = data[n:]
    out = {}
    for name, info in header.items():
        if name != "__metadata__":
            a, b = info["data_offsets"]
            out[name] = np.frombuffer(body[a:b], DTYPES[info["dtype"]]).reshape(info["shape"])
    return out

# %% read_safetensors: never reshaped
# -> _flat
def read_safetensors(data):
    n = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + n])
    header.pop("__metadata__", None)
    start = 8 + n
    return {name: np.frombuffer(data[start + i["data_offsets"][0]:start + i["data_offsets"][1]],
                                DTYPES[i["dtype"]]) for name, i in header.items()}

# %% read_safetensors: one after another, in the order of the header
# -> _in_the_headers_order
def read_safetensors(data):
    n = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + n])
    out, at = {}, 8 + n
    for name, info in header.items():
        if name != "__metadata__":
            length = info["data_offsets"][1] - info["data_offsets"][0]
            out[name] = np.frombuffer(data[at:at + length], DTYPES[info["dtype"]]).reshape(info["shape"])
            at += length
    return out

# %% read_safetensors: column by column
# -> _by_columns
def read_safetensors(data):
    n = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + n])
    header.pop("__metadata__", None)
    out = {}
    for name, info in header.items():
        a, b = info["data_offsets"]
        flat = np.frombuffer(data[8 + n + a:8 + n + b], DTYPES[info["dtype"]])
        out[name] = flat.reshape(info["shape"][::-1]).T
    return out

# %% read_safetensors: only the first byte of the length
# -> raised
def read_safetensors(data):
    n = data[0]
    header = json.loads(data[8:8 + n])
    header.pop("__metadata__", None)
    return {name: np.frombuffer(data[8 + n + i["data_offsets"][0]:8 + n + i["data_offsets"][1]],
                                DTYPES[i["dtype"]]).reshape(i["shape"]) for name, i in header.items()}

# %% read_safetensors: the metadata stays in
# -> wrong value
def read_safetensors(data):
    n = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + n])
    out = {}
    for name, info in header.items():
        if name == "__metadata__":
            out[name] = info
            continue
        a, b = info["data_offsets"]
        out[name] = np.frombuffer(data[8 + n + a:8 + n + b], DTYPES[info["dtype"]]).reshape(info["shape"])
    return out

# %% read_safetensors: raises "KeyError: 'data_offsets'"
# -> raised
def read_safetensors(data):
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    out = {}
    for name, about in header.items():
        begin, end = about["data_offsets"]
        out[name] = np.frombuffer(data[8 + size + begin:8 + size + end], DTYPES[about["dtype"]])
    return out

# %% read_safetensors: raises "JSONDecodeError: Expecting"
# -> raised
def read_safetensors(data):
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:size])
    return header

# %% read_safetensors: raises "ValueError: buffer size must be a multiple of element size"
# -> raised
def read_safetensors(data):
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    about = header["a"] if "a" in header else header["wte.weight"]
    begin, end = about["data_offsets"]
    return {"a": np.frombuffer(data[begin:8 + size + end], "float32")}

# %% to_gpt2: nothing transposed
# -> _nothing_turned
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        part, kind = name.rsplit(".", 1)
        out[names[part] + "." + kind] = array
    return out

# %% to_gpt2: every matrix, the tables too
# -> _tables_turned_too
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        part, kind = name.rsplit(".", 1)
        out[names[part] + "." + kind] = array.T
    return out

# %% to_gpt2: all matrices but the embeddings, so the head is turned
# -> _head_turned
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        part, kind = name.rsplit(".", 1)
        new = names[part] + "." + kind
        out[new] = array if new in ("wte.weight", "wpe.weight") else array.T
    return out

# %% to_gpt2: the shape decides, so square ones stay
# -> _square_ones_stayed
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        part, kind = name.rsplit(".", 1)
        new = names[part] + "." + kind
        if new.startswith("h.") and array.ndim == 2 and array.shape[0] != array.shape[1]:
            array = array.transpose()
        out[new] = array
    return out

# %% to_gpt2: reshape for a transpose
# -> _reshaped
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        part, kind = name.rsplit(".", 1)
        if array.ndim == 2 and names[part].startswith("h."):
            array = array.reshape(array.shape[1], array.shape[0])
        out[names[part] + "." + kind] = array
    return out

# %% to_gpt2: c_proj forgotten in both halves
# -> _c_proj_forgotten
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        part, kind = name.rsplit(".", 1)
        its = names[part]
        if kind == "weight" and its.endswith(("c_attn", "c_fc")):
            array = array.T
        out[f"{its}.{kind}"] = array
    return out

# %% to_gpt2: the kind is lost, so that a bias overwrites its weight
# -> wrong value
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        part = name.rsplit(".", 1)[0]
        out[names[part]] = array.T if "c_" in names[part] else array
    return out

# %% to_gpt2: raises "KeyError: 'token.weight'"
# -> raised
def to_gpt2(weights, names):
    return {names[name]: array for name, array in weights.items()}

# %% to_gpt2: raises "ValueError: too many values to unpack"
# -> raised
def to_gpt2(weights, names):
    out = {}
    for name, array in weights.items():
        part, kind = name.split(".")
        out[names[part] + "." + kind] = array
    return out

# %% count_parameters: everything in the file
# -> _everything
def count_parameters(w):
    return sum(a.size for a in w.values())

# %% count_parameters: the tied table twice
# -> _tied_twice
def count_parameters(w):
    return sum(a.size for n, a in w.items() if not n.endswith(".attn.bias"))

# %% count_parameters: "attn.bias" without the dot
# -> _biases_dropped
def count_parameters(w):
    total, seen = 0, set()
    for name, a in w.items():
        if name.endswith("attn.bias") or id(a) in seen:
            continue
        seen.add(id(a))
        total += a.size
    return total

# %% count_parameters: the head is never counted
# -> _head_never
def count_parameters(w):
    total = 0
    for name, a in w.items():
        if name == "lm_head.weight" or ".attn.bias" in name:
            continue
        total += a.size
    return total

# %% count_parameters: equal arrays once, by their bytes
# -> _equal_ones_once
def count_parameters(w):
    seen = {a.tobytes(): a.size for n, a in w.items() if not n.endswith(".attn.bias")}
    return sum(seen.values())

# %% count_parameters: rows for numbers
# -> _arrays_counted
def count_parameters(w):
    return sum({id(a): len(a) for n, a in w.items() if not n.endswith(".attn.bias")}.values())

# %% count_parameters: raises "TypeError: unhashable type: 'numpy.ndarray'"
# -> raised
def count_parameters(w):
    return sum(a.size for a in set(w.values()))

# %% gelu: the exact one
# -> _exact
def gelu(x):
    return x * 0.5 * (1 + np.vectorize(math.erf)(x / np.sqrt(2)))

# %% gelu: a square for the cube
# -> _squared
def gelu(x):
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**2)))

# %% gelu: the square root over the 2 alone
# -> _root_of_two_alone
def gelu(x):
    return x / 2 * (1 + np.tanh(np.sqrt(2) / np.pi * (x + 0.044715 * x**3)))

# %% gelu: no half
# -> _not_halved
def gelu(x):
    return x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))

# %% gelu: one digit of the constant lost
# -> _a_zero_lost
def gelu(x):
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.44715 * x**3)))

# %% gelu: the bracket closes too early
# -> _root_on_x_alone
def gelu(x):
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * x + 0.044715 * x**3))

# %% gelu: no root
# -> located
def gelu(x):
    return x / 2 * (1 + np.tanh(2 / np.pi * (x + 0.044715 * x**3)))

# %% gelu: raises "TypeError: only ... arrays can be converted to Python scalars"
# -> raised
def gelu(x):
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))

# %% attend: the mask starts at the first key
# -> _from_place_0
def attend(q, k, v, n_head):
    (n, C), t = q.shape, len(k)
    q, k, v = (z.reshape(-1, n_head, C // n_head).transpose(1, 0, 2) for z in (q, k, v))
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(C // n_head)
    scores = np.where(np.tri(n, t, dtype=bool), scores, -np.inf)
    p = np.exp(scores - scores.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    return (p @ v).transpose(1, 0, 2).reshape(n, C)

# %% attend: no mask
# -> _unmasked
def attend(q, k, v, n_head):
    (n, C), t = q.shape, len(k)
    q, k, v = (z.reshape(-1, n_head, C // n_head).transpose(1, 0, 2) for z in (q, k, v))
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(C // n_head)
    p = np.exp(scores - scores.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    return (p @ v).transpose(1, 0, 2).reshape(n, C)

# %% attend: heads by reshape alone
# -> _cut_by_rows
def attend(q, k, v, n_head):
    (n, C), t = q.shape, len(k)
    q, k, v = (z.reshape(n_head, -1, C // n_head) for z in (q, k, v))
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(C // n_head)
    scores = np.where(np.tri(n, t, t - n, dtype=bool), scores, -np.inf)
    p = np.exp(scores - scores.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    return (p @ v).transpose(1, 0, 2).reshape(n, C)

# %% attend: joined without moving the heads back
# -> _not_moved_back
def attend(q, k, v, n_head):
    (n, C), t = q.shape, len(k)
    q, k, v = (z.reshape(-1, n_head, C // n_head).transpose(1, 0, 2) for z in (q, k, v))
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(C // n_head)
    scores = np.where(np.tri(n, t, t - n, dtype=bool), scores, -np.inf)
    p = np.exp(scores - scores.max(-1, keepdims=True))
    p /= p.sum(-1, keepdims=True)
    return (p @ v).reshape(n, C)

# %% attend: the root of C
# -> _root_of_all_columns
def attend(q, k, v, n_head):
    n, t, C = len(q), len(k), q.shape[1]
    out = []
    for qh, kh, vh in zip(*(np.split(z, n_head, axis=1) for z in (q, k, v))):
        scores = qh @ kh.T / C**0.5
        scores = np.where(np.tri(n, t, t - n, dtype=bool), scores, -np.inf)
        p = np.exp(scores - scores.max(-1, keepdims=True))
        out.append(p / p.sum(-1, keepdims=True) @ vh)
    return np.concatenate(out, axis=1)

# %% attend: hidden by -10
# -> _hidden_by_a_number
def attend(q, k, v, n_head):
    n, t, d = len(q), len(k), q.shape[1] // n_head
    out = []
    for qh, kh, vh in zip(*(np.split(z, n_head, axis=1) for z in (q, k, v))):
        scores = qh @ kh.T / d**0.5
        scores = np.where(np.tri(n, t, t - n, dtype=bool), scores, -10.0)
        p = np.exp(scores - scores.max(-1, keepdims=True))
        out.append(p / p.sum(-1, keepdims=True) @ vh)
    return np.concatenate(out, axis=1)

# %% attend: the heads in reverse order
# -> wrong value
def attend(q, k, v, n_head):
    n, t, d = len(q), len(k), q.shape[1] // n_head
    out = []
    for qh, kh, vh in zip(*(np.split(z, n_head, axis=1) for z in (q, k, v))):
        scores = qh @ kh.T / d**0.5
        scores = np.where(np.tri(n, t, t - n, dtype=bool), scores, -np.inf)
        p = np.exp(scores - scores.max(-1, keepdims=True))
        out.insert(0, p / p.sum(-1, keepdims=True) @ vh)
    return np.concatenate(out, axis=1)

# %% attend: one head for all columns
# -> located
def attend(q, k, v, n_head):
    n, t = len(q), len(k)
    scores = q @ k.T / q.shape[1]**0.5
    scores = np.where(np.tri(n, t, t - n, dtype=bool), scores, -np.inf)
    p = np.exp(scores - scores.max(-1, keepdims=True))
    return p / p.sum(-1, keepdims=True) @ v

# %% attend: raises "ValueError: cannot reshape array"
# -> raised
def attend(q, k, v, n_head):
    n, C = q.shape
    q, k, v = (z.reshape(n, n_head, C // n_head).swapaxes(0, 1) for z in (q, k, v))
    return (q @ k.swapaxes(1, 2) @ v).swapaxes(0, 1).reshape(n, C)

# %% attend: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def attend(q, k, v, n_head):
    q, k, v = (z.reshape(len(z), n_head, -1).swapaxes(0, 1) for z in (q, k, v))
    scores = q @ k / math.sqrt(q.shape[-1])
    return scores @ v

# %% attend: raises "ValueError: operands could not be broadcast together"
# -> raised
def attend(q, k, v, n_head):
    q, k, v = (z.reshape(len(z), n_head, -1).swapaxes(0, 1) for z in (q, k, v))
    scores = q @ k.swapaxes(1, 2) / math.sqrt(q.shape[-1])
    scores = np.where(np.tri(k.shape[1]) == 0, -np.inf, scores)
    return scores @ v

# %% gpt2: places from 0
# -> _places_from_0
def gpt2(tokens, w, caches, block, norm):
    x = w["wte.weight"][tokens] + w["wpe.weight"][:len(tokens)]
    new = []
    for i, c in enumerate(caches):
        x, c = block(x, w, i, c)
        new.append(c)
    head = w["lm_head.weight"] if "lm_head.weight" in w else w["wte.weight"]
    return norm(x, w, "ln_f") @ head.T + w.get("lm_head.bias", 0), new

# %% gpt2: tied in every case
# -> _always_tied
def gpt2(tokens, w, caches, block, norm):
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past:past + len(tokens)]
    new = []
    for i, c in enumerate(caches):
        x, c = block(x, w, i, c)
        new.append(c)
    return norm(x, w, "ln_f") @ w["wte.weight"].T, new

# %% gpt2: no bias
# -> _without_bias
def gpt2(tokens, w, caches, block, norm):
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past:past + len(tokens)]
    new = []
    for i, c in enumerate(caches):
        x, c = block(x, w, i, c)
        new.append(c)
    return norm(x, w, "ln_f") @ w.get("lm_head.weight", w["wte.weight"]).T, new

# %% gpt2: the old caches returned
# -> _not_grown
def gpt2(tokens, w, caches, block, norm):
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past:past + len(tokens)]
    for i, c in enumerate(caches):
        x, c = block(x, w, i, c)
    return norm(x, w, "ln_f") @ w.get("lm_head.weight", w["wte.weight"]).T + w.get("lm_head.bias", 0), caches

# %% gpt2: only the last row
# -> _last_row_only
def gpt2(tokens, w, caches, block, norm):
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past:past + len(tokens)]
    new = []
    for i, c in enumerate(caches):
        x, c = block(x, w, i, c)
        new.append(c)
    x = norm(x, w, "ln_f")[-1]
    return x @ w.get("lm_head.weight", w["wte.weight"]).T + w.get("lm_head.bias", 0), new

# %% gpt2: the last norm forgotten
# -> _without_last_norm
def gpt2(tokens, w, caches, block, norm):
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past:past + len(tokens)]
    new = []
    for i, c in enumerate(caches):
        x, c = block(x, w, i, c)
        new.append(c)
    return x @ w.get("lm_head.weight", w["wte.weight"]).T + w.get("lm_head.bias", 0), new

# %% gpt2: past is the number of blocks
# -> _past_is_blocks
def gpt2(tokens, w, caches, block, norm):
    past = len(caches)
    x = w["wte.weight"][tokens] + w["wpe.weight"][(past + np.arange(len(tokens))) % len(w["wpe.weight"])]
    new = []
    for i, c in enumerate(caches):
        x, c = block(x, w, i, c)
        new.append(c)
    return norm(x, w, "ln_f") @ w.get("lm_head.weight", w["wte.weight"]).T + w.get("lm_head.bias", 0), new

# %% gpt2: one place too late
# -> wrong value
def gpt2(tokens, w, caches, block, norm):
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past + 1:past + 1 + len(tokens)]
    new = []
    for i, c in enumerate(caches):
        x, c = block(x, w, i, c)
        new.append(c)
    return norm(x, w, "ln_f") @ w.get("lm_head.weight", w["wte.weight"]).T + w.get("lm_head.bias", 0), new

# %% gpt2: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def gpt2(tokens, w, caches, block, norm):
    x = w["wte.weight"][tokens]
    return norm(x, w, "ln_f") @ w["wte.weight"], caches

# %% gpt2: raises "KeyError: 'lm_head.weight'"
# -> raised
def gpt2(tokens, w, caches, block, norm):
    x = w["wte.weight"][tokens]
    return norm(x, w, "ln_f") @ w["lm_head.weight"].T, caches

# %% gpt2: raises "AttributeError: 'tuple' object has no attribute 'shape'"
# -> raised
def gpt2(tokens, w, caches, block, norm):
    past = caches[0].shape[0]
    return w["wpe.weight"][past:], caches

# %% first_wrong: bit for bit
# -> _bit_for_bit
def first_wrong(names, look):
    lo, hi = 0, len(names) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        a, b = look(names[mid])
        if (a != b).any():
            hi = mid
        else:
            lo = mid + 1
    return names[lo]

# %% first_wrong: no abs
# -> _with_their_sign
def first_wrong(names, look):
    lo, hi = 0, len(names) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        a, b = look(names[mid])
        if np.max(a - b) > 0.001:
            hi = mid
        else:
            lo = mid + 1
    return names[lo]

# %% first_wrong: the mean of the differences
# -> _on_average
def first_wrong(names, look):
    lo, hi = 0, len(names) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        a, b = look(names[mid])
        if abs(np.mean(a - b)) > 0.001:
            hi = mid
        else:
            lo = mid + 1
    return names[lo]

# %% first_wrong: one after another
# -> wrong value
def first_wrong(names, look):
    for name in names:
        a, b = look(name)
        if abs(a - b).max() > 0.001:
            return name

# %% first_wrong: the last right one
# -> located
def first_wrong(names, look):
    lo, hi = 0, len(names) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        a, b = look(names[mid])
        if abs(a - b).max() > 0.001:
            hi = mid
        else:
            lo = mid + 1
    return names[lo - 1]

# %% first_wrong: the halves exchanged
# -> _halves_exchanged
def first_wrong(names, look):
    lo, hi = 0, len(names) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        a, b = look(names[mid])
        if abs(a - b).max() < 0.001:
            hi = mid
        else:
            lo = mid + 1
    return names[lo]

# %% first_wrong: the middle is dropped although it may be the first
# -> _middle_dropped
def first_wrong(names, look):
    lo, hi = 0, len(names) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        a, b = look(names[mid])
        if abs(a - b).max() > 0.001:
            hi = mid - 1
        else:
            lo = mid + 1
    return names[lo]

# %% first_wrong: raises "TypeError: '>' not supported between instances of 'tuple' and 'float'"
# -> raised
def first_wrong(names, look):
    return names[0] if look(names[len(names) // 2]) > 0.001 else names[-1]

# %% first_wrong: raises "ValueError: The truth value of an array with more than one element is ambiguous"
# -> raised
def first_wrong(names, look):
    a, b = look(names[len(names) // 2])
    return names[0] if abs(a - b) > 0.001 else names[-1]

# %% generate: the whole text with caches that hold it
# -> _all_again_on_top
def generate(model, prompt, how_many):
    text, caches = list(prompt), None
    for _ in range(how_many):
        logits, caches = model(text, caches)
        text += [int(np.argmax(logits[-1]))]
    return text[len(prompt):]

# %% generate: no caches
# -> _without_caches
def generate(model, prompt, how_many):
    text = list(prompt)
    for _ in range(how_many):
        logits, _ = model(text, None)
        text += [int(np.argmax(logits[-1]))]
    return text[len(prompt):]

# %% generate: the prompt comes back too
# -> _with_the_prompt
def generate(model, prompt, how_many):
    text, new, caches = list(prompt), list(prompt), None
    for _ in range(how_many):
        logits, caches = model(new, caches)
        new = [int(np.argmax(logits[-1]))]
        text += new
    return text

# %% generate: the first row
# -> _first_row
def generate(model, prompt, how_many):
    out, new, caches = [], prompt, None
    for _ in range(how_many):
        logits, caches = model(new, caches)
        new = [int(np.argmax(logits[0]))]
        out += new
    return out

# %% generate: the caches of the prompt for ever
# -> _caches_of_the_prompt
def generate(model, prompt, how_many):
    logits, caches = model(prompt, None)
    out = [int(np.argmax(logits[-1]))]
    for _ in range(how_many - 1):
        logits, _ = model([out[-1]], caches)
        out.append(int(np.argmax(logits[-1])))
    return out

# %% generate: one token too few
# -> located
def generate(model, prompt, how_many):
    out, new, caches = [], prompt, None
    for _ in range(how_many - 1):
        logits, caches = model(new, caches)
        new = [int(np.argmax(logits[-1]))]
        out += new
    return out

# %% generate: the last prompt token twice
# -> _last_one_twice
def generate(model, prompt, how_many):
    _, caches = model(prompt, None)
    out, last = [], prompt[-1]
    for _ in range(how_many):
        logits, caches = model([last], caches)
        last = int(np.argmax(logits[-1]))
        out.append(last)
    return out

# %% generate: a number, not a list, goes into the model
# -> wrong value
def generate(model, prompt, how_many):
    out, new, caches = [], prompt, None
    for _ in range(how_many):
        logits, caches = model(new, caches)
        new = int(np.argmax(logits[-1]))
        out.append(new)
    return out

# %% generate: the least likely
# -> located
def generate(model, prompt, how_many):
    out, new, caches = [], prompt, None
    for _ in range(how_many):
        logits, caches = model(new, caches)
        new = [int(np.argmin(logits[-1]))]
        out += new
    return out

# %% generate: raises "TypeError: 'int' object is not iterable"
# -> raised
def generate(model, prompt, how_many):
    out, new, caches = [], prompt, None
    for _ in range(how_many):
        logits, caches = model(new, caches)
        out += int(np.argmax(logits[-1]))
        new = out[-1:]
    return out

# %% read_safetensors: counts the offsets from byte 0 of the file, so that numbers come out of the header
# -> _from_the_files_start
def read_safetensors(data: bytes) -> dict:
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    arrays = {}
    for name, about in header.items():
        if name == "__metadata__":
            continue
        begin, end = about["data_offsets"]
        arrays[name] = np.frombuffer(data[begin:end], DTYPES[about["dtype"]]).reshape(about["shape"])
    return arrays

# %% read_safetensors: reads all numbers as float32, whatever the dtype says, and cuts by the shape
# -> _turned_into_float32
def read_safetensors(data: bytes) -> dict:
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    arrays = {}
    for name, about in header.items():
        begin, end = about["data_offsets"]
        kind = np.dtype(DTYPES[about["dtype"]])
        array = np.frombuffer(data[8 + size + begin : 8 + size + end], kind)
        arrays[name] = array.astype(np.float32).reshape(about["shape"])
    return arrays

# %% read_safetensors: ignores data_offsets and takes the arrays one after the other in the header's order
# -> _in_the_headers_order
def read_safetensors(data: bytes) -> dict:
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    at, arrays = 8 + size, {}
    for name in header:
        if name.startswith("__"):
            continue
        shape, kind = header[name]["shape"], DTYPES[header[name]["dtype"]]
        count = math.prod(shape)
        arrays[name] = np.frombuffer(data, kind, count, at).reshape(shape)
        at += arrays[name].nbytes
    return arrays

# %% to_gpt2: transposes every matrix, the two tables and the head too
# -> _tables_turned_too
def to_gpt2(weights: dict, names: dict) -> dict:
    out = {}
    for name, array in weights.items():
        part, kind = name.rsplit(".", 1)
        out[names[part] + "." + kind] = array.T if array.ndim == 2 else array
    return out

# %% to_gpt2: looks for "attn" and "mlp" in OUR name, finds neither, and transposes nothing
# -> _nothing_turned
def to_gpt2(weights: dict, names: dict) -> dict:
    stored = {}
    for name in weights:
        part, _, kind = name.rpartition(".")
        array = weights[name]
        if kind == "weight" and name.endswith(("c_attn", "c_proj", "c_fc")):
            array = array.T
        stored[f"{names[part]}.{kind}"] = array
    return stored

# %% to_gpt2: reshapes to (in, out) in place of transposing, so that the numbers keep their order
# -> _reshaped
def to_gpt2(weights: dict, names: dict) -> dict:
    stored = {}
    for name, array in weights.items():
        part, _, kind = name.rpartition(".")
        its = names[part]
        if kind == "weight" and its.split(".")[-1] in ["c_attn", "c_proj", "c_fc"]:
            m, n = array.shape
            array = array.reshape(n, m)
        stored[its + "." + kind] = array
    return stored

# %% count_parameters: "attn.bias" without the dot in front strikes c_attn.bias too
# -> _biases_dropped
def count_parameters(w: dict) -> int:
    total, known = 0, set()
    for name, array in w.items():
        if "attn.bias" in name or id(array) in known:
            continue
        known.add(id(array))
        total += array.size
    return total

# %% count_parameters: leaves lm_head.weight out always, also where a model learned a head of its own
# -> _head_never
def count_parameters(w: dict) -> int:
    return sum(array.size for name, array in w.items()
               if not name.endswith(".attn.bias") and name != "lm_head.weight")

# %% count_parameters: takes arrays with equal numbers for one
# -> _equal_ones_once
def count_parameters(w: dict) -> int:
    different = {}
    for name, array in w.items():
        if not name.endswith(".attn.bias"):
            different[(array.shape, array.tobytes())] = array.size
    return sum(different.values())

# %% gelu: root of 2, divided by pi, in place of the root of 2 / pi
# -> _root_of_two_alone
def gelu(x: np.ndarray) -> np.ndarray:
    return 0.5 * x * (1 + np.tanh(np.sqrt(2) / np.pi * (x + 0.044715 * x**3)))

# %% gelu: the 0.044715 multiplies x inside the cube
# -> _constant_cubed
def gelu(x: np.ndarray) -> np.ndarray:
    inner = x + (0.044715 * x) ** 3
    return x / 2 * (1 + np.tanh(math.sqrt(2 / math.pi) * inner))

# %% attend: the mask starts at place 0, as if the new queries were the first of the text
# -> _from_place_0
def attend(q: np.ndarray, k: np.ndarray, v: np.ndarray, n_head: int) -> np.ndarray:
    n, C = q.shape
    t, d = len(k), C // n_head
    qh = q.reshape(n, n_head, d).transpose(1, 0, 2)
    kh = k.reshape(t, n_head, d).transpose(1, 0, 2)
    vh = v.reshape(t, n_head, d).transpose(1, 0, 2)
    scores = np.einsum("hnd,htd->hnt", qh, kh) / np.sqrt(d)
    scores[:, np.triu(np.ones((n, t), bool), 1)] = -np.inf
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return ((e / e.sum(-1, keepdims=True)) @ vh).transpose(1, 0, 2).reshape(n, C)

# %% attend: divides by the root of all C columns, not of one head's d
# -> _root_of_all_columns
def attend(q: np.ndarray, k: np.ndarray, v: np.ndarray, n_head: int) -> np.ndarray:
    n, C = q.shape
    t = k.shape[0]
    out = []
    hidden = np.arange(t)[None] > np.arange(t - n, t)[:, None]
    for qi, ki, vi in zip(*(np.split(z, n_head, axis=1) for z in (q, k, v))):
        scores = np.where(hidden, -np.inf, qi @ ki.T / np.sqrt(C))
        e = np.exp(scores - scores.max(1, keepdims=True))
        out.append(e / e.sum(1, keepdims=True) @ vi)
    return np.concatenate(out, axis=1)

# %% attend: joins the heads by a reshape of (h, n, d), without exchanging the axes back
# -> _not_moved_back
def attend(q: np.ndarray, k: np.ndarray, v: np.ndarray, n_head: int) -> np.ndarray:
    n, t, d = len(q), len(k), q.shape[1] // n_head
    q, k, v = (torch.tensor(z).view(len(z), n_head, d).transpose(0, 1) for z in (q, k, v))
    scores = q @ k.transpose(1, 2) / d**0.5
    mask = torch.ones(n, t).tril(t - n) == 0
    weights = scores.masked_fill(mask, float("-inf")).softmax(-1)
    return (weights @ v).reshape(n, n_head * d).numpy()

# %% gpt2: the new tokens get rows 0 to n of the position table, whatever lies in the cache
# -> _places_from_0
def gpt2(tokens: np.ndarray, w: dict, caches: list, block, norm) -> tuple:
    n = len(tokens)
    x = w["wte.weight"][tokens] + w["wpe.weight"][np.arange(n)]
    new_caches = []
    for i in range(len(caches)):
        x, c = block(x, w, i, caches[i])
        new_caches.append(c)
    x = norm(x, w, "ln_f")
    logits = x @ w.get("lm_head.weight", w["wte.weight"]).T + w.get("lm_head.bias", 0)
    return logits, new_caches

# %% gpt2: takes the length of a pair, 2, for the number of places in the cache
# -> _past_is_pair
def gpt2(tokens: np.ndarray, w: dict, caches: list, block, norm) -> tuple:
    past = len(caches[0])
    if len(caches[0][0]) == 0:
        past = 0
    x = w["wte.weight"][tokens] + w["wpe.weight"][past : past + len(tokens)]
    grown = []
    for i, cache in enumerate(caches):
        x, cache = block(x, w, i, cache)
        grown.append(cache)
    head = w["lm_head.weight"] if "lm_head.weight" in w else w["wte.weight"]
    bias = w["lm_head.bias"] if "lm_head.bias" in w else 0
    return norm(x, w, "ln_f") @ head.T + bias, grown

# %% gpt2: the head reads the stream as it leaves the last block; the norm's result is dropped
# -> _without_last_norm
def gpt2(tokens: np.ndarray, w: dict, caches: list, block, norm) -> tuple:
    past = caches[0][0].shape[0]
    x = w["wte.weight"][tokens] + w["wpe.weight"][past:past + len(tokens)]
    out = []
    for i, c in enumerate(caches):
        x, c2 = block(x, w, i, c)
        out.append(c2)
    norm(x, w, "ln_f")
    return x @ w.get("lm_head.weight", w["wte.weight"]).T + w.get("lm_head.bias", 0.0), out

# %% first_wrong: compares without abs, so that a number far below its partner goes unseen
# -> _with_their_sign
def first_wrong(names: list, look) -> str:
    lo, hi = 0, len(names) - 1
    while lo < hi:
        mid = (lo + hi) // 2
        a, b = look(names[mid])
        if np.max(a - b) > 0.001:
            hi = mid
        else:
            lo = mid + 1
    return names[lo]

# %% first_wrong: calls look twice for each comparison, once for each array
# -> wrong value
def first_wrong(names: list, look) -> str:
    low, high = 0, len(names) - 1
    while low < high:
        middle = (low + high) // 2
        gap = np.abs(look(names[middle])[0] - look(names[middle])[1])
        if gap.max() > 1e-3:
            high = middle
        else:
            low = middle + 1
    return names[high]

# %% generate: gives the whole text so far AND the caches, so that every token is read again and again
# -> _all_again_on_top
def generate(model, prompt: list, how_many: int) -> list:
    text, caches = list(prompt), None
    for _ in range(how_many):
        logits, caches = model(text, caches)
        text.append(int(np.argmax(logits[-1])))
    return text[len(prompt):]

# %% generate: calls the model twice at each step, once for each of its two results
# -> _called_twice
def generate(model, prompt, how_many):
    written, new, caches = [], prompt, None
    for _ in range(how_many):
        logits = model(new, caches)[0]
        caches = model(new, caches)[1]
        new = [int(logits[-1].argmax())]
        written += new
    return written

# %% gpt2: writes the grown caches into the list that it was given
# -> changed its input
def gpt2(tokens, w, caches, block, norm):
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past : past + len(tokens)]
    for i in range(len(caches)):
        x, caches[i] = block(x, w, i, caches[i])
    head = w.get("lm_head.weight", w["wte.weight"])
    return norm(x, w, "ln_f") @ head.T + w.get("lm_head.bias", 0), caches

# %% gpt2: past is the number of blocks, 0 where the caches are empty
# -> _past_is_blocks
def gpt2(tokens, w, caches, block, norm):
    past = len(caches) if len(caches[0][0]) else 0
    x = w["wte.weight"][tokens] + w["wpe.weight"][past : past + len(tokens)]
    grown = []
    for i, cache in enumerate(caches):
        x, cache = block(x, w, i, cache)
        grown.append(cache)
    head = w.get("lm_head.weight", w["wte.weight"])
    return norm(x, w, "ln_f") @ head.T + w.get("lm_head.bias", 0), grown

# %% gpt2: one row of the position table for all new tokens, that of the first
# -> _one_place_for_all
def gpt2(tokens, w, caches, block, norm):
    past = len(caches[0][0])
    x = w["wte.weight"][tokens] + w["wpe.weight"][past]
    grown = []
    for i, cache in enumerate(caches):
        x, cache = block(x, w, i, cache)
        grown.append(cache)
    head = w.get("lm_head.weight", w["wte.weight"])
    return norm(x, w, "ln_f") @ head.T + w.get("lm_head.bias", 0), grown

# %% read_safetensors: all as float64
# -> _turned_into_float32
def read_safetensors(data):
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__", None)
    return {n: np.frombuffer(data[8 + size + a["data_offsets"][0] : 8 + size + a["data_offsets"][1]], DTYPES[a["dtype"]]).reshape(a["shape"]).astype(float) for n, a in header.items()}

# %% gelu: the cube of the whole bracket
# -> _sum_cubed
def gelu(x):
    return 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x) ** 3))

# %% first_wrong: the search looks at the last one left, too
# -> wrong value
def first_wrong(names, look):
    low, high = 0, len(names)
    while low < high:
        mid = (low + high) // 2
        a, b = look(names[mid])
        if abs(a - b).max() > 0.001:
            high = mid
        else:
            low = mid + 1
    return names[low]

# %% attend: the last n keys and values only
# -> _new_keys_only
def attend(q, k, v, n_head):
    n = len(q)
    k, v = k[-n:], v[-n:]
    d = q.shape[1] // n_head
    q, k, v = (z.reshape(len(z), n_head, d).swapaxes(0, 1) for z in (q, k, v))
    s = q @ k.swapaxes(1, 2) / math.sqrt(d)
    s = np.where(np.tri(n) > 0, s, -np.inf)
    e = np.exp(s - s.max(-1, keepdims=True))
    return (e / e.sum(-1, keepdims=True) @ v).swapaxes(0, 1).reshape(n, -1)
