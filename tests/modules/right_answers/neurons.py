# %% neuron: a plain loop and math.tanh
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    total = b
    for i in range(len(x)):
        total = total + w[i] * x[i]
    return math.tanh(total)


# %% neuron: einsum
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    return float(np.tanh(np.einsum("i,i->", w, x) + b))


# %% two_layers: one row at a time, stacked at the end
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    def one(x):
        h = np.tanh((W1 * x[:, None]).sum(axis=0) + b1)
        return (W2 * h[:, None]).sum(axis=0) + b2

    return np.stack([one(x) for x in X])


# %% two_layers: biases as one more row of weights, with a column of ones in front of it
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    ones = np.ones((len(X), 1))
    h = np.tanh(np.hstack([X, ones]) @ np.vstack([W1, b1]))
    return np.hstack([h, ones]) @ np.vstack([W2, b2])


# %% one_layer: sends the origin and the unit vectors through both layers
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    def both(X):
        return (X @ W1 + b1) @ W2 + b2

    D = W1.shape[0]
    b = both(np.zeros((1, D)))[0]
    W = both(np.eye(D)) - b
    return W, b


# %% one_layer: explicit loops
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    (D, H), C = W1.shape, W2.shape[1]
    W, b = np.zeros((D, C)), np.array(b2, dtype=float)
    for k in range(H):
        for c in range(C):
            b[c] += b1[k] * W2[k, c]
            for d in range(D):
                W[d, c] += W1[d, k] * W2[k, c]
    return W, b


# %% cross_entropy: log of the sum of exponentials, and one-hot rows
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    target = np.eye(logits.shape[1])[labels]
    N = len(labels)
    return -(log_p[target == 1]).sum() / N, (np.exp(log_p) - target) / N


# %% cross_entropy: row by row
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    loss, gradient = 0.0, np.zeros(logits.shape)
    for i, right in enumerate(labels):
        z = logits[i] - np.max(logits[i])
        total = np.sum(np.exp(z))
        loss += np.log(total) - z[right]
        gradient[i] = np.exp(z) / total
        gradient[i, right] -= 1.0
    return loss / len(labels), gradient / len(labels)


# %% Value: a helper makes the new values, inputs are lists of pairs
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def _made(self, data, *pairs):
        return Value(data, list(pairs))

    def __add__(self, other):
        return self._made(self.data + other.data, (self, 1), (other, 1))

    def __mul__(self, other):
        return self._made(self.data * other.data, (self, other.data), (other, self.data))

    def tanh(self):
        t = float(np.tanh(self.data))
        return self._made(t, (self, (1 - t) * (1 + t)))


# %% Value: inputs are set after the Value was made, in the other order
class Value:
    def __init__(self, data, inputs=()):
        self.data, self.inputs, self.grad = data, inputs, 0.0

    def __add__(self, other):
        result = Value(self.data + other.data)
        result.inputs = tuple((part, 1.0) for part in (other, self))
        return result

    def __mul__(self, other):
        result = Value(self.data * other.data)
        result.inputs = ((other, self.data), (self, other.data))
        return result

    def tanh(self):
        result = Value(math.tanh(self.data))
        result.inputs = ((self, 1.0 - result.data * result.data),)
        return result


# %% fooled: doubles a result three times in a loop
def fooled(a):
    result = a
    for _ in range(3):
        result = result + result
    return result


# %% fooled: a shared sum, once as a factor of a product with `a`, once alone
def fooled(a):
    s = a + a
    return s * a + s


# %% backward: counts uses first, and lets a value go when its last share is in
def backward(root) -> None:
    uses, stack, seen = {}, [root], {id(root)}
    while stack:
        value = stack.pop()
        for source, _ in value.inputs:
            uses[id(source)] = uses.get(id(source), 0) + 1
            if id(source) not in seen:
                seen.add(id(source))
                stack.append(source)
    root.grad = 1.0
    ready = [root]
    while ready:
        value = ready.pop()
        for source, slope in value.inputs:
            source.grad += slope * value.grad
            uses[id(source)] -= 1
            if uses[id(source)] == 0:
                ready.append(source)


# %% backward: sorts by height, the longest way down to a value without inputs
def backward(root) -> None:
    height = {}

    def measure(value):
        if value not in height:
            tallest = 0
            for part, _ in value.inputs:
                tallest = max(tallest, measure(part))
            height[value] = tallest + 1
        return height[value]

    measure(root)
    root.grad = 1.0
    for value in sorted(height, key=height.get, reverse=True):
        for part, slope in value.inputs:
            part.grad = part.grad + value.grad * slope


# %% numeric_gradient: one nudge array for each entry, on the flattened shape
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    slopes = []
    for nudge in h * np.eye(x.size):
        nudge = nudge.reshape(x.shape)
        slopes.append((f(x + nudge) - f(x - nudge)) / (2 * h))
    return np.array(slopes).reshape(x.shape)


# %% numeric_gradient: a working copy, put back after each entry
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    y, slopes = x.copy(), np.empty(x.shape)
    for place, old in np.ndenumerate(x):
        y[place] = old + h
        high = f(y)
        y[place] = old - h
        low = f(y)
        y[place] = old
        slopes[place] = (high - low) / 2 / h
    return slopes
