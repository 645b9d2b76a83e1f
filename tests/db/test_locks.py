"""The lock of a signed session, tried with raw SQL: every table that it covers, every kind of
statement, past triggers that look at ids alone, and from a second connection.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from app.domain.change import Change
from app.domain.closing import Closing
from app.domain.errors import InvalidRecordError, StorageError
from app.domain.identity import UUID, new_id
from app.domain.marks import Needle
from app.domain.papers import Addendum, HazardNotice, SessionNote, Signature
from app.domain.preparation import Preparation
from app.domain.records import Problem, SessionStatus, TreatmentSession
from app.domain.supplies import NeedleBox
from db import tables
from db.engine import look
from db.repository import SqlRepository
from tests.db.builders import NOW, mark, patient, practitioner, session, stamp
from tests.db.conftest import Visit

OF_SESSION = (
    "mark", "preparation", "closing", "session_note", "hazard_notice", "signature", "addendum",
)  # fmt: skip
LOCKED = ("treatment_session", *OF_SESSION)

STATEMENTS = {
    "update": "UPDATE {table} SET revision = 9 WHERE {mine}",
    "update to itself": "UPDATE {table} SET id = id WHERE {mine}",
    "update or ignore": "UPDATE OR IGNORE {table} SET revision = 9 WHERE {mine}",
    "update or replace": "UPDATE OR REPLACE {table} SET revision = 9 WHERE {mine}",
    "another id": "UPDATE {table} SET id = '{new}' WHERE {mine}",
    "another row number": "UPDATE {table} SET rowid = 4711 WHERE {mine}",
    "take its id": "UPDATE OR REPLACE {table} SET id = {id} WHERE {other}",
    "take its row number": "UPDATE OR REPLACE {table} SET rowid = {rowid} WHERE {other}",
    "delete": "DELETE FROM {table} WHERE {mine}",
    "delete all": "DELETE FROM {table}",
    "insert or replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {mine}",
    "replace": "REPLACE INTO {table} SELECT * FROM {table} WHERE {mine}",
    "replace its row number": "INSERT OR REPLACE INTO {table} (rowid, {columns}) "
    "SELECT {rowid}, {renewed} FROM {table} WHERE {other}",
    "upsert": "INSERT INTO {table} SELECT * FROM {table} WHERE {mine} "
    "ON CONFLICT DO UPDATE SET revision = 9",
}
OF_SESSION_ONLY = {
    "one more": "INSERT INTO {table} SELECT '{new}', '{signed}'{rest} FROM {table} WHERE {other}",
    "move it out": "UPDATE {table} SET session_id = '{draft}' WHERE {mine}",
    "move one in": "UPDATE {table} SET session_id = '{signed}' WHERE {other}",
    "move one in over it": "UPDATE OR REPLACE {table} SET session_id = '{signed}' WHERE {other}",
}
FREE = {("addendum", "one more")}
"""A signed session takes addenda, and nothing else."""


@pytest.fixture(params=[SessionStatus.SIGNED, SessionStatus.AMENDED])
def held(repository: SqlRepository, visit: Visit, request: Any) -> TreatmentSession:
    """A signed session with a record of every kind, beside the same in a draft.

    A draft can hold no addendum: that of another signed session stands in its place.
    """
    signed = session(visit.patient, visit.practitioner, status=request.param)
    third = session(visit.patient, visit.practitioner, status=SessionStatus.AMENDED)
    records = [signed, third, *papers(signed, visit), *papers(visit.session, visit)]
    records += [addendum(signed, visit), addendum(third, visit)]
    repository.commit(Change.add("Import", *records), stamp())
    return signed


def papers(of: TreatmentSession, visit: Visit) -> list[Any]:
    given: dict[str, Any] = {"session_id": of.id}
    who = {"practitioner_id": visit.practitioner.id, "name": "Ada Nadel"}
    return [
        mark(of, 1, details=Needle(in_at=NOW, out_at=NOW)),
        Preparation(id=new_id(), **given),
        Closing(id=new_id(), **given),
        SessionNote(id=new_id(), **given),
        HazardNotice(id=new_id(), **given, mark_id=new_id(), zone="z", words="w", shown_at=NOW),
        Signature(id=new_id(), **given, **who, signed_at=NOW),
    ]


def addendum(of: TreatmentSession, visit: Visit) -> Addendum:
    return Addendum(
        id=new_id(), session_id=of.id, practitioner_id=visit.practitioner.id, name="Ada Nadel",
        written_at=NOW, reason="Side", text="Left.",
    )  # fmt: skip


@pytest.fixture
def connection(folder: Path) -> Iterator[Any]:
    """A second connection, as any tool that knows the file would make."""
    opened = look(folder / "practice.db")
    yield opened
    opened.close()


def everything(connection: Any) -> list[list[tuple[Any, ...]]]:
    return [
        connection.execute(f"SELECT rowid, * FROM {table} ORDER BY id").fetchall()
        for table in LOCKED
    ]


def filled(text: str, table: str, held: TreatmentSession, visit: Visit) -> str:
    """The statement for a table: ``mine`` is the locked row, ``other`` one that is not."""
    column = "id" if table == "treatment_session" else "session_id"
    mine, other = f"{column} = '{held.id.hex}'", f"{column} = '{visit.session.id.hex}'"
    if table == "addendum":
        other = f"session_id <> '{held.id.hex}'"
    names = [each.name for each in tables.metadata.tables[table].columns]
    renewed = ", ".join(f"'{new_id().hex}'" if name == "id" else name for name in names)
    if "number" in names:
        renewed = renewed.replace("number", "number + 7", 1)
    return text.format(
        table=table,
        mine=mine,
        other=other,
        new=new_id().hex,
        signed=held.id.hex,
        draft=visit.session.id.hex,
        columns=", ".join(names),
        renewed=renewed,
        id=f"(SELECT id FROM {table} WHERE {mine})",
        rowid=f"(SELECT rowid FROM {table} WHERE {mine})",
        rest="".join(f", {name}" for name in names[2:]),
    )


CASES = [
    (table, name)
    for table in LOCKED
    for name in (*STATEMENTS, *(OF_SESSION_ONLY if table != "treatment_session" else ()))
    if (table, name) not in FREE
]


@pytest.mark.parametrize("recursive", [False, True])
def test_nothing_of_a_signed_session_can_be_written(
    repository: SqlRepository,
    visit: Visit,
    held: TreatmentSession,
    connection: Any,
    recursive: bool,
) -> None:
    """All in one practice, for there are hundreds: each that is not refused is told by name."""
    connection.execute(f"PRAGMA recursive_triggers = {int(recursive)}")
    connection.execute("PRAGMA foreign_keys = OFF")  # the triggers alone must hold
    before = everything(connection)
    passed = [case for case in CASES if not is_refused(connection, filled_case(case, held, visit))]
    assert passed == []
    assert everything(connection) == before
    assert repository.check() == []


def filled_case(case: tuple[str, str], held: TreatmentSession, visit: Visit) -> str:
    table, name = case
    return filled({**STATEMENTS, **OF_SESSION_ONLY}[name], table, held, visit)


def is_refused(connection: Any, text: str, words: str = "this session is signed") -> bool:
    """Whether the lock refuses a statement. What it lets through is taken back."""
    connection.execute("BEGIN")
    try:
        connection.execute(text)
    except dbapi2.IntegrityError as error:
        return words in str(error)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return False


def test_the_same_rows_of_a_draft_can_be_written(
    visit: Visit, held: TreatmentSession, connection: Any
) -> None:
    """What is refused above is refused for the signature's sake, and not for another reason."""
    for table in OF_SESSION[:-1]:
        for text in (
            "UPDATE {table} SET revision = 9 WHERE {other}",
            "UPDATE {table} SET id = '{new}' WHERE {other}",
            "UPDATE {table} SET rowid = 4711 WHERE {other}",
            "REPLACE INTO {table} SELECT * FROM {table} WHERE {other}",
            "DELETE FROM {table} WHERE {other}",
        ):
            assert connection.execute(filled(text, table, held, visit)).rowcount == 1, text


def test_every_column_of_a_signed_session_is_locked(
    held: TreatmentSession, connection: Any
) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    for changed in (
        "practitioner_id = 'x'", "patient_id = 'x'", "problem_id = 'x'", "started_at = 'x'",
        "ended_at = 'x'", "pain_before = 9", "pain_after = 9", "note = 'x'", "status = 'draft'",
        "id = 'x'", "status = 'amended', note = 'x'", "status = 'amended', id = 'x'",
        "status = 'amended', rowid = 4711",
    ):  # fmt: skip
        text = f"UPDATE treatment_session SET {changed} WHERE id = '{held.id.hex}'"
        assert is_refused(connection, text), changed


NAMED = ("patient", "problem", "practitioner", "needle_box")
NAMED_STATEMENTS = {
    "delete": "DELETE FROM {table} WHERE {mine}",
    "another id": "UPDATE {table} SET id = '{new}' WHERE {mine}",
    "another row number": "UPDATE {table} SET rowid = 4711 WHERE {mine}",
    "take its id": "UPDATE OR REPLACE {table} SET id = {id} WHERE {other}",
    "take its row number": "UPDATE OR REPLACE {table} SET rowid = {rowid} WHERE {other}",
    "replace": "REPLACE INTO {table} SELECT * FROM {table} WHERE {mine}",
    "replace its row number": "INSERT OR REPLACE INTO {table} (rowid, {columns}) "
    "SELECT {rowid}, {renewed} FROM {table} WHERE {other}",
}
OF_PATIENT_ONLY = {
    "take its number": "UPDATE OR REPLACE patient SET number_key = '1' WHERE {other}",
    "replace its number": "INSERT OR REPLACE INTO patient ({columns}) "
    "SELECT {renewed} FROM patient WHERE {mine}",
}


def test_whom_and_what_a_signed_session_names_stays(
    repository: SqlRepository, visit: Visit, connection: Any
) -> None:
    """Most tools leave foreign keys off: one statement would take the patient from the session."""
    problem = Problem(id=new_id(), patient_id=visit.patient.id, title="Neck pain")
    box = NeedleBox(id=new_id(), manufacturer="Maker")
    of = replace(visit.session, id=new_id(), problem_id=problem.id, status=SessionStatus.SIGNED)
    prepared = Preparation(id=new_id(), session_id=of.id, box_id=box.id)
    free = [
        patient("Other", "2"), replace(problem, id=new_id()), practitioner(),
        replace(box, id=new_id()),
    ]  # fmt: skip
    repository.commit(Change.add("Add", problem, box, of, prepared, *free), stamp())
    connection.execute("PRAGMA foreign_keys = OFF")
    named = (visit.patient, problem, visit.practitioner, box)
    passed = [
        (table, name)
        for table, mine, other in zip(NAMED, named, free, strict=True)
        for name, text in (
            NAMED_STATEMENTS | (OF_PATIENT_ONLY if table == "patient" else {})
        ).items()
        if not is_refused(connection, of_named(text, table, mine.id, other.id), "signed session")
    ]
    assert passed == []
    moved = f"UPDATE problem SET patient_id = '{free[0].id.hex}' WHERE id = '{problem.id.hex}'"
    assert is_refused(connection, moved, "signed session")
    assert repository.check() == []


def of_named(text: str, table: str, mine: UUID, other: UUID) -> str:
    names = [each.name for each in tables.metadata.tables[table].columns]
    return text.format(
        table=table,
        mine=f"id = '{mine.hex}'",
        other=f"id = '{other.hex}'",
        new=new_id().hex,
        id=f"'{mine.hex}'",
        rowid=f"(SELECT rowid FROM {table} WHERE id = '{mine.hex}')",
        columns=", ".join(names),
        renewed=", ".join(f"'{new_id().hex}'" if name == "id" else name for name in names),
    )


def test_what_no_signed_session_names_may_go(
    repository: SqlRepository, visit: Visit, connection: Any
) -> None:
    problem = Problem(id=new_id(), patient_id=visit.patient.id, title="Neck pain")
    box = NeedleBox(id=new_id(), manufacturer="Maker")
    draft = replace(visit.session, problem_id=problem.id)
    repository.commit(Change.add("Add", problem, box), stamp())
    repository.commit(Change.replace("About", visit.session, draft), stamp())
    connection.execute("PRAGMA foreign_keys = OFF")
    for table in NAMED:
        assert connection.execute(f"UPDATE {table} SET revision = 9").rowcount == 1
        assert connection.execute(f"UPDATE {table} SET id = '{new_id().hex}'").rowcount == 1
        assert connection.execute(f"DELETE FROM {table}").rowcount == 1


def test_a_number_that_a_signed_session_s_patient_has_is_taken(
    repository: SqlRepository, visit: Visit
) -> None:
    other, signed = patient("Other", "2"), replace(visit.session, status=SessionStatus.SIGNED)
    repository.commit(Change.add("Add", other), stamp())
    repository.commit(Change.replace("Sign", visit.session, signed), stamp())
    for change in (
        Change.add("Add", patient("Third", "1")),
        Change.replace("Renumber", other, replace(other, number="1")),
    ):
        with pytest.raises(InvalidRecordError, match="Another patient has this number"):
            repository.commit(change, stamp())
    renamed = replace(visit.patient, family_name="Married")
    repository.commit(Change.replace("Rename", visit.patient, renamed), stamp())
    with pytest.raises(StorageError, match="cannot be removed"):
        repository.commit(Change.remove("Remove", [renamed]), stamp())


def test_a_draft_cannot_be_born_signed_with_a_needle_in(
    repository: SqlRepository, visit: Visit, connection: Any
) -> None:
    needle = mark(visit.session, 1, details=Needle(in_at=NOW))
    repository.commit(Change.add("Add", needle), stamp())
    for status in ("signed", "amended"):
        for text in (
            f"UPDATE treatment_session SET status = '{status}'",
            f"UPDATE OR REPLACE treatment_session SET status = '{status}'",
            "INSERT OR REPLACE INTO treatment_session SELECT id, patient_id, practitioner_id, "
            f"problem_id, started_at, ended_at, '{status}', pain_before, pain_after, note, 1 "
            "FROM treatment_session",
        ):
            connection.execute("PRAGMA foreign_keys = OFF")
            with pytest.raises(dbapi2.IntegrityError, match="still in"):
                connection.execute(text)


def test_two_connections_see_the_same_lock(
    repository: SqlRepository, visit: Visit, connection: Any
) -> None:
    """One that began to write before the signature was there is refused after it."""
    repository.commit(Change.add("Add", mark(visit.session, 1)), stamp())
    connection.execute("BEGIN")
    assert connection.execute("SELECT status FROM treatment_session").fetchall() == [("draft",)]
    connection.execute("COMMIT")
    after = replace(visit.session, status=SessionStatus.SIGNED)
    repository.commit(Change.replace("Sign", visit.session, after), stamp())
    with pytest.raises(dbapi2.IntegrityError, match="this session is signed"):
        connection.execute("UPDATE mark SET note = 'late'")


def test_every_table_of_a_session_is_tried_here() -> None:
    """A new kind of paper must not be forgotten."""
    referring = {
        table.name
        for table in tables.metadata.tables.values()
        if any(key.column.table.name == "treatment_session" for key in table.foreign_keys)
    }
    assert referring == set(OF_SESSION)
