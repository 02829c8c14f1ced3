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
