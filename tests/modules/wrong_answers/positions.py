# %% same_pairs: the same words, other pairs
# -> wrong value
same_pairs = "the cat saw the dog", "the dog saw the cat"

# %% same_pairs: one sentence backwards
# -> wrong value
same_pairs = ("a b c d", "d c b a")

# %% same_pairs: the same kinds of pairs, not equally often
# -> wrong value
same_pairs = ("a b a b a", "a b a")

# %% same_pairs: twice the same sentence
# -> wrong value
same_pairs = ("the cat sat", "the cat sat")

# %% same_pairs: twice the same but for spaces
# -> wrong value
same_pairs = ("the cat sat", "the  cat sat ")

# %% same_pairs: other words
# -> wrong value
same_pairs = ("the cat sat", "the dog sat")

# %% same_pairs: a capital letter makes another word
# -> wrong value
same_pairs = ("The dog and the man and the fox", "the man and The dog and the fox")

# %% same_pairs: the boundary inside, so these are two sentences each
# -> wrong value
same_pairs = ("the dog ran . the man sat", "the man sat . the dog ran")

# %% same_pairs: one sentence
# -> wrong value
same_pairs = "the dog and the man and the fox"

# %% same_pairs: no comma, so Python joins both to one string
# -> wrong value
same_pairs = ("the dog and the man and the fox" "the man and the dog and the fox")

# %% same_pairs: three sentences
# -> wrong value
same_pairs = ("a b a c a", "a c a b a", "a b a c a")

# %% same_pairs: lists of words for sentences
# -> wrong value
same_pairs = (["a", "b", "a", "c", "a"], ["a", "c", "a", "b", "a"])

# %% same_pairs: a set, whose order is lost
# -> wrong value
same_pairs = {"a b a c a", "a c a b a"}

# %% same_pairs: raises "SyntaxError: unterminated string literal"
# -> not usable
same_pairs = ("the dog and the man, "the man and the dog")

# %% same_pairs: raises "SyntaxError: invalid syntax. Perhaps you forgot a comma?"
# -> not usable
same_pairs = (the dog and the man and the fox, the man and the dog and the fox)

# %% frequencies: the wavelengths, which grow
# -> _wavelengths
def frequencies(d, base):
    i = np.arange(d // 2)
    return base ** (2 * i / d)

# %% frequencies: one over the wavelength, and 2 pi
# -> _times_two_pi
def frequencies(d, base):
    i = np.arange(d // 2)
    return 2 * np.pi / base ** (2 * i / d)

# %% frequencies: no factor 2
# -> _without_two
def frequencies(d, base):
    return 1 / base ** (np.arange(d // 2) / d)

# %% frequencies: one for each column
# -> _one_a_column
def frequencies(d, base):
    i = np.arange(d)
    return base ** (-2 * i / d)

# %% frequencies: one for each column, two alike
# -> _each_twice
def frequencies(d, base):
    i = np.arange(d) // 2
    return base ** (-2 * i / d)

# %% frequencies: the factor 2 twice, by even numbers
# -> _doubled_twice
def frequencies(d, base):
    i = np.arange(0, d, 2)
    return 1.0 / (base ** (2 * i / d))

# %% frequencies: counted from 1
# -> _from_one
def frequencies(d, base):
    i = np.arange(1, d // 2 + 1)
    return base ** (-2 * i / d)

# %% frequencies: the last reaches the base
# -> _reaches_the_base
def frequencies(d, base):
    return np.geomspace(1, 1 / base, d // 2)

# %% frequencies: equal steps for equal factors
# -> _linear
def frequencies(d, base):
    return np.linspace(1, 1 / base, d // 2)

# %% frequencies: a whole-number division in the exponent
# -> _whole_exponents
def frequencies(d, base):
    i = np.arange(d // 2)
    return base ** (-2 * i // d)

# %% frequencies: the exponent is divided by the number of hands
# -> _doubled_twice
def frequencies(d, base):
    i = np.arange(d // 2)
    return base ** (-2 * i / (d // 2))

# %% frequencies: ^ is not a power, so exp for base
# -> _powers_of_e
def frequencies(d, base):
    return np.exp(-2 * np.arange(d // 2) / d)

# %% frequencies: the base of the paper, whatever was given
# -> _fixed_base
def frequencies(d, base):
    return 10000.0 ** (-2 * np.arange(d // 2) / d)

# %% frequencies: slowest first
# -> _slowest_first
def frequencies(d, base):
    return base ** (-2 * np.arange(d // 2) / d)[::-1]

# %% frequencies: a list
# -> wrong type
def frequencies(d, base):
    return [base ** (-2 * i / d) for i in range(d // 2)]

# %% frequencies: times for powers
# -> located
def frequencies(d, base):
    return base * (-2 * np.arange(d // 2) / d)

# %% frequencies: raises "TypeError: unsupported operand type(s) for *: 'int' and 'range'"
# -> raised
def frequencies(d, base):
    return base ** (-2 * range(d // 2) / d)

# %% frequencies: raises "TypeError: unsupported operand type(s) for ** or pow(): 'float' and 'list'"
# -> raised
def frequencies(d, base):
    return base ** [-2 * i / d for i in range(d // 2)]

# %% sinusoids: positions from 1
# -> _positions_from_one
def sinusoids(T, omega):
    angles = np.outer(np.arange(1, T + 1), omega)
    codes = np.zeros((T, 2 * len(omega)))
    codes[:, 0::2], codes[:, 1::2] = np.sin(angles), np.cos(angles)
    return codes

# %% sinusoids: cosines first
# -> _cosine_first
def sinusoids(T, omega):
    angles = np.arange(T)[:, None] * omega
    codes = np.zeros((T, 2 * len(omega)))
    codes[:, 0::2] = np.cos(angles)
    codes[:, 1::2] = np.sin(angles)
    return codes

# %% sinusoids: all sines, then all cosines
# -> _halves
def sinusoids(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)

# %% sinusoids: divided by the speed
# -> _divided
def sinusoids(T, omega):
    angles = np.arange(T)[:, None] / omega
    codes = np.zeros((T, 2 * len(omega)))
    codes[:, 0::2] = np.sin(angles)
    codes[:, 1::2] = np.cos(angles)
    return codes

# %% sinusoids: degrees
# -> _degrees
def sinusoids(T, omega):
    angles = np.radians(np.arange(T)[:, None] * omega)
    codes = np.zeros((T, 2 * len(omega)))
    codes[:, 0::2] = np.sin(angles)
    codes[:, 1::2] = np.cos(angles)
    return codes

# %% sinusoids: sine in both columns
# -> _sine_twice
def sinusoids(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.repeat(np.sin(angles), 2, axis=1)

# %% sinusoids: a column for each position
# -> _on_its_side
def sinusoids(T, omega):
    angles = np.arange(T)[:, None] * omega
    codes = np.zeros((T, 2 * len(omega)))
    codes[:, 0::2] = np.sin(angles)
    codes[:, 1::2] = np.cos(angles)
    return codes.T

# %% sinusoids: the angles alone
# -> _angles_alone
def sinusoids(T, omega):
    return np.arange(T)[:, None] * omega

# %% sinusoids: the cosines are missing
# -> _without_cosines
def sinusoids(T, omega):
    codes = np.zeros((T, 2 * len(omega)))
    codes[:, 0::2] = np.sin(np.arange(T)[:, None] * omega)
    return codes

# %% sinusoids: another axis for sine and cosine
# -> _axis_of_their_own
def sinusoids(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1)

# %% sinusoids: sines of hand 0, then cosines of hand 1
# -> wrong value
def sinusoids(T, omega):
    angles = np.repeat(np.arange(T)[:, None] * omega, 2, axis=1)
    codes = np.sin(angles)
    codes[:, len(omega):] = np.cos(angles[:, len(omega):])
    return codes

# %% sinusoids: raises "ValueError: operands could not be broadcast"
# -> raised
def sinusoids(T, omega):
    angles = np.arange(T) * omega
    return np.stack([np.sin(angles), np.cos(angles)], axis=1)

# %% sinusoids: raises "ValueError: could not broadcast input array"
# -> raised
def sinusoids(T, omega):
    angles = np.arange(T)[:, None] * omega
    codes = np.zeros((T, len(omega)))
    codes[:, 0::2] = np.sin(angles)
    codes[:, 1::2] = np.cos(angles)
    return codes

# %% sinusoids: raises "TypeError: range indices must be integers or slices, not tuple"
# -> raised
def sinusoids(T, omega):
    angles = range(T)[:, None] * omega
    return angles

# %% find_shift: moves back
# -> _moves_back
def find_shift(codes, k):
    return np.linalg.lstsq(codes[k:], codes[:-k], rcond=None)[0]

# %% find_shift: for columns
# -> _for_columns
def find_shift(codes, k):
    M, *rest = np.linalg.lstsq(codes[:-k], codes[k:], rcond=None)
    return M.T

# %% find_shift: by one row
# -> _moves_by_one
def find_shift(codes, k):
    return np.linalg.lstsq(codes[:-1], codes[1:], rcond=None)[0]

# %% find_shift: round the end
# -> _ring
def find_shift(codes, k):
    return np.linalg.lstsq(codes, np.roll(codes, -k, axis=0), rcond=None)[0]

# %% find_shift: rolled the other way
# -> _ring_backwards
def find_shift(codes, k):
    return np.linalg.lstsq(codes, np.roll(codes, k, axis=0), rcond=None)[0]

# %% find_shift: zeros for partners that are missing
# -> _zeros_for_partners
def find_shift(codes, k):
    moved = np.zeros_like(codes)
    moved[:-k] = codes[k:]
    return np.linalg.lstsq(codes, moved, rcond=None)[0]

# %% find_shift: all four results of lstsq
# -> _all_results
def find_shift(codes, k):
    return np.linalg.lstsq(codes[:-k], codes[k:])

# %% find_shift: a square part of the rows
# -> _first_rows_only
def find_shift(codes, k):
    d = codes.shape[1]
    return np.linalg.solve(codes[:d], codes[k : k + d])

# %% find_shift: three rows, as in the lesson
# -> _moves_by_three
def find_shift(codes, k):
    return np.linalg.lstsq(codes[:-3], codes[3:])[0]

# %% find_shift: one row too few
# -> _one_pair_missing
def find_shift(codes, k):
    T = len(codes)
    return np.linalg.lstsq(codes[: T - k - 1], codes[k : T - 1])[0]

# %% find_shift: raises "LinAlgError: Incompatible dimensions"
# -> raised
def find_shift(codes, k):
    return np.linalg.lstsq(codes, codes[k:])[0]

# %% shift_matrix: turned back
# -> _turned_back
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, w in enumerate(omega):
        c, s = np.cos(k * w), np.sin(k * w)
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, s], [-s, c]]
    return M

# %% shift_matrix: no minus
# -> _no_minus
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, w in enumerate(omega):
        c, s = np.cos(k * w), np.sin(k * w)
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, s], [s, c]]
    return M

# %% shift_matrix: the angle of hand 0 for all
# -> _same_angle
def shift_matrix(k, omega):
    a = k * omega[0]
    return np.kron(np.eye(len(omega)), [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])

# %% shift_matrix: blocks overlap
# -> _overlapping
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        a = k * omega[i]
        M[i : i + 2, i : i + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M

# %% shift_matrix: k is never used
# -> _one_step
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, a in enumerate(omega):
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M

# %% shift_matrix: omega is never used
# -> _speeds_missing
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(k), -np.sin(k)], [np.sin(k), np.cos(k)]]
    return M

# %% shift_matrix: the angle is divided by the speed
# -> _divided_by_speed
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        a = k / omega[i]
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M

# %% shift_matrix: the power of the speed
# -> wrong value
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        a = omega[i] ** k
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M

# %% shift_matrix: sines on the diagonal
# -> _sine_on_the_diagonal
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        a = k * omega[i]
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.sin(a), -np.cos(a)], [np.cos(a), np.sin(a)]]
    return M

# %% shift_matrix: all cosines, then all sines
# -> _block_halves
def shift_matrix(k, omega):
    a = k * omega
    return np.block([[np.diag(np.cos(a)), -np.diag(np.sin(a))],
                     [np.diag(np.sin(a)), np.diag(np.cos(a))]])

# %% shift_matrix: the cosines alone
# -> _cosines_alone
def shift_matrix(k, omega):
    return np.diag(np.repeat(np.cos(k * omega), 2))

# %% shift_matrix: the absolute distance
# -> _sign_lost
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        a = abs(k) * omega[i]
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M

# %% shift_matrix: powers of the matrix for one step, k at least 1
# -> _repeated_steps
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, a in enumerate(omega):
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    result = M
    for _ in range(k - 1):
        result = result @ M
    return result

# %% shift_matrix: by least squares from a table
# -> wrong value
def shift_matrix(k, omega):
    codes = sinusoids(200, omega)
    if k < 0:
        return np.linalg.lstsq(codes[-k:], codes[:k])[0]
    return np.linalg.lstsq(codes[: len(codes) - k], codes[k:])[0]

# %% shift_matrix: raises "ValueError: could not broadcast input array"
# -> raised
def shift_matrix(k, omega):
    M = np.zeros((len(omega), len(omega)))
    for i in range(len(omega)):
        a = k * omega[i]
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M

# %% rotate: nothing turned
# -> _unrotated
def rotate(X, positions, omega):
    return X.copy()

# %% rotate: row numbers for positions
# -> _ignores_positions
def rotate(X, positions, omega):
    angles = np.arange(len(X))[:, None] * omega
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out

# %% rotate: positions from 1
# -> _turns_from_one
def rotate(X, positions, omega):
    angles = (positions + 1)[:, None] * omega
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out

# %% rotate: the other way
# -> _other_way
def rotate(X, positions, omega):
    angles = positions[:, None] * omega
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) + b * np.sin(angles)
    out[:, 1::2] = b * np.cos(angles) - a * np.sin(angles)
    return out

# %% rotate: all hands at the speed of the first
# -> _one_speed
def rotate(X, positions, omega):
    angles = positions[:, None] * omega[0]
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out

# %% rotate: omega is never used
# -> _without_speeds
def rotate(X, positions, omega):
    angles = positions[:, None]
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out

# %% rotate: halves for neighbours
# -> _in_halves
def rotate(X, positions, omega):
    angles = np.outer(positions, omega)
    half = X.shape[1] // 2
    a, b = X[:, :half], X[:, half:]
    return np.hstack([a * np.cos(angles) - b * np.sin(angles),
                      a * np.sin(angles) + b * np.cos(angles)])

# %% rotate: the right numbers, joined in halves
# -> _joined_in_halves
def rotate(X, positions, omega):
    angles = np.outer(positions, omega)
    a, b = X[:, 0::2], X[:, 1::2]
    return np.hstack([a * np.cos(angles) - b * np.sin(angles),
                      a * np.sin(angles) + b * np.cos(angles)])

# %% rotate: overwrites what it still needs
# -> _overwrites
def rotate(X, positions, omega):
    angles = np.outer(positions, omega)
    out = X.copy()
    out[:, 0::2] = out[:, 0::2] * np.cos(angles) - out[:, 1::2] * np.sin(angles)
    out[:, 1::2] = out[:, 0::2] * np.sin(angles) + out[:, 1::2] * np.cos(angles)
    return out

# %% rotate: overwrites its input
# -> changed its input
def rotate(X, positions, omega):
    angles = np.outer(positions, omega)
    a, b = X[:, 0::2].copy(), X[:, 1::2].copy()
    X[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    X[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return X

# %% rotate: the code is added
# -> _adds_from_a_table
def rotate(X, positions, omega):
    return X + sinusoids(positions.max() + 1, omega)[positions]

# %% rotate: both with plus
# -> _no_minus
def rotate(X, positions, omega):
    angles = np.outer(positions, omega)
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) + b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out

# %% rotate: both with minus
# -> _two_minus
def rotate(X, positions, omega):
    angles = np.outer(positions, omega)
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) - b * np.cos(angles)
    return out

# %% rotate: sine and cosine exchanged
# -> _sine_for_cosine
def rotate(X, positions, omega):
    angles = np.outer(positions, omega)
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.sin(angles) - b * np.cos(angles)
    out[:, 1::2] = a * np.cos(angles) + b * np.sin(angles)
    return out

# %% rotate: divided by the speed
# -> _divided_by_speed
def rotate(X, positions, omega):
    angles = positions[:, None] / omega
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out

# %% rotate: looks a turn up in a table, so negative positions count from its end
# -> _from_the_end_of_a_table
def rotate(X, positions, omega):
    angles = np.arange(max(positions) + 1)[:, None] * omega
    cos, sin = np.cos(angles)[positions], np.sin(angles)[positions]
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * cos - b * sin
    out[:, 1::2] = a * sin + b * cos
    return out

# %% rotate: distances without their sign
# -> _sign_lost
def rotate(X, positions, omega):
    angles = np.abs(positions)[:, None] * omega
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out

# %% rotate: raises "ValueError: operands could not be broadcast"
# -> raised
def rotate(X, positions, omega):
    angles = positions * omega
    return X[:, 0::2] * np.cos(angles)

# %% rotate: raises "ValueError: could not broadcast input array"
# -> raised
def rotate(X, positions, omega):
    angles = positions[:, None] * omega
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros(X.shape)
    out[:] = a * np.cos(angles) - b * np.sin(angles)
    return out

# %% distance_only: equal positions alone
# -> _equal_positions_and_one_more
def distance_only(score, N):
    same = [score(m, m) for m in range(N)]
    return max(same) - min(same) < 1e-5 and abs(score(0, 1) - score(0, 0)) > 1e-5

# %% distance_only: a constant score passes
# -> _constant_passes
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    return True

# %% distance_only: compared exactly
# -> _exactly_equal
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if first.setdefault(m - n, score(m, n)) != score(m, n):
                return False
    return len(set(first.values())) > 1

# %% distance_only: sets of floats for each distance
# -> _exact_and_constant
def distance_only(score, N):
    by_distance = {}
    for m in range(N):
        for n in range(N):
            by_distance.setdefault(m - n, set()).add(score(m, n))
    return all(len(s) == 1 for s in by_distance.values())

# %% distance_only: a set of floats says whether distances differ
# -> _exact_change
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    return len(set(first.values())) > 1

# %% distance_only: rounded to five places, then compared exactly
# -> _rounded_to_five
def distance_only(score, N):
    by_distance = {}
    for m in range(N):
        for n in range(N):
            by_distance.setdefault(m - n, set()).add(round(score(m, n), 5))
    alike = all(len(s) == 1 for s in by_distance.values())
    return alike and len(set.union(*by_distance.values())) > 1

# %% distance_only: rounded to four places, then compared exactly
# -> _rounded_to_four
def distance_only(score, N):
    by_distance = {}
    for m in range(N):
        for n in range(N):
            by_distance.setdefault(m - n, set()).add(round(score(m, n), 4))
    alike = all(len(s) == 1 for s in by_distance.values())
    return alike and len(set.union(*by_distance.values())) > 1

# %% distance_only: each pair against the next one only
# -> _each_with_the_next
def distance_only(score, N):
    for m in range(N - 1):
        for n in range(N - 1):
            if abs(score(m, n) - score(m + 1, n + 1)) > 1e-5:
                return False
    row, column = [score(0, n) for n in range(N)], [score(m, 0) for m in range(N)]
    return max(row + column) - min(row + column) > 1e-5

# %% distance_only: whether distances differ is seen at neighbours only
# -> _changes_at_one
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    return abs(first[0] - first[1]) > 1e-5

# %% distance_only: only where the query stands later
# -> _back_half
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(m + 1):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    return max(first.values()) - min(first.values()) > 1e-5

# %% distance_only: only where the key stands later
# -> _ahead_half
def distance_only(score, N):
    first = {}
    for n in range(N):
        for m in range(n + 1):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    return max(first.values()) - min(first.values()) > 1e-5

# %% distance_only: no sign
# -> _without_sign
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if abs(first.setdefault(abs(m - n), score(m, n)) - score(m, n)) > 1e-5:
                return False
    return max(first.values()) - min(first.values()) > 1e-5

# %% distance_only: the sum of positions for their distance
# -> _by_their_sum
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if abs(first.setdefault(m + n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    return max(first.values()) - min(first.values()) > 1e-5

# %% distance_only: a difference that is not made positive
# -> _without_abs
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if score(m, n) - first.setdefault(m - n, score(m, n)) > 1e-5:
                return False
    return max(first.values()) - min(first.values()) > 1e-5

# %% distance_only: the spread of one row alone
# -> _changes_in_one_row
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    row = [score(0, n) for n in range(N)]
    return max(row) - min(row) > 1e-5

# %% distance_only: positions 0 to 4, whatever N is
# -> wrong value
def distance_only(score, N):
    first = {}
    for m in range(5):
        for n in range(5):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    return max(first.values()) - min(first.values()) > 1e-5

# %% distance_only: the other way round, True where it depends on more
# -> _true_where_they_differ
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return True
    return False

# %% distance_only: alike to within a hundredth
# -> _too_forgiving
def distance_only(score, N):
    first = {}
    for m in range(N):
        for n in range(N):
            if abs(first.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-2:
                return False
    return max(first.values()) - min(first.values()) > 1e-2

# %% distance_only: raises "TypeError: 'float' object is not callable"
# -> raised
def distance_only(score, N):
    for m in range(N):
        for n in range(N):
            score = score(m, n)
    return True

# %% distance_only: raises "IndexError: the table has no row"
# -> raised
def distance_only(score, N):
    return all(abs(score(m, n) - score(m + 1, n + 1)) < 1e-5 for m in range(N) for n in range(N))

# %% rotate_halves: np.repeat written as an outer product
# -> _repeated
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, np.repeat(omega, 2))
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([-right, left])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: neighbours as pairs
# -> _neighbouring_pairs
def rotate_halves(X, positions, omega):
    angles = np.repeat(np.outer(positions, omega), 2, axis=1)
    turned = np.empty_like(X)
    turned[:, 0::2], turned[:, 1::2] = -X[:, 1::2], X[:, 0::2]
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: the minus moved, with the right angles
# -> _minus_on_the_left
def rotate_halves(X, positions, omega):
    angles = np.tile(np.outer(positions, omega), (1, 2))
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([right, -left])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: the minus moved, and the angles as they were
# -> _minus_moved_alone
def rotate_halves(X, positions, omega):
    angles = np.repeat(np.outer(positions, omega), 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([right, -left])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: the halves exchanged, and the angles as they were
# -> _halves_exchanged
def rotate_halves(X, positions, omega):
    angles = np.repeat(np.outer(positions, omega), 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([left, -right])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: no minus, and the right angles
# -> _no_minus
def rotate_halves(X, positions, omega):
    angles = np.tile(np.outer(positions, omega), (1, 2))
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([right, left])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% rotate_halves: the result is subtracted, and the angles as they were
# -> _minus_moved_alone
def rotate_halves(X, positions, omega):
    angles = np.repeat(np.outer(positions, omega), 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([-right, left])
    return X * np.cos(angles) - turned * np.sin(angles)

# %% rotate_halves: the lengths set right afterwards
# -> _rescaled
def rotate_halves(X, positions, omega):
    angles = np.repeat(np.outer(positions, omega), 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    out = X * np.cos(angles) + np.hstack([-right, left]) * np.sin(angles)
    return out / np.linalg.norm(out, axis=1)[:, None] * np.linalg.norm(X, axis=1)[:, None]

# %% rotate_halves: divided by the root of 2
# -> _repeated
def rotate_halves(X, positions, omega):
    angles = np.repeat(np.outer(positions, omega), 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    out = X * np.cos(angles) + np.hstack([-right, left]) * np.sin(angles)
    return out / np.sqrt(2)

# %% rotate_halves: the angles mirrored, a b b a
# -> _mirrored
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, omega)
    angles = np.hstack([angles, angles[:, ::-1]])
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([-right, left]) * np.sin(angles)

# %% rotate_halves: sine and cosine exchanged, and the angles as they were
# -> _sine_for_cosine
def rotate_halves(X, positions, omega):
    angles = np.repeat(np.outer(positions, omega), 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    return X * np.sin(angles) + np.hstack([-right, left]) * np.cos(angles)

# %% rotate_halves: raises "ValueError: operands could not be broadcast"
# -> raised
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, omega)
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([-right, left])
    return X * np.cos(angles) + turned * np.sin(angles)

# %% sinusoids: 2 pi times too fast
# -> _times_two_pi
def sinusoids(T, omega):
    a = 2 * np.pi * np.arange(T)[:, None] * omega
    return np.stack([np.sin(a), np.cos(a)], -1).reshape(T, -1)

# %% find_shift: by k + 1 rows
# -> _one_row_too_far
def find_shift(codes, k):
    return np.linalg.lstsq(codes[: -k - 1], codes[k + 1 :])[0]

# %% shift_matrix: the other way, by minus k
# -> _turned_back
def shift_matrix(k, omega):
    M = np.eye(2 * len(omega))
    for i, w in enumerate(omega):
        c, s = np.cos(-k * w), np.sin(-k * w)
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, -s], [s, c]]
    return M

# %% shift_matrix: last hand left out
# -> _last_hand_missing
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega) - 1):
        c, s = np.cos(k * omega[i]), np.sin(k * omega[i])
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, -s], [s, c]]
    return M

# %% rotate: degrees
# -> _degrees
def rotate(X, positions, omega):
    a = np.radians(np.outer(positions, omega))
    return np.stack([X[:, ::2] * np.cos(a) - X[:, 1::2] * np.sin(a), X[:, ::2] * np.sin(a) + X[:, 1::2] * np.cos(a)], -1).reshape(X.shape)

# %% rotate: the first pair alone
# -> _first_pair_alone
def rotate(X, positions, omega):
    out = X.copy()
    a = positions * omega[0]
    out[:, 0] = X[:, 0] * np.cos(a) - X[:, 1] * np.sin(a)
    out[:, 1] = X[:, 0] * np.sin(a) + X[:, 1] * np.cos(a)
    return out

# %% distance_only: the last position is left out
# -> _last_position_left_out
def distance_only(score, N):
    seen = {}
    for m in range(N - 1):
        for n in range(N - 1):
            if abs(seen.setdefault(m - n, score(m, n)) - score(m, n)) > 1e-5:
                return False
    return max(seen.values()) - min(seen.values()) > 1e-5


# %% distance_only: takes the distance without its sign, so 3 back and 3 ahead must agree
# -> _without_sign
def distance_only(score, N):
    seen = {}
    for m in range(N):
        for n in range(N):
            first = seen.setdefault(abs(m - n), score(m, n))
            if abs(score(m, n) - first) > 1e-5:
                return False
    return max(seen.values()) - min(seen.values()) > 1e-5


# %% distance_only: the distance without its sign, in a list
# -> _without_sign
def distance_only(score, N):
    scores = [[] for _ in range(N)]
    for m in range(N):
        for n in range(N):
            scores[max(m, n) - min(m, n)].append(score(m, n))
    alike = all(max(s) - min(s) <= 1e-5 for s in scores)
    every = [s for row in scores for s in row]
    return alike and max(every) - min(every) > 1e-5


# %% distance_only: the loops begin at 1, position 0 is never tested
# -> _first_position_left_out
def distance_only(score, N: int) -> bool:
    seen = {}
    for m in range(1, N):
        for n in range(1, N):
            if m - n not in seen:
                seen[m - n] = score(m, n)
            elif abs(seen[m - n] - score(m, n)) > 1e-5:
                return False
    values = list(seen.values())
    return any(abs(v - values[0]) > 1e-5 for v in values)


# %% distance_only: position 0 is left out, over the diagonals
# -> _first_position_left_out
def distance_only(score, N):
    table = np.array([[score(m, n) for n in range(1, N)] for m in range(1, N)])
    for k in range(-N + 2, N - 1):
        if np.ptp(np.diagonal(table, k)) > 1e-5:
            return False
    return bool(np.ptp(table) > 1e-5)


# %% distance_only: only equal positions and their neighbours are compared
# -> _two_distances
def distance_only(score, N):
    same = [score(p, p) for p in range(N)]
    steps = [score(p + 1, p) for p in range(N - 1)]
    alike = np.allclose(same, same[0], atol=1e-5) and np.allclose(steps, steps[0], atol=1e-5)
    return bool(alike and abs(same[0] - steps[0]) > 1e-5)


# %% same_pairs: two words exchanged, but the pairs differ (dog bit, man .)
# -> _same_bag
same_pairs = ("the dog bit the man", "the man bit the dog")


# %% same_pairs: the boundary is forgotten, the two sentences end in different words
# -> wrong value
same_pairs = ("the dog and the man and the fox", "the man and the fox and the dog")


# %% same_pairs: the same set of pairs, but some occur more often in the first sentence
# -> wrong value
one = "the dog and the dog and the man"
other = "the dog and the man"
same_pairs = (one, other)


# %% same_pairs: both sentences are the same
# -> wrong value
sentence = "the dog and the man and the fox"
same_pairs = (sentence, " ".join(sentence.split()))


# %% frequencies: the factor 2 in the exponent is missing
# -> _without_two
def frequencies(d, base):
    i = np.arange(d // 2)
    return base ** (-i / d)


# %% frequencies: one speed for each column (d of them) instead of one for each pair
# -> _one_a_column
def frequencies(d: int, base: float) -> np.ndarray:
    return base ** (-2 * np.arange(d) / d)


# %% frequencies: the sign of the exponent, so the hands get faster
# -> _wavelengths
def frequencies(d: int, base: float) -> np.ndarray:
    exponents = 2 * np.arange(d // 2) / d
    return np.power(float(base), exponents)


# %% frequencies: the loop counts hands from 1, so the first isn't 1
# -> _from_one
def frequencies(d, base):
    speeds = []
    for i in range(1, d // 2 + 1):
        speeds.append(base ** (-2 * i / d))
    return np.array(speeds)


# %% sinusoids: sines in the left half, cosines in the right half, not interleaved
# -> _halves
def sinusoids(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


# %% sinusoids: sine and cosine have changed places
# -> _cosine_first
def sinusoids(T: int, omega: np.ndarray) -> np.ndarray:
    angles = np.outer(np.arange(T), omega)
    codes = np.zeros((T, 2 * len(omega)))
    codes[:, ::2] = np.cos(angles)
    codes[:, 1::2] = np.sin(angles)
    return codes


# %% sinusoids: positions counted from 1
# -> _positions_from_one
def sinusoids(T, omega):
    positions = np.arange(1, T + 1).reshape(-1, 1)
    angles = positions * omega
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, -1)


# %% sinusoids: columns i and i + 1 instead of 2i and 2i + 1, so cosines are overwritten
# -> wrong value
def sinusoids(T, omega):
    codes = np.zeros((T, 2 * len(omega)))
    for p in range(T):
        for i, speed in enumerate(omega):
            codes[p, i] = np.sin(p * speed)
            codes[p, i + 1] = np.cos(p * speed)
    return codes


# %% find_shift: A and B exchanged, so the matrix moves k rows back
# -> _moves_back
def find_shift(codes, k):
    A, B = codes[k:], codes[:-k]
    return np.linalg.lstsq(A, B, rcond=None)[0]


# %% find_shift: np.roll wraps around, the last k rows get the first ones as partners
# -> _ring
def find_shift(codes: np.ndarray, k: int) -> np.ndarray:
    moved = np.roll(codes, -k, axis=0)
    return np.linalg.lstsq(codes, moved, rcond=None)[0]


# %% find_shift: returns all that lstsq returns, not the matrix alone
# -> _all_results
def find_shift(codes, k):
    return np.linalg.lstsq(codes[:-k], codes[k:], rcond=None)


# %% shift_matrix: the signs of the sines are exchanged, a turn the other way
# -> _turned_back
def shift_matrix(k: int, omega: np.ndarray) -> np.ndarray:
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, w in enumerate(omega):
        a = k * w
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]
    return M


# %% shift_matrix: one step multiplied k times; a negative k gives the identity
# -> wrong value
def shift_matrix(k, omega):
    d = 2 * len(omega)
    step = np.zeros((d, d))
    for i in range(len(omega)):
        c, s = np.cos(omega[i]), np.sin(omega[i])
        step[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, -s], [s, c]]
    M = np.eye(d)
    for _ in range(k):
        M = M @ step
    return M


# %% shift_matrix: pairs column i with column i + d/2 instead of neighbours
# -> _block_halves
def shift_matrix(k, omega):
    C, S = np.diag(np.cos(k * omega)), np.diag(np.sin(k * omega))
    return np.block([[C, -S], [S, C]])


# %% shift_matrix: the blocks begin at row i instead of 2i and overlap
# -> _overlapping
def shift_matrix(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        a = k * omega[i]
        M[i : i + 2, i : i + 2] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M


# %% rotate: counts rows 0, 1, 2 ... instead of taking the given positions
# -> _ignores_positions
def rotate(X, positions, omega):
    T, d = X.shape
    angles = np.arange(T)[:, None] * omega
    a, b = X[:, 0::2], X[:, 1::2]
    out = np.zeros((T, d))
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out


# %% rotate: writes into X itself, so b is computed from the a that has already changed
# -> wrong value
def rotate(X: np.ndarray, positions: np.ndarray, omega: np.ndarray) -> np.ndarray:
    angles = np.outer(positions, omega)
    a, b = X[:, 0::2], X[:, 1::2]
    X[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    X[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return X


# %% rotate: turned the wrong way round, by minus the angle
# -> _other_way
def rotate(X, positions, omega):
    z = X[:, ::2] + 1j * X[:, 1::2]
    z = z * np.exp(-1j * np.outer(positions, omega))
    return np.stack([z.real, z.imag], axis=-1).reshape(X.shape)


# %% rotate: the turned sines and cosines stand in two halves instead of alternating columns
# -> _joined_in_halves
def rotate(X, positions, omega):
    angles = positions[:, None] * omega
    a, b = X[:, 0::2], X[:, 1::2]
    first = a * np.cos(angles) - b * np.sin(angles)
    second = a * np.sin(angles) + b * np.cos(angles)
    return np.hstack([first, second])


# %% distance_only: a score that never changes passes; the last check is missing
# -> _constant_passes
def distance_only(score, N):
    seen = {}
    for m in range(N):
        for n in range(N):
            first = seen.setdefault(m - n, score(m, n))
            if abs(score(m, n) - first) > 1e-5:
                return False
    return True


# %% distance_only: takes the distance without its sign, so 3 back and 3 ahead must agree
# -> _without_sign
def distance_only(score, N):
    seen = {}
    for m in range(N):
        for n in range(N):
            first = seen.setdefault(abs(m - n), score(m, n))
            if abs(score(m, n) - first) > 1e-5:
                return False
    return max(seen.values()) - min(seen.values()) > 1e-5


# %% distance_only: the loops begin at 1, position 0 is never tested
# -> _first_position_left_out
def distance_only(score, N: int) -> bool:
    seen = {}
    for m in range(1, N):
        for n in range(1, N):
            if m - n not in seen:
                seen[m - n] = score(m, n)
            elif abs(seen[m - n] - score(m, n)) > 1e-5:
                return False
    values = list(seen.values())
    return any(abs(v - values[0]) > 1e-5 for v in values)


# %% distance_only: only equal positions and their neighbours are compared
# -> _two_distances
def distance_only(score, N):
    same = [score(p, p) for p in range(N)]
    steps = [score(p + 1, p) for p in range(N - 1)]
    alike = np.allclose(same, same[0], atol=1e-5) and np.allclose(steps, steps[0], atol=1e-5)
    return bool(alike and abs(same[0] - steps[0]) > 1e-5)


# %% rotate_halves: angles are right, but left and right half of turned have the wrong sign
# -> _minus_on_the_left
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, omega)
    angles = np.hstack([angles, angles])
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([right, -left])
    return X * np.cos(angles) + turned * np.sin(angles)


# %% rotate_halves: the pairs are now neighbours, the prompt wanted c and c + d/2
# -> _neighbouring_pairs
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, omega)
    angles = np.repeat(angles, 2, axis=1)
    turned = np.empty_like(X)
    turned[:, ::2], turned[:, 1::2] = -X[:, 1::2], X[:, ::2]
    return X * np.cos(angles) + turned * np.sin(angles)


# %% rotate_halves: the repeated angles stay, the lengths are only patched up afterwards
# -> _rescaled
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, omega)  # (T, d / 2)
    angles = np.repeat(angles, 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    turned = np.hstack([-right, left])
    out = X * np.cos(angles) + turned * np.sin(angles)
    return out * np.linalg.norm(X, axis=1, keepdims=True) / np.linalg.norm(out, axis=1, keepdims=True)


# %% rotate_halves: the line with repeat is only deleted, (T, d) meets (T, d / 2): raises
# -> raised
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, omega)  # (T, d / 2)
    left, right = np.split(X, 2, axis=1)  # (T, d / 2) each
    turned = np.hstack([-right, left])  # (T, d), X after a quarter turn
    return X * np.cos(angles) + turned * np.sin(angles)


# %% same_pairs: subject and object exchanged; "dog bites" and "man bites" are different pairs
# -> wrong value
same_pairs = ("the dog bites the man", "the man bites the dog")


# %% same_pairs: twice the same sentence
# -> wrong value
same_pairs = ("the dog and the man and the fox", "the dog and the man and the fox")


# %% frequencies: the 2 in the exponent is forgotten
# -> _without_two
def frequencies(d: int, base: float) -> np.ndarray:
    return np.array([1 / base ** (i / d) for i in range(d // 2)])


# %% frequencies: geomspace ends at 1 / base exactly, which the last hand shouldn't reach
# -> _reaches_the_base
def frequencies(d, base):
    return np.geomspace(1.0, 1.0 / base, num=d // 2)


# %% sinusoids: all sines stand left and all cosines right instead of alternating
# -> _halves
def sinusoids(T: int, omega: np.ndarray) -> np.ndarray:
    angles = np.outer(np.arange(T), omega)
    return np.concatenate((np.sin(angles), np.cos(angles)), axis=1)


# %% sinusoids: positions are counted from 1
# -> _positions_from_one
def sinusoids(T, omega):
    rows = []
    for p in range(1, T + 1):
        row = []
        for w in omega:
            row += [np.sin(p * w), np.cos(p * w)]
        rows.append(row)
    return np.array(rows)


# %% find_shift: the two sides are exchanged, so the matrix moves backwards
# -> _moves_back
def find_shift(codes: np.ndarray, k: int) -> np.ndarray:
    later, earlier = codes[k:], codes[: len(codes) - k]
    return np.linalg.lstsq(later, earlier, rcond=None)[0]


# %% find_shift: np.roll gives the last k rows the first rows as partners
# -> _ring
def find_shift(codes, k):
    return np.linalg.pinv(codes) @ np.roll(codes, -k, axis=0)


# %% shift_matrix: the minus stands at the lower sine, which turns the wrong way
# -> _turned_back
def shift_matrix(k: int, omega: np.ndarray) -> np.ndarray:
    c, s = np.diag(np.cos(k * omega)), np.diag(np.sin(k * omega))
    return np.kron(c, np.eye(2)) + np.kron(s, np.array([[0, 1], [-1, 0]]))


# %% shift_matrix: blocks begin at i instead of 2 i and overlap
# -> _overlapping
def shift_matrix(k, omega):
    d = 2 * len(omega)
    M = np.zeros((d, d))
    for i, w in enumerate(omega):
        c, s = np.cos(k * w), np.sin(k * w)
        M[i, i] = M[i + 1, i + 1] = c
        M[i, i + 1], M[i + 1, i] = -s, s
    return M


# %% rotate: even columns are overwritten before the odd ones read them (a is a view)
# -> _overwrites
def rotate(X: np.ndarray, positions: np.ndarray, omega: np.ndarray) -> np.ndarray:
    out = np.array(X, dtype=float)
    a, b = out[:, 0::2], out[:, 1::2]
    angles = positions[:, None] * omega
    a[:] = a * np.cos(angles) - b * np.sin(angles)
    b[:] = a * np.sin(angles) + b * np.cos(angles)
    return out


# %% rotate: uses the row numbers 0, 1, 2, … instead of the given positions
# -> _ignores_positions
def rotate(X, positions, omega):
    T, d = X.shape
    z = X[:, ::2] + 1j * X[:, 1::2]
    z = z * np.exp(1j * np.arange(T)[:, None] * omega)
    return np.stack([z.real, z.imag], axis=-1).reshape(T, d)


# %% distance_only: m - n and n - m are thrown together by abs
# -> _without_sign
def distance_only(score, N: int) -> bool:
    groups = {}
    for m in range(N):
        for n in range(N):
            groups.setdefault(abs(m - n), []).append(score(m, n))
    if any(max(g) - min(g) > 1e-5 for g in groups.values()):
        return False
    everything = [s for g in groups.values() for s in g]
    return bool(max(everything) - min(everything) > 1e-5)


# %% distance_only: never asks whether all distances score alike, so a constant passes
# -> wrong value
def distance_only(score, N):
    S = np.array([[score(m, n) for n in range(N)] for m in range(N)])
    return bool(np.allclose(S[1:, 1:], S[:-1, :-1], rtol=0, atol=1e-5))


# %% rotate_halves: mends the lengths by pairing neighbours, though the pairs c and c + d/2 should stay
# -> _neighbouring_pairs
def rotate_halves(X, positions, omega):
    angles = np.repeat(np.outer(positions, omega), 2, axis=1)
    turned = np.stack([-X[:, 1::2], X[:, 0::2]], axis=-1).reshape(X.shape)
    return X * np.cos(angles) + turned * np.sin(angles)


# %% rotate_halves: changes the sign of the quarter turn; the angles are still a, a, b, b
# -> _minus_moved_alone
def rotate_halves(X, positions, omega):
    angles = np.outer(positions, omega).repeat(2, axis=-1)
    half = X.shape[1] // 2
    turned = np.concatenate([X[:, half:], -X[:, :half]], axis=1)
    return np.cos(angles) * X + np.sin(angles) * turned
