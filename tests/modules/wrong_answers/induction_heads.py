# %% expected_next: index finds the first copy, not the latest
# -> _earliest
def expected_next(tokens):
    answer = []
    for t in range(len(tokens)):
        if tokens[t] in tokens[:t]:
            answer.append(tokens[tokens.index(tokens[t]) + 1])
        else:
            answer.append(None)
    return answer

# %% expected_next: the dictionary is filled before it is asked, and the place matches itself
# -> _reads_the_future
def expected_next(tokens):
    latest, answer = {}, []
    for t, token in enumerate(tokens):
        latest[token] = t
        s = latest[token] + 1
        answer.append(tokens[s] if s < len(tokens) else None)
    return answer

# %% expected_next: a dictionary of first places
# -> _earliest
def expected_next(tokens):
    first, answer = {}, []
    for t, token in enumerate(tokens):
        answer.append(tokens[first[token] + 1] if token in first else None)
        first.setdefault(token, t)
    return answer

# %% expected_next: the copy itself
# -> _the_copy_itself
def expected_next(tokens):
    return [tokens[t] if tokens[t] in tokens[:t] else None for t in range(len(tokens))]

# %% expected_next: places for tokens
# -> _places
def expected_next(tokens):
    latest, answer = {}, []
    for t, token in enumerate(tokens):
        answer.append(latest[token] + 1 if token in latest else None)
        latest[token] = t
    return answer

# %% expected_next: -1 where there is none
# -> _zero_for_none
def expected_next(tokens):
    latest, answer = {}, []
    for t, token in enumerate(tokens):
        answer.append(tokens[latest[token] + 1] if token in latest else -1)
        latest[token] = t
    return answer

# %% expected_next: counts like a bigram
# -> _commonest
import collections

def expected_next(tokens):
    counts, answer, before = collections.defaultdict(collections.Counter), [], None
    for token in tokens:
        if before is not None:
            counts[before][token] += 1
        answer.append(counts[token].most_common(1)[0][0] if counts[token] else None)
        before = token
    return answer

# %% expected_next: only the last place is answered
# -> wrong type
def expected_next(tokens):
    t = len(tokens) - 1
    earlier = [s for s in range(t) if tokens[s] == tokens[t]]
    return tokens[earlier[-1] + 1] if earlier else None

# %% expected_next: raises "ValueError: 1 is not in list"
# -> raised
def expected_next(tokens):
    return [tokens[tokens[:t].index(token) + 1] for t, token in enumerate(tokens)]

# %% expected_next: raises "IndexError: list index out of range"
# -> raised
def expected_next(tokens):
    return [tokens[max(s for s in range(t + 1) if tokens[s] == token) + 1]
            for t, token in enumerate(tokens)]

# %% by_hand: one layer that matches tokens
# -> _one_layer
def by_hand(tokens, size, attend):
    X = np.eye(size)[tokens]
    return attend(X, X, X)

# %% by_hand: the first layer looks at itself
# -> _one_layer
def by_hand(tokens, size, attend):
    X, P = np.eye(size)[tokens], np.eye(len(tokens))
    return attend(X, attend(P, P, X), X)

# %% by_hand: the note asks, the token answers
# -> _note_asks
def by_hand(tokens, size, attend):
    X, T = np.eye(size)[tokens], len(tokens)
    note = attend(np.eye(T, k=-1), np.eye(T), X)
    return attend(note, X, X)

# %% by_hand: stops after the first layer
# -> _note_asks
def by_hand(tokens, size, attend):
    T = len(tokens)
    return attend(np.eye(T, k=-1), np.eye(T), np.eye(size)[tokens])

# %% by_hand: takes the notes home
# -> _values_are_notes
def by_hand(tokens, size, attend):
    X, T = np.eye(size)[tokens], len(tokens)
    note = attend(np.eye(T, k=-1), np.eye(T), X)
    return attend(X, note, note)

# %% by_hand: k=+1 in the first layer, the mask hides what is asked for
# -> _looks_ahead
def by_hand(tokens, size, attend):
    X, T = np.eye(size)[tokens], len(tokens)
    note = attend(np.eye(T, k=1), np.eye(T), X)
    return attend(X, note, X)

# %% by_hand: notes rolled round in a circle, so the last token stands at place 0
# -> _rolled_notes
def by_hand(tokens, size, attend):
    X = np.eye(size)[tokens]
    return attend(X, np.roll(X, 1, axis=0), X)

# %% by_hand: notes shifted by hand, zeros at place 0
# -> _first_note_empty
def by_hand(tokens, size, attend):
    X = np.eye(size)[tokens]
    note = np.zeros_like(X)
    note[1:] = X[:-1]
    return attend(X, note, X)

# %% by_hand: another circuit, copies first and then one step on
# -> _first_note_empty
def by_hand(tokens, size, attend):
    X, T = np.eye(size)[tokens], len(tokens)
    where = attend(X, X, np.eye(T))
    one_on = np.zeros_like(where)
    one_on[:, 1:] = where[:, :-1]
    return attend(one_on, np.eye(T), X)

# %% by_hand: residual streams are added
# -> _key_is_both
def by_hand(tokens, size, attend):
    X, T = np.eye(size)[tokens], len(tokens)
    X1 = X + attend(np.eye(T, k=-1), np.eye(T), X)
    return attend(X, X1, X)

# %% by_hand: the queries hold the note, too
# -> _query_is_both
def by_hand(tokens, size, attend):
    X, T = np.eye(size)[tokens], len(tokens)
    note = attend(np.eye(T, k=-1), np.eye(T), X)
    return attend(X + note, note, X)

# %% by_hand: the best token of each place
# -> _best_tokens
def by_hand(tokens, size, attend):
    X, T = np.eye(size)[tokens], len(tokens)
    note = attend(np.eye(T, k=-1), np.eye(T), X)
    return np.argmax(attend(X, note, X), axis=-1)

# %% by_hand: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> located
def by_hand(tokens, size, attend):
    X, T = np.eye(size)[tokens], len(tokens)
    return attend(X, np.eye(T), X)

# %% by_hand: raises "IndexError: arrays used as indices must be of integer"
# -> raised
def by_hand(tokens, size, attend):
    X = np.eye(size)[tokens]
    return attend(np.eye(size)[X], X, X)

# %% misses: the first never returns
# -> _first_never_returns
misses = [1, 2, 3, 4, 2, 3]

# %% misses: nothing returns
# -> _all_different
misses = [4, 3, 2]

# %% misses: all the same token
# -> _followed_by_itself
misses = [0, 0, 0, 0]

# %% misses: the first is doubled, and returns later
# -> _followed_by_itself
misses = [2, 2, 1, 2]

# %% misses: words
# -> _letters
misses = "ravi lost ravi".split()

# %% misses: one number
# -> _no_list
misses = 5

# %% misses: nothing at all
# -> _no_list
misses = []

# %% misses: two texts
# -> _no_list
misses = [[5, 3, 5], [1, 2, 1]]

# %% misses: raises "TypeError: 'int' object is not"
# -> not usable
misses = list(5)

# %% prefix_matching: on the copies
# -> _on_the_copies
def prefix_matching(weights, tokens):
    sums = []
    for t in range(len(tokens)):
        copies = [s for s in range(t) if tokens[s] == tokens[t]]
        if copies:
            sums.append(sum(weights[t, s] for s in copies))
    return np.mean(sums)

# %% prefix_matching: latest copy alone
# -> _latest_only
def prefix_matching(weights, tokens):
    latest, sums = {}, []
    for t, token in enumerate(tokens):
        if token in latest:
            sums.append(weights[t, latest[token] + 1])
        latest[token] = t
    return sum(sums) / len(sums)

# %% prefix_matching: divided by all places
# -> _over_all_places
def prefix_matching(weights, tokens):
    total = 0
    for t in range(len(tokens)):
        for s in range(1, t + 1):
            if tokens[s - 1] == tokens[t]:
                total += weights[t, s]
    return total / len(tokens)

# %% prefix_matching: a mean over all pairs
# -> _mean_of_weights
def prefix_matching(weights, tokens):
    found = []
    for t in range(len(tokens)):
        for s in range(1, t + 1):
            if tokens[s - 1] == tokens[t]:
                found.append(weights[t, s])
    return np.mean(found)

# %% prefix_matching: the place before the copies
# -> _before_the_copies
def prefix_matching(weights, tokens):
    sums = []
    for t in range(len(tokens)):
        copies = [s for s in range(t) if tokens[s] == tokens[t]]
        if copies:
            sums.append(sum(weights[t, s - 1] for s in copies if s > 0))
    return np.mean(sums)

# %% prefix_matching: never at the place itself, so a doubled token loses its weight
# -> _never_itself
def prefix_matching(weights, tokens):
    sums = []
    for t in range(len(tokens)):
        places = [s for s in range(1, t) if tokens[s - 1] == tokens[t]]
        if places:
            sums.append(weights[t, places].sum())
    return np.mean(sums)

# %% prefix_matching: hits of the largest weight
# -> _share_of_hits
def prefix_matching(weights, tokens):
    hits = []
    for t in range(len(tokens)):
        places = [s for s in range(1, t + 1) if tokens[s - 1] == tokens[t]]
        if places:
            hits.append(int(np.argmax(weights[t])) in places)
    return np.mean(hits)

# %% prefix_matching: columns for rows
# -> _transposed
def prefix_matching(weights, tokens):
    sums = []
    for t in range(len(tokens)):
        places = [s for s in range(1, t + 1) if tokens[s - 1] == tokens[t]]
        if places:
            sums.append(weights[places, t].sum())
    return np.mean(sums)

# %% prefix_matching: raises "TypeError: only integer scalar arrays can be converted"
# -> raised
def prefix_matching(weights, tokens):
    right = np.array(tokens)[1:] == np.array(tokens)[:-1]
    return np.mean(tokens[right])

# %% prefix_matching: raises "RuntimeWarning: Mean of empty slice"
# -> wrong value
def prefix_matching(weights, tokens):
    sums = [weights[t, t] for t in range(1, len(tokens)) if tokens[t - 1] == tokens[t]]
    return np.mean(sums)

# %% stripe: as it was given
# -> not attempted
def stripe(weights, period):
    places = range(period, len(weights))
    return np.mean([weights[t, t - period] for t in places])

# %% stripe: minus one instead of plus one
# -> _before_the_copy
def stripe(weights, period):
    places = range(period, len(weights))
    return np.mean([weights[t, t - period - 1] for t in places])

# %% stripe: the diagonal right below the main one
# -> _previous_token
def stripe(weights, period):
    return np.diagonal(weights, offset=-1).mean()

# %% stripe: the whole diagonal, with the place whose token is new
# -> _one_place_too_many
def stripe(weights, period):
    return np.diagonal(weights, offset=-(period - 1)).mean()

# %% stripe: the diagonal above
# -> _other_side
def stripe(weights, period):
    return np.diagonal(weights, offset=period - 1).mean()

# %% stripe: the places begin one late
# -> _one_place_too_few
def stripe(weights, period):
    places = range(period + 1, len(weights))
    return np.mean([weights[t, t - period + 1] for t in places])

# %% stripe: a sum
# -> located
def stripe(weights, period):
    places = range(period, len(weights))
    return np.sum([weights[t, t - period + 1] for t in places])

# %% stripe: raises "IndexError: index ... is out of bounds"
# -> raised
def stripe(weights, period):
    places = range(period, len(weights))
    return np.mean([weights[t, t + period - 1] for t in places])

# %% ablated: in place
# -> changed its input
def ablated(out, head):
    out[:, head] = 0
    return out

# %% ablated: a second name is no copy
# -> changed its input
def ablated(out, head):
    silent = out
    silent[:, head] = 0
    return silent

# %% ablated: a text
# -> raised
def ablated(out, head):
    silent = out.clone()
    silent[head % 2] = 0
    return silent

# %% ablated: places
# -> _a_place
def ablated(out, head):
    mask = torch.ones_like(out)
    mask[:, :, head % out.size(2)] = 0
    return out * mask

# %% ablated: everything else
# -> _all_others
def ablated(out, head):
    mask = torch.zeros_like(out)
    mask[:, head] = 1
    return out * mask

# %% ablated: cut out
# -> _cut_out
def ablated(out, head):
    return out[:, [h for h in range(out.shape[1]) if h != head]]

# %% ablated: its mean
# -> _mean_for_zero
def ablated(out, head):
    silent = out.clone()
    silent[:, head] = silent[:, head].mean(dim=(0, 1), keepdim=True)
    return silent

# %% ablated: all heads up to this one
# -> _all_up_to
def ablated(out, head):
    silent = out.clone()
    silent[:, : head + 1] = 0
    return silent

# %% ablated: nothing returned
# -> wrong type
def ablated(out, head):
    silent = out.clone()
    silent[:, head] = 0

# %% ablated: raises "IndexError: index ... is out of bounds for dimension 0"
# -> raised
def ablated(out, head):
    silent = out.clone()
    silent[head] = 0
    return silent

# %% ablated: raises "AttributeError: 'Tensor' object has no attribute 'copy'"
# -> raised
def ablated(out, head):
    silent = out.copy()
    silent[:, head] = 0
    return silent

# %% shifted: as it was given
# -> not attempted
def shifted(keys):
    keys[..., 0, :] = 0
    for t in range(1, keys.shape[-2]):
        keys[..., t, :] = keys[..., t - 1, :]
    return keys

# %% shifted: smeared on a copy
# -> _smeared
def shifted(keys):
    keys = keys.clone()
    for t in range(1, keys.shape[-2]):
        keys[..., t, :] = keys[..., t - 1, :]
    return keys

# %% shifted: backwards, but in place
# -> changed its input
def shifted(keys):
    for t in range(keys.shape[-2] - 1, 0, -1):
        keys[..., t, :] = keys[..., t - 1, :]
    keys[..., 0, :] = 0
    return keys

# %% shifted: round in a circle
# -> _rolled
def shifted(keys):
    return keys.roll(1, dims=-2)

# %% shifted: the other way
# -> _earlier
def shifted(keys):
    out = torch.zeros_like(keys)
    out[..., :-1, :] = keys[..., 1:, :]
    return out

# %% shifted: along the numbers
# -> _within_keys
def shifted(keys):
    return torch.cat([torch.zeros_like(keys[..., :1]), keys[..., :-1]], dim=-1)

# %% shifted: the first key stays
# -> _first_key_kept
def shifted(keys):
    out = keys.clone()
    out[..., 1:, :] = keys[..., :-1, :]
    return out

# %% shifted: along axis 1, as if there were one axis before
# -> _axis_one
def shifted(keys):
    out = torch.zeros_like(keys)
    out[:, 1:] = keys[:, :-1]
    return out

# %% shifted: raises "RuntimeError: The expanded size of the tensor"
# -> raised
def shifted(keys):
    out = torch.zeros_like(keys)
    out[..., 1:, :] = keys
    return out

# %% shifted: raises "AttributeError: 'Tensor' object has no attribute 'copy'"
# -> raised
def shifted(keys):
    out = keys.copy()
    out[..., 1:, :] = keys[..., :-1, :]
    return out

# %% in_context_score: turned round
# -> _early_minus_late
def in_context_score(losses, lengths, early, late):
    ok = np.array(lengths) > late
    return (losses[ok, early] - losses[ok, late]).mean()

# %% in_context_score: all texts
# -> _short_texts_too
def in_context_score(losses, lengths, early, late):
    return losses[:, late].mean() - losses[:, early].mean()

# %% in_context_score: long texts late, all texts early
# -> _other_texts_early
def in_context_score(losses, lengths, early, late):
    ok = np.array(lengths) > late
    return losses[ok, late].mean() - losses[:, early].mean()

# %% in_context_score: length equal to late is let in
# -> _one_token_short
def in_context_score(losses, lengths, early, late):
    return np.mean([row[late] - row[early] for row, n in zip(losses, lengths) if n >= late])

# %% in_context_score: losses of 0 are taken for the end
# -> _zeros_left_out
def in_context_score(losses, lengths, early, late):
    rows = [row for row in losses if row[late] != 0]
    return np.mean([row[late] - row[early] for row in rows])

# %% in_context_score: up to and from
# -> _means_of_stretches
def in_context_score(losses, lengths, early, late):
    ok = np.array(lengths) > late
    return losses[ok][:, : late + 1].mean() - losses[ok][:, : early + 1].mean()

# %% in_context_score: a difference for each text
# -> located
def in_context_score(losses, lengths, early, late):
    ok = np.array(lengths) > late
    return losses[ok, late] - losses[ok, early]

# %% in_context_score: places counted from 1
# -> _columns_from_one
def in_context_score(losses, lengths, early, late):
    ok = np.array(lengths) > late
    return np.mean(losses[ok, late - 1] - losses[ok, early - 1])

# %% in_context_score: raises "TypeError: '>' not supported between instances of 'list' and 'int'"
# -> raised
def in_context_score(losses, lengths, early, late):
    ok = lengths > late
    return np.mean(losses[ok, late] - losses[ok, early])

# %% in_context_score: raises "IndexError: too many indices for array"
# -> raised
def in_context_score(losses, lengths, early, late):
    return np.mean([losses[i][early, late] for i in range(len(lengths))])
