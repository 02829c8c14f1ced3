"""The model that a learner kept: which of two stays, and why one can't be used."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pathkit.errors import EnvironmentProblem
from pathkit.files import ChangedMeanwhile, contents, write_atomically
from pathkit.kept_models import model_file, shipped
from pathkit.kept_models.facts import Facts
from pathkit.kept_models.kept_model import misfit
from pathkit.kept_models.not_a_model import NotAModel
from pathkit.learner.folder import Folder

if TYPE_CHECKING:
    import numpy as np


@dataclasses.dataclass(frozen=True)
class Found:
    """What lies in a learner's folder under a model's name.

    why: why lessons can't go on with it; "" when they can, and when there is nothing.
    """

    facts: Facts | None = None
    weights: dict[str, np.ndarray] | None = None
    why: str = ""

    @property
    def usable(self) -> bool:
        """Whether lessons can go on with it."""
        return self.facts is not None and not self.why


def file_of(home: Folder, name: str) -> Path:
    """Where a learner's model lies; it need not be there."""
    return home.models / f"{name}{shipped.ENDING}"


def former_of(home: Folder, name: str) -> Path:
    """Where the one lies that the last `keep` replaced."""
    return home.models / f"{name}.before{shipped.ENDING}"


def the_paths(name: str) -> tuple[Facts, dict[str, np.ndarray]]:
    """Facts and weights of the model that comes with the path.

    Raises EnvironmentProblem where it is missing or damaged, or safetensors isn't installed.
    """
    file = shipped.file_of(name)
    try:
        return shipped.read(name)
    except FileNotFoundError:
        why = f"{file} is missing"
    except NotAModel as error:
        why = f"{file} can't be used: {error}"
    except ImportError as error:
        raise EnvironmentProblem(f"{error.name} isn't installed, and kept models need it; `make "
                                 "start` brings it, or `pathkit doctor` says what does") from None
    raise EnvironmentProblem(f"{why}; install the project again")


def find(home: Folder, name: str) -> Found:
    """What a learner kept under `name`; raises nothing for whatever lies there.

    Raises EnvironmentProblem where the path's own, which it must be like, can't be read.
    """
    wanted, theirs = the_paths(name)
    try:
        facts, weights = model_file.read(file_of(home, name))
    except FileNotFoundError:
        return Found()
    except NotAModel as error:
        return Found(why=str(error))
    return Found(facts, weights, misfit(facts, weights, wanted, theirs))


def unfit(facts: Facts, weights: dict[str, np.ndarray], name: str) -> str:
    """Why lessons can't go on with a model in place of the path's; "" when they can."""
    return misfit(facts, weights, *the_paths(name))


def stays(earlier: Found, new: Facts, new_fits: bool) -> str:
    """Why the earlier model should not make room for a new one; "" where it should."""
    if earlier.facts is None or (new_fits and not earlier.usable):
        return ""
    old = f"{earlier.facts.loss:.4f} nats per character, kept on {day(earlier.facts.kept)}"
    if earlier.usable and not new_fits:
        return f"{old}: later lessons can go on with it, and not with this one"
    if earlier.facts.data != new.data:
        return f"{old}, trained on {earlier.facts.data}: losses on other data can't be compared"
    return f"{old}, and this one has {new.loss:.4f}" if earlier.facts.loss < new.loss else ""


def write(home: Folder, facts: Facts, weights: dict[str, np.ndarray]) -> Path | None:
    """Put a model where the next lessons look; one that was there is moved aside, never lost.

    Returns where the former one is now, if there was one. Raises OSError and ChangedMeanwhile.
    """
    file, aside = file_of(home, facts.name), None
    try:
        before = contents(file)
    except FileNotFoundError:
        before = None
    if before is not None:
        aside = former_of(home, facts.name)
        write_atomically(aside, before)
    elif file.is_symlink():
        raise ChangedMeanwhile(str(file))
    write_atomically(file, model_file.packed(weights, facts), before)
    return aside


def day(when: date) -> str:
    """A date as people write it: 30 November 2026."""
    return f"{when.day} {when:%B %Y}"
