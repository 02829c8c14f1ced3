# %% softmax: no maximum subtracted, so exp(1000) overflows
# -> _unstable
def softmax(scores):
    e = np.exp(scores)
    return e / np.sum(e, axis=-1, keepdims=True)

# %% softmax: no maximum subtracted, and the sums lose their axis
# -> _no_keepdims_unstable
def softmax(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=-1)

# %% softmax: no maximum subtracted, and columns sum to 1
# -> _over_queries_unstable
def softmax(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=0)

# %% softmax: no maximum subtracted, and axis 1 for the last one
# -> _axis_one_unstable
def softmax(scores):
    exp = np.exp(scores)
    return exp / exp.sum(axis=1, keepdims=True)

# %% softmax: all weights together sum to 1, though each row has its own maximum
# -> _sum_over_everything
def softmax(scores):
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum()

# %% softmax: the maxima lose their axis
# -> _maximum_without_keepdims
def softmax(scores):
    exp = np.exp(scores - scores.max(axis=-1))
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: the maximum down the columns
# -> _maximum_of_columns
def softmax(scores):
    exp = np.exp(scores - np.max(scores, axis=0))
    return exp / np.sum(exp, axis=-1, keepdims=True)

# %% softmax: the sum down the columns
# -> _sum_of_columns
def softmax(scores):
    exp = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    return exp / np.sum(exp, axis=0, keepdims=True)

# %% softmax: maxima and sums lose their axis
# -> _never_keepdims
def softmax(scores):
    shifted = scores - np.max(scores, axis=-1)
    return np.exp(shifted) / np.sum(np.exp(shifted), axis=-1)

# %% softmax: the mean is subtracted, which leaves large differences
# -> _subtracts_the_mean
def softmax(scores):
    exp = np.exp(scores - scores.mean(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: the first score of each row is subtracted
# -> _subtracts_the_first
def softmax(scores):
    exp = np.exp(scores - scores[..., :1])
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: the smallest score is subtracted
# -> _subtracts_the_smallest
def softmax(scores):
    exp = np.exp(scores - scores.min(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: scores are divided by the largest, not lowered by it
# -> _divided_by_the_largest
def softmax(scores):
    exp = np.exp(scores / scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: scores are clipped to what exp can take
# -> _clipped
def softmax(scores):
    exp = np.exp(np.clip(scores, -700, 700))
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: nan is replaced by 0 after an overflow
# -> wrong value
def softmax(scores):
    exp = np.exp(scores)
    return np.nan_to_num(exp / exp.sum(axis=-1, keepdims=True))

# %% softmax: no exponential
# -> _no_exponential
def softmax(scores):
    return scores / np.sum(scores, axis=-1, keepdims=True)

# %% softmax: no exponential, though the maximum is subtracted
# -> located
def softmax(scores):
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted / shifted.sum(axis=-1, keepdims=True)

# %% softmax: the exponentials aren't divided by their sum
# -> _not_divided
def softmax(scores):
    return np.exp(scores - scores.max(axis=-1, keepdims=True))

# %% softmax: divided by the largest exponential
# -> _not_divided
def softmax(scores):
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.max(axis=-1, keepdims=True)

# %% softmax: powers of 2 for powers of e
# -> located
def softmax(scores):
    exp = 2 ** (scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: the logarithms of the weights
# -> _logarithms
def softmax(scores):
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))

# %% softmax: changes the scores in place
# -> changed its input
def softmax(scores):
    scores -= scores.max(axis=-1, keepdims=True)
    exp = np.exp(scores)
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: raises "RuntimeWarning: overflow encountered in exp"
# -> _unstable
def softmax(scores):
    exp = np.exp(scores)
    return exp / exp.sum(axis=-1, keepdims=True)

# %% softmax: raises "ValueError: operands could not be broadcast"
# -> _never_keepdims
def softmax(scores):
    exp = np.exp(scores - scores.max(axis=-1))
    return exp / exp.sum(axis=-1)

# %% softmax: raises "AxisError: axis 1 is out of bounds"
# -> _axis_one
def softmax(scores):
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)

# %% lookup: the best value alone
# -> _hard
def lookup(query, keys, values, softmax):
    scores = keys @ query
    return values[scores.argmax()]

# %% lookup: a plain mean of the values
# -> _plain_mean
def lookup(query, keys, values, softmax):
    return np.mean(values, axis=0)

# %% lookup: scores without softmax
# -> _raw_scores
def lookup(query, keys, values, softmax):
    scores = np.dot(keys, query)
    return np.dot(scores, values)

# %% lookup: averages keys for values
# -> _averages_keys
def lookup(query, keys, values, softmax):
    weights = softmax(keys @ query)
    return weights @ keys

# %% lookup: the weights alone
# -> _weights_only
def lookup(query, keys, values, softmax):
    return softmax(keys @ query)

# %% lookup: weighted values, not added up
# -> _not_added_up
def lookup(query, keys, values, softmax):
    weights = softmax(keys @ query)
    return weights.reshape(-1, 1) * values

# %% lookup: the mean of the weighted values for their sum
# -> _averaged_again
def lookup(query, keys, values, softmax):
    weights = softmax(keys @ query)
    return (weights[:, None] * values).mean(axis=0)

# %% lookup: weighted values added up along the wrong axis
# -> _added_along_the_value
def lookup(query, keys, values, softmax):
    weights = softmax(keys @ query)
    return (weights[:, None] * values).sum(axis=1)

# %% lookup: exponentials that aren't divided by their sum
# -> _exponentials
def lookup(query, keys, values, softmax):
    return np.exp(keys @ query) @ values

# %% lookup: scores divided by their sum for a softmax
# -> _divided_by_sum
def lookup(query, keys, values, softmax):
    scores = keys @ query
    return scores / scores.sum() @ values

# %% lookup: softmax at the end, of the result
# -> _softmax_last
def lookup(query, keys, values, softmax):
    return softmax((keys @ query) @ values)

# %% lookup: softmax of the keys
# -> _softmax_of_keys
def lookup(query, keys, values, softmax):
    return (softmax(keys) @ query) @ values

# %% lookup: scores divided by the root of the width
# -> _scaled
def lookup(query, keys, values, softmax):
    scores = keys @ query / np.sqrt(len(query))
    return softmax(scores) @ values

# %% lookup: softmax twice
# -> wrong value
def lookup(query, keys, values, softmax):
    return softmax(softmax(keys @ query)) @ values

# %% lookup: the sum has the dtype of the values, and whole numbers cut its parts
# -> _cut_off
def lookup(query, keys, values, softmax):
    weights = softmax(keys @ query)
    result = np.zeros_like(values[0])
    for j in range(len(result)):
        result[j] = weights @ values[:, j]
    return result

# %% lookup: closeness by distance for the dot product
# -> wrong value
def lookup(query, keys, values, softmax):
    scores = -np.linalg.norm(keys - query, axis=1)
    return softmax(scores) @ values

# %% lookup: cosines for dot products
# -> wrong value
def lookup(query, keys, values, softmax):
    scores = keys @ query / (np.linalg.norm(keys, axis=1) * np.linalg.norm(query) + 1e-12)
    return softmax(scores) @ values

# %% lookup: the negative scores
# -> wrong value
def lookup(query, keys, values, softmax):
    return softmax(-(keys @ query)) @ values

# %% lookup: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def lookup(query, keys, values, softmax):
    return softmax(query @ keys) @ values

# %% lookup: raises "ValueError: shapes ... not aligned"
# -> raised
def lookup(query, keys, values, softmax):
    return np.dot(softmax(np.dot(query, keys)), values)

# %% lookup: raises "AttributeError: 'list' object has no attribute 'max'"
# -> raised
def lookup(query, keys, values, softmax):
    scores = [float(key @ query) for key in keys]
    return softmax(scores) @ values

# %% scaled_scores: not scaled
# -> _unscaled
def scaled_scores(Q, K):
    return np.dot(Q, K.T)

# %% scaled_scores: divided by the width for its root
# -> _by_d
def scaled_scores(Q, K):
    return Q @ K.T / Q.shape[-1]

# %% scaled_scores: queries and keys are each divided by the root
# -> _by_d
def scaled_scores(Q, K):
    d = Q.shape[1]
    return (Q / np.sqrt(d)) @ (K / np.sqrt(d)).T

# %% scaled_scores: divided by the root of the number of keys
# -> _by_number_of_keys
def scaled_scores(Q, K):
    return Q @ K.T / np.sqrt(K.shape[0])

# %% scaled_scores: divided by the root of the number of queries
# -> _by_number_of_queries
def scaled_scores(Q, K):
    return Q @ K.T / np.sqrt(len(Q))

# %% scaled_scores: a row for each key
# -> _keys_by_queries
def scaled_scores(Q, K):
    return K @ Q.T / np.sqrt(K.shape[1])

# %% scaled_scores: divided by the spread of the scores at hand
# -> _by_measured_spread
def scaled_scores(Q, K):
    scores = Q @ K.T
    return scores / np.std(scores)

# %% scaled_scores: divided by the spread of each row
# -> _by_spread_of_each_row
def scaled_scores(Q, K):
    scores = Q @ K.T
    return scores / scores.std(axis=1, keepdims=True)

# %% scaled_scores: multiplied by the root
# -> _multiplied
def scaled_scores(Q, K):
    return Q @ K.T * np.sqrt(Q.shape[1])

# %% scaled_scores: divided by 8, whatever the width
# -> _unscaled
def scaled_scores(Q, K):
    return Q @ K.T / 8

# %% scaled_scores: divided by the root of 64, whatever the width
# -> _unscaled
def scaled_scores(Q, K):
    return Q @ K.T / np.sqrt(64)

# %% scaled_scores: divided by 64, whatever the width
# -> _unscaled
def scaled_scores(Q, K):
    return Q @ K.T / 64

# %% scaled_scores: cosines
# -> _cosine
def scaled_scores(Q, K):
    Q = Q / np.linalg.norm(Q, axis=1, keepdims=True)
    K = K / np.linalg.norm(K, axis=1, keepdims=True)
    return Q @ K.T

# %% scaled_scores: softmax already taken
# -> _weights
def scaled_scores(Q, K):
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum(axis=-1, keepdims=True)

# %% scaled_scores: the root of the scores is taken, too
# -> wrong value
def scaled_scores(Q, K):
    return np.sqrt(np.abs(Q @ K.T) / Q.shape[1])

# %% scaled_scores: the root of the sum of both widths
# -> wrong value
def scaled_scores(Q, K):
    return Q @ K.T / np.sqrt(Q.shape[1] + K.shape[1])

# %% scaled_scores: the scores are centred
# -> wrong value
def scaled_scores(Q, K):
    scores = Q @ K.T / np.sqrt(Q.shape[1])
    return scores - scores.mean(axis=1, keepdims=True)

# %% scaled_scores: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def scaled_scores(Q, K):
    return Q @ K / np.sqrt(Q.shape[1])

# %% scaled_scores: raises "ValueError: shapes ... not aligned"
# -> raised
def scaled_scores(Q, K):
    return np.dot(Q, K) / np.sqrt(Q.shape[1])

# %% causal_weights: masked after the softmax
# -> _masked_after
def causal_weights(scores, softmax):
    weights = softmax(scores)
    future = np.arange(len(scores)) > np.arange(len(scores))[:, None]
    return np.where(future, 0, weights)

# %% causal_weights: masked after the softmax, then rescaled
# -> _rescaled_after
def causal_weights(scores, softmax):
    weights = softmax(scores) * np.tri(len(scores))
    return weights / weights.sum(axis=-1, keepdims=True)

# %% causal_weights: sees the next word
# -> _sees_next
def causal_weights(scores, softmax):
    return softmax(np.where(np.tri(len(scores), k=1), scores, -np.inf))

# %% causal_weights: a word can't see itself
# -> _blind_to_itself
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    future = positions >= positions[:, None]
    return softmax(np.where(future, -np.inf, scores))

# %% causal_weights: the mask is transposed
# -> _sees_only_future
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    future = positions[:, None] > positions
    return softmax(np.where(future, -np.inf, scores))

# %% causal_weights: the branches of where are exchanged
# -> _turned_round
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    future = positions > positions[:, None]
    return softmax(np.where(future, scores, -np.inf))

# %% causal_weights: adds ones to what may be seen
# -> _adds_one
def causal_weights(scores, softmax):
    return softmax(scores + np.tri(len(scores)))

# %% causal_weights: future scores are 0
# -> _zero_scores
def causal_weights(scores, softmax):
    return softmax(scores * np.tri(len(scores)))

# %% causal_weights: future scores are nearly 0, 1e-9 for -1e9
# -> _zero_scores
def causal_weights(scores, softmax):
    future = np.triu(np.ones_like(scores), k=1).astype(bool)
    return softmax(np.where(future, 1e-9, scores))

# %% causal_weights: no mask
# -> _no_mask
def causal_weights(scores, softmax):
    return softmax(scores)

# %% causal_weights: softmax down the columns
# -> _columns
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    masked = np.where(positions > positions[:, None], -np.inf, scores)
    return softmax(masked.T).T

# %% causal_weights: hides every score of 0
# -> _hides_zeros
def causal_weights(scores, softmax):
    seen = np.tril(scores)
    return softmax(np.where(seen == 0, -np.inf, seen))

# %% causal_weights: hides every score of 0, by an assignment
# -> _hides_zeros
def causal_weights(scores, softmax):
    seen = np.tril(scores)
    seen[seen == 0] = -np.inf
    return softmax(seen)

# %% causal_weights: infinity times 0 is nan
# -> _infinity_times_zero
def causal_weights(scores, softmax):
    return softmax(scores + np.triu(np.ones_like(scores), k=1) * -np.inf)

# %% causal_weights: infinity times False is nan
# -> _infinity_times_zero
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    return softmax(scores - np.inf * (positions > positions[:, None]))

# %% causal_weights: the future is lowered by 100 only
# -> _lowered
def causal_weights(scores, softmax):
    return softmax(scores - 100 * np.triu(np.ones_like(scores), 1))

# %% causal_weights: future scores of -99
# -> _hardly_low
def causal_weights(scores, softmax):
    scores = np.array(scores)
    scores[np.triu_indices(len(scores), 1)] = -99
    return softmax(scores)

# %% causal_weights: future scores of -1000
# -> _low_but_finite
def causal_weights(scores, softmax):
    future = np.triu(np.ones_like(scores), 1) == 1
    return softmax(np.where(future, -1000, scores))

# %% causal_weights: plus infinity for minus infinity
# -> _plus_infinity
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    return softmax(np.where(positions > positions[:, None], np.inf, scores))

# %% causal_weights: the masked scores, without a softmax
# -> _scores_only
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    return np.where(positions > positions[:, None], -np.inf, scores)

# %% causal_weights: softmax twice, before the mask and after
# -> _softmax_twice
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    future = positions > positions[:, None]
    return softmax(np.where(future, -np.inf, softmax(scores)))

# %% causal_weights: equal weights for the words so far
# -> _equal_weights
def causal_weights(scores, softmax):
    seen = np.tri(len(scores))
    return seen / seen.sum(axis=1, keepdims=True)

# %% causal_weights: changes the scores in place
# -> changed its input
def causal_weights(scores, softmax):
    scores[np.triu_indices(len(scores), 1)] = -np.inf
    return softmax(scores)

# %% causal_weights: raises "ValueError: The truth value of an array"
# -> raised
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    if positions > positions[:, None]:
        scores = -np.inf
    return softmax(scores)

# %% causal_weights: raises "RuntimeWarning: invalid value encountered in subtract"
# -> _blind_to_itself
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    return softmax(np.where(positions >= positions[:, None], -np.inf, scores))

# %% late_mask_fails: large scores, all equal
# -> _large_and_equal
late_mask_fails = np.full((2, 2), 800.0)

# %% late_mask_fails: all scores are 0
# -> _large_and_equal
late_mask_fails = [[0, 0], [0, 0]]

# %% late_mask_fails: the past leads
# -> _past_leads
late_mask_fails = np.array([[0, 0], [800, 0]])

# %% late_mask_fails: the visible score leads
# -> _past_leads
late_mask_fails = np.array([[800, 0], [0, 0]])

# %% late_mask_fails: the future leads by too little
# -> _leads_a_little
late_mask_fails = np.array([[0, 30], [0, 0]])

# %% late_mask_fails: the future lies far below
# -> _past_leads
late_mask_fails = np.array([[0, -1000], [0, 0]])

# %% late_mask_fails: an infinite score
# -> _infinite
late_mask_fails = np.array([[0, np.inf], [0, 0]])

# %% late_mask_fails: minus infinity
# -> _infinite
late_mask_fails = np.array([[0, -np.inf], [0, 0]])

# %% late_mask_fails: nan
# -> _infinite
late_mask_fails = np.array([[0, np.nan], [0, 0]])

# %% late_mask_fails: one word
# -> _one_word
late_mask_fails = [[1000.0]]

# %% late_mask_fails: a row, no table
# -> wrong value
late_mask_fails = [0, 800]

# %% late_mask_fails: not square
# -> wrong value
late_mask_fails = [[0, 800, 0], [0, 0, 800]]

# %% late_mask_fails: the weights for the scores
# -> _past_leads
late_mask_fails = [[1.0, 0.0], [0.5, 0.5]]

# %% late_mask_fails: rows of different length
# -> wrong value
late_mask_fails = [[0, 800], [0]]

# %% late_mask_fails: raises "RuntimeWarning: invalid value encountered in divide"
# -> not usable
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("error")
    late_weights(np.array([[0.0, 800.0], [0.0, 0.0]]))

# %% attention: no scale
# -> _no_scale
def attention(Q, K, V, softmax):
    scores = Q @ K.T
    positions = np.arange(len(K))
    return softmax(np.where(positions > positions[:, None], -np.inf, scores)) @ V

# %% attention: scaled by the width
# -> _scaled_by_d
def attention(Q, K, V, softmax):
    scores = Q @ K.T / Q.shape[1]
    return softmax(np.where(np.tri(len(Q)) == 1, scores, -np.inf)) @ V

# %% attention: scaled by the root of the width of the values
# -> _scaled_by_values
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(V.shape[-1])
    return softmax(np.where(np.tri(len(Q)) == 1, scores, -np.inf)) @ V

# %% attention: scaled by the root of the number of words
# -> _scaled_by_length
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(Q.shape[0])
    return softmax(np.where(np.tri(len(Q)) == 1, scores, -np.inf)) @ V

# %% attention: scaled by 8, whatever the width
# -> _scaled_by_eight
def attention(Q, K, V, softmax):
    scores = Q @ K.T / 8
    return softmax(np.where(np.tri(len(Q)) == 1, scores, -np.inf)) @ V

# %% attention: the weights are scaled, not the scores
# -> _scaled_too_late
def attention(Q, K, V, softmax):
    weights = softmax(np.where(np.tri(len(Q)) == 1, Q @ K.T, -np.inf))
    return weights / np.sqrt(K.shape[1]) @ V

# %% attention: keys ask and queries answer
# -> _keys_ask
def attention(Q, K, V, softmax):
    scores = K @ Q.T / np.sqrt(K.shape[1])
    return softmax(np.where(np.tri(len(Q)) == 1, scores, -np.inf)) @ V

# %% attention: hides every score of 0
# -> _hides_zeros
def attention(Q, K, V, softmax):
    seen = np.tril(Q @ K.T / np.sqrt(K.shape[1]))
    return softmax(np.where(seen == 0, -np.inf, seen)) @ V

# %% attention: hides every score of 0, by an assignment
# -> _hides_zeros
def attention(Q, K, V, softmax):
    scores = np.tril(Q @ K.T) / np.sqrt(K.shape[1])
    scores[scores == 0] = -np.inf
    return softmax(scores) @ V

# %% attention: infinity times 0 is nan
# -> _infinity_times_zero
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    return softmax(scores + np.triu(np.ones_like(scores), k=1) * -np.inf) @ V

# %% attention: the future is lowered by 100 only
# -> _lowered
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    return softmax(scores - 100 * np.triu(np.ones_like(scores), 1)) @ V

# %% attention: future scores of -1000
# -> _low_but_finite
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    return softmax(np.where(np.tri(len(Q)) == 1, scores, -1000)) @ V

# %% attention: future scores of 0
# -> _scores_of_zero
def attention(Q, K, V, softmax):
    scores = np.tril(Q @ K.T / np.sqrt(K.shape[1]))
    return softmax(scores) @ V

# %% attention: no mask
# -> _unmasked
def attention(Q, K, V, softmax):
    return softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V

# %% attention: no mask and no scale
# -> _unscaled_and_unmasked
def attention(Q, K, V, softmax):
    return softmax(Q @ K.T) @ V

# %% attention: no scale, and masked after the softmax
# -> _unscaled_and_masked_late
def attention(Q, K, V, softmax):
    return np.tril(softmax(Q @ K.T)) @ V

# %% attention: masked after the softmax
# -> _mask_after_softmax
def attention(Q, K, V, softmax):
    weights = softmax(Q @ K.T / np.sqrt(K.shape[1]))
    return (weights * np.tri(len(Q))) @ V

# %% attention: masked after the softmax, then rescaled
# -> _rescaled_after_softmax
def attention(Q, K, V, softmax):
    weights = softmax(Q @ K.T / np.sqrt(K.shape[1])) * np.tri(len(Q))
    return (weights / weights.sum(axis=1, keepdims=True)) @ V

# %% attention: sees the next word
# -> _sees_the_next_word
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.triu_indices(len(Q), k=2)] = -np.inf
    return softmax(scores) @ V

# %% attention: a word can't see itself
# -> _not_itself
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.triu_indices(len(Q))] = -np.inf
    return softmax(scores) @ V

# %% attention: sees the future only
# -> _only_the_future
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.tril_indices(len(Q), k=-1)] = -np.inf
    return softmax(scores) @ V

# %% attention: columns sum to 1
# -> _softmax_over_queries
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.triu_indices(len(Q), k=1)] = -np.inf
    return softmax(scores.T).T @ V

# %% attention: the weights, without the values
# -> _weights_only
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.triu_indices(len(Q), k=1)] = -np.inf
    return softmax(scores)

# %% attention: the masked scores times the values, without a softmax
# -> _without_softmax
def attention(Q, K, V, softmax):
    scores = np.tril(Q @ K.T / np.sqrt(K.shape[1]))
    return scores @ V

# %% attention: averages the keys
# -> _averages_keys
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.triu_indices(len(Q), k=1)] = -np.inf
    return softmax(scores) @ K

# %% attention: the weights are transposed
# -> _weights_transposed
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.triu_indices(len(Q), k=1)] = -np.inf
    return softmax(scores).T @ V

# %% attention: the residual is added
# -> _values_added
def attention(Q, K, V, softmax):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    scores[np.triu_indices(len(Q), k=1)] = -np.inf
    return V + softmax(scores) @ V

# %% attention: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def attention(Q, K, V, softmax):
    return softmax(Q @ K / np.sqrt(K.shape[1])) @ V

# %% attention: raises "TypeError: 'numpy.ndarray' object is not callable"
# -> raised
def attention(Q, K, V, softmax):
    softmax = Q @ K.T / np.sqrt(K.shape[1])
    return softmax(softmax) @ V

# %% multi_head: a loop over heads
# -> wrong value
def multi_head(Q, K, V, heads, softmax):
    parts = [np.split(X, heads, axis=1) for X in (Q, K, V)]
    return np.hstack([attention(q, k, v, softmax) for q, k, v in zip(*parts)])

# %% multi_head: a loop over heads, written out
# -> wrong value
def multi_head(Q, K, V, heads, softmax):
    T, d_k, d_v = len(Q), Q.shape[1] // heads, V.shape[1] // heads
    out = np.zeros((T, V.shape[1]))
    for h in range(heads):
        q, k = (X[:, h * d_k : (h + 1) * d_k] for X in (Q, K))
        scores = q @ k.T / np.sqrt(d_k)
        scores[np.triu_indices(T, 1)] = -np.inf
        out[:, h * d_v : (h + 1) * d_v] = softmax(scores) @ V[:, h * d_v : (h + 1) * d_v]
    return out

# %% multi_head: reshaped to heads first
# -> _reshaped_without_transpose
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(heads, T, -1) for X in (Q, K, V))
    scores = np.einsum("hqd,hkd->hqk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,hkd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: heads and words are joined in the order of storage
# -> _joined_without_transpose
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->hqd", softmax(scores), v).reshape(T, -1)

# %% multi_head: heads take every n-th column
# -> _interleaved
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, -1, heads) for X in (Q, K, V))
    scores = np.einsum("qdh,kdh->hqk", q, k) / np.sqrt(q.shape[1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,kdh->qdh", softmax(scores), v).reshape(T, -1)

# %% multi_head: one head of full width
# -> _one_head
def multi_head(Q, K, V, heads, softmax):
    return attention(Q, K, V, softmax)

# %% multi_head: scaled by the root of the full width
# -> _scaled_by_full_width
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(Q.shape[1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: no scale
# -> _heads_without_scale
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k)
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: scaled by the root of the number of heads
# -> _scaled_by_heads
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(heads)
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: scaled by the root of the values' width
# -> _scaled_by_width_of_values
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(v.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: one table of weights for all heads
# -> _shared_weights
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->qk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("qk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: the outputs of the heads are averaged
# -> _averaged
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).mean(axis=1)

# %% multi_head: the outputs of the heads are added up
# -> _added_up
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qd", softmax(scores), v)

# %% multi_head: the outputs of the heads are not joined
# -> _not_joined
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v)

# %% multi_head: the heads come first, and are not joined
# -> _heads_first
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1).swapaxes(0, 1) for X in (Q, K, V))
    scores = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return softmax(scores) @ v

# %% multi_head: the heads compete
# -> _softmax_over_heads
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->qkh", q, k) / np.sqrt(q.shape[-1])
    future = np.arange(T) > np.arange(T)[:, None]
    weights = np.where(future[..., None], 0, softmax(scores))
    return np.einsum("qkh,khd->qhd", weights, v).reshape(T, -1)

# %% multi_head: no mask
# -> _heads_without_mask
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: masked after the softmax
# -> _masked_after
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    weights = softmax(np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1]))
    return np.einsum("hqk,khd->qhd", np.tril(weights), v).reshape(T, -1)

# %% multi_head: the mask is transposed
# -> _only_the_future
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) < np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: a word can't see itself
# -> _not_itself
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) >= np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: hides every score of 0
# -> _hides_zeros
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.tril(np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1]))
    scores[scores == 0] = -np.inf
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: rows of the table are keys
# -> _keys_ask
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hkq", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1)

# %% multi_head: axes of length 1 are dropped
# -> wrong shape
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    scores = np.where(np.arange(T) > np.arange(T)[:, None], -np.inf, scores)
    return np.einsum("hqk,khd->qhd", softmax(scores), v).reshape(T, -1).squeeze()

# %% multi_head: raises "ValueError: cannot reshape array"
# -> raised
def multi_head(Q, K, V, heads, softmax):
    T, d_k = len(Q), Q.shape[1] // heads
    q, k, v = (X.reshape(T, heads, d_k) for X in (Q, K, V))
    return v

# %% multi_head: raises "ValueError: operand has more dimensions than subscripts"
# -> raised
def multi_head(Q, K, V, heads, softmax):
    q, k, v = (X.reshape(len(X), heads, -1) for X in (Q, K, V))
    return np.einsum("qd,kd->qk", q, k)

# %% multi_head: raises "ValueError: einstein sum subscripts string included output subscript"
# -> raised
def multi_head(Q, K, V, heads, softmax):
    return np.einsum("qd,kd->hqk", Q, K)

# %% cached_attention: the mask begins at position 0 again
# -> _no_offset
def cached_attention(Q, K, V, cache, softmax):
    K, V = np.concatenate([cache[0], K]), np.concatenate([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, (K, V)

# %% cached_attention: new words can't see themselves
# -> _offset_too_small
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.concatenate([cache[0], K]), np.concatenate([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) >= past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, (K, V)

# %% cached_attention: each new word sees the next
# -> _offset_too_large
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + 1 + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, (K, V)

# %% cached_attention: no mask
# -> _no_cache_mask
def cached_attention(Q, K, V, cache, softmax):
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    return softmax(Q @ K.T / np.sqrt(K.shape[1])) @ V, (K, V)

# %% cached_attention: new words see each other only
# -> _ignores_cache
def cached_attention(Q, K, V, cache, softmax):
    out = attention(Q, K, V, softmax)
    return out, (np.vstack([cache[0], K]), np.vstack([cache[1], V]))

# %% cached_attention: the cache comes back as it was
# -> _cache_not_grown
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, cache

# %% cached_attention: the cache holds the new rows alone
# -> _cache_replaced
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K_all, V_all = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K_all.T / np.sqrt(K.shape[1])
    future = np.arange(len(K_all)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V_all, (K, V)

# %% cached_attention: new rows come first
# -> _new_rows_first
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([K, cache[0]]), np.vstack([V, cache[1]])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, (K, V)

# %% cached_attention: the outputs alone
# -> _outputs_only
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V

# %% cached_attention: three things for a pair
# -> _three_things
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, K, V

# %% cached_attention: the cache comes first
# -> _cache_first
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return (K, V), softmax(np.where(future, -np.inf, scores)) @ V

# %% cached_attention: values and keys change places in the cache
# -> _values_first
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, (V, K)

# %% cached_attention: the length of the pair for the number of words
# -> _length_of_the_pair
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache)
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V, (K, V)

# %% cached_attention: no scale
# -> _no_cache_scale
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, Q @ K.T)) @ V, (K, V)

# %% cached_attention: scaled by the width
# -> _scaled_by_width
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, Q @ K.T / K.shape[1])) @ V, (K, V)

# %% cached_attention: hides every score of 0
# -> _cache_hides_zeros
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    seen = np.tril(Q @ K.T / np.sqrt(K.shape[1]), k=past)
    return softmax(np.where(seen == 0, -np.inf, seen)) @ V, (K, V)

# %% cached_attention: future scores of 0
# -> _cache_scores_of_zero
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    return softmax(np.tril(Q @ K.T / np.sqrt(K.shape[1]), k=past)) @ V, (K, V)

# %% cached_attention: the weights, without the values
# -> _cache_weights
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past + np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)), (K, V)

# %% cached_attention: one new word at most, so the second of several sees nothing new
# -> _all_as_the_first
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    scores = Q @ K.T / np.sqrt(K.shape[1])
    future = np.arange(len(K)) > past
    return softmax(np.where(future, -np.inf, scores)) @ V, (K, V)

# %% cached_attention: masked after the softmax
# -> _cache_masked_after
def cached_attention(Q, K, V, cache, softmax):
    past = len(cache[0])
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    weights = np.tril(softmax(Q @ K.T / np.sqrt(K.shape[1])), k=past)
    return weights @ V, (K, V)

# %% cached_attention: raises "ValueError: operands could not be broadcast"
# -> raised
def cached_attention(Q, K, V, cache, softmax):
    past, n = len(cache[0]), len(Q)
    K, V = np.vstack([cache[0], K]), np.vstack([cache[1], V])
    future = np.arange(past + n) > np.arange(past + n)[:, None]
    return softmax(np.where(future, -np.inf, Q @ K.T / np.sqrt(K.shape[1]))) @ V, (K, V)

# %% cached_attention: raises "AttributeError: 'tuple' object has no attribute"
# -> raised
def cached_attention(Q, K, V, cache, softmax):
    past = cache.shape[0]
    return past

# %% cached_attention: raises "AttributeError: 'numpy.ndarray' object has no attribute 'append'"
# -> raised
def cached_attention(Q, K, V, cache, softmax):
    keys, values = cache
    keys.append(K)
    return keys

# %% causal_weights: future scores of 0, then masked after the softmax
# -> wrong value
def causal_weights(scores, softmax):
    return np.tril(softmax(np.tril(scores)))

# %% attention: no scale, and weights of the future set to 0
# -> _unscaled_and_masked_late
def attention(Q, K, V, softmax):
    w = softmax(Q @ K.T)
    w[np.triu_indices(len(Q), 1)] = 0
    return w @ V

# %% attention: multiplied by the root of the width
# -> _multiplied
def attention(Q, K, V, softmax):
    s = Q @ K.T * np.sqrt(K.shape[1])
    s[np.triu_indices(len(Q), 1)] = -np.inf
    return softmax(s) @ V

# %% multi_head: no scale and no mask
# -> _heads_without_scale_and_mask
def multi_head(Q, K, V, heads, softmax):
    q, k, v = (X.reshape(len(X), heads, -1) for X in (Q, K, V))
    return np.einsum("hqk,khd->qhd", softmax(np.einsum("qhd,khd->hqk", q, k)), v).reshape(len(Q), -1)

# %% multi_head: the outputs of the heads are interleaved
# -> _outputs_interleaved
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    s = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(q.shape[-1])
    s = np.where(np.tri(T) == 1, s, -np.inf)
    return np.einsum("hqk,khd->qdh", softmax(s), v).reshape(T, -1)

# %% multi_head: the heads are joined before the words
# -> _joined_without_transpose
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(T, heads, -1) for X in (Q, K, V))
    s = np.einsum("qhd,khd->qhk", q, k) / np.sqrt(q.shape[-1])
    s = np.where(np.tri(T)[:, None] == 1, s, -np.inf)
    return np.einsum("qhk,khd->hqd", softmax(s), v).reshape(T, -1)

# %% cached_attention: no mask and no scale
# -> _no_cache_scale_and_mask
def cached_attention(Q, K, V, cache, softmax):
    K_all, V_all = np.concatenate([cache[0], K]), np.concatenate([cache[1], V])
    return softmax(Q @ K_all.T) @ V_all, (K_all, V_all)


# %% softmax: sums over all axes instead of the last one
# -> _sum_over_everything
def softmax(scores):
    exp = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exp / exp.sum()


# %% softmax: the largest score isn't subtracted, exp overflows at 1,000
# -> _unstable
def softmax(scores: np.ndarray) -> np.ndarray:
    e = np.exp(scores)
    return e / np.sum(e, axis=-1, keepdims=True)


# %% softmax: subtracts the maximum of the whole table, so a row of -1,000 becomes 0/0
# -> _global_maximum
def softmax(scores):
    shifted = scores - np.max(scores)
    weights = np.exp(shifted)
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights


# %% softmax: axis=1 instead of the last; one row raises, a stack is wrong
# -> _axis_one
def softmax(scores):
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


# %% lookup: the raw scores are used as weights, the softmax is missing
# -> _raw_scores
def lookup(query, keys, values, softmax):
    scores = keys @ query
    return scores @ values


# %% lookup: a hard lookup, the value of the best key
# -> _hard
def lookup(query: np.ndarray, keys: np.ndarray, values: np.ndarray, softmax) -> np.ndarray:
    weights = softmax(keys @ query)
    return values[weights.argmax()]


# %% lookup: mean instead of sum over the weighted values, so it is n times too small
# -> _averaged_again
def lookup(query, keys, values, softmax):
    weights = softmax(np.array([query @ key for key in keys]))
    return (weights[:, None] * values).mean(axis=0)


# %% lookup: the scores are divided by the root of d_k, nobody asked for that yet
# -> _scaled
def lookup(query, keys, values, softmax):
    scores = np.einsum("nd,d->n", keys, query) / np.sqrt(len(query))
    return softmax(scores) @ values


# %% scaled_scores: divides by d instead of its root
# -> _by_d
def scaled_scores(Q, K):
    d = Q.shape[-1]
    return Q @ K.T / d


# %% scaled_scores: the root of the number of queries instead of the width
# -> _by_number_of_queries
def scaled_scores(Q: np.ndarray, K: np.ndarray) -> np.ndarray:
    return np.dot(Q, K.T) / math.sqrt(len(Q))


# %% scaled_scores: keys by queries, the table is transposed
# -> _keys_by_queries
def scaled_scores(Q, K):
    return np.einsum("md,nd->mn", K, Q) / np.sqrt(K.shape[1])


# %% scaled_scores: divides by the standard deviation of the scores at hand
# -> _by_measured_spread
def scaled_scores(Q, K):
    scores = Q @ K.T
    return scores / scores.std()


# %% causal_weights: future scores are set to 0 instead of minus infinity
# -> _zero_scores
def causal_weights(scores, softmax):
    return softmax(np.tril(scores))


# %% causal_weights: masked after the softmax, rows don't sum to 1
# -> _masked_after
def causal_weights(scores: np.ndarray, softmax) -> np.ndarray:
    weights = softmax(scores)
    T = len(scores)
    for t in range(T):
        for s in range(t + 1, T):
            weights[t, s] = 0
    return weights


# %% causal_weights: >= hides the word itself as well, row 0 becomes nan
# -> _blind_to_itself
def causal_weights(scores, softmax):
    pos = np.arange(len(scores))
    future = pos >= pos[:, None]
    return softmax(np.where(future, -np.inf, scores))


# %% causal_weights: the mask is transposed, words see the future and not the past
# -> _sees_only_future
def causal_weights(scores, softmax):
    positions = np.arange(len(scores))
    hidden = positions[:, None] > positions
    masked = scores.astype(float).copy()
    masked[hidden] = -np.inf
    return softmax(masked)


# %% late_mask_fails: 100 is too small, exp(-100) is still a number
# -> _leads_a_little
late_mask_fails = np.array([[0.0, 100.0], [0.0, 0.0]])


# %% late_mask_fails: the large score stands in the past (row 1, column 0), not in the future
# -> _past_leads
late_mask_fails = np.array([[0, 0], [1000, 0]])


# %% late_mask_fails: an infinite score, but the scores must be finite
# -> _infinite
late_mask_fails = np.array([[0, np.inf], [0, 0]])


# %% attention: the scores aren't divided by the root of d_k
# -> _no_scale
def attention(Q, K, V, softmax):
    scores = Q @ K.T
    positions = np.arange(len(Q))
    future = positions > positions[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V


# %% attention: no mask, every word sees the whole text
# -> _unmasked
def attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, softmax) -> np.ndarray:
    return softmax(Q @ K.T / np.sqrt(Q.shape[1])) @ V


# %% attention: divides by the root of d_v, the width of V, instead of d_k
# -> _scaled_by_values
def attention(Q, K, V, softmax):
    scores = np.einsum("td,sd->ts", Q, K) / np.sqrt(V.shape[1])
    scores = scores + np.triu(np.full(scores.shape, -np.inf), 1)
    return np.einsum("ts,sd->td", softmax(scores), V)


# %% attention: the weights are transposed before they meet the values
# -> _weights_transposed
def attention(Q, K, V, softmax):
    T, d = Q.shape
    scores = Q @ K.T / d**0.5
    scores[np.triu_indices(T, 1)] = -np.inf
    return softmax(scores).T @ V


# %% multi_head: reshape(heads, T, d) cuts the numbers in storage order and mixes the heads
# -> _reshaped_without_transpose
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = (X.reshape(heads, T, -1) for X in (Q, K, V))
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    scores = np.where(np.tri(T, dtype=bool), scores, -np.inf)
    out = softmax(scores) @ v  # (heads, T, d_v)
    return out.transpose(1, 0, 2).reshape(T, -1)


# %% multi_head: scaled by the width of all heads together
# -> _scaled_by_full_width
def multi_head(Q, K, V, heads, softmax):
    T = len(Q)
    q, k, v = Q.reshape(T, heads, -1), K.reshape(T, heads, -1), V.reshape(T, heads, -1)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(Q.shape[1])
    future = np.arange(T) > np.arange(T)[:, None]
    weights = softmax(np.where(future, -np.inf, scores))
    return np.einsum("hqk,khd->qhd", weights, v).reshape(T, -1)


# %% multi_head: the head's axis isn't moved back before the last reshape
# -> _joined_without_transpose
def multi_head(Q: np.ndarray, K: np.ndarray, V: np.ndarray, heads: int, softmax) -> np.ndarray:
    T = Q.shape[0]
    q, k, v = Q.reshape(T, heads, -1), K.reshape(T, heads, -1), V.reshape(T, heads, -1)
    scores = np.einsum("qhd,khd->hqk", q, k) / math.sqrt(q.shape[-1])
    scores = np.where(np.triu(np.ones((T, T)), 1) == 1, -np.inf, scores)
    return np.einsum("hqk,khd->hqd", softmax(scores), v).reshape(T, V.shape[1])


# %% cached_attention: the mask counts new words from 0, so most of the cache is hidden
# -> _no_offset
def cached_attention(Q, K, V, cache, softmax):
    K_all = np.concatenate([cache[0], K])
    V_all = np.concatenate([cache[1], V])
    scores = Q @ K_all.T / np.sqrt(Q.shape[1])
    future = np.arange(len(K_all)) > np.arange(len(Q))[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V_all, (K_all, V_all)


# %% cached_attention: no mask: right for one new word, several new ones see each other's future
# -> _no_cache_mask
def cached_attention(Q, K, V, cache, softmax):
    keys, values = cache
    keys, values = np.vstack([keys, K]), np.vstack([values, V])
    weights = softmax(Q @ keys.T / math.sqrt(K.shape[1]))
    return weights @ values, (keys, values)


# %% cached_attention: returns the old cache, without the new rows
# -> _cache_not_grown
def cached_attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, cache: tuple, softmax) -> tuple:
    K_old, V_old = cache
    past, n = len(K_old), len(Q)
    keys, values = np.concatenate([K_old, K]), np.concatenate([V_old, V])
    scores = Q @ keys.T / np.sqrt(Q.shape[1])
    future = np.arange(past + n) > np.arange(past, past + n)[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ values, cache


# %% cached_attention: the new rows are put in front of the old ones
# -> _new_rows_first
def cached_attention(Q, K, V, cache, softmax):
    K_old, V_old = cache
    past, n = len(K_old), len(K)
    K_all, V_all = np.concatenate([K, K_old]), np.concatenate([V, V_old])
    scores = Q @ K_all.T / np.sqrt(Q.shape[1])
    future = np.arange(past + n) > np.arange(past, past + n)[:, None]
    return softmax(np.where(future, -np.inf, scores)) @ V_all, (K_all, V_all)


# %% softmax: one maximum for the whole array, so a row far below it becomes 0 / 0
# -> _global_maximum
def softmax(scores: np.ndarray) -> np.ndarray:
    z = np.exp(scores - np.amax(scores))
    return z / np.sum(z, axis=-1, keepdims=True)


# %% softmax: scores are clipped at ±700 instead of shifted, so 1000 and 800 become equal
# -> _clipped
def softmax(scores):
    powers = np.exp(np.clip(scores, -700, 700))
    total = np.einsum("...n->...", powers)
    return powers / total[..., np.newaxis]


# %% lookup: takes the value of the best key alone instead of an average
# -> _hard
def lookup(query: np.ndarray, keys: np.ndarray, values: np.ndarray, softmax) -> np.ndarray:
    weights = softmax(np.inner(keys, query))
    return values[np.argmax(weights)]


# %% lookup: scores divided by their sum instead of the softmax
# -> _divided_by_sum
def lookup(query, keys, values, softmax):
    scores = np.array([np.dot(k, query) for k in keys])
    weights = scores / scores.sum()
    return np.average(values, axis=0, weights=weights)


# %% scaled_scores: divides by the root of the number of keys instead of the width
# -> _by_number_of_keys
def scaled_scores(Q: np.ndarray, K: np.ndarray) -> np.ndarray:
    return np.inner(Q, K) * len(K) ** -0.5


# %% scaled_scores: divides by the lengths of query and key (a cosine) instead of the root of the width
# -> _cosine
def scaled_scores(Q, K):
    q = Q / np.linalg.norm(Q, axis=1, keepdims=True)
    k = K / np.linalg.norm(K, axis=1, keepdims=True)
    return np.einsum("id,jd->ij", q, k)


# %% causal_weights: future scores are set to 0 instead of minus infinity and still get weight
# -> _zero_scores
def causal_weights(scores: np.ndarray, softmax) -> np.ndarray:
    T = len(scores)
    return softmax(scores * np.tri(T))


# %% causal_weights: hides the word itself, too (>=), and row 0 becomes nan
# -> _blind_to_itself
def causal_weights(scores, softmax):
    masked = np.array(scores, dtype=float)
    for t in range(len(masked)):
        masked[t, t:] = -np.inf
    return softmax(masked)


# %% late_mask_fails: the future score is very small, so late_weights is right
# -> _past_leads
late_mask_fails = np.array([[0.0, -1000.0], [0.0, 0.0]])


# %% late_mask_fails: a score is infinite, but finite ones were asked for
# -> _infinite
late_mask_fails = np.array([[0.0, np.inf], [0.0, 0.0]])


# %% attention: rows of the scores are keys instead of queries (einsum "kq"), so mask and softmax hit the wrong axis
# -> _keys_ask
def attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, softmax) -> np.ndarray:
    scores = np.einsum("qd,kd->kq", Q, K) / math.sqrt(Q.shape[1])
    hide = np.triu(np.full(scores.shape, -np.inf), k=1)
    return softmax(scores + hide) @ V


# %% attention: scores aren't divided by the root of d_k
# -> _no_scale
def attention(Q, K, V, softmax):
    S = Q @ K.T
    S[np.triu_indices(len(Q), 1)] = -np.inf
    W = softmax(S)
    return np.einsum("ts,sv->tv", W, V)


# %% multi_head: reshapes straight to (heads, T, d), which mixes words and heads
# -> _mixed_both_ways
def multi_head(Q: np.ndarray, K: np.ndarray, V: np.ndarray, heads: int, softmax) -> np.ndarray:
    T = len(Q)
    q, k, v = (m.reshape(heads, T, -1) for m in (Q, K, V))
    S = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    S = np.where(np.tri(T, dtype=bool), S, -np.inf)
    return (softmax(S) @ v).reshape(T, -1)


# %% multi_head: scales by the width of all heads together instead of one head
# -> _scaled_by_full_width
def multi_head(Q, K, V, heads, softmax):
    T, width = Q.shape
    split = lambda m: np.stack(np.split(m, heads, axis=1))
    q, k, v = split(Q), split(K), split(V)
    S = np.einsum("hqd,hkd->hqk", q, k) / np.sqrt(width)
    S[:, ~np.tri(T, dtype=bool)] = -np.inf
    return np.hstack(list(softmax(S) @ v))


# %% cached_attention: the mask forgets how many words are past; a new word sees only as many keys as if it were first
# -> _no_offset
def cached_attention(Q: np.ndarray, K: np.ndarray, V: np.ndarray, cache: tuple, softmax) -> tuple:
    keys, values = np.vstack((cache[0], K)), np.vstack((cache[1], V))
    scores = Q @ keys.T / np.sqrt(Q.shape[1])
    scores = np.where(np.tri(*scores.shape, dtype=bool), scores, -np.inf)
    return softmax(scores) @ values, (keys, values)


# %% cached_attention: the cache that comes back is the old one, without the new rows
# -> _cache_not_grown
def cached_attention(Q, K, V, cache, softmax):
    old_k, old_v = cache
    past = old_k.shape[0]
    all_k, all_v = np.r_[old_k, K], np.r_[old_v, V]
    rows = []
    for i, q in enumerate(Q):
        upto = past + i + 1
        w = softmax(all_k[:upto] @ q / math.sqrt(len(q)))
        rows.append(w @ all_v[:upto])
    return np.array(rows), (old_k, old_v)
