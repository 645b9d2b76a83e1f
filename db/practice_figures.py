"""Sums over the whole practice: adverse events, and what was used of needles and boxes."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Label,
    Select,
    and_,
    case,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from app.domain.closing import EventKind, Severity
from app.domain.identity import UUID
from app.domain.period import Period
from app.domain.practice_summaries import BoxUse, EventFigures, NeedleFigures, SizeUse
from app.domain.supplies import NeedleBox
from db import statements
from db.mapping import MAPPINGS
from db.tables import closing, mark, preparation, treatment_session
from db.visit_rows import EVENTS_ASKED, IS_NEEDLE, within

_WITH_CLOSING = treatment_session.outerjoin(closing, closing.c.session_id == treatment_session.c.id)


# -- adverse events ---------------------------------------------------------------------------


def event_figures(
    connection: Connection, period: Period, practitioner_id: UUID | None
) -> EventFigures:
    """See ``Overview.event_figures``."""
    wanted = [*within(period)]
    if practitioner_id is not None:
        wanted.append(treatment_session.c.practitioner_id == practitioner_id)
    happened = func.coalesce(func.json_array_length(closing.c.events), 0) > 0
    sessions, asked, with_event, without_needle = connection.execute(
        select(
            func.count(),
            _how_many(EVENTS_ASKED),
            _how_many(happened),
            _how_many(and_(EVENTS_ASKED, not_(_was_needled()))),
        )
        .select_from(_WITH_CLOSING)
        .where(*wanted)
    ).one()
    kinds = connection.execute(_sessions_by("$.kind", wanted))
    severities = connection.execute(_sessions_by("$.severity", wanted))
    return EventFigures(
        sessions,
        asked,
        with_event,
        {EventKind(kind): count for kind, count in kinds},
        {None if each is None else Severity(each): count for each, count in severities},
        without_needle,
    )


def _was_needled() -> ColumnElement[bool]:
    """Whether a session has a needle on its chart, or needles were counted out."""
    placed = exists().where(mark.c.session_id == treatment_session.c.id, IS_NEEDLE)
    return or_(placed, func.coalesce(closing.c.needles_counted, 0) > 0)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))


def _sessions_by(path: str, wanted: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """In how many sessions there is an event with each value of the field at ``path``."""
    event = func.json_each(closing.c.events).table_valued("value", name="event")
    value = func.json_extract(event.c.value, path).label("value")
    return (
        select(value, func.count(treatment_session.c.id.distinct()))
        .select_from(_WITH_CLOSING.join(event, literal_column("1")))
        .where(*wanted)
        .group_by(value)
    )


# -- needles ----------------------------------------------------------------------------------


def needle_figures(connection: Connection, period: Period) -> NeedleFigures:
    """See ``Overview.needle_figures``."""
    boxes = map(MAPPINGS[NeedleBox].from_row, statements.BOXES.rows(connection))
    return NeedleFigures(
        tuple(_sizes(connection, period)), tuple(boxes), tuple(_uses(connection, period))
    )


def _sizes(connection: Connection, period: Period) -> Iterator[SizeUse]:
    diameter = func.json_extract(mark.c.details, "$.diameter_mm").label("diameter")
    length = func.json_extract(mark.c.details, "$.length_mm").label("length")
    needles = func.count().label("needles")
    statement = (
        select(diameter, length, needles, func.count(mark.c.session_id.distinct()))
        .select_from(mark.join(treatment_session))
        .where(IS_NEEDLE, *within(period))
        .group_by(diameter, length)
        .order_by(needles.desc(), diameter, length)
    )
    for row in connection.execute(statement):
        yield SizeUse(*row)


def placed_needles() -> FromClause:
    """How many needles the chart of each session says were placed; sessions without: no row."""
    return (
        select(mark.c.session_id, func.count().label("needles"))
        .where(IS_NEEDLE)
        .group_by(mark.c.session_id)
        .subquery("placed")
    )


def _uses(connection: Connection, period: Period) -> Iterator[BoxUse]:
    placed = placed_needles()
    counted = closing.c.needles_counted
    statement = (
        select(
            preparation.c.box_id,
            treatment_session.c.patient_id,
            func.count(),
            _sum(placed.c.needles),
            _sum(counted),
            func.count(counted),
            _last(),
        )
        .select_from(
            _WITH_CLOSING.outerjoin(
                preparation, preparation.c.session_id == treatment_session.c.id
            ).outerjoin(placed, placed.c.session_id == treatment_session.c.id)
        )
        .where(
            *within(period),
            or_(preparation.c.box_id.is_not(None), placed.c.needles > 0, counted > 0),
        )
        .group_by(preparation.c.box_id, treatment_session.c.patient_id)
    )
    for row in connection.execute(statement):
        yield BoxUse(*row)


def _sum(column: ColumnElement[Any]) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


def _last() -> Label[Any]:
    """The texts of moments sort as the moments do."""
    return func.max(treatment_session.c.started_at).label("last")
