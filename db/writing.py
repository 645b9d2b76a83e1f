"""Writes the values of a change: all of them fit together, or nothing is written."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Update,
    Uuid,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlcipher3 import dbapi2

from app.domain.change import Change, Edit
from app.domain.closing import Closing
from app.domain.errors import (
    ConflictError,
    KnownError,
    NeedleInError,
    NumberTakenError,
    PictureInUseError,
    SignedSessionError,
    StorageError,
)
from app.domain.letterhead import Letterhead
from app.domain.marks import Mark
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Addendum, HazardNotice, SessionNote, Signature
from app.domain.preparation import Preparation
from app.domain.records import (
    RECORD_TYPES,
    Patient,
    Practitioner,
    Problem,
    Record,
    SessionStatus,
    TreatmentSession,
    parents_first,
)
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox, PointSet
from db import tables
from db.mapping import MAPPINGS, Mapping
from db.prepared import Prepared, Values
from db.triggers import NAMED, NEEDLE_IN, NOT_SIGNED, PICTURE_IN_USE, SIGNED
from db.trouble import taken_number

_NOUNS: dict[type[Record], str] = {
    Practitioner: "practitioner",
    Patient: "patient",
    Problem: "problem",
    NoNeedleZone: "no-needle zone",
    OwnPicture: "picture",
    TreatmentSession: "session",
    Mark: "mark",
    OutcomeScore: "score",
    NeedleBox: "box of needles",
    PointSet: "protocol",
    Letterhead: "letterhead",
    SiteLink: "link between marks",
    Preparation: "preparation",
    Closing: "closing",
    SessionNote: "note",
    HazardNotice: "notice",
    Signature: "signature",
    Addendum: "addendum",
}


def _update(mapping: Mapping) -> Update:
    table = mapping.table
    written = [column for column in table.columns if column.name not in ("id", "revision")]
    return (
        update(table)
        .where(table.c.id == bindparam("row_id"))
        .values({column.name: bindparam(column.name) for column in written})
        .values(revision=table.c.revision + literal_column("1"))
    )


BY_ID: dict[type[Record], Prepared] = {
    kind: Prepared(select(*each.columns).where(each.table.c.id == bindparam("id")))
    for kind, each in MAPPINGS.items()
}
_INSERT = {
    kind: Prepared(
        insert(each.table).values(
            {column.name: bindparam(column.name) for column in each.table.columns}
        )
    )
    for kind, each in MAPPINGS.items()
}
_UPDATE = {kind: Prepared(_update(each)) for kind, each in MAPPINGS.items()}
_DELETE = {
    kind: Prepared(delete(each.table).where(each.table.c.id == bindparam("id")))
    for kind, each in MAPPINGS.items()
}
_RELEASE_PATIENT_NUMBER = Prepared(
    update(tables.patient)
    .where(tables.patient.c.id == bindparam("row_id"))
    .values(number_key=bindparam("placeholder"))
)
_RELEASE_MARK_NUMBER = Prepared(
    update(tables.mark)
    .where(tables.mark.c.id == bindparam("row_id"))
    .values(number=bindparam("placeholder"))
)
_HOLDER_OF_NUMBER = Prepared(
    select(tables.mark.c.id).where(
        tables.mark.c.session_id == bindparam("session_id", type_=Uuid),
        tables.mark.c.number == bindparam("number"),
    )
)
_SET_STATUS = Prepared(
    update(tables.treatment_session)
    .where(tables.treatment_session.c.id == bindparam("row_id"))
    .values(status=bindparam("final"))
)


def write(connection: Connection, change: Change) -> None:
    """Writes ``change`` within the transaction of ``connection``.

    Rows are added before others come to refer to them and removed after others have ceased
    to. A session that this change signs, or that comes signed, is a draft until everything
    else is written, since the database lets nobody write into a signed one.

    Raises ConflictError where a record is not what the change says that it was,
    NumberTakenError where the number of a mark is taken, InvalidRecordError where that of a
    patient is, SignedSessionError where a signed session would be changed, PictureInUseError
    where marks would lose their picture, and StorageError where a record that is to be removed
    is still needed.
    """
    edits: dict[type[Record], list[Edit]] = {}
    if len(change.edits) == 1:
        (edit,) = change.edits.values()
        if edit.before is None:
            _add_alone(connection, edit)
            return
    for edit in change.edits.values():
        edits.setdefault(type(edit.record), []).append(edit)
    for kind, of_kind in edits.items():
        _require_unchanged(connection, kind, of_kind)
    addenda = edits.pop(Addendum, [])
    if any(edit.before is not None for edit in addenda):
        raise SignedSessionError
    touched = [kind for kind in RECORD_TYPES if kind in edits]
    _release_patient_numbers(connection, edits.get(Patient, ()))
    _release_mark_numbers(connection, edits.get(Mark, ()))
    for kind in touched:
        _add(connection, kind, [e.after for e in edits[kind] if e.before is None and e.after])
    for kind in touched:
        _replace(connection, kind, [e for e in edits[kind] if e.before and e.after])
    for kind in reversed(touched):
        _remove(connection, kind, [e.before for e in edits[kind] if e.after is None and e.before])
    _sign(connection, edits.get(TreatmentSession, ()))
    _add(connection, Addendum, [edit.after for edit in addenda if edit.after is not None])


def stored_row(
    connection: Connection, kind: type[Record], record_id: UUID
) -> tuple[Any, ...] | None:
    """The row of a record, or None where it is not stored."""
    rows = BY_ID[kind].rows(connection, {"id": record_id})
    return rows[0] if rows else None


def _require_unchanged(connection: Connection, kind: type[Record], edits: Sequence[Edit]) -> None:
    for edit in edits:
        row = stored_row(connection, kind, edit.record.id)
        expected = None if edit.before is None else MAPPINGS[kind].to_row(edit.before)
        if row == expected:
            continue
        if expected is None:
            happened = "is there already. Look at what is there now"
        elif row is None:
            happened = "was removed elsewhere. Look at what is there now"
        else:
            happened = "was changed elsewhere. Look at what is there now, then repeat your change"
        raise ConflictError(f"This {_NOUNS[kind]} {happened}.")


def _release_patient_numbers(connection: Connection, edits: Sequence[Edit]) -> None:
    """Lets the patients of one change hand their numbers on to each other, in any order."""
    if len(edits) > 1:
        leaving = [edit.before.id for edit in edits if edit.before is not None]
        placeholders = [{"row_id": each, "placeholder": f"\n{each}"} for each in leaving]
        _RELEASE_PATIENT_NUMBER.run(connection, placeholders)


def _release_mark_numbers(connection: Connection, edits: Sequence[Edit]) -> None:
    """Lets the marks of one change do the same, within a session or from one to another.

    No mark keeps its placeholder, a number below zero: each is written anew or removed.
    """
    moving = [edit for edit in edits if _numbered(edit.before) != _numbered(edit.after)]
    leaving = [edit.before.id for edit in moving if edit.before is not None]
    if len(moving) > 1 and leaving and any(edit.after is not None for edit in moving):
        placeholders = [
            {"row_id": each, "placeholder": -place} for place, each in enumerate(leaving, start=1)
        ]
        _run(connection, _RELEASE_MARK_NUMBER, placeholders)


def _numbered(record: Record | None) -> tuple[UUID, int] | None:
    """What only one mark may have: its number in its session."""
    return (record.session_id, record.number) if isinstance(record, Mark) else None


def _add_alone(connection: Connection, edit: Edit) -> None:
    """The usual change, one record more. Whether it is there already the insertion finds out,
    so that nothing is read before it.
    """
    record = edit.record
    kind = type(record)
    try:
        _INSERT[kind].run(connection, [_new_row(record)])
    except dbapi2.IntegrityError as error:
        _require_unchanged(connection, kind, [edit])
        _raise_known(connection, error, [record])
        raise
    _sign(connection, [edit])


def _add(connection: Connection, kind: type[Record], records: Sequence[Record]) -> None:
    if records:
        ordered = parents_first(records)
        _run(connection, _INSERT[kind], [_new_row(record) for record in ordered], ordered)


def _new_row(record: Record) -> Values:
    return {**_values(None, record), "revision": 1}


def _replace(connection: Connection, kind: type[Record], edits: Sequence[Edit]) -> None:
    if edits:
        rows = [{**_values(*edit), "row_id": edit.record.id} for edit in edits]
        _run(connection, _UPDATE[kind], rows, [edit.record for edit in edits])


def _values(before: Record | None, after: Record | None) -> Values:
    """The columns of ``after``, but of a session that is being signed those of a draft."""
    values = MAPPINGS[type(after)].values(after)  # type: ignore[index]
    return {**values, "status": str(SessionStatus.DRAFT)} if _signs(before, after) else values


def _signs(before: Record | None, after: Record | None) -> bool:
    if not isinstance(after, TreatmentSession) or not after.status.is_locked:
        return False
    return not (isinstance(before, TreatmentSession) and before.status.is_locked)


def _sign(connection: Connection, edits: Sequence[Edit]) -> None:
    signed = [edit.record for edit in edits if _signs(*edit)]
    rows = [
        {"row_id": each.id, "final": str(each.status)}
        for each in signed
        if isinstance(each, TreatmentSession)
    ]
    if rows:
        _run(connection, _SET_STATUS, rows)


def _run(
    connection: Connection,
    statement: Prepared,
    rows: Sequence[Values],
    records: Sequence[Record] = (),
) -> None:
    """Runs ``statement`` with ``rows``, those of ``records``, and says what is in its way."""
    try:
        statement.run(connection, rows)
    except dbapi2.IntegrityError as error:
        _raise_known(connection, error, records)
        raise


def _raise_known(
    connection: Connection, error: dbapi2.IntegrityError, records: Sequence[Record]
) -> None:
    known = _trouble(connection, str(error), records)
    if known is not None:
        raise known from error


def _trouble(connection: Connection, said: str, records: Sequence[Record]) -> KnownError | None:
    if SIGNED in said or NAMED in said:
        return SignedSessionError()
    if NEEDLE_IN in said:
        return NeedleInError()
    if NOT_SIGNED in said:
        return ConflictError("Only a signed session takes an addendum. Change the session itself.")
    if PICTURE_IN_USE in said:
        return PictureInUseError()
    if "patient.number_key" in said:
        return taken_number()
    if "mark.number" in said:
        return _taken_mark_number(connection, records)
    if said.startswith("UNIQUE") and said.endswith(".session_id"):
        return ConflictError(f"This {_NOUNS[type(records[0])]} was begun elsewhere meanwhile.")
    if "FOREIGN KEY" in said:
        return ConflictError("What this belongs to was removed elsewhere.")
    return None


def _taken_mark_number(connection: Connection, records: Sequence[Record]) -> NumberTakenError:
    """For that one of ``records`` whose number another mark has."""
    marks = [record for record in records if isinstance(record, Mark)]
    return NumberTakenError(next(each.number for each in marks if _is_taken(connection, each)))


def _is_taken(connection: Connection, mark: Mark) -> bool:
    place = {"session_id": mark.session_id, "number": mark.number}
    return any(holder != mark.id for (holder,) in _HOLDER_OF_NUMBER.rows(connection, place))


def _remove(connection: Connection, kind: type[Record], records: Sequence[Record]) -> None:
    if not records:
        return
    last_first = reversed(parents_first(records))
    try:
        _DELETE[kind].run(connection, [{"id": record.id} for record in last_first])
    except dbapi2.IntegrityError as error:
        if SIGNED in str(error):
            raise SignedSessionError from error
        if PICTURE_IN_USE in str(error):
            raise PictureInUseError from error
        raise StorageError(
            f"This {_NOUNS[kind]} cannot be removed, because other records belong to it. "
            "Remove those first."
        ) from error
