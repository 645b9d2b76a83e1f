"""What readings of the whole practice share: the visit in each row, and what is often asked."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal_column, or_, type_coerce

from app.domain.marks import MarkKind
from app.domain.period import Period
from app.domain.practice_summaries import Visit
from db.tables import closing, mark, patient, practitioner, problem, treatment_session

VISIT_COLUMNS = (
    treatment_session.c.id,
    treatment_session.c.patient_id,
    patient.c.family_name,
    patient.c.given_name,
    patient.c.number,
    treatment_session.c.started_at,
    practitioner.c.name,
    problem.c.title,
)
VISITS = (
    treatment_session.join(patient, patient.c.id == treatment_session.c.patient_id)
    .join(practitioner, practitioner.c.id == treatment_session.c.practitioner_id)
    .outerjoin(problem, problem.c.id == treatment_session.c.problem_id)
    .outerjoin(closing, closing.c.session_id == treatment_session.c.id)
)
"""Sessions, each with what ``VISIT_COLUMNS`` name, and with its closing where there is one."""

_MOMENT = type_coerce(treatment_session.c.started_at, Text)
LOCAL_DAY: ColumnElement[str] = func.date(func.substr(_MOMENT, 1, 19), func.substr(_MOMENT, 28))
"""The day of a session where it was charted, as ISO text: the stored text is the moment in UTC to
the microsecond, "Z", and the offset (db/column_types.py).
"""
IS_NEEDLE = mark.c.kind == literal_column(f"'{MarkKind.NEEDLE.value}'")
EVENTS_ASKED: ColumnElement[bool] = func.coalesce(
    or_(closing.c.no_adverse_events, func.json_array_length(closing.c.events) > 0),
    literal_column("0"),
)
"""Whether a session says that there was an event, or none; 0 where it has no closing."""
_ONE_DAY = timedelta(days=1)


def visit_of(row: Sequence[Any]) -> Visit:
    """The visit at the beginning of a row that selects ``VISIT_COLUMNS`` first."""
    (
        session_id, patient_id, family_name, given_name, number, started_at, practitioner_name,
        problem_title, *_others,
    ) = row  # fmt: skip
    return Visit(
        session_id=session_id,
        patient_id=patient_id,
        family_name=family_name,
        given_name=given_name,
        number=number,
        started_at=started_at,
        practitioner=practitioner_name,
        problem=problem_title or "",
    )


def within(period: Period) -> Iterator[ColumnElement[bool]]:
    """Conditions for sessions whose local day lies in ``period``.

    The moment itself is asked first, with a day's room for its offset: that is the index's.
    """
    if period.since is not None:
        if period.since > date.min:
            yield (period.since - _ONE_DAY).isoformat() <= _MOMENT
        yield period.since.isoformat() <= LOCAL_DAY
    if period.until is not None:
        if period.until < date.max - _ONE_DAY:
            yield (period.until + 2 * _ONE_DAY).isoformat() > _MOMENT
        yield period.until.isoformat() >= LOCAL_DAY
