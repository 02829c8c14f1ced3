"""The stories' numbers against sampling, against enumeration, and against one another."""

import copy
import hashlib
import itertools
import math
import pickle
import random
import re
import statistics
import subprocess
import sys

import pytest

from pathkit import datasets
from pathkit.datasets import TALES, Tales, tales
from pathkit.datasets.grammar import END

SMALL = Tales(
    she=["ana", "anan"],
    he=["omar"],
    either=["kim"],
    looks=["old", "red"],
    things=["hat", "pan"],
    places=["by a mill", "by a lake", "here"],
    seasons={
        "winter": {"weather": ["cold", "grey"], "treat": ["soup"]},
        "summer": {"weather": ["hot", "grey", "dry"], "treat": ["juice", "soup"]},
    },
    words={"how": ["soon", "too"]},
    passages=[
        ["{hero} got {a look} {thing}.", "{a weather} day, {hero} had {a thing}."],
        ["", " {she} lost {his} {thing} {place}."],
        [" {other} {friend} came {how} and {how} for {him}.", " {friend} came."],
        [" they had {treat}, {place}.", " it was {weather}."],
    ],
)


def every_derivation(grammar):
    """Yield (probability, story, mentions), by a reading of the rules of its own.

    Each choice is enumerated where it is made, the hidden season first. ``mentions`` lists
    (frames so far, variable, value) for each blank.
    """
    lists = {"hero": grammar.names, "friend": grammar.names, "place": grammar.places}
    lists |= {"other": grammar.places, "look": grammar.looks, "thing": grammar.things}
    rivals = {"hero": "friend", "friend": "hero", "place": "other", "other": "place"}
    forms = {"she": ("she", "he"), "him": ("her", "him"), "his": ("her", "his")}

    def fill(parts, p, text, known, mentions, season):
        if not parts:
            yield p, text, known, mentions
            return
        part, rest = parts[0], parts[1:]
        if not part.startswith("{"):
            yield from fill(rest, p, text + part, known, mentions, season)
            return
        name = part.strip("{}").removeprefix("a ")
        variable = "pronoun" if name in forms else name
        if variable in known:
            options = [known[variable]]
        elif variable == "pronoun":
            options = [0] * (known["hero"] not in grammar.he) + [1] * (
                known["hero"] not in grammar.she
            )
        elif variable in season:
            options = season[variable]
        elif variable in grammar.words:
            options = grammar.words[variable]
        else:
            options = [v for v in lists[variable] if v != known.get(rivals.get(variable))]
        for value in options:
            written = forms[name][value] if variable == "pronoun" else value
            if part.startswith("{a "):
                written = ("an " if written[0] in "aeiou" else "a ") + written
            new = known if variable in grammar.words else {**known, variable: value}
            yield from fill(
                rest,
                p / len(options),
                text + written,
                new,
                [*mentions, (variable, value)],
                season,
            )

    for season in grammar.seasons.values():
        for frames in itertools.product(*(enumerate(p) for p in grammar.passages)):
            chance = 1 / len(grammar.seasons)
            chance /= math.prod(len(p) for p in grammar.passages)
            parts = re.findall(r"\{[^}]*\}|[^{}]+", "".join(f for _, f in frames) + "\n")
            path = tuple(i for i, _ in frames)
            for p, text, _, mentions in fill(parts, chance, "", {}, [], season):
                yield p, text, (path, mentions)


@pytest.fixture(scope="module")
def derivations():
    return list(every_derivation(SMALL))


@pytest.fixture(scope="module")
def chances(derivations):
    """story -> probability, the hidden season summed out."""
    total: dict[str, float] = {}
    for p, story, _ in derivations:
        total[story] = total.get(story, 0.0) + p
    return total


@pytest.fixture(scope="module")
def stories():
    return tales(50_000, seed=7)


# -- exhaustive enumeration of a small grammar -------------------------------------------------


def test_enumeration_is_worth_its_name(derivations, chances):
    assert len(chances) > 5_000
    assert len(derivations) > len(chances)  # a season is hidden in some stories


@pytest.mark.slow
def test_probabilities_equal_the_enumeration(chances):
    assert math.fsum(chances.values()) == pytest.approx(1, abs=1e-12)
    found = {story: SMALL.log_probability(story) for story in chances}
    assert math.fsum(map(math.exp, found.values())) == pytest.approx(1, abs=1e-12)
    assert max(abs(found[story] - math.log(p)) for story, p in chances.items()) < 1e-12


def test_entropy_and_length_equal_the_enumeration(chances):
    entropy = -math.fsum(p * math.log(p) for p in chances.values())
    length = math.fsum(p * len(story) for story, p in chances.items())
    assert SMALL.entropy() == pytest.approx(entropy, abs=1e-12)
    assert SMALL.mean_length() == pytest.approx(length, abs=1e-12)
    assert SMALL.nats_per_character() == pytest.approx(entropy / length, abs=1e-12)


def test_memory_cost_is_the_divergence_from_the_forgetful_twin(derivations):
    """Its marginals are counted here, mention by mention, from the enumeration."""
    marginals: dict[tuple, dict] = {}
    of_path: dict[tuple, float] = {}
    joint: dict[tuple, float] = {}
    for p, _, (path, mentions) in derivations:
        of_path[path] = of_path.get(path, 0.0) + p
        key = (path, tuple(mentions))
        joint[key] = joint.get(key, 0.0) + p
        for i, (_, value) in enumerate(mentions):
            counts = marginals.setdefault((path, i), {})
            counts[value] = counts.get(value, 0.0) + p
    divergence = 0.0
    for (path, mentions), p in joint.items():
        q = of_path[path]
        for i, (_, value) in enumerate(mentions):
            q *= marginals[path, i][value] / of_path[path]
        divergence += p * math.log(p / q)
    assert SMALL.memory_cost() == pytest.approx(divergence, abs=1e-9)
    assert all(cost >= 0 for cost in SMALL.memory_costs().values())


@pytest.mark.slow
def test_conditional_equals_the_enumeration(chances):
    prefixes: dict[str, dict[str, float]] = {}
    for story, p in chances.items():
        for i, character in enumerate(story):
            after = prefixes.setdefault(story[:i], {})
            after[character] = after.get(character, 0.0) + p
    chosen = random.Random(0).sample(sorted(prefixes), 3_000)
    for prefix in ["", *chosen]:
        total = math.fsum(prefixes[prefix].values())
        expected = {c: p / total for c, p in sorted(prefixes[prefix].items())}
        found = SMALL.conditional(prefix)
        assert list(found) == list(expected)
        assert max(abs(found[c] - expected[c]) for c in found) < 1e-12


@pytest.mark.slow
def test_alphabet_is_what_occurs(chances, stories):
    assert SMALL.alphabet == "".join(sorted(set("".join(chances))))
    assert TALES.alphabet == "".join(sorted(set("".join(stories))))
    assert TALES.alphabet[0] == END and len(TALES.alphabet) <= 30


# -- Monte Carlo on the grammar itself ---------------------------------------------------------


@pytest.mark.slow
def test_entropy_is_the_mean_surprise(stories):
    surprises = [-TALES.log_probability(story) for story in stories]
    assert max(surprises) < math.inf  # every story parses
    error = statistics.stdev(surprises) / math.sqrt(len(surprises))
    mean = statistics.fmean(surprises)
    assert mean == pytest.approx(TALES.entropy(), abs=4 * error)
    assert mean == pytest.approx(TALES.entropy(), rel=2e-3)
    per_character = math.fsum(surprises) / sum(map(len, stories))
    assert per_character == pytest.approx(TALES.nats_per_character(), abs=5e-4)


def test_mean_length_is_the_mean_length(stories):
    lengths = [len(story) for story in stories]
    error = statistics.stdev(lengths) / math.sqrt(len(lengths))
    assert statistics.fmean(lengths) == pytest.approx(TALES.mean_length(), abs=4 * error)
    assert 100 <= min(lengths) and max(lengths) <= 250


@pytest.mark.slow
def test_chain_rule(stories):
    for story in stories[:40]:
        surprise = -math.fsum(
            math.log(TALES.conditional(story[:i])[story[i]]) for i in range(len(story))
        )
        assert surprise == pytest.approx(-TALES.log_probability(story), abs=1e-9)
        assert TALES.conditional(story) == {}


def test_conditional_is_a_distribution(stories):
    for story in stories[40:60]:
        for i in range(0, len(story), 7):
            chances = TALES.conditional(story[:i])
            assert list(chances) == sorted(chances)
            assert math.fsum(chances.values()) == pytest.approx(1, abs=1e-12)


def test_the_hidden_season_is_inferred():
    """Cold days are winter's; a grey day may be either's, by Bayes' rule."""
    after = SMALL.conditional("a cold day, kim had a pan. ana came. they had ")
    assert after == {"s": 1.0}
    # grey: p(winter) : p(summer) = 1/2 : 1/3; juice has half of the summer
    after = SMALL.conditional("a grey day, kim had a pan. ana came. they had ")
    assert after == pytest.approx({"j": 0.2, "s": 0.8})


def test_a_name_for_both_waits_for_its_pronoun():
    """The second passage opens with he or she in half of the stories."""
    chances = {hero: SMALL.conditional(f"{hero} got an old pan. ") for hero in SMALL.names}
    assert chances["kim"]["h"] > 0.25 and chances["kim"]["s"] == pytest.approx(0.25)
    assert chances["ana"]["s"] == pytest.approx(0.5)
    assert "s" not in chances["omar"]
    known = SMALL.conditional("kim got an old pan. she lost h")
    assert known == {"e": 1.0}


# -- what the grammar says and does not say ------------------------------------------------------


def test_the_story_remembers(stories):
    for story in stories[:300]:
        about = TALES.parse(story)
        assert about["hero"] != about["friend"]
        assert about["place"] != about.get("other")
        last = story[story.rindex(about["place"]) :]
        assert about["friend"] in last
        if about["hero"] in TALES.she:
            assert about["pronoun"] == "she" and not re.search(r"\b(he|his|him)\b", story)
        if about["hero"] in TALES.he:
            assert about["pronoun"] == "he" and not re.search(r"\b(she|her)\b", story)


def test_altered_stories_are_impossible(stories):
    for story in stories[:200]:
        about = TALES.parse(story)
        for variable, pool in (
            ("friend", TALES.names),
            ("place", TALES.places),
            ("thing", TALES.things),
        ):
            value = about[variable]
            before, after = story[: (at := story.rindex(value))], story[at + len(value) :]
            taken = (value, about["hero"], about.get("other"))
            wrong = next(v for v in pool if v not in taken)
            altered = before + wrong + after
            if story.count(value) > 1:
                assert TALES.log_probability(altered) == -math.inf
                assert TALES.parse(altered) is None
        assert TALES.log_probability(story[:-1]) == -math.inf  # no end marker
        assert TALES.log_probability(story + story) == -math.inf
        assert TALES.log_probability(story.replace(" it ", " them ", 1) + "x") == -math.inf
    assert TALES.log_probability("") == -math.inf


def test_articles_agree(stories):
    text = "".join(stories[:5_000])
    assert not re.search(r"\ba [aeiou]", text)
    assert not re.search(r"\ban [^aeiou]", text)
    assert not re.search(r"  | [,.]|[.,][a-z]", text)


def test_an_impossible_beginning_is_located():
    with pytest.raises(ValueError, match="to character 4.*can't go on with 'flew'"):
        SMALL.conditional("ana flew")


def test_names_are_balanced():
    assert len(TALES.she) == len(TALES.he)


# -- determinism ---------------------------------------------------------------------------------


def test_stories_are_fixed():
    digest = hashlib.sha256("".join(tales(1000, 0)).encode("ascii")).hexdigest()
    assert digest == "54d62abeabe90eb6d87e64c9f636d7f8b7d09b0861f33f2754362ec2a31a3737"


def test_a_short_draw_begins_a_long_one():
    assert tales(10, 3) == tales(20, 3)[:10]
    assert tales(10, 3) != tales(10, 4)
    assert tales(0) == []
    assert tales(5) == tales(5, 0) == TALES.sample(5, seed=0)


@pytest.mark.parametrize(
    "arguments, error", [((-1,), ValueError), ((1, -1), ValueError), ((1.5,), TypeError)]
)
def test_bad_arguments(arguments, error):
    with pytest.raises(error):
        tales(*arguments)


def test_import_needs_no_numeric_library():
    code = "import sys, pathkit.datasets; print('numpy' in sys.modules, 'torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_the_function_is_what_the_package_shows():
    assert callable(datasets.tales)
    assert {"TALES", "Tales", "tales"} <= set(datasets.__all__)


# -- changing the grammar ------------------------------------------------------------------------


def test_replace_gives_another_grammar_with_its_own_entropy():
    fewer = TALES.replace(things=TALES.things[:6])
    assert TALES.entropy() - fewer.entropy() == pytest.approx(math.log(2), abs=1e-12)
    assert fewer.memory_cost() < TALES.memory_cost()
    assert all(fewer.log_probability(story) > -math.inf for story in fewer.sample(50))
    assert TALES.things == TALES.replace().things and TALES == TALES.replace()


def test_a_word_drawn_anew_each_time():
    twice = SMALL.replace(passages=[["{hero} came {how} and {how}."]])
    assert twice.entropy() == pytest.approx(math.log(4) + 2 * math.log(2), abs=1e-12)
    assert twice.memory_cost() == 0


def test_no_seasons_at_all():
    plain = SMALL.replace(seasons={}, passages=[["{hero} ran."]])
    assert plain.entropy() == pytest.approx(math.log(4))
    assert plain.conditional("a") == {"n": 1.0}


def test_copies_are_equal():
    assert copy.deepcopy(SMALL) == SMALL == pickle.loads(pickle.dumps(SMALL))


@pytest.mark.parametrize(
    "change, message",
    [
        ({"things": []}, "things: the list is empty"),
        ({"things": ["hat", "hat"]}, r"things: \['hat'\] more than once"),
        ({"things": ["Hat"]}, "'Hat' is not lower-case a to z"),
        ({"things": ["hat "]}, "'hat ' is not lower-case"),
        ({"things": [3]}, "3 is not lower-case"),
        ({"he": ["ana"]}, "names .* more than once"),
        ({"places": ["here"]}, "places: at least 2"),
        ({"she": ["ana"], "he": [], "either": []}, "names: at least 2"),
        ({"passages": []}, "at least one frame"),
        ({"passages": [[]]}, "at least one frame"),
        ({"passages": [["{hera} ran."]]}, "no blank 'hera'; there are .*'hero'"),
        ({"passages": [["{hero} ran!"]]}, "holds more than"),
        ({"passages": [["{hero ran."]]}, "holds more than"),
        ({"passages": [["{she} ran with {hero}."]]}, "before {hero}"),
        ({"passages": [["", "{hero}."], [" {she} ran."]]}, "before {hero}"),
        ({"words": {"hero": ["ana"]}}, "'hero' is defined twice"),
        ({"words": {"treat": ["pie"]}}, "'treat' is defined twice"),
        ({"words": {"how": []}}, "how: the list is empty"),
        ({"words": {"How": ["soon"]}}, "must be one lower-case word"),
        (
            {"seasons": {"a": {"weather": ["hot"]}, "b": {"treat": ["pie"]}}},
            "all need the same blanks",
        ),
        # two readings
        ({"passages": [["{hero} ran.", "{hero} ran."]]}, "read in two ways at '[a-z]+ ran"),
        ({"passages": [["{hero} ran.", "{friend} ran."]]}, "read in two ways"),
        ({"passages": [["", ""], ["{hero} ran."]]}, "read in two ways"),
        ({"passages": [["", " so."], ["", " so."], ["{hero} ran."]]}, "read in two ways"),
        (
            {"words": {"how": ["a", "a b", "b c", "c"]}, "passages": [["{how} {how}."]]},
            "read in two ways at 'a b c",
        ),
    ],
)
def test_what_a_grammar_may_not_be(change, message):
    with pytest.raises(ValueError, match=message):
        SMALL.replace(**change)


@pytest.mark.parametrize(
    "change, message",
    [
        ({"things": "hat"}, "things: expected a list of words, got the string 'hat'"),
        ({"passages": ["{hero} ran."]}, "a list of frames for each passage"),
        ({"thing": ["hat"]}, r"unknown fields \['thing'\]: choose from"),
    ],
)
def test_wrong_types(change, message):
    with pytest.raises(TypeError, match=message):
        SMALL.replace(**change)
