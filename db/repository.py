"""The repository of a practice, on SQLAlchemy Core."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Select,
    Uuid,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from app.domain.audit import AuditEntry, Stamp
from app.domain.change import Change
from app.domain.clock import Clock
from app.domain.errors import StorageError
from app.domain.marks import Mark, MarkKind, Needle
from app.domain.needles import needles_in
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture, picture_version, shown_to
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Addendum, Paper, Signature
from app.domain.preparation import Preparation
from app.domain.records import (
    PAPER_TYPES,
    RECORD_TYPES,
    Patient,
    Practitioner,
    Problem,
    Record,
    SessionStatus,
    TreatmentSession,
    parents_first,
)
from app.domain.rules import require
from app.domain.summaries import (
    ChartRecords,
    PatientSummary,
    SessionRecords,
    SessionSummary,
)
from app.domain.supplies import NeedleBox, PointSet
from db import integrity, patient_search, picture_files, trail
from db.column_types import UtcDateTime
from db.mapping import MAPPINGS
from db.plain import from_plain
from db.prepared import Ids, Prepared
from db.tables import (
    addendum,
    audit,
    mark,
    needle_box,
    no_needle_zone,
    outcome_score,
    own_picture,
    patient,
    practitioner,
    preparation,
    problem,
    protocol,
    signature,
    treatment_session,
)
from db.transactions import Transactions
from db.trouble import DAMAGED
from db.writing import BY_ID, stored_row, write


def _all(kind: type[Record]) -> Select[Any]:
    return select(*MAPPINGS[kind].columns)


_ID = bindparam("id", type_=Uuid)

_MARKS = Prepared(_all(Mark).where(mark.c.session_id == _ID).order_by(mark.c.number, mark.c.id))
_STEPS = Prepared(
    select(*trail.ENTRY_COLUMNS).where(audit.c.scope == _ID).order_by(audit.c.sequence)
)
_PROBLEMS = Prepared(_all(Problem).where(problem.c.patient_id == _ID).order_by(problem.c.id))
_ZONES = Prepared(
    _all(NoNeedleZone)
    .where(no_needle_zone.c.patient_id == _ID)
    .order_by(no_needle_zone.c.drawn_at, no_needle_zone.c.id)
)
_PICTURES = Prepared(
    _all(OwnPicture).where((own_picture.c.patient_id == _ID) | own_picture.c.patient_id.is_(None))
)
_SESSIONS = Prepared(
    _all(TreatmentSession)
    .where(treatment_session.c.patient_id == _ID)
    .order_by(treatment_session.c.started_at.desc(), treatment_session.c.id.desc())
)
_PRACTITIONERS = Prepared(_all(Practitioner).order_by(practitioner.c.name, practitioner.c.id))
_MARK_COUNTS = Prepared(
    select(mark.c.session_id, mark.c.kind, func.count())
    .join(treatment_session, treatment_session.c.id == mark.c.session_id)
    .where(treatment_session.c.patient_id == _ID)
    .group_by(mark.c.session_id, mark.c.kind)
)

_DRAFTS_SINCE = Prepared(
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


_PAPERS = {kind: _of_session(kind, MAPPINGS[kind].table.c.session_id) for kind in PAPER_TYPES}
_PREPARED = Prepared(
    select(preparation.c.session_id)
    .join(treatment_session, treatment_session.c.id == preparation.c.session_id)
    .where(treatment_session.c.patient_id == _ID)
)
_SCORES = Prepared(
    _all(OutcomeScore)
    .where(outcome_score.c.patient_id == _ID)
    .order_by(outcome_score.c.measured_on, outcome_score.c.id)
)
_BOXES = Prepared(_all(NeedleBox).order_by(needle_box.c.id.desc()))
_PROTOCOLS = Prepared(_all(PointSet).order_by(protocol.c.name, protocol.c.id))

_FROM_THE_FIRST = bindparam("offset", type_=Integer)
"""SQLite's LIMIT comes with an OFFSET, and a prepared statement names all its values."""
_NEEDLES = (
    select(mark.c.details)
    .join(treatment_session, treatment_session.c.id == mark.c.session_id)
    .where(mark.c.kind == literal_column("'needle'"))  # as the index says it
)
_LAST_IN_MUSCLE = Prepared(
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
_LAST_ANYWHERE = Prepared(
    select(mark.c.details)
    .where(mark.c.kind == bindparam("kind"), mark.c.session_id.in_(_NEWEST_SESSIONS))
    .order_by(mark.c.placed_at.desc())
    .limit(bindparam("limit", type_=Integer))
    .offset(_FROM_THE_FIRST)
)
_MOST_NEEDLES_LOOKED_AT = 40
"""The last few may say nothing of their size; then nothing was learnt."""
_SESSIONS_LOOKED_AT = 20

_KINDS = {str(kind): kind for kind in MarkKind}
_ALL = {kind: Prepared(_all(kind)) for kind in RECORD_TYPES}
_SESSIONS_OF_PATIENT = select(treatment_session.c.id).where(treatment_session.c.patient_id == _ID)


def _named_in(column: Column[Any]) -> Select[Any]:
    """What ``column`` of the papers of a patient's sessions refers to."""
    return select(column).where(column.table.c.session_id.in_(_SESSIONS_OF_PATIENT))


_OF_PATIENT: dict[type[Record], Prepared] = {
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
    Problem: _PROBLEMS,
    NoNeedleZone: _ZONES,
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
    OutcomeScore: _SCORES,
    NeedleBox: Prepared(
        _all(NeedleBox).where(needle_box.c.id.in_(_named_in(preparation.c.box_id)))
    ),
    TreatmentSession: _SESSIONS,
    **{
        kind: Prepared(
            _all(kind).where(MAPPINGS[kind].table.c.session_id.in_(_SESSIONS_OF_PATIENT))
        )
        for kind in (Mark, *PAPER_TYPES)
    },
}
"""A protocol is nobody's: it goes with the whole practice alone."""


class SqlRepository:
    """Implements ``app.domain.ports.Repository``, whose docstrings hold for each method.

    ``clock`` gives the present with its zone; what is entered is checked against its date.
    """

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def commit(self, change: Change, stamp: Stamp) -> None:
        """See ``Repository.commit``. An empty change leaves no line in the trail."""
        if change.is_empty:
            return
        today = self._clock().date()
        for edit in change.edits.values():
            if edit.after is not None:
                require(edit.after, today)
        with self._transactions.writing() as connection:
            write(connection, change)
            trail.append(connection, change, stamp)

    def keep_picture(self, content: bytes) -> str:
        digest = picture_files.digest_of(content)
        with self._transactions.writing() as connection:
            picture_files.keep(connection, digest, content)
        return digest

    def picture_bytes(self, sha256: str) -> bytes | None:
        with self._transactions.reading() as connection:
            content = picture_files.read(connection, sha256)
        return picture_files.verified(content, sha256)

    def find_patients(self, search: str = "", limit: int = 200) -> list[PatientSummary]:
        with self._transactions.reading() as connection:
            return patient_search.find(connection, search, limit)

    def count_patients(self) -> int:
        with self._transactions.reading() as connection:
            return connection.scalars(select(func.count()).select_from(patient)).one()

    def next_patient_number(self) -> str:
        with self._transactions.reading() as connection:
            return patient_search.next_number(connection)

    def patients(self, ids: Sequence[UUID] | None = None) -> list[Patient]:
        with self._transactions.reading() as connection:
            return _records(connection, Patient, ids)

    def practitioners(self) -> list[Practitioner]:
        with self._transactions.reading() as connection:
            return _decoded(Practitioner, _PRACTITIONERS.rows(connection))

    def chart(self, patient_id: UUID) -> ChartRecords | None:
        """See ``Repository.chart``. The practitioners are all of the practice, by name."""
        of_patient = {"id": patient_id}
        with self._transactions.reading() as connection:
            found = _one(connection, Patient, patient_id)
            if found is None:
                return None
            ids = Ids()
            counts: dict[UUID, dict[MarkKind, int]] = {}
            of_session: dict[MarkKind, int] = {}
            latest = None
            for session_id, kind, count in _MARK_COUNTS.rows(connection, of_patient, ids):
                if session_id is not latest:  # rows of one session follow each other
                    of_session, latest = counts.setdefault(session_id, {}), session_id
                of_session[_KINDS[kind]] = count
            sessions = _decoded(TreatmentSession, _SESSIONS.rows(connection, of_patient, ids))
            return ChartRecords(
                patient=found,
                problems=tuple(_decoded(Problem, _PROBLEMS.rows(connection, of_patient))),
                sessions=tuple(SessionSummary(each, counts.get(each.id, {})) for each in sessions),
                practitioners=tuple(_decoded(Practitioner, _PRACTITIONERS.rows(connection))),
                zones=tuple(_decoded(NoNeedleZone, _ZONES.rows(connection, of_patient))),
                pictures=_pictures(connection, patient_id),
            )

    def session(self, session_id: UUID) -> TreatmentSession | None:
        with self._transactions.reading() as connection:
            found: TreatmentSession | None = _one(connection, TreatmentSession, session_id)
            return found

    def marks(self, session_id: UUID) -> list[Mark]:
        with self._transactions.reading() as connection:
            return _marks_of(connection, session_id)

    def drafts_with_needles_in(self, since: datetime) -> list[TreatmentSession]:
        with self._transactions.reading() as connection:
            wanted = {
                "since": since,
                "status": str(SessionStatus.DRAFT),
                "kind": str(MarkKind.NEEDLE),
            }
            drafts = _decoded(TreatmentSession, _DRAFTS_SINCE.rows(connection, wanted))
            return [each for each in drafts if needles_in(_marks_of(connection, each.id))]

    def papers(self, session_id: UUID) -> list[Paper]:
        with self._transactions.reading() as connection:
            return _papers(connection, session_id)

    def prepared_sessions(self, patient_id: UUID) -> list[UUID]:
        with self._transactions.reading() as connection:
            rows = _PREPARED.rows(connection, {"id": patient_id})
            return [session_id for (session_id,) in rows]

    def scores(self, patient_id: UUID) -> list[OutcomeScore]:
        with self._transactions.reading() as connection:
            return _decoded(OutcomeScore, _SCORES.rows(connection, {"id": patient_id}))

    def boxes(self) -> list[NeedleBox]:
        with self._transactions.reading() as connection:
            return _decoded(NeedleBox, _BOXES.rows(connection))

    def protocols(self) -> list[PointSet]:
        with self._transactions.reading() as connection:
            return _decoded(PointSet, _PROTOCOLS.rows(connection))

    def last_needles(self, practitioner_id: UUID, muscle: str | None) -> list[Needle]:
        values = {"id": practitioner_id, "limit": _MOST_NEEDLES_LOOKED_AT, "offset": 0}
        with self._transactions.reading() as connection:
            if muscle is None:
                values |= {"kind": MarkKind.NEEDLE.value, "sessions": _SESSIONS_LOOKED_AT}
                rows = _LAST_ANYWHERE.rows(connection, values)
            else:
                rows = _LAST_IN_MUSCLE.rows(connection, values | {"muscle": muscle})
        return [from_plain(Needle, details or {}) for (details,) in rows]

    def session_records(self, session_id: UUID) -> SessionRecords | None:
        with self._transactions.reading() as connection:
            session = _one(connection, TreatmentSession, session_id)
            return None if session is None else _whole(connection, session)

    def patient_records(self, patient_id: UUID) -> list[SessionRecords]:
        with self._transactions.reading() as connection:
            rows = _SESSIONS.rows(connection, {"id": patient_id})  # newest first
            sessions = _decoded(TreatmentSession, reversed(rows))
            return [_whole(connection, session) for session in sessions]

    def steps(self, scope: UUID) -> list[AuditEntry]:
        with self._transactions.reading() as connection:
            return [trail.entry_of(row) for row in _STEPS.rows(connection, {"id": scope})]

    def everything(self, patient_ids: Sequence[UUID] | None = None) -> list[Record]:
        with self._transactions.reading() as connection:
            return [
                record
                for kind in RECORD_TYPES
                for record in parents_first(_records(connection, kind, patient_ids))
            ]

    def existing(self, records: Sequence[Record]) -> dict[UUID, Record]:
        found: dict[UUID, Record] = {}
        with self._transactions.reading() as connection:
            for record in records:
                held = _one(connection, type(record), record.id)
                if held is not None:
                    found[record.id] = held
        return found

    def check(self) -> list[str]:
        today = self._clock().date()
        try:
            with self._transactions.reading() as connection:
                return integrity.problems(connection, today)
        except StorageError as error:  # a damaged file may not even let go
            return [str(error)]


def _marks_of(connection: Connection, session_id: UUID) -> list[Mark]:
    return _decoded(Mark, _MARKS.rows(connection, {"id": session_id}))


def _one(connection: Connection, kind: type[Record], record_id: UUID) -> Any:
    """The record of the type ``kind`` with this id, or None."""
    row = stored_row(connection, kind, record_id)
    return None if row is None else MAPPINGS[kind].from_row(row)


def _needed(connection: Connection, kind: type[Record], record_id: UUID) -> Any:
    """A record that another one refers to; the database sees to it that it is there."""
    found = _one(connection, kind, record_id)
    if found is None:
        raise StorageError(DAMAGED)
    return found


def _whole(connection: Connection, session: TreatmentSession) -> SessionRecords:
    about, papers = session.problem_id, _papers(connection, session.id)
    return SessionRecords(
        session=session,
        patient=_needed(connection, Patient, session.patient_id),
        practitioner=_needed(connection, Practitioner, session.practitioner_id),
        problem=None if about is None else _needed(connection, Problem, about),
        marks=tuple(_marks_of(connection, session.id)),
        zones=tuple(_decoded(NoNeedleZone, _ZONES.rows(connection, {"id": session.patient_id}))),
        papers=tuple(papers),
        authors=_authors(connection, papers),
        boxes=_boxes(connection, papers),
        pictures=_pictures(connection, session.patient_id),
    )


def _pictures(connection: Connection, patient_id: UUID) -> tuple[OwnPicture, ...]:
    return shown_to(
        _decoded(OwnPicture, _PICTURES.rows(connection, {"id": patient_id})), patient_id
    )


def _papers(connection: Connection, session_id: UUID) -> list[Paper]:
    of_session = {"id": session_id}
    return [
        paper
        for kind, statement in _PAPERS.items()
        for paper in _decoded(kind, statement.rows(connection, of_session))
    ]


def _boxes(connection: Connection, papers: Iterable[Paper]) -> tuple[NeedleBox, ...]:
    named = (each.box_id for each in papers if isinstance(each, Preparation))
    return tuple(_needed(connection, NeedleBox, each) for each in named if each is not None)


def _authors(connection: Connection, papers: Iterable[Paper]) -> tuple[Practitioner, ...]:
    named = (each.practitioner_id for each in papers if isinstance(each, Signature | Addendum))
    return tuple(_needed(connection, Practitioner, each) for each in dict.fromkeys(named))


def _decoded(kind: type[Any], rows: Iterable[Sequence[Any]]) -> list[Any]:
    return list(map(MAPPINGS[kind].from_row, rows))


def _records(
    connection: Connection, kind: type[Any], patient_ids: Sequence[UUID] | None
) -> list[Any]:
    """The records of one type of these patients, or all of them, in the order of their ids."""
    if patient_ids is None:
        rows = _ALL[kind].rows(connection)
    elif kind not in _OF_PATIENT:
        rows = []
    else:
        statement = _OF_PATIENT[kind]
        found = [statement.rows(connection, {"id": each}) for each in patient_ids]
        rows = list({row[0]: row for rows in found for row in rows}.values())
    return _decoded(kind, sorted(rows, key=itemgetter(0)))
