"""`pathkit review` in a real terminal, in a pipe, and `path.review()` in a real kernel."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys

import nbclient
import nbformat
import pytest

from pathkit import path_map, progress_log
from pathkit.learner.folder import Folder
from pathkit.learner.review.review_session import Review
from tests.learner.test_progress import ROOT, make_folder
from tests.learner.test_review import PATH

fcntl, pty, termios = map(pytest.importorskip, ("fcntl", "pty", "termios"))

CALL = "from pathkit.cli import main; main()"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", "COLUMNS": "80"}


@pytest.fixture
def folder(tmp_path) -> Folder:
    """A folder in which the first module is finished."""
    folder = make_folder(tmp_path / "my path", PATH)
    progress_log.append(folder.progress, "done", "one")
    return folder


def rated(folder: Folder) -> list[tuple[str, int]]:
    events = progress_log.read(folder.progress)
    return [(e["card"], e["rating"]) for e in events if e["kind"] == "review"]


def _sit_down() -> None:
    """Make the terminal this process's own: Ctrl-C reaches those whose own it is.

    And heed it, and a line that is cut: what nohup starts, tests for one, ignores the latter.
    """
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Terminal:
    """`pathkit review` on a terminal of its own; what it prints is read as it comes."""

    def __init__(self, folder: Folder, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", CALL, "review", *arguments], cwd=folder.root, env=ENVIRONMENT,
            stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=_sit_down,
        )
        os.close(slave)
        self.mode = termios.tcgetattr(self.master)
        self.shown = ""
        self.seen = 0  # of it, by `until`

    def until(self, text: str) -> None:
        """Wait until `text` is shown after what was waited for before."""
        while text not in self.shown[self.seen :]:
            assert self._read(), f"ended without {text!r}: {self.shown}"
        self.seen = self.shown.index(text, self.seen) + len(text)

    def _read(self) -> bool:
        assert select.select([self.master], [], [], 20)[0], f"nothing came after: {self.shown}"
        with contextlib.suppress(OSError):  # Linux says so when the other side has closed
            if data := os.read(self.master, 1 << 16):
                self.shown += data.decode()
                return True
        return False

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        code = self.process.wait(20)
        if code >= 0:
            assert termios.tcgetattr(self.master) == self.mode
        os.close(self.master)
        return code


def test_a_review_in_a_terminal(folder):
    terminal = Terminal(folder, "--limit", "2")
    terminal.until("1 of 2 · One")
    assert "Answer 0." not in terminal.shown
    terminal.type("\r")
    terminal.until("1 again (10 min)   2 hard (15 min)   3 good (2 days)   4 easy (8 days)")
    assert "Answer 0." in terminal.shown
    terminal.type("3")
    terminal.until("2 of 2 · One")
    assert rated(folder) == [("one.0", 3)]  # before the next one is answered
    terminal.type("x4\x1b[A ")  # nothing to rate yet, and keys that mean nothing
    terminal.until("Answer 1.")
    terminal.type("1")
    assert terminal.end() == 0
    assert "2 of 2 rated, and kept. You forgot 1: asked again in 10 minutes." in terminal.shown
    assert rated(folder) == [("one.0", 3), ("one.1", 1)]
    assert "\x1b" not in terminal.shown


@pytest.mark.parametrize(("key", "code"), [("q", 0), ("\x1b", 0), ("\x04", 0), ("\x03", 130)])
@pytest.mark.parametrize("answered", [False, True])
def test_stopping_keeps_what_was_rated(folder, key, code, answered):
    terminal = Terminal(folder)
    terminal.until("1 of 8")
    terminal.type(" 4")
    terminal.until("2 of 8")
    if answered:
        terminal.type(" ")
        terminal.until("4 easy")
    terminal.type(key)
    assert terminal.end() == code
    assert "1 of 8 rated, and kept." in terminal.shown and "Traceback" not in terminal.shown
    assert rated(folder) == [("one.0", 4)]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_killed_review_has_lost_nothing(folder, how):
    terminal = Terminal(folder)
    terminal.until("1 of 8")
    terminal.type(" 4")
    terminal.until("2 of 8")
    os.killpg(terminal.process.pid, how)
    assert terminal.end() == -how
    assert rated(folder) == [("one.0", 4)]


def test_a_terminal_that_is_closed_ends_it(folder):
    terminal = Terminal(folder)
    terminal.until("1 of 8")
    os.close(terminal.master)
    terminal.process.wait(20)
    assert rated(folder) == []


def test_typing_ahead_is_taken_in_order_from_the_first_question_on(folder):
    terminal = Terminal(folder, "--limit", "3")
    terminal.type("\n1")  # while Python starts
    terminal.until("1 of 3")
    terminal.type(" 3 2 4")
    assert terminal.end() == 0
    assert rated(folder) == [("one.0", 3), ("one.1", 2), ("one.2", 4)]


def test_a_log_that_cannot_be_written_is_told(folder):
    terminal = Terminal(folder)
    terminal.until("1 of 8")
    folder.progress.rename(folder.root / "gone")
    folder.progress.mkdir()
    terminal.type(" 3")
    assert terminal.end() == 4
    assert "progress.jsonl can't be written" in terminal.shown
    assert "Traceback" not in terminal.shown


# --- without a terminal -----------------------------------------------------------------------


def pathkit(folder: Folder, *arguments: str):
    return subprocess.run(
        [sys.executable, "-c", CALL, "review", *arguments], cwd=folder.root, env=ENVIRONMENT,
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60,
    )


def test_in_a_pipe_the_questions_are_printed_and_how_to_rate_them(folder):
    done = pathkit(folder, "--limit", "2")
    assert (done.returncode, done.stdout) == (0, "Question 0?\nQuestion 1?\n")
    assert done.stderr.startswith("due: 8; run `pathkit review` in a terminal")


def test_the_number_due_and_the_cards_for_machines(folder):
    assert pathkit(folder, "--due").stdout == "8\n"
    progress_log.append(folder.progress, "review", "one", card="one.0", rating=4)
    assert pathkit(folder, "--due").stdout == "7\n"
    data = json.loads(pathkit(folder, "--json", "--limit", "1").stdout)
    assert data == {"due": 7, "cards": [
        {"id": "one.1", "ask": "Question 1?", "answer": "Answer 1."}
    ]}


def test_when_nothing_is_due_it_says_when_something_will_be(folder):
    for card in PATH.modules[0].cards:
        progress_log.append(folder.progress, "review", "one", card=card.id, rating=4)
    assert pathkit(folder).stdout.startswith("No card is due. The next one is on ")
    assert pathkit(folder, "--due").stdout == "0\n"


def test_modules_are_named_as_elsewhere(folder):
    assert pathkit(folder, "--module", "two").stdout == (
        "You haven't finished two yet: its cards come when you have.\n"
    )
    assert pathkit(folder, "--module", "second").stdout.startswith("You haven't finished two")
    wrong = pathkit(folder, "--module", "tow")
    assert (wrong.returncode, wrong.stderr) == (
        5, "there is no module 'tow'; did you mean 'two'?\n"
    )
    empty = make_folder(folder.root / "new", PATH)
    assert pathkit(empty).stdout == "No cards yet: they come with each module that you finish.\n"


# --- in a notebook ----------------------------------------------------------------------------

DRIVEN = """
from IPython.display import display
from pathkit.learner.review import review_widget
widgets = []
made = review_widget.panel
review_widget.panel = lambda found: widgets.append(made(found)) or widgets[-1]
import pathkit as path
path.review(limit=2)
[panel] = widgets
send = panel._handle_custom_msg
for message in [
    {"card": panel.view["card"], "rating": 3},
    {"card": "one.0", "rating": 3},  # a second click, sent before the first had come back
    {"card": "one.1", "rating": 7},
    {"card": "one.1"},
    {"card": "one.1", "rating": 1},
    {"card": "one.1", "rating": 1},
]:
    send(message, [])
print(panel.view["done"])
"""


@pytest.fixture
def executed(folder):
    def run(code: str) -> list[dict]:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        nbclient.NotebookClient(
            notebook, timeout=60, resources={"metadata": {"path": str(folder.root)}}
        ).execute()
        return notebook.cells[0].outputs
    return run


@pytest.mark.slow
def test_the_panel_in_a_kernel_has_fallbacks_and_logs_each_rating_once(executed, folder):
    shown, printed = executed(DRIVEN)
    data = shown["data"]
    assert set(data) == {
        "application/vnd.jupyter.widget-view+json", "text/html", "text/plain"
    }
    assert data["text/html"].count("<details><summary>Question") == 2
    assert data["text/plain"].startswith("1. Question 0?\n2. Question 1?\n")
    assert printed["text"] == (
        "2 of 2 rated, and kept. You forgot 1: asked again in 10 minutes.\n"
    )
    assert rated(folder) == [("one.0", 3), ("one.1", 1)]


def test_what_a_panel_shows_is_plain_data(folder, monkeypatch):
    from pathkit.learner.journal import Journal

    monkeypatch.chdir(folder.root)
    path = path_map.load(folder.path_map)
    found = Review(path, path.modules[0].cards[:1], [], Journal.opened(""))
    view = found.view()
    assert json.loads(json.dumps(view)) == {
        "card": "one.0", "place": "1 of 1", "module": "One", "note": "",
        "ask": [["text", "Question 0?"]], "answer": [["text", "Answer 0."]],
        "choices": [["again", "10 min"], ["hard", "15 min"], ["good", "2 days"],
                    ["easy", "8 days"]],
    }
    folder.progress.unlink()
    folder.progress.mkdir()
    assert found.rate({"card": "one.0", "rating": 3})
    assert "can't be written" in found.view()["note"] and found.view()["done"] == ""


@pytest.mark.parametrize(("arguments", "where", "said"), [
    ("", ".", "1. Question 0?\n"),
    ("limit=1", ".", "1. Question 0?\n`pathkit review` in a terminal"),
    ("module='two'", ".", "No card is due."),
    ("module='four'", ".", "There is no module 'four'; there are: one, two, three."),
    ("module='tow'", ".", "There is no module 'tow'; did you mean 'two'?"),
    ("", "..", "Recall cards are kept in a folder of your own"),
    ("", "solutions", "Recall cards are kept in a folder of your own"),
])
def test_outside_of_a_notebook_it_prints(folder, arguments, where, said):
    (folder.root / "solutions").mkdir()
    code = f"import pathkit as path; path.review({arguments})"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder.root / where, env=ENVIRONMENT,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(said)


def test_the_panel_costs_nothing_until_it_is_shown(folder):
    code = (
        "import sys, pathkit as path; path.review; "
        "assert not {'anywidget', 'fsrs', 'IPython', 'click', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, check=True)


def test_a_card_cannot_bring_code_into_the_page():
    from pathkit.learner.review.review_view import as_html
    from pathkit.path_map import Card

    found = as_html([Card("one.x", "<script>a</script> `<b>`", "<img src=x onerror=y>")])
    assert "<script" not in found and "<img" not in found and "<b>" not in found
