# %% read_safetensors: slices the tail, struct, writable copies, comprehension
import struct

def read_safetensors(data: bytes) -> dict:
    [size] = struct.unpack("<Q", data[:8])
    header, tail = json.loads(data[8:8 + size].decode("utf-8")), data[8 + size:]
    header.pop("__metadata__", None)
    return {
        name: np.array(np.frombuffer(tail[slice(*about["data_offsets"])], DTYPES[about["dtype"]])
                       .reshape(about["shape"]))
        for name, about in header.items()
    }

# %% to_gpt2: loops over the parts, transposes copies, .T on biases too (no effect)
def to_gpt2(weights: dict, names: dict) -> dict:
    stored = {}
    for ours, its in names.items():
        for kind in ("weight", "bias"):
            if ours + "." + kind in weights:
                array = weights[ours + "." + kind]
                if its.split(".")[-1] in ("c_attn", "c_proj", "c_fc"):
                    array = np.ascontiguousarray(array.T)
                stored[its + "." + kind] = array
    return stored

# %% count_parameters: list and `is`, masks by a regular expression
import re

def count_parameters(w: dict) -> int:
    total, met = 0, []
    for name in w:
        if re.fullmatch(r"h\.\d+\.attn\.bias", name):
            continue
        if any(w[name] is other for other in met):
            continue
        met.append(w[name])
        total += int(np.prod(w[name].shape))
    return total

# %% gelu: by a sigmoid, since (1 + tanh z) / 2 is the sigmoid of 2z; np.sqrt makes it float64
def gelu(x: np.ndarray) -> np.ndarray:
    inner = np.sqrt(2 / np.pi) * (x + 0.044715 * np.power(x, 3))
    with np.errstate(over="ignore"):
        return x / (1 + np.exp(-2 * inner))

# %% attend: a loop over heads and over queries, each sees a slice, no mask at all
def attend(q: np.ndarray, k: np.ndarray, v: np.ndarray, n_head: int) -> np.ndarray:
    n, t, d = len(q), len(k), q.shape[1] // n_head
    mixed = np.zeros_like(v[:n])
    for i in range(n_head):
        mine = slice(i * d, i * d + d)
        for row in range(n):
            seen = t - n + row + 1
            scores = k[:seen, mine] @ q[row, mine] / math.sqrt(d)
            weights = np.exp(scores - scores.max())
            mixed[row, mine] = weights @ v[:seen, mine] / weights.sum()
    return mixed

# %% gpt2: a loop over the new tokens, np.take, if and else for the head
def gpt2(tokens: np.ndarray, w: dict, caches: list, block, norm) -> tuple:
    past = len(caches[-1][1])
    places = np.arange(past, past + len(tokens))
    x = np.take(w["wte.weight"], tokens, axis=0) + np.take(w["wpe.weight"], places, axis=0)
    grown = []
    for i, cache in enumerate(caches):
        x, new = block(x, w, i, cache)
        grown += [new]
    if "lm_head.weight" in w:
        head = w["lm_head.weight"]
    else:
        head = w["wte.weight"]
    logits = np.einsum("nc,vc->nv", norm(x, w, "ln_f"), head)
    if "lm_head.bias" in w:
        logits = logits + w["lm_head.bias"]
    return logits, grown

# %% first_wrong: bisect with a key
import bisect

def first_wrong(names: list, look) -> str:
    def differ(name):
        ours, theirs = look(name)
        return bool((np.abs(ours - theirs) > 0.001).any())
    return names[bisect.bisect_left(names[:-1], True, key=differ)]

# %% generate: the call for the next token at the end, so that the last one isn't used
def generate(model, prompt: list, how_many: int) -> list:
    logits, caches = model(prompt, None)
    written = []
    while len(written) < how_many:
        written.append(np.argsort(logits[-1])[-1].item())
        logits, caches = model(written[-1:], caches)
    return written
