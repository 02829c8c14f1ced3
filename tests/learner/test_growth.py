"""What a learner waits for stays short where the path and the log are long, and says the same."""

from __future__ import annotations

import dataclasses
import json
import random
import time

import pytest

from pathkit import progress_log
from pathkit.learner import progress, what_next
from pathkit.path_map import Module, PathMap


def module(number: int, requires: tuple[str, ...] = (), draft: bool = False) -> Module:
    return Module(
        id=f"m{number}", number=number, title=f"M{number}", tagline="", part="P", file="",
        level="easy", essential=False, minutes=30, requires=requires, outcomes=(), exercises=(),
        predictions=(), can_skip=False, resources=(), cards=(), group=None, draft=draft,
    )


def made_up(rng: random.Random, size: int) -> PathMap:
    """A path whose modules build on some that may stand before or behind them, without circles."""
    ground = list(range(1, size + 1))
    rng.shuffle(ground)
    modules = []
    for place, number in enumerate(ground):
        below = rng.sample(ground[:place], min(place, rng.choice([0, 1, 1, 2])))
        modules.append(module(number, tuple(f"m{n}" for n in below), rng.random() < 0.2))
    return PathMap("", ("P",), tuple(sorted(modules, key=lambda m: m.number)))


def one_by_one(state: progress.Progress, among: frozenset[str]) -> list[Module]:
    """The order of what is left as it is defined: the best of all that can come next, each time."""
    left = list(what_next._left(state, among))
    lessons = [m for m in left if not m.draft]
    done = {m.id for m in state.path.modules if state.finished(m)}
    numbers = {m.id: m.number for m in state.path.modules}
    last, found = state.last_module, []
    while lessons:
        ready = [m for m in lessons if done.issuperset(m.requires)] or [
            m for m in lessons if not what_next._missing(state.path, m, done)]
        here = 0 if among else numbers.get(last, 0)
        one = min(ready, key=lambda m: (m.id != last, m.number < here, m.number))
        found.append(one)
        lessons.remove(one)
        done.add(one.id)
        last = one.id
    return found + [m for m in left if m.draft]


@pytest.mark.parametrize("seed", range(60))
def test_what_comes_next_is_the_best_of_all_that_can(seed):
    rng = random.Random(seed)
    path = made_up(rng, 12)
    state = progress.Progress(path)
    for one in rng.sample(path.modules, 3):
        state.module(one.id).marked = True
    state.last_module = rng.choice(["", *(m.id for m in path.modules)])
    for among in (frozenset(), frozenset(m.id for m in rng.sample(path.modules, 4))):
        assert what_next.in_order(state, among) == one_by_one(state, among)


def test_an_order_of_thousands_of_modules_takes_a_moment():
    state = progress.Progress(made_up(random.Random(0), 4000))
    begun = time.process_time()
    assert len(what_next.in_order(state)) == 4000
    assert time.process_time() - begun < 1.0


LINES = [
    b'{"id": "a", "at": "2026-03-01T09:00:00.000000Z", "kind": "active", "module": "m1"}',
    b'{"id": "b", "at": "2026-03-01T10:00:00+02:00", "kind": "active", "module": "m1"}',
    b'{"id": "c", "at": "2026-W09-1T09:00:00.000000Z", "kind": "active", "module": "m1"}',
    b'{"id": "d", "at": "2026-03-01T09:00:00.000000Z", "kind": "active", "module"',
    b'{"id": "e", "at": "2026-03-01T09:00:00.000000Z", "kind": "active", "module": "m1"},'
    b'{"id": "f", "at": "2026-03-01T09:00:00.000000Z", "kind": "active", "module": "m1"}',
    b"", b"  ", b"7", b"null", b'"text', b'text"', b"[1", b"2]", b"\xff\xfe", b"\r",
    b'{"id": "g", "at": "2026-03-01T08:30:00.000000Z", "kind": "ready", "module": "m2"}\r',
    "\ufeff".encode() + b'{"id": "h"}',
]


@pytest.mark.parametrize("seed", range(40))
def test_many_lines_read_at_once_are_what_each_is_alone(tmp_path, monkeypatch, seed):
    rng = random.Random(seed)
    monkeypatch.setattr(progress_log, "AT_ONCE", rng.choice([1, 3, 8, 1000]))
    lines = rng.choices(LINES[:3] if seed < 5 else LINES, k=rng.randrange(1, 25))
    log = tmp_path / "progress.jsonl"
    log.write_bytes(b"\n".join(lines))
    alone = filter(None, map(progress_log._event, lines))
    assert progress_log.read(log) == progress_log.in_order(alone)


def test_every_time_is_read_in_one_form(tmp_path):
    log = tmp_path / "progress.jsonl"
    log.write_bytes(b"\n".join(LINES[:3]))
    assert [(e["id"], e["at"]) for e in progress_log.read(log)] == [
        ("c", "2026-02-23T09:00:00.000000Z"),
        ("b", "2026-03-01T08:00:00.000000Z"),
        ("a", "2026-03-01T09:00:00.000000Z"),
    ]


def test_a_log_of_fifty_thousand_events_takes_a_moment(tmp_path):
    path = made_up(random.Random(0), 30)
    event = progress_log.new("active", "m3")
    log = tmp_path / "progress.jsonl"
    log.write_text("".join(
        json.dumps({**event, "id": str(n), "at": f"2026-03-{n // 1800 + 1:02}T"
                    f"{n % 1800 // 75:02}:{n % 75 % 60:02}:00.000000Z"}) + "\n"
        for n in range(50_000)))
    begun = time.process_time()
    state = progress.replay(path, progress_log.read(log))
    assert time.process_time() - begun < 1.0
    assert len(state.days) == 28 and dataclasses.asdict(state.modules["m3"])["opened"]
