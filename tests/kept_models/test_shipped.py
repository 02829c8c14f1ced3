"""The models that come with the path: which bytes, how large, how good, made how."""

from __future__ import annotations

import re

import pytest

from pathkit import datasets
from pathkit.files import digest
from pathkit.kept_models import shipped
from pathkit.path_modules import OURS

TEXT = (shipped.FOLDER / "gpt.txt").read_text(encoding="utf-8")
SHA256 = "8cf725b0051b70429ecbfd3abb3f2471d6b76f36b5fa140c504825bae042519a"
LARGEST, LARGEST_TOGETHER = 400_000, 2_000_000


def told(name: str) -> str:
    return re.search(rf"^{name} +(\S+)", TEXT, re.MULTILINE)[1]


def test_the_file_is_the_one_that_was_measured():
    data = shipped.file_of("gpt").read_bytes()
    assert digest(data) == SHA256 == told("sha-256")
    assert len(data) <= LARGEST


def test_all_of_them_are_small_together():
    assert sum(shipped.file_of(n).stat().st_size for n in shipped.names()) <= LARGEST_TOGETHER


def test_header_and_text_tell_the_same():
    facts, _ = shipped.read("gpt")
    assert f"{facts.loss:.6f}" == told("loss")
    assert f"{facts.recipe['nats_above_entropy_per_story']:.4f}" == told("gap")
    assert str(facts.recipe["seconds"]) == told("time")
    assert f"seed {facts.recipe['seed']}, steps {facts.steps}," in TEXT


def test_its_grammar_is_the_lessons():
    source = OURS.lesson("gpt").read_text(encoding="utf-8")
    cell = source[source.index("grammar = path"):source.index('print("".join(grammar.sample')]
    namespace = {"path": type("path", (), {"datasets": datasets})}
    exec(cell, namespace)
    assert namespace["grammar"] == datasets.SMALL_TALES


def test_it_has_the_sizes_of_the_lesson():
    source = OURS.lesson("gpt").read_text(encoding="utf-8")
    config = shipped.read("gpt")[0].config
    for name in ("n_embd, n_head, n_layer", "context_length"):
        values = re.search(rf"^{name}.*? = ([\d, ]+)", source, re.MULTILINE)[1].split(",")
        names = name.split(", ")
        assert [config[n] for n in names] == [int(v) for v in values[:len(names)]]


def test_it_is_as_good_as_it_says_and_no_better_than_the_source():
    pytest.importorskip("torch")
    from pathkit.notebook.model import model
    from pathkit.training.gpt_recipe import held_out_loss

    kept = model("gpt", shipped=True)
    loss, gap = held_out_loss(kept.model)
    assert loss == pytest.approx(kept.loss, abs=1e-5)
    assert gap == pytest.approx(float(told("gap")), abs=1e-3)
    assert 0 < gap < 1
    # Other stories than those it was chosen by, against the grammar's own entropy.
    many, above = held_out_loss(kept.model, 1000)
    assert 0 < above < 1
    assert many == pytest.approx(datasets.SMALL_TALES.nats_per_character(), abs=0.01)
