"""Finding patients while somebody types, among a hundred thousand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Integer, func, literal_column, select, tuple_

from app.domain.folding import fold
from app.domain.summaries import PatientSummary
from db.tables import patient, treatment_session

MOST_WORDS = 12
"""Of a search: nobody types more, and a text that was pasted in by mistake may hold thousands."""
_MOST_CHARACTERS = 500

_SHOWN = (
    patient.c.id,
    patient.c.family_name,
    patient.c.given_name,
    patient.c.birth_date,
    patient.c.number,
)
_LAST_SESSION_AT = (
    select(func.max(treatment_session.c.started_at))
    .where(treatment_session.c.patient_id == patient.c.id)
    .scalar_subquery()
)


def find(connection: Connection, search: str, limit: int) -> list[PatientSummary]:
    """At most ``limit`` patients; see ``Repository.find_patients``."""
    words = fold(search[:_MOST_CHARACTERS]).split()[:MOST_WORDS]
    rows = _matching(connection, words, limit) if words else _recent(connection, limit)
    return [PatientSummary(*row) for row in rows]


def _matching(connection: Connection, words: list[str], limit: int) -> list[Sequence[Any]]:
    """The index on ``search`` is walked in its order, which is that of the names."""
    statement = (
        select(*_SHOWN, _LAST_SESSION_AT)
        .where(*(func.instr(patient.c.search, word) > 0 for word in words))
        .order_by(patient.c.search, patient.c.id)
        .limit(limit)
    )
    return list(connection.execute(statement))


def _recent(connection: Connection, limit: int) -> list[Sequence[Any]]:
    """The most recently treated; where these are fewer than ``limit``, the others by name."""
    session, later = treatment_session, treatment_session.alias("later")
    is_last = ~(
        select(later.c.id)
        .where(
            later.c.patient_id == session.c.patient_id,
            tuple_(later.c.started_at, later.c.id) > tuple_(session.c.started_at, session.c.id),
        )
        .exists()
    )
    treated = (
        select(*_SHOWN, session.c.started_at)
        .join(patient, patient.c.id == session.c.patient_id)
        .where(is_last)
        .order_by(session.c.started_at.desc(), session.c.id.desc())
        .limit(limit)
    )
    rows: list[Sequence[Any]] = [*connection.execute(treated)]
    if len(rows) == limit:
        return rows
    has_session = select(session.c.id).where(session.c.patient_id == patient.c.id).exists()
    untreated = (
        select(*_SHOWN, literal_column("NULL"))
        .where(~has_session)
        .order_by(patient.c.search, patient.c.id)
        .limit(limit - len(rows))
    )
    return [*rows, *connection.execute(untreated)]


def next_number(connection: Connection) -> str:
    """One above the highest number of digits alone, as wide as that one: 0099, then 0100."""
    number = patient.c.number_key
    significant = func.ltrim(number, "0")
    highest = connection.scalar(
        select(number)
        .where(func.rtrim(number, "0123456789") == "", number != "")
        .order_by(func.length(significant, type_=Integer).desc(), significant.desc())
        .order_by(func.length(number, type_=Integer).desc())
        .limit(1)
    )
    return "1" if highest is None else str(int(highest) + 1).zfill(len(highest))
