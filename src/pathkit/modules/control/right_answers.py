# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% top_p: a loop that stops once the mass is held
def top_p(p, mass):
    out, held = np.zeros_like(p), 0.0
    for i in sorted(range(len(p)), key=lambda i: -p[i]):
        if held >= mass:
            break
        out[i] = p[i]
        held += p[i]
    return out / out.sum()

# %% top_p: the number kept by searchsorted
def top_p(p, mass):
    order = np.argsort(p)[::-1]
    n = np.searchsorted(np.cumsum(p[order]), mass) + 1
    out = np.zeros(len(p))
    out[order[:n]] = p[order[:n]]
    return out / out.sum()

# %% biased: through the logits and a softmax
def biased(p, token, bias):
    logits = np.log(p)
    logits[token] += bias
    weights = np.exp(logits - logits.max())
    return weights / weights.sum()

# %% biased: a list
def biased(p, token, bias):
    factors = [np.exp(bias) if i == token else 1 for i in range(len(p))]
    total = sum(x * f for x, f in zip(p, factors))
    return np.array([x * f / total for x, f in zip(p, factors)])

# %% walk: get, which gives None by itself
def walk(arrows, state, token):
    for c in token:
        state = arrows[state].get(c)
        if state is None:
            break
    return state

# %% walk: recursion
def walk(arrows, state, token):
    if not token:
        return state
    after = arrows[state].get(token[0])
    return None if after is None else walk(arrows, after, token[1:])

# %% slips: at the very start
slips = ("", "24")

# %% slips: a list, and letters in the token
slips = ["23", ":x"]

# %% can_finish: arrows turned round, then a search
def can_finish(arrows, accepting):
    back = {}
    for state, row in enumerate(arrows):
        for after in row.values():
            back.setdefault(after, []).append(state)
    found, todo = set(), list(accepting)
    while todo:
        state = todo.pop()
        if state not in found:
            found.add(state)
            todo.extend(back.get(state, []))
    return found

# %% can_finish: as many rounds as there are states, a list of booleans
def can_finish(arrows, accepting):
    alive = [s in accepting for s in range(len(arrows))]
    for _ in arrows:
        alive = [a or any(alive[t] for t in row.values()) for a, row in zip(alive, arrows)]
    return {s for s, a in enumerate(alive) if a}

# %% advance: recursion over names
def advance(rules, stack, character):
    if not stack:
        return None
    first, *rest = stack
    if first not in rules:
        return rest if first == character else None
    opened = rules[first].get(character, rules[first].get(""))
    return None if opened is None else advance(rules, [*opened.split(), *rest], character)

# %% advance: a reversed list with its top at the end
def advance(rules, stack, character):
    todo = stack[::-1]
    while todo:
        top = todo.pop()
        if top not in rules:
            return todo[::-1] if top == character else None
        row = rules[top]
        if character in row:
            todo += reversed(row[character].split())
        elif "" in row:
            todo += reversed(row[""].split())
        else:
            return None
    return None

# %% endings: rows put in front of a list
def endings(P, allowed):
    rows = [np.ones(len(P))]
    for spot in allowed[::-1]:
        rows.insert(0, P[:, spot] @ rows[0][spot])
    return np.array(rows)

# %% endings: loops over symbols
def endings(P, allowed):
    T, V = allowed.shape
    out = [[1.0] * V for _ in range(T + 1)]
    for t in range(T - 1, -1, -1):
        for v in range(V):
            out[t][v] = sum(P[v, w] * out[t + 1][w] for w in range(V) if allowed[t, w])
    return np.array(out)

# %% weighed: np.where
def weighed(p, allowed, good):
    w = np.where(allowed, p * good, 0)
    return w / np.sum(w)

# %% weighed: a list
def weighed(p, allowed, good):
    w = [float(a) * float(b) if ok else 0.0 for a, ok, b in zip(p, allowed, good)]
    return np.array(w) / sum(w)
