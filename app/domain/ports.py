"""What the program asks of whatever stores the records. ``db`` answers it."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.domain.audit import AuditEntry, Stamp
from app.domain.change import Change
from app.domain.identity import UUID
from app.domain.letterhead import Letterhead
from app.domain.marks import Mark, Needle
from app.domain.outcomes import OutcomeScore
from app.domain.papers import Paper
from app.domain.period import Period
from app.domain.practice_summaries import (
    EventFigures,
    FoundSession,
    FoundSessions,
    NeedleFigures,
    SessionSearch,
    Todays,
)
from app.domain.records import Patient, Practitioner, Record, TreatmentSession
from app.domain.site_links import SiteLink
from app.domain.skin_places import Places
from app.domain.summaries import ChartRecords, PatientFigures, PatientSummary, SessionRecords
from app.domain.supplies import NeedleBox, PointSet


class Overview(Protocol):
    """What is asked over all patients at once. Every method reads at one moment, and may raise
    StorageError.
    """

    def todays(self, follow_ups: Period, now: datetime) -> Todays:
        """Sessions of the days ``follow_ups`` in which needles were placed and of which nobody has
        recorded how sore it was since; and drafts of earlier days than that of ``now``, but for
        one that began last evening and still runs.

        Recorded is what a later preparation says of a mark of that session, or a sore area of
        that session itself which is one of the time afterwards.
        """

    def event_figures(self, period: Period, practitioner_id: UUID | None) -> EventFigures:
        """Adverse events of the sessions of a period, of one practitioner or of all."""

    def needle_figures(self, period: Period) -> NeedleFigures:
        """What the sessions of a period used of needles, by size and by box, and all boxes."""

    def sessions_of_boxes(
        self, box_ids: Collection[UUID] | None, period: Period
    ) -> list[FoundSession]:
        """The sessions whose needles came from any of these boxes, the newest first, each with the
        number of its needles. None: those with needles and no box recorded.
        """

    def find_sessions(self, search: SessionSearch, limit: int) -> FoundSessions:
        """The newest ``limit`` sessions that fit ``search``, and how many fit it in all."""


class Repository(Protocol):
    """Reads and writes the records of one practice. Every method may raise StorageError."""

    @property
    def places(self) -> Places: ...

    @property
    def overview(self) -> Overview: ...

    def commit(self, change: Change, stamp: Stamp) -> None:
        """Writes ``change`` and its audit line in one transaction, durably, or not at all.

        Raises ConflictError where a record is not what the change says that it was,
        NumberTakenError where a mark would have the number of another one in its session,
        and SignedSessionError where a signed session or a mark in one would be changed.
        """

    def keep_picture(self, content: bytes) -> str:
        """Keeps the bytes of a picture's file, durably, and gives their SHA-256.

        Bytes that are kept already stay as they are. An OwnPicture can be committed only when
        its bytes are kept.
        """

    def picture_bytes(self, sha256: str) -> bytes | None:
        """The bytes of a picture's file, or None where they are not kept as they were."""

    def find_patients(self, search: str = "", limit: int = 200) -> list[PatientSummary]:
        """Patients whose names, number or birth date hold every word of ``search``.

        Case and accents make no difference, and no more than a dozen words count. Without
        words: the most recently treated first, otherwise by name.
        """

    def count_patients(self) -> int: ...

    def next_patient_number(self) -> str:
        """A number that no patient has yet, one above the highest that is all digits."""

    def patients(self, ids: Sequence[UUID] | None = None) -> list[Patient]:
        """Whole patients by id, or all of them, in the order of their ids."""

    def practitioners(self) -> list[Practitioner]: ...

    def chart(self, patient_id: UUID) -> ChartRecords | None:
        """A patient with problems, no-needle zones, own pictures and sessions, or None."""

    def session(self, session_id: UUID) -> TreatmentSession | None: ...

    def marks(self, session_id: UUID) -> list[Mark]:
        """The marks of one session, by number."""

    def marks_of_patient(self, patient_id: UUID) -> dict[UUID, list[Mark]]:
        """All marks of a patient by session, each session's by number. Sessions without marks
        are not named.
        """

    def figures(self, patient_id: UUID) -> PatientFigures:
        """How many marks of each kind, muscle and side a patient's sessions hold, and how each
        session ended, read at one moment; in no order.
        """

    def papers(self, session_id: UUID) -> list[Paper]:
        """What is written of one session beside its marks, in the order of ``PAPER_TYPES``."""

    def prepared_sessions(self, patient_id: UUID) -> list[UUID]:
        """The ids of a patient's sessions that have a preparation, in no order."""

    def scores(self, patient_id: UUID) -> list[OutcomeScore]:
        """A patient's outcome scores, oldest first."""

    def site_links(self, patient_id: UUID) -> list[SiteLink]:
        """What was said of whose site a patient's marks are, in the order in which it was said."""

    def boxes(self) -> list[NeedleBox]:
        """All boxes of needles, the newest first."""

    def protocols(self) -> list[PointSet]:
        """All sets of points, by name."""

    def letterhead(self) -> Letterhead | None:
        """The practice's letterhead, or None where none was ever set."""

    def drafts_with_needles_in(self, since: datetime) -> list[TreatmentSession]:
        """Sessions begun since then, not signed, in which a needle is in; the newest first."""

    def last_needles(self, practitioner_id: UUID, muscle: str | None) -> list[Needle]:
        """The last few needles that a practitioner placed in a muscle, the newest first.

        With None instead of a muscle: anywhere, in their newest sessions.
        """

    def session_records(self, session_id: UUID) -> SessionRecords | None:
        """A session with all around it, read at one moment, or None."""

    def patient_records(self, patient_id: UUID) -> list[SessionRecords]:
        """All sessions of a patient with all around them, oldest first, read at one moment."""

    def steps(self, scope: UUID) -> list[AuditEntry]:
        """The audit lines of one session's history, oldest first."""

    def everything(self, patient_ids: Sequence[UUID] | None = None) -> list[Record]:
        """All records of these patients (or of all), parents before children, for an export."""

    def existing(self, records: Sequence[Record]) -> dict[UUID, Record]:
        """Those of ``records`` whose id is stored already, as they are stored."""

    def check(self) -> list[str]:
        """One sentence for each thing that is wrong with the practice; empty when it is whole."""


class OpenPractice(Protocol):
    """A practice folder whose database is open."""

    @property
    def repository(self) -> Repository: ...

    @property
    def folder(self) -> Path: ...

    @property
    def backup_trouble(self) -> str | None:
        """Why the daily backup could not be made at opening, to be said; None where all is well."""

    @property
    def letterhead_trouble(self) -> str | None:
        """Why an older version's letterhead could not be taken over, to be said, or None."""


class PracticeOpener(Protocol):
    """How a practice is opened; main.py hands it to whoever has to open one."""

    def __call__(self, folder: Path, *, create: bool) -> AbstractContextManager[OpenPractice]:
        """Opens the practice in ``folder``, or makes one there where ``create`` allows it.

        Raises StorageError where there is none, or it cannot be opened.
        """
