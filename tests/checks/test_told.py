"""What a drive says in its own words is said to the learner as it stands."""

from pathkit.checks.exercise import exercise
from pathkit.checks.told import Told


def _drive(answer, x):
    if answer(x) is None:
        raise Told("After `backward()` the gradient of C is missing.")
    return answer(x)


@exercise(
    title="T", level="easy", minutes=1, prompt="P", hints=["a", "b", "c"],
    probes=lambda rng: [(1.0,), (2.0,)], drive=_drive,
)
def doubled(x: float) -> float:
    """Twice x."""
    return 2 * x


def test_a_drive_tells_what_it_found():
    verdict = doubled.check(lambda x: None)
    assert verdict.status == "wrong value"
    assert verdict.message == "After `backward()` the gradient of C is missing."


def test_a_right_answer_is_told_nothing():
    assert doubled.check(lambda x: x + x).passed
