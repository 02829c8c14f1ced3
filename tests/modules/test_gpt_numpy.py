"""What the gpt-numpy lesson promises: torch's numbers, any cut of the cache, its prose."""

from __future__ import annotations

import ast
import hashlib
import json
import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of
from safetensors.numpy import load, save

import pathkit as path
from pathkit.checks.loading import exercises_of
from pathkit.exercises import gpt_numpy
from pathkit.path_modules import OURS

LESSON = OURS.lesson("gpt-numpy")
SOURCE = LESSON.read_text(encoding="utf-8")
CELLS = SOURCE.split("\n# %%")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
KEPT = path.model("gpt", shipped=True)
STORIES = path.datasets.SMALL_TALES.sample(8, seed=10**6)


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


def _lesson() -> dict:
    """The functions that the lesson defines, over the references and the path's GPT."""
    space = {
        **exercises_of("gpt-numpy"), "np": np, "math": math, "json": json, "torch": torch,
        "path": path, "kept": KEPT, "heads": 4, "layers": 2, "width": 48, "seen": {},
        "symbols": "".join(KEPT.symbols), "DTYPES": {"F32": "float32", "F16": "float16"},
        "erf": np.vectorize(math.erf, otypes=[np.float32]),
    }
    kept = [n for n in ast.parse(SOURCE).body if isinstance(n, ast.FunctionDef)]
    loss = next(n for n in kept if n.name == "loss")
    loss.args.defaults = []
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    [cell] = [cell for cell in CELLS if "stored = to_gpt2(" in cell]
    exec(cell.split("\n", 1)[1].split("for name in sorted")[0], space)
    return space


L = _lesson()
W = L["w"]
MODEL = L["model_of"](W, 4, 2, L["exact_gelu"])


def read_by(story: str) -> list[int]:
    return L["numbers"]("\n" + story[:-1])


# --- the file ---------------------------------------------------------------------------------


NAMES = st.text("abcdefgh.0123_", min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(NAMES, st.sampled_from([np.float32, np.float16]).flatmap(
    lambda kind: arrays_of.arrays(kind, arrays_of.array_shapes(min_dims=0, max_dims=3),
                                  elements=st.floats(-8, 8, width=16))), max_size=4))
def test_what_is_written_comes_back_and_the_library_agrees(arrays):
    ours, library = L["write_safetensors"](arrays), save(arrays)
    for found in (gpt_numpy.read_safetensors(ours), load(ours),
                  gpt_numpy.read_safetensors(library)):
        assert found.keys() == arrays.keys()
        for name, array in arrays.items():
            assert found[name].dtype == array.dtype
            np.testing.assert_array_equal(found[name], array)


def test_the_printed_file_is_what_the_prose_reads():
    printed = L["write_safetensors"]({"a": np.array([[1.5, -2, 4]], dtype=np.float32)})
    assert printed[:1] == b"A" and printed[0] == 65 and len(printed) == 8 + 65 + 12
    said("The first byte is `A`, which is 65")


def test_the_stored_model_has_gpt2s_names_and_layouts():
    assert W["h.0.attn.c_attn.weight"].shape == (48, 144)
    assert W["h.1.mlp.c_proj.weight"].shape == (192, 48)
    assert not W["h.0.attn.c_attn.bias"].any()
    ours = KEPT.weights["blocks.1.attend.mix.weight"]
    np.testing.assert_array_equal(W["h.1.attn.c_proj.weight"], ours.T)
    assert len(KEPT.weights) == 28
    assert SOURCE.count("## Twenty-eight arrays") == 1


# --- the model --------------------------------------------------------------------------------


@pytest.mark.parametrize("story", STORIES[:2])
def test_every_step_is_torchs(story):
    theirs = L["from_torch"](KEPT.model, read_by(story))
    L["seen"].clear()
    MODEL(read_by(story))
    apart = L["apart"](theirs)
    assert len(apart) == 20 and max(apart.values()) < 1e-5
    said("Twenty steps")


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 99), max_size=5, unique=True), st.integers(0, 7))
def test_a_text_in_any_pieces_gives_the_logits_of_the_whole(cuts, which):
    tokens = read_by(STORIES[which])[:100]
    whole, _ = MODEL(tokens)
    caches, rows, edges = None, [], [0, *sorted(cuts), 100]
    for begin, end in zip(edges, edges[1:], strict=False):
        logits, caches = MODEL(tokens[begin:end], caches)
        rows.append(logits)
    np.testing.assert_allclose(np.concatenate(rows), whole, rtol=0, atol=1e-3)
    assert all(len(keys) == len(values) == 100 for keys, values in caches)


def test_the_page_is_the_model():
    tokens = read_by(STORIES[0])
    page = L["gpt_on_a_page"](tokens, W, 4, 2, L["exact_gelu"])
    np.testing.assert_allclose(page, MODEL(tokens)[0], rtol=0, atol=1e-3)


def test_greedy_text_is_the_same_each_time_and_with_fewer_digits():
    def text(w):
        model = L["model_of"](w, 4, 2, L["exact_gelu"])
        written = gpt_numpy.generate(model, [0], 130)
        return "".join(L["symbols"][i] for i in written).split("\n")[0]

    once = text(W)
    assert once == text(W)
    assert path.datasets.SMALL_TALES.log_probability(once + "\n") > -math.inf
    assert once == text({name: a.astype(np.float16).astype(np.float32) for name, a in W.items()})


# --- the prose --------------------------------------------------------------------------------


def test_the_five_sizes():
    small = L["gpt2_small"]
    learned = gpt_numpy.count_parameters(small())
    stored = sum(a.size for a in small(masks=True).values())
    untied = gpt_numpy.count_parameters(small(tied=False))
    assert (learned, stored, untied) == (124_439_808, 137_022_720, 163_037_184)
    assert round((untied - learned) / 1e6, 1) == 38.6
    assert gpt_numpy.count_parameters(small(masks=True)) == learned
    header = 548_105_171 - 4 * stored
    assert 10_000 < header < 20_000  # what is left of the published file
    assert round(12 * 1024 * 1024 * 4 / 1e6) == 50
    said("548,105,171 bytes")


def test_what_each_change_costs():
    loss, model_of = L["loss"], L["model_of"]
    relu = model_of(W, 4, 2, lambda x: np.maximum(x, 0))
    tied = model_of({n: a for n, a in W.items() if not n.startswith("lm_head")}, 4, 2,
                    L["exact_gelu"])
    faulty = {**W, "h.1.attn.c_proj.weight": W["h.1.attn.c_proj.weight"].T}
    right = loss(MODEL, STORIES)
    assert right == pytest.approx(0.126, abs=0.01)
    assert loss(model_of(W, 4, 2, gpt_numpy.gelu), STORIES) == pytest.approx(right, abs=1e-4)
    assert loss(relu, STORIES) == pytest.approx(right, abs=1e-3)
    said("costs less than 0.001 nats")
    changed, leads = {}, []
    for story in STORIES:
        steps = []
        for model in (MODEL, relu):
            L["seen"].clear()
            logits = model(read_by(story))[0]
            steps.append({"bend": L["seen"]["h.0.mlp.act"],
                          "logits": logits - logits.mean(axis=1, keepdims=True)})
        for name, one in steps[0].items():
            off = np.sqrt(((one - steps[1][name]) ** 2).mean() / (one**2).mean())
            changed.setdefault(name, []).append(off)
        leads += list(np.diff(np.sort(steps[0]["logits"])[:, -2:])[:, 0])
    assert 0.4 < np.mean(changed["bend"]) < 0.5 and 0.14 < np.mean(changed["logits"]) < 0.19
    assert np.median(leads) > 12
    said("leads by 12 or more in the logits")
    assert loss(tied, STORIES) > 10
    assert loss(model_of(faulty, 4, 2, L["exact_gelu"]), STORIES) > 0.8


def test_the_lens_reads_worse_the_earlier_it_reads():
    L["model"] = MODEL
    nats = np.mean([-np.log(L["lens"](W, s)).mean(axis=1) for s in STORIES], axis=0)
    assert nats[0] > math.log(27) > nats[1] > 2 and nats[2] < 0.14


def test_the_costs_of_the_cache():
    products = L["products"]
    without = sum(products(t, t) for t in range(1, 129))
    ratio = without / sum(products(t, 1) for t in range(1, 129))
    assert ratio == pytest.approx(gpt_numpy.saved.value()) and round(ratio) == 68
    assert 2 * 2 * 48 * 4 == 768 and round(160 * 768 / 1000) == 123
    assert round(4 * sum(a.size for a in KEPT.weights.values()) / 1000) == 267
    assert round(2 * 12 * 768 * 4 / 1000) == 74 and int(2 * 12 * 768 * 4 * 1024 / 1e6) == 75
    said("768 bytes; a full text of 160 leaves 123 kB beside a model of 267 kB")


def test_the_two_gelus():
    x = np.linspace(-6, 6, 2001)
    assert abs(gpt_numpy.gelu(x) - L["exact_gelu"](x)).max() == pytest.approx(4.7e-4, abs=2e-5)


def test_the_stretches_can_be_done():
    bias = np.linalg.pinv(W["lm_head.weight"].astype(float)) @ W["lm_head.bias"]
    folded = {n: a for n, a in W.items() if n != "lm_head.bias"}
    folded["ln_f.bias"] = (W["ln_f.bias"] + bias).astype(np.float32)
    tokens, model_of = read_by(STORIES[1]), L["model_of"]
    without = model_of(folded, 4, 2, L["exact_gelu"])(tokens)[0]
    assert abs(without - MODEL(tokens)[0]).max() < 1e-3
    halved = L["write_safetensors"]({n: a.astype(np.float16) for n, a in W.items()})
    # The order of the arrays, which the header has in it, is not the same in each run.
    assert len(halved) == pytest.approx(136_500, abs=50)
    eighths = {n: (np.round(8 * a) / 8).astype(np.float32) for n, a in W.items()}
    assert L["loss"](model_of(eighths, 4, 2, gpt_numpy.gelu), STORIES) < 0.14


# --- the bug, and the real one ----------------------------------------------------------------


@pytest.mark.parametrize("places", [1, 2, 3, 16, 20, 31, 32])
def test_five_looks_are_enough_wherever_the_fault_is(places):
    names = [f"step {i}" for i in range(places)]
    for wrong in range(places):
        looks = []

        def look(name, wrong=wrong, looks=looks):
            looks.append(name)
            return np.zeros(3), np.full(3, 0.5 * (names.index(name) >= wrong))

        assert gpt_numpy.first_wrong(names, look) == names[wrong] and len(looks) <= 5


@pytest.fixture
def tiny(tmp_path):
    """A folder with a file of GPT-2's layout, masks and all, and its words."""
    rng, C, V, T = np.random.default_rng(0), 24, 9, 40
    shapes = {"wte.weight": (V, C), "wpe.weight": (T, C), "ln_f.weight": (C,), "ln_f.bias": (C,)}
    for i in range(12):
        shapes |= {f"h.{i}.ln_{n}.{kind}": (C,) for n in (1, 2) for kind in ("weight", "bias")}
        for layer, n, m in (("attn.c_attn", C, 3 * C), ("attn.c_proj", C, C),
                            ("mlp.c_fc", C, 4 * C), ("mlp.c_proj", 4 * C, C)):
            shapes |= {f"h.{i}.{layer}.weight": (n, m), f"h.{i}.{layer}.bias": (m,)}
    arrays = {n: rng.normal(scale=0.3, size=s).astype(np.float32) for n, s in shapes.items()}
    masks = {f"h.{i}.attn.bias": np.tri(T, dtype=np.float32)[None, None] for i in range(12)}
    (tmp_path / "model.safetensors").write_bytes(save({**arrays, **masks}, {"format": "pt"}))
    words = ["The", "Ġcapital", "Ġof", "ĠFrance", "Ġis", "ĠParis", "Ċ", "Ġa", "!"]
    (tmp_path / "vocab.json").write_text(json.dumps({w: i for i, w in enumerate(words)}),
                                         encoding="utf-8")
    return tmp_path, arrays


def _run_the_real_one(folder: str, digest: str) -> None:
    [cell] = [cell for cell in CELLS if "path.own_file(" in cell]
    code = cell.split("\n", 1)[1]
    known = re.search(r'"([0-9a-f]{64})"', code)[1]
    exec(code.replace(known, digest), {**L, "folder": folder})


def test_a_file_of_gpt2s_layout_is_read_counted_and_speaks(tiny, capsys):
    folder, arrays = tiny
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    _run_the_real_one(str(folder), digest)
    shown = capsys.readouterr().out
    learned = sum(a.size for a in arrays.values())
    assert f"{learned:,} learned, {learned + 12 * 1600:,} in the file" in shown
    assert "The capital of France is" in shown
    read = gpt_numpy.read_safetensors((folder / "model.safetensors").read_bytes())
    model = L["model_of"](read, 12, 12, gpt_numpy.gelu)
    page = L["gpt_on_a_page"]([0, 1, 2, 3, 4], read, 12, 12, gpt_numpy.gelu)
    np.testing.assert_allclose(page, model([0, 1, 2, 3, 4])[0], rtol=0, atol=1e-4)


def test_the_folder_may_start_at_home_and_a_lack_of_words_is_one_line(tiny, capsys, monkeypatch):
    folder, _ = tiny
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("USERPROFILE", str(folder.parent))
    _run_the_real_one(f"~/{folder.name}", digest)
    assert "The capital of France is" in capsys.readouterr().out
    (folder / "vocab.json").unlink()
    _run_the_real_one(f"~/{folder.name}", digest)
    [line] = capsys.readouterr().out.splitlines()
    assert "vocab.json isn't there" in line


@pytest.mark.parametrize(("folder", "told"), [
    ("", "No file is named here"), ("nowhere", "nowhere/model.safetensors isn't there")])
def test_without_the_file_there_is_one_line(folder, told, capsys):
    _run_the_real_one(folder, "0" * 64)
    [line] = capsys.readouterr().out.splitlines()
    assert told in line


# --- what careless answers are told -----------------------------------------------------------


def test_one_more_call_at_the_end_is_no_fault_and_a_number_is_told(cell):
    loud = """
    def generate(model, prompt, how_many):
        return model(prompt[0], None)
    """
    verdict = gpt_numpy.generate.check(cell(loud)["generate"])
    assert "takes a list of token numbers" in str(verdict)


def test_a_loop_that_never_ends_is_told_at_once(cell):
    endless = """
    def generate(model, prompt, how_many):
        written, new, caches = [], prompt, None
        while True:
            logits, caches = model(new, caches)
            new = [int(logits[-1].argmax())]
    """
    verdict = gpt_numpy.generate.check(cell(endless)["generate"])
    assert "Does the loop end" in " ".join(str(verdict).split())


def test_a_name_that_is_none_is_told(cell):
    asks = """
    def first_wrong(names, look):
        return look(3)
    """
    verdict = gpt_numpy.first_wrong.check(cell(asks)["first_wrong"])
    assert "isn't one of the names" in " ".join(str(verdict).split())
