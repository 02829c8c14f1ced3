# Wrong answers to the exercises of control: the exercise, then the true cause.

# %% top_p: the crossing symbol is dropped, by a loop
# -> _top_p_drops_crossing
def top_p(p, mass):
    out, held = np.zeros_like(p), 0.0
    for i in np.argsort(-p):
        if held + p[i] > mass:
            break
        out[i] = p[i]
        held += p[i]
    return out / max(out.sum(), 1e-300)

# %% top_p: sorted the wrong way
# -> _top_p_ascending
def top_p(p, mass):
    order = np.argsort(p)
    n = np.searchsorted(np.cumsum(p[order]), mass) + 1
    out = np.zeros_like(p)
    out[order[:n]] = p[order[:n]]
    return out / out.sum()

# %% top_p: not divided by the sum
# -> _top_p_hole
def top_p(p, mass):
    out, held = np.zeros_like(p), 0.0
    for i in np.argsort(-p):
        if held < mass:
            out[i] = p[i]
        held += p[i]
    return out

# %% top_p: the kept ones come back in the order of size
# -> _top_p_by_size
def top_p(p, mass):
    q = np.sort(p)[::-1]
    q = np.where(np.cumsum(q) - q < mass, q, 0)
    return q / q.sum()

# %% top_p: everything below 1 - mass is dropped
# -> _top_p_threshold
def top_p(p, mass):
    out = np.where(p > 1 - mass, p, 0)
    return out / max(out.sum(), 1e-300)

# %% top_p: no sort
# -> _top_p_unsorted
def top_p(p, mass):
    out = p.copy()
    out[np.cumsum(p) - p >= mass] = 0
    return out / out.sum()

# %% biased: added to the probability, then divided
# -> _bias_on_probability
def biased(p, token, bias):
    q = p.copy()
    q[token] += bias
    return q / q.sum()

# %% biased: softmax of the probabilities
# -> _bias_softmax_of_p
def biased(p, token, bias):
    logits = p.copy()
    logits[token] += bias
    w = np.exp(logits)
    return w / w.sum()

# %% biased: only the one symbol changes
# -> _bias_no_sum
def biased(p, token, bias):
    q = p.copy()
    q[token] = q[token] * np.exp(bias)
    return q

# %% biased: changes p itself
# -> changed its input
def biased(p, token, bias):
    p[token] *= np.exp(bias)
    return p / p.sum()

# %% biased: the bias divides
# -> _bias_sign
def biased(p, token, bias):
    q = p.copy()
    q[token] /= np.exp(bias)
    return q / q.sum()

# %% walk: begins at the start
# -> _walk_from_start
def walk(arrows, state, token):
    here = 0
    for c in token:
        here = arrows[here].get(c)
        if here is None:
            return None
    return here

# %% walk: returns a boolean
# -> _walk_boolean
def walk(arrows, state, token):
    for c in token:
        if c not in arrows[state]:
            return False
        state = arrows[state][c]
    return True

# %% walk: stops at a missing arrow with the state so far
# -> _walk_skips
def walk(arrows, state, token):
    for c in token:
        if c not in arrows[state]:
            return state
        state = arrows[state][c]
    return state

# %% walk: the first character
# -> _walk_first
def walk(arrows, state, token):
    if token == "":
        return state
    return arrows[state].get(token[0], None)

# %% walk: returns after the first round
# -> _walk_first
def walk(arrows, state, token):
    for c in token:
        if c not in arrows[state]:
            return None
        state = arrows[state][c]
        return state
    return state

# %% slips: refused at once
# -> _slips_refused
slips = ("", "9:30")

# %% slips: the token fits
# -> _slips_fits
slips = ("2", "3:5")

# %% slips: the pair the other way round
# -> _slips_lost_already
slips = ("24", "")

# %% slips: only the token
# -> _slips_no_pair
slips = "24"

# %% can_finish: one round
# -> _finish_one_step
def can_finish(arrows, accepting):
    found = set(accepting)
    for s, row in enumerate(arrows):
        if set(row.values()) & accepting:
            found.add(s)
    return found

# %% can_finish: reached from the start
# -> _finish_from_start
def can_finish(arrows, accepting):
    seen, todo = {0}, [0]
    for s in todo:
        for t in arrows[s].values():
            if t not in seen:
                seen.add(t)
                todo.append(t)
    return seen

# %% can_finish: states with an arrow
# -> _finish_any_arrow
def can_finish(arrows, accepting):
    return {s for s, row in enumerate(arrows) if row or s in accepting}

# %% can_finish: fills the set that was handed in
# -> _finish_fills_given
def can_finish(arrows, accepting):
    for _ in arrows:
        for s, row in enumerate(arrows):
            if any(t in accepting for t in row.values()):
                accepting.add(s)
    return accepting

# %% advance: no loop
# -> _advance_once
def advance(rules, stack, character):
    if not stack:
        return None
    if stack[0] in rules:
        row = rules[stack[0]]
        if character not in row and "" not in row:
            return None
        stack = row.get(character, row.get("")).split() + stack[1:]
    return stack[1:] if stack and stack[0] == character else None

# %% advance: takes from the list that was handed in
# -> _advance_in_place
def advance(rules, stack, character):
    while stack and stack[0] in rules:
        row = rules[stack.pop(0)]
        if character not in row and "" not in row:
            return None
        stack[:0] = row.get(character, row.get("")).split()
    return stack[1:] if stack[:1] == [character] else None

# %% advance: an empty name is not taken off
# -> _advance_no_empty
def advance(rules, stack, character):
    while stack and stack[0] in rules:
        row = rules[stack[0]]
        if character not in row:
            return None
        stack = row[character].split() + stack[1:]
    return stack[1:] if stack[:1] == [character] else None

# %% advance: the rule goes to the end
# -> _advance_queue
def advance(rules, stack, character):
    while stack and stack[0] in rules:
        row = rules[stack[0]]
        if character not in row and "" not in row:
            return None
        stack = stack[1:] + row.get(character, row.get("")).split()
    return stack[1:] if stack[:1] == [character] else None

# %% endings: the mask is forgotten
# -> _endings_unmasked
def endings(P, allowed):
    beta = np.ones((len(allowed) + 1, len(P)))
    for t in range(len(allowed) - 1, -1, -1):
        beta[t] = P @ beta[t + 1]
    return beta

# %% endings: columns for rows
# -> _endings_transposed
def endings(P, allowed):
    beta = np.ones((len(allowed) + 1, len(P)))
    for t in range(len(allowed) - 1, -1, -1):
        beta[t] = (allowed[t] * beta[t + 1]) @ P
    return beta

# %% endings: the mask of the symbol before
# -> _endings_masks_before
def endings(P, allowed):
    beta = np.ones((len(allowed) + 1, len(P)))
    for t in range(len(allowed) - 1, -1, -1):
        beta[t] = allowed[t] * (P @ beta[t + 1])
    return beta

# %% endings: no last row
# -> _endings_without_last
def endings(P, allowed):
    beta = np.ones((len(allowed) + 1, len(P)))
    for t in range(len(allowed) - 1, -1, -1):
        beta[t] = P @ (allowed[t] * beta[t + 1])
    return beta[:-1]

# %% endings: divided at each step
# -> _endings_divided
def endings(P, allowed):
    rows = [np.ones(len(P))]
    for spot in allowed[::-1]:
        row = P @ (spot * rows[-1])
        rows.append(row / row.sum() if row.sum() else row)
    return np.array(rows[::-1])

# %% weighed: the mask alone
# -> _weighed_mask_only
def weighed(p, allowed, good):
    q = np.where(allowed, p, 0)
    return q / q.sum()

# %% weighed: not divided
# -> _weighed_hole
def weighed(p, allowed, good):
    return np.where(allowed, p * good, 0)

# %% weighed: divided before the endings come in
# -> _weighed_hole
def weighed(p, allowed, good):
    q = p * allowed
    return q / q.sum() * good

# %% weighed: the endings alone
# -> _weighed_without_model
def weighed(p, allowed, good):
    q = np.where(allowed, good, 0)
    return q / q.sum()

# %% top_p: leaves out the symbol that crosses the line
# -> _top_p_drops_crossing
def top_p(p: np.ndarray, mass: float) -> np.ndarray:
    order = np.argsort(-p)
    total, kept = 0.0, np.zeros_like(p)
    for i in order:
        total += p[i]
        if total > mass:
            break
        kept[i] = p[i]
    return kept / kept.sum() if kept.sum() > 0 else kept

# %% top_p: keeps each symbol whose own probability is at least 1 - mass
# -> _top_p_threshold
def top_p(p: np.ndarray, mass: float) -> np.ndarray:
    kept = p * (p >= 1 - mass)
    if kept.sum() == 0:
        kept = p * (p == p.max())
    return kept / kept.sum()

# %% top_p: searchsorted gives a place, used as a count: one symbol too few, at least one
# -> _top_p_drops_crossing
def top_p(p: np.ndarray, mass: float) -> np.ndarray:
    order = np.argsort(p)[::-1]
    count = max(1, np.searchsorted(np.cumsum(p[order]), mass))
    kept = np.zeros_like(p)
    kept[order[:count]] = p[order[:count]]
    return kept / kept.sum()

# %% top_p: returns the probabilities in sorted order, not at their own places
# -> _top_p_by_size
def top_p(p: np.ndarray, mass: float) -> np.ndarray:
    falling = np.sort(p)[::-1]
    before = np.cumsum(falling) - falling
    kept = np.where(before < mass, falling, 0)
    return kept / kept.sum()

# %% biased: takes p itself for the logits
# -> _bias_softmax_of_p
def biased(p: np.ndarray, token: int, bias: float) -> np.ndarray:
    logits = p.copy()
    logits[token] += bias
    return np.exp(logits) / np.exp(logits).sum()

# %% biased: renormalizes only the others, so that the symbol gets p * exp(bias) itself
# -> _bias_rest_fits
def biased(p: np.ndarray, token: int, bias: float) -> np.ndarray:
    new = p.copy()
    new[token] = min(1.0, p[token] * np.exp(bias))
    rest = np.arange(len(p)) != token
    new[rest] *= (1 - new[token]) / new[rest].sum()
    return new

# %% walk: looks up every character in the state where the token began
# -> _walk_stays_put
def walk(arrows: list[dict[str, int]], state: int, token: str) -> int | None:
    now = state
    for character in token:
        now = arrows[state].get(character)
        if now is None:
            return None
    return now

# %% walk: a reached state 0 counts as none
# -> _walk_zero_is_none
def walk(arrows: list[dict[str, int]], state: int, token: str) -> int | None:
    for c in token:
        state = arrows[state].get(c)
        if not state:
            return None
    return state

# %% slips: the first character of the token can't come either, so that the hasty mask refuses it
# -> _slips_refused
slips = ("2", "4:")

# %% can_finish: one step back only, without repeating
# -> _finish_one_step
def can_finish(arrows: list[dict[str, int]], accepting: set[int]) -> set[int]:
    found = set(accepting)
    for state, row in enumerate(arrows):
        if any(after in accepting for after in row.values()):
            found.add(state)
    return found

# %% can_finish: one pass from the last state to the first, which fails where an arrow goes back
# -> _finish_one_pass
def can_finish(arrows: list[dict[str, int]], accepting: set[int]) -> set[int]:
    found = set(accepting)
    for state in range(len(arrows) - 1, -1, -1):
        if set(arrows[state].values()) & found:
            found.add(state)
    return found

# %% advance: replaces the name once only; a name that begins with another name is left
# -> _advance_once
def advance(rules: dict[str, dict[str, str]], stack: list[str], character: str) -> list[str] | None:
    stack = list(stack)
    if stack and stack[0] in rules:
        rule = rules[stack[0]].get(character, rules[stack[0]].get(""))
        if rule is None:
            return None
        stack = rule.split() + stack[1:]
    if not stack or stack[0] != character:
        return None
    return stack[1:]

# %% endings: multiplies from the left, so that P is read with rows as the symbol after
# -> _endings_transposed
def endings(P: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    T, V = allowed.shape
    beta = np.ones((T + 1, V))
    for t in range(T - 1, -1, -1):
        beta[t] = np.einsum("ij,i->j", P, allowed[t] * beta[t + 1])
    return beta

# %% endings: applies the mask of a place to the symbol before and not to the one after
# -> _endings_masks_before
def endings(P: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    T, V = allowed.shape
    beta = np.ones((T + 1, V))
    for t in reversed(range(T)):
        beta[t] = allowed[t] * (P @ beta[t + 1])
    return beta

# %% weighed: divides by the sum before it weighs, so that the result doesn't sum to 1
# -> _weighed_hole
def weighed(p: np.ndarray, allowed: np.ndarray, good: np.ndarray) -> np.ndarray:
    masked = np.where(allowed, p, 0)
    masked = masked / masked.sum()
    return masked * good

# %% top_p: a symbol stays also where those before it hold exactly the mass
# -> _top_p_one_more
def top_p(p, mass):
    out, held = np.zeros_like(p), 0.0
    for i in np.argsort(-p):
        if held > mass:
            break
        out[i] = p[i]
        held += p[i]
    return out / out.sum()

# %% walk: raises "KeyError: '...'"
# -> raised
def walk(arrows, state, token):
    for c in token:
        state = arrows[state][c]
    return state

# %% walk: raises "TypeError: list indices must be integers"
# -> raised
def walk(arrows, state, token):
    for c in token:
        state = arrows[state].get(c)
    return state

# %% can_finish: raises "RuntimeError: Set changed size during iteration"
# -> raised
def can_finish(arrows, accepting):
    found = set(accepting)
    for good in found:
        for s, row in enumerate(arrows):
            if good in row.values():
                found.add(s)
    return found

# %% can_finish: raises "AttributeError: 'dict' object has no attribute 'add'"
# -> raised
def can_finish(arrows, accepting):
    found = {}
    for s in accepting:
        found.add(s)
    return found

# %% can_finish: one pass in the order of the states
# -> _finish_one_pass
def can_finish(arrows, accepting):
    found = set(accepting)
    for s in range(len(arrows)):
        for t in arrows[s].values():
            if t in found:
                found.add(s)
    return found

# %% advance: raises "IndexError: list index out of range"
# -> raised
def advance(rules, stack, character):
    while stack[0] in rules:
        row = rules[stack[0]]
        if character not in row and "" not in row:
            return None
        stack = row.get(character, row.get("")).split() + stack[1:]
    return stack[1:] if stack[0] == character else None

# %% advance: raises "AttributeError: 'NoneType' object has no attribute 'split'"
# -> raised
def advance(rules, stack, character):
    while stack and stack[0] in rules:
        row = rules[stack[0]]
        stack = row.get(character, row.get("")).split() + stack[1:]
    return stack[1:] if stack and stack[0] == character else None

# %% endings: raises "IndexError: index ... is out of bounds for axis 0"
# -> raised
def endings(P, allowed):
    beta = np.ones(allowed.shape)
    for t in range(len(allowed) - 1, -1, -1):
        beta[t] = P @ (allowed[t] * beta[t + 1])
    return beta

# %% endings: appended from the back and never turned round
# -> _endings_upside_down
def endings(P, allowed):
    rows = [np.ones(len(P))]
    for t in range(len(allowed) - 1, -1, -1):
        rows.append((P * allowed[t]) @ rows[-1])
    return np.stack(rows)
