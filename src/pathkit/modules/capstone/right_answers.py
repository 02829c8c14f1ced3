# %% clean: line by line, with a list of the current paragraph
def clean(raw):
    lines = raw.splitlines()
    starts = [i for i, line in enumerate(lines) if line.startswith("*** START")]
    if starts:
        lines = lines[starts[0] + 1 :]
    ends = [i for i, line in enumerate(lines) if line.startswith("*** END")]
    if ends:
        lines = lines[: ends[0]]
    text, paragraph = "", []
    for line in [*lines, ""]:
        if line.strip():
            paragraph += line.split()
        elif paragraph:
            text += " ".join(paragraph) + "\n"
            paragraph = []
    return text

# %% clean: groups of lines
import itertools

def clean(raw):
    lines = [line.strip() if line[:3] != "***" else line for line in raw.splitlines()]
    for i, line in enumerate(lines):
        if line.startswith("*** START"):
            lines = lines[i + 1 :]
            break
    for i, line in enumerate(lines):
        if line.startswith("*** END"):
            lines = lines[:i]
            break
    groups = itertools.groupby(lines, key=bool)
    return "".join(" ".join(" ".join(g).split()) + "\n" for full, g in groups if full)

# %% parted: two loops
def parted(passages, every):
    training, test = [], []
    for i, passage in enumerate(passages):
        (test if (i + 1) % every == 0 else training).append(passage)
    return training, [passage for passage in test if passage not in training]

# %% parted: deletes every every-th place from a copy
def parted(passages: list[str], every: int):
    training = list(passages)
    del training[every - 1 :: every]
    test = passages[every - 1 :: every]
    return (training, list(filter(lambda p: training.count(p) == 0, test)))

# %% per_byte: joins the bytes
def per_byte(bits, tokens, strings):
    return sum(bits) / len(b"".join(strings[t] for t in tokens))

# %% per_byte: an array of lengths
def per_byte(bits, tokens, strings):
    lengths = np.array([len(s) for s in strings])
    return bits.sum() / lengths[np.asarray(tokens)].sum()

# %% blended: a list and loops
def blended(rows, size):
    p = [1 / size] * size
    for row in rows:
        if not row:
            continue
        n, u = sum(row.values()), len(row)
        p = [(row.get(i, 0) + u * q) / (n + u) for i, q in enumerate(p)]
    return np.array(p)

# %% blended: recursive, the longest context last
def blended(rows, size):
    if not rows:
        return np.ones(size) / size
    shorter = blended(rows[:-1], size)
    row = rows[-1]
    if not row:
        return shorter
    counts = np.zeros(size)
    counts[list(row)] = list(row.values())
    return (counts + len(row) * shorter) / (counts.sum() + len(row))

# %% lead: with math and loops
import math

def lead(a, b, n):
    m, total = len(n), sum(n)
    d = [y - x for x, y in zip(a, b)]
    D = sum(d) / total
    squares = sum((x - D * size) ** 2 for x, size in zip(d, n))
    return D, 1.96 * math.sqrt(m / (m - 1) * squares) / total

# %% lead: by the mean and the standard deviation of the strays
def lead(a, b, n):
    difference = b - a
    D = difference.mean() / n.mean()
    e = difference - D * n
    return [D, 1.96 * e.std(ddof=1) / (n.mean() * len(n) ** 0.5)]

# %% constrained: minus infinity, then a softmax
def constrained(logits, allowed):
    scores = np.where(allowed, logits, -np.inf)
    top = logits.max()
    kept = np.exp(scores - top)
    bits = np.log2(np.exp(logits - top).sum()) - np.log2(kept.sum())
    return kept / kept.sum(), bits

# %% constrained: chances first, then a list
def constrained(logits, allowed):
    p = np.exp(logits - logits.max())
    p /= p.sum()
    share = p[allowed].sum()
    q = np.array([float(x) / share if ok else 0.0 for x, ok in zip(p, allowed)])
    return q, -math.log2(share)

# %% given_away: two loops
def given_away(read, unread):
    right = 0
    for a in read:
        for b in unread:
            right += 1 if a < b else 0.5 if a == b else 0
    return right / (len(read) * len(unread))

# %% given_away: by signs
def given_away(read, unread):
    return (1 + np.sign(unread[None, :] - read[:, None]).mean()) / 2

# %% reason_against: a loop that keeps the worst
def reason_against(facts):
    worst = facts[0]
    for fact in facts[1:]:
        if fact[1] / fact[2] > worst[1] / worst[2]:
            worst = fact
    return "Don't use it: {} is {:.2f}, and {:.2f} would be bearable.".format(*worst)

# %% reason_against: sorted by the ratio, which keeps the order of equals
def reason_against(facts):
    what, a, b = sorted(facts, key=lambda f: -f[1] / f[2])[0]
    return f"Don't use it: {what} is {a:.2f}, and {b:.2f} would be bearable."
