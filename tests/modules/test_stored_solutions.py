"""What the solutions show: every answer of ours passed where it stands, with all its lesson has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SOLUTIONS = sorted((Path(__file__).parents[2] / "notebooks" / "solutions").glob("*.ipynb"))


@pytest.mark.parametrize("file", SOLUTIONS, ids=lambda file: file.stem)
def test_no_check_of_a_stored_solution_failed(file):
    """A reference that lacks an import there fails in the notebook, and nowhere else."""
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    checked = [c for c in cells if c["metadata"]["pathkit"]["role"] == "exercise"]
    assert checked
    for cell in checked:
        said = json.dumps(cell["outputs"], ensure_ascii=False)
        assert "passed" in said and "✗" not in said, cell["id"]
