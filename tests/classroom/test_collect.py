"""From what LMSs and people make of files to one submission for each student and module."""

from __future__ import annotations

import io
import json
import struct
import time
import unicodedata
import zipfile
from datetime import UTC, datetime

import pytest

from pathkit.classroom.collecting import archives
from pathkit.classroom.collecting.collected import Collected
from pathkit.classroom.collecting.reading import answers_in, module_of
from pathkit.classroom.collecting.students import Layout, claim_of, key_of
from pathkit.classroom.collecting.submissions import collect
from pathkit.errors import EnvironmentProblem, NothingMatched
from pathkit.notebook_files.notebook_file import read
from tests.classroom.classroom_parts import (
    RIGHT,
    WRONG,
    assignment,
    bigram,
    cell,
    code,
    notebook,
    zipped,
)
from tests.this_path import notebook_of


@pytest.fixture
def gathered(tmp_path):
    """`gathered(files)` collects a zip with these files; with a name, a folder of them."""

    def gather(files, folder=False, of=None, names=None) -> Collected:
        if not folder:
            start = tmp_path / "submissions.zip"
            start.write_bytes(zipped(files))
        else:
            start = tmp_path / "submissions"
            for name, data in files.items():
                (start / name).parent.mkdir(parents=True, exist_ok=True)
                (start / name).write_bytes(data)
        return collect(start, of or assignment(), names)

    return gather


def who(collected: Collected) -> dict[str, list[str]]:
    """Students by name, with the modules they handed in."""
    found = {student.name: [] for student in collected.students}
    for submission in collected.submissions:
        found[submission.student.name].append(submission.module)
    return found


def attention() -> bytes:
    return notebook(cell("attention.softmax", "return scores"), module="attention")


# --- whose it is ------------------------------------------------------------------------------


def test_canvas(gathered):
    found = gathered({
        "doejane_4242_778899_bigram-1.ipynb": bigram(WRONG),
        "doejane_4242_778900_bigram-2.ipynb": bigram(),
        "doejane_4242_778901_attention.ipynb": attention(),
        "muellermax_LATE_4343_778902_work.zip": zipped({"my week/bigram.ipynb": bigram()}),
    })
    assert who(found) == {"doejane": ["bigram", "attention"], "muellermax": ["bigram"]}
    first, _, late = found.submissions
    assert RIGHT in first.attempt.answers["probabilities"].code
    assert [str(p) for p in first.earlier] == ["doejane_4242_778899_bigram-1.ipynb"]
    assert (first.student.number, first.attempt.late) == ("4242", False)
    assert (late.student.number, late.attempt.late) == ("4343", True)


def test_moodle(gathered):
    found = gathered({
        "Jane Doe_12345_assignsubmission_file_/bigram.ipynb": bigram(),
        "Jane Doe_12345_assignsubmission_file_/extra/08 attention (1).ipynb": attention(),
        "Jane Doe_12346_assignsubmission_file/bigram.ipynb": bigram(WRONG),
        "Max M_99_assignsubmission_file_/notes.txt": b"I had no time",
    })
    assert sorted(s.key for s in found.students) == ["jane-doe-12345", "jane-doe-12346", "max-m-99"]
    assert len(found.submissions) == 3
    assert "Max M: no notebook of this assignment handed in, but notes.txt" in found.remarks


def test_an_empty_zip_is_somebodys(gathered):
    found = gathered({
        "doejane_4242_778899_bigram.ipynb": bigram(),
        "parkeunji_1005_778840_work.zip": zipped({}),
    })
    assert who(found) == {"doejane": ["bigram"], "parkeunji": []}
    assert "parkeunji_1005_778840_work.zip: an empty zip" in found.remarks
    assert "parkeunji: no notebook of this assignment" in found.remarks


def test_canvas_students_get_the_names_of_the_export(gathered):
    found = gathered({
        "doejane_4242_778899_bigram.ipynb": bigram(),
        "volkovdmitri_4244_778900_hw3.pdf": b"%PDF",
        "Jane Doe_4243_assignsubmission_file_/bigram.ipynb": bigram(),
    }, names={"4242": "Jane Doe", "4243": "Somebody Else", "4244": "Dmitri Volkov"})
    assert {s.key: s.name for s in found.students} == {
        "doejane-4242": "Jane Doe", "volkovdmitri-4244": "Dmitri Volkov",
        "jane-doe-4243": "Jane Doe"}
    assert any(r.startswith("Dmitri Volkov: no notebook") for r in found.remarks)


def test_nbgrader_with_its_timestamp(gathered):
    found = gathered({
        "submitted/jdoe/week3/bigram.ipynb": bigram(),
        "submitted/jdoe/week3/timestamp.txt": b"2027-03-01 22:58:23.948203 UTC",
        "submitted/max/week3/timestamp.txt": b"2027-03-01 22:59:23 UTC",
    })
    assert who(found) == {"jdoe": ["bigram"], "max": []}
    [only] = found.submissions
    assert only.attempt.time == datetime(2027, 3, 1, 22, 58, 23, 948203, UTC)


def test_gradescope_with_its_list(gathered):
    about = (
        b"submission_11:\n  :submitters:\n  - :name: Jane Doe\n    :sid: '1'\n"
        b"  :created_at: 2027-03-01 22:58:23.948203000 Z\n"
        b"submission_12:\n  :submitters:\n  - :name: Max\n  - :name: Moritz\n"
    )
    found = gathered({
        "assignment_5_export/submission_metadata.yml": about,
        "assignment_5_export/submission_11/bigram.ipynb": bigram(),
        "assignment_5_export/submission_12/in/bigram.ipynb": bigram(),
        "assignment_5_export/submission_13/bigram.ipynb": bigram(),
    })
    assert sorted(who(found)) == ["Jane Doe", "Max, Moritz", "submission 13"]
    assert found.submissions[0].attempt.time.astimezone(UTC).hour == 22


def test_attachments_of_e_mails(gathered):
    found = gathered({
        "Jane Doe.zip": zipped({"work/bigram (2).ipynb": bigram()}),
        "Jane Doe (1).zip": zipped({"work/bigram.ipynb": bigram(WRONG)}),
        "Max.ipynb": bigram(),
        "Gustav.ipynb": bigram(),
        "李雷/bigram.ipynb": bigram(),
    })
    assert sorted(who(found)) == sorted(["Jane Doe", "Max", "Gustav", "李雷"])
    assert any("Gustav.ipynb: taken for Gustav's, by the file's name" in r for r in found.remarks)
    [jane] = [s for s in found.submissions if s.student.name == "Jane Doe"]
    assert str(jane.attempt.path).startswith("Jane Doe (1).zip")


def test_files_that_still_have_our_name_are_not_one_student_s(gathered):
    found = gathered({"inbox/bigram.ipynb": bigram(), "inbox/bigram (2).ipynb": bigram(WRONG),
                      "inbox/Max.ipynb": bigram()})
    # Whose folder is it? With our names in it, it is taken for a student's.
    assert who(found) == {"inbox": ["bigram"]}
    found = gathered({"bigram.ipynb": bigram(), "bigram (2).ipynb": bigram(WRONG)})
    assert who(found) == {"bigram": ["bigram"], "bigram (2)": ["bigram"]}


def test_a_folder_of_files_named_by_their_students_is_no_student(gathered):
    found = gathered({"inbox/Jane Doe.ipynb": bigram(), "inbox/Max.ipynb": bigram()})
    assert who(found) == {"Jane Doe": ["bigram"], "Max": ["bigram"]}


@pytest.mark.parametrize("files", [
    {"week 3/Jane/bigram.ipynb": bigram(), "week 3/Jane/08-attention.ipynb": attention()},
    {"Jane/a/bigram.ipynb": bigram(), "Jane/08-attention.ipynb": attention()},
    {"Jane/bigram.ipynb": bigram(), "Jane/my own name.ipynb": attention()},
])
def test_one_student_alone(files, gathered):
    assert who(gathered(files)) == {"Jane": ["bigram", "attention"]}


def test_composed_and_decomposed_letters_are_one_student(gathered):
    composed, apart = "Zoë Müller", unicodedata.normalize("NFD", "Zoë Müller")
    found = gathered({f"a/{composed}/bigram.ipynb": bigram(), f"a/{apart}/x.ipynb": attention(),
                      "a/Max/bigram.ipynb": bigram()})
    assert who(found)[composed] == ["bigram", "attention"]


def test_names_that_would_share_a_key_stay_two_students(gathered):
    found = gathered({"Jane Doe/x.ipynb": bigram(), "jane-doe/x.ipynb": bigram(WRONG)})
    assert {s.key: s.name for s in found.students} == {
        "jane-doe": "Jane Doe", "jane-doe-2": "jane-doe"}
    assert len(found.submissions) == 2
    assert any("two students" in r for r in found.remarks)


@pytest.mark.parametrize(("name", "key"), [
    ("Zoë", "zoë"), ("../../etc", "etc"), ("=cmd|'/C calc'!A0", "cmd-c-calc-a0"), ("", "nobody"),
    ("...", "nobody"), ("a\0b", "a-b"), ("x" * 300, "x" * 80),
])
def test_a_key_is_a_harmless_file_name(name, key):
    assert key_of(name) == key


def test_a_name_that_is_no_text_or_moves_the_cursor_can_be_written(tmp_path):
    folder = tmp_path / "subs"
    try:
        (folder / b"J\xff\x1b[2J\nx".decode("utf-8", "surrogateescape")).mkdir(parents=True)
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    (folder / "Max").mkdir()
    for each in folder.iterdir():
        (each / "bigram.ipynb").write_bytes(bigram())
        (each / "broken.ipynb").write_bytes(b"{")
    found = collect(folder, assignment())
    assert len(found.submissions) == 2
    for line in found.remarks:
        assert line.encode() and "\x1b" not in line and "\n" not in line


# --- what is left out -------------------------------------------------------------------------


def test_what_systems_put_beside_files_is_passed_over(gathered):
    found = gathered({
        "Jane/bigram.ipynb": bigram(), "__MACOSX/Jane/._bigram.ipynb": b"\0\5\26\7",
        "Jane/.ipynb_checkpoints/bigram-checkpoint.ipynb": bigram(WRONG),
        "Max/.DS_Store": b"x", "Max/bigram.ipynb": bigram(),
    })
    assert who(found) == {"Jane": ["bigram"], "Max": ["bigram"]}
    assert not found.submissions[0].earlier


@pytest.mark.parametrize("name", [
    ".ipynb_checkpoints/bigram-checkpoint.ipynb", "bigram-checkpoint.ipynb", "._bigram.ipynb",
    "bigram-checkpoint (1).ipynb", ".DS_Store", "Thumbs.db", "thumbs.db", "desktop.ini",
    "~$notes.docx", ".~lock.notes.odt#", "__MACOSX/._bigram.ipynb", "bigram.ipynb:Zone.Identifier",
    ".pathkit/backups/02-bigram/2027-03-01T00-00-00.000000Z.ipynb", "@eaDir/bigram.ipynb",
    ".AppleDouble/bigram.ipynb", "Icon\r", "bigram.ipynb~",
])
@pytest.mark.slow
def test_who_handed_in_only_what_systems_write_has_a_row(gathered, name):
    for whose in ("{}/", "{}.zip/", "{}_12_assignsubmission_file_/", "hw3/{}/", "__MACOSX/{}/",
                  "submitted/{}/week3/", "hw3/__MACOSX/{}/", "{}_4242_778899_"):
        if whose.endswith("_") and "/" in name:
            continue  # Canvas hands back files, not folders
        only_max(gathered, whose, name, folder=False)


@pytest.mark.parametrize("name", [".DS_Store", ".ipynb_checkpoints/bigram-checkpoint.ipynb"])
def test_who_handed_in_only_that_in_a_folder_has_a_row(gathered, name):
    only_max(gathered, "hw3/{}/", name, folder=True)


def only_max(gathered, whose: str, name: str, folder: bool) -> None:
    own = whose.replace("__MACOSX/", "")
    found = gathered({
        f"{own.format('Jane')}bigram.ipynb": bigram(),
        f"{own.format('Eve').replace('4242', '4243')}bigram.ipynb": bigram(),
        f"{whose.format('Max').replace('4242', '4244')}{name}": bigram(WRONG),
    }, folder)
    assert who(found) == {"Jane": ["bigram"], "Eve": ["bigram"], "Max": []}
    [remark] = [r for r in found.remarks if r.startswith("Max: ")]
    assert "no notebook of this assignment handed in, but " in remark


@pytest.mark.parametrize("beside", [
    "bigram-checkpoint.ipynb", ".ipynb_checkpoints/Jane-checkpoint.ipynb", "._Jane.ipynb",
    "__MACOSX/._Jane.ipynb", ".DS_Store", "notes/.DS_Store", "Thumbs.db"])
def test_what_systems_write_is_no_student(gathered, beside):
    found = gathered({"Jane.ipynb": bigram(), "Max.ipynb": bigram(), beside: bigram(WRONG)})
    assert who(found) == {"Jane": ["bigram"], "Max": ["bigram"]}
    assert not [r for r in found.remarks if "taken for" not in r]


def test_a_whole_folder_of_a_learners_is_one_submission(gathered):
    """With backups, the path's own copies, and its solutions, any of which would be the last."""
    solution = json.loads(bigram())
    solution["metadata"]["pathkit"] |= {"variant": "solution"}
    whole = {
        "my-path/02-bigram.ipynb": bigram(WRONG),
        "my-path/solutions/02-bigram.ipynb": json.dumps(solution).encode(),
        "my-path/.pathkit/base/bigram.ipynb": bigram(),
        "my-path/.pathkit/versions/bigram/0123.ipynb": bigram(),
        "my-path/.ipynb_checkpoints/02-bigram-checkpoint.ipynb": bigram(),
    }
    found = gathered({"doejane_4242_778899_all.zip": zipped(whole),
                      "volkov_4243_778900_bigram.ipynb": bigram()})
    [jane, _] = found.submissions
    assert str(jane.attempt.path) == "doejane_4242_778899_all.zip/my-path/02-bigram.ipynb"
    assert jane.earlier == ()
    assert [r for r in found.remarks if "the path's own solution" in r]


@pytest.mark.parametrize(("name", "encoding"), [
    ("Åsa Öberg", "utf-8"), ("José Muñoz", "utf-8"), ("李雷", "utf-8"), ("Зоя", "utf-8"),
    ("José Muñoz", "cp437"), ("Müller Jörg", "cp437"), ("Åsa Öberg", "cp437"),
    ("José Muñoz", "cp1252"), ("Müller Jörg", "cp1252"), ("Åsa Öberg", "cp1252"),
    ("François", "cp1252"), ("Søren", "cp850"), ("Søren", "cp1252"), ("Jane", "ascii"),
])
def test_names_in_zips_that_do_not_tell_their_encoding(tmp_path, name, encoding):
    for form in ("NFC", "NFD") if encoding == "utf-8" else ("NFC",):
        raw = unicodedata.normalize(form, name).encode(encoding)
        data = zipped({f"{'x' * len(raw)}/bigram.ipynb": bigram(), "Max/bigram.ipynb": bigram()})
        (tmp_path / "all.zip").write_bytes(data.replace(b"x" * len(raw), raw))
        found = collect(tmp_path / "all.zip", assignment())
        assert who(found) == {name: ["bigram"], "Max": ["bigram"]}


def test_zips_in_zips_up_to_a_depth(gathered):
    inner = bigram()
    for depth in range(7):
        inner = zipped({"bigram.ipynb" if depth == 0 else f"{depth}.zip": inner})
    found = gathered({"Jane.zip": zipped({"a.zip": zipped({"bigram.ipynb": bigram()})}),
                      "Max.zip": inner})
    assert who(found) == {"Jane": ["bigram"], "Max": []}
    assert any("nested more than" in r for r in found.remarks)


def test_a_zip_bomb_costs_little_and_is_named(gathered, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 2**22)
    bomb = zipped({"bigram.ipynb": bytes(2**24)})
    start = time.process_time()
    found = gathered({"Jane.zip": bomb, "Max.zip": zipped({"bigram.ipynb": bigram()})})
    assert time.process_time() - start < 2
    assert who(found) == {"Jane": [], "Max": ["bigram"]}
    assert any("Jane.zip/bigram.ipynb: too large unpacked" in r for r in found.remarks)


def test_archives_in_an_archive_share_one_budget(tmp_path):
    one = zipped({"x.ipynb": bytes(2**20)})
    file = tmp_path / "Jane.zip"
    file.write_bytes(zipped({f"{i}.zip": one for i in range(50)}))
    budget = archives.Budget(files=1000, bytes=2**23)
    with open(file, "rb") as opened:
        found = list(archives._archive(archives.PurePosixPath("Jane.zip"), opened, 1, budget,
                                       lambda path: True))
    assert sum(isinstance(f, archives.Found) for f in found) < 9
    assert budget.bytes >= 0


def test_members_that_lie_about_their_size_are_read_no_further(gathered):
    data = bytearray(zipped({"bigram.ipynb": bytes(2**20)}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)  # "10 bytes unpacked"
    found = gathered({"Jane.zip": bytes(data), "Max/bigram.ipynb": bigram()})
    assert who(found)["Max"] == ["bigram"]


def test_paths_that_lead_out_lead_nowhere(gathered, tmp_path):
    found = gathered({
        "Max/bigram.ipynb": bigram(),
        "Jane.zip": zipped({"../../../../tmp/out.ipynb": bigram(), "/etc/x.ipynb": bigram(),
                            "C:\\windows\\y.ipynb": bigram()}),
    })
    assert who(found) == {"Jane": ["bigram"], "Max": ["bigram"]}
    for submission in found.submissions:
        for path in (submission.attempt.path, *submission.earlier):
            assert ".." not in path.parts and not path.is_absolute()
    assert [p.name for p in tmp_path.iterdir()] == ["submissions.zip"]


def test_links_are_not_followed(gathered, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(bigram())
    link = zipfile.ZipInfo("Jane/bigram.ipynb")
    link.external_attr = 0o120777 << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(link, str(secret))
        archive.writestr("Max/bigram.ipynb", bigram())
    start = tmp_path / "links.zip"
    start.write_bytes(held.getvalue())
    found = collect(start, assignment())
    assert who(found) == {"Jane": [], "Max": ["bigram"]}
    folder = tmp_path / "folder"
    (folder / "Max").mkdir(parents=True)
    (folder / "Max" / "bigram.ipynb").write_bytes(bigram())
    (folder / "Max" / notebook_of("attention")).symlink_to(secret)
    (folder / "Jane").symlink_to(tmp_path)
    found = collect(folder, assignment())
    assert len(found.submissions) == 1
    assert sum("links are not followed" in r for r in found.remarks) == 2


def test_an_encrypted_archive_is_a_row_with_a_reason(gathered):
    data = bytearray(zipped({"bigram.ipynb": bigram()}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    found = gathered({"Jane.zip": bytes(data), "Max/bigram.ipynb": bigram()})
    assert who(found) == {"Jane": [], "Max": ["bigram"]}
    assert any("Jane.zip/bigram.ipynb: encrypted" in r for r in found.remarks)


@pytest.mark.parametrize("data", [
    zipped({"bigram.ipynb": bigram()})[:-40], b"PK\x03\x04", b"", b"not a zip at all",
    zipped({"bigram.ipynb": bigram()})[:60] + bytes(200),
])
def test_a_broken_zip_is_a_row_with_a_reason(data, gathered):
    found = gathered({"Jane.zip": data, "Max/bigram.ipynb": bigram()})
    assert who(found) == {"Jane": [], "Max": ["bigram"]}
    assert any("Jane.zip: not a readable zip" in r for r in found.remarks)


@pytest.mark.slow
def test_an_archive_of_60_000_files_is_not_walked(gathered):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(60_000):
            archive.writestr(zipfile.ZipInfo(f"{number}.txt"), b"")
    start = time.process_time()
    found = gathered({"Jane.zip": held.getvalue(), "Max/bigram.ipynb": bigram()})
    assert time.process_time() - start < 8
    assert who(found) == {"Jane": [], "Max": ["bigram"]}
    assert any("Jane.zip: too many files" in r for r in found.remarks)


def test_nothing_to_grade_is_said_in_one_line(gathered, tmp_path):
    with pytest.raises(NothingMatched, match="holds no notebooks"):
        gathered({"notes.txt": b"x"})
    with pytest.raises(EnvironmentProblem, match="can't be read"):
        collect(tmp_path / "missing", assignment())


def test_only_notebooks_are_read(tmp_path):
    (tmp_path / "Jane").mkdir()
    (tmp_path / "Jane" / "bigram.ipynb").write_bytes(bigram())
    (tmp_path / "Jane" / "data.bin").write_bytes(b"x" * 1000)
    read_ones = [f for f in archives.walk(tmp_path, lambda p: p.suffix == ".ipynb") if f.data]
    assert [f.path.name for f in read_ones] == ["bigram.ipynb"]


# --- which module, which answer ---------------------------------------------------------------


@pytest.mark.parametrize(("data", "trouble"), [
    (b"", "it is empty"), (b"{", "it breaks off"), (b"[1, 2]", "no list of cells"),
    (b"<html><title>Sign in</title>", "it is a web page ('Sign in')"),
    (b"\xff\xfe", "it is UTF-16"), (b"[" * 100_000, "can't be read"),
    (json.dumps({"cells": [{"cell_type": "code"}], "nbformat": 4}).encode(), "cell 1"),
    (json.dumps({"worksheets": [], "nbformat": 3}).encode(), "its format is 3"),
])
def test_what_is_no_notebook_is_one_row(data, trouble, gathered):
    found = gathered({"Jane/02-bigram.ipynb": data, "Max/bigram.ipynb": bigram()})
    jane, _ = found.submissions
    assert jane.module == "bigram" and jane.attempt.answers is None
    assert trouble in jane.attempt.trouble
    assert any(trouble in r for r in found.remarks)


def test_a_later_attempt_that_can_t_be_read_does_not_hide_the_one_before(gathered):
    found = gathered({"doe_1_2_bigram-1.ipynb": bigram(), "doe_1_3_bigram-2.ipynb": b"{"})
    [only] = found.submissions
    assert only.attempt.answers and only.attempt.path.name.endswith("-1.ipynb")


def test_a_notebook_of_another_module_is_left_out_and_named(gathered):
    other = notebook(code("x = 1"), module="gpt")
    found = gathered({"Jane/bigram.ipynb": other, "Max/bigram.ipynb": bigram()})
    assert who(found) == {"Jane": [], "Max": ["bigram"]}
    assert any("its module gpt isn't part of this assignment" in r for r in found.remarks)


def test_stripped_metadata_are_guessed_aloud(gathered):
    stripped = notebook(cell("bigram.probabilities", RIGHT, metadata=False), module="")
    found = gathered({"Jane/work.ipynb": stripped, "Max/bigram.ipynb": bigram()})
    jane = found.submissions[0]
    assert jane.module == "bigram"
    assert jane.attempt.answers["probabilities"].found == "comment"
    assert any("taken for module bigram, by the names of its exercises" in r
               for r in found.remarks)


def test_without_anything_else_the_file_s_name_tells_the_module(gathered):
    bare = notebook(cell("bigram.probabilities", RIGHT, comment=False, metadata=False), module="")
    found = gathered({"Jane/my 02-bigram (3).ipynb": bare, "Max/bigram.ipynb": bigram(),
                      "Zoe/work.ipynb": bare})
    assert found.submissions[0].module == "bigram"
    assert found.submissions[0].attempt.answers["probabilities"].found == "name"
    assert any("by the file's name" in r and "my 02-bigram" in r for r in found.remarks)
    assert any("Zoe/work.ipynb: left out" in r for r in found.remarks)


NAMES = ["probabilities", "smoothed"]


def answers(*cells: dict):
    return answers_in(read(notebook(*cells)), "bigram", NAMES, {})


def test_the_last_of_several_cells_counts_and_that_is_said():
    found = answers(cell("bigram.probabilities", WRONG), cell("bigram.probabilities", RIGHT),
                    cell("bigram.probabilities", "..."))
    assert RIGHT in found["probabilities"].code
    assert "the last of them counts" in found["probabilities"].remarks[0]


def test_cells_in_another_order_are_found():
    found = answers(cell("bigram.smoothed", "return 1"), cell("bigram.probabilities", RIGHT))
    assert RIGHT in found["probabilities"].code and "return 1" in found["smoothed"].code


def test_a_renamed_function_is_taken_with_its_cell():
    renamed = cell("bigram.probabilities", RIGHT)
    renamed["source"] = renamed["source"].replace("def probabilities", "def probs")
    found = answers(renamed)["probabilities"]
    assert "def probs" in found.code and found.found == "metadata"


@pytest.mark.parametrize("source", [
    "def probabilities(counts:\n    return", "x = (", "%%bash\nrm -rf /", "!ls\n?probabilities",
    "a" + ".b" * 50_000, "-" * 50_000 + "1", "lambda: " * 20_000 + "x", "(" * 5_000,
    "x = '\ud800'", "\0", "\x1b[2J", "if x:\n pass\n" + "elif x:\n pass\n" * 5_000,
])
def test_cells_that_break_reading_break_nothing_else(source):
    wild = code("# exercise: bigram.smoothed\n" + source)
    found = answers(wild, cell("bigram.probabilities", RIGHT))
    assert RIGHT in found["probabilities"].code
    for answer in found.values():
        assert answer.code.encode() is not None and answer.written.encode() is not None


def test_a_module_is_known_by_its_set_up_cell():
    found = module_of(read(notebook(code('path.ready("bigram")'), module="")))
    assert found == ("bigram", "by its set-up cell")


def test_lesson_cells_are_kept_once_for_everybody():
    lesson = code("def helper(x):\n    return x + 1")
    texts = [answers(lesson, cell("bigram.probabilities", body))["probabilities"].before
             for body in ("return helper(1)", "return helper(2)")]
    assert texts[0][0] is texts[1][0]


@pytest.mark.slow
def test_thousands_of_submissions_take_little_memory(tmp_path):
    import tracemalloc

    lesson = [code(f"def helper_{i}(x):\n    '{'y' * 5000}'\n    return x") for i in range(20)]

    def taken(count: int) -> int:
        files = {f"s{i}/bigram.ipynb": notebook(
            *lesson, cell("bigram.probabilities", f"return helper_{i % 20}({i})"))
            for i in range(count)}
        start = tmp_path / f"{count}.zip"
        start.write_bytes(zipped(files))
        del files
        tracemalloc.start()
        found = collect(start, assignment())
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(found.submissions) == count
        return size

    taken(10)
    each = (taken(110) - taken(10)) / 100
    assert each < 8000  # bytes; the notebooks have 100,000 each


@pytest.mark.parametrize(("path", "name"), [
    ("Slav.ipynb", "Slav"), ("Jane Doe - Copy.ipynb", "Jane Doe"), ("Jane_final.ipynb", "Jane"),
    ("Jane v2.ipynb", "Jane"), ("Jane (3).ipynb", "Jane"), ("Marcopy.ipynb", "Marcopy"),
])
def test_names_of_copies(path, name):
    assert claim_of(archives.PurePosixPath(path), Layout()).student.name == name


# --- what students may try --------------------------------------------------------------------


def test_a_name_within_somebodys_own_files_is_nobodys(gathered):
    smith = "smithbob_124_457_bigram"
    found = gathered({
        "smithbob_124_457_bigram-1.ipynb": bigram(),
        "doejane_4242_778899_stuff.zip": zipped({
            f"{smith}-9.ipynb": bigram(WRONG),
            "Bob Smith_124_assignsubmission_file_/bigram.ipynb": bigram(WRONG),
            "submission_124/bigram.ipynb": bigram(WRONG),
        }),
    })
    assert who(found) == {"smithbob": ["bigram"], "doejane": ["bigram"]}
    [bobs] = [s for s in found.submissions if s.student.name == "smithbob"]
    assert str(bobs.attempt.path) == "smithbob_124_457_bigram-1.ipynb" and not bobs.earlier


@pytest.mark.parametrize(("jane", "bob"), [
    ("Jane Doe_1_assignsubmission_file_", "Bob Smith_2_assignsubmission_file_"),
    ("export/submission_1", "export/submission_2"),
    ("submitted/jane/week3", "submitted/bob/week3"),
])
def test_a_folder_within_somebodys_own_is_nobodys(gathered, jane, bob):
    inner = [f"{jane}/{bob.rpartition('/')[2]}", f"{jane}/{bob}", f"{jane}/bob_2_3_x.zip"]
    found = gathered({
        f"{bob}/bigram.ipynb": bigram(),
        f"{jane}/other/bigram.ipynb": bigram(WRONG),
        **{f"{place}/bigram.ipynb": bigram(WRONG) for place in inner},
    })
    assert len(found.students) == 2
    assert sorted(len(s.earlier) > 1 for s in found.submissions) == [False, True]


def test_a_list_of_submissions_in_somebodys_own_folder_says_nothing(gathered):
    about = b"submission_2:\n  :submitters:\n  - :name: Jane\n  :created_at: 2020-01-01\n"
    real = about.replace(b"Jane", b"Bob").replace(b"2020", b"2027")
    for place in ("export/submission_1", "export/submission_1/deep"):
        found = gathered({
            "export/submission_metadata.yml": real,
            f"{place}/submission_metadata.yml": about,
            "export/submission_1/bigram.ipynb": bigram(WRONG),
            "export/submission_2/bigram.ipynb": bigram(),
        })
        assert set(who(found)) == {"Bob", "submission 1"}
        assert {s.attempt.time.year for s in found.submissions} == {2027}


@pytest.mark.parametrize("place", [
    "Jane Doe_1_assignsubmission_file_", "Jane Doe", "Jane Doe/submitted/jane/week3",
    "doejane_1_2_x.zip",
])
def test_a_time_that_a_student_wrote_down_is_not_believed(gathered, place):
    files = {"bigram.ipynb": bigram(), "timestamp.txt": b"2020-01-01 00:00:00 UTC"}
    if place.endswith(".zip"):
        files = {place: zipped(files, (2020, 1, 1, 0, 0, 0))}
    else:
        files = {f"{place}/{name}": data for name, data in files.items()}
    found = gathered({**files, "Max_2_assignsubmission_file_/bigram.ipynb": bigram()})
    assert {(s.attempt.time.year, s.attempt.dated) for s in found.submissions} == {(2027, False)}


def test_names_that_are_long_take_neither_time_nor_the_disks_limit(gathered):
    long = ["bigram" + " " * 60_000 + f"{i}.ipynb" for i in range(300)]
    start = time.process_time()
    found = gathered({
        "doejane_4242_778899_stuff.zip": zipped({name: b"{}" for name in long}),
        "\U0001d49c" * 63 + "/bigram.ipynb": bigram(),
    })
    assert time.process_time() - start < 2
    assert all(len(student.key.encode()) < 200 for student in found.students)


@pytest.mark.slow
@pytest.mark.parametrize("body", [
    "x = 1\n" * 300_000, "%x\n" * 20_000, "x = 5\n%%" * 20_000, "'''" + "\n" * 300_000,
    "(" * 100_000, "1" + "+1" * 100_000, "if 1:\n pass\n" + "elif 1:\n pass\n" * 30_000,
], ids=lambda body: repr(body[:8]))
def test_an_answer_that_is_hard_to_parse_takes_little_time(body):
    begun = time.process_time()
    long = code(f"# exercise: bigram.probabilities\n{body}")
    found = answers_in(read(notebook(long)), "bigram", ["probabilities"], {})
    assert len(found["probabilities"].code) < 200_000
    assert time.process_time() - begun < 5


def test_a_notebook_of_nothing_but_code_is_one_row(gathered):
    cells = [code("x = 1\n" * 10_000) for _ in range(50)]
    begun = time.process_time()
    found = gathered({"a_1_2_bigram.ipynb": notebook(*cells), "b_3_4_bigram.ipynb": bigram()})
    assert time.process_time() - begun < 5
    assert "more than 2,000,000 characters" in found.submissions[0].attempt.trouble
    assert found.submissions[1].attempt.answers


def test_definitions_that_lead_from_one_to_the_next_are_followed_quickly():
    cells = [code("\n".join(f"def a{i}(): a{i + 1}" for i in range(n, n + 4000)))
             for n in range(0, 8000, 4000)]
    answer = cell("bigram.probabilities", "return a0(counts)")
    begun = time.process_time()
    found = answers_in(read(notebook(*cells, answer)), "bigram", ["probabilities"], {})
    assert len(found["probabilities"].before) == 8000
    assert time.process_time() - begun < 4


def test_half_a_character_in_a_comment_spoils_no_answer():
    half = cell("bigram.probabilities", f"{RIGHT}  # \ud83d")
    found = answers_in(read(notebook(half)), "bigram", ["probabilities"], {})["probabilities"]
    assert "path.check" not in found.code
    compile(found.code, "cell", "exec")


@pytest.mark.parametrize("kind", ["markdown", "raw", "fenced"])
def test_an_answer_in_a_cell_that_does_not_run_is_taken_with_a_remark(kind):
    text = cell("bigram.probabilities", RIGHT)
    source = text["source"] if kind != "fenced" else f"Mine:\n\n```python\n{text['source']}\n```"
    turned = {"cell_type": "markdown" if kind == "fenced" else kind, "source": source,
              "metadata": text["metadata"]}
    found = answers(code("import numpy as np"), turned)["probabilities"]
    assert RIGHT in found.code and "path.check" not in found.code
    [remark] = found.remarks
    assert "probabilities: cell 2 is " in remark and "press Esc, then Y" in remark


@pytest.mark.parametrize("top", ["    ", "\t"])
def test_an_answer_that_is_indented_as_a_whole_is_run_as_jupyter_runs_it(top):
    text = cell("bigram.probabilities", RIGHT)
    text["source"] = "\n".join(top + line for line in text["source"].splitlines())
    found = answers(text)["probabilities"]
    compile(found.code, "answer", "exec")
    assert RIGHT in found.code


def test_an_older_notebook_is_read_and_a_web_page_is_named(gathered):
    today = json.loads(bigram())
    older = {"nbformat": 3, "nbformat_minor": 0, "metadata": today["metadata"] | {"name": "x"},
             "worksheets": [{"metadata": {}, "cells": [
                 {"cell_type": "code", "input": c["source"], "language": "python", "outputs": [],
                  "metadata": c["metadata"], "collapsed": False} for c in today["cells"]]}]}
    found = gathered({"Jane/bigram.ipynb": json.dumps(older).encode(),
                      "Max/bigram.ipynb": b"<!doctype html><title>Log in</title>"})
    jane, max_ = found.submissions
    assert RIGHT in jane.attempt.answers["probabilities"].code
    assert max_.attempt.answers is None and "a web page ('Log in')" in max_.attempt.trouble
