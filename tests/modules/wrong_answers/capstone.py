# Wrong answers to the exercises of capstone: the exercise, then the true cause.

# %% clean: cuts at END of any line, by split
# -> wrong value
def clean(raw):
    text = raw.replace("\r\n", "\n")
    if "*** START" in text:
        text = text.split("*** START", 1)[1].split("\n", 1)[1]
    if "*** END" in text:
        text = text.split("*** END", 1)[0]
    return "".join(" ".join(p.split()) + "\n" for p in text.split("\n\n") if p.strip())

# %% clean: only a line without any character parts paragraphs
# -> wrong value
def clean(raw):
    lines = raw.splitlines()
    for i, line in enumerate(lines):
        if line.startswith("*** START"):
            lines = lines[i + 1:]
            break
    for i, line in enumerate(lines):
        if line.startswith("*** END"):
            lines = lines[:i]
            break
    text = "\n".join(lines)
    return "".join(" ".join(p.split()) + "\n" for p in text.split("\n\n") if p.split())

# %% clean: page lines kept within a paragraph
# -> wrong value
import re

def clean(raw):
    text = "\n" + raw.replace("\r\n", "\n")
    m = re.search(r"\n\*\*\* START.*", text)
    if m:
        text = text[m.end():]
    m = re.search(r"\n\*\*\* END", text)
    if m:
        text = text[:m.start()]
    return re.sub(r"\n\s*\n", "\n", text).strip() + "\n"

# %% clean: the frame stays
# -> _frame_kept
def clean(raw):
    return "".join(" ".join(p.split()) + "\n"
                   for p in raw.replace("\r\n", "\n").split("\n\n") if p.strip())

# %% parted: the leak stays
# -> _leaks
def parted(passages, every):
    test = passages[every - 1::every]
    return [p for i, p in enumerate(passages) if (i + 1) % every], test

# %% parted: place 0 is the first of the test
# -> _begins_at_0
def parted(passages, every):
    training = [p for i, p in enumerate(passages) if i % every]
    return training, [p for p in passages[::every] if p not in training]

# %% parted: drops from training by value, so repeats vanish there
# -> _training_gives_way
def parted(passages, every):
    test = passages[every - 1::every]
    training = [p for p in passages if p not in test]
    return training, test

# %% parted: sets, so the order and repeats are lost
# -> _test_without_repeats
def parted(passages, every):
    training = [p for i, p in enumerate(passages) if i % every != every - 1]
    return training, sorted(set(passages[every - 1::every]) - set(training))

# %% parted: first four fifths to train on
# -> wrong shape
def parted(passages, every):
    cut = len(passages) * (every - 1) // every
    training = passages[:cut]
    return training, [p for p in passages[cut:] if p not in training]

# %% per_byte: characters of the decoded text
# -> _characters
def per_byte(bits, tokens, strings):
    text = b"".join(strings[t] for t in tokens).decode(errors="replace")
    return bits.sum() / len(text)

# %% per_byte: ignores what can't be decoded
# -> _ignored
def per_byte(bits, tokens, strings):
    n = sum(len(strings[t].decode(errors="ignore").encode()) for t in tokens)
    return bits.sum() / max(n, 1)

# %% per_byte: the mean cost of a token
# -> _per_token
def per_byte(bits, tokens, strings):
    return bits.mean()

# %% per_byte: joined first, and decoded with replacement
# -> _joined_first
def per_byte(bits, tokens, strings):
    joined = b"".join(strings[t] for t in tokens)
    return bits.sum() / len(joined.decode(errors="replace").encode())

# %% per_byte: bytes over bits
# -> located
def per_byte(bits, tokens, strings):
    return sum(len(strings[t]) for t in tokens) / bits.sum()

# %% blended: N forgotten below the old chances
# -> located
def blended(rows, size):
    p = np.full(size, 1 / size)
    for row in rows:
        if row:
            N, u = sum(row.values()), len(row)
            p = u * p
            for token, c in row.items():
                p[token] += c
            p = p / N
    return p

# %% blended: from the longest context
# -> _longest_first
def blended(rows, size):
    p = np.full(size, 1 / size)
    for row in reversed(rows):
        if row:
            N, u = sum(row.values()), len(row)
            c = np.array([row.get(i, 0) for i in range(size)])
            p = (c + u * p) / (N + u)
    return p

# %% blended: stops at an empty row
# -> _stops_at_empty
def blended(rows, size):
    p = np.full(size, 1 / size)
    for row in rows:
        if not row:
            return p
        N, u = sum(row.values()), len(row)
        c = np.array([row.get(i, 0) for i in range(size)])
        p = (c + u * p) / (N + u)
    return p

# %% blended: u from the size of the alphabet
# -> _weight_of_all
def blended(rows, size):
    p = np.ones(size) / size
    for row in rows:
        if row:
            c = np.array([row.get(i, 0) for i in range(size)])
            p = (c + size * p) / (c.sum() + size)
    return p

# %% blended: only tokens that were seen are updated
# -> _seen_alone
def blended(rows, size):
    p = np.full(size, 1 / size)
    for row in rows:
        N, u = sum(row.values()), len(row)
        for token, c in row.items():
            p[token] = (c + u * p[token]) / (N + u)
    return p

# %% lead: a minus b
# -> _turned_round
def lead(a, b, n):
    m = len(n)
    D = (a - b).sum() / n.sum()
    e = (a - b) - D * n
    return D, 1.96 * np.sqrt(m / (m - 1) * (e**2).sum()) / n.sum()

# %% lead: means of the rates
# -> _mean_of_rates
def lead(a, b, n):
    r = (b - a) / n
    return r.mean(), 1.96 * r.std(ddof=1) / np.sqrt(len(r))

# %% lead: without m / (m - 1)
# -> _without_factor
def lead(a, b, n):
    D = (b - a).sum() / n.sum()
    e = b - a - D * n
    return D, 1.96 * np.sqrt((e**2).sum()) / n.sum()

# %% lead: m / (m - 1) outside the root
# -> located
def lead(a, b, n):
    m = len(n)
    D = (b - a).sum() / n.sum()
    e = b - a - D * n
    return D, 1.96 * m / (m - 1) * np.sqrt((e**2).sum()) / n.sum()

# %% lead: the strays aren't squared
# -> wrong value
def lead(a, b, n):
    m = len(n)
    D = (b - a).sum() / n.sum()
    e = b - a - D * n
    return D, 1.96 * np.sqrt(m / (m - 1) * np.abs(e).sum()) / n.sum()

# %% constrained: forbidden logits are 0
# -> _zero_logits
def constrained(logits, allowed):
    scores = logits * allowed
    w = np.exp(scores - scores.max())
    p = np.exp(logits - logits.max())
    p = p / p.sum()
    return w / w.sum(), -np.log2(p[allowed].sum())

# %% constrained: not divided again
# -> _sums_to_less
def constrained(logits, allowed):
    p = np.exp(logits - logits.max())
    p = p / p.sum()
    return p * allowed, -np.log2((p * allowed).sum())

# %% constrained: nats
# -> _cost_in_nats
def constrained(logits, allowed):
    p = np.exp(logits - logits.max())
    p = p / p.sum()
    share = p[allowed].sum()
    return np.where(allowed, p, 0) / share, -np.log(share)

# %% constrained: only the allowed tokens come back
# -> wrong shape
def constrained(logits, allowed):
    p = np.exp(logits - logits.max())
    p = p / p.sum()
    share = p[allowed].sum()
    return p[allowed] / share, -np.log2(share)

# %% constrained: the cost after dividing again, which is always 0
# -> _cost_of_the_whole
def constrained(logits, allowed):
    p = np.exp(logits - logits.max())
    kept = np.where(allowed, p, 0)
    kept = kept / kept.sum()
    return kept, -np.log2(kept.sum())

# %% given_away: dearer counts as read
# -> _sides_exchanged
def given_away(read, unread):
    return np.mean(read[:, None] > unread) + np.mean(read[:, None] == unread) / 2

# %% given_away: ties lost
# -> _ties_lost
def given_away(read, unread):
    return sum(a < b for a in read for b in unread) / (len(read) * len(unread))

# %% given_away: divides by the sum of both lengths
# -> wrong value
def given_away(read, unread):
    wins = sum((a < b) + (a == b) / 2 for a in read for b in unread)
    return wins / (len(read) + len(unread))

# %% given_away: zip of the two
# -> _place_by_place
def given_away(read, unread):
    pairs = list(zip(read, unread))
    return sum((a < b) + (a == b) / 2 for a, b in pairs) / len(pairs)

# %% reason_against: the largest difference
# -> _by_difference
def reason_against(facts):
    w, a, b = max(facts, key=lambda f: f[1] - f[2])
    return f"Don't use it: {w} is {a:.2f}, and {b:.2f} would be bearable."

# %% reason_against: nothing where all is bearable
# -> _silent
def reason_against(facts):
    bad = [f for f in facts if f[1] > f[2]]
    if not bad:
        return "No reason against it."
    w, a, b = max(bad, key=lambda f: f[1] / f[2])
    return f"Don't use it: {w} is {a:.2f}, and {b:.2f} would be bearable."

# %% reason_against: one digit
# -> wrong value
def reason_against(facts):
    w, a, b = max(facts, key=lambda f: f[1] / f[2])
    return f"Don't use it: {w} is {a:.1f}, and {b:.1f} would be bearable."

# %% reason_against: two significant digits in place of two behind the point
# -> wrong value
def reason_against(facts):
    w, a, b = max(facts, key=lambda f: f[1] / f[2])
    return f"Don't use it: {w} is {a:.2}, and {b:.2} would be bearable."

# %% clean: raises "ValueError: substring not found"
def clean(raw):
    text = raw[raw.index("*** START"):]
    return text[: text.index("*** END")]

# %% clean: raises "StopIteration"
def clean(raw):
    lines = raw.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("*** START"))
    return "\n".join(lines[first + 1:])

# %% clean: raises "AttributeError: 'NoneType' object has no attribute"
import re

def clean(raw):
    return raw[re.search(r"\*\*\* START.*", raw).end():]

# %% parted: raises "TypeError: unhashable type: 'list'"
def parted(passages, every):
    known = {passages[: every - 1]}
    return known, passages

# %% parted: raises "ValueError: list.remove(x): x not in list"
def parted(passages, every):
    training = list(passages)
    for p in set(passages[every - 1::every]):
        training.remove(p)
        training.remove(p)
    return training, passages[every - 1::every]

# %% per_byte: raises "UnicodeDecodeError"
def per_byte(bits, tokens, strings):
    return bits.sum() / sum(len(strings[t].decode().encode()) for t in tokens)

# %% per_byte: raises "AttributeError: 'bytes' object has no attribute 'encode'"
def per_byte(bits, tokens, strings):
    return bits.sum() / sum(len(strings[t].encode()) for t in tokens)

# %% per_byte: raises "ZeroDivisionError"
def per_byte(bits, tokens, strings):
    return sum(float(b) / len(strings[t]) for b, t in zip(bits, tokens))

# %% blended: raises "ZeroDivisionError"
def blended(rows, size):
    p = [1 / size] * size
    for row in rows:
        n, u = sum(row.values()), len(row)
        p = [(row.get(i, 0) + u * q) / (n + u) for i, q in enumerate(p)]
    return np.array(p)

# %% blended: raises "TypeError: unsupported operand type(s) for +: 'int' and 'dict'"
def blended(rows, size):
    return np.full(size, 1 / sum(rows))

# %% blended: raises "IndexError: index"
def blended(rows, size):
    p = np.full(len(rows[0]), 1 / size)
    for row in rows:
        for token, count in row.items():
            p[token] += count
    return p

# %% lead: raises "TypeError: unsupported operand type(s) for -: 'list'"
def lead(a, b, n):
    d = list(b) - list(a)
    return sum(d) / sum(n), 0.0

# %% lead: raises "ZeroDivisionError"
def lead(a, b, n):
    m = np.ndim(n)
    return (b - a).sum() / n.sum(), m / (m - 1)

# %% constrained: raises "RuntimeWarning: overflow encountered in exp"
def constrained(logits, allowed):
    w = np.exp(logits)
    kept = np.where(allowed, w, 0)
    return kept / kept.sum(), -np.log2(kept.sum() / w.sum())

# %% constrained: raises "RuntimeWarning: invalid value encountered"
def constrained(logits, allowed):
    w = np.exp(logits)
    kept = np.where(allowed, w, 0)
    return kept / kept.sum(), -np.log2(kept.sum() / w.sum())

# %% constrained: raises "IndexError: boolean index did not match"
def constrained(logits, allowed):
    p = np.exp(logits - logits.max())
    return p, -np.log2(p[:-1][allowed].sum() / p.sum())

# %% given_away: raises "ValueError: operands could not be broadcast"
def given_away(read, unread):
    return np.mean(read < unread)

# %% given_away: raises "TypeError: list indices must be integers"
def given_away(read, unread):
    return np.mean(list(read)[:, None] < unread)

# %% reason_against: raises "TypeError: '>' not supported between instances of 'str' and 'float'"
def reason_against(facts):
    worst = max(fact[0] > fact[2] for fact in facts)
    return str(worst)

# %% reason_against: raises "ValueError: too many values to unpack"
def reason_against(facts):
    what, measured = facts[0]
    return what
