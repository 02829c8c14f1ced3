"""`--to` a concept: what people call things is found where the path teaches them."""

from __future__ import annotations

import pytest

from pathkit import path_map
from pathkit.building.build import Place
from pathkit.errors import NothingMatched
from pathkit.learner.plan.concepts import NAMED, Ambiguous, choose, search
from pathkit.learner.plan.goal import needed
from pathkit.learner.progress import replay
from pathkit.path_map import Card, PathMap, Resource
from tests.learner.test_progress import ROOT, event, module

PATH = path_map.load(Place(ROOT).path_map)


def found(text: str, *events, path: PathMap = PATH) -> str:
    progress = replay(path, list(events))
    match, _ = choose(
        path, text, lambda m: frozenset(n.id for n in needed(path, [m], progress)),
        lambda m: sum(n.minutes for n in needed(path, [m], progress)),
    )
    return match.module.id


@pytest.mark.parametrize(("text", "name"), [
    ("kv cache", "attention"),  # an exercise; gpt-numpy, further on, has one too
    ("KV-Cache", "attention"),
    ("byte-pair encoding", "tokens"),
    ("byte pair encodings", "tokens"),
    ("BPE", "tokens"),
    ("layer norm", "transformer"),
    ("LayerNorm", "transformer"),
    ("layernorms", "transformer"),
    ("softmax", "attention"),
    ("multi-head attention", "attention"),
    ("positional encoding", "positions"),
    ("arithmetic coding", "compression"),
    ("in-context learning", "induction-heads"),
    ("batchnorm", "activations"),
    ("chain of thought", "emergence"),
    ("RLHF", "assistants"),
    ("nucleus sampling", "control"),
    ("perplexity", "evaluation"),
    ("word2vec", "word-vectors"),  # only the title of a video
])
def test_a_concept_is_found_where_it_is_taught_first(text, name):
    assert found(text) == name


@pytest.mark.parametrize(("text", "name"), [
    ("gpt", "gpt"), ("GPT", "gpt"), (" gpt-numpy ", "gpt-numpy"),
    (str(PATH.module("gpt").number), "gpt"),
    ("transformers", "transformer"), ("Scaling Laws", "scaling-laws"),
    ("fine tuning", "fine-tuning"),
])
def test_a_modules_name_means_that_module(text, name):
    [match] = search(PATH, text)
    assert (match.module.id, match.rank) == (name, NAMED)


@pytest.mark.slow
def test_every_module_is_found_by_its_id_and_its_title():
    for one in PATH.modules:
        assert found(one.id) == found(one.title.partition(":")[0]) == one.id


@pytest.mark.slow
def test_every_exercise_is_found_by_its_title():
    """Unless several modules have what it says, and then its own is among them."""
    for one in PATH.modules:
        for exercise in one.exercises:
            assert one.id in [m.module.id for m in search(PATH, exercise.title)]


def taught(*outcomes: str) -> PathMap:
    """Modules one, two, … that teach these, without prerequisites."""
    return PathMap("Path", ("Part",), tuple(
        module(i, f"m{i}", outcomes=(text,), minutes=100 - i, cards=())
        for i, text in enumerate(outcomes, 1)
    ))


def test_of_several_modules_the_nearest_is_chosen():
    path = taught("write a beam search", "speed up beam search")
    assert found("beam searches", path=path) == "m2"
    assert found("beam search", event("done", "m1"), path=path) == "m1"


def test_a_module_on_the_way_to_another_is_no_rival():
    path = PathMap("Path", ("Part",), (
        module(1, "one", outcomes=("use beams",), minutes=90),
        *(module(i, f"m{i}", outcomes=("use beams",), requires=("one",), minutes=1)
          for i in range(2, 9)),
    ))
    assert found("beams", path=path) == "one"


def test_a_name_that_says_too_little_lists_what_it_may_mean_and_why():
    with pytest.raises(Ambiguous) as caught:
        found("prompt")
    assert {m.module.id for m in caught.value.matches} >= {"gpt-family", "prompt-injection"}
    assert "prompt-injection   title: Prompt injection" in str(caught.value)


def test_mentions_alone_do_not_decide_between_modules():
    film = Resource("r", "All about beams", "video", "https://example.org", "easy", 5, "before")
    path = PathMap("Path", ("Part",), (
        module(1, "one", cards=(Card("one.1", "What is a beam?", "Wood."),)),
        module(2, "two", resources=(film,)),
    ))
    with pytest.raises(Ambiguous, match="video: All about beams"):
        found("beam", path=path)
    assert found("wood", path=path) == "one"


@pytest.mark.parametrize(("text", "hint"), [
    ("atention", "did you mean 'attention'"),
    ("transfomer", "did you mean 'transformer'"),
    ("quantum gravity", "its modules are: neurons, "),
    ("", "name a module or a concept"),
    ("?!", "name a module or a concept"),
])
def test_what_the_path_does_not_have_is_told_with_the_nearest(text, hint):
    with pytest.raises(NothingMatched, match=hint):
        search(PATH, text)
