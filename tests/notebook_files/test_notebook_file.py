"""What isn't a notebook is called what it is; older notebooks are read."""

from __future__ import annotations

import gzip
import json

import nbformat
import pytest

from pathkit.notebook_files.notebook_file import NotANotebook, ours, read, text_of, to_json
from tests.learner.learner_notebooks import SET_UP, exercise, path, prose

GOOD = to_json(path(SET_UP, prose("Words – and a dash."), exercise("count")))
LINES = GOOD.splitlines(keepends=True)
CONFLICT = "".join([*LINES[:5], "<<<<<<< HEAD\n", *LINES[5:8], "=======\n", *LINES[5:8],
                    ">>>>>>> origin/main\n", *LINES[8:]])
PAGE = "<!DOCTYPE html>\n<html lang=en><head><title>\n  Sign in\n</title></head></html>"


@pytest.mark.parametrize(("data", "why", "mend"), [
    (b"", "it is empty", ""),
    (b"\r\n \n", "it is empty", ""),
    (b"\0" * 4096, "nothing but zero bytes", ""),
    (GOOD[:300].encode() + b"\0" * 500, "zero bytes from line", ""),
    (PAGE.encode(), "it is a web page ('Sign in')", "download it again, signed in"),
    (b"\n\n<HTML><body>", "it is a web page", "download it again"),
    ("\ufeff<html>".encode(), "it is a web page", "download it again"),
    (b"<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "it is XML", "download"),
    (b"404: Not Found", "text that begins with '404: Not Found'", "download"),
    (b'{"message": "Not Found", "status": "404"}', "a site's answer ('Not Found')", "download"),
    (b'{"url": "https://drive", "doc_id": "1"}', "a link to a file in a cloud", "download"),
    (GOOD.encode("utf-16"), "it is UTF-16", "save it as UTF-8"),
    (GOOD.encode("utf-16-be"), "it is UTF-16", "save it as UTF-8"),
    (GOOD.encode("utf-32"), "it is UTF-32", "save it as UTF-8"),
    (GOOD.encode("cp1252"), "it is not UTF-8 in line", "save it as UTF-8"),
    (CONFLICT.encode(), "two versions stand in it, a conflict", "git checkout --ours"),
    (CONFLICT.replace("<<<<<<< HEAD\n", "").encode(), "======= in line", "git checkout"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "Git LFS", "lfs pull"),
    (gzip.compress(GOOD.encode()), "compressed (gzip)", "unpack it"),
    (b"PK\x03\x04" + b"x" * 99, "it is a zip", "unpack it"),
    (b"%PDF-1.7\n", "it is a PDF", ".ipynb"),
    (b"import numpy as np\n\nprint(1)\n", "it is Python code", "end in .py"),
    (b"# %% [markdown]\n# # Title\n\n# %%\nx = f(1)\n", "it is Python code", "end in .py"),
    (GOOD[:700].encode(), "it breaks off in line", ""),
    (GOOD.rstrip()[:-2].encode(), "it breaks off in line", ""),
    ((GOOD + GOOD).encode(), "more follows after its end", ""),
    (b'{"cells": [1 2], "nbformat": 4}  ' , "its JSON breaks in line 1", ""),
    (b"[]", "no list of cells", ""),
    (b'{"cells": {}}', "no list of cells", ""),
    (b'{"cells": [], "nbformat": 5}', "its format is 5", "format 4"),
    (b'{"worksheets": 3, "nbformat": 3}', "its format is 3, and it can't", "open and save"),
    (b"[" * 99_999, "its JSON can't be read", ""),
    (b"\x00\x05\x16\x07\x00\x02" + b"\0" * 80, "what macOS keeps beside a file", "without ._"),
])
def test_the_cause_by_name(data, why, mend):
    with pytest.raises(NotANotebook) as found:
        read(data)
    assert why in str(found.value)
    assert found.value.mend.find(mend) >= 0 and bool(mend) == bool(found.value.mend)
    assert len(str(found.value)) < 200 and "\n" not in str(found.value)


def test_any_cut_is_a_cut():
    """Wherever a notebook was cut short, that is what is said."""
    for at in range(1, len(GOOD) - 2, 7):
        with pytest.raises(NotANotebook, match="breaks off"):
            read(GOOD[:at].encode())


def test_what_only_looks_odd_is_read():
    assert read(("\ufeff" + GOOD.replace("\n", "\r\n")).encode())["nbformat"] == 4


@pytest.mark.parametrize("version", [3, 2])
def test_an_older_notebook_is_read_as_one_of_today(version):
    cells = json.loads(GOOD)
    for cell in cells["cells"] if version == 2 else ():  # its lines had no ends
        cell["source"] = "".join(cell["source"])
    older = {
        "metadata": {**cells["metadata"], "name": "bigram"}, "nbformat": version,
        "nbformat_minor": 0,
        "worksheets": [{"metadata": {}, "cells": [
            {"cell_type": "code", "language": "python", "collapsed": False, "prompt_number": 1,
             "metadata": c["metadata"], "outputs": [], "input": c["source"]}
            if c["cell_type"] == "code" else
            {"cell_type": "markdown", "metadata": c["metadata"], "source": c["source"]}
            for c in cells["cells"]
        ]}],
    }
    found = read(json.dumps(older).encode())
    assert [text_of(c) for c in found["cells"]] == ["".join(c["source"]) for c in cells["cells"]]
    assert found == read(json.dumps(older).encode()), "no id is drawn by lot"
    nbformat.validate(nbformat.from_dict(found))
    if version == 3:  # format 2 knew no metadata of cells
        assert ours(found)["module"] == "bigram"
        assert [ours(c) for c in found["cells"]] == [ours(c) for c in cells["cells"]]
