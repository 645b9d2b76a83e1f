"""The letterhead in the database: kept, in every backup, and taken over from an older version."""

import json
import shutil
from base64 import b64encode
from pathlib import Path

import pytest

from app.domain.change import Change
from app.domain.letterhead import Letterhead
from db.backup import back_up
from db.engine import look
from db.old_letterhead import FILE
from db.practice import BACKUPS, Practice, open_practice
from tests.db.builders import NOW, clock, stamp
from tests.helpers.pictures import png

HEAD = Letterhead(name="Praxis", lines=("Seeweg 3", "Zürich"), foot="Since 1999", logo=png(90, 30))
OLD = {
    "format": "needlepoint.letterhead/1",
    "name": HEAD.name,
    "lines": list(HEAD.lines),
    "foot": HEAD.foot,
    "logo": b64encode(HEAD.logo).decode(),
}


def test_it_is_kept_changed_and_undone(practice: Practice) -> None:
    repository, other = practice.repository, Letterhead(name="Other")
    assert repository.letterhead() is None
    repository.commit(Change.add("Set", HEAD), stamp())
    change = Change.replace("Set", HEAD, other)
    repository.commit(change, stamp())
    assert repository.letterhead() == other
    repository.commit(change.inverse(), stamp())
    assert repository.letterhead() == HEAD
    assert repository.everything() == [HEAD]
    assert repository.everything([]) == []
    assert repository.check() == []


def test_a_backup_holds_it(folder: Path) -> None:
    with open_practice(folder, clock=clock) as practice:
        practice.repository.commit(Change.add("Set", HEAD), stamp())
        back_up(folder / "practice.db", folder / BACKUPS, "daily", NOW)
    (backup,) = (folder / BACKUPS).glob("daily-*.db")
    restored = folder.with_name("restored")
    restored.mkdir()
    shutil.copy(backup, restored / "practice.db")
    with open_practice(restored, create=False, clock=clock) as practice:
        assert practice.repository.letterhead() == HEAD
        assert practice.repository.check() == []


def test_that_of_an_older_version_is_taken_over_once(folder: Path) -> None:
    open_practice(folder, clock=clock).close()
    (folder / FILE).write_text(json.dumps(OLD), encoding="utf-8")
    for _again in range(2):
        with open_practice(folder, create=False, clock=clock) as practice:
            assert practice.letterhead_trouble is None
            assert practice.repository.letterhead() == HEAD
            assert practice.repository.check() == []
        assert not (folder / FILE).exists()


def test_that_of_a_practice_that_is_brought_up_to_date_is_taken_over(folder: Path) -> None:
    open_practice(folder, clock=clock).close()
    connection = look(folder / "practice.db")
    connection.execute("DROP TABLE letterhead")
    connection.execute("UPDATE alembic_version SET version_num = '0005'")
    connection.commit()
    connection.close()
    (folder / FILE).write_text(json.dumps(OLD), encoding="utf-8")
    with open_practice(folder, create=False, clock=clock) as practice:
        assert practice.repository.letterhead() == HEAD
        assert practice.repository.check() == []
    assert list((folder / BACKUPS).glob("before-update-of-0005-*.db"))


def test_a_file_that_lies_there_later_changes_nothing(folder: Path) -> None:
    with open_practice(folder, clock=clock) as practice:
        practice.repository.commit(Change.add("Clear", Letterhead()), stamp())
    (folder / FILE).write_text(json.dumps(OLD), encoding="utf-8")
    with open_practice(folder, create=False, clock=clock) as practice:
        assert practice.letterhead_trouble is None
        assert practice.repository.letterhead() == Letterhead()
    assert (folder / FILE).exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        json.dumps(OLD | {"format": "needlepoint.letterhead/2"}).encode(),
        json.dumps(OLD | {"name": 3}).encode(),
        json.dumps(OLD | {"lines": 3}).encode(),
        json.dumps(OLD | {"lines": ["x"] * 7}).encode(),
        json.dumps(OLD | {"logo": "eHg="}).encode(),
        json.dumps(OLD | {"logo": "x"}).encode(),
        json.dumps(OLD).encode() + b" " * 5_000_000,
    ],
)
def test_a_damaged_file_is_said_and_stays(folder: Path, content: bytes) -> None:
    open_practice(folder, clock=clock).close()
    (folder / FILE).write_bytes(content)
    with open_practice(folder, create=False, clock=clock) as practice:
        assert practice.letterhead_trouble == (
            f"{folder / FILE} is damaged, so the letterhead was not taken over. Set it anew."
        )
        assert practice.repository.letterhead() is None
        practice.repository.commit(Change.add("Set", HEAD), stamp())
    assert (folder / FILE).read_bytes() == content
    with open_practice(folder, create=False, clock=clock) as practice:
        assert practice.letterhead_trouble is None


def test_a_file_that_cannot_be_read_is_said(folder: Path) -> None:
    open_practice(folder, clock=clock).close()
    (folder / FILE).mkdir()
    with open_practice(folder, create=False, clock=clock) as practice:
        assert "was not taken over" in (practice.letterhead_trouble or "")
