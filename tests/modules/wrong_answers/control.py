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
# -> wrong value
def top_p(p, mass):
    q = np.sort(p)[::-1]
    q = np.where(np.cumsum(q) - q < mass, q, 0)
    return q / q.sum()

# %% top_p: everything below 1 - mass is dropped
# -> wrong value
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
# -> wrong type
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
# -> wrong shape
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
