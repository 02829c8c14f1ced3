"""Stopping, going on and keeping in the gpt lesson: its cells, its figures, other right answers."""

from __future__ import annotations

import re

import pytest

from pathkit.kept_models import shipped
from pathkit.path_modules import OURS, RIGHT_ANSWERS
from pathkit.strength.kept_answers import read

torch = pytest.importorskip("torch")
from pathkit.checks.loading import exercises_of  # noqa: E402
from pathkit.modules.gpt.stopped import AS_SAVED, said_of, stopped  # noqa: E402

EXERCISE = exercises_of("gpt")["Checkpoint"]
LESSON = OURS.lesson("gpt").read_text(encoding="utf-8")
PROBE = ("adamw", 2, 1, 5, 3)
RIGHT = [answer for answer in read(OURS.folder_of("gpt") / RIGHT_ANSWERS)
         if answer.exercise == "Checkpoint"]


@pytest.mark.parametrize("answer", RIGHT, ids=lambda answer: answer.note)
def test_right_answers_in_other_styles_pass(answer):
    namespace: dict = {}
    exec(answer.source, namespace)
    verdict = EXERCISE.check(namespace["Checkpoint"])
    assert verdict.passed, verdict.message


def test_two_or_more_are_kept():
    assert len(RIGHT) >= 2


# Spellings of the mistakes that people make, and a part of what each must be told.
WRONG = {
    "weights by a view, averages forgotten": ("""
        def __init__(self, model, optimizer, generator, step):
            self.m, self.g, self.s = model.state_dict(), generator.get_state(), step
        def restore(self, model, optimizer, generator):
            model.load_state_dict(self.m)
            generator.set_state(self.g)
            return self.s
     """, "the model is as it was after the later steps"),
    "the rates, not the averages": ("""
        def __init__(self, model, optimizer, generator, step):
            self.m = copy.deepcopy(model.state_dict())
            self.rates = [dict(g, params=0) for g in optimizer.param_groups]
            self.g, self.s = generator.get_state(), step
        def restore(self, model, optimizer, generator):
            model.load_state_dict(self.m)
            for group, rate in zip(optimizer.param_groups, self.rates):
                group["weight_decay"] = rate["weight_decay"]
            generator.set_state(self.g)
            return self.s
     """, "The optimizer starts afresh"),
    "the generator of everybody": ("""
        def __init__(self, model, optimizer, generator, step):
            self.m = copy.deepcopy((model.state_dict(), optimizer.state_dict()))
            self.g, self.s = torch.get_rng_state(), step
        def restore(self, model, optimizer, generator):
            model.load_state_dict(self.m[0])
            optimizer.load_state_dict(self.m[1])
            torch.set_rng_state(self.g)
            return self.s
     """, "The generator isn't put back"),
    "a shallow copy": ("""
        def __init__(self, model, optimizer, generator, step):
            self.m, self.o = dict(model.state_dict()), dict(optimizer.state_dict())
            self.g, self.s = generator.get_state(), step
        def restore(self, model, optimizer, generator):
            model.load_state_dict(self.m)
            optimizer.load_state_dict(self.o)
            generator.set_state(self.g)
            return self.s
     """, "Nothing was copied"),
    "seeded anew": ("""
        def __init__(self, model, optimizer, generator, step):
            self.m = copy.deepcopy((model.state_dict(), optimizer.state_dict()))
            self.seed, self.s = generator.initial_seed(), step
        def restore(self, model, optimizer, generator):
            model.load_state_dict(self.m[0])
            optimizer.load_state_dict(self.m[1])
            generator.manual_seed(self.seed)
            return self.s
     """, "went back to its seed"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_mistake_is_told_however_it_is_spelled(kind):
    body, said = WRONG[kind]
    source = "import copy\nimport torch\nclass Checkpoint:\n" + body.replace("\n        ", "\n    ")
    namespace: dict = {}
    exec(source, namespace)
    verdict = EXERCISE.check(namespace["Checkpoint"])
    assert not verdict.passed and said in f"{verdict.message}", verdict.message


def test_a_new_training_doesnt_come_back_by_itself():
    """The drive finds what isn't restored, so that no forgotten part can pass."""

    class Nothing:
        def __init__(self, *parts):
            pass

        def restore(self, *parts):
            return 2

    found = stopped(Nothing, *PROBE)
    assert AS_SAVED not in (found["weights"], found["optimizer"], found["generator"])
    assert not found["same end"] and "nothing was put back" in said_of(found, *PROBE)
    assert said_of(stopped(EXERCISE.reference, *PROBE), *PROBE) is None


def test_the_global_generator_is_left_alone():
    torch.manual_seed(5)
    before = torch.get_rng_state()
    stopped(EXERCISE.reference, *PROBE)
    assert torch.equal(torch.get_rng_state(), before)


def test_what_the_lesson_says_of_the_paths_model():
    facts, _ = shipped.read("gpt")
    stories = facts.steps * facts.recipe["batch_size"]
    gap = facts.recipe["nats_above_entropy_per_story"]
    prose = re.sub(r"\n# ?", " ", LESSON)
    assert f"It read {stories:,} stories, each once, and is {gap:.2f} nats a story above" in prose


def test_the_model_is_a_third_of_its_checkpoint():
    """AdamW keeps two averages for each weight."""
    model = torch.nn.Linear(3, 2)
    optimizer = torch.optim.AdamW(model.parameters())
    model(torch.ones(1, 3)).sum().backward()
    optimizer.step()
    averages = sum(v.numel() for s in optimizer.state_dict()["state"].values()
                   for name, v in s.items() if name != "step")
    assert averages == 2 * sum(p.numel() for p in model.parameters())
    assert "AdamW's two averages for each weight" in re.sub(r"\n# ?", " ", LESSON)


def test_the_notebook_imports_what_the_answer_needs():
    """In a notebook there is no file of the exercise around the class."""
    first = LESSON[LESSON.index("# %%\n"):].partition("# %% tags")[0]
    assert all(f"import {name}\n" in first for name in re.findall(r"\b(copy)\.", EXERCISE.source))
    assert "copy." in EXERCISE.source
