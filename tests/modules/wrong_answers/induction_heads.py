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
# -> _a_text
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

# %% expected_next: takes the first earlier copy, as list.index does, instead of the latest
# -> _earliest
def expected_next(tokens):
    expected = []
    for t, token in enumerate(tokens):
        first = tokens.index(token)
        expected.append(tokens[first + 1] if first < t else None)
    return expected

# %% expected_next: searches range(t - 1), so a copy directly before is never found
# -> _never_the_neighbour
def expected_next(tokens):
    expected = []
    for t in range(len(tokens)):
        answer = None
        for s in range(t - 1):
            if tokens[s] == tokens[t]:
                answer = tokens[s + 1]
        expected.append(answer)
    return expected

# %% expected_next: tests the follower for truth, so token 0 becomes None
# -> _zero_is_false
def expected_next(tokens):
    follower, expected = {}, []
    for t, token in enumerate(tokens):
        if t > 0:
            follower[tokens[t - 1]] = token
        expected.append(follower.get(token) or None)
    return expected

# %% by_hand: queries and keys of the second layer swapped: the notes ask, the tokens answer
# -> _note_asks
def by_hand(tokens, size, attend):
    T = len(tokens)
    token = np.eye(size)[tokens]
    place = np.eye(T)
    back = np.eye(T, k=-1)
    note = attend(back, place, token)
    return attend(note, token, token)

# %% by_hand: takes the notes home in the second layer instead of the tokens
# -> _values_are_notes
def by_hand(tokens, size, attend):
    token = np.zeros((len(tokens), size))
    token[range(len(tokens)), tokens] = 1
    place = np.eye(len(tokens))
    note = attend(np.eye(len(tokens), k=-1), place, token)
    return attend(token, note, note)

# %% by_hand: the notes are rolled by hand, without attention, so place 0 notes the last token
# -> _rolled_notes
def by_hand(tokens, size, attend):
    token = np.eye(size)[tokens]
    note = np.roll(token, 1, axis=0)
    return attend(token, note, token)

# %% misses: believes that it fails where a token had two followers
# -> _two_followers
misses = [0, 1, 2, 1, 3, 1]

# %% misses: the first token comes again, but it is its own follower, so the false note does no harm
# -> _followed_by_itself
misses = [7, 7, 7, 7]

# %% prefix_matching: counts only the latest earlier copy
# -> _latest_only
def prefix_matching(weights, tokens):
    last, sums = {}, []
    for t, token in enumerate(tokens):
        if token in last:
            sums.append(weights[t, last[token] + 1])
        last[token] = t
    return float(np.mean(sums))

# %% prefix_matching: divides by all T places, also by those whose token is new
# -> _over_all_places
def prefix_matching(weights, tokens):
    total = 0
    for t in range(len(tokens)):
        for s in range(1, t + 1):
            if tokens[s - 1] == tokens[t]:
                total += weights[t, s]
    return total / len(tokens)

# %% prefix_matching: mean over the copies of a place instead of their sum
# -> _mean_of_weights
def prefix_matching(weights, tokens):
    means = []
    for t in range(len(tokens)):
        w = [weights[t, s + 1] for s in range(t) if tokens[s] == tokens[t]]
        if w:
            means.append(np.mean(w))
    return np.mean(means)

# %% prefix_matching: counts every place that holds a token which followed, also where it stands after something else
# -> _every_such_token
def prefix_matching(weights, tokens):
    sums = []
    for t in range(len(tokens)):
        followers = {tokens[s + 1] for s in range(t) if tokens[s] == tokens[t]}
        if followers:
            sums.append(sum(weights[t, s] for s in range(t + 1) if tokens[s] in followers))
    return np.mean(sums)

# %% stripe: the whole diagonal, so place period - 1 counts too
# -> _one_place_too_many
def stripe(weights, period):
    return np.diagonal(weights, offset=-(period - 1)).mean()

# %% stripe: one place to the left of the copy, not to the right
# -> _before_the_copy
def stripe(weights, period):
    places = range(period, len(weights))
    return np.mean([weights[t, t - period - 1] for t in places])

# %% ablated: sets a place of all heads to 0 instead of a head (axis 2 for axis 1)
# -> _a_place
def ablated(out, head):
    copy = out.clone()
    copy[:, :, head] = 0
    return copy

# %% ablated: detach shares the numbers, so what was handed in is changed
# -> changed its input
def ablated(out, head):
    result = out.detach()
    result[:, head] = 0.0
    return result

# %% shifted: begins from a copy of the keys, so place 0 keeps its own key instead of zeros
# -> _first_key_kept
def shifted(keys):
    later = keys.clone()
    later[..., 1:, :] = keys[..., :-1, :]
    return later

# %% shifted: puts zeros in front and doesn't drop the last key: T + 1 places
# -> _one_too_many
def shifted(keys):
    zeros = torch.zeros_like(keys[..., :1, :])
    return torch.cat([zeros, keys], dim=-2)

# %% in_context_score: the early mean is over all texts, only the late one over those that reach it
# -> _other_texts_early
def in_context_score(losses, lengths, early, late):
    lengths = np.array(lengths)
    late_losses = losses[lengths > late, late]
    early_losses = losses[lengths > early, early]
    return late_losses.mean() - early_losses.mean()

# %% in_context_score: >= instead of >, so texts that end just before the late place count with 0
# -> _one_token_short
def in_context_score(losses, lengths, early, late):
    differences = []
    for row, length in zip(losses, lengths):
        if length >= late:
            differences.append(row[late] - row[early])
    return np.mean(differences)

# %% expected_next: a copy at place 0 is overlooked, since 0 is false
# -> _place_zero_is_false
def expected_next(tokens):
    latest, answer = {}, []
    for t, token in enumerate(tokens):
        s = latest.get(token)
        answer.append(tokens[s + 1] if s else None)
        latest[token] = t
    return answer

# %% expected_next: searches backwards and stops before place 0
# -> _place_zero_is_false
def expected_next(tokens):
    answer = []
    for t in range(len(tokens)):
        found = None
        for s in range(t - 1, 0, -1):
            if tokens[s] == tokens[t]:
                found = tokens[s + 1]
                break
        answer.append(found)
    return answer

# %% expected_next: all followers so far in a list
# -> wrong type
def expected_next(tokens):
    answer = []
    for t, token in enumerate(tokens):
        after = [tokens[s + 1] for s in range(t) if tokens[s] == token]
        answer.append(after or None)
    return answer

# %% by_hand: the note of place 0 is set to zeros after the first layer
# -> _first_note_empty
def by_hand(tokens, size, attend):
    token, T = np.eye(size)[tokens], len(tokens)
    note = attend(np.eye(T, k=-1), np.eye(T), token)
    note[0] = 0
    return attend(token, note, token)

# %% by_hand: finds the copies first and steps on by np.roll, another circuit, and it goes round
# -> _steps_on_around
def by_hand(tokens, size, attend):
    token, place = np.eye(size)[tokens], np.eye(len(tokens))
    copies = attend(token, token, place)
    return attend(np.roll(copies, 1, axis=1), place, token)

# %% by_hand: the second layer matches, but takes home what stands one place before the match
# -> located
def by_hand(tokens, size, attend):
    token, place = np.eye(size)[tokens], np.eye(len(tokens))
    note = attend(np.eye(len(tokens), k=-1), place, token)
    return attend(token, token, note)

# %% by_hand: the second layer adds the note to the token as its values
# -> _values_are_both
def by_hand(tokens, size, attend):
    token, place = np.eye(size)[tokens], np.eye(len(tokens))
    note = attend(np.eye(len(tokens), k=-1), place, token)
    stream = token + note
    return attend(token, note, stream)

# %% by_hand: one stream for everything, token and note added up in queries, keys and values
# -> _all_are_both
def by_hand(tokens, size, attend):
    token, place = np.eye(size)[tokens], np.eye(len(tokens))
    x = token + attend(np.eye(len(tokens), k=-1), place, token)
    return attend(x, x, x)

# %% misses: a text whose first token comes only once
# -> _first_never_returns
misses = [9, 1, 2, 1, 2, 1]

# %% misses: gives the places that miss
# -> _all_different
misses = [6, 12]

# %% prefix_matching: rows without a copy are counted as 0 through an empty sum
# -> _over_all_places
def prefix_matching(weights, tokens):
    return np.mean([sum(weights[t, s + 1] for s in range(t) if tokens[s] == tokens[t])
                    for t in range(len(tokens))])

# %% prefix_matching: compares each place with the one before it only
# -> wrong value
def prefix_matching(weights, tokens):
    sums = []
    for t in range(1, len(tokens)):
        if tokens[t - 1] == tokens[t]:
            sums.append(weights[t, t])
    return np.mean(sums) if sums else 0.0

# %% prefix_matching: leaves out rows whose score is 0
# -> _zeros_left_out
def prefix_matching(weights, tokens):
    tokens = np.array(tokens)
    right = np.zeros_like(weights, dtype=bool)
    right[:, 1:] = tokens[:, None] == tokens[None, :-1]
    sums = (weights * right).sum(axis=1)
    return sums[sums > 0].mean()

# %% prefix_matching: divides the sums by the weights of all earlier places
# -> wrong value
def prefix_matching(weights, tokens):
    shares = []
    for t, token in enumerate(tokens):
        places = [s + 1 for s in range(t) if tokens[s] == token]
        if places:
            shares.append(weights[t, places].sum() / weights[t, :t].sum())
    return np.mean(shares)

# %% stripe: adds up instead of averaging
# -> located
def stripe(weights, period):
    return sum(weights[t, t - period + 1] for t in range(period, len(weights)))

# %% stripe: divides by all places of the text
# -> _shared_by_all
def stripe(weights, period):
    return sum(weights[t, t - period + 1] for t in range(period, len(weights))) / len(weights)

# %% stripe: begins a place later and keeps the column
# -> _on_the_copy
def stripe(weights, period):
    return np.mean([weights[t + 1, t - period + 1] for t in range(period, len(weights) - 1)])

# %% ablated: a mask the wrong way round
# -> _all_others
def ablated(out, head):
    keep = torch.arange(out.shape[1]) == head
    return out * keep[None, :, None, None]

# %% ablated: a view by out[:] is taken for a copy
# -> changed its input
def ablated(out, head):
    copy = out[:]
    copy[:, head].zero_()
    return copy

# %% ablated: heads counted from 1
# -> located
def ablated(out, head):
    copy = out.clone()
    copy[:, head - 1] = 0
    return copy

# %% shifted: rolled along axis 1
# -> _axis_one
def shifted(keys):
    out = torch.roll(keys, shifts=1, dims=1)
    out[:, 0] = 0
    return out

# %% shifted: rolls the numbers within each key and clears place 0
# -> _within_keys
def shifted(keys):
    out = torch.roll(keys, shifts=1, dims=-1)
    out[..., 0, :] = 0
    return out

# %% shifted: clears place 0 before it rolls, so the last key arrives there
# -> _cleared_too_early
def shifted(keys):
    keys[..., 0, :] = 0
    return torch.roll(keys, 1, dims=-2)

# %% shifted: forgets the dots in front: shifts the first axis
# -> _first_axis
def shifted(keys):
    later = torch.zeros_like(keys)
    later[1:] = keys[:-1]
    return later

# %% in_context_score: adds up over long texts and divides by all texts
# -> _over_all_texts
def in_context_score(losses, lengths, early, late):
    total = 0
    for row, length in zip(losses, lengths):
        if length > late:
            total += row[late] - row[early]
    return total / len(losses)

# %% in_context_score: the absolute difference
# -> _absolute
def in_context_score(losses, lengths, early, late):
    long = np.array(lengths) > late
    return np.abs(losses[long, late] - losses[long, early]).mean()

# %% in_context_score: the median for the mean
# -> wrong value
def in_context_score(losses, lengths, early, late):
    long = np.array(lengths) > late
    return np.median(losses[long, late] - losses[long, early])
