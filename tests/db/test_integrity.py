"""Whatever is done to the file behind the program's back, ``check`` says so."""

import re
from pathlib import Path

import pytest

from app.domain.change import Change
from db.engine import look
from db.practice import open_practice
from db.repository import SqlRepository
from tests.db.builders import clock, mark, stamp
from tests.db.conftest import Visit

_FREE_TRAIL = ("DROP TRIGGER audit_refuses_update", "DROP TRIGGER audit_refuses_delete")


@pytest.fixture
def tampered(folder: Path, repository: SqlRepository, visit: Visit):  # type: ignore[no-untyped-def]
    """What the check says after these statements."""
    first = mark(visit.session)
    repository.commit(Change.add("Add", first), stamp())
    repository.commit(Change.remove("Remove", [first]), stamp())
    repository.commit(Change.add("Add", mark(visit.session)), stamp())

    def tamper(*statements: str) -> str:
        connection = look(folder / "practice.db")
        for statement in statements:
            connection.execute(statement)
        connection.close()
        return "\n".join(repository.check())

    return tamper


def test_a_whole_practice(tampered) -> None:  # type: ignore[no-untyped-def]
    assert tampered() == ""


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["UPDATE mark SET muscle = 'soleus'"], "is not what the trail says"),
        (["DELETE FROM mark"], "is not what the trail says"),
        (["UPDATE patient SET search = ''"], "not stored as this program stores it"),
        (["UPDATE patient SET birth_date = '2999-01-01'"], "birth_date: The birth date lies in"),
        (["UPDATE mark SET details = '{\"colour\": 1}'"], "The mark .* cannot be read"),
        (["UPDATE mark SET details = 'no JSON'"], "The mark .* cannot be read"),
        (["UPDATE mark SET placed_at = 'yesterday'"], "The mark .* cannot be read"),
        (["UPDATE mark SET session_id = 'f'"], "Row 1 of mark belongs to a treatment_session"),
        ([*_FREE_TRAIL, "DELETE FROM audit WHERE sequence = 2"], "gap before line 3"),
        ([*_FREE_TRAIL, "DELETE FROM audit WHERE sequence = 4"], "is not what the trail says"),
        ([*_FREE_TRAIL, "DELETE FROM audit WHERE sequence = 1"], "gap before line 2"),
        ([*_FREE_TRAIL, "UPDATE audit SET edits = '[1]' WHERE sequence = 2"], "Line 2 .*be read"),
        ([*_FREE_TRAIL, "UPDATE audit SET edits = '[]' WHERE sequence = 2"], "Line 3 .* follow"),
        ([*_FREE_TRAIL, "UPDATE audit SET edits = 'x' WHERE sequence = 2"], "Line 2 .*be read"),
        (
            [
                "DROP TRIGGER treatment_session_needle_in",  # it reads the table
                "DROP TRIGGER treatment_session_needle_in_replace",  # it reads the table
                "CREATE TABLE loose AS SELECT * FROM mark",
                "INSERT INTO loose SELECT * FROM mark",
                "DROP TRIGGER own_picture_marked_delete",  # it reads the table that is renamed
                "DROP TRIGGER own_picture_marked_update",
                "DROP TABLE mark",
                "ALTER TABLE loose RENAME TO mark",
                "UPDATE mark SET id = id || 'a' WHERE rowid = 2",
            ],
            "The treatment_session .* has more than one mark 1",
        ),
        (["DROP TABLE audit"], "damaged.*no such table"),
    ],
)
def test_tampering_is_found(tampered, statements: list[str], words: str) -> None:  # type: ignore[no-untyped-def]
    said = tampered(*statements)
    assert re.search(words, said), said


def test_a_damaged_file_is_found(folder: Path, repository: SqlRepository, visit: Visit) -> None:
    marks = [mark(visit.session, number, note="x" * 400) for number in range(1, 200)]
    repository.commit(Change.add("Add", *marks), stamp())
    repository._transactions.close()
    found = 0
    whole = (folder / "practice.db").read_bytes()
    pages = range(68, len(whole) // 4096, 7)  # behind those of the schema, without which none opens
    for page in pages:
        broken = bytearray(whole)
        broken[page * 4096 : page * 4096 + 100] = b"\xff" * 100
        (folder / "practice.db").write_bytes(broken)
        with open_practice(folder, create=False, clock=clock) as practice:
            said = practice.repository.check()
        found += bool(said) and all("is damaged" in sentence for sentence in said)
    assert found == len(pages) > 3
