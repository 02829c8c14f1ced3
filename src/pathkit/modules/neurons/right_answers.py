# Right answers in other styles: they pass, and the lesson runs below each of them.

# %% neuron: a loop over the inputs, with math.tanh
def neuron(x, w, b):
    total = b
    for value, weight in zip(x, w):
        total += float(value) * float(weight)
    return math.tanh(total)

# %% neuron: a dot product, tanh by exponentials, other names
def neuron(inputs, weights, bias=0.0):
    s = np.dot(inputs, weights) + bias
    return (np.exp(s) - np.exp(-s)) / (np.exp(s) + np.exp(-s))

# %% neuron: the bias as the weight of one more input
def neuron(x, w, b):
    return np.tanh(np.append(x, 1.0) @ np.append(w, b))

# %% neuron: a generator in sum
neuron = lambda x, w, b: float(np.tanh(sum(x[i] * w[i] for i in range(len(x))) + b))

# %% two_layers: by einsum
def two_layers(X, W1, b1, W2, b2):
    hidden = np.tanh(np.einsum("nd,dh->nh", X, W1) + b1)
    return np.einsum("nh,hc->nc", hidden, W2) + b2

# %% two_layers: loops over points and neurons, into zeros
def two_layers(X, W1, b1, W2, b2):
    N, C = len(X), W2.shape[1]
    out = np.zeros((N, C))
    for n in range(N):
        h = [math.tanh(X[n] @ W1[:, j] + b1[j]) for j in range(W1.shape[1])]
        for c in range(C):
            out[n, c] = sum(h[j] * W2[j, c] for j in range(len(h))) + b2[c]
    return out

# %% two_layers: a column of ones for the biases
def two_layers(X, W1, b1, W2, b2):
    ones = np.ones((len(X), 1))
    h = np.tanh(np.hstack([X, ones]) @ np.vstack([W1, b1]))
    return np.hstack([h, ones]) @ np.vstack([W2, b2])

# %% two_layers: transposed products, tanh by exponentials
def two_layers(X, W1, b1, W2, b2):
    a = (W1.T @ X.T).T + b1[None, :]
    h = 1 - 2 / (np.exp(2 * a) + 1)
    return (W2.T @ h.T).T + b2

# %% two_layers: np.dot and np.add, each point by itself
def two_layers(X, W1, b1, W2, b2):
    rows = []
    for x in X:
        h = np.tanh(np.add(np.dot(x, W1), b1))
        rows.append(np.add(np.dot(h, W2), b2))
    return np.array(rows)

# %% one_layer: what the layers make of zeros and of unit vectors
def one_layer(W1, b1, W2, b2):
    def both(X):
        return (X @ W1 + b1) @ W2 + b2

    D = W1.shape[0]
    b = both(np.zeros((1, D)))[0]
    return both(np.eye(D)) - b, b

# %% one_layer: einsum, in a list
def one_layer(W1, b1, W2, b2):
    return [np.einsum("dh,hc->dc", W1, W2), np.einsum("h,hc->c", b1, W2) + b2]

# %% one_layer: loops
def one_layer(W1, b1, W2, b2):
    D, H = W1.shape
    C = W2.shape[1]
    W, b = np.zeros((D, C)), b2.copy()
    for c in range(C):
        for h in range(H):
            b[c] += b1[h] * W2[h, c]
            for d in range(D):
                W[d, c] += W1[d, h] * W2[h, c]
    return W, b

# %% cross_entropy: one-hot rows, the log of the softmax
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - np.max(logits, axis=1)[:, None]
    log_p = z - np.log(np.sum(np.exp(z), axis=1))[:, None]
    hot = np.eye(C)[labels]
    return -np.sum(hot * log_p) / N, (np.exp(log_p) - hot) / N

# %% cross_entropy: one-hot rows times the log of the probabilities
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=-1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(-1, keepdims=True)
    y = np.zeros(p.shape)
    y[np.arange(len(y)), labels] = 1
    loss = -(y * np.log(p)).sum(axis=1).mean()
    return loss, (p - y) / y.shape[0]

# %% cross_entropy: a loop over the rows, in plain numbers
def cross_entropy(logits, labels):
    loss, gradient = 0.0, np.empty_like(logits)
    for n, (row, label) in enumerate(zip(logits, labels)):
        top = max(row)
        exps = [math.exp(z - top) for z in row]
        loss += math.log(sum(exps)) + top - row[label]
        for c in range(len(row)):
            gradient[n, c] = (exps[c] / sum(exps) - (c == label)) / len(labels)
    return [loss / len(labels), gradient]

# %% cross_entropy: take_along_axis and logaddexp
def cross_entropy(logits, labels):
    columns = np.asarray(labels)[:, np.newaxis]
    total = np.logaddexp.reduce(logits, axis=1, keepdims=True)
    loss = np.mean(total - np.take_along_axis(logits, columns, axis=1))
    gradient = np.exp(logits - total)
    np.put_along_axis(gradient, columns, np.take_along_axis(gradient, columns, 1) - 1, axis=1)
    return loss, gradient / len(columns)

# %% Value: lists of pairs, np.tanh, plain numbers welcome
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = list(inputs)
        self.grad = 0.0

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    __radd__ = __add__
    __rmul__ = __mul__

    def tanh(self):
        t = float(np.tanh(self.data))
        return Value(t, [(self, 1.0 - t * t)])

    def __repr__(self):
        return f"Value({self.data})"

# %% Value: one pair for both uses, slots, the slope by cosh
class Value:
    __slots__ = ("data", "inputs", "grad")

    def __init__(self, data, inputs=()):
        self.data, self.inputs, self.grad = data, inputs, 0

    def __add__(self, other):
        if self is other:
            return Value(2 * self.data, ((self, 2.0),))
        return Value(self.data + other.data, ((other, 1.0), (self, 1.0)))

    def __mul__(self, other):
        if self is other:
            return Value(self.data**2, ((self, 2 * self.data),))
        return Value(self.data * other.data, ((other, self.data), (self, other.data)))

    def tanh(self):
        return Value(math.tanh(self.data), ((self, 1 / math.cosh(self.data) ** 2),))

# %% Value: pairs as lists, set after the result was made
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        out = Value(self.data + other.data)
        out.inputs = [[self, 1.0], [other, 1.0]]
        return out

    def __mul__(self, other):
        out = type(self)(data=self.data * other.data)
        out.inputs = [[self, other.data], [other, self.data]]
        return out

    def tanh(self):
        e = math.exp(-2 * abs(self.data))
        t = math.copysign((1 - e) / (1 + e), self.data)
        out = Value(t)
        out.inputs = [[self, 1 - t**2]]
        return out

# %% Value: a dataclass without equality
from dataclasses import dataclass

@dataclass(eq=False)
class Value:
    data: float
    inputs: tuple = ()
    grad: float = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

# %% Value: tanh made of steps of its own
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        e = math.exp(2 * self.data)
        doubled = Value(e, ((self, 2 * e),))
        return Value(1 - 2 / (e + 1), ((doubled, 2 / (e + 1) ** 2),))

# %% fooled: a sum used twice, in a product
def fooled(a):
    s = a + a
    return s * s

# %% fooled: three uses, with a bend
def fooled(a):
    b = (a * a).tanh()
    return b + b * b

# %% fooled: a loop of doublings
def fooled(a):
    value = a
    for _ in range(4):
        value = value + value
    return value

# %% backward: without recursion, by counting who still waits
def backward(root):
    uses, todo, seen = {root: 0}, [root], {root}
    while todo:
        value = todo.pop()
        for source, _ in value.inputs:
            uses[source] = uses.get(source, 0) + 1
            if source not in seen:
                seen.add(source)
                todo.append(source)
    root.grad = 1
    ready = [root]
    while ready:
        value = ready.pop()
        for source, slope in value.inputs:
            source.grad += slope * value.grad
            uses[source] -= 1
            if uses[source] == 0:
                ready.append(source)

# %% backward: a generator for the order, ids for what was seen
def backward(root):
    seen = set()

    def ordered(value):
        if id(value) in seen:
            return
        seen.add(id(value))
        for pair in value.inputs:
            yield from ordered(pair[0])
        yield value

    order = list(ordered(root))
    for value in order:
        value.grad = 0.0
    root.grad = 1.0
    while order:
        value = order.pop()
        for pair in value.inputs:
            pair[0].grad = pair[0].grad + pair[1] * value.grad

# %% backward: a stack with two visits for each value
def backward(root):
    order, seen, stack = [], set(), [(root, False)]
    while stack:
        value, done = stack.pop()
        if done:
            order.insert(0, value)
        elif value not in seen:
            seen.add(value)
            stack.append((value, True))
            stack.extend((source, False) for source, _ in value.inputs)
    root.grad = 1.0
    for value in order:
        for source, slope in value.inputs:
            source.grad += slope * value.grad
    return order

# %% backward: the longest way from the root decides the turn
def backward(root):
    depth = {root: 0}
    level = [root]
    while level:
        after = {}
        for value in level:
            for source, _ in value.inputs:
                depth[source] = depth[value] + 1
                after[source] = None
        level = list(after)
    root.grad = 1.0
    for value in sorted(depth, key=depth.get):
        for source, slope in value.inputs:
            source.grad += slope * value.grad

# %% numeric_gradient: flat copies, one index each
def numeric_gradient(f, x, h=1e-5):
    slopes = np.empty(x.size)
    for k in range(x.size):
        up, down = x.copy(), x.copy()
        up.flat[k] += h
        down.flat[k] -= h
        slopes[k] = (f(up) - f(down)) / (2 * h)
    return slopes.reshape(x.shape)

# %% numeric_gradient: unit nudges from an identity matrix
def numeric_gradient(f, x, h=0.00001):
    nudges = h * np.eye(x.size).reshape(-1, *x.shape)
    return np.array([(f(x + n) - f(x - n)) / (h + h) for n in nudges]).reshape(x.shape)

# %% numeric_gradient: in place, and every entry put back
def numeric_gradient(function, point, nudge=1e-5):
    slopes = np.zeros(point.shape)
    for index, old in np.ndenumerate(point):
        point[index] = old + nudge
        above = function(point)
        point[index] = old - nudge
        below = function(point)
        point[index] = old
        slopes[index] = 0.5 * (above - below) / nudge
    return slopes
