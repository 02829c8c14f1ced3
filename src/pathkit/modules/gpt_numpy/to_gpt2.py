"""GPT-2's names and layouts."""

from __future__ import annotations

import numpy as np

from pathkit.checks.exercise import exercise

_PARTS = {"token": "wte", "position": "wpe", "norm": "ln_f", "unembed": "lm_head"}
_OF_A_BLOCK = {
    "norm1": "ln_1", "attend.qkv": "attn.c_attn", "attend.mix": "attn.c_proj",
    "norm2": "ln_2", "feed_forward.0": "mlp.c_fc", "feed_forward.2": "mlp.c_proj",
}


def _weights(rng: np.random.Generator, V: int, T: int, C: int, L: int) -> tuple:
    """The weights of a GPT under our names, and the names that its parts have in GPT-2."""
    names, shapes = dict(_PARTS), {
        "token.weight": (V, C), "position.weight": (T, C), "norm.weight": (C,), "norm.bias": (C,),
        "unembed.weight": (V, C), "unembed.bias": (V,),
    }
    for i in range(L):
        names |= {f"blocks.{i}.{ours}": f"h.{i}.{its}" for ours, its in _OF_A_BLOCK.items()}
        of_this = {
            "norm1.weight": (C,), "norm1.bias": (C,), "attend.qkv.weight": (3 * C, C),
            "attend.mix.weight": (C, C), "attend.mix.bias": (C,), "norm2.weight": (C,),
            "feed_forward.0.weight": (4 * C, C), "feed_forward.0.bias": (4 * C,),
            "feed_forward.2.weight": (C, 4 * C), "feed_forward.2.bias": (C,),
        }
        shapes |= {f"blocks.{i}.{name}": shape for name, shape in of_this.items()}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}, names


@exercise(
    title="GPT-2's names and layouts",
    level="medium",
    minutes=8,
    prompt="""
        Store each array under GPT-2's name. Where the layer is one of GPT-2's Conv1D, which are
        `c_attn`, `c_proj` and `c_fc`, its weight is transposed to (in, out). All else stays.
        """,
    probes=lambda rng: [
        _weights(rng, 5, 7, 2, 1),
        _weights(rng, 4, 3, 3, 2),
        # As many symbols as columns: a table that is square, and no Conv1D.
        _weights(rng, 4, 4, 4, 1),
    ],
    hints=[
        "`attend.mix.weight` is 48 by 48. Which error do you get if you forget to transpose it?",
        """
        1. `part, _, kind = name.rpartition(".")` cuts "blocks.0.norm1.weight" at the last dot.
        2. `names[part]` is GPT-2's name of the part; `kind` is "weight" or "bias".
        3. Transpose a weight whose part ends with one of the three names.
        """,
        "`conv = kind == \"weight\" and part.endswith((\"c_attn\", ___, ___))`",
    ],
    errors=[
        (
            "KeyError: 'token.weight'",
            "`names` holds parts without `.weight` and `.bias`: cut the name at its last dot.",
        ),
        (
            "ValueError: too many values to unpack",
            "there are several dots in a name: `rpartition` cuts at the last one only.",
        ),
    ],
    # A bias has one axis, and its transpose is itself.
    equivalents=["conv = part.endswith(('c_attn', 'c_proj', 'c_fc'))"],
    passed="Square matrices, too. Nothing would have complained about those.",
)
def to_gpt2(weights: dict, names: dict) -> dict:
    """The same weights under GPT-2's names and in its layouts.

    weights: arrays by our names, which end in .weight or .bias; a linear layer from n to m is
    (m, n). names: our name of each part, such as "blocks.0.attend.mix", -> GPT-2's, such as
    "h.0.attn.c_proj". Returns arrays by GPT-2's names; Conv1D weights (c_attn, c_proj, c_fc) are
    (n, m).
    """
    stored = {}
    for name, array in weights.items():
        part, _, kind = name.rpartition(".")
        part = names[part]
        conv = kind == "weight" and part.endswith(("c_attn", "c_proj", "c_fc"))
        stored[f"{part}.{kind}"] = array.T if conv else array
    return stored


def _stored(weights, names, turn):
    """Renamed, and turned where `turn(GPT-2's name, array)` says so."""
    found = {}
    for name, array in weights.items():
        part, _, kind = name.rpartition(".")
        new = f"{names[part]}.{kind}"
        found[new] = array.T if turn(new, array) else array
    return found


@to_gpt2.misconception(
    "Nothing was transposed. torch's Linear keeps (out, in) and computes x @ W.T; GPT-2's Conv1D "
    "keeps (in, out) and computes x @ W. Turn the weights whose name in GPT-2 ends with c_attn, "
    "c_proj or c_fc: our names say nothing of that."
)
def _nothing_turned(weights, names):
    return _stored(weights, names, lambda name, array: False)


@to_gpt2.misconception(
    "Every matrix was transposed, the tables too. wte, wpe and the head aren't Conv1D: they keep "
    "one row for each symbol or place. Turn the weights of c_attn, c_proj and c_fc only."
)
def _tables_turned_too(weights, names):
    return _stored(weights, names, lambda name, array: array.ndim == 2)


@to_gpt2.misconception(
    "The square matrices stayed as they were. A square matrix fits in either layout, so no error "
    "tells you; the shape doesn't decide, the layer does. attn.c_proj is a Conv1D as well."
)
def _square_ones_stayed(weights, names):
    return _stored(weights, names, lambda name, array: _conv(name) and len(set(array.shape)) == 2)


@to_gpt2.spelling(_square_ones_stayed)
def _one_c_proj_forgotten(weights, names):
    return _stored(weights, names, lambda name, array: _conv(name) and "attn.c_proj" not in name)


@to_gpt2.misconception(
    "`reshape` gave the new shape without moving a number, so rows and columns are scrambled. "
    "Entry (i, j) must go to (j, i): that is the transpose, `array.T`."
)
def _reshaped(weights, names):
    return {
        name: array.reshape(array.shape[::-1]) if _conv(name) else array
        for name, array in _stored(weights, names, lambda name, array: False).items()
    }


@to_gpt2.misconception(
    "The matrices of the feed-forward layer stayed (out, in). GPT-2 uses Conv1D in both halves of "
    "a block: c_attn and c_proj in attention, c_fc and c_proj in the feed-forward layer."
)
def _attention_only(weights, names):
    return _stored(weights, names, lambda name, array: _conv(name) and ".attn." in name)


@to_gpt2.misconception(
    "The matrices of attention stayed (out, in). GPT-2 uses Conv1D in both halves of a block: "
    "c_attn and c_proj in attention, c_fc and c_proj in the feed-forward layer."
)
def _feed_forward_only(weights, names):
    return _stored(weights, names, lambda name, array: _conv(name) and ".mlp." in name)


@to_gpt2.misconception(
    "c_proj stayed (out, in), in both halves of a block. It is a Conv1D like c_attn and c_fc: the "
    "one in attention is square, so no shape gives it away."
)
def _c_proj_forgotten(weights, names):
    return _stored(weights, names, lambda name, array: _conv(name) and "c_proj" not in name)


@to_gpt2.misconception(
    "The head was transposed as well. lm_head isn't a Conv1D: like wte it keeps one row for each "
    "symbol, which is why one table can serve as both."
)
def _head_turned(weights, names):
    return _stored(weights, names, lambda name, array: _conv(name) or name == "lm_head.weight")


@to_gpt2.misconception(
    "The arrays are right, under our names still. A program that reads GPT-2 files asks for "
    "GPT-2's names: `names[part]` and the kind, joined by a dot."
)
def _names_kept(weights, names):
    turned = _stored(weights, names, lambda name, array: _conv(name))
    return dict(zip(weights, turned.values(), strict=True))


def _conv(name):
    return name.endswith(("c_attn.weight", "c_proj.weight", "c_fc.weight"))
