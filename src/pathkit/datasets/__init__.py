"""Data sets of the learning path.

One list of given names and three texts in the public domain ship with the package, and little
stories are drawn from a grammar whose entropy is known exactly, so the path runs without network.
Two larger, well known data sets can be fetched on demand and are cached on disk.

Importing this package costs nothing but the standard library: the download machinery is imported
when :func:`fetch` is called.
"""

from functools import cache
from importlib import resources
from typing import Any

from pathkit.datasets.handbook import handbook
from pathkit.datasets.remote import fetch
from pathkit.datasets.tales import TALES, Tales, tales
from pathkit.datasets.texts import text

__all__ = [
    "SMALL_TALES", "TALES", "Tales", "WordChain", "fetch", "handbook", "names", "scaling_grid",
    "tales", "text",
]


def __getattr__(name: str) -> Any:
    if name == "SMALL_TALES":  # a grammar is proved readable when it is made: only when needed
        from pathkit.datasets.small_tales import SMALL_TALES

        return SMALL_TALES
    if name in ("WordChain", "scaling_grid"):  # NumPy is imported by those who use it
        from pathkit.datasets import word_chain

        return getattr(word_chain, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _shipped_names() -> tuple[str, ...]:
    text = resources.files(__name__).joinpath("names.txt").read_text(encoding="ascii")
    return tuple(text.splitlines())


def names() -> list[str]:
    """Return the given names that ship with the package.

    Returns
    -------
    list of str
        At least 3,000 distinct names (the exact number is ``len(names())``) in the order of the
        file, which is alphabetical: shuffle before splitting. Each name is 2 to 14 characters
        long, lower-case ASCII ``a`` to ``z`` only; all 26 letters occur. The list is a fresh one
        on each call and may be changed freely; the file is read once.

    Notes
    -----
    Source: compiled by hand for this package from given names of many languages, romanised,
    diacritics removed. No network is needed.
    """
    return list(_shipped_names())
