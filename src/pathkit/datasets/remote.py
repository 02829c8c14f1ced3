"""Data sets that are fetched once from the network, checked against a SHA-256, and cached.

Environment variables
---------------------
PATHKIT_CACHE
    Folder of the cache, instead of the user's cache folder of the platform.
PATHKIT_MIRROR
    Base URL to fetch from instead of the original one: files are taken from
    ``{PATHKIT_MIRROR}/{file name}``. The SHA-256 must be the same.
"""

import errno
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pathkit.checks.steady import steady
from pathkit.one_line import OneLine

if TYPE_CHECKING:
    import pooch

__all__ = [
    "ChecksumError",
    "DatasetError",
    "DownloadError",
    "UnknownDatasetError",
    "cache_path",
    "fetch",
]

TIMEOUT_S = 20  # seconds without an answer after which a download counts as failed
PEEK = 100  # bytes that tell a web page from a data set
NO_SPACE = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


class DatasetError(OneLine):
    """A data set could not be had. Base class of the errors of this module."""


class UnknownDatasetError(DatasetError):
    """There is no data set of that name."""


class DownloadError(DatasetError):
    """The file could not be fetched: no network, a timeout, or the server refused."""


class ChecksumError(DatasetError):
    """A file arrived, but it is not the expected one."""


@dataclass(frozen=True)
class Remote:
    """One remote file: where it is, how to recognise it, and how to read it."""

    url: str
    file_name: str  # in the cache and on a mirror
    sha256: str  # of the whole file, hex
    lines: bool  # True: a list of lines; False: one text


# The URLs name a full commit, so the files behind them never change.
_RAW = "https://raw.githubusercontent.com/karpathy"
_MAKEMORE = f"{_RAW}/makemore/988aa59e4d8fefa526d06f3b453ad116258398d4"
_CHAR_RNN = f"{_RAW}/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e"

REGISTRY: dict[str, Remote] = {
    "makemore-names": Remote(
        url=f"{_MAKEMORE}/names.txt",
        file_name="makemore-names.txt",
        sha256="0a30b5557f192f32ab962680889aac5f6fda0f4cecf40a6d0b5694f58ea8cc4d",
        lines=True,
    ),
    "tiny-shakespeare": Remote(
        url=f"{_CHAR_RNN}/data/tinyshakespeare/input.txt",
        file_name="tiny-shakespeare.txt",
        sha256="86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed",
        lines=False,
    ),
}


def fetch(name: str, *, progress: bool = False) -> list[str] | str:
    """Return a remote data set, from the cache if it is there, else from the network.

    Parameters
    ----------
    name
        ``"makemore-names"`` or ``"tiny-shakespeare"``.
    progress
        Show a progress bar while downloading (needs ``tqdm``). Off by default.

    Returns
    -------
    list of str
        For ``"makemore-names"``: 32,033 given names in the order of the file (not shuffled),
        lower-case ``a`` to ``z``, 2 to 15 characters each. About 228 kB.
    str
        For ``"tiny-shakespeare"``: one text of 1,115,394 characters (as many bytes: it is ASCII),
        65 of them distinct, lines ended by ``"\\n"``.

    Raises
    ------
    UnknownDatasetError
        ``name`` is not one of the above.
    DownloadError
        The file is not in the cache and could not be fetched; no answer for 20 seconds counts as
        failed. The message says where to put the file by hand.
    ChecksumError
        A file arrived, but its SHA-256 is not the expected one. Nothing is kept.
    DatasetError
        The cache folder cannot be read or written, or ``progress`` was asked for without
        ``tqdm``. Base class of the three above.

    Notes
    -----
    Sources: ``names.txt`` of github.com/karpathy/makemore (from names of the US Social Security
    Administration, 2018) and ``data/tinyshakespeare/input.txt`` of github.com/karpathy/char-rnn,
    both at a fixed commit. Set ``PATHKIT_MIRROR`` to fetch from elsewhere and ``PATHKIT_CACHE`` to
    cache elsewhere. A file put in the cache by hand (see :func:`cache_path`) is used if its
    SHA-256 is right.
    """
    entry = _entry(name)
    target = cache_path(name)
    try:
        if not _is_expected(target, entry.sha256):
            _download(name, entry, target, progress)
        # newline="" keeps the text byte for byte, so the length is the stated one everywhere.
        with target.open(encoding="utf-8", newline="") as file:
            text = file.read()
    except OSError as error:
        raise DatasetError(
            f"The cache file {target} cannot be used ({_in_one_line(error)}); {_remedy(error)}."
        ) from error
    return text.splitlines() if entry.lines else text


def cache_path(name: str) -> Path:
    """Return the full path at which the data set ``name`` is, or would be, cached.

    The file need not exist. Raises :class:`UnknownDatasetError` if there is no such data set.
    """
    return _cache_dir() / _entry(name).file_name


def _entry(name: str) -> Remote:
    try:
        return REGISTRY[name]
    except (KeyError, TypeError):  # TypeError: an unhashable name
        from pathkit.nearest_name import did_you_mean

        known = ", ".join(sorted(REGISTRY))
        meant = did_you_mean(name, REGISTRY, ";").replace("?", "?;")
        raise UnknownDatasetError(
            f"Unknown data set {name!r}{meant} known are: {known}."
        ) from None


def _cache_dir() -> Path:
    override = os.environ.get("PATHKIT_CACHE")
    if override:
        # Absolute, so that the path in an error message can be used from any folder.
        return Path(override).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_cache_dir("pathkit"))


def _source_url(entry: Remote) -> str:
    mirror = os.environ.get("PATHKIT_MIRROR")
    return f"{mirror.rstrip('/')}/{entry.file_name}" if mirror else entry.url


def _is_expected(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _remedy(error: OSError) -> str:
    if error.errno in NO_SPACE:
        return "make room on this disk, or set PATHKIT_CACHE to a folder on another one"
    return "set PATHKIT_CACHE to a folder that can be written"


def _download(name: str, entry: Remote, target: Path, progress: bool) -> None:
    """Fetch one file to ``target``, or raise and leave the cache without it."""
    with steady():
        import pooch
        import requests

    downloader = _downloader(progress)
    url = _source_url(entry)
    target.parent.mkdir(parents=True, exist_ok=True)
    # pooch announces each download on stderr; a learner who sees red text thinks of an error.
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel("WARNING")
    page = False

    def download(address: str, file: str, pup: "pooch.Pooch") -> None:
        nonlocal page
        downloader(address, file, pup)
        with open(file, "rb") as arrived:
            page = arrived.read(PEEK).lstrip().startswith(b"<")

    try:
        pooch.retrieve(
            url,
            known_hash=f"sha256:{entry.sha256}",
            fname=target.name,
            path=target.parent,
            downloader=download,
        )
    # requests' errors are OSErrors too; those of the disk go on to the caller.
    except requests.RequestException as error:
        raise DownloadError(_no_network(name, url, target, error)) from error
    except ValueError as error:  # what pooch raises for a wrong hash
        # pooch removes the temporary file it downloads to, but a wrong file that was there before
        # would stay.
        target.unlink(missing_ok=True)
        what = "it is a web page, such as a proxy or a log-in page sends" if page else (
            "its SHA-256 differs"
        )
        raise ChecksumError(
            f"The file that arrived for {name!r} from {url} is not the expected one ({what}); "
            "nothing was kept in the cache."
        ) from error
    finally:
        logger.setLevel(level)


def _downloader(progress: bool) -> "pooch.HTTPDownloader":
    import pooch

    try:
        return pooch.HTTPDownloader(timeout=TIMEOUT_S, progressbar=progress)
    except ValueError as error:  # caught here, lest it pass for a wrong hash
        raise DatasetError(f"No progress bar ({_in_one_line(error)}).") from error


def _no_network(name: str, url: str, target: Path, error: Exception) -> str:
    # A file that is there was tried before the network: say so, or the advice reads as followed.
    there = " (the file there now is not the expected one)" if target.exists() else ""
    return (
        f"Could not fetch {name!r} from {url} ({_why_not(error)}); nothing else of the path "
        f"needs it; to go on without network, put the file by hand at {target}{there}"
    )


def _why_not(error: Exception) -> str:
    """What went wrong with a download, in the words of somebody who waits for it."""
    from requests import exceptions

    match error:
        case exceptions.Timeout():
            return f"no answer within {TIMEOUT_S:g} seconds"
        case exceptions.ProxyError():
            return "the proxy that is set for this machine refuses or can't be reached"
        case exceptions.SSLError():
            return "no secure connection; a proxy or a wrong clock may be why"
        case exceptions.HTTPError() if error.response is not None:
            return f"the server answers {error.response.status_code} {error.response.reason}"
        case exceptions.ChunkedEncodingError() | exceptions.ContentDecodingError():
            return "the download broke off; try again"
        case exceptions.InvalidURL() | exceptions.InvalidSchema() | exceptions.MissingSchema():
            return "this is no address of the web; PATHKIT_MIRROR says where to fetch from"
        case exceptions.ConnectionError():
            return "no connection; is there network?"
    return _in_one_line(error)


def _in_one_line(error: Exception) -> str:
    """The kind and the text of an error, short and without line breaks."""
    text = " ".join(str(error).split())
    short = text if len(text) <= 160 else text[:157] + "..."
    return f"{type(error).__name__}: {short}"
