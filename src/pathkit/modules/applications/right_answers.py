# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% bm25: one passage after the other, counts by Counter
def bm25(query, passages, k1=1.5, b=0.75):
    from collections import Counter

    counts = [Counter(one) for one in passages]
    average = sum(len(one) for one in passages) / len(passages)
    result = []
    for one, count in zip(passages, counts):
        norm = k1 * (1 - b + b * len(one) / average)
        score = 0
        for word in query:
            holds = sum(1 for c in counts if c[word])
            weight = math.log((len(passages) + 1) / (holds + 0.5))
            score += weight * count[word] * (k1 + 1) / (count[word] + norm)
        result.append(score)
    return result

# %% bm25: NumPy arrays
def bm25(query, passages, k1=1.5, b=0.75):
    lengths = np.array([len(one) for one in passages])
    scores = np.zeros(len(passages))
    for word in query:
        f = np.array([one.count(word) for one in passages])
        n = (f > 0).sum()
        idf = np.log1p((len(passages) - n + 0.5) / (n + 0.5))
        scores += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * lengths / lengths.mean()))
    return scores

# %% recall_at_k: a loop that counts
def recall_at_k(rankings, relevant, k):
    total = 0
    for ranking, wanted in zip(rankings, relevant):
        found = 0
        for passage in ranking[:k]:
            if passage in wanted:
                found += 1
        total += found / len(wanted)
    return total / len(rankings)

# %% recall_at_k: NumPy's mean
def recall_at_k(rankings, relevant, k):
    return np.mean([len(set(r[:k]).intersection(w)) / len(w) for r, w in zip(rankings, relevant)])

# %% mean_reciprocal_rank: next with a default
def mean_reciprocal_rank(rankings, relevant):
    scores = [next((1 / i for i, p in enumerate(r, start=1) if p in w), 0)
              for r, w in zip(rankings, relevant)]
    return sum(scores) / len(scores)

# %% mean_reciprocal_rank: the smallest place
def mean_reciprocal_rank(rankings, relevant):
    scores = []
    for ranking, wanted in zip(rankings, relevant):
        places = [ranking.index(p) + 1 for p in wanted if p in ranking]
        scores.append(1 / min(places) if places else 0.0)
    return np.mean(scores)

# %% price: millions first
def price(sent, written, price_in, price_out):
    return sent / 1e6 * price_in + written / 1e6 * price_out

# %% price: a dot product
def price(sent, written, price_in, price_out):
    return np.dot([sent, written], [price_in, price_out]) * 1e-6

# %% cache_hits: a list, the oldest first
def cache_hits(questions, room):
    memory, hits = [], 0
    for question in questions:
        if question in memory:
            hits += 1
            memory.remove(question)
        memory.append(question)
        if len(memory) > room:
            del memory[0]
    return hits

# %% cache_hits: the different questions since it was last asked
def cache_hits(questions, room):
    hits = 0
    for i, question in enumerate(questions):
        earlier = [j for j in range(i) if questions[j] == question]
        if earlier and len(set(questions[earlier[-1] : i])) <= room:
            hits += 1
    return hits

# %% allowed: one refusal after the other
def allowed(command, programs, marks=";&|<>$`\n"):
    for mark in marks:
        if mark in command:
            return False
    words = command.split()
    if not words:
        return False
    return words[0] in programs

# %% allowed: sets
def allowed(command, programs, marks=";&|<>$`\n"):
    first = set(command.split()[:1])
    return len(first & set(programs)) == 1 and set(command).isdisjoint(marks)

# %% fits: a helper that calls itself
def fits(reply, kind):
    def right(value, kind):
        if kind.startswith("list["):
            return isinstance(value, list) and all(right(v, kind[5:-1]) for v in value)
        return type(value).__name__ == kind

    try:
        return right(json.loads(reply), kind)
    except json.JSONDecodeError:
        return False

# %% fits: bools are sorted out before isinstance
def fits(reply, kind):
    try:
        value = json.loads(reply)
    except ValueError:
        return False
    items = value if kind.startswith("list") else [value]
    if not isinstance(items, list):
        return False
    name = kind.replace("list[", "").replace("]", "")
    if name == "bool":
        return all(isinstance(item, bool) for item in items)
    type_ = {"int": int, "str": str}[name]
    return all(isinstance(item, type_) and not isinstance(item, bool) for item in items)

# %% breaks_quotes: an apostrophe of its own closes what is left open
breaks_quotes = "it's Ann's; echo gotcha'"

# %% breaks_quotes: two ampersands, and the rest in a variable of the message
breaks_quotes = "'x' && echo gotcha #"
