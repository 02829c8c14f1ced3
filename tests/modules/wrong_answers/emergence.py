# Wrong answers to the exercises of emergence: the exercise, then the true cause.

# %% exact_match: the mean length in the exponent
# -> _mean_length
def exact_match(p, lengths):
    return p ** (sum(lengths) / len(lengths))

# %% exact_match: one right letter is enough
# -> _any_letter
def exact_match(p, lengths):
    return sum(1 - (1 - p) ** n for n in lengths) / len(lengths)

# %% exact_match: all words at once
# -> _all_words
def exact_match(p, lengths):
    share = 1
    for n in lengths:
        share *= p**n
    return share

# %% exact_match: not divided
# -> _powers_summed
def exact_match(p, lengths):
    total = 0
    for n in lengths:
        total += p**n
    return total

# %% exact_match: the length as a factor
# -> _times_length
def exact_match(p, lengths):
    return p * sum(lengths) / len(lengths)

# %% exact_match: k and p exchanged
# -> located
def exact_match(p, lengths):
    return np.mean([length**p for length in lengths])

# %% exact_match: one letter too few, the first is free
# -> wrong value
def exact_match(p, lengths):
    return np.mean([p ** (length - 1) for length in lengths])

# %% exact_match: raises "unsupported operand type(s) for ** or pow(): 'float' and 'list'"
# -> raised
def exact_match(p, lengths):
    return p**lengths

# %% edit_distance: place by place
# -> _place_by_place
def edit_distance(wanted, written):
    return sum(1 for a, b in zip(wanted, written) if a != b) + abs(len(wanted) - len(written))

# %% edit_distance: the longest common subsequence, so that replacing costs two
# -> _replacing_costs_two
def edit_distance(wanted, written):
    table = [[0] * (len(written) + 1) for _ in range(len(wanted) + 1)]
    for i, a in enumerate(wanted):
        for j, b in enumerate(written):
            both = max(table[i][j + 1], table[i + 1][j])
            table[i + 1][j + 1] = table[i][j] + 1 if a == b else both
    return len(wanted) + len(written) - 2 * table[-1][-1]

# %% edit_distance: the first column is forgotten
# -> _free_start
def edit_distance(wanted, written):
    row = list(range(len(written) + 1))
    for a in wanted:
        new = [0]
        for j, b in enumerate(written):
            new.append(min(row[j + 1] + 1, new[j] + 1, row[j] + (a != b)))
        row = new
    return row[-1]

# %% edit_distance: equal letters cost one, different ones nothing
# -> _equal_letters_cost
def edit_distance(wanted, written):
    row = list(range(len(written) + 1))
    for a in wanted:
        new = [row[0] + 1]
        for j, b in enumerate(written):
            new.append(min(row[j + 1] + 1, new[j] + 1, row[j] + (a == b)))
        row = new
    return row[-1]

# %% edit_distance: the diagonal always costs one
# -> _equal_letters_cost
def edit_distance(wanted, written):
    row = list(range(len(written) + 1))
    for a in wanted:
        new = [row[0] + 1]
        for j, b in enumerate(written):
            new.append(1 + min(row[j + 1], new[j], row[j]))
        row = new
    return row[-1]

# %% edit_distance: a share of the length
# -> _rate
def edit_distance(wanted, written):
    row = list(range(len(written) + 1))
    for a in wanted:
        new = [row[0] + 1]
        for j, b in enumerate(written):
            new.append(min(row[j + 1] + 1, new[j] + 1, row[j] + (a != b)))
        row = new
    return row[-1] / max(len(wanted), len(written), 1)

# %% edit_distance: sets of letters
# -> _sets_of_letters
def edit_distance(wanted, written):
    return len(set(wanted) - set(written)) + len(set(written) - set(wanted))

# %% edit_distance: raises "IndexError: list index out of range"
# -> raised
def edit_distance(wanted, written):
    row = list(range(len(written)))
    for a in wanted:
        new = [row[0] + 1]
        for j, b in enumerate(written):
            new.append(min(row[j + 1] + 1, new[j] + 1, row[j] + (a != b)))
        row = new
    return row[-1]

# %% edit_distance: raises "IndexError: string index out of range"
# -> raised
def edit_distance(wanted, written):
    return sum(wanted[i] != written[i] for i in range(len(wanted)))

# %% at_least: exactly m
# -> _exactly
def at_least(p, k, m):
    return math.comb(k, m) * p**m * (1 - p) ** (k - m)

# %% at_least: range without its end
# -> _all_right_missing
def at_least(p, k, m):
    return sum(math.comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(m, k))

# %% at_least: one minus m or fewer
# -> _more_than
def at_least(p, k, m):
    return 1 - sum(math.comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(m + 1))

# %% at_least: p and 1 - p exchanged
# -> _right_and_wrong_exchanged
def at_least(p, k, m):
    return sum(math.comb(k, i) * (1 - p) ** i * p ** (k - i) for i in range(m, k + 1))

# %% at_least: no comb
# -> _one_way_each
def at_least(p, k, m):
    total = 0
    for i in range(m, k + 1):
        total += p**i * (1 - p) ** (k - i)
    return total

# %% at_least: comb of k and m in every term
# -> _ways_for_m
def at_least(p, k, m):
    return sum(math.comb(k, m) * p**i * (1 - p) ** (k - i) for i in range(m, k + 1))

# %% at_least: raises "TypeError: 'float' object cannot be interpreted as an integer"
# -> raised
def at_least(p, k, m):
    return sum(math.comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(m, k * p))

# %% words_needed: the average wait
# -> _average_wait
def words_needed(p, k, sure):
    return round(1 / p**k)

# %% words_needed: the chances added up
# -> _chances_added
def words_needed(p, k, sure):
    return math.ceil(sure / p**k)

# %% words_needed: cut off by int
# -> _rounded_down
def words_needed(p, k, sure):
    return int(math.log(1 - sure) / math.log(1 - p**k))

# %% words_needed: int plus 1 of the wrong share
# -> _all_wrong
def words_needed(p, k, sure):
    return int(math.log(sure) / math.log(1 - p**k)) + 1

# %% words_needed: p times k
# -> wrong value
def words_needed(p, k, sure):
    return math.ceil(math.log(1 - sure) / math.log(1 - p / k))

# %% words_needed: upside down
# -> wrong value
def words_needed(p, k, sure):
    return math.ceil(math.log(1 - p**k) / math.log(1 - sure))

# %% words_needed: raises "ValueError: math domain error"
# -> raised
def words_needed(p, k, sure):
    return math.ceil(math.log(1 - sure) / math.log(1 - p * k))

# %% words_needed: raises "ZeroDivisionError: float division by zero"
# -> raised
def words_needed(p, k, sure):
    return math.ceil(math.log(1 - sure) / math.log(1 - int(p) ** k))

# %% chain_right: a plain power
# -> _never_mended
def chain_right(r, mend, steps):
    return r**steps

# %% chain_right: mending for everybody
# -> _mends_the_right
def chain_right(r, mend, steps):
    x = 1
    for _ in range(steps):
        x = x * r + mend
    return x

# %% chain_right: mends what broke in this step, too
# -> _mended_at_once
def chain_right(r, mend, steps):
    x = 1
    for _ in range(steps):
        x = x * r
        x = x + mend * (1 - x)
    return x

# %% chain_right: the level at the end
# -> _at_the_end_of_time
def chain_right(r, mend, steps):
    return mend / (mend + 1 - r)

# %% chain_right: a wrong share that is never brought up to date
# -> _never_mended
def chain_right(r, mend, steps):
    right, wrong = 1.0, 0.0
    for _ in range(steps):
        right = r * right + mend * wrong
    return right

# %% chain_right: the wrong share is computed from the new right one
# -> _new_for_old
def chain_right(r, mend, steps):
    right, wrong = 1.0, 0.0
    for _ in range(steps):
        right = r * right + mend * wrong
        wrong = (1 - r) * right + (1 - mend) * wrong
    return right

# %% chain_right: raises "TypeError: 'int' object is not iterable"
# -> raised
def chain_right(r, mend, steps):
    right = 1.0
    for _ in steps:
        right = r * right + mend * (1 - right)
    return right

# %% voted: the mean first
# -> _mean_first
def voted(ps, n):
    return at_least(sum(ps) / len(ps), n, n // 2 + 1)

# %% voted: no vote
# -> _single_sample
def voted(ps, n):
    return sum(ps) / len(ps)

# %% voted: half will do
# -> _less_than_half
def voted(ps, n):
    return np.mean([at_least(p, n, n // 2) for p in ps])

# %% voted: p and n exchanged with the number of questions
# -> wrong value
def voted(ps, n):
    return np.mean([at_least(p, len(ps), n // 2 + 1) for p in ps])

# %% voted: rounds the p
# -> _very_many
def voted(ps, n):
    return np.mean([round(p) for p in ps])

# %% voted: raises "TypeError: 'float' object cannot be interpreted as an integer"
# -> raised
def voted(ps, n):
    return np.mean([at_least(p, n, n / 2 + 0.5) for p in ps])

# %% voted: raises "unsupported operand type(s) for ** or pow(): 'list' and 'int'"
# -> raised
def voted(ps, n):
    return at_least(ps, n, n // 2 + 1)

# %% pass_at_k: with putting back
# -> _put_back
def pass_at_k(n, c, k):
    p = c / n
    return 1 - (1 - p) ** k

# %% pass_at_k: the shortcut of the code with c = 0 forgotten, one place off
# -> wrong value
def pass_at_k(n, c, k):
    if n - c < k:
        return 1.0
    return 1.0 - np.prod(1.0 - k / np.arange(n - c, n))

# %% pass_at_k: any of all
# -> _best_of_all
def pass_at_k(n, c, k):
    return 1.0 if c else 0.0

# %% pass_at_k: right for wrong
# -> _right_for_wrong
def pass_at_k(n, c, k):
    return 1 - math.comb(c, k) / math.comb(n, k)

# %% pass_at_k: the complement forgotten
# -> _all_fail
def pass_at_k(n, c, k):
    return math.comb(n - c, k) / math.comb(n, k)

# %% pass_at_k: a percentage
# -> wrong value
def pass_at_k(n, c, k):
    return 100 * (1 - math.comb(n - c, k) / math.comb(n, k))

# %% pass_at_k: raises "ValueError: k must be a non-negative integer"
# -> raised
def pass_at_k(n, c, k):
    return 1 - math.comb(k, c - n) / math.comb(n, k)

# %% pass_at_k: raises "ValueError: n must be a non-negative integer"
# -> raised
def pass_at_k(n, c, k):
    return 1 - math.comb(c - n, k) / math.comb(n, k)

# %% exposes: one problem
# -> wrong value
exposes = [[1, 0, 0, 1, 0]]

# %% exposes: the table of the thread
# -> wrong value
exposes = [[1]] * 50 + [[0]] * 114

# %% exposes: all problems alike
# -> wrong value
exposes = [[1, 0, 0, 0, 0]] * 4

# %% exposes: nearly, half of the problems are solved seldom
# -> wrong value
exposes = [[1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0]] + [[1, 0, 0, 0, 0]] * 2

# %% exposes: not a list of lists
# -> wrong value
exposes = [1, 1, 0, 0, 0]

# %% exposes: an empty table
# -> wrong value
exposes = []

# %% exact_match: raises p to the mean length instead of taking the mean of the powers
# -> _mean_length
def exact_match(p, lengths):
    return float(p ** np.mean(lengths))

# %% exact_match: multiplies over the words too, so that it says how likely all words are right
# -> _all_words
def exact_match(p, lengths):
    share = 1.0
    for length in lengths:
        share *= p**length
    return share

# %% edit_distance: the first entry of each new row stays the old one, so letters missing at the front cost nothing
# -> _free_start
def edit_distance(wanted, written):
    row = list(range(len(written) + 1))
    for a in wanted:
        new = [row[0]]
        for j, b in enumerate(written):
            new.append(min(row[j + 1] + 1, new[j] + 1, row[j] + (a != b)))
        row = new
    return row[-1]

# %% edit_distance: compares place by place and adds the difference of the lengths
# -> _place_by_place
def edit_distance(wanted, written):
    return sum(a != b for a, b in zip(wanted, written)) + abs(len(wanted) - len(written))

# %% edit_distance: only puts in and takes out, a replacement counts as two edits
# -> _replacing_costs_two
def edit_distance(wanted, written):
    n, m = len(wanted), len(written)
    table = np.zeros((n + 1, m + 1), int)
    table[:, 0] = np.arange(n + 1)
    table[0] = np.arange(m + 1)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            if wanted[i - 1] == written[j - 1]:
                table[i, j] = table[i - 1, j - 1]
            else:
                table[i, j] = 1 + min(table[i - 1, j], table[i, j - 1])
    return int(table[n, m])

# %% edit_distance: where the letters differ it always replaces if both words still have letters
# -> _first_edit_kept
def edit_distance(wanted, written):
    if not wanted or not written:
        return len(wanted) + len(written)
    if wanted[0] == written[0]:
        return edit_distance(wanted[1:], written[1:])
    if len(wanted) == len(written):
        return 1 + edit_distance(wanted[1:], written[1:])
    if len(wanted) > len(written):
        return 1 + edit_distance(wanted[1:], written)
    return 1 + edit_distance(wanted, written[1:])

# %% at_least: the sum stops before k, so "all right" is left out
# -> _all_right_missing
def at_least(p, k, m):
    total = 0
    for i in range(m, k):
        total += math.comb(k, i) * p**i * (1 - p) ** (k - i)
    return total

# %% at_least: takes away m as well, so it is more than m
# -> _more_than
def at_least(p, k, m):
    i = np.arange(m + 1)
    ways = np.array([math.comb(k, j) for j in i])
    return float(1 - (ways * p**i * (1 - p) ** (k - i)).sum())

# %% at_least: chooses m that are right and lets the rest be anything, which counts the better words many times
# -> _others_left_open
def at_least(p, k, m):
    return min(1.0, math.comb(k, m) * p**m)

# %% words_needed: takes the chances of the words to add up, as if n words made n times the chance
# -> _chances_added
def words_needed(p, k, sure):
    return math.ceil(sure / p**k)

# %% words_needed: cuts off instead of rounding up
# -> _rounded_down
def words_needed(p, k, sure):
    return int(np.log(1 - sure) / np.log(1 - p**k))

# %% words_needed: takes a word for wrong only if all its letters are wrong
# -> _every_letter_wrong
def words_needed(p, k, sure):
    wrong = (1 - p) ** k
    return math.ceil(math.log(1 - sure) / math.log(wrong))

# %% chain_right: one step too few, since the start is counted as a step
# -> _one_step_too_few
def chain_right(r, mend, steps):
    x = 1.0
    for i in range(1, steps):
        x = x * r + (1 - x) * mend
    return x

# %% chain_right: mends in the same step what that step has just broken
# -> _mended_at_once
def chain_right(r, mend, steps):
    right = 1.0
    for _ in range(steps):
        right *= r
        right += mend * (1 - right)
    return right

# %% chain_right: mends once at the end instead of after each step
# -> _mended_at_the_end
def chain_right(r, mend, steps):
    return r**steps + (1 - r**steps) * mend

# %% voted: one vote with the mean of the questions instead of the mean of the votes
# -> _mean_first
def voted(ps, n):
    return at_least(sum(ps) / len(ps), n, n // 2 + 1)

# %% voted: n // 2 right ones are less than half, one vote too few for a majority
# -> _less_than_half
def voted(ps, n):
    shares = [at_least(p, n, n // 2) for p in ps]
    return sum(shares) / len(shares)

# %% pass_at_k: counts the picks with exactly one program that passes
# -> _exactly_one_passes
def pass_at_k(n, c, k):
    return c * math.comb(n - c, k - 1) / math.comb(n, k)

# %% pass_at_k: where fewer than k are wrong it returns 0 instead of 1
# -> _nothing_where_all_is_sure
def pass_at_k(n, c, k):
    if n - c < k:
        return 0.0
    wrong = 1.0
    for i in range(k):
        wrong *= (n - c - i) / (n - i)
    return 1 - wrong

# %% exposes: one program of five passes in each problem, so that every problem has one and the gap is 0.3
# -> wrong value
exposes = [[1, 0, 0, 0, 0] for _ in range(20)]
