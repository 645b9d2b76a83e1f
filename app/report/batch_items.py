"""What a batch is made of: the charts of many sessions, or a report on each of many patients."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from app.body.atlas import Atlas
from app.domain.errors import ExportError
from app.domain.identity import UUID
from app.domain.letterhead import NO_LETTERHEAD, Letterhead
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

    def charts(self, patients: Iterable[Patient]) -> Iterator[BatchItem]:
        """The chart of each session of ``patients``, each patient's oldest first."""
        for patient in patients:
            chart = self.repository.chart(patient.id)
            for summary in reversed(chart.sessions if chart else ()):
                session = summary.session
                name = f"{local_day(session.started_at)} {session.id.hex[-12:]}"
                yield BatchItem(self._file("chart", patient, name), self._chart(session))

    def reports(self, kind: ReportKind, patients: Iterable[Patient]) -> Iterator[BatchItem]:
        """A report on each of ``patients`` who has a session."""
        for patient in patients:
            chart = self.repository.chart(patient.id)
            if chart and chart.sessions:
                name = f"{self.now.date()} {patient.id.hex[-12:]}"
                yield BatchItem(self._file(kind, patient, name), self._report(kind, patient.id))

    def _file(self, kind: str, patient: Patient, name: str) -> str:
        whose = f" {plain_name(patient)}" if self.names else ""
        return f"{kind}{whose} {name}.pdf"

    def _chart(self, session: TreatmentSession) -> Make:
        def make() -> "Prepared":
            from app.report.typesetting import prepared

            records = self.repository.session_records(session.id)
            if records is None:
                raise ExportError("A session is not in the practice any more. Start again.")
            reports = reports_of([records], self.atlas, self.now, self.seal)
            pictures = self.repository.picture_bytes
            return prepared(reports, self.atlas, self.paper, pictures, letterhead=self.letterhead)

        return make

    def _report(self, kind: ReportKind, patient_id: UUID) -> Make:
        return lambda: prepared_report(
            self.repository,
            kind,
            patient_id,
            paper=self.paper,
            now=self.now,
            atlas=self.atlas,
            seal=self.seal,
            letterhead=self.letterhead,
        )


def plain_name(patient: Patient) -> str:
    """A patient's name as every system takes it in the name of a file: "Grünwald Hanna"."""
    name = unicodedata.normalize("NFC", f"{patient.family_name} {patient.given_name}")
    kept = "".join(
        letter for letter in name if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn")
    )
    whole = " ".join(_NOT_IN_NAMES.sub(" ", kept).split())
    return whole[:LONGEST_NAME].strip(" .") or "patient"
