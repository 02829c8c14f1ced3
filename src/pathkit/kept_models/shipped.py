"""The models that come with the path."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pathkit.kept_models import model_file
from pathkit.kept_models.facts import Facts

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

    Raises NotAModel where it is damaged, FileNotFoundError, and ImportError without safetensors.
    """
    return model_file.read(file_of(name))
