"""What the lesson on fine-tuning promises: its rows, its masks, its detours, and its numbers."""

from __future__ import annotations

import ast
import copy
import math

import pytest
import torch
import torch.nn as nn
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

import pathkit as path
from pathkit.checks.loading import exercises_of
from pathkit.exercises import fine_tuning
from pathkit.exercises.gpt import GPT
from pathkit.path_modules import OURS

LESSON = OURS.lesson("fine-tuning")
SOURCE = LESSON.read_text(encoding="utf-8")
PROSE = " ".join(
    line.removeprefix("#").strip() for line in SOURCE.splitlines() if line.startswith("#")
)
TALES = path.datasets.SMALL_TALES
KEPT = path.model("gpt", shipped=True)
INDEX = {symbol: i for i, symbol in enumerate(KEPT.symbols)}


def _lesson() -> dict:
    """The functions and classes that the lesson defines, over the references."""
    space = {**exercises_of("fine-tuning"), "torch": torch, "nn": nn, "F": F, "copy": copy,
             "GPT": GPT, "kept": KEPT, "tales": TALES, "index": INDEX, "seed": 0, "sft_steps": 0,
             "names": [*TALES.she, *TALES.he]}
    kept = [n for n in ast.parse(SOURCE).body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    exec(compile(ast.Module(kept, []), str(LESSON), "exec"), space)
    return space


LESSONS = _lesson()
codes, filled, body = LESSONS["codes"], LESSONS["filled"], LESSONS["body"]


def said(text: str) -> None:
    assert text in PROSE, f"the lesson doesn't say: {text}"


def sentences(how_many: int) -> tuple[list[str], torch.Tensor]:
    stories = TALES.sample(how_many, 3)
    return ([story[: story.index(".") + 1] for story in stories],
            torch.tensor([int(" she " in story) for story in stories]))


# --- rows and masks -----------------------------------------------------------------------------

row = st.lists(st.integers(1, 9), min_size=1, max_size=6)


@given(prompt=row, answer=row)
def test_the_answer_and_the_end_are_all_that_is_asked(prompt, answer):
    inputs, targets = fine_tuning.answer_targets(prompt, answer, 0)
    assert len(inputs) == len(targets) == len(prompt) + len(answer)
    assert [t for t in targets if t >= 0] == [*answer, 0]
    assert targets.index(answer[0]) == len(prompt) - 1
    wrong = LESSONS["one_off"](prompt, answer, 0)[1]
    assert len(wrong) == len(targets) and [t for t in wrong if t >= 0] == answer[1:]


@given(first=row, second=row)
def test_similarity_has_no_order(first, second):
    pairs = (first, second), (second, first)
    one, other = (fine_tuning.layouts("similar", list(pair), 20, 21, 22) for pair in pairs)
    assert sorted(one) == sorted(other)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_isnt_chosen_stays_and_what_is_has_a_target(seed):
    g = torch.Generator().manual_seed(seed)
    tokens, others = (torch.randint(9, (3, 11), generator=g) for _ in range(2))
    chosen = torch.rand(3, 11, generator=g) < 0.4
    inputs, targets = fine_tuning.mask_tokens(
        tokens, chosen, torch.rand(3, 11, generator=g), others, 9)
    assert torch.equal(inputs[~chosen], tokens[~chosen]) and (targets[~chosen] == -1).all()
    assert torch.equal(targets[chosen], tokens[chosen])


def test_the_given_code_is_the_lessons_wrong_mask():
    given = {}
    exec(exercises_of("fine-tuning")["answer_targets"].given, given)
    for prompt, answer in (([5, 6, 7], [1, 2]), ([4], [3]), ([2, 2], [8, 8, 8])):
        expected = LESSONS["one_off"](prompt, answer, 0)
        assert given["answer_targets"](prompt, answer, 0) == expected


def test_a_little_more_than_ten_percent_show_the_true_letter():
    said("A little more than 10% show the true letter")
    assert 0.1 + 0.1 / 24 == pytest.approx(0.104, abs=0.0005)


# --- detours ------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(n_in=st.integers(1, 6), n_out=st.integers(1, 6), rank=st.integers(1, 3),
       bias=st.booleans(), seed=st.integers(0, 999))
def test_a_merged_detour_is_the_same_layer(n_in, n_out, rank, bias, seed):
    torch.manual_seed(seed)
    layer = nn.Linear(n_in, n_out, bias=bias)
    made = fine_tuning.LowRank(layer, rank)
    x = torch.randn(4, n_in)
    assert torch.equal(made(x), layer(x))  # at the start
    with torch.no_grad():
        made.B.normal_()
        weight = fine_tuning.merged(layer.weight, made.A, made.B)
        assert torch.allclose(F.linear(x, weight, layer.bias), made(x), atol=1e-4)


def test_the_numbers_of_trained_numbers():
    sizes = {}
    for rank in (1, 2, 4):
        model = LESSONS["with_detours"](LESSONS["Classifier"](KEPT.model), rank)
        sizes[rank] = sum(p.numel() for p in model.parameters() if p.requires_grad)
    whole = sum(p.numel() for p in LESSONS["Classifier"](KEPT.model).parameters())
    assert (sizes[1], whole) == (1634, 66_749)
    said("1,634 numbers, 2.4% of the model")
    assert round(100 * sizes[1] / whole, 1) == 2.4
    attention = 2 * (48 + 144 + 48 + 48) + 98
    assert attention == 674
    said("trains 674 numbers with the head")
    said("that is 96 numbers instead of 2,304")


# --- what the kept model knows ------------------------------------------------------------------


def test_the_model_says_s_or_h_by_the_name():
    for name in (*TALES.she, *TALES.he):
        asked = torch.tensor([[0, *codes(f"one hot day {name} got a red ball. ")]])
        p = KEPT.model(asked)[0, -1].softmax(-1)
        assert p[INDEX["s" if name in TALES.she else "h"]] > 0.99


def test_five_labels_at_the_space_beat_a_hundred_at_the_full_stop():
    texts, labels = sentences(300)
    tokens, lengths = filled([[0, *codes(text), INDEX[" "]] for text in texts])
    with torch.no_grad():
        read = body(KEPT.model, tokens)
    by_label = [torch.nonzero(labels == k).flatten() for k in (1, 0)]
    five = torch.cat([by_label[0][:3], by_label[1][:2]])
    LESSONS.update(labels=labels, test=slice(150, 300))
    at_space = LESSONS["probe"](fine_tuning.at_extract(read, lengths), five)
    at_stop = LESSONS["probe"](fine_tuning.at_extract(read, lengths - 1), slice(0, 100))
    assert at_space > 0.97 and at_stop < 0.85


def test_a_gap_needs_both_sides():
    gaps = [LESSONS["gap"](story) for story in TALES.sample(6, 5)]
    for thing, from_left, from_both in gaps:
        place = TALES.things.index(thing)
        assert from_left[place] < 0.3 and from_both[place] > 0.95


def test_a_perfect_memory_of_five_labels_gets_three_in_four():
    """Of four names on each side, three labels leave one unseen with chance (3/4)^3."""
    expected = 100 - 25 * (0.75**3 + 0.75**2)
    assert expected == pytest.approx(75.4, abs=0.05)
    assert "perfect memory" in PROSE and "gets 75% on average" in (
        LESSON.with_name("predictions.py").read_text(encoding="utf-8").replace('"\n    "', ""))


def test_before_any_fine_tuning_a_story_costs_the_floor():
    assert TALES.entropy() == pytest.approx(16.2, abs=0.05)
    told, told_lengths = filled([[0, *codes(story)] for story in TALES.sample(60, 10**6)])
    LESSONS.update(told=told, told_lengths=told_lengths, new_stories=TALES.sample(60, 10**6))
    assert math.isclose(sum(LESSONS["nats_a_story"](KEPT.model)), TALES.entropy(), abs_tol=0.5)


# --- the trainings of the lesson ----------------------------------------------------------------


@pytest.fixture(scope="module")
def taught():
    """Both masks, trained as the lesson does, and the old stories."""
    stories = TALES.sample(400, 0)
    texts = [story[: story.index(".") + 1] for story in stories]
    old, old_lengths = filled([[0, *codes(story)] for story in stories])
    new = TALES.sample(60, 10**6)
    told, told_lengths = filled([[0, *codes(story)] for story in new])
    LESSONS.update(taught=list(LESSONS["lines"](texts[:200])), sft_steps=120, old=old,
                   asked=list(LESSONS["lines"](texts[-60:])), old_lengths=old_lengths, told=told,
                   told_lengths=told_lengths, new_stories=new)
    return {"right": LESSONS["sft"](fine_tuning.answer_targets),
            "one off": LESSONS["sft"](LESSONS["one_off"]),
            "replay": LESSONS["sft"](fine_tuning.answer_targets, replay=0.5)}


@pytest.mark.slow
def test_the_wrong_mask_has_the_lower_loss_and_never_ends(taught):
    loss = {name: sum(losses[-20:]) for name, (_, losses) in taught.items()}
    assert loss["one off"] < loss["right"]
    right, ended = LESSONS["graded"](taught["right"][0])
    assert right > 70 and ended > 95
    assert max(LESSONS["graded"](taught["one off"][0])) < 20


@pytest.mark.slow
def test_answers_only_forgets_and_old_stories_keep(taught):
    cost = {name: sum(LESSONS["nats_a_story"](gpt)) for name, (gpt, _) in taught.items()}
    said("A story now costs hundreds of nats")
    assert cost["right"] > 100
    said("within a few nats, near 20")
    assert cost["replay"] < 24
    assert LESSONS["graded"](taught["replay"][0])[0] > 40
