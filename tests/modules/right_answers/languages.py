# %% encipher: a translation table
def encipher(text: str, key: dict[str, str]) -> str:
    return text.translate(str.maketrans(key))

# %% inverse: a loop that stops at the first clash
def inverse(key: dict[str, str]) -> dict[str, str] | None:
    back = {}
    for symbol in key:
        if key[symbol] in back:
            return None
        back[key[symbol]] = symbol
    return back

# %% log_score: an einsum over a table taken with np.ix_
def log_score(counts: np.ndarray, key: np.ndarray, logp: np.ndarray) -> float:
    return np.einsum("ij,ij->", counts, logp[np.ix_(key, key)])

# %% log_score: two loops over pairs that occur, Python's own float
def log_score(counts: np.ndarray, key: np.ndarray, logp: np.ndarray) -> float:
    total = 0
    for i, row in enumerate(counts):
        for j, n in enumerate(row):
            if n:
                total += n * logp[key[i], key[j]]
    return float(total)

# %% keep: one comparison, NumPy's exponential of at most 0
def keep(gain: float, temperature: float, u: float) -> bool:
    return u < np.exp(min(gain, 0) / temperature)

# %% search: a fresh copy for each try, the later of two equal bests, score called again at the end
def search(key: np.ndarray, score, moves: list, temperatures: list) -> tuple[np.ndarray, float]:
    current = np.array(key)
    best = current
    for step in range(len(moves)):
        i, j, u = moves[step]
        trial = current.copy()
        trial[[i, j]] = trial[[j, i]]
        if keep(score(trial) - score(current), temperatures[step], u):
            current = trial
            if score(current) >= score(best):
                best = current
    return best, score(best)

# %% unicity: everything in nats, a sum of logs
def unicity(size: int, loss: float) -> float:
    key = sum(math.log(k) for k in range(2, size + 1))
    return key / (math.log(size) - loss)

# %% speak: a list of words, endings put on at the end
def speak(meaning: tuple, lexicon: dict[str, str]) -> str:
    words = []
    for start in (0, 5):
        noun, adjective, several = meaning[start : start + 3]
        word = lexicon[noun]
        word = word[:2] * bool(several) + word
        words.append(" e ".join([word] + [lexicon.get(adjective)] * bool(adjective)))
    return words[0] + " " + words[1] + "k " + "ta" * bool(meaning[4]) + lexicon[meaning[3]]

# %% nearest: NumPy's argmin, which takes the first
def nearest(meaning: tuple, known: list[tuple]) -> tuple:
    differ = [len(meaning) - sum(a == b for a, b in zip(meaning, one)) for one in known]
    return known[int(np.argmin(differ))]
