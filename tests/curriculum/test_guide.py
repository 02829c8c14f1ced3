"""The promise of the path: every link of the guide has exactly one home in curriculum.yaml."""

import re
from collections import Counter
from pathlib import Path

import pytest

from pathkit import curriculum

ROOT = Path(__file__).resolve().parents[2]
PATH = curriculum.load(ROOT / "curriculum.yaml")

# The guide's links, each once, in the order in which the guide first names them.
GUIDE = (Path(__file__).with_name("guide_urls.txt")).read_text(encoding="utf-8").split()

ESSENTIAL = [
    "bigram",
    "attention",
    "positions",
    "transformer",
    "gpt",
    "gpt-family",
    "scaling-laws",
    "control",
    "prompt-injection",
]

# Where each link of the guide lives: the plan of the path, in order.
HOMES = {
    "neurons": ["3b1b-nn-ch1", "3b1b-nn-topic", "nielsen-nndl"],
    "bigram": ["makemore-1-bigrams"],
    "mlp": ["makemore-2-mlp"],
    "activations": ["makemore-3-batchnorm"],
    "backprop": ["makemore-4-backprop"],
    "word-vectors": ["alammar-word2vec"],
    "attention": [
        "hedu-2-multihead",
        "kaiser-attention-talk",
        "raschka-self-attention",
        "raschka-l19",
    ],
    "positions": ["hedu-1-position"],
    "transformer": [
        "hedu-3-masked",
        "google-transformer-blog",
        "illustrated-transformer",
        "alammar-narrated-transformer",
        "annotated-transformer",
        "transformer-blueprint",
    ],
    "formal-algorithms": ["formal-algorithms-transformers"],
    "tokens": ["gpt2-paper", "openai-gpt2-repo"],
    "gpt": ["karpathy-build-gpt", "pytorch-transformer-tutorial"],
    "gpt-numpy": ["gpt-60-lines-numpy", "illustrated-gpt2"],
    "fine-tuning": [
        "nlp-demystified-15",
        "gpt1-paper",
        "gpt1-openai-blog",
        "gpt1-hf-docs",
        "liu-2018-wikipedia",
    ],
    "gpt-family": [
        "cs25-mark-chen",
        "cs25-playlist",
        "gpt2-paper-cloudfront",
        "gpt2-fermats-library",
        "openai-better-language-models",
        "gpt3-paper",
        "gpt3-announcement",
        "how-gpt3-works",
        "alammar-gpt3-video",
        "five-years-gpt",
        "vgar-timeline",
        "raschka-llm-reading-list",
        "openai-research-index",
    ],
    "assistants": ["state-of-gpt"],
    "scaling-laws": ["kaplan-scaling-laws", "gwern-scaling-hypothesis"],
    "induction-heads": ["olah-cs25-induction", "induction-heads-article"],
    "emergence": ["wei-137-emergent"],
    "control": ["logit-bias-tutorial", "rellm", "cfg-parsing-llms", "guidance"],
    "applications": [
        "huyen-llm-production",
        "eugene-yan-patterns",
        "cohere-llmu",
        "swyx-ai-notes",
        "marvin",
        "chatgdb",
        "shell-gpt",
        "commitgpt",
        "git2gpt",
        "chatpdf",
        "debate-devil",
        "this-word-does-not-exist",
        "chat-gpt-games",
    ],
    "prompt-injection": [
        "indirect-prompt-injection",
        "llm-attacks",
        "poison-llm",
        "gandalf",
        "ggpt-golf",
        "micahflee-ctf",
    ],
    "evaluation": ["open-llm-leaderboard", "lmsys-leaderboard", "chatgpt-failures"],
    "compression": ["chiang-blurry-jpeg", "last-question"],
    "minds": [
        "dailynous-gpt3",
        "borretti-understands",
        "chomsky-false-promise",
        "janus-simulators",
        "acx-simulators",
        "togelius-elden-ring",
        "whiton-a-psy",
    ],
    "languages": ["black-conlang", "szopa-kleti", "cuneiform-deepscribe"],
    "capstone": ["rain1-gist"],
}

# The marks that the guide gives: its sign for the difficulty, if any, and its flags. The guide
# never explains its fire sign; the path reads it as very hard. One article has two signs there.
GUIDE_MARKS = {
    "kaiser-attention-talk": ("easy", ["long"]),
    "makemore-1-bigrams": ("easy", ["long"]),
    "makemore-2-mlp": ("easy", ["long"]),
    "makemore-3-batchnorm": (None, ["long"]),
    "makemore-4-backprop": (None, ["long"]),
    "state-of-gpt": ("easy", []),
    "hedu-1-position": ("easy", []),
    "hedu-2-multihead": ("easy", []),
    "hedu-3-masked": ("easy", []),
    "karpathy-build-gpt": ("medium", ["long"]),
    "olah-cs25-induction": ("hard", ["long"]),
    "induction-heads-article": ("very-hard", []),
    "alammar-word2vec": ("easy", []),
    "alammar-gpt3-video": ("easy", []),
    "alammar-narrated-transformer": ("easy", ["long"]),
    "illustrated-transformer": ("easy", []),
    "raschka-l19": ("very-hard", []),
    "cs25-mark-chen": ("easy", ["long", "low-audio"]),
    "nlp-demystified-15": ("medium", ["long"]),
    "vgar-timeline": ("easy", []),
    "google-transformer-blog": ("easy", []),
    "gpt-60-lines-numpy": ("medium", []),
    "pytorch-transformer-tutorial": ("medium", []),
    "annotated-transformer": ("medium", []),
    "illustrated-gpt2": ("medium", []),
    "how-gpt3-works": ("easy", []),
    "five-years-gpt": ("medium", []),
    "raschka-self-attention": ("medium", []),
    "wei-137-emergent": ("easy", []),
    "cohere-llmu": ("easy", []),
    "eugene-yan-patterns": ("very-hard", []),
}


def test_the_list_of_links_is_whole():
    assert len(GUIDE) == len(set(GUIDE)) == 89
    assert all(url.startswith(("http://", "https://")) for url in GUIDE)
    assert not [url for url in GUIDE if url.endswith((")", ".", ",", "*"))]


def test_every_link_of_the_guide_has_exactly_one_home():
    homes = Counter(resource.url for resource in PATH.resources)
    homes += Counter(link.url for resource in PATH.resources for link in resource.companions)
    assert [url for url in GUIDE if homes[url] == 0] == [], "links without a home"
    assert [url for url in GUIDE if homes[url] > 1] == [], "links with several homes"


def test_every_resource_is_of_the_guide():
    assert [r.id for r in PATH.resources if r.url not in GUIDE] == []


def test_modules_stand_in_the_order_of_the_plan():
    assert [module.id for module in PATH.modules] == list(HOMES)
    assert [len(part.modules) for part in PATH.parts] == [6, 4, 9, 4, 3, 1]


@pytest.mark.parametrize("module", PATH.modules, ids=lambda module: module.id)
def test_resources_stand_in_the_module_of_the_plan(module):
    assert sorted(resource.id for resource in module.resources) == sorted(HOMES[module.id])


@pytest.mark.parametrize("resource", PATH.resources, ids=lambda resource: resource.id)
def test_every_resource_is_complete(resource):
    assert resource.title and resource.authors and all(resource.authors)
    assert 1950 <= resource.year <= 2026 and resource.kind
    assert resource.level in PATH.levels and set(resource.flags) <= set(PATH.flags)
    assert resource.minutes and resource.when
    assert 2 <= len(re.findall(r"[.?](?=\s|$)", resource.summary)) <= 4
    assert len(resource.questions) >= 2
    assert all(question.ask and question.answer for question in resource.questions)


def test_moved_resources_keep_the_link_of_the_guide():
    moved = [resource for resource in PATH.resources if resource.moved]
    assert len(moved) == 13
    for resource in moved:
        assert resource.url in GUIDE, resource.id
        assert resource.moved.url != resource.url, resource.id
        assert resource.moved.note, resource.id


def test_levels_and_flags_are_those_of_the_guide():
    for key, (level, flags) in GUIDE_MARKS.items():
        resource = PATH.resource(key)
        assert level in (None, resource.level), key
        assert list(resource.flags) == flags, key
        assert resource.rated == ("guide" if level else "path"), key
    assert not [r.id for r in PATH.resources if r.rated == "guide" and r.id not in GUIDE_MARKS]
    # The guide doesn't mark these two; they are long all the same.
    extra = {r.id for r in PATH.resources if r.flags and r.id not in GUIDE_MARKS}
    assert extra == {"cs25-playlist", "janus-simulators"}


def test_the_fast_route_takes_about_ten_hours():
    fast = [module for module in PATH.modules if module.essential]
    assert [module.id for module in fast] == ESSENTIAL
    assert 9 <= sum(module.minutes for module in fast) / 60 <= 11


def test_the_fast_route_can_be_walked_alone():
    missing = [
        (module.id, needed)
        for module in PATH.modules
        if module.essential
        for needed in module.requires
        if not PATH.module(needed).essential
    ]
    assert missing == [], "an essential module requires one that is not"


def test_modules_take_an_hour_or_so():
    assert [module.id for module in PATH.modules if not 45 <= module.minutes <= 75] == []


def test_long_resources_are_no_surprise():
    """Videos of more than 45 minutes carry the sign for long."""
    long = [r.id for r in PATH.resources if r.kind == "video" and r.minutes > 45]
    assert [key for key in long if "long" not in PATH.resource(key).flags] == []
