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

# %% perplexity: divides by the number of texts, not of tokens
# -> _of_a_text
def perplexity(nats: list[np.ndarray]) -> float:
    total = 0.0
    for text in nats:
        total += float(text.sum())
    return math.exp(total / len(nats))

# %% perplexity: leaves out the first token of each text
# -> _without_the_first
def perplexity(nats: list[np.ndarray]) -> float:
    kept = np.concatenate([text[1:] for text in nats])
    return float(np.exp(kept.mean()))

# %% spans: moves the window back to the first new token and not to one before it
# -> _loses_the_first
def spans(length: int, context: int, stride: int) -> list[tuple[int, int, int]]:
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, max(done, begin + 1), end))
        done = end
        begin = min(begin + stride, done)
    return windows

# %% spans: every window begins one token before the new ones, whatever the stride
# -> _ignores_the_stride
def spans(length: int, context: int, stride: int) -> list[tuple[int, int, int]]:
    windows, done = [], 1
    while done < length:
        begin = done - 1
        end = min(begin + context, length)
        windows.append((begin, done, end))
        done = end
    return windows

# %% spans: scores the first token that a window reads, with nothing before it
# -> _scores_blindly
def spans(length: int, context: int, stride: int) -> list[tuple[int, int, int]]:
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, done, end))
        done = end
        begin = min(begin + stride, done)
    return windows

# %% pick: the last option wins a tie
# -> _last_of_a_tie
def pick(nats: list[float], options: list[str]) -> tuple[int, int]:
    best, best_each = 0, 0
    for i in range(len(nats)):
        if nats[i] <= nats[best]:
            best = i
        if nats[i] / len(options[i].encode()) <= nats[best_each] / len(options[best_each].encode()):
            best_each = i
    return best, best_each

# %% pick: counts the bytes without the blanks around an option
# -> _without_the_ends
def pick(nats: list[float], options: list[str]) -> tuple[int, int]:
    each = [cost / len(option.strip().encode("utf-8")) for cost, option in zip(nats, options)]
    return int(np.argmin(nats)), int(np.argmin(each))

# %% above_chance: averages scores and chances first, and scales the mean
# -> _averaged_first
def above_chance(scores: np.ndarray, chances: np.ndarray) -> float:
    score, chance = scores.mean(), chances.mean()
    return float((score - chance) / (1 - chance))

# %% above_chance: sets scores below chance to 0
# -> _clipped_at_0
def above_chance(scores: np.ndarray, chances: np.ndarray) -> float:
    scaled = [max(0.0, (s - c) / (1 - c)) for s, c in zip(scores, chances)]
    return sum(scaled) / len(scaled)

# %% paired: leaves out the split itself, one term too few
# -> _stops_before
def paired(a: np.ndarray, b: np.ndarray) -> float:
    only_a = int(((a == 1) & (b == 0)).sum())
    only_b = int(((a == 0) & (b == 1)).sum())
    n, k = only_a + only_b, min(only_a, only_b)
    if only_a == only_b:
        return 1.0
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k)) / 2**n)

# %% paired: the normal approximation in place of the exact count
# -> _bell_curve
def paired(a: np.ndarray, b: np.ndarray) -> float:
    only_a, only_b = np.sum(a > b), np.sum(b > a)
    if only_a + only_b == 0:
        return 1.0
    z = abs(only_a - only_b) / math.sqrt(only_a + only_b)
    return math.erfc(z / math.sqrt(2))

# %% paired: tosses a coin for every question, also where both agree
# -> _all_questions
def paired(a: np.ndarray, b: np.ndarray) -> float:
    n = len(a)
    k = int(min((a > b).sum(), (b > a).sum()))
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n)

# %% bradley_terry: divides by the wins of i over j and not by all votes between the two
# -> _wins_for_votes
def bradley_terry(wins: np.ndarray) -> np.ndarray:
    p = np.ones(len(wins))
    for _ in range(200):
        p = wins.sum(axis=1) / (wins / (p[:, None] + p[None, :])).sum(axis=1)
        p = p / p.mean()
    ratings = 400 * np.log10(p)
    return ratings - ratings.mean()

# %% bradley_terry: stops after 10 rounds
# -> _one_round
def bradley_terry(wins: np.ndarray) -> np.ndarray:
    n = wins + wins.T
    p = np.ones(len(wins))
    for _ in range(10):
        p = wins.sum(axis=1) / (n / (p[:, None] + p[None, :])).sum(axis=1)
    ratings = 400 * np.log10(p)
    return ratings - ratings.mean()

# %% bradley_terry: the mean strength is 1, so that the mean of the ratings isn't 0
# -> _not_centred
def bradley_terry(wins: np.ndarray) -> np.ndarray:
    n = wins + wins.T
    p = np.ones(len(wins))
    for _ in range(500):
        p = wins.sum(axis=1) / (n / np.add.outer(p, p)).sum(axis=1)
        p /= p.mean()
    return 400 * np.log10(p)

# %% bradley_terry: adds the transposed table into the caller's array
# -> changed its input
def bradley_terry(wins: np.ndarray) -> np.ndarray:
    won = wins.sum(axis=1)
    n = wins
    n += wins.T.copy()
    p = np.ones(len(wins))
    for _ in range(300):
        p = won / (n / (p[:, None] + p)).sum(axis=1)
    ratings = 400 * np.log10(p)
    return ratings - ratings.mean()

# %% unbiased: averages the shares of both orders and takes log odds afterwards
# -> _averages_shares
def unbiased(first_with_a: float, first_with_b: float) -> tuple[float, float]:
    def log_odds(s):
        return math.log(s / (1 - s))
    a_wins = (first_with_a + (1 - first_with_b)) / 2
    first_wins = (first_with_a + first_with_b) / 2
    return log_odds(a_wins), log_odds(first_wins)

# %% unbiased: turns the second share into A's share, and still subtracts it
# -> _second_is_for_a
def unbiased(first_with_a: float, first_with_b: float) -> tuple[float, float]:
    a_then = 1 - first_with_b
    x = math.log(first_with_a / (1 - first_with_a))
    y = math.log(a_then / (1 - a_then))
    return (x - y) / 2, (x + y) / 2

# %% leaked: counts a run that comes twice in the item only once
# -> _distinct
def leaked(item: str, training: str, n: int) -> float:
    def runs(text):
        words = text.split()
        return {" ".join(words[i:i + n]) for i in range(len(words) - n + 1)}
    asked = runs(item)
    if not asked:
        return 0.0
    return len(asked & runs(training)) / len(asked)

# %% leaked: looks for the run as a piece of text, so that parts of words match
# -> _inside_words
def leaked(item: str, training: str, n: int) -> float:
    words = item.split()
    text = " ".join(training.split())
    found = [" ".join(words[i:i + n]) in text for i in range(len(words) - n + 1)]
    return sum(found) / len(found) if found else 0.0

# %% perplexity: np.exp of joined minus first
# -> _without_the_first
def perplexity(nats):
    return np.exp(np.concatenate(nats)[1:].mean())

# %% perplexity: first of each left out of the sum, counted in the length
# -> _without_the_first
def perplexity(nats):
    return math.exp(sum(t[1:].sum() for t in nats) / sum(len(t) for t in nats))

# %% spans: stride clamped to context only
# -> _loses_the_first
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    stride = min(stride, context)
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, max(done, begin + 1), end))
        done = end
        begin += stride
    return windows

# %% spans: end inclusive
# -> _last_for_end
def spans(length, context, stride):
    windows, begin, done = [], 0, 1
    while done < length:
        end = min(begin + context, length)
        windows.append((begin, done, end - 1))
        done = end
        begin = min(begin + stride, done - 1)
    return windows

# %% spans: one more window after the end, by range
# -> _goes_on
def spans(length, context, stride):
    windows, done = [], 1
    stride = min(stride, context - 1)
    for begin in range(0, length, stride):
        end = min(begin + context, length)
        windows.append((begin, done, end))
        done = end
    return windows

# %% above_chance: median
# -> _median
def above_chance(scores, chances):
    return np.median((scores - chances) / (1 - chances))

# %% above_chance: abs
# -> _without_sign
def above_chance(scores, chances):
    return np.abs((scores - chances) / (1 - chances)).mean()

# %% paired: 1 minus p
# -> _one_minus
def paired(a, b):
    x, y = int((a > b).sum()), int((b > a).sum())
    n, k = x + y, min(x, y)
    return 1 - min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n)

# %% paired: 0 where they never differ
# -> _never_differ_gives_0
def paired(a, b):
    x, y = int((a > b).sum()), int((b > a).sum())
    n, k = x + y, min(x, y)
    if n == 0:
        return 0.0
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(k + 1)) / 2**n)

# %% paired: the smaller isn't looked for
# -> _one_models_count
def paired(a, b):
    x, y = int((a > b).sum()), int((b > a).sum())
    n = x + y
    return min(1.0, 2 * sum(math.comb(n, i) for i in range(y + 1)) / 2**n)

# %% paired: p without the coin power
# -> _the_middle
def paired(a, b):
    x, y = int((a > b).sum()), int((b > a).sum())
    n, k = x + y, min(x, y)
    return min(1.0, sum(math.comb(n, i) for i in range(k, n - k + 1)) / 2**n)

# %% bradley_terry: stops when a round changes little in strength
# -> _one_round
def bradley_terry(wins):
    n = wins + wins.T
    p = np.ones(len(wins))
    while True:
        q = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
        if np.abs(q - p).max() < 0.01:
            break
        p = q
    r = 400 * np.log10(q)
    return r - r.mean()

# %% bradley_terry: first at 0
# -> _not_centred
def bradley_terry(wins):
    n = wins + wins.T
    p = np.ones(len(wins))
    for _ in range(300):
        p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
        p /= p[0]
    return 400 * np.log10(p)

# %% bradley_terry: sums to 1
# -> _not_centred
def bradley_terry(wins):
    n = wins + wins.T
    p = np.ones(len(wins))
    for _ in range(300):
        p = wins.sum(axis=1) / (n / (p[:, None] + p)).sum(axis=1)
        p = p / p.sum()
    return 400 * np.log10(p)

# %% bradley_terry: wins as shares of games first
# -> _shares_against_each
def bradley_terry(wins):
    n = wins + wins.T
    s = wins / np.maximum(n, 1)
    p = np.ones(len(wins))
    for _ in range(300):
        p = s.sum(axis=1) / ((n > 0) / (p[:, None] + p)).sum(axis=1)
    r = 400 * np.log10(p)
    return r - r.mean()

# %% bradley_terry: Elo over the table
# -> _elo_through_the_table
def bradley_terry(wins):
    r = np.zeros(len(wins))
    for i in range(len(wins)):
        for j in range(len(wins)):
            for _ in range(int(wins[i, j])):
                s = 1 - 1 / (1 + 10 ** ((r[j] - r[i]) / 400))
                r[i] += 32 * s
                r[j] -= 32 * s
    return r

# %% leaked: no overlap
# -> _side_by_side
def leaked(item, training, n):
    w, t = item.split(), training.split()
    k = {tuple(t[i:i+n]) for i in range(len(t) - n + 1)}
    r = [tuple(w[i:i+n]) for i in range(0, len(w) - n + 1, n)]
    return sum(x in k for x in r) / len(r) if r else 0.0

# %% leaked: bag of words in the whole training
# -> _words_anywhere
def leaked(item, training, n):
    w, t = item.split(), set(training.split())
    r = [w[i:i+n] for i in range(len(w) - n + 1)]
    return sum(all(x in t for x in run) for run in r) / len(r) if r else 0.0

# %% leaked: words covered by a found run
# -> _covered_words
def leaked(item, training, n):
    w, t = item.split(), training.split()
    k = {tuple(t[i:i+n]) for i in range(len(t) - n + 1)}
    c = set()
    for i in range(len(w) - n + 1):
        if tuple(w[i:i+n]) in k:
            c |= set(range(i, i + n))
    return len(c) / len(w) if len(w) >= n else 0.0
