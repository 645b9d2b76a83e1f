"""Which sessions of the whole practice still need somebody: not followed up, not signed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Exists,
    Select,
    Uuid,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    type_coerce,
)

from app.domain.anatomy import Side
from app.domain.marks import Mark, MarkKind, SorenessTime
from app.domain.papers import SessionNote
from app.domain.period import Period
from app.domain.practice_summaries import FollowUp, NeedledPlace, Todays, Unsigned
from app.domain.preparation import Consent
from app.domain.records import SessionStatus
from app.domain.signing_rules import SigningFacts, in_the_way
from app.domain.visits import LONGEST_SESSION
from app.domain.words import local_day
from db import statements
from db.mapping import MAPPINGS
from db.tables import closing, mark, preparation, session_note, treatment_session
from db.visit_rows import (
    EVENTS_ASKED,
    IS_NEEDLE,
    VISIT_COLUMNS,
    VISITS,
    visit_of,
    within,
)

_CALENDARS_APART = timedelta(days=2)
"""By the zones of two places 26 hours lie between what is the same moment."""


def todays(connection: Connection, follow_ups: Period, now: datetime) -> Todays:
    """See ``Overview.todays``."""
    drafts = connection.execute(_DRAFTS).all()
    earlier = sorted(
        (row for row in drafts if _is_of_an_earlier_day(row, now)),
        key=lambda row: row.needles_in == 0,
    )
    return Todays(
        follow_ups=tuple(_follow_ups(connection, follow_ups)),
        unsigned=tuple(_unsigned(connection, row) for row in earlier),
        needles_in=sum(row.needles_in for row in drafts),
    )


# -- soreness ---------------------------------------------------------------------------------


def _told(since: date | None) -> Select[Any]:
    """The sessions of whose marks a later preparation says how sore it was afterwards; of these
    only what was said on ``since`` or later, by the calendar of any place.
    """
    report = func.json_each(preparation.c.soreness_since).table_valued("value", name="report")
    told = func.replace(func.json_extract(report.c.value, "$.mark_id"), "-", "")
    answers = [func.json_extract(report.c.value, path) for path in ("$.worst", "$.hours")]
    return (
        select(mark.c.session_id)
        .select_from(
            treatment_session.join(preparation, preparation.c.session_id == treatment_session.c.id)
            .join(report, literal_column("1"))
            .join(mark, mark.c.id == type_coerce(told, Uuid))
        )
        .where(or_(*(answer.is_not(None) for answer in answers)))
        .where(*within(Period(None if since is None else since - _CALENDARS_APART)))
    )


def _is_charted() -> Exists:
    """Whether a sore area of the session itself is one of the hours or days afterwards."""
    sore = mark.alias("sore")
    return exists().where(
        sore.c.session_id == treatment_session.c.id,
        sore.c.kind == MarkKind.SORENESS.value,
        func.json_extract(sore.c.details, "$.when") == SorenessTime.LATER.value,
    )


def _follow_ups(connection: Connection, period: Period) -> Iterator[FollowUp]:
    statement = (
        select(*VISIT_COLUMNS, closing.c.next_step, mark.c.muscle, mark.c.side)
        .select_from(VISITS.join(mark, mark.c.session_id == treatment_session.c.id))
        .where(*within(period), IS_NEEDLE, not_(_is_charted()))
        .order_by(treatment_session.c.started_at, treatment_session.c.id, mark.c.number)
    )
    told = set(connection.scalars(_told(period.since)))
    for session_id, group in groupby(connection.execute(statement), key=lambda row: row[0]):
        if session_id in told:
            continue
        rows = list(group)
        *_visit, next_step, _muscle, _side = rows[0]
        places = [
            NeedledPlace(muscle, None if side is None else Side(side))
            for *_others, muscle, side in rows
        ]
        yield FollowUp(visit_of(rows[0]), tuple(dict.fromkeys(places)), next_step or "")


# -- drafts -----------------------------------------------------------------------------------

_NEEDLES_IN = (
    select(func.count())
    .where(
        mark.c.session_id == treatment_session.c.id,
        IS_NEEDLE,
        func.json_extract(mark.c.details, "$.in_at").is_not(None),
        func.json_extract(mark.c.details, "$.out_at").is_(None),
    )
    .scalar_subquery()
    .label("needles_in")
)
_DRAFTS = (
    select(
        *VISIT_COLUMNS,
        treatment_session.c.ended_at,
        _NEEDLES_IN,
        type_coerce(EVENTS_ASKED, Boolean).label("asked"),
        preparation.c.consent,
        session_note.c.needling.is_not(None).label("own_words"),
    )
    .select_from(
        VISITS.outerjoin(preparation, preparation.c.session_id == treatment_session.c.id).outerjoin(
            session_note, session_note.c.session_id == treatment_session.c.id
        )
    )
    .where(treatment_session.c.status == SessionStatus.DRAFT.value)
    .order_by(treatment_session.c.started_at, treatment_session.c.id)
)


def _is_of_an_earlier_day(row: Any, now: datetime) -> bool:
    """Not so of one that began last evening and still runs."""
    runs = row.ended_at is None and now - row.started_at < LONGEST_SESSION
    return local_day(row.started_at) < local_day(now) and not runs


def _unsigned(connection: Connection, row: Any) -> Unsigned:
    consent = None if row.consent is None else Consent(row.consent)
    facts = SigningFacts(row.needles_in, bool(row.asked), consent)
    if not row.own_words or in_the_way(facts):
        return Unsigned(visit_of(row), facts)
    of_session = {"id": row.id}
    (note,) = statements.PAPERS[SessionNote].rows(connection, of_session)
    marks = statements.MARKS.rows(connection, of_session)
    return Unsigned(
        visit_of(row),
        facts,
        MAPPINGS[SessionNote].from_row(note),
        tuple(map(MAPPINGS[Mark].from_row, marks)),
    )
