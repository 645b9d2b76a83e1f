"""Own pictures in the file: their bytes kept once and for good, their records like any other."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from app.domain.anatomy import Anchor, Side
from app.domain.change import Change
from app.domain.errors import (
    ConflictError,
    InvalidRecordError,
    PictureInUseError,
    SignedSessionError,
    StorageError,
)
from app.domain.marks import Mark
from app.domain.own_pictures import FLAT_TRIANGLES, OwnPicture, picture_version, shown_to
from app.domain.records import SessionStatus, TreatmentSession
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
from tests.helpers.pictures import own_picture

CONTENT = b"any bytes: the database does not ask what they are"
OTHER = b"other bytes"


def on(picture: OwnPicture, of: TreatmentSession, number: int = 1, **fields: Any) -> Mark:
    given = {
        "body_version": picture.version,
        "placed_in": picture.version,
        "anchor": Anchor(FLAT_TRIANGLES[0], 0.25, 0.5),
        "side": None,
        "muscle": None,
    }
    return mark(of, number, **{**given, **fields})


@pytest.fixture
def add(repository: SqlRepository) -> Callable[..., OwnPicture]:
    """Adds a picture with its bytes."""

    def add_(content: bytes = CONTENT, **fields: Any) -> OwnPicture:
        picture = own_picture(content, **fields)
        assert repository.keep_picture(content) == picture.sha256
        repository.commit(Change.add("Add picture", picture), stamp())
        return picture

    return add_


def test_bytes_are_kept_once_under_their_hash(
    practice: Practice, repository: SqlRepository
) -> None:
    digest = repository.keep_picture(CONTENT)
    assert digest == sha256(CONTENT).hexdigest()
    assert repository.keep_picture(CONTENT) == digest
    assert repository.picture_bytes(digest) == CONTENT
    assert repository.picture_bytes("0" * 64) is None
    with practice._transactions.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM picture_file").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM audit").scalar() == 0
    assert repository.check() == []  # a file that no picture names does no harm


def test_other_bytes_are_never_given_for_a_picture(
    folder: Path, repository: SqlRepository, add: Callable[..., OwnPicture]
) -> None:
    picture = add()
    connection = look(folder / DATABASE)
    connection.execute("DROP TRIGGER picture_file_refuses_update")
    connection.execute("UPDATE picture_file SET data = ?", (OTHER,))
    connection.close()
    assert repository.picture_bytes(picture.sha256) is None


def test_any_bytes_come_back(repository: SqlRepository) -> None:
    content = bytes(range(256)) * 40_000
    assert repository.picture_bytes(repository.keep_picture(content)) == content


def test_a_picture_is_added_changed_and_removed(
    repository: SqlRepository, visit: Visit, add: Callable[..., OwnPicture]
) -> None:
    picture = add(patient_id=visit.patient.id)
    named = replace(picture, title="Left knee", side=Side.LEFT)
    repository.commit(Change.replace("Change picture", picture, named), stamp())
    assert repository.existing([named]) == {named.id: named}
    with pytest.raises(ConflictError, match="This picture was changed elsewhere"):
        repository.commit(Change.remove("Remove picture", [picture]), stamp())
    repository.commit(Change.remove("Remove picture", [named]), stamp())
    assert repository.existing([named]) == {}
    assert repository.picture_bytes(named.sha256) == CONTENT  # so that undo can bring it back
    repository.commit(Change.add("Bring back", named), stamp())
    assert repository.check() == []


def test_a_picture_needs_its_bytes(repository: SqlRepository, visit: Visit) -> None:
    with pytest.raises(StorageError):
        repository.commit(Change.add("Add", own_picture(CONTENT, visit.patient.id)), stamp())
    assert repository.chart(visit.patient.id).pictures == ()  # type: ignore[union-attr]


def test_neither_trail_nor_change_holds_the_bytes(
    practice: Practice, visit: Visit, add: Callable[..., OwnPicture]
) -> None:
    picture = add(patient_id=visit.patient.id)
    with practice._transactions.reading() as connection:
        told = connection.exec_driver_sql(
            "SELECT patient_id, edits FROM audit ORDER BY sequence DESC"
        ).first()
    assert told is not None
    assert told[0] == visit.patient.id.hex
    assert picture.sha256 in told[1]
    assert len(told[1]) < 500


def test_a_chart_shows_the_patients_pictures_and_those_for_all(
    repository: SqlRepository, visit: Visit, add: Callable[..., OwnPicture]
) -> None:
    someone = patient("Other", "2")
    repository.commit(Change.add("Add", someone), stamp())
    mine = add(patient_id=visit.patient.id)
    for_all = add(OTHER, added_at=mine.added_at - timedelta(days=1))
    theirs = add(b"third", patient_id=someone.id)
    chart = repository.chart(visit.patient.id)
    assert chart is not None
    assert chart.pictures == (for_all, mine)
    assert repository.session_records(visit.session.id).pictures == (for_all, mine)  # type: ignore[union-attr]
    assert repository.chart(someone.id).pictures == (for_all, theirs)  # type: ignore[union-attr]


def test_the_same_file_is_shown_once_under_the_patients_own_title(visit: Visit) -> None:
    for_all = own_picture(CONTENT, title="Shoulder")
    mine = own_picture(CONTENT, visit.patient.id, title="Left shoulder")
    twice = own_picture(CONTENT, visit.patient.id, added_at=mine.added_at + timedelta(days=1))
    foreign = own_picture(OTHER, visit.practitioner.id)
    for pictures in ((for_all, mine, twice, foreign), (foreign, twice, mine, for_all)):
        assert shown_to(pictures, visit.patient.id) == (mine,)


def test_an_export_of_a_patient_holds_what_its_marks_need_and_no_more(
    repository: SqlRepository, visit: Visit, add: Callable[..., OwnPicture]
) -> None:
    mine, used, _unused = add(patient_id=visit.patient.id), add(OTHER), add(b"third")
    lying = on(used, visit.session)
    repository.commit(Change.add("Mark", lying), stamp())
    found = [
        each for each in repository.everything([visit.patient.id]) if isinstance(each, OwnPicture)
    ]
    assert sorted(found, key=lambda each: each.title + each.sha256) == sorted(
        [mine, used], key=lambda each: each.title + each.sha256
    )
    assert len([each for each in repository.everything() if isinstance(each, OwnPicture)]) == 3


def test_a_picture_on_which_marks_lie_stays(
    repository: SqlRepository, visit: Visit, add: Callable[..., OwnPicture]
) -> None:
    picture = add(patient_id=visit.patient.id)
    lying = on(picture, visit.session)
    repository.commit(Change.add("Mark", lying), stamp())
    with pytest.raises(PictureInUseError, match="Marks lie on this picture"):
        repository.commit(Change.remove("Remove picture", [picture]), stamp())
    assert repository.existing([picture]) == {picture.id: picture}
    repository.commit(Change.remove("Remove both", [picture, lying]), stamp())
    assert repository.existing([picture, lying]) == {}
    assert repository.check() == []


def test_a_picture_cannot_be_taken_from_who_has_marks_on_it(
    repository: SqlRepository, visit: Visit, add: Callable[..., OwnPicture]
) -> None:
    someone = patient("Other", "2")
    repository.commit(Change.add("Add", someone), stamp())
    picture = add()
    repository.commit(Change.add("Mark", on(picture, visit.session)), stamp())
    taken = replace(picture, patient_id=someone.id)
    with pytest.raises(PictureInUseError):
        repository.commit(Change.replace("Change picture", picture, taken), stamp())
    kept = replace(picture, patient_id=visit.patient.id, title="Mine")
    repository.commit(Change.replace("Change picture", picture, kept), stamp())
    repository.commit(Change.replace("Change picture", kept, picture), stamp())


def test_a_signed_session_stays_whole_with_its_picture(
    repository: SqlRepository, visit: Visit, add: Callable[..., OwnPicture]
) -> None:
    picture = add(patient_id=visit.patient.id)
    lying = on(picture, visit.session)
    repository.commit(Change.add("Mark", lying), stamp())
    signed = replace(visit.session, status=SessionStatus.SIGNED)
    repository.commit(Change.replace("Sign", visit.session, signed), stamp())
    with pytest.raises(SignedSessionError):
        repository.commit(Change.remove("Remove", [picture, lying]), stamp())
    with pytest.raises(PictureInUseError):
        repository.commit(Change.remove("Remove", [picture]), stamp())
    records = repository.session_records(signed.id)
    assert records is not None
    assert (records.marks, records.pictures) == ((lying,), (picture,))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE picture_file SET data = x'00'", "file of a picture cannot be changed"),
        ("UPDATE picture_file SET sha256 = 'x'", "file of a picture cannot be changed"),
        (
            "INSERT OR REPLACE INTO picture_file SELECT sha256, x'00' FROM picture_file",
            "file of a picture cannot be changed",
        ),
        (
            "INSERT OR REPLACE INTO picture_file (rowid, sha256, data) "
            "SELECT rowid, 'x', x'00' FROM picture_file",
            "file of a picture cannot be changed",
        ),
        ("DELETE FROM picture_file", "file of a picture cannot be changed"),
        ("UPDATE own_picture SET sha256 = 'x'", "file of a picture cannot be changed"),
        ("UPDATE own_picture SET width = 61", "file of a picture cannot be changed"),
        ("UPDATE own_picture SET id = 'x'", "file of a picture cannot be changed"),
        (
            "INSERT OR REPLACE INTO own_picture SELECT * FROM own_picture",
            "file of a picture cannot be changed",
        ),
        (
            "INSERT OR REPLACE INTO own_picture (rowid, id, title, sha256, media_type, width, "
            "height, added_at) SELECT rowid, 'x', title, sha256, media_type, width, height, "
            "added_at FROM own_picture",
            "file of a picture cannot be changed",
        ),
        ("UPDATE OR REPLACE own_picture SET rowid = 7", "file of a picture cannot be changed"),
        ("DELETE FROM own_picture", "marks lie on this picture"),
    ],
)
def test_the_database_itself_keeps_a_picture_as_it_was(
    folder: Path,
    repository: SqlRepository,
    visit: Visit,
    add: Callable[..., OwnPicture],
    statement: str,
    words: str,
) -> None:
    repository.commit(Change.add("Mark", on(add(), visit.session)), stamp())
    connection = look(folder / DATABASE)
    with pytest.raises(dbapi2.IntegrityError, match=words):
        connection.execute(statement)
    connection.close()
    assert repository.check() == []


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (
            ["DROP TRIGGER picture_file_refuses_update", "UPDATE picture_file SET data = x'00'"],
            "The file of the picture [0-9a-f]{64} is not what it was",
        ),
        (
            ["DROP TRIGGER picture_file_refuses_delete", "DELETE FROM picture_file"],
            "own_picture belongs to a picture_file that is not there",
        ),
        (["UPDATE own_picture SET title = 'Knee'"], "is not what the trail says"),
        (["UPDATE own_picture SET title = ' '"], "Enter what the picture shows"),
        (["UPDATE mark SET side = 'left'"], "is not what the trail says"),
    ],
)
def test_the_check_sees_what_was_tampered_with(
    folder: Path,
    repository: SqlRepository,
    visit: Visit,
    add: Callable[..., OwnPicture],
    statements: list[str],
    words: str,
) -> None:
    repository.commit(Change.add("Mark", on(add(), visit.session)), stamp())
    assert repository.check() == []
    connection = look(folder / DATABASE)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    assert re.search(words, "\n".join(repository.check()))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "Enter what the picture shows"),
        ({"title": "x" * 121}, "A title can hold 120"),
        ({"sha256": "A" * 64}, "64 hexadecimal digits"),
        ({"width": 0}, "goes from 1 to"),
        ({"width": 8500, "height": 6000}, "50 megapixels"),
        ({"added_at": clock().replace(tzinfo=None)}, "needs its zone"),
    ],
)
def test_what_is_no_picture_is_refused(
    repository: SqlRepository, fields: dict[str, Any], words: str
) -> None:
    repository.keep_picture(CONTENT)
    with pytest.raises(InvalidRecordError, match=words):
        repository.commit(Change.add("Add", own_picture(CONTENT, **fields)), stamp())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"anchor": Anchor(5, 0.1, 0.1)}, "not a spot on the picture"),
        ({"outline": (Anchor(5, 0.1, 0.1),)}, "A point has no outline"),
        ({"placed_in": "posterior"}, "placed in that picture"),
        ({"body_version": "1", "placed_in": "posterior"}, "A mark on the body needs its side"),
    ],
)
def test_a_mark_lies_on_one_surface_and_says_which(
    repository: SqlRepository, visit: Visit, fields: dict[str, Any], words: str
) -> None:
    lying = replace(on(own_picture(CONTENT), visit.session), **fields)
    with pytest.raises(InvalidRecordError, match=words):
        repository.commit(Change.add("Mark", lying), stamp())


def test_a_zone_does_not_lie_on_a_picture(repository: SqlRepository, visit: Visit) -> None:
    drawn = zone(visit.patient, body_version=picture_version("0" * 64))
    with pytest.raises(InvalidRecordError, match="not on a picture"):
        repository.commit(Change.add("Draw", drawn), stamp())


@pytest.fixture
def second_version(folder: Path) -> Change:
    """A practice as version 0002 left it, with a signed session and an area: what is in it."""
    who, whom = practitioner(), patient()
    held = session(whom, who, status=SessionStatus.SIGNED)
    first = mark(held, 1)
    change = Change.add(
        "Begin", who, whom, held, zone(whom), first, mark(held, 2, parent_id=first.id)
    )
    folder.mkdir()
    (folder / DATABASE).touch()
    engine = open_engine(folder / DATABASE)
    with engine.begin() as connection:
        migrate(connection, Lineage("0002", SHIPPED.folders))
    transactions = Transactions(engine)
    with transactions.writing() as connection:
        write(connection, change)
        trail.append(connection, change, stamp(held.id))
    transactions.close()
    return change


def test_a_practice_of_the_second_version_keeps_its_marks_and_locks(
    folder: Path, second_version: Change
) -> None:
    records = [edit.record for edit in second_version.edits.values()]
    with open_practice(folder, create=False, clock=clock) as practice:
        repository = practice.repository
        assert repository.existing(records) == {each.id: each for each in records}
        assert repository.check() == []
        (signed,) = [each for each in records if isinstance(each, TreatmentSession)]
        with pytest.raises(SignedSessionError):
            repository.commit(Change.add("Mark", mark(signed, 3)), stamp())
        with pytest.raises(SignedSessionError):
            repository.commit(Change.remove("Remove", [repository.marks(signed.id)[1]]), stamp())
        draft = replace(signed, id=zone(repository.patients()[0]).id, status=SessionStatus.DRAFT)
        picture = own_picture(CONTENT)
        repository.keep_picture(CONTENT)
        repository.commit(Change.add("Chart", draft, picture, on(picture, draft)), stamp())
    with open_practice(folder, create=False, clock=clock) as practice:
        assert practice.repository.marks(draft.id)[0].side is None
        assert practice.repository.check() == []
    before = [path.name for path in (folder / BACKUPS).iterdir() if "before-update" in path.name]
    assert [name[:22] for name in before] == ["before-update-of-0002-"]
    connection = look(folder / DATABASE)
    assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    connection.close()


def test_a_backup_holds_the_pictures(
    folder: Path, practice: Practice, add: Callable[..., OwnPicture]
) -> None:
    picture = add()
    practice.close()
    (daily,) = [path for path in (folder / BACKUPS).iterdir() if "daily" in path.name]
    connection = look(daily)
    assert connection.execute("SELECT sha256, data FROM picture_file").fetchall() == [
        (picture.sha256, CONTENT)
    ]
    connection.close()
