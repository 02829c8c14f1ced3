"""Which parameter is which: by name, by shape, by layer, by what names share, in order."""

from __future__ import annotations

import pytest

from pathkit.checks.same_parameters import DifferentParameters, DifferentShapes, assigned

SQUARE, WIDE, NARROW, ROW, LONG = (4, 4), (16, 4), (4, 16), (4,), (16,)


def linear(name, weight=SQUARE, bias=True):
    return {f"{name}.weight": weight} | ({f"{name}.bias": weight[:1]} if bias else {})


def norm(name):
    return {f"{name}.weight": ROW, f"{name}.bias": ROW}


def layers(found):
    """The layers that correspond: `mix` to `project`; of paths without their last part."""
    return {one.rpartition(".")[0]: other.rpartition(".")[0] for one, other in found.items()}


BLOCK = (
    norm("norm1") | linear("attend.qkv", (12, 4), bias=False) | linear("attend.mix")
    | norm("norm2") | linear("feed_forward.0", WIDE) | linear("feed_forward.2", NARROW)
)


@pytest.mark.parametrize("names", [
    ("norm1", "attend.qkv", "attend.mix", "norm2", "mlp.0", "mlp.2"),
    ("norm1", "attend.qkv", "attend.mix", "norm2", "ffwd.net.0", "ffwd.net.2"),
    ("norm1", "attend.qkv", "attend.mix", "norm2", "mlp.widen", "mlp.narrow"),
    ("norm1", "attend.qkv", "attend.mix", "norm2", "up", "down"),
    ("ln1", "attn.c_attn", "attn.c_proj", "ln2", "mlp.c_fc", "mlp.c_proj"),
    ("ln_attn", "sa.in_proj", "sa.out_proj", "ln_ff", "ff.0", "ff.1"),
    ("norms.0", "attend.qkv", "attend.mix", "norms.1", "feed_forward.0", "feed_forward.1"),
])
@pytest.mark.parametrize("late", [False, True])
def test_a_block_is_known_by_its_shapes(names, late):
    wanted = ("norm1", "attend.qkv", "attend.mix", "norm2", "feed_forward.0", "feed_forward.2")
    n1, qkv, mix, n2, up, down = names
    parts = [norm(n1), linear(qkv, (12, 4), bias=False), linear(mix), norm(n2),
             linear(up, WIDE), linear(down, NARROW)]
    if late:  # norms after what they stand before
        parts = [parts[1], parts[2], parts[4], parts[5], parts[0], parts[3]]
    found = {name: shape for part in parts for name, shape in part.items()}
    assert layers(assigned(BLOCK, found)) == dict(zip(wanted, names, strict=True))


@pytest.mark.parametrize("names", [
    ("k", "q", "v"), ("keys", "queries", "values"), ("W_k", "W_q", "W_v"), ("wk", "wq", "wv"),
    ("key", "query", "val"), ("K", "Q", "V"), ("to_k", "to_q", "to_v"),
    ("k_proj", "q_proj", "v_proj"),
])
def test_names_tell_alike_layers_apart_in_any_order(names):
    wanted = linear("query", bias=False) | linear("key", bias=False) | linear("value", bias=False)
    found = {name: shape for n in names for name, shape in linear(n, bias=False).items()}
    key, query, value = names
    assert layers(assigned(wanted, found)) == {"query": query, "key": key, "value": value}


def test_names_that_tell_nothing_leave_the_order():
    wanted = norm("norm1") | norm("norm2") | norm("norm3")
    found = norm("before") | norm("between") | norm("after")
    assert layers(assigned(wanted, found)) == {
        "norm1": "before", "norm2": "between", "norm3": "after"}


def test_blocks_keep_their_numbers_and_the_inner_names_their_layers():
    def blocks(mlp, cross):
        return {f"blocks.{i}.{name}": shape for i in range(12)
                for name, shape in (linear(f"{mlp}.0") | linear(f"{cross}.q")).items()}

    found = assigned(blocks("feed_forward", "attend"), dict(reversed(
        list(blocks("mlp", "attn").items()))))
    assert found["blocks.3.feed_forward.0.weight"] == "blocks.3.mlp.0.weight"
    assert found["blocks.11.attend.q.bias"] == "blocks.11.attn.q.bias"


def test_exact_names_count_first():
    wanted = norm("norm1") | norm("norm2")
    assert layers(assigned(wanted, norm("norm2") | norm("norm1"))) == {
        "norm1": "norm1", "norm2": "norm2"}
    assert layers(assigned(wanted, norm("norm2") | norm("first"))) == {
        "norm1": "first", "norm2": "norm2"}


QKV = linear("query", bias=False) | linear("key", bias=False) | linear("value", bias=False)


@pytest.mark.parametrize(("wanted", "found", "kind", "said"), [
    (linear("a"), {}, DifferentParameters, "no parameter 'a.weight' of shape [4, 4], nor 'a.b"),
    (linear("a"), linear("b") | linear("c"), DifferentParameters, "parameter 'c.weight' of shape"),
    (linear("up", WIDE), {"W": NARROW, "b": LONG}, DifferentShapes,
     "'W' has shape [4, 16], and [16, 4] is expected, as 'up.weight' has: outputs first"),
    (linear("a"), linear("a", WIDE), DifferentShapes, "'a.weight' has shape [16, 4]; expected [4"),
    (QKV, linear("qkv", (12, 4), bias=False), DifferentParameters,
     "'qkv.weight' of shape [12, 4] stands where 'query.weight', 'key.weight' and 'value.weight' "
     "are expected"),
    (linear("qkv", (12, 4), bias=False), QKV, DifferentParameters,
     "'query.weight', 'key.weight' and 'value.weight' stand where one parameter is expected"),
    (linear("a"), {"b.weight": SQUARE, "b.bias": (3,)}, DifferentParameters,
     "no parameter 'a.bias' of shape [4]; it has others: 'b.bias' of shape [3]"),
    ({"s": ()}, {"s": (1,)}, DifferentShapes, "'s' has shape [1]; expected []"),
])
def test_what_differs_is_told_in_a_sentence(wanted, found, kind, said):
    with pytest.raises(kind) as raised:
        assigned(wanted, found)
    assert said in str(raised.value)
