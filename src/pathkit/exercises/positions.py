"""Exercises of `positions`: from a bag of words to rotated queries and keys."""

from __future__ import annotations

from collections import Counter

import numpy as np

from pathkit.exercise import exercise
from pathkit.prediction import Choice, Number

# --- what neighbours can't tell ---------------------------------------------------------------


def _pairs(sentence: str) -> Counter:
    words = [".", *sentence.split(), "."]
    return Counter(zip(words, words[1:], strict=False))


def _same_pairs(value) -> str | None:
    """What is wrong with two sentences that should have the same pairs, or None."""
    if not (isinstance(value, list | tuple) and len(value) == 2):
        return "Two sentences are wanted: (\"one\", \"other\")."
    one, other = value
    if not (isinstance(one, str) and isinstance(other, str)):
        return "Both sentences must be strings, their words separated by spaces."
    if one.split() == other.split():
        return "Both sentences are the same. They must differ in the order of their words."
    first, second = _pairs(one), _pairs(other)
    for pair in sorted((first - second) | (second - first)):
        times = f"{first[pair]} in the first sentence, {second[pair]} in the second"
        return f"The pair `{pair[0]} {pair[1]}` occurs {times}: a table of pairs would notice."
    return None


@exercise(
    title="Fool the bigram",
    level="medium",
    minutes=8,
    prompt="""
        Give two different sentences that have exactly the same pairs of neighbouring words, each
        pair equally often. The boundary `.` stands at both ends, as in `bigram`.
        """,
    probes=lambda rng: [()],
    drive=lambda answer: answer,
    accept=_same_pairs,
    is_value=True,
    hints=[
        "In which sentence could you exchange two parts, and every word would still have a "
        "neighbour it had before?",
        """
        1. Take a word that occurs three times, such as `and` or `the`.
        2. What stands between the first and the second, and what between the second and the third?
        3. Exchange these two pieces.
        """,
        '`"the dog and the man and the fox"` and `"the man and ___"`',
    ],
    errors=[
        ("The pair `dog bit` occurs", "a pair that one sentence has more often than the other."),
    ],
    passed="Knowing each neighbour isn't knowing the order. A model needs more than pairs.",
)
def same_pairs() -> tuple[str, str]:
    """Two different sentences with the same pairs of neighbouring words.

    Returns (one, other): strings of words separated by spaces.
    """
    return "the dog and the man and the fox", "the man and the dog and the fox"


@same_pairs.misconception(
    "Same words, other pairs: `dog bit` occurs in one sentence only. A bag of words can't tell "
    "these two apart, but a table of pairs can. What you exchange must have the same word before "
    "it, and the same word after it."
)
def _same_bag():
    return "the dog bit the man", "the man bit the dog"


@same_pairs.misconception(
    "The second is the first backwards. Its pairs are turned round as well, and a table of pairs "
    "knows which of the two words came first."
)
def _backwards():
    return "one two three", "three two one"


@same_pairs.misconception(
    "Both have the same kinds of pairs, but not equally often. A bigram model counts, so it "
    "notices the one that comes twice."
)
def _same_set():
    return "the dog and the dog and the fox", "the dog and the fox"


@same_pairs.misconception(
    "The two sentences are the same. Nothing could tell them apart, but nothing should."
)
def _identical():
    return "the dog and the man", "the dog and the man"


# --- clocks -----------------------------------------------------------------------------------


@exercise(
    title="How fast each hand turns",
    level="easy",
    minutes=5,
    prompt="""
        Return the `d / 2` speeds of the hands, in radians for each position: hand number *i*
        turns by $\\text{base}^{-2i/d}$. The first is 1, each next one is slower.
        """,
    probes=lambda rng: [
        (4, 10000.0),
        (8, 100.0),
        (2, 50.0),
        (6, 2.0),
        (2 * int(rng.integers(5, 9)), float(rng.uniform(5, 500))),
    ],
    hints=[
        "How many hands are there for d = 8, and what are their numbers?",
        """
        1. `i`: 0, 1, … up to d / 2 - 1, from `np.arange`.
        2. The exponents: minus 2 i / d.
        3. `base ** exponents` computes all of them at once.
        """,
        "`return base ** (-2 * np.arange(d // 2) / ___)`",
    ],
    errors=[
        (
            "ValueError: Integers to negative integer powers",
            "`base` and the exponents must be floats: a division by `d` makes them so.",
        ),
    ],
    # The width is even, so both divisions give the same.
    equivalents=["i = np.arange(d / 2)"],
    passed="Fast hands tell neighbours apart, slow ones tell chapters apart.",
)
def frequencies(d: int, base: float) -> np.ndarray:
    """The speed of each pair of columns, in radians for each position.

    d: width of the code, even; base: how much slower the slowest may be, 10,000 in the paper.
    Returns (d / 2,) floats, the fastest first (Vaswani et al. 2017, section 3.5).
    """
    i = np.arange(d // 2)  # (d / 2,)
    return base ** (-2 * i / d)


@frequencies.misconception(
    "These are the wavelengths over 2π: they grow. A speed is the reciprocal, so the exponent is "
    "negative and later hands are slower."
)
def _wavelengths(d, base):
    return base ** (2 * np.arange(d // 2) / d)


@frequencies.misconception(
    "The factor 2 is missing in the exponent. The hands then reach only the root of the base: half "
    "of the range of speeds is never used."
)
def _without_two(d, base):
    return base ** (-np.arange(d // 2) / d)


@frequencies.misconception(
    "There are d speeds, one for each column. Two columns, the sine and the cosine, share one "
    "hand, so there are d / 2."
)
def _one_a_column(d, base):
    return base ** (-2 * np.arange(d) / d)


@frequencies.misconception(
    "The hands are numbered 0, 2, 4, … and doubled once more. The 2 in the exponent makes the even "
    "column number already: i itself runs 0, 1, 2, …"
)
def _doubled_twice(d, base):
    return base ** (-2 * np.arange(0, d, 2) / d)


@frequencies.misconception(
    "The hands are counted from 1, so the fastest is missing. The first exponent is 0, and the "
    "first speed is 1 radian for each word."
)
def _from_one(d, base):
    return base ** (-2 * np.arange(1, d // 2 + 1) / d)


@frequencies.misconception(
    "The speeds fall by equal amounts. They should fall by equal factors, as those of second, "
    "minute and hour hands do: a power, not a straight line."
)
def _linear(d, base):
    return np.linspace(1, 1 / base, d // 2)


@exercise(
    title="The table of sines and cosines",
    level="medium",
    minutes=8,
    prompt="""
        Return the codes of positions 0 to `T - 1`, a row for each. Hand *i* at position *p* stands
        at the angle $p\\,\\omega_i$: its sine goes into column $2i$, its cosine into $2i + 1$.
        """,
    probes=lambda rng: [
        (3, np.array([1.0, 0.1])),
        (5, np.array([1.0, 0.3, 0.02])),
        (7, rng.uniform(0.01, 2, size=2)),
        (1, np.array([0.7, 0.2])),
        (4, np.array([0.25])),
    ],
    hints=[
        "Two positions and three hands make six angles. Which shapes must two arrays have, so that "
        "their product is a table of six?",
        """
        1. `angles`: positions as a column (T, 1) times speeds (d / 2,) gives (T, d / 2).
        2. `codes`: zeros of shape (T, d).
        3. `codes[:, 0::2]` are columns 0, 2, 4, …; the sines go there. The cosines go to 1, 3, …
        """,
        "`codes[:, 1::2] = np.___(angles)`",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "positions as a column: `[:, None]`."),
        ("ValueError: could not broadcast input array", "`codes` needs 2 columns for each hand."),
        (
            "TypeError: can't multiply sequence",
            "`range` is no array: `np.arange(T)` can be multiplied.",
        ),
    ],
    passed="No training, no limit: there is a row for position one million, too.",
    # Every cell is overwritten; a slice begins at 0 anyway.
    equivalents=["codes = np.ones((T, 2 * len(omega)))", "codes[:, ::2] = np.sin(angles)"],
)
def sinusoids(T: int, omega: np.ndarray) -> np.ndarray:
    """The code of each position: sines in even columns, cosines in odd ones.

    T: how many positions; omega: (d / 2,), radians for each position.
    Returns (T, d), row p for position p, counted from 0 (Vaswani et al. 2017, section 3.5).
    """
    angles = np.arange(T)[:, None] * omega  # (T, d / 2)
    codes = np.zeros((T, 2 * len(omega)))  # (T, d)
    codes[:, 0::2] = np.sin(angles)
    codes[:, 1::2] = np.cos(angles)
    return codes


def _codes(angles: np.ndarray) -> np.ndarray:
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(len(angles), -1)


@sinusoids.misconception(
    "Positions are counted from 1. Then no row is the code of position 0, and whoever counts from "
    "0, as Python does, is off by one everywhere."
)
def _positions_from_one(T, omega):
    return _codes(np.arange(1, T + 1)[:, None] * omega)


@sinusoids.misconception(
    "Sines and cosines have changed places. The first column of position 0 should be sin 0 = 0, "
    "the second cos 0 = 1."
)
def _cosine_first(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.stack([np.cos(angles), np.sin(angles)], axis=2).reshape(T, -1)


@sinusoids.misconception(
    "All sines stand on the left and all cosines on the right. Many libraries do that, and it "
    "works as well; here the two of one hand stand side by side, as in the paper."
)
def _halves(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.hstack([np.sin(angles), np.cos(angles)])


@sinusoids.misconception(
    "The angle was divided by the speed. A hand of speed 0.1 moves 0.1 radians for each position: "
    "position times speed."
)
def _divided(T, omega):
    return _codes(np.arange(T)[:, None] / omega)


@sinusoids.misconception(
    "The angles were taken as degrees. np.sin expects radians, and the speeds are in radians "
    "already: no conversion."
)
def _degrees(T, omega):
    return _codes(np.deg2rad(np.arange(T)[:, None] * omega))


@sinusoids.misconception(
    "Each column has a speed of its own: sine and cosine of one hand must share it. Only together "
    "do they say where the hand points."
)
def _speeds_shifted(T, omega):
    angles = np.arange(T)[:, None] * omega
    return np.stack([np.sin(angles), np.cos(np.roll(angles, -1, axis=1))], axis=2).reshape(T, -1)


# --- a shift is a rotation --------------------------------------------------------------------


def _some_codes(rng: np.random.Generator, T: int, hands: int) -> np.ndarray:
    return _codes(np.arange(T)[:, None] * rng.uniform(0.2, 2.5, size=hands))


@exercise(
    title="Find the matrix",
    level="medium",
    minutes=8,
    prompt="""
        Find the one matrix M that moves every row of the table forward by `k` rows:
        `codes[p] @ M` should come as near `codes[p + k]` as possible, over all p.
        `np.linalg.lstsq(A, B)[0]` is the X that brings `A @ X` nearest to `B`.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 0], [0, 2], [-4, 0], [0, -8]]), 1),
        (_some_codes(rng, 30, 2), 3),
        (_some_codes(rng, 40, 3), 5),
        (rng.normal(size=(12, 3)), 2),
        (rng.normal(size=(9, 4)), 1),
    ],
    hints=[
        "Ten rows, moved by 3: which rows have a partner, and which rows are the partners?",
        """
        1. A: the rows that have a partner k rows later, all but the last k.
        2. B: the partners, all but the first k.
        3. Both have shape (T - k, d), so X has shape (d, d).
        """,
        "`return np.linalg.lstsq(codes[:-k], ___)[0]`",
    ],
    errors=[
        ("LinAlgError: Incompatible dimensions", "A and B need the same number of rows."),
    ],
    passed="One matrix for all positions. Whoever can multiply by it can look k words back.",
)
def find_shift(codes: np.ndarray, k: int) -> np.ndarray:
    """The matrix that comes nearest to moving every row k rows on.

    codes: (T, d), a row for each position; k: 1 or more, with T - k at least d.
    Returns (d, d): M such that codes[p] @ M is nearest to codes[p + k] in the sum of squares.
    """
    return np.linalg.lstsq(codes[:-k], codes[k:])[0]


@find_shift.misconception(
    "This matrix moves backwards: it takes row p + k to row p. A holds the rows that you start "
    "from, B those where you want to arrive."
)
def _moves_back(codes, k):
    return np.linalg.lstsq(codes[k:], codes[:-k])[0]


@find_shift.misconception(
    "The matrix is transposed: it fits `M @ code`, with codes as columns. Here they are rows, so "
    "the matrix stands on the right."
)
def _for_columns(codes, k):
    return np.linalg.lstsq(codes[:-k], codes[k:])[0].T


@find_shift.misconception(
    "This moves by one row, whatever k is. Cut k rows from the end of A, and k from the beginning "
    "of B."
)
def _moves_by_one(codes, k):
    return np.linalg.lstsq(codes[:-1], codes[1:])[0]


@find_shift.misconception(
    "The table was bent into a ring: after the last position comes the first again. Positions "
    "don't wrap round, so leave out rows without a partner."
)
def _ring(codes, k):
    return np.linalg.lstsq(codes, np.roll(codes, -k, axis=0))[0]


@find_shift.misconception(
    "Only the first rows were used, as many as there are columns. Their equations are met exactly, "
    "all others are ignored: use every row that has a partner."
)
def _first_rows_only(codes, k):
    d = codes.shape[1]
    return np.linalg.lstsq(codes[:d], codes[k : k + d])[0]


@exercise(
    title="Write the matrix down",
    level="medium",
    minutes=8,
    prompt="""
        Build the same matrix without a table: a 2 by 2 block on the diagonal for each hand. With
        the angle $a = k\\,\\omega_i$ it is $\\cos a$ and $-\\sin a$ above $\\sin a$ and
        $\\cos a$.
        """,
    probes=lambda rng: [
        (1, np.array([0.5])),
        (3, np.array([1.0, 0.1])),
        (-2, np.array([1.0, 0.3, 0.02])),
        (0, np.array([1.0, 0.2])),
        (int(rng.integers(4, 30)), rng.uniform(0.01, 2, size=4)),
    ],
    hints=[
        "Which rows and columns belong to hand number i? For i = 0 they are 0 and 1.",
        """
        1. `M`: zeros of shape (d, d), where d is twice the number of hands.
        2. For each hand: its angle is `k * omega[i]`. Its block stands in rows and columns
           2i and 2i + 1.
        3. Write the block as a list of two lists.
        """,
        "`M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[np.cos(a), ___], [___, np.cos(a)]]`",
    ],
    errors=[
        ("ValueError: could not broadcast input array", "each block needs 2 rows and 2 columns."),
    ],
    passed="A rotation for each hand: no table, no length, and k may be negative.",
)
def shift_matrix(k: int, omega: np.ndarray) -> np.ndarray:
    """The matrix M with codes[p] @ M = codes[p + k] for every p.

    k: how far, also negative; omega: (d / 2,), radians for each position.
    Returns (d, d): a rotation by the angle k * omega[i] for each hand i.
    """
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i in range(len(omega)):
        a = k * omega[i]
        pair = slice(2 * i, 2 * i + 2)
        M[pair, pair] = [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]
    return M


def _blocks(k, omega, block) -> np.ndarray:
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, a in enumerate(k * omega):
        M[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = block(a)
    return M


@shift_matrix.misconception(
    "This turns the other way: it moves k positions back. With codes as rows, the minus stands "
    "above the diagonal."
)
def _turned_back(k, omega):
    return _blocks(k, omega, lambda a: [[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])


@shift_matrix.misconception(
    "There is no minus in the block, so it isn't a rotation: it changes lengths. The sine of a sum "
    "has a plus, the cosine of a sum a minus."
)
def _no_minus(k, omega):
    return _blocks(k, omega, lambda a: [[np.cos(a), np.sin(a)], [np.sin(a), np.cos(a)]])


@shift_matrix.misconception(
    "All hands turn by the same angle. Each has its own speed: the block of hand i turns by k "
    "times omega[i]."
)
def _same_angle(k, omega):
    return _blocks(k, np.full(len(omega), omega[0]), _turn)


def _turn(a: float) -> list[list[float]]:
    return [[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]]


@shift_matrix.misconception(
    "The blocks overlap: each begins one row after the one before, and overwrites a corner of it. "
    "A block takes two rows and two columns, so the next begins at 2i + 2."
)
def _overlapping(k, omega):
    M = np.zeros((2 * len(omega), 2 * len(omega)))
    for i, a in enumerate(k * omega):
        M[i : i + 2, i : i + 2] = _turn(a)
    return M


@shift_matrix.misconception(
    "The distance k is missing: every hand turns by the step of a single position. A shift by k "
    "turns each hand k times as far."
)
def _one_step(k, omega):
    return _blocks(1, omega, _turn)


@shift_matrix.misconception(
    "Sines and cosines have changed places inside the block. For k = 0 nothing may move: the block "
    "must then be 1, 0 above 0, 1."
)
def _sine_on_the_diagonal(k, omega):
    return _blocks(k, omega, lambda a: [[np.sin(a), -np.cos(a)], [np.cos(a), np.sin(a)]])


@shift_matrix.misconception(
    "The blocks are laid out for all sines first, then all cosines. In this table the two of one "
    "hand stand side by side, so each block touches the diagonal."
)
def _block_halves(k, omega):
    C, S = np.diag(np.cos(k * omega)), np.diag(np.sin(k * omega))
    return np.block([[C, -S], [S, C]])


# --- rotary embedding -------------------------------------------------------------------------


@exercise(
    title="Rotate queries and keys",
    level="hard",
    minutes=12,
    prompt="""
        Turn each row of `X` by its position. In the row of position *p*, columns $2i$ and $2i + 1$
        are a point $(a, b)$ in the plane; it turns by the angle $p\\,\\omega_i$, to
        $(a\\cos - b\\sin,\\; a\\sin + b\\cos)$.
        """,
    probes=lambda rng: [
        (np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 2.0]]), np.array([0, 1, 2]), np.array([0.5])),
        (rng.normal(size=(5, 4)), np.arange(5), np.array([1.0, 0.1])),
        (rng.normal(size=(3, 6)), np.array([7, 2, 40]), np.array([1.0, 0.3, 0.02])),
        (rng.normal(size=(4, 4)), np.array([9, 9, 0, 1]), rng.uniform(0.01, 2, size=2)),
        (rng.normal(size=(1, 8)), np.array([13]), rng.uniform(0.01, 2, size=4)),
    ],
    hints=[
        "Take one row and one hand: two numbers and an angle. Which two numbers come out?",
        """
        1. `angles`: positions as a column times omega, shape (T, d / 2).
        2. `a = X[:, 0::2]` and `b = X[:, 1::2]`, both (T, d / 2).
        3. `out`: zeros of X's shape. Fill `out[:, 0::2]`, then `out[:, 1::2]`.
        """,
        "`out[:, 1::2] = a * ___ + b * ___`",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "positions as a column: `[:, None]`."),
        ("TypeError: unsupported operand type(s) for *: 'range'", "positions: `np.arange(T)`."),
    ],
    passed="Lengths stay, angles turn: what is left of two positions is their distance.",
    # Every cell is overwritten; a slice begins at 0 anyway.
    equivalents=[
        "a, b = (X[:, ::2], X[:, 1::2])",
        "out = np.ones(X.shape)",
        "out[:, ::2] = a * np.cos(angles) - b * np.sin(angles)",
    ],
)
def rotate(X: np.ndarray, positions: np.ndarray, omega: np.ndarray) -> np.ndarray:
    """Rotary position embedding of queries or of keys, in neighbouring pairs of columns.

    X: (T, d); positions: (T,) integers, gaps allowed; omega: (d / 2,), radians for each position.
    Returns (T, d) (Su et al. 2021, RoFormer, section 3.4.2).
    """
    angles = positions[:, None] * omega  # (T, d / 2)
    a, b = X[:, 0::2], X[:, 1::2]  # (T, d / 2) each
    out = np.zeros(X.shape)  # (T, d)
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out


def _rotated(X, angles) -> np.ndarray:
    a, b = X[:, 0::2], X[:, 1::2]
    both = a * np.cos(angles) - b * np.sin(angles), a * np.sin(angles) + b * np.cos(angles)
    return np.stack(both, axis=2).reshape(X.shape)


@rotate.misconception(
    "Nothing turned. Scores of unrotated queries and keys are the same at any two positions: they "
    "pass every test that compares equal distances, and know no order at all."
)
def _unrotated(X, positions, omega):
    return X.astype(float)


@rotate.misconception(
    "Row number and position were taken for the same. `positions` says where each row stands: with "
    "a gap, or when one new word arrives, they differ."
)
def _ignores_positions(X, positions, omega):
    return _rotated(X, np.arange(len(X))[:, None] * omega)


@rotate.misconception(
    "Positions are counted from 1 here. Scores don't notice, because only distances count; the row "
    "of position 0 does, since it should stay as it is."
)
def _turns_from_one(X, positions, omega):
    return _rotated(X, (positions[:, None] + 1) * omega)


@rotate.misconception(
    "The rows turn the other way. Scores of rotated queries and keys would be as good; the paper "
    "turns from the first column towards the second, so the minus stands with the first."
)
def _other_way(X, positions, omega):
    return _rotated(X, -positions[:, None] * omega)


@rotate.misconception(
    "All hands turn at the speed of the first. With one speed, position 0 and a full turn later "
    "look alike; slow hands are there to tell those apart."
)
def _one_speed(X, positions, omega):
    return _rotated(X, positions[:, None] * np.full(len(omega), omega[0]))


@rotate.misconception(
    "Column c was paired with column c + d/2. Many libraries store it so, and it works; here "
    "neighbouring columns 2i and 2i + 1 form a pair, as in the paper. Mixing the two does not work."
)
def _in_halves(X, positions, omega):
    angles = positions[:, None] * omega
    a, b = np.split(X, 2, axis=1)
    return np.hstack([a * np.cos(angles) - b * np.sin(angles),
                      a * np.sin(angles) + b * np.cos(angles)])


@rotate.misconception(
    "The second column was computed from a first column that had turned already. A slice is a "
    "view: write into a new array, or copy before you overwrite."
)
def _overwrites(X, positions, omega):
    angles = positions[:, None] * omega
    out = X.astype(float)
    a, b = out[:, 0::2], out[:, 1::2]
    out[:, 0::2] = a * np.cos(angles) - b * np.sin(angles)
    out[:, 1::2] = a * np.sin(angles) + b * np.cos(angles)
    return out


@rotate.misconception(
    "The position code was added. Then word and position mix in one sum, and a score has four "
    "parts, of which only one depends on the distance: turn the row instead."
)
def _adds_the_code(X, positions, omega):
    return X + _codes(positions[:, None] * omega)


def _score(turn_query, turn_key, size: int = 6):
    """score(m, n) of one query and one key whose turning is given, as a function of positions."""
    q, k = np.random.default_rng(size).normal(size=(2, size))
    omega = 100.0 ** (-2 * np.arange(size // 2) / size)

    def score(m, n):
        return float(turn_query(q, m, omega) @ turn_key(k, n, omega)) / 50

    return score


def _turned(x, p, omega):
    return _rotated(x[None], np.array([[p]]) * omega)[0]


def _still(x, p, omega):
    return x


def _mirrored(x, p, omega):
    return _turned(x, -p, omega)


def _coded(x, p, omega):
    return x + _codes(np.array([[p]]) * omega)[0]


def _right_at_equal_positions(m, n):
    return 0.5 if m == n else float(np.sin(3 * m + n))


def _right_at_neighbours(m, n):
    return 0.5 - 0.1 * (m - n) if abs(m - n) <= 1 else float(np.sin(m * n + m))


def _wrong_at_five(m, n):
    return 0.1 * (m - n) + (0.01 if m == 5 else 0.0)


def _changes_late(m, n):
    return 0.2 if m - n < 6 else 0.3


def _changes_early(m, n):
    return 0.2 if m - n > -6 else 0.3


def _wrong_ahead(m, n):
    return 0.1 * (m - n) if m >= n else float(np.sin(5 * m + n))


def _wrong_behind(m, n):
    return 0.1 * (m - n) if m <= n else float(np.sin(5 * m + n))


def _falls_with_distance(m, n):
    return -0.05 * (m - n) ** 2


def _rounded(m, n):
    return _score(_turned, _turned, 8)(m, n) + 1e-7 * ((3 * m + 5 * n) % 7 - 3)


def _table(m, n):
    """A score from a table of seven positions, as learned position codes have one."""
    if not (0 <= m < 7 and 0 <= n < 7):
        raise IndexError(f"the table has no row for position {max(m, n)}")
    return 0.3 * (m - n)


@exercise(
    title="A test that can't be fooled",
    level="medium",
    minutes=10,
    prompt="""
        `score(m, n)` is the score of one query at position m with one key at position n, both from
        0 to `N - 1`. Return True if all pairs of positions with the same m − n score alike, to
        within 1e-5, *and* not all distances score alike.
        """,
    probes=lambda rng: [
        (_score(_turned, _turned), 7),
        (_score(_still, _still), 7),
        (_score(_turned, _still), 7),
        (_score(_still, _turned), 6),
        (_score(_turned, _mirrored), 7),
        (_score(_coded, _coded), 7),
        (_right_at_equal_positions, 6),
        (_right_at_neighbours, 7),
        (_wrong_at_five, 6),
        (_wrong_at_five, 5),
        (_changes_late, 7),
        (_changes_late, 6),
        (_changes_early, 7),
        (_falls_with_distance, 5),
        (_wrong_ahead, 6),
        (_wrong_behind, 6),
        (_rounded, 8),
        (_table, 7),
    ],
    hints=[
        "A score that never changes depends on nothing. Which comparison would notice that?",
        """
        1. Keep a dictionary: for each distance m - n the first score that you saw.
        2. Go through all m and n. If a score is farther than 1e-5 from the first one of its
           distance, return False.
        3. At the end, compare the largest and the smallest score of the dictionary.
        """,
        "`first = seen.setdefault(___, score(m, n))` stores a value once and returns the stored.",
    ],
    errors=[
        ("TypeError: 'float' object is not callable", "`score` is the function: call it, m and n."),
        ("IndexError: the table has no row", "a position outside 0 to N - 1 was asked for."),
    ],
    passed="Identity, a rotated query alone, ignored positions: none gets through. Try your own.",
    # No score lies so near the borderline of 1e-5, and rounding may fall to either side of it.
    equivalents=[
        "if abs(score(m, n) - first) >= 1e-05:",
        "if abs(score(m, n) - first) > 1.5000000000000002e-05:",
        "return max(seen.values()) - min(seen.values()) >= 1e-05",
        "return max(seen.values()) - min(seen.values()) > 1.5000000000000002e-05",
    ],
)
def distance_only(score, N: int) -> bool:
    """Whether a score depends on the distance m - n of its positions, and on nothing else.

    score: a function of two positions (m, n) that returns a number; N: how many positions there
    are, 2 or more.
    Returns True or False.
    """
    seen = {}  # distance -> score
    for m in range(N):
        for n in range(N):
            first = seen.setdefault(m - n, score(m, n))
            if abs(score(m, n) - first) > 1e-5:
                return False
    return max(seen.values()) - min(seen.values()) > 1e-5


def _near(a, b):
    return abs(a - b) <= 1e-5


def _alike(score, N, pairs=None, close=_near) -> bool:
    """Whether every pair scores as all pairs do that are shifted along with it."""
    pairs = [(m, n) for m in range(N) for n in range(N)] if pairs is None else pairs
    return all(
        close(score(m + s, n + s), score(m, n)) for m, n in pairs for s in range(N - max(m, n))
    )


def _changes(score, N) -> bool:
    return any(
        not _near(score(m, n), score(0, 0)) for m in range(N) for n in range(N)
    )


@distance_only.misconception(
    "Only equal positions are compared. There query and key turn by the same angle, whatever is "
    "wrong elsewhere: try pairs with a distance."
)
def _equal_positions(score, N):
    return _alike(score, N, [(m, m) for m in range(N)]) and _changes(score, N)


@distance_only.misconception(
    "A score that never changes passes here. It treats equal distances alike because it treats all "
    "distances alike: ask also that some two distances differ."
)
def _constant_passes(score, N):
    return _alike(score, N)


@distance_only.misconception(
    "The scores are compared exactly. Sines and sums are rounded, so equal angles rarely give "
    "equal floats: forgive differences below 1e-5."
)
def _exactly_equal(score, N):
    return _alike(score, N, close=lambda a, b: a == b) and _changes(score, N)


@distance_only.misconception(
    "Only neighbours are compared, at a distance of one. A score may be right there and wrong "
    "farther off: let m and n run freely."
)
def _neighbours_only(score, N):
    pairs = [(m, n) for m in range(N) for n in range(N) if abs(m - n) <= 1]
    return _alike(score, N, pairs) and _changes(score, N)


@distance_only.misconception(
    "Only pairs are compared in which the query stands later. A model that writes needs no others, "
    "but one that reads both ways does: let m - n be negative, too."
)
def _only_back(score, N):
    pairs = [(m, n) for m in range(N) for n in range(N) if m >= n]
    return _alike(score, N, pairs) and _changes(score, N)


@distance_only.misconception(
    "Only pairs are compared in which the key stands later. Those are the words that a writing "
    "model can't even see: compare all pairs, before and after."
)
def _only_ahead(score, N):
    pairs = [(m, n) for m in range(N) for n in range(N) if m <= n]
    return _alike(score, N, pairs) and _changes(score, N)


@distance_only.misconception(
    "Query and key are exchanged, so 3 words back counts like 3 words ahead. Those are two "
    "distances, 3 and -3: keep the sign of m - n."
)
def _without_sign(score, N):
    seen = {}
    for m in range(N):
        for n in range(N):
            if not _near(seen.setdefault(abs(m - n), score(m, n)), score(m, n)):
                return False
    return _changes(score, N)


@distance_only.misconception(
    "Only the query is moved. Then the distance changes as well, so the score should change. Move "
    "both by the same step and ask that nothing happens."
)
def _moves_the_query(score, N):
    return all(_near(score(m, n), score(0, n)) for m in range(N) for n in range(N))


# --- find the bug -----------------------------------------------------------------------------


@exercise(
    title="Find the bug",
    level="medium",
    minutes=8,
    prompt="""
        Many libraries pair column c with column c + d/2 instead of its neighbour, and either works.
        This version of theirs has a bug: even lengths change. Find it and mend it, and leave the
        pairs c and c + d/2 as they are.
        """,
    given='''
def rotate_halves(X, positions, omega):
    """Rotary position embedding with column c and column c + d/2 as a pair.

    X: (T, d); positions: (T,) integers; omega: (d / 2,), radians for each position.
    Returns (T, d); the length of every row stays.
    """
    angles = np.outer(positions, omega)  # (T, d / 2)
    angles = np.repeat(angles, 2, axis=1)  # (T, d), one for each column
    left, right = np.split(X, 2, axis=1)  # (T, d / 2) each
    turned = np.hstack([-right, left])  # (T, d), X after a quarter turn
    return X * np.cos(angles) + turned * np.sin(angles)
''',
    probes=lambda rng: [
        (np.array([[1.0, 0.0, 0.0, 0.0]]), np.array([1]), np.array([1.0, 0.1])),
        (rng.normal(size=(5, 4)), np.arange(5), np.array([1.0, 0.1])),
        (rng.normal(size=(3, 6)), np.array([7, 2, 40]), np.array([1.0, 0.3, 0.02])),
        (rng.normal(size=(4, 8)), np.array([9, 9, 0, 1]), rng.uniform(0.01, 2, size=4)),
    ],
    hints=[
        "Print `angles` for one row and d = 4. Which columns form a pair, and which angle does "
        "each of the two get?",
        """
        1. Columns 0 and 2 are a pair, so are 1 and 3.
        2. `np.repeat` makes a, a, b, b: columns 0 and 1 get the same angle.
        3. What would give a, b, a, b?
        """,
        "`angles = np.hstack([angles, ___])`, or `np.tile`.",
    ],
    errors=[
        ("ValueError: operands could not be broadcast", "`angles` must end up with d columns."),
    ],
    passed="Two layouts, both right, and a mixture that raises no error: a classic when weights "
    "are carried from one library to another.",
)
def rotate_halves(X: np.ndarray, positions: np.ndarray, omega: np.ndarray) -> np.ndarray:
    """Rotary position embedding with column c and column c + d/2 as a pair.

    X: (T, d); positions: (T,) integers; omega: (d / 2,), radians for each position.
    Returns (T, d); the length of every row stays.
    """
    angles = np.outer(positions, omega)  # (T, d / 2)
    angles = np.hstack([angles, angles])  # (T, d), one for each column
    left, right = np.split(X, 2, axis=1)  # (T, d / 2) each
    turned = np.hstack([-right, left])  # (T, d), X after a quarter turn
    return X * np.cos(angles) + turned * np.sin(angles)


@rotate_halves.misconception(
    "The bug is still there: `np.repeat` gives the columns the angles a, a, b, b, but the pairs "
    "are 0 with 2 and 1 with 3. The two of a pair must turn by the same angle."
)
def _repeated(X, positions, omega):
    angles = np.repeat(positions[:, None] * omega, 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([-right, left]) * np.sin(angles)


@rotate_halves.misconception(
    "You changed the pairs to neighbouring columns. That is a right rotary embedding, but another "
    "one: trained weights expect the layout they were trained with. Change the angles instead."
)
def _neighbouring_pairs(X, positions, omega):
    return _rotated(X, positions[:, None] * omega)


@rotate_halves.misconception(
    "The minus has moved to the other half. That is a rotation again, but in the other direction, "
    "so position 3 became position -3."
)
def _minus_on_the_left(X, positions, omega):
    angles = np.tile(positions[:, None] * omega, 2)
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([right, -left]) * np.sin(angles)


@rotate_halves.misconception(
    "The minus has moved, and lengths still change. The quarter turn was right as it was. Look at "
    "the angles: which one does each of the two columns of a pair get?"
)
def _minus_moved_alone(X, positions, omega):
    angles = np.repeat(positions[:, None] * omega, 2, axis=1)
    left, right = np.split(X, 2, axis=1)
    return X * np.cos(angles) + np.hstack([right, -left]) * np.sin(angles)


@rotate_halves.misconception(
    "The lengths were mended by force: each row is scaled back to its old length. The angles are "
    "still wrong, and with them every score."
)
def _rescaled(X, positions, omega):
    out = _repeated(X, positions, omega)
    lengths = np.linalg.norm(X, axis=1, keepdims=True)
    return out * lengths / np.linalg.norm(out, axis=1, keepdims=True)


# --- predictions ------------------------------------------------------------------------------

shuffled = Choice(
    id="shuffled",
    ask="*The dog bit the man*, *the man bit the dog*: five words each. Compare what `dog` takes "
    "home from `look_around` in the two sentences.",
    options={
        "a": (
            "it differs: other words stand around it",
            "The neighbours differ, but nobody knows who is a neighbour. The same four words are "
            "there to look at.",
        ),
        "b": (
            "it is the same, number for number",
            "An average doesn't ask in which order its terms come. The words are the same, so the "
            "average is.",
        ),
        "c": (
            "it differs a little: the word two places away counts less",
            "Nothing in the formula knows how far away a word is. Only the vectors count.",
        ),
    },
    right="b",
)

slow_hand = Number(
    id="slow-hand",
    ask="A code has 512 columns, the base is 10,000. After how many words has the slowest hand "
    "come round once?",
    value=lambda: 2 * float(np.pi) / float(frequencies(512, 10_000.0)[-1]),
    within=1000,
    unit="words",
    low="A full turn is 2π radians, and the last hand moves by 10,000 to the power of minus "
    "510/512 for each word. Divide one by the other.",
    high="The paper's own words suggest 2π times 10,000 = 62,832. But the last exponent is "
    "510/512, not 1, so the last hand is a little faster.",
    right="2π times 10,000 to the power of 510/512. The paper says that the wavelengths reach "
    "10000 · 2π; they stop a little short of it.",
)

row_length = Number(
    id="row-length",
    ask="A code has 20 columns: ten hands, each with a sine and a cosine. What is its length, the "
    "root of the sum of its squares, at position 190?",
    value=lambda: float(np.sqrt((sinusoids(191, frequencies(20, 1e4))[190] ** 2).sum())),
    within=0.1,
    low="Each hand adds its sine squared and its cosine squared, and that is 1 at any angle. Ten "
    "hands make the root of 10.",
    high="Each hand adds sine squared plus cosine squared, which is 1 and not 2. Ten hands make "
    "the root of 10.",
    right="The root of 10, at every position: each hand adds sine squared plus cosine squared, "
    "which is 1.",
)

rotated = Choice(
    id="rotated",
    ask="A query stands at position 7, a key at position 4, both rotated. Move both on by 1,000 "
    "words. What becomes of their score?",
    options={
        "a": (
            "it shrinks: later words count less",
            "A rotation keeps lengths, so nothing shrinks. Only the angle between the two counts.",
        ),
        "b": (
            "it becomes another number, by accident",
            "Each of the two points elsewhere, but they turned by the same angle. The angle "
            "between them is as before.",
        ),
        "c": (
            "nothing: it stays the same",
            "Both turned by the same angle on every hand. What is left is the distance, 3.",
        ),
    },
    right="c",
)

beyond = Choice(
    id="beyond",
    ask="All three heads were trained on 32 words. Which ones still look three words back at "
    "position 50?",
    options={
        "a": (
            "all three",
            "The table has a score for each pair of positions up to 32, and none for position 50.",
        ),
        "b": (
            "*added* and *turned*: their codes go on",
            "The codes go on, but the 256 weights between them were fitted to 32 positions only.",
        ),
        "c": (
            "*turned* alone",
            "It knows nothing but distances, and a distance of 3 was in every text.",
        ),
    },
    right="c",
)

best_base = Choice(
    id="best-base",
    ask="The base says how slow the slowest hand is. With which base does *turned* look three "
    "words back for longest, when trained on 32 words?",
    options={
        "a": (
            "10: all hands are fast",
            "All eight hands have moved a good part of a turn in 32 words, so training could use "
            "them all.",
        ),
        "b": (
            "1,000: a bit of everything",
            "Half of its hands hardly move within 32 words. What they do later was never trained.",
        ),
        "c": (
            "10,000: slow hands reach farther",
            "They would reach farther. But within 32 words most of them hardly move, so the head "
            "can't learn to use them.",
        ),
    },
    right="a",
)

skip_blind = Choice(
    id="skip-blind",
    ask="A soft average without positions reads a sentence, then the same words in another order. "
    "What changes?",
    options={
        "a": ("every output", "No output changes: each is an average over the same set of words."),
        "b": (
            "the order of the outputs, nothing else",
            "Each word takes home the same vector as before, wherever it stands.",
        ),
        "c": (
            "only the outputs of words that moved",
            "Those keep their values as well: what a word takes home doesn't depend on its place.",
        ),
    },
    right="b",
    skip=True,
)

skip_shift = Choice(
    id="skip-shift",
    ask="Which matrix takes the sine-and-cosine code of position p to that of position p + 3?",
    options={
        "a": (
            "another one for each p",
            "The angle sum formulas need the step only: where a hand stands doesn't matter.",
        ),
        "b": (
            "one for all p, but it must be learned from data",
            "It can be found from data, but it is known: cosines and sines of 3 times each speed.",
        ),
        "c": (
            "one for all p: a rotation for each hand",
            "Each hand turns by 3 times its speed, wherever it stood.",
        ),
    },
    right="c",
    skip=True,
)

skip_rotary = Choice(
    id="skip-rotary",
    ask="A test of a rotary embedding compares scores at equal positions only, and all of them are "
    "right. What could still be wrong?",
    options={
        "a": (
            "nothing may be rotated at all",
            "At equal positions the rotations cancel, so an identity passes the test.",
        ),
        "b": (
            "nothing: the scores decide",
            "They decide only where they are compared. Words at a distance were not.",
        ),
        "c": (
            "the rotation may change lengths",
            "Then scores at equal positions would be wrong, too, and the test would notice.",
        ),
    },
    right="a",
    skip=True,
)
