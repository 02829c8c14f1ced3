"""Earlier versions of the learner's notebooks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pathkit.learner.update import backups
from tests.this_path import notebook_of


def test_versions_are_kept_in_their_order(tmp_path):
    for content in (b"one", b"two", b"three", b"one"):
        backups.save(tmp_path, notebook_of("bigram"), content)
    found = [path.read_bytes() for path in backups.versions(tmp_path, notebook_of("bigram"))]
    assert found == [b"one", b"two", b"three", b"one"]
    assert backups.newest(tmp_path, notebook_of("bigram")).read_bytes() == b"one"
    assert backups.versions(tmp_path, notebook_of("mlp")) == []
    assert backups.newest(tmp_path, notebook_of("mlp")) is None


def test_what_is_kept_already_is_not_kept_again(tmp_path):
    first = backups.save(tmp_path, "a.ipynb", b"one")
    assert backups.save(tmp_path, "a.ipynb", b"one") == first
    assert len(backups.versions(tmp_path, "a.ipynb")) == 1


def test_a_name_tells_the_time_on_every_system(tmp_path):
    path = backups.save(tmp_path, notebook_of("bigram"), b"one")
    assert path.parent == tmp_path / ".pathkit" / "backups" / "02-bigram"
    at = datetime.strptime(path.name, "%Y-%m-%dT%H-%M-%S.%fZ.ipynb").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert not set(path.name) & set('<>:"/\\|?*')


def test_a_clock_that_was_set_back(tmp_path):
    home = backups.save(tmp_path, "a.ipynb", b"one").parent
    (home / "2999-01-01T00-00-00.000000Z.ipynb").write_bytes(b"from the future")
    backups.save(tmp_path, "a.ipynb", b"two")
    assert backups.newest(tmp_path, "a.ipynb").read_bytes() == b"two"


def test_what_somebody_put_there_is_no_version(tmp_path):
    home = backups.save(tmp_path, "a.ipynb", b"one").parent
    (home / "zzz.ipynb").write_bytes(b"mine")
    assert backups.newest(tmp_path, "a.ipynb").read_bytes() == b"one"
