# Wrong answers to the exercises of neurons: the exercise, then the true cause.

# %% neuron: the products aren't summed
# -> _not_summed
def neuron(x, w, b):
    return np.tanh(x * w + b)

# %% neuron: no bend
# -> _no_bend
def neuron(x, w, b):
    total = 0.0
    for i in range(len(x)):
        total += x[i] * w[i]
    return total + b

# %% neuron: the mean of the products
# -> _mean
def neuron(x, w, b):
    return np.tanh(np.mean(x * w) + b)

# %% neuron: bends the inputs, not the sum
# -> _bends_inputs
def neuron(x, w, b):
    return np.tanh(x) @ w + b

# %% neuron: a sigmoid for tanh
# -> _sigmoid
def neuron(x, w, b):
    return 1 / (1 + np.exp(-(x @ w + b)))

# %% neuron: ReLU for tanh
# -> _relu
def neuron(x, w, b):
    return max(0.0, x @ w + b)

# %% neuron: only the first two inputs
# -> _two_inputs
def neuron(x, w, b):
    return np.tanh(x[0] * w[0] + x[1] * w[1] + b)

# %% neuron: only two inputs, the others left out
# -> _two_inputs
def neuron(x, w, b):
    return np.tanh(sum(x[i] * w[i] for i in range(min(2, len(x)))) + b)

# %% neuron: the bias is multiplied by the sum
# -> wrong value
def neuron(x, w, b):
    return np.tanh((x * w).sum() * b)

# %% neuron: the last product only
# -> _last_product
def neuron(x, w, b):
    for i in range(len(x)):
        s = x[i] * w[i]
    return np.tanh(s + b)

# %% neuron: weights normalised to sum to one
# -> wrong value
def neuron(x, w, b):
    return np.tanh((x * w).sum() / w.sum() + b)

# %% neuron: changes x in place
# -> changed its input
def neuron(x, w, b):
    x *= w
    return np.tanh(x.sum() + b)

# %% neuron: raises "arrays can be converted to Python scalars"
# -> raised
def neuron(x, w, b):
    return math.tanh(x * w + b)

# %% neuron: raises "IndexError: index 1 is out of bounds"
# -> _two_inputs
def neuron(x, w, b):
    return np.tanh(x[0] * w[0] + x[1] * w[1] + b)

# %% two_layers: no bend
# -> _straight
def two_layers(X, W1, b1, W2, b2):
    h = X @ W1 + b1
    return h @ W2 + b2

# %% two_layers: the hidden bias is missing
# -> _no_b1
def two_layers(X, W1, b1, W2, b2):
    return np.tanh(X @ W1) @ W2 + b2

# %% two_layers: the output bias is missing
# -> _no_b2
def two_layers(X, W1, b1, W2, b2):
    return np.tanh(X @ W1 + b1) @ W2

# %% two_layers: a sigmoid for tanh
# -> _sigmoid
def two_layers(X, W1, b1, W2, b2):
    return 1 / (1 + np.exp(-(X @ W1 + b1))) @ W2 + b2

# %% two_layers: the first point only
# -> _first_point
def two_layers(X, W1, b1, W2, b2):
    return (np.tanh(X[0] @ W1 + b1) @ W2 + b2)[None]

# %% two_layers: the hidden layer comes back
# -> _hidden_alone
def two_layers(X, W1, b1, W2, b2):
    return np.tanh(X @ W1 + b1)

# %% two_layers: the output bias is bent with the hidden layer's
# -> wrong value
def two_layers(X, W1, b1, W2, b2):
    return np.tanh(X @ W1 + b1) @ W2 + np.tanh(b2)

# %% two_layers: summed over the points
# -> wrong shape
def two_layers(X, W1, b1, W2, b2):
    return (np.tanh(X @ W1 + b1) @ W2 + b2).sum(axis=0)

# %% two_layers: the outputs through a softmax
# -> _softmax
def two_layers(X, W1, b1, W2, b2):
    z = np.tanh(X @ W1 + b1) @ W2 + b2
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

# %% two_layers: a transposed result
# -> wrong shape
def two_layers(X, W1, b1, W2, b2):
    return (np.tanh(X @ W1 + b1) @ W2 + b2).T

# %% two_layers: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> raised
def two_layers(X, W1, b1, W2, b2):
    return np.tanh(W1 @ X + b1) @ W2 + b2

# %% two_layers: raises "ValueError: operands could not be broadcast"
# -> raised
def two_layers(X, W1, b1, W2, b2):
    return np.tanh(X * W1 + b1) * W2 + b2

# %% one_layer: the first bias as it is
# -> _loses_b2
def one_layer(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2

# %% one_layer: only the matrix comes back
# -> _matrix_alone
def one_layer(W1, b1, W2, b2):
    return W1 @ W2

# %% one_layer: bias before matrix
# -> _exchanged
def one_layer(W1, b1, W2, b2):
    return b1 @ W2 + b2, W1 @ W2

# %% one_layer: the bend is left in
# -> _still_bent
def one_layer(W1, b1, W2, b2):
    return np.tanh(W1) @ W2, np.tanh(b1) @ W2 + b2

# %% one_layer: the second bias is multiplied, too
# -> _times_b2
def one_layer(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 * b2

# %% one_layer: matrices added where they fit, else multiplied
# -> wrong value
def one_layer(W1, b1, W2, b2):
    return W1 @ W2, b1.sum() * W2.sum(axis=0) + b2

# %% one_layer: the bias as a row of a table
# -> _bias_as_table
def one_layer(W1, b1, W2, b2):
    return W1 @ W2, b1[None] @ W2 + b2

# %% one_layer: the second bias twice
# -> located
def one_layer(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + 2 * b2

# %% one_layer: the bias is in the matrix as well
# -> wrong value
def one_layer(W1, b1, W2, b2):
    b = b1 @ W2 + b2
    return W1 @ W2 + b, b

# %% one_layer: raises "ValueError: matmul: Input operand 1 has a mismatch"
# -> _wrong_order
def one_layer(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2

# %% cross_entropy: the sign is missing
# -> _negative
def cross_entropy(logits, labels):
    N = len(labels)
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    g = p.copy()
    g[np.arange(N), labels] -= 1
    return np.log(p[np.arange(N), labels]).mean(), g / N

# %% cross_entropy: the log of the mean
# -> _log_of_the_mean
def cross_entropy(logits, labels):
    N = len(labels)
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    g = p.copy()
    g[np.arange(N), labels] -= 1
    return -np.log(p[np.arange(N), labels].mean()), g / N

# %% cross_entropy: the mean over rows and classes
# -> _mean_over_all
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -(hot * np.log(p)).mean(), (p - hot) / N

# %% cross_entropy: log to the base 2
# -> _bits
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log2(p[range(N), labels]).mean(), (p - hot) / N

# %% cross_entropy: 1e-9 is added inside the log
# -> _floored_1e_09
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(p[range(N), labels] + 1e-9).mean(), (p - hot) / N

# %% cross_entropy: 1e-12 is added inside the log
# -> _floored_1e_12
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(p[range(N), labels] + 1e-12).mean(), (p - hot) / N

# %% cross_entropy: probabilities below 1e-10 are clipped
# -> _floored_1e_10
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(np.clip(p[range(N), labels], 1e-10, 1)).mean(), (p - hot) / N

# %% cross_entropy: the log of a product that underflows
# -> _product
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    product = 1.0
    for i in range(N):
        product *= p[i, labels[i]]
    return -np.log(product) / N, (p - np.eye(C)[labels]) / N

# %% cross_entropy: an epsilon that keeps the log finite, with a maximum
# -> _floored_1e_15
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -np.log(np.maximum(p[range(N), labels], 1e-15)).mean(), (p - np.eye(C)[labels]) / N

# %% cross_entropy: the loss is taken after the 1 was subtracted
# -> _log_too_late
def cross_entropy(logits, labels):
    N = len(labels)
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    g = p
    g[np.arange(N), labels] -= 1
    return -np.log(p[np.arange(N), labels]).mean(), g / N

# %% cross_entropy: divides before it subtracts the 1
# -> _divided_first
def cross_entropy(logits, labels):
    N = len(labels)
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), labels]).mean()
    p /= N
    p[np.arange(N), labels] -= 1
    return loss, p

# %% cross_entropy: the maximum of the whole table
# -> _maximum_of_all
def cross_entropy(logits, labels):
    N = len(labels)
    z = logits - logits.max()
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), labels]).mean()
    p[np.arange(N), labels] -= 1
    return loss, p / N

# %% cross_entropy: the gradient of the right class alone
# -> _right_class_alone
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(p[range(N), labels]).mean(), (p - hot) * hot / N

# %% cross_entropy: divided by the number of classes
# -> _divided_by_classes
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(p[range(N), labels]).mean(), (p - hot) / C

# %% cross_entropy: the gradient divided by all numbers of the table
# -> _divided_by_all
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(p[range(N), labels]).mean(), (p - hot) / logits.size

# %% cross_entropy: gradient before loss
# -> _exchanged
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return (p - hot) / N, -np.log(p[range(N), labels]).mean()

# %% cross_entropy: one loss for each row
# -> _for_each_row
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(p[range(N), labels]), (p - hot) / N

# %% cross_entropy: the probability for the loss, no log
# -> _without_log
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return 1 - p[range(N), labels].mean(), (p - hot) / N

# %% cross_entropy: no softmax in the gradient
# -> _logits_as_they_came
def cross_entropy(logits, labels):
    N, C = logits.shape
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(p[range(N), labels]).mean(), (logits - hot) / N

# %% cross_entropy: changes the logits
# -> changed its input
def cross_entropy(logits, labels):
    N, C = logits.shape
    logits -= logits.max(axis=1, keepdims=True)
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    hot = np.eye(C)[labels]
    return -np.log(p[range(N), labels]).mean(), (p - hot) / N

# %% cross_entropy: raises "IndexError: shape mismatch: indexing arrays"
# -> raised
def cross_entropy(logits, labels):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    rows = np.arange(1, len(labels))
    return -np.log(p[rows, labels]).mean(), p

# %% cross_entropy: raises "IndexError: index 1 is out of bounds"
# -> raised
def cross_entropy(logits, labels):
    N, C = logits.shape
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(C), labels]).mean(), p

# %% cross_entropy: raises "RuntimeWarning: overflow encountered in exp"
# -> _overflows
def cross_entropy(logits, labels):
    N, C = logits.shape
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[range(N), labels]).mean(), (p - np.eye(C)[labels]) / N

# %% cross_entropy: raises "ValueError: operands could not be broadcast"
# -> raised
def cross_entropy(logits, labels):
    z = logits - logits.max(axis=1)
    p = np.exp(z) / np.exp(z).sum(axis=1)
    return -np.log(p[range(len(labels)), labels]).mean(), p

# %% Value: the slope of a product by division
# -> raised
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        y = self.data * other.data
        return Value(y, ((self, y / self.data), (other, y / other.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

# %% Value: tanh twice in the slope
# -> _TanhTwice
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
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - math.tanh(t)**2),))

# %% Value: one pair without its comma
# -> wrong value
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
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2)))

# %% Value: the pairs are flattened
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, (self, 1.0, other, 1.0))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other.data, other, self.data))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self, 1 - t**2))

# %% Value: values without slopes
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, (self, other))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))

    def tanh(self):
        return Value(math.tanh(self.data), (self,))

# %% Value: products are plain numbers
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return self.data * other.data

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

# %% Value: slope before value
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((1.0, self), (1.0, other)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((other.data, self), (self.data, other)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((1 - t**2, self),))

# %% Value: numbers for the inputs
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self.data, 1.0), (other.data, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self.data, other.data), (other.data, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self.data, 1 - t**2),))

# %% Value: Values for the slopes
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other), (other, self)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

# %% Value: copies stand for the inputs
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((Value(self.data), 1.0), (Value(other.data), 1.0)))

    def __mul__(self, other):
        a, b = Value(self.data), Value(other.data)
        return Value(a.data * b.data, ((a, b.data), (b, a.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((Value(self.data), 1 - t**2),))

# %% Value: equality by number makes Values unfit for sets
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __eq__(self, other):
        return self.data == other.data

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

# %% Value: the sum forgets its second input
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0),))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

# %% Value: only tanh forgets its input
# -> wrong value
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
        return Value(math.tanh(self.data))

# %% Value: nothing is returned by tanh
# -> wrong value
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
        t = math.tanh(self.data)
        Value(t, ((self, 1 - t**2),))

# %% Value: tanh changes the value itself
# -> wrong value
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
        self.data = math.tanh(self.data)
        return Value(self.data, ((self, 1 - self.data**2),))

# %% Value: raises "TypeError: unsupported operand type(s)"
# -> raised
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other, ((self, other.data), (other, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

# %% Value: raises "AttributeError: 'float' object has no attribute 'data'"
# -> raised
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))

# %% fooled: only the input is used twice
# -> located
def fooled(a):
    return a * a

# %% fooled: only the input is used, more often
# -> wrong value
def fooled(a):
    return a * a * a + a + a

# %% fooled: the same product is built twice
# -> _built_twice
def fooled(a):
    return (a * a) * (a * a)

# %% fooled: a sum times the input, each used once
# -> wrong value
def fooled(a):
    return (a + a) * a

# %% fooled: nothing is returned
# -> wrong value
def fooled(a):
    b = a * a
    b + b

# %% fooled: a plain number
# -> wrong value
def fooled(a):
    return a.data * 2

# %% fooled: the input itself
# -> wrong value
def fooled(a):
    return a

# %% fooled: not made of a
# -> wrong value
def fooled(a):
    b = type(a)(3.0)
    c = b * b
    return c + c

# %% fooled: a tuple of both
# -> wrong value
def fooled(a):
    b = a * a
    return b, b

# %% fooled: raises "AttributeError: 'int' object has no attribute 'data'"
# -> raised
def fooled(a):
    b = a * 2
    return b + b

# %% fooled: raises "TypeError: unsupported operand type(s) for"
# -> raised
def fooled(a):
    b = a ** 2
    return b + b

# %% backward: mutable default arguments
# -> wrong value
def backward(root, order=[], seen=set()):
    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * value.grad

# %% backward: the order is kept in a global list
# -> wrong value
order = []

def backward(root):
    def visit(value):
        if value not in order:
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * value.grad

# %% backward: a dict of grads is returned, none is set
# -> wrong value
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    grads = {value: 0.0 for value in order}
    grads[root] = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            grads[source] += slope * grads[value]
    return grads

# %% backward: a local name grows, not the grad
# -> _root_alone
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            g = source.grad
            g += slope * value.grad

# %% backward: a value stands in the order before its inputs
# -> _when_first_met
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            order.append(value)
            for source, _ in value.inputs:
                visit(source)

    visit(root)
    root.grad = 1.0
    for value in order:
        for source, slope in value.inputs:
            source.grad += slope * value.grad

# %% backward: a stack for an order
# -> _stack
def backward(root):
    root.grad = 1.0
    stack, seen = [root], {root}
    while stack:
        value = stack.pop()
        for source, slope in value.inputs:
            source.grad += slope * value.grad
            if source not in seen:
                seen.add(source)
                stack.append(source)

# %% backward: = in the recursion
# -> raised
def backward(root):
    root.grad = 1.0

    def go(value):
        for source, slope in value.inputs:
            source.grad = slope * value.grad
            go(source)

    go(root)

# %% backward: goes into each value once only
# -> _when_first_met
def backward(root):
    root.grad = 1.0
    seen = set()

    def go(value):
        if value in seen:
            return
        seen.add(value)
        for source, slope in value.inputs:
            source.grad += slope * value.grad
        for source, _ in value.inputs:
            go(source)

    go(root)

# %% backward: equal numbers count as one value
# -> _equal_numbers
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value.data not in seen:
            seen.add(value.data)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * value.grad

# %% backward: ordered by size
# -> wrong value
def backward(root):
    every, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            every.append(value)
            for source, _ in value.inputs:
                visit(source)

    visit(root)
    root.grad = 1.0
    for value in sorted(every, key=lambda v: -v.data):
        for source, slope in value.inputs:
            source.grad += slope * value.grad

# %% backward: neither a seed nor a memory of what was visited
# -> _recursed_without_seed
def backward(root):
    order = []

    def visit(value):
        for source, _ in value.inputs:
            visit(source)
        order.append(value)

    visit(root)
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * value.grad

# %% backward: the root's grad is set at the end
# -> _root_alone
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * value.grad
    root.grad = 1.0

# %% backward: one level only
# -> _forwards
def backward(root):
    root.grad = 1.0
    for source, slope in root.inputs:
        source.grad += slope * root.grad

# %% backward: the grad of the input for that of the result
# -> _root_alone
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope * source.grad

# %% backward: two inputs of one value, the first only
# -> wrong value
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs[:1]:
            source.grad += slope * value.grad

# %% backward: each different input once, in a dict
# -> _uses_merged
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in dict(value.inputs).items():
            source.grad += slope * value.grad

# %% backward: the slope is added to the grad
# -> _adds_slope
def backward(root):
    order, seen = [], set()

    def visit(value):
        if value not in seen:
            seen.add(value)
            for source, _ in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad += slope + value.grad

# %% backward: raises "UnboundLocalError"
# -> raised
def backward(root):
    order = []

    def visit(value):
        for source, _ in value.inputs:
            visit(source)
        order += [value]

    visit(root)

# %% backward: raises "RecursionError: maximum recursion depth exceeded"
# -> raised
def backward(root):
    order = []

    def visit(value):
        for source, _ in value.inputs:
            visit(value)
        order.append(value)

    visit(root)

# %% backward: raises "TooManyVisits"
# -> _every_path
def backward(root):
    def go(value, share):
        value.grad += share
        for source, slope in value.inputs:
            go(source, slope * share)

    go(root, 1.0)

# %% numeric_gradient: from here down only
# -> _from_below
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        down = x.copy()
        down[i] -= h
        slopes[i] = (f(x) - f(down)) / h
    return slopes

# %% numeric_gradient: / 2 * h
# -> _brackets
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / 2 * h
    return slopes

# %% numeric_gradient: down minus up
# -> _down_minus_up
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(down) - f(up)) / (2 * h)
    return slopes

# %% numeric_gradient: divided by 2, not by h
# -> _halved
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / 2
    return slopes

# %% numeric_gradient: up and down are x itself
# -> _no_copies
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x, x
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes

# %% numeric_gradient: up and down are one copy
# -> _one_copy
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up = down = x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes

# %% numeric_gradient: up is x itself, down a copy
# -> wrong value
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x, x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes

# %% numeric_gradient: puts x back by adding, which rounds
# -> _put_back_by_adding
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= 2 * h
        slopes[i] = (above - f(x)) / (2 * h)
        x[i] += h
    return slopes

# %% numeric_gradient: puts x back within rounding, with h of its own
# -> _put_back_by_adding
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        x[i] += h
        above = f(x)
        x[i] -= h
        x[i] -= h
        below = f(x)
        x[i] += h
        slopes[i] = (above - below) / (2 * h)
    return slopes

# %% numeric_gradient: h is ignored
# -> _own_nudge
def numeric_gradient(f, x, h=1e-5):
    h = 1e-5
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes

# %% numeric_gradient: the slopes in one row
# -> _in_a_row
def numeric_gradient(f, x, h=1e-5):
    slopes = []
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes.append((f(up) - f(down)) / (2 * h))
    return np.array(slopes)

# %% numeric_gradient: only the first entry of each row
# -> wrong value
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in range(len(x)):
        k = (i,) + (0,) * (x.ndim - 1)
        up, down = x.copy(), x.copy()
        up[k] += h
        down[k] -= h
        slopes[k] = (f(up) - f(down)) / (2 * h)
    return slopes

# %% numeric_gradient: the nudge is multiplied
# -> _nudge_multiplied
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] *= 1 + h
        down[i] *= 1 - h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes

# %% numeric_gradient: nudged by h, divided by a nudge of x's size
# -> wrong value
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h * abs(x[i])
        down[i] -= h * abs(x[i])
        slopes[i] = (f(up) - f(down)) / (2 * h * abs(x[i]))
    return slopes

# %% numeric_gradient: returns inside the loop
# -> _first_entry
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
        return slopes

# %% numeric_gradient: raises "IndexError: too many indices"
# -> raised
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in range(x.shape[0]):
        for j in range(x.shape[-1]):
            up, down = x.copy(), x.copy()
            up[i, j] += h
            down[i, j] -= h
            slopes[i, j] = (f(up) - f(down)) / (2 * h)
    return slopes

# %% numeric_gradient: raises "TypeError: 'tuple' object cannot be interpreted as an integer"
# -> raised
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in range(x.shape):
        slopes[i] = 0
    return slopes

# %% numeric_gradient: raises "IndexError: only integers, slices"
# -> raised
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in x:
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes

# %% numeric_gradient: subtracts the function itself, not its value
# -> raised
def numeric_gradient(f, x, h=1e-5):
    slopes = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        slopes[i] = (f(x) - f) / (2 * h)
    return slopes

# %% neuron: counts on exactly two inputs, all others are left out
# -> _two_inputs
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    s = w[0] * x[0] + w[1] * x[1] + b
    return math.tanh(s)

# %% one_layer: the two biases have changed places, b comes out with shape (H,)
# -> _biases_exchanged_in_one
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    W = W1 @ W2
    b = W2 @ b2 + b1
    return W, b

# %% cross_entropy: softmax sums over axis 0 (the points) instead of each row's classes
# -> _down_columns
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    N = len(logits)
    e = np.exp(logits - np.max(logits))
    p = e / np.sum(e, axis=0)
    loss = -np.mean(np.log(p[np.arange(N), labels]))
    grad = p.copy()
    grad[np.arange(N), labels] -= 1
    return loss, grad / N

# %% Value: the sum's slopes are the data of the inputs instead of 1
# -> _SumOwnData
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        out = Value(self.data + other.data)
        out.inputs = ((self, self.data), (other, other.data))
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data)
        out.inputs = ((self, other.data), (other, self.data))
        return out

    def tanh(self):
        t = (math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)
        return Value(t, ((self, 1 - t * t),))

# %% fooled: the two sums are separate values, each used once, so the proposal is right
# -> _built_twice
def fooled(a):
    return (a + a) * (a + a)

# %% numeric_gradient: nudges x in place and never puts the entry back, so x ends h lower everywhere
# -> _changes_x
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        high = f(x)
        x[i] -= 2 * h
        low = f(x)
        slopes[i] = (high - low) / (2 * h)
    return slopes

# %% two_layers: the two biases have changed places
# -> _biases_exchanged
def two_layers(X, W1, b1, W2, b2):
    h = np.tanh(X @ W1 + b2)
    return h @ W2 + b1

# %% fooled: a sum of products, each written out again
# -> _built_twice
def fooled(a):
    return (a * a + a) + (a * a + a)


# %% neuron: the bias is added once for every input instead of once
# -> _bias_for_each
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    total = 0.0
    for xi, wi in zip(x, w):
        total += xi * wi + b
    return np.tanh(total)


# %% neuron: bends each product before adding up, and the bias stays outside the bend
# -> _bends_each
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    return float(np.sum(np.tanh(w * x)) + b)


# %% neuron: counts on exactly two inputs, all others are left out
# -> _two_inputs
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    s = w[0] * x[0] + w[1] * x[1] + b
    return math.tanh(s)


# %% two_layers: bends the output layer as well
# -> _bends_outputs
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    layer1 = np.tanh(X @ W1 + b1)
    layer2 = np.tanh(layer1 @ W2 + b2)
    return layer2


# %% two_layers: the bias of the hidden layer is added after the bend instead of before
# -> _hidden_bias_outside
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    hidden_out = np.tanh(np.dot(X, W1)) + b1
    return np.dot(hidden_out, W2) + b2


# %% two_layers: returns a Python list of rows, not an array (N, C)
# -> wrong type
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    outputs = []
    for point in X:
        h = np.tanh(point @ W1 + b1)
        outputs.append(list(h @ W2 + b2))
    return outputs


# %% one_layer: forgets that the first bias goes through W2, keeps only b2
# -> _loses_b1
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    W = np.einsum("dh,hc->dc", W1, W2)
    return W, b2


# %% one_layer: the two biases have changed places, b comes out with shape (H,)
# -> _biases_exchanged_in_one
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    W = W1 @ W2
    b = W2 @ b2 + b1
    return W, b


# %% one_layer: the bias comes back as a row (1, C) instead of (C,)
# -> _bias_as_table
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    weights = W1 @ W2
    bias = b1.reshape(1, -1) @ W2 + b2
    return weights, bias


# %% one_layer: the matrix comes back transposed, (C, D) instead of (D, C)
# -> wrong shape
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    return W2.T @ W1.T, b1 @ W2 + b2


# %% cross_entropy: softmax sums over axis 0 (the points) instead of each row's classes
# -> _down_columns
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    N = len(logits)
    e = np.exp(logits - np.max(logits))
    p = e / np.sum(e, axis=0)
    loss = -np.mean(np.log(p[np.arange(N), labels]))
    grad = p.copy()
    grad[np.arange(N), labels] -= 1
    return loss, grad / N


# %% cross_entropy: the gradient isn't divided by the number of rows
# -> _not_divided
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    one_hot = np.eye(logits.shape[1])[labels]
    loss = -(one_hot * np.log(p)).sum(axis=1).mean()
    return loss, p - one_hot


# %% cross_entropy: subtracts the 1 in p itself (no copy) before the loss is taken, so log gets negative numbers
# -> _log_too_late
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    gradient = p
    gradient[rows, labels] -= 1
    gradient /= len(labels)
    loss = -np.log(p[rows, labels]).mean()
    return loss, gradient


# %% cross_entropy: gradient[:, labels] subtracts 1 in every row for every label, not one cell a row
# -> wrong value
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    n = logits.shape[0]
    exps = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = exps / exps.sum(axis=1, keepdims=True)
    loss = -np.log(p[range(n), labels]).mean()
    gradient = p.copy()
    gradient[:, labels] -= 1
    return loss, gradient / n


# %% Value: in the product each factor gets its own data as the slope instead of the other's
# -> _OwnFactor
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, self.data), (other, other.data)))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t**2),))


# %% Value: the slope of tanh is computed from the input (1 - data**2) instead of the result
# -> _SlopeFromInput
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1), (other, 1)))

    def __mul__(self, other):
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def tanh(self):
        return Value(np.tanh(self.data), [(self, 1 - self.data**2)])


# %% Value: __add__ changes its left input and returns it instead of making a new Value
# -> wrong value
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        self.data = self.data + other.data
        self.inputs = ((self, 1.0), (other, 1.0))
        return self

    def __mul__(self, other):
        result = Value(self.data * other.data)
        result.inputs = ((self, other.data), (other, self.data))
        return result

    def tanh(self):
        result = Value(math.tanh(self.data))
        result.inputs = ((self, 1 - result.data**2),)
        return result


# %% Value: the sum's slopes are the data of the inputs instead of 1
# -> _SumOwnData
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        out = Value(self.data + other.data)
        out.inputs = ((self, self.data), (other, other.data))
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data)
        out.inputs = ((self, other.data), (other, self.data))
        return out

    def tanh(self):
        t = (math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)
        return Value(t, ((self, 1 - t * t),))


# %% fooled: the two sums are separate values, each used once, so the proposal is right
# -> _built_twice
def fooled(a):
    return (a + a) * (a + a)


# %% fooled: a chain of products in which only `a` itself is used repeatedly, no result is
# -> wrong value
def fooled(a):
    power = a
    for _ in range(4):
        power = power * a
    return power


# %% fooled: the result b is used only once
# -> wrong value
def fooled(a):
    b = a * a
    return b + a + a


# %% fooled: a plain number stands beside a Value, which raises AttributeError
# -> raised
def fooled(a):
    b = a * a
    return b * 2 + b


# %% backward: overwrites the grad of an input (=) instead of adding to it
# -> _overwrites
def backward(root) -> None:
    order, seen = [], set()

    def visit(value):
        if value in seen:
            return
        seen.add(value)
        for source, _ in value.inputs:
            visit(source)
        order.append(value)

    visit(root)
    root.grad = 1.0
    for value in reversed(order):
        for source, slope in value.inputs:
            source.grad = slope * value.grad


# %% backward: the root's grad is never set to 1, so everything stays 0
# -> _no_seed
def backward(root) -> None:
    order = []

    def visit(value):
        if value not in order:
            for source, slope in value.inputs:
                visit(source)
            order.append(value)

    visit(root)
    for value in order[::-1]:
        for source, slope in value.inputs:
            source.grad += slope * value.grad


# %% backward: walks breadth first from the root, so a value near the root hands on before all its shares are in
# -> _by_level
def backward(root) -> None:
    root.grad = 1.0
    queue, seen = [root], {root}
    while queue:
        value = queue.pop(0)
        for source, slope in value.inputs:
            source.grad += slope * value.grad
            if source not in seen:
                seen.add(source)
                queue.append(source)


# %% backward: no order at all, hands on again at every visit (the proposal `spread`)
# -> _recursed
def backward(root) -> None:
    root.grad = 1.0

    def go(value):
        for source, slope in value.inputs:
            source.grad += slope * value.grad
        for source, slope in value.inputs:
            go(source)

    go(root)


# %% numeric_gradient: divides by h, but from up to down it is 2h
# -> _divides_by_h
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    slopes = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / h
    return slopes


# %% numeric_gradient: loops over len(x), so with two axes a whole row is nudged at once
# -> _row_by_row
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    grad = np.zeros(x.shape)
    for i in range(len(x)):
        plus = np.array(x)
        minus = np.array(x)
        plus[i] += h
        minus[i] -= h
        grad[i] = (f(plus) - f(minus)) / (2 * h)
    return grad


# %% numeric_gradient: up and down are both x itself, not copies, so f sees the same array twice
# -> _no_copies
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up = x
        up[i] += h
        down = x
        down[i] -= h
        slopes[i] = (f(up) - f(down)) / (2 * h)
    return slopes


# %% numeric_gradient: nudges x in place and never puts the entry back, so x ends h lower everywhere
# -> _changes_x
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        x[i] += h
        high = f(x)
        x[i] -= 2 * h
        low = f(x)
        slopes[i] = (high - low) / (2 * h)
    return slopes


# %% neuron: np.convolve turns the weights round, so the first input meets the last weight
# -> wrong value
def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    return np.tanh(np.convolve(x, w, mode="valid")[0] + b)


# %% neuron: the bias is inside the sum and so added once for each input instead of once
# -> _bias_for_each
def neuron(x, w, b):
    return math.tanh(sum(xi * wi + b for xi, wi in zip(x, w)))


# %% two_layers: the loop bends the output layer, too, which should only weigh and add
# -> _bends_outputs
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    out = X
    for W, b in ((W1, b1), (W2, b2)):
        out = np.tanh(np.dot(out, W) + b)
    return out


# %% two_layers: b1 is added after the bend instead of before it
# -> _hidden_bias_outside
def two_layers(X, W1, b1, W2, b2) -> np.ndarray:
    hidden_layer = np.add(np.tanh(np.einsum("nd,dh->nh", X, W1)), b1)
    return np.einsum("nh,hc->nc", hidden_layer, W2) + b2


# %% one_layer: b2 is forgotten in the new bias
# -> _loses_b2
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    stacked = np.vstack([W1, b1]) @ W2
    return stacked[:-1], stacked[-1]


# %% one_layer: the matrix comes out transposed, (C, D) instead of (D, C)
# -> wrong shape
def one_layer(W1, b1, W2, b2) -> tuple[np.ndarray, np.ndarray]:
    W = W2.T @ W1.T
    b = W2.T @ b1 + b2
    return W, b


# %% cross_entropy: the gradient isn't divided by the number of rows
# -> _not_divided
def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    shifted = logits - logits.max(axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    one_hot = np.eye(logits.shape[1])[labels]
    loss = -(logp * one_hot).sum(axis=1).mean()
    return loss, np.exp(logp) - one_hot


# %% cross_entropy: the maximum of the whole table is subtracted, so a row far below it becomes 0 / 0 (nan)
# -> _maximum_of_all
def cross_entropy(logits, labels):
    N = len(labels)
    e = np.exp(logits - np.max(logits))
    p = e / e.sum(1)[:, None]
    loss = np.mean([-np.log(p[n, c]) for n, c in enumerate(labels)])
    for n, c in enumerate(labels):
        p[n, c] -= 1
    return loss, p / N


# %% Value: the slopes of a product are swapped, each factor gets itself
# -> _OwnFactor
class Value:
    def __init__(self, data, inputs=()):
        self.data = data
        self.inputs = inputs
        self.grad = 0.0

    def __add__(self, other):
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        pairs = tuple((v, v.data) for v in (self, other))
        return Value(self.data * other.data, pairs)

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t * t),))


# %% Value: the slope of tanh is computed from the input instead of from the result
# -> _SlopeFromInput
class Value:
    def __init__(self, data, inputs=()):
        self.data, self.inputs, self.grad = data, inputs, 0.0

    def __add__(self, other):
        return Value(self.data + other.data, [(self, 1), (other, 1)])

    def __mul__(self, other):
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def tanh(self):
        x = self.data
        return Value((math.exp(x) - math.exp(-x)) / (math.exp(x) + math.exp(-x)), [(self, 1 - x ** 2)])


# %% fooled: only `a` itself is used several times, each result once, so spread is right
# -> _chain
def fooled(a):
    out = a
    for _ in range(3):
        out = out * a
    return out


# %% fooled: the square is made twice, as two separate Values used once each, so spread is right
# -> _built_twice
def fooled(a):
    def square(v):
        return v * v
    return square(a) + square(a)


# %% backward: values are listed when they are met (before their inputs), which isn't an order in which all shares have come in
# -> _when_first_met
def backward(root) -> None:
    order, seen = [], set()

    def visit(value):
        if value in seen:
            return
        seen.add(value)
        order.append(value)
        for source, _ in value.inputs:
            visit(source)

    visit(root)
    root.grad = 1.0
    for value in order:
        for source, slope in value.inputs:
            source.grad += slope * value.grad


# %% backward: a share overwrites the grad instead of being added (`=` in the last line)
# -> _overwrites
def backward(root) -> None:
    done, order = set(), []
    stack = [(root, False)]
    while stack:
        v, ready = stack.pop()
        if ready:
            order.append(v)
        elif v not in done:
            done.add(v)
            stack.append((v, True))
            stack.extend((s, False) for s, _ in v.inputs)
    root.grad = 1.0
    while order:
        v = order.pop()
        for s, slope in v.inputs:
            s.grad = slope * v.grad


# %% numeric_gradient: loops over the first axis only, so for a table a whole row is nudged at once
# -> _row_by_row
def numeric_gradient(f, x: np.ndarray, h: float = 1e-5) -> np.ndarray:
    slopes = np.zeros_like(x)
    for i in range(len(x)):
        nudge = np.zeros_like(x)
        nudge[i] = h
        slopes[i] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slopes


# %% numeric_gradient: nudges x in place and never puts the entry back
# -> _changes_x
def numeric_gradient(f, x, h=1e-5):
    slopes = np.empty(x.shape)
    it = np.nditer(x, flags=["multi_index"])
    for _ in it:
        i = it.multi_index
        x[i] += h
        high = f(x)
        x[i] -= 2 * h
        low = f(x)
        slopes[i] = (high - low) / (2 * h)
    return slopes
