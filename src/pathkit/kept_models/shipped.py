"""The models that come with the path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pathkit.errors import EnvironmentProblem
from pathkit.kept_models import model_file
from pathkit.kept_models.facts import Facts
from pathkit.kept_models.not_a_model import NotAModel

if TYPE_CHECKING:
    import numpy as np

FOLDER = Path(__file__).parents[1] / "datasets"
ENDING = ".safetensors"


def names() -> list[str]:
    """What `path.model` can be asked for."""
    return sorted(file.stem for file in FOLDER.glob(f"*{ENDING}"))


def file_of(name: str) -> Path:
    """Where a model of the path lies; it need not be there."""
    return FOLDER / f"{name}{ENDING}"


def read(name: str) -> tuple[Facts, dict[str, np.ndarray]]:
    """Facts and weights of a model of the path.

    Raises EnvironmentProblem where it is missing or damaged, or safetensors isn't installed.
    """
    file = file_of(name)
    try:
        return model_file.read(file)
    except FileNotFoundError:
        why = f"{file} is missing"
    except NotAModel as error:
        why = f"{file} can't be used: {error}"
    except ImportError as error:
        raise EnvironmentProblem(f"{error.name} isn't installed, and kept models need it; `make "
                                 "start` brings it, or `pathkit doctor` says what does") from None
    raise EnvironmentProblem(f"{why}; install the project again")
