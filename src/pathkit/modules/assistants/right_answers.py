# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% answer_log_probs: a loop over the rows
def answer_log_probs(logits, tokens, is_answer):
    log_p = torch.log_softmax(logits, dim=-1)
    totals = []
    for row in range(len(tokens)):
        places = is_answer[row].nonzero().flatten()
        totals.append(log_p[row, places - 1, tokens[row, places]].sum())
    return torch.stack(totals)

# %% answer_log_probs: cross-entropy without reduction, the others ignored
import torch.nn.functional as F

def answer_log_probs(logits, tokens, is_answer):
    targets = torch.where(is_answer, tokens, -100)[:, 1:]
    cost = F.cross_entropy(logits[:, :-1].transpose(1, 2), targets, reduction="none")
    return -cost.sum(dim=1)

# %% answer_log_probs: masked_fill, logits minus their logsumexp
def answer_log_probs(logits, tokens, is_answer):
    scores = logits[:, :-1]
    own = torch.take_along_dim(scores, tokens[:, 1:].unsqueeze(-1), dim=-1).squeeze(-1)
    log_p = own - scores.logsumexp(-1)
    return log_p.masked_fill(~is_answer[:, 1:], 0.0).sum(-1)

# %% bradley_terry_loss: log1p of the small side
def bradley_terry_loss(better, worse):
    d = better - worse
    return np.mean(np.log1p(np.exp(-np.abs(d))) + np.maximum(-d, 0))

# %% bradley_terry_loss: a loop
def bradley_terry_loss(better, worse):
    total = 0.0
    for b, w in zip(better, worse):
        d = float(b - w)
        total += math.log1p(math.exp(-d)) if d > 0 else -d + math.log1p(math.exp(d))
    return total / len(better)

# %% bradley_terry_loss: torch's logsigmoid
def bradley_terry_loss(better, worse):
    d = torch.as_tensor(better) - torch.as_tensor(worse)
    return float(-torch.nn.functional.logsigmoid(d).mean())

# %% reward_step: a matrix product for the mean
def reward_step(w, better, worse, rate):
    x = better - worse
    surprise = 1 / (1 + np.exp(x @ w))
    return w + rate * surprise @ x / len(x)

# %% reward_step: a loop over the pairs
def reward_step(w, better, worse, rate):
    slope = np.zeros(len(w))
    for b, o in zip(better, worse):
        p = 1 / (1 + math.exp(o @ w - b @ w))
        slope -= (1 - p) * (b - o)
    return w - rate * slope / len(better)

# %% reward_step: by torch's own gradient
def reward_step(w, better, worse, rate):
    weights = torch.tensor(w, requires_grad=True)
    x = torch.tensor(better) - torch.tensor(worse)
    torch.nn.functional.softplus(-(x @ weights), threshold=200).mean().backward()
    return w - rate * weights.grad.numpy()

# %% chances_of_best: sorted, with unique values
def chances_of_best(rewards, n):
    values, group, size = np.unique(rewards, return_inverse=True, return_counts=True)
    ends = np.cumsum(size) / len(rewards)
    chance = np.diff(np.concatenate([[0], ends]) ** n) / size
    return chance[group]

# %% chances_of_best: a loop
def chances_of_best(rewards, n):
    N, out = len(rewards), []
    for r in rewards:
        worse = sum(other < r for other in rewards)
        same = sum(other == r for other in rewards)
        out.append((((worse + same) / N) ** n - (worse / N) ** n) / same)
    return np.array(out)

# %% policy_gradient: a loop over the draws
def policy_gradient(p, drawn, rewards, baseline):
    g = np.zeros(len(p))
    for a, r in zip(drawn, rewards):
        slope = -np.array(p)
        slope[a] += 1
        g += (r - baseline) * slope
    return g / len(drawn)

# %% policy_gradient: sums for each answer, minus p times the total
def policy_gradient(p, drawn, rewards, baseline):
    left = rewards - baseline
    per_answer = np.bincount(drawn, weights=left, minlength=len(p))
    return (per_answer - p * left.sum()) / len(drawn)

# %% advantages: in one line
def advantages(rewards, log_p, log_ref, beta):
    return (rewards - rewards.mean()) - beta * (log_p - log_ref - (log_p - log_ref).mean())

# %% advantages: a loop in a list
def advantages(rewards, log_p, log_ref, beta):
    left = [r - beta * (p - q) for r, p, q in zip(rewards, log_p, log_ref)]
    mean = sum(left) / len(left)
    return np.array([value - mean for value in left])

# %% checked: all, with or for None
def checked(asked, said):
    said = said or {}
    return float(all(said.get(name) == value for name, value in asked.items()))

# %% checked: as a subset
def checked(asked, said):
    return 1.0 if said is not None and asked.items() <= said.items() else 0.0

# %% checked: two loops
def checked(asked, said):
    if said is None:
        return 0
    for name in asked:
        if name not in said:
            return 0
    for name in said:
        if name in asked and said[name] != asked[name]:
            return 0
    return 1

# %% dpo_loss: softplus
import torch.nn.functional as F

def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    reward_chosen = beta * (chosen - ref_chosen)
    reward_rejected = beta * (rejected - ref_rejected)
    return F.softplus(reward_rejected - reward_chosen).mean()

# %% dpo_loss: two log-ratios as the paper's code has them
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    logits = (chosen - rejected) - (ref_chosen - ref_rejected)
    return -torch.nn.functional.logsigmoid(beta * logits).mean()

# %% dpo_loss: logaddexp with 0
def dpo_loss(chosen, rejected, ref_chosen, ref_rejected, beta):
    d = beta * (chosen - ref_chosen - rejected + ref_rejected)
    return torch.logaddexp(torch.zeros_like(d), -d).sum() / len(d)
