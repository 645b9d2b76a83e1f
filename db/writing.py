"""Writes the values of a change: all of them fit together, or nothing is written."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Update, bindparam, delete, insert, literal_column, select, update
from sqlcipher3 import dbapi2

from app.domain.change import Change, Edit
from app.domain.errors import ConflictError, StorageError
from app.domain.marks import Mark
from app.domain.records import (
    RECORD_TYPES,
    Patient,
    Practitioner,
    Problem,
    Record,
    TreatmentSession,
)
from db import tables
from db.mapping import MAPPINGS, Mapping
from db.prepared import Prepared, Values
from db.trouble import taken_number

_NOUNS: dict[type[Record], str] = {
    Practitioner: "practitioner",
    Patient: "patient",
    Problem: "problem",
    TreatmentSession: "session",
    Mark: "mark",
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
_RELEASE_NUMBER = Prepared(
    update(tables.patient)
    .where(tables.patient.c.id == bindparam("row_id"))
    .values(number_key=bindparam("placeholder"))
)


def write(connection: Connection, change: Change) -> None:
    """Writes ``change`` within the transaction of ``connection``.

    Rows are added before others come to refer to them and removed after others have ceased
    to. Raises ConflictError where a record is not what the change says that it was,
    InvalidRecordError where a patient number is taken, and StorageError where a record that is
    to be removed is still needed.
    """
    edits: dict[type[Record], list[Edit]] = {}
    for edit in change.edits.values():
        edits.setdefault(type(edit.record), []).append(edit)
    touched = [kind for kind in RECORD_TYPES if kind in edits]
    for kind in touched:
        _require_unchanged(connection, kind, edits[kind])
    _release_numbers(connection, edits.get(Patient, ()))
    for kind in touched:
        _add(connection, kind, [e.after for e in edits[kind] if e.before is None and e.after])
    for kind in touched:
        _replace(connection, kind, [e.after for e in edits[kind] if e.before and e.after])
    for kind in reversed(touched):
        _remove(connection, kind, [e.before for e in edits[kind] if e.after is None and e.before])


def stored_row(connection: Connection, kind: type[Record], record_id: UUID) -> list[Any] | None:
    """The row of a record, or None where it is not stored."""
    rows = BY_ID[kind].rows(connection, {"id": record_id})
    return rows[0] if rows else None


def parents_first(records: Sequence[Record]) -> list[Record]:
    """``records`` so that a mark comes after the mark that it belongs to."""
    waiting = {record.id: record for record in records}
    ordered: list[Record] = []
    for record in records:
        chain: list[Record] = []
        link = waiting.pop(record.id, None)
        while link is not None:
            chain.append(link)
            parent_id = link.parent_id if isinstance(link, Mark) else None
            link = None if parent_id is None else waiting.pop(parent_id, None)
        ordered.extend(reversed(chain))
    return ordered


def _require_unchanged(connection: Connection, kind: type[Record], edits: Sequence[Edit]) -> None:
    for edit in edits:
        row = stored_row(connection, kind, edit.record.id)
        expected = None if edit.before is None else list(MAPPINGS[kind].to_row(edit.before))
        if row == expected:
            continue
        if expected is None:
            happened = "is there already. Load the chart again"
        elif row is None:
            happened = "was removed elsewhere. Load the chart again"
        else:
            happened = "was changed elsewhere. Load it again, then repeat your change"
        raise ConflictError(f"This {_NOUNS[kind]} {happened}.")


def _release_numbers(connection: Connection, edits: Sequence[Edit]) -> None:
    """Lets the patients of one change hand their numbers on to each other, in any order."""
    if len(edits) > 1:
        leaving = [edit.before.id for edit in edits if edit.before is not None]
        placeholders = ({"row_id": each, "placeholder": f"\n{each}"} for each in leaving)
        _RELEASE_NUMBER.run(connection, placeholders)


def _add(connection: Connection, kind: type[Record], records: Sequence[Record]) -> None:
    if records:
        values = MAPPINGS[kind].values
        rows = [{**values(record), "revision": 1} for record in parents_first(records)]
        _run(connection, _INSERT[kind], rows)


def _replace(connection: Connection, kind: type[Record], records: Sequence[Record]) -> None:
    if records:
        values = MAPPINGS[kind].values
        _run(connection, _UPDATE[kind], [{**values(each), "row_id": each.id} for each in records])


def _run(connection: Connection, statement: Prepared, rows: Sequence[Values]) -> None:
    try:
        statement.run(connection, rows)
    except dbapi2.IntegrityError as error:
        if "patient.number_key" in str(error):
            raise taken_number() from error
        if "FOREIGN KEY" in str(error):
            raise ConflictError(
                "What this belongs to was removed elsewhere. Load the chart again."
            ) from error
        raise


def _remove(connection: Connection, kind: type[Record], records: Sequence[Record]) -> None:
    if not records:
        return
    last_first = reversed(parents_first(records))
    try:
        _DELETE[kind].run(connection, [{"id": record.id} for record in last_first])
    except dbapi2.IntegrityError as error:
        raise StorageError(
            f"This {_NOUNS[kind]} cannot be removed, because other records belong to it. "
            "Remove those first."
        ) from error
