"""Whether a practice is whole: the file, the references, the records and the trail."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Table, bindparam, func, select, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType
from sqlcipher3 import dbapi2

from app.domain.audit import AuditEntry
from app.domain.records import RECORD_TYPES, Record
from app.domain.rules import check
from db import picture_files, trail
from db.mapping import MAPPINGS, Mapping, Row
from db.plain import to_plain
from db.prepared import Prepared
from db.tables import audit, mark
from db.trouble import DAMAGED, sentence_of

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
"""What is raised for a row that this program never wrote."""


def problems(connection: Connection, today: date) -> list[str]:
    """One sentence for each thing that is wrong; empty when the practice is whole."""
    try:
        damage = [*_damage(connection)]
        return damage or [*_faults(connection, today)]
    except (DBAPIError, dbapi2.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        return [sentence_of(said) or f"{DAMAGED} ({said})"]


def _damage(connection: Connection) -> Iterator[str]:
    """What SQLite itself finds. Nothing else is worth reading where there is any."""
    for (finding,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if finding != "ok":
            yield f"{DAMAGED} ({finding})"
    for table, row_id, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"Row {row_id} of {table} belongs to a {parent} that is not there."


def _faults(connection: Connection, today: date) -> Iterator[str]:
    stored: dict[UUID, bytes] = {}
    for kind in RECORD_TYPES:
        yield from _faults_of_records(connection, MAPPINGS[kind], today, stored)
    yield from _faults_of_numbers(connection)
    yield from picture_files.faults(connection)
    told: dict[UUID, bytes] = {}
    yield from _faults_of_trail(connection, told)
    for record_id in sorted(stored.keys() | told.keys()):
        if stored.get(record_id) != told.get(record_id):
            yield f"The record {record_id} is not what the trail says that it is."


def _faults_of_records(
    connection: Connection, mapping: Mapping, today: date, stored: dict[UUID, bytes]
) -> Iterator[str]:
    """Reads every row of one table, and notes in ``stored`` what each record is."""
    name = mapping.table.name
    names = [column.name for column in mapping.table.columns]
    for key, read in _each(connection, mapping.table, mapping.table.c.id):
        try:
            row = dict(zip(names, read(), strict=True))
            record = mapping.from_row([row[column] for column in mapping.names])
            findings = check(record, today)
            as_written = mapping.values(record)
        except UNREADABLE:
            yield f"The {name} {key} cannot be read."
            continue
        stored[record.id] = _digest(record)
        for finding in findings:
            yield f"The {name} {record.id}, {finding.field}: {finding.message}"
        if any(row[column] != value for column, value in as_written.items()):
            yield f"The {name} {record.id} is not stored as this program stores it."


def _faults_of_numbers(connection: Connection) -> Iterator[str]:
    """The table refuses a number twice; but a file may have been tampered with."""
    place = (mark.c.session_id, mark.c.number)
    for session_id, number in connection.execute(
        select(*place).group_by(*place).having(func.count() > 1).order_by(*place)
    ):
        yield f"The treatment_session {session_id} has more than one mark {number}."


def _faults_of_trail(connection: Connection, told: dict[UUID, bytes]) -> Iterator[str]:
    """Replays the trail from its beginning, and notes in ``told`` what each record became."""
    lines = _each(connection, audit, audit.c.sequence, *trail.ENTRY_COLUMNS)
    for expected, (sequence, read) in enumerate(lines, start=1):
        if sequence != expected:
            yield f"The trail has a gap before line {sequence}."
            return
        try:
            entry = trail.entry_of(read())
        except UNREADABLE:
            yield f"Line {sequence} of the trail cannot be read."
            return
        yield from _replay(entry, told)


def _each(
    connection: Connection, table: Table, key: Column[Any], *columns: Column[Any]
) -> Iterator[tuple[Any, Callable[[], Row]]]:
    """The key of each row of ``table`` in order, and how to read the row.

    Row by row, so that one that cannot be read hides no other.
    """
    raw_key = type_coerce(key, NullType)
    one = Prepared(select(*(columns or table.columns)).where(raw_key == bindparam("key")))
    for (value,) in connection.execute(select(raw_key).order_by(raw_key)):
        yield value, lambda value=value: one.rows(connection, {"key": value})[0]  # type: ignore[misc]


def _replay(entry: AuditEntry, told: dict[UUID, bytes]) -> Iterator[str]:
    for record_id, (before, after) in entry.change.edits.items():
        if told.get(record_id) != (None if before is None else _digest(before)):
            yield f"Line {entry.sequence} of the trail does not follow from those before it."
        if after is None:
            told.pop(record_id, None)
        else:
            told[record_id] = _digest(after)


def _digest(record: Record) -> bytes:
    """A short stand-in for a record, so that a large practice can be compared in memory."""
    text = json.dumps([type(record).__name__, to_plain(record)], sort_keys=True)
    return blake2b(text.encode(), digest_size=16).digest()
