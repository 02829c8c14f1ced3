"""What a file holds, and what was learned."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise


def _arrays(rng: np.random.Generator, V: int, C: int, L: int, T: int, tied: bool, masks: bool):
    """A small file under GPT-2's names: some with masks, some with one table under two names."""
    w = {"wte.weight": rng.normal(size=(V, C)), "wpe.weight": rng.normal(size=(T, C))}
    for i in range(L):
        if masks:
            w[f"h.{i}.attn.bias"] = np.tril(np.ones((T, T)))[None, None]
        w |= {f"h.{i}.attn.c_attn.weight": rng.normal(size=(C, 3 * C)),
              f"h.{i}.attn.c_attn.bias": np.zeros(3 * C),
              f"h.{i}.attn.c_proj.weight": rng.normal(size=(C, C)),
              f"h.{i}.ln_1.bias": np.zeros(C), f"h.{i}.ln_2.bias": np.zeros(C)}
    w["ln_f.weight"] = np.ones(C)
    w["lm_head.weight"] = w["wte.weight"] if tied else w["wte.weight"].copy()
    return (w,)


def _counted(answer, V, C, L, T, tied, masks):
    """What the answer says of arrays made here, so that one array under two names stays one."""
    [w] = _arrays(np.random.default_rng([V, C, L]), V, C, L, T, tied, masks)
    return answer(w)


@exercise(
    title="Count what was learned",
    level="easy",
    minutes=6,
    prompt="""
        Count the numbers that a model learned. An array that stands under two names, one object, is
        counted once. The masks `h.0.attn.bias`, `h.1.attn.bias`, … were not learned.
        """,
    probes=lambda rng: [
        (3, 2, 1, 4, False, False),
        (5, 3, 2, 4, True, False),
        (6, 2, 3, 5, False, True),
        (4, 5, 2, 3, True, True),
        (int(rng.integers(3, 9)), int(rng.integers(2, 7)), 2, 6, True, True),
    ],
    drive=_counted,
    hints=[
        "What tells `h.0.attn.bias`, a mask, from `h.0.attn.c_attn.bias`, which is learned?",
        """
        1. Skip names that end with `.attn.bias`, the dot included.
        2. `id(array)` is the same for one object under two names: keep a dict id -> size.
        3. Add up the sizes.
        """,
        "`learned = {id(array): array.___ for name, array in w.items() if not name.endswith(___)}`",
    ],
    errors=[
        (
            "TypeError: unhashable type: 'numpy.ndarray'",
            "arrays can't be put into a set; their `id` can.",
        ),
    ],
    passed="Neither the file's size nor the list of names says how much was learned.",
)
def count_parameters(w: dict) -> int:
    """How many numbers were learned.

    w: arrays by GPT-2's names. Two names may hold one and the same object; equal arrays that are
    two objects were learned twice. h.i.attn.bias is the mask of block i. Returns an int.
    """
    learned = {id(a): a.size for name, a in w.items() if not name.endswith(".attn.bias")}
    return sum(learned.values())


def _sum_of(w, keep=lambda name: not name.endswith(".attn.bias")):
    return sum(array.size for name, array in w.items() if keep(name))


@count_parameters.misconception(
    "Everything was counted: the masks, which are zeros and ones that nobody trained, and a tied "
    "table twice. Leave names ending with `.attn.bias` out, and count one object once."
)
def _everything(w):
    return sum(array.size for array in w.values())


@count_parameters.misconception(
    "The tied table was counted under both of its names. It is one array, trained once: count each "
    "`id(array)` once."
)
def _tied_twice(w):
    return _sum_of(w)


@count_parameters.misconception(
    "The masks are among the numbers. `h.0.attn.bias` is a triangle of ones with a confusing name; "
    "it is the same in every model and was never trained."
)
def _masks_too(w):
    return sum({id(array): array.size for array in w.values()}.values())


@count_parameters.misconception(
    "The biases of c_attn are missing: \"h.0.attn.c_attn.bias\" ends with \"attn.bias\" as well. "
    "With a dot in front, \".attn.bias\" fits the masks alone."
)
def _biases_dropped(w):
    return sum({id(a): a.size for n, a in w.items() if not n.endswith("attn.bias")}.values())


@count_parameters.misconception(
    "Equal arrays were counted once, although they are two: two fresh biases are both zeros and "
    "learn apart later. Ask whether it is the same object, `id` or `is`, not whether it is equal."
)
def _equal_ones_once(w):
    kept = []
    for name, array in w.items():
        if not name.endswith(".attn.bias") and not any(np.array_equal(array, k) for k in kept):
            kept.append(array)
    return sum(array.size for array in kept)


@count_parameters.misconception(
    "lm_head was left out in every case. Where it is an object of its own, it was learned, too."
)
def _head_never(w):
    return _sum_of(w, lambda name: not name.endswith(".attn.bias") and name != "lm_head.weight")


@count_parameters.misconception(
    "The biases are missing. They were learned like the weights; only `h.i.attn.bias` is none."
)
def _weights_only(w):
    return sum({id(a): a.size for n, a in w.items() if n.endswith(".weight")}.values())


@count_parameters.misconception(
    "These are bytes. `nbytes` is the size times the bytes of each number: take `size`."
)
def _bytes(w):
    return sum({id(a): a.nbytes for n, a in w.items() if not n.endswith(".attn.bias")}.values())


@count_parameters.misconception(
    "This is how many arrays there are, or rows. Each array holds `array.size` numbers."
)
def _arrays_counted(w):
    return len({id(a) for n, a in w.items() if not n.endswith(".attn.bias")})


@count_parameters.spelling(_arrays_counted)
def _rows_counted(w):
    return sum({id(a): len(a) for n, a in w.items() if not n.endswith(".attn.bias")}.values())


@count_parameters.spelling(_arrays_counted)
def _names_counted(w):
    return len(w)


@count_parameters.spelling(_arrays_counted)
def _objects_counted(w):
    return len({id(array) for array in w.values()})
