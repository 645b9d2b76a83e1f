"""The open chart: a snapshot of what the repository holds, changed in one place only."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.audit import Stamp
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.marks import Mark, MarkKind
from app.domain.outcomes import OutcomeScore
from app.domain.own_pictures import OwnPicture, shown_to
from app.domain.own_zones import NoNeedleZone
from app.domain.papers import Paper
from app.domain.ports import Repository
from app.domain.preparation import Preparation
from app.domain.records import (
    Patient,
    Practitioner,
    Problem,
    Record,
    TreatmentSession,
)
from app.domain.site_links import SiteLink
from app.domain.summaries import ChartRecords
from app.domain.supplies import NeedleBox, PointSet

_R = TypeVar("_R", bound=Record)
_P = TypeVar("_P", bound=Paper)


class ChartStore(QObject):
    """A patient's chart as it is stored.

    ``apply`` is the only way in: first the repository commits, then the snapshot follows,
    then ``changed`` is emitted. So whoever listens can trust what it reads, and what the
    screen shows is on the disk.
    """

    changed = Signal(object)
    """The Change that was applied, or None when the whole chart was read anew."""

    def __init__(self, repository: Repository) -> None:
        super().__init__()
        self.repository = repository
        self._patient_id: UUID | None = None
        self._records: dict[UUID, Record] = {}
        self._marks: dict[UUID, dict[UUID, Mark]] = {}
        self._papers: dict[UUID, dict[UUID, Paper]] = {}
        self._prepared: set[UUID] | None = None
        """The sessions that have a preparation, or had one; None before it was asked."""
        self._read_late: set[type[object]] = set()
        """Kinds of records that are read when they are first asked for, and were."""
        self._in_order: dict[UUID, tuple[Mark, ...]] = {}
        self._sessions: list[TreatmentSession] | None = None
        self._counts: dict[UUID, Mapping[MarkKind, int]] = {}
        self.last_saved_at: datetime | None = None
        """When the last change was committed since this chart was opened, or None."""

    def open_patient(self, patient_id: UUID | None) -> None:
        """Reads a patient's chart (None closes it) and emits ``changed(None)``.

        Raises StorageError where it cannot be read; what was open is then still open.
        """
        chart = None if patient_id is None else self.repository.chart(patient_id)
        self._patient_id = patient_id
        self.last_saved_at = None
        self._take(chart)

    def reload(self) -> None:
        """Reads everything anew; marks are read when they are next asked for."""
        self._take(None if self._patient_id is None else self.repository.chart(self._patient_id))

    def _take(self, chart: ChartRecords | None) -> None:
        self._records, self._marks, self._in_order, self._counts = {}, {}, {}, {}
        self._papers, self._read_late, self._prepared = {}, set(), None
        self._sessions = None
        if chart is None:
            self._patient_id = None
        else:
            sessions = self._sessions = [summary.session for summary in chart.sessions]
            records: list[Record] = [
                chart.patient,
                *chart.practitioners,
                *chart.problems,
                *chart.zones,
                *chart.pictures,
            ]
            self._records = {record.id: record for record in (*records, *sessions)}
            self._counts = {each.session.id: each.mark_counts for each in chart.sessions}
        self.changed.emit(None)

    @property
    def patient(self) -> Patient | None:
        found = self._records.get(self._patient_id) if self._patient_id else None
        return found if isinstance(found, Patient) else None

    @property
    def practitioners(self) -> list[Practitioner]:
        return self._all(Practitioner)

    @property
    def problems(self) -> list[Problem]:
        return self._all(Problem)

    @property
    def zones(self) -> tuple[NoNeedleZone, ...]:
        """The patient's own no-needle zones, in the order in which they were drawn."""
        zones = self._all(NoNeedleZone)
        return tuple(sorted(zones, key=lambda zone: (zone.drawn_at, zone.id)))

    def zone(self, zone_id: UUID) -> NoNeedleZone | None:
        found = self._records.get(zone_id)
        return found if isinstance(found, NoNeedleZone) else None

    @property
    def pictures(self) -> tuple[OwnPicture, ...]:
        """The own pictures that this chart shows, in the order in which they were added."""
        if self._patient_id is None:
            return ()
        return shown_to(self._all(OwnPicture), self._patient_id)

    @property
    def sessions(self) -> list[TreatmentSession]:
        """Newest first."""
        if self._sessions is None:
            sessions = self._all(TreatmentSession)
            self._sessions = sorted(sessions, key=lambda s: (s.started_at, s.id), reverse=True)
        return self._sessions

    def has_session(self, session_id: UUID) -> bool:
        return isinstance(self._records.get(session_id), TreatmentSession)

    def session(self, session_id: UUID) -> TreatmentSession:
        """Raises KeyError where the open chart has no such session."""
        found = self._records[session_id]
        assert isinstance(found, TreatmentSession)
        return found

    def marks(self, session_id: UUID) -> tuple[Mark, ...]:
        """The marks of one session of the open chart, by number; read on first use."""
        in_order = self._in_order.get(session_id)
        if in_order is None:
            marks = self._marks_of(session_id).values()
            in_order = tuple(sorted(marks, key=lambda mark: mark.number))
            self._in_order[session_id] = in_order
        return in_order

    def mark(self, mark_id: UUID) -> Mark | None:
        """A mark of a session whose marks were read, or None."""
        return next((marks[mark_id] for marks in self._marks.values() if mark_id in marks), None)

    def mark_counts(self, session_id: UUID) -> Mapping[MarkKind, int]:
        """How many marks of each kind a session holds, without reading them if need not be."""
        return self._counts.get(session_id, {})

    def papers(self, session_id: UUID) -> tuple[Paper, ...]:
        """What is written of one session of the open chart beside its marks; read on first use."""
        return tuple(self._papers_of(session_id).values())

    def paper(self, session_id: UUID, kind: type[_P]) -> _P | None:
        """The paper of a kind of which a session has one at most."""
        found = self._papers_of(session_id).values()
        return next((each for each in found if isinstance(each, kind)), None)

    def preparation(self, session_id: UUID) -> Preparation | None:
        """What was settled before the needles of a session, where anything was. Sessions that
        have none are known from one question, so that a long history is walked at no cost.
        """
        if self._prepared is None:
            patient_id = self._patient_id
            known = [] if patient_id is None else self.repository.prepared_sessions(patient_id)
            self._prepared = set(known)
        if session_id not in self._prepared:
            return None
        return self.paper(session_id, Preparation)

    @property
    def scores(self) -> tuple[OutcomeScore, ...]:
        """The patient's outcome scores, oldest first; read on first use."""
        patient_id = self._patient_id
        scores = self._late(
            OutcomeScore, lambda: [] if patient_id is None else self.repository.scores(patient_id)
        )
        return tuple(sorted(scores, key=lambda score: (score.measured_on, score.id)))

    @property
    def site_links(self) -> tuple[SiteLink, ...]:
        """What was said of whose site the patient's marks are; read on first use."""
        patient_id = self._patient_id
        links = self._late(
            SiteLink, lambda: [] if patient_id is None else self.repository.site_links(patient_id)
        )
        return tuple(sorted(links, key=lambda link: (link.said_at, link.id)))

    @property
    def boxes(self) -> tuple[NeedleBox, ...]:
        """The practice's boxes of needles, newest first; read on first use."""
        boxes = self._late(NeedleBox, self.repository.boxes)
        return tuple(sorted(boxes, key=lambda box: box.id, reverse=True))

    @property
    def protocols(self) -> tuple[PointSet, ...]:
        """The practice's sets of points, by name; read on first use."""
        sets = self._late(PointSet, self.repository.protocols)
        return tuple(sorted(sets, key=lambda each: (each.name, each.id)))

    def apply(self, change: Change, stamp: Stamp) -> None:
        """Commits ``change``, then shows it. Raises KnownError and changes nothing on trouble."""
        self.repository.commit(change, stamp)
        self.last_saved_at = stamp.at
        for record_id, edit in change.edits.items():
            if isinstance(edit.record, Paper):
                self._replace_paper(record_id, edit.record, edit.after)
            else:
                self._replace(record_id, *edit)
        self.changed.emit(change)

    def _replace(self, record_id: UUID, before: Record | None, after: Record | None) -> None:
        if not isinstance(after or before, Mark):
            self._sessions = None
        for record, more in ((before, -1), (after, 1)):
            if isinstance(record, Mark):
                self._count(record, more)
        if isinstance(before, Mark):
            self._marks.get(before.session_id, {}).pop(record_id, None)
        if isinstance(after, Mark):
            self._show_mark(before, after)
        elif isinstance(before, Mark):
            self._in_order.pop(before.session_id, None)
        elif after is None:
            self._records.pop(record_id, None)
            self._counts.pop(record_id, None)
        elif self._belongs(after):
            self._records[record_id] = after
            if isinstance(after, TreatmentSession):
                self._counts.setdefault(record_id, {})

    def _replace_paper(self, record_id: UUID, paper: Paper, after: Record | None) -> None:
        if self._prepared is not None and isinstance(paper, Preparation):
            self._prepared.add(paper.session_id)
        loaded = self._papers.get(paper.session_id)
        if loaded is not None:
            loaded.pop(record_id, None)
            if after is not None:
                loaded[record_id] = paper

    def _count(self, mark: Mark, more: int) -> None:
        counts = self._counts.get(mark.session_id)
        if counts is not None:
            now = counts.get(mark.kind, 0) + more
            self._counts[mark.session_id] = {**counts, mark.kind: now}

    def _show_mark(self, before: Record | None, after: Mark) -> None:
        """Takes a new or changed mark into the snapshot of its session, if that was read."""
        loaded = self._marks.get(after.session_id)
        if loaded is None:
            return
        loaded[after.id] = after
        in_order = self._in_order.pop(after.session_id, None)
        if before is None and in_order and in_order[-1].number < after.number:
            self._in_order[after.session_id] = (*in_order, after)  # the usual case: one mark more

    def _belongs(self, record: Record) -> bool:
        if isinstance(record, TreatmentSession | Problem | NoNeedleZone | OutcomeScore | SiteLink):
            return record.patient_id == self._patient_id
        if isinstance(record, OwnPicture):
            return record.patient_id in (None, self._patient_id)
        shared = isinstance(record, Practitioner | NeedleBox | PointSet)
        return shared or record.id == self._patient_id

    def _marks_of(self, session_id: UUID) -> dict[UUID, Mark]:
        if session_id not in self._marks:
            self._marks[session_id] = {m.id: m for m in self.repository.marks(session_id)}
        return self._marks[session_id]

    def _papers_of(self, session_id: UUID) -> dict[UUID, Paper]:
        if session_id not in self._papers:
            self._papers[session_id] = {p.id: p for p in self.repository.papers(session_id)}
        return self._papers[session_id]

    def _late(self, kind: type[_R], read: Callable[[], list[_R]]) -> list[_R]:
        if kind not in self._read_late:
            self._records |= {record.id: record for record in read()}
            self._read_late.add(kind)
        return self._all(kind)

    def _all(self, kind: type[_R]) -> list[_R]:
        return [record for record in self._records.values() if isinstance(record, kind)]
