# Wrong answers to the exercises of applications: the exercise, then the true cause.

# %% bm25: no rarity
# -> _all_words_alike
def bm25(query, passages, k1=1.5, b=0.75):
    mean = sum(len(p) for p in passages) / len(passages)
    return [sum(p.count(w) * (k1 + 1) / (p.count(w) + k1 * (1 - b + b * len(p) / mean))
                for w in query) for p in passages]

# %% bm25: the logarithm without 1 +
# -> _negative_for_common
def bm25(query, passages, k1=1.5, b=0.75):
    mean = np.mean([len(p) for p in passages])
    N = len(passages)
    out = []
    for p in passages:
        score = 0
        for w in query:
            n = sum(w in q for q in passages)
            f = p.count(w)
            score += np.log((N - n + 0.5) / (n + 0.5)) * f * (k1 + 1) / (f + k1 * (1 - b + b * len(p) / mean))
        out.append(score)
    return out

# %% bm25: tf-idf, no saturation and no length
# -> _counts_unbounded
def bm25(query, passages, k1=1.5, b=0.75):
    out = []
    for p in passages:
        score = 0
        for w in query:
            n = sum(w in q for q in passages)
            score += p.count(w) * math.log(1 + (len(passages) - n + 0.5) / (n + 0.5))
        out.append(score)
    return out

# %% bm25: the set of the query's words
# -> _query_as_a_set
def bm25(query, passages, k1=1.5, b=0.75):
    mean = sum(len(p) for p in passages) / len(passages)
    scores = [0.0] * len(passages)
    for w in set(query):
        n = sum(w in p for p in passages)
        weight = math.log(1 + (len(passages) - n + 0.5) / (n + 0.5))
        for i, p in enumerate(passages):
            f = p.count(w)
            scores[i] += weight * f * (k1 + 1) / (f + k1 * (1 - b + b * len(p) / mean))
    return scores

# %% bm25: k1 and b taken from the defaults, not from the call
# -> wrong value
def bm25(query, passages, k1=1.5, b=0.75):
    mean = sum(len(p) for p in passages) / len(passages)
    scores = [0.0] * len(passages)
    for w in query:
        n = sum(w in p for p in passages)
        weight = math.log(1 + (len(passages) - n + 0.5) / (n + 0.5))
        for i, p in enumerate(passages):
            f = p.count(w)
            scores[i] += weight * f * 2.5 / (f + 1.5 * (0.25 + 0.75 * len(p) / mean))
    return scores

# %% bm25: raises "TypeError: unsupported operand"
# -> raised
def bm25(query, passages, k1=1.5, b=0.75):
    mean = sum(len(p) for p in passages) / len(passages)
    return [sum(p.count(w) / (1 + p / mean) for w in query) for p in passages]

# %% recall_at_k: precision
# -> _precision
def recall_at_k(rankings, relevant, k):
    total = 0
    for ranking, wanted in zip(rankings, relevant):
        total += sum(p in wanted for p in ranking[:k]) / k
    return total / len(rankings)

# %% recall_at_k: hit or no hit
# -> _any_hit
def recall_at_k(rankings, relevant, k):
    return np.mean([any(p in wanted for p in ranking[:k])
                    for ranking, wanted in zip(rankings, relevant)])

# %% recall_at_k: all hits over all wanted
# -> _pooled
def recall_at_k(rankings, relevant, k):
    hits = total = 0
    for ranking, wanted in zip(rankings, relevant):
        hits += len(set(ranking[:k]) & wanted)
        total += len(wanted)
    return hits / total

# %% recall_at_k: never more than k can be found, so divided by the smaller
# -> _of_what_is_possible
def recall_at_k(rankings, relevant, k):
    return np.mean([len(set(r[:k]) & w) / min(k, len(w)) for r, w in zip(rankings, relevant)])

# %% recall_at_k: raises "TypeError: unsupported operand"
# -> raised
def recall_at_k(rankings, relevant, k):
    return sum(len(r[:k] & w) / len(w) for r, w in zip(rankings, relevant)) / len(rankings)

# %% mean_reciprocal_rank: the lost are left out
# -> _without_the_lost
def mean_reciprocal_rank(rankings, relevant):
    scores = []
    for r, w in zip(rankings, relevant):
        for i, p in enumerate(r):
            if p in w:
                scores.append(1 / (i + 1))
                break
    return sum(scores) / len(scores) if scores else 0

# %% mean_reciprocal_rank: no break
# -> _every_wanted
def mean_reciprocal_rank(rankings, relevant):
    total = 0
    for r, w in zip(rankings, relevant):
        for i, p in enumerate(r):
            if p in w:
                total += 1 / (i + 1)
    return total / len(rankings)

# %% mean_reciprocal_rank: counted from 2
# -> _one_too_far
def mean_reciprocal_rank(rankings, relevant):
    total = 0
    for r, w in zip(rankings, relevant):
        for i, p in enumerate(r, 1):
            if p in w:
                total += 1 / (i + 1)
                break
    return total / len(rankings)

# %% mean_reciprocal_rank: raises "ZeroDivisionError: division by zero"
# -> raised
def mean_reciprocal_rank(rankings, relevant):
    total = 0
    for r, w in zip(rankings, relevant):
        for i, p in enumerate(r):
            if p in w:
                total += 1 / i
                break
    return total / len(rankings)

# %% price: for a thousand
# -> _per_thousand
def price(sent, written, price_in, price_out):
    return sent / 1000 * price_in + written / 1000 * price_out

# %% price: exchanged
# -> _prices_exchanged
def price(sent, written, price_in, price_out):
    return (written * price_in + sent * price_out) / 1e6

# %% price: in cents
# -> wrong value
def price(sent, written, price_in, price_out):
    return (sent * price_in + written * price_out) / 1e4

# %% price: the mean of both prices
# -> _both_prices
def price(sent, written, price_in, price_out):
    return (sent + written) * (price_in + price_out) / 2 / 1e6

# %% cache_hits: first in, first out
# -> _first_in_first_out
def cache_hits(questions, room):
    kept, hits = [], 0
    for q in questions:
        if q in kept:
            hits += 1
        else:
            kept.append(q)
            if len(kept) > room:
                kept.pop(0)
    return hits

# %% cache_hits: nothing ever goes
# -> _no_limit
def cache_hits(questions, room):
    seen, hits = set(), 0
    for q in questions:
        if q in seen:
            hits += 1
        seen.add(q)
    return hits

# %% cache_hits: the last ones asked, repeats and all
# -> _last_ones_asked
def cache_hits(questions, room):
    return sum(q in questions[max(0, i - room):i] for i, q in enumerate(questions))

# %% cache_hits: raises "KeyError: 'dictionary is empty'"
# -> raised
def cache_hits(questions, room):
    from collections import OrderedDict

    kept, hits = OrderedDict(), 0
    for q in questions:
        if q in kept:
            hits += 1
            kept.move_to_end(q)
        else:
            if len(kept) >= room:
                kept.popitem(last=False)
            kept[q] = True
    return hits

# %% allowed: startswith
# -> _begins_like
def allowed(command, programs, marks=";&|<>$`\n"):
    if any(m in command for m in marks):
        return False
    return any(command.strip().startswith(p) for p in programs)

# %% allowed: any word
# -> _anywhere
def allowed(command, programs, marks=";&|<>$`\n"):
    return not any(m in command for m in marks) and any(p in command.split() for p in programs)

# %% allowed: the default marks whatever was given
# -> _marks_of_its_own
def allowed(command, programs, marks=";&|<>$`\n"):
    words = command.split()
    return len(words) > 0 and words[0] in programs and not set(command) & set(";&|<>$`\n")

# %% allowed: lower case first
# -> _made_small
def allowed(command, programs, marks=";&|<>$`\n"):
    words = command.lower().split()
    return bool(words) and words[0] in programs and not any(m in command for m in marks)

# %% allowed: strip before the test, so that a new line at the end is lost, and only a semicolon
# -> _semicolon_only
def allowed(command, programs, marks=";&|<>$`\n"):
    words = command.split()
    return bool(words) and words[0] in programs and ";" not in command

# %% allowed: raises "IndexError: list index out of range"
# -> raised
def allowed(command, programs, marks=";&|<>$`\n"):
    return command.split()[0] in programs and not any(m in command for m in marks)

# %% fits: isinstance
# -> _isinstance
def fits(reply, kind):
    types = {"int": int, "str": str, "bool": bool}
    try:
        value = json.loads(reply)
    except ValueError:
        return False
    if kind in types:
        return isinstance(value, types[kind])
    return isinstance(value, list) and all(isinstance(v, types[kind[5:-1]]) for v in value)

# %% fits: the list's items are not looked at
# -> _items_unseen
def fits(reply, kind):
    try:
        value = json.loads(reply)
    except ValueError:
        return False
    return type(value).__name__ == kind.split("[")[0]

# %% fits: the name compared with the whole kind, so no list ever fits
# -> _no_list_fits
def fits(reply, kind):
    try:
        return type(json.loads(reply)).__name__ == kind
    except ValueError:
        return False

# %% fits: any text is a string
# -> _any_text
def fits(reply, kind):
    if kind == "str":
        return True
    types = {"int": int, "bool": bool, "str": str}
    try:
        value = json.loads(reply)
    except ValueError:
        return False
    if kind in types:
        return type(value) is types[kind]
    return type(value) is list and all(type(v) is types[kind[5:-1]] for v in value)

# %% fits: raises "JSONDecodeError: Expecting value"
# -> raised
def fits(reply, kind):
    types = {"int": int, "str": str, "bool": bool}
    value = json.loads(reply)
    if kind in types:
        return type(value) is types[kind]
    return type(value) is list and all(type(v) is types[kind[5:-1]] for v in value)

# %% breaks_quotes: one apostrophe
# -> wrong value
breaks_quotes = "it's done; echo gotcha #"

# %% breaks_quotes: none
# -> wrong value
breaks_quotes = "x; echo gotcha"

# %% breaks_quotes: left open
# -> wrong value
breaks_quotes = "a'b'; echo gotcha"

# %% breaks_quotes: a backslash before the apostrophe
# -> wrong value
breaks_quotes = "done\\'; echo gotcha #"

# %% breaks_quotes: another command
# -> wrong value
breaks_quotes = "a'b'; echo hello #"

# %% bm25: the same word of the query is counted only once (set)
# -> _query_as_a_set
import math
def bm25(query, passages, k1=1.5, b=0.75):
    N = len(passages)
    mean = sum(len(p) for p in passages) / N
    scores = [0.0] * N
    for word in set(query):
        n = sum(word in p for p in passages)
        rare = math.log(1 + (N - n + 0.5) / (n + 0.5))
        for i, p in enumerate(passages):
            f = p.count(word)
            scores[i] += rare * f * (k1 + 1) / (f + k1 * (1 - b + b * len(p) / mean))
    return scores

# %% bm25: n counts the word's occurrences in all passages, not the passages that hold it
# -> _occurrences_for_passages
import math
def bm25(query, passages, k1=1.5, b=0.75):
    N = len(passages)
    mean = sum(map(len, passages)) / N
    out = []
    for p in passages:
        s = 0
        for word in query:
            n = sum(q.count(word) for q in passages)
            n = min(n, N)
            f = p.count(word)
            s += math.log(1 + (N - n + 0.5) / (n + 0.5)) * f * (k1 + 1) / (f + k1 * (1 - b + b * len(p) / mean))
        out.append(s)
    return out

# %% bm25: mean over the different words of a passage; L counts set(passage) instead of all words
# -> _different_words_for_length
import math
def bm25(query, passages, k1=1.5, b=0.75):
    N = len(passages)
    lengths = [len(set(p)) for p in passages]
    mean = sum(lengths) / N
    out = [0.0 for _ in passages]
    for w in query:
        n = len([p for p in passages if w in p])
        idf = math.log(1 + (N - n + 0.5) / (n + 0.5))
        for i in range(N):
            f = passages[i].count(w)
            out[i] += idf * f * (k1 + 1) / (f + k1 * (1 - b + b * lengths[i] / mean))
    return out

# %% recall_at_k: divides by min(k, wanted), the best that is possible, instead of the number of wanted ones
# -> _of_what_is_possible
def recall_at_k(rankings, relevant, k):
    shares = []
    for ranking, wanted in zip(rankings, relevant):
        shares.append(len(wanted & set(ranking[:k])) / min(k, len(wanted)))
    return sum(shares) / len(shares)

# %% recall_at_k: pools all questions: found of all divided by wanted of all
# -> _pooled
def recall_at_k(rankings, relevant, k):
    found = sum(p in w for r, w in zip(rankings, relevant) for p in r[:k])
    return found / sum(len(w) for w in relevant)

# %% mean_reciprocal_rank: looks for one (the smallest) wanted passage only, not for the first of them in the ranking
# -> _one_wanted
def mean_reciprocal_rank(rankings, relevant):
    total = 0
    for ranking, wanted in zip(rankings, relevant):
        one = min(wanted)
        if one in ranking:
            total += 1 / (ranking.index(one) + 1)
    return total / len(rankings)

# %% price: for 1,000 tokens and not for a million
# -> _per_thousand
def price(sent, written, price_in, price_out):
    return sent / 1e3 * price_in + written / 1e3 * price_out

# %% cache_hits: a hit does not renew the question (first in, first out)
# -> _first_in_first_out
from collections import deque
def cache_hits(questions, room):
    kept = deque(maxlen=room)
    hits = 0
    for q in questions:
        if q in kept:
            hits += 1
        else:
            kept.append(q)
    return hits

# %% cache_hits: the last `room` questions asked, repeats included, so a repeat takes up a second place
# -> _last_ones_asked
def cache_hits(questions, room):
    hits = 0
    for i, q in enumerate(questions):
        if q in questions[max(0, i - room):i]:
            hits += 1
    return hits

# %% fits: the items of a list are checked by isinstance, so a bool passes as a whole number
# -> _isinstance
import json
def fits(reply, kind):
    types = {"int": int, "str": str, "bool": bool}
    try:
        value = json.loads(reply)
    except ValueError:
        return False
    if kind.startswith("list"):
        inner = types[kind[5:-1]]
        return isinstance(value, list) and all(isinstance(v, inner) for v in value)
    return type(value) is types[kind]

# %% allowed: marks are looked for in the first word only
# -> _first_word_only
def allowed(command, programs, marks=";&|<>$`\n"):
    parts = command.split()
    if not parts:
        return False
    first = parts[0]
    return first in programs and all(m not in first for m in marks)

# %% breaks_quotes: one apostrophe only, which the replacement doubles
# -> wrong value
breaks_quotes = "it's done; echo gotcha #"
