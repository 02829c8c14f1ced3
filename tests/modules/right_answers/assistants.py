# %% answer_log_probs: F.cross_entropy with ignore_index, summed by row
def answer_log_probs(logits, tokens, is_answer):
    target = torch.where(is_answer, tokens, torch.full_like(tokens, -100))[:, 1:]
    cost = F.cross_entropy(
        logits[:, :-1].transpose(1, 2), target, ignore_index=-100, reduction="none"
    )
    return -cost.sum(dim=1)


# %% answer_log_probs: loops over rows and places, one tensor stacked at the end
def answer_log_probs(logits, tokens, is_answer):
    logp = torch.log_softmax(logits, dim=2)
    rows = []
    for b in range(len(tokens)):
        total = logp.new_zeros(())
        for t in range(1, tokens.shape[1]):
            if is_answer[b, t]:
                total = total + logp[b, t - 1, tokens[b, t]]
        rows.append(total)
    return torch.stack(rows)


# %% bradley_terry_loss: max and log1p by hand, a NumPy float
def bradley_terry_loss(better, worse):
    d = worse - better
    return np.mean(np.maximum(d, 0) + np.log1p(np.exp(-np.abs(d))))


# %% reward_step: loop over pairs, the probability of the other choice straight
def reward_step(w, better, worse, rate):
    slope = np.zeros(len(w))
    for b, o in zip(better, worse):
        other = 1 / (1 + np.exp(b @ w - o @ w))
        slope -= other * (b - o) / len(better)
    return w - rate * slope


# %% chances_of_best: np.unique with cumulative counts
def chances_of_best(rewards, n):
    values, which, how_many = np.unique(rewards, return_inverse=True, return_counts=True)
    upto = np.cumsum(how_many) / len(rewards)
    below = np.concatenate([[0.0], upto[:-1]])
    return ((upto**n - below**n) / how_many)[which]


# %% policy_gradient: counts advantages by np.add.at and takes p off in one go
def policy_gradient(p, drawn, rewards, baseline):
    a = np.asarray(rewards) - baseline
    g = np.zeros(len(p))
    np.add.at(g, drawn, a)
    return (g - a.sum() * p) / len(drawn)


# %% checked: one comprehension, with membership
def checked(asked, said):
    if said is None:
        return 0.0
    return float(all(k in said and said[k] == v for k, v in asked.items()))


# %% dpo_loss: softplus of the negative log ratio of ratios
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    margin = (chosen - rejected) - (ref_chosen - ref_rejected)
    return F.softplus(-beta * margin).mean()
