"""An erratum never answers an exercise of its own module: the rule, by line."""

from __future__ import annotations

import pytest

from pathkit.curriculum import CurriculumError, loads
from pathkit.curriculum.spoilers import telling
from tests.curriculum.test_curriculum import VALID

ERRATUM = "              - says: All is one.\n                instead: It is not.\n"
LINE = VALID[: VALID.index(ERRATUM)].count("\n") + 1
AUDITED = "        exercises: [count, Counter]\n"


def problems(erratum: str, audits: str = "[no-tour]") -> list[str]:
    source = VALID.replace(ERRATUM, erratum)
    source = source.replace(AUDITED, f"{AUDITED}        audits: {audits}\n")
    try:
        loads(source)
    except CurriculumError as error:
        return str(error).splitlines()
    return []


def erratum(says: str, instead: str, *more: str) -> str:
    fields = [f"says: '{says}'", f"instead: '{instead}'", *more]
    return "              - " + "\n                ".join(fields) + "\n"


@pytest.mark.parametrize(("says", "instead"), [
    ("The rate is 5.", "It is 7."),
    ("The rate is wrong.", "It is `x + 1`."),
    ("The rate is wrong.", "It is $x^2$."),
    ("It costs 0.004.", "It costs 0.016 dollars, and 0.004 fits half of it."),
])
def test_a_correction_with_a_figure_in_an_audited_resource_needs_a_warning(says, instead):
    [problem] = problems(erratum(says, instead))
    assert problem.startswith(f"curriculum.yaml:{LINE + 1}:")
    assert "an exercise audits this resource" in problem and "add a 'warning'" in problem
    assert problems(erratum(says, instead, "warning: One figure is wrong.")) == []
    assert problems(erratum(says, instead, "of: guide")) == []
    assert problems(erratum(says, instead), audits="[]") == []


def test_words_alone_and_figures_that_the_resource_gives_need_none():
    assert problems(erratum("All is 1.", "It is not 1.")) == []


def test_a_warning_does_not_give_the_answer():
    for audits in ("[]", "[no-tour]"):
        [problem] = problems(
            erratum("It is 5.", "It is 1,024.", "warning: It is nearer to 1,024."), audits)
        assert problem.startswith(f"curriculum.yaml:{LINE + 3}:")
        assert "it says 1,024, as 'instead' does: warn without the answer" in problem


def test_what_is_audited_is_a_resource_of_the_module():
    [problem] = problems(ERRATUM, audits="[tour]")
    assert "the module has no resource 'tour' to audit" in problem


def test_whose_slip_it_is_has_two_values():
    [problem] = problems(erratum("a", "b", "of: gide"))
    assert "did you mean 'guide'?" in problem


def test_what_tells():
    assert telling("From 1,316M to `n - 1` and $x_2$, 0.5.") == {"1,316", "`n - 1`", "$x_2$", "0.5"}
    assert telling(None) == set() == telling(["5"])
