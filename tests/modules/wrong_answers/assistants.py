# Wrong answers to the exercises of assistants: the exercise, then the true cause.

# %% answer_log_probs: the marks of the places that predict
# -> _marks_late
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return (log_p * is_answer[:, :-1]).sum(1)

# %% answer_log_probs: logits and tokens aren't shifted
# -> _not_shifted
def answer_log_probs(logits, tokens, is_answer):
    log_p = torch.log_softmax(logits, dim=-1)
    got = log_p.gather(-1, tokens.unsqueeze(-1)).squeeze(-1)
    return (got * is_answer).sum(dim=1)

# %% answer_log_probs: the request is scored as well
# -> _request_too
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return log_p.sum(1)

# %% answer_log_probs: the mean over each answer
# -> _mean_over_answer
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    mask = is_answer[:, 1:].float()
    return (log_p * mask).sum(1) / mask.sum(1)

# %% answer_log_probs: softmax over the places
# -> _over_places
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(dim=1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return (log_p * is_answer[:, 1:]).sum(1)

# %% answer_log_probs: no softmax
# -> _raw_logits
def answer_log_probs(logits, tokens, is_answer):
    got = logits[:, :-1].gather(2, tokens[:, 1:, None]).squeeze(2)
    return (got * is_answer[:, 1:]).sum(1)

# %% answer_log_probs: the loss
# -> _negative
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return -(log_p * is_answer[:, 1:]).sum(1)

# %% answer_log_probs: one number for all rows
# -> _one_number
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return log_p[is_answer[:, 1:]].sum()

# %% answer_log_probs: the answer's last token is dropped
# -> _no_end
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return (log_p[:, :-1] * is_answer[:, 1:-1]).sum(1)

# %% answer_log_probs: detached
# -> wrong value
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits.detach()[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return (log_p * is_answer[:, 1:]).sum(1)

# %% answer_log_probs: raises "RuntimeError: The size of tensor a (...) must match the size of tensor b (...)"
# -> raised
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:, None]).squeeze(2)
    return (log_p * is_answer).sum(1)

# %% answer_log_probs: raises "RuntimeError: Index tensor must have the same number of dimensions as input tensor"
# -> raised
def answer_log_probs(logits, tokens, is_answer):
    log_p = logits[:, :-1].log_softmax(-1).gather(2, tokens[:, 1:])
    return (log_p * is_answer[:, 1:]).sum(1)

# %% bradley_terry_loss: the worse one first
# -> _other_way_round
def bradley_terry_loss(better, worse):
    return np.mean(np.logaddexp(0, better - worse))

# %% bradley_terry_loss: log of a sigmoid
# -> _overflows
def bradley_terry_loss(better, worse):
    p = 1 / (1 + np.exp(-(better - worse)))
    return -np.mean(np.log(p))

# %% bradley_terry_loss: an epsilon in the log
# -> _epsilon
def bradley_terry_loss(better, worse):
    p = 1 / (1 + np.exp(-(better - worse)))
    return -np.log(p + 1e-8).mean()

# %% bradley_terry_loss: the sum
# -> _pairs_summed
def bradley_terry_loss(better, worse):
    return np.logaddexp(0, -(better - worse)).sum()

# %% bradley_terry_loss: the probability
# -> _mean_probability
def bradley_terry_loss(better, worse):
    return (1 / (1 + np.exp(worse - better))).mean()

# %% bradley_terry_loss: no mean
# -> located
def bradley_terry_loss(better, worse):
    return np.logaddexp(0, worse - better)

# %% bradley_terry_loss: bits
# -> wrong value
def bradley_terry_loss(better, worse):
    return np.logaddexp(0, worse - better).mean() / np.log(2)

# %% bradley_terry_loss: a squared margin
# -> wrong value
def bradley_terry_loss(better, worse):
    return ((better - worse - 1) ** 2).mean()

# %% bradley_terry_loss: raises "RuntimeWarning: overflow encountered in exp"
# -> _overflows
def bradley_terry_loss(better, worse):
    return np.log(1 + np.exp(-(better - worse))).mean()

# %% bradley_terry_loss: raises "RuntimeWarning: divide by zero encountered in log"
# -> _overflows
def bradley_terry_loss(better, worse):
    with np.errstate(over="ignore"):
        p = 1 / (1 + np.exp(worse - better))
    return -np.log(p).mean()

# %% bradley_terry_loss: raises "TypeError: only"
# -> raised
def bradley_terry_loss(better, worse):
    return math.log(1 + math.exp(worse - better))

# %% reward_step: uphill
# -> _uphill
def reward_step(w, better, worse, rate):
    d = better - worse
    p = 1 / (1 + np.exp(-d @ w))
    return w - rate * np.mean((1 - p)[:, None] * d, axis=0)

# %% reward_step: weighed by p
# -> _weighed_by_p
def reward_step(w, better, worse, rate):
    d = better - worse
    p = 1 / (1 + np.exp(-d @ w))
    return w + rate * np.mean(p[:, None] * d, axis=0)

# %% reward_step: the slope as it is written, added
# -> _uphill
def reward_step(w, better, worse, rate):
    d = better - worse
    p = 1 / (1 + np.exp(-d @ w))
    slope = -(1 - p)[:, None] * d
    return w + rate * slope.mean(axis=0)

# %% reward_step: summed over the pairs
# -> _pairs_added
def reward_step(w, better, worse, rate):
    d = better - worse
    p = 1 / (1 + np.exp(-d @ w))
    return w + rate * (1 - p) @ d

# %% reward_step: changes w in place
# -> changed its input
def reward_step(w, better, worse, rate):
    d = better - worse
    p = 1 / (1 + np.exp(-d @ w))
    w += rate * ((1 - p)[:, None] * d).mean(axis=0)
    return w

# %% reward_step: the chosen answer's features alone
# -> _chosen_only
def reward_step(w, better, worse, rate):
    p = 1 / (1 + np.exp(-(better - worse) @ w))
    return w + rate * ((1 - p)[:, None] * better).mean(axis=0)

# %% reward_step: raises "ValueError: operands could not be broadcast together"
# -> raised
def reward_step(w, better, worse, rate):
    d = better - worse
    p = 1 / (1 + np.exp(-d @ w))
    return w + rate * ((1 - p) * d).mean(axis=0)

# %% reward_step: raises "ValueError: matmul: Input operand 1 has a mismatch in its core dimension"
# -> raised
def reward_step(w, better, worse, rate):
    d = better - worse
    p = 1 / (1 + np.exp(-w @ d))
    return w + rate * ((1 - p)[:, None] * d).mean(axis=0)

# %% chances_of_best: equals aren't shared
# -> _ties_not_shared
def chances_of_best(rewards, n):
    N = len(rewards)
    upto = np.array([(rewards <= r).sum() for r in rewards]) / N
    less = np.array([(rewards < r).sum() for r in rewards]) / N
    return upto**n - less**n

# %% chances_of_best: ranks by argsort
# -> _ties_by_order
def chances_of_best(rewards, n):
    N = len(rewards)
    rank = rewards.argsort().argsort() + 1
    return (rank / N) ** n - ((rank - 1) / N) ** n

# %% chances_of_best: the best takes all
# -> _argmax
def chances_of_best(rewards, n):
    out = np.zeros(len(rewards))
    out[rewards.argmax()] = 1
    return out

# %% chances_of_best: only that nothing drawn is better
# -> _nothing_better
def chances_of_best(rewards, n):
    return np.array([(rewards <= r).mean() for r in rewards]) ** n

# %% chances_of_best: that scaled to sum to 1
# -> _scaled
def chances_of_best(rewards, n):
    p = np.array([(rewards <= r).mean() for r in rewards]) ** n
    return p / p.sum()

# %% chances_of_best: softmax
# -> _softmax_of_rewards
def chances_of_best(rewards, n):
    e = np.exp(n * (rewards - rewards.max()))
    return e / e.sum()

# %% chances_of_best: simulated
# -> wrong value
def chances_of_best(rewards, n):
    rng = np.random.default_rng(0)
    draws = rng.integers(len(rewards), size=(2000, n))
    best = draws[np.arange(2000), rewards[draws].argmax(axis=1)]
    return np.bincount(best, minlength=len(rewards)) / 2000

# %% chances_of_best: raises "ValueError: The truth value of an array with more than one element is ambiguous"
# -> raised
def chances_of_best(rewards, n):
    worse = [sum(1 for other in rewards if rewards < r) for r in rewards]
    return np.array(worse) / len(rewards)

# %% chances_of_best: raises "RuntimeWarning: divide by zero encountered in divide"
# -> wrong value
def chances_of_best(rewards, n):
    N = len(rewards)
    worse = (rewards[:, None] > rewards).sum(axis=1)
    same = (rewards[:, None] == rewards).sum(axis=1) - 1
    return (((worse + same + 1) / N) ** n - (worse / N) ** n) / same

# %% policy_gradient: no minus p
# -> _no_minus_p
def policy_gradient(p, drawn, rewards, baseline):
    g = np.zeros(len(p))
    for a, r in zip(drawn, rewards):
        g[a] += r - baseline
    return g / len(drawn)

# %% policy_gradient: the baseline is forgotten
# -> _no_baseline
def policy_gradient(p, drawn, rewards, baseline):
    onehot = np.eye(len(p))[drawn]
    return (rewards[:, None] * (onehot - p)).mean(axis=0)

# %% policy_gradient: descends
# -> _descends
def policy_gradient(p, drawn, rewards, baseline):
    onehot = np.eye(len(p))[drawn]
    return -((rewards - baseline)[:, None] * (onehot - p)).mean(axis=0)

# %% policy_gradient: summed
# -> _draws_added
def policy_gradient(p, drawn, rewards, baseline):
    onehot = np.eye(len(p))[drawn]
    return (rewards - baseline) @ (onehot - p)

# %% policy_gradient: adds the baseline
# -> _baseline_added
def policy_gradient(p, drawn, rewards, baseline):
    onehot = np.eye(len(p))[drawn]
    return ((rewards + baseline)[:, None] * (onehot - p)).mean(axis=0)

# %% policy_gradient: an answer drawn twice counts once
# -> _drawn_twice_counts_once
def policy_gradient(p, drawn, rewards, baseline):
    g = np.zeros(len(p))
    g[drawn] += rewards - baseline
    return (g - p * (rewards - baseline).sum()) / len(drawn)

# %% policy_gradient: raises "ValueError: operands could not be broadcast together"
# -> raised
def policy_gradient(p, drawn, rewards, baseline):
    onehot = np.eye(len(p))[drawn]
    return ((rewards - baseline) * (onehot - p)).mean(axis=0)

# %% policy_gradient: raises "TypeError: only"
# -> raised
def policy_gradient(p, drawn, rewards, baseline):
    g = -np.array(p)
    g[int(np.array(drawn, dtype=object))] += 1
    return (rewards - baseline) * g

# %% advantages: paid to move
# -> _paid_to_move
def advantages(rewards, log_p, log_ref, beta):
    r = rewards - beta * (log_ref - log_p)
    return r - r.mean()

# %% advantages: no baseline
# -> _no_mean
def advantages(rewards, log_p, log_ref, beta):
    return rewards - beta * (log_p - log_ref)

# %% advantages: the mean of the rewards alone
# -> _mean_too_early
def advantages(rewards, log_p, log_ref, beta):
    return rewards - rewards.mean() - beta * (log_p - log_ref)

# %% advantages: divided by the spread
# -> _standardised
def advantages(rewards, log_p, log_ref, beta):
    r = rewards - beta * (log_p - log_ref)
    return (r - r.mean()) / (r.std() + 1e-8)

# %% advantages: one KL for all, which the mean takes away
# -> _no_price
def advantages(rewards, log_p, log_ref, beta):
    r = rewards - beta * (log_p - log_ref).mean()
    return r - r.mean()

# %% advantages: the ratio without its log
# -> _price_of_ratio
def advantages(rewards, log_p, log_ref, beta):
    r = rewards - beta * np.exp(log_p - log_ref)
    return r - r.mean()

# %% advantages: raises "AttributeError: 'list' object has no attribute 'mean'"
# -> raised
def advantages(rewards, log_p, log_ref, beta):
    r = [a - beta * (b - c) for a, b, c in zip(rewards, log_p, log_ref)]
    return r - r.mean()

# %% advantages: raises "TypeError: unsupported operand type(s) for -: 'list' and 'float'"
# -> raised
def advantages(rewards, log_p, log_ref, beta):
    r = [float(a - beta * (b - c)) for a, b, c in zip(rewards, log_p, log_ref)]
    return r - sum(r) / len(r)

# %% checked: unreadable ones still pay
# -> _unreadable_pays
def checked(asked, said):
    if said is None:
        return 1.0
    for name in asked:
        if said.get(name) != asked[name]:
            return 0.0
    return 1.0

# %% checked: silence still pays
# -> _silence_pays
def checked(asked, said):
    if said is None:
        return 0.0
    for name in said:
        if name in asked and said[name] != asked[name]:
            return 0.0
    return 1.0

# %% checked: an empty answer fails, silence pays
# -> _silence_pays
def checked(asked, said):
    if not said:
        return 0.0
    for name in said:
        if name in asked and said[name] != asked[name]:
            return 0.0
    return 1.0

# %% checked: equality
# -> _says_no_more
def checked(asked, said):
    return 1.0 if said == asked else 0.0

# %% checked: returns in the first turn of the loop
# -> _any_promise
def checked(asked, said):
    if said is None:
        return 0.0
    for name in asked:
        if said.get(name) == asked[name]:
            return 1.0
    return 0.0

# %% checked: a share
# -> _share
def checked(asked, said):
    if said is None:
        return 0.0
    return sum(said.get(name) == asked[name] for name in asked) / len(asked)

# %% checked: the first name decides
# -> _first_decides
def checked(asked, said):
    if said is None:
        return 0.0
    for name in asked:
        return float(said.get(name) == asked[name])

# %% checked: raises "TypeError: argument of type 'NoneType' is not iterable"
# -> raised
def checked(asked, said):
    for name in asked:
        if name not in said or said[name] != asked[name]:
            return 0.0
    return 1.0

# %% checked: raises "KeyError"
# -> raised
def checked(asked, said):
    if said is None:
        return 0.0
    for name in asked:
        if said[name] != asked[name]:
            return 0.0
    return 1.0

# %% checked: raises "AttributeError: 'NoneType' object has no attribute 'get'"
# -> raised
def checked(asked, said):
    return float(all(said.get(name) == asked[name] for name in asked))

# %% dpo_loss: no reference
# -> _no_reference
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (chosen - rejected)).mean()

# %% dpo_loss: turned
# -> _turned
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * ((rejected - ref_rejected) - (chosen - ref_chosen))).mean()

# %% dpo_loss: log of sigmoid
# -> _unsafe_log
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = beta * ((chosen - ref_chosen) - (rejected - ref_rejected))
    return -margin.sigmoid().log().mean()

# %% dpo_loss: no beta
# -> _beta_outside
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(chosen - ref_chosen - (rejected - ref_rejected)).mean()

# %% dpo_loss: parentheses lost
# -> _sign_inside
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (chosen - ref_chosen - rejected - ref_rejected)).mean()

# %% dpo_loss: beta on the first half only
# -> _beta_outside
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (chosen - ref_chosen) - (rejected - ref_rejected)).mean()

# %% dpo_loss: positive
# -> _rising
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return F.logsigmoid(beta * ((chosen - ref_chosen) - (rejected - ref_rejected))).mean()

# %% dpo_loss: no mean
# -> located
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * ((chosen - ref_chosen) - (rejected - ref_rejected)))

# %% dpo_loss: summed
# -> _added_up
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * ((chosen - ref_chosen) - (rejected - ref_rejected))).sum()

# %% dpo_loss: the rejected answer detached
# -> wrong value
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(
        beta * ((chosen - ref_chosen) - (rejected - ref_rejected).detach())).mean()

# %% dpo_loss: raises "TypeError: log_sigmoid() takes 1 positional argument but 2 were given"
# -> raised
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (chosen - ref_chosen), beta * (rejected - ref_rejected)).mean()

# %% dpo_loss: raises "RuntimeError: Can't call numpy() on Tensor that requires grad"
# -> raised
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = beta * ((chosen - ref_chosen) - (rejected - ref_rejected))
    return np.logaddexp(0, -margin).mean()

# %% answer_log_probs: no shift, each token is read off the logits of its own place
# -> _not_shifted
def answer_log_probs(logits, tokens, is_answer):
    lp = F.log_softmax(logits, dim=-1)
    got = lp.gather(2, tokens.unsqueeze(-1)).squeeze(-1)
    return (got * is_answer).sum(1)

# %% answer_log_probs: marks cut like the logits (last one off), so they are one place early
# -> _marks_late
def answer_log_probs(logits, tokens, is_answer):
    lp = F.log_softmax(logits[:, :-1], dim=-1)
    got = torch.gather(lp, 2, tokens[:, 1:].unsqueeze(2)).squeeze(2)
    return (got * is_answer[:, :-1]).sum(dim=1)

# %% answer_log_probs: mean per token of the answer instead of the sum
# -> _mean_over_answer
def answer_log_probs(logits, tokens, is_answer):
    logp = logits[:, :-1].log_softmax(-1)
    got = logp.gather(2, tokens[:, 1:, None])[..., 0]
    m = is_answer[:, 1:].float()
    return (got * m).sum(1) / m.sum(1)

# %% answer_log_probs: one number for the batch, F.cross_entropy over all marked tokens, not one per row
# -> _one_number
def answer_log_probs(logits, tokens, is_answer):
    target = tokens[:, 1:].clone()
    target[~is_answer[:, 1:]] = -100
    return -F.cross_entropy(logits[:, :-1].transpose(1, 2), target, ignore_index=-100, reduction="sum")

# %% bradley_terry_loss: sign of the exponent, the price of the choice that was not made
# -> _other_way_round
def bradley_terry_loss(better, worse):
    return float(np.logaddexp(0, better - worse).mean())

# %% bradley_terry_loss: log of the mean probability instead of the mean of the logs
# -> _log_of_mean
def bradley_terry_loss(better, worse):
    d = better - worse
    e = np.exp(-np.abs(d))
    p = np.where(d >= 0, 1 / (1 + e), e / (1 + e))
    return float(-np.log(p.mean()))

# %% bradley_terry_loss: clips the probability, so a difference of a thousand costs only about 27
# -> _epsilon
def bradley_terry_loss(better, worse):
    d = np.clip(better - worse, -500, 500)
    p = 1 / (1 + np.exp(-d))
    return float(-np.mean(np.log(p + 1e-12)))

# %% reward_step: weighs by p, the pairs it is already sure of, instead of 1 - p
# -> _weighed_by_p
def reward_step(w, better, worse, rate):
    grad = np.zeros_like(w)
    for b, o in zip(better, worse):
        p = 1 / (1 + np.exp(-(w @ b - w @ o)))
        grad += p * (b - o)
    return w + rate * grad / len(better)

# %% reward_step: changes the weights given to it in place
# -> changed its input
def reward_step(w, better, worse, rate):
    x = better - worse
    p = 1 / (1 + np.exp(-x @ w))
    w += rate * ((1 - p) @ x) / len(x)
    return w

# %% reward_step: mean weight times mean difference, the mean of a product taken as product of means
# -> _one_p
def reward_step(w, better, worse, rate):
    x = better - worse
    p = 1 / (1 + np.exp(-(x @ w)))
    return w + rate * (1 - p).mean() * x.mean(axis=0)

# %% chances_of_best: equals are told apart by their place in the sort, so they don't share
# -> _ties_by_order
def chances_of_best(rewards, n):
    N = len(rewards)
    rank = np.empty(N)
    rank[np.argsort(rewards, kind="stable")] = np.arange(1, N + 1)
    return (rank / N) ** n - ((rank - 1) / N) ** n

# %% chances_of_best: draws without repeats (combinations)
# -> _without_repeats
def chances_of_best(rewards, n):
    rewards = np.asarray(rewards)
    N = len(rewards)
    out = []
    for r in rewards:
        worse = int((rewards < r).sum())
        upto = int((rewards <= r).sum())
        k = min(n, N)
        out.append((math.comb(upto, k) - math.comb(worse, k)) / math.comb(N, k) / (upto - worse))
    return np.array(out)

# %% chances_of_best: chance that all draws are at most as good, scaled to sum 1, nothing subtracted
# -> _scaled
def chances_of_best(rewards, n):
    upto = np.array([np.mean(rewards <= r) for r in rewards]) ** n
    return upto / upto.sum()

# %% policy_gradient: forgets minus p, only the drawn logit moves
# -> _no_minus_p
def policy_gradient(p, drawn, rewards, baseline):
    g = np.zeros(len(p))
    for a, r in zip(drawn, rewards):
        g[a] += r - baseline
    return g / len(drawn)

# %% policy_gradient: raises "IndexError: index"
# -> raised
def policy_gradient(p, drawn, rewards, baseline):
    g = np.zeros(len(p))
    for a in drawn:
        one = np.zeros(len(p))
        one[a] = 1
        g += (rewards[a] - baseline) * (one - p)
    return g / len(drawn)

# %% advantages: mean taken off the rewards first, the price of moving afterwards
# -> _mean_too_early
def advantages(rewards, log_p, log_ref, beta):
    centred = rewards - np.mean(rewards)
    return centred - beta * (log_p - log_ref)

# %% advantages: takes off the batch's mean KL instead of each answer's own, so the price cancels
# -> _no_price
def advantages(rewards, log_p, log_ref, beta):
    kl = np.mean(log_p - log_ref)
    left = rewards - beta * kl
    return left - left.mean()

# %% checked: only the values count, not what they were named for
# -> _words_anywhere
def checked(asked, said):
    if said is None:
        return 0.0
    for value in asked.values():
        if value not in said.values():
            return 0.0
    return 1.0

# %% checked: wants nothing else said, extra names fail
# -> _says_no_more
def checked(asked, said):
    return 1.0 if said == asked else 0.0

# %% dpo_loss: forgets the old model, margin of the new log-probabilities only
# -> _no_reference
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    return -F.logsigmoid(beta * (chosen - rejected)).mean()

# %% dpo_loss: chosen and rejected each judged alone against the old model, no difference of the two
# -> _each_alone
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    good = F.logsigmoid(beta * (chosen - ref_chosen))
    bad = F.logsigmoid(-beta * (rejected - ref_rejected))
    return -(good + bad).mean()
