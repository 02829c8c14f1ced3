# Wrong answers to the exercises of evaluation: the exercise, then the true cause.

# %% perplexity: the mean of the texts' means
# -> _average_of_averages
def perplexity(nats):
    means = [text.mean() for text in nats if text.size]
    return math.exp(sum(means) / len(means))

# %% perplexity: the mean of the texts' perplexities
# -> _mean_of_perplexities
def perplexity(nats):
    each = [np.exp(np.mean(text)) for text in nats if len(text) > 0]
    return sum(each) / len(each)

# %% perplexity: no exp
# -> _loss_alone
def perplexity(nats):
    return sum(map(sum, nats)) / sum(map(len, nats))

# %% perplexity: 2 for e
# -> _two_for_e
def perplexity(nats):
    return 2 ** (sum(t.sum() for t in nats) / sum(len(t) for t in nats))

# %% perplexity: divided by the texts
# -> _of_a_text
def perplexity(nats):
    return math.exp(min(600, sum(text.sum() for text in nats) / len(nats)))

# %% perplexity: the first text alone
# -> located
def perplexity(nats):
    return math.exp(nats[0].mean())

# %% perplexity: raises "OverflowError: math range error"
# -> located
def perplexity(nats):
    return math.exp(sum(text.sum() for text in nats)) / sum(len(text) for text in nats)

# %% perplexity: raises "ValueError: setting an array element"
# -> raised
def perplexity(nats):
    return math.exp(np.array(nats).mean())

# %% perplexity: raises "RuntimeWarning: Mean of empty slice"
# -> _average_of_averages
def perplexity(nats):
    return np.exp(np.mean([text.mean() for text in nats]))

# %% spans: the given code, the first token of a window is lost
# -> _loses_the_first
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, max(done, begin + 1), end))
        done = end
        begin = begin + stride
    return windows

# %% spans: scores the first token without anything before it
# -> _scores_blindly
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, done, end))
        done = end
        begin = min(begin + stride, done)
    return windows

# %% spans: scores the overlap twice
# -> _scores_twice
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, begin + 1, end))
        done = end
        begin = min(begin + stride, done - 1)
    return windows

# %% spans: always one token before, whatever the stride
# -> _ignores_the_stride
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, done, end))
        done = end
        begin = done - 1
    return windows

# %% spans: the stride one shorter
# -> _shorter_stride
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, done, end))
        done = end
        begin = min(begin + max(1, stride - 1), done - 1)
    return windows

# %% spans: raises "TypeError: list.append() takes exactly one"
# -> raised
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append(begin, done, end)
        done = end
        begin = min(begin + stride, done - 1)
    return windows

# %% spans: raises "UnboundLocalError"
# -> raised
def spans(length, context, stride):
    windows, begin = [], 0
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, done, end))
        done = end
        begin = min(begin + stride, done - 1)
    return windows

# %% pick: the dearest
# -> _dearest
def pick(nats, options):
    each = [c / len(o.encode()) for c, o in zip(nats, options)]
    return int(np.argmax(nats)), int(np.argmax(each))

# %% pick: characters
# -> _by_character
def pick(nats, options):
    each = np.array(nats) / [len(option) for option in options]
    return int(np.argmin(nats)), int(each.argmin())

# %% pick: words
# -> _by_word
def pick(nats, options):
    each = np.array(nats) / [len(option.split()) for option in options]
    return int(np.argmin(nats)), int(each.argmin())

# %% pick: exchanged
# -> _exchanged
def pick(nats, options):
    each = np.array(nats) / [len(option.encode()) for option in options]
    return int(each.argmin()), int(np.argmin(nats))

# %% pick: the last of a tie
# -> _last_of_a_tie
def pick(nats, options):
    best = each = 0
    size = [len(option.encode()) for option in options]
    for i in range(len(nats)):
        if nats[i] <= nats[best]:
            best = i
        if nats[i] / size[i] <= nats[each] / size[each]:
            each = i
    return best, each

# %% pick: by the whole both times
# -> _whole_twice
def pick(nats, options):
    best = nats.index(min(nats))
    return best, best

# %% pick: raises "AttributeError: 'numpy.ndarray' object has no"
# -> raised
def pick(nats, options):
    each = np.array(nats) / [len(option.encode()) for option in options]
    return nats.index(min(nats)), each.index(min(each))

# %% pick: raises "TypeError: unsupported operand type(s) for /"
# -> raised
def pick(nats, options):
    each = nats / [len(option.encode()) for option in options]
    return nats.index(min(nats)), list(each).index(min(each))

# %% above_chance: not stretched
# -> _subtracted_only
def above_chance(scores, chances):
    return (scores - chances).mean()

# %% above_chance: averages first
# -> _averaged_first
def above_chance(scores, chances):
    return (scores.mean() - chances.mean()) / (1 - chances.mean())

# %% above_chance: clipped at 0
# -> _clipped_at_0
def above_chance(scores, chances):
    return np.clip((scores - chances) / (1 - chances), 0, 1).mean()

# %% above_chance: the sum
# -> located
def above_chance(scores, chances):
    return ((scores - chances) / (1 - chances)).sum()

# %% above_chance: raises "RuntimeWarning: divide by zero"
# -> _times_better
def above_chance(scores, chances):
    return np.mean((scores - chances) / chances)

# %% above_chance: raises "TypeError: unsupported operand type(s) for -"
# -> raised
def above_chance(scores, chances):
    return np.mean((list(scores) - list(chances)) / (1 - chances))

# %% paired: one-sided
# -> _one_sided
def paired(a, b):
    x, y = int(((a == 1) & (b == 0)).sum()), int(((a == 0) & (b == 1)).sum())
    return sum(math.comb(x + y, i) for i in range(min(x, y) + 1)) / 2 ** (x + y)

# %% paired: above 1
# -> _above_1
def paired(a, b):
    x, y = int(((a == 1) & (b == 0)).sum()), int(((a == 0) & (b == 1)).sum())
    return 2 * sum(math.comb(x + y, i) for i in range(min(x, y) + 1)) / 2 ** (x + y)

# %% paired: all questions are tossed
# -> _all_questions
def paired(a, b):
    x, y = int((a > b).sum()), int((b > a).sum())
    n = len(a)
    return min(1, 2 * sum(math.comb(n, i) for i in range(min(x, y) + 1)) / 2**n)

# %% paired: exactly this split
# -> _exactly_this
def paired(a, b):
    x, y = int((a > b).sum()), int((b > a).sum())
    return min(1, 2 * math.comb(x + y, x) / 2 ** (x + y))

# %% paired: chi-squared as in textbooks, without the correction
# -> _bell_curve
def paired(a, b):
    x, y = int((a > b).sum()), int((b > a).sum())
    if x + y == 0:
        return 1.0
    chi = (x - y) ** 2 / (x + y)
    return math.erfc(math.sqrt(chi / 2))

# %% paired: the overall scores of both
# -> _all_right_answers
def paired(a, b):
    x, y = int(a.sum()), int(b.sum())
    n, k = x + y, min(x, y)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n)

# %% paired: raises "TypeError: 'numpy.float64' object cannot be interpreted"
# -> raised
def paired(a, b):
    x, y = np.sum((a > b) * 1.0), np.sum((b > a) * 1.0)
    n, k = x + y, min(x, y)
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n)

# %% paired: raises "ZeroDivisionError"
# -> raised
def paired(a, b):
    x, y = int((a > b).sum()), int((b > a).sum())
    share = min(x, y) / (x + y)
    n, k = x + y, round(share * (x + y))
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n)

# %% bradley_terry: natural logs
# -> _natural_log
def bradley_terry(wins):
    p, n = np.ones(len(wins)), wins + wins.T
    for _ in range(1000):
        p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
    return 400 * np.log(p) - 400 * np.log(p).mean()

# %% bradley_terry: columns for rows
# -> _losses_for_wins
def bradley_terry(wins):
    p, n = np.ones(len(wins)), wins + wins.T
    for _ in range(1000):
        p = wins.sum(axis=0) / (n / (p[:, None] + p)).sum(axis=1)
    r = 400 * np.log10(p)
    return r - r.mean()

# %% bradley_terry: not centred
# -> _not_centred
def bradley_terry(wins):
    p, n = np.ones(len(wins)), wins + wins.T
    for _ in range(1000):
        p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
    return 400 * np.log10(p)

# %% bradley_terry: the odds of winning, whoever the opponent is
# -> _share_of_wins
def bradley_terry(wins):
    share = wins.sum(axis=1) / (wins + wins.T).sum(axis=1)
    r = 400 * np.log10(share / (1 - share))
    return r - r.mean()

# %% bradley_terry: one round
# -> _one_round
def bradley_terry(wins):
    p, n = np.ones(len(wins)), wins + wins.T
    p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
    r = 400 * np.log10(p)
    return r - r.mean()

# %% bradley_terry: the last player is set to 0
# -> _not_centred
def bradley_terry(wins):
    p, n = np.ones(len(wins)), wins + wins.T
    for _ in range(1000):
        p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
    r = 400 * np.log10(p)
    return r - r[-1]

# %% bradley_terry: raises "RuntimeWarning: divide by zero encountered"
# -> not finite
def bradley_terry(wins):
    p, n = np.zeros(len(wins)), wins + wins.T
    for _ in range(1000):
        p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
    r = 400 * np.log10(p)
    return r - r.mean()

# %% bradley_terry: raises "TypeError: only"
# -> raised
def bradley_terry(wins):
    p, n = np.ones(len(wins)), wins + wins.T
    for _ in range(1000):
        p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
    r = 400 * math.log10(p)
    return r - r.mean()

# %% leaked: sets of both
# -> _distinct
def leaked(item, training, n):
    grams = lambda t: {tuple(t.split()[i:i + n]) for i in range(len(t.split()) - n + 1)}
    return len(grams(item) & grams(training)) / max(len(grams(item)), 1)

# %% leaked: a text in a text
# -> _inside_words
def leaked(item, training, n):
    w = item.split()
    runs = [" ".join(w[i:i + n]) for i in range(len(w) - n + 1)]
    return sum(run in training for run in runs) / max(len(runs), 1)

# %% leaked: the last run is missing in both
# -> _last_run_missing
def leaked(item, training, n):
    grams = lambda w: [tuple(w[i:i + n]) for i in range(len(w) - n)]
    mine, known = grams(item.split()), set(grams(training.split()))
    return sum(g in known for g in mine) / max(len(mine), 1)

# %% leaked: common to both, divided by what either has
# -> _of_either
def leaked(item, training, n):
    grams = lambda w: {tuple(w[i:i + n]) for i in range(len(w) - n + 1)}
    mine, known = grams(item.split()), grams(training.split())
    return len(mine & known) / max(len(mine | known), 1)

# %% leaked: lower case first, and words without order
# -> _any_order
def leaked(item, training, n):
    grams = lambda w: [frozenset(w[i:i + n]) for i in range(len(w) - n + 1)]
    mine, known = grams(item.lower().split()), set(grams(training.lower().split()))
    return sum(g in known for g in mine) / max(len(mine), 1)

# %% leaked: raises "ZeroDivisionError"
# -> raised
def leaked(item, training, n):
    grams = lambda w: [tuple(w[i:i + n]) for i in range(len(w) - n + 1)]
    mine, known = grams(item.split()), set(grams(training.split()))
    return sum(g in known for g in mine) / len(mine)

# %% leaked: raises "TypeError: unhashable type: 'list'"
# -> raised
def leaked(item, training, n):
    w, t = item.split(), training.split()
    known = {t[i:i + n] for i in range(len(t) - n + 1)}
    return np.mean([w[i:i + n] in known for i in range(len(w) - n + 1)])

# %% unbiased: the mean of the shares, then odds
# -> _averages_shares
def unbiased(first_with_a, first_with_b):
    a = (first_with_a + (1 - first_with_b)) / 2
    f = (first_with_a + first_with_b) / 2
    return math.log(a / (1 - a)), math.log(f / (1 - f))

# %% unbiased: not halved
# -> _not_halved
def unbiased(first_with_a, first_with_b):
    x = math.log(first_with_a / (1 - first_with_a))
    y = math.log(first_with_b / (1 - first_with_b))
    return x - y, x + y

# %% unbiased: the second share as A's
# -> _second_is_for_a
def unbiased(first_with_a, first_with_b):
    x = math.log(first_with_a / (1 - first_with_a))
    y = math.log((1 - first_with_b) / first_with_b)
    return (x - y) / 2, (x + y) / 2

# %% unbiased: shares
# -> _in_shares
def unbiased(first_with_a, first_with_b):
    return (first_with_a - first_with_b) / 2, (first_with_a + first_with_b) / 2 - 0.5

# %% unbiased: log2
# -> _other_base
def unbiased(first_with_a, first_with_b):
    x = math.log2(first_with_a / (1 - first_with_a))
    y = math.log2(first_with_b / (1 - first_with_b))
    return (x - y) / 2, (x + y) / 2

# %% unbiased: odds without logs
# -> located
def unbiased(first_with_a, first_with_b):
    x = first_with_a / (1 - first_with_a)
    y = first_with_b / (1 - first_with_b)
    return (x - y) / 2, (x + y) / 2

# %% unbiased: raises "ValueError: math domain error"
# -> raised
def unbiased(first_with_a, first_with_b):
    x = math.log(first_with_a / 1 - first_with_a)
    y = math.log(first_with_b / 1 - first_with_b)
    return (x - y) / 2, (x + y) / 2
