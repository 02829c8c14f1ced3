# %% top_p: a loop that stops after the crossing symbol
def top_p(p: np.ndarray, mass: float) -> np.ndarray:
    kept, total = np.zeros(len(p)), 0.0
    for i in sorted(range(len(p)), key=lambda i: p[i], reverse=True):
        kept[i] = p[i]
        total += p[i]
        if total >= mass:
            break
    return kept / total

# %% biased: logits and a stable softmax
def biased(p: np.ndarray, token: int, bias: float) -> np.ndarray:
    logits = np.log(p)
    logits[token] = logits[token] + bias
    exps = np.exp(logits - logits.max())
    return exps / exps.sum()

# %% walk: recursion
def walk(arrows: list[dict[str, int]], state: int, token: str) -> int | None:
    if token == "":
        return state
    after = arrows[state].get(token[0])
    return None if after is None else walk(arrows, after, token[1:])

# %% slips: a list, in the middle of a time
slips = ["1", "9:7"]

# %% can_finish: a search from each state
def can_finish(arrows: list[dict[str, int]], accepting: set[int]) -> set[int]:
    result = set()
    for start in range(len(arrows)):
        seen, todo = {start}, [start]
        while todo:
            state = todo.pop()
            if state in accepting:
                result.add(start)
                break
            for after in arrows[state].values():
                if after not in seen:
                    seen.add(after)
                    todo.append(after)
    return result

# %% advance: recursion with try and except
def advance(rules: dict[str, dict[str, str]], stack: list[str], character: str) -> list[str] | None:
    if not stack:
        return None
    first, *rest = stack
    if first in rules:
        try:
            rule = rules[first][character]
        except KeyError:
            if "" not in rules[first]:
                return None
            rule = rules[first][""]
        return advance(rules, rule.split() + rest, character)
    return rest if first == character else None

# %% endings: rows put in front, a sum for each symbol
def endings(P: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    T, V = allowed.shape
    rows = [np.ones(V)]
    for t in range(T - 1, -1, -1):
        rows.insert(0, np.array([sum(P[s, n] * rows[0][n] for n in range(V) if allowed[t, n])
                                 for s in range(V)]))
    return np.array(rows)
