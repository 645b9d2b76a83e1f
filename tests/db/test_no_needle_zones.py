"""A patient's own zones in the file: stored, checked, told in the trail, and brought from 0001."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.anatomy import Anchor
from app.domain.change import Change
from app.domain.errors import ConflictError, InvalidRecordError, StorageError
from app.domain.own_zones import ZoneReason
from app.domain.records import SessionStatus
from db import trail
from db.engine import look, open_engine
from db.practice import BACKUPS, DATABASE, Practice, open_practice
from db.repository import SqlRepository
from db.schema import SHIPPED, Lineage, migrate
from db.tables import HEAD
from db.transactions import Transactions
from db.writing import write
from tests.db.builders import clock, mark, patient, practitioner, session, stamp, zone
from tests.db.conftest import Visit


def test_a_zone_is_added_changed_and_removed(repository: SqlRepository, visit: Visit) -> None:
    drawn = zone(visit.patient, reason=None)
    repository.commit(Change.add("Draw", drawn), stamp(visit.session.id))
    scar = replace(drawn, reason=ZoneReason.SCAR, note="keloid")
    repository.commit(Change.replace("Say why", drawn, scar), stamp(visit.session.id))
    assert repository.existing([scar]) == {scar.id: scar}
    with pytest.raises(ConflictError, match="This no-needle zone was changed elsewhere"):
        repository.commit(Change.remove("Remove", [drawn]), stamp())
    repository.commit(Change.remove("Remove", [scar]), stamp(visit.session.id))
    assert repository.existing([scar]) == {}
    assert repository.check() == []
    assert [each.change.label for each in repository.steps(visit.session.id)] == [
        "Draw", "Say why", "Remove"
    ]  # fmt: skip


def test_zones_are_read_with_the_chart_and_with_every_session(
    repository: SqlRepository, visit: Visit
) -> None:
    earlier = session(visit.patient, visit.practitioner)
    other = patient("Other", "2")
    first = zone(visit.patient)
    second = zone(visit.patient, drawn_at=first.drawn_at.replace(minute=59))
    repository.commit(Change.add("Add", earlier, other, second, first, zone(other)), stamp())
    chart = repository.chart(visit.patient.id)
    assert chart is not None
    assert chart.zones == (first, second)
    found = repository.patient_records(visit.patient.id)
    assert [each.zones for each in found] == [(first, second)] * 2
    assert {first, second} <= set(repository.everything([visit.patient.id]))
    assert repository.everything([other.id])[1:] == [
        each for each in repository.everything() if getattr(each, "patient_id", None) == other.id
    ]


def test_the_trail_says_whom_a_zone_is_about(
    practice: Practice, repository: SqlRepository, visit: Visit
) -> None:
    repository.commit(Change.add("Draw", zone(visit.patient)), stamp(visit.session.id))
    with practice._transactions.reading() as connection:
        told = connection.exec_driver_sql("SELECT patient_id FROM audit ORDER BY sequence").all()
    assert told[-1][0] == visit.patient.id.hex


def test_a_signed_session_does_not_lock_a_zone(repository: SqlRepository, visit: Visit) -> None:
    drawn = zone(visit.patient)
    repository.commit(Change.add("Draw", drawn), stamp(visit.session.id))
    signed = replace(visit.session, status=SessionStatus.SIGNED)
    repository.commit(Change.replace("Sign", visit.session, signed), stamp(visit.session.id))
    assert repository.session_records(signed.id).zones == (drawn,)  # type: ignore[union-attr]
    repository.commit(Change.remove("Remove", [drawn]), stamp())
    assert repository.check() == []


def test_a_patient_with_a_zone_cannot_be_removed(repository: SqlRepository) -> None:
    whom = patient("Other", "2")
    repository.commit(Change.add("Add", whom, zone(whom)), stamp())
    with pytest.raises(StorageError, match="other records belong to it"):
        repository.commit(Change.remove("Remove", [whom]), stamp())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"outline": (Anchor(1, 0.0, 0.0), Anchor(2, 0.0, 0.0))}, "at least three spots"),
        ({"anchor": Anchor(1, 0.9, 0.9)}, "not a spot on the body"),
        ({"note": "x\x00"}, "control character"),
        ({"drawn_at": clock().replace(tzinfo=None)}, "needs its zone"),
        ({"body_version": "v" * 121}, "A body version can hold"),
    ],
)
def test_what_is_no_zone_is_refused(
    repository: SqlRepository, visit: Visit, fields: dict[str, object], words: str
) -> None:
    with pytest.raises(InvalidRecordError, match=words):
        repository.commit(Change.add("Draw", zone(visit.patient, **fields)), stamp())


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE no_needle_zone SET reason = 'scar'", "is not what the trail says"),
        ("DELETE FROM no_needle_zone", "is not what the trail says"),
        ("UPDATE no_needle_zone SET outline = 'x'", "The no_needle_zone .* cannot be read"),
        ("UPDATE no_needle_zone SET outline = '[[1,0,0]]'", "at least three spots"),
        ("UPDATE no_needle_zone SET patient_id = 'f'", "of no_needle_zone belongs to a patient"),
    ],
)
def test_the_check_sees_what_was_tampered_with(
    folder: Path, repository: SqlRepository, visit: Visit, statement: str, words: str
) -> None:
    drawn = zone(visit.patient, reason=ZoneReason.PORT)
    repository.commit(Change.add("Draw", drawn), stamp())
    connection = look(folder / DATABASE)
    connection.execute(statement)
    connection.close()
    assert re.search(words, "\n".join(repository.check()))


@pytest.fixture
def first_version(folder: Path) -> Change:
    """A practice as version 0001 left it, on the disk: what is in it."""
    who, whom = practitioner(), patient()
    held = session(whom, who)
    change = Change.add("Begin", who, whom, held, mark(held, 1), mark(held, 2))
    folder.mkdir()
    (folder / DATABASE).touch()
    engine = open_engine(folder / DATABASE)
    with engine.begin() as connection:
        migrate(connection, Lineage("0001", SHIPPED.folders))
    transactions = Transactions(engine)
    with transactions.writing() as connection:
        write(connection, change)
        trail.append(connection, change, stamp(held.id))
    transactions.close()
    return change


def test_a_practice_of_the_first_version_keeps_its_data(
    folder: Path, first_version: Change
) -> None:
    records = [edit.record for edit in first_version.edits.values()]
    with open_practice(folder, create=False, clock=clock) as practice:
        assert practice.repository.existing(records) == {each.id: each for each in records}
        assert practice.repository.check() == []
        whom = practice.repository.patients()[0]
        practice.repository.commit(Change.add("Draw", zone(whom)), stamp())
    with open_practice(folder, create=False, clock=clock) as practice:
        assert len(practice.repository.chart(whom.id).zones) == 1  # type: ignore[union-attr]
        assert practice.repository.check() == []
    before = [path.name for path in (folder / BACKUPS).iterdir() if "before-update" in path.name]
    assert [name[:22] for name in before] == ["before-update-of-0001-"]
    connection = look(folder / DATABASE)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    connection.close()
