"""The text of a file, or why it can't be read: missing, not UTF-8, characters that nobody sees."""

from pathlib import Path

from pathkit.curriculum.characters import character_name, refused_characters
from pathkit.curriculum.findings import Place, Unreadable
from pathkit.curriculum.problems import Problem

# A thousand modules take ten million bytes.
_LARGEST_FILE = 64_000_000
_MOST_BAD_CHARACTERS = 50


def source_of(path: Path) -> tuple[str, Problem | None]:
    """The text of a file, or "" and the one problem that it can't be read for."""
    try:
        return _decoded(_bytes_of(path)), None
    except Unreadable as error:
        return "", Problem(str(path), *error.place, "", error.message)


def _bytes_of(path: Path) -> bytes:
    start = Place(1, 1)
    try:
        if path.is_dir():
            raise Unreadable(start, "this is a folder; expected a file")
        if path.exists() and not path.is_file():
            raise Unreadable(start, "this is not a regular file")
        with path.open("rb") as stream:
            data = stream.read(_LARGEST_FILE + 1)
        if len(data) > _LARGEST_FILE:
            size = f"{_LARGEST_FILE // 1_000_000} MB"
            raise Unreadable(start, f"the file is larger than {size}, and nothing of it was read")
    except FileNotFoundError:
        raise Unreadable(start, "there is no such file") from None
    except PermissionError:
        raise Unreadable(start, "the file may not be read: permission denied") from None
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise Unreadable(start, f"the file can't be read: {reason}") from None
    except ValueError:
        raise Unreadable(start, "the file can't be read: its name is not valid") from None
    return data


def _decoded(data: bytes) -> str:
    start = Place(1, 1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(start, "the file is UTF-16; save it as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        place = _place_in(before, len(before))
        raise Unreadable(
            place, f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        ) from None


def bad_characters(source: str, file: str) -> list[Problem]:
    """What can't stand in a curriculum, a line of the file once."""
    if source.startswith("\ufeff"):
        message = "the file begins with a byte order mark; save it as UTF-8 without one"
        return [Problem(file, 1, 1, "", message)]
    problems, line, start = [], 0, 0
    for match in refused_characters(source):
        newline = source.rfind("\n", start, match.start())
        if newline >= 0:
            line += source.count("\n", start, newline + 1)
            start = newline + 1
        elif problems and problems[-1].line == line + 1:
            # One line of the report is enough for one line of the file.
            continue
        place = Place(line + 1, match.start() - start + 1)
        message = character_name(match.group())
        if match.group() == "\t":
            message += "; indent and separate with spaces"
        problems.append(Problem(file, *place, "", message))
        if len(problems) == _MOST_BAD_CHARACTERS:
            break
    return problems


def _place_in(source: str, position: int) -> Place:
    before = source[:position]
    return Place(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
