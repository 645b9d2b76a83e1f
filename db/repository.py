"""The repository of a practice, on SQLAlchemy Core."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    func,
    select,
)

from app.domain.anatomy import Side
from app.domain.audit import AuditEntry, Stamp
from app.domain.change import Change
from app.domain.clock import Clock
from app.domain.closing import Closing
from app.domain.errors import StorageError
from app.domain.letterhead import LETTERHEAD_ID, Letterhead
from app.domain.marks import Mark, MarkKind, Needle
from app.domain.needles import needles_in
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture, shown_to
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Addendum, Paper, Signature
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
from app.domain.rules import require
from app.domain.site_links import SiteLink
from app.domain.summaries import (
    ChartRecords,
    MarkFigure,
    PatientFigures,
    PatientSummary,
    SessionRecords,
    SessionSummary,
)
from app.domain.supplies import NeedleBox, PointSet
from db import integrity, patient_search, picture_files, statements, trail
from db.mapping import MAPPINGS
from db.overview import SqlOverview
from db.places import SqlPlaces
from db.plain import from_plain
from db.prepared import Ids
from db.tables import (
    patient,
)
from db.transactions import Transactions
from db.trouble import DAMAGED
from db.twitches import StoredTwitches
from db.writing import stored_row, write

_KINDS = {str(kind): kind for kind in MarkKind}
_SIDES: dict[str | None, Side | None] = {None: None} | {str(side): side for side in Side}


class SqlRepository:
    """Implements ``app.domain.ports.Repository``, whose docstrings hold for each method.

    ``clock`` gives the present with its zone; what is entered is checked against its date.
    """

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock
        self.places = SqlPlaces(transactions)
        self.overview = SqlOverview(transactions)

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
            return _decoded(Practitioner, statements.PRACTITIONERS.rows(connection))

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
            for session_id, kind, count in statements.MARK_COUNTS.rows(connection, of_patient, ids):
                if session_id is not latest:  # rows of one session follow each other
                    of_session, latest = counts.setdefault(session_id, {}), session_id
                of_session[_KINDS[kind]] = count
            sessions = _decoded(
                TreatmentSession, statements.SESSIONS.rows(connection, of_patient, ids)
            )
            return ChartRecords(
                patient=found,
                problems=tuple(_decoded(Problem, statements.PROBLEMS.rows(connection, of_patient))),
                sessions=tuple(SessionSummary(each, counts.get(each.id, {})) for each in sessions),
                practitioners=tuple(
                    _decoded(Practitioner, statements.PRACTITIONERS.rows(connection))
                ),
                zones=tuple(_decoded(NoNeedleZone, statements.ZONES.rows(connection, of_patient))),
                pictures=_pictures(connection, patient_id),
            )

    def session(self, session_id: UUID) -> TreatmentSession | None:
        with self._transactions.reading() as connection:
            found: TreatmentSession | None = _one(connection, TreatmentSession, session_id)
            return found

    def marks(self, session_id: UUID) -> list[Mark]:
        with self._transactions.reading() as connection:
            return _marks_of(connection, session_id)

    def marks_of_patient(self, patient_id: UUID) -> dict[UUID, list[Mark]]:
        found: dict[UUID, list[Mark]] = {}
        with self._transactions.reading() as connection:
            rows = statements.MARKS_OF_PATIENT.rows(connection, {"id": patient_id})
        for mark in _decoded(Mark, rows):
            found.setdefault(mark.session_id, []).append(mark)
        return found

    def figures(self, patient_id: UUID) -> PatientFigures:
        of_patient = {"id": patient_id}
        with self._transactions.reading() as connection:
            rows = statements.FIGURES.rows(connection, of_patient)
            closings = _decoded(Closing, statements.CLOSINGS.rows(connection, of_patient))
        return PatientFigures(tuple(_figures(rows)), tuple(closings))

    def drafts_with_needles_in(self, since: datetime) -> list[TreatmentSession]:
        with self._transactions.reading() as connection:
            wanted = {
                "since": since,
                "status": str(SessionStatus.DRAFT),
                "kind": str(MarkKind.NEEDLE),
            }
            drafts = _decoded(TreatmentSession, statements.DRAFTS_SINCE.rows(connection, wanted))
            return [each for each in drafts if needles_in(_marks_of(connection, each.id))]

    def papers(self, session_id: UUID) -> list[Paper]:
        with self._transactions.reading() as connection:
            return _papers(connection, session_id)

    def prepared_sessions(self, patient_id: UUID) -> list[UUID]:
        with self._transactions.reading() as connection:
            rows = statements.PREPARED.rows(connection, {"id": patient_id})
            return [session_id for (session_id,) in rows]

    def scores(self, patient_id: UUID) -> list[OutcomeScore]:
        with self._transactions.reading() as connection:
            return _decoded(OutcomeScore, statements.SCORES.rows(connection, {"id": patient_id}))

    def site_links(self, patient_id: UUID) -> list[SiteLink]:
        with self._transactions.reading() as connection:
            return _decoded(SiteLink, statements.SITE_LINKS.rows(connection, {"id": patient_id}))

    def boxes(self) -> list[NeedleBox]:
        with self._transactions.reading() as connection:
            return _decoded(NeedleBox, statements.BOXES.rows(connection))

    def protocols(self) -> list[PointSet]:
        with self._transactions.reading() as connection:
            return _decoded(PointSet, statements.PROTOCOLS.rows(connection))

    def letterhead(self) -> Letterhead | None:
        with self._transactions.reading() as connection:
            found: Letterhead | None = _one(connection, Letterhead, LETTERHEAD_ID)
            return found

    def last_needles(self, practitioner_id: UUID, muscle: str | None) -> list[Needle]:
        values = {"id": practitioner_id, "limit": statements.MOST_NEEDLES_LOOKED_AT, "offset": 0}
        with self._transactions.reading() as connection:
            if muscle is None:
                values |= {"kind": MarkKind.NEEDLE.value, "sessions": statements.SESSIONS_LOOKED_AT}
                rows = statements.LAST_ANYWHERE.rows(connection, values)
            else:
                rows = statements.LAST_IN_MUSCLE.rows(connection, values | {"muscle": muscle})
        return [from_plain(Needle, details or {}) for (details,) in rows]

    def session_records(self, session_id: UUID) -> SessionRecords | None:
        with self._transactions.reading() as connection:
            session = _one(connection, TreatmentSession, session_id)
            return None if session is None else _whole(connection, session)

    def patient_records(self, patient_id: UUID) -> list[SessionRecords]:
        with self._transactions.reading() as connection:
            rows = statements.SESSIONS.rows(connection, {"id": patient_id})  # newest first
            sessions = _decoded(TreatmentSession, reversed(rows))
            return [_whole(connection, session) for session in sessions]

    def steps(self, scope: UUID) -> list[AuditEntry]:
        with self._transactions.reading() as connection:
            return [trail.entry_of(row) for row in statements.STEPS.rows(connection, {"id": scope})]

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


def _figures(rows: Iterable[Sequence[Any]]) -> Iterator[MarkFigure]:
    """``rows``: session, kind, muscle, side, the stored details of twitches, and how many."""
    twitches = StoredTwitches()
    for session_id, kind, muscle, side, twitch, marks in rows:
        yield MarkFigure(
            session_id, _KINDS[kind], muscle, _SIDES[side], marks, marks * twitches[twitch]
        )


def _marks_of(connection: Connection, session_id: UUID) -> list[Mark]:
    return _decoded(Mark, statements.MARKS.rows(connection, {"id": session_id}))


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
        zones=tuple(
            _decoded(NoNeedleZone, statements.ZONES.rows(connection, {"id": session.patient_id}))
        ),
        papers=tuple(papers),
        authors=_authors(connection, papers),
        boxes=_boxes(connection, papers),
        pictures=_pictures(connection, session.patient_id),
    )


def _pictures(connection: Connection, patient_id: UUID) -> tuple[OwnPicture, ...]:
    return shown_to(
        _decoded(OwnPicture, statements.PICTURES.rows(connection, {"id": patient_id})), patient_id
    )


def _papers(connection: Connection, session_id: UUID) -> list[Paper]:
    of_session = {"id": session_id}
    return [
        paper
        for kind, statement in statements.PAPERS.items()
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
        rows = statements.ALL[kind].rows(connection)
    elif kind not in statements.OF_PATIENT:
        rows = []
    else:
        statement = statements.OF_PATIENT[kind]
        found = [statement.rows(connection, {"id": each}) for each in patient_ids]
        rows = list({row[0]: row for rows in found for row in rows}.values())
    return _decoded(kind, sorted(rows, key=itemgetter(0)))
