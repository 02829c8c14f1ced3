"""What protects each machine that runs learner code is asked, told and kept."""

from __future__ import annotations

import pytest

from pathkit.classroom import protection, sandboxes
from pathkit.classroom.grading.executors import Crew
from pathkit.classroom.protection import Protection
from pathkit.errors import EnvironmentProblem

GOOD = Protection("bubblewrap", ("read", "write"))
LESS = Protection("landlock", ("read",), ("count processes",))


def crew(**found) -> Crew:
    return Crew(None, 2, lambda *_: found)


def test_one_machine_without_a_sandbox_is_enough_to_refuse():
    with pytest.raises(EnvironmentProblem, match="^two: no sandbox works here$"):
        protection.ask(crew(one=GOOD, two="no sandbox works here"), "", False)
    assert protection.ask(crew(one=GOOD), "", False) == {"one": GOOD}


def test_of_several_machines_is_kept_what_holds_on_all():
    found = protection.to_plain({"one": GOOD, "two": LESS})
    assert found["name"] == "bubblewrap, landlock" and found["prevents"] == ["read"]
    assert found["allows"] == ["count processes"] and not found["unsafe"]
    assert found["workers"]["one"]["prevents"] == ["read", "write"]
    assert "workers" not in protection.to_plain({"": GOOD})


def test_every_kind_of_protection_is_one_line():
    assert protection.describe({"": GOOD}) == ["sandbox: bubblewrap; seen to prevent: read, write"]
    same = protection.describe({"b": GOOD, "a": GOOD, "c": LESS})
    assert same == [
        "sandbox: bubblewrap; seen to prevent: read, write (on a, b)",
        "sandbox: landlock; seen to prevent: read; not prevented: count processes (on c)",
    ]
    [unsafe] = protection.describe({"": Protection(sandboxes.UNSAFE)})
    assert unsafe.startswith("UNSAFE")


def test_each_takes_its_own_where_they_differ():
    assert protection.name({"a": GOOD, "b": LESS}, "") == ""
    assert protection.name({"a": LESS, "b": LESS}, "") == "landlock"


def test_this_machine_says_why_it_has_none(monkeypatch):
    def none(_):
        raise sandboxes.NoSandbox("tried everything")

    monkeypatch.setattr(sandboxes, "best", none)
    assert protection.here("", False) == "tried everything"


def test_a_sandbox_that_runs_no_kernel_is_none_for_whole_notebooks(monkeypatch):
    monkeypatch.setattr(sandboxes, "best", lambda _: sandboxes.Sandbox("landlock", ()))
    assert protection.here("", False) == Protection("landlock")
    assert "--full starts a kernel" in protection.here("", True)
