"""What a repository reads: statements that are compiled once (see ``db/prepared.py``)."""

from typing import Any

from sqlalchemy import (
    Column,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from app.domain.closing import Closing
from app.domain.marks import Mark, MarkKind
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture, picture_version
from app.domain.own_zones import NoNeedleZone
from app.domain.records import (
    PAPER_TYPES,
    RECORD_TYPES,
    Patient,
    Practitioner,
    Problem,
    Record,
    TreatmentSession,
)
from app.domain.site_links import SiteLink
from app.domain.supplies import NeedleBox, PointSet
from db import trail
from db.column_types import UtcDateTime
from db.mapping import MAPPINGS
from db.prepared import Prepared
from db.tables import (
    addendum,
    audit,
    closing,
    mark,
    needle_box,
    no_needle_zone,
    outcome_score,
    own_picture,
    practitioner,
    preparation,
    problem,
    protocol,
    signature,
    site_link,
    treatment_session,
)
from db.writing import BY_ID


def _all(kind: type[Record]) -> Select[Any]:
    return select(*MAPPINGS[kind].columns)


_ID = bindparam("id", type_=Uuid)

MARKS = Prepared(_all(Mark).where(mark.c.session_id == _ID).order_by(mark.c.number, mark.c.id))
STEPS = Prepared(
    select(*trail.ENTRY_COLUMNS).where(audit.c.scope == _ID).order_by(audit.c.sequence)
)
PROBLEMS = Prepared(_all(Problem).where(problem.c.patient_id == _ID).order_by(problem.c.id))
ZONES = Prepared(
    _all(NoNeedleZone)
    .where(no_needle_zone.c.patient_id == _ID)
    .order_by(no_needle_zone.c.drawn_at, no_needle_zone.c.id)
)
PICTURES = Prepared(
    _all(OwnPicture).where((own_picture.c.patient_id == _ID) | own_picture.c.patient_id.is_(None))
)
SESSIONS = Prepared(
    _all(TreatmentSession)
    .where(treatment_session.c.patient_id == _ID)
    .order_by(treatment_session.c.started_at.desc(), treatment_session.c.id.desc())
)
PRACTITIONERS = Prepared(_all(Practitioner).order_by(practitioner.c.name, practitioner.c.id))
MARKS_OF_PATIENT = Prepared(
    _all(Mark)
    .join(treatment_session, treatment_session.c.id == mark.c.session_id)
    .where(treatment_session.c.patient_id == _ID)
    .order_by(mark.c.session_id, mark.c.number)
)
_COUNTED_BY = (
    mark.c.session_id, mark.c.kind, mark.c.muscle, mark.c.side,
    case(
        (mark.c.kind == literal_column(f"'{MarkKind.TWITCH.value}'"),
         type_coerce(mark.c.details, Text)),
    ).label("twitch"),
)  # fmt: skip
FIGURES = Prepared(
    select(*_COUNTED_BY, func.count())
    .join(treatment_session, treatment_session.c.id == mark.c.session_id)
    .where(treatment_session.c.patient_id == _ID)
    .group_by(*_COUNTED_BY)
)
"""How many twitches one counts lies in its details, here as the text that is stored."""
MARK_COUNTS = Prepared(
    select(mark.c.session_id, mark.c.kind, func.count())
    .join(treatment_session, treatment_session.c.id == mark.c.session_id)
    .where(treatment_session.c.patient_id == _ID)
    .group_by(mark.c.session_id, mark.c.kind)
)

DRAFTS_SINCE = Prepared(
    _all(TreatmentSession)
    .where(
        treatment_session.c.started_at >= bindparam("since", type_=UtcDateTime),
        treatment_session.c.status == bindparam("status"),
        exists().where(
            mark.c.session_id == treatment_session.c.id, mark.c.kind == bindparam("kind")
        ),
    )
    .order_by(treatment_session.c.started_at.desc(), treatment_session.c.id.desc())
)
"""Those that hold a needle; whether it is in, the domain says."""


def _of_session(kind: type[Record], column: Column[Any]) -> Prepared:
    return Prepared(_all(kind).where(column == _ID).order_by(MAPPINGS[kind].table.c.id))


PAPERS = {kind: _of_session(kind, MAPPINGS[kind].table.c.session_id) for kind in PAPER_TYPES}
PREPARED = Prepared(
    select(preparation.c.session_id)
    .join(treatment_session, treatment_session.c.id == preparation.c.session_id)
    .where(treatment_session.c.patient_id == _ID)
)
CLOSINGS = Prepared(
    _all(Closing)
    .join(treatment_session, treatment_session.c.id == closing.c.session_id)
    .where(treatment_session.c.patient_id == _ID)
)
SCORES = Prepared(
    _all(OutcomeScore)
    .where(outcome_score.c.patient_id == _ID)
    .order_by(outcome_score.c.measured_on, outcome_score.c.id)
)
SITE_LINKS = Prepared(
    _all(SiteLink)
    .where(site_link.c.patient_id == _ID)
    .order_by(site_link.c.said_at, site_link.c.id)
)
BOXES = Prepared(_all(NeedleBox).order_by(needle_box.c.id.desc()))
PROTOCOLS = Prepared(_all(PointSet).order_by(protocol.c.name, protocol.c.id))

_FROM_THE_FIRST = bindparam("offset", type_=Integer)
"""SQLite's LIMIT comes with an OFFSET, and a prepared statement names all its values."""
_NEEDLES = (
    select(mark.c.details)
    .join(treatment_session, treatment_session.c.id == mark.c.session_id)
    .where(mark.c.kind == literal_column("'needle'"))  # as the index says it
)
LAST_IN_MUSCLE = Prepared(
    _NEEDLES.where(mark.c.muscle == bindparam("muscle"), treatment_session.c.practitioner_id == _ID)
    .order_by(mark.c.placed_at.desc())
    .limit(bindparam("limit", type_=Integer))
    .offset(_FROM_THE_FIRST)
)
_NEWEST_SESSIONS = (
    select(treatment_session.c.id)
    .where(treatment_session.c.practitioner_id == _ID)
    .order_by(treatment_session.c.started_at.desc())
    .limit(bindparam("sessions", type_=Integer))
    .offset(_FROM_THE_FIRST)
)
LAST_ANYWHERE = Prepared(
    select(mark.c.details)
    .where(mark.c.kind == bindparam("kind"), mark.c.session_id.in_(_NEWEST_SESSIONS))
    .order_by(mark.c.placed_at.desc())
    .limit(bindparam("limit", type_=Integer))
    .offset(_FROM_THE_FIRST)
)
MOST_NEEDLES_LOOKED_AT = 40
"""The last few may say nothing of their size; then nothing was learnt."""
SESSIONS_LOOKED_AT = 20

ALL = {kind: Prepared(_all(kind)) for kind in RECORD_TYPES}
_SESSIONS_OF_PATIENT = select(treatment_session.c.id).where(treatment_session.c.patient_id == _ID)


def _named_in(column: Column[Any]) -> Select[Any]:
    """What ``column`` of the papers of a patient's sessions refers to."""
    return select(column).where(column.table.c.session_id.in_(_SESSIONS_OF_PATIENT))


OF_PATIENT: dict[type[Record], Prepared] = {
    Practitioner: Prepared(
        _all(Practitioner).where(
            or_(
                practitioner.c.id.in_(
                    select(treatment_session.c.practitioner_id).where(
                        treatment_session.c.patient_id == _ID
                    )
                ),
                practitioner.c.id.in_(_named_in(signature.c.practitioner_id)),
                practitioner.c.id.in_(_named_in(addendum.c.practitioner_id)),
            )
        )
    ),
    Patient: BY_ID[Patient],
    Problem: PROBLEMS,
    NoNeedleZone: ZONES,
    OwnPicture: Prepared(
        _all(OwnPicture).where(
            (own_picture.c.patient_id == _ID)
            | (
                # of those for every patient, the ones on which this patient has marks
                own_picture.c.patient_id.is_(None)
                & (literal_column(f"'{picture_version('')}'") + own_picture.c.sha256).in_(
                    select(mark.c.body_version)
                    .join(treatment_session, treatment_session.c.id == mark.c.session_id)
                    .where(treatment_session.c.patient_id == _ID)
                )
            )
        )
    ),
    OutcomeScore: SCORES,
    SiteLink: SITE_LINKS,
    NeedleBox: Prepared(
        _all(NeedleBox).where(needle_box.c.id.in_(_named_in(preparation.c.box_id)))
    ),
    TreatmentSession: SESSIONS,
    **{
        kind: Prepared(
            _all(kind).where(MAPPINGS[kind].table.c.session_id.in_(_SESSIONS_OF_PATIENT))
        )
        for kind in (Mark, *PAPER_TYPES)
    },
}
"""A protocol is nobody's: it goes with the whole practice alone."""
