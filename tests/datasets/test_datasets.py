"""The shipped names, and fetching against a real HTTP server on this machine: no network."""

import dataclasses
import errno
import hashlib
import re
import string
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pathkit import datasets
from pathkit.datasets import remote

STAND_IN = b"emma\nolivia\nzoe"  # no newline at the end, as in the real file
TEXT = b"First Citizen:\nSpeak.\r\n"


class Server:
    """A server of one content for every path; it counts the requests."""

    def __init__(self) -> None:
        self.content = STAND_IN
        self.status = 200
        self.promised = 0  # bytes, where more are promised than come
        self.paths: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner.paths.append(self.path)
                self.send_response(owner.status)
                self.send_header("Content-Length", str(owner.promised or len(owner.content)))
                self.end_headers()
                self.wfile.write(owner.content)

            def log_message(self, *args: object) -> None:
                """Keep the test output quiet."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def stop(self) -> None:
        if self._thread.is_alive():
            self._http.shutdown()
            self._http.server_close()
            self._thread.join()


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No test touches the real cache or the network."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("PATHKIT_CACHE", str(folder))
    # The discard port: a test that forgets the server fails fast and stays on this machine.
    monkeypatch.setenv("PATHKIT_MIRROR", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return folder


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    started = Server()
    monkeypatch.setenv("PATHKIT_MIRROR", started.url)
    yield started
    started.stop()


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Expect the small stand-in files instead of the real ones."""
    for name, content in (("makemore-names", STAND_IN), ("tiny-shakespeare", TEXT)):
        entry = dataclasses.replace(
            remote.REGISTRY[name], sha256=hashlib.sha256(content).hexdigest()
        )
        monkeypatch.setitem(remote.REGISTRY, name, entry)


def test_shipped_names_are_many_sorted_and_distinct() -> None:
    names = datasets.names()
    assert len(names) >= 3000
    assert names == sorted(set(names))


def test_shipped_names_are_two_to_fourteen_letters() -> None:
    odd = [name for name in datasets.names() if not re.fullmatch("[a-z]{2,14}", name)]
    assert odd == []


def test_shipped_names_use_the_whole_alphabet() -> None:
    assert set("".join(datasets.names())) == set(string.ascii_lowercase)


def test_q_is_not_always_followed_by_u() -> None:
    with_q = [name for name in datasets.names() if "q" in name]
    assert len(with_q) >= 25
    assert len([name for name in with_q if re.search("q(?!u)", name)]) >= 10
    assert {"tariq", "iqbal", "quentin"} <= set(with_q)


def test_names_returns_a_fresh_list() -> None:
    datasets.names().clear()
    assert datasets.names()


def test_each_question_on_the_handbook_is_answered_by_its_passage() -> None:
    book = datasets.handbook()
    assert (len(book.passages), len(book.questions), len(set(book.passages))) == (60, 40, 60)
    assert [q.kind for q in book.questions] == ["same"] * 20 + ["other"] * 20
    for question in book.questions:
        assert question.answer.lower() in book.passages[question.passage].lower()


def test_public_api() -> None:
    assert sorted(datasets.__all__) == [
        "SMALL_TALES", "TALES", "Tales", "WordChain", "fetch", "handbook", "names",
        "scaling_grid", "tales", "text",
    ]
    assert all(hasattr(datasets, name) for name in datasets.__all__)


def test_fetch_returns_the_lines(server: Server) -> None:
    assert datasets.fetch("makemore-names") == ["emma", "olivia", "zoe"]
    assert server.paths == ["/makemore-names.txt"]


def test_fetch_returns_the_text_byte_for_byte(server: Server) -> None:
    server.content = TEXT
    assert datasets.fetch("tiny-shakespeare") == TEXT.decode()
    assert server.paths == ["/tiny-shakespeare.txt"]


def test_mirror_may_end_in_a_slash(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHKIT_MIRROR", server.url + "/")
    datasets.fetch("makemore-names")
    assert server.paths == ["/makemore-names.txt"]


def test_without_a_mirror_the_registered_url_is_used(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PATHKIT_MIRROR")
    entry = dataclasses.replace(remote.REGISTRY["makemore-names"], url=f"{server.url}/original")
    monkeypatch.setitem(remote.REGISTRY, "makemore-names", entry)
    datasets.fetch("makemore-names")
    assert server.paths == ["/original"]


def test_fetch_is_quiet(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    datasets.fetch("makemore-names")
    assert capfd.readouterr() == ("", "")


def test_second_fetch_is_served_from_the_cache(server: Server, cache: Path) -> None:
    first = datasets.fetch("makemore-names")
    server.stop()
    assert datasets.fetch("makemore-names") == first
    assert len(server.paths) == 1
    assert [path.name for path in cache.iterdir()] == ["makemore-names.txt"]


def test_wrong_checksum_keeps_nothing(server: Server, cache: Path) -> None:
    server.content = b"<html>log in to this wireless network</html>"
    with pytest.raises(remote.ChecksumError) as caught:
        datasets.fetch("makemore-names")
    assert_one_line(
        caught.value, "not the expected one (it is a web page", "nothing was kept", server.url
    )
    assert list(cache.iterdir()) == []


def test_wrong_checksum_removes_a_wrong_file_too(server: Server, cache: Path) -> None:
    put_by_hand(b"older and wrong")
    server.content = b"wrong as well"
    with pytest.raises(remote.ChecksumError):
        datasets.fetch("makemore-names")
    assert list(cache.iterdir()) == []


def test_server_says_404(server: Server, cache: Path) -> None:
    server.status = 404
    with pytest.raises(remote.DownloadError) as caught:
        datasets.fetch("makemore-names")
    assert_one_line(caught.value, "404", server.url, str(cache / "makemore-names.txt"))
    assert list(cache.iterdir()) == []


def test_connection_refused(server: Server, cache: Path) -> None:
    server.stop()
    with pytest.raises(remote.DownloadError) as caught:
        datasets.fetch("makemore-names")
    assert_one_line(
        caught.value,
        f"{server.url}/makemore-names.txt",
        "nothing else of the path needs it",
        f"by hand at {cache / 'makemore-names.txt'}",
    )
    assert list(cache.iterdir()) == []


def test_a_download_that_breaks_off(server: Server, cache: Path) -> None:
    server.promised = 10_000
    with pytest.raises(remote.DownloadError) as caught:
        datasets.fetch("makemore-names")
    assert_one_line(caught.value, "the download broke off", server.url)
    assert list(cache.iterdir()) == []


def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHKIT_MIRROR", "http://mirror.invalid")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(remote.DownloadError) as caught:
        datasets.fetch("makemore-names")
    assert_one_line(caught.value, "the proxy that is set for this machine")


@pytest.mark.parametrize("mirror", ["not-an-address", "ftp://x", "http://[::bad", "http://"])
def test_a_mirror_that_is_no_address(mirror: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATHKIT_MIRROR", mirror)
    with pytest.raises(remote.DownloadError) as caught:
        datasets.fetch("makemore-names")
    assert_one_line(caught.value, "PATHKIT_MIRROR says where to fetch from")


def test_no_space_is_left(server: Server, monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.move", full)
    monkeypatch.setattr("os.replace", full)
    with pytest.raises(remote.DatasetError) as caught:
        datasets.fetch("makemore-names")
    assert_one_line(caught.value, "No space left", "make room on this disk")


def test_warnings_as_errors_do_not_stop_a_download(server: Server) -> None:
    code = (
        "import warnings; warnings.simplefilter('error'); from pathkit import datasets; "
        "from pathkit.datasets import remote; import dataclasses; "
        f"digest = {hashlib.sha256(STAND_IN).hexdigest()!r}; name = 'makemore-names'; "
        "remote.REGISTRY[name] = dataclasses.replace(remote.REGISTRY[name], sha256=digest); "
        "print(datasets.fetch(name))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "['emma', 'olivia', 'zoe']\n", done.stderr


def test_a_notebook_shows_one_line_without_a_traceback() -> None:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shown: list[list[str]] = []
    shell._showtraceback = lambda kind, error, lines: shown.append(lines)
    shell.run_cell("import pathkit as path\npath.datasets.fetch('makemore-names')")
    [[line]] = shown
    assert line.startswith("DownloadError: Could not fetch 'makemore-names'") and "\n" not in line


def test_server_that_does_not_answer(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "TIMEOUT_S", 0.2)
    # Stops accepting, while the port stays open: the request waits in the queue.
    server._http.shutdown()
    with pytest.raises(remote.DownloadError, match="no answer within 0.2 seconds"):
        datasets.fetch("makemore-names")
    server._http.server_close()


@pytest.mark.parametrize("name", ["shakespeare", "", "../names", ["makemore-names"]])
def test_unknown_name_lists_the_known_ones(name: object, cache: Path) -> None:
    with pytest.raises(remote.UnknownDatasetError) as caught:
        datasets.fetch(name)  # type: ignore[arg-type]
    assert_one_line(caught.value, repr(name), "makemore-names, tiny-shakespeare")
    assert not cache.exists()


def test_file_put_by_hand_is_accepted() -> None:
    put_by_hand(STAND_IN)
    assert datasets.fetch("makemore-names") == ["emma", "olivia", "zoe"]


def test_wrong_file_put_by_hand_is_replaced(server: Server, cache: Path) -> None:
    put_by_hand(b"not these")
    assert datasets.fetch("makemore-names") == ["emma", "olivia", "zoe"]
    assert (cache / "makemore-names.txt").read_bytes() == STAND_IN


def test_wrong_file_put_by_hand_without_network_is_named() -> None:
    put_by_hand(b"not these")
    with pytest.raises(remote.DownloadError, match="the file there now is not the expected one"):
        datasets.fetch("makemore-names")


def test_cache_folder_that_cannot_be_made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("PATHKIT_CACHE", str(file / "below"))
    with pytest.raises(remote.DatasetError, match="set PATHKIT_CACHE") as caught:
        datasets.fetch("makemore-names")
    assert_one_line(caught.value, str(file / "below"))


def test_cache_defaults_to_the_users_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.delenv("PATHKIT_CACHE")
    expected = Path(platformdirs.user_cache_dir("pathkit")) / "makemore-names.txt"
    assert remote.cache_path("makemore-names") == expected


def test_errors_share_one_base_class() -> None:
    kinds = (remote.UnknownDatasetError, remote.DownloadError, remote.ChecksumError)
    assert all(issubclass(kind, remote.DatasetError) for kind in kinds)


def test_import_is_light() -> None:
    code = (
        "import sys, pathkit.datasets; "
        "heavy = {'pooch', 'platformdirs', 'requests', 'numpy', 'torch'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def put_by_hand(content: bytes) -> None:
    path = remote.cache_path("makemore-names")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def assert_one_line(error: Exception, *parts: str) -> None:
    message = str(error)
    assert "\n" not in message
    for part in parts:
        assert part in message
