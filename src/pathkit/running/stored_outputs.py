"""An executed notebook as it is stored: the same whenever it comes out the same."""

from __future__ import annotations

import copy
import json

from pathkit.notebook_files.notebook_file import KERNELSPEC, LANGUAGE_INFO, to_json


def cleaned(text: str) -> str:
    """An executed notebook without what differs from run to run: times, paths, stream splits."""
    notebook = json.loads(text)
    notebook["metadata"].pop("papermill", None)
    notebook["metadata"]["kernelspec"] = dict(KERNELSPEC)
    notebook["metadata"]["language_info"] = copy.deepcopy(LANGUAGE_INFO)
    notebook["cells"] = [cell for cell in notebook["cells"] if not _is_marker(cell)]
    for cell in notebook["cells"]:
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        if not cell["metadata"].get("tags", True):
            del cell["metadata"]["tags"]
        if cell["cell_type"] == "code":
            cell["outputs"] = _joined(cell["outputs"])
        cell["source"] = "".join(cell["source"])
    return to_json(notebook)


def _is_marker(cell: dict) -> bool:
    """Whether papermill put a cell there to point at an error."""
    return "papermill-error-cell-tag" in cell["metadata"].get("tags", ())


def _joined(outputs: list[dict]) -> list[dict]:
    """Neighbouring pieces of one stream become one: how stdout was cut is a race."""
    joined: list[dict] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        same = output["output_type"] == "stream" == last.get("output_type")
        if same and output["name"] == last["name"]:
            last["text"] = "".join(last["text"]) + "".join(output["text"])
        else:
            whole = {"text": "".join(output["text"])} if "text" in output else {}
            joined.append({**output, **whole})
    for output in joined:
        if output["output_type"] == "stream":
            output["text"] = output["text"].splitlines(keepends=True)
    return joined
