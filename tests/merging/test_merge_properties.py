"""Random edits of a learner against random changes of the path: nothing is ever lost."""

from __future__ import annotations

import copy
import json
import re
from collections import Counter

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathkit.merging import notes
from pathkit.merging.merge import merge
from pathkit.notebook_files.cell_identity import CELL_ID, plain
from pathkit.notebook_files.notebook_file import text_of, to_json
from tests.learner.learner_notebooks import (
    Part,
    code,
    exercise,
    opened,
    own,
    path,
    predict,
    prose,
    role,
)

WORDS = [
    "one", "two `three`", "*four*\nfive", "x = 6", "```\nseven\n```", "é 学", "# eight", "  nine",
]
NAMES = ["count", "mean", "loss"]

KINDS, PLACES = 20, 31


def step_of(number: int) -> tuple[int, int, int, str]:
    """A kind of change, two places and a word; one number is drawn faster than four things."""
    number, kind = divmod(number, KINDS)
    number, place = divmod(number, PLACES)
    number, other = divmod(number, PLACES)
    return kind, place, other, WORDS[number]


word = st.sampled_from(WORDS)
steps = st.lists(st.integers(0, KINDS * PLACES**2 * len(WORDS) - 1).map(step_of), max_size=6)
part = st.tuples(st.integers(0, 5), word, word)


def first_version(drawn) -> list[Part]:
    """Parts of a path; exercises and predictions have each name once."""
    parts, names = [Part("set-up")], iter(NAMES)
    for kind, text, more in drawn:
        if kind == 0 and (name := next(names, "")):
            parts.append(exercise(name))
        elif kind == 1 and (name := next(names, "")):
            parts.append(predict(name))
        elif kind == 2:
            parts.append(code(f"{text} {more}"))
        elif kind == 3:
            parts.append(role(f"role-{len(parts)}", text))
        else:
            parts.append(prose(f"{text} {more} {text}"))
    return parts


def next_version(parts: list[Part], drawn) -> list[Part]:
    """What authors do: edit, drop, add, move."""
    parts = list(parts)
    for kind, i, j, text in drawn:
        i, j = i % len(parts), j % len(parts)
        old = parts[i]
        match kind % 8:
            case 0 | 1 | 2:
                parts[i] = Part(old.kind, f"{old.text} {text}", old.name, old.check)
            case 3 if old.kind == "exercise":
                check = f"{old.name} = path.check({old.name}, {j})"
                parts[i] = Part(old.kind, old.text, old.name, check)
            case 4 if len(parts) > 1:
                del parts[i]
            case 5:
                parts.insert(j, prose(f"new {text} {j}"))
            case 6:
                parts.insert(j, code(f"new_{j} = '{text!r}'"))
            case 7:
                parts.insert(j, parts.pop(i))
    return parts


def edited(notebook: dict, drawn) -> dict:
    """What learners and their editors do."""
    notebook = opened(notebook)
    cells = notebook["cells"]
    for step, (kind, i, j, text) in enumerate(drawn):
        if not cells:
            break
        i, j = i % len(cells), j % len(cells)
        cell = cells[i]
        match kind:
            case 0 | 1 | 2:
                cell["source"] = cell["source"].replace("...", f"{text!r}", 1) + f"\n# mine {step}"
            case 3:
                cell["source"] = cell["source"].replace("...", f"return {step}", 1)
            case 4 | 5:
                cells.insert(i, own(f"{text} mine {step}", ["code", "markdown", "raw"][j % 3],
                                    id=["a1b2", "bad id!", cell.get("id"), f"n{step}"][j % 4]))
            case 6:
                cells.insert(j, own(f"{text} mine {step}"))
            case 7 | 8:
                del cells[i]
            case 9:
                cells.insert(j, copy.deepcopy(cell))
            case 10:
                twin = copy.deepcopy(cell)
                twin["id"] = f"pasted-{step}-{i}"
                twin["source"] += f"\n# mine {step}" * (j % 2)
                cells.insert(j, twin)
            case 11 | 12:
                at = j % (len(cell["source"]) + 1)
                first = copy.deepcopy(cell)
                first["source"], cell["source"] = cell["source"][:at], cell["source"][at:]
                if kind == 11:
                    first["id"] = f"split-{step}-{i}"
                cells.insert(i, first)
            case 13 if i + 1 < len(cells):
                cell["source"] += "\n\n" + cells.pop(i + 1)["source"]
            case 14:
                for one in cells if j % 2 else [cell]:
                    one["metadata"] = {}
            case 15:
                for one in cells if j % 2 else [cell]:
                    one.pop("id", None)
            case 16:
                cell["cell_type"] = ["code", "markdown", "raw"][j % 3]
                for name in ("outputs", "execution_count"):
                    cell.pop(name, None)
                if cell["cell_type"] == "code":
                    cell |= {"outputs": [], "execution_count": None}
            case 17 | 18:
                cells.insert(j, cells.pop(i))
            case 19 if cell["cell_type"] == "code":
                cell["execution_count"] = step
                cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "out"}]
    return notebook


# --- what is promised -------------------------------------------------------------------------

PATH_LINES = re.compile(r"^(# exercise: .*|\w+ = path\.check\(.*)$", re.MULTILINE)


def bare(cell: dict) -> str:
    """A cell's text without the lines that are the path's in an exercise."""
    return plain(PATH_LINES.sub("", plain(text_of(cell))))


def written_by_learner(learner: dict, base: dict, told: bool) -> Counter:
    """The texts that no cell of the path had; a learner's copy of a path's cell isn't one.

    told: whether the merge knows the base. Else it can't see a change of white space alone.
    """
    seen = str if told else lambda text: " ".join(text.split())
    given = {seen(bare(cell)) for cell in base["cells"]}
    texts = (bare(c) for c in learner["cells"] if notes.about(c) is None)
    return Counter(text for text in texts if seen(text) not in given)


def all_texts(notebook: dict) -> Counter:
    return Counter(bare(c) for c in notebook["cells"] if notes.about(c) is None)


def is_subsequence(some: list, of: list) -> bool:
    rest = iter(of)
    return all(item in rest for item in some)


def promised(learner: dict, base: dict | None, known: dict, new: dict) -> dict:
    """Merge and hold the result against everything that is promised; returns it.

    base: what the merge is told; known: the version that the learner really has had.
    """
    before = json.dumps((learner, base, new))
    merged, _ = merge(learner, base, new)
    assert json.dumps((learner, base, new)) == before, "the merge changed what it was given"

    missing = written_by_learner(learner, known, base is not None) - all_texts(merged)
    assert not missing, f"lost: {missing}"

    ids = [cell["id"] for cell in merged["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(CELL_ID.fullmatch(i) for i in ids)

    assert merge(merged, base, new)[0] == merged, "merged twice from the same base"
    assert merge(merged, new, new)[0] == merged, "merged again when nothing was new"

    by_id = {cell["id"]: cell for cell in merged["cells"]}
    marks = "\n".join(text_of(c) for c in merged["cells"] if c["cell_type"] == "code")
    for cell in new["cells"]:
        ours = cell["metadata"]["pathkit"]
        if ours["role"] == "exercise":
            assert cell["id"] in by_id or f"# exercise: {ours['exercise']}" in marks
        if cell["id"] in by_id:
            assert by_id[cell["id"]]["metadata"]["pathkit"] == ours
    return merged


@st.composite
def histories(draw):
    """A first version, and then twice: what the learner does, what the path does."""
    parts = first_version(draw(st.lists(part, min_size=1, max_size=6)))
    rounds = [(draw(steps), draw(steps)) for _ in range(draw(st.integers(1, 2)))]
    return parts, rounds, draw(st.integers(0, 4)) == 0


def holds(history) -> None:
    parts, rounds, base_is_lost = history
    base = path(*parts)
    learner = base
    for mine, theirs in rounds:
        learner = edited(learner, mine)
        parts = next_version(parts, theirs)
        new = path(*parts)
        learner = promised(learner, None if base_is_lost else base, base, new)
        base = new
    nbformat.validate(nbformat.from_dict(learner))


GENTLE = [0, 3, 6, 7, 19]  # answers, own cells, deleted cells, outputs: nothing is moved or lost


@st.composite
def gentle_histories(draw):
    parts, [(mine, theirs), *_], _ = draw(histories())
    return parts, [(GENTLE[kind % len(GENTLE)], *rest) for kind, *rest in mine], theirs


def keeps_to_the_path(history) -> None:
    """Without moved or doubled cells, what the learner didn't touch is exactly the path's."""
    parts, mine, theirs = history
    base = path(*parts)
    learner = edited(base, mine)
    new = path(*next_version(parts, theirs))
    merged = promised(learner, base, base, new)
    order = {cell["id"]: i for i, cell in enumerate(new["cells"])}
    ranks = [order[c["id"]] for c in merged["cells"] if c["id"] in order]
    assert ranks == sorted(ranks)
    written = written_by_learner(learner, base, True)
    for cell in merged["cells"]:
        if cell["id"] in order and bare(cell) not in written:
            assert plain(text_of(cell)) == plain(new["cells"][order[cell["id"]]]["source"])
    if not mine:
        assert all_texts(merged) == all_texts(new)


NAMES_OF_FIELDS = st.sampled_from(["pathkit", "role", "exercise", "of", "tags", "module"])
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "text", "exercise", "\ud800"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES_OF_FIELDS, inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(["id", "metadata", "attachments", "outputs", "execution_count", "other"])


def stands(history, oddities) -> None:
    """Whatever a program left in a notebook besides its text, the text is merged."""
    parts, [(mine, theirs), *_], base_is_lost = history
    base = path(*parts)
    learner = edited(base, mine)
    for place, field, value in oddities:
        if learner["cells"]:
            learner["cells"][place % len(learner["cells"])][field] = value
        if place % 5 == 0:
            learner["metadata"] = value
    new = path(*next_version(parts, theirs))
    merged, _ = merge(learner, None if base_is_lost else base, new)
    assert not written_by_learner(learner, base, not base_is_lost) - all_texts(merged)
    json.loads(to_json(merged).encode())


odd_places = st.lists(st.tuples(st.integers(0, 20), FIELDS, ODD), max_size=4)


quick = settings(max_examples=200, deadline=None, derandomize=True)
thorough = settings(
    max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


@quick
@given(histories())
def test_nothing_is_lost(history):
    holds(history)


@quick
@given(gentle_histories())
def test_the_rest_is_the_paths(history):
    keeps_to_the_path(history)


@quick
@given(histories(), odd_places)
@pytest.mark.slow
def test_odd_fields_are_no_reason_to_fail(history, oddities):
    stands(history, oddities)


@pytest.mark.slow
@thorough
@given(histories())
def test_nothing_is_lost_in_ten_thousand_histories(history):
    holds(history)


@pytest.mark.slow
@settings(thorough, max_examples=2_000)
@given(gentle_histories())
def test_the_rest_is_the_paths_in_two_thousand_histories(history):
    keeps_to_the_path(history)
