"""What a batch is made of: the charts of many sessions, or a report on each of many patients.

One report is painted at a time in the whole program, whoever asks: painting is Python's work, so
that two at once would only wait for each other.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from app.body.atlas import Atlas
from app.domain.errors import ExportError
from app.domain.identity import UUID
from app.domain.letterhead import NO_LETTERHEAD, Letterhead
from app.domain.period import ALWAYS, Period
from app.domain.records import Patient, TreatmentSession
from app.domain.words import local_day
from app.report.batch import BatchItem
from app.report.kinds import CourseSource, ReportKind, prepared_report
from app.report.papers import Paper
from app.report.pdf import reports_of
from app.report.signed import Sealing

if TYPE_CHECKING:
    from app.report.typesetting import Prepared

Make: TypeAlias = Callable[[], "Prepared"]
LONGEST_NAME = 60
"""Characters of a patient's name in the name of a file."""
_PAINTING = Lock()
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class Batch:
    """Where records come from, how they are printed, and whether files bear patients' names."""

    repository: CourseSource
    atlas: Atlas
    now: datetime
    paper: Paper = "a4"
    seal: Sealing | None = None
    names: bool = False
    letterhead: Letterhead = NO_LETTERHEAD

    def charts(self, patients: Iterable[Patient], period: Period = ALWAYS) -> Iterator[BatchItem]:
        """The chart of each session of ``patients`` in ``period``, each patient's oldest first."""
        for patient in patients:
            for session in self._sessions(patient, period):
                yield self.chart(patient, session)

    def reports(
        self, kind: ReportKind, patients: Iterable[Patient], period: Period = ALWAYS
    ) -> Iterator[BatchItem]:
        """A report on each of ``patients`` who has a session in ``period``; it tells of all."""
        for patient in patients:
            if self._sessions(patient, period):
                yield self.report(kind, patient)

    def chart(self, patient: Patient, session: TreatmentSession) -> BatchItem:
        name = f"{local_day(session.started_at)} {session.id.hex[-12:]}"
        return BatchItem(self._file("chart", patient, name), self._chart(session))

    def report(
        self, kind: ReportKind, patient: Patient, problem_id: UUID | None = None
    ) -> BatchItem:
        """A report on one problem, or on all."""
        name = f"{self.now.date()} {patient.id.hex[-12:]}"
        return BatchItem(
            self._file(kind, patient, name), self._report(kind, patient.id, problem_id)
        )

    def _sessions(self, patient: Patient, period: Period) -> list[TreatmentSession]:
        chart = self.repository.chart(patient.id)
        found = [each.session for each in reversed(chart.sessions if chart else ())]
        return [each for each in found if period.holds(local_day(each.started_at))]

    def _file(self, kind: str, patient: Patient, name: str) -> str:
        whose = f" {plain_name(patient)}" if self.names else ""
        return f"{kind}{whose} {name}.pdf"

    def _chart(self, session: TreatmentSession) -> Make:
        def make() -> "Prepared":
            from app.report.typesetting import prepared

            records = self.repository.session_records(session.id)
            if records is None:
                raise ExportError("A session is not in the practice any more. Start again.")
            with _PAINTING:
                reports = reports_of([records], self.atlas, self.now, self.seal)
                pictures = self.repository.picture_bytes
                return prepared(
                    reports, self.atlas, self.paper, pictures, letterhead=self.letterhead
                )

        return make

    def _report(self, kind: ReportKind, patient_id: UUID, problem_id: UUID | None) -> Make:
        def make() -> "Prepared":
            with _PAINTING:
                return prepared_report(
                    self.repository,
                    kind,
                    patient_id,
                    problem_id=problem_id,
                    paper=self.paper,
                    now=self.now,
                    atlas=self.atlas,
                    seal=self.seal,
                    letterhead=self.letterhead,
                )

        return make


def plain_name(patient: Patient) -> str:
    """A patient's name as every system takes it in the name of a file: "Grünwald Hanna"."""
    name = unicodedata.normalize("NFC", f"{patient.family_name} {patient.given_name}")
    kept = "".join(
        letter for letter in name if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn")
    )
    whole = " ".join(_NOT_IN_NAMES.sub(" ", kept).split())
    return whole[:LONGEST_NAME].strip(" .") or "patient"
